"""clip.derivative and clip.backward with edge="inclusive": slope 1 where min_val <= x <= max_val, whatever the bounds and the call."""

import numpy as np
import pytest
from helpers import DTYPES, run_python, same_bits

import fastact as fa

INF = np.inf


def grid(dtype):
    """Numbers around -1, 0, 0.5 and 2 with the neighbours of each, and the ends of the dtype."""
    kind = np.finfo(dtype)
    centres = np.array([-1, -0.0, 0, 0.5, 2, kind.max, -kind.max, kind.smallest_subnormal, INF, -INF], dtype)
    with np.errstate(all="ignore"):
        return np.concatenate([np.nextafter(centres, dtype(-INF)), centres, np.nextafter(centres, dtype(INF))])


def expected(x, low, high):
    """By comparing in float64; the bounds as the kernel has them."""
    work = np.float64 if x.dtype == np.float64 else np.float32
    with np.errstate(over="ignore"):
        low, high = (np.asarray(bound, work).astype(np.float64) for bound in (low, high))
    wide = x.astype(np.float64)
    return ((low <= wide) & (wide <= high)).astype(x.dtype)


LARGEST = {dtype: float(np.finfo(dtype).max) for dtype in DTYPES}
BOUNDS = [(-1, 2), (0, 0.5), (-0.0, 0.0), (0.5, 0.5), (-INF, 2), (0.5, INF), (-INF, INF), (INF, -INF), (2, -1), (INF, INF), (1e300, 1e300)]
BOUNDS += [(0.1, 1 / 3), (np.float64(-1), 2)]
BOUNDS += [bounds for largest in set(LARGEST.values()) for bounds in ((-largest, largest), (0, largest), (-largest, INF))]


@pytest.mark.parametrize("bounds", BOUNDS, ids=str)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_slope_is_one_at_the_bounds(dtype, bounds):
    x = grid(dtype)
    if isinstance(bounds[0], np.float64):
        x = x.astype(np.float64)  # a NumPy number takes part in promotion
    exact = expected(x, *bounds)
    same_bits(fa.clip.derivative(x, *bounds, edge="inclusive"), exact)
    same_bits(fa.clip.derivative(x, edge="inclusive", max_val=bounds[1], min_val=bounds[0]), exact)
    grad = np.resize(np.array([3, -0.5, INF, np.nan], x.dtype), x.shape)
    same_bits(fa.clip.backward(grad, x, *bounds, edge="inclusive"), np.where(exact == 1, grad, x.dtype.type(0)))
    for place in (0, -1):  # NumPy numbers instead of arrays
        assert fa.clip.derivative(x[place], *bounds, edge="inclusive") == exact[place]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_bounds_may_be_arrays(dtype):
    x = grid(dtype)
    work = np.float64 if dtype is np.float64 else np.float32
    largest = np.finfo(work).max
    low = np.array([-1, 0, -INF, -largest, 0.5, np.nan, INF], work)[:, None]
    high = np.array([2, 0, 0.5, largest, -1, 1, largest], work)[:, None]
    exact = np.array([expected(x, *bounds) for bounds in zip(low[:, 0], high[:, 0])])
    same_bits(fa.clip.derivative(x, low, high, edge="inclusive"), exact)
    same_bits(fa.clip.backward(np.ones_like(x), x, max_val=high, min_val=low, edge="inclusive"), exact)
    wide = fa.clip.derivative(x, low.astype(np.float64), high, edge="inclusive")
    assert wide.dtype == np.float64
    np.testing.assert_array_equal(wide, exact)


def test_none_is_no_bound():
    x = np.array([-INF, -3, 0, 1, INF], np.float32)
    np.testing.assert_array_equal(fa.clip.derivative(x, None, 0, edge="inclusive"), [1, 1, 1, 0, 0])
    np.testing.assert_array_equal(fa.clip.derivative(x, min_val=0, max_val=None, edge="inclusive"), [0, 0, 1, 1, 1])
    np.testing.assert_array_equal(fa.clip.derivative(x, edge="inclusive"), 1)


def test_exclusive_is_the_default():
    x, grad = grid(np.float32), np.arange(30, dtype=np.float32)
    same_bits(fa.clip.derivative(x, -1, 2, edge="exclusive"), fa.clip.derivative(x, -1, 2))
    same_bits(fa.clip.backward(grad, x, -1, 2, edge="exclusive"), fa.clip.backward(grad, x, -1, 2))
    assert (fa.clip.derivative(x, -1, 2, edge="inclusive") != fa.clip.derivative(x, -1, 2)).sum() == (x == -1).sum() + (x == 2).sum()


@pytest.mark.parametrize("kind", ["bool", "int8", "uint16", "int64"])
def test_integers_become_float64(kind):
    x = np.arange(8).astype(kind)
    same_bits(fa.clip.derivative(x, 0, 1, edge="inclusive"), (x <= 1).astype(np.float64))
    same_bits(fa.clip.derivative([0, 1, 2], 0.0, 1, edge="inclusive"), np.array([1.0, 1.0, 0.0]))
    assert fa.clip.derivative(1, 0, 1, edge="inclusive") == 1 and fa.clip.derivative(True, 0, 1, edge="inclusive") == 1


