# Writes survey_raked.csv. Run: Rscript survey_raked.R FOLDER-WITH nhanes2.csv
# Answers are made unequal for ranks: of equal ones R's ranks depend on the order of the rows.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(what, estimate, statistic, df, p)
  out <<- rbind(out, data.frame(what, estimate = as.numeric(estimate), statistic = as.numeric(statistic), df = as.numeric(df), p = as.numeric(p)))
a <- read.csv(file.path(folder, "nhanes2.csv"))
a$u <- a$y + seq_len(nrow(a)) / 1e6
d <- svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE)
margin <- function(name, times) {
  now <- svytotal(as.formula(paste0("~factor(", name, ")")), d)
  m <- data.frame(seq_along(coef(now)), coef(now) * times); names(m) <- c(name, "Freq"); m
}
r <- rake(d, list(~sex, ~race), list(margin("sex", 1.1), margin("race", 1.1)), control = list(epsilon = 1e-13, maxit = 200))
p <- postStratify(d, ~sex, margin("sex", c(1.3, 1, 0.8, 1)))
designs <- list(raked = r, poststratified = p, subset = subset(d, sex > 1), "raked subset" = subset(r, sex > 1))
effect <- function(m, u, w, by, value) { # of x, or of race `value` against the first
  beta <- by; X <- function(k) { u$race <- if (is.na(k)) u$race else k; model.matrix(~ x + factor(race, levels = sort(unique(a$race))), u) }
  if (is.na(value)) { q <- plogis(X(NA) %*% beta); return(sum(w * q * (1 - q) * beta[2]) / sum(w)) }
  sum(w * (plogis(X(value) %*% beta) - plogis(X(1) %*% beta))) / sum(w)
}
for (name in names(designs)) {
  s <- designs[[name]]
  t <- svyttest(y ~ b, s); add(paste(name, "t"), t$estimate, t$statistic, t$parameter, t$p.value)
  for (kind in c("wilcoxon", "vanderWaerden", "median")) {
    if (kind == "vanderWaerden" && name == "raked subset") next # R scores rows of weight 0 as infinite: NaN
    t <- svyranktest(u ~ b, s, test = kind); add(paste(name, kind), t$estimate, t$statistic, t$parameter, t$p.value)
  }
  for (f in c("gaussian", "binomial")) {
    m <- if (f == "gaussian") svyglm(y ~ x + factor(race), s) else svyglm(b ~ x + factor(race), s, family = quasibinomial(), control = list(epsilon = 1e-14))
    for (i in seq_along(coef(m))) add(paste(name, f, i - 1), coef(m)[i], coef(m)[i] / SE(m)[i], m$df.residual, NA)
    if (f == "binomial") {
      use <- !is.na(s$variables$b) & !is.na(s$variables$x) & weights(s) > 0 & s$variables$sex > if (grepl("subset", name)) 1 else 0
      u <- s$variables[use, ]; w <- weights(s)[use]
      for (value in c(NA, 2, 3)) {
        e <- function(by) effect(m, u, w, by, value)
        g <- sapply(seq_along(coef(m)), function(j) { h <- replace(coef(m) * 0, j, 1e-5); (8 * (e(coef(m) + h) - e(coef(m) - h)) - e(coef(m) + 2 * h) + e(coef(m) - 2 * h)) / 12e-5 })
        add(paste(name, "margin", if (is.na(value)) 1 else value), e(coef(m)), e(coef(m)) / sqrt(g %*% vcov(m) %*% g), m$df.residual, NA)
      }
    }
  }
}
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_raked.csv"), row.names = FALSE)
