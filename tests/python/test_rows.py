"""softmax and log_softmax: against mpmath, along any axis of any layout, with where= and scale=, at special inputs."""

import math
import pickle

import mpmath
import numpy as np
import pytest
from helpers import bits, same_bits, spacing

import fastact
from fastact import _core

NAMES = ("softmax", "log_softmax")
FLOATS = ("float32", "float64")
COLUMNS = (1, 2, 3, 10, 16, 17, 31, 64, 100, 513, 1000)
EXCLUDED = {"softmax": 0.0, "log_softmax": -np.inf}


def exact_rows(name, x, scale=1.0):
    """Rows of mpmath numbers, from the definitions."""
    made = []
    for row in x:
        row = [mpmath.mpf(float(v)) * scale for v in row]
        largest = max(row)
        total = mpmath.fsum(mpmath.exp(v - largest) for v in row)
        if name == "softmax":
            made.append([mpmath.exp(v - largest) / total for v in row])
        else:
            made.append([(v - largest) - mpmath.log(total) for v in row])
    return made


def exact_backward(name, grad, y):
    made = []
    for g, row in zip(grad, y):
        g, row = [mpmath.mpf(float(v)) for v in g], [mpmath.mpf(float(v)) for v in row]
        if name == "softmax":
            dot = mpmath.fsum(a * b for a, b in zip(g, row))
            made.append([b * (a - dot) for a, b in zip(g, row)])
        else:
            total = mpmath.fsum(g)
            made.append([a - mpmath.exp(b) * total for a, b in zip(g, row)])
    return made


def errors_in_ulp(got, exact):
    """|got - exact| in units in the last place of exact, as floats."""
    flat = [value for row in exact for value in row]
    unit = spacing(np.array([float(value) for value in flat]), got.dtype)
    return np.array([float(abs(mpmath.mpf(float(a)) - b)) for a, b in zip(got.ravel(), flat)]) / unit


def scores(rows, columns, dtype, spread=3.0, seed=0):
    return (spread * np.random.default_rng(seed).standard_normal((rows, columns))).astype(dtype)


@pytest.fixture(params=[True, False], ids=["fast path", "general path"])
def either_path(request):
    before = _core.set_fast_path(request.param)
    yield
    _core.set_fast_path(before)


# ---- accuracy


@pytest.mark.parametrize("dtype", ("float16", *FLOATS))
@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", NAMES)
def test_value_is_within_two_ulp(either_path, name, columns, dtype):
    """float16 is computed as float32 and rounded once."""
    for spread in (0.01, 1.0, 30.0):
        x = scores(3, columns, dtype, spread, columns)
        got = getattr(fastact, name)(x)
        assert got.dtype == np.dtype(dtype)
        with mpmath.workdps(90):
            assert errors_in_ulp(got, exact_rows(name, x)).max() <= (0.51 if dtype == "float16" else 2)


@pytest.mark.parametrize("name", NAMES)
def test_integers_and_lists(name):
    for given in (np.arange(-12, 12).reshape(4, 6), np.arange(24, dtype="u1").reshape(4, 6), [[True, False, True]], [[1, 2.5, -3]]):
        got = getattr(fastact, name)(given)
        assert got.dtype == np.float64
        with mpmath.workdps(90):
            assert errors_in_ulp(got, exact_rows(name, np.asarray(given))).max() <= 2


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("columns", (1, 3, 10, 17, 100))
@pytest.mark.parametrize("name", NAMES)
def test_backward(either_path, name, columns, dtype):
    """Within 2 ulp, or a few roundings of the terms where they cancel."""
    function = getattr(fastact, name)
    y, grad = function(scores(4, columns, dtype)), scores(4, columns, dtype, 1.0, 7)
    got = function.backward(grad, y)
    with mpmath.workdps(90):
        exact = exact_backward(name, grad, y)
        terms = np.exp(y) * np.abs(grad.sum(-1, keepdims=True))
        if name == "softmax":
            terms = np.abs(y) * np.abs(grad * y).sum(-1, keepdims=True)
        slack = np.finfo(dtype).eps * terms.astype("float64").ravel()
        flat = np.array([float(v) for row in exact for v in row])
        wrong = np.array([float(abs(mpmath.mpf(float(a)) - b)) for a, b in zip(got.ravel(), [v for row in exact for v in row])])
        assert (wrong <= 2 * spacing(flat, dtype) + slack).all()


@pytest.mark.parametrize("dtype", FLOATS)
def test_rows_sum_to_one(dtype):
    for columns in COLUMNS:
        sums = fastact.softmax(scores(5, columns, dtype)).astype(np.longdouble).sum(-1)
        assert np.abs(sums - 1).max() <= columns * np.finfo(dtype).eps / 2
    long = fastact.softmax(scores(1, 1 << 20, "float32")).astype(np.longdouble).sum()
    assert abs(long - 1) <= 4 * np.finfo("float32").eps


