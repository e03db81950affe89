"""Resumes, forks, takes back and shares runs with W&B's own client, and prints how each of them began."""

import json
import sys

import wandb

PROJECT = "life"


def log_run(rows, say, **options):
    with wandb.init(project=PROJECT, **options) as run:
        began = {
            "resumed": run.resumed,
            "startingStep": run.starting_step,
            "config": {key: value for key, value in dict(run.config).items() if key != "_wandb"},
            "tags": list(run.tags or []),
        }
        for i in range(rows):
            run.log({"loss": 100 - run.step, "part": say})
        print(f"printed by {say}")
        return began


result = {}
if sys.argv[1] == "alone":
    result["first"] = log_run(5, "first", id="py", tags=["one"], config={"lr": 1})
    result["resumed"] = log_run(2, "resumed", id="py", resume="must")
    result["forked"] = log_run(1, "forked", id="fork", fork_from="py?_step=2")
    result["rewound"] = log_run(1, "rewound", resume_from="py?_step=3")
    for name, options in {
        "missing": {"id": "nobody", "resume": "must"},
        "existing": {"id": "py", "resume": "never"},
        "badFork": {"fork_from": "nobody?_step=1"},
        "farFork": {"fork_from": "py?_step=99"},
    }.items():
        try:
            log_run(0, name, **options)
            result[name] = "began"
        except Exception as error:  # noqa: BLE001
            result[name] = f"{type(error).__name__}: {error}"
else:
    label, primary = sys.argv[2], sys.argv[3] == "primary"
    settings = wandb.Settings(
        mode="shared", x_label=label, x_primary=primary, x_update_finish_state=primary, x_stats_sampling_interval=1
    )
    with wandb.init(project=PROJECT, id="team", settings=settings, config={label: 1}) as run:
        for i in range(3):
            run.log({f"loss-{label}": i, "all": i})
        print(f"hello of {label}")
print("RESULT " + json.dumps(result))
