"""Logs one run with W&B's own client. WANDB_BASE_URL and WANDB_API_KEY say where to."""

import math
import sys

import wandb

run = wandb.init(
    project="python demo",
    id=sys.argv[1],
    name="from python",
    tags=["a", "b"],
    group="g",
    job_type="train",
    notes="some notes",
    config={"lr": 0.1, "nested": {"layers": [1, 2], "name": "x"}, "inf": math.inf},
)
run.define_metric("epoch", hidden=True)
run.define_metric("val/*", step_metric="epoch", summary="min")
for i in range(30):
    run.log({"loss": 1 / (i + 1), "acc": i / 30, "epoch": i // 10, "val/loss": abs(15 - i), "deep": {"a": {"b": i}}})
run.log({"loss": math.nan, "acc": math.inf, "big": 2**53 + 1, "text": "héllo", "flag": True})
run.log({"skipped": 1}, step=40)
run.summary["best"] = {"epoch": 2}
run.alert(title="look", text="at this", wait_duration=5)
run.config.update({"added": 1})
print("hello from python")
print("and an error", file=sys.stderr)
if "--fail" in sys.argv:
    raise RuntimeError("on purpose")
run.finish()