@pytest.mark.parametrize("name", NAMES)
def test_shift_changes_next_to_nothing(name):
    """Scores moved by a number that is exact in every one of them."""
    x = np.random.default_rng(3).integers(-1000, 1000, (20, 33)).astype("float32") / 64
    for shift in (1.0, -8.0, 64.0, 1024.0, 4096.0):
        got, expected = getattr(fastact, name)(x + np.float32(shift)), getattr(fastact, name)(x)
        np.testing.assert_allclose(got, expected, rtol=2 * np.finfo("float32").eps)


# ---- layouts, axes, dtypes


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_both_paths_agree(name, dtype):
    function, found = getattr(fastact, name), []
    before = _core.set_fast_path(True)
    try:
        for fast in (True, False):
            _core.set_fast_path(fast)
            made = []
            for rows, columns in ((1, 1), (2, 5), (7, 16), (3, 33), (5, 100), (2, 1000)):
                x = scores(rows, columns, dtype, seed=columns)
                made += [function(x), function.backward(x, function(x)), function(x.ravel()), function(x, out=np.empty_like(x))]
            found.append(made)
    finally:
        _core.set_fast_path(before)
    for fast, general in zip(*found):
        same_bits(fast, general)


def layouts(x):
    """The same numbers in Fortran order, strided, reversed, of the other byte order, unaligned, read-only, and as a list."""
    yield np.asfortranarray(x)
    yield np.repeat(np.repeat(x, 2, 0), 3, 1)[::2, ::3]
    yield x[::-1, ::-1].copy()[::-1, ::-1]
    yield x.astype(x.dtype.newbyteorder())
    yield np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(x.dtype).reshape(x.shape)
    yield np.broadcast_to(x, x.shape)
    yield x.tolist()


@pytest.mark.parametrize("name", NAMES)
def test_layouts_give_the_same_bits(either_path, name):
    function, x, g = getattr(fastact, name), scores(7, 21, "float64"), scores(7, 21, "float64", seed=5)
    expected, slope = function(x), function.backward(g, function(x))
    for array in layouts(x):
        same_bits(function(array), expected)
    for array in layouts(g):
        same_bits(function.backward(array, expected), slope)
    for array in layouts(expected):
        same_bits(function.backward(g, array), slope)


@pytest.mark.parametrize("name", NAMES)
def test_axes(either_path, name):
    function = getattr(fastact, name)
    x = scores(60, 7, "float32").reshape(3, 4, 5, 7)
    for axis in (0, 1, 2, 3, -1, -2, -4):
        expected = np.moveaxis(function(np.moveaxis(x, axis, -1).copy()), -1, axis)
        same_bits(function(x, axis=axis), expected)
        same_bits(function(x, axis), expected)
        out = np.empty_like(x)
        assert function(x, axis=axis, out=out) is out
        same_bits(out, expected)
        slope = np.moveaxis(function.backward(*(np.moveaxis(a, axis, -1).copy() for a in (x, expected))), -1, axis)
        same_bits(function.backward(x, expected, axis=axis), slope)
    same_bits(function(x, axis=None), function(x.reshape(-1)).reshape(x.shape))


@pytest.mark.parametrize("name", NAMES)
def test_dtypes(name):
    function = getattr(fastact, name)
    for dtype, result in (("i1", "f8"), ("u8", "f8"), ("?", "f8"), ("f2", "f2"), ("f4", "f4"), ("f8", "f8")):
        x = np.arange(12).reshape(3, 4).astype(dtype)
        got = function(x)
        assert got.dtype == np.dtype(result)
        wide = function(x.astype("f4" if result == "f2" else result))
        same_bits(got, wide.astype(result))
    assert type(function(3.0)) is np.float64
    assert function(np.float32(3)) == (1 if name == "softmax" else 0)


@pytest.mark.parametrize("name", NAMES)
def test_empty_and_single(name):
    function = getattr(fastact, name)
    for shape in ((0,), (0, 5), (5, 0), (2, 0, 3)):
        assert function(np.empty(shape, "f4")).shape == shape
        assert function.backward(np.empty(shape), np.empty(shape)).shape == shape
    only = 1.0 if name == "softmax" else 0.0
    assert (function(scores(9, 1, "f4")) == only).all()


# ---- out, where, scale


