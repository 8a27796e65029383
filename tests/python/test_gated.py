"""Gated functions: against mpmath and PyTorch, one array and two, along any axis of any layout, at special inputs, in place."""

import pickle

import mpmath
import numpy as np
import pytest
from gated_formulas import exact_arrays
from helpers import FUNCTIONS, bits, names_of, same_bits, sample, spacing

import fastact
from fastact import _core

NAMES = names_of("gated")
FLOATS = ("float32", "float64")
PARAMETERS = {"swiglu": ({}, {"beta": 1.702}, {"beta": -0.5}), "swiglu_clamped": ({}, {"alpha": 1.0, "limit": 2.0})}
CASES = [(name, options) for name in NAMES for options in PARAMETERS.get(name, ({},))]


@pytest.fixture(params=[True, False], ids=["fast path", "general path"])
def either_path(request):
    before = _core.set_fast_path(request.param)
    yield
    _core.set_fast_path(before)


def error_in_ulp(got, exact_values):
    unit = spacing(np.array([float(v) for v in exact_values]), got.dtype)
    with mpmath.workdps(60):
        return max(float(abs(mpmath.mpf(float(a)) - b)) / u for a, b, u in zip(got, exact_values, unit))


def in_order(name, gate, value):
    """Gate and value as the two arguments of that function."""
    return (value, gate) if name == "glu" else (gate, value)


def data(n, dtype, seed=0):
    return sample(n, dtype, seed, 3), sample(n, dtype, seed + 1, 30), sample(n, dtype, seed + 2, 5)


@pytest.mark.parametrize("dtype", ("float16", *FLOATS))
@pytest.mark.parametrize("name, options", CASES)
def test_against_mpmath(name, options, dtype):
    """float16 is computed as float32 and rounded once."""
    grad, gate, value = data(200, dtype)
    function = getattr(fastact, name)
    work = "float32" if dtype == "float16" else dtype
    y, dgate, dvalue = exact_arrays(name, options, work, grad, gate, value)
    bound = 0.51 if dtype == "float16" else 2
    got = function(*in_order(name, gate, value), **options)
    assert got.dtype == np.dtype(dtype)
    assert error_in_ulp(got, y) <= bound
    first, second = in_order(name, *in_order(name, *function.backward(grad, *in_order(name, gate, value), **options)))
    gradients = in_order(name, first, second)
    assert error_in_ulp(gradients[0], dgate) <= bound
    assert error_in_ulp(gradients[1], dvalue) <= bound


@pytest.mark.parametrize("name, options", CASES)
def test_gradients_by_differences(name, options):
    random = np.random.default_rng(1)
    function, h = getattr(fastact, name), 1e-6
    a, b, g = (random.normal(0, 1.5, 200) for _ in range(3))
    near = [np.abs(x - kink) < 1e-4 for x in (a, b) for kink in (0, 2, -2, 7, -7)]
    away = ~np.any(near, axis=0)
    da, db = function.backward(g, a, b, **options)
    np.testing.assert_allclose(
        da[away], (g * (function(a + h, b, **options) - function(a - h, b, **options)) / (2 * h))[away], rtol=1e-6, atol=1e-8
    )
    np.testing.assert_allclose(
        db[away], (g * (function(a, b + h, **options) - function(a, b - h, **options)) / (2 * h))[away], rtol=1e-6, atol=1e-8
    )


def test_against_pytorch():
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    pairs = {
        "glu": lambda a, b: functional.glu(torch.cat([a, b], -1), -1),
        "swiglu": lambda a, b: functional.silu(a) * b,
        "geglu": lambda a, b: functional.gelu(a) * b,
        "geglu_tanh": lambda a, b: functional.gelu(a, approximate="tanh") * b,
        "reglu": lambda a, b: functional.relu(a) * b,
        "bilinear": lambda a, b: a * b,
        "swiglu_clamped": lambda a, b: a.clamp(max=7) * torch.sigmoid(1.702 * a.clamp(max=7)) * (b.clamp(-7, 7) + 1),
    }
    assert set(pairs) == set(NAMES)
    for name, formula in pairs.items():
        g, a, b = (x.reshape(20, 50) for x in data(1000, "float64"))
        leaves = [torch.tensor(x, requires_grad=True) for x in (a, b)]
        y = formula(*leaves)
        y.backward(torch.tensor(g))
        np.testing.assert_allclose(getattr(fastact, name)(a, b), y.detach().numpy(), rtol=1e-9, atol=1e-13)
        for got, leaf in zip(getattr(fastact, name).backward(g, a, b), leaves):
            np.testing.assert_allclose(got, leaf.grad.numpy(), rtol=1e-8, atol=1e-12)


