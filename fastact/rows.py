"""Row-wise functions: softmax and its relatives, along any axis of any array."""

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
EXCLUDED = {"softmax": 0.0, "log_softmax": -np.inf}


def _rows(array, axis, dtype):
    """The array as (rows, columns) in C order; a copy unless it is that already."""
    moved = array.reshape(1, -1) if axis is None else last_axis(array, axis)
    return as_plain(moved, dtype).reshape(-1, moved.shape[-1] if moved.size else 1)


def _back(rows, axis, shape):
    """Undo `_rows`."""
    if axis is None or axis == len(shape) - 1 or not rows.size:
        return rows.reshape(shape)
    return np.moveaxis(rows.reshape(*shape[:axis], *shape[axis + 1 :], shape[axis]), -1, axis)


def _common(call, arrays, axis, where, scale, out):
    """What both passes check, in the order of the arguments: axis, mask, scale, dtypes of the result and of the work."""
    shape = arrays[0].shape
    if axis is not None:  # a number is a row of one
        axis = as_axis(call, axis, len(shape) or 1)
    mask = as_mask(call, where, shape)
    scale = as_number(call, "scale", scale)
    dtype = result_dtype(*arrays)
    check_output(call, "out", out, shape, dtype)
    work = np.dtype(np.float64) if scale != 1 else working_dtype(dtype)
    axis = axis if shape else None
    return axis, None if mask is None else _rows(mask, axis, bool), scale, dtype, work


def _value(kernel, name, excluded):
    @np.errstate(all="ignore")
    def value(x, axis=-1, where=None, scale=1.0, out=None):
        x = as_real(name, "x", x)
        axis, mask, scale, dtype, work = _common(name, (x,), axis, where, scale, out)
        rows = _rows(x, axis, work)
        if scale != 1:
            rows = rows * scale
        if mask is not None:
            rows = np.where(mask, rows, work.type(-np.inf))
        result = np.empty_like(rows)
        kernel.value(rows, result)
        if mask is not None:
            result[~mask] = excluded
        return deliver(_back(result, axis, x.shape), dtype, out)

    return value


def _backward(kernel, name, excluded):
    call = f"{name}.backward"

    @np.errstate(all="ignore")
    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        grad, y = as_real(call, "grad", grad), as_real(call, "y", y)
        if grad.shape != y.shape:
            raise ValueError(f"{call}: grad has shape {grad.shape} and y {y.shape}; equal shapes are accepted")
        axis, mask, scale, dtype, work = _common(call, (grad, y), axis, where, scale, out)
        rows, outputs = _rows(grad, axis, work), _rows(y, axis, work)
        if mask is not None:
            rows, outputs = np.where(mask, rows, work.type(0)), np.where(mask, outputs, work.type(excluded))
        result = np.empty_like(rows)
        kernel.backward(rows, outputs, result)
        if scale != 1:
            result *= scale
        if mask is not None:
            result[~mask] = 0
        return deliver(_back(result, axis, y.shape), dtype, out)

    return backward


_TEXT = """{title}

Parameters
----------
{inputs}
axis : int or None, default -1
    Axis of a row; None takes the whole array as one row.
where : array_like of bool, optional
    False leaves a position out: it holds {excluded}, also where nothing of a row is left.
scale : float, default 1.0
    Multiplies {scaled} (a temperature T means scale = 1 / T).
out : ndarray, optional
    Where the result is written; may be exactly an input.

Returns
-------
ndarray
    Of the input's shape and dtype; integers and bool become float64.

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For an axis that does not exist, and for an `out` of another shape or without permission to write.

Notes
-----
Formula: {formula}. Backward: {derivative}.
float32 results are within {ulp:g} ulp. A row that holds NaN or +inf is NaN throughout; -inf counts as probability 0.

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""


def _document(function, **words):
    function.__doc__ = _TEXT.format(**words)


def build(row):
    """The function of a ROWWISE row of the catalog, with its backward pass as attribute."""
    name = row["name"]
    kernel, excluded = _core.Rows(name), EXCLUDED[name]
    words = {"formula": row["formula"], "derivative": row["derivative"], "ulp": row["max_ulp"]["float32"][0]}
    value, backward = _value(kernel, name, excluded), _backward(kernel, name, excluded)
    _document(
        value,
        title=f"{name} of every row: {row['formula']}.",
        inputs="x : array_like\n    Scores.",
        excluded=f"{excluded:g}",
        scaled="x first",
        example=f">>> fa.{name}(np.array([[1.0, 1.0], [2.0, 2.0]]))[0]\n{_two_equal(kernel)!r}",
        **words,
    )
    _document(
        backward,
        title=f"Gradient through {name}: {row['derivative']}.",
        inputs=f"grad : array_like\n    Upstream gradient g.\ny : array_like\n    What {name} returned, of the shape of grad.",
        excluded="0",
        scaled="the gradient, as it multiplied x",
        example=f">>> y = fa.{name}(np.zeros((2, 4), np.float32))\n>>> fa.{name}.backward(np.ones_like(y), y).shape\n(2, 4)",
        **words,
    )
    made = _publish(name, "value", value, name)
    made.backward = _publish(name, "backward", backward, f"{name}.backward")
    for function in (made, made.backward):
        function.max_ulp = {dtype: bounds[0] for dtype, bounds in row["max_ulp"].items()}
    return made


def _two_equal(kernel):
    y = np.empty((1, 2))
    kernel.value(np.ones((1, 2)), y)
    return y[0]


def _publish(name, pass_, general, qualified_name):
    name_function(general, qualified_name)
    made = _core.make_callable(name, pass_, general)
    made.__wrapped__, made.__doc__ = general, general.__doc__
    name_function(made, qualified_name)
    return made
