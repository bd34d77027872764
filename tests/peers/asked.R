# Writes asked.csv. Run: Rscript asked.R FOLDER, in this folder; FOLDER has R's example sets as CSV.
# Questions as analysts type them in tutorials, forums and trackers (Lohr's classes, UCLA's pages, srvyr 50 and 152, gtsummary
# 887, sjPlot 24, asdfree, SAS and Stata manuals) on R's own example sets. Answers were written before thuis was asked.
suppressMessages({library(survey); library(survival)})
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")), stringsAsFactors = TRUE)
tight <- glm.control(epsilon = 1e-15, maxit = 200)
out <- data.frame()
add <- function(case, ...) for (key in names(list(...))) {
  v <- as.numeric(unlist(list(...)[[key]]))
  out <<- rbind(out, data.frame(case = case, key = key, at = seq_along(v) - 1, value = sprintf("%.15g", v)))
}
both <- function(case, s, ...) add(case, est = coef(s), se = SE(s), ...)
strat <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = read("apistrat"))
one <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = read("apiclus1"))
two <- svydesign(~dnum + snum, fpc = ~fpc1 + fpc2, data = read("apiclus2"))
srs <- svydesign(~1, fpc = ~fpc, data = read("apisrs"))
nh <- svydesign(~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = read("nhanes"))
chol <- subset(nh, !is.na(HI_CHOL))
jk <- as.svrepdesign(one)
# tables
both("a.prop", svymean(~sch.wide, strat)); add("a.ci", ci = confint(svymean(~api00, strat), df = degf(strat), level = .9))
both("a.two", svyby(~api00, ~stype + sch.wide, strat, svymean)); both("a.total", svytotal(~enroll, strat, deff = TRUE), deff = deff(svytotal(~enroll, strat, deff = TRUE)))
add("a.cv", cv = cv(svytotal(~enroll, two, na.rm = TRUE))); both("a.growth", svymean(~I(api00 - api99), strat)); both("a.inter", svytotal(~interaction(stype, awards), strat))
both("a.ratio", svyby(~api.stu, ~stype, denominator = ~enroll, design = strat, svyratio)); add("a.count", n = svyby(~api00, ~stype, strat, unwtd.count)$counts)
q <- svyquantile(~api00, strat, c(.25, .5, .75)); add("a.quart", est = coef(q), se = SE(q), ci = as.vector(t(confint(q))))
q <- svyby(~api00, ~both, strat, svyquantile, quantiles = c(.25, .5, .75)); add("a.quartby", est = as.vector(t(coef(q)))) # gtsummary 887
q <- svyquantile(~api00, one, .5, interval.type = "beta"); add("a.beta", est = coef(q), ci = as.vector(confint(q)))
q <- svyquantile(~enroll, two, .9, na.rm = TRUE, qrule = "hf8"); add("a.hf8", est = coef(q)); v <- svyvar(~api00 + enroll, strat); add("a.var", est = coef(v)[c(1, 2, 4)], se = SE(v)[c(1, 2, 4)])
add("a.corr", r = cov2cor(as.matrix(v))[1, 2]); both("a.share", svymean(~I(api00 > 700), strat)); x <- svyciprop(~I(ell == 0), one, method = "xlogit"); add("a.xlogit", ci = confint(x))
x <- svyciprop(~I(ell == 0), one, method = "beta"); add("a.cpbeta", est = coef(x), ci = confint(x)); x <- svyciprop(~I(ell > 50), two, method = "asin"); add("a.asin", ci = confint(x)); x <- svyciprop(~I(ell > 50), two, method = "mean", level = .99); add("a.mean99", ci = confint(x))
both("a.sub", svymean(~api00, subset(two, stype == "E"))); both("a.subtotal", svytotal(~enroll, subset(strat, awards == "Yes" & stype != "H"))); add("a.degf", df = c(degf(strat), degf(one), degf(two), degf(nh), degf(subset(nh, race == 2))))
m <- svyby(~api00, ~stype, strat, svymean, covmat = TRUE); x <- svycontrast(m, c(-1, 1, 0)); both("a.diff", x); x <- svycontrast(m, quote(H / E)); both("a.nl", x); add("a.vcov", v = as.vector(vcov(m)))
x <- svycontrast(svytotal(~api.stu + enroll, strat), quote(api.stu / enroll)); both("a.nlratio", x); both("a.race", svyby(~HI_CHOL, ~race + RIAGENDR, nh, svymean, na.rm = TRUE)); both("a.age", svyby(~HI_CHOL, ~agecat, nh, svymean, na.rm = TRUE))
x <- svystandardize(chol, ~agecat, ~1, c(55901, 77670, 72816, 45364)); both("a.std", svyby(~HI_CHOL, ~race, x, svymean)); both("a.na", svymean(~factor(race), chol))
# tests
x <- svyttest(api00 ~ comp.imp, strat); add("t.t", t = x$statistic, df = x$parameter, p = x$p.value, est = x$estimate); x <- svyttest(I(api00 - api99) ~ 0, strat); add("t.pair", t = x$statistic, p = x$p.value)
x <- svyranktest(api00 ~ both, strat); add("t.rank", t = x$statistic, p = x$p.value); x <- svyranktest(api99 ~ stype, one); add("t.kw", f = x$statistic, p = x$p.value); x <- svyranktest(api00 ~ comp.imp, two, test = "median"); add("t.median", p = x$p.value)
for (s in c("F", "Chisq", "Wald", "adjWald", "saddlepoint")) { x <- svychisq(~sch.wide + stype, one, statistic = s); add(paste0("t.", s), p = x$p.value) }
x <- svychisq(~RIAGENDR + HI_CHOL, nh); add("t.nh", f = x$statistic, df = x$parameter, p = x$p.value); x <- svygofchisq(~factor(race), c(.2, .2, .5, .1), nh); add("t.gof", x2 = x$statistic, p = x$p.value)
# models
m <- svyglm(api00 ~ ell + meals + mobility, strat); both("m.lm", m); add("m.ci", ci = as.vector(t(confint(m)))); add("m.r2", r2 = 1 - m$deviance / m$null.deviance); m2 <- svyglm(api00 ~ ell * meals + stype, strat); both("m.inter", m2); x <- regTermTest(m2, ~ell:meals); add("m.term", f = x$Ftest, p = x$p)
m <- svyglm(sch.wide ~ ell + meals + mobility, strat, family = quasibinomial, control = tight); both("m.logit", m); add("m.or", or = exp(coef(m)), ci = as.vector(t(exp(confint(m))))); x <- anova(m, svyglm(sch.wide ~ ell, strat, family = quasibinomial, control = tight)); add("m.anova", p = x$p)
x <- predict(m, data.frame(ell = 20, meals = 40, mobility = 15), type = "response"); add("m.pred", est = coef(x), se = SE(x)); add("m.psrsq", r = c(psrsq(m), psrsq(m, "Nagelkerke"))); add("m.aic", aic = AIC(m)[2:1])
m <- svyglm(HI_CHOL ~ relevel(factor(race), "2") + agecat + RIAGENDR, nh, family = quasibinomial, control = tight); both("m.relevel", m); x <- regTermTest(m, ~agecat, method = "LRT"); add("m.lrt", chi = x$chisq, p = x$p); x <- regTermTest(m, ~agecat, method = "WorkingWald"); add("m.ww", chi = x$chisq, p = x$p)
m <- svyglm(HI_CHOL ~ RIAGENDR, chol, family = quasibinomial("log"), start = c(-2, 0), control = tight); both("m.rr", m); add("m.rrexp", rr = exp(coef(m)[2]), ci = exp(confint(m)[2, ])); m <- svyglm(HI_CHOL ~ RIAGENDR, chol, family = quasibinomial("identity"), start = c(.1, 0), control = tight); both("m.rd", m)
m <- svyglm(enroll ~ stype + offset(log(api.stu)), strat, family = quasipoisson, control = tight); both("m.pois", m); m <- svyglm(I(enroll / 100) ~ log(api00) + I(meals^2), strat); both("m.trans", m); m <- svyglm(api00 ~ 0 + stype, two); both("m.noint", m); m <- svyglm(api00 ~ ell, subset(strat, stype == "E")); both("m.subset", m)
m <- svyolr(stype ~ api00 + ell, strat); add("m.olr", est = c(coef(m)[1:2], m$zeta)); m <- svyglm(api00 ~ ell + meals, jk); both("m.jk", m); x <- svypredmeans(svyglm(api00 ~ ell, strat), ~stype); k <- order(names(coef(x))); add("m.adj", est = coef(x)[k], se = SE(x)[k])
s <- svydesign(~1, data = read("scd"), prob = ~I(1 / 1)); x <- svyratio(~alive, ~arrests, s); both("s.scd", x)
b <- as.svrepdesign(svydesign(~ambulance, strata = ~ESA, data = read("scd"), nest = TRUE, weights = ~I(0 * ESA + 2)), type = "BRR"); both("s.brr", svyratio(~alive, ~arrests, b))
f <- as.svrepdesign(svydesign(~ambulance, strata = ~ESA, data = read("scd"), nest = TRUE, weights = ~I(0 * ESA + 2)), type = "Fay", fay.rho = .3); both("s.fay", svyratio(~alive, ~arrests, f))
h <- svydesign(~1, strata = ~oblevel, fpc = ~tothosp, weights = ~weighta, data = read("hospital")); both("s.hosp", svytotal(~births, h)); both("s.hospmean", svymean(~births, h))
e <- svydesign(~1, fpc = ~p, data = read("election_pps"), pps = "brewer"); both("s.pps", svytotal(~Bush + Kerry + Nader, e)); mu <- svydesign(~id1 + id2, fpc = ~n1 + n2, data = read("mu284")); both("s.mu", svytotal(~y1, mu))
# weights
pop <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)); p <- postStratify(one, ~stype, pop); both("w.post", svytotal(~enroll, p)); both("w.postjk", svymean(~api00, postStratify(jk, ~stype, pop)))
r <- rake(one, list(~stype, ~sch.wide), list(pop, data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))), control = list(maxit = 500, epsilon = 1e-12)); both("w.rake", svymean(~api00, r)); both("w.rakeby", svyby(~api00, ~stype, r, svymean))
g <- calibrate(one, ~stype, c(6194, 755, 1018)); both("w.greg", svytotal(~enroll, g)); g <- calibrate(one, ~stype + api99, c(6194, 755, 1018, 3914069), calfun = "raking", epsilon = 1e-12); both("w.grak", svytotal(~api00, g)); g <- calibrate(one, ~api99, c(6194, 3914069), calfun = "logit", bounds = c(.4, 2.5), epsilon = 1e-12, maxit = 500); both("w.logit", svymean(~enroll, g))
t <- trimWeights(one, upper = 40); both("w.trim", svymean(~api00, t)); both("w.repmed", withReplicates(jk, function(w, a) { o <- order(a$api00); a$api00[o][which(cumsum(w[o]) >= sum(w) / 2)[1]] }))
write.csv(out, "asked.csv", row.names = FALSE, quote = FALSE)
