# Logs what it is told with W&B's own client, and prints the summary that it began with.
import json
import sys

import wandb

told = json.load(sys.stdin)
run = wandb.init(project="demo", id="run", **told["settings"])
print(json.dumps(dict(run.summary._as_dict())))
for name, options in told["defined"].items():
    run.define_metric(name, **options)
for row in told["rows"]:
    run.log(row)
run.finish()
