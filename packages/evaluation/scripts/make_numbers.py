"""multi-label.json, regression.json, segmentation.json, retrieval.json. Needs scikit-learn==1.9.1 and scipy."""
import warnings

import numpy as np
import sklearn
from scipy import stats
from sklearn import metrics as M

from fixtures import write

warnings.simplefilter("ignore")
random = np.random.default_rng(2)
NAN = float("nan")


def multi_label_case(name, labels, predictions):
    labels, predictions = np.asarray(labels), np.asarray(predictions)
    case = {"name": name, "labelCount": labels.shape[1], "labels": labels.ravel(), "predictions": predictions.ravel()}
    case["subsetAccuracy"] = M.accuracy_score(labels, predictions)
    case["hammingLoss"] = M.hamming_loss(labels, predictions)
    for zero_division in (0.0, 1.0, NAN):
        report = {}
        p, r, f, s = M.precision_recall_fscore_support(labels, predictions, zero_division=zero_division)
        report["perClass"] = [{"precision": a, "recall": b, "f1": c, "support": d} for a, b, c, d in zip(p, r, f, s)]
        for average in ("macro", "micro", "weighted", "samples"):
            p, r, f, _ = M.precision_recall_fscore_support(labels, predictions, average=average, zero_division=zero_division)
            report[average] = {"precision": p, "recall": r, "f1": f}
        case["zeroDivision" + ("NaN" if zero_division != zero_division else str(int(zero_division)))] = report
    return case


cases = []
for rows, labels in ((30, 3), (80, 6)):
    actual = (random.random((rows, labels)) < 0.4).astype(int)
    cases.append(multi_label_case(f"{rows} rows of {labels} labels", actual, np.where(random.random(actual.shape) < 0.2, 1 - actual, actual)))
cases.append(multi_label_case("rows and labels without anything", [[1, 0, 0], [0, 0, 0], [1, 1, 0]], [[1, 0, 0], [0, 0, 0], [0, 1, 0]]))
cases.append(multi_label_case("nothing at all", np.zeros((3, 2), int), np.zeros((3, 2), int)))
cases.append(multi_label_case("nothing predicted", [[1, 0], [0, 1]], np.zeros((2, 2), int)))
write("multi-label", {"sklearn": sklearn.__version__, "cases": cases})


def regression_case(name, targets, predictions):
    targets, predictions = np.asarray(targets, float), np.asarray(predictions, float)
    several = len(targets) > 1
    return {
        "name": name, "targets": targets, "predictions": predictions,
        "expected": {
            "meanError": float(np.mean(predictions - targets)),
            "meanAbsoluteError": M.mean_absolute_error(targets, predictions),
            "meanSquaredError": M.mean_squared_error(targets, predictions),
            "rootMeanSquaredError": M.root_mean_squared_error(targets, predictions),
            "medianAbsoluteError": M.median_absolute_error(targets, predictions),
            "maxError": M.max_error(targets, predictions),
            "meanAbsolutePercentageError": M.mean_absolute_percentage_error(targets, predictions),
            "r2": M.r2_score(targets, predictions),
            "explainedVariance": M.explained_variance_score(targets, predictions),
            "pearson": stats.pearsonr(targets, predictions).statistic if several else NAN,
            "spearman": stats.spearmanr(targets, predictions).statistic if several else NAN,
        },
    }


cases = []
for rows in (2, 31, 100):
    targets = np.round(random.normal(10, 4, rows), 4)
    cases.append(regression_case(f"{rows} rows", targets, np.round(targets + random.normal(0.5, 2, rows), 4)))
