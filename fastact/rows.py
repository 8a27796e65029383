"""Row-wise functions with kernels of their own: softmax and its relatives, along any axis of any array."""

import math
import operator
from functools import cache

import numpy as np

from . import _core, library
from .arrays import (
    as_axis,
    as_lines,
    as_mask,
    as_number,
    as_plain,
    as_real,
    check_output,
    deliver,
    fill_where_not,
    last_axis,
    name_function,
    new_lines,
    result_dtype,
    selected,
    working_dtype,
)
from .rows_text import EXCLUDED, document, example

_FLOAT64 = np.dtype(np.float64)


def as_rows(array, axis, dtype):
    """The array as (rows, columns) in C order; a copy unless it is that already."""
    moved = array.reshape(1, -1) if axis is None else last_axis(array, axis)
    columns = moved.shape[-1]
    return as_plain(moved, dtype).reshape(math.prod(moved.shape[:-1]), columns)


def back_from_rows(rows, axis, shape):
    """Undo `as_rows`."""
    if axis is None or axis == len(shape) - 1 or not rows.size:
        return rows.reshape(shape)
    return np.moveaxis(rows.reshape(*shape[:axis], *shape[axis + 1 :], shape[axis]), -1, axis)


def axis_of(call, axis, shape):
    """None for the whole array, as for a number, which is a row of one."""
    if axis is not None:
        axis = as_axis(call, axis, len(shape) or 1)
    return axis if shape else None


def check_gradient(call, grad, shape, what, other):
    if grad.shape != shape:
        raise ValueError(f"{call}: grad has shape {grad.shape} and {what} {other.shape}; {_shape_words(shape, other)}")


def _shape_words(shape, other):
    return "equal shapes are accepted" if shape == other.shape else f"a grad of shape {shape} is accepted"


_SCALED = {"softmax": ("value", "backward"), "log_softmax": ("value",)}  # passes whose kernels multiply by a scale
_SCALES = 2.0**-60, 2.0**60  # that they take


def _split(name, step, scale):
    """The scale as what scores are multiplied by before the kernel, and what the kernel is told; None: nothing."""
    if step not in _SCALED.get(name, ()) or not _SCALES[0] <= abs(scale) <= _SCALES[1]:
        return scale, None
    return math.copysign(1.0, scale), abs(scale)


def _is_exact(dtype, scale):
    """Whether products lose nothing in the working dtype, or nothing that 16 bits could show."""
    return _SCALES[0] <= abs(scale) <= 1 and (dtype.itemsize == 2 or abs(math.frexp(scale)[0]) == 0.5)


def _work_dtype(dtype, mask, scale):
    """Scores are multiplied in double unless that is exact; what is not left to the kernel is done in float32 for the 16-bit dtypes."""
    if scale == 1 and mask is None:
        return dtype
    return working_dtype(dtype) if _is_exact(dtype, scale) else np.dtype(np.float64)


def prepared(array, axis, dtype, scale, mask, excluded):
    """Lines of an array, times the scale, and what does not count where the mask says so."""
    lines = as_lines(array, axis, dtype, plain=scale != 1 or mask is not None)
    if scale != 1:
        lines = np.multiply(lines, scale, out=_core.new_output(lines.shape, lines.dtype))
    return lines if mask is None else selected(mask, lines, excluded)


def common(call, arrays, axis, where, scale, out):
    """What both passes check, in the order of the arguments: axis, mask as lines, scale, dtypes of the result and of the work."""
    shape = arrays[0].shape
    axis = axis_of(call, axis, shape)
    mask = as_mask(call, where, shape)
    scale = as_number(call, "scale", scale)
    dtype = result_dtype(*arrays)
    check_output(call, "out", out, shape, dtype)
    return axis, None if mask is None else as_lines(mask, axis, bool, plain=True), scale, dtype, _work_dtype(dtype, mask, scale)


def _checked_alpha(call, alpha):
    alpha = as_number(call, "alpha", alpha)
    if not 1 <= alpha <= 2:
        raise ValueError(f"{call}: alpha is {alpha:g}; 1 to 2 are accepted")
    return alpha


def _checked_eps(call, eps):
    eps = as_number(call, "eps", eps)
    if not eps >= 0:
        raise ValueError(f"{call}: eps is {eps:g}; 0 or more is accepted")
    return eps


