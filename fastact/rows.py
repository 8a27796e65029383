"""Row-wise functions: softmax and its relatives, along any axis of any array."""

import numpy as np

from . import _core
from .arrays import as_float, check_out

_EMPTY = {"softmax": 0.0, "log_softmax": -np.inf}  # what a position excluded by `where` holds

_TEXT = """{title}

Parameters
----------
{inputs}axis : int or None, default -1
    Axis of a row; None takes the whole array as one row.
where : array_like of bool, optional
    False excludes a position: its result is {empty}; a row without any position is {empty} throughout, never NaN.
scale : float, default 1.0
    Multiplies x first (a temperature T means scale = 1 / T).
out : ndarray, optional
    Where the result is written; may be exactly an input.

Returns
-------
ndarray
    Of the shape and dtype of x; integers and bool become float64.

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For an axis out of range, or an `out` of another shape, of another dtype or read-only.

Notes
-----
Formula: {formula}. Backward: {derivative}.
Every float32 output is within {ulp:g} ulp. A row that holds NaN or +inf is NaN throughout; -inf entries count as probability 0.

Examples
--------
>>> import numpy as np, fastact as fa
>>> fa.{call}
"""


def _general(run, name, a, b, axis, where, scale, out, empty, gradient):
    """Anything that is not a plain array along its last axis: brought into that form, run, and brought back."""
    a = as_float(name, "grad" if gradient else "x", a)
    if b is not None:
        b = as_float(name, "y", b)
        dtype = np.result_type(a, b)
        a, b = np.broadcast_arrays(a.astype(dtype, copy=False), b.astype(dtype, copy=False))
    check_out(name, out, a.shape, a.dtype)
    shape = a.shape
    if axis is not None:
        axis = np.lib.array_utils.normalize_axis_index(axis, a.ndim)
    dtype = a.dtype
    wide = np.float64 if dtype == np.float32 and scale != 1 else np.float32 if dtype == np.float16 else dtype

    def rows(v, kind):
        v = v.reshape(-1) if axis is None else np.moveaxis(v, axis, -1)
        return np.ascontiguousarray(v, dtype=kind).reshape(-1, v.shape[-1] if v.ndim else 1)

    x = rows(a, wide)
    y = None if b is None else rows(b, wide)
    mask = None if where is None else rows(np.broadcast_to(np.asarray(where, dtype=bool), shape), bool)
    if scale != 1 and not gradient:
        x = x * wide(scale) if isinstance(wide, type) else x * wide.type(scale)
    if mask is not None:
        x = np.where(mask, x, 0 if gradient else -np.inf).astype(x.dtype, copy=False)
    result = np.empty_like(x)
    run(x, y, result)
    if scale != 1 and gradient:
        result *= scale
    if mask is not None:
        result[~mask] = 0.0 if gradient else empty
    if axis is None:
        result = result.reshape(shape)
    else:
        moved = np.moveaxis(a, axis, -1).shape
        result = np.moveaxis(result.reshape(moved), -1, axis)
    if out is None:
        return np.ascontiguousarray(result, dtype=dtype)
    out[...] = result
    return out


def build(row):
    """The function of a ROWWISE row of the catalog, with its backward pass as attribute."""
    name = row["name"]
    forward, back = _core.Rows(name, False), _core.Rows(name, True)
    empty = _EMPTY[name]

    def value(x, axis=-1, where=None, scale=1.0, out=None):
        if axis == -1 and where is None and scale == 1.0:
            result = forward(x, None, out)
            if result is not None:
                return result
        return _general(forward, name, x, None, axis, where, scale, out, empty, False)

    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        if axis == -1 and where is None and scale == 1.0:
            result = back(grad, y, out)
            if result is not None:
                return result
        return _general(back, f"{name}.backward", grad, y, axis, where, scale, out, 0.0, True)

    fill = {"formula": row["formula"], "derivative": row["derivative"], "ulp": row["max_ulp"]["float32"][0], "empty": f"{empty:g}"}
    value.__doc__ = _TEXT.format(
        title=f"{name} of every row: {row['formula']}.",
        inputs="x : array_like\n    Scores.\n",
        call=f"{name}(np.zeros((2, 4), np.float32)).shape\n(2, 4)",
        **fill,
    )
    fill["empty"] = "0"
    backward.__doc__ = _TEXT.format(
        title=f"Gradient through {name}: {row['derivative']}.",
        inputs=f"grad : array_like\n    Upstream gradient.\ny : array_like\n    What {name} returned.\n",
        call=f"{name}.backward(np.ones((2, 4)), {name_of(name)}).shape\n(2, 4)",
        **fill,
    )
    value.__name__ = value.__qualname__ = name
    backward.__name__, backward.__qualname__ = "backward", f"{name}.backward"
    value.__module__ = backward.__module__ = "fastact"
    value.backward = backward
    value.max_ulp = row["max_ulp"]
    return value


def name_of(name):
    return f"fa.{name}(np.zeros((2, 4)))"