cases.append(regression_case("equal values on both sides", random.integers(0, 4, 40), random.integers(0, 3, 40)))
cases.append(regression_case("all right", [1, 2, 4], [1, 2, 4]))
cases.append(regression_case("constant target", [2, 2, 2], [1, 2, 4]))
cases.append(regression_case("constant target, all right", [2, 2, 2], [2, 2, 2]))
cases.append(regression_case("constant target, off by the same everywhere", [2, 2, 2], [3, 3, 3]))
cases.append(regression_case("constant prediction", [1, 2, 4], [0.1, 0.1, 0.1]))
cases.append(regression_case("target 0", [0, 1], [0.5, 1]))
cases.append(regression_case("the wrong way round", [1, 2, 3], [3, 2, 1]))
cases.append(regression_case("one row", [1], [2]))
write("regression", {"sklearn": sklearn.__version__, "cases": cases})


def segmentation_case(name, labels, predictions, classes, ignored=None):
    labels, predictions = np.asarray(labels).ravel(), np.asarray(predictions).ravel()
    kept = labels != ignored if ignored is not None else np.ones(labels.shape, bool)
    actual, predicted = labels[kept], predictions[kept]
    names = list(range(classes))
    iou = M.jaccard_score(actual, predicted, labels=names, average=None, zero_division=0)
    dice = M.f1_score(actual, predicted, labels=names, average=None, zero_division=0)
    present = np.array([bool((actual == c).any() or (predicted == c).any()) for c in names])
    shares = np.array([(actual == c).mean() for c in names])
    case = {"name": name, "classCount": classes, "labels": labels, "predictions": predictions}
    if ignored is not None:
        case["ignoredLabel"] = ignored
    case["expected"] = {
        "iouPerClass": np.where(present, iou, NAN), "dicePerClass": np.where(present, dice, NAN),
        "meanIou": iou[present].mean(), "meanDice": dice[present].mean(),
        "pixelAccuracy": M.accuracy_score(actual, predicted), "frequencyWeightedIou": (shares * iou).sum(),
    }
    return case


def blobs(size, classes, offset):
    rows, columns = np.mgrid[0:size, 0:size]
    mask = np.zeros((size, size), int)
    for index in range(1, classes):
        centre = size * np.array([0.3, 0.7]) * (0.6 + 0.3 * index) % size + offset
        mask[(rows - centre[0]) ** 2 + (columns - centre[1]) ** 2 < (size / 5) ** 2] = index
    return mask


cases = [
    segmentation_case("three blobs", blobs(16, 4, 0), blobs(16, 4, 1), 4),
    segmentation_case("a class that is missing", blobs(12, 3, 0), blobs(12, 3, 1), 5),
    segmentation_case("a class that was made up", np.zeros(16, int), [0] * 12 + [1] * 4, 2),
]
labels = blobs(16, 3, 0)
labels[:3] = 255
cases.append(segmentation_case("pixels that do not count", labels, blobs(16, 3, 1), 3, ignored=255))
write("segmentation", {"sklearn": sklearn.__version__, "cases": cases})

# Rankings without equal scores, over all documents: scikit-learn's ndcg_score and average_precision_score apply as they are.
cases = []
for documents in (6, 25):
    for _ in range(4):
        relevance = random.integers(0, 4, documents) * (random.random(documents) < 0.5)
        if not relevance.any():
            relevance[0] = 2
        scores = random.permutation(documents).astype(float)
        order = np.argsort(-scores)
        hits = relevance[order] > 0
        cases.append({
            "ranked": order, "relevant": [[index, gain] for index, gain in enumerate(relevance) if gain > 0],
            "ndcg": M.ndcg_score([relevance], [scores]), "ndcg3": M.ndcg_score([relevance], [scores], k=3),
            "ndcgExponential": M.ndcg_score([2.0**relevance - 1], [scores]),
            "averagePrecision": M.average_precision_score(relevance > 0, scores),
            "reciprocalRank": 1 / (1 + np.flatnonzero(hits)[0]),
            "recall5": hits[:5].sum() / hits.sum(), "precision5": M.precision_score(relevance > 0, np.isin(np.arange(documents), order[:5])),
        })
write("retrieval", {"sklearn": sklearn.__version__, "cases": cases})
