"""Losses of several arrays, those with kernels and those made of NumPy: against their definitions, and what they refuse."""

import math
import pickle

import numpy as np
import pytest
from helpers import COMPOSED_LOSSES, EVERY_FUNCTION, names_of, same_bits, within_ulps
from joint_formulas import (
    BATCHES,
    CASES,
    ELEMENTS,
    FLOATS,
    ROWS,
    STEP,
    WEIGHTS,
    arrays_of,
    as_longdouble,
    call_options,
    gap,
    gradients_of,
    losses_of,
    mp,
    mpf,
    slopes_of,
    tuple_of,
    wide,
)

import fastact


def test_every_function_has_a_definition():
    assert {*ELEMENTS, *ROWS, *BATCHES, *WEIGHTS, "pairwise_distance", "survival_cox", "survival_aft", "ctc"} == {
        *names_of("joint_loss"), *COMPOSED_LOSSES
    }


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, options", CASES)
def test_against_60_digits(name, options, dtype):
    function, arrays = getattr(fastact, name), arrays_of(name, dtype)
    exact_arrays, given = [wide(a) for a in arrays], call_options(name, options)
    exact = as_longdouble(losses_of(name, exact_arrays, options))
    more = {"gamma", "log_loss", "squared_pred"} & options.keys()
    composed = EVERY_FUNCTION[name].kind == "composed_loss" or options.get("p") == 3.5 or bool(more)
    # those made of NumPy are computed in float64 and rounded once
    slack = 1e-13 if composed else 4 * np.finfo(dtype).eps ** 1.5
    if composed and dtype == "float64":
        slack = 2e-13 * max(1.0, float(np.abs(exact).max()))
    each = function(*arrays, **given, reduction="none")
    assert each.dtype == dtype
    within_ulps(np.atleast_1d(each).ravel(), exact, 2, slack)
    value, gradients = function.value_and_gradient(*arrays, **given, reduction="sum")
    within_ulps(value, exact.sum(), 3, slack)
    steepest = 0.0
    for which, gradient in zip(gradients_of(name), tuple_of(gradients), strict=True):
        slopes = slopes_of(name, exact_arrays, options, which)
        steepest = max(steepest, float(np.abs(slopes).max()))
        assert gradient.dtype == dtype and gradient.shape == arrays[which].shape
        within_ulps(gradient, slopes, 2, (2e-13 if composed else 1e-15 if dtype == "float64" else 1e-12) * steepest)
    same_bits(function(*arrays, **given, reduction="sum"), value)
    for a, b in zip(tuple_of(function.gradient(*arrays, **given, reduction="sum")), tuple_of(gradients)):
        same_bits(a, b)
    mean, slopes = function.value_and_gradient(*arrays, **given)
    within_ulps(mean, exact.mean(), 3, slack)
    for a, b in zip(tuple_of(slopes), tuple_of(gradients)):
        np.testing.assert_allclose(a, b / exact.size, rtol=4 * np.finfo(dtype).eps, atol=1e-15 * steepest if composed else 1e-300)


@pytest.mark.parametrize("name, options", CASES)
def test_weights_and_masks(name, options):
    function, arrays, given = getattr(fastact, name), arrays_of(name, "float64", 3), call_options(name, options)
    each = function(*arrays, **given, reduction="none")
    weight = np.random.default_rng(1).random(each.shape)
    mask = np.arange(each.size).reshape(each.shape) % 3 != 1
    exact = slopes_of(name, [wide(a) for a in arrays], options, 0, [mpf(w) for w in weight.ravel()])
    for reduction, divisor in (("sum", 1), ("mean", weight.sum()), ("batchmean", each.shape[0] if each.ndim else 1)):
        value, gradients = function.value_and_gradient(*arrays, **given, sample_weight=weight, reduction=reduction)
        np.testing.assert_allclose(value, (weight * each).sum() / divisor, rtol=1e-13)
        np.testing.assert_allclose(tuple_of(gradients)[0], exact / divisor, rtol=1e-11, atol=1e-13 * np.abs(exact).max())
    np.testing.assert_allclose(function(*arrays, **given, sample_weight=weight, reduction="none"), weight * each, rtol=1e-14)
    value, gradients = function.value_and_gradient(*arrays, **given, where=mask)
    np.testing.assert_allclose(value, each[mask].mean(), rtol=1e-13)
    expected = function.gradient(*arrays, **given, sample_weight=mask.astype(float))
    for a, b in zip(tuple_of(gradients), tuple_of(expected)):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-16)
    if name in BATCHES or not each.ndim:
        return
    spoilt = [a.copy() if a.dtype.kind == "f" else a for a in arrays]
    spoilt[0][~mask] = np.nan
    again, slopes = function.value_and_gradient(*spoilt, **given, where=mask)
    same_bits(again, value)
    for a, b in zip(tuple_of(slopes), tuple_of(gradients)):
        same_bits(a, b)
    nothing = function.value_and_gradient(*arrays, **given, where=np.zeros(each.shape, bool))
    assert np.isnan(nothing[0]) and not any(g.any() for g in tuple_of(nothing[1]))
    assert function(*arrays, **given, where=np.zeros(each.shape, bool), empty="zero") == 0
    with pytest.raises(ValueError, match=f"{name}: empty is None; 'nan', 'zero' are accepted"):
        function(*arrays, **given, empty=None)


