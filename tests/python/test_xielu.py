"""xielu: values, the three gradients, special inputs, the order of the sums, errors."""

import mpmath
import numpy as np
import pytest
from helpers import same_bits, sample, spacing

import fastact as fa

START = (float(np.log(np.expm1(0.8))), float(np.log(np.expm1(0.3))))
SETTINGS = [(*START, 0.5, -1e-6), (-1.0, 2.0, 0.25, -0.5), (3.0, -3.0, 1.5, 0.0)]


def exact_parts(x, alpha_p, alpha_n, beta, eps):
    """Value, slope, and the derivatives by both sizes, from the definition."""
    x, alpha_p, alpha_n, beta, eps = (mpmath.mpf(float(v)) for v in (x, alpha_p, alpha_n, beta, eps))
    ap, an = mpmath.log1p(mpmath.exp(alpha_p)), beta + mpmath.log1p(mpmath.exp(alpha_n))
    share_p, share_n = (1 / (1 + mpmath.exp(-alpha)) for alpha in (alpha_p, alpha_n))
    if x > 0:
        return ap * x * x + beta * x, 2 * ap * x + beta, share_p * x * x, mpmath.mpf(0)
    low = mpmath.expm1(min(x, eps)) - x
    slope = an * mpmath.expm1(x) if x <= eps else -an
    return an * low + beta * x, slope + beta, mpmath.mpf(0), share_n * low


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("settings", SETTINGS)
def test_values_and_gradients(settings, dtype):
    x = np.concatenate([sample(400, dtype, 1), np.array([-1e-3, -5e-7, 0, 1e-3, -0.5, -0.25], dtype)])
    grad = sample(x.size, dtype, 2)
    with mpmath.workdps(40):
        parts = [exact_parts(v, *settings) for v in x]
        value, slope = ([part[k] for part in parts] for k in (0, 1))
        sums = [mpmath.fsum(mpmath.mpf(float(g)) * part[k] for g, part in zip(grad, parts)) for k in (2, 3)]
        sizes = [mpmath.fsum(abs(mpmath.mpf(float(g)) * part[k]) for g, part in zip(grad, parts)) for k in (2, 3)]
        y, (dx, dp, dn) = fa.xielu(x, *settings), fa.xielu.backward(grad, x, *settings)
        assert y.dtype == dx.dtype == dp.dtype == dn.dtype == np.dtype(dtype)
        # computed in float64, where terms of the size of an x and of an may cancel, and rounded once
        an = settings[2] + float(np.logaddexp(0, settings[1]))
        for v, g, a, b, exact, exact_slope in zip(x.astype("float64"), grad.astype("float64"), y, dx, value, slope):
            slack = 2.0**-51 * (an * abs(v) + abs(float(exact)))
            assert abs(mpmath.mpf(float(a)) - exact) <= 0.5 * float(spacing(float(exact), dtype)) + slack
            product, slack = mpmath.mpf(g) * exact_slope, 2.0**-51 * abs(g) * (an + abs(float(exact_slope)))
            assert abs(mpmath.mpf(float(b)) - product) <= 0.5 * float(spacing(float(product), dtype)) + slack
        for got, exact, size in zip((dp, dn), sums, sizes):
            assert abs(mpmath.mpf(float(got)) - exact) <= 0.51 * float(spacing(float(exact), dtype)) + mpmath.mpf(2) ** -50 * size


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_special_inputs(dtype):
    x = np.array([np.inf, -np.inf, np.nan, 0.0, -0.0], dtype)
    y = fa.xielu(x, *START)
    np.testing.assert_array_equal(y[:3], [np.inf, np.inf, np.nan])
    assert np.abs(y[3:]).max() < 1e-6
    dx, dp, dn = fa.xielu.backward(np.ones(2, dtype), x[:2], *START)
    np.testing.assert_allclose(dx, [np.inf, -0.3], rtol=1e-6)  # beta - an
    assert dp == np.inf and dn == np.inf
    dx, dp, dn = fa.xielu.backward(np.empty((0, 3), dtype), np.empty((0, 3), dtype), *START)
    assert dx.shape == (0, 3) and dp == 0 and dn == 0


