# Writes differences with R's survey: between categories in a wave, and between waves of a panel.
#   Rscript examples_differences.R MICRODATA.csv EXAMPLE OUT.csv      (MICRODATA from export_examples.py)
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1], colClasses = c(wave = "character"), check.names = FALSE, na.strings = "")
panel <- arguments[2] != "nederland"
asked <- list(gss = c("trust-in-people", "confidence-press", "years-of-school"),
  nederland = c("often-discriminated", "belonging-to-the-netherlands"),
  vertrouwen = c("trust-house", "trust-journalism", "score-government"))[[arguments[2]]]
groups <- list(gss = c("generation", "sex"), nederland = c("origin", "generation", "sex"),
  vertrouwen = c("age", "origin", "sex"))[[arguments[2]]]
averages <- c("years-of-school", "belonging-to-the-netherlands", "score-government")
make <- function(d) if (panel)
  svydesign(~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE) else
  svydesign(~1, strata = ~stratum, weights = ~weight, data = d)
options(survey.lonely.psu = "adjust")
out <- list()
compare <- function(means, rows, times, about) {
  for (i in seq_len(ncol(rows))) {
    weights <- setNames(c(1, -1), rows[, i])
    contrast <- svycontrast(means, list(d = weights))
    out[[length(out) + 1]] <<- data.frame(about, cell = rows[1, i], other = rows[2, i],
      difference = times * coef(contrast)[[1]], se = times * SE(contrast)[[1]])
  }
}
for (indicator in asked) for (group in groups) {
  times <- if (indicator %in% averages) 1 else 100
  for (wave in sort(unique(data$wave))) {
    d <- data[data$wave == wave, ]
    d$y <- d[[indicator]]
    if (all(is.na(d$y))) next
    d$g <- factor(d[[group]])
    means <- svyby(~y, ~g, subset(make(d), !is.na(y) & !is.na(g)), svymean, covmat = TRUE)
    compare(means, combn(rownames(means), 2), times,
            data.frame(indicator = indicator, breakdown = group, type = "category", wave = wave))
  }
  if (panel) {
    d <- data
    d$y <- d[[indicator]]
    d$g <- interaction(d$wave, d[[group]], sep = "/")
    means <- svyby(~y, ~g, subset(make(d), !is.na(y) & !is.na(g)), svymean, covmat = TRUE)
    keep <- combn(rownames(means), 2)
    keep <- keep[, sub(".*/", "", keep[1, ]) == sub(".*/", "", keep[2, ]), drop = FALSE]
    compare(means, keep, times,
            data.frame(indicator = indicator, breakdown = group, type = "wave", wave = ""))
  }
}
out <- do.call(rbind, out)
for (name in c("difference", "se")) out[[name]] <- formatC(out[[name]], digits = 15, format = "g", width = 1)
write.csv(out, arguments[3], row.names = FALSE, quote = FALSE)
