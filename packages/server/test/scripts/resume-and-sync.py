"""Logs a run in two parts, then sends run folders with `wandb sync`: each argument is a project and paths, joined by `=`."""

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

for argument in sys.argv[1:]:
    project, *paths = argument.split("=")
    # In this process: starting the command takes longer than what it does.
    arguments = ["sync", *(["--project", project] if project else []), *paths]
    outcome = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    print(outcome.output)
    assert outcome.exit_code == 0, outcome.exit_code