# ---- the two forms


@pytest.mark.parametrize("dtype", ("float16", *FLOATS))
@pytest.mark.parametrize("name", NAMES)
def test_one_array_and_two_are_equal(either_path, name, dtype):
    function = getattr(fastact, name)
    for shape in ((2,), (10,), (3, 8), (2, 6, 4), (5, 2000)):
        x = sample(int(np.prod(shape)), dtype, 3, 12).reshape(shape)
        for axis in range(-len(shape), len(shape)):
            if shape[axis] % 2:
                continue
            a, b = np.split(x, 2, axis)
            y = function(x, axis=axis)
            same_bits(y, function(a, b))
            same_bits(y, function(a.copy(), b.copy()))
            assert y.flags.c_contiguous
            g = sample(a.size, dtype, 4, 3).reshape(a.shape)
            both = function.backward(g, a, b)
            assert type(both) is tuple
            same_bits(function.backward(g, x, axis=axis), np.concatenate(both, axis))
    assert function(x).tobytes() == function(x, axis=-1).tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_gate_position(either_path, name):
    function = getattr(fastact, name)
    g, a, b = data(50, "float32")
    own = "second" if name == "glu" else "first"
    other = "first" if own == "second" else "second"
    same_bits(function(a, b, gate=own), function(a, b))
    same_bits(function(a, b, gate=other), function(b, a))
    joined, swapped = np.concatenate([a, b]), np.concatenate([b, a])
    same_bits(function(joined, gate=other), function(swapped))
    for got, expected in zip(function.backward(g, a, b, gate=other), function.backward(g, b, a)[::-1]):
        same_bits(got, expected)
    same_bits(function.backward(g, joined, gate=other), np.concatenate(function.backward(g, b, a)[::-1]))


def test_default_gates():
    """glu has its gate in the second half, the others in the first."""
    big, one = np.array([-50.0]), np.array([1.0])
    assert abs(fastact.glu(one, big)) < 1e-20 < 1 < abs(fastact.glu(big, one))
    for name in ("swiglu", "geglu", "geglu_tanh", "reglu"):
        assert abs(getattr(fastact, name)(big, one)) < 1e-18 < 1 < abs(getattr(fastact, name)(one, big))


def test_approximate():
    g, a, b = data(100, "float32")
    for value in ("none", False, None):
        same_bits(fastact.geglu(a, b, approximate=value), fastact.geglu(a, b))
    for value in ("tanh", True):
        same_bits(fastact.geglu(a, b, approximate=value), fastact.geglu_tanh(a, b))
        same_bits(fastact.geglu.backward(g, a, b, approximate=value)[0], fastact.geglu_tanh.backward(g, a, b)[0])
    same_bits(fastact.geglu(a, b, approximate="quick"), fastact.swiglu(a, b, beta=1.702))
    for call in (fastact.geglu, fastact.geglu.backward):
        with pytest.raises(ValueError, match="geglu.*approximate is 'erf'.*'tanh'"):
            call(*[a] * (2 if call is fastact.geglu else 3), approximate="erf")


def test_parameters_by_position():
    g, a, b = data(20, "float64")
    same_bits(fastact.swiglu(a, b, 2.0), fastact.swiglu(a, b, beta=2))
    same_bits(fastact.swiglu_clamped(a, b, 1.0, 3.0), fastact.swiglu_clamped(a, b, alpha=1.0, limit=3.0))
    same_bits(fastact.swiglu.backward(g, a, b, 2.0)[0], fastact.swiglu.backward(g, a, b, beta=np.float32(2))[0])


