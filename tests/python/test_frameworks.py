"""PyTorch and JAX, where installed: values and derivatives of every function in float64, by their own functions and autograd.

Functions they do not offer are written in their primitives, so that the derivative still comes from their differentiation. Inputs
keep away from where these libraries are wrong or choose another slope; each such place is stated here.
"""

import math
import os

import numpy as np
import pytest
from helpers import (
    COMPOSED,
    ELEMENTWISE,
    FUNCTIONS,
    OTHER_ROWS,
    PROBABILITIES,
    REQUIRED,
    inside,
    pass_of,
    sample,
    where_installed,
)

import fastact as fa
from fastact.reference import SELU_ALPHA, SELU_SCALE

_SLOPE = (1 / 8 + 1 / 3) / 2
_C = math.sqrt(2 / math.pi)

# name -> (torch, torch.nn.functional) -> a function of x with the default parameters
TORCH = {
    "identity": lambda t, f: lambda x: x.clone(),
    "sigmoid": lambda t, f: t.sigmoid,
    "tanh": lambda t, f: t.tanh,
    "relu": lambda t, f: f.relu,
    "leaky_relu": lambda t, f: f.leaky_relu,
    "elu": lambda t, f: f.elu,
    "softplus": lambda t, f: f.softplus,
    "mish": lambda t, f: f.mish,
    "gelu": lambda t, f: f.gelu,
    "gelu_tanh": lambda t, f: lambda x: f.gelu(x, approximate="tanh"),
    "silu": lambda t, f: f.silu,
    "relu6": lambda t, f: f.relu6,
    "abs": lambda t, f: t.abs,
    "square": lambda t, f: t.square,
    "relu_squared": lambda t, f: lambda x: f.relu(x).square(),
    "log_sigmoid": lambda t, f: f.logsigmoid,
    "hard_shrink": lambda t, f: f.hardshrink,
    "soft_shrink": lambda t, f: f.softshrink,
    "thresholded_relu": lambda t, f: lambda x: f.threshold(x, 1.0, 0.0),
    "clip": lambda t, f: lambda x: t.clamp(x, -math.inf, math.inf),
    "hard_tanh": lambda t, f: f.hardtanh,
    "clipped_linear": lambda t, f: lambda x: f.hardtanh(x, 0.0, 1.0),
    "hard_sigmoid": lambda t, f: f.hardsigmoid,
    "sparse_sigmoid": lambda t, f: lambda x: f.hardtanh((x + 1) / 2, 0.0, 1.0),
    "hard_swish": lambda t, f: f.hardswish,
    "hard_mish": lambda t, f: lambda x: x / 2 * f.hardtanh(x + 2, 0.0, 2.0),
    "sparse_plus": lambda t, f: lambda x: t.where(x >= 1, x, f.relu(x + 1).square() / 4),
    "shrink": lambda t, f: f.hardshrink,
    "threshold": lambda t, f: lambda x: f.threshold(x, 0.25, 0.25),
    "relu_general": lambda t, f: f.relu,
    "rrelu": lambda t, f: lambda x: f.rrelu(x, 1 / 8, 1 / 3, training=False),
    "affine": lambda t, f: lambda x: 1.0 * x + 0.0,
    "step": lambda t, f: lambda x: t.heaviside(x.detach(), t.ones((), dtype=x.dtype)) + 0 * x,
    "round": lambda t, f: t.round,
    "softsign": lambda t, f: f.softsign,
    "sqrt": lambda t, f: t.sqrt,
    "tanh_shrink": lambda t, f: f.tanhshrink,
    "lisht": lambda t, f: lambda x: x * t.tanh(x),
    "exponential": lambda t, f: t.exp,
    "log": lambda t, f: t.log,
    "logit": lambda t, f: t.logit,
    "selu": lambda t, f: f.selu,
    "celu": lambda t, f: f.celu,
    "quick_gelu": lambda t, f: lambda x: x * t.sigmoid(1.702 * x),
    "scaled_tanh": lambda t, f: lambda x: 1.7159 * t.tanh(0.67 * x),
    "squareplus": lambda t, f: lambda x: (x + t.sqrt(x * x + 4)) / 2,
    "dish": lambda t, f: lambda x: x / 2 * (1 + x / t.sqrt(1 + x * x)),
    "snake": lambda t, f: lambda x: x + t.sin(x) ** 2,
    "pow": lambda t, f: lambda x: t.pow(x, 0.25),
    "laplace": lambda t, f: lambda x: t.erfc((0.707107 - x) / (0.282095 * math.sqrt(2))) / 2,
}


