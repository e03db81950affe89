"""Leads a sweep by the client's own controller, and adds runs to another one by hand.

The library of searches that the controller needs is not W&B's here: what is looked at is what it says to the server.
"""
import enum
import json
import subprocess
import sys
import time
import types

library = types.ModuleType("sweeps")


class RunState(str, enum.Enum):
    pending = "pending"
    running = "running"
    finished = "finished"
    killed = "killed"
    crashed = "crashed"
    failed = "failed"
    preempted = "preempted"
    preempting = "preempting"


class SweepRun:
    def __init__(self, name=None, state=None, config=None, summaryMetrics=None, sampledHistory=None, **rest):
        self.name, self.state, self.config = name, state, config or {}
        self.summary_metrics, self.history = summaryMetrics or {}, sampledHistory or []
        self.stopped, self.early_terminate_info = rest.get("stopped"), None


class SweepConfig(dict):
    pass


library.RunState, library.SweepRun, library.SweepConfig = RunState, SweepRun, SweepConfig
library.schema_violations_from_proposed_config = lambda config: []
sys.modules["sweeps"] = library

import wandb  # noqa: E402


def train():
    with wandb.init() as run:
        print("X", run.config.x, flush=True)
        for step in range(400 if run.config.x == 2 else 3):
            run.log({"loss": step})
            if run.config.x == 2:
                time.sleep(0.05)


# An agent beside a controller in one process would end the client's service for both.
if len(sys.argv) > 1:
    wandb.agent(sys.argv[1], function=train)
    raise SystemExit

stopped = []


def search(config, runs):
    """Three runs, one after the other."""
    if len(runs) == 3:
        return None
    return SweepRun(config={"x": {"value": len(runs) + 1}})


def stopping(config, runs):
    found = [run for run in runs if run.config["x"]["value"] == 2 and run.state == "running" and run.history]
    stopped.extend(run.name for run in found)
    return found


controller = wandb.controller()
controller.configure_search("custom")
controller.configure_metric("loss", "minimize")
controller.configure_parameter("x", value=1)
controller.configure_stopping("hyperband", min_iter=10)
controller.configure_controller("local")
sweep_id = controller.create()
controller.configure_search(search)
# The client calls what it is given, and takes what that returns.
controller.configure_stopping(lambda options: stopping)
agent = subprocess.Popen([sys.executable, __file__, sweep_id], stdout=subprocess.PIPE, text=True)
controller.run(print_status=False)
values = [int(line.split()[1]) for line in agent.communicate(timeout=60)[0].splitlines() if line.startswith("X ")]
api = wandb.Api()
found = api.sweep(f"uncategorized/{sweep_id}")
led = {
    "values": values,
    "state": found.state,
    "runs": sorted([run.config["x"], run.state] for run in found.runs),
    "stoppedEarly": len(set(stopped)),
    "agentEnded": agent.returncode == 0,
}

# A run with settings of somebody's choice goes first.
other = wandb.sweep({"method": "random", "parameters": {"y": {"min": 0.0, "max": 1.0}}}, project="uncategorized")
chosen = []


def note():
    with wandb.init() as run:
        chosen.append([run.config.y, run.name])


queued = api.sweep(f"uncategorized/{other}").enqueue_run({"y": {"value": 7}}, display_name="by hand")
wandb.agent(other, function=note, count=2, project="uncategorized")
print("RESULT", json.dumps({**led, "enqueued": [bool(queued), chosen[0], 0 <= chosen[1][0] <= 1]}))
