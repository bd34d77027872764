# Writes survey_weights.csv. Run: Rscript survey_weights.R FOLDER-WITH stages.csv, nhanes2.csv
suppressMessages(library(survey))
source("lonely.R") # run from this folder
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what, row = seq_along(estimate) - 1, estimate = as.numeric(estimate),
    se = as.numeric(se)))
stat <- function(case, what, s) add(case, what, coef(s), sqrt(diag(as.matrix(vcov(s)))))
n2 <- read.csv(file.path(folder, "nhanes2.csv"))
n2$z <- seq_len(nrow(n2)) %% 3
n2$one <- 1
n2 <- n2[!is.na(n2$x) & !is.na(n2$y), ]
n2$unit <- n2$stratum * 10 + n2$psu
n2$N <- 300
n2$h <- sprintf("%02d", n2$stratum) # R takes strata in the order of their text
st <- read.csv(file.path(folder, "stages.csv"))
names(st)[names(st) == "g"] <- "cell" # svyglm of replicates evaluates g in the data
st <- st[!is.na(st$y), ]
st$x <- (seq_len(nrow(st)) %% 7) / 10
control <- glm.control(epsilon = 1e-40, maxit = 100)
ask <- function(case, d, group = ~race) {
  stat(case, "total", svytotal(~y, d))
  stat(case, "ratio", svyratio(~y, ~x, d))
  b <- svyby(~y, group, d, svymean)
  add(case, "by", coef(b), SE(b))
  stat(case, "glm", svyglm(y ~ x, d, family = gaussian(), control = control))
  add(case, "df", degf(d))
}
n <- svydesign(~psu, strata = ~stratum, weights = ~w, data = n2, nest = TRUE)
for (mse in c(FALSE, TRUE)) ask(paste("JKn", mse), as.svrepdesign(n, "JKn", mse = mse))
H <- matrix(1, 1, 1)
for (k in 1:5) H <- rbind(cbind(H, H), cbind(H, -H))
padded <- svydesign(~psu, strata = ~h, weights = ~w, data = n2, nest = TRUE)
ask("BRR", as.svrepdesign(padded, "BRR", hadamard.matrix = H, mse = TRUE))
ask("Fay", as.svrepdesign(padded, "Fay", fay.rho = 0.3, hadamard.matrix = H))
ask("JK1", as.svrepdesign(svydesign(~unit, weights = ~w, fpc = ~N, data = n2), "JK1"))
s <- svydesign(~p, strata = ~h, weights = ~w, fpc = ~N1, data = st, nest = TRUE)
ask("JKn fpc", as.svrepdesign(s, "JKn"), ~cell)
less <- n2[!(n2$stratum == 3 & n2$psu == 2), ]
for (rule in c("adjust", "remove", "average")) {
  options(survey.lonely.psu = rule)
  d <- svydesign(~psu, strata = ~stratum, weights = ~w, data = less, nest = TRUE)
  r <- as.svrepdesign(d, "JKn")
  stat(paste("lonely", rule), "total", svytotal(~y, r))
  stat(paste("lonely", rule), "ratio", svyratio(~y, ~x, r))
}
options(survey.lonely.psu = "adjust")

