"""adaptive_log_softmax: the sum of the log-probabilities of a cluster and of a class in it, its gradients, PyTorch's module."""

import tracemalloc

import numpy as np
import pytest
from helpers import same_bits

import fastact as fa

CUTOFFS, CLASSES, WIDTH = [3, 7], 12, 6


def layer(rows=(9,), dtype="float64", seed=0):
    """(x, head, tails, labels, head_bias) with labels of every part."""
    g = np.random.default_rng(seed)
    shapes = fa.adaptive_log_softmax.shapes(WIDTH, CLASSES, CUTOFFS, div_value=2.0)
    head, *rest = (g.normal(0, 1, shape).astype(dtype) for shape in (shapes.head, *(s for pair in shapes.tails for s in pair)))
    labels = np.resize([0, 11, 5, 2, 3, 6, 7, 1, 8], rows)
    x, bias = (g.normal(0, 1, shape).astype(dtype) for shape in ((*rows, WIDTH), 5))
    return x, head, [(rest[0], rest[1]), (rest[2], rest[3])], labels, bias


def log_softmax(z):
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


def definition(x, head, tails, bias):
    """Log-probabilities of all classes, row by row."""
    found = []
    for row in x.reshape(-1, x.shape[-1]):
        top = log_softmax((head @ row + bias).astype(np.longdouble))
        parts = [top[: len(head) - len(tails)]]
        for (down, up), cluster in zip(tails, top[len(head) - len(tails) :]):
            parts.append(cluster + log_softmax((up @ (down @ row)).astype(np.longdouble)))
        found.append(np.concatenate(parts))
    return np.array(found)


def losses_of(x, head, tails, labels, bias):
    lp = definition(x, head, tails, bias)
    return -lp[np.arange(len(lp)), labels.ravel()].astype(float)


def flat(gradients):
    return [gradients.x, gradients.head, *(g for pair in gradients.tails for g in pair), gradients.head_bias]


def test_shapes_are_those_of_pytorch():
    assert fa.adaptive_log_softmax.shapes(6, 12, [3, 7], 2.0) == ((5, 6), (((3, 6), (4, 3)), ((1, 6), (5, 1))))
    assert fa.adaptive_log_softmax.shapes(64, 1000, [10]) == ((11, 64), (((16, 64), (990, 16)),))


@pytest.mark.parametrize("chunk", [None, 1, 4])
def test_values_and_gradients(chunk):
    x, head, tails, labels, bias = layer()
    exact, share = losses_of(x, head, tails, labels, bias), np.arange(9.0) + 1
    function = fa.adaptive_log_softmax
    np.testing.assert_allclose(function(x, head, tails, labels, bias, chunk, reduction="none"), exact, rtol=1e-13)
    np.testing.assert_allclose(function(x, head, tails, labels, bias, chunk), exact.mean(), rtol=1e-13)
    value, gradients = function.value_and_gradient(x, head, tails, labels, bias, chunk, sample_weight=share)
    np.testing.assert_allclose(value, np.average(exact, weights=share), rtol=1e-13)
    arrays = [x, head, *tails[0], *tails[1], bias]
    for which, made in enumerate(flat(gradients)):
        assert made.shape == arrays[which].shape
        for place in np.ndindex(made.shape):
            ends = []
            for step in (1e-6, -1e-6):
                a = [array.copy() for array in arrays]
                a[which][place] += step
                ends.append(np.average(losses_of(a[0], a[1], [a[2:4], a[4:6]], labels, a[6]), weights=share))
            np.testing.assert_allclose(made[place], (ends[0] - ends[1]) / 2e-6, rtol=1e-6, atol=1e-8)
    for a, b in zip(flat(function.gradient(x, head, tails, labels, bias, chunk, sample_weight=share)), flat(gradients)):
        same_bits(a, b)
    np.testing.assert_allclose(
        function(x, head, tails, labels, chunk=chunk, reduction="none"), losses_of(x, head, tails, labels, 0 * bias), rtol=1e-13
    )
    assert function.gradient(x, head, tails, labels, chunk=chunk).head_bias is None


