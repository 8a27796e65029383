"""Functions with a learned parameter: values, both gradients, and the exactness and order of the parameter's sum."""

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from helpers import DTYPES, SPECIAL, same_bits, spacing, within_ulps
from learned_cases import FLOATS, LARGE, LAYOUTS, NAMES, START, along, drawn

import fastact
from fastact import _core


def summed(terms, like):
    """Exact sums of an object array over the axes that `like` lacks or has of length one."""
    lead = terms.ndim - like.ndim
    axes = tuple(k for k in range(terms.ndim) if k < lead or (like.shape[k - lead] == 1 and terms.shape[k] != 1))
    return np.asarray(np.sum(terms, axis=axes, initial=Fraction(0))).reshape(like.shape)


def prelu_terms(g, x):
    flat = [Fraction(float(a)) * Fraction(float(b)) if b <= 0 else Fraction(0) for a, b in zip(g.ravel(), x.ravel())]
    terms = np.empty(len(flat), object)
    terms[:] = flat
    return terms.reshape(x.shape)


def errors_in_ulp(got, exact):
    unit = spacing([float(e) for e in exact.ravel()], got.dtype)
    return [float(abs(Fraction(float(a)) - e) / Fraction(float(u))) for a, e, u in zip(got.ravel(), exact.ravel(), unit)]


