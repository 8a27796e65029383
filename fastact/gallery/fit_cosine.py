"""Two hidden neurons learn cos(x) + 1: what a network draws is made of shifted, scaled copies of its activation.

100 points of [0, 2 pi], mean squared error, Adam with rate 0.04, 300 epochs in batches of 32, from several random starts. Linear neurons
give a line whatever their number. A relu neuron may die: where its sum is negative for every point its slope is 0, its gradient is 0,
and it stays as it is for good. A leaky_relu neuron always has a slope.
"""

from dataclasses import dataclass

import numpy as np

import fastact as fa

from ..terminal import progress, table
from .training import Dense, Network, fit

summary = "two hidden neurons fit a cosine, with six activations; relu neurons that die"

ACTIVATIONS = ("linear", "relu", "leaky_relu", "sigmoid", "tanh", "swish")
STARTS, EPOCHS, BATCH, RATE = 8, 300, 32, 0.04
X = np.linspace(0, 2 * np.pi, 100, dtype=np.float32)[:, None]
Y = np.cos(X) + 1


@dataclass
class Fit:
    """What one start came to: the fitted curve, its mean squared error, and for each neuron its curve and the size of its gradient."""

    activation: str
    seed: int
    curve: np.ndarray
    error: float
    neurons: np.ndarray
    gradients: np.ndarray
    dead: np.ndarray


def train(activation, seed, epochs=EPOCHS):
    """Fit the cosine from one start."""
    generator, function = np.random.default_rng(seed), getattr(fa, activation)
    network = Network(Dense(generator, 1, 2, function), Dense(generator, 2, 1))
    fit(network, fa.mse, X, Y, generator=generator, rate=RATE, epochs=epochs, batch=BATCH)
    hidden, output = network.layers
    curve = network(X)
    error, gradient = fa.mse.value_and_gradient(curve, Y)
    network.backward(gradient)
    weights, biases = hidden.gradients
    sizes = np.hypot(weights[0], biases)
    dead = np.all(function.derivative(hidden.sum) == 0, axis=0)
    return Fit(activation, seed, curve[:, 0], float(error), function(hidden.sum) * output.weights[:, 0], sizes, dead)


def compare(starts=STARTS, epochs=EPOCHS):
    """Every activation from every start: activation -> fits."""
    with progress(len(ACTIVATIONS) * starts, "fitting") as tick:
        fits = {name: [] for name in ACTIVATIONS}
        for name in ACTIVATIONS:
            for seed in range(starts):
                fits[name].append(train(name, seed, epochs))
                tick(name)
    return fits


def best(fits):
    return min(fits, key=lambda one: one.error)


def main():
    fits = compare()
    rows = []
    for name, found in fits.items():
        errors = [one.error for one in found]
        dead = sum(int(one.dead.any()) for one in found)
        rows.append([name, f"{min(errors):.4f}", f"{np.median(errors):.4f}", f"{dead} of {len(found)}"])
    title = f"cos(x) + 1 by two hidden neurons, {EPOCHS} epochs, Adam {RATE}, {len(found)} starts"
    table(["activation", "best error", "median error", "starts with a dead neuron"], rows, title=title)
    rows = []
    for one in fits["relu"]:
        state = " and ".join(f"neuron {k + 1} is dead" for k in np.flatnonzero(one.dead)) or "both live"
        rows.append([str(one.seed), state, f"{one.error:.4f}", *(f"{size:.1e}" if size else "0" for size in one.gradients)])
    print()
    table(["start", "relu", "error", "gradient of neuron 1", "of neuron 2"], rows, left=2)
    line = np.polyfit(X[:, 0], Y[:, 0], 1)
    print(f"\nThe best straight line has the error {np.mean((np.polyval(line, X) - Y) ** 2):.4f}; linear neurons cannot do better.")
    return fits


def draw(fits):
    from ..pictures import COLOURS, FAINT, legend, picture, style

    above = [(best(fits[name]), name) for name in ACTIVATIONS]
    below = [(one, f"relu, start {one.seed}") for one in fits["relu"][-len(above) :]]
    with style():
        figure = picture(12.5, 4.6)
        for row, shown in zip(figure.subplots(2, len(above), sharex=True, sharey=True), (above, below)):
            for axes, (one, title) in zip(row, shown):
                axes.plot(X, Y, color=FAINT, linewidth=3, alpha=0.5, label="cos(x) + 1")
                for k, values in enumerate(one.neurons.T):
                    axes.plot(X, values, color=COLOURS[2 + k], linewidth=1, linestyle="--", label=f"neuron {k + 1}")
                axes.plot(X, one.curve, color=COLOURS[1 if one.dead.any() else 0], linewidth=1.8, label="fit")
                dead = f", {one.dead.sum()} dead" if one.dead.any() else ""
                axes.set_title(f"{title}: error {one.error:.2g}{dead}", fontsize=8)
        row[0].set_ylim(-2.2, 3)
        legend(figure, figure.axes[0].get_lines())
        words = f"Above: the best of {len(fits['relu'])} starts of each activation. Below: starts of relu, orange with a dead neuron."
        figure.supxlabel(words, fontsize=7.5)
    return figure
