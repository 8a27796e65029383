"""Row-wise functions: softmax and its relatives, along any axis of any array."""

import inspect
import math
import operator

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
    working_dtype,
)

# what a position holds that `where` leaves out
EXCLUDED = {"log_softmax": -np.inf}


def _rows(array, axis, dtype):
    """The array as (rows, columns) in C order; a copy unless it is that already."""
    moved = array.reshape(1, -1) if axis is None else last_axis(array, axis)
    columns = moved.shape[-1]
    return as_plain(moved, dtype).reshape(math.prod(moved.shape[:-1]), columns)


def _back(rows, axis, shape):
    """Undo `_rows`."""
    if axis is None or axis == len(shape) - 1 or not rows.size:
        return rows.reshape(shape)
    return np.moveaxis(rows.reshape(*shape[:axis], *shape[axis + 1 :], shape[axis]), -1, axis)


def _axis_of(call, axis, shape):
    """None for the whole array, as for a number, which is a row of one."""
    if axis is not None:
        axis = as_axis(call, axis, len(shape) or 1)
    return axis if shape else None


def _same_shape(call, grad, shape, what, other):
    if grad.shape != shape:
        raise ValueError(f"{call}: grad has shape {grad.shape} and {what} {other.shape}; {_shape_words(shape, other)}")


def _shape_words(shape, other):
    return "equal shapes are accepted" if shape == other.shape else f"a grad of shape {shape} is accepted"


def _work_dtype(dtype, scale):
    """Scores are multiplied in double unless that is exact."""
    return working_dtype(dtype) if scale in (1, -1) else np.dtype(np.float64)


def _prepared(rows, scale, mask, excluded):
    if scale != 1:
        rows = rows * scale
    return rows if mask is None else np.where(mask, rows, rows.dtype.type(excluded))


def _common(call, arrays, axis, where, scale, out):
    """What both passes check, in the order of the arguments: axis, mask, scale, dtypes of the result and of the work."""
    shape = arrays[0].shape
    axis = _axis_of(call, axis, shape)
    mask = as_mask(call, where, shape)
    scale = as_number(call, "scale", scale)
    dtype = result_dtype(*arrays)
    check_output(call, "out", out, shape, dtype)
    return axis, None if mask is None else _rows(mask, axis, bool), scale, dtype, _work_dtype(dtype, scale)


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