# ---- layouts, dtypes, outputs


def layouts(x):
    """The same numbers in Fortran order, strided, reversed, of the other byte order, unaligned, read-only, and as a list."""
    yield np.asfortranarray(x)
    yield np.repeat(np.repeat(x, 2, 0), 3, 1)[::2, ::3]
    yield np.concatenate([x, x], 1)[:, : x.shape[1]]
    yield x[::-1, ::-1].copy()[::-1, ::-1]
    yield x.astype(x.dtype.newbyteorder())
    yield np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(x.dtype).reshape(x.shape)
    yield np.broadcast_to(x, x.shape)
    yield x.tolist()


@pytest.mark.parametrize("name", NAMES)
def test_layouts_give_the_same_bits(either_path, name):
    function = getattr(fastact, name)
    g, a, b = (x.reshape(6, 22) for x in data(132, "float64"))
    y, gradients = function(a, b), function.backward(g, a, b)
    joined = np.concatenate([a, b], 1)
    for other in layouts(a):
        same_bits(function(other, b), y)
        same_bits(function.backward(g, other, b)[0], gradients[0])
    for other in layouts(b):
        same_bits(function(a, other), y)
        same_bits(function.backward(g, a, other)[1], gradients[1])
    for other in layouts(g):
        same_bits(function.backward(other, a, b)[0], gradients[0])
        same_bits(function.backward(other, joined), np.concatenate(gradients, 1))
    for other in layouts(joined):
        same_bits(function(other), y)
        same_bits(function.backward(g, other), np.concatenate(gradients, 1))


@pytest.mark.parametrize("name", NAMES)
def test_dtypes(name):
    function = getattr(fastact, name)
    for dtype, result in (("i1", "f8"), ("u8", "f8"), ("?", "f8"), ("f2", "f2"), ("f4", "f4"), ("f8", "f8")):
        x = (np.arange(12) % 5).reshape(3, 4).astype(dtype)
        got = function(x)
        assert got.dtype == np.dtype(result)
        same_bits(got, function(x.astype("f4" if result == "f2" else result)).astype(result))
    mixed = function(np.ones(3, "f4"), np.ones(3, "i8"))
    assert mixed.dtype == np.float32
    assert function(np.ones(3, "f4"), np.ones(3, "f8")).dtype == np.float64
    assert type(function(1.0, 2.0)) is np.float64
    assert type(function(np.float32(1), np.float32(2))) is np.float32
    assert all(type(d) is np.float64 for d in function.backward(1.0, 1.0, 2.0))


@pytest.mark.parametrize("name", NAMES)
def test_empty(either_path, name):
    function = getattr(fastact, name)
    for shape, half in (((0,), (0,)), ((0, 4), (0, 2)), ((3, 0), (3, 0)), ((2, 0, 6), (2, 0, 3))):
        assert function(np.empty(shape)).shape == half
        assert function(np.empty(half), np.empty(half)).shape == half
        assert function.backward(np.empty(half), np.empty(shape)).shape == shape
        assert [d.shape for d in function.backward(*[np.empty(half)] * 3)] == [half, half]


@pytest.mark.parametrize("name", NAMES)
def test_outputs_in_place(either_path, name):
    """Any output may be any input; the one-array gradient may be written over x."""
    function = getattr(fastact, name)
    given = [x.reshape(5, 60) for x in data(300, "float32")]
    g, a, b = given
    y, gradients, joined = function(a, b), function.backward(g, a, b), np.concatenate([a, b], 1)
    for place in (1, 2):
        arrays = [x.copy() for x in given]
        assert function(*arrays[1:], out=arrays[place]) is arrays[place]
        same_bits(arrays[place], y)
    for first in range(3):
        for second in range(3):
            if first == second:
                continue
            arrays = [x.copy() for x in given]
            got = function.backward(*arrays, out=(arrays[first], arrays[second]))
            assert got[0] is arrays[first] and got[1] is arrays[second]
            same_bits(got[0], gradients[0])
            same_bits(got[1], gradients[1])
    x = joined.copy()
    assert function.backward(g, x, out=x) is x
    same_bits(x, np.concatenate(gradients, 1))
    out = np.empty_like(y)
    assert function(joined, out=out) is out
    same_bits(out, y)
    wide = np.empty(y.shape, "float64")
    np.testing.assert_array_equal(function(a, b, out=wide), y)
    da, out = function.backward(g, a, b, out=(None, wide))
    same_bits(da, gradients[0])
    assert out is wide
    np.testing.assert_array_equal(wide, gradients[1])


