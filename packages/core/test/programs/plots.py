"""Calls wandb.plot for each {name, args} of a JSON list on standard input; prints what came out as JSON."""
import json
import math
import sys

from wandb import plot

FUNCTIONS = {"rocCurve": plot.roc_curve, "prCurve": plot.pr_curve, "confusionMatrix": plot.confusion_matrix, "lineSeries": plot.line_series}
NAMES = {"yTrue": "y_true", "yProbas": "y_probas", "classesToPlot": "classes_to_plot", "interpSize": "interp_size", "classNames": "class_names"}


def cell(value):
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and math.isnan(value) else value


results = []
for case in json.load(sys.stdin):
    chart = FUNCTIONS[case["name"]](**{NAMES.get(name, name): value for name, value in case["args"].items()})
    results.append({
        "preset": chart.spec.spec_name, "fields": chart.spec.fields, "texts": chart.spec.string_fields,
        "columns": chart.table.columns, "data": [[cell(value) for value in row] for row in chart.table.data],
    })
print(json.dumps(results))
