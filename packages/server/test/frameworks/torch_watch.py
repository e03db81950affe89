"""`wandb.watch` on a module of PyTorch, pictures and sounds of tensors, and figures."""

import json

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy
import torch
import wandb
from read_back import expect_rows, read_back

torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
losses = []
with wandb.init(project="frameworks", id="watch", config={"optimizer": {"name": "adam", "betas": (0.9, 0.999)}}) as run:
    run.watch(model, criterion=torch.nn.functional.mse_loss, log="all", log_freq=1, log_graph=True)
    for _ in range(5):
        x = torch.randn(16, 4)
        loss = torch.nn.functional.mse_loss(model(x), x.sum(1, keepdim=True))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        run.log({"loss": loss, "norm": torch.tensor(float("nan")), "scalar": numpy.float32(losses[-1])})
    figure, axes = plt.subplots()
    axes.plot(losses)
    run.log({"figure": wandb.Image(figure), "tensor": wandb.Image(torch.rand(3, 8, 8))})
    run.log({"histogram": wandb.Histogram(numpy.arange(100) ** 2), "weights": model[0].weight.detach()})
    plt.close(figure)
    run.unwatch(model)
    torch.save(model.state_dict(), "weights.pt")
    run.log_model("weights.pt", name="weights")

read = read_back("frameworks/watch")
expect_rows(read, {"loss": losses, "scalar": [float(numpy.float32(value)) for value in losses]})
weights = [row["parameters/0.weight"] for row in read.scan_history(keys=["parameters/0.weight"])]
assert len(weights) == 5 and all(sum(one["values"]) == 32 for one in weights), weights
assert read.config["optimizer"] == {"name": "adam", "betas": [0.9, 0.999]}, read.config
graph = read.summary["graph_0"]
with read.file(graph["path"]).download(root="graph") as file:
    layers = [node["class_name"].split("(")[0] for node in json.load(file)["nodes"]]
assert layers == ["Linear", "ReLU", "Linear"], layers
