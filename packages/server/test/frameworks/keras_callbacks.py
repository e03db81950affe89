"""Keras with WandbMetricsLogger, WandbModelCheckpoint and a WandbEvalCallback."""

import os
import sys
import types

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy
import torch

import wandb
from read_back import expect_rows, read_back

# W&B's callbacks reach Keras through TensorFlow alone, and of that they need these names.
stand_in = types.ModuleType("tensorflow")
stand_in.keras, stand_in.Variable, stand_in.Tensor = keras, keras.Variable, torch.Tensor
names = {"tensorflow": stand_in, "tensorflow.keras": keras, "tensorflow.keras.callbacks": keras.callbacks}
sys.modules.update(names)
from wandb.integration.keras import WandbEvalCallback, WandbMetricsLogger, WandbModelCheckpoint

for name in names:
    # Keras looks for it, too.
    del sys.modules[name]


class Predictions(WandbEvalCallback):
    def __init__(self, x, y):
        super().__init__(data_table_columns=["index", "image", "label"], pred_table_columns=["epoch", "image", "label", "score"])
        self.x, self.y = x, y

    def add_ground_truth(self, logs=None):
        for index, (image, label) in enumerate(zip(self.x, self.y)):
            self.data_table.add_data(index, wandb.Image(image.reshape(4, 4, 1)), int(label))

    def add_model_predictions(self, epoch, logs=None):
        scores = self.model.predict(self.x, verbose=0)[:, 0]
        for index in self.data_table_ref.get_index():
            _, image, label = self.data_table_ref.data[index]
            self.pred_table.add_data(epoch, image, label, float(scores[index]))


keras.utils.set_random_seed(0)
x = numpy.random.default_rng(0).random((32, 16)).astype("float32")
y = (x.mean(axis=1) > 0.5).astype("float32")
model = keras.Sequential([keras.layers.Input((16,)), keras.layers.Dense(4, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
with wandb.init(project="frameworks", id="keras", config={"units": 4}):
    trained = model.fit(
        x,
        y,
        epochs=3,
        batch_size=8,
        validation_data=(x, y),
        verbose=0,
        callbacks=[
            WandbMetricsLogger(log_freq=2),
            WandbModelCheckpoint("model-{epoch:02d}.keras", save_freq="epoch"),
            Predictions(x[:5], y[:5]),
        ],
    )

run = read_back("frameworks/keras")
expect_rows(
    run,
    {
        "epoch/loss": trained.history["loss"],
        "epoch/val_loss": trained.history["val_loss"],
        "epoch/accuracy": trained.history["accuracy"],
        "epoch/epoch": [0, 1, 2],
    },
)
assert run.config["units"] == 4, run.config
models = [artifact for artifact in run.logged_artifacts() if artifact.type == "model"]
assert [{f"epoch_{index}"} <= set(artifact.aliases) for index, artifact in enumerate(models)] == [True] * 3, models
assert "latest" in models[-1].aliases and "latest" not in models[0].aliases
evaluations = [artifact for artifact in run.logged_artifacts() if artifact.type == "evaluation"]
assert len(evaluations) == 3, evaluations
table = evaluations[-1].get("eval_data")
assert [row[0] for row in table.data] == [2] * 5 and table.data[0][1]._width == 4, table.data
assert [artifact.type for artifact in run.used_artifacts()] == ["dataset"]