@pytest.mark.parametrize("name, options", CASES)
def test_outputs_and_dtypes(name, options):
    function, given = getattr(fastact, name), call_options(name, options)
    arrays = arrays_of(name, "float32", 5)
    value, gradients = function.value_and_gradient(*arrays, **given)
    out, outs = np.empty((), "float32"), tuple(np.full(g.shape, 7, "float32") for g in tuple_of(gradients))
    single = len(outs) == 1
    got, made = function.value_and_gradient(*arrays, **given, out=out, grad_out=outs[0] if single else outs)
    assert got is out and all(a is b for a, b in zip(tuple_of(made), outs))
    same_bits(out, value)
    for a, b in zip(outs, tuple_of(gradients)):
        same_bits(a, b)
    copies = [a.copy() for a in arrays]  # in place
    places = tuple(copies[k] for k in gradients_of(name))
    function.gradient(*copies, **given, out=places[0] if single else places)
    for a, b in zip(places, tuple_of(gradients)):
        same_bits(a, b)
    turned = tuple(np.empty(g.T.shape, "float64").T for g in tuple_of(gradients))
    function.gradient(*arrays, **given, out=turned[0] if single else turned)
    for a, b in zip(turned, tuple_of(gradients)):
        np.testing.assert_array_equal(a.astype("float32"), b)
    wrong = tuple(np.full((2, 7), 7, "float32") for _ in outs)
    call = "grad_out" if single else r"grad_out\[0\]"
    with pytest.raises(ValueError, match=rf"{name}.value_and_gradient: {call} has shape \(2, 7\)"):
        function.value_and_gradient(*arrays, **given, grad_out=wrong[0] if single else wrong)
    if not single:
        with pytest.raises(TypeError, match=rf"{name}.gradient: out is of type ndarray; a tuple of {len(outs)} arrays is accepted"):
            function.gradient(*arrays, **given, out=outs[0])
    with pytest.raises(ValueError, match=f"{name}: reduction is 'avg'"):
        function(*arrays, **given, reduction="avg")
    with pytest.raises(TypeError, match=f"{name}: .* has dtype complex128"):
        function(arrays[0].astype(complex), *arrays[1:], **given)
    half = [a.astype("float16") if a.dtype.kind == "f" else a for a in arrays]
    from_half = function(*half, **given)
    assert from_half.dtype == np.float16
    expected = function(*(a.astype("float32") if a.dtype.kind == "f" else a for a in half), **given)
    np.testing.assert_allclose(from_half, expected, rtol=1e-3)
    lists = function(*(a.astype("float64").tolist() if a.dtype.kind == "f" else a.tolist() for a in arrays), **given)
    assert lists.dtype == np.float64
    np.testing.assert_allclose(lists, value, rtol=2e-6)


@pytest.mark.parametrize("name", [*ELEMENTS, *ROWS, *BATCHES])
def test_names(name):
    function = getattr(fastact, name)
    for entry, called in ((function, name), (function.gradient, "gradient"), (function.value_and_gradient, "value_and_gradient")):
        assert pickle.loads(pickle.dumps(entry)) is entry
        assert (entry.__name__, entry.__module__) == (called, "fastact")


