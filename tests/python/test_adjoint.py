"""Gradients of every function that has any, as the adaptors for other frameworks ask for them: compared with differences."""

import numpy as np
import pytest
from adjoint_cases import LOSSES, NAMES, THROUGH_LOG_SOFTMAX, WITHOUT, arguments_of
from helpers import EVERY_FUNCTION

import fastact as fa
from fastact.adjoint import GRADIENTS, VALUE, Adjoint

STEP = 1e-6


def slopes(name, **options):
    """(gradients from the adjoint, the same from differences) of sum(g * value), g random."""
    adjoint = Adjoint(getattr(fa, name))
    arguments, others = arguments_of(name)
    given = adjoint.bind(arguments, others | options)
    names = [key for key in adjoint.names if key in given]

    def value(moved):
        random = arguments_of(name)[1] if name == "gumbel_softmax" else {}
        if name in THROUGH_LOG_SOFTMAX:
            moved = moved | {key: fa.log_softmax(moved[key]) for key in names}
        return adjoint.forward(moved | random, True)

    y, gradients = value(given)
    assert (gradients is not None) == (adjoint.saves(given) == GRADIENTS)
    upstream = np.random.default_rng(5).normal(0, 1, np.shape(y))
    kept = given if adjoint.saves(given) != VALUE else {key: array for key, array in given.items() if key not in names}
    made = adjoint.backward(upstream, kept, y if kept is not given else None, gradients)
    for key, gradient in zip(names, made):
        expected = np.empty_like(given[key])
        for place in np.ndindex(expected.shape):
            low, high = given[key].copy(), given[key].copy()
            low[place] -= STEP
            high[place] += STEP
            change = value(given | {key: high})[0] - value(given | {key: low})[0]
            expected[place] = (upstream * change).sum() / (high[place] - low[place])
        yield gradient, expected


@pytest.mark.parametrize("name", NAMES)
def test_gradients(name):
    for gradient, expected in slopes(name):
        np.testing.assert_allclose(gradient, expected, rtol=2e-5, atol=2e-8)


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_of_losses_that_are_not_reduced(name):
    for gradient, expected in slopes(name, reduction="none"):
        np.testing.assert_allclose(gradient, expected, rtol=2e-5, atol=2e-8)


WEIGHTS = [("mean_squared_error", np.full(6, 2.0)), ("cross_entropy", np.arange(1.0, 5)), ("dice", np.arange(6.0))]


@pytest.mark.parametrize("name, weight", WEIGHTS)
def test_weights_of_losses_that_are_not_reduced(name, weight):
    options = {"axis": -1} if name == "dice" else {}
    for gradient, expected in slopes(name, reduction="none", sample_weight=weight, **options):
        np.testing.assert_allclose(gradient, expected, rtol=2e-5, atol=2e-8)


@pytest.mark.parametrize("options", [{"keepdims": True}, {"axis": None}, {"axis": 0, "keepdims": True}, {"scale": 0.5}])
def test_options_of_rows(options):
    for gradient, expected in slopes("logsumexp", **options):
        np.testing.assert_allclose(gradient, expected, rtol=2e-5, atol=2e-8)


@pytest.mark.parametrize("shape", [(4,), (3, 1, 4), (1, 4)])
def test_what_was_broadcast_is_summed(shape):
    adjoint, x = Adjoint(fa.leaky_relu), np.array([[-1.0], [-2.0], [3.0]])
    slope = np.random.default_rng(0).uniform(0.1, 1, shape)
    upstream = np.random.default_rng(1).normal(0, 1, np.broadcast_shapes(shape, x.shape))
    (gradient,) = adjoint.backward(upstream, {"x": x, "negative_slope": slope})
    full = upstream * np.where(x > 0, 1, slope)
    np.testing.assert_allclose(gradient, full.sum(axis=tuple(k for k in range(full.ndim) if k != full.ndim - 2)).reshape(3, 1))


def test_other_distance():
    for gradient, expected in slopes("pairwise_distance", keepdim=True, p=3.0):
        np.testing.assert_allclose(gradient, expected, rtol=2e-5, atol=2e-8)


def test_functions_without_gradient():
    assert set(EVERY_FUNCTION) - set(NAMES) == WITHOUT
    for function in (*(getattr(fa, name) for name in WITHOUT), np.exp, fa.gelu.derivative):
        with pytest.raises(TypeError, match="there is no backward pass"):
            Adjoint(function)


def test_arguments():
    assert Adjoint(fa.leaky_relu).bind((1.0, 0.5), {}) == {"x": 1.0, "negative_slope": 0.5}
    twice = ((1, 2), {"negative_slope": 1}, "by position and by keyword")
    for arguments, options, words in (((1, 2, 3), {}, "3 arguments were given"), twice):
        with pytest.raises(TypeError, match=f"leaky_relu: .*{words}"):
            Adjoint(fa.leaky_relu).bind(arguments, options)
    with pytest.raises(TypeError, match="softmax: there is no out here"):
        Adjoint(fa.softmax).bind((np.ones(3),), {"out": np.ones(3)})
    with pytest.raises(ValueError, match="gumbel_softmax: hard is True"):
        Adjoint(fa.gumbel_softmax).bind((np.ones(3),), {"hard": True})
