"""Weights of pointwise losses: losses and gradients, one by one and in sums, against 50 digits; the same bits however asked for."""

import numpy as np
import pytest
from helpers import FUNCTIONS, same_bits, within_ulps
from pointwise_formulas import FLOATS, NAMES, column, data, exact, slack

import fastact

TIMES = 61  # 60 losses so often are more than short calls, which are summed apart, and end within a vector


def weights(dtype, n, kind):
    g = np.random.default_rng(7)
    w = g.uniform(0, 2, n)
    if kind == "extreme":  # beyond what kernels weigh in their own lanes, of both signs, and none
        w *= 10.0 ** g.integers(-25, 26, n)
        w[1::7] = 0
        w[2::5] *= -1
    return w.astype(dtype)


def close(got, exact, bound, lost):
    """within_ulps where the format ends too, and where what may be lost differs."""
    inside = np.abs(exact) <= np.finfo(got.dtype).max
    within_ulps(got[inside], exact[inside], bound, lost[inside])
    same_bits(got[~inside], np.copysign(np.array(np.inf, got.dtype), exact[~inside]).astype(got.dtype))


def references(name, dtype):
    """Predictions and targets, and in more digits their losses and gradients."""
    pred, target = data(name, dtype, n=60, seed=11)
    terms = exact(name, pred, target, tuple(FUNCTIONS[name].parameters.values()))
    return pred, target, column(terms, 0, pred.shape), column(terms, 1, pred.shape), np.broadcast_to(slack(name, pred, target), pred.shape)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("kind", ["ordinary", "extreme"])
@pytest.mark.parametrize("name", NAMES)
def test_weighted_losses_against_50_digits(name, kind, dtype):
    pred, target, loss, gradient, lost = (np.tile(a, TIMES) for a in references(name, dtype))
    weight, function = weights(dtype, pred.size, kind), getattr(fastact, name)
    w = weight.astype(np.longdouble)
    size = np.abs(w) * lost + 2 * np.finfo(dtype).tiny * (1 + np.abs(w))
    each, slopes = function.value_and_gradient(pred, target, reduction="none", sample_weight=weight)
    close(each, w * loss, 2, size)
    close(slopes, w * gradient, 2, size)
    value, slopes = function.value_and_gradient(pred, target, sample_weight=weight)
    terms = np.finfo(dtype).eps * np.abs(w * loss).sum() / np.abs(w.sum()) if kind == "extreme" else 0  # of sums that cancel
    within_ulps(value, (w * loss).sum() / w.sum(), 2.5, size.sum() / np.abs(w.sum()) + terms)
    close(slopes, w * gradient / w.sum(), 3, size / np.abs(w.sum()))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_one_weight_has_the_same_bits_however_asked_for(name, dtype):
    """With and without the other result and Hessians, where results lie on what is read, and in other company; with NaN and infinities."""
    function, (pred, target) = getattr(fastact, name), data(name, dtype, n=1300, seed=13)
    weight = weights(dtype, pred.size, "ordinary")
    weight[5::97], weight[6::101], weight[7::103] = 0, np.inf, 1e30
    weight[8], pred[9], pred[10], target[11] = np.nan, np.nan, np.inf, np.nan
    keywords = {"reduction": "sum", "sample_weight": weight}
    value, gradient = function.value_and_gradient(pred, target, **keywords)
    each = function(pred, target, **keywords | {"reduction": "none"})
    assert np.isnan(each[8]) and np.isnan(each[9]) and np.isnan(gradient[8]) and np.isnan(gradient[9]) and np.isnan(value)
    same_bits(function(pred, target, **keywords), value)
    got, slopes = function.value_and_gradient(pred, target, **keywords | {"reduction": "none"})
    same_bits(got, each)
    same_bits(slopes, gradient)
    same_bits(function.gradient(pred, target, **keywords), gradient)
    same_bits(function.gradient_and_hessian(pred, target, sample_weight=weight)[0], gradient)
    for word in ("pred", "target", "sample_weight"):
        given = {"pred": pred.copy(), "target": target.copy(), "sample_weight": weight.copy()}
        got, _ = function.value_and_gradient(**given, reduction="sum", grad_out=given[word])
        same_bits(got, value)
        same_bits(given[word], gradient)
    part = {"reduction": "none", "sample_weight": weight[3:620]}
    got, slopes = function.value_and_gradient(pred[3:620], target[3:620], **part)
    same_bits(got, each[3:620])
    same_bits(slopes, gradient[3:620])
    same_bits(function.gradient(pred[4:99], target[4:99], **keywords | {"sample_weight": weight[4:99]}), gradient[4:99])


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_long_weighted_sums_are_the_same_on_every_instruction_set(name, dtype):
    """Of more than one block of the kernels; and a mean, whose weights are summed first, beside its gradient as well as alone."""
    function, (pred, target) = getattr(fastact, name), data(name, dtype, n=40000, seed=17)
    weight, before, expected = weights(dtype, pred.size, "ordinary"), fastact.isa(), None
    try:
        for isa in fastact.isas():
            fastact.set_isa(isa)
            value, gradient = function.value_and_gradient(pred, target, sample_weight=weight)
            same_bits(function(pred, target, sample_weight=weight), value)
            each = function(pred, target, sample_weight=weight, reduction="none")
            got = (value, gradient, each)
            for a, b in zip(got, expected or got):
                same_bits(a, b)
            expected = expected or got
    finally:
        fastact.set_isa(before)


@pytest.mark.parametrize("dtype", FLOATS)
def test_masks_are_weights_of_0_and_1(dtype):
    """Arrays and masks of one shape, which C answers, as well as a mask for every row, which it does not; NaN where nothing counts."""
    g = np.random.default_rng(19)
    for shape in ((16, 20), (40, 33)):
        pred, target = (a.reshape(shape) for a in data("huber", dtype, n=shape[0] * shape[1]))
        weight, mask = g.uniform(0, 2, shape).astype(dtype), g.random(shape) < 0.6
        spoilt = np.where(mask, pred, np.dtype(dtype).type(np.nan))
        for reduction in ("mean", "sum", "none"):
            for w in (None, weight):
                zeros = mask.astype(dtype) if w is None else np.where(mask, w, 0)
                expected = fastact.huber.value_and_gradient(pred, target, reduction=reduction, sample_weight=zeros)
                got = fastact.huber.value_and_gradient(spoilt, target, reduction=reduction, sample_weight=w, where=mask)
                for a, b in zip(got, expected):
                    np.testing.assert_array_equal(a, b)
                same_bits(fastact.huber(spoilt, target, reduction=reduction, sample_weight=w, where=mask), got[0])
                same_bits(fastact.huber.gradient(spoilt, target, reduction=reduction, sample_weight=w, where=mask), got[1])
        rows = mask[:, :1]
        expected = fastact.huber(pred, target, sample_weight=np.broadcast_to(rows, shape).astype(dtype))
        same_bits(fastact.huber(pred, target, where=rows), expected)
    nothing = np.zeros(pred.shape, bool)
    assert np.isnan(fastact.huber(pred, target, where=nothing))
    assert fastact.huber(pred, target, where=nothing, empty="zero") == 0
