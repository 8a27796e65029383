"""Losses of a linear layer over a sample of its classes, as TensorFlow defines them: sampled softmax and noise-contrastive estimation."""

import math
from typing import NamedTuple

import numpy as np

from . import _core
from .arrays import as_generator, as_mask, as_plain, as_real, check_output, deliver, name_function, working_dtype
from .linear_loss import layer_arrays, rows_at_once, sum_of
from .losses import BOTH, GRADIENT, VALUE, Reduction, scale_of, weights_of
from .row_losses import _mark_excluded
from .sampled_text import document, document_sample

# kernels of one right class a row, whose label is 0, and of several, which share the target of 1
_KERNELS = {"sampled_softmax": ("cross_entropy", "cross_entropy"), "nce": ("one_vs_all", "multilabel_soft_margin")}
_LOGITS = "z of the right classes and of those drawn: x @ weight[c] + bias[c] - log(count[c])"
_PASSES = (VALUE, GRADIENT, BOTH)
CATALOG = {
    "sampled_softmax": ({}, f"logsumexp(z) - mean(z of the right), {_LOGITS}", "G = softmax(z) - onehot of the right, through z", _PASSES),
    "nce": (
        {},
        f"sum of log(1 + exp(z)) - mean(z of the right), {_LOGITS}",
        "G = sigmoid(z) - onehot of the right, through z",
        _PASSES,
    ),
}


class Samples(NamedTuple):
    """Classes that were drawn, and how often the right classes and these are expected to be."""

    classes: np.ndarray
    true_count: np.ndarray
    sampled_count: np.ndarray


class SampledGradients(NamedTuple):
    """The gradient of x, and those of the rows of weight and bias that `classes` names; all other rows have none."""

    x: np.ndarray
    classes: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None


# ---------------------------------------------------------------------- what is drawn


def _positive(call, argument, value):
    if not isinstance(value, (int, np.integer)) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{call}: {argument} is {value!r}; integers above 0 are accepted")
    return int(value)


def _drawn(rng, count, classes, unique):
    """Classes, log-uniform: often the first ones, and how many draws they took."""
    reach = math.log1p(classes)

    def draws(size):
        return np.minimum(np.exp(rng.random(size) * reach).astype(np.int64) - 1, classes - 1)

    if not unique:
        return draws(count), count
    kept, tries = np.empty(0, np.int64), 0
    while True:
        pool = np.concatenate([kept, draws(min(max(count, tries), 1 << 22))])
        first = np.sort(np.unique(pool, return_index=True)[1])
        if len(first) >= count:
            return pool[first[:count]], tries + int(first[count - 1]) + 1 - len(kept)
        tries += len(pool) - len(kept)
        kept = pool[first]


def _expected(labels, count, tries, classes):
    """How often each label is expected among them; with rejection, how likely it is there at all."""
    chance = np.log1p(1 / (labels + 1.0)) / math.log1p(classes)
    return chance * count if tries == count else -np.expm1(tries * np.log1p(-chance))


def _sampler(name):
    call = f"{name}.sample"

    def sample(labels, num_sampled, num_classes, unique=True, rng=None):
        labels, rng = np.asarray(labels), as_generator(call, rng)
        count, classes = _positive(call, "num_sampled", num_sampled), _positive(call, "num_classes", num_classes)
        if unique and count > classes:
            raise ValueError(f"{call}: num_sampled is {count} for {classes} classes; as many as there are classes at most are accepted")
        if labels.dtype.kind not in "iu":
            raise TypeError(f"{call}: labels have dtype {labels.dtype}; integer class labels are accepted")
        labels = _mark_excluded(call, labels, classes, None, np.ones(labels.shape, bool))
        drawn, tries = _drawn(rng, count, classes, unique)
        return Samples(drawn, *(_expected(those, count, tries, classes) for those in (labels, drawn)))

    return document_sample(call, sample)


# ---------------------------------------------------------------------- the layer


def _labels_of(call, labels, shape, classes, mask):
    """(labels as (rows, right classes of a row), shape they were given with); any where nothing counts."""
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"{call}: labels have dtype {labels.dtype}; integer class labels are accepted")
    if labels.shape != shape and (labels.shape[:-1] != shape or not labels.ndim or labels.shape[-1] < 1):
        several = f"({', '.join(map(str, (*shape, 'right classes')))})"
        raise ValueError(f"{call}: labels have shape {labels.shape}; {shape}, that of x without its last axis, and {several} are accepted")
    wide = mask if labels.shape == shape else np.broadcast_to(mask[..., None], labels.shape)
    marked = _mark_excluded(call, labels, classes, None, wide)
    return marked.reshape(math.prod(shape), 1 if labels.shape == shape else labels.shape[-1]), labels.shape


