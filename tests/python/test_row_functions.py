"""Row-wise functions beside softmax and log_softmax: definitions, axes, masks, layouts, special rows, gradients by differences."""

import numpy as np
import pytest
from helpers import COMPOSED, OTHER_ROWS, PROBABILITIES, names_of, same_bits

import fastact as fa

FLOATS = ("float32", "float64")
SPARSE = ("sparsemax", "entmax15", "entmax")
TOLERANCE = {"float16": 1e-3, "float32": 3e-7, "float64": 1e-14}


def numbers(shape, dtype="float64", seed=0, spread=2.0):
    return (spread * np.random.default_rng(seed).standard_normal(shape)).astype(dtype)


def test_every_row_function_is_in_one_list():
    assert {*PROBABILITIES, *OTHER_ROWS} == set(names_of("rowwise"))
    assert COMPOSED == [
        "masked_softmax", "softmin", "logmeanexp", "crelu", "gumbel_softmax", "softmax_segments", "rrelu_train", "xielu",
        "linear_cross_entropy", "sampled_softmax", "nce", "adaptive_log_softmax",
    ]  # fmt: skip
    assert set(COMPOSED) <= set(fa.__all__)


# ---- definitions


def simplex(x, alpha):
    """By bisection in extended precision: max((alpha - 1) x - tau, 0)^(1 / (alpha - 1)) with sum 1."""
    z = (alpha - 1) * (x.astype(np.longdouble) - x.max(-1, keepdims=True))
    low, high = np.full(z.shape[:-1] + (1,), -1.0, np.longdouble), np.zeros(z.shape[:-1] + (1,), np.longdouble)
    for _ in range(80):
        middle = (low + high) / 2
        more = (np.maximum(z - middle, 0) ** (1 / np.longdouble(alpha - 1))).sum(-1, keepdims=True) >= 1
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    return np.maximum(z - low, 0) ** (1 / np.longdouble(alpha - 1))


def sparsemax_by_sorting(x):
    z = np.sort(x.astype(np.longdouble), -1)[..., ::-1]
    sums, k = z.cumsum(-1), np.arange(1, x.shape[-1] + 1)
    count = (1 + k * z > sums).sum(-1, keepdims=True)
    tau = (np.take_along_axis(sums, count - 1, -1) - 1) / count
    return np.maximum(x - tau, 0)


