"""Reads a run with W&B's own public API and prints what it got as JSON."""

import json
import sys

import wandb

api = wandb.Api(timeout=60)
run = api.run(f"local/{sys.argv[1]}/{sys.argv[2]}")


def plain(value):
    """Its objects that act like dictionaries as dictionaries."""
    if hasattr(value, "items"):
        return {key: plain(member) for key, member in value.items()}
    return [plain(member) for member in value] if isinstance(value, list) else value


runs = api.runs(f"local/{sys.argv[1]}", filters={"config.lr": {"$gt": 0.05}}, order="-summary_metrics.loss")
print(
    "RESULT "
    + json.dumps(
        {
            "name": run.name,
            "state": run.state,
            "tags": run.tags,
            "group": run.group,
            "notes": run.notes,
            "config": run.config,
            "summary": plain(run.summary._json_dict),
            "lastStep": run.lastHistoryStep,
            "rows": list(run.scan_history(page_size=10)),
            "losses": list(run.scan_history(keys=["loss", "_step"], page_size=7)),
            "sampled": run.history(samples=5, keys=["acc"], pandas=False),
            "selected": run.history(samples=6, pandas=False),
            "files": sorted((file.name, file.size) for file in run.files()),
            "metadata": run.metadata,
            "runs": [one.id for one in runs],
            "runCount": len(runs),
        }
    )
)
