# R's ets, auto.arima and thetaf on the series of a CSV (one row per series, no header) with frequency 7: means of 28 days
# to OUT-<model>.csv and seconds to the screen. Usage: Rscript classical.R SERIES.csv OUT ARIMA_DAYS MODEL...
suppressMessages(library(forecast))
args <- commandArgs(trailingOnly = TRUE)
series <- as.matrix(read.csv(args[1], header = FALSE))
horizon <- 28
models <- list(
  ets = function(y) forecast(ets(y), h = horizon)$mean,
  theta = function(y) thetaf(y, h = horizon)$mean,
  arima = function(y) forecast(auto.arima(tail(y, as.integer(args[3]))), h = horizon)$mean
)
for (name in args[-(1:3)]) {
  began <- proc.time()
  means <- t(apply(series, 1, function(row) models[[name]](ts(row, frequency = 7))))
  cat(name, (proc.time() - began)[["user.self"]], "\n")
  write.table(pmax(means, 0), paste0(args[2], "-", name, ".csv"), sep = ",", row.names = FALSE, col.names = FALSE)
}