# Totals to agree with.
race <- data.frame(race = 1:3, Freq = c(23e6, 2.5e6, 7e5))
z <- data.frame(z = 0:2, Freq = c(9e6, 8.6e6, 8.6e6))
both <- expand.grid(race = 1:3, z = 0:2)
both$Freq <- c(7.6e6, 8e5, 3e5, 7.9e6, 8e5, 2e5, 7.4e6, 9e5, 2e5)
for (kind in c("linear", "JKn")) {
  d <- if (kind == "JKn") as.svrepdesign(n, "JKn") else n
  ask(paste("raked", kind), rake(d, list(~race, ~z), list(race, z), control = list(epsilon = 1e-13, maxit = 1000)))
  ask(paste("post", kind), postStratify(d, ~race + z, both))
  T <- c(`(Intercept)` = 26.2e6, `factor(race)2` = 2.5e6, `factor(race)3` = 7e5, x = 1.265e9)
  ask(paste("greg", kind), calibrate(d, ~factor(race) + x, T))
  for (f in c("linear", "raking", "logit")) {
    b <- if (f == "raking") c(-Inf, Inf) else if (kind == "JKn") c(0.1, 8) else c(0.9, 1.1)
    ask(paste("calibrated", f, kind), calibrate(d, ~factor(race) + x, T, calfun = f, bounds = b, epsilon = 1e-13))
  }
}
n2$cw <- ave(n2$w, n2$unit)
alike <- svydesign(~unit, strata = ~stratum, weights = ~cw, data = n2)
T <- c(`(Intercept)` = 26e6, x = 1.26e9)
ask("together", calibrate(alike, ~x, T, aggregate.stage = 1))
ask("ratio", calibrate(n, ~x - 1, c(x = 1.3e9), variance = 1))
bound <- quantile(n2$w, c(0.05, 0.9), type = 1)
ask("trimmed", trimWeights(n, bound[2], bound[1]))
ask("strict", trimWeights(n, bound[2], bound[1], strict = TRUE))
add("trimmed", "bounds", bound)

# Standardised by z in every race; b is missing in some rows.
for (kind in c("linear", "JKn")) {
  d <- if (kind == "JKn") as.svrepdesign(n, "JKn") else n
  a <- svystandardize(d, by = ~z, over = ~race, population = c(0.5, 0.3, 0.2))
  ask(paste("standard", kind), a)
  stat(paste("standard", kind), "all", svymean(~y, svystandardize(d, by = ~z, population = c(5, 3, 2))))
}
a <- svystandardize(n, by = ~z, over = ~race, population = c(0.5, 0.3, 0.2), excluding.missing = ~b)
g <- svyby(~b, ~race, a, svymean)
add("standard missing", "by", coef(g), SE(g))

# Gini: influence written out, and refitted with every replicate.
gini <- function(w, y) sum(outer(w, w) * abs(outer(y, y, "-"))) / (2 * sum(w) * sum(w * y))
for (r in 1:3) {
  part <- n2$race == r
  w <- n2$w[part]
  y <- n2$y[part]
  G <- gini(w, y)
  u <- (colSums(w * abs(outer(y, y, "-"))) - G * (sum(w * y) + sum(w) * y)) / (sum(w) * sum(w * y))
  whole <- numeric(nrow(n2))
  whole[part] <- u
  add("gini", paste("race", r), G, SE(svytotal(whole, n)))
}
few <- n2[n2$stratum < 8, ]
j <- as.svrepdesign(svydesign(~psu, strata = ~stratum, weights = ~w, data = few, nest = TRUE), "JKn")
G <- withReplicates(j, function(w, data) gini(w, data$y))
add("gini", "JKn", coef(G), SE(G))

# Likelihood ratio tests and the other chi-squares.
for (kind in c("linear", "JKn")) {
  d <- if (kind == "JKn") as.svrepdesign(n, "JKn") else n
  for (f in c("gaussian", "poisson", "Gamma", "binomial")) {
    of <- switch(f, Gamma = Gamma("log"), binomial = quasibinomial(), poisson = quasipoisson(), gaussian())
    d <- update(d, hit = as.numeric(round(y) %% 2 == 0))
    m <- svyglm(if (f == "binomial") hit ~ x + factor(race) + factor(z) else y ~ x + factor(race) + factor(z), d,
      family = of, control = control)
    for (term in c("factor(race)", "factor(z)", "x")) {
      t <- regTermTest(m, term, method = "LRT")
      add(paste("lrt", kind), paste(f, term), c(t$chisq, t$p, t$ddf, sort(Re(t$lambda))))
    }
  }
  t <- svychisq(~race + z, d, statistic = "saddlepoint")
  add(paste("chisq", kind), "saddlepoint", t$p.value)
}
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_weights.csv"), row.names = FALSE)
