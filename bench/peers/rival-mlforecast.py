"""Nixtla's mlforecast with LightGBM, global over the series, one step fed into the next: rival-mlforecast.py SPEC.json OUT.csv"""
import time
import warnings

import lightgbm
import mlforecast
from mlforecast import MLForecast
from mlforecast.lag_transforms import RollingMean, SeasonalRollingMean
from mlforecast.target_transforms import LocalStandardScaler

from rival_data import close_days, read_spec, say, write_long

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    data, _, out = read_spec()
    began = time.perf_counter()
    learner = lightgbm.LGBMRegressor(
        n_estimators=500, learning_rate=0.05, num_leaves=63, min_child_samples=100, colsample_bytree=0.7,
        subsample=0.7, subsample_freq=1, random_state=1, n_jobs=2, verbose=-1,
    )
    forecaster = MLForecast(
        models={"LightGBM": learner}, freq="D", num_threads=1,
        lags=[1, 2, 3, 7, 14, 21, 28, 364],
        lag_transforms={
            1: [RollingMean(7), RollingMean(28), RollingMean(91), SeasonalRollingMean(7, 8)],
            364: [RollingMean(28, min_samples=7)],
        },
        date_features=["dayofweek", "day", "month", "dayofyear"],
        target_transforms=[LocalStandardScaler()],
    )
    past = data.past.merge(data.statics, on="id")
    attributes = list(data.statics.columns[1:])
    for name in attributes:
        past[name] = past[name].astype("category")
    forecaster.fit(past, id_col="id", time_col="ds", target_col="y", static_features=attributes)
    ahead = forecaster.predict(data.horizon, X_df=data.future if data.covariates else None)
    ahead = close_days(ahead, data, "LightGBM")
    seconds = time.perf_counter() - began
    write_long(out, "LightGBM", data, ahead, "w")
    say(f"mlforecast {mlforecast.__version__} with LightGBM {lightgbm.__version__}", seconds)
