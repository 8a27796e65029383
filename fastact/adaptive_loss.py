"""Adaptive softmax: frequent classes in a small layer, rare ones in clusters behind narrower layers, as in PyTorch."""

import math
from typing import NamedTuple

import numpy as np

from . import _core, library
from .arrays import as_mask, as_number, as_plain, as_real, check_output, deliver, name_function, result_dtype, working_dtype
from .linear_loss import Layer, layer_arrays, rows_at_once
from .losses import BOTH, GRADIENT, VALUE, Reduction, scale_of, weights_of
from .row_losses import _as_labels, _mark_excluded

NAME = "adaptive_log_softmax"
_PASSES = (VALUE, GRADIENT, BOTH)
FORMULA = (
    "logsumexp(z) - z[label], z = x @ head.T + head_bias, of a label in cluster i logsumexp(z) - z[first + i] + logsumexp(u) - u[label], "
    "u = x @ down.T @ up.T"
)
DERIVATIVE = "softmax(z) - onehot and softmax(u) - onehot, through the layers"
CATALOG = {NAME: ({}, FORMULA, DERIVATIVE, _PASSES)}


class AdaptiveGradients(NamedTuple):
    """A gradient for each array; `tails` are pairs, head_bias is None without one."""

    x: np.ndarray
    head: np.ndarray
    tails: tuple
    head_bias: np.ndarray | None


class AdaptiveShapes(NamedTuple):
    """Shapes of the weights; `tails` are pairs."""

    head: tuple
    tails: tuple


class _Weights:
    """x and the weights of one call, checked; the first classes are the head's own."""

    def __init__(self, call, x, head, tails, head_bias):
        *given, dtype = layer_arrays(call, x, head, head_bias, ("x", "head", "head_bias"))
        if not isinstance(tails, (list, tuple)) or not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in tails):
            raise TypeError(f"{call}: tails is of type {type(tails).__name__}; a list of pairs (down, up) is accepted")
        pairs = [[as_real(call, f"tails[{i}][{k}]", weight) for k, weight in enumerate(pair)] for i, pair in enumerate(tails)]
        width = given[0].shape[-1]
        for i, (down, up) in enumerate(pairs):
            if down.ndim != 2 or up.ndim != 2 or down.shape[1] != width or up.shape[1] != down.shape[0]:
                shapes = f"tails[{i}] has shapes {down.shape} and {up.shape}"
                raise ValueError(f"{call}: {shapes}; (width, {width}) and (classes, width) are accepted")
        first = len(given[1]) - len(pairs)
        if first < 1:
            raise ValueError(f"{call}: head has {len(given[1])} rows for {len(pairs)} clusters; more of them than clusters are accepted")
        self.dtype = result_dtype(*(a for a in (x, head, head_bias, *(w for pair in tails for w in pair)) if a is not None))
        self.work, self.x_shape, self.shape = working_dtype(self.dtype), given[0].shape, given[0].shape[:-1]
        self.x = as_plain(given[0], self.work).reshape(math.prod(self.shape), width)
        self.head, self.bias = as_plain(given[1], self.work), None if head_bias is None else as_plain(given[2], self.work)
        self.pairs = [[as_plain(weight, self.work) for weight in pair] for pair in pairs]
        self.begins = np.cumsum([first, *(len(up) for _, up in self.pairs)])  # the first class of every cluster, and how many there are


def _layers(call, weights, labels, chunk, row_weight, kept):
    """(rows, down, Layer) of the head, which has all rows and no down, and of every cluster that a label is in."""
    cluster = np.searchsorted(weights.begins, labels, "right") - 1
    first = weights.begins[0]
    in_head = np.where(cluster < 0, labels, first + cluster)

    def layer(rows, x, weight, labels, bias):
        own = None if row_weight is None else row_weight[rows]
        return Layer(call, x, weight, labels, bias, None, None, 0.0, chunk, own, None if kept is None else kept[rows])

    yield slice(None), None, layer(slice(None), weights.x, weights.head, in_head, weights.bias)
    for i, (down, up) in enumerate(weights.pairs):
        rows = np.flatnonzero((cluster == i) & (True if kept is None else kept))
        yield rows, down, layer(rows, weights.x[rows] @ down.T, up, labels[rows] - weights.begins[i], None)


