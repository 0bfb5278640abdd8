"""LightGBM quantile regression of the sum of the next weeks, one model per level over all series: vn2-lightgbm.py SPEC.json OUT.csv"""
import json
import os
import sys
import time
import warnings

import lightgbm
import numpy
import pandas

from vn2_data import known_sales, write_quantiles

warnings.simplefilter("ignore")
spec, out = json.load(open(sys.argv[1])), sys.argv[2]
origin, ahead = spec["origin"], spec["weeks"]
keys, master, weeks, units = known_sales(spec["data"], origin)
if os.path.exists(out):
    os.remove(out)
began = time.perf_counter()
codes = {
    column: master[column].astype("category").cat.codes.to_numpy(numpy.float32)
    for column in master.columns
    if master[column].nunique() < 400
}


def features(at):
    """What is known after `at` weeks, one row per series."""
    past = units[:, :at]
    columns = {}
    for lag in range(1, 9):
        columns[f"lag_{lag}"] = past[:, at - lag]
    for window in (4, 8, 13, 26, 52):
        columns[f"mean_{window}"] = numpy.nanmean(past[:, max(0, at - window):], axis=1)
        columns[f"spread_{window}"] = numpy.nanstd(past[:, max(0, at - window):], axis=1)
    columns["zero_share_13"] = numpy.nanmean(numpy.where(numpy.isnan(past), numpy.nan, past == 0)[:, -13:], axis=1)
    year = slice(at - 52, at - 52 + ahead)
    columns["last_year"] = numpy.nansum(past[:, year], axis=1) if at >= 52 else numpy.full(len(units), numpy.nan)
    columns["week"] = numpy.full(len(units), weeks[at].isocalendar().week)
    return pandas.DataFrame({**columns, **codes}, dtype=numpy.float32)


rows, targets = [], []
for at in range(26, origin - ahead + 1):
    total = units[:, at:at + ahead].sum(axis=1)
    keep = ~numpy.isnan(total)
    rows.append(features(at)[keep])
    targets.append(total[keep])
table, target = pandas.concat(rows), numpy.concatenate(targets)
now = features(origin)
quantiles = []
for level in spec["levels"]:
    parameters = {
        "objective": "quantile", "alpha": level, "num_leaves": 31, "learning_rate": 0.08, "min_data_in_leaf": 50,
        "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1, "num_threads": 1, "force_col_wise": True, "seed": 1, "verbose": -1,
    }
    model = lightgbm.train(parameters, lightgbm.Dataset(table, target, categorical_feature=list(codes)), 200)
    quantiles.append(numpy.maximum(0, model.predict(now)))
write_quantiles(out, keys, "LightGBM quantile", numpy.sort(numpy.array(quantiles).T, axis=1))
print(json.dumps({"name": f"LightGBM {lightgbm.__version__}", "seconds": time.perf_counter() - began}))
