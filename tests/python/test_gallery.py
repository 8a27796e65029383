"""The example programs learn what they say they learn."""

import sys

import numpy as np
import pytest

from fastact import cli, gallery
from fastact.gallery import digits


def test_digits_are_learned_alike_with_both():
    ours, theirs = digits.compare()
    assert ours.accuracy >= 0.96
    assert theirs.accuracy >= 0.96
    assert abs(ours.accuracy - theirs.accuracy) <= 0.01
    assert 0 < ours.seconds_in_functions < ours.seconds


def test_digits_prints_accuracy_and_times(monkeypatch, capsys):
    monkeypatch.setattr(digits, "EPOCHS", 2)
    monkeypatch.setattr(digits, "compare", lambda compare=digits.compare: compare(epochs=2))
    assert cli.main(["gallery", "digits"]) == 0
    output = capsys.readouterr().out
    assert "held-out accuracy" in output
    assert "NumPy formulas" in output
    assert "times as fast" in output


def test_training_is_the_same_every_time():
    generator = np.random.default_rng(3)
    centres = generator.standard_normal((10, 64)).astype(np.float32)
    labels = np.arange(200) % 10
    pixels = centres[labels] + 0.1 * generator.standard_normal((200, 64)).astype(np.float32)
    part = (pixels[:150], labels[:150]), (pixels[150:], labels[150:])
    first, second = (digits.train(digits.WithFastact(), *part, tick=lambda words: None, epochs=5) for _ in range(2))
    assert first.loss == second.loss
    assert first.accuracy == second.accuracy == 1


def test_missing_package_is_named_with_the_extra_that_has_it(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    assert cli.main(["gallery", "digits"]) == 2
    errors = capsys.readouterr().err
    assert "needs scikit-learn" in errors
    assert "pip install 'fastact[gallery]'" in errors


def test_gallery_without_a_name_lists_the_examples(capsys):
    assert cli.main(["gallery"]) == 0
    output = capsys.readouterr().out
    for name, example in gallery.examples().items():
        assert name in output
        assert example.summary in output


@pytest.mark.parametrize("functions", [digits.WithFastact, digits.WithFormulas])
def test_both_columns_compute_the_same(functions):
    logits = np.random.default_rng(5).standard_normal((6, 10)).astype(np.float32)
    labels = np.arange(6)
    loss, gradient = functions().loss(logits, labels)
    exact = np.exp(logits.astype(np.float64))
    exact /= exact.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(loss, -np.log(exact[labels, labels]).mean(), rtol=1e-6)
    exact[labels, labels] -= 1
    np.testing.assert_allclose(gradient, exact / 6, rtol=1e-4, atol=1e-7)
