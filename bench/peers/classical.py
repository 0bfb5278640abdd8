"""statsforecast's AutoETS, AutoTheta and AutoARIMA on the series of a CSV (one row per series, no header) with season 7, one thread:
means of 28 days to OUT-<model>.csv and processor seconds to the screen. Usage: classical.py SERIES.csv OUT ARIMA_DAYS MODEL..."""
import sys
import time
import warnings

import numpy
import pandas
from statsforecast import StatsForecast
from statsforecast.models import AutoARIMA, AutoETS, AutoTheta

warnings.simplefilter("ignore")
series = pandas.read_csv(sys.argv[1], header=None).to_numpy(numpy.float64)
out, arima_days, names = sys.argv[2], int(sys.argv[3]), sys.argv[4:]
MODELS = {"ets": AutoETS(season_length=7), "theta": AutoTheta(season_length=7), "arima": AutoARIMA(season_length=7)}
HORIZON = 28


def long(values):
    count, length = values.shape
    days = numpy.tile(numpy.arange(1, length + 1), count)
    return pandas.DataFrame({"unique_id": numpy.repeat(numpy.arange(count), length), "ds": days, "y": values.ravel()})


def forecast(name, values):
    made = StatsForecast(models=[MODELS[name]], freq=1, n_jobs=1).forecast(df=long(values), h=HORIZON)
    return made.sort_values(["unique_id", "ds"]).iloc[:, -1].to_numpy().reshape(len(values), HORIZON)


for name in names:
    values = series[:, -arima_days:] if name == "arima" else series
    forecast(name, values[:1, -100:])  # compiled before the clock starts
    began = time.process_time()
    means = forecast(name, values)
    print(name, time.process_time() - began, flush=True)
    numpy.savetxt(f"{out}-{name}.csv", numpy.maximum(means, 0), delimiter=",")