@pytest.mark.parametrize("isa", fastact.isas())
@pytest.mark.parametrize("name, options", [case for case in CASES if EVERY_FUNCTION[case[0]].kind == "joint_loss"])
def test_bits(name, options, isa):
    before = fastact.isa()
    try:
        fastact.set_isa("scalar")
        expected = [
            getattr(fastact, name).value_and_gradient(*arrays_of(name, dtype, 9), **call_options(name, options)) for dtype in FLOATS
        ]
        fastact.set_isa(isa)
        got = [getattr(fastact, name).value_and_gradient(*arrays_of(name, dtype, 9), **call_options(name, options)) for dtype in FLOATS]
    finally:
        fastact.set_isa(before)
    for (a, b), (c, d) in zip(got, expected):
        same_bits(a, c)
        for left, right in zip(tuple_of(b), tuple_of(d)):
            same_bits(left, right)


@pytest.mark.parametrize("dtype", FLOATS)
def test_nothing_overflows(dtype):
    """Rows of numbers whose squares leave the range on either side."""
    a, b = np.random.default_rng(2).normal(0, 1, (2, 4, 7)).astype(dtype)
    exponents = (-100, 100) if dtype == "float32" else (-800, 800)
    for scale in (2.0**e for e in exponents):
        for name, options in (("cosine_similarity_loss", {"eps": 1e-300}), ("pairwise_distance", {"eps": 0.0})):
            function = getattr(fastact, name)
            times = scale if name == "pairwise_distance" else 1
            expected, got = function(a, b, **options), function(a * a.dtype.type(scale), b * b.dtype.type(scale), **options)
            np.testing.assert_allclose(got, expected * expected.dtype.type(times), rtol=1e-6 if dtype == "float32" else 1e-14)
    with np.errstate(all="raise"):
        huge = np.full((2, 3), np.finfo(dtype).max)
        for gradient in fastact.cosine_similarity_loss.gradient(huge, huge):
            assert not gradient.any()
        assert (fastact.pairwise_distance(huge, -huge) == np.inf).all()
        for gradient in fastact.pairwise_distance.backward(np.ones(2, dtype), huge, huge / 2, eps=0.0):
            np.testing.assert_allclose(np.abs(gradient), 1 / math.sqrt(3), rtol=1e-6)


def test_edges():
    """Values of exactly 0 are active, norms of 0 have the slope 0, zero rows the cosine 0."""
    x, one = np.zeros(1), np.ones(1)
    assert fastact.margin_ranking.gradient(x, x, one) == (-1, 1)
    assert fastact.margin_ranking.gradient(one, x, one) == (0, 0)
    assert fastact.triplet_margin_with_distance.gradient(x, one) == (1, -1)
    row = np.array([[3.0, 4.0]])
    near, _, far = fastact.triplet_margin.gradient(row, row - 1.0, row + 1.0, margin=0.0, eps=0.0)
    assert near.all() and far.all()
    np.testing.assert_array_equal(fastact.pairwise_distance.backward(one, row, row, eps=0.0), np.zeros((2, 1, 2)))
    assert fastact.cosine_similarity_loss(row, 0 * row) == 1 and fastact.cosine_embedding(0 * row, row, one) == 1
    np.testing.assert_allclose(fastact.cosine_similarity_loss.gradient(row, 0 * row)[1], -row / 5 / 1e-8)
    assert fastact.cosine_embedding.gradient([[1.0, 0.0]], [[0.0, 2.0]], -one)[0].any()
    assert fastact.dice(np.zeros((2, 3)), np.zeros((2, 3)), smooth=0.0) == 1 and fastact.jaccard(np.ones(3), np.ones(3)) < 1e-7
    assert fastact.lovasz_hinge(np.array([-2.0, -3.0]), np.zeros(2)) == 0 and fastact.lovasz_hinge(np.empty(0), np.empty(0)) == 0
    assert np.isnan(fastact.ntxent(row, np.array([0]))) and fastact.circle(row, np.array([0])) == 0
    box = np.array([0.0, 0.0, 1.0, 1.0])
    np.testing.assert_allclose(fastact.box_iou(box, box + 2, kind="giou"), 1 + 7 / 9, rtol=1e-6)
    assert not fastact.box_iou.gradient(box, box + 2).any()


