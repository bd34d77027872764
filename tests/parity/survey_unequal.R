# Writes survey_unequal.csv. Run: Rscript survey_unequal.R, in this folder.
# Unequal probabilities without replacement, samples of two phases, and survey.adjust.domain.lonely.
suppressMessages(library(survey))
source("lonely.R")
out <- data.frame()
add <- function(case, key, value) {
  value <- as.numeric(value)
  out <<- rbind(out, data.frame(case = case, key = key, at = seq_along(value) - 1, value = sprintf("%.15g", value)))
}
asked <- function(case, d) {
  m <- svymean(~y + x, d); add(case, "mean", m); add(case, "mean.se", SE(m)); add(case, "mean.v", vcov(m))
  t <- svytotal(~y + x, d); add(case, "total", t); add(case, "total.se", SE(t))
  r <- svyratio(~y, ~x, d); add(case, "ratio", coef(r)); add(case, "ratio.se", SE(r))
}
model <- function(case, d) {
  g <- svyglm(y ~ x, d); add(case, "glm", coef(g)); add(case, "glm.se", SE(g)); add(case, "df", degf(d))
}
rows <- read.csv("data/unequal.csv")
units <- rows[!duplicated(rows$u), ]
ways <- list(brewer = "brewer", overton = "overton", HR = HR(), HRgiven = HR(list(c(0.31, 0.52)), list(c("a", "b"))),
             poisson = poisson_sampling(units$p))
units$h <- as.integer(factor(units$h))
for (name in names(ways)) {
  d <- svydesign(id = ~1, strata = ~h, fpc = ~p, data = units, pps = ways[[name]])
  asked(name, d)
  if (name %in% c("brewer", "overton")) model(name, d)
  part <- subset(d, g != "x")
  add(name, "part", svytotal(~y, part)); add(name, "part.se", SE(svytotal(~y, part)))
}
for (name in c("overton", "HR")) {
  d <- svydesign(id = ~1, strata = ~h, fpc = ~p, data = units, pps = ways[[name]], variance = "YG")
  asked(paste0(name, ".YG"), d)
}
options(survey.lonely.psu = "remove")
two <- svydesign(id = ~u + k, strata = ~h, fpc = ~p + f, data = rows, pps = "brewer")
asked("two", two); model("two", two)
by <- svyby(~y, ~g, two, svymean); add("two", "by", coef(by)); add("two", "by.se", SE(by))
part <- subset(two, b == 1); add("two", "part", svytotal(~y, part)); add("two", "part.se", SE(svytotal(~y, part)))
one <- svydesign(id = ~u, strata = ~h, fpc = ~p, data = rows, pps = "brewer")
asked("clusters", one)
cal <- calibrate(svydesign(id = ~1, strata = ~h, fpc = ~p, data = units, pps = "brewer"), ~x, c(`(Intercept)` = 130, x = 1650))
add("calibrated", "total", svytotal(~y, cal)); add("calibrated", "total.se", SE(svytotal(~y, cal)))
joint <- read.csv("data/unequal_joint.csv"); pairs <- as.matrix(joint[, paste0("j", 0:4)])
joint$p <- diag(pairs)
for (v in c("HT", "YG")) asked(v, svydesign(id = ~1, fpc = ~p, data = joint, pps = ppsmat(pairs), variance = v))

again <- read.csv("data/two_phase.csv"); again$x <- again$z; again$again <- again$again == 1
again$id <- seq_len(nrow(again)); again$N <- 2000
phases <- list(
  plain = twophase(id = list(~id, ~id), subset = ~again, data = again),
  strata = twophase(id = list(~id, ~id), strata = list(NULL, ~s), subset = ~again, data = again),
  finite = twophase(id = list(~id, ~id), strata = list(NULL, ~s), fpc = list(~N, NULL), subset = ~again, data = again),
  clusters = twophase(id = list(~c, ~id), strata = list(NULL, ~s), fpc = list(~M, NULL), subset = ~again, data = again),
  given = twophase(id = list(~id, ~id), strata = list(NULL, ~s), probs = list(NULL, ~q), subset = ~again, data = again)
)
for (name in names(phases)) {
  d <- phases[[name]]
  asked(paste0("phases.", name), d)
  model(paste0("phases.", name), d)
  part <- subset(d, b == 1)
  add(paste0("phases.", name), "part", svymean(~y, part)); add(paste0("phases.", name), "part.se", SE(svymean(~y, part)))
}

options(survey.adjust.domain.lonely = TRUE)
rows$w <- 3 + rows$u %% 4
for (rule in c("remove", "certainty", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  for (kind in c("units", "rows")) {
    d <- if (kind == "units") svydesign(id = ~u, strata = ~h, weights = ~w, data = rows) else
      svydesign(id = ~1, strata = ~u, weights = ~w, data = rows)
    part <- suppressWarnings(subset(d, g == "x" & b == 1 | h == "a" & u < 9 & g != "x"))
    if (kind == "units") part <- subset(d, u == 15 | h == "a" & u < 9)
    name <- paste0("alone.", kind, ".", rule)
    suppressWarnings({
      m <- svymean(~y, part); t <- svytotal(~y, part); g <- svyglm(y ~ x, part)
      add(name, "mean", m); add(name, "mean.se", SE(m)); add(name, "total", t)
      if (rule != "adjust" || kind == "units") add(name, "total.se", SE(t))
      add(name, "glm.se", SE(g))
    })
  }
}
write.csv(out, "data/survey_unequal.csv", row.names = FALSE, quote = FALSE)
