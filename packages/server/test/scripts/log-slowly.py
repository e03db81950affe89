"""Logs rows with W&B's own client until it is told to end, fast enough for its journal to grow block by block."""

import sys
import time

import wandb

run = wandb.init(
    project="watched",
    id=sys.argv[1],
    tags=["a"],
    notes="some notes",
    group="g",
    config={"lr": 0.1},
    settings=wandb.Settings(init_timeout=8, x_stats_sampling_interval=1),
)
print("hello from python")
(open(run.dir + "/note.txt", "w")).write("a note")
run.save(run.dir + "/note.txt", base_path=run.dir, policy="now")
print("BEGUN", flush=True)
rows = int(sys.argv[2])
for i in range(rows):
    run.log({"loss": 1 / (i + 1), "padding": "x" * 200})
    if i % 50 == 0:
        time.sleep(0.02)
if "--wait" in sys.argv:
    time.sleep(120)
run.finish()
