# Writes survey_imputation.csv. Run: Rscript survey_imputation.R FOLDER-WITH nhanes2.csv
suppressMessages({library(survey); library(mitools)})
folder <- commandArgs(TRUE)[1]
a <- read.csv(file.path(folder, "nhanes2.csv"))
files <- lapply(1:4, function(k) { b <- a; gap <- is.na(b$y); b$y[gap] <- 80 + (seq_len(sum(gap)) * (6 + k)) %% 17; b })
results <- lapply(files, function(b) svyby(~y, ~race, svydesign(~psu, strata = ~stratum, weights = ~w, data = b, nest = TRUE), svymean))
all <- MIcombine(results)
out <- data.frame(estimate = coef(all), se = sqrt(diag(vcov(all))), df = all$df)
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "survey_imputation.csv"), row.names = FALSE)
