"""Losses of masks: overlap of soft masks (dice, Tversky, Jaccard), Lovasz extensions, Matthews correlation, and boxes."""

import math

import numpy as np

from . import _core
from .arrays import as_axis, as_flag, last_axis
from .joint import Form, equal_shapes
from .parameters import ABOVE, ARRAYS, checked, number_in

_MASKS = """pred, target : array_like
    Soft masks, from 0 to 1, of one shape."""
_TWO = (np.array([0.9, 0.8, 0.1]), np.array([1.0, 1.0, 0.0]))


def rows_of(call, arrays, axis):
    """(arrays as float64 rows, shape of the losses, back(rows)) along an axis; one row for None."""
    shape = equal_shapes(call, arrays)
    if axis is None:
        return [a.astype(np.float64).reshape(1, -1) for a in arrays.values()], (), lambda rows: rows.reshape(shape)
    axis = as_axis(call, axis, len(shape))
    moved = [last_axis(a, axis).astype(np.float64) for a in arrays.values()]
    rest, columns = moved[0].shape[:-1], moved[0].shape[-1]
    return [a.reshape(math.prod(rest), columns) for a in moved], rest, lambda rows: np.moveaxis(rows.reshape(*rest, columns), -1, axis)


# ---------------------------------------------------------------------- overlap of one class, in other measures


def _focal_tversky(call, arrays, settings):
    """A power of the loss of every row, over the kernel that knows it."""
    (p, t), shape, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
    kernel, gamma = _core.Joint("tversky"), settings["gamma"]
    rows, parameters = tuple(map(np.ascontiguousarray, (p, t))), tuple(settings[word] for word in ("alpha", "beta", "smooth", "eps"))
    losses, slope = np.empty(len(p)), np.empty(p.shape)
    kernel(rows, parameters, None, 1.0, losses)

    def pull(g):
        kernel(rows, parameters, np.reshape(g, -1) * gamma * losses ** (gamma - 1), 1.0, None, (slope,))
        return (back(slope),)

    return (losses**gamma).reshape(shape), pull


def _other_overlap(shared):
    """1 - N / D, or -log(max(N / D, eps)), with shared(p, t, settings) giving N, D and what both grow by with p."""

    def terms(call, arrays, settings):
        (p, t), shape, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
        n, d, n_slope, d_slope = shared(p, t, settings)
        if settings["log_loss"]:
            low = n <= settings["eps"] * d
            slope = np.where(low, 0.0, d_slope / d - n_slope / n)
            losses = -np.log(np.where(low, settings["eps"], n / d))
        else:
            slope, losses = (n * d_slope - d * n_slope) / (d * d), 1 - n / d
        return losses.reshape(shape), lambda g: (back(slope * np.reshape(g, (-1, 1))),)

    return terms


def _dice_parts(p, t, settings):
    squared, smooth = settings["squared_pred"], settings["smooth"]
    n, d = ((a.sum(axis=-1, keepdims=True) + smooth) for a in (2 * p * t, p * p + t * t if squared else p + t))
    return n, d + settings["eps"], 2 * t, 2 * p if squared else 1.0


def _jaccard_parts(p, t, settings):
    squared, smooth = settings["squared_pred"], settings["smooth"]
    n, d = ((a.sum(axis=-1, keepdims=True) + smooth) for a in (p * t, (p * p + t * t if squared else p + t) - p * t))
    return n, d + settings["eps"], t, 2 * p - t if squared else 1 - t


_OTHER = {
    "log_loss": (False, "Whether the loss is -log(max(N / D, eps)) instead.", None),
    "squared_pred": (False, "Whether D has sum(p**2) + sum(t**2) instead of sum(p) + sum(t), as MONAI's option of this name.", None),
}


def _is_other(call, settings):
    return any(as_flag(call, name, settings[name]) for name in _OTHER)


# ---------------------------------------------------------------------- overlap of all classes


def _generalized_dice(call, arrays, settings):
    (p, t), _, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
    smooth, eps = settings["smooth"], settings["eps"]
    both, found, there = (p * t).sum(axis=0), p.sum(axis=0), t.sum(axis=0)
    n, d = 2 * both + smooth, found + there + smooth + eps
    weight = 1 / (there * there + 1e-7)
    weight = weight / weight.mean() / len(weight)
    loss = (weight * ((found - both) + (there - both) + eps) / d).sum()
    return loss, lambda g: (back(g * weight * (n - 2 * d * t) / (d * d)),)


