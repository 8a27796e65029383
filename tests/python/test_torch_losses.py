"""Every loss of torch.nn.functional with every option that fastact has too: values, gradients by autograd and second derivatives, float64.

Not here: ctc_loss and what takes a distance function, whose gradients are another thing; adaptive_log_softmax, a module. Of a weighted
mean PyTorch divides some by the weights' sum, as fastact all, and others by the count: sums show that those agree."""

import numpy as np
import pytest
from helpers import where_installed

import fastact as fa

G = np.random.default_rng(7)
A, B, C = G.normal(0, 2, (3, 12, 5))
SIGNS, BITS, SHARES = np.where(C > 0, 1.0, -1.0), (C > 0).astype(float), 1 / (1 + np.exp(-C))
CHANCES, COUNTS = 1 / (1 + np.exp(-A)), G.integers(0, 9, (12, 5)).astype(float)
LABELS, IMAGE, CLASSES = G.integers(0, 5, 12), G.normal(0, 2, (4, 5, 2, 3)), G.integers(0, 5, (4, 2, 3))
LOGS, OTHER_LOGS = (np.log(G.dirichlet(np.ones(5), 12)) for _ in range(2))
LISTS = G.permuted(np.tile([0, 1, 2, 3, -1], (12, 1)), axis=1)
W, CLASS_W = G.random((12, 5)) + 0.1, G.random(5) + 0.1
EACH = {"sample_weight": W}, {"weight": W}
BY_CLASS = {"class_weight": CLASS_W}, {"weight": CLASS_W}
REDUCTIONS, SUMS = ("none", "mean", "sum"), ("none", "sum")
B[0], C[1] = A[0], 0.0  # residuals of 0

# fastact's name, PyTorch's, arrays of which the first `by` have gradients, options that both have, fastact's own, PyTorch's own, reductions
CASES = [
    ("mean_squared_error", "mse_loss", 1, (A, B), {}, ({}, {}), REDUCTIONS),
    ("mean_squared_error", "mse_loss", 1, (A, B), {}, EACH, REDUCTIONS),
    ("mean_absolute_error", "l1_loss", 1, (A, B), {}, ({}, {}), REDUCTIONS),
    ("mean_absolute_error", "l1_loss", 1, (A, B), {}, EACH, REDUCTIONS),
    ("huber", "huber_loss", 1, (A, B), {}, ({}, {}), REDUCTIONS),
    ("huber", "huber_loss", 1, (A, B), {"delta": 0.7}, EACH, SUMS),
    ("smooth_l1", "smooth_l1_loss", 1, (A, B), {"beta": 0.7}, ({}, {}), REDUCTIONS),
    ("smooth_l1", "smooth_l1_loss", 1, (A, B), {"beta": 0.0}, ({}, {}), REDUCTIONS),
    ("binary_cross_entropy", "binary_cross_entropy", 1, (CHANCES, BITS), {}, ({}, {}), REDUCTIONS),
    ("binary_cross_entropy", "binary_cross_entropy", 1, (CHANCES, SHARES), {}, EACH, SUMS),
    ("binary_cross_entropy_with_logits", "binary_cross_entropy_with_logits", 1, (A, BITS), {}, ({}, {}), REDUCTIONS),
    ("binary_cross_entropy_with_logits", "binary_cross_entropy_with_logits", 1, (A, SHARES), {"pos_weight": 0.7}, EACH, SUMS),
    ("binary_cross_entropy_with_logits", "binary_cross_entropy_with_logits", 1, (A, SHARES), {"pos_weight": CLASS_W}, EACH, SUMS),
    ("logistic_margin", "soft_margin_loss", 1, (A, SIGNS), {}, ({}, {}), REDUCTIONS),
    ("hinge_embedding", "hinge_embedding_loss", 1, (A, SIGNS), {}, ({}, {}), REDUCTIONS),
    ("hinge_embedding", "hinge_embedding_loss", 1, (A, SIGNS), {"margin": 0.7}, ({}, {}), REDUCTIONS),
    ("half_poisson", "poisson_nll_loss", 1, (A, COUNTS), {}, ({}, {}), REDUCTIONS),
    ("poisson_nll", "poisson_nll_loss", 1, (A, COUNTS), {"full": True}, ({}, {}), REDUCTIONS),
    ("poisson_nll", "poisson_nll_loss", 1, (CHANCES, COUNTS), {"log_input": False, "eps": 0.01}, ({}, {}), REDUCTIONS),
    ("poisson_nll", "poisson_nll_loss", 1, (CHANCES, COUNTS), {"log_input": False, "full": True}, ({}, {}), REDUCTIONS),
    ("kl_div", "kl_div", 1, (LOGS, np.exp(OTHER_LOGS)), {}, ({}, {}), (*REDUCTIONS, "batchmean")),
    ("kl_div", "kl_div", 1, (LOGS, OTHER_LOGS), {"log_target": True}, ({}, {}), (*REDUCTIONS, "batchmean")),
    ("gaussian_nll", "gaussian_nll_loss", 3, (A, B, W), {}, ({}, {}), REDUCTIONS),
    ("gaussian_nll", "gaussian_nll_loss", 3, (A, B, W), {"full": True, "eps": 0.5}, ({}, {}), REDUCTIONS),
    ("gaussian_nll", "gaussian_nll_loss", 3, (A, B, W[:, :1]), {}, ({}, {}), REDUCTIONS),
    ("margin_ranking", "margin_ranking_loss", 2, (A[:, 0], B[:, 0], SIGNS[:, 0]), {}, ({}, {}), REDUCTIONS),
    ("margin_ranking", "margin_ranking_loss", 2, (A[:, 0], B[:, 0], SIGNS[:, 0]), {"margin": 0.3}, ({}, {}), REDUCTIONS),
    ("cosine_embedding", "cosine_embedding_loss", 2, (A, B, SIGNS[:, 0]), {}, ({}, {}), REDUCTIONS),
    ("cosine_embedding", "cosine_embedding_loss", 2, (A, B, SIGNS[:, 0]), {"margin": 0.1}, ({}, {}), REDUCTIONS),
    ("triplet_margin", "triplet_margin_loss", 3, (A, B, C), {}, ({}, {}), REDUCTIONS),
    ("triplet_margin", "triplet_margin_loss", 3, (A, B, C), {"p": 1.0, "margin": 0.5}, ({}, {}), REDUCTIONS),
    ("triplet_margin", "triplet_margin_loss", 3, (A, B, C), {"p": 3.0, "swap": True}, ({}, {}), REDUCTIONS),
    ("triplet_margin", "triplet_margin_loss", 3, (A, B, C), {"swap": True, "eps": 1e-3}, ({}, {}), REDUCTIONS),
    ("cross_entropy", "cross_entropy", 1, (A, LABELS), {}, ({}, {}), REDUCTIONS),
    ("cross_entropy", "cross_entropy", 1, (A, LABELS), {"label_smoothing": 0.1, "ignore_index": 1}, BY_CLASS, REDUCTIONS),
    ("cross_entropy", "cross_entropy", 1, (A, SHARES), {}, BY_CLASS, REDUCTIONS),
    ("cross_entropy", "cross_entropy", 1, (A, SHARES), {"label_smoothing": 0.1}, BY_CLASS, REDUCTIONS),
    ("cross_entropy", "cross_entropy", 1, (IMAGE, CLASSES), {"ignore_index": 2}, ({"axis": 1}, {}), REDUCTIONS),
    ("nll", "nll_loss", 1, (LOGS, LABELS), {"ignore_index": 1}, BY_CLASS, REDUCTIONS),
    ("nll", "nll_loss", 1, (IMAGE, CLASSES), {}, ({"axis": 1}, {}), REDUCTIONS),
    ("multi_margin", "multi_margin_loss", 1, (A, LABELS), {}, ({}, {}), REDUCTIONS),
    ("multi_margin", "multi_margin_loss", 1, (A, LABELS), {"p": 2, "margin": 0.5}, BY_CLASS, REDUCTIONS),
    ("multilabel_margin", "multilabel_margin_loss", 1, (A, LISTS), {}, ({}, {}), REDUCTIONS),
    ("multilabel_soft_margin", "multilabel_soft_margin_loss", 1, (A, BITS), {}, BY_CLASS, REDUCTIONS),
]