def _checked_samples(call, samples, shape, classes):
    if not isinstance(samples, tuple) or len(samples) != 3:
        raise TypeError(f"{call}: samples is of type {type(samples).__name__}; (classes, true_count, sampled_count) is accepted")
    drawn, counts = np.asarray(samples[0]), [as_real(call, f"samples[{k}]", samples[k]).astype(np.float64) for k in (1, 2)]
    if drawn.dtype.kind not in "iu" or drawn.ndim != 1:
        raise TypeError(f"{call}: samples[0] has dtype {drawn.dtype} and shape {drawn.shape}; integers in one dimension are accepted")
    wrong = np.flatnonzero((drawn < 0) | (drawn >= classes))
    if wrong.size:
        raise ValueError(f"{call}: samples[0] holds {drawn[wrong[0]]} at {int(wrong[0])}; 0 to {classes - 1} are accepted")
    for k, (count, wanted) in enumerate(zip(counts, (shape, drawn.shape)), 1):
        if count.shape != wanted:
            raise ValueError(f"{call}: samples[{k}] has shape {count.shape}; {wanted} is accepted")
    return drawn.astype(np.int64), *counts


def _add_rows(total, places, rows):
    """Add each row to that of its place; several rows may have one place."""
    order = np.argsort(places, kind="stable")
    begins = np.flatnonzero(np.diff(places[order], prepend=-1))
    if len(begins):
        total[places[order[begins]]] += np.add.reduceat(rows[order], begins, axis=0) if len(begins) < len(order) else rows[order]


class _Sampled:
    """The arrays of one call, checked; rows that count nothing are left out."""

    def __init__(self, call, x, weight, labels, bias, num_sampled, samples, rng, remove_hits, chunk, sample_weight, where):
        x, weight, bias, self.dtype = layer_arrays(call, x, weight, bias)
        self.work, self.shape, self.x_shape, self.classes = working_dtype(self.dtype), x.shape[:-1], x.shape, len(weight)
        self.width = x.shape[-1]
        mask = as_mask(call, where, self.shape)
        mask = np.ones(self.shape, bool) if mask is None else mask
        labels, given = _labels_of(call, labels, self.shape, self.classes, mask)
        if samples is None:
            if num_sampled is None:
                raise TypeError(f"{call}: num_sampled is None; an integer, or samples, is needed")
            name = call.partition(".")[0]
            samples = _sampler(name)(np.maximum(labels, 0).reshape(given), num_sampled, self.classes, rng=rng)
        elif num_sampled is not None or rng is not None:
            raise ValueError(f"{call}: samples is given together with num_sampled or rng; either is accepted")
        self.drawn, true_count, drawn_count = _checked_samples(call, samples, given, self.classes)
        weights = weights_of(call, sample_weight, None, self.shape, self.work)
        self.kept = mask.reshape(-1)
        self.row_weight = None if weights is None else weights.reshape(-1)[self.kept]
        self.labels, true_count = labels[self.kept], true_count.reshape(labels.shape)[self.kept]
        self.x = as_plain(x, self.work).reshape(len(self.kept), self.width)[self.kept]
        self.weight, self.bias = as_plain(weight, self.work), None if bias is None else as_plain(bias, np.float64)
        shifts = (0.0, 0.0) if bias is None else (self.bias[self.labels], self.bias[self.drawn])
        # added in the dtype of the work: differences of logarithms lose nothing in float64 first
        self.true_shift, self.drawn_shift = (
            (shift - np.log(count)).astype(self.work) for shift, count in zip(shifts, (true_count, drawn_count))
        )
        self.columns = self.labels.shape[1] + len(self.drawn)
        self.chunk = rows_at_once(call, chunk, max(self.columns, self.labels.shape[1] * self.width))
        self.hits = self._hits() if remove_hits else None

    def _hits(self):
        """(rows, columns among those drawn) where what was drawn is right, in the order of the rows."""
        order = np.argsort(self.drawn, kind="stable")
        ordered = self.drawn[order]
        first, last = (np.searchsorted(ordered, self.labels.reshape(-1), side) for side in ("left", "right"))
        counts = last - first
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(np.arange(self.labels.size), counts) // self.labels.shape[1], order[np.repeat(first, counts) + within]

    def _logits(self, at, rows, right, drawn):
        z = np.empty((len(right), self.columns), self.work)
        several = right.shape[1]
        z[:, :several] = np.einsum("nd,ntd->nt", self.x[rows], right)
        z[:, :several] += self.true_shift[rows]
        np.matmul(self.x[rows], drawn.T, out=z[:, several:])
        z[:, several:] += self.drawn_shift
        if self.hits is not None:
            begin, end = np.searchsorted(self.hits[0], (at, at + len(right)))
            z[self.hits[0][begin:end] - at, several + self.hits[1][begin:end]] = -np.inf
        return z

    def slopes(self):
        """Gradients to be added up: of x, of the rows of weight that are touched, and of their biases."""
        self.touched, places = np.unique(np.concatenate([self.drawn, self.labels.reshape(-1)]), return_inverse=True)
        self.drawn_places, self.label_places = places[: len(self.drawn)], places[len(self.drawn) :].reshape(self.labels.shape)
        rows = len(self.touched)
        return [np.empty_like(self.x), np.zeros((rows, self.x.shape[1]), self.work), np.zeros(rows)]

    def run(self, kernel, factor, scale, losses, slopes):
        """The sum of all losses; fills losses and slopes unless they are None. `factor` is what the kernel divided by."""
        drawn, several, totals = self.weight[self.drawn], self.labels.shape[1], []
        drawn_slope = np.zeros_like(drawn)
        targets = None
        if several > 1:
            targets = np.zeros((min(self.chunk, len(self.x)), self.columns), self.work)
            targets[:, :several] = 1 / several
        for at in range(0, len(self.x), self.chunk):
            rows = slice(at, at + self.chunk)
            right = self.weight[self.labels[rows]]
            z = self._logits(at, rows, right, drawn)
            own = None if self.row_weight is None else self.row_weight[rows]
            found, slope = (None if losses is None else losses[rows]), (None if slopes is None else z)  # in place
            goal = (np.zeros(len(z), np.int64), None) if targets is None else (None, targets[: len(z)])
            totals.append(kernel(z, goal[0], None, own, None, 0.0, scale * factor, found, slope, goal[1], ())[0] * factor)
            if slopes is not None:
                by_right, by_drawn = z[:, :several], z[:, several:]
                slopes[0][rows] = by_drawn @ drawn + np.einsum("nt,ntd->nd", by_right, right)
                drawn_slope += by_drawn.T @ self.x[rows]
                places, grown = self.label_places[rows].reshape(-1), by_right[..., None] * self.x[rows, None]
                _add_rows(slopes[1], places, grown.reshape(len(places), self.width))
                slopes[2] += np.bincount(places, by_right.reshape(-1), len(slopes[2]))
                slopes[2] += np.bincount(self.drawn_places, by_drawn.sum(axis=0, dtype=np.float64), len(slopes[2]))
        if losses is not None:
            losses *= self.work.type(factor)
        if slopes is not None:
            _add_rows(slopes[1], self.drawn_places, drawn_slope)
        return sum_of(totals)

    def gradients(self, slopes):
        by_x = np.zeros((len(self.kept), self.x.shape[1]), self.work)
        by_x[self.kept] = slopes[0]
        by_bias = None if self.bias is None else deliver(slopes[2], self.dtype, None)
        return SampledGradients(
            deliver(by_x.reshape(self.x_shape), self.dtype, None), self.touched, deliver(slopes[1], self.dtype, None), by_bias
        )


