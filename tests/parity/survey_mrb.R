# Writes survey_mrb.csv: the multistage rescaled bootstrap with units that a rule draws, not chance.
# Run: Rscript survey_mrb.R FOLDER-WITH stages_strata.csv
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what, row = seq_along(estimate) - 1, estimate = as.numeric(estimate), se = as.numeric(se)))
a <- read.csv(file.path(folder, "stages_strata.csv"))
a$y[is.na(a$y)] <- 20
a$row <- seq_len(nrow(a))
a$all <- 900 + 100 * a$h
# In replicate k unit u comes by (7 u + 13 k^2) mod 101, then u.
made <- get("mrbweights", asNamespace("survey"))
environment(made) <- list2env(list(sample = function(x, size) {
  k <- get("k", parent.frame()); u <- as.numeric(sub(".*[.]", "", as.character(x)))
  x[order((7 * u + 13 * k^2) %% 101, u)][seq_len(size)]
}), parent = asNamespace("survey"))
designs <- list(
  three = svydesign(~p1 + s1 + e1, strata = ~h + t + v, fpc = ~N1 + N2 + N3, data = a),
  two = svydesign(~p1 + s1, strata = ~h + t, fpc = ~N1 + N2, data = a),
  one = svydesign(~p1, strata = ~h, fpc = ~N1, weights = ~w, data = a),
  rows = svydesign(~row, strata = ~h, fpc = ~all, weights = ~w, data = a),
  back = suppressWarnings(svydesign(~p1, strata = ~h, weights = ~w, data = a)),
  lone = svydesign(~p1 + s1, strata = ~h + t, fpc = ~N1 + N2, data = a[a$lone, ]))
for (name in names(designs)) {
  d <- designs[[name]]
  r <- suppressWarnings(made(d$cluster, d$strata, d$fpc, replicates = 9, multicore = FALSE))
  w <- as.matrix(r$repweights)
  add(name, "factors", c(w[c(1, 40, nrow(w)), ]))
  s <- svrepdesign(data = d$variables, weights = weights(d), repweights = w, type = "other",
    scale = r$scale, rscales = r$rscales, combined.weights = FALSE)
  for (f in c(svymean, svytotal)) { m <- f(~y + x + b, s); add(name, "estimates", coef(m), SE(m)) }
}
write.csv(out, "survey_mrb.csv", row.names = FALSE)
