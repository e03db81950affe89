"""digits-cnn.logits.json and ticket-classifier.logits.json: what the two models of a data folder say about its test rows.

Usage: make_logits.py DATA_FOLDER. Needs onnxruntime==1.30.0 and tokenizers. DATA_FOLDER holds digits.csv, digits-cnn.onnx, tickets.csv,
models/ticket-classifier and *.expected.json, whose values were computed from the same logits.
"""
import csv
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from fixtures import FIXTURES

DATA = Path(sys.argv[1])


def test_rows(name):
    with open(DATA / name, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["split"] == "test"]


def write_logits(name, logits):
    expected = json.loads((DATA / f"{name}.expected.json").read_text())
    assert np.array_equal(logits[0].astype(np.float64), np.array(expected["logits_first_row"])), name
    rows = ",\n".join("  " + json.dumps([float(str(value)) for value in row]) for row in logits)
    (FIXTURES / f"{name}.logits.json").write_text("[\n" + rows + "\n]\n")


digits = onnxruntime.InferenceSession(DATA / "digits-cnn.onnx")
pixels = np.array([[float(row[f"p{index}"]) for index in range(64)] for row in test_rows("digits.csv")], np.float32)
write_logits("digits-cnn", digits.run(None, {"image": (pixels / 16).reshape(-1, 1, 8, 8)})[0])

folder = DATA / "models" / "ticket-classifier"
tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
tickets = onnxruntime.InferenceSession(next(folder.rglob("model.onnx")))
logits = []
for row in test_rows("tickets.csv"):
    ids = np.array([tokenizer.encode(row["text"]).ids], np.int64)
    logits.append(tickets.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0])
write_logits("ticket-classifier", np.array(logits))
