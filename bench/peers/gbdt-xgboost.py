# XGBoost over the files that bench/gbdt.ts writes, trees by depth: gbdt-xgboost.py FOLDER THREADS DEPTH
import json
import sys
import time

import numpy
import xgboost

OBJECTIVES = {
    "regression": {"objective": "reg:squarederror"},
    "regression_l1": {"objective": "reg:absoluteerror"},
    "poisson": {"objective": "count:poisson"},
    "tweedie": {"objective": "reg:tweedie"},
    "quantile": {"objective": "reg:quantileerror"},
}

folder, threads, depth = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
spec = json.load(open(f"{folder}/spec.json"))
rows, trained, columns, given = spec["rows"], spec["trained"], spec["columns"], spec["parameters"]
x = numpy.fromfile(f"{folder}/x.bin", dtype=numpy.float32).reshape(columns, rows).T.copy()
y = numpy.fromfile(f"{folder}/y.bin", dtype=numpy.float32)
parameters = {
    **OBJECTIVES[given["objective"]],
    "tree_method": "hist",
    "max_depth": depth,
    "max_bin": given["max_bin"],
    "eta": given["learning_rate"],
    "min_child_weight": given["min_data_in_leaf"] if given["objective"] == "regression" else 1,
    "lambda": given["lambda_l2"],
    "nthread": threads,
}
if "alpha" in given:
    parameters["quantile_alpha"] = given["alpha"]
if "tweedie_variance_power" in given:
    parameters["tweedie_variance_power"] = given["tweedie_variance_power"]
types = ["c" if c in spec["categorical"] else "q" for c in range(columns)]
matrix = {"feature_types": types, "enable_categorical": True, "nthread": threads}
wall, cpu = time.perf_counter(), time.process_time()
data = xgboost.QuantileDMatrix(x[:trained], y[:trained], max_bin=given["max_bin"], **matrix)
model = xgboost.train(parameters, data, spec["trees"])
seconds = {"seconds": time.perf_counter() - wall, "cpuSeconds": time.process_time() - cpu}
predicted = model.predict(xgboost.DMatrix(x[trained:], **matrix))
predicted.astype(numpy.float32).tofile(f"{folder}/peer.bin")
print(json.dumps({**seconds, "version": xgboost.__version__}))
