"""What all losses share (reductions, weights, docstrings), and those of rows of scores with a label each.

The calls here are the general form of every loss. A plain call (two arrays, no option) is answered in C before it comes here.
"""

import math

import numpy as np

from . import _core
from .arrays import (
    as_axis,
    as_mask,
    as_number,
    as_plain,
    as_real,
    check_output,
    deliver,
    last_axis,
    name_function,
    result_dtype,
    takes_result,
    working_dtype,
)

REDUCTIONS = ("none", "mean", "sum", "batchmean")
EMPTY = {"nan": math.nan, "zero": 0.0}
EXCLUDED = -1
VALUE, GRADIENT, BOTH = "value", "gradient", "value_and_gradient"


class Reduction:
    """How one call turns losses into its answer, and the scale that this gives to gradients."""

    def __init__(self, call, reduction, empty, shape):
        if reduction not in REDUCTIONS:
            raise ValueError(f"{call}: reduction is {reduction!r}; {', '.join(map(repr, REDUCTIONS))} are accepted")
        if not isinstance(empty, str) or empty not in EMPTY:
            raise ValueError(f"{call}: empty is {empty!r}; {', '.join(map(repr, EMPTY))} are accepted")
        self.name, self.shape, self.of_nothing = reduction, shape, EMPTY[empty]
        self.result_shape = shape if reduction == "none" else ()

    def divisor(self, weight_total):
        """weight_total() is asked for only where the reduction needs it."""
        if self.name == "mean":
            return weight_total()
        return float(self.shape[0]) if self.name == "batchmean" and self.shape else 1.0

    def finish(self, total, divisor, losses, dtype, out):
        if self.name == "none":
            return deliver(losses, dtype, out)
        value = total if self.name == "sum" else total / divisor if divisor else self.of_nothing
        if out is None:
            return _core.scalar(value, dtype)
        return deliver(np.asarray(value), dtype, out)


def scale_of(divisor):
    """Where nothing counts no element moves the mean."""
    return 1.0 / divisor if divisor else 0.0


def weights_of(call, sample_weight, mask, shape, dtype):
    """sample_weight, and 0 where the mask is False, as one plain array of the shape; None without both."""
    if sample_weight is None and mask is None:
        return None
    weight = np.ones(shape, dtype)
    if sample_weight is not None:
        given = as_real(call, "sample_weight", sample_weight)
        if given.shape == shape[: given.ndim]:  # one for each sample: along the first axes
            given = given.reshape(given.shape + (1,) * (len(shape) - given.ndim))
        elif given.ndim < len(shape) or not _broadcasts(given.shape, shape):
            raise ValueError(f"{call}: sample_weight has shape {given.shape}; {shape} or that of its first axes is accepted")
        weight[...] = given
    if mask is not None:
        weight[~mask] = 0
    return weight


def _broadcasts(shape, to):
    return len(shape) == len(to) and all(a in (1, b) for a, b in zip(shape, to))


# ---------------------------------------------------------------------- rows and labels


def _as_labels(call, labels, shape):
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu" and not (labels.size == 0 and 0 in shape):
        raise TypeError(f"{call}: labels have dtype {labels.dtype}; integer class labels are accepted")
    if labels.ndim == len(shape) + 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if labels.shape != shape:
        raise ValueError(f"{call}: labels have shape {labels.shape}; {shape}, that of logits without the class axis, is accepted")
    return labels


def _refuse_label(call, labels, wrong, columns, ignore_index):
    place = tuple(int(i) for i in np.unravel_index(wrong, labels.shape)) if labels.ndim else ()
    which = f"labels[{', '.join(map(str, place))}]" if place else "labels"
    also = "" if ignore_index is None else f" and ignore_index={ignore_index}"
    raise ValueError(f"{call}: {which} is {labels[place]}; 0 to {columns - 1}{also} are accepted") from None


def _mark_excluded(call, labels, columns, ignore_index, mask):
    """int64 labels with one label, which no class has, in every row that counts nothing."""
    wrong = (labels < 0) | (labels >= columns)
    counts = mask
    if ignore_index is not None:
        counts = counts & (labels != ignore_index)
    if (wrong & counts).any():
        _refuse_label(call, labels, np.flatnonzero(wrong & counts)[0], columns, ignore_index)
    return np.where(counts, labels.astype(np.int64), EXCLUDED)


