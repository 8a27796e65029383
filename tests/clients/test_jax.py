"""JAX: the functions of fastact.jax under grad, jit and vmap; check_grads compares their gradients with differences."""

import doctest
import os

import numpy as np
import pytest
from adjoint_cases import LOSSES, THROUGH_LOG_SOFTMAX, WITHOUT, arguments_of
from helpers import same_bits

import fastact as fa

os.environ.setdefault("JAX_PLATFORMS", "cpu")
jax = pytest.importorskip("jax")

import jax.numpy as jnp  # noqa: E402
from jax.test_util import check_grads  # noqa: E402

import fastact.jax as faj  # noqa: E402


# of every kind of call; tests/python/test_adjoint.py compares all of them with differences
SOME = ["gelu", "leaky_relu", "softmax", "logsumexp", "softmax_segments", "swiglu", "prelu", "mean_squared_error", "cross_entropy",
        "gaussian_nll", "triplet_margin", "l2_penalty", "linear_cross_entropy", "ctc"]  # fmt: skip


@pytest.fixture(autouse=True)
def wide():
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield
    jax.config.update("jax_enable_x64", before)


def arrays_of(name):
    """(arguments by name, names of those with a gradient)."""
    arguments, options = arguments_of(name)
    given = faj.Adjoint(getattr(fa, name)).bind(arguments, options)
    names = [key for key in getattr(faj, name).differentiable if key in given]
    return given | {key: jnp.asarray(given[key]) for key in names}, names


def test_examples():
    jax.config.update("jax_enable_x64", False)
    assert doctest.testmod(faj).failed == 0


def checked(name, **options):
    given, names = arrays_of(name)

    def run(*arrays):
        if name in THROUGH_LOG_SOFTMAX:
            arrays = [faj.log_softmax(array) for array in arrays]
        return getattr(faj, name)(**given | dict(zip(names, arrays)) | options)

    check_grads(run, [given[key] for key in names], order=1, modes=["rev"], atol=1e-6, rtol=1e-6, eps=1e-6)


@pytest.mark.parametrize("name", SOME)
def test_gradients_are_those_of_differences(name):
    checked(name)


@pytest.mark.parametrize("name", [name for name in SOME if name in LOSSES])
def test_gradients_of_losses_that_are_not_reduced(name):
    checked(name, reduction="none")


@pytest.mark.parametrize("name", SOME)
def test_jit_gives_the_bits_of_arrays(name):
    given, names = arrays_of(name)
    arguments, options = arguments_of(name)
    got = jax.jit(lambda *arrays: getattr(faj, name)(**given | dict(zip(names, arrays))))(*(given[key] for key in names))
    same_bits(got, getattr(fa, name)(*arguments, **options))


@pytest.mark.parametrize("name", ["gelu", "softmax", "swiglu", "prelu", "cross_entropy"])
def test_vmap_is_a_loop(name):
    given, names = arrays_of(name)
    constants = {key: value for key, value in given.items() if key not in names}
    scales = [0.5, 1.0, 2.0]
    stacked = [jnp.stack([given[key] * scale for scale in scales]) for key in names]

    def one(*arrays):
        return getattr(faj, name)(**constants | dict(zip(names, arrays))).sum()

    def slopes(*arrays):
        return jax.value_and_grad(one, tuple(range(len(names))))(*arrays)

    values, gradients = jax.jit(jax.vmap(slopes))(*stacked)
    for k in range(len(scales)):
        value, parts = slopes(*(array[k] for array in stacked))
        np.testing.assert_allclose(values[k], value, rtol=1e-14)
        for together, alone in zip(gradients, parts):
            np.testing.assert_allclose(together[k], alone, rtol=1e-14)