def _probabilities(kernel, name):
    """value(x, parameter, axis, where, scale, out) and backward(grad, y, ...)."""
    excluded, call = EXCLUDED.get(name, 0.0), f"{name}.backward"

    @np.errstate(all="ignore")
    def value(x, parameter, axis, where, scale, out):
        x = as_real(name, "x", x)
        axis, mask, scale, dtype, work = _common(name, (x,), axis, where, scale, out)
        rows = _prepared(_rows(x, axis, work), scale, mask, -np.inf)
        result = np.empty_like(rows)
        kernel.value(rows, result, parameter)
        if mask is not None:
            result[~mask] = excluded
            if name == "hardmax":  # where all that counts is -inf, the kernel may have taken what does not count
                lost = ~result.any(-1) & mask.any(-1)
                result[lost, mask[lost].argmax(-1)] = 1
        return deliver(_back(result, axis, x.shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, y, parameter, axis, where, scale, out):
        grad, y = as_real(call, "grad", grad), as_real(call, "y", y)
        _same_shape(call, grad, y.shape, "y", y)
        axis, mask, scale, dtype, work = _common(call, (grad, y), axis, where, scale, out)
        rows, outputs = (_prepared(_rows(a, axis, work), 1, mask, gap) for a, gap in ((grad, 0), (y, excluded)))
        result = np.empty_like(rows)
        kernel.backward(rows, outputs, result, parameter)
        if scale != 1:
            result *= scale
        if mask is not None:
            result[~mask] = 0
        return deliver(_back(result, axis, y.shape), dtype, out)

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
            return _softmax["value"](x, axis, where, scale, out)
        return run(x, alpha, axis, where, scale, out)

    def backward(grad, y, alpha=1.5, axis=-1, where=None, scale=1.0, out=None):
        alpha = _checked_alpha(f"{name}.backward", alpha)
        if alpha == 1:
            return _softmax["backward"](grad, y, axis, where, scale, out)
        return run_backward(grad, y, alpha, axis, where, scale, out)

    return value, backward


_softmax = {}  # the general form of softmax, for what is softmax underneath


# ---- one number a row, backward from x


def _reduced(shape, axis, keepdims):
    if axis is None:
        return (1,) * len(shape) if keepdims else ()
    return shape[:axis] + (1,) * bool(keepdims) + shape[axis + 1 :]


def _build_logsumexp(kernel, name, mean=False):
    """logsumexp, or logmeanexp: less the logarithm of how many numbers count, in double."""
    call = f"{name}.backward"

    @np.errstate(all="ignore")
    def value(x, axis=-1, where=None, scale=1.0, keepdims=False, out=None):
        x = as_real(name, "x", x)
        axis, mask, scale, dtype, work = _common(name, (x,), axis, where, scale, None)
        shape = _reduced(x.shape, axis, keepdims)
        check_output(name, "out", out, shape, dtype)
        rows = _prepared(_rows(x, axis, np.dtype(np.float64) if mean else work), scale, mask, -np.inf)
        result = np.empty((len(rows), 1), rows.dtype)
        kernel.value(rows, result)
        if mean:
            count = rows.shape[1] if mask is None else mask.sum(-1, keepdims=True)
            result -= np.where(np.isneginf(result), 0, np.log(count))
        return deliver(result.reshape(shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, where=None, scale=1.0, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, mask, scale, dtype, work = _common(call, (x, grad), axis, where, scale, out)
        if grad.shape != _reduced(x.shape, axis, True):
            _same_shape(call, grad, _reduced(x.shape, axis, False), "x", x)
        rows = _prepared(_rows(x, axis, work), scale, mask, -np.inf)
        result = np.empty_like(rows)
        kernel.backward(as_plain(grad, work).reshape(len(rows), 1), rows, result)
        if scale != 1:
            result *= scale
        if mask is not None:
            result[~mask] = 0
        return deliver(_back(result, axis, x.shape), dtype, out)

    return value, backward


# ---- others with backward from x


def _build_l2_normalize(kernel, name):
    call = f"{name}.backward"

    @np.errstate(all="ignore")
    def value(x, axis=-1, eps=1e-12, out=None):
        x = as_real(name, "x", x)
        axis, _, _, dtype, work = _common(name, (x,), axis, None, 1.0, out)
        rows, eps = _rows(x, axis, work), _checked_eps(name, eps)
        result = np.empty_like(rows)
        kernel.value(rows, result, eps)
        return deliver(_back(result, axis, x.shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, eps=1e-12, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        _same_shape(call, grad, x.shape, "x", x)
        axis, _, _, dtype, work = _common(call, (grad, x), axis, None, 1.0, out)
        rows, eps = _rows(x, axis, work), _checked_eps(call, eps)
        result = np.empty_like(rows)
        kernel.backward(_rows(grad, axis, work), rows, result, eps)
        return deliver(_back(result, axis, x.shape), dtype, out)

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
        rows = _rows(x, axis, working_dtype(dtype))
        result = np.empty((len(rows), rows.shape[1] // pieces), rows.dtype)
        kernel.value(rows, result, pieces)
        return deliver(_back(result, axis, shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, pieces=4, axis=-1, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, pieces = checked(call, x, pieces, axis)
        _same_shape(call, grad, _grouped(x.shape, axis, pieces), "x", x)
        dtype = result_dtype(grad, x)
        check_output(call, "out", out, x.shape, dtype)
        rows = _rows(x, axis, working_dtype(dtype))
        result = np.empty_like(rows)
        kernel.backward(_rows(grad, axis, rows.dtype), rows, result, pieces)
        return deliver(_back(result, axis, x.shape), dtype, out)

    return value, backward


_BUILDERS = {"entmax": _build_entmax, "logsumexp": _build_logsumexp, "l2_normalize": _build_l2_normalize, "maxout": _build_maxout}


_TEXT = """{title}

Parameters
----------
{inputs}
{options}

Returns
-------
ndarray
    {returned} Integers and bool become float64.

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For an axis that does not exist, and for an `out` of another shape or without permission to write.

Notes
-----
Formula: {formula}. Backward: {derivative}.
{notes}

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""

_OPTIONS = {
    "axis": "axis : int or None, default -1\n    Axis of a row; None takes the whole array as one row.",
    "where": "where : array_like of bool, optional\n    False leaves a position out{kept}.",
    "scale": "scale : float, default 1.0\n    Multiplies {scaled} (a temperature T means scale = 1 / T).",
    "keepdims": "keepdims : bool, default False\n    Leave the axis in the result, of length 1.",
    "out": "out : ndarray, optional\n    Where the result is written; may be exactly an input of its shape.",
    "alpha": "alpha : float, default 1.5\n    1 is softmax, 2 sparsemax, what lies between is accepted.",
    "eps": "eps : float, default 1e-12\n    The norm counts as no smaller.",
    "pieces": "pieces : int, default 4\n    Entries of a group; they divide the axis.",
    "tau": "tau : float, default 1.0\n    Temperature, above 0.",
    "hard": "hard : bool, default False\n    1 at the largest of the sample, 0 elsewhere.",
    "rng": "rng : numpy.random.Generator, optional\n    Where the noise comes from; a fresh one by default.",
    "lengths": "lengths : array_like of int\n    How many entries each segment has, in order; 0 is accepted.",
}
_INPUTS = {
    "x": "x : array_like\n    Input.",
    "grad": "grad : array_like\n    Upstream gradient g, of the shape of the value.",
    "y": "y : array_like\n    What the function returned.",
}
_PROBABILITIES = "A row that holds NaN or +inf is NaN throughout; -inf counts as probability 0."
_NOTES = {
    "maxout": "Exact. NaN counts as larger than any number; of equal entries the first gets the gradient.",
    "hardmax": "Exact. The first NaN of a row counts as its largest entry.",
    "logsumexp": "No sum overflows; -inf alone, or nothing, gives -inf, +inf gives +inf.",
    "logmeanexp": "No sum overflows; -inf alone, or nothing, gives -inf, +inf gives +inf.",
    "l2_normalize": "A row of zeros stays one; no square overflows.",
    "crelu": "Exact.",
    "masked_softmax": "A row that is left out altogether, or holds nothing but -inf, is 0 and never NaN.",
}


def _document(function, name, title, formula, derivative, example, ulp=None):
    """A docstring from the signature and these words."""
    backward = title.startswith("Gradient")
    given = list(inspect.signature(function).parameters)
    words = {"kept": "", "scaled": "the gradient, as it multiplied x" if backward else "x first"}
    if not backward:
        words["kept"] = f": it holds {EXCLUDED.get(name, 0.0):g}" if "keepdims" not in given else ""
    bound = f"float32 results are within {ulp:g} ulp. " if ulp else ""
    function.__doc__ = _TEXT.format(
        title=title,
        inputs="\n".join(_INPUTS[word] for word in given if word in _INPUTS),
        options="\n".join(_OPTIONS[word].format(**words) for word in given if word in _OPTIONS),
        returned="Of the shape of x." if backward or not {"keepdims", "pieces"} & set(given) else "The value of every row or group.",
        formula=formula,
        derivative=derivative,
        notes=bound + _NOTES.get(name, _PROBABILITIES),
        example=example,
    )


def _example(name, backward):
    """What one types and what comes back; the forward answer is computed here, so it is true."""
    if name == "crelu":
        return (
            ">>> fa.crelu(np.array([1.0, -2.0]))\narray([1., 0., 0., 2.])",
            ">>> fa.crelu.backward(np.ones(4), np.array([1.0, -2.0]))\narray([ 1., -1.])",
        )
    if name == "gumbel_softmax":
        return (
            ">>> fa.gumbel_softmax(np.zeros((3, 5)), hard=True).sum(axis=-1)\narray([1., 1., 1.])",
            ">>> y = fa.gumbel_softmax(np.zeros((3, 5)))\n>>> fa.gumbel_softmax.backward(np.ones((3, 5)), y).shape\n(3, 5)",
        )
    if name == "softmax_segments":
        return (
            ">>> fa.softmax_segments(np.zeros(3), [1, 2])\narray([1. , 0.5, 0.5])",
            ">>> y = fa.softmax_segments(np.zeros(3), [1, 2])\n"
            ">>> fa.softmax_segments.backward(np.ones(3), y, [1, 2])\narray([0., 0., 0.])",
        )
    if name in ("maxout", "logsumexp", "logmeanexp"):
        return (
            f">>> fa.{name}(np.zeros((2, 4), np.float32)).shape\n{'(2, 1)' if name == 'maxout' else '(2,)'}",
            f">>> x = np.zeros((2, 4), np.float32)\n>>> fa.{name}.backward(fa.{name}(x), x).shape\n(2, 4)",
        )
    shown = {"l2_normalize": "array([0.6, 0.8])", "hardmax": "array([0., 1.])", "sparsemax": "array([0., 1.])"}.get(name)
    given = "y" if "y" in inspect.signature(backward).parameters else "x"
    forward = f">>> fa.{name}(np.array([3.0, 4.0]))\n{shown}" if shown else f">>> fa.{name}(np.zeros((2, 4), np.float32)).shape\n(2, 4)"
    return (
        forward,
        f">>> x = np.ones((2, 4), np.float32)\n>>> y = fa.{name}(x)\n>>> fa.{name}.backward(np.ones_like(x), {given}).shape\n(2, 4)",
    )


def _finish(name, made, value, backward, row):
    """Documents both passes and joins them; `made` makes the public objects."""
    words = {"formula": row["formula"], "derivative": row["derivative"]}
    words["ulp"] = row["max_ulp"]["float32"][0] if "max_ulp" in row else None
    forward, back = _example(name, backward)
    _document(value, name, f"{name} of every row: {row['formula']}.", example=forward, **words)
    _document(backward, name, f"Gradient through {name}: {row['derivative']}.", example=back, **words)
    function = made("value", value, name)
    function.backward = made("backward", backward, f"{name}.backward")
    for entry in (function, function.backward) if "max_ulp" in row else ():
        entry.max_ulp = {dtype: bounds[0] for dtype, bounds in row["max_ulp"].items()}
    return function


def build(row):
    """The function of a ROWWISE row of the catalog, with its backward pass as attribute."""
    name = row["name"]
    value, backward = _BUILDERS.get(name, _build_plain)(_core.Rows(name), name)
    if name == "softmax":
        _softmax.update(value=value, backward=backward)

    def made(pass_, general, qualified_name):
        name_function(general, qualified_name)
        public = _core.make_callable(name, pass_, general)
        public.__wrapped__, public.__doc__ = general, general.__doc__
        name_function(public, qualified_name)
        return public

    return _finish(name, made, value, backward, row)


# ---- made of others


def _masked_softmax():
    @np.errstate(all="ignore")
    def value(x, axis=-1, where=None, scale=1.0, out=None):
        x = as_real("masked_softmax", "x", x)
        mask, scale = as_mask("masked_softmax", where, x.shape), as_number("masked_softmax", "scale", scale)
        kept = ~np.isneginf(x * np.sign(scale)) if x.dtype.kind == "f" else np.ones(x.shape, bool)
        return _renamed("masked_softmax", _softmax["value"], x, axis, kept if mask is None else kept & mask, scale, out)

    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        return _renamed("masked_softmax", _softmax["backward"], grad, y, axis, where, scale, out)

    return value, backward


def _softmin():
    def value(x, axis=-1, where=None, scale=1.0, out=None):
        return _renamed("softmin", _softmax["value"], x, axis, where, -as_number("softmin", "scale", scale), out)

    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        scale = -as_number("softmin.backward", "scale", scale)
        return _renamed("softmin", _softmax["backward"], grad, y, axis, where, scale, out)

    return value, backward


def _crelu():
    relu, call = _core.make_ufunc("relu", "value", "relu"), "crelu.backward"
    relu_backward = _core.make_ufunc("relu", "backward", "relu.backward")

    def halves(axis, size):
        return [(slice(None),) * axis + (slice(at, at + size),) for at in (0, size)]

    def doubled(where, x, axis):
        if x.ndim == 0 or (axis is None and x.ndim > 1):
            raise ValueError(f"{where}: axis is {axis} for an x of shape {x.shape}; an axis of x is accepted")
        axis = as_axis(where, -1 if axis is None else axis, x.ndim)
        return axis, x.shape[:axis] + (2 * x.shape[axis],) + x.shape[axis + 1 :]

    @np.errstate(all="ignore")
    def value(x, axis=-1, out=None):
        x = as_real("crelu", "x", x)
        axis, shape = doubled("crelu", x, axis)
        dtype = result_dtype(x)
        check_output("crelu", "out", out, shape, dtype)
        result = np.empty(shape, dtype)
        first, second = halves(axis, x.shape[axis])
        x = x.astype(dtype, copy=False)
        relu(x, out=result[first])
        relu(-x, out=result[second])
        return deliver(result, dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, shape = doubled(call, x, axis)
        _same_shape(call, grad, shape, "x", x)
        dtype = result_dtype(grad, x)
        check_output(call, "out", out, x.shape, dtype)
        first, second = halves(axis, x.shape[axis])
        x, grad = x.astype(dtype, copy=False), grad.astype(dtype, copy=False)
        return deliver(relu_backward(grad[first], x) - relu_backward(grad[second], -x), dtype, out)

    return value, backward


def _checked_tau(call, tau):
    tau = as_number(call, "tau", tau)
    if not tau > 0:
        raise ValueError(f"{call}: tau is {tau:g}; a number above 0 is accepted")
    return tau


def _gumbel_softmax():
    hardmax = _core.Rows("hardmax")

    @np.errstate(all="ignore")
    def value(x, tau=1.0, hard=False, axis=-1, rng=None, out=None):
        x, tau = as_real("gumbel_softmax", "x", x), _checked_tau("gumbel_softmax", tau)
        if rng is not None and not isinstance(rng, np.random.Generator):
            raise TypeError(f"gumbel_softmax: rng is of type {type(rng).__name__}; a numpy.random.Generator is accepted")
        axis, dtype = _axis_of("gumbel_softmax", axis, x.shape), result_dtype(x)
        check_output("gumbel_softmax", "out", out, x.shape, dtype)
        waiting = (rng or np.random.default_rng()).standard_exponential(x.shape)
        noise = -np.log(np.maximum(waiting, np.finfo(np.float64).tiny))  # 0 would make its element infinite
        y = _softmax["value"](x + noise, axis, None, 1 / tau, None)
        if hard:
            rows = _rows(np.asarray(y), axis, np.dtype(np.float64))
            result = np.empty_like(rows)
            hardmax.value(rows, result)
            y = _back(result, axis, x.shape)
        return deliver(np.asarray(y), dtype, out)

    def backward(grad, y, tau=1.0, axis=-1, out=None):
        tau = _checked_tau("gumbel_softmax.backward", tau)
        return _renamed("gumbel_softmax", _softmax["backward"], grad, y, axis, None, 1 / tau, out)

    return value, backward


def _softmax_segments():
    kernel = _core.Rows("softmax")

    def segments(call, x, lengths, axis):
        """The rows of x along the axis, and where segments of each length begin."""
        axis = as_axis(call, axis, x.ndim)
        lengths = np.asarray(lengths)
        if lengths.size == 0:
            lengths = lengths.astype(int)
        if lengths.dtype.kind not in "iu" or lengths.ndim != 1:
            raise TypeError(f"{call}: lengths has dtype {lengths.dtype} and shape {lengths.shape}; integers in one dimension are accepted")
        if (lengths < 0).any() or lengths.sum() != x.shape[axis]:
            raise ValueError(f"{call}: lengths sum to {lengths.sum()}; lengths of 0 or more that sum to {x.shape[axis]} are accepted")
        begins = np.cumsum(lengths) - lengths
        return axis, [(length, begins[lengths == length]) for length in np.unique(lengths) if length]

    def each(run, arrays, groups, result):
        for length, begins in groups:
            at = begins[:, None] + np.arange(length)
            parts = [np.take(array, at, axis=1).reshape(-1, length) for array in arrays]
            made = np.empty_like(parts[0])
            run(*parts, made)
            result[:, at] = made.reshape(len(result), *at.shape)

    @np.errstate(all="ignore")
    def value(x, lengths, axis=-1, scale=1.0, out=None):
        name = "softmax_segments"
        x = as_real(name, "x", x)
        axis, groups = segments(name, x, lengths, axis)
        _, _, scale, dtype, work = _common(name, (x,), axis, None, scale, out)
        rows = _prepared(_rows(x, axis, work), scale, None, 0)
        result = np.empty_like(rows)
        each(kernel.value, (rows,), groups, result)
        return deliver(_back(result, axis, x.shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, y, lengths, axis=-1, scale=1.0, out=None):
        call = "softmax_segments.backward"
        grad, y = as_real(call, "grad", grad), as_real(call, "y", y)
        _same_shape(call, grad, y.shape, "y", y)
        axis, groups = segments(call, y, lengths, axis)
        _, _, scale, dtype, work = _common(call, (grad, y), axis, None, scale, out)
        rows = _rows(grad, axis, work)
        result = np.empty_like(rows)
        each(kernel.backward, (rows, _rows(y, axis, work)), groups, result)
        return deliver(_back(result if scale == 1 else result * scale, axis, y.shape), dtype, out)

    return value, backward


def _renamed(name, general, *arguments):
    """Calls the general form of softmax; its errors speak of `name`."""
    try:
        return general(*arguments)
    except (TypeError, ValueError) as error:
        if isinstance(error, np.exceptions.AxisError):
            raise np.exceptions.AxisError(str(error).replace("softmax", name, 1)) from None
        raise type(error)(str(error).replace("softmax", name, 1)) from None


# name -> (how it is made, formula, backward)
_COMPOSED = {
    "masked_softmax": (_masked_softmax, "softmax of what is left, 0 elsewhere", "y * (g - sum(g * y)), 0 where left out"),
    "softmin": (_softmin, "softmax(-x)", "-y * (g - sum(g * y))"),
    "logmeanexp": (
        lambda: _build_logsumexp(_core.Rows("logsumexp"), "logmeanexp", mean=True),
        "logsumexp(x) - log(n), n how many count",
        "g * exp(x - logsumexp(x))",
    ),
    "crelu": (_crelu, "relu(x) and behind it relu(-x), twice as long an axis", "g1 where x > 0, less g2 where x < 0"),
    "gumbel_softmax": (
        _gumbel_softmax,
        "softmax((x + G) / tau), G random: -log(E), E exponential",
        "y * (g - sum(g * y)) / tau, y a sample that is not hard",
    ),
    "softmax_segments": (_softmax_segments, "softmax inside every one of consecutive segments", "y * (g - sum(g * y)) of every segment"),
}


def build_composed():
    """The functions that are made of others and have no kernels of their own, by name."""
    return {name: _finish(name, _named, *make(), {"formula": f, "derivative": d}) for name, (make, f, d) in _COMPOSED.items()}


def _named(pass_, general, qualified_name):
    name_function(general, qualified_name)
    return general
