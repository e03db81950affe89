"""Lets the client's own agents work through sweeps: scripts in processes, and functions in threads."""
import json
import os
import subprocess
import sys

import wandb

script = """
import os
import wandb

with wandb.init() as run:
    assert run.sweep_id == os.environ["WANDB_SWEEP_ID"]
    if run.config.depth == 2:
        raise SystemExit(3)
    run.log({"loss": run.config.depth, "rate": run.config.opt["rate"]})
"""
with open("train.py", "w") as file:
    file.write(script)
with open("sweep.yaml", "w") as file:
    file.write(
        "program: train.py\nmethod: grid\nproject: searches\nmetric: {name: loss}\n"
        f"command: ['${{env}}', '{sys.executable}', '${{program}}']\n"
        "parameters:\n  depth: {values: [1, 2, 3]}\n  opt: {parameters: {rate: {value: 0.5}}}\n"
    )
made = subprocess.run([sys.executable, "-m", "wandb", "sweep", "sweep.yaml"], capture_output=True, text=True)
sweep_id = [line for line in made.stderr.splitlines() if "wandb agent" in line][0].split("/")[-1].strip()
agents = [
    subprocess.Popen(
        [sys.executable, "-m", "wandb", "agent", f"searches/{sweep_id}"],
        stdout=open(f"agent{index}.txt", "w"),
        stderr=subprocess.STDOUT,
    )
    for index in range(2)
]
codes = [agent.wait() for agent in agents]
sweep = wandb.Api().sweep(f"searches/{sweep_id}")
by_script = sorted([run.config["depth"], run.state, run.summary.get("rate")] for run in sweep.runs)
state, agent_count = sweep.state, len(list(sweep.agents()))

losses = []


def train():
    with wandb.init() as run:
        loss = (run.config.x - 0.3) ** 2 + len(run.config.kind)
        losses.append(loss)
        run.log({"loss": loss})


searched = wandb.sweep(
    {
        "method": "bayes",
        "metric": {"name": "loss", "goal": "minimize"},
        "parameters": {
            "x": {"min": 0.0, "max": 1.0},
            "rate": {"distribution": "log_uniform_values", "min": 1e-5, "max": 0.1},
            "kind": {"values": ["a", "bb", "ccc"]},
        },
    },
    project="searches",
)
wandb.agent(searched, function=train, count=4, project="searches")
found = wandb.Api().sweep(f"searches/{searched}")
result = {
    "codes": codes,
    "byScript": by_script,
    "state": state,
    "agents": agent_count,
    "functions": len(losses),
    "runs": len(found.runs),
    "best": abs(found.best_run().summary["loss"] - min(losses)) < 1e-12,
    "searched": found.state,
}
print("RESULT", json.dumps(result))
for index in range(2):
    print(open(f"agent{index}.txt").read())
print(made.stderr)
