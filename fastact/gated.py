"""Gated functions: an activation of one half times the other half, given as one array or as two."""

import math
from functools import cache

import numpy as np

from . import _core
from .arrays import (
    as_axis,
    as_number,
    as_plain,
    as_real,
    check_output,
    deliver,
    example_of,
    name_function,
    result_dtype,
    takes_result,
)

HALVES = ("first", "second")
PARAMETERS = {
    "beta": "Steepness: multiplies the gate inside the sigmoid.",
    "alpha": "Steepness: multiplies the gate inside the sigmoid.",
    "limit": "Largest gate, and largest size of a value.",
}
# what each value of geglu's keyword computes: function and parameters
APPROXIMATE = dict.fromkeys(("none", False, None), ("geglu", ())) | dict.fromkeys(("tanh", True), ("geglu_tanh", ()))
APPROXIMATE["quick"] = ("swiglu", (1.702,))
_kernel = cache(_core.Gated)


def _rows(array, dtype, rows, columns):
    """The array as (rows, columns) with contiguous rows, where it lies if it can be; else a copy."""
    if array.dtype == dtype and array.dtype.isnative and array.flags.aligned and not array.flags.c_contiguous:
        try:
            view = array.reshape(rows, columns, copy=False)
        except ValueError:
            view = None
        follow = view is not None and (view.strides[1] == dtype.itemsize or columns == 1)
        if follow and view.strides[0] >= 0 and view.strides[0] % dtype.itemsize == 0:
            return view
    return as_plain(array, dtype).reshape(rows, columns)


def _gate_first(call, gate, pair):
    """The two operands, or their gradients, as the kernels want them; the same call puts them back."""
    if gate not in HALVES:
        raise ValueError(f"{call}: gate is {gate!r}; 'first' and 'second' are accepted")
    return pair if gate == "first" else pair[::-1]