def _checked_pieces(call, pieces, columns):
    try:
        count = operator.index(pieces)
    except TypeError:
        raise TypeError(f"{call}: pieces is {pieces!r}; an integer is accepted") from None
    if count < 1 or columns % count:
        raise ValueError(f"{call}: pieces is {count} for {columns} entries; a positive divisor of their number is accepted")
    return count


# ---- probabilities: of the shape of x, backward from y


def _has_missing_rows(lines):
    """Whether a row is NaN, which it is throughout; of others the kernels leave what was -inf as what `where` leaves out holds."""
    return lines.size and np.isnan(lines[:, 0]).any()


def _probabilities(kernel, name):
    """value(x, parameter, axis, where, scale, out) and backward(grad, y, ...)."""
    excluded, call = EXCLUDED.get(name, 0.0), f"{name}.backward"

    @np.errstate(all="ignore")
    def value(x, parameter, axis, where, scale, out):
        x = as_real(name, "x", x)
        axis, mask, scale, dtype, _ = common(name, (x,), axis, where, scale, out)
        before, told = _split(name, "value", scale)
        work = _work_dtype(dtype, mask, before)
        lines = prepared(x, axis, work, before, mask, -np.inf)
        made, result = new_lines(None if mask is not None else out, x.shape, work, axis, x)
        kernel.value(lines, result, parameter if told is None else told)
        if mask is not None:
            if name == "hardmax" or _has_missing_rows(result):
                fill_where_not(mask, result, excluded)
            if name == "hardmax":  # where all that counts is -inf, the kernel may have taken what does not count
                outer, inner = np.nonzero(~result.any(1) & mask.any(1))
                result[outer, mask.argmax(1)[outer, inner], inner] = 1
        return deliver(made, dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, y, parameter, axis, where, scale, out):
        grad, y = as_real(call, "grad", grad), as_real(call, "y", y)
        check_gradient(call, grad, y.shape, "y", y)
        axis, mask, scale, dtype, _ = common(call, (grad, y), axis, where, scale, out)
        after, told = _split(name, "backward", scale)
        work = _work_dtype(dtype, mask, after)
        lines, outputs = (prepared(a, axis, work, 1, mask, gap) for a, gap in ((grad, 0), (y, excluded)))
        made, result = new_lines(None if mask is not None else out, y.shape, work, axis, grad, y)
        kernel.backward(lines, outputs, result, parameter if told is None else told)
        if after != 1:
            result *= after
        if mask is not None:
            fill_where_not(mask, result, 0)
        return deliver(made, dtype, out)

    return value, backward


def _build_plain(kernel, name):
    run, run_backward = _probabilities(kernel, name)

    def value(x, axis=-1, where=None, scale=1.0, out=None):
        return run(x, None, axis, where, scale, out)

    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        return run_backward(grad, y, None, axis, where, scale, out)

    return value, backward


def _build_entmax(kernel, name):
    run, run_backward = _probabilities(kernel, name)

    def value(x, alpha=1.5, axis=-1, where=None, scale=1.0, out=None):
        alpha = _checked_alpha(name, alpha)
        if alpha == 1:
            return general("softmax")[0](x, axis, where, scale, out)
        return run(x, alpha, axis, where, scale, out)

    def backward(grad, y, alpha=1.5, axis=-1, where=None, scale=1.0, out=None):
        alpha = _checked_alpha(f"{name}.backward", alpha)
        if alpha == 1:
            return general("softmax")[1](grad, y, axis, where, scale, out)
        return run_backward(grad, y, alpha, axis, where, scale, out)

    return value, backward


# ---- one number a row, backward from x


def _reduced(shape, axis, keepdims):
    if axis is None:
        return (1,) * len(shape) if keepdims else ()
    return shape[:axis] + (1,) * bool(keepdims) + shape[axis + 1 :]


