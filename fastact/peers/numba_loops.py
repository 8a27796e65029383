"""Numba: the loops that people write, serial, with fastmath, which is the fastest that Numba offers."""

import math

import numba
import numpy as np

from . import FULL
from .scalars import CONSTANTS, EXPRESSIONS

OPTIONS = {"fastmath": True, "error_model": "numpy"}


@numba.njit(inline="always")
def where(condition, first, second):
    return first if condition else second


def _elementwise(cell):
    arguments = "x, out" if cell.pass_ == "forward" else "g_array, x, out"
    source = (
        f"def loop({arguments.replace('x,', 'x_array,')}):\n    for i in range(x_array.size):\n        x = x_array[i]\n"
    )
    if cell.pass_ != "forward":
        source += "        g = g_array[i]\n"
    source += f"        out[i] = {EXPRESSIONS[cell.key]}\n"
    scalar = np.dtype(cell.dtype).type
    names = {name: scalar(value) for name, value in CONSTANTS.items()}
    names.update({name: getattr(math, name) for name in ("exp", "expm1", "log", "log1p", "tanh", "erf", "sqrt", "sin")}, where=where)
    exec(compile(source, f"<numba {cell.function}>", "exec"), names)
    return names["loop"]


def softmax(x, out):
    for r in range(x.shape[0]):
        largest = x[r, 0]
        for c in range(x.shape[1]):
            largest = max(largest, x[r, c])
        total = x.dtype.type(0)
        for c in range(x.shape[1]):
            out[r, c] = math.exp(x[r, c] - largest)
            total += out[r, c]
        for c in range(x.shape[1]):
            out[r, c] /= total


def softmax_backward(g, y, out):
    for r in range(y.shape[0]):
        dot = y.dtype.type(0)
        for c in range(y.shape[1]):
            dot += g[r, c] * y[r, c]
        for c in range(y.shape[1]):
            out[r, c] = y[r, c] * (g[r, c] - dot)


def log_softmax(x, out):
    for r in range(x.shape[0]):
        largest = x[r, 0]
        for c in range(x.shape[1]):
            largest = max(largest, x[r, c])
        total = x.dtype.type(0)
        for c in range(x.shape[1]):
            total += math.exp(x[r, c] - largest)
        shift = largest + math.log(total)
        for c in range(x.shape[1]):
            out[r, c] = x[r, c] - shift


def log_softmax_backward(g, y, out):
    for r in range(y.shape[0]):
        total = y.dtype.type(0)
        for c in range(y.shape[1]):
            total += g[r, c]
        for c in range(y.shape[1]):
            out[r, c] = g[r, c] - math.exp(y[r, c]) * total


def mean_squared_error(pred, target):
    total = pred.dtype.type(0)
    for i in range(pred.size):
        difference = pred[i] - target[i]
        total += difference * difference
    return total / pred.size


def mean_squared_error_and_gradient(pred, target, out):
    total = pred.dtype.type(0)
    scale = pred.dtype.type(2 / pred.size)
    for i in range(pred.size):
        difference = pred[i] - target[i]
        total += difference * difference
        out[i] = scale * difference
    return total / pred.size


def cross_entropy(logits, labels):
    loss = 0.0
    for r in range(logits.shape[0]):
        largest = logits[r, 0]
        for c in range(logits.shape[1]):
            largest = max(largest, logits[r, c])
        total = logits.dtype.type(0)
        for c in range(logits.shape[1]):
            total += math.exp(logits[r, c] - largest)
        loss += math.log(total) + largest - logits[r, labels[r]]
    return loss / logits.shape[0]


def cross_entropy_and_gradient(logits, labels, out):
    loss = 0.0
    for r in range(logits.shape[0]):
        largest = logits[r, 0]
        for c in range(logits.shape[1]):
            largest = max(largest, logits[r, c])
        total = logits.dtype.type(0)
        for c in range(logits.shape[1]):
            out[r, c] = math.exp(logits[r, c] - largest)
            total += out[r, c]
        loss += math.log(total) + largest - logits[r, labels[r]]
        scale = logits.dtype.type(1) / (total * logits.dtype.type(logits.shape[0]))
        for c in range(logits.shape[1]):
            out[r, c] *= scale
        out[r, labels[r]] -= logits.dtype.type(1) / logits.dtype.type(logits.shape[0])
    return loss / logits.shape[0]


