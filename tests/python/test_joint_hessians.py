"""gradient_and_hessian of losses made of NumPy: second derivatives by every entry, which boosting libraries ask for."""

import math

import numpy as np
import pytest
from helpers import COMPOSED_LOSSES, EVERY_FUNCTION, same_bits
from joint_formulas import CASES, arrays_of, losses_of, mp, wide

import fastact as fa

HESSIANS = [name for name in COMPOSED_LOSSES if EVERY_FUNCTION[name].hessian]
CURVED = [(name, options) for name, options in CASES if name in HESSIANS]
SURVIVAL = {
    "survival_cox": (np.array([3.0, -1, 4, -1.5, 5, 9, 4]),),
    "survival_aft": (np.array([1.0, 2, 0, 4, 3, 0, 2]), np.array([1.0, np.inf, 2, 5, 3, np.inf, 2.5])),
}
STEP = mp.mpf(10) ** -15


def test_which_losses_have_one():
    assert {*(name for name, _ in CURVED), *SURVIVAL} == set(HESSIANS)
    assert all(hasattr(getattr(fa, name), "gradient_and_hessian") == (name in HESSIANS) for name in COMPOSED_LOSSES)


def bends_of(name, arrays, options, weight):
    """Second derivatives of the weighted sum of losses, by differences in 60 digits."""

    def total(place, step):
        moved = [list(row) if isinstance(row, list) else row for row in arrays[0]]
        if len(place) == 2:
            moved[place[0]][place[1]] += step
        else:
            moved[place[0]] += step
        return mp.fsum(w * loss for w, loss in zip(weight, losses_of(name, [moved, *arrays[1:]], options, arrays)))

    found = np.empty(np.shape(np.array(arrays[0], object)))
    for place in np.ndindex(found.shape):
        found[place] = float((total(place, STEP) - 2 * total(place, mp.mpf(0)) + total(place, -STEP)) / STEP**2)
    return found


@pytest.mark.parametrize("name, options", CURVED)
def test_against_60_digits(name, options):
    arrays, function = arrays_of(name, "float64", 4), getattr(fa, name)
    losses = function(*arrays, **options, reduction="none")
    for weight in (None, np.random.default_rng(1).random(losses.shape)):
        expected = bends_of(name, [wide(a) for a in arrays], options, np.ones(losses.shape) if weight is None else weight)
        gradient, hessian = function.gradient_and_hessian(*arrays, **options, sample_weight=weight)
        np.testing.assert_allclose(hessian, expected, rtol=1e-11, atol=1e-13 * np.abs(expected).max())
        same_bits(gradient, function.gradient(*arrays, **options, sample_weight=weight, reduction="sum"))


@pytest.mark.parametrize("distribution", ["normal", "logistic", "extreme"])
@pytest.mark.parametrize("name", SURVIVAL)
def test_survival(name, distribution):
    """As the gradient changes, which test_survival.py holds against its definition."""
    function, more = getattr(fa, name), SURVIVAL[name]
    options = {"distribution": distribution, "sigma": 0.75} if name == "survival_aft" else {}
    pred, weight, step = np.random.default_rng(2).normal(0, 1, 7), np.arange(7.0) + 1, 1e-5
    _, hessian = function.gradient_and_hessian(pred, *more, **options, sample_weight=weight)
    for place in range(7):
        moved = (pred + s * step * (np.arange(7) == place) for s in (1, -1))
        high, low = (function.gradient(z, *more, **options, sample_weight=weight, reduction="sum") for z in moved)
        np.testing.assert_allclose(hessian[place], (high - low)[place] / (2 * step), rtol=1e-7, atol=1e-9)


def test_survival_far_out():
    """Where the interval is one in the tail, and where nothing is known."""
    pred, lower, upper = np.array([60.0, -60.0, 0.5]), np.array([1.0, 1.0, 0.0]), np.array([2.0, 2.0, np.inf])
    for distribution, expected in (("normal", (1, 1, 0)), ("logistic", (0, 0, 0))):
        gradient, hessian = fa.survival_aft.gradient_and_hessian(pred, lower, upper, distribution=distribution)
        assert np.isfinite(gradient).all()
        np.testing.assert_allclose(hessian, expected, atol=0.02)


def test_floors_outputs_and_dtypes():
    z, t = np.array([[-3.0, 2.0, 0.5]], "float32"), np.array([[0.0, 1.0, 2.0]], "float32")
    for name in ("pair_logit", "lambda_rank", "ranking_softmax"):
        function = getattr(fa, name).gradient_and_hessian
        gradient, hessian = function(z, t)
        assert gradient.dtype == hessian.dtype == np.float32 and gradient.shape == hessian.shape == z.shape
        outs = np.empty_like(z), np.empty_like(z)
        made = function(z, t, hess_floor=0.125, grad_out=outs[0], hess_out=outs[1])
        assert made[0] is outs[0] and made[1] is outs[1]
        same_bits(outs[0], gradient)
        same_bits(outs[1], np.maximum(hessian, np.float32(0.125)))
        with pytest.raises(ValueError, match=rf"^{name}.gradient_and_hessian: hess_out has shape \(3,\); \(1, 3\) is accepted"):
            function(z, t, hess_out=np.empty(3, "float32"))
        with pytest.raises(ValueError, match=f"^{name}.gradient_and_hessian: hess_floor is nan; numbers are accepted"):
            function(z, t, hess_floor=math.nan)
    assert fa.sparsemax_binary.gradient_and_hessian([-2.0, 0.5, 1.0], [0, 1, 0])[1].tolist() == [0, 0.5, 0]