def _jax_normal(t):
    from jax.scipy.special import ndtr

    return ndtr(t)


# name -> (jax.nn, jax.numpy) -> the same
JAX = {
    "identity": lambda n, j: n.identity,
    "sigmoid": lambda n, j: n.sigmoid,
    "tanh": lambda n, j: j.tanh,
    "relu": lambda n, j: n.relu,
    "leaky_relu": lambda n, j: n.leaky_relu,
    "elu": lambda n, j: n.elu,
    "softplus": lambda n, j: n.softplus,
    "mish": lambda n, j: n.mish,
    "gelu": lambda n, j: lambda x: n.gelu(x, approximate=False),
    "gelu_tanh": lambda n, j: lambda x: n.gelu(x, approximate=True),
    "silu": lambda n, j: n.silu,
    "relu6": lambda n, j: n.relu6,
    "abs": lambda n, j: j.abs,
    "square": lambda n, j: j.square,
    "relu_squared": lambda n, j: lambda x: j.square(n.relu(x)),
    "log_sigmoid": lambda n, j: n.log_sigmoid,
    "hard_shrink": lambda n, j: lambda x: j.where(j.abs(x) > 0.5, x, 0.0),
    "soft_shrink": lambda n, j: lambda x: j.where(j.abs(x) > 0.5, x - j.sign(x) * 0.5, 0.0),
    "thresholded_relu": lambda n, j: lambda x: j.where(x > 1, x, 0.0),
    "clip": lambda n, j: lambda x: j.clip(x, -math.inf, math.inf),
    "hard_tanh": lambda n, j: n.hard_tanh,
    "clipped_linear": lambda n, j: lambda x: j.clip(x, 0.0, 1.0),
    "hard_sigmoid": lambda n, j: n.hard_sigmoid,
    "sparse_sigmoid": lambda n, j: n.sparse_sigmoid,
    "hard_swish": lambda n, j: n.hard_swish,
    "hard_mish": lambda n, j: lambda x: x / 2 * j.clip(x + 2, 0.0, 2.0),
    "sparse_plus": lambda n, j: n.sparse_plus,
    "shrink": lambda n, j: lambda x: j.where(j.abs(x) > 0.5, x, 0.0),
    "threshold": lambda n, j: lambda x: j.where(x > 0.25, x, 0.25),
    "relu_general": lambda n, j: n.relu,
    "rrelu": lambda n, j: lambda x: n.leaky_relu(x, _SLOPE),
    "affine": lambda n, j: lambda x: 1.0 * x + 0.0,
    "step": lambda n, j: lambda x: j.heaviside(x, 1.0),
    "round": lambda n, j: j.round,
    "softsign": lambda n, j: n.soft_sign,
    "sqrt": lambda n, j: j.sqrt,
    "tanh_shrink": lambda n, j: lambda x: x - j.tanh(x),
    "lisht": lambda n, j: lambda x: x * j.tanh(x),
    "exponential": lambda n, j: j.exp,
    "log": lambda n, j: j.log,
    "logit": lambda n, j: lambda x: j.log(x / (1 - x)),
    "selu": lambda n, j: lambda x: SELU_SCALE * j.where(x > 0, x, SELU_ALPHA * j.expm1(j.where(x > 0, 0.0, x))),
    "celu": lambda n, j: n.celu,
    "quick_gelu": lambda n, j: lambda x: x * n.sigmoid(1.702 * x),
    "scaled_tanh": lambda n, j: lambda x: 1.7159 * j.tanh(0.67 * x),
    "squareplus": lambda n, j: n.squareplus,
    "dish": lambda n, j: lambda x: x / 2 * (1 + x / j.sqrt(1 + x * x)),
    "snake": lambda n, j: lambda x: x + j.sin(x) ** 2,
    "pow": lambda n, j: lambda x: j.power(x, 0.25),
    "laplace": lambda n, j: lambda x: _jax_normal((x - 0.707107) / 0.282095),
}
# kinks that both take as they are, with the slope of the catalog
KINKS = {
    "relu": [0], "elu": [0], "relu6": [0, 6], "hard_shrink": [-0.5, 0.5], "soft_shrink": [-0.5, 0.5], "thresholded_relu": [1],
    "hard_swish": [-3, 3], "selu": [0], "celu": [0], "sparse_plus": [-1, 1], "hard_sigmoid": [-3, 3], "threshold": [0.25],
    "relu_squared": [0], "relu_general": [0], "shrink": [-0.5, 0.5], "step": [0], "round": [0.5, 1.5, -2.5],
}  # fmt: skip
TORCH_KINKS = KINKS | {
    "leaky_relu": [0], "hard_tanh": [-1, 1], "abs": [0], "rrelu": [0], "clipped_linear": [0, 1], "sparse_sigmoid": [-1, 1],
}  # fmt: skip
JAX_KINKS = KINKS
SMALLEST = {"tanh_shrink": 0.3}  # below, x - tanh(x) cancels
LARGEST = {"softplus": 20}  # torch gives x above its threshold
# absolute: 1 + erf, 1 + tanh and 1 - s cancel in their negative tails, the derivative of 1 + tanh most
TOLERANCE = dict(rtol=2e-13, atol=5e-15)
TORCH_DERIVATIVES = {"hard_sigmoid": dict(rtol=3e-8)}  # 1/6 as a float32 in float64 too
JAX_DERIVATIVES = {"gelu_tanh": dict(rtol=2e-13, atol=5e-14)}


