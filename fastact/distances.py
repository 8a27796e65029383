"""Distances of rows, and losses made of them: triplets and rankings of two."""

import math

import numpy as np

from . import _core, library
from .arrays import (
    as_flag,
    as_plain,
    as_real,
    check_output,
    deliver,
    example_of,
    name_function,
    result_dtype,
    takes_result,
    working_dtype,
)
from .joint import Form, equal_shapes, outputs_of
from .losses import GRADIENT, VALUE, in_front_of, literal
from .parameters import ARRAYS, checked, plain_parameters

EXACT_NORMS = (1.0, 2.0, math.inf)  # those that the C library has kernels for


def _needs_terms(call, settings):
    return settings["distance_function"] is not None or checked(ARRAYS, call, "p", settings["p"]) not in EXACT_NORMS


# ---------------------------------------------------------------------- distances of any norm, in float64


def distance(x, y, p, eps):
    """(norm of x - y + eps along the last axis, pull by x); scaled by the largest, so that no power overflows."""
    e = x - y + eps
    size = np.abs(e)
    if p == math.inf:
        norm = size.max(axis=-1, initial=0)
        most = size == norm[..., None]
        slope = np.sign(e) * most / np.maximum(most.sum(axis=-1, keepdims=True), 1)
        return norm, lambda g: slope * g[..., None]
    power = None if p == 2 else library.function("pow")
    largest = size.max(axis=-1, keepdims=True, initial=0)
    unit = np.where((largest > 0) & (largest < math.inf), largest, 1.0)
    scaled = size / unit
    if p == 2:
        norm = np.sqrt((scaled * scaled).sum(axis=-1, keepdims=True))
    else:
        norm = power(power(scaled, p).sum(axis=-1, keepdims=True), 1 / p)
    share = scaled / np.where(norm > 0, norm, 1.0)
    slope = np.where(norm > 0, np.sign(e) * (share if p == 2 else power(share, p - 1)), np.where(norm != norm, norm, 0.0))
    return (norm * unit)[..., 0], lambda g: slope * g[..., None]


def _given_distance(call, function, x, y):
    """(distances by a caller's function, their pulls by x and by y)"""
    made = as_real(call, "what distance_function returns", function(x, y)).astype(np.float64)
    if made.shape != x.shape[:-1]:
        raise ValueError(f"{call}: distance_function returns shape {made.shape}; {x.shape[:-1]}, a distance for each row, is accepted")

    def pull(g):
        backward = getattr(function, "backward", None)
        if backward is None:
            raise TypeError(f"{call}: distance_function has no backward(grad, x1, x2); for gradients one that has is accepted")
        pulled = [as_real(call, "what distance_function.backward returns", array).astype(np.float64) for array in backward(g, x, y)]
        equal_shapes(call, {"x1": x, "the gradient of x1": pulled[0], "the gradient of x2": pulled[1]})
        return pulled

    return made, pull


def _triplet(call, arrays, settings):
    shape = equal_shapes(call, dict(zip(("anchor", "positive", "negative"), arrays)))
    anchor, positive, negative = (a.astype(np.float64) for a in arrays)
    function = settings["distance_function"]
    if function is not None and (not callable(function) or not shape):
        given = "an anchor without rows" if callable(function) else repr(function)
        raise TypeError(f"{call}: distance_function is given for {given}; None and functions of two arrays of rows are accepted")

    def measured(x, y):
        if function is not None:
            return _given_distance(call, function, x, y)
        norm, pull = distance(x, y, settings["p"], settings["eps"])
        return norm, lambda g: _and_its_opposite(pull(g))

    near, near_pull = measured(anchor, positive)
    far, far_pull = measured(anchor, negative)
    swapped = np.zeros(near.shape, bool)
    if settings["swap"]:
        other, other_pull = measured(positive, negative)
        swapped = (other < far) | (other != other)
        far = np.where(swapped, other, far)
    m = near - far + settings["margin"]
    reached = m < 0

    def pull(g):
        g = np.where(reached, 0.0, g)
        (by_anchor, by_positive), (from_anchor, by_negative) = near_pull(g), far_pull(np.where(swapped, 0.0, -g))
        grown = [by_anchor + from_anchor, by_positive, by_negative]
        if settings["swap"]:
            for k, array in zip((1, 2), other_pull(np.where(swapped, -g, 0.0))):
                grown[k] = grown[k] + array
        return tuple(grown)

    return np.where(reached, 0.0, m), pull


