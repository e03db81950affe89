"""What wandb.Api() says of users, teams and projects: argument 1 is the name of whoever asks, 2 (if any) the API key."""
import json
import os
import sys

name = sys.argv[1]
if len(sys.argv) > 2:
    os.environ["WANDB_API_KEY"] = sys.argv[2]

import wandb
from wandb.apis.public import Api

api = Api()


def tell(**facts):
    print("RESULT " + json.dumps(facts))


viewer = api.viewer
api.create_project("made", viewer.entity)
api.create_project("made", viewer.entity)
api.create_run(project="made", run_id="r1", entity=viewer.entity)
run = api.run(f"{viewer.entity}/made/r1")
with wandb.init(project="logged", id="r2") as logged:
    logged.log({"loss": 1.0})
found = api.user(name)
entity = api.team(viewer.entity)
made = api.project("made", entity=viewer.entity)
missing = {}
for what, ask in {
    "project": lambda: api.project("nowhere", entity=viewer.entity).id,
    "run": lambda: api.run(f"{viewer.entity}/made/nobody"),
    "runs": lambda: len(api.runs(f"{viewer.entity}/nowhere")),
}.items():
    try:
        ask()
    except Exception as error:  # noqa: BLE001 - which of its errors the client raises is its own business
        missing[what] = type(error).__name__
tell(
    default=api.default_entity,
    viewer=[viewer.username, viewer.entity, viewer.name],
    teams=sorted(viewer.teams),
    keys=len(viewer.api_keys),
    found=None if found is None else [found.name, found.username],
    users=sorted(user.name for user in api.users(name)),
    nobody=api.user("nobody here"),
    team=[entity.name, [member.name for member in entity.members]],
    projects=sorted(project.name for project in api.projects(viewer.entity)),
    none=[project.name for project in api.projects("no such entity")],
    project=[made.name, made.entity, made.owner.name, made.url.rsplit("/", 3)[1:]],
    run=[run.id, run.state, run.user.name],
    missing=missing,
)