def points(name, kinks):
    x = sample(2000, "float64", 11, reach=30)
    x = inside(name, np.concatenate([x, kinks.get(name, [])]))
    x = x[np.abs(x) >= SMALLEST.get(name, 0)]
    return x[x <= LARGEST.get(name, np.inf)]


def required(name):
    return (0.25,) * sum(default is None for default in FUNCTIONS[name].parameters.values())


def test_every_elementwise_function_is_here():
    assert set(TORCH) == set(JAX) == {*ELEMENTWISE, *REQUIRED}


@pytest.mark.parametrize("name", where_installed("torch", TORCH))
def test_torch_value_and_derivative(name):
    torch = pytest.importorskip("torch")
    x, grad = points(name, TORCH_KINKS), sample(2000, "float64", 12)
    grad = np.resize(grad, x.shape)
    leaf = torch.tensor(x, requires_grad=True)
    y = TORCH[name](torch, torch.nn.functional)(leaf)
    (slope,) = torch.autograd.grad(y, leaf, torch.ones_like(y), retain_graph=True)
    (product,) = torch.autograd.grad(y, leaf, torch.tensor(grad))
    parameters = required(name)
    np.testing.assert_allclose(pass_of(name, "value")(x, *parameters), y.detach().numpy(), **TOLERANCE)
    np.testing.assert_allclose(pass_of(name, "derivative")(x, *parameters), slope.numpy(), **TORCH_DERIVATIVES.get(name, TOLERANCE))
    wider = TORCH_DERIVATIVES.get(name, dict(rtol=2e-13, atol=3e-14))
    np.testing.assert_allclose(pass_of(name, "backward")(grad, x, *parameters), product.numpy(), **wider)


@pytest.fixture
def jax():
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    module = pytest.importorskip("jax")
    before = module.config.jax_enable_x64
    module.config.update("jax_enable_x64", True)
    yield module
    module.config.update("jax_enable_x64", before)


@pytest.mark.parametrize("name", where_installed("jax", JAX))
def test_jax_value_and_derivative(name, jax):
    x = points(name, JAX_KINKS)
    y, pull = jax.vjp(JAX[name](jax.nn, jax.numpy), x)
    (slope,) = pull(jax.numpy.ones_like(y))
    parameters = required(name)
    np.testing.assert_allclose(pass_of(name, "value")(x, *parameters), y, **TOLERANCE)
    np.testing.assert_allclose(pass_of(name, "derivative")(x, *parameters), slope, **JAX_DERIVATIVES.get(name, TOLERANCE))


# ---- rows: of (4, 12) numbers along the last axis


