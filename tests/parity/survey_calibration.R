# Writes survey_calibration.csv. Run: Rscript survey_calibration.R FOLDER-WITH nhanes2.csv
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, cell, estimate, se)
  out <<- rbind(out, data.frame(case, what, cell = as.character(cell), estimate = as.numeric(estimate), se = as.numeric(se)))
tables <- function(case, d) {
  for (cell in c("all", sort(unique(d$variables$race)))) {
    s <- if (cell == "all") d else subset(d, race == as.numeric(cell))
    m <- svymean(~y, s, na.rm = TRUE); add(case, "mean", cell, coef(m), SE(m))
    t <- svytotal(~x, s, na.rm = TRUE); add(case, "total", cell, coef(t), SE(t))
    p <- svymean(~b, s, na.rm = TRUE); add(case, "share", cell, coef(p), SE(p))
    r <- svyratio(~y, ~x, s, na.rm = TRUE); add(case, "ratio", cell, coef(r), SE(r))
  }
  z <- sapply(sort(unique(d$variables$race)), function(k) { # svyby(covmat = TRUE) of 4.1 stops on these designs
    i <- as.numeric(d$variables$race == k); w <- weights(d)
    i * (d$variables$x - sum(w * i * d$variables$x) / sum(w * i)) / sum(w * i)
  })
  v <- vcov(svytotal(z, d))
  add(case, "covariance", "0 1", v[1, 2], NA)
}
a <- read.csv(file.path(folder, "nhanes2.csv"))
a$x[is.na(a$x)] <- 60
sexes <- tapply(a$w, a$sex, sum) * (0.9 + 0.05 * seq_along(unique(a$sex)))
races <- tapply(a$w, a$race, sum) * c(0.9, 1.2, 1.5)[seq_along(unique(a$race))]
races <- races * sum(sexes) / sum(races)
pop <- function(name, v) setNames(data.frame(as.numeric(names(v)), as.numeric(v)), c(name, "Freq"))
designs <- list(psu = svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE),
                row = svydesign(~1, strata = ~stratum, weights = ~w, data = a))
for (name in names(designs)) {
  d <- designs[[name]]
  tables(paste("post", name), postStratify(d, ~sex, pop("sex", sexes)))
  tables(paste("rake", name), rake(d, list(~sex, ~race), list(pop("sex", sexes), pop("race", races)), control = list(maxit = 500, epsilon = 1e-9)))
  full <- model.matrix(~ factor(sex) + x, a)
  total <- c(sum(sexes), sexes[-1], sum(a$w * a$x) * 1.01)
  names(total) <- colnames(full)
  tables(paste("greg", name), calibrate(d, ~ factor(sex) + x, total))
}
for (k in names(sexes)) add("totals", "sex", k, sexes[[k]], NA)
for (k in names(races)) add("totals", "race", k, races[[k]], NA)
add("totals", "x", "all", sum(a$w * a$x) * 1.01, NA)
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_calibration.csv"), row.names = FALSE)
