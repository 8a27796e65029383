"""Handwritten digits: 64 pixels, 128 relu units, 10 classes by softmax and cross-entropy, trained twice alike.

Once with fastact and once with the NumPy formulas in its place; everything else (start, matrix products, Adam, order of
the batches) is the same code. Both must learn the same; what differs is the time spent in the activation and the loss.
"""

import time
from dataclasses import dataclass

import numpy as np

import fastact as fa

from ..peers.formulas import cross_entropy_and_gradient, softmax
from ..terminal import progress, table
from . import need
from .training import Adam, batches

summary = "classify handwritten digits with a 64-128-10 network, beside the same loop with NumPy formulas"

HIDDEN, EPOCHS, BATCH, RATE, SEED = 128, 40, 32, 2e-3, 7


class WithFastact:
    """Activation and loss from fastact, in place where the network allows it."""

    name = "fastact"

    def relu(self, x):
        return fa.relu(x, out=x)

    def relu_backward(self, gradient, y):
        return fa.relu.backward_from_output(gradient, y, out=gradient)

    def loss(self, logits, labels):
        return fa.cross_entropy.value_and_gradient(logits, labels)

    def probabilities(self, logits):
        return fa.softmax(logits)


class WithFormulas:
    """The same three as NumPy formulas."""

    name = "NumPy formulas"

    def relu(self, x):
        return np.maximum(x, 0)

    def relu_backward(self, gradient, y):
        return gradient * (y > 0)

    def loss(self, logits, labels):
        return cross_entropy_and_gradient(logits, labels)

    def probabilities(self, logits):
        return softmax(logits)


class Stopwatch:
    """Calls functions and adds up the seconds they take."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self, function, *arguments):
        start = time.perf_counter()
        result = function(*arguments)
        self.seconds += time.perf_counter() - start
        return result


@dataclass
class Outcome:
    name: str
    loss: float
    seconds: float
    seconds_in_functions: float
    pixels: np.ndarray
    labels: np.ndarray
    probabilities: np.ndarray

    @property
    def answers(self):
        return self.probabilities.argmax(axis=1)

    @property
    def accuracy(self):
        return float(np.mean(self.answers == self.labels))

    @property
    def confusion(self):
        """How many digits of each class (rows) were taken for each class (columns)."""
        counts = np.zeros((10, 10), int)
        np.add.at(counts, (self.labels, self.answers), 1)
        return counts


def load():
    """scikit-learn's 1797 digits as float32 in [0, 1]: (pixels, labels) to learn from and, a fifth, for examination."""
    digits = need("sklearn.datasets", "scikit-learn", "for its pictures of digits").load_digits()
    order = np.random.default_rng(SEED).permutation(len(digits.target))
    pixels, labels = (digits.data[order] / 16).astype(np.float32), digits.target[order]
    examined = len(labels) // 5
    return (pixels[examined:], labels[examined:]), (pixels[:examined], labels[:examined])


def train(functions, learning, examining, tick, epochs=EPOCHS):
    """Train from the seeded start with the given activation and loss."""
    (x, labels), (held_out, held_out_labels) = learning, examining
    generator = np.random.default_rng(SEED)
    inputs, classes = x.shape[1], int(labels.max()) + 1
    parameters = [
        (generator.standard_normal((inputs, HIDDEN)) * np.sqrt(2 / inputs)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        (generator.standard_normal((HIDDEN, classes)) * np.sqrt(1 / HIDDEN)).astype(np.float32),
        np.zeros(classes, np.float32),
    ]
    adam, timed, loss = Adam(parameters, RATE), Stopwatch(), 0.0
    start = time.perf_counter()
    for _ in range(epochs):
        for chosen in batches(generator, len(x), BATCH):
            w1, b1, w2, b2 = parameters
            hidden = timed(functions.relu, x[chosen] @ w1 + b1)
            loss, at_logits = timed(functions.loss, hidden @ w2 + b2, labels[chosen])
            at_hidden = timed(functions.relu_backward, at_logits @ w2.T, hidden)
            gradients = (x[chosen].T @ at_hidden, at_hidden.sum(axis=0), hidden.T @ at_logits, at_logits.sum(axis=0))
            adam.step(gradients)
        tick(f"loss {loss:.4f}")
    seconds = time.perf_counter() - start
    w1, b1, w2, b2 = parameters
    probabilities = functions.probabilities(functions.relu(held_out @ w1 + b1) @ w2 + b2)
    return Outcome(functions.name, float(loss), seconds, timed.seconds, held_out, held_out_labels, probabilities)


def compare(epochs=EPOCHS):
    """Train with fastact and with the formulas: two outcomes."""
    learning, examining = load()
    with progress(2 * epochs, "training") as tick:
        return [train(functions, learning, examining, tick, epochs) for functions in (WithFastact(), WithFormulas())]


def main():
    ours, theirs = compare()
    rows = [
        [
            o.name,
            f"{100 * o.accuracy:.2f} %",
            f"{o.loss:.5f}",
            f"{1e3 * o.seconds_in_functions:.0f} ms",
            f"{1e3 * o.seconds:.0f} ms",
        ]
        for o in (ours, theirs)
    ]
    title = f"Digits, 64-{HIDDEN}-10, {EPOCHS} epochs in batches of {BATCH}, Adam, seed {SEED}"
    table(["trained with", "held-out accuracy", "last loss", "in activation and loss", "in all"], rows, title=title)
    ratio = theirs.seconds_in_functions / ours.seconds_in_functions
    print(f"\nIn activation and loss fastact is {ratio:.1f} times as fast.\n")
    counts = [[str(digit), *(str(count or "") for count in row)] for digit, row in enumerate(ours.confusion)]
    table(["digit", *map(str, range(10))], counts, left=0, title="Taken for, by the network trained with fastact")
    return ours


def draw(ours):
    """The confusion matrix, and the wrong answers that the network was surest of."""
    from ..pictures import COLOURS, picture, style

    wrong = np.flatnonzero(ours.answers != ours.labels)
    surest = sorted(wrong, key=lambda k: -ours.probabilities[k].max())[:8]
    with style():
        figure = picture(9, 4)
        left, right = figure.subfigures(1, 2, width_ratios=(5, 6))
        axes = left.subplots()
        axes.imshow(np.sqrt(ours.confusion), cmap="Blues")
        for digit, row in enumerate(ours.confusion):
            for answer, count in enumerate(row):
                if count:
                    colour = "white" if digit == answer else COLOURS[1]
                    axes.text(answer, digit, str(count), ha="center", va="center", color=colour, fontsize=8)
        axes.set(xticks=range(10), yticks=range(10), xlabel="answer", ylabel="digit")
        axes.set_title(f"{len(ours.labels)} unseen digits, {100 * ours.accuracy:.2f} % right")
        axes.grid(False)
        grid = right.subplots(2, 4).ravel()
        for axes in grid:
            axes.set_axis_off()
        for axes, k in zip(grid, surest):
            axes.imshow(ours.pixels[k].reshape(8, 8), cmap="Greys")
            chance = ours.probabilities[k].max()
            axes.set_title(f"{ours.labels[k]} taken for {ours.answers[k]}\nwith {100 * chance:.0f} %", fontsize=8)
    return figure
