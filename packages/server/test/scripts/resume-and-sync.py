"""Logs a run in two parts and one of odd values, then sends this and other run folders with `wandb sync`: each argument is a project and paths, joined by `=`."""

import pathlib
import runpy
import shutil
import sys

import wandb
from click.testing import CliRunner
from wandb.cli.cli import cli

for part in range(2):
    with wandb.init(project="life", id="resumed", config={f"part{part}": part}, resume="allow", tags=["two"]) as run:
        for i in range(5 + part):
            run.log({"loss": 1 / (1 + run.step), "part": part, "text": f"row {i} of part {part}"})
        print(f"printed by part {part}")
        run.summary[f"best{part}"] = part

runpy.run_path(str(pathlib.Path(__file__).parent / "log-odd-values.py"))
# The journal's last block is written when the client's core ends.
wandb.teardown()
[odd] = pathlib.Path("wandb").glob("offline-run-*-odd")
# Syncing writes into the folder.
shutil.copytree(odd, f"copies/{odd.name}")

for argument in [f"=copies/{odd.name}", *sys.argv[1:]]:
    project, *paths = argument.split("=")
    # In this process: starting the command takes longer than what it does.
    arguments = ["sync", *(["--project", project] if project else []), *paths]
    outcome = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    print(outcome.output)
    assert outcome.exit_code == 0, outcome.exit_code
