"""Logs offline what other programs seldom do: tables of tables, lists, odd keys, media of the summary, code. Needs nothing but the client."""

import pathlib
import sys

import wandb

GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
work = pathlib.Path.cwd()
(work / "train.py").write_text("print('trained')\n")
(work / "notes #1 ü.txt").write_text("notes")
for name in ("a.pdb", "b.pdb"):
    (work / name).write_text(f"ATOM {name}\n")
for index in range(2):
    (work / f"{index}.gif").write_bytes(GIF + bytes(index))


def html(text):
    return wandb.Html(text, inject=False)


def table(columns, *rows, **options):
    return wandb.Table(columns=columns, data=list(rows), **options)


with wandb.init(
    project="golden",
    id="odd",
    mode="offline",
    config={"-dashed-": 1, "dot.ted": {"deep": [1, None]}, "slash/ed": {"x": None}, "empty": {}},
    settings=wandb.Settings(
        save_code=True, program="train.py", program_relpath="train.py", program_abspath=str(work / "train.py"), console="wrap"
    ),
) as run:
    odd = 'odd/key with #?%&+ ü/"quoted"'
    run.log({odd: html("<p>odd</p>"), "../up": html("<p>up</p>"), "/lead": html("<p>lead</p>")})
    run.log({"outer": {"inner": html("<p>inner</p>")}, "pages": [html("<p>1</p>"), html("<p>2</p>")]})
    run.log({"water": [wandb.Molecule("a.pdb"), wandb.Molecule("b.pdb", caption="b")]})
    run.log({"films": [wandb.Video(f"{index}.gif", format="gif") for index in range(2)]})
    counts = wandb.Histogram(np_histogram=([1, 2], [0, 1, 2]))
    run.log({"mixed": [html("<p>m</p>"), wandb.Molecule("a.pdb")], "histograms": [counts, counts]})

    left = table(["id", "x"], [1, "a"], [2, "b"], [3, "c"])
    right = table(["key", "y", "page"], [3, 0.3, html("<p>3</p>")], [1, 0.1, html("<p>1</p>")], [4, 0.4, html("<p>4</p>")])
    run.log({"joined": wandb.JoinedTable(left, right, ["id", "key"])})
    parts = wandb.Artifact("parts", "dataset")
    for index in range(2):
        parts.add(table(["id", "page"], [index, html(f"<p>part {index}</p>")]), f"parts/{index}")
    parts.add(wandb.data_types.PartitionedTable("parts"), "whole")
    run.log_artifact(parts)
    changing = table(["a"], [1], log_mode="MUTABLE")
    run.log({"changing": changing})
    changing.add_data(2)
    run.log({"changing": changing})
    growing = wandb.Table(columns=["n", "page"], log_mode="INCREMENTAL")
    for index in range(3):
        growing.add_data(index, html(f"<p>{index}</p>"))
        run.log({"growing": growing})
    run.log({"my table/ü?": table(["a"], [1])})
    run.log({"deep": {"bars": wandb.plot.bar(table(["n", "v"], ["a", 1]), "n", "v", title="Bars", split_table=True)}})
    run.log({"own": wandb.plot_table("local/own", table(["x"], [1]), {"x": "x"}, {"title": "Own"})})
    run.summary["page of summary"] = html("<p>summary</p>")
    run.summary["table of summary"] = table(["a"], [1])
    run.save("notes #1 ü.txt", policy="end")
    run.write_logs("written\n")
    print("plain\rover")
    print("x" * 5000)
    print("on stderr", file=sys.stderr)
