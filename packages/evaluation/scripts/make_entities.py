"""entities.json.

Usage: make_entities.py REFERENCES. Needs numpy and a folder with `seqeval/` (github.com/chakki-works/seqeval at cd01b52, which is 1.2.2 and
not on every package index).
"""
import sys
import warnings

import numpy as np

from fixtures import write

sys.path.insert(0, sys.argv[1])
sys.argv[1:] = []
from seqeval import scheme as S  # noqa: E402
from seqeval.metrics import sequence_labeling as Q  # noqa: E402

warnings.simplefilter("ignore")
random = np.random.default_rng(4)
PREFIXES = {"lenient": "BIES", "IOB2": "BI", "IOE2": "IE", "IOBES": "BIES", "BILOU": "BILU"}


def drawn(prefixes, types, length):
    """Any tag after any other: most lists are malformed somewhere."""
    return ["O" if random.random() < 0.25 else f"{random.choice(list(prefixes))}-{random.choice(types)}" for _ in range(length)]


def changed(tags, prefixes, types):
    return [tag if random.random() < 0.8 else drawn(prefixes, types, 1)[0] for tag in tags]


def case(name, scheme, labels, predictions):
    strict = {} if scheme == "lenient" else {"mode": "strict", "scheme": getattr(S, scheme)}
    one = {"name": name, "scheme": scheme, "labels": labels, "predictions": predictions, "tokenAccuracy": Q.accuracy_score(labels, predictions)}
    if scheme == "lenient":
        one["entities"] = [[[type_, start, end + 1] for type_, start, end in Q.get_entities(tags)] for tags in labels]
        found = {type_ for tags in labels + predictions for type_, _, _ in Q.get_entities(tags)}
    else:
        entities = S.Entities(labels, scheme=strict["scheme"])
        one["entities"] = [[[entity.tag, entity.start, entity.end] for entity in of_text] for of_text in entities.entities]
        found = entities.unique_tags | S.Entities(predictions, scheme=strict["scheme"]).unique_tags
    for zero_division in (0, 1):
        report = Q.classification_report(labels, predictions, output_dict=True, zero_division=zero_division, **strict)
        words = {"precision": "precision", "recall": "recall", "f1": "f1-score", "support": "support"}
        pick = lambda row, keys=tuple(words): {key: float(row[words[key]]) for key in keys}
        three = ("precision", "recall", "f1")
        one[f"zeroDivision{zero_division}"] = {
            "perType": [[type_, pick(report[type_])] for type_ in sorted(found)],
            **{average: pick(report[f"{average} avg"], three) for average in ("micro", "macro", "weighted")},
        }
    return one


cases = []
for scheme, prefixes in PREFIXES.items():
    types = ["PER", "LOC", "ORG-SUB"]
    labels = [drawn(prefixes, types, length) for length in (1, 5, 12, 30, 60)]
    cases.append(case(f"{scheme}, drawn", scheme, labels, [changed(tags, prefixes, types) for tags in labels]))
    labels = [drawn(prefixes, ["PER"], 40)]
    cases.append(case(f"{scheme}, one type", scheme, labels, [changed(tags, prefixes, ["PER", "LOC"]) for tags in labels]))
cases.append(case("an entity at the end of a text does not go on in the next", "lenient", [["O", "B-PER"], ["I-PER", "O"]], [["O", "B-PER"], ["I-PER", "O"]]))
cases.append(case("a type that is never predicted", "IOB2", [["B-PER", "I-PER", "B-LOC"]], [["B-PER", "I-PER", "O"]]))
cases.append(case("a type that does not exist", "IOB2", [["B-PER", "I-PER", "O"]], [["B-PER", "I-PER", "B-LOC"]]))
cases.append(case("right place, wrong type", "IOB2", [["B-PER", "I-PER", "O"]], [["B-LOC", "I-LOC", "O"]]))
cases.append(case("tags without a type", "lenient", [["B", "I", "O", "I"]], [["B", "I", "I", "O"]]))
write("entities", {"cases": cases})