@pytest.mark.parametrize("columns", (5, 40))
@pytest.mark.parametrize("name", NAMES)
def test_out_in_place_and_overlapping(either_path, name, columns):
    function, x = getattr(fastact, name), scores(6, columns, "float32")
    expected = function(x)
    place = x.copy()
    assert function(place, out=place) is place
    same_bits(place, expected)
    for of in (0, 1):
        arrays = [x.copy(), expected.copy()]
        function.backward(*arrays, out=arrays[of])
        same_bits(arrays[of], function.backward(x, expected))
    wide = np.empty(x.shape, "float64")
    np.testing.assert_array_equal(function(x, out=wide), expected)


@pytest.mark.parametrize("shift", (1, 3, 5, 40, 100))
@pytest.mark.parametrize("columns", (5, 40))
@pytest.mark.parametrize("name", NAMES)
def test_partial_overlap(either_path, name, columns, shift):
    """As if the inputs were copied first, whether the output begins before or behind them."""
    function, x, g = getattr(fastact, name), scores(6, columns, "float32"), scores(6, columns, "float32", seed=9)
    expected = function(x)
    slope = function.backward(g, expected)
    for calls, given in ((lambda a, out: function(a, out=out), x), (lambda a, out: function.backward(a, expected, out=out), g)):
        for begin, end in ((0, shift), (shift, 0)):
            memory = np.zeros(x.size + shift, "float32")
            source, out = (memory[at : at + x.size].reshape(x.shape) for at in (begin, end))
            source[...] = given
            assert calls(source, out) is out
            same_bits(out, expected if given is x else slope)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_where(name, dtype):
    """What is left out neither counts nor appears, NaN or infinite as it may be."""
    function, x = getattr(fastact, name), scores(8, 12, dtype)
    mask = np.random.default_rng(1).random(x.shape) < 0.7
    mask[0], mask[1] = True, False
    x[~mask] = np.resize([np.nan, np.inf, -np.inf, 1e30], (~mask).sum())
    got = function(x, where=mask)
    for row, kept, values in zip(got, mask, x):
        assert (row[~kept] == EXCLUDED[name]).all()
        if kept.any():
            np.testing.assert_allclose(row[kept], function(values[kept]), rtol=4 * np.finfo(dtype).eps)
    assert (got[1] == EXCLUDED[name]).all()
    same_bits(function(x[2:], where=mask[2:]), got[2:])
    same_bits(function(x.T, axis=0, where=mask.T), np.ascontiguousarray(got.T))
    same_bits(function(x[0], where=True), function(x[0]))
    grad = np.where(mask, scores(8, 12, dtype, seed=2), np.nan)
    slope = function.backward(grad, got, where=mask)
    assert not slope[~mask].any()
    for g, y, kept, d in zip(grad[2:], got[2:], mask[2:], slope[2:]):
        np.testing.assert_allclose(
            d[kept], function.backward(g[kept], y[kept]), rtol=1e-13 if dtype == "float64" else 1e-5, atol=4 * np.finfo(dtype).eps
        )


