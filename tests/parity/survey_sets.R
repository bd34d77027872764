# Writes survey_sets.csv. Run: Rscript survey_sets.R FOLDER, which holds what extract_sets.py writes.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", warn = -1)
folder <- commandArgs(TRUE)[1]
out <- list()
case <- what <- by <- g <- k <- NA
add <- function(...) out[[length(out) + 1]] <<- data.frame(case, what, by, g, k, ...)
try_ <- function(f) tryCatch(f, error = function(e) NULL)
# R's own rules take the second value for a share below the first weight, and ties by chance of rounding.
math <- function(x, w, p) {
  x <- x[w > 0]; w <- w[w > 0]; o <- order(x); x <- x[o]; share <- cumsum(w[o]) / sum(w)
  x[min(which(share >= p - 1e-12), length(x))]
}
keep <- function(name, e, se, deff = NA, replace = NA, ci = c(NA, NA)) {
  what <<- name
  add(estimate = as.numeric(e)[1], se = as.numeric(se)[1], deff = as.numeric(deff)[1],
    deff_replace = as.numeric(replace)[1], lower = as.numeric(ci)[1], upper = as.numeric(ci)[2])
}
replicated <- function(d) inherits(d, "svyrep.design")
beta <- function(m, k, df) {
  e <- as.numeric(coef(m)); v <- as.numeric(vcov(m))
  n <- e * (1 - e) / v * (qt(.025, k - 1) / qt(.025, df))^2
  c(qbeta(.025, n * e, n * (1 - e) + 1), qbeta(.975, n * e + 1, n * (1 - e)))
}
cell <- function(d, s) {
  df <- degf(d)
  known <- function(v) !all(is.na(s$variables[[v]]))
  t <- try_(svytotal(~one, s)); if (is.null(t)) return() # R stops on one row of several stages
  keep("count", t, SE(t), ci = confint(t, df = df))
  if (known("y")) for (f in c("mean", "total")) {
    of <- if (f == "mean") svymean else svytotal
    m <- try_(of(~y, s, na.rm = TRUE, deff = TRUE)); r <- try_(of(~y, s, na.rm = TRUE, deff = "replace"))
    if (!is.null(m) && !is.null(r)) keep(f, coef(m), SE(m), deff(m), deff(r), confint(m, df = df))
  }
  r <- try_(svyratio(~y, ~x, s, na.rm = TRUE))
  if (!is.null(r)) keep("ratio", coef(r), SE(r), ci = confint(r, df = df))
  if (known("b")) {
    m <- try_(svymean(~b, s, na.rm = TRUE, deff = TRUE)); r <- try_(svymean(~b, s, na.rm = TRUE, deff = "replace"))
    # "xlogit" is the closed form of "logit", which fits a model until it changes less than 1e-8
    if (!is.null(m)) for (how in c("mean", "xlogit", "beta", "asin")) {
      # "beta" counts the degrees of freedom of the cell, whatever it is told
      ci <- if (how == "beta" && replicated(d)) beta(m, nrow(s), df) else
        attr(try_(svyciprop(~b, s, method = how, df = df, na.rm = TRUE)), "ci")
      if (!is.null(ci)) keep(paste("share", how), coef(m), SE(m), deff(m), deff(r), ci)
    }
  }
  # With replicates svyquantile takes "mean", and "beta" counts the degrees of freedom of the answers, whatever told.
  if (known("y")) for (how in c("mean", if (by %in% c("", "g")) c(if (!replicated(d)) "xlogit", "beta"))) for (p in c(.25, .5)) {
    v <- if (how == "beta") try_(woodruff(s, p, df)) else
      try_(svyquantile(~y, s, p, na.rm = TRUE, qrule = math, df = df, interval.type = how)[[1]])
    if (!is.null(v)) keep(paste("quantile", how, p), v[1], v[4], ci = v[2:3])
  }
}
woodruff <- function(s, p, df) {
  s <- subset(s, !is.na(y))
  y <- s$variables$y; w <- weights(s, "sampling")
  s$variables$below <- as.numeric(y <= math(y, w, p))
  ci <- sapply(beta(svymean(~below, s), nrow(s), df), function(q) if (is.nan(q)) NaN else math(y, w, q))
  c(math(y, w, p), ci, diff(ci) / (2 * qt(.975, df)))
}
# Every covariance of the whole, of the cells of g and of k, and of two measures, as standard errors of differences.
# svyby(covmat = TRUE) stops on missing answers and knows no overlapping cells, so its scores are added here.
differences <- function(d) {
  v <- d$variables; w <- weights(d, "sampling")
  parts <- c(list(list(by = "", g = NA, k = NA, i = rep(TRUE, nrow(v)))),
    lapply(sort(unique(v$g)), function(x) list(by = "g", g = x, k = NA, i = v$g %in% x)),
    lapply(sort(unique(v$k)), function(x) list(by = "k", g = NA, k = x, i = v$k %in% x)))
  cases <- list()
  for (part in parts) for (m in c("y", "b")) {
    i <- part$i & !is.na(v[[m]])
    # a cell without rows in a replicate: R drops that replicate from every statistic asked with it
    whole <- if (replicated(d)) weights(d, "analysis")[i, , drop = FALSE] else w[i]
    if (any(i) && all(colSums(as.matrix(whole)) > 0)) cases[[length(cases) + 1]] <- c(part[1:3], m = m, list(on = as.numeric(i), v = ifelse(i, v[[m]], 0)))
  }
  top <- sapply(cases, function(x) x$v); bottom <- sapply(cases, function(x) x$on)
  e <- colSums(w * top) / colSums(w * bottom)
  V <- if (replicated(d)) {
    vcov(withReplicates(d, function(w, data) colSums(w * top) / colSums(w * bottom)))
  } else {
    vcov(svytotal(sweep(top - sweep(bottom, 2, e, "*"), 2, colSums(w * bottom), "/"), d))
  }
  names(e) <- colnames(V) <- rownames(V) <- paste0("c", seq_along(e))
  stat <- structure(e, var = V, class = "svystat")
  n <- length(e)
  for (i in 1:n) for (j in unique(c(1, 2, i %% n + 1, (3 * i) %% n + 1))) if (i != j) {
    a <- setNames(list(-1, 1), names(e)[c(i, j)])
    s <- svycontrast(stat, list(unlist(a)))
    ci <- confint(s, df = degf(d))
    what <<- paste("difference", cases[[i]]$m, cases[[j]]$m); by <<- cases[[i]]$by; g <<- cases[[i]]$g; k <<- cases[[i]]$k
    add(estimate = as.numeric(coef(s)), se = as.numeric(SE(s)), deff = NA, deff_replace = NA, lower = ci[1], upper = ci[2],
      other = cases[[j]]$by, g2 = cases[[j]]$g, k2 = cases[[j]]$k)
  }
}
tables <- function(name, d) {
  case <<- name
  by <<- ""; g <<- NA; k <<- NA
  keep("df", degf(d), NA)
  cell(d, d)
  v <- d$variables
  for (x in sort(unique(v$g))) { by <<- "g"; g <<- x; cell(d, d[which(v$g == x), ]) }
  g <<- NA
  for (x in sort(unique(v$k))) { by <<- "k"; k <<- x; cell(d, d[which(v$k == x), ]) }
  pairs <- unique(v[!is.na(v$g) & !is.na(v$k), c("g", "k")])
  for (i in seq_len(min(nrow(pairs), 12))) {
    by <<- "g k"; g <<- pairs$g[i]; k <<- pairs$k[i]
    cell(d, d[which(v$g == g & v$k == k), ])
  }
  rows <- out; out <<- list()
  differences(d)
  pieces <<- c(pieces, rows, out); out <<- list()
}
pieces <- NULL
read <- function(name) {
  a <- read.csv(file.path(folder, paste0(name, ".csv")), colClasses = c(g = "character", k = "character"))
  a$one <- 1
  a
}
linear <- c("apisrs", "apistrat", "apiclus1", "apiclus2", "mu284", "scd", "nhanes", "yrbs", "eusilc", "gss", "anes", "nhanes2")
for (name in linear) {
  a <- read(name)
  has <- function(x) x %in% names(a)
  ids <- if (has("s")) ~p + s else if (has("p")) ~p else ~1
  strata <- if (has("h")) ~h
  fpc <- if (has("N2")) ~N1 + N2 else if (has("N1")) ~N1
  tables(name, svydesign(ids, strata = strata, fpc = fpc, weights = ~w, data = a, nest = has("h") && has("p")))
}
made <- function(case, name, ...)
  tables(case, svrepdesign(data = read(name), weights = ~w, repweights = "^r[0-9]+$", combined.weights = TRUE, ...))