def build_logsumexp(kernel, name, mean=False):
    """logsumexp, or logmeanexp: less the logarithm of how many numbers count, in double."""
    call = f"{name}.backward"

    @np.errstate(all="ignore")
    def value(x, axis=-1, where=None, scale=1.0, keepdims=False, out=None):
        x = as_real(name, "x", x)
        axis, mask, scale, dtype, work = common(name, (x,), axis, where, scale, None)
        shape = _reduced(x.shape, axis, keepdims)
        check_output(name, "out", out, shape, dtype)
        lines = prepared(x, axis, np.dtype(np.float64) if mean else work, scale, mask, -np.inf)
        result = _core.new_output((lines.shape[0], 1, lines.shape[2]), lines.dtype)
        kernel.value(lines, result)
        if mean:
            count = lines.shape[1] if mask is None else mask.sum(1, keepdims=True)
            result -= np.where(np.isneginf(result), 0, np.log(count))
        return deliver(result.reshape(shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, where=None, scale=1.0, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, mask, scale, dtype, work = common(call, (x, grad), axis, where, scale, out)
        if grad.shape != _reduced(x.shape, axis, True):
            check_gradient(call, grad, _reduced(x.shape, axis, False), "x", x)
        lines = prepared(x, axis, work, scale, mask, -np.inf)
        made, result = new_lines(None if mask is not None else out, x.shape, work, axis, grad, x)
        kernel.backward(as_plain(grad, work).reshape(lines.shape[0], 1, lines.shape[2]), lines, result)
        if scale != 1:
            result *= scale
        if mask is not None:
            fill_where_not(mask, result, 0)
        return deliver(made, dtype, out)

    return value, backward


def _log_of_weighted(rows, b):
    """(log of abs of the sum of b exp(x), that sum in units of a power of e, its terms) of every row, in float64."""
    rows = np.where(b == 0, -np.inf, rows)
    largest = rows.max(axis=-1, keepdims=True, initial=-np.inf)
    largest = np.where(np.isfinite(largest), largest, 0.0)
    terms = b * library.function("exponential")(rows - largest)
    total = terms.sum(axis=-1, keepdims=True)
    return library.function("log")(np.abs(total)) + largest, total, terms


def _build_logsumexp(kernel, name):
    """With weights and the sign of the sum, as scipy.special.logsumexp has it."""
    plain, plain_backward = build_logsumexp(kernel, name)
    call = f"{name}.backward"

    def weights(where, b, shape, axis):
        b = np.ones(()) if b is None else as_real(where, "b", b)
        if b.ndim > len(shape) or any(size not in (1, whole) for size, whole in zip(b.shape[::-1], shape[::-1])):
            raise ValueError(f"{where}: b has shape {b.shape}; what broadcasts to {shape} is accepted")
        return as_rows(np.broadcast_to(b, shape), axis, _FLOAT64)

    @np.errstate(all="ignore")
    def value(x, axis=-1, where=None, scale=1.0, keepdims=False, out=None, b=None, return_sign=False):
        if b is None and not return_sign:
            return plain(x, axis, where, scale, keepdims, out)
        x = as_real(name, "x", x)
        axis, mask, scale, dtype, _ = common(name, (x,), axis, where, scale, None)
        shape = _reduced(x.shape, axis, keepdims)
        check_output(name, "out", out, shape, dtype)
        lines = prepared(x, axis, _FLOAT64, scale, mask, -np.inf)
        log, total, _ = _log_of_weighted(as_rows(lines, 1, _FLOAT64), weights(name, b, x.shape, axis))
        if not return_sign:
            return deliver(np.where(total < 0, np.nan, log).reshape(shape), dtype, out)
        return deliver(log.reshape(shape), dtype, out), deliver(np.sign(total).reshape(shape), dtype, None)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, where=None, scale=1.0, out=None, b=None):
        if b is None:
            return plain_backward(grad, x, axis, where, scale, out)
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, mask, scale, dtype, _ = common(call, (x, grad), axis, where, scale, out)
        if grad.shape != _reduced(x.shape, axis, True):
            check_gradient(call, grad, _reduced(x.shape, axis, False), "x", x)
        lines = prepared(x, axis, _FLOAT64, scale, mask, -np.inf)
        _, total, terms = _log_of_weighted(as_rows(lines, 1, _FLOAT64), weights(call, b, x.shape, axis))
        slope = np.where(terms == 0, 0.0, terms / total * (scale * as_plain(grad, _FLOAT64).reshape(total.shape)))
        return deliver(back_from_rows(slope, axis, x.shape), dtype, out)

    return value, backward


# ---- others with backward from x


def _build_l2_normalize(kernel, name):
    call = f"{name}.backward"

    @np.errstate(all="ignore")
    def value(x, axis=-1, eps=1e-12, out=None):
        x = as_real(name, "x", x)
        axis, _, _, dtype, work = common(name, (x,), axis, None, 1.0, out)
        lines, eps = as_lines(x, axis, work), _checked_eps(name, eps)
        made, result = new_lines(out, x.shape, work, axis, x)
        kernel.value(lines, result, eps)
        return deliver(made, dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, eps=1e-12, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        check_gradient(call, grad, x.shape, "x", x)
        axis, _, _, dtype, work = common(call, (grad, x), axis, None, 1.0, out)
        lines, eps = as_lines(x, axis, work), _checked_eps(call, eps)
        made, result = new_lines(out, x.shape, work, axis, grad, x)
        kernel.backward(as_lines(grad, axis, work), lines, result, eps)
        return deliver(made, dtype, out)

    return value, backward


def _grouped(shape, axis, pieces):
    return shape[:axis] + (shape[axis] // pieces,) + shape[axis + 1 :]


def _build_maxout(kernel, name):
    call = f"{name}.backward"

    def checked(where, x, pieces, axis):
        if x.ndim == 0:
            raise ValueError(f"{where}: x has no axis; at least one dimension is accepted")
        if axis is None and x.ndim > 1:
            raise ValueError(f"{where}: axis is None for an x of shape {x.shape}; an integer is accepted")
        axis = as_axis(where, -1 if axis is None else axis, x.ndim)
        return axis, _checked_pieces(where, pieces, x.shape[axis])

    @np.errstate(all="ignore")
    def value(x, pieces=4, axis=-1, out=None):
        x = as_real(name, "x", x)
        axis, pieces = checked(name, x, pieces, axis)
        shape, dtype = _grouped(x.shape, axis, pieces), result_dtype(x)
        check_output(name, "out", out, shape, dtype)
        made, result = new_lines(out, shape, dtype, axis, x)
        kernel.value(as_lines(x, axis, dtype), result, pieces)
        return deliver(made, dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, pieces=4, axis=-1, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, pieces = checked(call, x, pieces, axis)
        check_gradient(call, grad, _grouped(x.shape, axis, pieces), "x", x)
        dtype = result_dtype(grad, x)
        check_output(call, "out", out, x.shape, dtype)
        made, result = new_lines(out, x.shape, dtype, axis, grad, x)
        kernel.backward(as_lines(grad, axis, dtype), as_lines(x, axis, dtype), result, pieces)
        return deliver(made, dtype, out)

    return value, backward


_BUILDERS = {"entmax": _build_entmax, "logsumexp": _build_logsumexp, "l2_normalize": _build_l2_normalize, "maxout": _build_maxout}


@cache
def general(name):
    """Value and backward of a row-wise function as Python functions, which take every call."""
    return _BUILDERS.get(name, _build_plain)(_core.Rows(name), name)


def finish(name, made, value, backward, row):
    """Documents both passes and joins them; `made` makes the public objects."""
    words = {"formula": row["formula"], "derivative": row["derivative"]}
    words["ulp"] = row["max_ulp"]["float32"][0] if "max_ulp" in row else None
    forward, back = example(name, backward)
    document(value, name, f"{name} of every row: {row['formula']}.", example=forward, **words)
    document(backward, name, f"Gradient through {name}: {row['derivative']}.", example=back, **words)
    function = made("value", value, name)
    function.backward = made("backward", backward, f"{name}.backward")
    for entry in (function, function.backward) if "max_ulp" in row else ():
        entry.max_ulp = {dtype: bounds[0] for dtype, bounds in row["max_ulp"].items()}
    return function


def build(row):
    """The function of a ROWWISE row of the catalog, with its backward pass as attribute."""
    name = row["name"]
    value, backward = general(name)

    def made(pass_, general, qualified_name):
        name_function(general, qualified_name)
        public = _core.make_callable(name, pass_, general)
        public.__wrapped__, public.__doc__ = general, general.__doc__
        name_function(public, qualified_name)
        return public

    return finish(name, made, value, backward, row)
