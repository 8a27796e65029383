"""Connectionist temporal classification: the loss of a sequence whose alignment with the input is not known."""

import math

import numpy as np

from .joint import Form


def _lengths(call, argument, given, count, most):
    lengths = np.asarray(given)
    if lengths.dtype.kind not in "iu":
        raise TypeError(f"{call}: {argument} has dtype {lengths.dtype}; integers are accepted")
    if lengths.size != count:
        raise ValueError(f"{call}: {argument} has shape {lengths.shape}; one for each of {count} sequences is accepted")
    lengths = lengths.reshape(count).astype(np.int64)
    wrong = np.flatnonzero((lengths < 0) | (lengths > most))
    if wrong.size:
        raise ValueError(f"{call}: {argument}[{int(wrong[0])}] is {lengths[wrong[0]]}; 0 to {most} are accepted")
    return lengths


def _padded(call, targets, lengths, classes):
    """Targets as (sequences, longest), whether they came so or one after the other."""
    if targets.dtype.kind not in "iu":
        raise TypeError(f"{call}: targets have dtype {targets.dtype}; integer class labels are accepted")
    count, longest = len(lengths), int(lengths.max(initial=0))
    inside = np.arange(longest) < lengths[:, None]
    made = np.zeros((count, longest), np.int64)
    if targets.ndim == 2:
        made[:] = targets[:, :longest]
    elif targets.size == lengths.sum():
        made[inside] = targets
    else:
        accepted = f"two dimensions, or {lengths.sum()} labels one after the other, are accepted"
        raise ValueError(f"{call}: targets have shape {targets.shape}; {accepted}")
    wrong = np.argwhere(inside & ((made < 0) | (made >= classes)))
    if len(wrong):
        row, column = wrong[0]
        raise ValueError(f"{call}: target {int(row)} holds {made[row, column]} at {int(column)}; 0 to {classes - 1} are accepted")
    return np.where(inside, made, 0)


def _sums(log_probs, labels, skips, inside, lengths, forward):
    """Logarithms of the sums over all beginnings (or ends) of alignments, (times, sequences, labels): alpha or beta of the algorithm."""
    steps, count, width = len(log_probs), *labels.shape
    found = np.full((steps, count, width), -np.inf)
    emitted = np.take_along_axis(log_probs, np.broadcast_to(labels, (steps, count, width)), axis=2)
    state = np.full((count, width + 2), -np.inf)
    row = np.arange(count)
    for t in range(steps) if forward else range(steps)[::-1]:
        here = state[:, 2:] if forward else state[:, :-2]
        one, two = (state[:, 1:-1], state[:, :-2]) if forward else (state[:, 1:-1], state[:, 2:])
        grown = np.logaddexp(np.logaddexp(here, one), np.where(skips, two, -np.inf))
        begins = (t == 0) if forward else (t == lengths - 1)
        ends = np.zeros((count, width), bool)
        if forward:
            ends[:, :2] = True
        else:
            last = inside.sum(axis=1) - 1
            ends[row, last] = True
            ends[row, np.maximum(last - 1, 0)] = True
        grown = np.where(np.reshape(begins, (-1, 1)), np.where(ends, 0.0, -np.inf), grown)
        grown = np.where(inside & (t < lengths)[:, None], grown + emitted[t], -np.inf)
        found[t] = grown
        state = np.full((count, width + 2), -np.inf)
        if forward:
            state[:, 2:] = grown
        else:
            state[:, :-2] = grown
    return found, emitted


def _ctc(call, arrays, settings):
    given, targets, input_lengths, target_lengths = arrays
    if given.ndim not in (2, 3):
        raise ValueError(f"{call}: log_probs has shape {given.shape}; (times, sequences, classes) and (times, classes) are accepted")
    single = given.ndim == 2
    lp = given.astype(np.float64).reshape(given.shape[0], -1, given.shape[-1])
    steps, count, classes = lp.shape
    blank = settings["blank"]
    if not isinstance(blank, (int, np.integer)) or not 0 <= blank < classes:
        raise ValueError(f"{call}: blank is {blank!r}; 0 to {classes - 1} are accepted")
    if targets.ndim == 2 and len(targets) != count:
        raise ValueError(f"{call}: targets have shape {targets.shape}; {count} rows are accepted")
    lengths = _lengths(call, "input_lengths", input_lengths, count, steps)
    most = targets.shape[1] if targets.ndim == 2 else targets.size
    sizes = _lengths(call, "target_lengths", target_lengths, count, most)
    words = _padded(call, targets, sizes, classes)
    labels = np.full((count, 2 * words.shape[1] + 1), blank)
    labels[:, 1::2] = words
    inside = np.arange(labels.shape[1]) <= 2 * sizes[:, None]
    after = np.zeros(labels.shape, bool)  # may follow the label two before it
    after[:, 2:] = (labels[:, 2:] != blank) & (labels[:, 2:] != labels[:, :-2])
    before = np.zeros(labels.shape, bool)
    before[:, :-2] = after[:, 2:]
    alpha, emitted = _sums(lp, labels, after, inside, lengths, True)
    row, end = np.arange(count), 2 * sizes
    if steps:
        last = alpha[np.maximum(lengths - 1, 0), row]
        reached = np.logaddexp(last[row, end], np.where(sizes > 0, last[row, np.maximum(end - 1, 0)], -np.inf))
    else:
        reached = np.full(count, -np.inf)
    reached = np.where(lengths == 0, np.where(sizes == 0, 0.0, -np.inf), reached)
    losses = -reached
    share = 1 / np.maximum(sizes, 1) if settings["reduction"] == "mean" else np.ones(count)
    skipped = np.isposinf(losses) & settings["zero_infinity"]
    losses = np.where(skipped, 0.0, losses)

    def pull(g):
        beta, _ = _sums(lp, labels, before, inside, lengths, False)
        likely = np.exp(alpha + beta - emitted - reached[:, None])
        likely = np.where(np.isneginf(emitted), 0.0, likely)
        found = np.exp(lp)
        times, rows = np.arange(steps)[:, None, None], row[:, None]
        np.subtract.at(found, (times, rows, labels), likely)
        found = np.where((np.arange(steps)[:, None] < lengths)[..., None], found, 0.0)
        found = np.where(np.isposinf(-reached)[:, None], math.nan, found)
        found = np.where(skipped[:, None], 0.0, found)
        return (found * np.reshape(np.reshape(g, (-1,)) * share, (-1, 1)),)

    losses = losses * share
    return losses[0] if single else losses, pull


FORMS = {
    "ctc": Form(
        """log_probs : array_like
    Logarithms of probabilities, of shape (times, sequences, classes), or (times, classes) for one sequence.
targets : array_like of int
    Labels of shape (sequences, longest), or those of all sequences one after the other.
input_lengths, target_lengths : array_like of int
    How much of the inputs and targets counts: one for each sequence.""",
        (np.array([[-2.0, -0.125], [-0.5, -1.0]]), np.array([1]), np.array(2), np.array(1)),
        options={
            "blank": (0, "The class that stands for no label.", None),
            "zero_infinity": (
                False,
                "Whether a target that no alignment fits costs 0; else its loss is infinite and its gradient NaN, as in PyTorch.",
                None,
            ),
        },
        terms=_ctc,
        notes="A mean divides each loss by the length of its target first, and the gradient is that by the logits where log_probs are "
        "their log_softmax: both as in PyTorch. Memory for times x sequences x (2 longest + 1) numbers is taken.",
    ),
}  # fmt: skip