@pytest.mark.parametrize("shift", (1, 7, 60))
@pytest.mark.parametrize("name", NAMES)
def test_partial_overlap(either_path, name, shift):
    """As if the inputs were copied first, whether the output begins before or behind them."""
    function = getattr(fastact, name)
    g, a, b = data(300, "float32")
    y, gradients, joined = function(a, b), function.backward(g, a, b), np.concatenate([a, b])
    for begin, end in ((0, shift), (shift, 0)):
        memory = np.zeros(2 * joined.size, "float32")
        source, out = memory[begin : begin + a.size], memory[end : end + a.size]
        source[...] = a
        same_bits(function(source, b, out=out), y)
        source[...] = a
        same_bits(function.backward(g, source, b, out=(out, None))[0], gradients[0])
        whole, out = memory[begin : begin + joined.size], memory[end : end + a.size]
        whole[...] = joined
        same_bits(function(whole, out=out), y)
        whole, out = memory[begin : begin + joined.size], memory[end : end + joined.size]
        whole[...] = joined
        same_bits(function.backward(g, whole, out=out), np.concatenate(gradients))
    x = joined.copy()
    same_bits(function(x, out=x[: a.size]), y)


# ---- special inputs


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_limits(either_path, name, dtype):
    """An infinite gate meets the activation's limit; 0 times infinity is NaN."""
    inf, nan = np.inf, np.nan
    act_at = {"glu": (1.0, 0.0)}.get(name, (inf, -inf if name == "bilinear" else 0.0 if name in ("reglu",) else -0.0))
    function = getattr(fastact, name)
    if name == "swiglu_clamped":
        got = function(np.array([inf, -inf, nan, 1], dtype), np.array([1, 1, 1, nan], dtype))
        np.testing.assert_array_equal(got[:3], [function(np.array([7], dtype), np.array([1], dtype))[0], 0, nan])
        assert np.isnan(got[3])
        return
    for gate, act in zip((inf, -inf), act_at):
        for value in (1.0, -2.0, 0.0, inf, -inf, nan):
            with np.errstate(all="ignore"):
                expected = np.dtype(dtype).type(act) * np.dtype(dtype).type(value)
            with np.errstate(all="raise"):
                got = function(*in_order(name, np.array([gate], dtype), np.array([value], dtype)))
            same_bits(got, np.where(np.isnan([expected]), np.dtype(dtype).type(nan), [expected]).astype(dtype))
    quiet = {"float32": 0x7FC00000, "float64": 0x7FF8000000000000}[dtype]
    for arrays in ((np.array([nan], dtype), np.ones(1, dtype)), (np.ones(1, dtype), np.array([-nan], dtype))):
        assert (bits(function(*arrays)) == quiet).all()


@pytest.mark.parametrize("dtype", FLOATS)
def test_products_beyond_the_range(dtype):
    """Two factors may overflow where all three do not."""
    huge, kind = np.finfo(dtype).max, np.finfo(dtype)
    gate = np.array([-60.0], dtype)
    value = np.array([huge], dtype)
    for name in ("swiglu", "glu"):
        with np.errstate(all="raise"):
            y = getattr(fastact, name)(*in_order(name, gate, value))
            gradients = in_order(name, *getattr(fastact, name).backward(value, *in_order(name, gate, np.array([1e-3], dtype))))
        assert np.isfinite(y).all() and (y != 0).all()
        assert np.isfinite(gradients[0]).all() and (gradients[0] != 0).all()
    tiny = np.array([kind.smallest_subnormal], dtype)
    same_bits(fastact.bilinear(tiny, value), tiny * value)
    got = fastact.swiglu(tiny, value)
    np.testing.assert_allclose(got, np.float64(tiny) / 2 * np.float64(huge) if dtype == "float32" else tiny * (huge / 2), rtol=4 * kind.eps)