# ---------------------------------------------------------------------- Lovasz extensions of the Jaccard loss


def _growth(t):
    """How much the Jaccard loss grows with each error, those sorted from the largest on; t along the last axis, 1 or 0.

    With I of the mask not yet wrong and U = mask + wrongly found: 1 / U where t is 1, else I / (U (U - 1)), with no difference in it.
    """
    total = t.sum(axis=-1, keepdims=True)
    left, union = total - np.cumsum(t, axis=-1), total + np.cumsum(1 - t, axis=-1)
    grown = np.where(t > 0, 1 / union, left / (union * np.maximum(union - 1, 1)))
    empty = (total == 0) & (np.arange(t.shape[-1]) == 0)
    return np.where(empty, 1.0, grown)


def _ignored(call, target, ignore):
    """Where the target is the number that counts nothing."""
    if ignore is None:
        return np.zeros(target.shape, bool)
    return target == number_in(call, "ignore", ignore, "None and finite numbers", math.isfinite)


def _lovasz_hinge(call, arrays, settings):
    (z, t), shape, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
    ignored = _ignored(call, t, settings["ignore"])
    wrong = np.flatnonzero(~ignored & (t != 0) & (t != 1))
    if wrong.size:
        also = "" if settings["ignore"] is None else f" and ignore={settings['ignore']}"
        raise ValueError(f"{call}: target holds {t.reshape(-1)[wrong[0]]:g}; 0 and 1{also} are accepted")
    t = np.where(ignored, 0.0, t)
    sign = 2 * t - 1
    errors = np.where(ignored, -np.inf, 1 - z * sign)
    counted = np.where(errors > 0, errors, np.where(errors != errors, errors, 0.0))
    order = np.argsort(-errors, axis=-1, kind="stable")
    growth = _growth(np.take_along_axis(t, order, axis=-1))
    losses = (np.take_along_axis(counted, order, axis=-1) * growth).sum(axis=-1)
    by_error = np.empty_like(growth)
    np.put_along_axis(by_error, order, growth, axis=-1)
    slope = np.where(errors > 0, -sign * by_error, np.where(errors != errors, errors, 0.0))
    return losses.reshape(shape), lambda g: (back(slope * np.reshape(g, (-1, 1))),)


def _lovasz_softmax(call, arrays, settings):
    p, labels = arrays
    if p.ndim == 0:
        raise ValueError(f"{call}: probs has shape (); at least one dimension is accepted")
    axis = as_axis(call, settings["axis"], p.ndim)
    moved = last_axis(p, axis).astype(np.float64)
    rest, classes = moved.shape[:-1], moved.shape[-1]
    if labels.dtype.kind not in "iu":
        raise TypeError(f"{call}: labels have dtype {labels.dtype}; integer class labels are accepted")
    if labels.shape != rest:
        raise ValueError(f"{call}: labels have shape {labels.shape}; {rest}, that of probs without the class axis, is accepted")
    ignored = _ignored(call, labels, settings["ignore"])
    wrong = np.argwhere(~ignored & ((labels < 0) | (labels >= classes)))
    if len(wrong):
        place = tuple(int(i) for i in wrong[0])
        raise ValueError(f"{call}: labels[{', '.join(map(str, place))}] is {labels[place]}; 0 to {classes - 1} are accepted")
    images = rest[0] if settings["per_image"] and rest else 1
    p = moved.reshape(images, -1, classes).transpose(0, 2, 1)
    t = (labels.reshape(images, 1, -1) == np.arange(classes)[:, None]).astype(np.float64)
    kept = ~ignored.reshape(images, 1, -1)
    t = t * kept
    errors = np.where(kept, np.abs(t - p), 0.0)
    order = np.argsort(-np.where(kept, errors, -1.0), axis=-1, kind="stable")
    growth = _growth(np.take_along_axis(t, order, axis=-1))
    by_class = (np.take_along_axis(errors, order, axis=-1) * growth).sum(axis=-1)
    back = np.empty_like(growth)
    np.put_along_axis(back, order, growth, axis=-1)
    counts = (t.sum(axis=-1) > 0) if settings["classes"] == "present" else np.ones(by_class.shape, bool)
    share = counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1)
    losses = np.where(counts, by_class * share, 0.0).sum(axis=-1)
    slope = np.where(kept, np.sign(p - t) * back, 0.0) * share[..., None]

    def pull(g):
        grown = (slope * np.reshape(g, (-1, 1, 1))).transpose(0, 2, 1).reshape(*rest, classes)
        return (np.moveaxis(grown, -1, axis),)

    return losses if settings["per_image"] and rest else losses[0], pull


