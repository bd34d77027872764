# Writes survey_survival.csv. Run: Rscript survey_survival.R FOLDER-WITH nhanes2.csv
suppressMessages({library(survey); library(survival)})
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what, row = seq_along(estimate) - 1, estimate = as.numeric(estimate),
    se = as.numeric(se)))
n2 <- read.csv(file.path(folder, "nhanes2.csv"))
n2$z <- seq_len(nrow(n2)) %% 3
n2 <- n2[!is.na(n2$x) & !is.na(n2$y), ]
n2 <- n2[seq_len(nrow(n2)) %% 9 == 0, ] # svykm takes the square of the events
n2$unit <- n2$stratum * 10 + n2$psu
n2$h <- n2$stratum %/% 5
n2$time <- round(n2$y / 6)
n2$event <- as.numeric(round(n2$x) %% 3 != 0)
n2$entry <- n2$time - 1 - seq_len(nrow(n2)) %% 9
n2$x <- n2$x / 50
n <- svydesign(~unit, strata = ~h, weights = ~w, data = n2)
# Curves: at the last of the events of each time.
last <- function(s) !duplicated(s$time, fromLast = TRUE)
k <- svykm(Surv(time, event) ~ 1, n)
at <- k$time %in% n2$time[n2$event == 1]
add("curve", "times", k$time[at])
add("curve", "kaplan-meier", k$surv[at])
k <- svykm(Surv(time, event) ~ 1, n, se = TRUE)
add("curve", "fleming-harrington", k$surv[last(k)], (k$surv * sqrt(k$varlog))[last(k)])
k <- svykm(Surv(time, event) ~ race, n, se = TRUE)
for (r in names(k)) add("curve", paste("race", r), k[[r]]$surv[last(k[[r]])], (k[[r]]$surv * sqrt(k[[r]]$varlog))[last(k[[r]])])
# Kaplan-Meier: the variance of the logarithm, written out as a total.
t <- sort(unique(n2$time[n2$event == 1]))
Y <- sapply(t, function(s) sum(n2$w[n2$time >= s]))
d <- sapply(t, function(s) sum(n2$w[n2$time == s & n2$event == 1]))
own <- sapply(seq_along(t), function(j) ((n2$time == t[j] & n2$event == 1) / Y[j] - (n2$time >= t[j]) * d[j] / Y[j]^2) / (1 - d[j] / Y[j]))
own <- own[, is.finite(colSums(own))]
v <- svytotal(t(apply(own, 1, cumsum)), n)
add("curve", "kaplan-meier spread", SE(v))
# Rank tests.
for (g in list(c(0, 0), c(1, 0), c(0, 1), c(0.5, 0.5))) {
  l <- svylogrank(Surv(time, event) ~ factor(race), n, rho = g[1], gamma = g[2])
  add("logrank", paste(g, collapse = " "), c(l[[1]][, 1], l[[1]][, 2], l[[2]]))
}
l <- svylogrank(Surv(time, event) ~ I(race == 2), subset(n, race < 3))
add("logrank", "two", c(l[[1]][, 1], l[[1]][, 2], l[[2]]))
# Hazards.
cox <- function(what, m) {
  add("cox", what, coef(m), sqrt(diag(as.matrix(vcov(m)))))
  add("cox", paste(what, "df"), c(m$degf.resid, m$degf.residual)[1])
}
tight <- coxph.control(eps = 1e-15, toler.chol = 1e-16, iter.max = 100)
cox("efron", svycoxph(Surv(time, event) ~ x + factor(race), n, control = tight))
cox("breslow", svycoxph(Surv(time, event) ~ x + factor(race), n, control = tight, method = "breslow"))
cox("entry", svycoxph(Surv(entry, time, event) ~ x + factor(race), n, control = tight))
cox("strata", svycoxph(Surv(time, event) ~ x + factor(race) + strata(z), n, control = tight))
cox("subset", svycoxph(Surv(time, event) ~ x + factor(race), subset(n, z > 0), control = tight))
cox("missing", svycoxph(Surv(time, event) ~ x + b, n, control = tight))
# With Efron's rule R counts events of weight 0 among those tied.
cox("JKn", svycoxph(Surv(time, event) ~ x + factor(race), as.svrepdesign(n, "JKn"), method = "breslow"))
g <- svydesign(~unit, strata = ~h, weights = ~w, data = n2)
m <- svycoxph(Surv(time, event) ~ x + factor(race), n, control = tight)
b <- coef(m)[2:3] # regTermTest of 4.1 stops at these models
f <- drop(b %*% solve(vcov(m)[2:3, 2:3], b)) / 2
add("cox", "joint", c(f, 2, m$degf.resid, pf(f, 2, m$degf.resid, lower.tail = FALSE)))
p <- postStratify(n, ~z, data.frame(z = 0:2, Freq = c(9e6, 8.6e6, 8.6e6)))
cox("post", svycoxph(Surv(time, event) ~ x + factor(race), p, control = tight))
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_survival.csv"), row.names = FALSE)