def _row_loss(kernel, which):
    call = kernel.name if which == VALUE else f"{kernel.name}.{which}"

    @np.errstate(all="ignore")
    def run(logits, labels, axis, class_weight, ignore_index, label_smoothing, reduction, empty, sample_weight, where, out, grad_out):
        z = as_real(call, "logits", logits)
        axis = as_axis(call, axis, z.ndim)
        moved = last_axis(z, axis)
        shape, columns = moved.shape[:-1], moved.shape[-1]
        dtype = result_dtype(logits)
        work = working_dtype(dtype)
        smoothing = as_number(call, "label_smoothing", label_smoothing)
        if not 0 <= smoothing <= 1:
            raise ValueError(f"{call}: label_smoothing is {label_smoothing}; numbers from 0 to 1 are accepted")
        if ignore_index is not None and not isinstance(ignore_index, (int, np.integer)):
            raise TypeError(f"{call}: ignore_index is {ignore_index!r}; an integer is accepted")
        if class_weight is not None:
            class_weight = as_plain(as_real(call, "class_weight", class_weight), work)
            if class_weight.shape != (columns,):
                raise ValueError(f"{call}: class_weight has shape {class_weight.shape}; {(columns,)} is accepted")
        how = Reduction(call, reduction, empty, shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, dtype)
        check_output(call, "out" if which == GRADIENT else "grad_out", grad_out, z.shape, dtype)
        mask = as_mask(call, where, shape)
        labels = _as_labels(call, labels, shape)
        # no label that int64 holds is an index beyond it
        ignored = ignore_index if ignore_index is None or -(2**63) <= ignore_index < 2**63 else None
        if mask is not None or labels.dtype == np.uint64:  # which int64 does not hold
            mask = np.ones(shape, bool) if mask is None else mask
            k, ignored = _mark_excluded(call, labels, columns, ignore_index, mask), EXCLUDED
        else:
            k = labels
        k = as_plain(k, np.int64).reshape(-1)
        row_weight = None if sample_weight is None else weights_of(call, sample_weight, None, shape, work).reshape(-1)
        rows = as_plain(moved, work).reshape(-1, columns) if z.size else np.empty((k.size, columns), work)
        divisor = how.divisor(lambda: kernel.total_weight(k, columns, class_weight, row_weight, ignored))
        losses = gradient = None
        if which != GRADIENT and how.name == "none":
            losses = np.empty(shape, work)
        if which != VALUE:
            direct = axis == z.ndim - 1 and takes_result(grad_out, work, rows, k, class_weight, row_weight, out)
            gradient = grad_out if direct else np.empty(moved.shape, work)
        try:
            total, _ = kernel(rows, k, class_weight, row_weight, ignored, smoothing, scale_of(divisor), losses, gradient)
        except _core.LabelError as error:
            _refuse_label(call, labels, error.row, columns, ignore_index)
        value = how.finish(total, divisor, losses, dtype, out) if which != GRADIENT else None
        if which == VALUE:
            return value, None
        return value, deliver(gradient if gradient is grad_out else np.moveaxis(gradient, -1, axis), dtype, grad_out)

    def value(logits, labels, axis=-1, class_weight=None, ignore_index=None, label_smoothing=0.0, *, reduction="mean", empty="nan",
              sample_weight=None, where=None, out=None):  # fmt: skip
        options = (axis, class_weight, ignore_index, label_smoothing, reduction, empty, sample_weight, where)
        return run(logits, labels, *options, out, None)[0]

    def gradient(logits, labels, axis=-1, class_weight=None, ignore_index=None, label_smoothing=0.0, *, reduction="mean", empty="nan",
                 sample_weight=None, where=None, out=None):  # fmt: skip
        options = (axis, class_weight, ignore_index, label_smoothing, reduction, empty, sample_weight, where)
        return run(logits, labels, *options, None, out)[1]

    def value_and_gradient(logits, labels, axis=-1, class_weight=None, ignore_index=None, label_smoothing=0.0, *,
                           reduction="mean", empty="nan", sample_weight=None, where=None, out=None, grad_out=None):  # fmt: skip
        options = (axis, class_weight, ignore_index, label_smoothing, reduction, empty, sample_weight, where)
        return run(logits, labels, *options, out, grad_out)

    return {VALUE: value, GRADIENT: gradient, BOTH: value_and_gradient}[which]


