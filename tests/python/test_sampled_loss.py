"""sampled_softmax and nce: TensorFlow's values, definitions row by row, gradients by differences, and what is drawn."""

import tracemalloc

import numpy as np
import pytest
from helpers import same_bits

import fastact as fa

NAMES = ("sampled_softmax", "nce")


def definition(name, x, weight, labels, bias, samples, remove_accidental_hits):
    """Losses row by row: cross entropies over the right classes and those drawn, whose logits are less the logarithm of their count."""
    drawn, true_count, drawn_count = samples
    found = []
    for row, right, counts in zip(x, labels.reshape(len(x), -1), true_count.reshape(len(x), -1)):
        own = [row @ weight[c] + bias[c] - np.log(q) for c, q in zip(right, counts)]
        hits = set(right) if remove_accidental_hits else ()
        others = [row @ weight[c] + bias[c] - np.log(q) for c, q in zip(drawn, drawn_count) if c not in hits]
        z, share = np.array(own + others, np.longdouble), sum(own) / len(own)
        found.append((np.log(np.exp(z).sum()) if name == "sampled_softmax" else np.log1p(np.exp(z)).sum()) - share)
    return np.array(found, float)


def layer(several=1, rows=6, width=3, classes=11, seed=0):
    g = np.random.default_rng(seed)
    labels = g.integers(0, classes, (rows, several) if several > 1 else rows)
    samples = np.array([4, 0, 7, 1, 9, 0]), g.uniform(0.1, 1, labels.shape), g.uniform(0.1, 1, 6)  # one is drawn twice
    return g.normal(0, 1, (rows, width)), g.normal(0, 1, (classes, width)), labels, g.normal(0, 1, classes), samples


def dense(gradients, weight):
    """(by x, by weight, by bias) with the rows that no class of the call touches."""
    by_weight, by_bias = np.zeros(weight.shape), np.zeros(len(weight))
    by_weight[gradients.classes] = gradients.weight
    if gradients.bias is not None:
        by_bias[gradients.classes] = gradients.bias
    return gradients.x, by_weight, by_bias


# losses that tf.nn.sampled_softmax_loss and tf.nn.nce_loss of TensorFlow 2.21 give for the arrays of the test
TENSORFLOW = {
    ("sampled_softmax", 1, True): [3.026473757739595, 1.3502146091766758, 1.4439572313862976, 1.2780339597236097],
    ("sampled_softmax", 1, False): [3.0738212737086013, 1.5806790026342845, 1.4439572313862976, 1.523787543440615],
    ("nce", 1, True): [5.989087023040828, 4.029217649042003, 6.419977877809415, 3.773307457621106],
    ("nce", 1, False): [6.683638395121529, 5.209494235339529, 6.419977877809415, 4.919988745246681],
    ("sampled_softmax", 2, True): [2.492913069915576, 1.784756604874182, 1.4803969413298388, 1.3160550462180143],
    ("sampled_softmax", 2, False): [2.5323786361597564, 2.0980113502498092, 1.4803969413298388, 1.7457379773589354],
    ("nce", 2, True): [6.923749988021109, 4.46375964473951, 9.310492578587724, 3.81132854411551],
    ("nce", 2, False): [7.6183013601018095, 6.3096665770923925, 9.310492578587724, 6.053439138913608],
}


@pytest.mark.parametrize("name, several, remove", TENSORFLOW)
def test_as_tensorflow_has_it(name, several, remove):
    x, weight, bias = np.cos(np.arange(12.0)).reshape(4, 3), np.sin(np.arange(30.0)).reshape(10, 3), np.cos(2 * np.arange(10.0))
    labels = np.array([[1, 5], [0, 2], [3, 9], [7, 4]]) if several == 2 else np.array([1, 0, 3, 7])
    counts = np.array([[0.75, 0.25], [0.9, 0.625], [0.5, 0.125], [0.25, 0.5]]) if several == 2 else np.array([0.75, 0.9, 0.5, 0.25])
    samples = np.array([4, 0, 7, 1, 2]), counts, np.array([0.5, 0.9, 0.25, 0.75, 0.625])
    each = getattr(fa, name)(x, weight, labels, bias, samples=samples, remove_accidental_hits=remove, reduction="none")
    np.testing.assert_allclose(each, TENSORFLOW[name, several, remove], rtol=1e-13)
    if remove == (name == "sampled_softmax"):
        same_bits(getattr(fa, name)(x, weight, labels, bias, samples=samples, reduction="none"), each)


