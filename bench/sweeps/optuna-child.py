"""Searches with Optuna: a line of JSON in says how, then a line out for each trial and its value in.

Needs `pip install optuna` (and `torch`, for the sampler by Gaussian processes).
"""

import json
import sys


def say(message):
    print(json.dumps(message), flush=True)


request = json.loads(sys.stdin.readline())
try:
    import optuna

    if request["sampler"] == "gp":
        import torch  # noqa: F401
except (ImportError, OSError) as error:  # The latter where a library of torch is missing.
    say({"missing": f"{error}. Install it (pip install optuna torch) and set LOSSLINE_BENCH_PYTHON to that Python."})
    sys.exit()

optuna.logging.set_verbosity(optuna.logging.ERROR)
samplers = {"tpe": optuna.samplers.TPESampler, "gp": optuna.samplers.GPSampler}


def suggest(trial, name, definition):
    if "values" in definition:
        return trial.suggest_categorical(name, definition["values"])
    kind = definition.get("distribution", "int_uniform")
    low, high = definition["min"], definition["max"]
    if kind == "int_uniform":
        return trial.suggest_int(name, low, high)
    return trial.suggest_float(name, low, high, log=kind == "log_uniform_values")


def objective(trial):
    settings = {name: suggest(trial, name, definition) for name, definition in request["parameters"].items()}
    say({"trial": settings, "number": trial.number})
    return float(sys.stdin.readline())


for seed in request["seeds"]:
    study = optuna.create_study(sampler=samplers[request["sampler"]](seed=seed))
    study.optimize(objective, n_trials=request["trialCount"])
