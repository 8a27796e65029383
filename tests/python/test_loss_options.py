"""Options of losses and of logsumexp as SciPy, PyTorch, timm and segmentation_models have them; signatures."""

import inspect

import numpy as np
import pytest

import fastact as fa

SHAPES = [((3, 7), 1, (3, 7)), ((3, 7), 0, (7,)), ((2, 3, 4), None, (3, 1)), ((2, 3, 4), 1, ())]


@pytest.mark.parametrize("dtype, tolerance", [("float32", 3e-7), ("float64", 1e-14)])
@pytest.mark.parametrize("shape, axis, of_b", SHAPES)
def test_logsumexp_as_scipy_has_it(shape, axis, of_b, dtype, tolerance):
    special = pytest.importorskip("scipy.special")
    g = np.random.default_rng(1)
    x, b = g.normal(0, 30, shape).astype(dtype), g.normal(0.2, 1, of_b)
    for weights in (b, np.abs(b), np.where(b > 0, b, 0.0)):
        ours, sign = fa.logsumexp(x, axis, b=weights, return_sign=True, keepdims=True)
        theirs, their_sign = special.logsumexp(x.astype(float), axis, b=weights, return_sign=True, keepdims=True)
        assert ours.dtype == sign.dtype == dtype
        np.testing.assert_allclose(ours, theirs, rtol=tolerance)
        np.testing.assert_array_equal(sign, their_sign)
        with np.errstate(invalid="ignore"):
            theirs = special.logsumexp(x.astype(float), axis, b=weights)
        np.testing.assert_allclose(fa.logsumexp(x, axis, b=weights), theirs, rtol=tolerance)
    ours, sign = fa.logsumexp(x, axis, return_sign=True)
    np.testing.assert_allclose(ours, special.logsumexp(x.astype(float), axis), rtol=tolerance)
    assert np.all(sign == 1)


def test_logsumexp_at_its_ends():
    """Weights of 0 leave out what they weigh, whatever it is; a sum of 0 has no sign."""
    inf, out = np.inf, np.empty(3, np.float32)
    x = np.array([[inf, 1, 2], [-inf, -inf, -inf], [1, 1, np.nan]], np.float32)
    made, sign = fa.logsumexp(x, b=[0, 1, -1], return_sign=True, out=out)
    assert made is out
    np.testing.assert_allclose(made[0], np.log(np.exp(2) - np.exp(1)), rtol=2e-7)
    assert sign[0] == -1 and made[1] == -inf and sign[1] == 0 and np.isnan(made[2]) and np.isnan(sign[2])
    np.testing.assert_array_equal(fa.logsumexp(x[:1], b=[0, 1, -1]), [np.nan])
    masked = fa.logsumexp(x[:1], b=2.0, where=[False, True, True], scale=2.0)
    np.testing.assert_allclose(masked, np.log(2 * (np.exp(2) + np.exp(4))), rtol=2e-7)
    for b in (np.ones(2), np.ones((2, 3, 3))):
        with pytest.raises(ValueError, match=r"^logsumexp: b has shape .*; what broadcasts to \(3, 3\) is accepted"):
            fa.logsumexp(x, b=b)
    with pytest.raises(TypeError, match="^logsumexp.backward: b has dtype complex128"):
        fa.logsumexp.backward(np.ones(3), x, b=[1j, 0, 0])


def test_logsumexp_weighted_backward():
    torch = pytest.importorskip("torch")
    g = np.random.default_rng(2)
    x, b, grad = g.normal(0, 3, (4, 6)), g.normal(0.2, 1, 6), g.normal(size=4)
    t = torch.tensor(x, requires_grad=True)
    torch.log(torch.abs((torch.tensor(b) * torch.exp(0.5 * t)).sum(-1))).backward(torch.tensor(grad))
    np.testing.assert_allclose(fa.logsumexp.backward(grad, x, scale=0.5, b=b), t.grad, rtol=1e-12)
    np.testing.assert_allclose(fa.logsumexp.backward(grad[:, None], x, b=np.ones(6)), fa.logsumexp.backward(grad, x), rtol=1e-13)