@pytest.mark.parametrize(
    "name, options, gate",
    [
        ("swiglu", {}, -1800.0),
        ("swiglu", {"beta": 0.3}, -6000.0),
        ("swiglu", {"beta": 2.0**-900}, -1800 * 2.0**900),
        ("swiglu_clamped", {"limit": 1e300}, -1100.0),
        ("glu", {}, -1800.0),
        ("geglu", {}, -60.0),
        ("geglu_tanh", {}, -29.0),
    ],
)
def test_slopes_that_only_a_product_brings_back(name, options, gate):
    """A slope far below the smallest number, about e^-1800, is one again times a gradient and a value of 2^1020."""
    grad, gate, value = np.full(9, 1.5 * 2.0**1020), gate * np.linspace(0.99, 1.01, 9), np.linspace(-1, 1, 10)[1:] * 2.0**1020
    value = np.clip(value, -1e299, 1e299) if name == "swiglu_clamped" else value
    y, dgate, dvalue = exact_arrays(name, options, "float64", grad, gate, value)
    function = getattr(fastact, name)
    gradients = in_order(name, *function.backward(grad, *in_order(name, gate, value), **options))
    assert (gradients[0] != 0).all()
    assert error_in_ulp(gradients[0], dgate) <= 2
    assert error_in_ulp(gradients[1], dvalue) <= 2
    assert error_in_ulp(function(*in_order(name, gate, value), **options), y) <= 2


def test_closed_units_pass_nothing():
    """reglu's gate at 0, swiglu_clamped at its limits: the gradient is exactly 0 whatever else stands there."""
    for dtype in FLOATS:
        g, odd = np.ones(3, dtype), np.array([np.inf, np.nan, 1], dtype)
        assert (fastact.reglu.backward(g, np.array([0, -1, -np.inf], dtype), odd)[0] == 0).all()
        at = np.array([7, 8, np.inf], dtype)
        assert (fastact.swiglu_clamped.backward(g, at, odd)[0] == 0).all()
        assert (fastact.swiglu_clamped.backward(g, g, at)[1] == 0).all()
        assert (fastact.swiglu_clamped.backward(g, g, -at)[1] == 0).all()
        assert fastact.swiglu_clamped.backward(1.0, 6.999, 1.0)[0] != 0


@pytest.mark.parametrize("dtype", ("?", "u8", "float16", *FLOATS))
@pytest.mark.parametrize("name", NAMES)
def test_no_floating_point_error_is_reported(either_path, name, dtype):
    function = getattr(fastact, name)
    x = np.arange(16).astype(dtype)
    if x.dtype.kind == "f":
        kind = np.finfo(dtype)
        x = np.array([
            np.nan, np.inf, -np.inf, 0.0, -0.0, 1, -1, 11, -11, -1000, kind.max, kind.min, kind.tiny, kind.smallest_subnormal, 7, -7
        ], dtype)
    first, second = np.repeat(x, 16), np.tile(x, 16)
    with np.errstate(all="raise"):
        y = function(first, second)
        function.backward(second, first, second)
        function(np.concatenate([first, second]), out=np.empty(256, "float32"))
        function.backward(y, np.concatenate([first, second]))
        np.add(np.float64(1), np.float64(1))  # nor does a flag stay for somebody else


@pytest.mark.parametrize("name", NAMES)
def test_isas_agree(name):
    function = getattr(fastact, name)
    before, found = fastact.isa(), []
    try:
        for isa in fastact.isas():
            fastact.set_isa(isa)
            g, a, b = data(1003, "float32")
            found.append([function(a, b), *function.backward(g, a, b), function(a.astype("f8"), b.astype("f8"))])
    finally:
        fastact.set_isa(before)
    for other in found[1:]:
        for got, expected in zip(other, found[0]):
            same_bits(got, expected)


