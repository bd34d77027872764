# Writes the estimates of an example with R's survey: svyciprop(method = "logit"), svymean, deff, degf.
#   Rscript examples_estimates.R MICRODATA.csv DESIGN.csv TABLES.csv OUT.csv
# MICRODATA: harmonised rows (wave, weight, stratum, psu, breakdowns, answers) from export_examples.py.
# DESIGN: wave, clustered, lonely. TABLES: indicator, kind, wave, dimensions (joined by "+", empty for all).
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1], colClasses = c(wave = "character"), check.names = FALSE, na.strings = "")
design <- read.csv(arguments[2], colClasses = "character")
tables <- read.csv(arguments[3], colClasses = "character", check.names = FALSE)
designs <- lapply(seq_len(nrow(design)), function(i) {
  d <- data[data$wave == design$wave[i], ]
  if (design$clustered[i] == "yes")
    svydesign(~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE)
  else
    svydesign(~1, strata = ~stratum, weights = ~weight, data = d)
})
names(designs) <- design$wave
out <- vector("list", 0)
for (i in seq_len(nrow(tables))) {
  row <- tables[i, ]
  d <- designs[[row$wave]]
  rule <- design$lonely[design$wave == row$wave]
  options(survey.lonely.psu = if (rule == "error") "fail" else rule)
  df <- degf(d)
  names <- if (row$dimensions == "") character(0) else strsplit(row$dimensions, "+", fixed = TRUE)[[1]]
  key <- if (length(names)) do.call(paste, c(d$variables[names], sep = "+")) else rep("", nrow(d$variables))
  known <- if (length(names)) complete.cases(d$variables[names]) else rep(TRUE, nrow(d$variables))
  answer <- d$variables[[row$indicator]]
  d <- update(d, y = answer)
  for (cell in sort(unique(key[known & !is.na(answer)]))) {
    s <- d[known & key == cell & !is.na(answer), ]
    m <- svymean(~y, s)
    if (row$kind == "proportion") {
      # logit needs a share strictly between 0 and 1
      ci <- if (coef(m) > 0 && coef(m) < 1) attr(svyciprop(~y, s, method = "logit", df = df), "ci") else c(NA, NA)
      times <- 100
    } else {
      ci <- confint(m, df = df)
      times <- 1
    }
    # weights scaled to the sample size leave no finite population: the design effect is that with replacement
    effect <- deff(svymean(~y, s, deff = "replace"))[[1]]
    out[[length(out) + 1]] <- data.frame(indicator = row$indicator, breakdown = row$dimensions, wave = row$wave,
      cell = cell, estimate = times * coef(m)[[1]], se = times * SE(m)[[1]], lower = times * ci[[1]],
      upper = times * ci[[2]], n = nrow(s$variables), df = df, deff = effect)
  }
}
out <- do.call(rbind, out)
numbers <- c("estimate", "se", "lower", "upper", "deff")
out[numbers] <- lapply(out[numbers], function(x) formatC(x, digits = 15, format = "g", width = 1))
write.csv(out, arguments[4], row.names = FALSE, quote = FALSE)
