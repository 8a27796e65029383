"""thinc: its own tests of ops, run on ours; and its layers."""

import doctest
import importlib

import numpy as np
import pytest

thinc = pytest.importorskip("thinc.api")

import fastact.thinc  # noqa: E402
from fastact.thinc import FastactOps  # noqa: E402


def _tests_of_thinc():
    """thinc.tests.backends.test_ops with FastactOps where it tests NumpyOps."""
    before = thinc.NumpyOps
    thinc.NumpyOps = FastactOps
    try:
        return importlib.import_module("thinc.tests.backends.test_ops")
    finally:
        thinc.NumpyOps = before


_theirs = _tests_of_thinc()
for _list in (_theirs.ALL_OPS, _theirs.CPU_OPS):  # what their decorators hold: ours alone, without thinc's plain Ops
    _list[:] = [_theirs.NUMPY_OPS]
assert type(_theirs.NUMPY_OPS) is FastactOps
# left out: these two fail for any ops, since they make float() of arrays of one dimension, which NumPy 2.4 refuses, and ask
# get_ops("numpy") for the class that was replaced; and what is for another machine
_LEFT_OUT = ("test_compare_activations_to_torch", "test_get_ops")


def _is_ours(name, value):
    elsewhere = any(mark.name == "skipif" and mark.args[0] for mark in getattr(value, "pytestmark", ()))
    return name.startswith("test_") and name not in _LEFT_OUT and not elsewhere


globals().update({name: value for name, value in vars(_theirs).items() if _is_ours(name, value)})


def test_examples():
    assert doctest.testmod(fastact.thinc).failed == 0


def test_every_method_is_overridden_or_calls_one_that_is():
    ours = vars(FastactOps)
    for name in ("relu", "sigmoid", "swish", "gelu", "gelu_approx", "mish", "dish", "hard_swish", "hard_swish_mobilenet", "clipped_linear"):
        assert name in ours and f"backprop_{name}" in ours


@pytest.mark.parametrize("layer", ["Relu", "Gelu", "Mish", "Swish", "HardSwish", "HardSigmoid", "HardTanh", "ClippedLinear", "Softmax"])
def test_layers_learn_alike(layer):
    """Forward and backward pass of a layer of thinc with either ops, from the same weights."""
    x = np.random.default_rng(1).normal(0, 1, (20, 6)).astype("f4")
    found = []
    for name in ("numpy", "fastact"):
        thinc.fix_random_seed(0)
        with thinc.use_ops(name):
            model = getattr(thinc, layer)(5, 6).initialize()
            y, back = model(x, is_train=True)
            found.append([y, back(np.ones_like(y)), model.get_grad("W")])
    for theirs, ours in zip(*found):
        np.testing.assert_allclose(ours, theirs, rtol=2e-5, atol=2e-5)


def test_sequences():
    x, lengths = np.random.default_rng(2).normal(0, 1, (7, 3)).astype("f4"), np.array([2, 0, 5], "i")
    theirs, ours = thinc.NumpyOps(), FastactOps()
    y = ours.softmax_sequences(x, lengths)
    np.testing.assert_allclose(y, theirs.softmax_sequences(x, lengths), rtol=1e-5)
    np.testing.assert_allclose(ours.backprop_softmax_sequences(x, y, lengths), theirs.backprop_softmax_sequences(x, y, lengths), atol=1e-6)


def test_in_place():
    ops, x = FastactOps(), np.linspace(-4, 4, 41, dtype="f4").reshape(1, -1)
    for name in ("relu", "sigmoid", "swish", "gelu", "gelu_approx", "mish", "dish", "hard_swish", "hard_swish_mobilenet", "clipped_linear"):
        place = x.copy()
        assert getattr(ops, name)(place, inplace=True) is place
        np.testing.assert_array_equal(place, getattr(ops, name)(x))
    for name in ("relu", "gelu", "gelu_approx", "mish", "dish", "hard_swish", "hard_sigmoid", "hard_tanh"):
        place = np.full_like(x, 2)
        back = getattr(ops, f"backprop_{name}")
        expected = back(place.copy(), x)
        assert back(place, x, inplace=True) is place
        np.testing.assert_array_equal(place, expected)