@pytest.mark.parametrize("p", [1.0, 2.0, math.inf, 3.5])
@pytest.mark.parametrize("dtype", FLOATS)
def test_pairwise_distance(p, dtype):
    g = np.random.default_rng(4)
    x, y, up = g.normal(0, 1, (3, 2, 5)).astype(dtype), g.normal(0, 1, (3, 2, 5)).astype(dtype), g.normal(0, 1, (3, 2)).astype(dtype)
    rows = list(zip(wide(x.reshape(6, 5)), wide(y.reshape(6, 5))))
    exact = as_longdouble([gap(a, b, p, 1e-6) for a, b in rows]).reshape(3, 2)
    within_ulps(fastact.pairwise_distance(x, y, p), exact, 2)
    assert fastact.pairwise_distance(x, y, p=p, keepdim=True).shape == (3, 2, 1)
    first, second = fastact.pairwise_distance.backward(up, x, y, p)
    slopes = np.empty((6, 5), np.longdouble)
    for i, (a, b) in enumerate(rows):
        for k in range(5):
            moved = [[v + s * STEP * (j == k) for j, v in enumerate(a)] for s in (1, -1)]
            slope = (gap(moved[0], b, p, 1e-6) - gap(moved[1], b, p, 1e-6)) / (2 * STEP) * mpf(up.ravel()[i])
            slopes[i, k] = np.longdouble(mp.nstr(slope, 25))
    within_ulps(first, slopes.reshape(x.shape), 2, 4e-15 if p == 3.5 and dtype == "float64" else 1e-15 if dtype == "float64" else 1e-14)
    np.testing.assert_array_equal(second, -first)
    outs = np.empty_like(x), np.empty_like(y)
    made = fastact.pairwise_distance.backward(up[..., None], x, y, p, out=outs)
    assert made[0] is outs[0] and made[1] is outs[1]
    same_bits(outs[0], first)
    same_bits(outs[1], second)
    with pytest.raises(ValueError, match=r"pairwise_distance.backward: grad has shape \(2,\); \(3, 2\)"):
        fastact.pairwise_distance.backward(up[0], x, y)
    for wrong in (0.5, math.nan):
        with pytest.raises(ValueError, match=f"p is {wrong}; numbers from 1 are accepted"):
            fastact.pairwise_distance(x, y, p=wrong)


def test_shared_largest():
    first, _ = fastact.pairwise_distance.backward(np.ones(1), [[2.0, -2, 1]], np.zeros((1, 3)), math.inf, 0.0)
    np.testing.assert_array_equal(first, [[0.5, -0.5, 0]])


# ---- variances that are repeated, axes, labels


def test_repeated_variances():
    g = np.random.default_rng(6)
    pred, target, var = g.normal(0, 1, (4, 3)), g.normal(0, 1, (4, 3)), g.random((4, 1)) + 0.1
    value, (by_pred, by_var) = fastact.gaussian_nll.value_and_gradient(pred, target, np.repeat(var, 3, 1))
    for given in (var, var[:, 0]):
        got, (first, second) = fastact.gaussian_nll.value_and_gradient(pred, target, given)
        same_bits(got, value)
        same_bits(first, by_pred)
        np.testing.assert_allclose(second, by_var.sum(1).reshape(given.shape), rtol=1e-14)
    _, (_, summed) = fastact.gaussian_nll.value_and_gradient(pred, target, 0.5)
    assert np.shape(summed) == ()
    with pytest.raises(ValueError, match=r"gaussian_nll: var has shape \(3,\); \(4, 3\), that with a last axis of 1"):
        fastact.gaussian_nll(pred, target, var[:3, 0])
    var[2] = -0.25
    with pytest.raises(ValueError, match=r"gaussian_nll.gradient: var\[2, 0\] is -0.25; variances from 0 are accepted"):
        fastact.gaussian_nll.gradient(pred, target, var)


RANKINGS = ("pair_logit", "lambda_rank", "ranking_softmax")


@pytest.mark.parametrize("name", ["cosine_similarity_loss", "dice", "tversky", "jaccard", "mcc", "lovasz_hinge", *RANKINGS])
def test_axes(name):
    g, function = np.random.default_rng(7), getattr(fastact, name)
    a = g.random((3, 4, 5))
    b = (g.random((3, 4, 5)) > 0.5).astype(float)
    for axis in (0, 1, -1):
        turned = [np.ascontiguousarray(np.moveaxis(x, axis, -1)) for x in (a, b)]
        same_bits(function(a, b, axis=axis, reduction="none"), function(*turned, axis=-1, reduction="none"))
        for x, y in zip(tuple_of(function.gradient(a, b, axis=axis)), tuple_of(function.gradient(*turned, axis=-1))):
            same_bits(x, np.moveaxis(y, -1, axis))
    if name not in ("cosine_similarity_loss", *RANKINGS):
        whole, gradient = function.value_and_gradient(a, b)
        same_bits(whole, function(a.ravel(), b.ravel(), axis=0))
        assert gradient.shape == a.shape
    mask = np.arange(20).reshape(4, 5) % 3 != 1  # of rows along the first axis
    spoilt = np.where(mask, a, np.nan)
    for x, y in zip(tuple_of(function.gradient(spoilt, b, axis=0, where=mask)), tuple_of(function.gradient(a, b, axis=0, where=mask))):
        same_bits(x, y)
        assert not x[:, ~mask].any()
    with pytest.raises(ValueError, match=f"{name}.*axis 3"):
        function(a, b, axis=3)
    with pytest.raises(ValueError, match=rf"{name}: .* has shape \(3, 4, 5\) and .* \(3, 4\); equal shapes are accepted"):
        function(a, b[..., 0])


