"""Sends the rows of a run over HTTP and reads them back with W&B's client, while the run goes on, after its end, after more rows."""
import json
import os
import sys
import urllib.request

import wandb

base = os.environ["WANDB_BASE_URL"]


def post(path, body):
    request = urllib.request.Request(base + path, json.dumps(body).encode(), {"content-type": "application/json"})
    return json.loads(urllib.request.urlopen(request).read())


def announce(run_id, **fields):
    query = "mutation U($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }"
    post("/graphql", {"query": query, "variables": {"input": {"name": run_id, "modelName": "reads", **fields}}})


def send(run_id, offset, lines, **rest):
    files = {"wandb-history.jsonl": {"offset": offset, "content": lines}} if lines else {}
    post(f"/files/local/reads/{run_id}/file_stream", {"files": files, **rest})


def end(run_id):
    send(run_id, 0, [], complete=True, exitcode=0)


def attempt(read):
    try:
        return read()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def fresh(run_id):
    return wandb.Api().run(f"local/reads/{run_id}")


def downloaded(run_id):
    result = fresh(run_id).download_history_exports("exports")
    assert result.errors in (None, {}), result.errors
    return [path.name for path in result.paths]


def reads(run_id):
    run = fresh(run_id)
    scan = lambda **options: attempt(lambda: list(run.scan_history(**options)))
    return {
        "all": scan(),
        "uncached": scan(use_cache=False),
        "pages": scan(page_size=3),
        "window": scan(min_step=10, max_step=26),
        "loss": scan(keys=["loss"]),
        "both": scan(keys=["loss", "val"]),
        "nested": scan(keys=["d.x"]),
        "dotted": scan(keys=["dot.key"]),
        "missing": scan(keys=["nothing"]),
        "beta": attempt(lambda: list(run.beta_scan_history(page_size=7))),
        "sampled": attempt(lambda: run.history(samples=3, pandas=False)),
        "sampledKeys": attempt(lambda: run.history(samples=3, keys=["loss"], pandas=False)),
        "xAxis": attempt(lambda: run.history(keys=["val"], x_axis="loss", pandas=False)),
        "system": attempt(lambda: run.history(stream="system", pandas=False)),
        "lastStep": run.lastHistoryStep,
        "keys": run.history_keys,
        "exports": attempt(lambda: downloaded(run_id)),
    }


def result(value):
    print("RESULT", json.dumps(value), flush=True)


def rewind(run_id, step):
    query = """mutation R($run: String!, $step: Float!) { rewindRun(input: { runName: $run, entityName: "local",
        projectName: "reads", metricName: "_step", metricValue: $step }) { rewoundRun { id } } }"""
    post("/graphql", {"query": query, "variables": {"run": run_id, "step": step}})


def values(run_id, **options):
    return [[row["_step"], row["loss"]] for row in fresh(run_id).scan_history(keys=["loss"], **options)]


def every(run_id, **options):
    return [[row["_step"], row.get("loss")] for row in fresh(run_id).scan_history(**options)]


def logs(run_id):
    run = fresh(run_id)
    return [[line.number, line.level, line.content] for line in run.console_logs(per_page=4)]


rows = [
    '{"_step":0,"_runtime":0.5,"loss":1,"n":1,"d":{"x":1,"y":{"z":2.5}},"dot.key":5,"flag":true,"name":"a","mix":1}',
    '{"_step":1,"loss":NaN,"n":2,"flag":false,"name":"b \\u00fc","mix":"one","list":[1,2]}',
    '{"_step":2,"loss":Infinity,"n":3,"val":0.5,"none":null,"half":1}',
    '{"_step":10,"loss":-Infinity,"n":9007199254740993,"half":null,"name":null}',
    '{"_step":25,"loss":0.1,"val":0.25,"image":{"_type":"image-file","path":"a.png","size":3},"d":{"x":2}}',
    '{"_step":26,"val":0.125}',
    '{"_step":40,"loss":0.0625}',
]
events = ['{"_runtime":%d,"system.cpu":%d}' % (15 * i, i) for i in range(5)]

# While the run goes on, and after its end.
announce("odd")
send("odd", 0, rows)
post("/files/local/reads/odd/file_stream", {"files": {"wandb-events.jsonl": {"offset": 0, "content": events}}})
result(reads("odd"))
end("odd")
result(reads("odd"))

# Rows that all have the same keys, with plain values, before and after the end.
announce("even")
even = ['{"_step":%d,"_runtime":%g,"loss":%s,"epoch":%d,"flag":%s,"name":%s}' % row for row in [
    (0, 0.5, "1", 0, "true", '"a"'), (3, 1, "NaN", 1, "false", "null"), (4, 1.5, "-Infinity", 2, "null", '"\u00fc"'),
]]
send("even", 0, even)
before = reads("even")
end("even")
result([before, reads("even")])

# After its end, after more rows, after the end of these, and after it was taken back: the client keeps the files it has got.
announce("again")
send("again", 0, ['{"_step":%d,"loss":%d}' % (i, i) for i in range(5)])
end("again")
ended = [values("again"), every("again")]
announce("again")
send("again", 5, ['{"_step":%d,"loss":%d}' % (i, i) for i in range(5, 8)])
resumed = [values("again"), every("again")]
end("again")
ended_again = [values("again"), every("again"), values("again", page_size=2, min_step=3, max_step=7)]
files = downloaded("again")
rewind("again", 2)
send("again", 3, ['{"_step":3,"loss":33}'])
rewound = [values("again"), every("again")]
end("again")
rewound_ended = [values("again"), every("again"), attempt(lambda: downloaded("again"))]
result([ended, resumed, ended_again, files, rewound, rewound_ended])

# A fork of a run that has files begins with its parent's rows.
branch = json.dumps({"_wandb": {"value": {"branch_point": {"run_id": "even", "step": 3}}}})
announce("fork", config=branch)
send("fork", 2, ['{"_step":4,"_runtime":2,"loss":9,"epoch":3,"flag":true,"name":"c"}'])
end("fork")
result([every("fork"), downloaded("fork")])

# Console lines, in pages.
lines = ["2026-01-01T00:00:00.%06d line %d" % (i, i) for i in range(10)] + ["ERROR 2026-01-01T00:00:01.000000 bad"]
post("/files/local/reads/odd/file_stream", {"files": {"output.log": {"offset": 0, "content": lines}}})
result(logs("odd"))
