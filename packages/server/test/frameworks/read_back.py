"""Reads a run back with W&B's own public API, downloads all it refers to, and prints it as JSON for the test to compare."""

import base64
import hashlib
import json
import pathlib
import shutil
import tempfile

import wandb
from wandb.sdk.interface.interface import InterfaceBase

# What the client sends of artifacts, in its order: the journal of an online run does not have it.
sent = {}


def listen(name):
    send = getattr(InterfaceBase, name)

    def sending(self, run, artifact, aliases, *args, **kwargs):
        entries = {path: entry.digest for path, entry in artifact.manifest.entries.items()}
        facts = {"name": artifact.name, "type": artifact.type, "digest": artifact.digest, "entries": entries}
        used = kwargs.get("use_after_commit", False)
        sent.setdefault(run.id, []).append({**facts, "aliases": list(aliases or []), "isUsed": used})
        return send(self, run, artifact, aliases, *args, **kwargs)

    setattr(InterfaceBase, name, sending)


listen("deliver_artifact")
listen("publish_artifact")


def digest_of(path):
    return base64.b64encode(hashlib.md5(pathlib.Path(path).read_bytes()).digest()).decode()


def read_artifact(artifact):
    root = tempfile.mkdtemp()
    artifact.download(root=root)
    artifact.verify(root=root)
    paths = [path for path in sorted(pathlib.Path(root).rglob("*")) if path.is_file()]
    contents = {path.relative_to(root).as_posix(): digest_of(path) for path in paths}
    shutil.rmtree(root)
    return {
        "name": artifact.source_name.split(":")[0],
        "version": artifact.version,
        "type": artifact.type,
        "aliases": sorted(artifact.aliases),
        "digest": artifact.digest,
        "state": artifact.state,
        "metadata": artifact.metadata,
        "entries": {name: entry.digest for name, entry in artifact.manifest.entries.items()},
        "contents": contents,
    }


def read_file(file):
    root = tempfile.mkdtemp()
    with file.download(root=root) as downloaded:
        digest = digest_of(downloaded.name)
    shutil.rmtree(root)
    return {"name": file.name, "size": file.size, "md5": file.md5, "content": digest}


def check_console(run):
    """The console's lines are those of the file, counted without a gap, from the front and from the end."""
    lines = [(line.number, line.content) for line in run.console_logs(per_page=7)]
    with run.file("output.log").download(root=tempfile.mkdtemp()) as file:
        expected = pathlib.Path(file.name).read_text("utf-8").removesuffix("\n").split("\n")
    assert lines == list(enumerate(expected)), f"{lines} instead of {expected}"
    assert [(line.number, line.content) for line in run.console_logs(last=3)] == lines[-3:]


def read_back(path):
    api = wandb.Api(timeout=60)
    run = api.run(path)
    check_console(run)
    print(
        "RUN "
        + json.dumps(
            {
                "id": run.id,
                "name": run.name,
                "state": run.state,
                "tags": run.tags,
                "group": run.group,
                "jobType": run.job_type,
                "config": run.config,
                "summary": run.summary._json_dict,
                "rows": list(run.scan_history()),
                "sampled": run.history(samples=100_000, pandas=False),
                "files": [read_file(file) for file in run.files()],
                "sent": sent.get(run.id, []),
                "logged": [read_artifact(artifact) for artifact in run.logged_artifacts()],
                "used": [read_artifact(artifact) for artifact in run.used_artifacts()],
            }
        ),
        flush=True,
    )
    return run


def close_to(actual, expected):
    """Whether numbers or lists of them are equal, NaN with NaN."""
    if isinstance(expected, (list, tuple)):
        return len(actual) == len(expected) and all(map(close_to, actual, expected))
    return actual == expected or (actual != actual and expected != expected)


def expect_rows(run, expected):
    """The rows that have a key of `expected` hold just its values, one after the other."""
    rows = list(run.scan_history())
    for key, values in expected.items():
        found = [row[key] for row in rows if row.get(key) is not None]
        assert close_to(found, list(values)), f"{key}: {found} instead of {values}"