@pytest.mark.parametrize("remove", [False, True])
@pytest.mark.parametrize("several", [1, 3])
@pytest.mark.parametrize("name", NAMES)
def test_values_and_gradients(name, several, remove):
    function, (x, weight, labels, bias, samples) = getattr(fa, name), layer(several)
    given = {"samples": samples, "remove_accidental_hits": remove}
    exact = definition(name, x, weight, labels, bias, samples, remove)
    share = np.arange(6.0) + 1
    for chunk in (1, 4, None):
        np.testing.assert_allclose(function(x, weight, labels, bias, **given, chunk=chunk, reduction="none"), exact, rtol=1e-13)
        value, gradients = function.value_and_gradient(x, weight, labels, bias, **given, chunk=chunk, sample_weight=share, reduction="sum")
        np.testing.assert_allclose(value, exact @ share, rtol=1e-13)
        touched = np.unique(np.concatenate([samples[0], labels.ravel()]))
        np.testing.assert_array_equal(gradients.classes, touched)
        arrays = [x, weight, bias]
        for which, made in enumerate(dense(gradients, weight)):
            for place in np.ndindex(made.shape):
                ends = []
                for step in (1e-6, -1e-6):
                    moved = [a.copy() for a in arrays]
                    moved[which][place] += step
                    ends.append(share @ definition(name, moved[0], moved[1], labels, moved[2], samples, remove))
                np.testing.assert_allclose(made[place], (ends[0] - ends[1]) / 2e-6, rtol=1e-6, atol=1e-7)
        alone = function.gradient(x, weight, labels, bias, **given, chunk=chunk, sample_weight=share, reduction="sum")
        for a, b in zip(alone, gradients):
            same_bits(a, b)
    without = function(x, weight, labels, **given, reduction="none")
    np.testing.assert_allclose(without, definition(name, x, weight, labels, 0 * bias, samples, remove), rtol=1e-13)
    assert function.gradient(x, weight, labels, **given).bias is None


@pytest.mark.parametrize("name", NAMES)
def test_reductions_and_rows_left_out(name):
    function, (x, weight, labels, bias, samples) = getattr(fa, name), layer(2)
    exact = definition(name, x, weight, labels, bias, samples, name == "sampled_softmax")
    kept, share = np.arange(6) != 2, np.arange(6.0) + 1
    np.testing.assert_allclose(function(x, weight, labels, bias, samples=samples), exact.mean(), rtol=1e-13)
    np.testing.assert_allclose(function(x, weight, labels, bias, samples=samples, sample_weight=share), np.average(exact, weights=share))
    spoilt, wrong = np.where(kept[:, None], x, np.nan), np.where(kept[:, None], labels, -7)
    value, gradients = function.value_and_gradient(spoilt, weight, wrong, bias, samples=samples, where=kept)
    np.testing.assert_allclose(value, exact[kept].mean(), rtol=1e-13)
    expected = function.gradient(x[kept], weight, labels[kept], bias, samples=(samples[0], samples[1][kept], samples[2]))
    np.testing.assert_array_equal(gradients.x[2], np.zeros(3))
    np.testing.assert_allclose(gradients.x[kept], expected.x, rtol=1e-13)
    for a, b in zip(gradients[1:], expected[1:]):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-15)
    each = function(spoilt, weight, wrong, bias, samples=samples, where=kept, reduction="none")
    np.testing.assert_allclose(each, np.where(kept, exact, 0), rtol=1e-13)
    nothing = function.value_and_gradient(x, weight, labels, bias, samples=samples, where=np.zeros(6, bool))
    assert np.isnan(nothing[0]) and not any(np.any(g) for g in dense(nothing[1], weight))
    assert function(x, weight, labels, bias, samples=samples, where=np.zeros(6, bool), empty="zero") == 0
    assert np.isnan(function(x[:0], weight, labels[:0], samples=(samples[0], samples[1][:0], samples[2])))


