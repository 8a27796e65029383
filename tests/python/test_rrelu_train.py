"""rrelu_train: what it draws, where, in which dtype; that y and the gradient are what the noise says, rounded once."""

import numpy as np
import pytest
from helpers import run_python, same_bits, sample

import fastact as fa

FLOATS = ("float16", "float32", "float64")
INF = np.inf


def generator(seed=7):
    return np.random.default_rng(seed)


def every_float(n=500):
    """An array of each floating-point dtype, bfloat16 where it is installed."""
    dtypes = [*FLOATS]
    try:
        import ml_dtypes

        dtypes.append(ml_dtypes.bfloat16)
    except ImportError:
        pass
    return [sample(n, "float64", 1).astype(dtype) for dtype in dtypes]


def test_y_is_noise_times_x_rounded_once():
    for x in every_float():
        y, noise = fa.rrelu_train(x, rng=generator())
        assert y.dtype == noise.dtype == x.dtype and y.shape == noise.shape == x.shape
        exact = noise.astype(np.longdouble) * x.astype(np.longdouble)
        np.testing.assert_array_equal(y, exact.astype(x.dtype))
        assert (noise[x > 0] == 1).all()
        low, high = (np.array(end).astype(x.dtype) for end in (1 / 8, 1 / 3))
        assert ((noise[x <= 0] >= low) & (noise[x <= 0] <= high)).all()
        assert len(np.unique(noise[x <= 0])) > 50


def test_gradient_is_noise_times_gradient_rounded_once():
    for x in every_float():
        grad = sample(x.size, "float64", 2).astype(x.dtype)
        _, noise = fa.rrelu_train(x, rng=generator())
        dx = fa.rrelu_train.backward(grad, noise)
        assert dx.dtype == x.dtype
        np.testing.assert_array_equal(dx, (noise.astype(np.longdouble) * grad.astype(np.longdouble)).astype(x.dtype))


def test_gradient_is_that_of_a_difference():
    x, grad = sample(200, "float64", 3), sample(200, "float64", 4)
    y, noise = fa.rrelu_train(x, 0.2, 0.9, generator())
    step = 2.0**-30 * np.abs(x)
    with np.errstate(invalid="ignore"):
        again, _ = fa.rrelu_train(x + step, 0.2, 0.9, generator())
    np.testing.assert_allclose(fa.rrelu_train.backward(grad, noise), grad * (again - y) / step, rtol=1e-6)


def test_slopes_are_uniform():
    _, noise = fa.rrelu_train(-np.ones(200_000), 0.25, 0.75, generator())
    counts, _ = np.histogram(noise, bins=20, range=(0.25, 0.75))
    assert counts.sum() == noise.size
    assert ((counts - 10_000) ** 2 / 10_000).sum() < 45.3  # chi-squared of 19 degrees of freedom, one in a thousand


def test_the_same_generator_gives_the_same_slopes_in_every_dtype():
    x = np.concatenate([-np.arange(1, 100.0), np.arange(1, 100.0)])
    _, wide = fa.rrelu_train(x, rng=generator())
    for dtype in FLOATS:
        same_bits(fa.rrelu_train(x.astype(dtype), rng=generator())[1], wide.astype(dtype))
    _, flipped = fa.rrelu_train(-x, rng=generator())  # what x holds does not move the generator
    assert (flipped[:99] == 1).all()
    _, negative = fa.rrelu_train(-np.abs(x), rng=generator())
    np.testing.assert_array_equal(np.where(x > 0, flipped, wide), negative)


def test_without_a_generator_every_call_differs():
    x = -np.ones(50)
    assert (fa.rrelu_train(x)[1] != fa.rrelu_train(x)[1]).any()


def test_equal_ends_give_leaky_relu():
    x = sample(1000, "float32")
    y, noise = fa.rrelu_train(x, 0.25, 0.25)
    same_bits(y, fa.leaky_relu(x, 0.25))
    same_bits(fa.rrelu_train.backward(x, noise), fa.leaky_relu.backward(x, x, 0.25))
    same_bits(noise, fa.leaky_relu.derivative(x, 0.25))


@pytest.mark.parametrize("dtype", FLOATS)
def test_special_values(dtype):
    x = np.array([np.nan, INF, -INF, -0.0, 0.0], dtype)
    y, noise = fa.rrelu_train(x, 0.5, 0.5)
    same_bits(y, np.array([np.nan, INF, -INF, -0.0, 0.0], dtype))
    np.testing.assert_array_equal(noise, np.array([1, 1, 0.5, 0.5, 0.5], dtype))
    y, _ = fa.rrelu_train(x, 0, 0)
    np.testing.assert_array_equal(y, np.array([np.nan, INF, 0, 0, 0], dtype))
    payload = np.array([np.nan], dtype)
    payload.view(f"u{payload.itemsize}")[0] |= 5
    same_bits(fa.rrelu_train(payload)[0], np.array([np.nan], dtype))


@pytest.mark.parametrize("kind", ["bool", "int8", "uint64"])
def test_integers_and_bool_become_float64(kind):
    x = np.array([0, 1, 5]).astype(kind)
    y, noise = fa.rrelu_train(x, 0.5, 0.5)
    same_bits(y, x.astype(float))
    same_bits(noise, np.array([0.5, 1, 1]))
    same_bits(fa.rrelu_train.backward(x, noise), x * noise)


