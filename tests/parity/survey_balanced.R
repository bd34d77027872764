# Writes survey_balanced.csv. Run: Rscript survey_balanced.R FOLDER-WITH nhanes2.csv
suppressMessages({library(survey); library(survival)})
folder <- commandArgs(TRUE)[1]
out <- NULL
add <- function(case, estimate, se = NA)
  out <<- rbind(out, data.frame(case, row = seq_along(estimate) - 1, estimate = as.numeric(estimate), se = as.numeric(se)))
a <- read.csv(file.path(folder, "nhanes2.csv"))
names(a)[names(a) == "g"] <- "cell" # a column g hides what svyglm calls g
n <- seq_len(nrow(a))
a$z <- n %% 3
a$u <- (n * 7 %% 11) %% 5
a$b <- as.numeric((n * 13) %% 17 < 5)
a$time <- 1 + (n * 29) %% 37 + a$z
a$died <- as.numeric((n * 31) %% 10 < 7)
a$x <- (n * 5) %% 7 / 10 + a$u / 4 + a$z / 10
a$y[is.na(a$y)] <- 80
d <- svydesign(~psu, strata = ~stratum, weights = ~w, data = a, nest = TRUE)
control <- glm.control(epsilon = 1e-40, maxit = 200)

# R stops its iterations at 1e-4; here they go on, so that what is compared is what they go to.
on <- asNamespace("survey")
further <- function(f) { body(f) <- do.call(substitute, list(body(f), list())); t <- deparse(f)
  g <- eval(parse(text = gsub("epsilon = 1e-04", "epsilon = 1e-08", t, fixed = TRUE))); environment(g) <- on; g }
glm_ <- further(on$marginpred.svyglm)
km_ <- further(on$marginpred.svykmlist)
cox_ <- further(on$marginpred.svycoxph)

at <- data.frame(z = 0:2, b = c(0, 1, 0), x = 0, u = 0)
both <- function(case, p) add(case, p, sqrt(attr(p, "var") |> (\(v) if (is.matrix(v)) diag(v) else v)()))
m <- svyglm(y ~ factor(z), d, control = control)
both("gaussian", glm_(m, adjustfor = ~x, predictat = at))
both("gaussian two", glm_(m, adjustfor = ~x + factor(u), predictat = at))
both("gaussian crossed", glm_(m, adjustfor = ~x * b, predictat = at))
both("gaussian as R stops", on$marginpred.svyglm(m, adjustfor = ~x, predictat = at))
m2 <- svyglm(y ~ factor(z) + b, d, control = control)
both("two terms", glm_(m2, adjustfor = ~x, predictat = at))
m3 <- svyglm(b ~ z, d, family = quasibinomial(), control = control)
both("binomial", glm_(m3, adjustfor = ~x + u, predictat = at, type = "link"))
m4 <- svyglm(y ~ factor(z), subset(d, b == 0), control = control)
both("subset", glm_(m4, adjustfor = ~x, predictat = at))

k <- svykm(Surv(time, died) ~ z, d)
curve <- km_(k, adjustfor = ~x, predictat = at)
for (i in seq_along(curve)) add(paste("km", i - 1), curve[[i]]$surv[match(c(5, 17, 30), curve[[i]]$time)])
cox <- svycoxph(Surv(time, died) ~ z, d)
# The refitted model itself: its variance is not compared, since R's takes the regression on other weights.
t <- gsub("predict(model, newdata", "return(model); c(newdata", deparse(cox_), fixed = TRUE)
cox_model <- eval(parse(text = t)); environment(cox_model) <- on
add("cox", coef(cox_model(cox, adjustfor = ~x, predictat = at)))
write.csv(out, "survey_balanced.csv", row.names = FALSE)
