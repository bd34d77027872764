# Writes survey_hard.csv. Run: Rscript survey_hard.R FOLDER, which holds hard_cases.csv.
suppressMessages(library(survey))
source("lonely.R") # run from this folder
options(warn = -1)
folder <- commandArgs(TRUE)[1]
a <- read.csv(file.path(folder, "hard_cases.csv"), na.strings = "", colClasses = c(g = "character", k = "character"))
a$one <- 1
a$never <- as.numeric(a$never)
out <- list()
case <- by <- g <- k <- NA
try_ <- function(f) tryCatch(f, error = function(e) NULL)
number <- function(x) { x <- if (is.null(x)) NA else as.numeric(x)[1]; if (is.finite(x)) x else NA }
# A statistic that R refuses, or gives as NaN, is written as empty.
keep <- function(what, m, ci = NULL, deff = NULL, replace = NULL) {
  e <- if (is.null(m)) NA else number(coef(m))
  out[[length(out) + 1]] <<- data.frame(case, what, by, g, k, estimate = e,
    se = if (is.na(e)) NA else number(SE(m)), deff = number(deff), deff_replace = number(replace),
    lower = number(ci[1]), upper = number(ci[2]))
}
cell <- function(d, s) {
  df <- degf(d)
  keep("count", try_(svytotal(~one, s)))
  for (v in c("y", "b", "same", "most", "none", "all", "never")) {
    f <- as.formula(paste0("~", v))
    for (what in c("mean", "total")) {
      of <- if (what == "mean") svymean else svytotal
      m <- try_(of(f, s, na.rm = TRUE, deff = TRUE)); r <- try_(of(f, s, na.rm = TRUE, deff = "replace"))
      keep(paste(what, v), m, try_(confint(m, df = df)), try_(deff(m)), try_(deff(r)))
    }
  }
  m <- try_(svymean(~b, s, na.rm = TRUE))
  for (how in c("xlogit", "beta", "asin")) {
    q <- try_(svyciprop(~b, s, method = how, df = df, na.rm = TRUE))
    if (!is.null(m) && is.finite(coef(m)) && coef(m) > 0 && coef(m) < 1) keep(paste(how, "b"), m, attr(q, "ci"))
  }
  # Wilson, which survey 4.1 has not: that of prop.test on the effective number of answers, t for z
  e <- if (is.null(m)) NA else number(coef(m)); v <- if (is.na(e)) NA else number(vcov(m))
  if (!is.na(e) && !is.na(v) && e > 0 && e < 1 && v > 1e-20) {
    size <- e * (1 - e) / v
    keep("wilson b", m, prop.test(size * e, size, correct = FALSE, conf.level = 1 - 2 * pnorm(qt(.025, df)))$conf.int)
  }
  keep("ratio y/x", try_(svyratio(~y, ~x, s, na.rm = TRUE)))
}
tables <- function(name, d) {
  case <<- name; by <<- ""; g <<- k <<- NA
  out[[length(out) + 1]] <<- data.frame(case, what = "df", by, g, k, estimate = degf(d), se = NA, deff = NA,
    deff_replace = NA, lower = NA, upper = NA)
  cell(d, d)
  v <- d$variables
  for (x in sort(unique(v$g))) { by <<- "g"; g <<- x; cell(d, d[which(v$g == x), ]) }
  g <<- NA
  for (x in sort(unique(v$k))) { by <<- "k"; k <<- x; cell(d, d[which(v$k == x), ]) }
  pairs <- unique(v[!is.na(v$g) & !is.na(v$k), c("g", "k")])
  for (i in seq_len(nrow(pairs))) {
    by <<- "g k"; g <<- pairs$g[i]; k <<- pairs$k[i]
    cell(d, d[which(v$g == g & v$k == k), ])
  }
}
for (rule in c("adjust", "average", "certainty", "remove")) {
  options(survey.lonely.psu = rule)
  tables(rule, svydesign(~p, strata = ~h, weights = ~w, data = a, nest = TRUE))
}
options(survey.lonely.psu = "adjust")
tables("far", svydesign(~p, strata = ~h, weights = ~far, data = a, nest = TRUE))
tables("rows", svydesign(~1, strata = ~h, weights = ~w, data = a))
tables("rows far", svydesign(~1, strata = ~h, weights = ~far, data = a))
out <- do.call(rbind, out)
for (n in c("estimate", "se", "deff", "deff_replace", "lower", "upper"))
  out[[n]] <- trimws(formatC(out[[n]], digits = 13, format = "g"))
out[out == "NA" | out == "NaN"] <- NA
write.csv(out, file.path(folder, "survey_hard.csv"), row.names = FALSE, na = "", quote = c(1, 2, 4, 5))
