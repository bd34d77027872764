# Writes reported.csv. Run: Rscript reported.R FOLDER, in this folder; FOLDER has the sets as odd.py makes them.
# Questions after what users of srvyr (76, 49, 106, 113, 146, 149, 156, 174, 182), samplics (33, 37, 49, 56), svy (72, 179),
# cardx, sitrep (203), asdfree (222) and marginaleffects (998) reported: gaps, zero and huge weights, lonely units, empty
# cells, one person. Answers were written before thuis was asked.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0("odd_", name, ".csv")), stringsAsFactors = TRUE, na.strings = "", encoding = "UTF-8")
tight <- glm.control(epsilon = 1e-15, maxit = 100)
out <- data.frame()
add <- function(case, ...) for (key in names(list(...))) {
  v <- as.numeric(unlist(list(...)[[key]]))
  out <<- rbind(out, data.frame(case = case, key = key, at = seq_along(v) - 1, value = sprintf("%.15g", v)))
}
both <- function(case, s, ...) add(case, est = coef(s), se = SE(s), ...)
design <- function(d, w = ~w, ...) svydesign(~psu, strata = ~h, weights = w, data = d, ...)
# answers that are not there
gaps <- read("gaps"); d <- design(gaps); k <- subset(d, !is.na(g))
both("gaps.prop", svymean(~g, k)); both("gaps.count", svytotal(~g, k)); both("gaps.mean", svymean(~y, d, na.rm = TRUE))
both("gaps.by", svyby(~y, ~g, k, svymean, na.rm = TRUE)); both("gaps.total", svytotal(~y, d, na.rm = TRUE))
both("gaps.domain", svymean(~out, subset(d, !is.na(out)))); both("gaps.domain.total", svytotal(~out, subset(d, !is.na(out))))
both("gaps.ratio", svyratio(~y, ~x, subset(d, !is.na(y)))); both("gaps.lm", svyglm(y ~ x + g, d))
p <- subset(d, !is.na(part)); q <- svyby(~part, ~droplevels(g), p, svyquantile, quantiles = .5); add("gaps.median", est = coef(q))
both("gaps.part", svyby(~part, ~droplevels(g), p, svymean)); add("gaps.n", n = svyby(~y, ~g, subset(k, !is.na(y)), unwtd.count)$counts)
x <- svychisq(~b + g, d); add("gaps.chi", f = x$statistic, p = x$p.value); x <- svyttest(y ~ b, d); add("gaps.t", t = x$statistic, df = x$parameter, p = x$p.value)
x <- svychisq(~b + g, d, statistic = "adjWald"); add("gaps.wald", f = x$statistic, p = x$p.value)
v <- svyvar(~y, subset(d, !is.na(y))); add("gaps.var", est = coef(v), se = SE(v))
# weights
odd <- read("weights"); z <- design(odd, ~zero); both("zero.mean", svymean(~y, z)); both("zero.by", svyby(~y, ~b, z, svymean)); add("zero.median", est = coef(svyquantile(~y, z, .5)))
both("zero.glm", svyglm(b ~ x, subset(z, zero > 0), family = quasibinomial, control = tight)); both("zero.total", svytotal(~y, z))
n <- design(odd, ~nobody); both("nobody.mean", svymean(~y, n)); both("nobody.total", svytotal(~y, n))
h <- design(odd, ~huge); both("huge.mean", svymean(~y, h)); both("huge.total", svytotal(~y, h)); add("huge.deff", deff = deff(svymean(~y, h, deff = TRUE))); both("huge.glm", svyglm(y ~ x, h))
t <- design(odd, ~tiny); both("tiny.mean", svymean(~y, t)); both("tiny.glm", svyglm(y ~ x, t)); x <- svychisq(~b + g, t); add("tiny.chi", f = x$statistic, p = x$p.value)
both("far.mean", svymean(~I(far - 1e9), design(odd))); both("far.glm", svyglm(I(far - 1e9) ~ x, design(odd))); both("same.mean", svymean(~same, design(odd)))
both("equal.ratio", svyratio(~y, ~x, svydesign(~1, weights = ~equal, data = odd))); add("equal.var", est = coef(svyvar(~y, svydesign(~1, weights = ~equal, data = odd))))
# lonely units
one <- read("lonely")
for (rule in c("remove", "adjust", "average", "certainty")) { options(survey.lonely.psu = rule); d <- design(one); both(paste0("lonely.", rule), svymean(~y, d)); both(paste0("lonely.by.", rule), svyby(~y, ~b, d, svymean)) }
options(survey.lonely.psu = "adjust"); d <- design(one); both("lonely.glm", svyglm(y ~ x, d)); both("lonely.ratio", svyratio(~y, ~x, d))
options(survey.lonely.psu = "remove"); d <- design(one); both("lonely.sub", svymean(~y, subset(d, h == 99 | low == "true"))); both("lonely.only", svyby(~y, ~only, d, svymean))
s <- svydesign(~psu, strata = ~own, weights = ~w, data = one); both("lonely.all", svymean(~y, s)); add("lonely.degf", df = degf(d), part = degf(subset(d, low == "true")))
# cells
options(survey.lonely.psu = "fail"); cells <- read("cells"); d <- design(cells)
x <- svychisq(~a + c, d); add("cells.chi", f = x$statistic, df = x$parameter, p = x$p.value); both("cells.shares", svyby(~c, ~a, d, svymean)); both("cells.totals", svytotal(~interaction(a, c, drop = TRUE), d))
both("cells.one", svyby(~y, ~one, d, svymean)); x <- svyttest(y ~ one, d); add("cells.one.t", t = x$statistic, p = x$p.value); both("cells.nothing", svymean(~nothing, d))
q <- svyquantile(~count, d, c(0, .1, .5, 1)); add("cells.ties", est = coef(q)); both("cells.count", svymean(~factor(count), d)); both("cells.poisson", svyglm(count ~ x, d, family = quasipoisson, control = tight))
both("cells.strata", svyby(~b, ~h, d, svymean)); x <- svyciprop(~I(a == "nobody"), d, method = "mean"); add("cells.none", est = coef(x))
j <- as.svrepdesign(d, type = "JKn"); both("cells.jk", svyby(~y, ~a, j, svymean)); both("cells.jk.total", svytotal(~interaction(a, c, drop = TRUE), j))
pop <- data.frame(a = c("x", "y", "z"), Freq = c(100, 200, 300)); r <- postStratify(d, ~a, pop); both("cells.post", svyby(~b, ~c, r, svymean))
k <- rake(d, list(~a, ~c), list(pop, data.frame(c = c("p", "q"), Freq = c(400, 200))), control = list(maxit = 1000, epsilon = 1e-13)); both("cells.rake", svymean(~y, k))
write.csv(out, "reported.csv", row.names = FALSE, quote = FALSE)
