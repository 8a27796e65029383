"""Losses of embeddings: cosines, and pairs of a batch that share a label."""

import math

import numpy as np

from .distances import distance
from .joint import Form, equal_shapes


# ---------------------------------------------------------------------- cosines


def _unit_rows(x, floor):
    """(x over its norm, at least floor, along the last axis, pull); scaled by the largest, so that no square overflows."""
    largest = np.abs(x).max(axis=-1, keepdims=True, initial=0)
    unit = np.where((largest > 0) & (largest < math.inf), largest, 1.0)
    scaled = x / unit
    norm = np.sqrt((scaled * scaled).sum(axis=-1, keepdims=True)) * unit
    floored = norm < floor
    norm = np.where(floored, floor, norm)
    made = x / norm

    def pull(g):
        along = np.where(floored, 0.0, (g * made).sum(axis=-1, keepdims=True))
        return (g - made * along) / norm

    return made, pull


def _cosine_embedding(call, arrays, settings):
    first, second, target = arrays
    shape = equal_shapes(call, {"x1": first, "x2": second})
    if not shape or target.shape != shape[:-1]:
        raise ValueError(f"{call}: target has shape {target.shape}; {shape[:-1]}, that of the rows, is accepted")
    wrong = np.flatnonzero((target != 1) & (target != -1))
    if wrong.size:
        raise ValueError(f"{call}: target[{int(wrong[0])}] is {target.reshape(-1)[wrong[0]]}; 1 and -1 are accepted")
    x, scales = [], []
    for array in (first.astype(np.float64), second.astype(np.float64)):
        largest = np.abs(array).max(axis=-1, keepdims=True, initial=0)
        scale = np.where((largest > 1) & (largest < math.inf), largest, 1.0)
        scales.append(scale)
        x.append(array / scale)
    eps = float(np.float32(1e-12))  # PyTorch's, under the root
    squares = [(a * a).sum(axis=-1, keepdims=True) + eps / scale / scale for a, scale in zip(x, scales)]
    roots = [np.sqrt(s) for s in squares]
    y = [a / root for a, root in zip(x, roots)]
    cosine = (y[0] * y[1]).sum(axis=-1)
    margin = settings["margin"]
    beyond = cosine < margin
    losses = np.where(target == 1, 1 - cosine, np.where(beyond, 0.0, cosine - margin))
    slope = np.where(target == 1, -1.0, np.where(beyond, 0.0, 1.0))

    def pull(g):
        g, c = (slope * g)[..., None], cosine[..., None]
        return tuple(g * (y[1 - k] - c * y[k]) / roots[k] / scales[k] for k in (0, 1))

    return losses, pull


# ---------------------------------------------------------------------- batches with labels


def _batch(call, arrays):
    """(embeddings in float64, whether two of them share a label)."""
    embeddings, labels = arrays
    if embeddings.ndim != 2:
        raise ValueError(f"{call}: embeddings have shape {embeddings.shape}; two dimensions are accepted")
    if labels.shape != embeddings.shape[:1]:
        raise ValueError(f"{call}: labels have shape {labels.shape}; {embeddings.shape[:1]}, one for each row, is accepted")
    if labels.dtype.kind not in "iu":
        raise TypeError(f"{call}: labels have dtype {labels.dtype}; integers are accepted")
    return embeddings.astype(np.float64), labels[:, None] == labels


def _products(a, b):
    """a times b transposed, a row at a time: in the same order on every machine, unlike a matrix product."""
    return np.array([(b * row).sum(axis=-1) for row in a]).reshape(len(a), len(b))


def _log_sum(x, kept):
    """(logsumexp of what is kept along the last axis, its softmax); -inf and 0 of nothing."""
    most = np.where(kept, x, -np.inf).max(axis=-1, keepdims=True, initial=-np.inf)
    e = np.where(kept, np.exp(x - np.where(np.isinf(most), 0.0, most)), 0.0)
    total = e.sum(axis=-1, keepdims=True)
    return (most + np.log(total))[..., 0], e / np.where(total == 0, 1.0, total)


def _ntxent(call, arrays, settings):
    x, same = _batch(call, arrays)
    unit, unit_pull = _unit_rows(x, settings["eps"])
    scores = _products(unit, unit) / settings["temperature"]
    first, second = np.nonzero(same & ~np.eye(len(x), dtype=bool))
    others, share = _log_sum(scores, ~same)
    gap = others[first] - scores[first, second]
    losses = np.logaddexp(0.0, gap)
    certain = 1 / (1 + np.exp(-gap))

    def pull(g):
        grown = g * certain / settings["temperature"]
        by_score = np.zeros_like(scores)
        np.add.at(by_score, (first, second), -grown)
        by_score += np.bincount(first, grown, len(x))[:, None] * share
        return (unit_pull(_products(by_score + by_score.T, unit.T)),)

    return losses, pull


