"""Logs one version of an artifact and prints which one it became."""

import sys

import wandb

with wandb.init(project=sys.argv[1]) as run:
    artifact = wandb.Artifact("raced", "dataset")
    with artifact.new_file("f.txt") as file:
        file.write(sys.argv[2])
    logged = run.log_artifact(artifact)
    logged.wait(timeout=60)
print("VERSION", logged.version)
