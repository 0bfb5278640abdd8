"""Darts, LightGBM and TiDE over all series with what is known ahead: rival-darts.py SPEC.json OUT.csv"""
import logging
import time
import warnings

import darts
import numpy
import pandas
import torch
from darts import TimeSeries
from darts.dataprocessing.transformers import Scaler, StaticCovariatesTransformer
from darts.models import LightGBMModel, TiDEModel

from rival_data import read_spec, say, write_means

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    torch.set_num_threads(2)
    data, _, out = read_spec()
    began = time.perf_counter()
    past = data.past.merge(data.statics, on="id")
    for frame in (past, data.future):
        frame["weekday"] = frame.ds.dt.dayofweek / 6
        frame["day_of_year"] = frame.ds.dt.dayofyear / 366
    known = [*data.covariates, "weekday", "day_of_year"]
    series = TimeSeries.from_group_dataframe(
        past, group_cols="id", static_cols=list(data.statics.columns[1:]), time_col="ds", value_cols="y", freq="D"
    )
    ids = [one.static_covariates["id"].iloc[0] for one in series]
    whole = pandas.concat([past[["id", "ds", *known]], data.future[["id", "ds", *known]]])
    ahead = TimeSeries.from_group_dataframe(whole, group_cols="id", time_col="ds", value_cols=known, freq="D")
    ahead = [one.astype(numpy.float32) for one in ahead]
    scaler = Scaler(verbose=False)
    scaled = StaticCovariatesTransformer().fit_transform(scaler.fit_transform(series))
    scaled = [one.astype(numpy.float32) for one in scaled]
    h = data.horizon
    models = {
        "LightGBM": LightGBMModel(
            lags=[-k for k in (1, 2, 3, 4, 5, 6, 7, 14, 21, 28, 56, 364)], lags_future_covariates=[0], output_chunk_length=1,
            n_estimators=300, num_leaves=63, learning_rate=0.05, n_jobs=2, random_state=1, verbose=-1,
        ),
        "TiDE": TiDEModel(
            input_chunk_length=4 * h, output_chunk_length=h, n_epochs=5, batch_size=256, random_state=1, use_reversible_instance_norm=True,
            pl_trainer_kwargs={"accelerator": "cpu", "enable_progress_bar": False, "logger": False, "enable_checkpointing": False},
        ),
    }
    open_days = data.future[data.closed].to_numpy().reshape(len(ids), h) if data.closed else 1
    means = {}
    for name, model in models.items():
        model.fit(scaled, future_covariates=ahead)
        found = scaler.inverse_transform(model.predict(h, series=scaled, future_covariates=ahead))
        order = numpy.argsort(ids)
        means[name] = numpy.array([one.values()[:, 0] for one in found])[order] * open_days
    seconds = time.perf_counter() - began
    for i, (name, values) in enumerate(means.items()):
        write_means(out, name, sorted(ids), values, "w" if i == 0 else "a")
    say(f"Darts {darts.__version__}", seconds)
