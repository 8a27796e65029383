"""Two classes in the plane, with and without an activation.

A network of 2 inputs, 8 hidden neurons and one output sees two clouds, which a line separates, and two rings, which no line does. Without
an activation the hidden layer is a weighted sum of weighted sums, which is a weighted sum: the border stays a line.
"""

from dataclasses import dataclass

import numpy as np

import fastact as fa

from ..terminal import progress, table
from .training import Dense, Network, fit

summary = "two classes in the plane, with and without an activation: where the border runs"

HIDDEN, EPOCHS, BATCH, RATE, POINTS, SEED = 8, 100, 32, 0.02, 400, 3
ACTIVATIONS = ("identity", "tanh", "relu")


@dataclass
class Outcome:
    data: str
    activation: str
    accuracy: float
    network: Network


def clouds(generator, count=POINTS):
    """Two clouds that a line separates."""
    labels = np.arange(count) % 2
    centres = np.where(labels[:, None] == 1, (1.2, 0.9), (-1.2, -0.9))
    return (centres + 0.45 * generator.standard_normal((count, 2))).astype(np.float32), labels.astype(np.float32)


def rings(generator, count=POINTS):
    """A disc, and a ring around it."""
    labels = np.arange(count) % 2
    radius = np.where(labels == 1, 2.0, 0.8) + 0.17 * generator.standard_normal(count)
    angle = generator.uniform(0, 2 * np.pi, count)
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points.astype(np.float32), labels.astype(np.float32)


DATA = {"clouds": clouds, "rings": rings}


def train(data, activation, epochs=EPOCHS):
    """Train on 400 points, examine on as many others."""
    generator = np.random.default_rng(SEED)
    points, labels = DATA[data](generator)
    network = Network(Dense(generator, 2, HIDDEN, getattr(fa, activation)), Dense(generator, HIDDEN, 1))
    loss = fa.binary_cross_entropy_with_logits
    fit(network, loss, points, labels[:, None], generator=generator, rate=RATE, epochs=epochs, batch=BATCH)
    unseen, right = DATA[data](generator)
    accuracy = np.mean((fa.sigmoid(network(unseen))[:, 0] > 0.5) == right)
    return Outcome(data, activation, float(accuracy), network)


def compare(epochs=EPOCHS):
    with progress(len(DATA) * len(ACTIVATIONS), "training") as tick:
        outcomes = []
        for data in DATA:
            for activation in ACTIVATIONS:
                outcomes.append(train(data, activation, epochs))
                tick(f"{data}, {activation}")
    return outcomes


def main():
    outcomes = compare()
    rows = [[data, *(f"{100 * one.accuracy:.1f} %" for one in outcomes if one.data == data)] for data in DATA]
    title = f"Accuracy on unseen points, 2-{HIDDEN}-1, {EPOCHS} epochs"
    table(["data", *("no activation" if name == "identity" else name for name in ACTIVATIONS)], rows, title=title)
    print("\nWithout an activation the border is a line, which rings do not have.")
    return outcomes


def draw(outcomes):
    from matplotlib.colors import LinearSegmentedColormap

    from ..pictures import COLOURS, picture, style

    shades = LinearSegmentedColormap.from_list("classes", [COLOURS[1], "#FFFFFF", COLOURS[0]])
    x, y = np.meshgrid(*[np.linspace(-3, 3, 121, dtype=np.float32)] * 2)
    grid = np.stack([x.ravel(), y.ravel()], axis=1)
    with style():
        figure = picture(8.4, 5.9)
        for axes, one in zip(figure.subplots(len(DATA), len(ACTIVATIONS), sharex=True, sharey=True).ravel(), outcomes):
            chance = fa.sigmoid(one.network(grid)).reshape(x.shape)
            axes.contourf(x, y, chance, levels=np.linspace(0, 1, 11), cmap=shades, alpha=0.45)
            axes.contour(x, y, chance, levels=[0.5], colors="black", linewidths=1)
            points, labels = DATA[one.data](np.random.default_rng(SEED))
            for label, marker in ((0, "o"), (1, "s")):
                chosen = points[labels == label]
                axes.scatter(*chosen.T, s=7, marker=marker, color=COLOURS[1 - label], edgecolors="white", linewidths=0.3)
            name = "no activation" if one.activation == "identity" else one.activation
            axes.set_title(f"{one.data}, {name}: {100 * one.accuracy:.1f} %")
            axes.set_aspect("equal")
            axes.grid(False)
    return figure
