# Writes survey_glm.csv. Run: Rscript survey_glm.R FOLDER-WITH stages.csv, brr.csv, jkn.csv
suppressMessages(library(survey))
source("lonely.R") # run from this folder
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]
out <- NULL
model <- function(case, d, f, family = gaussian()) {
  m <- svyglm(f, d, family = family, control = glm.control(epsilon = 1e-14, maxit = 100))
  v <- vcov(m)
  for (i in seq_along(coef(m)))
    out <<- rbind(out, data.frame(case, row = i - 1, estimate = coef(m)[i], se = sqrt(v[i, i]),
      covariance = v[i, 1], df = m$df.residual, n = nobs(m)))
}
models <- function(case, d) {
  model(paste(case, "gaussian"), d, y ~ x + factor(cell))
  model(paste(case, "binomial"), d, b ~ x + factor(z), quasibinomial())
  model(paste(case, "poisson"), d, b ~ x * z, quasipoisson())
}
read <- function(name) {
  a <- read.csv(file.path(folder, paste0(name, ".csv")))
  names(a)[names(a) == "g"] <- "cell" # svyglm has a variable g of its own
  a$z <- seq_len(nrow(a)) %% 3
  if (name == "stages") a$x <- seq_len(nrow(a)) %% 7
  a$x <- a$x / 10
  a
}
s <- read("stages")
models("stages", svydesign(~p + s, strata = ~h, weights = ~w, fpc = ~N1 + N2, data = s, nest = TRUE))
repl <- function(case, file, ...) {
  a <- read(file)
  for (mse in c(FALSE, TRUE))
    models(paste(case, mse), svrepdesign(data = a, weights = ~w, repweights = "^r[0-9]+$", mse = mse, ...))
}
repl("JKn", "jkn", type = "JKn", scale = 1, rscales = rep(0.5, 62))
repl("Fay", "brr", type = "Fay", rho = 0.3)
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_glm.csv"), row.names = FALSE)