def _made(name, which):
    call = name if which == VALUE else f"{name}.{which}"
    kernels = [_core.RowLoss(kernel) for kernel in _KERNELS[name]]

    @np.errstate(all="ignore")
    def run(reduction, empty, out, *given):
        layer = _Sampled(call, *given)
        how = Reduction(call, reduction, empty, layer.shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, layer.dtype)
        own = layer.row_weight
        divisor = how.divisor(lambda: float(len(layer.x)) if own is None else _core.total_weight(own))
        several = layer.labels.shape[1] > 1
        factor = layer.columns if several and kernels[1].name == "multilabel_soft_margin" else 1
        losses = np.empty(len(layer.x), layer.work) if which != GRADIENT and reduction == "none" else None
        slopes = None if which == VALUE else layer.slopes()
        total = layer.run(kernels[several], factor, scale_of(divisor), losses, slopes)
        value = None
        if which != GRADIENT:
            if losses is not None:
                each = np.zeros(len(layer.kept), layer.work)
                each[layer.kept] = losses
                losses = each.reshape(layer.shape)
            value = how.finish(total, divisor, losses, layer.dtype, out)
        if slopes is None:
            return value
        gradients = layer.gradients(slopes)
        return gradients if which == GRADIENT else (value, gradients)

    return run


# the same calls, but whether classes that were drawn and are right are removed
_CALLS = """
def value(x, weight, labels, bias=None, num_sampled=None, samples=None, rng=None, remove_accidental_hits={removes}, chunk=None, *,
          reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_value(reduction, empty, out, x, weight, labels, bias, num_sampled, samples, rng, remove_accidental_hits, chunk,
                     sample_weight, where)

def gradient(x, weight, labels, bias=None, num_sampled=None, samples=None, rng=None, remove_accidental_hits={removes}, chunk=None, *,
             reduction="mean", empty="nan", sample_weight=None, where=None):
    return run_gradient(reduction, empty, None, x, weight, labels, bias, num_sampled, samples, rng, remove_accidental_hits, chunk,
                        sample_weight, where)

def value_and_gradient(x, weight, labels, bias=None, num_sampled=None, samples=None, rng=None, remove_accidental_hits={removes},
                       chunk=None, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_value_and_gradient(reduction, empty, out, x, weight, labels, bias, num_sampled, samples, rng, remove_accidental_hits,
                                  chunk, sample_weight, where)
"""


def build(name):
    """sampled_softmax or nce with gradient, value_and_gradient and the sampler."""
    namespace = {f"run_{which}": _made(name, which) for which in _PASSES}
    exec(_CALLS.format(removes=name == "sampled_softmax"), namespace)
    for which in _PASSES:
        call = name if which == VALUE else f"{name}.{which}"
        name_function(namespace[which], call)
        document(name, which, namespace[which], *CATALOG[name][1:3])
    value = namespace[VALUE]
    value.gradient, value.value_and_gradient, value.sample = namespace[GRADIENT], namespace[BOTH], _sampler(name)
    return value