def _tensors(torch, arrays, by):
    return [torch.tensor(array, requires_grad=place < by) for place, array in enumerate(arrays)]


def _close(got, expected):
    np.testing.assert_allclose(got, expected.numpy(force=True), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name, theirs, by, arrays, options, own, reductions", where_installed("torch", CASES))
def test_value_and_gradients(name, theirs, by, arrays, options, own, reductions):
    import torch

    loss = getattr(fa, name)
    given = options | own[1]
    for word in given.keys() & {"weight", "pos_weight"}:
        given[word] = torch.tensor(given[word], dtype=torch.float64)
    for reduction in reductions:
        leaves = _tensors(torch, arrays, by)
        losses = getattr(torch.nn.functional, theirs)(*leaves, **given, reduction=reduction)
        losses.sum().backward()
        value, gradients = loss.value_and_gradient(*arrays, **options, **own[0], reduction=reduction)
        _close(value, losses)
        expected = [leaf.grad for leaf in leaves[:by]]
        if name == "gaussian_nll":  # by target it is that by pred with the other sign
            expected = [expected[0], expected[2]]
        for gradient, slope in zip(gradients if isinstance(gradients, tuple) else (gradients,), expected, strict=True):
            _close(gradient, slope)


POINTWISE = [case for case in CASES if fa.functions()[case[0]].kind == "loss" and case[5] == ({}, {})]


@pytest.mark.parametrize("name, theirs, by, arrays, options, own, reductions", where_installed("torch", POINTWISE))
def test_second_derivatives(name, theirs, by, arrays, options, own, reductions):
    import torch

    (leaf, target) = _tensors(torch, arrays, 1)
    losses = getattr(torch.nn.functional, theirs)(leaf, target, **options, reduction="none")
    (slope,) = torch.autograd.grad(losses.sum(), leaf, create_graph=True)
    curve = torch.autograd.grad(slope.sum(), leaf, allow_unused=True)[0] if slope.requires_grad else None
    gradient, hessian = getattr(fa, name).gradient_and_hessian(*arrays, **options)
    _close(gradient, slope)
    rtol = 1e-8 if name == "binary_cross_entropy" else 1e-11  # they add 1e-12 to p (1 - p)
    np.testing.assert_allclose(hessian, 0.0 if curve is None else curve.numpy(force=True), rtol=rtol, atol=1e-14)


@pytest.mark.parametrize("target", where_installed("torch", ["labels", "shares"]))
def test_second_derivatives_of_cross_entropy(target):
    import torch

    given = {"labels": LABELS, "shares": SHARES}[target]
    leaf, other = _tensors(torch, (A, given), 1)
    weight = torch.tensor(CLASS_W)

    def loss(z):
        return torch.nn.functional.cross_entropy(z, other, weight, label_smoothing=0.1, reduction="sum")

    curve = torch.autograd.functional.hessian(loss, leaf).reshape(60, 60).diagonal().reshape(12, 5)
    _, hessian = fa.cross_entropy.gradient_and_hessian(A, given, class_weight=CLASS_W, label_smoothing=0.1)
    np.testing.assert_allclose(hessian, curve, rtol=1e-12)


@pytest.mark.parametrize("axis, eps", where_installed("torch", [(-1, 1e-8), (0, 1e-8), (1, 2.0)]))
def test_cosine_similarity(axis, eps):
    """1 less it; values of rows of length 0, and of norms below eps, too. The gradient through a norm that was raised to eps is none, for
    PyTorch that of the norm."""
    import torch

    a, b = A.copy(), B.copy()
    a[3], b[4], b[5] = 0, 0, a[5]
    leaves = _tensors(torch, (a, b), 2)
    (1 - torch.nn.functional.cosine_similarity(*leaves, dim=axis, eps=eps)).sum().backward()
    gradients = fa.cosine_similarity_loss.gradient(a, b, axis=axis, eps=eps, reduction="sum")
    kept = np.minimum(*(np.linalg.norm(x, axis=axis, keepdims=True) for x in (a, b))) > eps
    assert kept.sum() > 4
    for gradient, leaf in zip(gradients, leaves):
        np.testing.assert_allclose(np.where(kept, gradient, 0), np.where(kept, leaf.grad, 0), rtol=1e-12, atol=1e-15)
    value = fa.cosine_similarity_loss(a, b, axis=axis, eps=eps, reduction="none")
    np.testing.assert_allclose(value, 1 - torch.nn.functional.cosine_similarity(*leaves, dim=axis, eps=eps).numpy(force=True), atol=1e-15)


@pytest.mark.parametrize("p, eps, keepdim", where_installed("torch", [
    (2.0, 1e-6, False), (1.0, 0.1, True), (3.0, 1e-6, False), (np.inf, 0.1, True)
]))  # fmt: skip
def test_pairwise_distance(p, eps, keepdim):
    import torch

    leaves, grad = _tensors(torch, (A, B), 2), W[:, :1] if keepdim else W[:, 0]
    theirs = torch.nn.functional.pairwise_distance(*leaves, p, eps, keepdim)
    theirs.backward(torch.tensor(grad))
    _close(fa.pairwise_distance(A, B, p, eps, keepdim), theirs)
    for gradient, leaf in zip(fa.pairwise_distance.backward(grad, A, B, p, eps), leaves):
        _close(gradient, leaf.grad)


@pytest.mark.parametrize("reduction", where_installed("torch", REDUCTIONS))
def test_linear_cross_entropy(reduction):
    import torch

    x, bias = G.normal(0, 1, (12, 3)), G.normal(0, 1, 5)
    weight = G.normal(0, 1, (5, 3))
    leaves = _tensors(torch, (x, weight, bias), 3)
    options = {"label_smoothing": 0.1, "ignore_index": 1, "reduction": reduction}
    logits = torch.nn.functional.linear(*leaves)
    losses = torch.nn.functional.cross_entropy(logits, torch.tensor(LABELS), torch.tensor(CLASS_W), **options)
    losses.sum().backward()
    value, gradients = fa.linear_cross_entropy.value_and_gradient(x, weight, LABELS, bias, class_weight=CLASS_W, **options)
    np.testing.assert_allclose(value, losses.numpy(force=True), rtol=1e-12, atol=1e-15)
    for gradient, leaf in zip(gradients, leaves):
        np.testing.assert_allclose(gradient, leaf.grad, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("margin", where_installed("torch", [0.0, 1.0]))
def test_active_edges(margin):
    """Where a hinge is exactly 0 the gradient flows, as in PyTorch."""
    import torch

    arrays = np.array([1.0, 0.0, 2.0]), np.array([1.0, 1.0, 1.0]), np.array([1.0, -1.0, 1.0])
    leaves = _tensors(torch, arrays, 2)
    torch.nn.functional.margin_ranking_loss(*leaves, margin=margin, reduction="sum").backward()
    for gradient, leaf in zip(fa.margin_ranking.gradient(*arrays, margin, reduction="sum"), leaves):
        np.testing.assert_array_equal(gradient, leaf.grad)
