"""Hugging Face's Trainer with `report_to="wandb"`: a toy classifier made from a config, evaluation, checkpoints as artifacts."""

import os

os.environ.update(WANDB_PROJECT="frameworks", WANDB_LOG_MODEL="checkpoint", WANDB_WATCH="all", WANDB_RUN_ID="trainer")

import torch
import wandb
from read_back import expect_rows, read_back
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

torch.manual_seed(0)
config = BertConfig(
    vocab_size=32,
    hidden_size=16,
    num_hidden_layers=1,
    num_attention_heads=2,
    intermediate_size=16,
    max_position_embeddings=16,
    num_labels=2,
)


def rows(count):
    tokens = torch.randint(0, 32, (count, 8))
    return [{"input_ids": row, "attention_mask": torch.ones(8), "labels": int(row[0] > 15)} for row in tokens]


def metrics(prediction):
    labels, logits = prediction.label_ids, prediction.predictions
    return {"accuracy": float((logits.argmax(-1) == labels).mean())}


trainer = Trainer(
    model=BertForSequenceClassification(config),
    args=TrainingArguments(
        output_dir="out",
        run_name="toy-trainer",
        num_train_epochs=3,
        per_device_train_batch_size=8,
        logging_steps=2,
        eval_strategy="epoch",
        save_strategy="epoch",
        report_to="wandb",
        use_cpu=True,
        seed=0,
    ),
    train_dataset=rows(64),
    eval_dataset=rows(32),
    compute_metrics=metrics,
)
trainer.train()
history = trainer.state.log_history
run_id = wandb.run.id
wandb.finish()

run = read_back(f"frameworks/{run_id}")
assert run.name == "toy-trainer", run.name
train = [row for row in history if "loss" in row]
evaluated = [row for row in history if "eval_loss" in row]
assert len(train) == 12 and len(evaluated) == 3, history
expect_rows(
    run,
    {
        "train/loss": [row["loss"] for row in train],
        "train/learning_rate": [row["learning_rate"] for row in train],
        "train/grad_norm": [row["grad_norm"] for row in train],
        "eval/loss": [row["eval_loss"] for row in evaluated],
        "eval/accuracy": [row["eval_accuracy"] for row in evaluated],
        "train/global_step": [row["step"] for row in history],
    },
)
assert run.config["hidden_size"] == 16 and run.config["logging_steps"] == 2, run.config
assert run.config["model/num_parameters"] == trainer.model.num_parameters()
assert run.summary["train_loss"] == history[-1]["train_loss"], run.summary
versions = {alias: artifact for artifact in run.logged_artifacts() for alias in artifact.aliases}
for step in (8, 16, 24):
    assert "model.safetensors" in versions[f"checkpoint_global_step_{step}"].manifest.entries, versions
assert "final_model" in versions and "base_model" in versions, versions