# ---------------------------------------------------------------------- Matthews correlation


def _mcc(call, arrays, settings):
    (p, t), shape, back = rows_of(call, dict(zip(("pred", "target"), arrays)), settings["axis"])
    eps = settings["eps"]
    counts = [(a * b).sum(axis=-1, keepdims=True) + eps for a, b in ((p, t), (1 - p, 1 - t), (p, 1 - t), (1 - p, t))]
    tp, tn, fp, fn = counts
    sums = [tp + fp, tp + fn, tn + fp, tn + fn]
    a, b, c, d = (np.sqrt(s) for s in sums)
    # a sum of products divided step by step: no product of counts overflows
    score = (tp / a / b) * (tn / c / d) - (fp / a / c) * (fn / b / d)
    by_numerator = 1 / (a * b) / (c * d)

    def pull(g):
        # of each count by pred: t, t - 1, 1 - t, -t
        numerator = tn * t + tp * (t - 1) - fn * (1 - t) + fp * t
        logarithm = (1 / sums[0] - 1 / sums[3]) / 2 + np.zeros_like(t)
        return (back(-np.reshape(g, (-1, 1)) * (numerator * by_numerator - score * logarithm)),)

    return (1 - score).reshape(shape), pull


# ---------------------------------------------------------------------- boxes


def _chosen(a, b, larger):
    """The larger or smaller of the two, and its derivative by a: a half where they are equal, as in PyTorch."""
    value = np.maximum(a, b) if larger else np.minimum(a, b)
    first = a > b if larger else a < b
    return value, np.where(a == b, 0.5, first.astype(np.float64))


def _box_iou(call, arrays, settings):
    pred, target = arrays
    shape = equal_shapes(call, {"pred": pred, "target": target})
    if not shape or shape[-1] != 4:
        raise ValueError(f"{call}: pred has shape {shape}; boxes of four numbers along the last axis are accepted")
    kind, eps = settings["kind"], settings["eps"]
    x1, y1, x2, y2 = np.moveaxis(pred.astype(np.float64), -1, 0)
    u1, v1, u2, v2 = np.moveaxis(target.astype(np.float64), -1, 0)
    zero = np.zeros_like(x1)

    def extent(low, high, low_slope, high_slope):
        """max(high - low, 0) and its derivatives by the ends of pred."""
        inside = high > low
        size = high - low
        size = np.where(inside | (size != size), size, 0.0)
        return size, np.where(inside, -low_slope, 0.0), np.where(inside, high_slope, 0.0)

    left, left_slope = _chosen(x1, u1, True)
    right, right_slope = _chosen(x2, u2, False)
    top, top_slope = _chosen(y1, v1, True)
    bottom, bottom_slope = _chosen(y2, v2, False)
    width, width_by_x1, width_by_x2 = extent(left, right, left_slope, right_slope)
    height, height_by_y1, height_by_y2 = extent(top, bottom, top_slope, bottom_slope)
    common = width * height
    w, h = x2 - x1, y2 - y1
    union = w * h + (u2 - u1) * (v2 - v1) - common
    common_by = np.stack([width_by_x1 * height, height_by_y1 * width, width_by_x2 * height, height_by_y2 * width])
    union_by = np.stack([-h, -w, h, w]) - common_by
    whole = union + eps
    iou = common / whole
    iou_by = (common_by - iou * union_by) / whole
    loss, slope = (whole - common) / whole, -iou_by
    if kind != "iou":
        outer_left, outer_left_slope = _chosen(x1, u1, False)
        outer_right, outer_right_slope = _chosen(x2, u2, True)
        outer_top, outer_top_slope = _chosen(y1, v1, False)
        outer_bottom, outer_bottom_slope = _chosen(y2, v2, True)
        across, down = outer_right - outer_left, outer_bottom - outer_top
        across_by = np.stack([-outer_left_slope, zero, outer_right_slope, zero])
        down_by = np.stack([zero, -outer_top_slope, zero, outer_bottom_slope])
    if kind == "giou":
        area, area_by = across * down, across_by * down + down_by * across
        rest = area - union
        loss = loss + rest / (area + eps)
        slope = slope + (area_by - union_by - rest / (area + eps) * area_by) / (area + eps)
    elif kind != "iou":
        diagonal = across * across + down * down + eps
        dx, dy = ((x1 + x2) - (u1 + u2)) / 2, ((y1 + y2) - (v1 + v2)) / 2
        share = (dx * dx + dy * dy) / diagonal
        diagonal_by = 2 * (across * across_by + down * down_by)
        loss = loss + share
        slope = slope + (np.stack([dx, dy, dx, dy]) - share * diagonal_by) / diagonal
    if kind == "ciou":
        turn = np.arctan2(u2 - u1, v2 - v1) - np.arctan2(w, h)
        v = 4 / math.pi**2 * turn * turn
        alpha = v / (1 - iou + v + eps)
        by_turn = alpha * 8 / math.pi**2 * turn / (w * w + h * h)
        loss = loss + alpha * v
        slope = slope + by_turn * np.stack([h, -w, -h, w])
    return loss, lambda g: (np.moveaxis(slope * g, 0, -1),)