def test_shapes_layouts_and_out():
    x, grad = sample(60_000, "float32", 3).reshape(30, 40, 50), sample(60_000, "float32", 4).reshape(30, 40, 50)
    alpha = np.array([0.5], np.float32)
    y, made = fa.xielu(x, alpha, 0.25), fa.xielu.backward(grad, x, alpha, 0.25)
    assert y.shape == x.shape and made[1].shape == (1,) and made[2].shape == ()
    for change in (np.asfortranarray, lambda a: np.repeat(a, 2, 0)[::2], lambda a: a[::-1].copy()[::-1]):
        same_bits(fa.xielu(change(x), alpha, 0.25), y)
        for got, expected in zip(fa.xielu.backward(change(grad), change(x), alpha, 0.25), made):
            same_bits(got, expected)
    out = np.empty_like(x)
    assert fa.xielu(x, alpha, 0.25, out=out) is out
    same_bits(out, y)
    place = x.copy()
    same_bits(fa.xielu.backward(grad, place, alpha, 0.25, out=place)[0], made[0])
    assert fa.xielu([-1, 2], 0, 0).dtype == np.float64
    assert isinstance(fa.xielu(2.0, 0, 0), np.float64)


def test_bits_of_every_instruction_set():
    x, grad, before, answers = sample(20_001, "float64", 5), sample(20_001, "float64", 6), fa.isa(), set()
    try:
        for isa in fa.isas():
            fa.set_isa(isa)
            answers.add(b"".join(np.asarray(a).tobytes() for a in (fa.xielu(x, *START), *fa.xielu.backward(grad, x, *START))))
    finally:
        fa.set_isa(before)
    assert len(answers) == 1


def test_as_torch():
    torch = pytest.importorskip("torch")
    x, grad = sample(500, "float64", 7), sample(500, "float64", 8)
    at, p, n = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, *START))
    ap, an = torch.nn.functional.softplus(p), 0.5 + torch.nn.functional.softplus(n)
    y = torch.where(at > 0, ap * at * at + 0.5 * at, an * (torch.expm1(torch.clamp(at, max=-1e-6)) - at) + 0.5 * at)
    y.backward(torch.tensor(grad))
    np.testing.assert_allclose(fa.xielu(x, *START), y.detach().numpy(), rtol=1e-13, atol=1e-15)
    for got, theirs in zip(fa.xielu.backward(grad, x, *START), (at, p, n)):
        np.testing.assert_allclose(got, theirs.grad.numpy(), rtol=1e-12, atol=1e-14)


def test_errors():
    x, frozen = np.ones(3, np.float32), np.ones(3, np.float32)
    frozen.flags.writeable = False
    with pytest.raises(ValueError, match=r"xielu: alpha_p has shape \(3,\); one element is accepted"):
        fa.xielu(x, x, 0.0)
    with pytest.raises(ValueError, match=r"xielu.backward: alpha_n has shape \(0,\)"):
        fa.xielu.backward(x, x, 0.0, [])
    with pytest.raises(TypeError, match="xielu: beta is 'a'"):
        fa.xielu(x, 0, 0, "a")
    with pytest.raises(TypeError, match="xielu: x has dtype complex128"):
        fa.xielu(np.ones(3, complex), 0, 0)
    with pytest.raises(ValueError, match=r"xielu.backward: grad has shape \(2,\) and x \(3,\)"):
        fa.xielu.backward(x[:2], x, 0, 0)
    with pytest.raises(ValueError, match="xielu: out is read-only"):
        fa.xielu(x, 0, 0, out=frozen)
    assert (frozen == 1).all()
