"""mean_squared_error, which has loops of its own, and cross_entropy: every option, against formulas in wider arithmetic. The other losses:
test_pointwise.py."""

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from helpers import same_bits, within_ulps

import fastact
from fastact import _core

FLOATS = ("float32", "float64")
REDUCTIONS = ("none", "mean", "sum", "batchmean")
WIDE = np.longdouble
random = np.random.default_rng


@pytest.fixture(params=[True, False], ids=["fast path", "general path"])
def either_path(request):
    before = _core.set_fast_path(request.param)
    yield
    _core.set_fast_path(before)


def reduced(losses, weights, reduction, shape):
    """(value, what the gradient of a loss is multiplied by) from losses that are weighted already."""
    if reduction == "none":
        return losses, 1
    divisor = {"sum": 1, "batchmean": shape[0], "mean": weights.sum()}[reduction]
    return losses.sum() / divisor, 1 / WIDE(divisor)


def squared(pred, target, reduction="mean", weight=1.0):
    """(value, gradient) in the widest floats."""
    p, t = np.asarray(pred, WIDE), np.asarray(target, WIDE)
    w = np.broadcast_to(np.asarray(weight, WIDE), p.shape)
    value, scale = reduced(w * (p - t) ** 2, w, reduction, p.shape)
    return value, scale * 2 * w * (p - t)


def entropy(logits, labels, reduction="mean", class_weight=None, ignore_index=None, smoothing=0.0, weight=None, axis=-1):
    """(value, gradient) in the widest floats; smoothing spreads over the weighted classes, as PyTorch does."""
    z = np.moveaxis(np.asarray(logits, WIDE), axis, -1)
    shape, classes = z.shape[:-1], z.shape[-1]
    z, k = z.reshape(-1, classes), np.asarray(labels).reshape(-1).astype(np.int64)
    counts = np.ones(len(k), bool) if ignore_index is None else k != ignore_index
    k = np.where(counts, k, 0)
    c = np.ones(classes, WIDE) if class_weight is None else np.asarray(class_weight, WIDE)
    w = counts * (np.ones(len(k), WIDE) if weight is None else np.asarray(weight, WIDE).reshape(-1))
    rows, largest = np.arange(len(z)), z.argmax(-1)
    shifted = z - z[rows, largest][:, None]
    others = np.exp(shifted)
    others[rows, largest] = 0
    log_p = shifted - np.log1p(others.sum(-1, keepdims=True))
    p = np.exp(log_p)
    target = np.full(z.shape, WIDE(smoothing) / classes) + (1 - WIDE(smoothing)) * (np.arange(classes) == k[:, None])
    losses = -(w[:, None] * c * target * log_p).sum(-1)
    gradient = (c * target).sum(-1, keepdims=True) * p - c * target
    if not smoothing:  # at the label p - 1 is what the others have
        p[rows, k] = 0
        gradient[rows, k] = -c[k] * p.sum(-1)
    gradient = w[:, None] * gradient
    value, scale = reduced(losses.reshape(shape), w * c[k], reduction, shape)
    return value, np.moveaxis((scale * gradient).reshape(*shape, classes), -1, axis)


def check(function, arguments, options, exact, dtype, gradient_slack=0.0):
    """Value, gradient and both agree with the exact ones and, to the bit, with each other."""
    value, gradient = function.value_and_gradient(*arguments, **options)
    same_bits(function(*arguments, **options), value)
    same_bits(function.gradient(*arguments, **options), gradient)
    assert value.dtype == gradient.dtype == np.dtype(dtype)
    within_ulps(value, exact[0], 2.5 if exact[0].ndim == 0 else 2)
    # what a mean divides by is one double, added up and rounded: that comes on top of a double's gradient
    divided = dtype == "float64" and options.get("reduction", "mean") in ("mean", "batchmean")
    within_ulps(gradient, exact[1], 3 if divided else 2, gradient_slack * np.finfo(dtype).eps)


def pair(shape, dtype, seed=0):
    g = random(seed)
    return g.standard_normal(shape).astype(dtype), g.standard_normal(shape).astype(dtype)


