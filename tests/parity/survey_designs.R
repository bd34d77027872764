# Writes survey_designs.csv. Run: Rscript survey_designs.R FOLDER
# FOLDER holds stages.csv (beside this script), and api*, mu284, nhanes, yrbs, scd, eusilc, gss, anes as CSV.
suppressMessages(library(survey))
source("lonely.R") # run from this folder
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, cell, estimate, se, lower = NA, upper = NA)
  out <<- rbind(out, data.frame(case, what, cell = as.character(cell), estimate = as.numeric(estimate),
    se = as.numeric(se), lower = as.numeric(lower), upper = as.numeric(upper)))
# R's own rules take the second value for a share below the first weight, and ties by chance of rounding.
at <- function(x, w, p, tie) {
  x <- x[w > 0]; w <- w[w > 0]; o <- order(x); x <- x[o]; share <- cumsum(w[o]) / sum(w)
  k <- min(which(share >= p - 1e-12), length(x))
  k <- max(which(x == x[k]))
  if (tie && abs(share[k] - p) <= 1e-12 && k < length(x)) (x[k] + x[k + 1]) / 2 else x[k]
}
rules <- list(math = function(x, w, p) at(x, w, p, FALSE), school = function(x, w, p) at(x, w, p, TRUE))
safe <- function(f) tryCatch(f, error = function(e) NULL, warning = function(w) suppressWarnings(f))
tables <- function(case, d, y, g, b = NULL, quantiles = TRUE) {
  df <- degf(d)
  add(case, "df", "all", df, NA)
  fy <- as.formula(paste0("~", y))
  for (cell in c("all", as.character(sort(unique(na.omit(d$variables[[g]])))))) {
    s <- if (cell == "all") d else d[which(d$variables[[g]] == cell), ]
    if (all(is.na(s$variables[[y]]))) next
    m <- safe(svymean(fy, s, na.rm = TRUE)); if (is.null(m)) next
    ci <- confint(m, df = df); add(case, "mean", cell, coef(m), SE(m), ci[1], ci[2])
    t <- svytotal(fy, s, na.rm = TRUE); add(case, "total", cell, coef(t), SE(t))
    if (!is.null(b)) { p <- svymean(as.formula(paste0("~", b)), s, na.rm = TRUE); add(case, "share", cell, coef(p), SE(p)) }
    if (quantiles) for (rule in c("math", "school")) for (q in c(.25, .5, .9)) {
      v <- safe(svyquantile(fy, s, q, na.rm = TRUE, qrule = rules[[rule]], df = df))
      if (!is.null(v)) { v <- v[[1]]; add(case, paste("quantile", rule, q), cell, v[1], v[4], v[2], v[3]) }
    }
  }
}
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
a <- read("stages")
tables("stages two", svydesign(~p + s, strata = ~h, weights = ~w, fpc = ~N1 + N2, data = a, nest = TRUE), "y", "g", "b")
tables("stages fraction", svydesign(~p + s, strata = ~h, weights = ~w, fpc = ~f1 + f2, data = a, nest = TRUE), "y", "g", "b")
tables("stages one", svydesign(~p, strata = ~h, weights = ~w, data = a, nest = TRUE), "y", "g", "b")
tables("stages rows", svydesign(~1, strata = ~h, weights = ~w, data = a), "y", "g", "b")
a <- subset(a, !is.na(g)); a$w <- a$w * ifelse(a$g == "a", 1e-6, 1e6)
tables("stages huge", svydesign(~p, strata = ~h, weights = ~w, data = a, nest = TRUE), "y", "g", "b")
have <- function(name) file.exists(file.path(folder, paste0(name, ".csv")))
if (have("apiclus2")) {
  tables("apiclus2", svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = read("apiclus2")), "api00", "stype")
  tables("apiclus1", svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = read("apiclus1")), "api00", "stype")
  tables("apistrat", svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = read("apistrat")), "api00", "awards")
  tables("apisrs", svydesign(~1, weights = ~pw, fpc = ~fpc, data = read("apisrs")), "api00", "stype")
  tables("mu284", svydesign(~id1 + id2, weights = ~w, fpc = ~n1 + n2, data = read("mu284")), "y1", "id1", quantiles = FALSE)
  tables("nhanes", svydesign(~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = read("nhanes")), "HI_CHOL", "race", "HI_CHOL", FALSE)
  tables("yrbs", svydesign(~psu, strata = ~stratum, weights = ~weight, nest = TRUE, data = read("yrbs")), "qn8", "qn8", NULL, FALSE)
  tables("eusilc", svydesign(~db030, strata = ~db040, weights = ~rb050, data = read("eusilc")), "eqIncome", "rb090")
  tables("gss", svydesign(~vpsu, strata = ~vstrat, weights = ~wtssps, nest = TRUE, data = read("gss")), "age", "race")
  tables("anes", svydesign(~VarUnit, strata = ~Stratum, weights = ~Weight, nest = TRUE, data = read("anes")), "Age", "Gender")
}
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_designs.csv"), row.names = FALSE)
