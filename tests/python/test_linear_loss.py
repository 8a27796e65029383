"""linear_cross_entropy: cross_entropy of x @ weight.T + bias, its gradients by the chain rule, whatever the chunks."""

import numpy as np
import pytest
from helpers import same_bits

import fastact

random = np.random.default_rng


def layer(dtype="float64", rows=(23,), inputs=7, classes=11):
    g = random(0)
    x, weight, bias = g.standard_normal((*rows, inputs)), g.standard_normal((classes, inputs)), g.standard_normal(classes)
    return x.astype(dtype), weight.astype(dtype), g.integers(0, classes, rows), bias.astype(dtype)


def expected(x, weight, labels, bias, **options):
    """From all logits at once, in float64."""
    x, weight, bias = (np.asarray(a, "float64") for a in (x, weight, bias))
    value, g = fastact.cross_entropy.value_and_gradient(x @ weight.T + bias, labels, **options)
    flat = g.reshape(-1, g.shape[-1])
    return value, (g @ weight, flat.T @ x.reshape(-1, x.shape[-1]), flat.sum(0))


OPTIONS = [{}, {"reduction": "sum"}, {"reduction": "none"}, {"reduction": "batchmean"}, {"label_smoothing": 0.1}, {"ignore_index": 3},
           {"class_weight": np.linspace(0.2, 2, 11)},
            {"sample_weight": np.linspace(0.1, 1, 23)}, {"where": np.arange(23) % 3 > 0}]  # fmt: skip


@pytest.mark.parametrize("chunk", [None, 1, 5, 23, 100])
@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: " ".join(options))
def test_as_cross_entropy_of_all_logits(options, chunk):
    arguments = layer()
    value, gradients = fastact.linear_cross_entropy.value_and_gradient(*arguments, chunk=chunk, **options)
    exact, slopes = expected(*arguments, **options)
    np.testing.assert_allclose(value, exact, rtol=1e-13)
    np.testing.assert_allclose(fastact.linear_cross_entropy(*arguments, chunk=chunk, **options), value, rtol=0)
    assert len(gradients) == 3
    for ours, theirs, alone in zip(gradients, slopes, fastact.linear_cross_entropy.gradient(*arguments, chunk=chunk, **options)):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(alone, ours, rtol=0)
    assert len(fastact.linear_cross_entropy.gradient(*arguments[:3], chunk=chunk, **options)) == 2


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_dtypes_and_shapes(dtype):
    arguments = layer(dtype, rows=(4, 5))
    value, gradients = fastact.linear_cross_entropy.value_and_gradient(*arguments, chunk=3)
    assert value.dtype == np.dtype(dtype)
    assert [(g.shape, g.dtype) for g in gradients] == [(a.shape, np.dtype(dtype)) for a in (arguments[0], arguments[1], arguments[3])]
    exact, slopes = expected(*arguments)
    loose = {"float16": 2e-3, "float32": 2e-6, "float64": 1e-13}[dtype]
    np.testing.assert_allclose(value, exact, rtol=loose)
    for ours, theirs in zip(gradients, slopes):
        np.testing.assert_allclose(ours, theirs, rtol=4 * loose, atol=loose)
    out = np.empty((4, 5), dtype)
    assert fastact.linear_cross_entropy(*arguments, reduction="none", out=out) is out
    np.testing.assert_allclose(out.astype("float64").mean(), exact, rtol=loose)
    assert fastact.linear_cross_entropy([[1, 2]], [[1, 0], [1, 0]], [0]) == pytest.approx(np.log(2))


def test_rows_left_out_may_hold_anything():
    x, weight, labels, bias = layer()
    kept = np.arange(23) != 4
    x[4] = np.nan
    value, gradients = fastact.linear_cross_entropy.value_and_gradient(x, weight, labels, bias, where=kept, chunk=6)
    exact, slopes = expected(x[kept], weight, labels[kept], bias)
    np.testing.assert_allclose(value, exact, rtol=1e-13)
    np.testing.assert_allclose(gradients[1], slopes[1], rtol=1e-12, atol=1e-14)
    assert not gradients[0][4].any()
    nothing = np.zeros(23, bool)
    assert np.isnan(fastact.linear_cross_entropy(x, weight, labels, where=nothing))
    assert fastact.linear_cross_entropy(x, weight, labels, where=nothing, empty="zero") == 0
    assert np.isnan(fastact.linear_cross_entropy(x[:0], weight, labels[:0]))
    same_bits(fastact.linear_cross_entropy.gradient(x[:0], weight, labels[:0])[1], np.zeros_like(weight))


def test_wrong_arguments_are_named():
    x, weight, labels, bias = layer()
    out = np.full((), 7.0)
    for arguments, options, message in (
        ((x, weight.T, labels), {}, r"x has shape \(23, 7\) and weight \(7, 11\)"),
        ((x, weight, labels[:5]), {}, "labels have shape"),
        ((x, weight, labels, bias[:3]), {}, r"bias has shape \(3,\); \(11,\) is accepted"),
        ((x, weight, labels), {"chunk": 0}, "chunk is 0"),
        ((x, weight, labels), {"class_weight": bias[:2]}, "class_weight has shape"),
        ((x, weight, labels), {"label_smoothing": 2}, "label_smoothing is 2"),
        ((x, weight, np.where(labels == labels[6], 11, labels)), {}, r"labels\[\d+\] is 11; 0 to 10 are accepted"),
        ((x, weight, labels), {"reduction": "avg"}, "reduction is 'avg'"),
    ):
        with pytest.raises(ValueError, match=f"^linear_cross_entropy: {message}"):
            fastact.linear_cross_entropy(*arguments, out=out, **options)
    for arguments in ((x + 0j, weight, labels), (x, weight, labels.astype(float))):
        with pytest.raises(TypeError, match="^linear_cross_entropy: (x has|labels have) dtype"):
            fastact.linear_cross_entropy(*arguments, out=out)
    assert out == 7


def test_as_torch_has_it():
    torch = pytest.importorskip("torch")
    x, weight, labels, bias = layer()
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, weight, bias)]
    theirs = torch.nn.functional.cross_entropy(leaves[0] @ leaves[1].T + leaves[2], torch.tensor(labels), label_smoothing=0.1)
    theirs.backward()
    value, gradients = fastact.linear_cross_entropy.value_and_gradient(x, weight, labels, bias, label_smoothing=0.1, chunk=4)
    np.testing.assert_allclose(value, theirs.item(), rtol=1e-12)
    for ours, leaf in zip(gradients, leaves):
        np.testing.assert_allclose(ours, leaf.grad.numpy(), rtol=1e-12, atol=1e-15)
