"""How large the gradient still is after 20 layers, for seven activations.

A random network of 20 layers with 64 neurons each gets random rows, and a random gradient is sent back from its end. Every layer
multiplies it by the derivative of its activation, which is at most 1 / 4 for sigmoid, so that its first layers learn nothing. Weights have
the variance 1 / n, then 2 / n, which makes up for the half of the sums at which relu has the slope 0.
"""

import numpy as np

import fastact as fa

from ..terminal import progress, table

summary = "the size of the gradient after each of 20 layers, for seven activations"

ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu", "mish")
GAINS = (1, 2)
LAYERS, WIDTH, ROWS, RUNS = 20, 64, 64, 9


def gradient_sizes(name, gain, seed):
    """Root mean square of the gradient at the input of every layer, the last layer first, in units of what was sent back."""
    generator, function = np.random.default_rng(seed), getattr(fa, name)
    x = generator.standard_normal((ROWS, WIDTH)).astype(np.float32)
    weights, sums = [], []
    for _ in range(LAYERS):
        w = (np.sqrt(gain / WIDTH) * generator.standard_normal((WIDTH, WIDTH))).astype(np.float32)
        weights.append(w)
        sums.append(x @ w)
        x = function(sums[-1])
    grad = generator.standard_normal((ROWS, WIDTH)).astype(np.float32)
    sizes = [np.sqrt(np.mean(np.square(grad, dtype=np.float64)))]
    for w, z in zip(reversed(weights), reversed(sums)):
        grad = function.backward(grad, z) @ w.T
        sizes.append(np.sqrt(np.mean(np.square(grad, dtype=np.float64))))
    return np.array(sizes) / sizes[0]


def measure(runs=RUNS):
    """(activation, gain) -> the median over several random networks of the size after each layer."""
    found = {}
    with progress(len(ACTIVATIONS) * len(GAINS), "measuring") as tick:
        for gain in GAINS:
            for name in ACTIVATIONS:
                found[name, gain] = np.median([gradient_sizes(name, gain, seed) for seed in range(runs)], axis=0)
                tick(name)
    return found


def main():
    found = measure()
    depths = (1, 5, 10, 20)
    for gain in GAINS:
        rows = [[name, *(f"{found[name, gain][depth]:.1e}" for depth in depths)] for name in ACTIVATIONS]
        title = f"Size of the gradient, weights of variance {gain} / n"
        table(["activation", *(f"{depth} layers back" for depth in depths)], rows, title=title)
        print()
    print(f"Through {LAYERS} sigmoids {found['sigmoid', 1][-1]:.0e} of the gradient is left, through relu {found['relu', 2][-1]:.1f}.")
    return found


def draw(found):
    from ..pictures import COLOURS, legend, picture, style

    with style():
        figure = picture(8.6, 4)
        for axes, gain in zip(figure.subplots(1, 2, sharey=True), GAINS):
            lines = [
                axes.semilogy(found[name, gain], dashes, color=colour, label=name, marker="o", markersize=2.5)[0]
                for name, colour, dashes in zip(ACTIVATIONS, COLOURS, "- - - -- - - -".split())  # leaky_relu lies on relu
            ]
            axes.set_title(f"weights of variance {gain} / n")
            axes.set_xlabel("layers back from the end")
            axes.set_xticks(range(0, LAYERS + 1, 5))
            axes.set_ylabel("size of the gradient" if gain == GAINS[0] else "")
        legend(figure, lines)
    return figure
