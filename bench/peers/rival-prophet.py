"""Prophet, one model per series on two processes: rival-prophet.py SPEC.json OUT.csv"""
import logging
import time
import warnings
from concurrent.futures import ProcessPoolExecutor

import numpy
import prophet
from prophet import Prophet

from rival_data import read_spec, say, write_means

warnings.simplefilter("ignore")
logging.getLogger("cmdstanpy").disabled = True
logging.getLogger("prophet").disabled = True


def forecast(task):
    past, future, covariates, closed = task
    if closed:
        past = past[past[closed] > 0]
        covariates = [name for name in covariates if name != closed]
    covariates = [name for name in covariates if past[name].nunique() > 1]
    model = Prophet(seasonality_mode="multiplicative", daily_seasonality=False, uncertainty_samples=0)
    for name in covariates:
        model.add_regressor(name, mode="multiplicative")
    model.fit(past[["ds", "y", *covariates]])
    means = model.predict(future[["ds", *covariates]])["yhat"].to_numpy()
    return numpy.where(future[closed] > 0, means, 0) if closed else means


if __name__ == "__main__":
    data, _, out = read_spec()
    began = time.perf_counter()
    pasts, futures = dict(list(data.past.groupby("id"))), dict(list(data.future.groupby("id")))
    ids = sorted(pasts)
    tasks = [(pasts[id], futures[id], data.covariates, data.closed) for id in ids]
    with ProcessPoolExecutor(2) as pool:
        means = list(pool.map(forecast, tasks, chunksize=8))
    seconds = time.perf_counter() - began
    write_means(out, "Prophet", ids, numpy.array(means), "w")
    say(f"Prophet {prophet.__version__}", seconds)
