"""Makes a sweep with the client, logs runs to it without an agent, reads it back, and lets agents ask for runs when it has ended."""
import json
import os
import subprocess
import sys

import wandb

config = {
    "method": "grid",
    "name": "a search",
    "metric": {"name": "loss", "goal": "minimize"},
    "parameters": {"lr": {"values": [0.1, 0.01]}, "depth": {"min": 1, "max": 3}},
}
sweep_id = wandb.sweep(config, project="searches")
for index, loss in enumerate([3.0, 1.0, 2.0]):
    with wandb.init(project="searches", settings=wandb.Settings(sweep_id=sweep_id), config={"lr": index}) as run:
        run.log({"loss": loss})

api = wandb.Api()
sweep = api.sweep(f"searches/{sweep_id}")
best = sweep.best_run()
odd = wandb.sweep({"method": "random", "parameters": {"a": {"min": 1}, "b": {"value": 2}}}, project="searches")
result = {
    "name": sweep.name,
    "state": sweep.state,
    "method": sweep.config["method"],
    "runs": len(sweep.runs),
    "expected": sweep.expected_run_count,
    "order": sweep.order,
    "best": best.summary["loss"],
    "sweepOfRun": best.sweep.id == sweep_id,
    "sweeps": len(list(api.project("searches").sweeps())),
    "filtered": [one.name == "a search" for one in api.project("searches").sweeps(filters={"state": "RUNNING"})],
    "url": sweep.url.endswith(f"/searches/sweeps/{sweep_id}"),
}
states = []
for command in ["--pause", "--resume", "--stop", "--cancel"]:
    code = os.system(f"{sys.executable} -m wandb sweep {command} searches/{sweep_id} > out.txt 2>&1")
    states.append([code, wandb.Api().sweep(f"searches/{sweep_id}").state])
result["states"] = states
# Both kinds of agents register, are told that the sweep is over, and end by themselves.
command = [sys.executable, "-m", "wandb", "agent", f"searches/{sweep_id}"]
with open("agent.txt", "w") as told, subprocess.Popen(command, stdout=told, stderr=told) as agent:
    wandb.agent(sweep_id, function=lambda: None, project="searches")
    ended = agent.wait()
agents = list(wandb.Api().sweep(f"searches/{sweep_id}").agents())
result["agents"] = [ended, [bool(agent.host) for agent in agents], [len(list(agent.runs())) for agent in agents]]
print("RESULT", json.dumps(result))