def test_pair_logit_of_long_lists():
    """More pairs than are taken at a time."""
    g = np.random.default_rng(8)
    s, t = g.normal(0, 1, 700), g.integers(0, 5, 700)
    gaps = s[:, None] - s
    better = t[:, None] > t
    np.testing.assert_allclose(fastact.pair_logit(s, t), np.logaddexp(0, -gaps)[better].sum(), rtol=1e-12)
    pushed = np.where(better, 1 / (1 + np.exp(gaps)), 0)
    np.testing.assert_allclose(fastact.pair_logit.gradient(s, t), pushed.sum(0) - pushed.sum(1), rtol=1e-10, atol=1e-10)


def test_refused_labels():
    x = np.ones((3, 2))
    with pytest.raises(ValueError, match=r"ntxent: labels have shape \(2,\); \(3,\)"):
        fastact.ntxent(x, np.zeros(2, int))
    with pytest.raises(TypeError, match="circle.gradient: labels have dtype float64"):
        fastact.circle.gradient(x, np.zeros(3))
    with pytest.raises(ValueError, match=r"lovasz_softmax: labels\[1\] is 2; 0 to 1 are accepted"):
        fastact.lovasz_softmax(x, np.array([0, 2, 1]))
    assert np.isfinite(fastact.lovasz_softmax(x / 2, np.array([0, 2, 1]), ignore=2))
    with pytest.raises(ValueError, match=r"cosine_embedding: target\[1\] is 0; 1 and -1 are accepted"):
        fastact.cosine_embedding(x, x, np.array([1, 0, -1]))
    with pytest.raises(ValueError, match="lovasz_hinge: target holds 2; 0 and 1 are accepted"):
        fastact.lovasz_hinge(x, 2 * x)
    with pytest.raises(ValueError, match="box_iou: kind is 'dice'; 'iou', 'giou', 'diou', 'ciou' are accepted"):
        fastact.box_iou(np.ones(4), np.ones(4), kind="dice")
    with pytest.raises(ValueError, match=r"box_iou: pred has shape \(3, 2\); boxes of four numbers"):
        fastact.box_iou(x, x)


def test_ignored_pixels():
    g = np.random.default_rng(10)
    z, t = g.normal(0, 1, 12), g.integers(0, 2, 12)
    spoilt = t.copy()
    spoilt[[2, 7]] = 255
    kept = spoilt != 255
    value, gradient = fastact.lovasz_hinge.value_and_gradient(z, spoilt, ignore=255)
    np.testing.assert_allclose(value, fastact.lovasz_hinge(z[kept], t[kept]), rtol=1e-14)
    np.testing.assert_allclose(gradient[kept], fastact.lovasz_hinge.gradient(z[kept], t[kept]), rtol=1e-14)
    assert not gradient[~kept].any()
    p = g.random((2, 6, 3))
    labels = g.integers(0, 3, (2, 6))
    each = [fastact.lovasz_softmax(a, b) for a, b in zip(p, labels)]
    same_bits(fastact.lovasz_softmax(p, labels, per_image=True, reduction="none"), np.array(each))
    np.testing.assert_allclose(
        fastact.lovasz_softmax.gradient(p, labels, per_image=True)[1], fastact.lovasz_softmax.gradient(p[1], labels[1]) / 2, rtol=1e-14
    )


