"""Learning rates of PyTorch's ReduceLROnPlateau, for test/fixtures/plateau.json.

    python -m venv V && V/bin/pip install torch && V/bin/python make_plateau.py
"""

import json
import random
from pathlib import Path

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

SETTINGS = [
    {},
    {"patience": 0},
    {"patience": 2, "factor": 0.5, "cooldown": 3},
    {"patience": 1, "mode": "max", "threshold": 0.05},
    {"patience": 1, "threshold": 0.02, "threshold_mode": "abs"},
    {"patience": 0, "min_lr": 0.004, "factor": 0.3},
    {"patience": 0, "eps": 0.005},
    {"patience": 1, "mode": "max", "threshold": 0.1, "threshold_mode": "abs", "cooldown": 1},
]


def learning_rates(settings, values):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.01)
    scheduler = ReduceLROnPlateau(optimizer, **settings)
    rates = []
    for value in values:
        scheduler.step(value)
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


def main():
    random.seed(1)
    values = [round(1 / (1 + step / 4) + random.uniform(-0.1, 0.1), 3) for step in range(60)]
    cases = [{"settings": one, "rates": learning_rates(one, values)} for one in SETTINGS]
    path = Path(__file__).parent.parent / "test" / "fixtures" / "plateau.json"
    path.write_text(json.dumps({"torch": torch.__version__, "values": values, "cases": cases}, separators=(",", ":")) + "\n")


main()
