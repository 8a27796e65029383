"""Calls of row-wise functions that C answers without Python's general form: the same bits and the same refusals."""

from functools import partial

import numpy as np
import pytest
from helpers import DTYPES, OTHER_ROWS, bits, names_of, without_fast_path

import fastact
from fastact import _core

NAMES = names_of("rowwise")
needs_core = pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")


def arrays_of(name, shape, dtype):
    """(arguments of the value, arguments of the backward pass), by the general form."""
    g = np.random.default_rng(8)
    function, x = getattr(fastact, name), g.normal(size=shape).astype(dtype)
    y = without_fast_path(partial(function, x))
    return (x,), (g.normal(size=np.shape(y)).astype(dtype), x if name in OTHER_ROWS else y)


def passes_of(name, shape, dtype):
    forward, back = arrays_of(name, shape, dtype)
    return (getattr(fastact, name), forward), (getattr(fastact, name).backward, back)


def same(got, expected):
    assert (type(got), got.shape, got.dtype) == (type(expected), expected.shape, expected.dtype)
    np.testing.assert_array_equal(bits(np.asarray(got)), bits(np.asarray(expected)))


def outcome(call):
    try:
        return call(), None
    except (TypeError, ValueError, OverflowError) as error:
        return None, (type(error), str(error))


@needs_core
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", NAMES)
def test_rows_along_the_last_axis(name, dtype, monkeypatch):
    """Of one array and of several rows, a single one of which logsumexp leaves a scalar of."""
    calls = []
    for shape in ((1, 16), (5, 12), (2, 3, 8), (16,)):
        for function, arguments in passes_of(name, shape, dtype):
            keeps = [{"keepdims": True}, {"axis": -1, "keepdims": False}] if function is fastact.logsumexp else []
            for keywords in ({}, {"axis": -1}, {"axis": len(shape) - 1}, {"out": None}, *keeps):
                if name != "logsumexp" or len(shape) > 1 or function is fastact.logsumexp:
                    calls.append((partial(function, *arguments, **keywords), function))
    expected = [without_fast_path(call) for call, _ in calls]
    entries = set()

    def refuse(*arguments, **keywords):
        raise AssertionError("the general form was asked")

    monkeypatch.setattr("fastact.rows.as_real", refuse)  # what every general form begins with
    for (call, function), result in zip(calls, expected):
        same(call(), result)
        entries.add(function)
    assert len(entries) == 2


@needs_core
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("logsumexp", "maxout")])
def test_rows_along_other_axes(name, dtype, monkeypatch):
    """Of functions whose results have the shape of x; in place, too."""
    calls = []
    for shape in ((5, 12), (1, 7), (3, 4, 5), (2, 1, 3, 4)):
        for function, arguments in passes_of(name, shape, dtype):
            axes = [axis for axis in range(-len(shape), len(shape) - 1) if axis != -1]
            calls += [partial(function, *arguments, axis=axis) for axis in axes]
            held = arguments[-1].copy()
            calls.append(partial(function, *arguments[:-1], held, axis=0, out=held))
    expected = [without_fast_path(call if "out" not in call.keywords else partial(call, out=None)) for call in calls]

    def refuse(*arguments, **keywords):
        raise AssertionError("the general form was asked")

    monkeypatch.setattr("fastact.rows.as_real", refuse)
    for call, result in zip(calls, expected, strict=True):
        same(call(), result)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", NAMES)
def test_other_calls(name, dtype):
    """Other layouts, axes, outputs and shapes: results or refusals of the general form."""
    for function, arguments in passes_of(name, (4, 8), dtype):
        result, refusals = without_fast_path(partial(function, *arguments)), 0
        outs = [np.empty(result.shape, dtype), np.empty(result.shape + (2,), dtype)[..., 0], np.empty((7, 7), dtype)]
        outs += [a for a in map(np.copy, arguments) if a.shape == result.shape] + [np.empty(result.shape, np.complex64)]
        several = [{"out": out} for out in outs] + [{"axis": axis} for axis in (0, -2, 5, 10**30, "rows", True)]
        for keywords in [*several, {"axis": -1, "where": None}, {"axis": -1, "pieces": 2}, {"keepdims": True}, {"pieces": 3}, {"b": None}]:
            got, refusal = outcome(partial(function, *arguments, **keywords))
            expected, general_refusal = outcome(partial(without_fast_path, partial(function, *arguments, **keywords)))
            assert refusal == general_refusal
            refusals += refusal is not None
            if refusal is None:
                same(got, expected)
                assert keywords.get("out") is None or got is keywords["out"]
        assert refusals >= 4
        first, *rest = arguments
        for wrong in ([a.astype(complex) for a in arguments], [first[:-1], *rest], [first[..., :-1], *rest], [first[..., None], *rest]):
            assert outcome(partial(function, *wrong))[1] == outcome(partial(without_fast_path, partial(function, *wrong)))[1]
        for other in ([np.asfortranarray(a) for a in arguments], [a.tolist() for a in arguments], [a[:0] for a in arguments]):
            same(function(*other), without_fast_path(partial(function, *other)))


@pytest.mark.parametrize("name", ["logsumexp", "maxout"])
def test_gradients_written_over_what_is_read(name):
    """As if the gradient and x had been copied first, wherever they meet; one column is as large as its gradient."""
    for shape in ((6, 4), (6, 1)) if name == "logsumexp" else ((6, 4),):
        grad, x = arrays_of(name, shape, "float64")[1]
        expected = without_fast_path(partial(getattr(fastact, name).backward, grad, x))
        for shift in range(0, 30 - grad.size, 3):
            room = np.zeros(60)
            over = room[10 : 10 + x.size].reshape(shape)
            held = room[10 + shift - 5 : 10 + shift - 5 + grad.size].reshape(grad.shape)
            held[...] = grad
            same(getattr(fastact, name).backward(held, x, out=over), expected)
        own = x.copy()
        same(getattr(fastact, name).backward(grad, own, out=own), expected)
        room = np.zeros(60)
        room[: x.size] = x.ravel()
        read = room[: x.size].reshape(shape)
        same(getattr(fastact, name).backward(grad, read, out=room[1 : 1 + x.size].reshape(shape)), expected)