made("recs", "recs", type = "Fay", rho = 0.5)
made("nhanes2brr", "nhanes2brr", type = "BRR")
made("nhanes2jk", "nhanes2jk", type = "JKn", scale = 1, rscales = rep(0.5, 62))
made("nmihs", "nmihs", type = "bootstrap")
# Replicates that R makes from a design: balanced halves of scd, jackknives of scd and of the clusters of api.
a <- read("scd")
half <- 2 * cbind(c(1, 0, 1, 0, 1, 0), c(1, 0, 0, 1, 0, 1), c(0, 1, 1, 0, 0, 1), c(0, 1, 0, 1, 1, 0))
tables("scd BRR", svrepdesign(data = a, type = "BRR", weights = ~w, repweights = half, combined.weights = FALSE))
tables("scd JKn", as.svrepdesign(svydesign(~p, strata = ~h, weights = ~w, data = a, nest = TRUE), type = "JKn"))
tables("apiclus1 JK1", as.svrepdesign(svydesign(~p, weights = ~w, fpc = ~N1, data = read("apiclus1")), type = "JK1"))
tables("apistrat JKn", as.svrepdesign(svydesign(~1, strata = ~h, weights = ~w, fpc = ~N1, data = read("apistrat")), type = "JKn"))
full <- lapply(pieces, function(x) { for (n in c("other", "g2", "k2")) if (is.null(x[[n]])) x[[n]] <- NA; x })
out <- do.call(rbind, full)
for (n in c("estimate", "se", "deff", "deff_replace", "lower", "upper"))
  out[[n]] <- trimws(formatC(out[[n]], digits = 13, format = "g"))
out[out == "NA" | out == "NaN"] <- NA
write.csv(out, file.path(folder, "survey_sets.csv"), row.names = FALSE, na = "", quote = c(1, 2, 4, 5, 13, 14))
