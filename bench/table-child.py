"""Logs one table of 100,000 rows and 10 columns with W&B's client, offline; prints the milliseconds of its parts as JSON."""
import json
import os
import sys
import time

import wandb

row_count = int(sys.argv[1])
run = wandb.init(project="bench", mode="offline", dir=sys.argv[2], settings=wandb.Settings(console="off", x_disable_meta=True, x_disable_stats=True, silent=True))
rows = [[i, i * 0.5, i / 3, i % 7, -i, f"text {i}", f"label {i % 10}", i % 2 == 0, i * 1e-3, None if i % 5 == 0 else i] for i in range(row_count)]
start = time.perf_counter()
table = wandb.Table(columns=[f"c{i}" for i in range(10)])
for row in rows:
    table.add_data(*row)
added = time.perf_counter()
run.log({"table": table})
logged = time.perf_counter()
run.finish()
print(json.dumps({"addMs": (added - start) * 1000, "logMs": (logged - added) * 1000, "diskMs": (time.perf_counter() - start) * 1000}))