# ---- mean squared error


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("n", [1, 2, 15, 16, 17, 63, 64, 65, 127, 512, 513, 1000, 4095, 4096, 4097, 10001])
def test_squared_error_lengths(either_path, n, dtype):
    p, t = pair(n, dtype, n)
    for reduction in ("mean", "sum", "none"):
        check(fastact.mse, (p, t), {"reduction": reduction}, squared(p, t, reduction), dtype)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_squared_error_weights_and_masks(reduction, dtype):
    p, t = pair((6, 5), dtype)
    for weight in (random(1).random((6, 5)), random(1).random((6, 1)), random(1).random((1, 5)), np.zeros((6, 5)) + 3):
        weight = weight.astype(dtype)
        check(fastact.mse, (p, t), {"reduction": reduction, "sample_weight": weight}, squared(p, t, reduction, weight), dtype)
    each = random(2).random(6).astype(dtype)
    check(fastact.mse, (p, t), {"reduction": reduction, "sample_weight": each}, squared(p, t, reduction, each[:, None]), dtype)
    mask = random(3).random((6, 5)) < 0.6
    spoilt = np.where(mask, p, np.resize([np.nan, np.inf, 1e30], p.shape)).astype(dtype)
    exact = squared(np.where(mask, p, 0), np.where(mask, t, 0), reduction, mask)
    check(fastact.mse, (spoilt, t), {"reduction": reduction, "where": mask}, exact, dtype)
    both = squared(np.where(mask, p, 0), np.where(mask, t, 0), reduction, mask * each[:, None].astype(WIDE))
    check(fastact.mse, (spoilt, t), {"reduction": reduction, "where": mask, "sample_weight": each}, both, dtype)


@pytest.mark.parametrize("scale", [1e-38, 1e-30, 1e-10, 1e10, 1e19, 1e30])
def test_squared_error_of_any_size(either_path, scale):
    """Squares far beyond float32, and those far below, count in the mean as long as the mean itself fits."""
    p, t = (np.float32(scale) * a for a in pair(3000, "float32"))
    value, gradient = fastact.mse.value_and_gradient(p, t)
    exact, slope = squared(p, t)
    with np.errstate(all="ignore"):
        expected = np.float32(exact)
    np.testing.assert_allclose(value, expected, rtol=3e-7, atol=1e-45)
    np.testing.assert_allclose(gradient, slope, rtol=3e-7, atol=1.5e-45)


def test_squared_error_exact_to_half_an_ulp():
    """Up to 512 numbers the mean is rounded once; beyond that random data stays within 0.6 ulp."""
    for n, bound in ((7, 0.5), (512, 0.5), (5000, 0.6)):
        p, t = pair(n, "float32", n)
        exact = sum((Fraction(float(a)) - Fraction(float(b))) ** 2 for a, b in zip(p, t)) / n
        got = fastact.mse(p, t)
        assert abs(Fraction(float(got)) - exact) <= Fraction(bound * 1.000001) * Fraction(float(np.spacing(got)))


def test_mean_of_many_ones_is_one():
    assert fastact.mse(np.ones(1 << 25, np.float32), np.zeros(1 << 25, np.float32)) == 1


# ---- cross entropy


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("columns", [1, 2, 3, 10, 16, 17, 100, 1000])
def test_cross_entropy_columns(either_path, columns, dtype):
    g = random(columns)
    for spread in (0.1, 3.0, 20.0):
        z, k = (spread * g.standard_normal((9, columns))).astype(dtype), g.integers(0, columns, 9)
        for reduction in ("mean", "none"):
            check(fastact.cross_entropy, (z, k), {"reduction": reduction}, entropy(z, k, reduction), dtype)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("columns", [5, 40])
def test_cross_entropy_options(columns, reduction, smoothing, dtype):
    g = random(5)
    z, k = g.standard_normal((12, columns)).astype(dtype), g.integers(0, columns, 12)
    class_weight, weight = g.random(columns).astype(dtype), g.random(12).astype(dtype)
    slack = 4.0 if smoothing else 0.0
    for options in (
        {}, {"class_weight": class_weight}, {"ignore_index": int(k[0])}, {"class_weight": class_weight, "ignore_index": int(k[3])}
    ):
        for rows in ({}, {"sample_weight": weight}):
            exact = entropy(z, k, reduction, smoothing=smoothing, weight=rows.get("sample_weight"), **options)
            given = options | rows | {"reduction": reduction, "label_smoothing": smoothing}
            check(fastact.cross_entropy, (z, k), given, exact, dtype, slack)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
