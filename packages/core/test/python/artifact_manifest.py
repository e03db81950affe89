"""Builds artifacts with W&B's own client and prints their digests and manifests as JSON."""

import json
import os
import sys
from pathlib import Path

import wandb

folder, http_url = sys.argv[1:]


def show(artifact):
    manifest = artifact.manifest.to_manifest_json()
    return {"digest": artifact.digest, "contents": manifest["contents"]}


def build_files():
    artifact = wandb.Artifact("files", "dataset")
    artifact.add_dir(folder)
    artifact.add_file(os.path.join(folder, "b.txt"), name="renamed/b.txt")
    with artifact.new_file("new.txt") as file:
        file.write("new \u00fc")
    return artifact


def build_references():
    artifact = wandb.Artifact("references", "dataset")
    artifact.add_reference(f"{http_url}/tagged.bin")
    artifact.add_reference(f"{http_url}/untagged.bin", name="folder/untagged.bin")
    artifact.add_reference(f"{http_url}/unchecked.bin", checksum=False)
    artifact.add_reference(Path(folder, "b.txt").as_uri())
    artifact.add_reference(Path(folder, "b.txt").as_uri(), name="by-address.txt", checksum=False)
    artifact.add_reference(Path(folder, "sub").as_uri(), name="sub")
    artifact.add_reference("hf://model/weights", name="weights")
    return artifact


print("RESULT " + json.dumps({"files": show(build_files()), "references": show(build_references())}))
