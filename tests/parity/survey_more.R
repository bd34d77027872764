# Writes survey_more.csv. Run: Rscript survey_more.R FOLDER-WITH nhanes2.csv, jkn.csv
suppressMessages({library(survey); library(AER); library(survival)})
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what, row = seq_along(estimate) - 1, estimate = as.numeric(estimate),
    se = as.numeric(se)))
stat <- function(case, what, s) add(case, what, coef(s), sqrt(diag(as.matrix(vcov(s)))))
read <- function(name) {
  a <- read.csv(file.path(folder, paste0(name, ".csv")))
  names(a)[names(a) == "g"] <- "cell" # a column g hides what svyglm calls g
  n <- seq_len(nrow(a))
  a$z <- n %% 3
  a$u <- (n * 7 %% 11) %% 5 # an instrument
  a$b <- as.numeric((n * 13) %% 17 < 5)
  a$time <- 1 + (n * 29) %% 37 + a$z
  a$died <- as.numeric((n * 31) %% 10 < 7)
  a$x <- (n * 5) %% 7 / 10 + a$u / 4
  a$y[is.na(a$y)] <- 80
  a$y <- pmax(a$y, 1)
  a$v <- 50 + 40 * exp(-a$time / 10) + (a$y - 80) / 10
  a
}
control <- glm.control(epsilon = 1e-40, maxit = 200)
d <- svydesign(~psu, strata = ~stratum, weights = ~w, data = read("nhanes2"), nest = TRUE)
k <- svrepdesign(data = read("jkn"), weights = ~w, repweights = "^r[0-9]+$", type = "JKn", scale = 1, rscales = rep(0.5, 62))
families <- list("binomial log" = quasibinomial("log"), "binomial identity" = quasibinomial("identity"),
  "poisson sqrt" = quasipoisson("sqrt"), "poisson identity" = quasipoisson("identity"),
  "gamma identity" = Gamma("identity"), "gaussian inverse" = gaussian("inverse"),
  "inverse.gaussian log" = inverse.gaussian("log"), "inverse.gaussian 1/mu^2" = inverse.gaussian("1/mu^2"))
starts <- list("binomial log" = c(-1, 0, 0, 0), "binomial identity" = c(0.3, 0, 0, 0), "gaussian inverse" = c(0.01, 0, 0, 0),
  "inverse.gaussian 1/mu^2" = c(1e-4, 0, 0, 0))
