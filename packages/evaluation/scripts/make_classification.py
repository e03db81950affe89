"""classification.json and curves.json. Needs scikit-learn==1.9.1."""
import warnings

import numpy as np
import sklearn
from sklearn import metrics as M

from fixtures import write

warnings.simplefilter("ignore")
random = np.random.default_rng(1)
NAN = float("nan")


def rounded(scores):
    """Short decimals, so that the file holds exactly what was scored."""
    return np.round(scores, 6)


def classification_case(name, labels, probabilities, predictions=None):
    labels = np.asarray(labels)
    classes = list(range(probabilities.shape[1]))
    predictions = probabilities.argmax(1) if predictions is None else np.asarray(predictions)
    case = {"name": name, "classCount": len(classes), "labels": labels, "predictions": predictions, "probabilities": probabilities.ravel()}
    case["confusion"] = M.confusion_matrix(labels, predictions, labels=classes).ravel()
    case["accuracy"] = M.accuracy_score(labels, predictions)
    case["balancedAccuracy"] = M.balanced_accuracy_score(labels, predictions)
    case["matthews"] = M.matthews_corrcoef(labels, predictions)
    case["kappa"] = {w or "none": M.cohen_kappa_score(labels, predictions, weights=w, labels=classes) for w in (None, "linear", "quadratic")}
    case["topK"] = [M.top_k_accuracy_score(labels, probabilities, k=k, labels=classes) for k in classes[1:-1]] if len(classes) > 2 else []
    case["logLoss"] = M.log_loss(labels, probabilities, labels=classes)
    case["brier"] = M.brier_score_loss(labels, probabilities if len(classes) > 2 else probabilities[:, 1], labels=classes)
    for zero_division in (0.0, 1.0, NAN):
        report = {}
        p, r, f, s = M.precision_recall_fscore_support(labels, predictions, labels=classes, zero_division=zero_division)
        report["perClass"] = [{"precision": a, "recall": b, "f1": c, "support": d} for a, b, c, d in zip(p, r, f, s)]
        for average in ("macro", "micro", "weighted"):
            p, r, f, _ = M.precision_recall_fscore_support(labels, predictions, average=average, zero_division=zero_division)
            report[average] = {"precision": p, "recall": r, "f1": f}
        p, r, f, _ = M.precision_recall_fscore_support(labels, predictions, labels=classes, average="macro", zero_division=zero_division)
        report["macroOfAll"] = {"precision": p, "recall": r, "f1": f}
        case["zeroDivision" + ("NaN" if zero_division != zero_division else str(int(zero_division)))] = report
    if len(set(labels)) == len(classes) > 2:
        case["areas"] = {f"{multi}_{average}": M.roc_auc_score(labels, probabilities, multi_class=multi, average=average) for multi in ("ovr", "ovo") for average in ("macro", "weighted")}
        onehot = np.eye(len(classes))[labels]
        case["areas"]["perClass"] = M.roc_auc_score(onehot, probabilities, average=None)
        case["areas"]["averagePrecision"] = M.average_precision_score(onehot, probabilities, average=None)
    return case


def drawn(rows, classes, ties=False):
    """Scores that know something; many are equal when ties are wanted."""
    labels = random.integers(0, classes, rows)
    logits = random.normal(size=(rows, classes)) + 1.2 * np.eye(classes)[labels]
    weights = np.exp(logits)
    probabilities = weights / weights.sum(1, keepdims=True)
    # Tenths that still add up to 1, as scikit-learn wants them.
    return labels, np.array([random.multinomial(10, row) / 10 for row in probabilities]) if ties else rounded(probabilities)


cases = []
for rows, classes in ((40, 2), (60, 3), (200, 7)):
    cases.append(classification_case(f"{rows} rows of {classes} classes", *drawn(rows, classes)))
cases.append(classification_case("many equal scores", *drawn(80, 4, ties=True)))
labels, probabilities = drawn(30, 4)
cases.append(classification_case("a class that is never predicted", labels, probabilities, np.where(probabilities.argmax(1) == 2, 0, probabilities.argmax(1))))
labels, probabilities = drawn(30, 4)
cases.append(classification_case("a class without rows", np.where(labels == 3, 1, labels), probabilities))
cases.append(classification_case("a class that is neither", np.where(labels == 3, 1, labels), probabilities, np.where(probabilities.argmax(1) == 3, 0, probabilities.argmax(1))))
cases.append(classification_case("one class predicted", labels, probabilities, np.zeros(30, int)))
cases.append(classification_case("all right", [0, 1, 2, 1], np.eye(3)[[0, 1, 2, 1]]))
cases.append(classification_case("all wrong, and sure of it", [0, 1, 2, 1], np.eye(3)[[1, 2, 0, 0]]))
cases.append(classification_case("one row", [1], np.array([[0.25, 0.5, 0.25]])))
write("classification", {"sklearn": sklearn.__version__, "cases": cases})


def curve_case(name, positive, scores):
    positive = np.asarray(positive)
    scores = np.asarray(scores, float)
    case = {"name": name, "isPositive": positive, "scores": scores}
    for drop in (True, False):
        fpr, tpr, thresholds = M.roc_curve(positive, scores, pos_label=1, drop_intermediate=drop)
        case["roc" if drop else "rocWhole"] = {"falsePositiveRate": fpr, "truePositiveRate": tpr, "thresholds": thresholds}
    precision, recall, thresholds = M.precision_recall_curve(positive, scores, pos_label=1)
    case["precisionRecall"] = {"precision": precision, "recall": recall, "thresholds": thresholds}
    case["rocAuc"] = M.roc_auc_score(positive, scores) if len(set(positive)) > 1 else NAN
    case["averagePrecision"] = M.average_precision_score(positive, scores)
    candidates = [float("inf"), *sorted(set(scores), reverse=True)]
    predicted = [(scores >= threshold).astype(int) for threshold in candidates]
    criteria = {"f1": lambda p: M.f1_score(positive, p, zero_division=0), "accuracy": lambda p: M.accuracy_score(positive, p)}
    if len(set(positive)) > 1:
        criteria["youden"] = lambda p: M.balanced_accuracy_score(positive, p, adjusted=True)
    for key, value_of in criteria.items():
        values = [value_of(p) for p in predicted]
        # What differs by a rounding only is equally good: the first, which is the highest threshold, wins.
        best = next(i for i, v in enumerate(values) if v > max(values) - 1e-12)
        case.setdefault("best", {})[key] = {"threshold": candidates[best], "value": values[best]}
    return case


cases = []
for rows in (5, 50, 150):
    positive = random.integers(0, 2, rows)
    cases.append(curve_case(f"{rows} rows", positive, rounded(random.normal(size=rows) + positive)))
positive = random.integers(0, 2, 60)
cases.append(curve_case("many equal scores", positive, np.round(random.normal(size=60) + positive, 0)))
cases.append(curve_case("all scores equal", [0, 1, 1, 0, 1], [0.5] * 5))
cases.append(curve_case("separated", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]))
cases.append(curve_case("the wrong way round", [1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9]))
cases.append(curve_case("no positives", [0, 0, 0], [0.1, 0.4, 0.3]))
cases.append(curve_case("no negatives", [1, 1, 1], [0.1, 0.4, 0.3]))
cases.append(curve_case("one positive row", [1], [0.3]))
write("curves", {"sklearn": sklearn.__version__, "cases": cases})
