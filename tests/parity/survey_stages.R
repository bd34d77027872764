# Writes stages_strata.csv, a sample in three stages, and survey_stages.csv. Run: Rscript survey_stages.R FOLDER
suppressMessages(library(survey))
source("lonely.R") # run from this folder
folder <- commandArgs(TRUE)[1]
set.seed(20231122)
# A population of 4 strata of PSUs; units of a PSU in 2 strata t, and units of those in 2 strata v.
some <- function(x, n) x[sample.int(length(x), min(n, length(x)))]
rows <- NULL
for (h in 1:4) {
  N1 <- 5 + 2 * h
  for (p in some(1:N1, 3)) {
    centre <- rnorm(1, 20 + 3 * h, 4)
    for (t in c("rural", "urban")) {
      N2 <- sample(3:8, 1)
      for (s in some(1:N2, if (h == 4) 9 else 2 + (t == "urban"))) {
        for (v in c("a", "b")) {
          N3 <- sample(4:9, 1); n3 <- if (h == 3) N3 else 3
          for (e in some(1:N3, n3)) {
            n2 <- min(N2, if (h == 4) 9 else 2 + (t == "urban"))
            y <- centre + 2 * (t == "urban") + (v == "a") + rnorm(1, 0, 3)
            rows <- rbind(rows, data.frame(h, p, t, s, v, e, n1 = 3, n2, n3, N1, N2, N3, y = round(y, 3),
              x = round(runif(1, 5, 15), 3), w = N1 / 3 * N2 / n2 * N3 / n3))
          }
        }
      }
    }
  }
}
rows$y[sample(nrow(rows), 9)] <- NA
rows$g <- sample(c("k", "l", "m", NA), nrow(rows), TRUE, c(.6, .3, .02, .08))
rows$b <- as.integer(runif(nrow(rows)) < .3)
rows$f1 <- rows$n1 / rows$N1; rows$f2 <- rows$n2 / rows$N2; rows$f3 <- rows$n3 / rows$N3
rows$inf <- Inf
# Unit numbers that start anew in no stratum: the same design without nest.
rows$p1 <- 100 * rows$h + rows$p
rows$s1 <- rows$s + 50 * (rows$t == "urban")
rows$e1 <- rows$e + 50 * (rows$v == "a")
rows$one <- 1
# The same, with one unit of the second stage left in two of its strata.
rows$lone <- !(rows$p1 %in% unique(rows$p1)[c(1, 7)] & rows$t == "rural" & rows$s != ave(rows$s, rows$p1, rows$t, FUN = min))
rows[c("n1", "n2", "n3")] <- NULL
write.csv(format(rows, digits = 17, trim = TRUE), file.path(folder, "stages_strata.csv"), row.names = FALSE, quote = FALSE)
rows <- read.csv(file.path(folder, "stages_strata.csv"))
out <- NULL
add <- function(case, what, cell, estimate, se, deff = NA)
  out <<- rbind(out, data.frame(case, what, cell, estimate = as.numeric(estimate), se = as.numeric(se), deff = as.numeric(deff)))
tables <- function(case, d) {
  add(case, "df", "all", degf(d), NA)
  for (cell in c("all", "k", "l", "m")) {
    s <- if (cell == "all") d else d[which(d$variables$g == cell), ]
    m <- svymean(~y, s, na.rm = TRUE, deff = TRUE); add(case, "mean", cell, coef(m), SE(m), deff(m))
    t <- svytotal(~y, s, na.rm = TRUE, deff = TRUE); add(case, "total", cell, coef(t), SE(t), deff(t))
    p <- svymean(~b, s); add(case, "share", cell, coef(p), SE(p))
    full <- subset(s, !is.na(y)); r <- svyratio(~y, ~x, full); add(case, "ratio", cell, coef(r), SE(r))
  }
}
options(survey.lonely.psu = "fail")
tables("three", svydesign(~p + s + e, strata = ~h + t + v, fpc = ~N1 + N2 + N3, weights = ~w, data = rows, nest = TRUE))
tables("three unique", svydesign(~p1 + s1 + e1, strata = ~h + t + v, fpc = ~N1 + N2 + N3, weights = ~w, data = rows))
tables("three fractions", svydesign(~p + s + e, strata = ~h + t + v, fpc = ~f1 + f2 + f3, weights = ~w, data = rows, nest = TRUE))
tables("two", svydesign(~p + s, strata = ~h + t, fpc = ~N1 + N2, weights = ~w, data = rows, nest = TRUE))
tables("later only", svydesign(~p1 + s1, strata = ~one + t, fpc = ~I(0 * N1 + 36) + N2, weights = ~w, data = rows))
tables("third only", svydesign(~p1 + I(paste(t, s)) + e1, strata = ~h + one + v, fpc = ~N1 + I(0 * N1 + 20) + N3, weights = ~w, data = rows))
tables("dropped", svydesign(~p + s + e, strata = ~h + t + v, weights = ~w, data = rows, nest = TRUE))
tables("replaced", svydesign(~p + s + e, strata = ~h + t + v, fpc = ~N1 + N2 + inf, weights = ~w, data = rows, nest = TRUE))
lone <- subset(rows, lone)
for (rule in c("adjust", "certainty", "remove")) {
  options(survey.lonely.psu = rule)
  tables(paste("lonely", rule), svydesign(~p + s + e, strata = ~h + t + v, fpc = ~N1 + N2 + N3, weights = ~w, data = lone, nest = TRUE))
}
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_stages.csv"), row.names = FALSE, quote = FALSE)
