"""Functions and losses of rows along any axis, of arrays that lie in any order: the bits of rows that lie last."""

import itertools

import numpy as np
import pytest
from helpers import OTHER_ROWS, PROBABILITIES, names_of, same_bits
from test_copies import laid_out

import fastact as fa

DTYPES = ["float16", "float32", "float64"]
ORDERS = list(itertools.permutations(range(3)))
SHAPES = [(3, 12, 5), (1, 40, 70), (33, 4, 1), (2, 20, 40)]


def lying(g, array):
    """The same numbers in another order of the axes, with steps between them."""
    steps = tuple(g.choice([1, 1, 1, 2, -1], array.ndim))
    _, other = laid_out(g, array.shape, array.dtype, ORDERS[g.integers(len(ORDERS))], steps)
    other[...] = array
    return other


def last(array, axis=1):
    return np.ascontiguousarray(np.moveaxis(array, axis, -1))


def check(got, expected_last, axis=1):
    same_bits(last(np.asarray(got), axis), expected_last)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", names_of("rowwise"))
def test_functions(name, dtype):
    f, g = getattr(fa, name), np.random.default_rng(5)
    for shape in SHAPES * 3:
        x = g.normal(0, 3, shape).astype(dtype)
        expected = np.asarray(f(last(x)))
        y = expected if expected.ndim < 3 else np.ascontiguousarray(np.moveaxis(expected, -1, 1))
        got = f(lying(g, x), axis=1)
        assert got.flags.c_contiguous
        same_bits(got, y)
        grad = g.normal(size=y.shape).astype(dtype)
        second = x if name in OTHER_ROWS else y
        slope = f.backward(grad if y.ndim < 3 else last(grad), last(second))
        given = (grad if y.ndim < 3 else lying(g, grad)), lying(g, second)
        check(f.backward(*given, axis=1), slope)
        for out in (lying(g, np.zeros_like(x)), given[1]):  # the last time in place
            assert f.backward(*given, axis=1, out=out) is out
            check(out, slope)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", sorted({*PROBABILITIES, "log_softmax", "l2_normalize"}))
def test_outputs(name, dtype):
    """What is written in place, to each order of the axes, and to what overlaps the input otherwise."""
    f, g = getattr(fa, name), np.random.default_rng(6)
    x = g.normal(0, 3, (18, 18)).astype(dtype)
    for axis in (0, 1):
        expected = f(last(x, axis))
        for order in "CF":
            given = np.array(x, order=order)
            for out in (np.zeros_like(given), np.zeros_like(given).T, lying(g, x[None])[0], given):  # the last time in place
                assert f(given, axis=axis, out=out) is out
                check(out, expected, axis)
            given = np.array(x, order=order)
            f(given, axis=axis, out=given.T)
            check(given.T, expected, axis)
            wide = np.zeros((19, 18), dtype)
            wide[1:] = x
            f(wide[1:], axis=axis, out=wide[:-1])
            check(wide[:-1], expected, axis)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp", "hardmax", "sparsemax"])
def test_masks_and_scales(name, dtype):
    f, g = getattr(fa, name), np.random.default_rng(7)
    for shape, scale in itertools.product(SHAPES, (1.0, -1.0, 0.3)):
        x, mask = g.normal(0, 3, shape).astype(dtype), g.random(shape) < 0.7
        x[:, ::3, 0] = -np.inf  # where hardmax may take what does not count
        for where in (None, mask, mask[:, :, :1]):
            at_end = None if where is None else last(np.broadcast_to(where, shape))
            expected = f(last(x), where=at_end, scale=scale)
            for given in (x, lying(g, x)):
                got = f(given, axis=1, where=where, scale=scale)
                same_bits(got if name == "logsumexp" else last(got), expected)
            grad = g.normal(size=got.shape).astype(dtype)
            second = x if name == "logsumexp" else got
            slope = f.backward(grad if name == "logsumexp" else last(grad), last(second), where=at_end, scale=scale)
            check(f.backward(grad, second, axis=1, where=where, scale=scale), slope)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", names_of("row_loss"))
def test_losses(name, dtype):
    loss, g = getattr(fa, name), np.random.default_rng(8)
    kinds = fa.functions()[name].targets
    for shape, kind in itertools.product([*SHAPES, (2, 21, 900)], kinds):
        z = g.uniform(0.05, 1, shape).astype(dtype)
        soft, each = kind == "probabilities", shape[:1] + shape[2:]
        t = g.uniform(0, 1, shape).astype(dtype) if soft else g.integers(0, shape[1], each)
        weight, mask = g.uniform(0, 2, each).astype(dtype), g.random(each) < 0.7
        t_last = last(t) if soft else t
        for options in ({}, {"reduction": "none"}, {"sample_weight": weight}, {"where": mask, "reduction": "sum"}):
            expected = loss.value_and_gradient(last(z), t_last, **options)
            for given, target in ((z, t), (lying(g, z), lying(g, t) if soft else t)):
                value, gradient = loss.value_and_gradient(given, target, axis=1, **options)
                same_bits(value, expected[0])
                check(gradient, expected[1])
                same_bits(loss(given, target, axis=1, **options), expected[0])
            out = np.asfortranarray(z)  # in place
            loss.gradient(out, target, axis=1, **options, out=out)
            check(out, expected[1])


def test_labels_that_are_no_class_are_named_by_their_place():
    labels = np.zeros((2, 7), int)
    labels[1, 3] = 5
    with pytest.raises(ValueError, match=r"labels\[1, 3\] is 5; 0 to 4 are accepted"):
        fa.cross_entropy(np.zeros((2, 5, 7), np.float32), labels, axis=1)


@pytest.mark.parametrize("shape", [(0, 4, 3), (2, 4, 0), (2, 0, 3)])
def test_nothing(shape):
    x = np.zeros(shape, np.float32)
    assert fa.softmax(x, axis=1).shape == shape
    assert fa.softmax.backward(x, x, axis=1).shape == shape
    expected = np.full((shape[0], shape[2]), -np.inf, np.float32)
    np.testing.assert_array_equal(fa.logsumexp(x, axis=1), expected)