@pytest.mark.parametrize("name", NAMES)
def test_scale(name):
    function, x, g = getattr(fastact, name), scores(4, 9, "float64"), scores(4, 9, "float64", seed=4)
    for scale in (-1.0, 0.0, 1.0) + (0.5, 2.0, -0.25) * (name == "softmax"):
        for columns in (9, 16, 17, 100, 700):
            x = scores(20, columns, "float64")
            same_bits(function(x, scale=scale), function(x * scale))
            x = x.astype(np.float32)
            same_bits(function(x, scale=scale), function(x * np.float32(scale)))
    x = scores(4, 9, "float64")
    for scale in (0.5, 2.0, -1.0, 0.0, -0.25):
        slope = function.backward(g, function(x, scale=scale), scale=scale)
        np.testing.assert_allclose(slope, scale * function.backward(g, function(x * scale)), rtol=1e-14, atol=1e-15)
    step = 1e-6
    numeric = np.empty_like(x)
    for k in np.ndindex(x.shape):
        more, less = x.copy(), x.copy()
        more[k] += step
        less[k] -= step
        numeric[k] = ((function(more, scale=0.7) - function(less, scale=0.7)) * g).sum() / (2 * step)
    np.testing.assert_allclose(function.backward(g, function(x, scale=0.7), scale=0.7), numeric, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("scale", (1 / math.sqrt(128), 3.7, -0.3, 1e18))
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("columns", (10, 40, 300))
@pytest.mark.parametrize("name", NAMES)
def test_scaled_rows_are_within_two_ulp(name, columns, dtype, scale):
    function = getattr(fastact, name)
    x = (scores(4, columns, "float64", spread=20.0) / abs(scale)).astype(dtype)
    x[1] += x.dtype.type(3000 / abs(scale))  # where exponents are taken from differences
    x[2, 0] = 30 / scale  # outweighs the others
    with mpmath.workdps(90):
        assert errors_in_ulp(function(x, scale=scale), exact_rows(name, x, scale)).max() <= 2
        y = function(x[:1], scale=scale)
        grad = scores(1, columns, dtype, seed=5)
        exact = exact_backward(name, grad, y)
        got = function.backward(grad, y, scale=scale)
        tolerance = 4 * np.finfo(dtype).eps * abs(scale) * np.abs(grad).sum()
        assert np.abs(np.array([float(scale * v) for v in exact[0]]) - got[0]).max() <= tolerance


# ---- special inputs


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("columns", (3, 16, 40))
@pytest.mark.parametrize("name", NAMES)
def test_special_rows(either_path, name, columns, dtype):
    function, x = getattr(fastact, name), scores(9, columns, dtype)
    clean = function(x)
    x[1, 2], x[3, 0], x[5, 1], x[7] = np.nan, np.inf, -np.inf, -np.inf
    with np.errstate(all="raise"):
        got = function(x)
    assert np.isnan(got[[1, 3, 7]]).all()
    same_bits(got[[0, 2, 4, 6, 8]], clean[[0, 2, 4, 6, 8]])
    assert got[5, 1] == EXCLUDED[name]
    others = np.arange(columns) != 1
    np.testing.assert_allclose(got[5, others], function(x[5, others]), rtol=4 * np.finfo(dtype).eps)
    quiet = {"float32": 0x7FC00000, "float64": 0x7FF8000000000000}[dtype]
    assert (bits(got[1]) == quiet).all()


@pytest.mark.parametrize("columns", (16, 17, 31, 32, 33, 48, 49, 63, 64, 65, 100, 127, 128))
@pytest.mark.parametrize("name", (*NAMES, "logsumexp"))
def test_rows_taken_together_are_those_taken_alone(name, columns):
    """Whatever their neighbours are, and however many are left over."""
    function, x = getattr(fastact, name), scores(45, columns, "float32", seed=columns)
    x[1, 2], x[3, -1], x[5, 1], x[7], x[9, 4], x[11, 0] = np.nan, np.inf, -np.inf, -np.inf, 80.0, -3000.0
    x[12], x[14], x[18], x[19] = x[12] + 1500, x[14] * 50 - 5000, x[18] / 50 - np.log(columns), np.where(x[19] < 0, -0.0, 0.0)
    x[22], x[22, 3] = -20.0, 0.0
    with np.errstate(all="raise"):
        alone = np.stack([function(row) for row in x])
        for rows in (4, 9, 10, 16, 19, 20, 26, 45):
            same_bits(function(x[:rows]), alone[:rows])
            same_bits(function(x[45 - rows :]), alone[45 - rows :])


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_huge_scores_do_not_overflow(name, dtype):
    largest = np.finfo(dtype).max
    with np.errstate(all="raise"):
        got = getattr(fastact, name)(np.array([[largest, largest], [largest, -largest], [-largest, -largest]], dtype))
    half, zero, one = (0.5, 0.0, 1.0) if name == "softmax" else (-np.log(2), -np.inf, 0.0)
    np.testing.assert_allclose(got, np.array([[half, half], [one, zero], [half, half]], dtype))


def test_log_softmax_keeps_what_is_close_to_zero():
    """The logarithm of a probability next to 1 is not 0."""
    got = fastact.log_softmax(np.array([[0.0, -40.0]]))
    np.testing.assert_allclose(got, [[-np.exp(-40.0), -40.0]], rtol=1e-15)


@pytest.mark.parametrize("dtype", ("?", "u8", "float16", *FLOATS))
@pytest.mark.parametrize("name", NAMES)
def test_no_floating_point_error_is_reported(either_path, name, dtype):
    function, special = getattr(fastact, name), [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1000.0]
    x = np.arange(12).reshape(3, 4).astype(dtype)
    if x.dtype.kind == "f":
        kind = np.finfo(dtype)
        extremes = np.array([*special, kind.max, kind.min, kind.tiny, kind.smallest_subnormal, -kind.max], dtype)
        x = np.stack([np.roll(extremes, shift)[:4] for shift in range(12)] + [extremes[3:7], np.full(4, kind.min, dtype)])
    with np.errstate(all="raise"):
        for options in ({}, {"axis": 0}, {"axis": None}, {"scale": 1e30}, {"where": x == x}, {"where": x != x}):
            y = function(x, **options)
            function.backward(x, y, **options)
        function(x, out=np.empty(x.shape, "float32"))
        np.add(np.float64(1), np.float64(1))  # nor does a flag stay for somebody else


@pytest.mark.parametrize("name", NAMES)
def test_pickle_and_names(name):
    function = getattr(fastact, name)
    for entry, called in ((function, name), (function.backward, "backward")):
        assert pickle.loads(pickle.dumps(entry)) is entry
        assert (entry.__name__, entry.__module__) == (called, "fastact")
