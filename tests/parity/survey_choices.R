# Writes survey_choices.csv: multinomial models, Newton's method and influence values written out (survey has none).
# Run: Rscript survey_choices.R FOLDER-WITH nhanes2.csv
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, estimate, se = NA)
  out <<- rbind(out, data.frame(case, what, row = seq_along(estimate) - 1, estimate = as.numeric(estimate),
    se = as.numeric(se)))
n2 <- read.csv(file.path(folder, "nhanes2.csv"))
n2$z <- seq_len(nrow(n2)) %% 3
n2 <- n2[!is.na(n2$x) & !is.na(n2$y), ]
n2$x <- n2$x / 10
n <- svydesign(~psu, strata = ~stratum, weights = ~w, data = n2, nest = TRUE)
X <- model.matrix(~ x + factor(z), n2)
Y <- cbind(n2$race == 2, n2$race == 3) + 0
choice <- function(w) {
  B <- matrix(0, ncol(X), 2)
  for (i in 1:30) {
    e <- exp(X %*% B)
    P <- e / (1 + rowSums(e))
    g <- as.vector(crossprod(X, w * (Y - P)))
    H <- rbind(cbind(crossprod(X, w * P[, 1] * (1 - P[, 1]) * X), -crossprod(X, w * P[, 1] * P[, 2] * X)),
      cbind(-crossprod(X, w * P[, 1] * P[, 2] * X), crossprod(X, w * P[, 2] * (1 - P[, 2]) * X)))
    B <- B + matrix(solve(H, g), ncol(X))
  }
  list(b = as.vector(B), u = cbind(X * (Y[, 1] - P[, 1]), X * (Y[, 2] - P[, 2])) %*% solve(H))
}
m <- choice(n2$w)
add("multinomial", "linear", m$b, SE(svytotal(m$u, n)))
j <- withReplicates(as.svrepdesign(n, "JKn"), function(w, data) choice(w)$b)
add("multinomial", "JKn", coef(j), SE(j))
for (f in c("logistic", "probit")) {
  m <- svyolr(factor(race) ~ x + factor(z), n, method = f)
  add("ordinal", f, coef(m), SE(m))
}
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_choices.csv"), row.names = FALSE)