def _and_its_opposite(slope):
    return slope, -slope


_PAIRWISE_TEXT = """{title}

Parameters
----------
{grad}x1, x2 : array_like
    Rows along the last axis, of one shape.
p : float, default 2
    Which norm: 2 for lengths, 1 for sums of absolute values, inf for the largest one. Numbers from 1 are accepted.
eps : float, default 1e-06
    Added to every difference.
{options}

Returns
-------
{returns} Integers and bool become float64.

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For unequal shapes, a parameter that is not accepted, an output of another shape or without permission to write.

Notes
-----
Formula: {formula}. Gradient: {derivative}, 0 where the norm is 0; for p = inf it is shared among the largest.
Results are within 1 ulp for p = 1, 2 and inf, where x1 - x2 and eps do not cancel; other norms are computed in float64.

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""


_VALUE_WORDS = {
    "title": "Distances of rows: {formula}.",
    "grad": "",
    "options": """keepdim : bool, default False
    Whether the last axis stays, with length 1.
out : ndarray, optional
    Where the result is written.""",
    "returns": "ndarray or scalar\n    A distance for each row.",
}
_BACKWARD_WORDS = {
    "title": "Gradients through pairwise_distance: {derivative}.",
    "grad": "grad : array_like\n    Upstream gradient g, of the shape of the distances, with or without the last axis.\n",
    "options": "out : tuple of ndarray, optional\n    Where the two gradients are written.",
    "returns": "tuple of ndarray\n    The gradients of x1 and x2.",
}


def _document(row, function, call, words, arguments, compute):
    """Name and docstring of pairwise_distance or its backward pass."""
    name_function(function, call)
    words = words | {"title": words["title"].format(**row)}
    example = example_of(f">>> fa.{call}({arguments})", compute)
    function.__doc__ = _PAIRWISE_TEXT.format(**words, formula=row["formula"], derivative=row["derivative"], example=example)


def _pairwise_distance(row):
    """Not a loss but what losses are made of: it has a backward pass."""
    kernel, name = _core.Joint("pairwise_distance"), "pairwise_distance"

    def prepared(call, x1, x2, p, eps):
        arrays = {"x1": as_real(call, "x1", x1), "x2": as_real(call, "x2", x2)}
        shape = equal_shapes(call, arrays)
        if not shape:
            raise ValueError(f"{call}: x1 has shape (); at least one dimension is accepted")
        parameters = checked(ARRAYS, call, "p", p), checked(ARRAYS, call, "eps", eps)
        return arrays, shape, parameters

    def rows_of(arrays, shape, work):
        return [as_plain(a, work).reshape(math.prod(shape[:-1]), shape[-1]) for a in arrays.values()]

    @np.errstate(all="ignore")
    def value(x1, x2, p=2.0, eps=1e-6, keepdim=False, *, out=None):
        arrays, shape, parameters = prepared(name, x1, x2, p, eps)
        dtype = result_dtype(x1, x2)
        made = (*shape[:-1], 1) if as_flag(name, "keepdim", keepdim) else shape[:-1]
        check_output(name, "out", out, made, dtype)
        if parameters[0] not in EXACT_NORMS:
            norm, _ = distance(*(a.astype(np.float64) for a in arrays.values()), *parameters)
            return deliver(norm.reshape(made), dtype, out)
        work = working_dtype(dtype)
        rows = rows_of(arrays, shape, work)
        result = _core.new_output(made, work)
        kernel(tuple(rows), parameters, None, 1.0, result)
        return deliver(result, dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x1, x2, p=2.0, eps=1e-6, *, out=None):
        call = f"{name}.backward"
        arrays, shape, parameters = prepared(call, x1, x2, p, eps)
        g = as_real(call, "grad", grad)
        if g.shape not in (shape[:-1], (*shape[:-1], 1)):
            raise ValueError(f"{call}: grad has shape {g.shape}; {shape[:-1]}, that of the distances, is accepted")
        dtype = result_dtype(grad, x1, x2)
        outs = outputs_of(call, "out", out, (shape, shape), ("x1", "x2"), dtype)
        if parameters[0] not in EXACT_NORMS:
            _, pull = distance(*(a.astype(np.float64) for a in arrays.values()), *parameters)
            first = pull(g.astype(np.float64).reshape(shape[:-1]))
            return tuple(deliver(array, dtype, to) for array, to in zip((first, -first), outs))
        work = working_dtype(dtype)
        rows, g = rows_of(arrays, shape, work), as_plain(g, work)
        apart = not (outs[0] is not None and outs[1] is not None and np.may_share_memory(*outs))
        direct = [apart and takes_result(to, work, *rows) and not np.may_share_memory(to, g) for to in outs]
        made = [to.reshape(rows[0].shape) if plain else _core.new_output(rows[0].shape, work) for to, plain in zip(outs, direct)]
        kernel(tuple(rows), parameters, g, 1.0, None, tuple(made))
        return tuple(to if plain else deliver(array.reshape(shape), dtype, to) for array, to, plain in zip(made, outs, direct))

    a, b = np.array([[3.0, 4.0]]), np.array([[0.0, 0.0]])
    _document(row, value, name, _VALUE_WORDS, f"{literal(a)}, {literal(b)}", lambda: value(a, b))
    shown = f"np.ones(1), {literal(a)}, {literal(b)}, eps=0.0"
    _document(row, backward, f"{name}.backward", _BACKWARD_WORDS, shown, lambda: backward(np.ones(1), a, b, eps=0.0))
    plain = plain_parameters(ARRAYS, row)
    made = in_front_of(value, row, VALUE, plain)
    made.backward = in_front_of(backward, row, GRADIENT, plain)
    return made


def _with_distances(call, arrays, settings):
    equal_shapes(call, dict(zip(("near", "far"), arrays)))
    near, far = (a.astype(np.float64) for a in arrays)
    m = near - far + settings["margin"]
    reached = m < 0
    return np.where(reached, 0.0, m), lambda g: (np.where(reached, 0.0, g), np.where(reached, 0.0, -g))


_TRIPLET = """anchor, positive, negative : array_like
    Rows along the last axis, of one shape; each row has one loss."""

FORMS = {
    "pairwise_distance": _pairwise_distance,
    "margin_ranking": Form(
        """x1, x2 : array_like
    Scores, of one shape.
target : array_like
    Of that shape: 1 where x1 should be larger, -1 where x2 should be.""",
        (np.array([0.5, 2.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0])),
    ),
    "triplet_margin": Form(
        _TRIPLET,
        (np.array([[1.0, 0.0]]), np.array([[1.0, 0.5]]), np.array([[0.0, 1.0]])),
        options={
            "distance_function": (
                None,
                "Instead of norm: function(x1, x2) returns a distance for each row of two float64 arrays; for gradients it has\n"
                "    backward(grad, x1, x2), which returns those of both, as fa.pairwise_distance does.",
                None,
            )
        },
        terms=_triplet,
        needs_terms=_needs_terms,
        notes="norm is that of p. With swap, far is the smaller of it and norm(positive - negative + eps). Norms other than 1, 2 and inf, "
        "and what a distance_function is given for, are computed in float64.",
    ),
    "triplet_margin_with_distance": Form(
        """near, far : array_like
    Distances from the anchor to what is alike and to what is not, of one shape.""",
        (np.array([0.5, 2.0]), np.array([2.0, 0.5])),
        terms=_with_distances,
        notes="For PyTorch's swap give np.minimum of the two distances to what is not alike.",
    ),
}
