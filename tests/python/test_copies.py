"""Copies of arrays that lie in another order, functions along axes that are not the last, and what a mask leaves."""

import itertools

import numpy as np
import pytest
from helpers import bits

import fastact
from fastact import _core

compiled = pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core NumPy copies")
SIDES = (1, 3, 4, 5, 15, 16, 17, 33, 70)


def laid_out(g, shape, dtype, order, steps):
    """An array of that shape in a larger one: axes in memory as `order` says, with steps between their places."""
    sizes = [shape[axis] * abs(steps[axis]) + 1 for axis in order]
    base = g.integers(0, 255, (*sizes, np.dtype(dtype).itemsize), dtype=np.uint8).view(dtype)[..., 0]
    places = tuple(slice(None, shape[axis] * steps[axis] if steps[axis] > 0 else 0, steps[axis]) for axis in order)
    array = base[places].transpose(np.argsort(order))
    assert array.shape == shape
    return base, array


@compiled
@pytest.mark.parametrize("dtype", ["u2", "u4", "u8"])
@pytest.mark.parametrize("dimensions", [2, 3, 4])
def test_copies_are_those_of_numpy(dtype, dimensions):
    g, turned = np.random.default_rng(dimensions), 0
    orders = list(itertools.permutations(range(dimensions)))
    for _ in range(150):
        shape = tuple(int(n) for n in g.choice(SIDES[: 9 if dimensions == 2 else 7], dimensions))
        steps = [tuple(g.choice([1, 1, 1, 1, 2, -1], dimensions)) for _ in range(2)]
        (_, source), (base, to) = (laid_out(g, shape, dtype, orders[g.integers(len(orders))], step) for step in steps)
        before, kept = base.copy(), source.copy()
        done = _core.copy_turned(source, to)
        turned += done
        np.testing.assert_array_equal(to, kept if done else before_of(before, base, to))
        to[...] = before_of(before, base, to)
        np.testing.assert_array_equal(base, before)  # nothing beside it was written
    assert 10 < turned < 150


def before_of(before, base, view):
    """What `view`, a part of `base`, showed when the copy was made."""
    offset = view.__array_interface__["data"][0] - base.__array_interface__["data"][0]
    return np.ndarray(view.shape, view.dtype, before, offset, view.strides)


@compiled
def test_what_is_left_to_numpy():
    x = np.arange(400.0).reshape(20, 20)
    for source, to in (
        (x.T, x),  # overlapping
        (x, np.empty((20, 20))),  # of one order
        (x.T, np.empty((20, 20), np.float32)),
        (x.T, np.empty((20, 20), ">f8")),
        (x.T[:3], np.empty((3, 20))),
        (x.T, np.empty((20, 19))),
        (x.T.astype(object), np.empty((20, 20), object)),
        (np.ma.array(x.T), np.empty((20, 20))),
    ):
        before = to.copy()
        assert not _core.copy_turned(source, to)
        np.testing.assert_array_equal(to, before)


@compiled
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_what_a_mask_leaves(dtype):
    g = np.random.default_rng(4)
    for n in (0, 1, 7, 64, 1001, 40_000):
        x = g.integers(0, 2**31, 2 * n, dtype=np.uint32).view(dtype)[:n]  # NaN of all kinds too
        mask, to = g.random(n) < 0.5, np.empty(n, dtype)
        odd = mask.view(np.uint8) * g.integers(1, 256, n).astype(np.uint8)  # true is whatever is not 0
        for given in (mask, odd.view(bool)):
            for fill in (0.0, -np.inf, 1.0):
                expected = bits(np.where(mask, x, x.dtype.type(fill)))
                assert _core.copy_where(given, x, fill, to)
                np.testing.assert_array_equal(bits(to), expected)
        assert _core.copy_where(mask, x, 1.0, x)
        np.testing.assert_array_equal(bits(x), expected)


@compiled
def test_masks_that_are_left_to_numpy():
    x, mask = np.arange(40.0), np.arange(40) % 3 == 0
    for given in (
        (mask, x[::-1], np.empty(40)),
        (mask[::-1], x, np.empty(40)),
        (mask[:39], x, np.empty(40)),
        (mask, x, np.empty(40, np.float32)),
        (mask.astype(np.int8), x, np.empty(40)),
        (mask, x.astype(">f8"), np.empty(40, ">f8")),
        (mask, x.astype(np.int64), np.empty(40, np.int64)),
        (mask[1:], x[:-1], x[1:]),  # overlapping
        (x.view(bool)[:40], x, x),
    ):
        before = given[2].copy()
        assert not _core.copy_where(given[0], given[1], 7.0, given[2])
        np.testing.assert_array_equal(given[2], before)
    x.flags.writeable = False
    assert not _core.copy_where(mask, x, 7.0, x)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "l2_normalize", "sparsemax"])
def test_axes(name, dtype):
    """The bits of rows that were moved to the end first."""
    f, x = getattr(fastact, name), np.random.default_rng(3).normal(size=(19, 40, 33)).astype(dtype)
    for axis in (0, 1):
        expected = np.moveaxis(f(np.ascontiguousarray(np.moveaxis(x, axis, -1))), -1, axis)
        for given in (x, np.asfortranarray(x), x[::-1, ::-1, ::-1][::-1, ::-1, ::-1]):
            np.testing.assert_array_equal(bits(f(given, axis=axis)), bits(np.ascontiguousarray(expected)))
        out = np.full(x.shape, np.nan, dtype, order="F")
        assert f(x, axis=axis, out=out) is out
        np.testing.assert_array_equal(bits(np.ascontiguousarray(out)), bits(np.ascontiguousarray(expected)))
        backward = f.backward(x, expected, axis=axis)
        moved = (np.ascontiguousarray(np.moveaxis(array, axis, -1)) for array in (x, expected))
        np.testing.assert_array_equal(bits(backward), bits(np.ascontiguousarray(np.moveaxis(f.backward(*moved), -1, axis))))
