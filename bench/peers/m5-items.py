"""LightGBM (Poisson) over all CA_1 FOODS items of M5: m5-items.py DATA_FOLDER ORIGIN OUT.csv (item_id and 28 means, no header)."""
import json
import sys
import time

import lightgbm
import numpy
import pandas

from m5_features import HORIZON, daily_features

data, origin, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sales = pandas.read_csv(f"{data}/sales_train_evaluation_CA_1_FOODS.csv.gz")
calendar = pandas.read_csv(f"{data}/calendar.csv.gz")
prices = pandas.read_parquet(f"{data}/sell_prices.parquet")
began = time.perf_counter()
days = origin + HORIZON
names = [f"d_{i + 1}" for i in range(origin)]
wide = numpy.full((len(sales), days), numpy.nan, numpy.float32)
wide[:, :origin] = sales[names].to_numpy(numpy.float32)
calendar = calendar.iloc[:days]
dates = pandas.to_datetime(calendar["date"])
event = (calendar["event_name_1"].fillna("") != "").to_numpy()
by_week = prices[prices.store_id == "CA_1"].pivot(index="item_id", columns="wm_yr_wk", values="sell_price")
price = by_week.reindex(sales["item_id"])[calendar["wm_yr_wk"]].to_numpy(numpy.float32)
table = daily_features(
    wide,
    {"weekday": dates.dt.dayofweek, "day": dates.dt.day, "month": dates.dt.month, "event": event, "snap": calendar["snap_CA"]},
    {"item": numpy.arange(len(sales)), "department": sales["dept_id"].astype("category").cat.codes},
)
table["price"] = price.ravel()
table["price_ratio"] = (price / numpy.nanmean(price, axis=1, keepdims=True)).ravel()
target = wide.ravel()
day = numpy.tile(numpy.arange(days), len(sales))
on_sale = ~numpy.isnan(price.ravel())
train = (day < origin) & (day >= origin - 730) & on_sale
parameters = {
    "objective": "poisson", "num_leaves": 63, "learning_rate": 0.05, "min_data_in_leaf": 100,
    "feature_fraction": 0.7, "bagging_fraction": 0.7, "bagging_freq": 1, "num_threads": 2, "force_col_wise": True, "seed": 1, "verbose": -1,
}
model = lightgbm.train(
    parameters, lightgbm.Dataset(table[train], target[train], categorical_feature=["item", "department"]), 200
)
ahead = model.predict(table[day >= origin]).reshape(len(sales), HORIZON)
seconds = time.perf_counter() - began
pandas.DataFrame(ahead, index=sales["item_id"]).to_csv(out, header=False)
print(json.dumps({"name": f"LightGBM {lightgbm.__version__}", "seconds": seconds}))