FORMS = {
    "dice": Form(_MASKS, _TWO, axis=None, options=_OTHER, terms=_other_overlap(_dice_parts), needs_terms=_is_other),
    "tversky": Form(
        _MASKS,
        _TWO,
        axis=None,
        options={"gamma": (1.0, f"{ARRAYS['tversky.gamma'][0]} {ABOVE[0].capitalize()} are accepted.", None)},
        terms=_focal_tversky,
        needs_terms=lambda call, settings: checked(ARRAYS, call, "gamma", settings["gamma"]) != 1,
        notes="gamma is the power of the focal Tversky loss; with it the loss is computed in float64.",
    ),
    "jaccard": Form(_MASKS, _TWO, axis=None, options=_OTHER, terms=_other_overlap(_jaccard_parts), needs_terms=_is_other),
    "generalized_dice": Form(
        """pred, target : array_like
    Soft masks of several classes, of one shape.""",
        (np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([[1.0, 0.0], [0.0, 1.0]])),
        axis=-1,
        terms=_generalized_dice,
        notes="`axis` is that of the classes; all other axes are summed over, and there is one loss.",
    ),
    "lovasz_hinge": Form(
        """pred : array_like
    Scores of the mask, any numbers.
target : array_like
    0 or 1, of that shape.""",
        (np.array([2.0, -0.5, 0.3]), np.array([1, 1, 0])),
        axis=None,
        options={"ignore": (None, "Entries with this target count nothing.", None)},
        terms=_lovasz_hinge,
        notes="Equal errors keep their order; nothing in a row gives 0.",
    ),
    "lovasz_softmax": Form(
        """probs : array_like
    Probabilities of the classes along `axis`.
labels : array_like of int
    The class of every entry: the shape of probs without the class axis.""",
        (np.array([[0.9, 0.1], [0.4, 0.6]]), np.array([0, 1])),
        axis=-1,
        options={
            "classes": ("present", "Which classes count: those that a label names, or all.", ("present", "all")),
            "per_image": (False, "Whether each entry of the first axis has a loss; else there is one.", None),
            "ignore": (None, "Entries with this label count nothing.", None),
        },
        terms=_lovasz_softmax,
        notes="The loss is the mean over the classes that count; where none does it is 0.",
    ),
    "mcc": Form(_MASKS, _TWO, axis=None, terms=_mcc),
    "box_iou": Form(
        """pred, target : array_like
    Boxes (x1, y1, x2, y2) along the last axis, x1 <= x2 and y1 <= y2, of one shape.""",
        (np.array([0.0, 0.0, 2.0, 2.0]), np.array([1.0, 1.0, 3.0, 3.0])),
        options={
            "kind": (
                "iou",
                "What is added to 1 - IoU: nothing; what the smallest box around both has beyond them; the distance of the centres over "
                "its diagonal, squared; and the difference in shape too, whose weight has no gradient.",
                ("iou", "giou", "diou", "ciou"),
            )
        },
        terms=_box_iou,
        notes="At equal coordinates the gradient is shared in halves, as in PyTorch.",
    ),
}
