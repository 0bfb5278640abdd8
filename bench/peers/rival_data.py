"""What a library is given of a set: past sales, what is known of the days ahead, and attributes of the series.

Every library gets the same: one row per series and day without gaps, calendar and promotions as numeric columns that are known
in advance, attributes as text. A day without a record is a day that was closed."""
import csv
import gzip
import json
import os
import sys

import numpy
import pandas

M5_FIRST_DAY = "2011-01-29"


class RivalData:
    """past: id, ds, y and covariates; future: id, ds and covariates; statics: id and attributes; closed: the covariate that is 0 on closed days."""

    def __init__(self, past, future, statics, covariates, horizon, closed=None):
        self.past, self.future, self.statics = past, future, statics
        self.covariates, self.horizon, self.closed = covariates, horizon, closed


def read_spec():
    """SPEC.json and OUT.csv from the command line, and the data that the specification names."""
    spec = json.load(open(sys.argv[1]))
    readers = {"m5": read_m5, "store-item": read_store_item, "rossmann": read_rossmann}
    return readers[spec["set"]](spec["folder"], pandas.Timestamp(spec["from"]), spec["horizon"]), spec, sys.argv[2]


def read_m5(folder, start, horizon):
    calendar = pandas.read_csv(os.path.join(folder, "calendar.csv.gz"), parse_dates=["date"]).set_index("date")
    events = pandas.concat([pandas.get_dummies(calendar[f"event_name_{k}"], dtype=float) for k in (1, 2)], axis=1)
    events = events.T.groupby(level=0).max().T
    events.columns = ["event_" + "".join(c for c in name if c.isalnum()) for name in events.columns]
    wide = pandas.read_csv(os.path.join(folder, "sales_store_dept.csv.gz"))
    ids = (wide.store_id + "," + wide.dept_id).tolist()
    values = wide[[c for c in wide if c.startswith("d_")]].to_numpy(float)
    days = pandas.date_range(M5_FIRST_DAY, periods=values.shape[1])
    parts = []
    for id, store, row in zip(ids, wide.store_id, values):
        part = pandas.DataFrame({"id": id, "ds": days, "y": row, "snap": calendar.loc[days, f"snap_{store[:2]}"].to_numpy(float)})
        parts.append(pandas.concat([part, events.loc[days].reset_index(drop=True)], axis=1))
    statics = pandas.DataFrame({"id": ids, "store": wide.store_id, "department": wide.dept_id, "state": wide.store_id.str[:2]})
    table = pandas.concat(parts, ignore_index=True)
    return split(table, statics, ["snap", *events.columns], start, horizon)


def read_store_item(folder, start, horizon):
    sales = pandas.read_csv(os.path.join(folder, "train.csv.gz"), parse_dates=["date"])
    table = pandas.DataFrame({
        "id": sales["item"].astype(str) + "," + sales["store"].astype(str), "ds": sales["date"], "y": sales["sales"].astype(float),
    })
    statics = sales[["item", "store"]].astype(str).drop_duplicates()
    statics.insert(0, "id", statics["item"] + "," + statics["store"])
    return split(table, statics.reset_index(drop=True), [], start, horizon)


def read_rossmann(folder, start, horizon):
    sales = pandas.read_csv(os.path.join(folder, "train.csv.gz"), parse_dates=["Date"], dtype={"StateHoliday": str})
    stores = pandas.read_csv(os.path.join(folder, "store.csv"))
    days = pandas.date_range(sales.Date.min(), sales.Date.max())
    whole = pandas.MultiIndex.from_product([sorted(sales.Store.unique()), days], names=["Store", "Date"])
    sales = sales.set_index(["Store", "Date"]).reindex(whole).reset_index()
    table = pandas.DataFrame({"id": sales.Store.astype(str), "ds": sales.Date, "y": sales.Sales.fillna(0).astype(float)})
    table["open"] = sales.Open.fillna(0).astype(float)
    table["promotion"] = sales.Promo.fillna(0).astype(float)
    table["school_holiday"] = sales.SchoolHoliday.fillna(0).astype(float)
    for kind in "abc":
        table[f"state_holiday_{kind}"] = (sales.StateHoliday == kind).astype(float)
    statics = pandas.DataFrame({"id": stores.Store.astype(str), "kind": stores.StoreType, "assortment": stores.Assortment})
    statics = statics[statics.id.isin(set(table.id))].reset_index(drop=True)
    return split(table, statics, list(table.columns[3:]), start, horizon, closed="open")


def split(table, statics, covariates, start, horizon, closed=None):
    table = table.sort_values(["id", "ds"], ignore_index=True)
    end = start + pandas.Timedelta(days=horizon)
    past = table[table.ds < start].reset_index(drop=True)
    future = table[(table.ds >= start) & (table.ds < end)].drop(columns="y").reset_index(drop=True)
    # a flag that never was up tells nothing, and some libraries refuse it
    seen = [name for name in covariates if past[name].nunique() > 1]
    dropped = [name for name in covariates if name not in seen]
    return RivalData(
        past.drop(columns=dropped), future.drop(columns=dropped), statics.sort_values("id", ignore_index=True), seen, horizon, closed
    )


def close_days(frame, data, model):
    """Sets a model's forecasts of closed days to 0."""
    if not data.closed:
        return frame
    frame = frame.merge(data.future, on=["id", "ds"])
    frame[model] *= frame[data.closed]
    return frame


def write_means(out, model, ids, means, mode="a"):
    """One row per series: model, id and its means, none below zero."""
    with open(out, mode, newline="") as file:
        writer = csv.writer(file)
        for id, row in zip(ids, numpy.maximum(0, means)):
            writer.writerow([model, *id.split(","), *(f"{value:.6g}" for value in row)])


def write_long(out, model, data, frame, mode="a"):
    """As write_means, of a table with id, ds and a column named as the model."""
    frame = frame.sort_values(["id", "ds"])
    ids = sorted(data.past.id.unique())
    write_means(out, model, ids, frame[model].to_numpy(float).reshape(len(ids), data.horizon), mode)


def say(name, seconds):
    print(json.dumps({"name": name, "seconds": seconds}))
