"""Reads tables of Lossline with W&B's client. Input: JSON {artifact: text, run: text, files: {path: local path}, rows, columns} per line."""
import datetime
import json
import sys

import pydantic_core
import wandb
from wandb.sdk.data_types.base_types.wb_value import WBValue


class Entry:
    def __init__(self, local):
        self.local = local

    def download(self):
        return self.local


class SourceArtifact:
    """What Table.from_json asks of an artifact."""

    def __init__(self, files):
        self.files = files

    def get_entry(self, path):
        return Entry(self.files[path])


def show(cell):
    if isinstance(cell, datetime.datetime):
        return {"time": round(cell.timestamp() * 1000)}
    if isinstance(cell, WBValue):
        return {"media": type(cell).__name__, "sha256": cell._sha256}
    return cell


def own_types(case):
    try:
        return wandb.Table(columns=case["columns"], data=case["rows"])._column_types.to_json()
    except TypeError:
        return "refused"


results = []
for line in sys.stdin:
    case = json.loads(line)
    result = {}
    if "artifact" in case:
        parsed = json.loads(case["artifact"])
        table = wandb.Table.from_json(parsed, SourceArtifact(case["files"]))
        result["columns"] = table.columns
        result["rows"] = [[show(cell) for cell in row] for row in table.data]
        result["types"] = table._column_types.to_json()
        # What Python writes for the same values.
        result["artifactText"] = json.dumps(parsed, sort_keys=True)
        result["runText"] = pydantic_core.to_json(json.loads(case["run"]), inf_nan_mode="constants").decode()
    if "rows" in case:
        result["ownTypes"] = own_types(case)
    results.append(result)
print(json.dumps(results))
