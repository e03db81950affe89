"""detection.json. Needs pycocotools==2.0.11."""
import contextlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from fixtures import write

random = np.random.default_rng(5)
NAMES = ["map", "map50", "map75", "mapSmall", "mapMedium", "mapLarge", "recall1", "recall10", "recall100", "recallSmall", "recallMedium", "recallLarge"]


def drawn(images, classes, objects, noise, crowds=0.0, extra=2, copies=1, ties=False):
    """Objects of all sizes; what was found is nearly there, and some of it twice, elsewhere, or of another class."""
    result = []
    for _ in range(images):
        count = int(random.integers(0, objects + 1))
        sizes = np.exp(random.uniform(np.log(8), np.log(200), (count, 2)))
        boxes = np.round(np.concatenate([random.uniform(0, 400, (count, 2)), sizes], 1), 2)
        labels = random.integers(0, classes, count)
        found = [np.round(boxes * (1 + random.normal(0, noise, boxes.shape)), 2) for _ in range(copies)]
        found.append(np.round(np.concatenate([random.uniform(0, 400, (extra, 2)), random.uniform(5, 150, (extra, 2))], 1), 2))
        found = np.abs(np.concatenate(found))
        guesses = np.concatenate([*[np.where(random.random(count) < 0.85, labels, random.integers(0, classes, count)) for _ in range(copies)], random.integers(0, classes, extra)])
        kept = random.random(len(found)) < 0.9
        scores = np.round(random.random(len(found)), 1 if ties else 4)
        result.append({
            "boxes": boxes, "labels": labels, "isCrowd": (random.random(count) < crowds).astype(int),
            "areas": np.round(boxes[:, 2] * boxes[:, 3] * random.uniform(0.6, 1, count), 2),
            "foundBoxes": found[kept], "foundLabels": guesses[kept], "scores": scores[kept],
        })
    return result


def case(name, classes, images):
    annotations, results = [], []
    for index, image in enumerate(images):
        for box, label, crowd, area in zip(image["boxes"], image["labels"], image["isCrowd"], image["areas"]):
            annotations.append({"id": len(annotations) + 1, "image_id": index, "category_id": int(label), "bbox": [float(v) for v in box], "area": float(area), "iscrowd": int(crowd)})
        for box, label, score in zip(image["foundBoxes"], image["foundLabels"], image["scores"]):
            results.append({"image_id": index, "category_id": int(label), "bbox": [float(v) for v in box], "score": float(score)})
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {"images": [{"id": index} for index in range(len(images))], "categories": [{"id": label} for label in range(classes)], "annotations": annotations}
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()

    def mean(values):
        values = values[values > -1]
        return values.mean() if values.size else float("nan")

    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]
    return {
        "name": name, "classCount": classes,
        "images": [{key: value.ravel() for key, value in image.items()} for image in images],
        "expected": {key: value if value > -1 else float("nan") for key, value in zip(NAMES, evaluation.stats)},
        "perClass": [{
            "averagePrecision": mean(precision[:, :, label, 0, 2]), "averagePrecision50": mean(precision[0, :, label, 0, 2]),
            "averagePrecision75": mean(precision[5, :, label, 0, 2]), "averageRecall": mean(recall[:, label, 0, 2]),
        } for label in range(classes)],
    }


write("detection", {"cases": [
    case("a good detector", 3, drawn(8, 3, 6, 0.03)),
    case("a bad one", 4, drawn(8, 4, 6, 0.12)),
    case("crowds", 2, drawn(8, 2, 8, 0.05, crowds=0.4)),
    case("many equal scores", 2, drawn(8, 2, 6, 0.05, ties=True)),
    case("everything found three times", 2, drawn(5, 2, 6, 0.05, copies=3)),
    case("more than 100 detections of a class", 1, drawn(1, 1, 8, 0.05, extra=130)),
    case("classes without objects", 6, [dict(image, labels=image["labels"] % 2) for image in drawn(5, 3, 5, 0.05)]),
]})
