"""Reads a run back with W&B's own public API and prints what it got as JSON."""

import json
import sys

import wandb

api = wandb.Api(timeout=60)
run = api.run(f"local/python demo/{sys.argv[1]}")
runs = api.runs("local/python demo", filters={"config.lr": {"$gt": 0.05}, "tags": {"$in": ["a"]}}, order="-created_at")
none = api.runs("local/python demo", filters={"config.lr": 5})
scanned = list(run.scan_history(keys=["loss", "_step"], page_size=7))
print(
    "RESULT "
    + json.dumps(
        {
            "name": run.name,
            "state": run.state,
            "tags": run.tags,
            "group": run.group,
            "config": run.config,
            "summary": {key: run.summary._json_dict[key] for key in ("loss", "epoch", "best", "val/loss")},
            "lastStep": run.lastHistoryStep,
            "scannedSteps": [row["_step"] for row in scanned],
            "scannedLoss": [repr(row["loss"]) for row in scanned],
            "wholeRows": len(list(run.scan_history(page_size=1000))),
            "sampled": run.history(samples=5, keys=["loss", "acc"], pandas=False),
            "files": sorted(file.name for file in run.files()),
            "metadataProgram": (run.metadata or {}).get("program"),
            "runCount": len(runs),
            "runIds": [r.id for r in runs],
            "noRuns": len(none),
            "projects": [project.name for project in api.projects("local")],
        }
    )
)
