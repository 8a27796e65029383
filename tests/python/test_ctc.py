"""Connectionist temporal classification, against the sum over all alignments."""

import math

import numpy as np
import pytest
from helpers import same_bits

import fastact


def all_alignments(log_probs, target, blank):
    """The sum over every sequence of classes that becomes the target when repeats and then blanks are left out."""
    steps, classes = log_probs.shape
    total = 0.0
    for path in np.ndindex((classes,) * steps):
        kept = [c for t, c in enumerate(path) if c != blank and (t == 0 or path[t - 1] != c)]
        if kept == list(target):
            total += math.exp(sum(log_probs[t, c] for t, c in enumerate(path)))
    return -math.log(total) if total else math.inf


@pytest.mark.parametrize("blank", [0, 2])
def test_ctc(blank):
    g = np.random.default_rng(13)
    z = g.normal(0, 1, (5, 4, 3))
    lp = fastact.log_softmax(z, axis=-1)
    words = [[1, 1], [1, 0, 1] if blank else [1, 2, 1], [1], []]
    targets, lengths, sizes = np.zeros((4, 3), int), np.array([5, 5, 3, 4]), np.array([2, 3, 1, 0])
    for row, word in zip(targets, words):
        row[: len(word)] = word
    exact = np.array([all_alignments(lp[:n, k], word, blank) for k, (n, word) in enumerate(zip(lengths, words))])
    each, gradient = fastact.ctc.value_and_gradient(lp, targets, lengths, sizes, blank, reduction="none")
    np.testing.assert_allclose(each, exact, rtol=1e-13)
    np.testing.assert_allclose(fastact.ctc(lp, targets, lengths, sizes, blank), np.mean(exact / np.maximum(sizes, 1)), rtol=1e-13)
    same_bits(fastact.ctc(lp, np.array(sum(words, [])), lengths, sizes, blank, reduction="none"), each)
    same_bits(fastact.ctc(lp[:, 0], targets[0, :2], lengths[0], sizes[0], blank, reduction="sum"), each[0])
    for place in np.ndindex(z.shape):  # by the logits
        values = []
        for step in (1e-6, -1e-6):
            moved = z.copy()
            moved[place] += step
            values.append(fastact.ctc(fastact.log_softmax(moved, axis=-1), targets, lengths, sizes, blank, reduction="sum"))
        np.testing.assert_allclose(gradient[place], (values[0] - values[1]) / 2e-6, rtol=1e-6, atol=1e-8)


def test_ctc_without_alignment():
    lp = np.log(np.full((2, 1, 3), 1 / 3))
    impossible = (lp, np.array([[1, 1]]), [2], [2])
    assert fastact.ctc(*impossible) == np.inf and np.isnan(fastact.ctc.gradient(*impossible)).all()
    value, gradient = fastact.ctc.value_and_gradient(*impossible, zero_infinity=True)
    assert value == 0 and not gradient.any()
    for arguments, said in (
        ((lp, np.array([[3]]), [2], [1]), "ctc: target 0 holds 3 at 0; 0 to 2 are accepted"),
        ((lp, np.array([[1]]), [3], [1]), r"ctc: input_lengths\[0\] is 3; 0 to 2 are accepted"),
        ((lp, np.array([[1]]), [2], [2]), r"ctc: target_lengths\[0\] is 2; 0 to 1 are accepted"),
        ((lp, np.array([[1]]), [2, 2], [1]), r"ctc: input_lengths has shape \(2,\); one for each of 1 sequences"),
        ((lp, np.array([[1]]), [2], [1], 5), "ctc: blank is 5; 0 to 2 are accepted"),
    ):
        with pytest.raises(ValueError, match=said):
            fastact.ctc(*arguments)
    with pytest.raises(TypeError, match="ctc: targets have dtype float64"):
        fastact.ctc(lp, np.array([[1.0]]), [2], [1])