def softmax(x):
    e = np.exp(x.astype(np.longdouble) - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def logsumexp(x):
    wide = x.astype(np.longdouble)
    m = wide.max(-1, keepdims=True)
    return (m + np.log(np.exp(wide - m).sum(-1, keepdims=True)))[..., 0]


DEFINITIONS = {
    "maxout": lambda x: x.reshape(*x.shape[:-1], -1, 4).max(-1),
    "logsumexp": logsumexp,
    "logmeanexp": lambda x: logsumexp(x) - np.log(np.longdouble(x.shape[-1])),
    "l2_normalize": lambda x: x / np.sqrt((x.astype(np.longdouble) ** 2).sum(-1, keepdims=True)),
    "sparsemax": sparsemax_by_sorting,
    "entmax15": lambda x: simplex(x, 1.5),
    "entmax": lambda x: simplex(x, 1.5),
    "hardmax": lambda x: (np.arange(x.shape[-1]) == x.argmax(-1)[..., None]).astype(float),
    "masked_softmax": softmax,
    "softmin": lambda x: softmax(-x),
    "crelu": lambda x: np.concatenate([np.maximum(x, 0), np.maximum(-x, 0)], -1),
}


@pytest.mark.parametrize("dtype", ("float16", *FLOATS))
@pytest.mark.parametrize("columns", (4, 8, 12, 16, 20, 64, 100, 1200))
@pytest.mark.parametrize("name", DEFINITIONS)
def test_definition(name, columns, dtype):
    for spread in (0.1, 2.0, 20.0):
        x = numbers((3, columns), dtype, columns, spread)
        got = getattr(fa, name)(x)
        assert got.dtype == dtype
        exact = DEFINITIONS[name](x if dtype == "float64" else x.astype("float64"))
        assert got.shape == exact.shape
        np.testing.assert_allclose(got.astype("float64"), exact.astype("float64"), rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


@pytest.mark.parametrize("alpha", (1.0, 1.1, 1.3, 1.7, 2.0))
def test_entmax_alpha(alpha):
    x = numbers((5, 30))
    expected = softmax(x) if alpha == 1 else simplex(x, alpha)
    np.testing.assert_allclose(fa.entmax(x, alpha=alpha), expected.astype(float), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("name", SPARSE)
def test_sums_are_one(name):
    """Few and many elements that matter: the buffer of candidates holds 1024."""
    for columns, spread in ((7, 1.0), (3000, 5.0), (3000, 1e-4), (50257, 1e-6)):
        got = getattr(fa, name)(numbers((2, columns), "float32", 1, spread))
        np.testing.assert_allclose(got.sum(-1, dtype=np.float64), 1, rtol=1e-6)


# ---- gradients

CALLS = {
    "maxout": {}, "logsumexp": {}, "logmeanexp": {}, "l2_normalize": {}, "sparsemax": {}, "entmax15": {}, "entmax": {"alpha": 1.3},
    "softmin": {}, "masked_softmax": {}, "crelu": {},
}  # fmt: skip
FROM_X = ("maxout", "logsumexp", "logmeanexp", "l2_normalize", "crelu")


@pytest.mark.parametrize("columns", (4, 24))
@pytest.mark.parametrize("name", CALLS)
def test_backward_is_the_derivative(name, columns):
    function, x, step = getattr(fa, name), numbers((3, columns), seed=5), 1e-6
    y = function(x, **CALLS[name])
    g, numeric = numbers(y.shape, seed=6), np.empty_like(x)
    for at in np.ndindex(x.shape):
        more, less = x.copy(), x.copy()
        more[at] += step
        less[at] -= step
        numeric[at] = ((function(more, **CALLS[name]) - function(less, **CALLS[name])) * g).sum() / (2 * step)
    got = function.backward(g, x if name in FROM_X else y, **CALLS[name])
    np.testing.assert_allclose(got, numeric, rtol=1e-5, atol=1e-7)


def test_other_slopes():
    x = numbers((2, 6))
    assert not fa.hardmax.backward(x, fa.hardmax(x)).any()
    zeros = np.zeros((2, 5))
    np.testing.assert_array_equal(fa.l2_normalize(zeros), zeros)
    np.testing.assert_allclose(fa.l2_normalize.backward(zeros + 3, zeros, eps=0.5), zeros + 6)
    np.testing.assert_array_equal(fa.maxout.backward([[5.0]], [[1.0, 3.0, 3.0, 2.0]]), [[0, 5, 0, 0]])
    np.testing.assert_array_equal(fa.maxout.backward([[5.0]], [[1.0, np.nan, np.nan, 2.0]]), [[0, 5, 0, 0]])


# ---- axes, layouts, outputs


@pytest.mark.parametrize("name", [*DEFINITIONS, "softmax_segments"])
def test_axes_and_layouts(name):
    options = {"lengths": [3, 0, 5]} if name == "softmax_segments" else {}
    function, x = getattr(fa, name), numbers((8, 8, 8), "float32")
    expected = function(x, **options)
    for axis in (0, 1, -2):
        got = function(np.moveaxis(x, -1, axis), axis=axis, **options)
        same_bits(got if name in ("logsumexp", "logmeanexp") else np.moveaxis(got, axis, -1), expected)
    same_bits(function(np.asfortranarray(x), **options), expected)
    same_bits(function(x[::-1, ::-1].copy()[::-1, ::-1], **options), expected)
    out = np.empty_like(expected)
    assert function(x, out=out, **options) is out
    same_bits(out, expected)
    with pytest.raises(ValueError, match=f"{name}: out has shape"):
        function(x, out=np.empty(3, "float32"), **options)
    with pytest.raises(TypeError, match=f"{name}: x has dtype complex"):
        function(x.astype(complex), **options)
    with pytest.raises(ValueError, match=f"{name}.*axis 7"):
        function(x, axis=7, **options)


def test_logsumexp_shapes():
    x = numbers((3, 4))
    assert type(fa.logsumexp(x, axis=None)) is np.float64
    assert fa.logsumexp(x, keepdims=True).shape == (3, 1)
    assert fa.logsumexp(x, axis=None, keepdims=True).shape == (1, 1)
    for grad in (np.ones(3), np.ones((3, 1))):
        np.testing.assert_allclose(fa.logsumexp.backward(grad, x), fa.softmax(x), rtol=1e-14)
    with pytest.raises(ValueError, match=r"logsumexp.backward: grad has shape \(4,\)"):
        fa.logsumexp.backward(np.ones(4), x)


# ---- special rows and masks


def test_logsumexp_special_rows():
    inf, nan = np.inf, np.nan
    x = np.array([[-inf, -inf], [inf, 1], [inf, -inf], [nan, inf], [-inf, 2], [1e308, 1e308]])
    np.testing.assert_array_equal(fa.logsumexp(x), [-inf, inf, inf, nan, 2, 1e308])
    np.testing.assert_array_equal(fa.logsumexp(np.empty((2, 0))), [-inf, -inf])
    np.testing.assert_array_equal(fa.logsumexp.backward(np.ones(6), x)[[0, 4]], [[0, 0], [0, 1]])
    close = np.log(np.full((1, 40), 1 / 40)).astype("float32")
    np.testing.assert_allclose(fa.logsumexp(close), logsumexp(close.astype("float64")).astype(float), rtol=1e-6)


@pytest.mark.parametrize("columns", (5, 40))
@pytest.mark.parametrize("name", SPARSE)
def test_special_rows(name, columns):
    x = numbers((4, columns))
    x[0, 1], x[1, 2], x[2], x[3, 3] = np.nan, np.inf, -np.inf, -np.inf
    got = getattr(fa, name)(x)
    assert np.isnan(got[:3]).all() and got[3, 3] == 0 and np.isclose(got[3].sum(), 1)


@pytest.mark.parametrize("name", ("sparsemax", "entmax15", "entmax", "hardmax", "masked_softmax", "softmin"))
def test_where(name):
    function, x = getattr(fa, name), numbers((6, 9))
    mask = np.random.default_rng(1).random(x.shape) < 0.6
    mask[0] = False
    mask[1:, 0] = True
    x[~mask] = np.nan
    got = function(x, where=mask)
    assert not got[~mask].any()
    for row, kept, values in zip(got[1:], mask[1:], x[1:]):
        np.testing.assert_allclose(row[kept], function(values[kept]), rtol=1e-13)
    slope = function.backward(np.ones_like(x), got, where=mask)
    assert not slope[~mask].any() and np.abs(slope).max() < 1e-12


def test_masked_softmax_is_never_nan_where_nothing_is_left():
    np.testing.assert_array_equal(fa.masked_softmax(np.full((2, 3), -np.inf)), np.zeros((2, 3)))
    np.testing.assert_array_equal(fa.hardmax([-np.inf, -np.inf, 1.0], where=[False, True, False]), [0, 1, 0])


def test_logsumexp_where_and_logmeanexp_count():
    x, mask = numbers((3, 7)), np.arange(7) < 4
    np.testing.assert_allclose(fa.logsumexp(x, where=mask), fa.logsumexp(x[:, :4]), rtol=1e-14)
    np.testing.assert_allclose(fa.logmeanexp(x, where=mask), fa.logmeanexp(x[:, :4]), rtol=1e-13, atol=1e-15)
    assert fa.logsumexp(x, where=False).tolist() == [-np.inf] * 3
    assert not fa.logsumexp.backward(np.ones(3), x, where=mask)[:, 4:].any()


# ---- parameters


def test_parameters_are_checked():
    x = np.ones((2, 6))
    for pieces in (0, -1, 4, 7):
        with pytest.raises(ValueError, match=f"maxout: pieces is {pieces} for 6 entries"):
            fa.maxout(x, pieces=pieces)
    with pytest.raises(TypeError, match="maxout: pieces is 2.0"):
        fa.maxout(x, pieces=2.0)
    for alpha in (0.9, 2.1, np.nan):
        with pytest.raises(ValueError, match="entmax: alpha"):
            fa.entmax(x, alpha=alpha)
    with pytest.raises(ValueError, match="l2_normalize: eps"):
        fa.l2_normalize(x, eps=-1.0)
    with pytest.raises(ValueError, match="gumbel_softmax: tau"):
        fa.gumbel_softmax(x, tau=0.0)
    for lengths in ([1, 2], [7, -1]):
        with pytest.raises(ValueError, match="softmax_segments: lengths"):
            fa.softmax_segments(x, lengths)
    with pytest.raises(ValueError, match="masked_softmax: where"):
        fa.masked_softmax(x, where=np.ones(5, bool))


def test_gumbel_softmax_draws_as_softmax_says():
    x = np.log(np.array([0.1, 0.2, 0.7]))
    draws = fa.gumbel_softmax(np.tile(x, (20000, 1)), hard=True, rng=np.random.default_rng(3))
    assert set(np.unique(draws)) == {0.0, 1.0}
    np.testing.assert_allclose(draws.mean(0), [0.1, 0.2, 0.7], atol=0.015)
    first, again = (fa.gumbel_softmax(x, tau=0.5, rng=np.random.default_rng(4)) for _ in range(2))
    same_bits(first, again)
    np.testing.assert_allclose(fa.gumbel_softmax.backward([1.0, 2.0, 3.0], first, tau=0.5), 2 * fa.softmax.backward([1.0, 2.0, 3.0], first))


def test_softmax_segments():
    x, lengths = numbers((2, 10), "float32"), [3, 0, 4, 3]
    got = fa.softmax_segments(x, lengths)
    for begin, end in ((0, 3), (3, 7), (7, 10)):
        same_bits(np.ascontiguousarray(got[:, begin:end]), fa.softmax(x[:, begin:end].copy()))
    g = numbers((2, 10), "float32", 3)
    slope = fa.softmax_segments.backward(g, got, lengths)
    same_bits(np.ascontiguousarray(slope[:, 3:7]), fa.softmax.backward(g[:, 3:7].copy(), got[:, 3:7].copy()))
