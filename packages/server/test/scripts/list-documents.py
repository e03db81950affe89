"""Prints the GraphQL documents about artifacts that are in W&B's client, as JSON: name to text."""

import json

from wandb.sdk.artifacts._generated import operations

documents = {name: text for name, text in vars(operations).items() if name.endswith("_GQL")}
print("DOCUMENTS", json.dumps(documents))