# ---- errors, names


@pytest.mark.parametrize("name", NAMES)
def test_errors(either_path, name):
    function, x = getattr(fastact, name), np.ones((2, 4), np.float32)
    half = x[:, :2].copy()
    with pytest.raises(ValueError, match=rf"{name}: x has size 3 along axis 1; an even size"):
        function(np.ones((2, 3)))
    with pytest.raises(ValueError, match=rf"{name}.backward: x has size 5 along axis 0; an even size"):
        function.backward(np.ones(2), np.ones(5))
    for axis in (2, -3):
        with pytest.raises(ValueError, match=rf"{name}.*axis"):
            function(x, axis=axis)
    for axis in ("1", 1.0, None):
        with pytest.raises(TypeError, match=rf"{name}.*axis"):
            function(x, axis=axis)
    with pytest.raises(ValueError, match=rf"{name}.*axis"):
        function(np.float32(3))
    with pytest.raises(ValueError, match=rf"{name}: x has shape \(2, 4\) and other \(2, 2\); equal shapes"):
        function(x, half)
    with pytest.raises(ValueError, match=rf"{name}: x has shape \(2, 4\) and other \(\); equal shapes"):
        function(x, 0)
    with pytest.raises(ValueError, match=rf"{name}.backward: grad has shape \(2, 4\); \(2, 2\)"):
        function.backward(x, x)
    with pytest.raises(ValueError, match=rf"{name}.backward: x has shape .* and grad"):
        function.backward(half, x, x)
    with pytest.raises(ValueError, match=rf"{name}: gate is 'third'; 'first' and 'second'"):
        function(x, gate="third")
    with pytest.raises(ValueError, match=rf"{name}: out has shape"):
        function(x, out=np.empty_like(x))
    with pytest.raises(TypeError, match=rf"{name}: out has dtype int64"):
        function(x, out=np.empty((2, 2), np.int64))
    with pytest.raises(TypeError, match=rf"{name}.backward: out is of type ndarray; a tuple of two"):
        function.backward(half, half, half, out=np.empty((2, 2), np.float32))
    with pytest.raises(ValueError, match=rf"{name}.backward: out\[1\] has shape"):
        function.backward(half, half, half, out=(None, np.empty(3, np.float32)))
    out = np.full((2, 2), 7, np.float32)
    out.flags.writeable = False
    with pytest.raises(ValueError, match=rf"{name}: out is read-only"):
        function(x, out=out)
    with pytest.raises(ValueError, match=rf"{name}.backward: out\[0\] is read-only"):
        function.backward(half, half, half, out=(out, None))
    assert (out == 7).all()
    for wrong in (np.ones(4, complex), np.array(["1"] * 4), np.array([1, None] * 2, object), np.ones(4, np.longdouble)):
        with pytest.raises(TypeError, match=rf"{name}: x has dtype"):
            function(wrong)
        with pytest.raises(TypeError, match=rf"{name}: other has dtype"):
            function(np.ones(4), wrong)
        with pytest.raises(TypeError, match=rf"{name}.backward: grad has dtype"):
            function.backward(wrong, np.ones(4), np.ones(4))
    with pytest.raises(TypeError):
        function(x, no_such_argument=1)
    for word in FUNCTIONS[name].parameters:
        with pytest.raises(TypeError, match=rf"{name}: {word} is 'a'; a number"):
            function(x, **{word: "a"})


@pytest.mark.parametrize("name", NAMES)
def test_pickle_and_names(name):
    function = getattr(fastact, name)
    for entry, called in ((function, name), (function.backward, f"{name}.backward")):
        assert pickle.loads(pickle.dumps(entry)) is entry
        assert entry.__qualname__ == called
        assert entry.__module__ == "fastact"
    assert function.max_ulp == {dtype: bounds[0] for dtype, bounds in FUNCTIONS[name].max_ulp.items()}
    assert FUNCTIONS[name].passes == ("value", "backward")
