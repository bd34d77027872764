# R survey 4.2 and later hold a lonely unit ("adjust") against the mean of all units of its stage; 4.1 held it
# against 0, which is the same for means and wrong for totals. Sourced by the other scripts where 4.1 is installed.
if (packageVersion("survey") < "4.2") {
  stage_of_4.1 <- getFromNamespace("onestage", "survey")
  assignInNamespace("onestage", function(x, strata, clusters, nPSU, fpc, lonely.psu = getOption("survey.lonely.psu"), ...) {
    if (NROW(x) > 0 && lonely.psu == "adjust") {
      x <- as.matrix(x)
      centre <- colSums(x) / sum(nPSU[!duplicated(strata)])
      alone <- nPSU == 1 & !duplicated(strata)
      x[alone, ] <- sweep(x[alone, , drop = FALSE], 2, centre)
    }
    stage_of_4.1(x, strata, clusters, nPSU, fpc, lonely.psu = lonely.psu, ...)
  }, "survey")
}
