"""Penalties on weights: sums and gradients against exact fractions, lists, strengths given in either way, proximal operators, and the
figures of the experiment with a line through a sigmoid."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from helpers import bits, same_bits, within_ulps

import fastact

FLOATS = ("float32", "float64")
STRENGTHS = {
    "l1_penalty": ({"lam": 0.03}, (0.03, 0)),
    "l2_penalty": ({"lam": 0.3}, (0, 0.3)),
    "elastic_net_penalty": ({"l1": 0.03, "l2": 0.3}, (0.03, 0.3)),
}


def weights(n, dtype, seed=0):
    g = np.random.default_rng(seed)
    w = g.normal(0, 1, n) * 10.0 ** g.uniform(-4, 4, n)
    w[:: max(n // 3, 1)] = 0
    return w.astype(dtype)


def exact(w, l1, l2):
    """(sum, gradient) in exact arithmetic, rounded at the end."""
    l1, l2, numbers = Fraction(l1), Fraction(l2), [Fraction(float(x)) for x in w.ravel()]
    total = sum(l1 * abs(x) + l2 * x * x for x in numbers)
    slopes = [l1 * ((x > 0) - (x < 0)) + 2 * l2 * x for x in numbers]
    return np.longdouble(float(total)), np.array([float(s) for s in slopes], np.longdouble).reshape(w.shape)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("n", [1, 2, 7, 15, 16, 17, 300, 16384, 16385, 40001])
@pytest.mark.parametrize("name", STRENGTHS)
def test_sums_and_gradients(name, n, dtype):
    function, (options, strengths) = getattr(fastact, name), STRENGTHS[name]
    w = weights(n, dtype, n)
    total, slopes = exact(w, *strengths)
    value = function(w, **options)
    assert type(value) is np.float64
    within_ulps(value, total, 2.5)  # what it is compared with was rounded too
    got, gradient = function.value_and_gradient(w, **options)
    same_bits(got, value)
    assert gradient.dtype == dtype
    within_ulps(gradient, slopes, 1.5)
    same_bits(function.gradient(w, **options), gradient)
    same_bits(function(np.repeat(w, 2)[::2], **options), value)
    place = w.copy()
    assert function.gradient(place, **options, out=place) is place
    same_bits(place, gradient)


@pytest.mark.parametrize("isa", fastact.isas())
@pytest.mark.parametrize("name", STRENGTHS)
def test_bits(name, isa):
    function, before = getattr(fastact, name), fastact.isa()
    for dtype in FLOATS:
        for n in (*range(1, 40), 70001):
            w = weights(n, dtype, n)
            try:
                fastact.set_isa("scalar")
                expected = function.value_and_gradient(w)
                fastact.set_isa(isa)
                got = function.value_and_gradient(w)
            finally:
                fastact.set_isa(before)
            for a, b in zip(got, expected):
                np.testing.assert_array_equal(bits(a), bits(b))


def test_founding_forms():
    w = np.array([3.0, -4.0])
    assert fastact.l1_penalty(w, 0.5) == 3.5
    np.testing.assert_array_equal(fastact.l1_penalty.gradient(np.array([3.0, 0.0, -4.0]), 0.5), [0.5, 0, -0.5])
    assert fastact.l2_penalty(w, 0.5, n=5) == 2.5
    np.testing.assert_allclose(fastact.l2_penalty.gradient(w, 0.5, n=5), 2 * 0.5 * w / 5)
    assert fastact.l2_penalty(w, 0.5, half=True) == 6.25
    assert fastact.l1_l2 is fastact.elastic_net_penalty
    assert fastact.elastic_net_penalty(w, 0.5, 0.25) == 0.5 * 7 + 0.25 * 25
    assert fastact.elastic_net_penalty(w, l2=0.25) == 0.25 * 25
    assert fastact.elastic_net_penalty(w, alpha=0.5, l1_ratio=0.25) == 0.5 * (0.25 * 7 + 0.5 * 0.75 * 25)
    np.testing.assert_allclose(fastact.elastic_net_penalty(w), 0.01 * 7 + 0.01 * 25)


@pytest.mark.parametrize(
    "name, strength, expected",
    [
        ("l1_penalty", 0.01, {0: (0.055, 0.0175, 19.920160003426), 500: (1.813060964473, 0.505224809202, 16.963878071005),
            1000: (2.125989320127813, 0.413507514244652)}),
        ("l2_penalty", 0.1, {0: (0.055, 0.0175, 19.919501628426), 500: (1.679806497067, 0.507708330636, 17.016389395565),
            1000: (1.840968488445457, 0.449257790101822)}),
    ],
)  # fmt: skip
def test_line_through_a_sigmoid(name, strength, expected):
    """A thousand steps of gradient descent give the figures that the project started from."""
    function, options = getattr(fastact, name), {"n": 5} if name == "l2_penalty" else {}
    x, y, w = np.arange(5.0), 2 * np.arange(5.0), np.zeros(2)
    for step in range(1001):
        if step == 1000:
            np.testing.assert_allclose(w, expected[1000], rtol=1e-12)
            break
        z = w[0] * x + w[1]
        p = fastact.sigmoid(z)
        by_z = fastact.mse.gradient(p, y) * fastact.sigmoid.derivative(z)
        w = w - 0.01 * (np.array([(by_z * x).sum(), by_z.sum()]) + function.gradient(w, strength, **options))
        if step in expected:
            loss = fastact.mse(p, y) + function(w, strength, **options)
            np.testing.assert_allclose(w, expected[step][:2], rtol=1e-10)
            again = fastact.mse(fastact.sigmoid(w[0] * x + w[1]), y) + function(w, strength, **options)
            assert min(abs(value - expected[step][2]) for value in (loss, again)) < 1e-9


@pytest.mark.parametrize("name", [*STRENGTHS, "prox_l1", "prox_l2", "prox_elastic_net"])
def test_lists(name):
    function = getattr(fastact, name)
    arrays = [weights(30, "float32", 1).reshape(5, 6), weights(7, "float64", 2), weights(4, "float16", 3)]
    if name.startswith("prox"):
        results = function(arrays, 0.1)
        for got, array in zip(results, arrays, strict=True):
            same_bits(got, function(array, 0.1))
        outs = [np.empty_like(a) for a in arrays]
        made = function(arrays, 0.1, out=outs)
        assert all(a is b for a, b in zip(made, outs))
        with pytest.raises(TypeError, match=f"{name}: out is of type ndarray; a list of 3 arrays is accepted"):
            function(arrays, 0.1, out=outs[0])
        return
    value, gradients = function.value_and_gradient(arrays)
    assert value == math.fsum(function(a) for a in arrays)
    for got, array in zip(gradients, arrays, strict=True):
        assert got.dtype == array.dtype and got.shape == array.shape
        same_bits(got, function.gradient(array))
    same_bits(function([[1.0, -2.0], [3.0, 0.0]]), function(np.array([[1.0, -2.0], [3.0, 0.0]])))
    assert function(np.array([3, -4])) == function(np.array([3.0, -4.0])) and function.gradient(np.array([3, -4])).dtype == np.float64
    frozen = [np.full((5, 6), 7, "float32"), np.full(7, 7.0), np.full(4, 7, "float16")]
    frozen[2].flags.writeable = False
    with pytest.raises(ValueError, match=rf"{name}.gradient: out\[2\] is read-only"):
        function.gradient(arrays, out=frozen)
    assert all((a == 7).all() for a in frozen)


def test_special_weights():
    w = np.array([np.inf, -np.inf, 0.0, -0.0])
    with np.errstate(all="raise"):
        for name in STRENGTHS:
            function = getattr(fastact, name)
            value, gradient = function.value_and_gradient(w)
            assert value == np.inf
            assert gradient[0] > 0 > gradient[1] and not gradient[2:].any()
            assert np.isnan(function(np.array([1.0, np.nan])))
            np.testing.assert_array_equal(np.isnan(function.gradient(np.array([1.0, np.nan]))), [False, True])
            assert function(np.empty(0)) == 0 and function.gradient(np.empty((0, 3))).shape == (0, 3)
        assert fastact.elastic_net_penalty(w, 0.0, 0.0) == 0
        assert fastact.l2_penalty(np.array([1e200]), 1e-300) == pytest.approx(1e100)


# ---- proximal operators: the v that makes (v - w)^2 / 2 + step penalty(v) smallest


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize(
    "name, options, l1, l2",
    [
        ("prox_l1", {"lam": 0.7}, 0.7, 0), ("prox_l2", {"lam": 0.7}, 0, 0.7), ("prox_elastic_net", {"l1": 0.4, "l2": 0.9}, 0.4, 0.9),
        ("prox_elastic_net", {"alpha": 0.8, "l1_ratio": 0.25}, 0.2, 0.3),
    ],
)  # fmt: skip
def test_proximal_operators(name, options, l1, l2, dtype):
    w, step = np.random.default_rng(3).normal(0, 1, 200).astype(dtype), 0.5
    w[:3] = 0, step * l1, -step * l1
    v = getattr(fastact, name)(w, step, **options)
    assert v.dtype == dtype
    mp = mpmath.mp.clone()
    mp.dps = 40
    expected = []
    for x in map(float, w):
        size = max(abs(mp.mpf(x)) - mp.mpf(step) * mp.mpf(l1), mp.mpf(0))
        expected.append(np.longdouble(mp.nstr(mp.sign(mp.mpf(x)) * size / (1 + 2 * mp.mpf(step) * mp.mpf(l2)), 25)))
    within_ulps(v, np.array(expected), 1, 1e-15 if l1 and dtype == "float64" else 1e-15)

    def cost(v):
        return (v - w.astype("f8")) ** 2 / 2 + step * (l1 * np.abs(v) + l2 * v * v)

    for other in (v.astype("f8") + 0.01, v.astype("f8") - 0.01, 0 * v.astype("f8")):
        assert (cost(other) >= cost(v.astype("f8")) - 1e-6).all()
    place = w.copy()
    assert getattr(fastact, name)(place, step, **options, out=place) is place
    same_bits(place, v)


def test_refused():
    w = np.ones(3)
    for call in (fastact.l1_penalty, fastact.l2_penalty.gradient):
        for lam in (-1.0, math.inf, math.nan):
            with pytest.raises(ValueError, match=rf"lam is {lam}; finite numbers from 0 are accepted"):
                call(w, lam)
    with pytest.raises(ValueError, match="l2_penalty: n is 0; finite numbers above 0 are accepted"):
        fastact.l2_penalty(w, n=0)
    with pytest.raises(ValueError, match="elastic_net_penalty: l1 or l2 is given together with alpha or l1_ratio"):
        fastact.elastic_net_penalty(w, 0.1, alpha=0.2)
    with pytest.raises(ValueError, match="prox_elastic_net: l1_ratio is 1.5; numbers from 0 to 1 are accepted"):
        fastact.prox_elastic_net(w, 0.1, l1_ratio=1.5)
    with pytest.raises(ValueError, match="prox_l1: step is -1.0"):
        fastact.prox_l1(w, -1.0)
    with pytest.raises(TypeError, match="l1_penalty: w has dtype complex128"):
        fastact.l1_penalty(w * 1j)
    with pytest.raises(TypeError, match=r"l1_penalty: w\[1\] has dtype <U1"):
        fastact.l1_penalty([w, np.array(["a"])])
    with pytest.raises(ValueError, match=r"orthogonal_penalty: w has shape \(3,\); two dimensions are accepted"):
        fastact.orthogonal_penalty(w)
    with pytest.raises(ValueError, match="orthogonal_penalty: mode is 'diagonal'"):
        fastact.orthogonal_penalty(np.eye(2), mode="diagonal")


# ---- orthogonality


def test_orthogonal_penalty():
    g = np.random.default_rng(5)
    w = g.normal(0, 1, (4, 6))

    def definition(w, factor=0.01):
        norms = np.sqrt((w * w).sum(1))
        cosines = np.abs(w @ w.T / norms / norms[:, None])
        return factor * 0.5 * (cosines.sum() - np.trace(cosines)) / (len(w) * (len(w) - 1) / 2)

    value, gradient = fastact.orthogonal_penalty.value_and_gradient(w)
    np.testing.assert_allclose(value, definition(w), rtol=1e-13)
    numeric = np.empty_like(w)
    for place in np.ndindex(w.shape):
        moved = [w.copy(), w.copy()]
        moved[0][place] += 1e-6
        moved[1][place] -= 1e-6
        numeric[place] = (definition(moved[0]) - definition(moved[1])) / 2e-6
    np.testing.assert_allclose(gradient, numeric, rtol=1e-6, atol=1e-11)
    same_bits(fastact.orthogonal_penalty(w.T, mode="columns"), value)
    same_bits(fastact.orthogonal_penalty.gradient(w.T, mode="columns"), gradient.T)
    np.testing.assert_allclose(fastact.orthogonal_penalty(w * 1e200, 0.3), definition(w, 0.3), rtol=1e-12)
    assert fastact.orthogonal_penalty(np.eye(3)) == 0 and fastact.orthogonal_penalty(w[:1]) == 0
    assert fastact.orthogonal_penalty.gradient(w.astype("f4")).dtype == np.float32
    np.testing.assert_allclose(fastact.orthogonal_penalty(np.ones((3, 2))), 0.01, rtol=1e-14)
    assert not fastact.orthogonal_penalty.gradient(np.zeros((2, 2))).any()
