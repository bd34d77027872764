# Writes predictive margins of svyglm models with R's survey (svypredmeans), on the harmonised demo of 2020.
#   Rscript findings_margins.R MICRODATA.csv OUT.csv     (MICRODATA from export_examples.py, see test_margins.py)
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1], colClasses = c(wave = "character"), check.names = FALSE, na.strings = "")
d <- data[data$wave == "2020", ]
d$y <- d[["experienced-discrimination"]]
d$score <- d[["belonging-to-the-netherlands"]]
d$position <- ifelse(d$generation == "child", 1, ifelse(d$generation == "migrant", 0, NA))
design <- svydesign(~1, strata = ~stratum, weights = ~weight, data = d)
out <- list()
tight <- glm.control(epsilon = 1e-15, maxit = 200)
# svypredmeans evaluates the model's call again, so what the call names must be found from anywhere.
add <- function(name, outcome, controls, family) {
  keep <<- subset(design, complete.cases(d[, c(outcome, "position", controls)]))
  terms <- if (length(controls)) controls else "1"
  adjust <- eval(bquote(svyglm(.(reformulate(terms, outcome)), keep, family = .(family), control = tight)))
  means <- svypredmeans(adjust, ~factor(position))
  sides <- ifelse(grepl("^1|)1$", names(coef(means))), 1, -1)
  contrast <- svycontrast(means, sides)
  full <- eval(bquote(svyglm(.(reformulate(c("position", terms), outcome)), keep, family = .(family), control = tight)))
  out[[length(out) + 1]] <<- data.frame(name = name, estimate = coef(contrast)[[1]], se = SE(contrast)[[1]],
    coefficient = coef(full)[["position"]], coefficient_se = SE(full)[["position"]])
}
add("raw", "y", character(0), quote(quasibinomial()))
add("adjusted", "y", c("sex", "education", "origin"), quote(quasibinomial()))
add("linear-raw", "score", character(0), quote(gaussian()))
add("linear-adjusted", "score", c("sex", "education", "origin"), quote(gaussian()))
out <- do.call(rbind, out)
for (name in names(out)[-1]) out[[name]] <- formatC(out[[name]], digits = 15, format = "g", width = 1)
write.csv(out, arguments[2], row.names = FALSE, quote = FALSE)