def test_cross_entropy_axes(axis):
    g = random(1)
    z = g.standard_normal((4, 5, 6))
    k = g.integers(0, z.shape[axis], np.delete(z.shape, axis))
    for reduction in REDUCTIONS:
        check(fastact.cross_entropy, (z, k), {"axis": axis, "reduction": reduction}, entropy(z, k, reduction, axis=axis), "float64", 1)
    mask = g.random(k.shape) < 0.5
    exact = entropy(z, k, weight=mask, axis=axis)
    check(fastact.cross_entropy, (z, k), {"axis": axis, "where": mask}, exact, "float64", 1)


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", ">i4", ">i8"])
def test_label_dtypes(dtype):
    z, k = random(0).standard_normal((6, 4)), np.array([0, 3, 2, 1, 1, 0])
    expected = fastact.cross_entropy(z, k)
    same_bits(fastact.cross_entropy(z, k.astype(dtype)), expected)
    same_bits(fastact.cross_entropy(z, k.astype(dtype)[:, None]), expected)
    same_bits(fastact.cross_entropy(z, np.repeat(k.astype(dtype), 2)[::2]), expected)
    same_bits(fastact.cross_entropy(z, k.astype(dtype).tolist()), expected)


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"])
def test_rows_left_out_with_any_label_dtype(either_path, dtype):
    """By a mask or by an index, which may be one that the dtype of the labels does not hold, or no int64 does."""
    z = random(1).standard_normal((6, 4))
    last = int(np.iinfo(dtype).max)
    k = np.array([0, last, 2, 1, 1, 0], dtype)
    kept = k != last
    expected = fastact.cross_entropy(z[kept], k[kept].astype(int))
    for options in ({"where": kept}, {"ignore_index": last}, {"where": kept, "ignore_index": -100}, {"where": kept, "ignore_index": 2**70}):
        np.testing.assert_allclose(fastact.cross_entropy(z, k, **options), expected, rtol=1e-15)
        gradient = fastact.cross_entropy.gradient(z, k, **options)
        assert not gradient[~kept].any() and gradient[kept].all()
    for index in (None, -1, -(2**70), 2**70):
        with pytest.raises(ValueError, match=rf"labels\[1\] is {last}; 0 to 3.* are accepted"):
            fastact.cross_entropy(z, k, ignore_index=index)


def test_confident_rows_keep_their_loss():
    """-log(p) of a probability next to 1 is not 0, and its gradient is the probability of the others."""
    z = np.array([[0.0, -40.0], [30.0, 0.0]])
    got = fastact.cross_entropy(z, np.array([0, 0]), reduction="none")
    np.testing.assert_allclose(got, [math.exp(-40), math.log1p(math.exp(-30))], rtol=1e-15)
    slope = fastact.cross_entropy.gradient(z, np.array([0, 0]), reduction="none")
    np.testing.assert_allclose(slope[0], [-math.exp(-40), math.exp(-40)], rtol=1e-15)


@pytest.mark.parametrize("dtype", FLOATS)
def test_special_scores(either_path, dtype):
    for columns in (4, 40):
        z = np.zeros((5, columns), dtype)
        z[0, 0], z[1, 1], z[2, 2], z[3] = np.nan, np.inf, -np.inf, -np.inf
        with np.errstate(all="raise"):
            value, gradient = fastact.cross_entropy.value_and_gradient(z, np.full(5, 2), reduction="none")
        assert np.isnan(value[[0, 1, 3]]).all() and np.isnan(gradient[[0, 1, 3]]).all()
        assert value[2] == np.inf
        np.testing.assert_allclose(value[4], math.log(columns), rtol=1e-6)


# ---- both


@pytest.mark.parametrize("reduction", ["mean", "sum", "batchmean"])
def test_gradients_are_those_of_the_reduced_loss(reduction):
    """Finite differences in float64."""
    g, step = random(8), 1e-6
    z, k, weight = g.standard_normal((5, 4)), g.integers(0, 4, 5), g.random(5) + 0.1
    for function, target, options in (
        (fastact.mse, g.standard_normal((5, 4)), {"sample_weight": weight}),
        (fastact.cross_entropy, k, {"sample_weight": weight, "class_weight": g.random(4) + 0.1, "label_smoothing": 0.2}),
    ):
        numeric = np.empty_like(z)
        for at in np.ndindex(z.shape):
            more, less = z.copy(), z.copy()
            more[at] += step
            less[at] -= step
            values = (function(a, target, reduction=reduction, **options) for a in (more, less))
            numeric[at] = np.subtract(*values) / (2 * step)
        np.testing.assert_allclose(function.gradient(z, target, reduction=reduction, **options), numeric, rtol=1e-6, atol=1e-9)


def test_means_of_nothing():
    z, k = np.ones((3, 4), np.float32), np.zeros(3, int)
    for function, arguments, options in (
        (fastact.mse, (z, z), {"where": np.zeros((3, 4), bool)}),
        (fastact.mse, (z, z), {"sample_weight": np.zeros(3)}),
        (fastact.cross_entropy, (z, k), {"ignore_index": 0}),
        (fastact.cross_entropy, (z, k), {"where": np.zeros(3, bool)}),
    ):
        value, gradient = function.value_and_gradient(*arguments, **options)
        assert np.isnan(value)
        assert not gradient.any()
        assert function(*arguments, reduction="sum", **options) == 0
        value, gradient = function.value_and_gradient(*arguments, empty="zero", **options)
        assert value == 0 and value.dtype == np.float32 and not gradient.any()
        for wrong in ("none", None, 0):
            with pytest.raises(ValueError, match="empty is .*; 'nan', 'zero' are accepted"):
                function(*arguments, empty=wrong)
    empty = np.empty((0, 4), np.float32)
    assert np.isnan(fastact.mse(empty, empty)) and fastact.mse(empty, empty, reduction="sum") == 0
    assert fastact.huber(empty, empty, empty="zero") == 0 and fastact.mse(empty, empty, empty="zero", reduction="batchmean") == 0
    assert np.isnan(fastact.cross_entropy(empty, np.empty(0, int)))
    assert fastact.cross_entropy.gradient(empty, np.empty(0, int)).shape == (0, 4)


