# Writes survey_tables.csv. Run: Rscript survey_tables.R FOLDER-WITH-CSV-EXPORTS (nhanes2.csv, hard.csv)
suppressMessages(library(survey))
source("lonely.R") # run from this folder
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, what, cell, estimate, se, deff = NA, lower = NA, upper = NA)
  out <<- rbind(out, data.frame(case, what, cell = as.character(cell), estimate = as.numeric(estimate),
    se = as.numeric(se), deff = as.numeric(deff), lower = as.numeric(lower), upper = as.numeric(upper)))
tables <- function(case, d, df = degf(d)) {
  for (g in c("all", "race", "sex")) {
    cells <- if (g == "all") "all" else sort(unique(na.omit(d$variables[[g]])))
    for (cell in cells) {
      s <- if (g == "all") d else d[which(d$variables[[g]] == cell), ]
      name <- paste(g, cell)
      m <- svymean(~y, s, na.rm = TRUE, deff = TRUE)
      ci <- confint(m, df = df)
      add(case, "mean", name, coef(m), SE(m), deff(m), ci[1], ci[2])
      t <- svytotal(~y, s, na.rm = TRUE, deff = TRUE)
      add(case, "total", name, coef(t), SE(t), deff(t))
      r <- svyratio(~y, ~x, s, na.rm = TRUE)
      add(case, "ratio", name, coef(r), SE(r))
      p <- svymean(~b, s, na.rm = TRUE, deff = TRUE)
      for (how in c("logit", "mean", "beta")) {
        q <- svyciprop(~b, s, method = how, df = df, na.rm = TRUE)
        ci <- attr(q, "ci")
        if (how == "beta") { # svyciprop takes degf(domain) inside beta; here that of the whole design
          v <- as.numeric(vcov(p)); e <- as.numeric(coef(p)); k <- nrow(s)
          n <- e * (1 - e) / v * (qt(.025, k - 1) / qt(.025, df))^2
          ci <- c(qbeta(.025, n * e, n * (1 - e) + 1), qbeta(.975, n * e + 1, n * (1 - e)))
        }
        if (how == "beta") {
          own <- attr(q, "ci")
          add(case, "proportion domain", name, coef(p), SE(p), NA, own[1], own[2])
        }
        add(case, paste("proportion", how), name, coef(p), SE(p), deff(p), ci[1], ci[2])
      }
    }
  }
  # svyby(covmat = TRUE) of 4.1 stops on missing values; its influence functions go through svytotal here
  z <- sapply(sort(unique(na.omit(d$variables$race))), function(k) {
    i <- as.numeric(d$variables$race %in% k & !is.na(d$variables$y))
    y <- ifelse(i == 1, d$variables$y, 0)
    w <- weights(d)
    i * (y - sum(w * y) / sum(w * i)) / sum(w * i)
  })
  v <- vcov(svytotal(z, d))
  for (i in 1:nrow(v)) for (j in 1:i) add(case, "covariance", paste(i - 1, j - 1), v[i, j], NA)
}
a <- read.csv(file.path(folder, "nhanes2.csv"))
tables("nhanes2", svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE))
tables("nhanes2 element", svydesign(~1, strata = ~stratum, weights = ~w, data = a))
h <- read.csv(file.path(folder, "hard.csv"))
tables("hard fpc", svydesign(~psu, strata = ~stratum, weights = ~w, fpc = ~N, data = subset(h, stratum < 9), nest = TRUE))
for (rule in c("adjust", "average", "certainty", "remove")) {
  options(survey.lonely.psu = rule)
  tables(paste("hard", rule), svydesign(~psu, strata = ~stratum, weights = ~w, data = h, nest = TRUE))
}
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_tables.csv"), row.names = FALSE, quote = TRUE)
