"""A maxout unit learns a convex curve: the largest of a few lines, which it learns too.

Only the largest line at a point learns from it, so that a line which is nowhere the largest stays where it started.
Beside it the softmax of four scores, the class of a row of probabilities, and the largest of each three of nine numbers.
"""

from dataclasses import dataclass

import numpy as np

import fastact as fa

from ..terminal import progress, table
from .training import Adam

summary = "a maxout unit learns a convex curve from 1, 2, 4 and 8 lines; softmax and argmax of small rows"

PIECES, STEPS, RATE, SEED = (1, 2, 4, 8), 1500, 0.02, 3
X = np.linspace(-2, 2, 200)
Y = np.square(X) / 2
SCORES = np.array([1.0, 2.0, 3.0, 4.0])
PROBABILITIES = np.array(
    [2.3691061e-11, 1, 5.5736946e-14, 1.7459076e-10, 1.8988343e-13, 8.0071365e-31, 1.2010425e-14, 0, 6.0655720e-20, 1.8470960e-27]
)


@dataclass
class Fit:
    pieces: int
    slopes: np.ndarray
    offsets: np.ndarray
    error: float

    @property
    def in_use(self):
        """How many of the lines are the largest somewhere."""
        return len(set(self.lines(X).argmax(axis=1).tolist()))

    def lines(self, x):
        return x[:, None] * self.slopes + self.offsets

    def __call__(self, x):
        return fa.maxout(self.lines(x), pieces=self.pieces)[:, 0]


def train(pieces, steps=STEPS):
    """Learn the slopes and offsets of so many lines."""
    generator = np.random.default_rng(SEED)
    unit = Fit(pieces, generator.standard_normal(pieces), 0.1 * generator.standard_normal(pieces), np.nan)
    adam = Adam([unit.slopes, unit.offsets], RATE)
    for _ in range(steps):
        lines = unit.lines(X)
        _, gradient = fa.mse.value_and_gradient(fa.maxout(lines, pieces=pieces), Y[:, None])
        at_lines = fa.maxout.backward(gradient, lines, pieces=pieces)  # to the largest line of every point
        adam.step([X @ at_lines, at_lines.sum(axis=0)])
    unit.error = float(fa.mse(unit(X), Y))
    return unit


def main():
    with progress(len(PIECES), "learning") as tick:
        fits = []
        for pieces in PIECES:
            fits.append(train(pieces))
            tick(f"{pieces} lines")
    rows = [[str(one.pieces), str(one.in_use), f"{one.error:.6f}"] for one in fits]
    table(["lines", "in use", "mean squared error"], rows, left=0, title="x^2 / 2 by a maxout unit")
    print(f"\nsoftmax of 1, 2, 3, 4: {', '.join(f'{p:.8f}' for p in fa.softmax(SCORES))}")
    print(f"class of the row of ten probabilities: {int(np.argmax(PROBABILITIES))}")
    print(f"maxout of 1 to 9 in threes: {', '.join(f'{v:g}' for v in fa.maxout(np.arange(1.0, 10.0), pieces=3))}")
    return fits


def draw(fits):
    from ..pictures import COLOURS, FAINT, legend, picture, style

    with style():
        figure = picture(8.8, 3)
        for axes, one in zip(figure.subplots(1, len(fits), sharey=True), fits):
            (target,) = axes.plot(X, Y, color=COLOURS[1], linewidth=3, alpha=0.5, label="x² / 2")
            lines = axes.plot(X, one.lines(X), color=FAINT, linewidth=0.7, label="lines")
            (learned,) = axes.plot(X, one(X), color=COLOURS[0], linewidth=1.8, label="maxout")
            axes.set_ylim(-1, 2.3)
            axes.set_title(f"{one.pieces} line{'s' * (one.pieces > 1)}, {one.in_use} in use: error {one.error:.1g}")
        legend(figure, [target, lines[0], learned])
    return figure