@pytest.mark.parametrize("name", ["mean_squared_error", "cross_entropy"])
def test_outputs(either_path, name):
    function = getattr(fastact, name)
    z, t = pair((8, 6), "float32")
    target = t if name == "mean_squared_error" else random(0).integers(0, 6, 8)
    value, gradient = function.value_and_gradient(z, target)
    out, grad_out = np.empty((), "float32"), np.empty((8, 6), "float32")
    got = function.value_and_gradient(z, target, out=out, grad_out=grad_out)
    assert got[0] is out and got[1] is grad_out
    same_bits(out, value)
    same_bits(grad_out, gradient)
    place = z.copy()
    assert function.gradient(place, target, out=place) is place
    same_bits(place, gradient)
    memory = np.zeros(z.size + 4, "float32")
    memory[:-4] = z.ravel()
    function.value_and_gradient(memory[:-4].reshape(z.shape), target, grad_out=memory[4:].reshape(z.shape))
    same_bits(memory[4:].reshape(z.shape), gradient)
    wide = np.empty((8, 6), "float64")
    np.testing.assert_array_equal(function.gradient(z, target, out=wide), gradient)
    turned = np.empty((6, 8), "float32").T
    assert function.gradient(z, target, out=turned) is turned
    same_bits(turned, gradient)
    each = np.empty(function(z, target, reduction="none").shape, "float32")
    assert function(z, target, reduction="none", out=each) is each


@pytest.mark.parametrize("name", ["mean_squared_error", "cross_entropy"])
def test_dtypes(name):
    function = getattr(fastact, name)
    z, t = (np.round(4 * a) for a in pair((5, 3), "float64"))
    target = t if name == "mean_squared_error" else np.array([0, 2, 1, 0, 0])
    other = target.astype("f2") if name == "mean_squared_error" else target
    if name == "mean_squared_error":  # no square overflows before the mean is rounded
        assert function(np.array([300, 0, 0, 0], "f2"), np.zeros(4, "f2")) == 22500
    half = function.value_and_gradient(z.astype("f2"), other)
    single = function.value_and_gradient(z.astype("f4"), other.astype("f4") if name == "mean_squared_error" else target)
    for a, b in zip(half, single):
        same_bits(a, np.asarray(b, "f2"))
    assert function(z.astype("i4"), target.astype("i4")).dtype == np.float64
    same_bits(function(z.tolist(), target.tolist()), function(z, target))
    same_bits(function(z[::-1], target[::-1]), function(z[::-1].copy(), target[::-1].copy()))
    same_bits(function(z.astype(">f8"), target), function(z, target))
    if name == "mean_squared_error":
        assert function(z.astype("f4"), t).dtype == np.float64
        assert function(3.0, 1.0) == 4


@pytest.mark.parametrize("name", ["mean_squared_error", "cross_entropy"])
def test_pickle_and_names(name):
    function = getattr(fastact, name)
    for entry, called in ((function, name), (function.gradient, "gradient"), (function.value_and_gradient, "value_and_gradient")):
        assert pickle.loads(pickle.dumps(entry)) is entry
        assert (entry.__name__, entry.__module__) == (called, "fastact")
    assert fastact.mse is fastact.mean_squared_error and fastact.mse_loss is fastact.mse


@pytest.mark.parametrize("dtype", FLOATS)
def test_weighted_mean_of_many_rows(dtype):
    """A mean divides by the total that the kernel has, to the bit; a plain sum of these weights is wrong by many ulp."""
    g, n = random(0), 100_000
    z, k = g.standard_normal((n, 4)).astype(dtype), g.integers(0, 4, n)
    weight, class_weight = g.random(n).astype(dtype), g.random(4).astype(dtype)
    kernel = _core.RowLoss("cross_entropy")
    for classes, rows in ((None, weight), (class_weight, None), (class_weight, weight)):
        options = {"class_weight": classes, "sample_weight": rows, "ignore_index": 3}
        total, divisor = kernel(z, k, classes, rows, 3)
        assert kernel.total_weight(k, 4, classes, rows, 3) == divisor
        same_bits(fastact.cross_entropy(z, k, **options), np.dtype(dtype).type(total / divisor))
        exact = math.fsum((1.0 if classes is None else classes[k].astype(WIDE)) * (1.0 if rows is None else rows.astype(WIDE)) * (k != 3))
        assert abs(divisor - exact) <= np.spacing(exact)
