"""statsforecast's models on store_item: store-item-statsforecast.py SPEC.json OUT.csv"""
import json
import sys
import time
import warnings

import numpy
import pandas
import statsforecast
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoETS, AutoTheta, SeasonalNaive

from store_item_data import sales_before, write_means

warnings.simplefilter("ignore")
spec, out = json.load(open(sys.argv[1])), sys.argv[2]
wide = sales_before(spec["file"], spec["from"])
began = time.perf_counter()
count = wide.shape[1]
table = pandas.DataFrame({
    "unique_id": numpy.repeat(numpy.arange(count), len(wide)),
    "ds": numpy.tile(wide.index, count),
    "y": wide.to_numpy(numpy.float64).T.ravel(),
})
models = [
    SeasonalNaive(7), AutoETS(season_length=7), AutoTheta(season_length=7),
    MSTL(season_length=[7, 365], trend_forecaster=AutoETS(model="ZZN")),
]
ahead = StatsForecast(models=models, freq="D", n_jobs=2).forecast(df=table, h=spec["horizon"])
ahead = ahead.sort_values(["unique_id", "ds"])
seconds = time.perf_counter() - began
for i, model in enumerate(models):
    means = numpy.maximum(0, ahead[str(model)].to_numpy().reshape(count, spec["horizon"]))
    write_means(out, wide.columns, str(model), means, "w" if i == 0 else "a")
print(json.dumps({"name": f"statsforecast {statsforecast.__version__}", "seconds": seconds}))