def _circle(call, arrays, settings):
    x, same = _batch(call, arrays)
    positive = same & ~np.eye(len(x), dtype=bool) if settings["remove_diagonal"] else same
    gamma, margin = settings["gamma"], settings["margin"]
    raw = 1 - _products(x, x)
    d, moves = np.maximum(raw, 0.0), raw > 0
    near, far = np.maximum(margin + d, 0.0), np.maximum(1 + margin - d, 0.0)
    pos, pos_share = _log_sum(-gamma * near * (margin - d), positive)
    neg, neg_share = _log_sum(gamma * far * (1 - margin - d), ~same)
    total = np.where(np.isneginf(pos) | np.isneginf(neg), -np.inf, pos + neg)
    losses = np.logaddexp(0.0, total)
    certain = 1 / (1 + np.exp(-total))

    def pull(g):
        by_pos = gamma * (near - (margin - d) * (near > 0))
        by_neg = -gamma * (far + (1 - margin - d) * (far > 0))
        by_distance = (g * certain)[:, None] * (pos_share * by_pos + neg_share * by_neg)
        by_product = np.where(moves, -by_distance, 0.0)
        return (_products(by_product + by_product.T, x.T),)

    return losses, pull


def _lifted_structure(call, arrays, settings):
    x, same = _batch(call, arrays)
    n = len(x)
    d = np.array([distance(x, row, 2.0, 0.0)[0] for row in x]).reshape(n, n)
    first, second = np.nonzero(np.triu(same, 1))
    negative, share = _log_sum(settings["margin"] - d, ~same)
    both = np.logaddexp(negative[first], negative[second])
    reach = np.maximum(both + d[first, second], 0.0)
    reach = np.where(both != both, both, reach)
    losses = 0.5 * reach * reach

    def pull(g):
        grown = g * reach
        by_distance = np.zeros_like(d)
        np.add.at(by_distance, (first, second), grown)
        for end in (first, second):
            part = np.where(np.isneginf(both), 0.0, np.exp(negative[end] - both)) * grown
            by_distance -= np.bincount(end, part, n)[:, None] * share
        by_distance = (by_distance + by_distance.T) / np.where(d > 0, d, np.inf)
        return (by_distance.sum(axis=1, keepdims=True) * x - _products(by_distance, x.T),)

    return losses, pull


_BATCH = """embeddings : array_like
    One row for each sample.
labels : array_like of int
    One for each row; rows with the same label belong together."""
_BATCH_OF_THREE = (np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]]), np.array([0, 0, 1]))

FORMS = {
    "cosine_similarity_loss": Form(
        """a, b : array_like
    Rows along `axis`, of one shape.""",
        (np.array([[3.0, 4.0]]), np.array([[4.0, 3.0]])),
        axis=-1,
        notes="A zero row has the cosine 0.",
    ),
    "cosine_embedding": Form(
        """x1, x2 : array_like
    Rows along the last axis, of one shape.
target : array_like
    One for each row: 1 where the two should be alike, -1 where not.""",
        (np.array([[3.0, 4.0]]), np.array([[4.0, 3.0]]), np.array([-1])),
        terms=_cosine_embedding,
        notes="1e-12 is added to squared norms, as PyTorch does.",
    ),
    "ntxent": Form(
        _BATCH,
        _BATCH_OF_THREE,
        terms=_ntxent,
        apart=False,
        notes="There is one loss for each ordered pair of rows that share a label; s are cosines, k runs over the rows with other labels.",
    ),
    "circle": Form(
        _BATCH,
        _BATCH_OF_THREE,
        options={"remove_diagonal": (True, "Whether a row does not count as alike to itself.", None)},
        terms=_circle,
        apart=False,
        notes="d is 1 - the product of two rows, which should have length 1, at least 0; a row without any alike, or without any other, "
        "costs 0.",
    ),
    "lifted_structure": Form(
        _BATCH,
        _BATCH_OF_THREE,
        terms=_lifted_structure,
        apart=False,
        notes="There is one loss for each pair of rows that share a label; d are Euclidean distances.",
    ),
}
