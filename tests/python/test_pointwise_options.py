"""What single pointwise losses take beside numbers: clips, bases, labels of 0 and 1; and what boosting libraries ask for."""

import math

import numpy as np
import pytest
from helpers import same_bits
from pointwise_formulas import NAMES, PASSES, REFERENCES, into_domain, targets_of

import fastact

# ---- binary_cross_entropy


def test_the_founding_loss_in_bits():
    p, t = np.array([0.7, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])
    assert fastact.binary_cross_entropy(p, t, base=2, reduction="sum") == pytest.approx(0.988504361, abs=5e-10)
    natural = fastact.bce(p, t, reduction="sum")
    assert fastact.bce(p, t, base=2, reduction="sum") == pytest.approx(natural / math.log(2), rel=1e-15)
    np.testing.assert_allclose(fastact.bce.gradient(p, t, base=2), fastact.bce.gradient(p, t) / math.log(2), rtol=1e-15)


def test_clip_rules():
    """What Keras, scikit-learn and nobody give for a prediction that is wholly wrong."""
    p, t, bce = np.array([0, 1], np.float32), np.array([1, 0], np.float32), fastact.binary_cross_entropy
    np.testing.assert_allclose(bce(p, t, clip=1e-7, reduction="none"), [16.118095, 15.942385], rtol=1e-7)  # 1 - 1e-7 rounds
    np.testing.assert_array_equal(bce.gradient(p, t, clip=1e-7), [0, 0])
    eps = np.finfo(np.float64).eps
    np.testing.assert_allclose(bce(p.astype(float), t, clip=eps, reduction="none"), [-math.log(eps)] * 2, rtol=1e-15)
    for clip in (None, 0):
        np.testing.assert_array_equal(bce(p, t, clip=clip, reduction="none"), [math.inf, math.inf])
        np.testing.assert_array_equal(bce.gradient(p, t, clip=clip, reduction="none"), [-math.inf, math.inf])
        np.testing.assert_array_equal(bce(p, 1 - t, clip=clip, reduction="none"), [0, 0])
        np.testing.assert_array_equal(bce.gradient(p, 1 - t, clip=clip, reduction="none"), [1, -1])
    for wrong in ("keras", "e"):
        with pytest.raises(ValueError, match=f"binary_cross_entropy: clip is '{wrong}'; 'torch', None and numbers from 0 to less than 0.5"):
            bce(p, t, clip=wrong)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "binary_cross_entropy_with_logits", "sigmoid_focal"])
def test_smoothed_labels_are_other_targets(name):
    g = np.random.default_rng(6)
    pred, target = g.random(50), g.random(50)
    function = getattr(fastact, name)
    given, made = (
        function.value_and_gradient(pred, t, **o) for t, o in ((target, {"label_smoothing": 0.125}), (target * 0.875 + 0.0625, {}))
    )
    for a, b in zip(given, made):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
def test_normalizer_divides_the_sum_as_paddle_does(dtype):
    g, focal = np.random.default_rng(7), fastact.sigmoid_focal
    pred, target = g.normal(0, 2, 60).astype(dtype), g.integers(0, 2, 60).astype(dtype)
    options, count = {"alpha": 0.25, "reduction": "sum", "sample_weight": g.random(60).astype(dtype)}, float(target.sum())
    value, gradient = focal.value_and_gradient(pred, target, **options, normalizer=count)
    whole, slopes = (np.asarray(a, np.float64) for a in focal.value_and_gradient(pred, target, **options))
    spacing = 2 * np.finfo(dtype).eps
    np.testing.assert_allclose(value, whole / count, rtol=spacing)
    np.testing.assert_allclose(gradient, slopes / count, rtol=spacing, atol=np.finfo(dtype).smallest_subnormal)
    assert value.dtype == gradient.dtype == dtype
    same_bits(np.asarray(focal(pred, target, **options, normalizer=count)), np.asarray(value))
    same_bits(focal.gradient(pred, target, **options, normalizer=np.int64(count)), gradient)


