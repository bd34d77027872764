# Writes Cronbach's alpha (svycralpha) and a Kitagawa-Oaxaca-Blinder split of the harmonised demo of 2020; the
# errors of the split by a stratified jackknife over all respondents.
#   Rscript findings_parts.R MICRODATA.csv OUT.csv     (MICRODATA from export_examples.py, see test_parts.py)
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1], colClasses = c(wave = "character"), check.names = FALSE, na.strings = "")
d <- data[data$wave == "2020", ]
d$y <- d[["experienced-discrimination"]]
items <- c("trust-in-government", "trust-in-parliament", "trust-in-police")
names(d)[match(items, names(d))] <- c("i1", "i2", "i3")
design <- svydesign(~1, strata = ~stratum, weights = ~weight, data = d)
all3 <- subset(design, complete.cases(d[, c("i1", "i2", "i3")]))
alpha <- as.numeric(svycralpha(~ i1 + i2 + i3, all3))

controls <- c("education", "sex", "age")
complete <- complete.cases(d[, c("y", "generation", controls)])
x <- model.matrix(reformulate(controls), model.frame(reformulate(controls), d, na.action = na.pass))
first <- complete & d$generation == "child"
second <- complete & d$generation == "migrant"
first[is.na(first)] <- FALSE
second[is.na(second)] <- FALSE
split <- function(w, data) {
  means <- function(rows) colSums(w[rows] * cbind(d$y, x)[rows, ]) / sum(w[rows])
  b <- lm.wfit(x[second, ], d$y[second], w[second])$coefficients
  a <- means(first)
  z <- means(second)
  each <- (a - z)[-1] * b
  owner <- c("none", controls)[attr(x, "assign") + 1]
  c(gap = a[[1]] - z[[1]], composition = sum(each), rest = a[[1]] - z[[1]] - sum(each),
    tapply(each, owner, sum)[controls])
}
replicates <- as.svrepdesign(design, type = "JKn")
found <- withReplicates(replicates, split)
out <- data.frame(name = c("alpha", names(coef(found))), estimate = c(alpha, coef(found)), se = c(NA, SE(found)))
for (name in names(out)[-1]) out[[name]] <- formatC(out[[name]], digits = 15, format = "g", width = 1)
write.csv(out, arguments[2], row.names = FALSE, quote = FALSE)
