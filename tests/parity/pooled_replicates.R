# Writes pooled_replicates.csv. Run: Rscript pooled_replicates.R FOLDER-WITH brr.csv, bootstrap.csv, jkn.csv
# Two independent samples with replicate weights as one design: in a replicate of one sample the other has its full
# weight, and deviations are from the estimate of the full samples.
suppressMessages(library(survey))
folder <- commandArgs(TRUE)[1]
read <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))
own <- function(d) as.matrix(d[, grep("^r[0-9]+$", names(d))])
out <- NULL
pooled <- function(case, a, b, fa, fb, equal = FALSE) {
  k <- if (equal) sum(a$w) / sum(b$w) else 1
  ra <- own(a); rb <- own(b) * k; wa <- a$w; wb <- b$w * k
  reps <- rbind(cbind(ra, matrix(wa, length(wa), ncol(rb))), cbind(matrix(wb, length(wb), ncol(ra)), rb))
  data <- data.frame(y = c(a$y, b$y), g = c(a$g, b$g), w = c(wa, wb))
  d <- svrepdesign(data = data, weights = ~w, repweights = reps, combined.weights = TRUE, type = "other",
                   scale = 1, rscales = c(fa, fb), mse = TRUE)
  m <- svymean(~y, d, na.rm = TRUE)
  out <<- rbind(out, data.frame(case, cell = "total", estimate = coef(m), se = as.numeric(SE(m)), df = degf(d)))
  g <- svyby(~y, ~g, d, svymean, na.rm = TRUE)
  out <<- rbind(out, data.frame(case, cell = as.character(g$g + 1), estimate = coef(g), se = as.numeric(SE(g)), df = NA))
}
brr <- read("brr"); boot <- read("bootstrap"); jkn <- read("jkn")
nb <- ncol(own(brr)); no <- ncol(own(boot))
fay <- rep(1 / (nb * 0.7^2), nb)
pooled("fay and bootstrap", brr, boot, fay, rep(1 / (no - 1), no))
pooled("fay and itself, equal", brr, transform(brr[101:300, ], w = 2 * w), fay, fay, TRUE)
write.csv(format(out, digits = 17, trim = TRUE), file.path(folder, "pooled_replicates.csv"), row.names = FALSE)