for (case in c("taylor", "JKn")) for (name in names(families)) {
  f <- if (grepl("binomial", name)) b ~ x + factor(z) else y ~ x + factor(z)
  m <- svyglm(f, list(taylor = d, JKn = k)[[case]], family = families[[name]], start = starts[[name]], control = control)
  stat(case, name, m)
  if (case == "taylor") {
    t <- regTermTest(m, ~factor(z), method = "WorkingWald", null = c(0.01, 0.02))
    add(case, paste(name, "working"), c(t$chisq, t$p, t$lambda))
  }
}
m <- svyglm(b ~ x + factor(z), d, family = quasibinomial, control = control)
large <- svyglm(b ~ x + factor(z) + u, d, family = quasibinomial, control = control)
a <- AIC(m, k = 3); add("taylor", "aic", a[c(2, 1, 3)])
a <- BIC(m, maximal = large); add("taylor", "bic", c(a[2], a[1]))
a <- BIC(large, maximal = large); add("taylor", "bic largest", c(a[2], a[1]))
t <- regTermTest(m, ~factor(z), null = c(0.1, -0.2)); add("taylor", "null", c(t$Ftest, t$df, t$ddf, t$p))
o <- svyglm(b ~ x + factor(z) + offset(u / 10), d, family = quasibinomial, control = control)
t <- regTermTest(o, ~factor(z), method = "LRT"); add("taylor", "lrt offset", c(t$chisq, t$p, t$lambda))
# Of a linear model by the formula of survey 4.2 and later: 4.1 takes another scale.
linear <- svyglm(y ~ x + factor(z), d)
w <- weights(d) / mean(weights(d)); r <- residuals(linear, "response"); many <- sum(w); s2 <- sum(w * r^2) / many
u2 <- -1 / (2 * s2) + r^2 / (2 * s2^2)
effects <- c(diag(solve(linear$naive.cov[-1, -1] * s2, vcov(linear)[-1, -1])), many / (2 * s2^2) / sum(w * u2^2))
add("taylor", "aic linear", c(many * log(s2) + many + many * log(2 * pi) + 2 * sum(effects), sum(effects), mean(effects)))
iv <- function(f) { m <- svyivreg(f, d); list(coef(m), sqrt(diag(m$cov.unscaled))) } # vcov() is that without a design
i <- iv(y ~ x + factor(z) | u + factor(z)); add("taylor", "iv", i[[1]], i[[2]])
i <- iv(y ~ x | u + factor(z)); add("taylor", "iv over", i[[1]], i[[2]])
i <- svyivreg(y ~ x | u, k); add("JKn", "iv", coef(i), SE(i))
cells <- update(d, b = factor(b), z = factor(z), race = factor(race))
one <- svyloglin(~b + z + race, cells); two <- svyloglin(~b * z + race, cells); all <- svyloglin(~b * z * race, cells)
stat("taylor", "loglin", one); stat("taylor", "loglin two", two); stat("taylor", "loglin all", all)
# p of F by the design effects themselves: anova() squares the cells of a matrix that is not symmetric.
scott <- function(m0, m1, dev) {
  n <- m0$n; P <- function(p) (diag(p) - tcrossprod(p)) / n
  X1 <- scale(model.matrix(m0$model)[, -1], scale = FALSE); X2 <- scale(model.matrix(m1$model)[, -1], scale = FALSE)
  P1 <- P(fitted(m1$model) / n)
  W <- qr(round(X2 - X1 %*% solve(t(X1) %*% P1 %*% X1, t(X1) %*% P1 %*% X2), 11))
  W <- (X2 - X1 %*% solve(t(X1) %*% P1 %*% X1, t(X1) %*% P1 %*% X2))[, W$pivot[seq_len(W$rank)], drop = FALSE]
  a <- Re(eigen(solve(t(W) %*% P(coef(m0$prob.table)) %*% W, t(W) %*% vcov(m0$prob.table) %*% W))$values)
  pf(dev / sum(a), sum(a)^2 / sum(a^2), m0$df.null * sum(a)^2 / sum(a^2), lower.tail = FALSE)
}
for (pair in list(list("one two", one, two), list("two all", two, all))) {
  a <- anova(pair[[2]], pair[[3]])
  p <- sapply(c(a$dev$dev, a$score$chisq), function(dev) scott(pair[[2]], pair[[3]], dev))
  add("taylor", paste("anova", pair[[1]]), c(a$dev$dev, p[1], a$dev$p[4], a$score$chisq, p[2]))
}
even <- svydesign(~1, weights = ~one, data = transform(read("nhanes2"), one = 2))
for (scale in c(TRUE, FALSE)) {
  p <- svyprcomp(~y + x + time, even, scale. = scale)
  add("even", paste("components", scale), p$sdev); add("even", paste("loadings", scale), abs(p$rotation))
}
p <- eigen(cov2cor(cov.wt(read("nhanes2")[c("y", "x", "time")], weights(d) / sum(weights(d)), method = "ML")$cov))
add("taylor", "components", sqrt(p$values)); add("taylor", "loadings", abs(p$vectors))
s <- svysmooth(y ~ time, d, bandwidth = 3); add("taylor", "smooth", s[[1]]$y)
s <- svysmooth(~time, d, bandwidth = 2); add("taylor", "density", s[[1]]$y)
for (dist in c("weibull", "exponential", "lognormal", "loglogistic", "gaussian", "logistic")) {
  m <- eval(bquote(svysurvreg(Surv(time, died) ~ x + factor(z), d, dist = .(dist), rel.tolerance = 1e-14, maxiter = 200)))
  theta <- c(coef(m), if (dist != "exponential") log(m$scale))
  add("taylor", paste("lifetimes", dist), theta, sqrt(diag(m$var)))
}
q <- quantile(svykm(Surv(time, died) ~ 1, d), c(0.9, 0.75, 0.5, 0.25, 0.01)); q[is.infinite(q)] <- NA; add("taylor", "times left", q)
q <- svykm(Surv(time, died) ~ race, d); add("taylor", "times left by", sapply(q, quantile, probs = c(0.75, 0.5)))
n <- svynls(v ~ a + b1 * exp(-c1 * time), svydesign(~psu, strata = ~stratum, weights = ~one, data = transform(read("nhanes2"), one = 2), nest = TRUE),
  start = list(a = 50, b1 = 38, c1 = 0.11), control = nls.control(tol = 1e-8, maxiter = 500))
stat("even clusters", "nls", n)
loglik <- function(y, mu, s) dnorm(y, mu, exp(s), log = TRUE)
grad <- function(y, mu, s) cbind((y - mu) / exp(2 * s), (y - mu)^2 / exp(2 * s) - 1)
l <- svymle(loglik, grad, d, formulas = list(mu = y ~ x, s = ~1), start = list(c(80, 0), 3), method = "BFGS",
  control = list(reltol = 1e-18, maxit = 1000))
stat("taylor", "mle", l)
v <- withReplicates(k, function(w, a) c(weighted.mean(a$y, w), sum(w * a$x * a$y) / sum(w * a$x)))
add("JKn", "statistic", v, SE(v))
six <- function(a) { n <- seq_len(nrow(a)); e <- (n * 29) %% 37 / 10; l <- (n * 31) %% 23 / 8
  transform(a, f1 = e + (n * 7) %% 5 / 2, f2 = 0.8 * e + (n * 11) %% 7 / 3, f3 = 0.6 * e + (n * 13) %% 9 / 4,
    f4 = l + (n * 17) %% 13 / 5, f5 = 0.9 * l + (n * 19) %% 16 / 6, f6 = 0.7 * l + 0.3 * e + (n * 23) %% 11 / 6) }