# ---- values


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape, parameter_shape, axis", LAYOUTS)
def test_prelu_on_every_layout(shape, parameter_shape, axis, dtype):
    g, x, w = drawn("prelu", dtype, shape, parameter_shape)
    wide = along(w, x, axis).astype("float64")
    y = fastact.prelu(x, w, axis)
    dx, dw = fastact.prelu.backward(g, x, w, axis)
    assert y.dtype == dx.dtype == dw.dtype == x.dtype
    within_ulps(y, np.where(x > 0, x, wide * x).astype("float64"), 0.51)
    within_ulps(dx, np.where(x > 0, g, wide * g).astype("float64"), 0.51)
    assert dw.shape == w.shape
    if dtype != "float16":  # rounded twice
        exact = summed(prelu_terms(g, x), along(w, x, axis)).reshape(w.shape)
        assert max(errors_in_ulp(np.asarray(dw), exact), default=0) < 0.6


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_the_elementwise_function_has_the_same_bits(name, dtype):
    """A constant parameter and a learned one are one function."""
    base = {"prelu": fastact.leaky_relu, "swish_learned": fastact.silu, "snake_learned": fastact.snake}[name]
    for n in (*range(1, 70), 1000, 9001):
        g, x, p = drawn(name, dtype, (n,), (n,))
        same_bits(getattr(fastact, name)(x, p), base(x, p))
        same_bits(getattr(fastact, name).backward(g, x, p)[0], base.backward(g, x, p))
        same_bits(getattr(fastact, name)(x, p[0]), base(x, p[0]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_values_of_sixteen_bits_are_rounded_once(dtype, name):
    """Whole rows in a block, rows of several and long runs, on one thread and on three, also in place and beside a float32 parameter."""
    dtype = np.dtype(dtype if dtype == "float16" else pytest.importorskip("ml_dtypes").bfloat16)
    function = getattr(fastact, name)
    for shape, parameter_shape, axis in (*LAYOUTS, *LARGE, ((2, 20_001), (20_001,), 1), ((2, 900, 13), (900,), 1)):
        _, x, p = drawn(name, "float32", shape, parameter_shape)
        x, p = x.astype(dtype), p.astype(dtype)
        wanted = function(x.astype(np.float32), p.astype(np.float32), axis).astype(dtype)
        for count in (1, 3):
            with fastact.threads(count):
                y = function(x, p, axis)
                assert y.dtype == dtype and y.tobytes() == wanted.tobytes()
                out = np.array(x)
                assert function(out, p, axis, out=out) is out and out.tobytes() == wanted.tobytes()


@pytest.mark.parametrize("dtype", FLOATS)
def test_special_inputs(dtype):
    x = np.array([*SPECIAL, 2, -2], dtype)
    nan, inf = np.nan, np.inf
    np.testing.assert_array_equal(fastact.prelu(x, 0.25), np.array([nan, inf, -inf, -0.0, 0, 2, -0.5], dtype))
    flat = fastact.prelu(x, 0.0)
    np.testing.assert_array_equal(flat, np.array([nan, inf, 0, 0, 0, 2, 0], dtype))
    assert np.signbit(flat[2])
    dx, _ = fastact.prelu.backward(np.ones_like(x), x, 0.25)
    np.testing.assert_array_equal(dx[1:], np.array([1, 0.25, 0.25, 0.25, 1, 0.25], dtype))  # at 0: the weight
    one = np.ones(1, dtype)
    for g, v, expected in (
        (1, -inf, -inf), (1, inf, 0), (nan, 3, 0), (nan, -3, nan), (1, nan, nan), (inf, -1, -inf), (2, 0, 0), (2, -0.0, 0)
    ):
        _, dw = fastact.prelu.backward(g * one, v * one, 0.25 * one)
        np.testing.assert_array_equal(dw, np.array([expected], dtype))
        if np.isnan(expected):
            assert dw.tobytes() == np.array([nan], dtype).tobytes()
    _, dw = fastact.prelu.backward(np.array([1, 1, 1], dtype), np.array([-inf, -1, -2], dtype), 0.25)
    assert dw == -inf


# ---- the parameter's gradient


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("size", [3, 17, 64, 1000, 20000, 100003])
def test_sums_that_cancel(dtype, size):
    """Terms of very different size whose total is what the small ones leave."""
    random = np.random.default_rng(size)
    half = size // 2
    large = random.normal(0, 1e6 if dtype == "float32" else 1e3, half).astype(dtype)
    g = np.concatenate([large, random.normal(0, 1e-3, size - 2 * half).astype(dtype), -large]).astype(dtype)
    x = -np.abs(np.concatenate([large, np.ones(size - 2 * half), large])).astype(dtype)
    order = random.permutation(size)
    g, x = g[order], x[order]
    for shape, w in (((size,), 0.25), ((1, 1, size), [0.25]), ((size, 1), [0.25])):
        _, dw = fastact.prelu.backward(g.reshape(shape), x.reshape(shape), w)
        exact = math.fsum(np.float64(a) * np.float64(b) for a, b in zip(g, x)) if dtype == "float32" else float(sum(prelu_terms(g, x)))
        assert abs(float(np.asarray(dw).item()) - exact) <= 0.51 * spacing(exact, dtype)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_differences_of_values(name, dtype):
    g, x, w = drawn(name, "float64", (6, 5, 9), (5,))
    function = getattr(fastact, name)
    step = 2.0**-16
    dx, dw = function.backward(g.astype(dtype), x.astype(dtype), w.astype(dtype))
    reach = 1e-6 if dtype == "float64" else 1e-3
    for c in range(5):
        moved = step * (np.arange(5) == c)
        slope = (function(x, w + moved) - function(x, w - moved)) / (2 * step)
        np.testing.assert_allclose(dw[c], (g * slope).sum(), rtol=reach, atol=reach)
    slope = (function(x + 1e-7, w) - function(x - 1e-7, w)) / 2e-7
    away = np.abs(x) > 1e-6
    np.testing.assert_allclose(dx[away], (g * slope)[away], rtol=1e-3, atol=reach)


@pytest.mark.parametrize("shape, count", [((64,), 1), ((8, 6), 6), ((3, 4, 50), 4), ((2, 3, 4, 5), 3)])
def test_as_torch(shape, count):
    torch = pytest.importorskip("torch")
    g, x, w = drawn("prelu", "float32", shape, (count,))
    at, weight = torch.tensor(x, requires_grad=True), torch.tensor(w, requires_grad=True)
    y = torch.nn.functional.prelu(at, weight)
    y.backward(torch.tensor(g))
    np.testing.assert_array_equal(fastact.prelu(x, w), y.detach().numpy())
    dx, dw = fastact.prelu.backward(g, x, w)
    np.testing.assert_array_equal(dx, at.grad.numpy())
    np.testing.assert_allclose(dw, weight.grad.numpy(), rtol=1e-5, atol=1e-5)


# ---- the same bits


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_bits_of_every_instruction_set(name, dtype):
    function, before, answers = getattr(fastact, name), fastact.isa(), {}
    shapes = [(shape, p, axis) for shape, p, axis in LAYOUTS if math.prod(shape)]
    shapes += [((n,), (), 0) for n in (1, 15, 16, 63, 64, 65, 4095, 4097, 16384, 16385, 50001)]
    shapes += [((1025, n), (n,), 1) for n in (1, 2, 5, 16, 255, 256, 257)] + [((9, 7, n), (7,), 1) for n in (2, 63, 64, 65, 130)]
    try:
        for isa in fastact.isas():
            fastact.set_isa(isa)
            made = []
            for shape, parameter_shape, axis in shapes:
                g, x, p = drawn(name, dtype, shape, parameter_shape)
                made += [function(x, p, axis), *function.backward(g, x, p, axis)]
            answers[isa] = [np.asarray(a).tobytes() for a in made]
    finally:
        fastact.set_isa(before)
    assert all(answer == answers["scalar"] for answer in answers.values())


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape, parameter_shape, axis", LAYOUTS)
def test_bits_of_every_memory_layout(name, shape, parameter_shape, axis, dtype):
    function = getattr(fastact, name)
    g, x, p = drawn(name, dtype, shape, parameter_shape)
    y, (dx, dp) = function(x, p, axis), function.backward(g, x, p, axis)

    def spread(array):
        wide = np.empty((*array.shape, 3), dtype)
        wide[..., 1] = array
        return wide[..., 1] if array.ndim else array

    def fortran(array):
        return np.array(array, order="F")

    def shifted(array):
        raw = np.empty(array.nbytes + 1, np.uint8)[1:].view(dtype).reshape(array.shape)
        raw[...] = array
        return raw

    def swapped(array):
        return array.astype(array.dtype.newbyteorder())

    for change in (fortran, spread, shifted, swapped, lambda a: a[::-1].copy()[::-1] if a.ndim else a):
        same_bits(function(change(x), change(p), axis), y)
        for got, expected in zip(function.backward(change(g), change(x), change(p), axis), (dx, dp)):
            same_bits(got, expected)


@pytest.mark.parametrize("name", NAMES)
def test_a_1d_parameter_lies_along_the_axis(name):
    function = getattr(fastact, name)
    g, x, p = drawn(name, "float32", (4, 6, 10), (6,))
    y, (dx, dp) = function(x, p), function.backward(g, x, p)
    same_bits(function(x, p, axis=-2), y)
    same_bits(function(x, p[:, None]), y)
    moved = function(np.moveaxis(x, 1, 2), p, axis=2)
    same_bits(np.moveaxis(moved, 2, 1), y)
    same_bits(function(x[0], p, axis=0), y[0])
    same_bits(function.backward(g, x, p[:, None])[1], dp[:, None])
    same_bits(function.backward(g, x, p[None, :, None])[0], dx)


# ---- outputs, dtypes, errors


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", NAMES)
def test_out(name, dtype):
    function = getattr(fastact, name)
    g, x, p = drawn(name, dtype, (9, 5, 7), (5,))
    y, (dx, dp) = function(x, p), function.backward(g, x, p)
    out = np.empty_like(x)
    assert function(x, p, out=out) is out
    same_bits(out, y)
    strided = np.empty((9, 5, 14), dtype)[..., ::2]
    assert function(x, p, out=strided) is strided
    same_bits(strided, y)
    place = x.copy()
    same_bits(function(place, p, out=place), y)
    room, few = np.empty_like(x), np.empty_like(p)
    given = function.backward(g, x, p, out=(room, few))
    assert given[0] is room and given[1] is few
    for k in range(2):  # in place of the gradient, of x, of the parameter
        arrays, parameter = [g.copy(), x.copy()], p.copy()
        function.backward(*arrays, parameter, out=(arrays[k], parameter))
        same_bits(arrays[k], dx)
        same_bits(parameter, dp)
    big = np.empty(x.size + 1, dtype)  # partial overlap
    big[:-1] = x.ravel()
    same_bits(function(big[:-1].reshape(x.shape), p, out=big[1:].reshape(x.shape)), y)
    again, none = function.backward(g, x, p, out=(None, few))
    same_bits(again, dx)
    assert none is few
    # one parameter an element, written over
    full = np.full(x.shape, START[name], dtype)
    expected = function(x, full)
    same_bits(function(x, full, out=full), expected)


@pytest.mark.parametrize("name", NAMES)
def test_dtypes(name):
    function = getattr(fastact, name)
    x = np.array([-1.0, 2.0], np.float32)
    assert function(x, START[name]).dtype == np.float32
    assert function(x, np.float64(START[name])).dtype == np.float64
    assert function(x, np.array([START[name]])).dtype == np.float64
    assert function(x.astype(np.float16), np.array([START[name]], np.float32)).dtype == np.float32
    assert function([-1, 2], START[name]).dtype == np.float64
    assert function(np.array([-1, 2], np.int8), np.float32(START[name])).dtype == np.float64
    assert isinstance(function(-1.0, START[name]), np.float64)
    dx, dp = function.backward(x, x, START[name])
    assert isinstance(dp, np.float32) and dx.dtype == np.float32


@pytest.mark.parametrize("name", NAMES)
def test_errors(name):
    function = getattr(fastact, name)
    (parameter,) = fastact.functions()[name].parameters
    x, p = np.ones((4, 3), np.float32), np.ones(3, np.float32)
    for wrong in (np.ones(3, complex), np.array(["a"]), np.array([None])):
        with pytest.raises(TypeError, match=f"{name}: x has dtype"):
            function(wrong, 0.5)
        with pytest.raises(TypeError, match=f"{name}: {parameter} has dtype"):
            function(x, wrong)
        with pytest.raises(TypeError, match=f"{name}.backward: grad has dtype"):
            function.backward(wrong, x, p)
    with pytest.raises(ValueError, match=rf"{name}: {parameter} has shape \(4,\); a scalar or \(3,\) is accepted"):
        function(x, np.ones(4))
    with pytest.raises(ValueError, match=rf"{name}: {parameter} has shape \(2, 3\); what broadcasts to .*\(4, 3\)"):
        function(x, np.ones((2, 3)))
    with pytest.raises(ValueError, match=rf"{name}: {parameter} has shape \(1, 4, 3\)"):
        function(x, np.ones((1, 4, 3)))
    with pytest.raises(ValueError, match="axis"):
        function(x, p, axis=2)
    with pytest.raises(TypeError, match="axis is 1.5"):
        function(x, p, axis=1.5)
    with pytest.raises(ValueError, match=rf"{name}.backward: grad has shape \(3,\) and x \(4, 3\)"):
        function.backward(p, x, p)
    with pytest.raises(ValueError, match=rf"{name}: x is no regular array"):
        function([[1.0], [1.0, 2.0]], 0.5)
    dx, dp = np.full_like(x, 7), np.full_like(p, 7)
    frozen = dp.copy()
    frozen.flags.writeable = False
    with pytest.raises(ValueError, match=rf"{name}.backward: out\[1\] is read-only"):
        function.backward(x, x, p, out=(dx, frozen))
    with pytest.raises(ValueError, match=rf"{name}.backward: out\[0\] has shape"):
        function.backward(x, x, p, out=(dp, dp))
    with pytest.raises(TypeError, match=rf"{name}.backward: out is"):
        function.backward(x, x, p, out=dx)
    with pytest.raises(ValueError, match=rf"{name}.backward: out\[0\] and out\[1\] share memory"):
        function.backward(x, x, p, out=(dx, dx[0]))
    with pytest.raises(TypeError, match=rf"{name}: out has dtype int64"):
        function(x, p, out=np.empty((4, 3), np.int64))
    assert (dx == 7).all() and (dp == 7).all()


@pytest.mark.parametrize("name", NAMES)
def test_no_warning_and_pickle(name):
    function = getattr(fastact, name)
    x = np.array([*SPECIAL, 3e38, -3e38, 1e-45], np.float32)
    halves = np.array([*SPECIAL, 6e4, -6e4, 6e-8], np.float16)
    with np.errstate(all="raise"):
        function(x, x)
        function.backward(x, x, x)
        function(halves, np.float16(2))
    assert pickle.loads(pickle.dumps(function)) is function
    assert pickle.loads(pickle.dumps(function.backward)) is function.backward


@pytest.mark.parametrize("name", NAMES)
def test_the_sum_of_nothing_is_zero(name):
    function = getattr(fastact, name)
    dx, dp = function.backward(np.empty((0, 3)), np.empty((0, 3)), np.ones(3))
    assert dx.shape == (0, 3)
    np.testing.assert_array_equal(dp, np.zeros(3))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("shape,parameter_shape,axis", LARGE)
def test_any_number_of_threads(shape, parameter_shape, axis, dtype):
    """Blocks are shared out, and their sums joined in order."""
    g, x, p = drawn("swish_learned", dtype, shape, parameter_shape)
    form = {"float32": "f32", "float64": "f64"}[dtype]
    found = []
    try:
        _core.set_threads_from("swish_learned", "backward", form, 8193)
        for count in (1, 2, 3, 7):
            with fastact.threads(count):
                for _ in range(2):  # awake at the second call
                    found.append(fastact.swish_learned.backward(g, x, p, axis=axis))
    finally:
        _core.set_threads_from("swish_learned", "backward", form, 0)
    for dx, dp in found[1:]:
        same_bits(dx, found[0][0])
        same_bits(dp, found[0][1])
    with np.errstate(all="ignore"):
        wide, aligned = x.astype(np.longdouble), along(p, x, axis).astype(np.longdouble)
        s = 1 / (1 + np.exp(-aligned * wide))
        terms = g * wide * wide * s * (1 - s)
    axes = tuple(k for k in range(x.ndim) if not parameter_shape or k != axis)
    np.testing.assert_allclose(found[0][1], terms.sum(axis=axes), rtol=1e-6 if dtype == "float32" else 1e-13)