def test_scores_refuse():
    x = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"multilabel_margin: target holds 3 in row 1; 0 to 2, ended by -1, are accepted"):
        fastact.multilabel_margin(x, np.array([[0, -1, 9], [3, -1, 0]]))
    with pytest.raises(TypeError, match="multilabel_margin: target has dtype float64"):
        fastact.multilabel_margin(x, x)
    with pytest.raises(ValueError, match=r"margin_cross_entropy: labels\[1\] is -1; 0 to 2 are accepted"):
        fastact.margin_cross_entropy(x / 2, np.array([0, -1]))
    with pytest.raises(ValueError, match=r"npairs: similarity has shape \(2, 3\); that of a square matrix is accepted"):
        fastact.npairs(x, np.array([0, 1]))
    with pytest.raises(ValueError, match=r"npair: labels have shape \(3,\); \(2,\), one for each row, is accepted"):
        fastact.npair(x, x, np.array([0, 1, 2]))
    with pytest.raises(ValueError, match=r"npair: anchor has shape \(3,\); two dimensions, \(rows, features\), are accepted"):
        fastact.npair(x[0], x[0], np.array([0, 1, 2]))
    with pytest.raises(ValueError, match="poly_binary_cross_entropy.gradient: alpha is 2; None and numbers from 0 to 1 are accepted"):
        fastact.poly_binary_cross_entropy.gradient(x, x, alpha=2)
    with pytest.raises(ValueError, match="cross_entropy_lambda: pred has shape"):
        fastact.cross_entropy_lambda(x, x, np.ones(3))
    with pytest.raises(ValueError, match="^entmax_loss.gradient: alpha is 2.5; numbers from 1 to 2 are accepted"):
        fastact.entmax_loss.gradient(x, np.array([0, 1]), alpha=2.5)
    with pytest.raises(ValueError, match=r"^sparsemax_binary: target\[1, 0\] is -1; 0 and 1 are accepted"):
        fastact.sparsemax_binary(x, np.array([[0, 1, 1], [-1, 0, 1]]))
    with pytest.raises(ValueError, match=r"^two_way: pred has shape \(3,\); two dimensions, \(rows, classes\), are accepted"):
        fastact.two_way(x[0], x[0])
    for wrong in (0.0, math.inf):
        with pytest.raises(ValueError, match=f"^tversky.value_and_gradient: gamma is {wrong}; finite numbers above 0 are accepted"):
            fastact.tversky.value_and_gradient(x / 2, x, gamma=wrong)


def test_scores_at_the_ends():
    """No entry, no label, an entry without a chance, an exposure of 1."""
    z = np.array([[0.5, -1.0, 2.0]])
    assert fastact.multilabel_margin(z, np.array([[-1, 0, 1]])) == 0
    assert fastact.ranking_softmax(np.array([0.5, -np.inf, 2.0]), [1.0, 0.0, 2.0]) == pytest.approx(
        fastact.ranking_softmax([0.5, 2.0], [1.0, 2.0])
    )
    t = np.array([[0.0, 1.0, 0.25]])
    usual = fastact.binary_cross_entropy_with_logits.value_and_gradient(z, t)
    for a, b in zip(fastact.cross_entropy_lambda.value_and_gradient(z, t, np.ones(z.shape)), usual):
        np.testing.assert_allclose(a, b, rtol=1e-14)
    assert np.isnan(fastact.two_way(z, 0 * z)) and fastact.two_way(z, 0 * z + 1) == 0
    assert fastact.dice([0.0, 1.0], [1.0, 0.0], smooth=0.0, log_loss=True) == pytest.approx(-math.log(1e-7))  # not below eps
    assert not fastact.dice.gradient([0.0, 1.0], [1.0, 0.0], smooth=0.0, log_loss=True).any()
    sure, right = np.array([np.inf, -np.inf, 1e4]), np.array([1.0, 0.0, 1.0])
    for gamma in (0, 0.5, 2):
        value, gradient = fastact.poly_binary_cross_entropy.value_and_gradient(sure, right, gamma=gamma)
        assert value == 0 and not gradient.any()
    binary = fastact.sparsemax_binary(z[0], [1, 0, 1], reduction="none")
    pairs = np.stack([0 * z[0], z[0]], axis=-1)
    np.testing.assert_allclose(binary, fastact.sparsemax_loss(pairs, np.array([1, 0, 1]), reduction="none"), rtol=1e-14)
    labels = np.array([2])
    for alpha, same in ((1, "cross_entropy"), (1.5, "entmax15_loss"), (2, "sparsemax_loss")):
        expected = getattr(fastact, same)(z, labels)
        np.testing.assert_allclose(fastact.entmax_loss(z, labels, alpha=alpha), expected, rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(
        fastact.margin_cross_entropy(z / 4, labels, margin2=0.0, scale=4.0), fastact.cross_entropy(z, labels), rtol=1e-14
    )
