# A share among a base: a domain of the whole design, in all and by sex. Run here: Rscript survey_base.R
library(survey)
data <- read.csv("data/base.csv")
data$can <- as.numeric(data$trust == 1)
design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
based <- subset(design, !is.na(age) & age >= 40 & !is.na(trust))
row <- function(cell, found, n) {
  data.frame(cell = cell, estimate = 100 * as.numeric(coef(found)), se = 100 * as.numeric(SE(found)), n = n)
}
one <- function(cell, domain) row(cell, svymean(~can, domain), nrow(domain$variables))
expected <- rbind(one("", based), one("man", subset(based, sex == 1)), one("woman", subset(based, sex == 2)))
write.csv(format(expected, digits = 17), "data/base_expected.csv", row.names = FALSE, quote = FALSE)
