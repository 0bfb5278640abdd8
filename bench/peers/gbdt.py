# LightGBM on one thread over the files that bench/gbdt.ts writes: gbdt.py FOLDER
import json
import sys
import time

import lightgbm
import numpy

folder = sys.argv[1]
spec = json.load(open(f"{folder}/spec.json"))
rows, trained, columns = spec["rows"], spec["trained"], spec["columns"]
x = numpy.fromfile(f"{folder}/x.bin", dtype=numpy.float32).reshape(columns, rows).T.copy()
y = numpy.fromfile(f"{folder}/y.bin", dtype=numpy.float32)
parameters = {**spec["parameters"], "num_threads": 1, "verbose": -1}
wall, cpu = time.perf_counter(), time.process_time()
data = lightgbm.Dataset(x[:trained], y[:trained], categorical_feature=spec["categorical"], params=parameters)
model = lightgbm.train(parameters, data, spec["trees"])
seconds = {"seconds": time.perf_counter() - wall, "cpuSeconds": time.process_time() - cpu}
model.predict(x[trained:]).astype(numpy.float32).tofile(f"{folder}/peer.bin")
print(json.dumps({**seconds, "version": lightgbm.__version__}))
