"""The daily sales of store_item before a day, and a writer of means."""
import pandas


def sales_before(file, start):
    sales = pandas.read_csv(file, parse_dates=["date"])
    wide = sales.pivot(index="date", columns=["item", "store"], values="sales")
    return wide[wide.index < pandas.Timestamp(start)]


def write_means(out, keys, model, means, mode="a"):
    """One row per series: model, item, store and its means."""
    with open(out, mode) as file:
        for (item, store), row in zip(keys, means):
            file.write(",".join([model, str(item), str(store), *(f"{value:.6g}" for value in row)]) + "\n")
