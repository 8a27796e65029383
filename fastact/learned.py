"""Elementwise functions with a learned parameter: the parameter's gradient comes with dx, from one pass over memory."""

import math

import numpy as np

from . import _core
from .arrays import (
    as_axis,
    as_plain,
    as_real,
    check_output,
    deliver,
    example_of,
    is_float,
    name_function,
    result_dtype,
    takes_result,
    working_dtype,
)

PARAMETERS = {
    "weight": "Slope where x is not positive.",
    "beta": "Steepness: multiplies x inside.",
    "a": "Frequency: multiplies x inside the sine.",
}


class _Layout:
    """How a parameter lies over x: sizes (outer, channels, inner), and the order of x's axes that makes it so."""

    def __init__(self, call, name, x, parameter, axis):
        shape, given = x.shape, parameter.shape
        if parameter.ndim == 1:
            axis = 0 if axis == 1 and len(shape) < 2 else as_axis(call, axis, len(shape) or 1)
            channels = shape[axis] if shape else 1
            if given[0] not in (1, channels):
                place = f"the length of axis {axis} of x, which has shape {shape}" if shape else "for a number x"
                raise ValueError(f"{call}: {name} has shape {given}; a scalar or ({channels},) is accepted, {place}")
            aligned = [1] * len(shape)
            if shape:
                aligned[axis] = given[0]
        else:
            aligned = [1] * (len(shape) - parameter.ndim) + list(given)
            if len(aligned) > len(shape) or any(a not in (1, b) for a, b in zip(aligned, shape)):
                raise ValueError(f"{call}: {name} has shape {given}; what broadcasts to the shape of x, {shape}, is accepted")
        varies = [k for k, size in enumerate(aligned) if size != 1]
        between = [k for k in range(varies[0], varies[-1]) if k not in varies and shape[k] != 1] if varies else []
        self.order = None
        if between:  # the parameter is constant along an axis between two where it varies: bring these together
            self.order = [*(k for k in range(len(shape)) if k not in varies), *varies]
            outer, channels, inner = math.prod(shape[k] for k in range(len(shape)) if k not in varies), parameter.size, 1
        elif varies:
            outer, channels, inner = math.prod(shape[: varies[0]]), parameter.size, math.prod(shape[varies[-1] + 1 :])
        else:
            outer, channels, inner = 1, 1, x.size
        self.sizes = (outer, channels, inner)

    def plain(self, array, dtype):
        """C order with the axes as the kernel takes them."""
        return as_plain(array if self.order is None else array.transpose(self.order), dtype)

    def back(self, array):
        return array if self.order is None else array.transpose(np.argsort(self.order))


def _value(kernel, name, parameter_name):
    @np.errstate(all="ignore")
    def value(x, parameter, axis, out):
        given = x, parameter
        x, parameter = as_real(name, "x", x), as_real(name, parameter_name, parameter)
        layout = _Layout(name, parameter_name, x, parameter, axis)
        dtype = _dtype(*given)
        check_output(name, "out", out, x.shape, dtype)
        work = dtype if x.dtype == dtype else working_dtype(dtype)
        x, p = layout.plain(x, work), as_plain(parameter, working_dtype(dtype))
        direct = layout.order is None and takes_result(out, work, x) and not np.may_share_memory(out, p)
        result = out if direct else _core.new_output(x.shape, work)
        kernel.value(layout.sizes, x, p, result)
        return deliver(layout.back(result), dtype, out)

    return value


def _backward(kernel, name, parameter_name):
    call = f"{name}.backward"

    @np.errstate(all="ignore")
    def backward(grad, x, parameter, axis, out):
        given = grad, x, parameter
        grad, x, parameter = as_real(call, "grad", grad), as_real(call, "x", x), as_real(call, parameter_name, parameter)
        if grad.shape != x.shape:
            raise ValueError(f"{call}: grad has shape {grad.shape} and x {x.shape}; equal shapes are accepted")
        layout = _Layout(call, parameter_name, x, parameter, axis)
        dtype = _dtype(*given)
        if not (out is None or (isinstance(out, tuple) and len(out) == 2)):
            raise TypeError(f"{call}: out is {out!r}; None or (dx, d{parameter_name}), each an array or None, is accepted")
        dx_out, parameter_out = out or (None, None)
        check_output(call, "out[0]", dx_out, x.shape, dtype)
        check_output(call, "out[1]", parameter_out, parameter.shape, dtype)
        if dx_out is not None and parameter_out is not None and np.may_share_memory(dx_out, parameter_out):
            raise ValueError(f"{call}: out[0] and out[1] share memory; arrays apart from each other are accepted")
        work = working_dtype(dtype)
        g, x, p = layout.plain(grad, work), layout.plain(x, work), as_plain(parameter, work)
        direct = layout.order is None and takes_result(dx_out, work, g, x) and not np.may_share_memory(dx_out, p)
        dx = dx_out if direct else _core.new_output(x.shape, work)
        dp = np.empty_like(p)
        kernel.backward(layout.sizes, g, x, p, dx, dp)
        return deliver(layout.back(dx), dtype, dx_out), deliver(dp, dtype, parameter_out)

    return backward