def test_normalizer_goes_with_sums_alone():
    x = np.ones(3)
    for which in ("value", "gradient", "value_and_gradient"):
        entry = fastact.sigmoid_focal if which == "value" else getattr(fastact.sigmoid_focal, which)
        for reduction in ("mean", "none", "batchmean"):
            with pytest.raises(ValueError, match=rf"^sigmoid_focal.*: normalizer is 2.0 with reduction '{reduction}'; with 'sum' alone"):
                entry(x, x, reduction=reduction, normalizer=2.0)
        for wrong in (0, -1.0, math.nan, math.inf):
            with pytest.raises(ValueError, match=f"^sigmoid_focal.*: normalizer is {wrong}; finite numbers above 0 are accepted"):
                entry(x, x, reduction="sum", normalizer=wrong)
        with pytest.raises(TypeError, match="^sigmoid_focal.*: normalizer is '3'; a number is accepted"):
            entry(x, x, reduction="sum", normalizer="3")
    for function in (fastact.huber, fastact.sigmoid_focal.gradient_and_hessian):
        with pytest.raises(TypeError, match="unexpected keyword argument 'normalizer'"):
            function(x, x, normalizer=2.0)


# ---- what boosting libraries ask for


def _all(results):
    return results if isinstance(results, tuple) else (results,)


@pytest.mark.parametrize("name", ["hinge", "squared_hinge"])
@pytest.mark.parametrize("dtype", ["float32", "int64", "bool"])
def test_labels_of_0_and_1(name, dtype):
    function, z = getattr(fastact, name), np.linspace(-2, 2, 12, dtype=np.float32)
    zero_one = np.arange(12) % 3 == 0
    for which in PASSES:
        entry = function if which == "value" else getattr(function, which)
        for a, b in zip(_all(entry(z, zero_one.astype(dtype), labels="01")), _all(entry(z, np.where(zero_one, 1, -1)))):
            same_bits(a, b)
    with pytest.raises(ValueError, match=rf"^{name}: target\[2\] is 3.0; 0 and 1 are accepted where labels is '01'"):
        function(z[:3], np.array([0.0, 1.0, 3.0]), labels="01")
    with pytest.raises(ValueError, match=rf"^{name}: labels is '10'"):
        function(z, z, labels="10")


def test_unit_hessian():
    z, t, weight = np.array([-1.0, 0.5, 2.0]), np.zeros(3), np.array([2.0, 0.0, 3.0])
    for name in ("mean_absolute_error", "pinball", "huber"):
        function = getattr(fastact, name).gradient_and_hessian
        np.testing.assert_array_equal(function(z, t, hess="unit")[1], [1, 1, 1])
        same_bits(function(z, t, hess="unit", sample_weight=weight)[1], weight)
        same_bits(function(z, t, hess="unit")[0], function(z, t)[0])
        with pytest.raises(ValueError, match=f"{name}.gradient_and_hessian: hess is 'one'"):
            function(z, t, hess="one")


def test_constant_hessians():
    constant = {name for name in NAMES if getattr(fastact, name).constant_hessian}
    for name in NAMES:
        z, t = into_domain(REFERENCES[name][1], np.linspace(-3, 3, 40)), targets_of(REFERENCES[name][1], 40)
        curve = getattr(fastact, name).gradient_and_hessian(z, t, hess_floor=-math.inf)[1]
        assert (name in constant) <= (np.ptp(curve) == 0), name
    assert {"half_squared_error", "mean_squared_error", "mean_absolute_error", "pinball"} <= constant


@pytest.mark.parametrize("name", ["half_poisson", "half_gamma", "binary_cross_entropy_with_logits", "exponential_loss"])
def test_constant_to_optimal_zero(name):
    function, target = getattr(fastact, name), np.array([0.125, 0.25, 0.75])
    best = {"half_poisson": np.log(target), "half_gamma": np.log(target), "exponential_loss": np.log(target / (1 - target)) / 2}.get(
        name, np.log(target / (1 - target))
    )
    constant = function.constant_to_optimal_zero(target)
    np.testing.assert_allclose(function(best, target, reduction="none") + constant, 0, atol=1e-15)
    if name == "half_poisson":
        assert function.constant_to_optimal_zero(np.zeros(1, np.float32)).dtype == np.float32
        np.testing.assert_array_equal(function.constant_to_optimal_zero([0.0]), [0])