def _made(which):
    call, kernel = NAME if which == VALUE else f"{NAME}.{which}", _core.RowLoss("cross_entropy")

    @np.errstate(all="ignore")
    def run(x, head, tails, labels, head_bias, chunk, reduction, empty, sample_weight, where, out):
        weights = _Weights(call, x, head, tails, head_bias)
        mask = as_mask(call, where, weights.shape)
        labels = _as_labels(call, "labels", np.asarray(labels), weights.shape, None)
        kept = np.ones(weights.shape, bool) if mask is None else mask
        labels = _mark_excluded(call, labels, weights.begins[-1], None, kept)
        how = Reduction(call, reduction, empty, weights.shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, weights.dtype)
        row_weight = weights_of(call, sample_weight, mask, weights.shape, weights.work)
        divisor = how.divisor(lambda: float(labels.size) if row_weight is None else _core.total_weight(row_weight))
        own, kept = None if row_weight is None else row_weight.reshape(-1), None if mask is None else kept.reshape(-1)
        labels = np.maximum(labels, 0).reshape(-1)
        losses = np.zeros(labels.size, weights.work) if which != GRADIENT and reduction == "none" else None
        by_x, by_head, by_tails, total = None, None, [], 0.0
        for rows, down, layer in _layers(call, weights, labels, chunk, own, kept):
            found = None if losses is None else np.empty(len(layer.labels), layer.work)
            slopes = None if which == VALUE else layer.slopes()
            total += layer.run(kernel, scale_of(divisor), found, slopes)
            if losses is not None:
                losses[rows] += found
            if slopes is None:
                continue
            if down is None:
                by_x, by_head = slopes[0], slopes[1:]
            else:
                by_x[rows] += slopes[0] @ down
                by_tails.append((slopes[0].T @ weights.x[rows], slopes[1]))
        value = None
        if which != GRADIENT:
            value = how.finish(total, divisor, None if losses is None else losses.reshape(weights.shape), weights.dtype, out)
        if which == VALUE:
            return value
        plain = weights.dtype, None
        gradients = AdaptiveGradients(
            deliver(by_x.reshape(weights.x_shape), *plain),
            deliver(by_head[0], *plain),
            tuple((deliver(down, *plain), deliver(up, *plain)) for down, up in by_tails),
            deliver(by_head[1], *plain) if len(by_head) > 1 else None,
        )
        return gradients if which == GRADIENT else (value, gradients)

    return run


# ---------------------------------------------------------------------- beside the loss


@np.errstate(all="ignore")
def _log_probs(x, head, tails, head_bias=None, chunk=None, out=None):
    call = f"{NAME}.log_probs"
    weights, log_softmax = _Weights(call, x, head, tails, head_bias), library.function("log_softmax")
    classes = int(weights.begins[-1])
    shape = (*weights.shape, classes)
    check_output(call, "out", out, shape, weights.dtype)
    found, first = _core.new_output((len(weights.x), classes), weights.work), weights.begins[0]
    some = rows_at_once(call, chunk, classes)
    for at in range(0, len(weights.x), some):
        rows = slice(at, at + some)
        z = weights.x[rows] @ weights.head.T
        z = log_softmax(z if weights.bias is None else z + weights.bias)
        found[rows, :first] = z[:, :first]
        for i, (down, up) in enumerate(weights.pairs):
            own = slice(*weights.begins[i : i + 2])
            found[rows, own] = log_softmax(weights.x[rows] @ down.T @ up.T) + z[:, first + i, None]
    return deliver(found.reshape(shape), weights.dtype, out)


