"""Two users of a server that asks for keys: what each may do, as wandb.Api() and wandb.init() see it."""
import json
import sys

import wandb
from wandb.apis.public import Api

alice_key, eve_key = sys.argv[1:3]


def tell(**facts):
    print("RESULT " + json.dumps(facts))


wandb.login(key=alice_key, verify=True)
with wandb.init(project="secrets", id="r1", config={"lr": 0.1}) as run:
    run.log({"loss": 1.0})
    entity = run.entity

api = Api(api_key=alice_key)
team = api.create_team("lab")
new_key = api.viewer.generate_api_key("laptop")
tell(
    entity=entity,
    viewer=api.viewer.username,
    teams=sorted(api.viewer.teams),
    loss=api.run("alice/secrets/r1").summary["loss"],
    user=api.user("eve").name,
    keys=[len(key) for key in [new_key.name if hasattr(new_key, "name") else new_key]],
    members=[member.name for member in api.team("lab").members],
)

with wandb.init(entity="lab", project="shared", id="r2") as run:
    run.log({"loss": 2.0})

eve = Api(api_key=eve_key)
refused = []
for path in ["alice/secrets/r1", "lab/shared/r2"]:
    try:
        eve.run(path)
    except Exception as error:  # noqa: BLE001 - which of its errors the client raises is its own business
        refused.append(type(error).__name__)
api.team("lab").invite("eve")
tell(
    refused=refused,
    shared=eve.run("lab/shared/r2").summary["loss"],
    projects=[project.name for project in eve.projects("lab")],
)

try:
    wandb.login(key="x" * 48, verify=True)
except Exception as error:  # noqa: BLE001
    tell(unknown=type(error).__name__)