def test_numbers_lists_layouts_and_empty_arrays():
    y, noise = fa.rrelu_train(-2.0, 0.5, 0.5)
    assert type(y) is type(noise) is np.float64 and (y, noise) == (-1, 0.5)
    assert type(fa.rrelu_train(np.float32(-2), 0.5, 0.5)[0]) is np.float32
    assert fa.rrelu_train.backward(3.0, 0.5) == 1.5
    np.testing.assert_array_equal(fa.rrelu_train([-2, 2], 0.5, 0.5)[0], [-1, 2])
    assert [a.shape for a in fa.rrelu_train(np.empty((0, 3)))] == [(0, 3)] * 2
    x = sample(60, "float32").reshape(3, 4, 5)
    y, noise = fa.rrelu_train(x, rng=generator())
    for same in (np.asfortranarray(x), x.astype(">f4"), x[::-1].copy()[::-1]):
        for got, expected in zip(fa.rrelu_train(same, rng=generator()), (y, noise)):
            same_bits(got, expected)
            assert got.flags.c_contiguous
    same_bits(fa.rrelu_train.backward(x.T, noise.T), np.ascontiguousarray((x * noise).T))


def test_outputs():
    x = sample(40, "float32")
    y, noise = fa.rrelu_train(x, rng=generator())
    place, slopes = x.copy(), np.empty(80, "float32")[::2]
    given = fa.rrelu_train(place, rng=generator(), out=(place, slopes))
    assert given[0] is place and given[1] is slopes
    same_bits(place, y)
    same_bits(slopes, noise)
    same_bits(fa.rrelu_train(x, rng=generator(), out=(None, slopes))[0], y)
    grad = x.copy()
    assert fa.rrelu_train.backward(grad, noise, out=grad) is grad
    same_bits(grad, y)
    assert fa.rrelu_train.backward(x, slopes, slopes) is slopes
    same_bits(slopes, y)


def test_errors():
    x, one = np.ones(3, "float32"), np.ones(3, "float32")
    locked = one.copy()
    locked.flags.writeable = False
    for call, error, text in (
        (lambda: fa.rrelu_train(x + 1j), TypeError, "rrelu_train: x has dtype complex64"),
        (lambda: fa.rrelu_train(["a"]), TypeError, "rrelu_train: x has dtype <U1"),
        (lambda: fa.rrelu_train(x, "a"), TypeError, "rrelu_train: lower is 'a'"),
        (lambda: fa.rrelu_train(x, 0.1, one), TypeError, "rrelu_train: upper is array"),
        (lambda: fa.rrelu_train(x, 0.5, 0.25), ValueError, "rrelu_train: lower is 0.5 and upper 0.25"),
        (lambda: fa.rrelu_train(x, np.nan), ValueError, "rrelu_train: lower is nan"),
        (lambda: fa.rrelu_train(x, 0, INF), ValueError, "rrelu_train: lower is 0 and upper inf"),
        (lambda: fa.rrelu_train(x, rng=3), TypeError, "rrelu_train: rng is of type int; a numpy.random.Generator"),
        (lambda: fa.rrelu_train(x, out=one), TypeError, r"rrelu_train: out is array.*\(y, noise\)"),
        (lambda: fa.rrelu_train(x, out=(np.ones(4), None)), ValueError, r"rrelu_train: out\[0\] has shape \(4,\)"),
        (lambda: fa.rrelu_train(x, out=(None, locked)), ValueError, r"rrelu_train: out\[1\] is read-only"),
        (lambda: fa.rrelu_train(x, out=(one, one)), ValueError, "rrelu_train: .* share memory"),
        (lambda: fa.rrelu_train.backward(x, x[:2]), ValueError, r"rrelu_train.backward: grad has shape \(3,\) and noise \(2,\)"),
        (lambda: fa.rrelu_train.backward(x, x + 1j), TypeError, "rrelu_train.backward: noise has dtype complex64"),
        (lambda: fa.rrelu_train.backward(x, x, out=np.ones(3, int)), TypeError, "rrelu_train.backward: out has dtype int64"),
    ):
        before = one.copy()
        with pytest.raises(error, match=text):
            call()
        same_bits(one, before)


def test_no_warning_is_raised(tmp_path):
    code = """
import numpy as np, fastact as fa
x = np.array([-6e4, -1e-7, 0, 6e4, np.inf, -np.inf, np.nan], "f2")
with np.errstate(all="raise"):
    for dtype in ("f2", "f4", "f8"):
        y, noise = fa.rrelu_train(x.astype(dtype), 0.5, 3.0, rng=np.random.default_rng(0))
        fa.rrelu_train.backward(y, noise)
print("quiet")
"""
    assert run_python(code, tmp_path) == "quiet\n"


def test_torch_uses_its_noise_alike():
    torch = pytest.importorskip("torch")
    x = sample(300, "float64", 5)
    leaf, noise = torch.tensor(x, requires_grad=True), torch.empty(300, dtype=torch.float64)
    y = torch.ops.aten.rrelu_with_noise(leaf, noise, 1 / 8, 1 / 3, True)
    y.backward(torch.tensor(x))
    np.testing.assert_array_equal(fa.rrelu_train.backward(x, noise.numpy()), leaf.grad.numpy())
    np.testing.assert_array_equal(fa.rrelu_train.backward(np.where(x <= 0, x, 1), noise.numpy()), np.where(x <= 0, y.detach().numpy(), 1))
