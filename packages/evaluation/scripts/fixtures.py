"""Shared by the programs that make fixtures: plain JSON types, NaN and infinities as strings, one case a line."""
import json
import math
import os
import sys
from pathlib import Path

import numpy as np

# Formatted text cannot depend on the order of sets.
if os.environ.get("PYTHONHASHSEED") != "0":
    os.environ["PYTHONHASHSEED"] = "0"
    os.execv(sys.executable, [sys.executable, *sys.argv])

FIXTURES = Path(__file__).resolve().parents[1] / "test" / "fixtures"


def clean(value):
    if isinstance(value, dict):
        return {str(key): clean(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(member) for member in value]
    if isinstance(value, np.ndarray):
        return clean(value.tolist())
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, (float, np.floating)):
        value = float(value)
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
    return value


def write(name, members):
    """One top-level member a line, the elements of lists of cases too: small, and its changes can be read."""
    lines = []
    for key, value in clean(members).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            cases = ",\n".join(f"    {json.dumps(case, ensure_ascii=False, allow_nan=False)}" for case in value)
            lines.append(f"  {json.dumps(key)}: [\n{cases}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}")
    path = FIXTURES / f"{name}.json"
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(path.name, path.stat().st_size)