@pytest.mark.parametrize("dtype", ["float16", "float32"])
@pytest.mark.parametrize("name", NAMES)
def test_dtypes_and_shapes(name, dtype):
    function, (x, weight, labels, bias, samples) = getattr(fa, name), layer(3)
    narrow = [a.astype(dtype) for a in (x, weight, bias)]
    wide = [a.astype("float64") for a in narrow]
    got, gradients = function.value_and_gradient(narrow[0], narrow[1], labels, narrow[2], samples=samples)
    exact, slopes = function.value_and_gradient(wide[0], wide[1], labels, wide[2], samples=samples)
    loose = {"float16": 2e-3, "float32": 2e-6}[dtype]
    assert got.dtype == gradients.x.dtype == gradients.weight.dtype == gradients.bias.dtype == np.dtype(dtype)
    np.testing.assert_allclose(got, exact, rtol=loose)
    for a, b in zip(dense(gradients, weight), dense(slopes, weight)):
        np.testing.assert_allclose(a, b, rtol=4 * loose, atol=loose)
    deep = x.reshape(2, 3, 3), weight, labels.reshape(2, 3, 3), bias
    counts = samples[0], samples[1].reshape(2, 3, 3), samples[2]
    out = np.empty((2, 3))
    assert function(*deep, samples=counts, reduction="none", out=out) is out
    same_bits(out.ravel(), function(x, weight, labels, bias, samples=samples, reduction="none"))
    assert function.gradient(*deep, samples=counts).x.shape == (2, 3, 3)


def test_memory_does_not_grow_with_the_classes():
    """Of 200 000 classes 40 are read; a gradient of all of them would take 51 MB."""
    classes, width = 200_000, 64
    weight, g = np.zeros((classes, width), np.float32), np.random.default_rng(1)
    x, labels = g.normal(0, 1, (8, width)).astype(np.float32), g.integers(0, classes, 8)
    for name in NAMES:
        getattr(fa, name)  # its docstring takes a call
        tracemalloc.start()
        gradients = getattr(fa, name).gradient(x, weight, labels, num_sampled=32, rng=g)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert gradients.weight.shape[0] <= 40 and peak < 1e6


# ---- what is drawn


def chances(classes):
    c = np.arange(classes)
    return np.log((c + 2) / (c + 1)) / np.log(classes + 1)


def test_draws_with_repetition():
    drawn, true_count, drawn_count = fa.nce.sample([3, 0], 200_000, 20, unique=False, rng=np.random.default_rng(2))
    p = chances(20)
    assert p.sum() == pytest.approx(1)
    seen = np.bincount(drawn, minlength=20)
    assert np.abs(seen - 200_000 * p).max() < 5 * np.sqrt(200_000 * p.max())
    np.testing.assert_allclose(true_count, 200_000 * p[[3, 0]], rtol=1e-12)
    np.testing.assert_allclose(drawn_count, 200_000 * p[drawn], rtol=1e-12)


def test_draws_without_repetition():
    """Counts are 1 - (1 - p)^draws for one number of draws, and say how often each class is there."""
    p, rng = chances(12), np.random.default_rng(3)
    there, expected = np.zeros(12), np.zeros(12)
    for _ in range(2000):
        drawn, counts, drawn_counts = fa.sampled_softmax.sample(np.arange(12), 4, 12, rng=rng)
        assert len(set(drawn)) == 4
        np.testing.assert_array_equal(drawn_counts, counts[drawn])
        tries = 4  # where they were enough TensorFlow has 4 * p
        if not np.allclose(counts, 4 * p, rtol=1e-12):
            tries = round(np.log1p(-counts[0]) / np.log1p(-p[0]))
            assert tries > 4
            np.testing.assert_allclose(counts, 1 - (1 - p) ** tries, rtol=1e-9)
        there[drawn] += 1
        expected += 1 - (1 - p) ** tries
    assert np.abs(there - expected).max() < 5 * np.sqrt(500)
    assert sorted(fa.sampled_softmax.sample([1], 1000, 1000, rng=rng).classes) == list(range(1000))


