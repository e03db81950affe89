"""text.json: BLEU, chrF, ROUGE, SQuAD, word and character error rates.

Usage: make_text.py REFERENCES. Needs sacrebleu==2.6.0, rapidfuzz, and a folder with two reference implementations that are not on the
package index everywhere: `jiwer/` (github.com/jitsi/jiwer, src/jiwer at c1b0d5e) and `squad_v2_score.py` (github.com/huggingface/evaluate,
metrics/squad_v2/compute_score.py at a7dd338, which is SQuAD's evaluate-v2.0.py).
ROUGE is computed here from Lin's definition with the tokens of Google's rouge_score 0.1.2, independently of the TypeScript.
"""
import re
import sys
from collections import Counter
from functools import lru_cache

import numpy as np
import sacrebleu
from sacrebleu.metrics import BLEU, CHRF

from fixtures import write

sys.path.insert(0, sys.argv[1])
sys.argv[1:] = []
import jiwer  # noqa: E402
import squad_v2_score as squad  # noqa: E402

random = np.random.default_rng(3)
WORDS = "the a an cat dog sat on mat, red-hot 3.14 1,000 don't \"quoted\" (brackets) Größe naïve 東京 😀 U.S. 2-3 &amp; e.g., end. THE Cat x".split()

PAIRS = [
    (["The cat sat on the mat."], "The cat sat on the mat."),
    (["The cat sat on the mat."], "the cat sat on a mat"),
    (["The cat sat on the mat.", "There is a cat on the mat."], "A cat is on the mat."),
    (["It costs 1,000.50 dollars, not 1-2.", "It is 1,000.50 dollars."], "It costs 1,000.5 dollars - not 1-2!"),
    (["He said &quot;yes&quot; &amp; left &lt;quickly&gt;."], "He said \"yes\" & left <quickly>."),
    (["A line-\nbreak and\nanother <skipped>one"], "A linebreak and another one"),
    (["Größe naïve 東京 😀"], "größe naive 東京 😀😀"),
    (["no overlap here"], "totally different words"),
    (["a very long reference with many words that the prediction lacks"], "a very"),
    (["short"], "a rather long prediction for a reference of one word"),
    (["  spaces \t around\u00a0and\u2003inside  "], "spaces around and inside"),
    (["same", "same"], "same"),
    (["something else", "the red fox runs"], "the red fox ran"),
    (["word"], ""),
    (["(hi) 'quoted', 50% off!"], "(hi 'quoted' 50 % off"),
]


def garbled(words):
    return [w if random.random() < 0.7 else str(random.choice(WORDS)) for w in words if random.random() < 0.9]


for length in (4, 9, 15, 22):
    words = [str(w) for w in random.choice(WORDS, length)]
    PAIRS.append(([" ".join(words), " ".join(garbled(words))], " ".join(garbled(words))))


def rouge_words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def three(shared, expected, found):
    precision, recall = shared / max(found, 1), shared / max(expected, 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall) if shared else 0.0}


def rouge_n(reference, prediction, n):
    grams = [Counter(zip(*(words[i:] for i in range(n)))) for words in (reference, prediction)]
    return three(sum((grams[0] & grams[1]).values()), grams[0].total(), grams[1].total())


def rouge_l(reference, prediction):
    @lru_cache(maxsize=None)
    def longest(i, j):
        if i == len(reference) or j == len(prediction):
            return 0
        if reference[i] == prediction[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))
    return three(longest(0, 0), len(reference), len(prediction))


KINDS = {"rouge1": lambda r, p: rouge_n(r, p, 1), "rouge2": lambda r, p: rouge_n(r, p, 2), "rougeL": rouge_l}


def rouge(references, prediction):
    scores = {}
    for kind, score in KINDS.items():
        scores[kind] = max((score(rouge_words(r), rouge_words(prediction)) for r in references), key=lambda s: s["f1"])
    return scores


BLEUS = {
    "default": {}, "lower": {"lowercase": True}, "none": {"tokenize": "none"}, "floor": {"smooth_method": "floor"},
    "addK": {"smooth_method": "add-k"}, "unsmoothed": {"smooth_method": "none"}, "effective": {"effective_order": True}, "order2": {"max_ngram_order": 2},
}
CHRFS = {"default": {}, "plusPlus": {"word_order": 2}, "lower": {"lowercase": True}, "order3": {"char_order": 3, "beta": 1}}


def corpus(references, predictions):
    # sacrebleu wants the n-th references of all rows together; rows with fewer repeat their first, which changes nothing.
    count = max(map(len, references))
    streams = [[r[i] if i < len(r) else r[0] for r in references] for i in range(count)]
    case = {"bleu": {}, "chrf": {}}
    for name, options in BLEUS.items():
        score = BLEU(**options).corpus_score(list(predictions), streams)
        case["bleu"][name] = {"score": score.score, "precisions": score.precisions, "brevityPenalty": score.bp, "predictionLength": score.sys_len, "referenceLength": score.ref_len}
    for name, options in CHRFS.items():
        case["chrf"][name] = CHRF(**options).corpus_score(list(predictions), streams).score
    return case


rows = [{"references": references, "prediction": prediction, **corpus([references], [prediction]), **rouge(references, prediction)} for references, prediction in PAIRS]
whole = corpus([references for references, _ in PAIRS], [prediction for _, prediction in PAIRS])

QUESTIONS = [
    (["Denver Broncos", "The Denver Broncos"], "the Denver broncos!"), (["in 1,000 B.C."], "1000 BC"), ([], ""), ([], "something"), (["the"], ""), (["42"], "about 42 years"),
    (["an apple a day"], "apples a day"), (["naïve Thé"], "naïve the thé"), (["Saint Bernadette Soubirous"], "Bernadette"), (["over 3.14"], "over 314 over"), (["éa aérien"], "the éa an aérien a"),
]
exact, f1 = squad.get_raw_scores([{"paragraphs": [{"qas": [{"id": i, "answers": {"text": a}} for i, (a, _) in enumerate(QUESTIONS)]}]}], dict(enumerate(p for _, p in QUESTIONS)))
answers = [{"answers": a, "prediction": p, "normalized": squad.normalize_answer(p), "exactMatch": exact[i] * 100.0, "f1": f1[i] * 100.0} for i, (a, p) in enumerate(QUESTIONS)]
total = squad.make_eval_dict(exact, f1)

transcripts = [(r[0], p) for r, p in PAIRS if "\n" not in r[0] and "\t" not in r[0]] + [("", "noise"), ("", ""), ("a b c d", "d c b a"), ("kitten sitting", "sitting kitten")]
errors = []
for reference, prediction in transcripts:
    words, characters = jiwer.process_words(reference, prediction), jiwer.process_characters(reference, prediction)
    errors.append({"reference": reference, "prediction": prediction, "wer": words.wer, "cer": characters.cer})
references, predictions = [list(side) for side in zip(*transcripts)]
write("text", {
    "sacrebleu": sacrebleu.__version__, "rows": rows, "corpus": whole,
    "answers": answers, "squad": {"exactMatch": total["exact"], "f1": total["f1"]},
    "transcripts": errors, "wer": jiwer.wer(references, predictions), "cer": jiwer.cer(references, predictions),
})
