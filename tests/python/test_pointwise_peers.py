"""The pointwise losses as PyTorch and scikit-learn have them."""

import numpy as np
import pytest
from helpers import FUNCTIONS, where_installed
from pointwise_formulas import REFERENCES, targets_of

import fastact

TORCH = {
    "mean_absolute_error": lambda f, z, t: f.l1_loss(z, t, reduction="none"),
    "huber": lambda f, z, t: f.huber_loss(z, t, delta=0.7, reduction="none"),
    "smooth_l1": lambda f, z, t: f.smooth_l1_loss(z, t, beta=0.7, reduction="none"),
    "binary_cross_entropy_with_logits": lambda f, z, t: f.binary_cross_entropy_with_logits(
        z, t, pos_weight=z.new_tensor(0.7), reduction="none"
    ),
    "logistic_margin": lambda f, z, t: f.soft_margin_loss(z, t, reduction="none"),
    "half_poisson": lambda f, z, t: f.poisson_nll_loss(z, t, reduction="none"),
    "half_squared_error": lambda f, z, t: f.mse_loss(z, t, reduction="none") / 2,
}


@pytest.mark.parametrize("name, theirs", where_installed("torch", TORCH.items()))
def test_as_torch_has_it(name, theirs):
    import torch

    pred, target = np.random.default_rng(7).normal(0, 2, 200), targets_of(REFERENCES[name][1], 200)
    pred[0] = target[0]
    settings = (0.7,) if FUNCTIONS[name].parameters else ()
    z = torch.tensor(pred, requires_grad=True)
    losses = theirs(torch.nn.functional, z, torch.tensor(target))
    (slope,) = torch.autograd.grad(losses.sum(), z, create_graph=True)
    gradient, hessian = getattr(fastact, name).gradient_and_hessian(pred, target, *settings)
    np.testing.assert_allclose(getattr(fastact, name)(pred, target, *settings, reduction="none"), losses.detach(), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(gradient, slope.detach(), rtol=1e-12, atol=1e-14)
    if slope.requires_grad:
        (curve,) = torch.autograd.grad(slope.sum(), z, allow_unused=True)
        if curve is not None:
            np.testing.assert_allclose(hessian, curve.numpy(force=True), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("log_input, full", where_installed("torch", [(True, False), (True, True), (False, False), (False, True)]))
def test_poisson_nll_as_torch_has_it(log_input, full):
    import torch

    pred, target = np.random.default_rng(7).normal(1, 0.5, 200), targets_of("count", 200)
    pred = pred if log_input else np.abs(pred)
    z, options = torch.tensor(pred, requires_grad=True), {"log_input": log_input, "full": full, "eps": 0.01}
    losses = torch.nn.functional.poisson_nll_loss(z, torch.tensor(target), **options, reduction="none")
    losses.sum().backward()
    value, gradient = fastact.poisson_nll.value_and_gradient(pred, target, **options, reduction="none")
    np.testing.assert_allclose(value, losses.detach(), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(gradient, z.grad, rtol=1e-12, atol=1e-13)


SKLEARN = {
    "half_squared_error": ("HalfSquaredError", {}), "mean_absolute_error": ("AbsoluteError", {}),
    "pinball": ("PinballLoss", {"quantile": 0.3}),
    "huber": ("HuberLoss", {"delta": 0.3}), "half_poisson": ("HalfPoissonLoss", {}), "half_gamma": ("HalfGammaLoss", {}),
    "half_tweedie": ("HalfTweedieLoss", {"power": 1.7}), "binary_cross_entropy_with_logits": ("HalfBinomialLoss", {}),
    "exponential_loss": ("ExponentialLoss", {}),
}  # fmt: skip


@pytest.mark.parametrize("name, theirs", where_installed("sklearn", SKLEARN.items()))
def test_as_scikit_learn_has_it(name, theirs):
    from sklearn import _loss

    kind, settings = theirs
    loss = getattr(_loss.loss, kind)(**settings)
    pred, target = np.random.default_rng(7).normal(0, 2, 200), targets_of(REFERENCES[name][1], 200)
    weight = np.random.default_rng(2).random(200)
    function = getattr(fastact, name)
    value = function(pred, target, **settings, reduction="none", sample_weight=weight)
    if kind in ("HalfGammaLoss", "HalfPoissonLoss", "HalfBinomialLoss", "ExponentialLoss"):  # theirs may leave a constant out
        np.testing.assert_allclose(value, loss.loss(target, pred, weight), rtol=1e-10, atol=1e-12)
    gradient, hessian = function.gradient_and_hessian(pred, target, **settings, sample_weight=weight)
    their_gradient, their_hessian = loss.gradient_hessian(target, pred, weight)
    np.testing.assert_allclose(gradient, their_gradient, rtol=1e-10, atol=1e-13)
    if name not in ("mean_absolute_error", "pinball"):  # theirs is 1 there
        np.testing.assert_allclose(
            np.broadcast_to(hessian, 200), their_hessian * (weight if their_hessian.shape == (1,) else 1), rtol=1e-10, atol=1e-13
        )


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
@pytest.mark.parametrize("reduction", ["none", "mean", "sum", "batchmean"])
def test_kl_div_as_torch_has_it(log_target, reduction):
    import torch

    g = np.random.default_rng(3)
    pred, target = (np.log(g.dirichlet(np.ones(7), 20)) for _ in range(2))
    target = target if log_target else np.exp(target)
    z = torch.tensor(pred, requires_grad=True)
    loss = torch.nn.functional.kl_div(z, torch.tensor(target), reduction=reduction, log_target=log_target)
    loss.sum().backward()
    value, gradient = fastact.kl_div.value_and_gradient(pred, target, log_target, reduction=reduction)
    np.testing.assert_allclose(value, loss.detach(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(gradient, z.grad, rtol=1e-12)


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