# ---------------------------------------------------------------------- documentation and assembly

_ROW_INPUTS = """logits : array_like
    Scores; a row along `axis` holds one for each class.
labels : array_like of int
    The right class of every row: the shape of logits without the class axis.
axis : int, default -1
    The class axis.
class_weight : array_like, optional
    Weight of every class, of shape (classes,).
ignore_index : int, optional
    Rows with this label count nothing: in the value, the gradient and the divisor. Without it every label must be a class.
label_smoothing : float from 0 to 1, default 0
    Share of the target that is spread evenly over the classes."""
REDUCTION = """reduction : {{"mean", "none", "sum", "batchmean"}}, default "mean"
    "mean" is sum / count, with weights sum(w * loss) / sum(w); "batchmean" is sum / size of axis 0; "none" keeps every {unit}.
empty : {{"nan", "zero"}}, default "nan"
    What the mean of nothing is: no {unit}s, all of them left out, or weights that sum to 0.
"""
WEIGHTS = """sample_weight : array_like, optional
    Weight of every {unit}{first_axes}.
where : array_like of bool, optional
    False leaves {unit}s out, whatever they hold."""
_OUT = {
    VALUE: 'out : ndarray, optional\n    Where the result is written: of shape () unless reduction is "none".',
    GRADIENT: "out : ndarray, optional\n    Where the gradient is written.",
    BOTH: "out, grad_out : ndarray, optional\n    Where the value and the gradient are written.",
}
_RETURNS = {
    VALUE: 'scalar of the input dtype, or ndarray with reduction="none"\n    A sum of nothing is 0.',
    GRADIENT: "ndarray\n    Of the shape and dtype of {argument}: derivative of the reduced loss.",
    BOTH: "(value, gradient)\n    What the two functions alone return.",
}
_TITLES = {
    VALUE: "{name}: {formula}, reduced.",
    GRADIENT: "Gradient of {name}, of the reduced loss: {derivative}.",
    BOTH: "{name} and its gradient from one pass over memory.",
}
TEXT = """{title}

Parameters
----------
{inputs}
{options}
{out}

Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input{raises_type}.
ValueError
    For unequal shapes{raises_value}, an output of another shape or without permission to write.
    Nothing is written then.

Notes
-----
Formula: {formula}. Gradient: {derivative}. {notes}

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""


def assemble(row, general, arguments, argument, words):
    """The callables of a loss from their general forms, documented and joined by attributes."""
    made = {}
    for which, function in general.items():
        call = row["name"] if which == VALUE else f"{row['name']}.{which}"
        name_function(function, call)
        made[which] = _core.make_callable(row["name"], which, function)
        name_function(made[which], call)
        shown = f">>> fa.{call}({', '.join(map(literal, arguments))})\n{function(*arguments)!r}"
        texts = words | {"raises_value": words["raises_value"] + ", an unknown reduction"}
        function.__doc__ = made[which].__doc__ = TEXT.format(
            title=_TITLES[which].format(**row),
            options=(REDUCTION + WEIGHTS).format(**words),
            out=_OUT[which],
            returns=_RETURNS[which].format(argument=argument),
            formula=row["formula"],
            derivative=row["derivative"],
            example=shown,
            **texts,
        )
        made[which].__wrapped__ = function
        made[which].max_ulp = {dtype: bounds[which != VALUE] for dtype, bounds in row["max_ulp"].items()}
    made[VALUE].gradient, made[VALUE].value_and_gradient = made[GRADIENT], made[BOTH]
    return made[VALUE]


def literal(value):
    return f"np.array({value.tolist()})" if isinstance(value, np.ndarray) else repr(value)


def build(row):
    """The functions of a ROW_LOSS row of the catalog."""
    kernel = _core.RowLoss(row["name"])
    ulp = row["max_ulp"]["float32"][0]
    words = {
        "inputs": _ROW_INPUTS,
        "unit": "row",
        "first_axes": "",
        "raises_type": " and for labels that are no integers",
        "raises_value": ", a label that is no class",
        "notes": f"Sums run in a fixed order; rows are within {ulp:g} ulp, means within 2.5, float64 gradients of weighted means within 3.",
    }
    general = {which: _row_loss(kernel, which) for which in (VALUE, GRADIENT, BOTH)}
    return assemble(row, general, (np.array([[1.0, 1.0]]), np.array([0])), "logits", words)
