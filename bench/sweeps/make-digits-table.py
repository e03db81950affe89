"""Makes digits-table.json: cross-validated errors of a classifier of scikit-learn's digits over a grid of its settings.

Run by hand, with scikit-learn: `python bench/sweeps/make-digits-table.py`. It takes some minutes; the result is in the repository.
"""

import itertools
import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC


def rounded(values):
    """Three significant digits, which are also what the classifier is trained with."""
    return [float(f"{value:.3g}") for value in values]


axes = {
    "C": rounded(np.geomspace(1e-2, 1e3, 13)),
    "gamma": rounded(np.geomspace(1e-5, 1e1, 15)),
    "kernel": ["poly", "rbf", "sigmoid"],
    "scaling": ["range", "standard"],
}
scalers = {"range": MinMaxScaler, "standard": StandardScaler}

images, labels = load_digits(return_X_y=True)
folds = StratifiedKFold(3, shuffle=True, random_state=0)
errors = []
for c, gamma, kernel, scaling in itertools.product(*axes.values()):
    model = make_pipeline(scalers[scaling](), SVC(C=c, gamma=gamma, kernel=kernel))
    answers = cross_val_predict(model, images, labels, cv=folds)
    errors.append(round(100_000 * float(np.mean(answers != labels))))

table = {"axes": axes, "errors": errors}
Path(__file__).with_name("digits-table.json").write_text(json.dumps(table, separators=(",", ":")) + "\n")
