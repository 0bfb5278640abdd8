"""The weekly sales of VN2 as known at an origin: units with weeks out of stock as NaN, and the names of the series."""
import numpy
import pandas


def known_sales(data, origin):
    sales = pandas.read_csv(f"{data}/Week 0 - 2024-04-08 - Sales.csv")
    stock = pandas.read_csv(f"{data}/Week 0 - In Stock.csv")
    master = pandas.read_csv(f"{data}/Week 0 - Master.csv")
    stock = sales[["Store", "Product"]].merge(stock, on=["Store", "Product"], how="left")
    master = sales[["Store", "Product"]].merge(master, on=["Store", "Product"], how="left")
    weeks = [column for column in sales.columns if column[:2] == "20"]
    units = sales[weeks].to_numpy(numpy.float64)[:, :origin]
    shelf = stock[weeks].astype(str).apply(lambda c: c.str.lower() == "true").to_numpy()[:, :origin]
    units[~shelf] = numpy.nan
    return sales[["Store", "Product"]], master, pandas.to_datetime(weeks), units


def write_quantiles(out, keys, model, quantiles):
    """One row per series: model, product, store and its quantiles."""
    with open(out, "a") as file:
        for (store, product), row in zip(keys.itertuples(index=False), quantiles):
            file.write(",".join([model, str(product), str(store), *(f"{value:.6g}" for value in row)]) + "\n")
