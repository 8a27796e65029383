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


def test_digits_prints_accuracy_and_times(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(digits, "EPOCHS", 2)
    monkeypatch.setattr(digits, "compare", lambda compare=digits.compare: compare(epochs=2))
    assert cli.main(["gallery", "digits"]) == 0
    output = capsys.readouterr().out
    assert "held-out accuracy" in output
    assert "NumPy formulas" in output
    assert "times as fast" in output
    assert output.endswith("fastact-digits.png\n")
    assert (tmp_path / "fastact-digits.png").read_bytes().startswith(b"\x89PNG")


def test_confusion_counts_every_answer():
    labels, answers = np.array([0, 0, 1, 2, 2]), np.array([0, 3, 1, 2, 2])
    outcome = digits.Outcome("x", 0.0, 1.0, 1.0, np.zeros((5, 64)), labels, np.eye(10)[answers])
    assert outcome.accuracy == 0.8
    expected = np.zeros((10, 10), int)
    expected[[0, 0, 1, 2], [0, 3, 1, 2]] = 1, 1, 1, 2
    np.testing.assert_array_equal(outcome.confusion, expected)


def test_wrong_digits_are_shown():
    outcome = digits.Outcome("x", 0.0, 1.0, 1.0, np.zeros((3, 64)), np.array([4, 5, 6]), 0.9 * np.eye(10)[[4, 9, 6]])
    titles = [axes.get_title() for axes in digits.draw(outcome).axes]
    assert titles[0] == "3 unseen digits, 66.67 % right"
    assert titles[1] == "5 taken for 9\nwith 90 %"
    assert set(titles[2:]) == {""}


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


def test_a_wrong_file_is_refused_before_the_work(monkeypatch, capsys):
    monkeypatch.setattr(digits, "main", None)
    assert cli.main(["gallery", "digits", "-o", "digits.bmp"]) == 2
    assert "digits.bmp ends in none of .png, .svg, .pdf" in capsys.readouterr().err


def test_without_matplotlib_examples_print_and_write_nothing(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert cli.main(["gallery", "regularised_line"]) == 0
    assert capsys.readouterr().out.endswith("there is a picture too: pip install 'fastact[plot]'\n")
    assert not list(tmp_path.iterdir())
    assert cli.main(["gallery", "regularised-line", "-o", "a.png"]) == 2
    assert "pip install 'fastact[plot]'" in capsys.readouterr().err


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
