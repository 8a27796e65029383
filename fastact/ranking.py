"""Losses of lists that should be in an order."""

import numpy as np

from . import library
from .joint import Form
from .segmentation import rows_of

PAIRS_AT_ONCE = 1 << 18


def _pair_logit(call, arrays, settings):
    (s, t), shape, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
    softplus, sigmoid = library.function("softplus"), library.function("sigmoid")
    sigma, (rows, n) = settings["sigma"], s.shape
    losses, slope = np.zeros(rows), np.zeros_like(s)
    some_rows = max(1, PAIRS_AT_ONCE // max(n * n, 1))
    some = max(1, PAIRS_AT_ONCE // max(n, 1))
    for row in range(0, rows, some_rows):
        here = slice(row, row + some_rows)
        for i in range(0, n, some):
            first = slice(i, i + some)
            gap = -sigma * (s[here, first, None] - s[here, None, :])
            better = t[here, first, None] > t[here, None, :]
            losses[here] += np.where(better, softplus(gap), 0.0).sum(axis=-1).sum(axis=-1)
            pushed = np.where(better, sigma * sigmoid(gap), 0.0)
            slope[here, first] -= pushed.sum(axis=-1)
            slope[here] += pushed.sum(axis=-2)
    undefined = np.isnan(s).any(axis=-1) | np.isnan(t).any(axis=-1)
    losses, slope = np.where(undefined, np.nan, losses), np.where(undefined[:, None], np.nan, slope)
    return losses.reshape(shape), lambda g: (back(slope * np.reshape(g, (-1, 1))),)


FORMS = {
    "pair_logit": Form(
        """pred, target : array_like
    Scores of the entries of lists along `axis`, and how good they are, of one shape.""",
        (np.array([0.5, 2.0]), np.array([1.0, 0.0])),
        axis=-1,
        terms=_pair_logit,
        notes="i and j run over all pairs of a list in which i is better than j: target[i] > target[j]. Memory for 2^18 pairs is taken "
        "at a time.",
    ),
}
