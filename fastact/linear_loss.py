"""Cross entropy of a linear layer, without all of its logits at once."""

import math

import numpy as np

from . import _core
from .arrays import as_array, as_mask, as_plain, as_real, check_output, deliver, name_function, result_dtype, working_dtype
from .losses import BOTH, GRADIENT, VALUE, Reduction, scale_of, weights_of
from .parameters import SHARE, number_in
from .row_losses import EXCLUDED, _as_labels, _class_weight, _mark_excluded

NAME = "linear_cross_entropy"
FORMULA = "logsumexp(z) - z[label], z = x @ weight.T + bias"
DERIVATIVE = "dx = G @ weight, dweight = G.T @ x, dbias = sum(G), G = softmax(z) - onehot(label)"
CATALOG = {NAME: ({}, FORMULA, DERIVATIVE, (VALUE, GRADIENT, BOTH))}
NUMBERS_AT_ONCE = 1 << 22


def layer_arrays(call, x, weight, bias, names=("x", "weight", "bias")):
    """x, weight and bias, which may be None, of shapes that fit each other, and the dtype of what is made of them."""
    arrays = zip(names, (x, weight) if bias is None else (x, weight, bias))
    given = [*(as_real(call, name, a) for name, a in arrays), *[None] * (bias is None)]
    if given[0].ndim < 1 or given[1].ndim != 2 or given[0].shape[-1] != given[1].shape[1]:
        shapes = f"{names[0]} has shape {given[0].shape} and {names[1]} {given[1].shape}"
        raise ValueError(f"{call}: {shapes}; (..., n) and (classes, n) are accepted")
    if bias is not None and given[2].shape != given[1].shape[:1]:
        raise ValueError(f"{call}: {names[2]} has shape {given[2].shape}; {given[1].shape[:1]} is accepted")
    return *given, result_dtype(*(a for a in (x, weight, bias) if a is not None))


