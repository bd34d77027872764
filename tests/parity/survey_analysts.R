# Writes survey_analysts.csv. Run: Rscript survey_analysts.R FOLDER-WITH stages.csv, brr.csv, jkn.csv, nhanes2.csv
suppressMessages(library(survey))
source("lonely.R") # run from this folder
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what, row = seq_along(estimate) - 1, estimate = as.numeric(estimate),
    se = as.numeric(se)))
stat <- function(case, what, s) add(case, what, coef(s), sqrt(diag(as.matrix(vcov(s)))))
read <- function(name) {
  a <- read.csv(file.path(folder, paste0(name, ".csv")))
  if ("g" %in% names(a)) names(a)[names(a) == "g"] <- "cell"
  if (name == "stages") a$x <- (seq_len(nrow(a)) %% 7) / 10
  a$z <- seq_len(nrow(a)) %% 3
  a
}
control <- glm.control(epsilon = 1e-40, maxit = 100)
analyse <- function(case, d, f = y ~ x + factor(z)) {
  v <- svyvar(~y, subset(d, !is.na(y))) # with na.rm, n counts rows without an answer in R
  add(case, "variance", coef(v)[1], sqrt(vcov(v)[1, 1]))
  both <- subset(d, !is.na(y) & !is.na(x))
  m <- svyvar(~y + x, both)
  if (!inherits(d, "svyrep.design")) {
    k <- as.matrix(m)
    r <- k[1, 2] / sqrt(k[1, 1] * k[2, 2])
    slope <- c(-r / (2 * k[1, 1]), 1 / (2 * sqrt(k[1, 1] * k[2, 2])), 1 / (2 * sqrt(k[1, 1] * k[2, 2])), -r / (2 * k[2, 2]))
    add(case, "correlation", r, sqrt(slope %*% vcov(m) %*% slope))
  }
  by <- svyby(~y, ~z, subset(d, !is.na(y)), svymean, na.rm = TRUE, covmat = TRUE)
  r <- svycontrast(by, quote(`1` / `0`)); add(case, "ratio of means", coef(r), SE(r))
  r <- svycontrast(by, quote(exp(`2` / 50) - log(`0`) * `1`)); add(case, "function", coef(r), SE(r))
  l <- svycontrast(by, quote(log(`1` / `0`)))
  add(case, "ratio interval", exp(coef(l) + c(-1, 1) * qt(0.975, degf(d)) * SE(l)))
  for (kind in c("gaussian", "Gamma")) {
    family <- if (kind == "Gamma") Gamma("log") else gaussian()
    m <- svyglm(f, d, family = family, control = control)
    stat(case, paste(kind, "coefficients"), m)
    new <- expand.grid(x = c(0.1, 0.4), z = c(0, 2))
    if (!inherits(d, "svyrep.design")) for (scale in c("response", "link")) # predict() of replicates stops in 4.1
      stat(case, paste(kind, scale), predict(m, new, type = scale, vcov = TRUE))
    for (term in c("factor(z)", "x")) {
      t <- regTermTest(m, term)
      add(case, paste(kind, "joint", term), c(t$Ftest, t$df, t$ddf, t$p))
    }
  }
  b <- if ("b" %in% names(d$variables)) subset(d, !is.na(b)) else d
  for (s in c("Chisq", "Wald")) {
    t <- svychisq(~b + z, b, statistic = s)
    add(case, s, c(t$p.value, t$parameter))
  }
}
s <- svydesign(~p + s, strata = ~h, weights = ~w, fpc = ~N1 + N2, data = read("stages"), nest = TRUE)
analyse("stages", s)
n <- svydesign(~psu, strata = ~stratum, weights = ~w, data = read("nhanes2"), nest = TRUE)
analyse("nhanes2", n)
t <- svygofchisq(~factor(race), p = c(0.8, 0.15, 0.05), n)
add("nhanes2", "goodness", c(t$statistic, t$parameter, t$p.value))
v <- svyby(~y, ~race, subset(n, !is.na(y)), svyvar)
add("nhanes2", "variance by", coef(v), SE(v))
repl <- function(case, file, ...) {
  a <- read(file)
  for (mse in c(FALSE, TRUE))
    analyse(paste(case, mse), svrepdesign(data = a, weights = ~w, repweights = "^r[0-9]+$", mse = mse, ...))
}
repl("JKn", "jkn", type = "JKn", scale = 1, rscales = rep(0.5, 62))
repl("Fay", "brr", type = "Fay", rho = 0.3)
# Adjusted means: the two parts of their variance. svypredmeans adds the group itself.
p <- svypredmeans(svyglm(y ~ x, n, control = control), ~factor(race))
at <- order(as.numeric(names(coef(p))))
add("nhanes2", "adjusted", coef(p)[at], SE(p)[at])
add("nhanes2", "adjusted fixed", coef(p)[at], sqrt(diag(attr(vcov(p), "parts")[[1]]))[at])
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_analysts.csv"), row.names = FALSE)
