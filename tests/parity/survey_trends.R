# Writes survey_trends.csv. Run: Rscript survey_trends.R FOLDER, which holds nhanes2.csv.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
a <- read.csv(file.path(folder, "nhanes2.csv"))
out <- NULL
place <- c(0, 1, 4) # of the three values of race
slopes <- function(case, d, of, formula, denominator = NULL) {
  for (s in c(NA, sort(unique(d$variables$sex)))) {
    part <- if (is.na(s)) d else d[which(d$variables$sex == s), ]
    b <- if (is.null(denominator)) svyby(formula, ~race, part, of, covmat = TRUE) else
      svyby(formula, ~race, part, of, denominator = denominator, covmat = TRUE)
    v <- structure(as.numeric(coef(b)), names = names(coef(b)), var = vcov(b), class = "svystat")
    for (line in c("trend", "one less two")) {
      x <- place - mean(place)
      w <- if (line == "trend") x / sum(x^2) else c(1, -2, 0.5)
      k <- svycontrast(v, list(setNames(w, names(coef(b)))))
      ci <- as.numeric(coef(k)) + c(-1, 1) * qt(.975, df) * as.numeric(SE(k))
      p <- 2 * pt(-abs(as.numeric(coef(k)) / as.numeric(SE(k))), df)
      out <<- rbind(out, data.frame(case, line, sex = s, estimate = as.numeric(coef(k)), se = as.numeric(SE(k)),
        lower = ci[1], upper = ci[2], p = p))
    }
  }
}
for (case in c("clustered", "rows")) {
  d <- if (case == "rows") svydesign(~1, strata = ~stratum, weights = ~w, data = a) else
    svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE)
  df <- degf(d)
  d <- subset(d, !is.na(y)) # svyby(covmat = TRUE) stops on missing answers
  slopes(paste(case, "mean"), d, svymean, ~y)
  slopes(paste(case, "total"), d, svytotal, ~y)
  slopes(paste(case, "ratio"), d, svyratio, ~y, ~x)
}
write.csv(format(out, digits = 15, trim = TRUE), file.path(folder, "survey_trends.csv"), row.names = FALSE, quote = c(1, 2))
