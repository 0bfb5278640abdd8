"""Nixtla's statsforecast on two processes: rival-statsforecast.py SPEC.json OUT.csv"""
import time
import warnings

import statsforecast
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoCES, AutoETS, AutoTheta

from rival_data import read_spec, say, write_long

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    data, _, out = read_spec()
    began = time.perf_counter()
    models = [
        AutoETS(season_length=7), AutoTheta(season_length=7), AutoCES(season_length=7),
        MSTL(season_length=[7, 365], trend_forecaster=AutoETS(model="ZZN")),
    ]
    names = {"id_col": "id", "time_col": "ds", "target_col": "y"}
    past = data.past[["id", "ds", "y"]]
    ahead = StatsForecast(models=models, freq="D", n_jobs=2).forecast(df=past, h=data.horizon, **names)
    seconds = time.perf_counter() - began
    for i, model in enumerate(models):
        write_long(out, str(model), data, ahead, "w" if i == 0 else "a")
    say(f"statsforecast {statsforecast.__version__}", seconds)