def test_it_is_called_as_ufuncs_are():
    x = np.array([[-1, 0, 2], [1, 1, 5]], np.float32)
    exact = np.array([[0, 1, 0], [1, 1, 0]], np.float32)
    out = np.full_like(x, 7)
    assert fa.clip.derivative(x, 0, 1, out, edge="inclusive") is out
    same_bits(out, exact)
    out[...] = 7
    assert fa.clip.derivative(x, 0, 1, out=out, where=x > 1, edge="inclusive") is out
    np.testing.assert_array_equal(out, np.where(x > 1, 0, 7))
    same_bits(fa.clip.derivative(x, 0, 1, dtype=np.float64, edge="inclusive"), exact.astype(np.float64))
    narrow = fa.clip.derivative(x.astype(np.float64), 0, 1, dtype=np.float32, casting="same_kind", edge="inclusive")
    same_bits(narrow, exact)
    same_bits(fa.clip.derivative(x, 0, 1, signature="fff->f", edge="inclusive"), exact)
    same_bits(fa.clip.derivative(x[:, ::-1].T, 0, 1, edge="inclusive"), exact[:, ::-1].T)
    same_bits(fa.clip.derivative(x.astype(">f4"), 0, np.full(3, 1, ">f4"), edge="inclusive"), exact)
    masked = fa.clip.derivative(np.ma.array(x, mask=x == 5), 0, 1, edge="inclusive")
    assert isinstance(masked, np.ma.MaskedArray) and masked.mask[1, 2]
    np.testing.assert_array_equal(masked[:, :2], exact[:, :2])
    grad = x.copy()
    assert fa.clip.backward(grad, x, 0, 1, out=grad, edge="inclusive") is grad
    same_bits(grad, np.where(exact == 1, x, np.float32(0)))


def test_bfloat16_keeps_its_dtype():
    dtype = pytest.importorskip("ml_dtypes").bfloat16
    x = np.array([-1, 0, 0.0078125, 1, 2, INF], dtype)
    for bounds, two in (((0, 1), 0), ((np.zeros(6, dtype), np.ones(6, dtype)), 0), ((0, float(np.finfo(np.float32).max)), 1)):
        got = fa.clip.derivative(x, *bounds, edge="inclusive")
        assert got.dtype == dtype
        np.testing.assert_array_equal(got.astype(np.float32), [0, 1, 1, 1, two, 0])


def test_nothing_is_raised_and_the_short_calls_change_nothing(tmp_path):
    code = """
import numpy as np, fastact as fa
x = np.array([-2, -1, 0, 1, 2, np.inf, np.nan], np.float32)
with np.errstate(all="raise"):
    for bounds in ((-1, 1), (1e300, 1e308), (-float(np.finfo("f4").max), 0), (np.float16(-1), np.ones(7, "f2"))):
        print(fa.clip.derivative(x, *bounds, edge="inclusive")[:-1], fa.clip.backward(x, x, *bounds, edge="inclusive")[:-1])
"""
    assert run_python(code, tmp_path) == run_python(code, tmp_path, FASTACT_NO_FASTPATH="1")


@pytest.mark.parametrize("wrong", ["both", "", None, 1, True, ["inclusive"], np.array(["inclusive"])], ids=repr)
@pytest.mark.parametrize("which", ["derivative", "backward"])
def test_another_edge_is_refused(which, wrong):
    x = np.ones(3, np.float32)
    with pytest.raises(ValueError, match=rf"clip\.{which}: edge is .*'exclusive', 'inclusive'"):
        getattr(fa.clip, which)(*[x] * (1 + (which == "backward")), edge=wrong)


def test_other_errors_are_those_of_the_ufunc():
    x = np.ones(3, np.float32)
    slope = fa.clip.derivative
    for call, error, text in (
        (lambda: slope(x, "a", edge="inclusive"), TypeError, "clip.derivative: min_val has dtype <U1"),
        (lambda: slope(x, max_val=1j, edge="inclusive"), TypeError, "clip.derivative: max_val has dtype complex128"),
        (lambda: slope(x + 1j, edge="inclusive"), TypeError, "clip.derivative: x has dtype complex64"),
        (lambda: slope([[1], [1, 2]], edge="inclusive"), ValueError, "clip.derivative: x is no regular array"),
        (lambda: slope(x, 0, min_val=0, edge="inclusive"), TypeError, "min_val was given by position and by keyword"),
        (lambda: slope(x, [1, 2], edge="inclusive"), ValueError, "clip.derivative: .*broadcast"),
        (lambda: slope(x, low=1, edge="inclusive"), TypeError, "no keyword 'low'; accepted are min_val, max_val, edge, out"),
        (lambda: fa.clip.backward(x, edge="inclusive"), TypeError, "clip.backward: 1 positional arguments"),
        (lambda: fa.clip(x, edge="inclusive"), TypeError, "clip: there is no keyword 'edge'; accepted are min_val, max_val, out"),
        (lambda: fa.clip.backward_from_output(x, x, edge="inclusive"), TypeError, "no keyword 'edge'; accepted are min_val, max_val, out"),
    ):
        with pytest.raises(error, match=text):
            call()


@pytest.mark.parametrize("bounds", [(-1.0, 2.0), (0.5, 0.5), (2.0, -1.0), (None, 0.5), (0.0, None)], ids=str)
def test_it_is_what_torch_does(bounds):
    torch = pytest.importorskip("torch")
    for dtype in (np.float32, np.float64):
        x = grid(dtype)
        leaf = torch.tensor(x, requires_grad=True)
        torch.clamp(leaf, *bounds).sum().backward()
        same_bits(fa.clip.derivative(x, *bounds, edge="inclusive"), leaf.grad.numpy())


def test_pandas_keeps_its_index():
    pandas = pytest.importorskip("pandas")
    x = pandas.Series([0.0, 1.0, 2.0], index=list("abc"), dtype="float32")
    got = fa.clip.derivative(x, 0, 1, edge="inclusive")
    assert list(got.index) == list("abc")
    assert got.tolist() == [1, 1, 0]