@pytest.mark.parametrize("focal_gradient", [True, False])
@pytest.mark.parametrize("gamma_neg, gamma_pos", [(4.0, 1.0), (2.5, 1.5)])
def test_asymmetric_multilabel_as_timm_has_it(focal_gradient, gamma_neg, gamma_pos):
    """disable_torch_grad_focal_loss keeps the gradient out of the focusing factor."""
    torch = pytest.importorskip("torch")
    g = np.random.default_rng(3)
    pred, target = g.normal(0, 3, 300), g.integers(0, 2, 300).astype(float)
    z, t = torch.tensor(pred, requires_grad=True), torch.tensor(target)
    s = torch.sigmoid(z)
    n = (1 - s + 0.05).clamp(max=1)
    entropy = t * torch.log(s.clamp(min=1e-8)) + (1 - t) * torch.log(n.clamp(min=1e-8))
    with torch.set_grad_enabled(focal_gradient):
        weight = torch.pow(1 - s * t - n * (1 - t), gamma_pos * t + gamma_neg * (1 - t))
    losses = -entropy * weight
    (slope,) = torch.autograd.grad(losses.sum(), z)
    options = {"gamma_neg": gamma_neg, "gamma_pos": gamma_pos, "focal_gradient": focal_gradient}
    value, gradient = fa.asymmetric_multilabel.value_and_gradient(pred, target, **options, reduction="none")
    np.testing.assert_allclose(value, losses.detach(), rtol=1e-10, atol=1e-16)
    np.testing.assert_allclose(gradient, slope, rtol=1e-9, atol=1e-15)
    single = fa.asymmetric_multilabel.gradient(pred.astype("f4"), target.astype("f4"), **options, reduction="sum")
    np.testing.assert_allclose(single, slope, rtol=2e-4, atol=1e-9)  # clip is a float32 there


class _Euclidean:
    """As one writes a distance of one's own."""

    def __call__(self, x, y):
        return np.sqrt(((x - y) ** 2).sum(-1))

    def backward(self, grad, x, y):
        slope = (x - y) / self(x, y)[:, None] * grad[:, None]
        return slope, -slope


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("ours, theirs", [
    (_Euclidean(), lambda torch: lambda x, y: torch.sqrt(((x - y) ** 2).sum(-1))),
    (fa.pairwise_distance, lambda torch: torch.nn.PairwiseDistance()),
])  # fmt: skip
def test_triplet_margin_of_other_distances(ours, theirs, swap):
    torch = pytest.importorskip("torch")
    arrays = np.random.default_rng(4).normal(size=(3, 20, 5))
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    loss = torch.nn.functional.triplet_margin_with_distance_loss(*tensors, distance_function=theirs(torch), margin=0.7, swap=swap)
    loss.backward()
    value, gradients = fa.triplet_margin.value_and_gradient(*arrays, margin=0.7, swap=swap, distance_function=ours)
    np.testing.assert_allclose(value, loss.detach(), rtol=1e-12)
    for gradient, tensor in zip(gradients, tensors):
        np.testing.assert_allclose(gradient, tensor.grad, rtol=1e-10, atol=1e-15)


def test_triplet_margin_refuses_what_is_no_distance():
    rows = np.ones((4, 3))
    with pytest.raises(TypeError, match="^triplet_margin: distance_function is given for 2; None and functions"):
        fa.triplet_margin(rows, rows, rows, distance_function=2)
    with pytest.raises(ValueError, match=r"^triplet_margin: distance_function returns shape \(4, 3\); \(4,\), a distance"):
        fa.triplet_margin(rows, rows, rows, distance_function=lambda x, y: x - y)
    plain = lambda x, y: abs(x - y).sum(-1)
    assert fa.triplet_margin(rows, rows, rows, distance_function=plain) == 1
    with pytest.raises(TypeError, match="^triplet_margin.gradient: distance_function has no backward"):
        fa.triplet_margin.gradient(rows, rows, rows, distance_function=plain)


def _focal_of_smp(torch, z, k, gamma, threshold, normalized):
    loss = torch.nn.functional.cross_entropy(z, k, reduction="none")
    p = torch.exp(-loss)
    factor = (1 - p) ** gamma if threshold is None else torch.where(p < threshold, 1.0, ((1 - p) / (threshold or 1)) ** gamma)
    loss = factor * loss
    return loss / factor.sum().clamp_min(1e-6) if normalized else loss


