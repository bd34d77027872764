# Writes project_weights.csv. Run: Rscript project_weights.R FOLDER-WITH nhanes2.csv, brr.csv, stages_strata.csv
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, cell, estimate, se, df)
  out <<- rbind(out, data.frame(case, cell = as.character(cell), estimate = as.numeric(estimate), se = as.numeric(se), df = as.numeric(df)))
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
cells <- function(case, d, by) {
  d <- d[which(!is.na(d$variables$y)), ]
  m <- svymean(~y, d, na.rm = TRUE); add(case, "total", coef(m), SE(m), degf(d))
  g <- svyby(~y, by, d, svymean, na.rm = TRUE)
  for (i in seq_len(nrow(g))) add(case, g[i, 1], coef(g)[i], SE(g)[i], degf(d))
  if (inherits(d, "svyrep.design")) k <- svycontrast(svyby(~y, by, d, svymean, covmat = TRUE), c(-1, 1, rep(0, nrow(g) - 2)))
  else { k <- svyglm(y ~ factor(sex), d); k <- svycontrast(k, c(0, 1, rep(0, nrow(g) - 2))) }
  add(case, "difference", coef(k), SE(k), degf(d))
}
a <- read("nhanes2")
d <- svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE)
margin <- function(name, sizes) { m <- data.frame(seq_along(sizes), sizes); names(m) <- c(name, "Freq"); m }
sex <- c(30e6, 28e6, 26e6, 33e6); race <- c(101e6, 12e6, 4e6)
cells("raked", rake(d, list(~sex, ~race), list(margin("sex", sex), margin("race", race)), control = list(epsilon = 1e-13, maxit = 500)), ~sex)
cells("poststratified", postStratify(d, ~sex, margin("sex", sex)), ~sex)
e <- update(d, sex = factor(sex), race = factor(race))
cells("linear", calibrate(e, ~ sex + race, c(sum(sex), sex[-1], race[-1]), calfun = "linear"), ~sex)
a$v <- ifelse(seq_len(nrow(a)) %% 3 == 0, 0, a$w * (1 + seq_len(nrow(a)) %% 5))
s <- svydesign(~psu, strata = ~stratum, weights = ~v, data = a, nest = TRUE)
cells("named", subset(s, v > 0), ~sex)
b <- read("brr")
b$h <- (seq_len(nrow(b)) %/% 7) %% 3 + 1; b$sex <- b$g + 1; b$race <- b$h
r <- svrepdesign(data = b, weights = ~w, repweights = "^r[0-9]+$", combined.weights = TRUE, type = "Fay", rho = 0.3)
cells("replicates", r, ~sex)
w <- sum(b$w)
two <- function(n) w * seq(1, 2, length.out = n) / sum(seq(1, 2, length.out = n))
g <- length(unique(b$sex))
cells("replicates raked", rake(r, list(~sex, ~race), list(margin("sex", two(g)), margin("race", two(3))), control = list(epsilon = 1e-9, maxit = 1000)), ~sex)
cells("replicates poststratified", postStratify(r, ~sex, margin("sex", two(g))), ~sex)
t <- read("stages_strata")
t$sex <- as.integer(factor(t$g))
z <- svydesign(~ p + s, strata = ~ h + t, fpc = ~ N1 + N2, weights = ~w, data = t, nest = TRUE)
cells("later strata", z, ~sex)
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "project_weights.csv"), row.names = FALSE)

