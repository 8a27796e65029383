"""Losses of lists that should be in an order."""

import numpy as np

from . import library
from .joint import Form
from .segmentation import rows_of

PAIRS_AT_ONCE, ENTRIES_AT_ONCE = 1 << 15, 32  # what stays in the second cache
GAINS = {"exponential": lambda t: np.expm1(t * np.log(2.0)), "linear": lambda t: t}


def log_softmax(z):
    below = z - z.max(axis=-1, keepdims=True, initial=-np.inf)
    return below - np.log(np.exp(below).sum(axis=-1, keepdims=True))


def _lists(call, arrays, settings):
    """(scores, targets, which entries count or None) as rows; what does not count holds 0, whatever stood there."""
    pred, target = arrays
    given = {"pred": pred, "target": target}
    if settings["kept"] is not None:
        given = {name: np.where(settings["kept"], array, 0) for name, array in given.items()} | {"where": settings["kept"]}
    (s, t, *kept), shape, back = rows_of(call, given, settings["axis"])
    return s, t, kept[0] > 0 if kept else None, shape, back


def _all_pairs(s, t, kept, sigma, first, weigh, bends=False):
    """(losses, slopes, second derivatives or None, sums of abs(slope)) of pairs of unequal targets.

    Of every pair one entry is among the `first` ones; weigh(rows, some, others) gives the weights of pairs.
    """
    softplus, sigmoid = library.function("softplus"), library.function("sigmoid")
    rows, n = s.shape
    losses, pushes, slope, bend = np.zeros(rows), np.zeros(rows), np.zeros_like(s), np.zeros_like(s) if bends else None
    some = max(1, min(first, ENTRIES_AT_ONCE))
    some_rows = max(1, PAIRS_AT_ONCE // max(some * n, 1))
    for row in range(0, rows, some_rows):
        here = slice(row, row + some_rows)
        for i in range(0, first, some):
            those, others = slice(i, min(i + some, first)), slice(i, n)
            sign = np.sign(t[here, those, None] - t[here, None, others])
            sign *= np.arange(n)[others] > np.arange(n)[those, None]  # each pair once
            if kept is not None:
                sign *= kept[here, those, None] & kept[here, None, others]
            gap = s[here, those, None] - s[here, None, others]
            gap *= -sigma * sign
            np.copyto(gap, 0.0, where=sign == 0)  # infinite scores
            weight = weigh(here, those, others) * np.abs(sign)
            losses[here] += np.einsum("rij,rij->r", weight, softplus(gap))
            push = sigmoid(gap)
            bent = push * sigmoid(np.negative(gap, out=gap)) if bends else None
            push *= weight
            push *= sigma
            pushes[here] += push.sum(axis=(1, 2))
            push *= sign
            slope[here, those] -= push.sum(axis=-1)
            slope[here, others] += push.sum(axis=-2)
            if bends:
                bent *= weight
                bent *= sigma * sigma
                bend[here, those] += bent.sum(axis=-1)
                bend[here, others] += bent.sum(axis=-2)
    return losses, slope, bend, pushes


def _undefined(s, t):
    return np.isnan(s).any(axis=-1) | np.isnan(t).any(axis=-1)


def _result(losses, slope, bend, undefined, shape, back):
    """What terms return, NaN in rows that hold NaN."""

    def pulled(array):
        return lambda g: (back(np.where(undefined[:, None], np.nan, array) * np.reshape(g, (-1, 1))),)

    return np.where(undefined, np.nan, losses).reshape(shape), pulled(slope), pulled(bend)


def _pair_logit(call, arrays, settings):
    s, t, kept, shape, back = _lists(call, arrays, settings)

    losses, slope, bend, _ = _all_pairs(s, t, kept, settings["sigma"], s.shape[1], lambda *_: 1.0, settings["curved"])
    return _result(losses, slope, bend, _undefined(s, t), shape, back)


def _lambda_rank(call, arrays, settings):
    s, t, kept, shape, back = _lists(call, arrays, settings)
    counts = np.ones(s.shape, bool) if kept is None else kept
    depth, n = settings["truncation"], s.shape[1]
    if depth is not None and (not isinstance(depth, (int, np.integer)) or depth < 1):
        raise ValueError(f"{call}: truncation is {depth!r}; None and integers above 0 are accepted")
    depth = n if depth is None else min(int(depth), n)
    discount = 1 / np.log2(np.arange(n) + 2.0)
    gains = np.where(counts, GAINS[settings["gain"]](t), 0.0)
    best = np.sort(np.where(counts, gains, -np.inf), axis=-1)[:, ::-1][:, :depth]
    ideal = (np.where(np.isneginf(best), 0.0, best) * discount[:depth]).sum(axis=-1)
    per_gain = np.where(ideal > 0, 1 / ideal, 0.0)[:, None, None]
    order = np.argsort(np.where(counts, -s, np.inf), axis=-1, kind="stable")  # ranks: what does not count comes last
    ranked, gains, kept = (np.take_along_axis(a, order, axis=-1) for a in (s, gains, counts))
    targets = np.take_along_axis(t, order, axis=-1)
    normalize = settings["normalize"]
    low = np.where(kept, ranked, np.inf).min(axis=-1, initial=np.inf)
    spread = (np.where(kept, ranked, -np.inf).max(axis=-1, initial=-np.inf) != low)[:, None, None]

    def weigh(rows, those, others):
        """By how much NDCG changes where two entries change places, less where their scores are far apart."""
        gain = np.abs(gains[rows, those, None] - gains[rows, None, others])
        weight = gain * np.abs(discount[those, None] - discount[others]) * per_gain[rows]
        if not normalize:
            return weight
        return weight / np.where(spread[rows], 0.01 + np.abs(ranked[rows, those, None] - ranked[rows, None, others]), 1.0)

    losses, *slopes, pushes = _all_pairs(ranked, targets, kept, settings["sigma"], depth, weigh, settings["curved"])
    share = np.where(pushes > 0, np.log1p(2 * pushes) / np.log(2.0) / (2 * pushes), 1.0) if normalize else np.ones(len(s))
    for k, array in enumerate(slopes):
        if array is not None:
            slopes[k] = np.empty_like(array)
            np.put_along_axis(slopes[k], order, array * share[:, None], axis=-1)
    return _result(losses * share, *slopes, _undefined(s, t), shape, back)


def _ranking_softmax(call, arrays, settings):
    z, t, kept, shape, back = _lists(call, arrays, settings)
    log_p = log_softmax(z if kept is None else np.where(kept, z, -np.inf))
    p, total = np.exp(log_p), t.sum(axis=-1, keepdims=True)
    losses = -np.where(t == 0, 0.0, t * log_p).sum(axis=-1)
    return _result(losses, p * total - t, total * p * (1 - p), _undefined(z, t), shape, back)


_SCORES = "pred, target : array_like\n    Scores of the entries of lists along `axis`, and how {good}, of one shape."
_LIST = np.array([0.5, 2.0]), np.array([1.0, 0.0])

FORMS = {
    "pair_logit": Form(
        _SCORES.format(good="good they are"),
        _LIST,
        axis=-1,
        terms=_pair_logit,
        entries=True,
        notes="i and j run over all pairs of a list in which i is better than j: target[i] > target[j]. Memory for 2^15 pairs, or "
        "32 lists of them, is taken at a time.",
    ),
    "lambda_rank": Form(
        _SCORES.format(good="good they are, from 0"),
        _LIST,
        axis=-1,
        options={
            "truncation": (30, "How many ranks count, from the first: pairs without one of them have no weight; None for all.", None),
            "normalize": (
                True,
                "Whether weights are divided by 0.01 + abs(pred[i] - pred[j]), and lists of large gradients made small.",
                None,
            ),
            "gain": ("exponential", "2**target - 1, or the target itself.", tuple(GAINS)),
        },
        terms=_lambda_rank,
        entries=True,
        notes="i and j are as in pair_logit, rank counts from 0 by descending scores, best is the largest sum of gain / log2(2 + rank) "
        "over the ranks that count. With normalize a list is multiplied by log2(1 + S) / S, S the sum of its abs(lambda), both ends of "
        "pairs. Weights have no gradient. As LightGBM's lambdarank has it, whose sigmoid comes from a table.",
    ),
    "ranking_softmax": Form(
        _SCORES.format(good="relevant each is"),
        _LIST,
        axis=-1,
        terms=_ranking_softmax,
        entries=True,
        notes="The cross entropy of the relevances, which need not sum to 1. An entry with a score of -inf takes no part.",
    ),
}