def _torch_simplex(t, alpha):
    """max((alpha - 1) x - tau, 0)^(1 / (alpha - 1)): the support by bisection, then tau so that autograd sees it."""

    def made(x):
        z = (alpha - 1) * x
        with t.no_grad():
            high = z.max(-1, keepdim=True).values
            low = high - 1
            for _ in range(100):
                tau = (low + high) / 2
                more = ((z - tau).clamp(min=0) ** (1 / (alpha - 1))).sum(-1, keepdim=True) >= 1
                low, high = t.where(more, tau, low), t.where(more, high, tau)
            kept = z > low
        power = 1 / (alpha - 1)
        p = t.where(kept, (z - low).clamp(min=1e-300) ** power, 0)
        # one Newton step for tau, whose value is 0 and whose derivative is that of tau
        slope = t.where(kept, power * (z.detach() - low).clamp(min=1e-300) ** (power - 1), 0)
        step = (p.sum(-1, keepdim=True) - 1) / slope.sum(-1, keepdim=True)
        return t.where(kept, (z - low - step).clamp(min=1e-300) ** power, 0)

    return made


# name -> (torch, torch.nn.functional) -> a function of x
TORCH_ROWS = {
    "softmax": lambda t, f: lambda x: f.softmax(x, -1),
    "log_softmax": lambda t, f: lambda x: f.log_softmax(x, -1),
    "maxout": lambda t, f: lambda x: f.max_pool1d(x, 4),
    "logsumexp": lambda t, f: lambda x: t.logsumexp(x, -1),
    "l2_normalize": lambda t, f: lambda x: f.normalize(x, dim=-1),
    "sparsemax": lambda t, f: _torch_simplex(t, 2.0),
    "hardmax": lambda t, f: lambda x: f.one_hot(x.argmax(-1), x.shape[-1]).to(x.dtype) + 0 * x,
    "entmax15": lambda t, f: _torch_simplex(t, 1.5),
    "entmax": lambda t, f: _torch_simplex(t, 1.5),
    "masked_softmax": lambda t, f: lambda x: f.softmax(x, -1),
    "softmin": lambda t, f: lambda x: f.softmin(x, -1),
    "logmeanexp": lambda t, f: lambda x: t.logsumexp(x, -1) - math.log(x.shape[-1]),
    "crelu": lambda t, f: lambda x: t.cat([f.relu(x), f.relu(-x)], -1),
    "softmax_segments": lambda t, f: lambda x: t.cat([f.softmax(part, -1) for part in x.split([3, 4, 5], -1)], -1),
}
LAYERS = {"linear_cross_entropy", "sampled_softmax", "nce", "adaptive_log_softmax"}
ELSEWHERE = {"gumbel_softmax", "rrelu_train", "xielu", *LAYERS}  # compared where they are tested
OPTIONS = {"softmax_segments": {"lengths": [3, 4, 5]}}
FROM_X = {"maxout", "logsumexp", "l2_normalize", "logmeanexp", "crelu"}
JAX_ROWS = {
    "softmax": lambda n, j: n.softmax,
    "log_softmax": lambda n, j: n.log_softmax,
    "logsumexp": lambda n, j: lambda x: n.logsumexp(x, axis=-1),
    "logmeanexp": lambda n, j: lambda x: n.logmeanexp(x, axis=-1) if hasattr(n, "logmeanexp") else n.logsumexp(x, axis=-1) - math.log(12),
    "l2_normalize": lambda n, j: lambda x: x / j.linalg.norm(x, axis=-1, keepdims=True),
    "maxout": lambda n, j: lambda x: x.reshape(4, 3, 4).max(-1),
    "softmin": lambda n, j: lambda x: n.softmax(-x),
    "masked_softmax": lambda n, j: n.softmax,
    "crelu": lambda n, j: lambda x: j.concatenate([n.relu(x), n.relu(-x)], -1),
}


def test_every_row_function_is_here():
    assert set(TORCH_ROWS) | ELSEWHERE == {*PROBABILITIES, *OTHER_ROWS, *COMPOSED}


def row_results(name, spread):
    """x, a gradient, and what fastact makes of them."""
    x, options = sample(48, "float64", 13).reshape(4, 12) * spread, OPTIONS.get(name, {})
    y = getattr(fa, name)(x, **options)
    grad = np.resize(sample(96, "float64", 14), y.shape)
    return x, grad, y, getattr(fa, name).backward(grad, x if name in FROM_X else y, **options)