def test_a_generator_draws_what_the_sampler_draws():
    x, weight, labels, bias, _ = layer()
    for name in NAMES:
        function = getattr(fa, name)
        samples = function.sample(labels, 5, len(weight), rng=np.random.default_rng(4))
        expected = function.value_and_gradient(x, weight, labels, bias, samples=samples)
        got = function.value_and_gradient(x, weight, labels, bias, num_sampled=5, rng=np.random.default_rng(4))
        same_bits(got[0], expected[0])
        for a, b in zip(got[1], expected[1]):
            same_bits(a, b)
        assert function(x, weight, labels, num_sampled=5) != function(x, weight, labels, num_sampled=5)


def test_wrong_arguments_are_named():
    x, weight, labels, bias, samples = layer()
    for arguments, options, error, message in (
        ((x, weight, labels), {}, TypeError, "num_sampled is None; an integer, or samples, is needed"),
        ((x, weight, labels), {"samples": samples, "num_sampled": 5}, ValueError, "samples is given together with num_sampled or rng"),
        ((x, weight, labels), {"samples": samples[:2]}, TypeError, "samples is of type tuple"),
        ((x, weight, labels), {"samples": (samples[0] + 0.5, *samples[1:])}, TypeError, r"samples\[0\] has dtype float64"),
        ((x, weight, labels), {"samples": (samples[0] + 3, *samples[1:])}, ValueError, r"samples\[0\] holds 12 at 4; 0 to 10 are accepted"),
        ((x, weight, labels), {"samples": (samples[0], samples[2], samples[2][:5])}, ValueError, r"samples\[2\] has shape \(5,\); \(6,\)"),
        ((x, weight, labels[:4]), {"samples": samples}, ValueError, r"labels have shape \(4,\); \(6,\), that of x .* \(6, right classes\)"),
        ((x, weight, labels + 0.5), {"samples": samples}, TypeError, "labels have dtype float64"),
        ((x, weight, labels - 9), {"samples": samples}, ValueError, r"labels\[\d\] is -\d; 0 to 10 are accepted"),
        ((x, weight.T, labels), {"samples": samples}, ValueError, r"x has shape \(6, 3\) and weight \(3, 11\)"),
        ((x, weight, labels, bias[:3]), {"samples": samples}, ValueError, r"bias has shape \(3,\); \(11,\) is accepted"),
        ((x, weight, labels), {"samples": samples, "chunk": 0}, ValueError, "chunk is 0"),
        ((x, weight, labels), {"samples": samples, "reduction": "avg"}, ValueError, "reduction is 'avg'"),
    ):
        for name in NAMES:
            with pytest.raises(error, match=f"^{name}.gradient: {message}"):
                getattr(fa, name).gradient(*arguments, **options)
    with pytest.raises(ValueError, match="^nce.sample: num_sampled is 5 for 4 classes"):
        fa.nce(x, weight[:4], labels % 4, num_sampled=5)
    with pytest.raises(ValueError, match="^nce.sample: num_sampled is 0; integers above 0 are accepted"):
        fa.nce(x, weight, labels, num_sampled=0)
    with pytest.raises(ValueError, match=r"^sampled_softmax.sample: labels\[1\] is 4; 0 to 3 are accepted"):
        fa.sampled_softmax.sample([0, 4], 2, 4)
    with pytest.raises(TypeError, match="^sampled_softmax.sample: rng is of type int"):
        fa.sampled_softmax.sample([0], 2, 4, rng=3)