def rows_at_once(call, chunk, numbers):
    """How many rows are taken at a time, where each needs so many numbers."""
    if chunk is not None and (not isinstance(chunk, (int, np.integer)) or chunk < 1):
        raise ValueError(f"{call}: chunk is {chunk!r}; None and integers above 0 are accepted")
    return chunk or max(1, NUMBERS_AT_ONCE // max(numbers, 1))


class Layer:
    """The arrays of one call, checked."""

    def __init__(self, call, x, weight, labels, bias, class_weight, ignore_index, label_smoothing, chunk, sample_weight, where):
        self.call, self.ignore_index = call, ignore_index
        *given, self.dtype = layer_arrays(call, x, weight, bias)
        self.x_shape, self.shape, self.classes = given[0].shape, given[0].shape[:-1], given[1].shape[0]
        self.work = working_dtype(self.dtype)
        self.smoothing = number_in(call, "label_smoothing", label_smoothing, *SHARE)
        if ignore_index is not None and not isinstance(ignore_index, (int, np.integer)):
            raise TypeError(f"{call}: ignore_index is {ignore_index!r}; an integer is accepted")
        self.chunk = rows_at_once(call, chunk, self.classes)
        self.class_weight = _class_weight(call, "class_weight", class_weight, self.classes, self.work)
        mask = as_mask(call, where, self.shape)
        labels = _as_labels(call, "labels", as_array(call, "labels", labels), self.shape, None)
        mask = np.ones(self.shape, bool) if mask is None else mask
        self.labels = as_plain(_mark_excluded(call, labels, self.classes, ignore_index, mask), np.int64).reshape(-1)
        row_weight = weights_of(call, sample_weight, None, self.shape, self.work)
        self.row_weight = None if row_weight is None else row_weight.reshape(-1)
        self.x = as_plain(given[0], self.work).reshape(len(self.labels), given[0].shape[-1])
        self.weight, self.bias = as_plain(given[1], self.work), None if bias is None else as_plain(given[2], self.work)
        kept = self.labels != EXCLUDED
        if not kept.all():  # whatever stands where nothing counts, NaN too, must not reach a product
            self.x = np.where(kept[:, None], self.x, self.work.type(0))

    def slopes(self):
        """Where the gradients of x, weight and, if there is one, bias are added up."""
        found = [_core.new_output(self.x.shape, self.work), np.zeros_like(self.weight)]
        return found + ([] if self.bias is None else [np.zeros_like(self.bias)])

    def run(self, kernel, scale, losses, slopes):
        """The sum of all losses; fills losses and slopes unless they are None."""
        return sum_of(self._chunks(kernel, scale, losses, slopes))

    def _chunks(self, kernel, scale, losses, slopes):
        for at in range(0, len(self.labels), self.chunk):
            rows = slice(at, at + self.chunk)
            logits = self.x[rows] @ self.weight.T
            if self.bias is not None:
                logits += self.bias
            own = None if self.row_weight is None else self.row_weight[rows]
            gradient = None if slopes is None else logits  # in place
            part = None if losses is None else losses[rows]
            yield kernel(logits, self.labels[rows], self.class_weight, own, EXCLUDED, self.smoothing, scale, part, gradient)[0]
            if slopes is not None:
                np.matmul(logits, self.weight, out=slopes[0][rows])
                slopes[1] += logits.T @ self.x[rows]
                if self.bias is not None:
                    slopes[2] += logits.sum(axis=0)


def sum_of(totals):
    totals = list(totals)
    return math.fsum(totals) if np.isfinite(totals).all() else float(np.sum(totals))


def _made(which):
    call, kernel = NAME if which == VALUE else f"{NAME}.{which}", _core.RowLoss("cross_entropy")

    @np.errstate(all="ignore")
    def run(reduction, empty, out, *given):
        layer = Layer(call, *given)
        how = Reduction(call, reduction, empty, layer.shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, layer.dtype)
        divisor = how.divisor(lambda: kernel.total_weight(layer.labels, layer.classes, layer.class_weight, layer.row_weight, EXCLUDED))
        losses = _core.new_output(len(layer.labels), layer.work) if which != GRADIENT and reduction == "none" else None
        slopes = None if which == VALUE else layer.slopes()
        total = layer.run(kernel, scale_of(divisor), losses, slopes)
        value = None
        if which != GRADIENT:
            value = how.finish(total, divisor, None if losses is None else losses.reshape(layer.shape), layer.dtype, out)
        if slopes is None:
            return value
        shapes = layer.x_shape, layer.weight.shape, (layer.classes,)
        gradients = tuple(deliver(a.reshape(shape), layer.dtype, None) for a, shape in zip(slopes, shapes))
        return gradients if which == GRADIENT else (value, gradients)

    return run


_TEXT = """{title}

Parameters
----------
x : array_like
    Inputs of the layer, of shape (..., n).
weight : array_like
    Of shape (classes, n).
labels : array_like of int
    The right class of every row: the shape of x without its last axis.
bias : array_like, optional
    Of shape (classes,).
class_weight, ignore_index, label_smoothing : optional
    As those of cross_entropy.
chunk : int, optional
    How many rows have logits at the same time; as many as make 2**22 logits, and at least one, where nothing is said.
reduction, empty, sample_weight, where : optional
    As those of cross_entropy.
{out}
Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input and for labels that are no integers.
ValueError
    For shapes that do not fit, a label that is no class, an unknown reduction. Nothing is written then.

Notes
-----
Formula: {formula}. Gradient: {derivative}. Memory beside the results: chunk * classes numbers. The products are NumPy's: they are rounded
as its matmul rounds them, and only their loss is as exact as cross_entropy. With several chunks the same chunk gives the same bits.

Examples
--------
>>> import numpy as np, fastact as fa
>>> fa.{call}(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0]))
{shown}"""
_OUT = "out : ndarray, optional\n    Where the value is written.\n"
_RETURNS = {
    VALUE: 'scalar of the input dtype, or ndarray with reduction="none"',
    GRADIENT: "(dx, dweight) or, with bias, (dx, dweight, dbias)\n    Derivatives of the reduced loss.",
    BOTH: "(value, gradients)\n    What the two functions alone return.",
}
_TITLES = {
    VALUE: "linear_cross_entropy: cross_entropy(x @ weight.T + bias, labels), a chunk of rows at a time.",
    GRADIENT: "Gradients of linear_cross_entropy, of the reduced loss, by x, weight and bias.",
    BOTH: "linear_cross_entropy and its gradients from one pass over x.",
}


def build(name):
    """linear_cross_entropy with its gradient and value_and_gradient."""
    runs = {which: _made(which) for which in (VALUE, GRADIENT, BOTH)}

    def value(x, weight, labels, bias=None, class_weight=None, ignore_index=None, label_smoothing=0.0, chunk=None, *,
              reduction="mean", empty="nan", sample_weight=None, where=None, out=None):  # fmt: skip
        options = (class_weight, ignore_index, label_smoothing, chunk, sample_weight, where)
        return runs[VALUE](reduction, empty, out, x, weight, labels, bias, *options)

    def gradient(x, weight, labels, bias=None, class_weight=None, ignore_index=None, label_smoothing=0.0, chunk=None, *,
                 reduction="mean", empty="nan", sample_weight=None, where=None):  # fmt: skip
        options = (class_weight, ignore_index, label_smoothing, chunk, sample_weight, where)
        return runs[GRADIENT](reduction, empty, None, x, weight, labels, bias, *options)

    def value_and_gradient(x, weight, labels, bias=None, class_weight=None, ignore_index=None, label_smoothing=0.0, chunk=None, *,
                           reduction="mean", empty="nan", sample_weight=None, where=None, out=None):  # fmt: skip
        options = (class_weight, ignore_index, label_smoothing, chunk, sample_weight, where)
        return runs[BOTH](reduction, empty, out, x, weight, labels, bias, *options)

    example = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0])
    for which, function in zip((VALUE, GRADIENT, BOTH), (value, gradient, value_and_gradient)):
        call = name if which == VALUE else f"{name}.{which}"
        name_function(function, call)
        function.__doc__ = _TEXT.format(
            title=_TITLES[which], out="" if which == GRADIENT else _OUT, returns=_RETURNS[which], formula=FORMULA, derivative=DERIVATIVE,
            call=call, shown=repr(function(*example)),
        )  # fmt: skip
    value.gradient, value.value_and_gradient = gradient, value_and_gradient
    return value
