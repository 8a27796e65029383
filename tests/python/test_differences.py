"""Losses that are one term less another: their sums where little is left of the terms, and where one of them has no number."""

import numpy as np
import pytest
from helpers import within_ulps

import fastact

NAMES = ["kl_div", "half_poisson", "poisson_nll"]


def nearly_equal(name, apart, n):
    """Predictions whose losses, or whose sum, are far smaller than the two terms of each loss."""
    random = np.random.default_rng(n)
    near = 1 + apart * random.standard_normal(n)
    if name == "kl_div":
        target = (random.random(n) + 0.01).astype(np.float32)
        return np.log(np.abs(target * near)).astype(np.float32), target
    pred = (1 + 0.3 * random.random(n)).astype(np.float32)
    return pred, (np.exp(pred) / pred * near).astype(np.float32)


def exact_difference(name, pred, target):
    z, t = pred.astype(np.longdouble), target.astype(np.longdouble)
    return (t * (np.log(t) - z) if name == "kl_div" else np.exp(z) - t * z).sum()


@pytest.mark.parametrize("n", [16, 100, 1000, 50_000])
@pytest.mark.parametrize("apart", [0.3, 1e-1, 1e-2, 1e-3, 1e-4])
@pytest.mark.parametrize("name", NAMES)
def test_sums_that_cancel(name, apart, n):
    """Within 2 ulp of exact terms however little is left of them; equal elements add up what each of them is wrong by."""
    pred, target = nearly_equal(name, apart, n)
    for z, t in ((pred, target), *((np.full(n, pred[k]), np.full(n, target[k])) for k in range(0, n, n // 8))):
        within_ulps(getattr(fastact, name)(z, t, reduction="sum"), exact_difference(name, z, t), 2)


@pytest.mark.parametrize("large", [1, 16, 40])
@pytest.mark.parametrize("apart", [1 / 30, 1 / 3])
@pytest.mark.parametrize("name", NAMES)
def test_sums_whose_terms_are_larger_than_what_came_before(name, apart, large):
    """A large term takes away what a small sum has, and the two sums leave a part of it."""
    random = np.random.default_rng(large)
    pred, target = (a[:large] for a in nearly_equal(name, 0.3 * apart, 64))
    target = (target * np.float32(1 - apart)).astype(np.float32)
    for small in (1e-30, 1e-9, 1e-4):
        t = np.full(5000, small, np.float32)
        z = (np.log(t) if name == "kl_div" else np.full(5000, -20)).astype(np.float32)
        z, t = np.concatenate([z, pred]), np.concatenate([t, target])
        for order in (np.arange(len(z)), np.arange(len(z))[::-1], random.permutation(len(z))):
            within_ulps(getattr(fastact, name)(z[order], t[order], reduction="sum"), exact_difference(name, z, t), 2)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_kl_div_of_a_target_that_is_the_logarithm_of_zero(dtype):
    pred, target = np.array([-1, -np.inf, -3], dtype), np.array([-np.inf, -np.inf, -800], dtype)
    losses, gradient = fastact.kl_div.value_and_gradient(pred, target, log_target=True, reduction="none")
    np.testing.assert_array_equal(losses[:2], 0)
    np.testing.assert_array_equal(gradient[:2], 0)
    assert abs(float(losses[2])) < 1e-300
