"""Values of every type that need no other package than W&B's client."""

import json
import math
import pathlib
import struct
import wave
import zlib

import wandb
from read_back import expect_rows, read_back


def write_png(path, shade):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress((b"\0" + bytes([shade] * 4)) * 4))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + rows + chunk(b"IEND", b""))
    return path


def write_wav(path):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", 1000 * (i % 20)) for i in range(800)))
    return path


work = pathlib.Path.cwd()
losses = [math.nan, math.inf, -math.inf, 2**53 + 1, 1e-300, 0.1, -5, 5]
with wandb.init(
    project="frameworks",
    id="plain",
    tags=["a", "b c"],
    group="größe",
    job_type="train",
    config={"lr": 1e-4, "inf": math.inf, "nested": {"deep": {"list": [1, None, "x"]}}, "big": 2**60, "text": "ü\n\"'"},
) as run:
    run.define_metric("epoch", hidden=True)
    run.define_metric("val/*", step_metric="epoch", summary="max")
    for epoch, loss in enumerate(losses):
        run.log({"loss": loss, "epoch": epoch, "val/accuracy": epoch / 7, "nested": {"a": {"b": epoch}}})
    run.log({"dot.ted": 1, "flag": True, "text": "größe 日本", "list": [1, 2, [3]], "none": None, "late": 1}, step=20)
    run.log({"merged": 1}, commit=False)
    run.log({"also": 2})
    run.log({"histogram": wandb.Histogram(np_histogram=([1, 2, 3], [0, 0.5, 1, 2]))})
    run.log({"html": wandb.Html("<p>größe</p>", inject=False)})
    table = wandb.Table(columns=["text", "number", "mixed"], allow_mixed_types=True)
    for row in [["a", 1.5, 1], ["ü", math.nan, "one"], [None, -2, None]]:
        table.add_data(*row)
    run.log({"table": table})
    points = [[x, x * x] for x in range(5)]
    run.log({"plot": wandb.plot.line(wandb.Table(data=points, columns=["x", "y"]), "x", "y", title="square")})
    (work / "notes.txt").write_text("notes")
    run.save(str(work / "notes.txt"), base_path=str(work))
    artifact = wandb.Artifact("folder", "dataset", metadata={"rows": 3, "nested": {"a": [1]}}, description="a folder")
    artifact.add_file(str(write_png(work / "a.png", 90)), name="images/a.png")
    artifact.add_file(str(write_wav(work / "a.wav")))
    with artifact.new_file("empty"):
        pass
    run.log_artifact(artifact, aliases=["first", "best"]).wait()
    run.use_artifact("folder:best")
    changed = wandb.Artifact("folder", "dataset")
    with changed.new_file("other") as file:
        file.write(json.dumps({"a": 1}))
    run.log_artifact(changed)
    run.summary["by hand"] = {"a": {"b": math.inf}}
    run.summary["gone"] = 1
    del run.summary["gone"]
    print("größe to the console")

read = read_back("frameworks/plain")
expect_rows(read, {"loss": losses, "epoch": list(range(8)), "late": [1]})
assert dict(read.summary["val/accuracy"]) == {"max": 1}, read.summary["val/accuracy"]
