"""Logs a few runs and finds them again by filters and orders; prints what was found as JSON."""

import datetime
import json

import wandb

begin = datetime.datetime.now(datetime.timezone.utc)
for index, model in enumerate(["cnn", "cnn", "vit"]):
    run = wandb.init(
        project="lists",
        id=f"r{index}",
        name=f"{model} number {index}",
        group="late" if index else "early",
        job_type="train",
        tags=["baseline"] if index == 0 else ["sweep", "baseline 2"],
        config={"model": {"name": model, "layers": [index, 8]}, "lr": 10.0**-index, "optimizer.name": "adam"},
        settings=wandb.Settings(silent=True),
    )
    run.log({"val/loss": 1 - index / 4, "nan": float("nan") if index == 1 else 0.5, "deep": {"acc": index}})
    run.finish()

api = wandb.Api(timeout=60)


def ids(filters=None, order="+created_at", **options):
    return [run.id for run in api.runs("local/lists", filters=filters or {}, order=order, **options)]


def refusal(filters=None, order="+created_at"):
    try:
        return ids(filters, order)
    except Exception as error:
        return str(error)


found = {
    "nested config": ids({"config.model.value.name": "vit"}),
    "nested config without value": ids({"config.model.name": "vit"}),
    "list in config": ids({"config.model.layers": [1, 8]}),
    "dotted key": ids({"config.optimizer.name.value": "adam", "config.lr": {"$lt": 0.5}}),
    "integer and float": ids({"config.lr": 1}),
    "slash in summary": ids({"summary_metrics.val/loss": {"$gte": 0.5, "$lt": 1}}),
    "nested summary": ids({"summary_metrics.deep.acc": {"$in": [0, 2]}}),
    "nan": ids({"summary_metrics.nan": float("nan")}),
    "tag": ids({"tags": "baseline"}),
    "tags": ids({"tags": {"$in": ["baseline", "sweep"]}}),
    "not tagged": ids({"tags": {"$ne": "baseline"}}),
    "single tag": ids({"tags.baseline": True}),
    "regex": ids({"displayName": {"$regex": r"(?i)^CNN\s+number \d$"}}),
    "or": ids({"$or": [{"group": "early"}, {"display_name": {"$regex": "2$"}}], "jobType": "train"}),
    "not": ids({"$not": {"config.model.name": "cnn"}}),
    "since": ids({"createdAt": {"$gte": begin.isoformat()}, "state": "finished"}),
    "before": ids({"created_at": {"$lt": begin.isoformat()}}),
    "metric": ids({"keys_info.keys.val/loss": {"$exists": True}, "keys_info.keys.none": {"$exists": False}}),
    "best first": ids(order="+summary_metrics.val/loss"),
    "worst first": ids(order="-summary_metrics.val/loss"),
    "by config": ids(order="+config.lr.value"),
    "newest first": ids(order="-created_at"),
    "one a page": ids(order="-summary_metrics.val/loss", per_page=1),
    "count": len(api.runs("local/lists", filters={"config.model.name": "cnn"}, per_page=1)),
}
refused = {
    "operator": refusal({"config.lr": {"$near": 1}}),
    "field": refusal({"colour": "red"}),
    "pattern": refusal({"displayName": {"$regex": "(a"}}),
    "time": refusal({"createdAt": {"$gt": "yesterday"}}),
    "order": refusal(order="+colour"),
}
print("RESULT " + json.dumps({"found": found, "refused": refused}))
