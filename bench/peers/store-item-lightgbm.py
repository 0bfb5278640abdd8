"""LightGBM over all series of store_item, direct for 90 days (least absolute error of logs, as SMAPE asks for):
store-item-lightgbm.py SPEC.json OUT.csv"""
import json
import sys
import time

import lightgbm
import numpy
import pandas

from store_item_data import sales_before, write_means

spec, out = json.load(open(sys.argv[1])), sys.argv[2]
horizon = spec["horizon"]
wide = sales_before(spec["file"], spec["from"])
began = time.perf_counter()
dates = pandas.date_range(wide.index[0], periods=len(wide) + horizon)
known = wide.reindex(dates)
columns = {}
for lag in (horizon + 1, horizon + 6, 182, 364, 371):
    columns[f"lag_{lag}"] = known.shift(lag)
past = known.shift(horizon)
for window in (7, 28, 91, 364):
    columns[f"mean_{window}"] = past.rolling(window, min_periods=7).mean()
columns["weekday_mean"] = sum(known.shift(7 * k) for k in range(13, 21)) / 8
columns["year_ago_28"] = known.shift(350).rolling(28, min_periods=7).mean()
columns["year_ago_before"] = known.shift(364 + horizon).rolling(28, min_periods=7).mean()
count = wide.shape[1]
table = {name: values.to_numpy(numpy.float32).T.ravel() for name, values in columns.items()}
for name, values in {"weekday": dates.dayofweek, "month": dates.month, "day": dates.day, "day_of_year": dates.dayofyear}.items():
    table[name] = numpy.tile(numpy.asarray(values, numpy.float32), count)
for i, name in enumerate(["item", "store"]):
    table[name] = numpy.repeat(wide.columns.get_level_values(i).to_numpy(numpy.float32), len(dates))
table = pandas.DataFrame(table)
target = numpy.log1p(known.to_numpy(numpy.float32).T.ravel())
day = numpy.tile(numpy.arange(len(dates)), count)
train = (day >= 364) & (day < len(wide))
parameters = {
    "objective": "regression_l1", "num_leaves": 63, "learning_rate": 0.08, "min_data_in_leaf": 100, "feature_fraction": 0.7,
    "bagging_fraction": 0.7, "bagging_freq": 1, "num_threads": 2, "force_col_wise": True, "seed": 1, "verbose": -1,
}
model = lightgbm.train(
    parameters, lightgbm.Dataset(table[train], target[train], categorical_feature=["item", "store", "weekday", "month"]), 400
)
means = numpy.expm1(model.predict(table[day >= len(wide)])).reshape(count, horizon)
seconds = time.perf_counter() - began
write_means(out, wide.columns, "LightGBM", means, "w")
print(json.dumps({"name": f"LightGBM {lightgbm.__version__}", "seconds": seconds}))
