# Writes survey_models.csv. Run: Rscript survey_models.R FOLDER-WITH nhanes2.csv, stages.csv
suppressMessages(library(survey))
source("lonely.R") # run from this folder
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what = as.character(what), estimate = as.numeric(estimate), se = as.numeric(se)))
model <- function(case, d, f, family = gaussian()) {
  m <- svyglm(f, d, family = family, control = glm.control(epsilon = 1e-14, maxit = 100))
  s <- summary(m)$coefficients
  for (i in 1:nrow(s)) add(case, i - 1, s[i, 1], s[i, 2])
  v <- vcov(m)
  add(case, "covariance", v[2, 3])
  m
}
test <- function(case, d, f) {
  t <- svychisq(f, d, statistic = "F"); add(case, "F", t$statistic)
  add(case, "df1", t$parameter[1]); add(case, "df2", t$parameter[2]); add(case, "p", t$p.value)
  t <- svychisq(f, d, statistic = "adjWald"); add(case, "wald", t$statistic); add(case, "wald p", t$p.value)
}
a <- read.csv(file.path(folder, "nhanes2.csv"))
d <- svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE)
model("gaussian", d, y ~ x + factor(race))
m <- model("binomial", d, b ~ x + factor(race), quasibinomial())
model("poisson", d, b ~ x + factor(race), quasipoisson())
model("crossed", d, y ~ x * factor(sex))
use <- as.integer(rownames(model.frame(m))); w <- weights(d)[use]; u <- a[use, ]
effect <- function(beta, k) {
  p <- function(r) { u$race <- r; X <- model.matrix(~ x + factor(race, levels = sort(unique(a$race))), u); plogis(X %*% beta) }
  r <- sort(unique(a$race)); sum(w * (p(r[k]) - p(r[1]))) / sum(w)
}
for (k in 2:length(unique(a$race))) {
  g <- sapply(seq_along(coef(m)), function(j) { e <- replace(coef(m) * 0, j, 1e-6); (effect(coef(m) + e, k) - effect(coef(m) - e, k)) / 2e-6 })
  add("margins", k - 2, effect(coef(m), k), sqrt(g %*% vcov(m) %*% g))
}
r <- svydesign(~1, strata = ~stratum, weights = ~w, data = a)
test("chisq", d, ~race + b)
test("chisq rows", r, ~race + sex)
s <- read.csv(file.path(folder, "stages.csv"))
ds <- svydesign(~p, strata = ~h, weights = ~w, data = s, nest = TRUE)
test("chisq empty cells", ds, ~g + b)
sub <- subset(d, sex == 1 & race %in% c(1, 2))
mm <- svymean(~y, sub, na.rm = TRUE); add("subset", "mean", coef(mm), SE(mm))
q <- svymean(~y, subset(r, sex == 1 & race %in% c(1, 2)), na.rm = TRUE); add("subset", "rows", coef(q), SE(q))
o <- svyolr(factor(sex) ~ x + factor(race), d, control = list(reltol = 1e-15, maxit = 1000))
for (i in seq_along(coef(o))) add("ordinal", i - 1, coef(o)[i], SE(o)[i])
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_models.csv"), row.names = FALSE)
