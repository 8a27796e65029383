"""Losses of scores that are made of NumPy: of sets of labels, angles, sparse probabilities, batches of pairs, and exposures."""

import numpy as np

from . import _core, library
from .arrays import as_axis, last_axis
from .joint import Form, equal_shapes
from .parameters import ELEMENTS
from .ranking import log_softmax
from .segmentation import rows_of

TRIPLES_AT_ONCE = 1 << 18
_SCORES = "Scores of the entries along `axis`"


def _of_rows(losses, slope, shape, back):
    return losses.reshape(shape), lambda g: (back(slope * np.reshape(g, (-1, 1))),)


def _multilabel_margin(call, arrays, settings):
    if arrays[1].dtype.kind not in "iu":
        raise TypeError(f"{call}: target has dtype {arrays[1].dtype}; integer class labels are accepted")
    (z, t), shape, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
    rows, classes = z.shape
    named = np.logical_and.accumulate(t != -1, axis=-1)
    wrong = np.argwhere(named & ((t < 0) | (t >= classes)))
    if len(wrong):
        row, column = map(int, wrong[0])
        raise ValueError(f"{call}: target holds {int(t[row, column])} in row {row}; 0 to {classes - 1}, ended by -1, are accepted")
    right = np.zeros(z.shape, bool)
    right[np.nonzero(named)[0], t[named].astype(int)] = True
    losses, slope = np.zeros(rows), np.zeros_like(z)
    step = max(1, TRIPLES_AT_ONCE // max(classes * classes, 1))
    for first in range(0, rows, step):
        here = slice(first, first + step)
        gap = 1 - (z[here, :, None] - z[here, None, :])
        gap = np.where(right[here, :, None] & ~right[here, None, :] & ~(gap <= 0), gap, 0.0)
        losses[here] = gap.sum(axis=-1).sum(axis=-1) / classes
        active = (gap != 0) / classes
        slope[here] = active.sum(axis=-2) - active.sum(axis=-1)
    undefined = np.isnan(z).any(axis=-1)
    losses, slope = np.where(undefined, np.nan, losses), np.where(undefined[:, None], np.nan, slope)
    return _of_rows(losses, slope, shape, back)


def _with_labels(call, scores, word, labels, axis):
    """(rows of scores in float64, labels, shape of the losses, back(rows))."""
    if scores.ndim == 0:
        raise ValueError(f"{call}: {word} has shape (); at least one dimension is accepted")
    axis = as_axis(call, axis, scores.ndim)
    moved = last_axis(scores, axis).astype(np.float64)
    rest, classes = moved.shape[:-1], moved.shape[-1]
    if labels.dtype.kind not in "iu":
        raise TypeError(f"{call}: labels have dtype {labels.dtype}; integer class labels are accepted")
    if labels.shape != rest:
        raise ValueError(f"{call}: labels have shape {labels.shape}; {rest}, that of {word} without the class axis, is accepted")
    wrong = np.argwhere((labels < 0) | (labels >= classes))
    if len(wrong):
        place = tuple(map(int, wrong[0]))
        raise ValueError(f"{call}: labels[{', '.join(map(str, place))}] is {labels[place]}; 0 to {classes - 1} are accepted")
    rows = moved.reshape(labels.size, classes)
    return rows, labels.reshape(-1).astype(int), rest, lambda made: np.moveaxis(made.reshape(moved.shape), -1, axis)


def _margin_cross_entropy(call, arrays, settings):
    cosines, labels, shape, back = _with_labels(call, arrays[0], "cosines", arrays[1], settings["axis"])
    rows, scale = np.arange(len(labels)), settings["scale"]
    own = np.clip(cosines[rows, labels], -1.0, 1.0)
    angle = np.arccos(own)
    turned = settings["margin1"] * angle + settings["margin2"]
    z = scale * cosines
    z[rows, labels] = scale * (np.cos(turned) - settings["margin3"])
    log_p = log_softmax(z)
    slope = scale * np.exp(log_p)
    others = np.where(np.arange(cosines.shape[-1]) == labels[:, None], 0.0, slope).sum(axis=-1)  # scale (1 - p) without a difference
    sine = np.sqrt((1 - own) * (1 + own))
    bend = np.where(
        sine == 0, settings["margin1"] ** 2 if settings["margin2"] == 0 else np.inf, settings["margin1"] * np.sin(turned) / sine
    )
    slope[rows, labels] = -others * bend
    return _of_rows(-log_p[rows, labels], slope, shape, back)


def _npairs(call, arrays, settings):
    losses, slope = _of_similarity(call, *arrays)
    return _of_rows(losses, slope, losses.shape, lambda rows: rows)


def _of_similarity(call, similarity, labels):
    """(losses, gradients) of the rows of a square matrix."""
    if similarity.ndim != 2 or similarity.shape[0] != similarity.shape[1]:
        raise ValueError(f"{call}: similarity has shape {similarity.shape}; that of a square matrix is accepted")
    if labels.shape != similarity.shape[:1]:
        raise ValueError(f"{call}: labels have shape {labels.shape}; {similarity.shape[:1]}, one for each row, is accepted")
    alike = (labels[:, None] == labels).astype(np.float64)
    share = alike / alike.sum(axis=-1, keepdims=True)
    log_p = log_softmax(similarity.astype(np.float64))
    return -np.where(share == 0, 0.0, share * log_p).sum(axis=-1), np.exp(log_p) - share


def _npair(call, arrays, settings):
    anchor, positive, labels = arrays
    shape = equal_shapes(call, {"anchor": anchor, "positive": positive})
    if len(shape) != 2:
        raise ValueError(f"{call}: anchor has shape {shape}; two dimensions, (rows, features), are accepted")
    anchor, positive, decay = anchor.astype(np.float64), positive.astype(np.float64), settings["l2_reg"]
    losses, slope = _of_similarity(call, anchor @ positive.T, labels)
    losses = losses + decay / 4 * ((anchor * anchor).sum(axis=-1) + (positive * positive).sum(axis=-1))

    def pull(g):
        g = np.reshape(g, (-1, 1))
        by_similarity = slope * g
        return by_similarity @ positive + decay / 2 * g * anchor, by_similarity.T @ anchor + decay / 2 * g * positive

    return losses, pull


def _cross_entropy_lambda(call, arrays, settings):
    names = ("pred", "target", "exposure")
    equal_shapes(call, dict(zip(names, arrays)))
    z, t, w = (a.astype(np.float64) for a in arrays)
    softplus, sigmoid = library.function("softplus"), library.function("sigmoid")
    rate = w * softplus(z)
    q = -np.expm1(-rate)
    losses = np.where(t == 1, 0.0, (1 - t) * rate) - np.where(t == 0, 0.0, t * np.log(q))
    chance = sigmoid(z)
    slope = w * chance * np.where(t == 0, 1.0, 1 - t / q)
    bend = slope * sigmoid(-z) + np.where(t == 0, 0.0, t * np.exp(-rate) * (w * chance / q) ** 2)
    return losses, lambda g: (slope * g,), lambda g: (bend * g,)


def _entmax_loss(call, arrays, settings):
    z, labels, shape, back = _with_labels(call, arrays[0], "logits", arrays[1], settings["axis"])
    rows, alpha = np.arange(len(labels)), settings["alpha"]
    if alpha == 1:
        log_p = log_softmax(z)
        p, losses = np.exp(log_p), -log_p[rows, labels]
    else:
        p = np.asarray(library.function("entmax")(z, alpha))
        below = np.where(p == 0, 0.0, z - z[rows, labels, None])
        losses = (1 - (p**alpha).sum(axis=-1)) / (alpha * (alpha - 1)) + (p * below).sum(axis=-1)
    slope = p.copy()
    slope[rows, labels] -= 1
    return _of_rows(losses, slope, shape, back)


def _sparsemax_binary(call, arrays, settings):
    equal_shapes(call, dict(zip(("pred", "target"), arrays)))
    z, t = (a.astype(np.float64) for a in arrays)
    wrong = np.flatnonzero((t != 0) & (t != 1))
    if wrong.size:
        place = ", ".join(str(int(i)) for i in np.unravel_index(wrong[0], t.shape))
        raise ValueError(f"{call}: target[{place}] is {t.reshape(-1)[wrong[0]]:g}; 0 and 1 are accepted")
    sign = 1 - 2 * t
    slope = sign * library.function("sparse_sigmoid")(sign * z)
    bend = np.where(np.abs(z) < 1, 0.5, np.where(z != z, z, 0.0))
    return library.function("sparse_plus")(sign * z), lambda g: (slope * g,), lambda g: (bend * g,)


def _poly_binary(call, arrays, settings):
    """sigmoid_focal by its kernel, and what is added to it."""
    equal_shapes(call, dict(zip(("pred", "target"), arrays)))
    z, t = (np.ascontiguousarray(a, np.float64) for a in arrays)
    alpha, gamma, smoothing = (settings[word] for word in ("alpha", "gamma", "label_smoothing"))
    losses, slope, bend = (np.empty(z.shape) for _ in range(3))
    _core.Loss("sigmoid_focal")(z, t, None, (alpha, gamma, smoothing), 1.0, losses, slope, bend, False)
    t = t * (1 - smoothing) + smoothing / 2
    s, q = (library.function("sigmoid")(a) for a in (z, -z))
    u, v = t * q + (1 - t) * s, (1 - 2 * t) * s * q
    factor = settings["epsilon"] * (t * alpha + (1 - t) * (1 - alpha) if alpha >= 0 else 1.0)
    steep = factor * (gamma + 1) * u**gamma * v
    losses, slope = losses + factor * u ** (gamma + 1), slope + steep
    bend = bend + steep * (gamma * np.where(u == 0, 1 - 2 * t, v / u) + q - s)
    return losses, lambda g: (slope * g,), lambda g: (bend * g,)


# ---------------------------------------------------------------------- labels of a batch, by rows and by columns


def _masked_lse(z, kept, axis):
    """(logarithms of sums of exponentials of what is kept, their softmaxes), -inf and 0 where nothing is."""
    most = np.where(kept, z, -np.inf).max(axis=axis, keepdims=True, initial=-np.inf)
    grown = np.where(kept, np.exp(z - np.where(np.isneginf(most), 0.0, most)), 0.0)
    total = grown.sum(axis=axis, keepdims=True)
    return most + np.log(total), np.where(total > 0, grown / total, np.where(total == 0, 0.0, np.nan))


def _two_way(call, arrays, settings):
    shape = equal_shapes(call, dict(zip(("pred", "target"), arrays)))
    if len(shape) != 2:
        raise ValueError(f"{call}: pred has shape {shape}; two dimensions, (rows, classes), are accepted")
    z, t = (a.astype(np.float64) for a in arrays)
    right, wrong, tp, tn = t > 0, t == 0, settings["tp"], settings["tn"]
    softplus, sigmoid = library.function("softplus"), library.function("sigmoid")
    loss, slope = 0.0, np.zeros(shape)
    for axis in (1, 0):
        counts = right.any(axis=axis, keepdims=True)
        negative, of_wrong = _masked_lse(z / tn, wrong, axis)
        positive, of_right = _masked_lse(-z / tp, right, axis)
        u = tn * negative + tp * positive
        share = np.where(counts, 1 / counts.sum(), 0.0)
        loss = loss + np.where(counts, softplus(u), 0.0).sum() / counts.sum()
        slope += np.where(counts, sigmoid(u), 0.0) * share * (of_wrong - of_right)
    return loss, lambda g: (slope * g,)


_CLASSES = """{word} : array_like
    {text} of the classes along `axis`.
labels : array_like of int
    The right class of every row: the shape of {word} without the class axis."""
_EXAMPLE = np.array([[0.5, 2.0, 1.0]])

FORMS = {
    "multilabel_margin": Form(
        f"pred : array_like\n    {_SCORES}.\ntarget : array_like of int\n"
        "    The right classes of every row, ended by -1: the shape of pred.",
        (_EXAMPLE, np.array([[1, -1, 0]])),
        axis=-1,
        terms=_multilabel_margin,
        notes="j runs over the classes that the target names, i over the others. Memory for 2^18 pairs is taken at a time.",
    ),
    "margin_cross_entropy": Form(
        _CLASSES.format(word="cosines", text="Cosines between an embedding and the weights"),
        (_EXAMPLE / 4, np.array([1])),
        axis=-1,
        terms=_margin_cross_entropy,
        notes="margin1 is SphereFace's, margin2 ArcFace's, margin3 CosFace's. At a cosine of 1 or -1 with margin2 the gradient "
        "is infinite.",
    ),
    "npairs": Form(
        "similarity : array_like\n    How alike the embeddings of a batch are to those of their pairs, a square matrix.\n"
        "labels : array_like\n    One for each row; columns with the same label are right.",
        (np.array([[2.0, 0.5], [0.0, 1.0]]), np.array([0, 1])),
        terms=_npairs,
    ),
    "npair": Form(
        "anchor, positive : array_like\n    Embeddings (rows, features) of a batch and of what each of it belongs to, of one shape.\n"
        "labels : array_like\n    One for each row; rows of positive with the same label are right.",
        (np.array([[2.0, 0.5], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.5, 1.0]]), np.array([0, 1])),
        terms=_npair,
        apart=False,
        notes="The mean is Paddle's npair_loss. t and p are those of npairs.",
    ),
    "entmax_loss": Form(
        _CLASSES.format(word="logits", text="Scores"),
        (_EXAMPLE, np.array([1])),
        axis=-1,
        terms=_entmax_loss,
        notes="k is the label. At alpha = 1 it is logsumexp(z) - z[k].",
    ),
    "sparsemax_binary": Form(
        "pred, target : array_like\n    Scores, and 0 or 1, of one shape.",
        (np.array([0.5, 2.0]), np.array([1.0, 0.0])),
        terms=_sparsemax_binary,
        notes="sparsemax_loss of the two scores 0 and pred.",
    ),
    "poly_binary_cross_entropy": Form(
        "pred, target : array_like\n    Scores, and targets from 0 to 1, of one shape.",
        (np.array([0.5, 2.0]), np.array([0.0, 1.0])),
        options={"alpha": (None, ELEMENTS["sigmoid_focal.alpha"][0], None)},
        terms=_poly_binary,
        notes="The mean is timm's PolyBinaryCrossEntropy; with gamma = 0 the loss is binary_cross_entropy_with_logits + epsilon * u.",
    ),
    "two_way": Form(
        "pred, target : array_like\n    Scores of classes along the last axis, one row for each of a batch, and 1 for right classes, 0 for "
        "wrong ones,\n    below 0 for those that take no part, of one shape.",
        (np.array([[0.5, 2.0, -1.0], [1.0, 0.0, 0.5]]), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]])),
        terms=_two_way,
        apart=False,
        notes="Rows, and columns, without a right class do not count; without any the loss is NaN. There is one loss.",
    ),
    "cross_entropy_lambda": Form(
        "pred, target, exposure : array_like\n    Raw scores, targets from 0 to 1, and how long each was exposed, of one shape.",
        (np.array([0.5, 2.0]), np.array([0.0, 1.0]), np.array([1.0, 2.0])),
        terms=_cross_entropy_lambda,
    ),
}