# losses and gradients of one element as expressions of the prediction z, the target t and d = z - t; constants are numbers of the dtype
POINTWISE = {
    "mean_absolute_error": ("abs(d)", "where(d > zero, one, where(d < zero, -one, zero))"),
    "half_squared_error": ("half * d * d", "d"),
    "huber": ("where(abs(d) <= one, half * d * d, abs(d) - half)", "min(max(d, -one), one)"),
    "hinge": ("max(one - z * t, zero)", "where(z * t <= one, -t, zero)"),
    "log_cosh": ("abs(d) + log1p(exp(-(abs(d) + abs(d)))) - log_two", "tanh(d)"),
    "binary_cross_entropy": (
        "-(t * max(log(z), -hundred) + (one - t) * max(log(one - z), -hundred))", "(z - t) / max(z * (one - z), least)"
    ),
    "kl_div": ("t * (log(t) - z)", "-t"),
    "binary_cross_entropy_with_logits": ("max(z, zero) - z * t + log1p(exp(-abs(z)))", "one / (one + exp(-z)) - t"),
    "sigmoid_focal": ("wrong * wrong * entropy", "wrong * wrong * ((one + one) * (one - t - t) * s * (one - s) / wrong * entropy + s - t)"),
    "half_poisson": ("exp(z) - t * z", "exp(z) - t"),
    "poisson_nll": ("exp(z) - t * z", "exp(z) - t"),
}
# what both expressions of a loss have in common
SHARED = {
    "sigmoid_focal": "s = one / (one + exp(-z)); wrong = t * (one - s) + (one - t) * s; "
    "entropy = max(z, zero) - z * t + log1p(exp(-abs(z)))"
}
_POINTWISE_LOOP = """
def loop(pred, target{out}):
    total, scale = zero, pred.dtype.type(1 / pred.size)
    for i in range(pred.size):
        z, t = pred[i], target[i]
        d = z - t
        {shared}
        total += {loss}
        {store}
    return total * scale
"""


def _pointwise(cell):
    loss, gradient = POINTWISE[cell.function]
    wanted = cell.pass_ == "value_and_gradient"
    source = _POINTWISE_LOOP.format(
        out=", out" if wanted else "",
        loss=loss,
        shared=SHARED.get(cell.function, ""),
        store=f"out[i] = scale * ({gradient})" if wanted else "",
    )
    scalar = np.dtype(cell.dtype).type
    names = {"zero": scalar(0), "half": scalar(0.5), "one": scalar(1), "log_two": scalar(math.log(2)), "where": where}
    names |= {"hundred": scalar(100), "least": scalar(1e-12)}
    names |= {name: getattr(math, name) for name in ("exp", "log", "log1p", "tanh")}
    exec(compile(source, f"<numba {cell.function}>", "exec"), names)
    return names["loop"]


LOOPS = {
    ("softmax", "forward"): softmax,
    ("softmax", "backward"): softmax_backward,
    ("log_softmax", "forward"): log_softmax,
    ("log_softmax", "backward"): log_softmax_backward,
    ("mean_squared_error", "value"): mean_squared_error,
    ("mean_squared_error", "value_and_gradient"): mean_squared_error_and_gradient,
    ("cross_entropy", "value"): cross_entropy,
    ("cross_entropy", "value_and_gradient"): cross_entropy_and_gradient,
}


class Peer:
    name = "numba"
    fresh = False

    def __init__(self):
        self.version = numba.__version__

    def offers(self, cell):
        return cell.dtype in FULL and (cell.key in LOOPS or cell.key in EXPRESSIONS or cell.function in POINTWISE)

    def prepare(self, cell, data):
        source = LOOPS[cell.key] if cell.key in LOOPS else (_pointwise if cell.function in POINTWISE else _elementwise)(cell)
        loop, out, arguments = numba.njit(**OPTIONS)(source), data.out, data.arguments
        if cell.pass_ == "value":
            return lambda: loop(*arguments)
        if cell.pass_ == "value_and_gradient":
            return lambda: (loop(*arguments, out), out)

        def run():
            loop(*arguments, out)
            return out

        return run
