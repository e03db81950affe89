"""rouge.json: ROUGE-1, ROUGE-2 and ROUGE-L as Google's own program computes them.

Usage: make_rouge.py [REFERENCES]. Needs rouge-score==0.1.2; where no index has it, a folder with `rouge_score/` (the three modules
rouge_scorer.py, scoring.py and tokenize.py of github.com/google-research/google-research, rouge/ at 0c1bbe5) and nltk, six, numpy.
Of several references the one with the best F1 counts, for each kind alone, as in `RougeScorer.score_multi` of 0.1.2.
"""
import json
import sys

import numpy as np

from fixtures import FIXTURES, write

if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])
from rouge_score import rouge_scorer  # noqa: E402

random = np.random.default_rng(11)
WORDS = "the a cat dog sat on mat, red-hot 3.14 don't \"quoted\" Größe 東京 U.S. 2-3 end. THE running runs x_y".split()
KINDS = ["rouge1", "rouge2", "rougeL"]
scorer = rouge_scorer.RougeScorer(KINDS, use_stemmer=False)

# The texts of text.json, and longer ones with the same words again and again.
pairs = [(row["references"], row["prediction"]) for row in json.loads((FIXTURES / "text.json").read_text())["rows"]]
for length in (1, 2, 5, 12, 30, 60, 120):
    texts = [" ".join(str(word) for word in random.choice(WORDS, length)) for _ in range(4)]
    pairs += [([texts[0]], texts[1]), ([texts[2], texts[0]], texts[3])]


def score(references, prediction):
    each = [scorer.score(reference, prediction) for reference in references]
    best = {kind: max((one[kind] for one in each), key=lambda value: value.fmeasure) for kind in KINDS}
    return {kind: {"precision": one.precision, "recall": one.recall, "f1": one.fmeasure} for kind, one in best.items()}


write("rouge", {"rows": [{"references": references, "prediction": prediction, **score(references, prediction)} for references, prediction in pairs]})
