"""Lightning's WandbLogger with `log_model="all"` and `watch`: losses, hyperparameters, tables, pictures, checkpoints."""

import lightning
import numpy
import torch
import wandb
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import WandbLogger
from read_back import expect_rows, read_back


class Line(lightning.LightningModule):
    def __init__(self, rate, width):
        super().__init__()
        self.save_hyperparameters()
        self.layers = torch.nn.Sequential(torch.nn.Linear(1, width), torch.nn.Tanh(), torch.nn.Linear(width, 1))
        self.seen = {"train_loss": [], "val_loss": []}

    def training_step(self, batch, _):
        return self.note("train_loss", batch)

    def validation_step(self, batch, _):
        return self.note("val_loss", batch)

    def note(self, name, batch):
        x, y = batch
        loss = torch.nn.functional.mse_loss(self.layers(x), y)
        self.log(name, loss, on_epoch=name == "val_loss", on_step=name == "train_loss")
        if not self.trainer.sanity_checking:
            self.seen[name].append(float(loss.detach()))
        return loss

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.rate)


lightning.seed_everything(0)
x = torch.linspace(-1, 1, 32).reshape(-1, 1)
data = torch.utils.data.TensorDataset(x, x**2)
train = torch.utils.data.DataLoader(data, batch_size=8)
# One batch, so that the mean of the epoch is the loss of the batch.
validation = torch.utils.data.DataLoader(data, batch_size=32)
logger = WandbLogger(project="frameworks", id="lightning", name="line", log_model="all")
model = Line(rate=0.1, width=4)
logger.watch(model, log="all", log_freq=4)
checkpoints = ModelCheckpoint(monitor="val_loss", save_top_k=2, filename="{epoch}")
trainer = lightning.Trainer(
    max_epochs=3,
    logger=logger,
    callbacks=[checkpoints],
    log_every_n_steps=1,
    accelerator="cpu",
    enable_progress_bar=False,
    enable_model_summary=False,
)
trainer.fit(model, train, validation)
logger.log_table("table", columns=["x", "y"], data=[[1, "a"], [2, "b"]])
logger.log_image("image", [numpy.zeros((4, 4, 3), dtype=numpy.uint8)], caption=["black"])
wandb.finish()

run = read_back("frameworks/lightning")
expect_rows(
    run,
    {
        "train_loss": model.seen["train_loss"],
        "val_loss": model.seen["val_loss"],
    },
)
assert len(model.seen["train_loss"]) == 12 and len(model.seen["val_loss"]) == 3
assert run.config == {"rate": 0.1, "width": 4, **{k: run.config[k] for k in run.config if k not in ("rate", "width")}}
assert run.summary["graph_0"]["_type"] == "graph-file", run.summary.keys()
rows = list(run.scan_history(keys=["gradients/layers.0.weight"]))
assert rows and rows[0]["gradients/layers.0.weight"]["_type"] == "histogram", rows[:1]
models = [artifact for artifact in run.logged_artifacts() if artifact.type == "model"]
assert [artifact.version for artifact in models] == ["v0", "v1", "v2"], models
best = [artifact for artifact in models if "best" in artifact.aliases]
assert [artifact.metadata["score"] for artifact in best] == [float(checkpoints.best_model_score)], best
root = WandbLogger.download_artifact(f"frameworks/{best[0].name}", save_dir="downloaded", use_artifact=False)
restored = Line.load_from_checkpoint(f"{root}/model.ckpt")
assert restored.hparams == model.hparams
