"""scikit-learn's perceptrons with our activations, derivatives and losses: the same loss curves."""

import doctest
import time

import numpy as np
import pytest

import fastact as fa

neural_network = pytest.importorskip("sklearn.neural_network")

from sklearn.base import clone  # noqa: E402
from sklearn.datasets import load_digits  # noqa: E402

import fastact.sklearn as ours  # noqa: E402


def curves(kind, activation, x, t, **options):
    """(loss curve, seconds) of scikit-learn and of fastact."""
    for module in (neural_network, ours):
        began = time.perf_counter()
        settings = {"hidden_layer_sizes": (32, 16), "activation": activation, "random_state": 0, "max_iter": 8, "tol": 0}
        net = getattr(module, kind)(**settings | options)
        net.fit(x, t)
        yield net, time.perf_counter() - began


def same_curve(kind, activation, x, t, **options):
    (theirs, slow), (mine, fast) = curves(kind, activation, x, t, **options)
    print(f"{kind} {activation}: {slow / fast:.2f} times as fast")
    np.testing.assert_allclose(mine.loss_curve_, theirs.loss_curve_, rtol=1e-4 if x.dtype == np.float32 else 1e-9)
    predict = "predict_proba" if kind == "MLPClassifier" else "predict"
    np.testing.assert_allclose(getattr(mine, predict)(x), getattr(theirs, predict)(x), rtol=1e-3, atol=1e-4)


@pytest.fixture(scope="module")
def digits():
    x, t = load_digits(return_X_y=True)
    return x[:500] / 16, t[:500]


def test_examples():
    assert doctest.testmod(ours).failed == 0


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
def test_classifiers_learn_alike(activation, dtype, digits):
    same_curve("MLPClassifier", activation, digits[0].astype(dtype), digits[1])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("kind", ["two classes", "labels", "regression", "poisson"])
def test_other_targets(kind, weighted, digits):
    x, t = digits
    options = {"loss": "poisson"} if kind == "poisson" else {}
    target = {"two classes": t % 2, "labels": (t[:, None] >> np.arange(3)) & 1, "regression": x[:, :3], "poisson": t}[kind]
    estimator = "MLPClassifier" if kind in ("two classes", "labels") else "MLPRegressor"
    weights = np.arange(500.0) % 3 + 1 if weighted else None
    theirs, mine = (
        getattr(module, estimator)(hidden_layer_sizes=(8,), max_iter=5, random_state=1, **options).fit(x, target, sample_weight=weights)
        for module in (neural_network, ours)
    )
    np.testing.assert_allclose(mine.loss_curve_, theirs.loss_curve_, rtol=1e-9)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("activation", ours.ACTIVATIONS)
def test_gradients_of_every_activation(activation, digits):
    """The loss falls along the gradient as much as the gradient says."""
    x, t = digits[0][:60], digits[1][:60] % 3
    net = ours.MLPClassifier(hidden_layer_sizes=(7,), activation=activation, alpha=0.0, random_state=2, max_iter=1).fit(x, t)
    target = np.eye(3)[t]

    def loss_and_slopes():
        layers, deltas = [x, None, None], [None, None]
        made = net._backprop(x, target, None, layers, deltas, [None, None], [None, None])
        return made[0], made[1][0].copy()

    _, slope = loss_and_slopes()
    for place in ((10, 2), (33, 5)):
        losses = []
        for step in (1e-5, -2e-5):
            net.coefs_[0][place] += step
            losses.append(loss_and_slopes()[0])
        net.coefs_[0][place] += 1e-5
        np.testing.assert_allclose((losses[0] - losses[1]) / 2e-5, slope[place], rtol=1e-4, atol=1e-8)


def test_scikit_learn_stays_as_it_is(digits):
    before = [dict(table) for table, _ in ours._TABLES]
    net = clone(ours.MLPClassifier(activation="elu", max_iter=2))
    with pytest.warns(Warning, match="Maximum iterations"):
        net.fit(*digits)
    assert all({name: table[name] for name in theirs} == theirs for (table, _), theirs in zip(ours._TABLES, before))
    assert neural_network.MLPClassifier._parameter_constraints["activation"] != ours.MLPClassifier._parameter_constraints["activation"]
    with pytest.raises(ValueError, match="'activation' parameter of MLPClassifier"):
        neural_network.MLPClassifier(activation="elu").fit(*digits)
    with pytest.raises(ValueError, match="'activation' parameter of MLPClassifier"):
        ours.MLPClassifier(activation="gelu").fit(*digits)


def test_all_with_a_pass_from_the_output_are_there():
    from_output = {name for name, entry in fa.functions().items() if "backward_from_output" in entry.passes}
    # what is no activation of a hidden layer: unbounded slopes, or bounds that have to be given
    assert from_output - {"sigmoid", "sqrt", "exponential", "clip"} == {*ours.ACTIVATIONS} - {"identity", "logistic"}