@pytest.mark.parametrize("gamma", [2.0, 0.5, 0.0])
@pytest.mark.parametrize("threshold, normalized", [(0.4, False), (None, True), (0.4, True)])
def test_softmax_focal_as_segmentation_models_has_it(threshold, normalized, gamma):
    torch = pytest.importorskip("torch")
    g = np.random.default_rng(5)
    pred, labels, weight = g.normal(0, 2, (30, 5)), g.integers(0, 5, 30), g.random(30)
    options = {"gamma": gamma, "reduced_threshold": threshold, "normalized": normalized}
    for share, reduction in ((1 / 30, "mean"), (1.0, "sum")):
        z = torch.tensor(pred, requires_grad=True)
        loss = _focal_of_smp(torch, z, torch.tensor(labels), gamma, threshold, normalized).sum() * share
        loss.backward()
        value, gradient = fa.softmax_focal.value_and_gradient(pred, labels, **options, reduction=reduction)
        np.testing.assert_allclose(value, loss.detach(), rtol=1e-12)
        np.testing.assert_allclose(gradient, z.grad, rtol=1e-9, atol=1e-14)
    z = torch.tensor(pred, requires_grad=True)
    losses = _focal_of_smp(torch, z, torch.tensor(labels), gamma, threshold, normalized)
    (losses * torch.tensor(weight)).sum().backward()
    np.testing.assert_allclose(fa.softmax_focal(pred, labels, **options, reduction="none"), losses.detach(), rtol=1e-12)
    ours = fa.softmax_focal.gradient(pred.T, labels, axis=0, **options, reduction="sum", sample_weight=weight)
    np.testing.assert_allclose(ours, z.grad.T, rtol=1e-9, atol=1e-14)


def test_softmax_focal_options_with_rows_left_out():
    g = np.random.default_rng(6)
    z, k, counts = g.normal(size=(9, 4)), g.integers(0, 4, 9), np.arange(9) % 3 > 0
    options = {"reduced_threshold": 0.5, "normalized": True, "alpha": np.arange(4.0)}
    value, gradient = fa.softmax_focal.value_and_gradient(np.where(counts[:, None], z, np.nan), k, **options, where=counts)
    few, few_gradient = fa.softmax_focal.value_and_gradient(z[counts], k[counts], **options)
    np.testing.assert_allclose(value, few, rtol=1e-14)
    np.testing.assert_allclose(gradient[counts], few_gradient, rtol=1e-13)
    assert not gradient[~counts].any()
    with pytest.raises(ValueError, match=r"^softmax_focal: reduced_threshold is 2; None and numbers above 0, up to 1, are accepted"):
        fa.softmax_focal(z, k, reduced_threshold=2)
    with pytest.raises(ValueError, match=r"^softmax_focal: labels\[1\] is 4; 0 to 3 are accepted"):
        fa.softmax_focal(z[:2], [0, 4], normalized=True)
    with pytest.raises(ValueError, match="^softmax_focal: labels are targets of every class; with reduced_threshold"):
        fa.softmax_focal(z, np.full((9, 4), 0.25), normalized=True)


def test_names_of_other_libraries():
    assert fa.ranking_softmax_loss is fa.listnet is fa.ranking_softmax
    assert fa.sigmoid_focal_loss is fa.sigmoid_focal
    assert fa.triplet_margin_with_distance_loss is fa.triplet_margin_loss is fa.triplet_margin  # PyTorch's distance is its norm


def test_the_perceptron_of_several_classes():
    """The hinge of Crammer and Singer without a margin."""
    g = np.random.default_rng(7)
    z, k = g.normal(size=(20, 4)), g.integers(0, 4, 20)
    value, gradient = fa.multiclass_hinge.value_and_gradient(z, k, margin=0.0, reduction="none")
    own = z[np.arange(20), k]
    np.testing.assert_array_equal(value, z.max(axis=1) - own)
    best = np.eye(4)[z.argmax(axis=1)]
    np.testing.assert_array_equal(gradient, best - np.eye(4)[k])


@pytest.mark.parametrize("function, shown", [
    (fa.gelu, "(x, /, out=None, *, approximate='none', where=True, casting='same_kind', order='K', dtype=None, subok=True)"),
    (fa.threshold, "(x, /, threshold, value, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)"),
    (fa.leaky_relu.backward, "(grad, x, /, negative_slope=0.01, out=None, *, where=True, casting='same_kind', order='K', dtype=None, "
     "subok=True)"),
    (fa.huber.ufunc, "(pred, target, /, delta=1.0, out=None, *, where=True, casting='same_kind', order='K', dtype=None, subok=True)"),
])  # fmt: skip
def test_signatures_of_ufuncs(function, shown):
    """Documented names, where NumPy has x1 and x2."""
    assert str(inspect.signature(function)) == shown
    assert function.__name__ in str(function)