def _dtype(*given):
    """As for ufuncs: integers and bool are float64, Python numbers are weak."""
    dtypes = {np.asarray(value).dtype for value in given if type(value) not in (bool, int, float)}
    if len(dtypes) == 1 and (only := next(iter(dtypes))).kind == "f":
        return only.newbyteorder("=")
    return result_dtype(*(np.empty(0, dtype if is_float(dtype) else np.float64) for dtype in dtypes))


_TEXT = """{title}

Parameters
----------
{inputs}
{parameter} : array_like
    {meaning} A 1-d array lies along `axis`; a scalar and any other shape that broadcasts to that of x are accepted as they stand.
    {default:g} is the usual value to start learning from.
axis : int, default 1
    Axis of x that a 1-d {parameter} lies along; 0 where x has only one.
out : {out}

Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For a {parameter} that does not fit x{shapes}, an axis that does not exist, and an `out` of another shape or without permission
    to write.

Notes
-----
Formula: {formula}. Derivative: {derivative}.
{accuracy}

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""


def build(row):
    """The function of a LEARNED row of the catalog, with its backward pass as attribute."""
    name = row["name"]
    ((parameter, default),) = row["parameters"].items()
    kernel = _core.Learned(name)
    # the parameter goes by its name: prelu(x, weight)
    namespace = {"run": _value(kernel, name, parameter), "run_backward": _backward(kernel, name, parameter)}
    exec(_SIGNATURES.format(parameter=parameter), namespace)
    value, backward = namespace["value"], namespace["backward"]
    f32, f64 = row["max_ulp"]["float32"], row["max_ulp"]["float64"]
    words = {"parameter": parameter, "meaning": PARAMETERS[parameter], "default": default}
    words |= {"formula": row["formula"], "derivative": row["derivative"]}
    example = f">>> x = np.array([[-1.0, 2.0], [-3.0, -4.0]])\n>>> {parameter} = np.array([{default:g}, {2 * default:g}])\n"
    x, p = np.array([[-1.0, 2.0], [-3.0, -4.0]]), np.array([default, 2 * default])
    value.__doc__ = _TEXT.format(
        title=f"{name}(x, {parameter}) = {row['formula']}",
        inputs="x : array_like\n    Where the function is taken. Integers and bool are computed as float64.",
        out="ndarray, optional\n    Where the result is written; may be exactly x.",
        returns="ndarray or scalar\n    Of the shape of x; float16, bfloat16, float32 and float64 keep their dtype.",
        shapes="",
        accuracy=f"Accuracy: within {f32[0]:g} ulp for float32, {f64[0]:g} ulp for float64.",
        example=example_of(f"{example}>>> fa.{name}(x, {parameter})", lambda: value(x, p)),
        **words,
    )
    backward.__doc__ = _TEXT.format(
        title=f"Gradients through {name}, by x and by {parameter}, in one pass.",
        inputs="grad : array_like\n    Upstream gradient, of the shape of x.\nx : array_like\n    What the function was given.",
        out=f"tuple, optional\n    (dx, d{parameter}): where the results are written, each an array or None; dx may be exactly grad or x.",
        returns=f"(dx, d{parameter}) : tuple of ndarray\n    Of the shapes of x and {parameter}. d{parameter} is the sum over everything "
        f"that {parameter} is broadcast along,\n    taken in an order that depends on the shapes alone.",
        shapes=", a grad of another shape than x",
        accuracy=f"Accuracy: dx within {f32[0]:g} ulp for float32; d{parameter} within 1 ulp of the exact sum.",
        example=example_of(
            f"{example}>>> dx, d{parameter} = fa.{name}.backward(np.ones_like(x), x, {parameter})\n>>> d{parameter}",
            lambda: backward(np.ones_like(x), x, p)[1],
        ),
        **words,
    )
    value, backward = (_public(row, pass_, function) for pass_, function in (("value", value), ("backward", backward)))
    value.backward = backward
    return value


def _public(row, pass_, general):
    """What is called; plain calls stay in C."""
    call = row["name"] if pass_ == "value" else f"{row['name']}.{pass_}"
    function = _core.make_callable(row["name"], pass_, general)
    for one in (general, function):
        name_function(one, call)
    function.__wrapped__, function.__doc__ = general, general.__doc__
    function.max_ulp = {dtype: bounds[pass_ == "backward"] for dtype, bounds in row["max_ulp"].items()}
    return function


_SIGNATURES = """
def value(x, {parameter}, axis=1, out=None):
    return run(x, {parameter}, axis, out)

def backward(grad, x, {parameter}, axis=1, out=None):
    return run_backward(grad, x, {parameter}, axis, out)
"""