@pytest.mark.parametrize("spread", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("name", where_installed("torch", TORCH_ROWS))
def test_torch_rows(name, spread):
    torch = pytest.importorskip("torch")
    x, grad, y, dx = row_results(name, spread)
    leaf = torch.tensor(x, requires_grad=True)
    theirs = TORCH_ROWS[name](torch, torch.nn.functional)(leaf)
    theirs.backward(torch.tensor(grad))
    np.testing.assert_allclose(y, theirs.detach().numpy(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(dx, leaf.grad.numpy(), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("spread", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("name", where_installed("jax", JAX_ROWS))
def test_jax_rows(name, spread, jax):
    x, grad, y, dx = row_results(name, spread)
    theirs, pull = jax.vjp(JAX_ROWS[name](jax.nn, jax.numpy), x)
    np.testing.assert_allclose(y, theirs, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(dx, pull(grad)[0], rtol=1e-11, atol=1e-12)


# ---- gated functions, losses and learned parameters in JAX; test_gated, test_losses and test_learned compare them with PyTorch


@pytest.mark.parametrize(
    "name, gate",
    where_installed("jax", {"swiglu": "silu", "geglu": "gelu", "geglu_tanh": "gelu_tanh", "reglu": "relu", "bilinear": "identity"}.items()),
)
def test_jax_gated(name, gate, jax):
    a, b, g = (sample(300, "float64", seed) for seed in (15, 16, 17))
    activation = JAX[gate](jax.nn, jax.numpy)
    y, pull = jax.vjp(lambda p, q: activation(p) * q, a, b)
    np.testing.assert_allclose(getattr(fa, name)(a, b), y, rtol=1e-12, atol=1e-13)
    for ours, theirs in zip(getattr(fa, name).backward(g, a, b), pull(g)):
        np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-12)


def test_jax_glu(jax):
    x, g = sample(200, "float64", 18).reshape(10, 20), sample(100, "float64", 19).reshape(10, 10)
    y, pull = jax.vjp(jax.nn.glu, x)
    np.testing.assert_allclose(fa.glu(x), y, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(fa.glu.backward(g, x), pull(g)[0], rtol=1e-11, atol=1e-13)


def test_jax_losses(jax):
    numpy = jax.numpy
    z, t, labels = sample(60, "float64", 20).reshape(12, 5), sample(60, "float64", 21).reshape(12, 5), np.arange(12) % 5
    loss, gradient = jax.value_and_grad(lambda p: numpy.mean((p - t) ** 2))(z)
    np.testing.assert_allclose(fa.mse(z, t), loss, rtol=1e-13)
    np.testing.assert_allclose(fa.mse.gradient(z, t), gradient, rtol=1e-12)
    loss, gradient = jax.value_and_grad(lambda p: -numpy.mean(jax.nn.log_softmax(p)[numpy.arange(12), labels]))(z)
    np.testing.assert_allclose(fa.cross_entropy(z, labels), loss, rtol=1e-13)
    np.testing.assert_allclose(fa.cross_entropy.gradient(z, labels), gradient, rtol=1e-11, atol=1e-15)


def test_jax_prelu(jax):
    x, weight = sample(60, "float64", 22).reshape(12, 5), np.linspace(-0.5, 1, 5)
    g = sample(60, "float64", 23).reshape(12, 5)
    y, pull = jax.vjp(lambda p, w: jax.numpy.where(p > 0, p, w * p), x, weight)
    np.testing.assert_allclose(fa.prelu(x, weight), y, rtol=1e-13)
    for ours, theirs in zip(fa.prelu.backward(g, x, weight), pull(g)):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("zero_infinity", where_installed("torch", [False, True]))
def test_torch_ctc(zero_infinity, reduction):
    torch = pytest.importorskip("torch")
    z, targets = sample(30 * 4 * 7, "float64", 26).reshape(30, 4, 7), np.random.default_rng(27).integers(1, 7, (4, 9))
    lengths, sizes = np.array([30, 25, 12, 30]), np.array([9, 4, 6, 1])
    if zero_infinity:
        lengths[1] = 3
    lp = fa.log_softmax(z, axis=-1)
    leaf = torch.tensor(lp, requires_grad=True)
    others = [torch.tensor(a) for a in (targets, lengths, sizes)]
    theirs = torch.nn.functional.ctc_loss(leaf, *others, reduction=reduction, zero_infinity=zero_infinity)
    theirs.sum().backward()
    value, gradient = fa.ctc.value_and_gradient(lp, targets, lengths, sizes, zero_infinity=zero_infinity, reduction=reduction)
    np.testing.assert_allclose(value, theirs.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(gradient, leaf.grad.numpy(), rtol=1e-11, atol=1e-13)