def _split(call, x, axis):
    """(axis, shape of a half, rows, columns): halves along any axis of a C-contiguous array are rows with a step between them."""
    axis = as_axis(call, axis, x.ndim)
    size = x.shape[axis]
    if size % 2:
        raise ValueError(f"{call}: x has size {size} along axis {axis}; an even size is accepted")
    half = (*x.shape[:axis], size // 2, *x.shape[axis + 1 :])
    return half, math.prod(x.shape[:axis]), math.prod(half[axis:])


def _same_shape(call, **arrays):
    (first, a), *others = arrays.items()
    for name, b in others:
        if a.shape != b.shape:
            raise ValueError(f"{call}: {first} has shape {a.shape} and {name} {b.shape}; equal shapes are accepted")


def _result(out, shape, dtype, *inputs):
    """Where a kernel writes: the output itself if it is plain and in place or apart, else an array of its own."""
    if takes_result(out, dtype, *inputs) and all(out.strides == a.strides or not np.may_share_memory(out, a) for a in inputs):
        return out
    return _core.new_output(shape, dtype)


def _value(name):
    @np.errstate(all="ignore")
    def run(x, other, parameters, axis, gate, out, call=name, kernel=name):
        x = as_real(call, "x", x)
        if other is None:
            halves = _gate_first(call, gate, (0, 1))
            shape, rows, columns = _split(call, x, axis)
            dtype = result_dtype(x)
        else:
            other = as_real(call, "other", other)
            _same_shape(call, x=x, other=other)
            dtype, shape = result_dtype(x, other), x.shape
            first, second = _gate_first(call, gate, (x, other))
            rows, columns = math.prod(shape[:-1]), shape[-1] if shape else 1
        parameters = tuple(as_number(call, word, value) for word, value in parameters)
        check_output(call, "out", out, shape, dtype)
        if other is None:
            x = as_plain(x, dtype)
            whole = x.reshape(rows, 2 * columns)
            first, second = (whole[:, k * columns : (k + 1) * columns] for k in halves)
            result = _result(out, shape, dtype, x)
        else:
            first, second = _rows(first, dtype, rows, columns), _rows(second, dtype, rows, columns)
            result = _result(out, shape, dtype, first, second)
        if result.size:
            _kernel(kernel).value(first, second, result.reshape(rows, columns), parameters)
        return deliver(result, dtype, out)

    return run


def _backward(name):
    @np.errstate(all="ignore")
    def run(grad, x, other, parameters, axis, gate, out, call=f"{name}.backward", kernel=name):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        parameters = tuple(as_number(call, word, value) for word, value in parameters)
        if other is None:
            return _backward_of_one(call, _kernel(kernel), grad, x, parameters, axis, gate, out)
        other = as_real(call, "other", other)
        _same_shape(call, x=x, other=other, grad=grad)
        return _backward_of_two(call, _kernel(kernel), grad, x, other, parameters, gate, out)

    return run


def _backward_of_one(call, kernel, grad, x, parameters, axis, gate, out):
    halves = _gate_first(call, gate, (0, 1))
    shape, rows, columns = _split(call, x, axis)
    if grad.shape != shape:
        raise ValueError(f"{call}: grad has shape {grad.shape}; {shape}, half of x, is accepted")
    dtype = result_dtype(grad, x)
    check_output(call, "out", out, x.shape, dtype)
    grad, x = as_plain(grad, dtype), as_plain(x, dtype)
    result = _result(out, x.shape, dtype, x, grad)
    pairs = []
    for array in (x, result):
        whole = array.reshape(rows, 2 * columns)
        pairs.append([whole[:, k * columns : (k + 1) * columns] for k in halves])
    if grad.size:
        kernel.backward(grad.reshape(rows, columns), *pairs[0], *pairs[1], parameters)
    return deliver(result, dtype, out)


def _backward_of_two(call, kernel, grad, x, other, parameters, gate, out):
    first, second = _gate_first(call, gate, (x, other))
    dtype, shape = result_dtype(grad, x, other), x.shape
    outs = (None, None) if out is None else out
    if not isinstance(outs, tuple) or len(outs) != 2:
        raise TypeError(f"{call}: out is of type {type(out).__name__}; a tuple of two arrays is accepted")
    for place, array in enumerate(outs):
        check_output(call, f"out[{place}]", array, shape, dtype)
    rows, columns = math.prod(shape[:-1]), shape[-1] if shape else 1
    inputs = [_rows(array, dtype, rows, columns) for array in (grad, first, second)]
    results = [_result(array, shape, dtype, *inputs) for array in outs]
    if np.may_share_memory(*results):
        results = [_core.new_output(shape, dtype) for _ in outs]
    for_gate, for_value = _gate_first(call, gate, results)
    if grad.size:
        kernel.backward(*inputs, for_gate.reshape(rows, columns), for_value.reshape(rows, columns), parameters)
    return tuple(deliver(result, dtype, array) for result, array in zip(results, outs))


def _routed(call, approximate):
    """Function and parameters that geglu's keyword stands for."""
    try:
        return APPROXIMATE[approximate]
    except (KeyError, TypeError):
        raise ValueError(f"{call}: approximate is {approximate!r}; 'none', 'tanh', 'quick', True and False are accepted") from None


def _value_signature(name, parameters, half, run):
    """The function as it is called: parameters follow the arrays, everything else goes by name."""
    if name == "geglu":

        def value(x, other=None, *, approximate="none", axis=-1, gate=half, out=None):
            kernel, fixed = _routed(name, approximate)
            return run(x, other, [("beta", b) for b in fixed], axis, gate, out, kernel=kernel)

    elif parameters == ["beta"]:

        def value(x, other=None, beta=1.0, *, axis=-1, gate=half, out=None):
            return run(x, other, [("beta", beta)], axis, gate, out)

    elif parameters == ["alpha", "limit"]:

        def value(x, other=None, alpha=1.702, limit=7.0, *, axis=-1, gate=half, out=None):
            return run(x, other, [("alpha", alpha), ("limit", limit)], axis, gate, out)

    else:

        def value(x, other=None, *, axis=-1, gate=half, out=None):
            return run(x, other, (), axis, gate, out)

    return value


def _backward_signature(name, parameters, half, run):
    if name == "geglu":

        def backward(grad, x, other=None, *, approximate="none", axis=-1, gate=half, out=None):
            kernel, fixed = _routed(f"{name}.backward", approximate)
            return run(grad, x, other, [("beta", b) for b in fixed], axis, gate, out, kernel=kernel)

    elif parameters == ["beta"]:

        def backward(grad, x, other=None, beta=1.0, *, axis=-1, gate=half, out=None):
            return run(grad, x, other, [("beta", beta)], axis, gate, out)

    elif parameters == ["alpha", "limit"]:

        def backward(grad, x, other=None, alpha=1.702, limit=7.0, *, axis=-1, gate=half, out=None):
            return run(grad, x, other, [("alpha", alpha), ("limit", limit)], axis, gate, out)

    else:

        def backward(grad, x, other=None, *, axis=-1, gate=half, out=None):
            return run(grad, x, other, (), axis, gate, out)

    return backward


_TEXT = """{title}

{call}({given}x) splits one array along `axis`; {call}({given}x, other) takes the two halves as arrays of equal shape.
The {half} is the gate.

Parameters
----------
{grad}x : array_like
    Both halves in one array, of even size along `axis`; or the first operand.
other : array_like, optional
    The second operand, of the shape of x.
{parameters}axis : int, default -1
    Where one array is split; of no meaning with two.
gate : {{"first", "second"}}, default "{half}"
    Which operand, or half, the activation is applied to; the other one is the value.
out : {out}, optional
    Where the result is written; may be exactly an input.

Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For an odd size along `axis`, an axis that does not exist, operands of different shapes, and an `out` of another shape or
    without permission to write.

Notes
-----
Formula: {formula}. Gradients: {derivative}.
float32 results are within {ulp:g} ulp, float64 within {ulp64:g}. An infinite operand meets the limit of the activation:
0 times infinity is NaN.

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""


def _document(function, row, backward):
    name, bound = row["name"], row["max_ulp"]
    settings = "".join(f"{word} : float, default {default:g}\n    {PARAMETERS[word]}\n" for word, default in row["parameters"].items())
    if name == "geglu":
        settings = 'approximate : {"none", "tanh", "quick", True, False, None}, default "none"\n'
        settings += '    "tanh" or True is `geglu_tanh`; "quick" is `swiglu` with beta=1.702.\n'
    call = f"fa.{name}.backward" if backward else f"fa.{name}"
    gradient = "np.ones(1), " if backward else ""
    arrays = [np.ones(1)] * backward + [np.array([1.0, 2.0])]
    function.__doc__ = _TEXT.format(
        title=f"Gradients through {name}: {row['derivative']}." if backward else f"{name}: {row['formula']}.",
        call=call.removeprefix("fa."),
        given="grad, " if backward else "",
        grad="grad : array_like\n    Upstream gradient g, of the shape of the result.\n" if backward else "",
        parameters=settings,
        half=row["gate"],
        out="ndarray or tuple of two ndarrays" if backward else "ndarray",
        returns="ndarray or tuple of two ndarrays\n    The gradient of x, or with two arrays the pair in their order."
        if backward
        else "ndarray\n    Half of x, or of the shape of both arrays; integers and bool become float64.",
        formula=row["formula"],
        derivative=row["derivative"],
        ulp=bound["float32"][backward],
        ulp64=bound["float64"][backward],
        example=example_of(f">>> {call}({gradient}np.array([1.0, 2.0]))", lambda: function(*arrays)),
    )


def build(row):
    """The function of a GATED row of the catalog, with its backward pass as attribute."""
    name, parameters = row["name"], list(row["parameters"])
    value = _value_signature(name, parameters, row["gate"], _value(name))
    backward = _backward_signature(name, parameters, row["gate"], _backward(name))
    made = _publish(row, "value", value, name)
    made.backward = _publish(row, "backward", backward, f"{name}.backward")
    for function, pass_ in ((made, 0), (made.backward, 1)):
        function.max_ulp = {dtype: bounds[pass_] for dtype, bounds in row["max_ulp"].items()}
    return made


def _publish(row, pass_, general, qualified_name):
    name_function(general, qualified_name)
    _document(general, row, pass_ == "backward")
    made = _core.make_callable(row["name"], pass_, general)
    made.__wrapped__, made.__doc__ = general, general.__doc__
    name_function(made, qualified_name)
    return made
