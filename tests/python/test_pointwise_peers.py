"""The pointwise losses as PyTorch and scikit-learn have them."""

import numpy as np
import pytest
from helpers import where_installed
from pointwise_formulas import REFERENCES, into_domain, targets_of

import fastact


# class, fastact's name, settings that both have
SKLEARN = [
    ("HalfSquaredError", "half_squared_error", {}),
    ("AbsoluteError", "mean_absolute_error", {}),
    *(("PinballLoss", "pinball", {"quantile": quantile}) for quantile in (0.3, 0.9)),
    *(("HuberLoss", "huber", {"delta": delta}) for delta in (0.3, 2.0)),
    ("HalfPoissonLoss", "half_poisson", {}),
    ("HalfGammaLoss", "half_gamma", {}),
    *(("HalfTweedieLoss", "half_tweedie", {"power": power}) for power in (0, 1, 1.3, 1.5, 1.7, 2, 3)),
    *(("HalfTweedieLossIdentity", "half_tweedie_identity", {"power": power}) for power in (0, 1, 1.3, 1.5, 1.7, 2, 3)),
    ("HalfBinomialLoss", "binary_cross_entropy_with_logits", {}),
    ("ExponentialLoss", "exponential_loss", {}),
]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("theirs, name, settings", where_installed("sklearn", SKLEARN))
def test_as_scikit_learn_has_it(theirs, name, settings, weighted):
    from sklearn._loss import loss as classes

    loss, function = getattr(classes, theirs)(**settings), getattr(fastact, name)
    target, weight = targets_of(REFERENCES[name][1], 200), np.random.default_rng(2).random(200) if weighted else None
    if name == "half_tweedie_identity" and settings["power"] < 2:
        target[:40] = 0
    pred = into_domain(REFERENCES[name][1], np.random.default_rng(7).normal(0, 2, 200))
    value, gradient = function.value_and_gradient(pred, target, **settings, reduction="none", sample_weight=weight)
    their_value, their_gradient = loss.loss_gradient(target, pred, weight)
    np.testing.assert_allclose(value, their_value, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(gradient, their_gradient, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(function(pred, target, **settings, sample_weight=weight), loss(target, pred, weight), rtol=1e-12)
    gradient, hessian = function.gradient_and_hessian(pred, target, **settings, hess_floor=-np.inf, sample_weight=weight)
    their_gradient, their_hessian = loss.gradient_hessian(target, pred, weight)
    np.testing.assert_allclose(gradient, their_gradient, rtol=1e-12, atol=1e-13)
    if name not in ("mean_absolute_error", "pinball"):  # theirs is 1 there
        whole = 1.0 if weight is None or their_hessian.size > 1 else weight
        np.testing.assert_allclose(hessian, np.broadcast_to(their_hessian, 200) * whole, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("dtype", where_installed("sklearn", ["float32", "float64"]))
@pytest.mark.parametrize("weighted", [False, True])
def test_cross_entropy_as_scikit_learn_has_it(weighted, dtype):
    from sklearn._loss.loss import HalfMultinomialLoss

    g = np.random.default_rng(4)
    z, labels = g.normal(0, 3, (50, 7)).astype(dtype), g.integers(0, 7, 50)
    weight = g.random(50).astype(dtype) if weighted else None
    loss, wide = HalfMultinomialLoss(n_classes=7), dtype == "float64"
    close = {"rtol": 1e-12 if wide else 1e-4, "atol": 1e-13 if wide else 1e-6}
    theirs = loss.loss_gradient(labels.astype(dtype), z, weight)
    for ours, their in zip(fastact.cross_entropy.value_and_gradient(z, labels, reduction="none", sample_weight=weight), theirs):
        np.testing.assert_allclose(ours, their, **close)
    theirs = loss.gradient_hessian(labels.astype(dtype), z, weight)
    for ours, their in zip(fastact.cross_entropy.gradient_and_hessian(z, labels, sample_weight=weight), theirs):
        np.testing.assert_allclose(ours, their, **close)
    mean = loss(labels.astype(dtype), z, weight)
    np.testing.assert_allclose(fastact.cross_entropy(z, labels, sample_weight=weight), mean, **close)


@pytest.mark.parametrize("clip", where_installed("torch", ["torch"]))
def test_binary_cross_entropy_as_torch_has_it(clip):
    import torch

    g = np.random.default_rng(3)
    target = np.where(g.random(200) < 0.5, g.integers(0, 2, 200), g.random(200))
    pred = g.random(200)
    pred[:4], target[:4] = (0, 1, 0, 1), (1, 0, 0, 1)
    z = torch.tensor(pred, requires_grad=True)
    losses = torch.nn.functional.binary_cross_entropy(z, torch.tensor(target), reduction="none")
    losses.sum().backward()
    value, gradient = fastact.binary_cross_entropy.value_and_gradient(pred, target, clip, reduction="none")
    np.testing.assert_allclose(value, losses.detach(), rtol=1e-12)
    np.testing.assert_allclose(gradient[4:], z.grad[4:], rtol=1e-12)
    np.testing.assert_allclose(gradient[:4], z.grad[:4], rtol=1e-8)  # their 1e-12 is a float32


@pytest.mark.parametrize("log_target", where_installed("torch", [False, True]))
@pytest.mark.parametrize("reduction", ["mean", "sum", "batchmean"])
def test_kl_div_by_the_target_as_torch_has_it(log_target, reduction):
    import torch

    g = np.random.default_rng(4)
    pred, target = (np.log(g.dirichlet(np.ones(7), 20)) for _ in range(2))
    target = target if log_target else np.exp(target)
    t = torch.tensor(target, requires_grad=True)
    torch.nn.functional.kl_div(torch.tensor(pred), t, reduction=reduction, log_target=log_target).backward()
    slope = fastact.kl_div.target_gradient(pred, target, log_target, reduction=reduction)
    np.testing.assert_allclose(slope, t.grad, rtol=1e-12, atol=1e-15)
    weight = np.arange(20.0)
    chosen = weight[:, None] > [3] * 7
    weighted = fastact.kl_div.target_gradient(pred, target, log_target, reduction="none", sample_weight=weight, where=chosen)
    plain = fastact.kl_div.target_gradient(pred, target, log_target, reduction="none")
    np.testing.assert_allclose(weighted, plain * weight[:, None] * (weight[:, None] > 3), rtol=1e-15)


def test_kl_div_by_the_target_at_its_ends():
    """Limits, where PyTorch has NaN."""
    inf, out = np.inf, np.empty(4, np.float32)
    pred, target = np.array([-1, -inf, -inf, np.nan], np.float32), np.array([0, 0, 0.5, 0.5], np.float32)
    found = fastact.kl_div.target_gradient(pred, target, reduction="none", out=out)
    assert found is out
    np.testing.assert_array_equal(out, [-inf, inf, inf, np.nan])
    logs = fastact.kl_div.target_gradient(pred[:3], np.array([-inf, -inf, 0], np.float32), True, reduction="none")
    np.testing.assert_array_equal(logs, [0, 0, inf])
    with pytest.raises(ValueError, match="^kl_div.target_gradient: log_target is 2; the numbers 0 and 1 are accepted"):
        fastact.kl_div.target_gradient(pred, target, 2)
