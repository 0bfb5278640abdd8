"""Features of a global daily model that need nothing newer than 28 days before the day they describe."""
import numpy
import pandas

HORIZON = 28


def daily_features(wide, calendar_columns, categories):
    """wide: series x days, days reach HORIZON past what is known (NaN there). One row per series and day."""
    series, days = wide.shape
    frame = pandas.DataFrame(wide.T)
    columns = {}
    for lag in (HORIZON, HORIZON + 7, HORIZON + 14, 364):
        columns[f"lag_{lag}"] = frame.shift(lag)
    known = frame.shift(HORIZON)
    for window in (7, 28, 91, 364):
        columns[f"mean_{window}"] = known.rolling(window, min_periods=7).mean()
    columns["deviation_28"] = known.rolling(28, min_periods=14).std()
    columns["weekday_mean"] = sum(frame.shift(HORIZON + 7 * k) for k in range(8)) / 8
    columns["zero_share_28"] = (known == 0).rolling(28, min_periods=14).mean()
    table = {name: values.to_numpy(numpy.float32).T.ravel() for name, values in columns.items()}
    for name, values in calendar_columns.items():
        table[name] = numpy.tile(numpy.asarray(values, numpy.float32), series)
    for name, values in categories.items():
        table[name] = numpy.repeat(numpy.asarray(values, numpy.float32), days)
    return pandas.DataFrame(table)