def test_log_probs():
    x, head, tails, labels, bias = layer((2, 5))
    exact = definition(x, head, tails, bias).reshape(2, 5, CLASSES)
    for chunk in (None, 3):
        np.testing.assert_allclose(fa.adaptive_log_softmax.log_probs(x, head, tails, bias, chunk), exact.astype(float), rtol=1e-13)
    made = fa.adaptive_log_softmax.log_probs(x, head, tails, bias)
    np.testing.assert_allclose(np.exp(made).sum(-1), 1, rtol=1e-13)
    np.testing.assert_allclose(fa.nll(made, labels), fa.adaptive_log_softmax(x, head, tails, labels, bias), rtol=1e-13)
    out = np.empty((2, 5, CLASSES), "float32")
    narrow = [a.astype("float32") for a in (x, head, bias)]
    pairs = [tuple(w.astype("float32") for w in pair) for pair in tails]
    assert fa.adaptive_log_softmax.log_probs(narrow[0], narrow[1], pairs, narrow[2], out=out) is out
    np.testing.assert_allclose(out, exact.astype(float), rtol=1e-5)


def test_rows_left_out_may_hold_anything():
    x, head, tails, labels, bias = layer()
    kept = np.arange(9) % 4 != 1
    spoilt, wrong = np.where(kept[:, None], x, np.nan), np.where(kept, labels, -5)
    value, gradients = fa.adaptive_log_softmax.value_and_gradient(spoilt, head, tails, wrong, bias, where=kept)
    assert value == pytest.approx(losses_of(x, head, tails, labels, bias)[kept].mean(), rel=1e-13)
    expected = fa.adaptive_log_softmax.gradient(x[kept], head, tails, labels[kept], bias)
    assert not gradients.x[~kept].any()
    np.testing.assert_allclose(gradients.x[kept], expected.x, rtol=1e-13)
    for a, b in zip(flat(gradients)[1:], flat(expected)[1:]):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-15)
    each = fa.adaptive_log_softmax(spoilt, head, tails, wrong, bias, where=kept, reduction="none")
    assert not each[~kept].any() and each[kept].all()
    assert np.isnan(fa.adaptive_log_softmax(x, head, tails, labels, where=np.zeros(9, bool)))
    assert fa.adaptive_log_softmax(x, head, tails, labels, where=np.zeros(9, bool), empty="zero") == 0


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_dtypes_and_shapes(dtype):
    x, head, tails, labels, bias = layer((3, 3), dtype)
    value, gradients = fa.adaptive_log_softmax.value_and_gradient(x, head, tails, labels, bias)
    wide = [a.astype("float64") for a in (x, head, bias)]
    pairs = [[w.astype("float64") for w in pair] for pair in tails]
    exact, slopes = fa.adaptive_log_softmax.value_and_gradient(wide[0], wide[1], pairs, labels, wide[2])
    loose = {"float16": 2e-3, "float32": 2e-6}[dtype]
    np.testing.assert_allclose(value, exact, rtol=loose)
    for a, b in zip(flat(gradients), flat(slopes)):
        assert a.dtype == np.dtype(dtype) and a.shape == b.shape
        np.testing.assert_allclose(a, b, rtol=4 * loose, atol=loose)
    out = np.empty((3, 3), dtype)
    assert fa.adaptive_log_softmax(x, head, tails, labels, bias, reduction="none", out=out) is out
    np.testing.assert_allclose(out.mean(dtype="float64"), exact, rtol=loose)


def test_rows_take_no_room_in_other_clusters():
    """Logits of all 60 000 classes for all rows would take 123 MB; the labels name first classes alone."""
    g, shapes = np.random.default_rng(1), fa.adaptive_log_softmax.shapes(16, 60_000, [16, 100])
    head, tails = np.zeros(shapes.head, "float32"), [[np.zeros(s, "float32") for s in pair] for pair in shapes.tails]
    x, labels = g.normal(0, 1, (512, 16)).astype("float32"), g.integers(0, 16, 512)
    tracemalloc.start()
    fa.adaptive_log_softmax(x, head, tails, labels)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1e6