def _shapes(features, classes, cutoffs, div_value=4.0):
    call = f"{NAME}.shapes"
    cutoffs, divided = [int(c) for c in cutoffs], as_number(call, "div_value", div_value)
    ends = [*cutoffs, int(classes)]
    if not cutoffs or ends[0] < 1 or any(a >= b for a, b in zip(ends, ends[1:])):
        raise ValueError(f"{call}: cutoffs is {cutoffs}; rising integers between 0 and {classes} are accepted")
    if not 0 < divided < math.inf:
        raise ValueError(f"{call}: div_value is {div_value}; finite numbers above 0 are accepted")
    widths = [int(features // divided ** (i + 1)) for i in range(len(cutoffs))]
    pairs = ((((width, features), (size, width))) for width, size in zip(widths, np.diff(ends).tolist()))
    return AdaptiveShapes((ends[0] + len(cutoffs), features), tuple(pairs))


# ---------------------------------------------------------------------- documentation

_INPUTS = """x : array_like
    Inputs, of shape (..., n).
head : array_like
    Weights of the first classes and, behind them, of one number for each cluster: (first + clusters, n).
tails : list of pairs of array_like
    For each cluster (down, up): down of shape (width, n), up of shape (classes of the cluster, width).
"""
_BIAS = """head_bias : array_like, optional
    Of shape (first + clusters,).
chunk : int, optional
    How many rows have logits at the same time; as many as make 2**22 of them, and at least one, where nothing is said."""
_TEXT = """{title}

Parameters
----------
{inputs}

Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input and for labels that are no integers.
ValueError
    For shapes that do not fit{refused}. Nothing is written then.

Notes
-----
{notes}

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""
_LOSS_INPUTS = f"""{_INPUTS}labels : array_like of int
    The right class of every row: the shape of x without its last axis. The first classes should be the most frequent ones.
{_BIAS}
reduction, empty, sample_weight, where : optional
    As those of cross_entropy."""
_OUT = "\nout : ndarray, optional\n    Where the value is written."
_RETURNS = {
    VALUE: 'scalar of the input dtype, or ndarray with reduction="none"',
    GRADIENT: "(x, head, tails, head_bias) : named tuple\n    Derivatives of the reduced loss; tails are pairs, head_bias is None "
    "without a bias.",
    BOTH: "(value, gradients)\n    What the two functions alone return.",
}
_TITLES = {
    VALUE: "adaptive_log_softmax: cross entropy of classes in clusters, of which rows need the head and their own cluster alone.",
    GRADIENT: "Gradients of adaptive_log_softmax, of the reduced loss, by x and all weights.",
    BOTH: "adaptive_log_softmax and its gradients from one pass over x.",
}
_NOTES = f"""Formula: {FORMULA}. Gradient: {DERIVATIVE}.
As PyTorch's AdaptiveLogSoftmaxWithLoss has it; `adaptive_log_softmax.shapes` gives the shapes of its weights. Memory beside the results:
chunk * classes of the largest layer numbers. The products are NumPy's: they are rounded as its matmul rounds them."""
_SHOWN = "np.array([[1.0, 2.0]]), np.zeros((2, 2)), [(np.ones((1, 2)), np.ones((2, 1)))]"


def _document(function, call, title, inputs, returns, refused, notes, example):
    name_function(function, call)
    function.__doc__ = _TEXT.format(title=title, inputs=inputs, returns=returns, refused=refused, notes=notes, example=example)
    return function


def build(name):
    """adaptive_log_softmax with its gradient, value_and_gradient, log_probs and shapes."""
    runs = {which: _made(which) for which in _PASSES}

    def value(x, head, tails, labels, head_bias=None, chunk=None, *, reduction="mean", empty="nan", sample_weight=None, where=None,
              out=None):  # fmt: skip
        return runs[VALUE](x, head, tails, labels, head_bias, chunk, reduction, empty, sample_weight, where, out)

    def gradient(x, head, tails, labels, head_bias=None, chunk=None, *, reduction="mean", empty="nan", sample_weight=None, where=None):
        return runs[GRADIENT](x, head, tails, labels, head_bias, chunk, reduction, empty, sample_weight, where, None)

    def value_and_gradient(x, head, tails, labels, head_bias=None, chunk=None, *, reduction="mean", empty="nan", sample_weight=None,
                           where=None, out=None):  # fmt: skip
        return runs[BOTH](x, head, tails, labels, head_bias, chunk, reduction, empty, sample_weight, where, out)

    example = np.array([[1.0, 2.0]]), np.zeros((2, 2)), [(np.ones((1, 2)), np.ones((2, 1)))], np.array([1])
    for which, function in zip(_PASSES, (value, gradient, value_and_gradient)):
        call = name if which == VALUE else f"{name}.{which}"
        inputs, shown = _LOSS_INPUTS + ("" if which == GRADIENT else _OUT), repr(function(*example))
        refused, shown = ", a label that is no class, an unknown reduction", f">>> fa.{call}({_SHOWN}, np.array([1]))\n{shown}"
        _document(function, call, _TITLES[which], inputs, _RETURNS[which], refused, _NOTES, shown)
    value.gradient, value.value_and_gradient = gradient, value_and_gradient
    value.log_probs = _document(
        _log_probs, f"{name}.log_probs", "Logarithms of the probabilities of all classes.", f"{_INPUTS}{_BIAS}\nout : ndarray, optional\n"
        "    Where they are written.", "ndarray\n    Of shape (..., classes); its argmax along the last axis is the prediction.", "",
        "log_softmax of the head, to which that of its cluster is added.",
        f">>> fa.{name}.log_probs({_SHOWN}).shape\n(1, 3)",
    )  # fmt: skip
    value.shapes = _document(
        _shapes, f"{name}.shapes", "Shapes of head and tails.", "features : int\n    How wide the inputs are.\nclasses : int\n    How many "
        "classes there are.\ncutoffs : sequence of int\n    The first class of every cluster, rising.\ndiv_value : float, default 4\n"
        "    How much narrower each cluster's layer is than the one before: features // div_value**(i + 1).",
        "(head, tails) : named tuple\n    A shape, and a pair of shapes for each cluster.", " or cutoffs that do not rise",
        "As PyTorch's AdaptiveLogSoftmaxWithLoss makes its layers.",
        f">>> fa.{name}.shapes(16, 100, [10, 40])\n{_shapes(16, 100, [10, 40])!r}",
    )  # fmt: skip
    return value
