# Writes survey_replicates.csv. Run: Rscript survey_replicates.R FOLDER
# FOLDER holds brr.csv, jkn.csv, bootstrap.csv (extracts beside this script) and recs.csv, which is not shipped.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, cell, estimate, se)
  out <<- rbind(out, data.frame(case, what, cell = as.character(cell), estimate = as.numeric(estimate), se = as.numeric(se)))
tables <- function(case, d) {
  add(case, "df", "all", degf(d), NA)
  for (cell in c("all", sort(unique(d$variables$g)))) {
    s <- if (cell == "all") d else d[which(d$variables$g == cell), ]
    m <- svymean(~y, s, na.rm = TRUE); add(case, "mean", cell, coef(m), SE(m))
    t <- svytotal(~y, s, na.rm = TRUE); add(case, "total", cell, coef(t), SE(t))
    r <- svyratio(~y, ~x, s, na.rm = TRUE); add(case, "ratio", cell, coef(r), SE(r))
    p <- svymean(~b, s, na.rm = TRUE); add(case, "share", cell, coef(p), SE(p))
  }
  v <- vcov(svyby(~x, ~g, d, svymean, covmat = TRUE))
  for (i in 1:nrow(v)) for (j in 1:i) add(case, "covariance", paste(i - 1, j - 1), v[i, j], NA)
}
one <- function(case, file, ...) {
  a <- read.csv(file.path(folder, paste0(file, ".csv")))
  for (mse in c(FALSE, TRUE)) {
    d <- svrepdesign(data = a, weights = ~w, repweights = "^r[0-9]+$", combined.weights = TRUE, mse = mse, ...)
    tables(paste(case, if (mse) "mse" else "mean"), d)
  }
}
one("BRR", "brr", type = "BRR")
one("Fay", "brr", type = "Fay", rho = 0.3)
one("JK1", "jkn", type = "JK1", scale = 61 / 62)
one("JKn", "jkn", type = "JKn", scale = 1, rscales = rep(0.5, 62))
one("bootstrap", "bootstrap", type = "bootstrap")
one("SDR", "bootstrap", type = "ACS")
one("other", "bootstrap", type = "other", scale = 0.1, rscales = (1:50) / 50)
if (file.exists(file.path(folder, "recs.csv"))) one("recs Fay", "recs", type = "Fay", rho = 0.5)
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_replicates.csv"), row.names = FALSE)