@pytest.mark.parametrize("head_bias", [False, True])
def test_as_torch_has_it(head_bias):
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    module = torch.nn.AdaptiveLogSoftmaxWithLoss(WIDTH, CLASSES, CUTOFFS, div_value=2.0, head_bias=head_bias).double()
    leaf = torch.randn(9, WIDTH, dtype=torch.float64, requires_grad=True)
    labels = np.array([0, 11, 5, 2, 3, 6, 7, 1, 8])
    theirs = module(leaf, torch.tensor(labels))
    theirs.loss.backward()
    head, bias = module.head.weight, module.head.bias if head_bias else None
    tails = [(pair[0].weight, pair[1].weight) for pair in module.tail]
    assert [tuple(head.shape), *(tuple(w.shape) for pair in tails for w in pair)] == [
        (s := fa.adaptive_log_softmax.shapes(WIDTH, CLASSES, CUTOFFS, 2.0)).head, *(shape for pair in s.tails for shape in pair)
    ]  # fmt: skip
    arrays = leaf.detach().numpy(), head.detach().numpy(), [tuple(w.detach().numpy() for w in pair) for pair in tails]
    own_bias = None if bias is None else bias.detach().numpy()
    value, gradients = fa.adaptive_log_softmax.value_and_gradient(*arrays, labels, own_bias)
    np.testing.assert_allclose(value, theirs.loss.item(), rtol=1e-13)
    np.testing.assert_allclose(-fa.adaptive_log_softmax(*arrays, labels, own_bias, reduction="none"), theirs.output.detach(), rtol=1e-13)
    np.testing.assert_allclose(fa.adaptive_log_softmax.log_probs(*arrays, own_bias), module.log_prob(leaf).detach(), rtol=1e-12)
    parameters = [leaf, head, *(w for pair in tails for w in pair), *([bias] if head_bias else [])]
    for ours, parameter in zip(flat(gradients), parameters):
        np.testing.assert_allclose(ours, parameter.grad, rtol=1e-11, atol=1e-15)


def test_wrong_arguments_are_named():
    x, head, tails, labels, bias = layer()
    (down, up), second = tails
    for arguments, options, error, message in (
        ((x, head[:, 1:], tails, labels), {}, ValueError, r"x has shape \(9, 6\) and head \(5, 5\)"),
        ((x, head[:2], tails, labels), {}, ValueError, "head has 2 rows for 2 clusters"),
        ((x, head, down, labels), {}, TypeError, "tails is of type ndarray"),
        ((x, head, [(down, up.T), second], labels), {}, ValueError, r"tails\[0\] has shapes \(3, 6\) and \(3, 4\); \(width, 6\)"),
        ((x, head, [(down, up + 0j), second], labels), {}, TypeError, r"tails\[0\]\[1\] has dtype complex128"),
        ((x, head, tails, labels[:4]), {}, ValueError, r"labels have shape \(4,\)"),
        ((x, head, tails, labels + 1), {}, ValueError, r"labels\[1\] is 12; 0 to 11 are accepted"),
        ((x, head, tails, labels, bias[:3]), {}, ValueError, r"head_bias has shape \(3,\); \(5,\) is accepted"),
        ((x, head, tails, labels), {"chunk": 0}, ValueError, "chunk is 0"),
        ((x, head, tails, labels), {"reduction": "avg"}, ValueError, "reduction is 'avg'"),
    ):
        with pytest.raises(error, match=f"^adaptive_log_softmax: {message}"):
            fa.adaptive_log_softmax(*arguments, **options)
    for cutoffs in ([], [0], [5, 3], [12], [3, 20]):
        with pytest.raises(ValueError, match="adaptive_log_softmax.shapes: cutoffs is .*; rising integers between 0 and 12 are accepted"):
            fa.adaptive_log_softmax.shapes(6, 12, cutoffs)
    with pytest.raises(ValueError, match="adaptive_log_softmax.shapes: div_value is 0"):
        fa.adaptive_log_softmax.shapes(6, 12, [3], 0)
