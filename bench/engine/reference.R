# Makes reference files with the R package surveillance (Debian: r-cran-surveillance), in the form `recognise` reads.
# usage: Rscript reference.R SERIES.csv FOLDER [repeats]   – SERIES.csv: series,count – one line per week, oldest first
# With repeats > 1 each detector runs so often after a warm-up run, and r_seconds is the median.
suppressPackageStartupMessages(library(surveillance)); options(warn = -1, digits = 15)
arguments <- commandArgs(TRUE); table <- read.csv(arguments[1]); folder <- arguments[2]
repeats <- if (length(arguments) > 2) as.integer(arguments[3]) else 1
number <- function(x) ifelse(is.finite(x), formatC(x, digits = 12, format = "g"), "null")
many <- function(x) paste0("[", paste(number(as.numeric(x)), collapse = ","), "]")
value <- function(x) if (is.logical(x)) tolower(x) else if (is.character(x)) paste0('"', x, '"') else if (length(x) > 1) many(x) else number(x)
entry <- function(id, control, first, last, run, fields) {
  if (repeats > 1) run()
  seconds <- replicate(repeats, { t <- proc.time()[[3]]; out <<- run(); proc.time()[[3]] - t })
  said <- fields(out)
  paste0('{"id":"', id, '","control":{', paste0('"', names(control), '":', sapply(control, value), collapse = ","),
    '},"first_index":', first, ',"last_index":', last, ',', paste0('"', names(said), '":', sapply(said, many), collapse = ","),
    ',"r_seconds":', number(median(seconds)), '}')
}
plain <- function(o) list(upperbound = o@upperbound, alarm = as.numeric(o@alarm))
for (name in unique(table$series)) {
  y <- table$count[table$series == name]; n <- length(y); years <- if (n >= 260) 4 else 1
  s <- sts(observed = matrix(y), start = c(2014, 1), frequency = 52); d <- suppressWarnings(sts2disProg(s)); results <- c()
  for (m in c("C1", "C2", "C3")) for (floor in 0:1) {
    first <- c(C1 = 8, C2 = 10, C3 = 12)[[m]]
    control <- list(method = m, baseline = 7, minSigma = floor, alpha = if (m == "C3") .025 else .001)
    results <- c(results, entry(paste0("ears_", m, "_minSigma", floor), control, first, n, function() earsC(s, c(control, list(range = first:n))), plain))
  }
  first <- years * 52 + 5
  flexible <- function(id, periods, limit) {
    control <- list(b = years, w = 3, noPeriods = periods, pastWeeksNotIncluded = if (years > 1) 26 else 3, alpha = .01, trend = TRUE,
      pThresholdTrend = if (periods > 1) 1 else .05, reweight = TRUE, weightsThreshold = if (periods > 1) 2.58 else 1,
      limit54 = c(0, 4), powertrans = "2/3", thresholdMethod = limit)
    entry(id, control, first, n, function() farringtonFlexible(s, c(control, list(range = first:n, glmWarnings = FALSE))),
      function(o) c(plain(o), list(expected = o@control$expected)))
  }
  for (limit in c("delta", "nbPlugin", "muan")) results <- c(results, flexible(paste0("farringtonFlexible_", limit, "_np1"), 1, limit))
  for (limit in c("delta", "nbPlugin")) results <- c(results, flexible(paste0("farringtonFlexible_", limit, "_np10"), 10, limit))
  control <- list(b = years, w = 3, alpha = .01, reweight = TRUE, trend = TRUE, limit54 = c(0, 4), powertrans = "2/3")
  results <- c(results, entry("farrington_1996", control, first, n,
    function() farrington(s, c(control, list(range = first:n, verbose = FALSE))), plain))
  start <- n %/% 3; mean0 <- mean(y[seq_len(start - 1)])
  for (form in c("standard", "rossi")) {
    control <- list(k = 1.04, h = 2.26, trans = form)
    results <- c(results, entry(paste0("cusum_", form), control, start, n,
      function() suppressWarnings(algo.cusum(d, list(range = start:n, k = 1.04, h = 2.26, m = NULL, trans = form))),
      function(o) list(upperbound = o$upperbound, alarm = o$alarm)))
  }
  mean0 <- max(mean0, .05)
  for (alpha in c(0, .5)) {
    control <- list(mu0 = mean0, alpha = alpha, c.ARL = 5, change = "intercept", Mtilde = 1, M = -1, dir = "inc", ret = "value")
    results <- c(results, entry(paste0("glrnb_intercept_alpha", alpha), control, start, n,
      function() glrnb(s, modifyList(control, list(range = start:n, mu0 = rep(mean0, n - start + 1)))), plain))
  }
  control <- list(mu0 = mean0, alpha = .5, theta = log(1.5), c.ARL = 5, ret = "cases")
  results <- c(results, entry("glrnb_theta1.5_alpha0.5", control, start, n,
    function() glrnb(s, modifyList(control, list(range = start:n, mu0 = rep(mean0, n - start + 1)))), plain))
  versions <- paste0('"r_version":"', R.version.string, '","surveillance_version":"', packageVersion("surveillance"), '"')
  cat('{"series":"', name, '","frequency":52,"start":[2014,1],"n":', n, ',"observed":', many(y), ',"index_base":1,', versions,
    ',"results":[', paste(results, collapse = ","), ']}\n', sep = "", file = file.path(folder, paste0(name, ".json")))
}
