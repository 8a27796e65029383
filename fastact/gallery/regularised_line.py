"""A line through a sigmoid, by gradient descent with an L1 and with an L2 penalty.

x = 0, 1, 2, 3, 4 and y = 2 x, predicted as sigmoid(m x + b) from m = b = 0, with the rate 0.01 and 1 000 steps. A sigmoid stays below 1, so
that the loss cannot get far below 17 however large m becomes; the same line without a sigmoid fits exactly.
"""

from dataclasses import dataclass

import numpy as np

import fastact as fa

from ..terminal import progress, table

summary = "a line through a sigmoid, with an L1 and with an L2 penalty: the path of slope and intercept"

X = np.arange(5.0)
Y = 2 * X
RATE, STEPS, EVERY = 0.01, 1000, 100
# name -> value and gradient of the penalty on [m, b]; that of L2 is divided by the number of points
PENALTIES = {
    "L1, 0.01": lambda w: fa.l1_penalty.value_and_gradient(w, lam=0.01),
    "L2, 0.1": lambda w: fa.l2_penalty.value_and_gradient(w, lam=0.1, n=len(X)),
}


@dataclass
class Path:
    """Slope and intercept after every step, with the loss before it was made."""

    penalty: str
    weights: np.ndarray
    losses: np.ndarray


def descend(name, activation=fa.sigmoid, steps=STEPS):
    """Gradient descent with one penalty."""
    weights, path, losses = np.zeros(2), [], []
    for _ in range(steps):
        z = weights[0] * X + weights[1]
        error, gradient = fa.mse.value_and_gradient(activation(z), Y)
        at_z = activation.backward(gradient, z)
        _, of_penalty = PENALTIES[name](weights)
        weights = weights - RATE * (np.array([at_z @ X, at_z.sum()]) + of_penalty)
        path.append(weights)
        error = fa.mse(activation(weights[0] * X + weights[1]), Y)
        losses.append(float(error) + PENALTIES[name](weights)[0])
    return Path(name, np.array(path), np.array(losses))


def main():
    with progress(len(PENALTIES) + 1, "descending") as tick:
        paths = []
        for name in PENALTIES:
            paths.append(descend(name))
            tick(name)
        straight = descend("L1, 0.01", fa.identity)
        tick("linear")
    headers, rows = ["step"], []
    for path in paths:
        headers += [f"{path.penalty}: m", "b", "loss"]
    for step in range(0, STEPS, EVERY):
        rows.append([str(step), *(f"{value:.12f}" for path in paths for value in (*path.weights[step], path.losses[step]))])
    table(headers, rows, left=0)
    print()
    for path in paths:
        print(f"{path.penalty}: y = sigmoid({path.weights[-1, 0]:.15f} x + {path.weights[-1, 1]:.15f})")
    m, b = straight.weights[-1]
    print(f"\nA sigmoid stays below 1, so the loss stays near {paths[0].losses[-1]:.0f}.")
    print(f"Without it, with the same L1 penalty: y = {m:.3f} x + {b:.3f}, loss {straight.losses[-1]:.3f}.")
    return paths, straight


def draw(outcome):
    from ..pictures import COLOURS, axes_at_zero, legend, picture, style

    paths, straight = outcome
    x = np.linspace(0, 4, 200)
    with style():
        figure = picture(8.6, 3.8)
        left, right = figure.subplots(1, 2)
        for path, colour in zip(paths, COLOURS):
            for k, (word, dashes) in enumerate((("m", "-"), ("b", "--"))):
                left.plot(path.weights[:, k], color=colour, linestyle=dashes, label=f"{word}, {path.penalty}")
            right.plot(x, fa.sigmoid(path.weights[-1, 0] * x + path.weights[-1, 1]), color=colour)
        right.plot(x, straight.weights[-1, 0] * x + straight.weights[-1, 1], color=COLOURS[2], label="without a sigmoid")
        right.plot(X, Y, "o", color="black", markersize=5, label="data")
        left.set_title("slope m and intercept b")
        left.set_xlabel("step")
        right.set_title("the fitted curves")
        right.set_xlabel("x")
        for axes in (left, right):
            axes_at_zero(axes)
        legend(figure, [*left.get_lines()[:4], right.get_lines()[2], right.get_lines()[3]])
    return figure
