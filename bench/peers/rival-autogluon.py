"""AutoGluon's choice and ensemble of models within a limit of time: rival-autogluon.py SPEC.json OUT.csv

Models that come with weights trained elsewhere (Chronos, Toto) are left out: they are downloaded."""
import logging
import sys
import tempfile
import time
import warnings

import autogluon.timeseries
from autogluon.timeseries import TimeSeriesDataFrame, TimeSeriesPredictor

from rival_data import close_days, read_spec, say, write_long

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    data, spec, out = read_spec()
    began = time.perf_counter()
    names = {"id_column": "id", "timestamp_column": "ds"}
    train = TimeSeriesDataFrame.from_data_frame(data.past, static_features_df=data.statics, **names)
    with tempfile.TemporaryDirectory() as folder:
        predictor = TimeSeriesPredictor(
            prediction_length=data.horizon, target="y", known_covariates_names=data.covariates, freq="D", path=folder,
            eval_metric=spec["metric"], verbosity=0,
        )
        predictor.fit(
            train, presets="high_quality", time_limit=spec["timeLimit"], random_seed=1,
            excluded_model_types=["Chronos", "Chronos2", "Toto", "Toto2"],
        )
        future = TimeSeriesDataFrame.from_data_frame(data.future, **names) if data.covariates else None
        ahead = predictor.predict(train, known_covariates=future, random_seed=1)
        print(predictor.leaderboard().to_string(), file=sys.stderr)
    ahead = ahead.reset_index().rename(columns={"item_id": "id", "timestamp": "ds", "mean": "AutoGluon"})
    ahead = close_days(ahead, data, "AutoGluon")
    seconds = time.perf_counter() - began
    write_long(out, "AutoGluon", data, ahead, "w")
    say(f"AutoGluon {autogluon.timeseries.__version__}", seconds)