# factanal() stops when the likelihood stands still to seven digits: from there on by Newton's steps.
factored <- function(case, design, many) {
  f <- svyfactanal(~f1 + f2 + f3 + f4 + f5 + f6, design, many, n = "effective", rotation = "none")
  S <- f$correlation; own <- f$uniquenesses
  load <- function(own) { e <- eigen(S / outer(sqrt(own), sqrt(own)), symmetric = TRUE)
    sqrt(own) * e$vectors[, 1:many, drop = FALSE] %*% diag(sqrt(pmax(e$values[1:many] - 1, 0)), many) }
  slopes <- function(own) (diag(tcrossprod(load(own))) + own - 1) / own^2
  for (step in 1:20) { J <- sapply(1:6, function(j) { h <- replace(rep(0, 6), j, 1e-5); (slopes(own + h) - slopes(own - h)) / 2e-5 })
    own <- own - solve(J, slopes(own)) }
  stopifnot(max(abs(own - f$uniquenesses)) < 1e-3)
  l <- load(own)
  if (many == 2) { # varimax() stops when what is gained stands still: the angle itself (Kaiser 1958)
    h <- sqrt(rowSums(l^2)); u <- (l[, 1]^2 - l[, 2]^2) / h^2; v <- 2 * l[, 1] * l[, 2] / h^2
    phi <- atan2(2 * sum(u * v) - 2 * sum(u) * sum(v) / 6, sum(u^2 - v^2) - (sum(u)^2 - sum(v)^2) / 6) / 4
    turned <- l %*% matrix(c(cos(phi), sin(phi), -sin(phi), cos(phi)), 2)
    stopifnot(max(abs(abs(turned) - abs(varimax(l, eps = 1e-14)$loadings))) < 1e-5); l <- turned
  }
  l <- l[, order(-colSums(l^2)), drop = FALSE]; l <- sweep(l, 2, ifelse(colSums(l) < 0, -1, 1), "*")
  e <- eigen(S / outer(sqrt(own), sqrt(own)), symmetric = TRUE, only.values = TRUE)$values[-(1:many)]
  lost <- -sum(log(e) - e) + many - 6; chi2 <- (f$n.obs - 1 - 17 / 6 - 2 * many / 3) * lost
  add(case, paste("own", many), own); add(case, paste("factors", many), l)
  sizes <- sapply(c("sample", "degf", "effective", "min.effective"),
    function(n) svyfactanal(~f1 + f2 + f3 + f4 + f5 + f6, design, many, n = n)$n.obs)
  add(case, paste("enough", many), c(f$dof, chi2, pchisq(chi2, f$dof, lower.tail = FALSE), sizes))
}
for (many in 1:2) {
  factored("taylor", svydesign(~psu, strata = ~stratum, weights = ~w, data = six(read("nhanes2")), nest = TRUE), many)
  factored("JKn", svrepdesign(data = six(read("jkn")), weights = ~w, repweights = "^r[0-9]+$", type = "JKn", scale = 1, rscales = rep(0.5, 62)), many)
}
# The profile itself: confint() reads it off a spline and divides the deviance by the dispersion.
profiled <- function(case, what, f, design, family) {
  m <- svyglm(f, design, family = family, control = control); V <- vcov(m); U <- m$naive.cov
  X <- model.matrix(m); y <- m$y; W <- m$prior.weights
  ends <- sapply(seq_along(coef(m)), function(i) {
    lost <- function(b) glm.fit(X[, -i, drop = FALSE], y, W, offset = X[, i] * b, family = family, control = control)$deviance - deviance(m)
    far <- qt(0.975, m$df.residual)^2 * V[i, i] / U[i, i]; b <- coef(m)[i]; s <- sqrt(V[i, i])
    c(uniroot(function(b) lost(b) - far, b - c(6, 0.5) * s, tol = 1e-13)$root, uniroot(function(b) lost(b) - far, b + c(0.5, 6) * s, tol = 1e-13)$root)
  })
  add(case, what, t(ends)); if (what != "profile gaussian") add(case, paste(what, "spline"), confint(m, method = "likelihood"))
}
profiled("taylor", "profile", b ~ x + factor(z), d, quasibinomial())
profiled("taylor", "profile poisson", b ~ x + factor(z), d, quasipoisson())
profiled("taylor", "profile gaussian", y ~ x + factor(z), d, gaussian())
profiled("JKn", "profile", b ~ x + factor(z), k, quasibinomial())
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_more.csv"), row.names = FALSE)
