"""statsforecast's models on VN2: quantiles of the sum of the next weeks by simulated paths of the weekly series, and one step
ahead on sums of as many weeks: vn2-statsforecast.py SPEC.json OUT.csv. A week out of stock is taken to have sold the mean of the
eight weeks in stock before it. AutoARIMA is left out: ten times the time of the others, and between them in loss."""
import json
import os
import sys
import time
import warnings

import numpy
import pandas
import statsforecast
from statsforecast import StatsForecast
from statsforecast.models import AutoCES, AutoETS, AutoTheta

from vn2_data import known_sales, write_quantiles

warnings.simplefilter("ignore")
spec, out = json.load(open(sys.argv[1])), sys.argv[2]
origin, ahead, levels = spec["origin"], spec["weeks"], spec["levels"]
keys, _, weeks, units = known_sales(spec["data"], origin)
if os.path.exists(out):
    os.remove(out)
began = time.perf_counter()
frame = pandas.DataFrame(units.T)
filled = frame.fillna(frame.rolling(8, min_periods=1).mean()).bfill().fillna(0).to_numpy().T


def models():
    """The first two are quick enough to simulate paths with."""
    return [AutoETS(season_length=1), AutoTheta(season_length=1), AutoCES(season_length=1)]


SIMULATED = 2


def long(values, dates):
    count, length = values.shape
    return pandas.DataFrame({
        "unique_id": numpy.repeat(numpy.arange(count), length), "ds": numpy.tile(dates, count), "y": values.ravel(),
    })


def quantile_column(name, level):
    """A quantile as the end of an interval: `-lo-` or `-hi-` of the interval that leaves it outside."""
    width = round(200 * abs(level - 0.5), 6)
    return name if width == 0 else f"{name}-{'hi' if level > 0.5 else 'lo'}-{width:g}"


buckets = origin // ahead
sums = filled[:, origin - buckets * ahead:].reshape(len(filled), buckets, ahead).sum(axis=2)
table = long(sums, numpy.arange(1, buckets + 1))
widths = sorted({float(f"{200 * abs(level - 0.5):g}") for level in levels if level != 0.5})
widths = [int(width) if width == int(width) else width for width in widths]
ahead_sums = StatsForecast(models=models(), freq=1, n_jobs=2).forecast(df=table, h=1, level=widths)
ahead_sums = ahead_sums.sort_values("unique_id")
for model in models():
    name = str(model)
    columns = [quantile_column(name, level) for level in levels]
    write_quantiles(out, keys, f"{name} of sums", numpy.maximum(0, ahead_sums[columns].to_numpy()))

weekly = long(filled, numpy.arange(1, origin + 1))
simulated = StatsForecast(models=models()[:SIMULATED], freq=1, n_jobs=1).simulate(df=weekly, h=ahead, n_paths=200, seed=1)
for model in models()[:SIMULATED]:
    name = str(model)
    totals = simulated.groupby(["unique_id", "sample_id"])[name].sum().unstack().sort_index().to_numpy()
    write_quantiles(out, keys, f"{name} of paths", numpy.maximum(0, numpy.quantile(totals, levels, axis=1).T))
print(json.dumps({"name": f"statsforecast {statsforecast.__version__}", "seconds": time.perf_counter() - began}))
