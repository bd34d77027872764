# Writes survey_tests.csv. Run: Rscript survey_tests.R FOLDER-WITH nhanes2.csv, stages.csv, brr.csv
# Ranks are of u, y without equal values: of those R's ranks depend on the order of the rows.
suppressMessages(library(survey))
source("lonely.R") # run from this folder
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, x, se = NA, ci = if (is.null(x$conf.int)) c(NA, NA) else x$conf.int, ddf = NA, f = FALSE)
  out <<- rbind(out, data.frame(case, what, estimate = if (f) NA else as.numeric(x$estimate), se = se,
    lower = ci[1], upper = ci[2], statistic = if (f) as.numeric(x$parameter) / as.numeric(x$statistic) else as.numeric(x$statistic),
    df = if (f) as.numeric(x$statistic) else as.numeric(x$parameter), df2 = ddf, p = as.numeric(x$p.value)))
tests <- function(case, d) {
  # Degrees of freedom of the rows in use; with na.rm R counts the others too.
  t <- svyttest(I(y - 50) ~ 0, subset(d, !is.na(y))); add(case, "value", t)
  add(case, "groups", svyttest(y ~ b, d))
  both <- subset(d, !is.na(y) & !is.na(x))
  t <- svyttest(I(y - x) ~ 0, both); add(case, "pair", t)
  for (kind in c("wilcoxon", "vanderWaerden", "median")) add(case, kind, svyranktest(u ~ b, d, test = kind))
  if (inherits(d, "svyrep.design")) return() # R stops on more than two groups
  k <- svyranktest(u ~ factor(k), d, test = "KruskalWallis"); add(case, "KruskalWallis", k, ddf = k$ddf, f = TRUE)
}
read <- function(name) {
  a <- read.csv(file.path(folder, paste0(name, ".csv")))
  # R drops rows without answer from the design; a second stage can then look as if it had one unit.
  if (name == "stages") { a$y[is.na(a$y)] <- 50; a$b[is.na(a$b)] <- 0 }
  a$u <- a$y + seq_len(nrow(a)) / 1e6
  names(a)[names(a) == "g"] <- "cell" # svyglm has a variable g of its own
  a$k <- seq_len(nrow(a)) %% 4
  if (name == "stages") a$x <- 2 * a$y - seq_len(nrow(a)) %% 7
  a
}
a <- read("nhanes2")
tests("clustered", svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE))
tests("rows", svydesign(~1, strata = ~stratum, weights = ~w, data = a))
tests("subset", subset(svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE), race == 1))
s <- read("stages")
tests("stages", svydesign(~p + s, strata = ~h, weights = ~w, fpc = ~N1 + N2, data = s, nest = TRUE))
b <- read("brr")
for (mse in c(FALSE, TRUE)) tests(paste("BRR", mse), svrepdesign(data = b, weights = ~w, repweights = "^r[0-9]+$", type = "BRR", mse = mse))
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_tests.csv"), row.names = FALSE)
