"""Losses of lists: entries that do not count, long lists, ranks that count, what is refused."""

import numpy as np
import pytest
from helpers import same_bits
from joint_formulas import lambda_rank as definition
from joint_formulas import wide

import fastact as fa

NAMES = ("pair_logit", "lambda_rank", "ranking_softmax")


def lists(rows=5, n=9, seed=0):
    g = np.random.default_rng(seed)
    return g.normal(0, 1, (rows, n)), g.integers(0, 5, (rows, n)).astype(float), g.random((rows, n)) > 0.3


@pytest.mark.parametrize("axis", [-1, 0])
@pytest.mark.parametrize("name", NAMES)
def test_entries_left_out_are_not_there(name, axis):
    """Lists of several lengths, padded with whatever there is; a list without entries is no list."""
    function, (s, t, kept) = getattr(fa, name), lists()
    kept[3] = False
    spoilt = [np.where(kept, a, np.nan) for a in (s, t)]
    turned = [np.ascontiguousarray(np.moveaxis(a, -1, axis)) for a in (*spoilt, kept)]
    each = function(*turned[:2], axis=axis, where=turned[2], reduction="none")
    value, gradient = function.value_and_gradient(*turned[:2], axis=axis, where=turned[2])
    alone = [function.value_and_gradient(*(a[i][kept[i]] for a in (s, t)), reduction="sum") for i in (0, 1, 2, 4)]
    curved = [function.gradient_and_hessian(*(a[i][kept[i]] for a in (s, t))) for i in (0, 1, 2, 4)]
    assert each[3] == 0
    np.testing.assert_allclose(np.delete(each, 3), [loss for loss, _ in alone], rtol=1e-13)
    np.testing.assert_allclose(value, np.mean([loss for loss, _ in alone]), rtol=1e-13)
    made = gradient, *function.gradient_and_hessian(*turned[:2], axis=axis, where=turned[2])
    gradient, slope, bend = (np.moveaxis(a, axis, -1) for a in made)
    for i, (_, expected), (_, curvature) in zip((0, 1, 2, 4), alone, curved):
        np.testing.assert_allclose(gradient[i][kept[i]], expected / 4, rtol=1e-11, atol=1e-15)
        np.testing.assert_allclose(slope[i][kept[i]], expected, rtol=1e-11, atol=1e-15)
        np.testing.assert_allclose(bend[i][kept[i]], curvature, rtol=1e-11, atol=1e-15)
    for made in (gradient, slope, bend):
        assert not made[~kept].any()
    every = np.ones(s.shape, bool)
    same_bits(function(s, t, where=every), function(s, t))
    of_lists = np.arange(5) != 3  # a mask of lists still is one
    same_bits(function(s, t, where=of_lists), function(s[of_lists], t[of_lists]))
    with pytest.raises(ValueError, match=rf"^{name}: where has shape \(5, 8\); what broadcasts to \(5, 9\) is accepted"):
        function(s, t, where=kept[:, 1:])


@pytest.mark.parametrize("name", NAMES)
def test_single_and_undefined_lists(name):
    function = getattr(fa, name)
    assert function([2.0], [1.0]) == 0 and not function.gradient([2.0], [1.0]).any()
    s, t, _ = lists()
    s[2, 4] = np.nan
    value, gradient = function.value_and_gradient(s, t, reduction="sum")
    each = function(s, t, reduction="none")
    assert np.isnan(value) and np.isnan(each).tolist() == [False, False, True, False, False]
    assert np.isnan(gradient[2]).all() and np.isfinite(np.delete(gradient, 2, axis=0)).all()
    assert np.isfinite(function(s, t, where=~np.isnan(s)))
    assert np.isnan(function(np.empty((0, 4)), np.empty((0, 4))))


def test_entries_of_ranking_softmax_as_scores_of_minus_infinity():
    s, t, kept = lists()
    same_bits(fa.ranking_softmax(s, t, where=kept), fa.ranking_softmax(np.where(kept, s, -np.inf), np.where(kept, t, 0)))


def test_lists_longer_than_what_is_taken_at_a_time():
    g = np.random.default_rng(8)
    s, t = g.normal(0, 1, 700), g.integers(0, 5, 700).astype(float)
    value, gradient = fa.lambda_rank.value_and_gradient(s, t, truncation=None, normalize=False)
    order = np.argsort(-s)
    rank = np.argsort(order)
    discount, gains = 1 / np.log2(2 + rank), 2**t - 1
    ideal = (np.sort(gains)[::-1] / np.log2(2 + np.arange(700))).sum()
    weight = np.abs(gains[:, None] - gains) * np.abs(discount[:, None] - discount) / ideal
    gaps, better = s[:, None] - s, t[:, None] > t
    np.testing.assert_allclose(value, (weight * np.logaddexp(0, -gaps))[better].sum(), rtol=1e-12)
    pushed = np.where(better, weight / (1 + np.exp(gaps)), 0)
    np.testing.assert_allclose(gradient, pushed.sum(0) - pushed.sum(1), rtol=1e-9, atol=1e-14)


def test_ranks_of_equal_scores_keep_their_order():
    """Where all scores are equal nothing is divided, and the first entry has the first rank."""
    t = np.array([0.0, 1.0, 2.0])
    ideal, discount = 3 + 1 / np.log2(3), 1 / np.log2([2, 3, 4])
    weights = np.array([1 * (1 - discount[1]), 3 * (1 - discount[2]), 2 * (discount[1] - discount[2])]) / ideal
    np.testing.assert_allclose(fa.lambda_rank(np.zeros(3), t, normalize=False), weights.sum() * np.log(2), rtol=1e-14)
    total = weights.sum()  # both ends of every pair, half of the weight each
    np.testing.assert_allclose(fa.lambda_rank(np.zeros(3), t), weights.sum() * np.log(2) * np.log2(1 + total) / total, rtol=1e-14)
    assert fa.lambda_rank(np.arange(3.0), np.zeros(3)) == 0 and not fa.lambda_rank.gradient(np.arange(3.0), np.ones(3)).any()


def test_truncation():
    s, t, _ = lists(4, 40, 3)
    exact = [float(definition(*wide(np.array([a, b])))) for a, b in zip(s, t)]
    np.testing.assert_allclose(fa.lambda_rank(s, t, reduction="none"), exact, rtol=1e-13)
    same_bits(fa.lambda_rank(s, t, truncation=40), fa.lambda_rank(s, t, truncation=None))
    assert fa.lambda_rank(s, t) != fa.lambda_rank(s, t, truncation=None)
    for wrong in (0, 2.5):
        with pytest.raises(ValueError, match=f"^lambda_rank: truncation is {wrong}; None and integers above 0 are accepted"):
            fa.lambda_rank(s, t, truncation=wrong)
    with pytest.raises(ValueError, match="^lambda_rank.gradient: gain is 'square'; 'exponential', 'linear' are accepted"):
        fa.lambda_rank.gradient(s, t, gain="square")
