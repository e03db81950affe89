"""The plots of `wandb.sklearn`: classifiers, regressors and clusterers."""

import json

import wandb
from read_back import read_back
from sklearn.cluster import KMeans
from sklearn.datasets import load_diabetes, load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import Ridge
from sklearn.metrics import confusion_matrix
from sklearn.model_selection import train_test_split

x, y = load_iris(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, random_state=0)
names = ["setosa", "versicolor", "virginica"]
forest = RandomForestClassifier(n_estimators=10, random_state=0).fit(x_train, y_train)
with wandb.init(project="frameworks", id="sklearn"):
    predictions, probabilities = forest.predict(x_test), forest.predict_proba(x_test)
    wandb.sklearn.plot_classifier(
        forest, x_train, x_test, y_train, y_test, predictions, probabilities, names, model_name="forest"
    )
    x_r, y_r = load_diabetes(return_X_y=True)
    wandb.sklearn.plot_regressor(Ridge(), x_r[:300], x_r[300:], y_r[:300], y_r[300:], model_name="ridge")
    wandb.sklearn.plot_clusterer(KMeans(3, n_init=2, random_state=0).fit(x), x, None, names, "means")

run = read_back("frameworks/sklearn")
expected = confusion_matrix(y_test, predictions)
found = next(artifact for artifact in run.logged_artifacts() if "confusion_matrix" in artifact.name)
entry = next(name for name in found.manifest.entries if name.endswith(".table.json"))
# `Artifact.get` cannot take the types of NumPy's texts that the client itself has put into the table.
with open(found.get_entry(entry).download(root="tables")) as file:
    rows = json.load(file)["data"]
assert {(predicted, actual): count for predicted, actual, count in rows} == {
    # The client calls the row of the matrix "Predicted", which scikit-learn calls the true label.
    (names[row], names[column]): expected[row][column]
    for row in range(3)
    for column in range(3)
}, (rows, expected)
keys = {key for row in run.scan_history() for key in row}
assert {"roc_table", "precision_recall_table"} <= keys, keys