def test_traced_labels_weights_and_parameters():
    logits, labels, weight = jnp.asarray(np.random.default_rng(0).normal(0, 1, (4, 5))), jnp.array([0, 2, 1, 4]), jnp.array([0.5, 2, 1, 3])

    def ours(logits, labels, weight):
        return faj.cross_entropy(logits, labels, sample_weight=weight)

    def theirs(logits, labels, weight):
        rows = -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1)[:, 0]
        return (weight * rows).sum() / weight.sum()

    got, expected = (jax.jit(jax.value_and_grad(f))(logits, labels, weight) for f in (ours, theirs))
    np.testing.assert_allclose(got[0], expected[0], rtol=1e-13)
    np.testing.assert_allclose(got[1], expected[1], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(jax.jit(faj.leaky_relu)(logits, weight[:, None]), jnp.where(logits > 0, logits, weight[:, None] * logits))


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64", "int32"])
def test_dtypes(dtype):
    x = jnp.arange(-4, 5).astype(dtype)
    y = faj.gelu(x)
    assert y.dtype == ("float64" if dtype == "int32" else dtype)
    tolerance = {"float16": 1e-3, "bfloat16": 8e-3, "float32": 2e-7}.get(dtype, 1e-14)
    np.testing.assert_allclose(y.astype(float), jax.nn.gelu(x.astype(float), approximate=False), rtol=tolerance, atol=1e-15)


def test_large_arrays_in_a_loop_inside_jit():
    """Callbacks that wait for each other would hang here."""
    x = jnp.asarray(np.random.default_rng(0).normal(0, 1, (4, 300_000)).astype("f4"))

    def step(x, _):
        return x - 0.1 * jax.grad(lambda z: faj.mean_squared_error(faj.softmax(faj.gelu(z)), x))(x), None

    got, _ = jax.jit(lambda x: jax.lax.scan(step, x, None, 5))(x)
    assert np.isfinite(got).all()


def test_a_network_learns_the_same_as_with_jax():
    def trained(activation, loss):
        g = np.random.default_rng(3)
        x, t = jnp.asarray(g.normal(0, 1, (64, 8))), jnp.asarray(g.integers(0, 3, 64))
        weights = [jnp.asarray(g.normal(0, 0.3, shape)) for shape in ((8, 16), (16, 3))]
        step = jax.jit(jax.value_and_grad(lambda w: loss(activation(x @ w[0]) @ w[1], t)))
        losses = []
        for _ in range(3):
            value, slopes = step(weights)
            weights = [w - 0.1 * s for w, s in zip(weights, slopes)]
            losses.append(float(value))
        return losses

    def entropy(z, t):
        return -jnp.take_along_axis(jax.nn.log_softmax(z), t[:, None], 1).mean()

    theirs = trained(lambda x: jax.nn.gelu(x, approximate=False), entropy)
    np.testing.assert_allclose(trained(faj.gelu, faj.cross_entropy), theirs, rtol=1e-13)


def test_errors():
    x = jnp.ones(3)
    with pytest.raises(TypeError, match="mean_squared_error: target is differentiated; there are gradients of pred"):
        jax.grad(faj.mean_squared_error, argnums=1)(x, x)
    with pytest.raises(TypeError, match="gelu: there is no out here"):
        faj.gelu(x, out=x)
    with pytest.raises(ValueError, match="pred has shape"):
        faj.mean_squared_error(x, jnp.ones(2))
    for name in WITHOUT:
        with pytest.raises(TypeError, match=f"{name}: there is no backward pass"):
            getattr(faj, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        faj.nothing  # noqa: B018


@pytest.mark.parametrize("log_target", [False, True])
@pytest.mark.parametrize("reduction", ["batchmean", "none"])
@pytest.mark.parametrize("learns", [(1,), (0, 1)])
def test_kl_div_by_its_target(learns, reduction, log_target):
    g, weight = np.random.default_rng(1), jnp.arange(5.0)
    given = jnp.asarray(g.normal(size=(4, 5))), jnp.asarray(g.random((4, 5)))
    assert faj.kl_div.differentiable == ("pred", "target")

    def ours(pred, target):
        return (weight * faj.kl_div(pred, target, log_target=log_target, reduction=reduction)).sum()

    def theirs(pred, target):
        losses = jnp.exp(target) * (target - pred) if log_target else target * (jnp.log(target) - pred)
        return (weight * (losses if reduction == "none" else losses.sum() / 4)).sum()

    slopes = jax.jit(jax.grad(ours, learns))(*given)
    for ours_, theirs_ in zip(slopes, jax.grad(theirs, learns)(*given), strict=True):
        np.testing.assert_allclose(ours_, theirs_, rtol=1e-12, atol=1e-15)
