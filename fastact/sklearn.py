"""scikit-learn's multilayer perceptrons on fastact: its activations, derivatives and losses, and more activations than it has.

>>> import numpy as np
>>> from fastact.sklearn import MLPClassifier
>>> x = np.random.default_rng(0).normal(0, 1, (200, 4))
>>> net = MLPClassifier(activation="elu", hidden_layer_sizes=(16,), solver="lbfgs", max_iter=500, random_state=0)
>>> net.fit(x, x[:, 0] * x[:, 1] > 0).score(x, x[:, 0] * x[:, 1] > 0)
1.0

With "identity", "logistic", "tanh" and "relu" they are the estimators of scikit-learn, faster and equal but for rounding. The backward
pass of scikit-learn keeps outputs alone, so that the other activations are those with `backward_from_output`; `ACTIVATIONS` names all.
"""

from contextlib import contextmanager

import numpy as np
from sklearn import neural_network
from sklearn.neural_network import _base
from sklearn.utils._param_validation import StrOptions

import fastact as fa

__all__ = ["ACTIVATIONS", "MLPClassifier", "MLPRegressor"]

_NAMES = {"logistic": "sigmoid", "exp": "exponential"}  # theirs -> ours
_MORE = ("relu6", "leaky_relu", "elu", "selu", "celu", "softplus", "log_sigmoid", "hard_tanh", "hard_sigmoid", "softsign")
ACTIVATIONS = ("identity", "logistic", "tanh", "relu", *_MORE)


def _forward(name):
    function = getattr(fa, _NAMES.get(name, name))

    def run(x):
        function(x, out=x)

    return run


def _backward(name):
    function = getattr(fa, _NAMES.get(name, name)).backward_from_output

    def run(y, grad):
        function(grad, y, out=grad)

    return run


def _squared_error(target, pred, sample_weight=None):
    return fa.half_squared_error(pred, target, sample_weight=sample_weight)


def _log_loss(target, probabilities, sample_weight=None):
    if probabilities.shape[1] == 1:
        return _binary_log_loss(target, probabilities, sample_weight)
    clip = float(np.finfo(probabilities.dtype).eps)
    return fa.categorical_cross_entropy(probabilities, target.astype(probabilities.dtype), clip=clip, sample_weight=sample_weight)


def _binary_log_loss(target, probabilities, sample_weight=None):
    clip = float(np.finfo(probabilities.dtype).eps)
    return fa.binary_cross_entropy(probabilities, target, clip=clip, sample_weight=sample_weight) * probabilities.shape[1]


# the tables of scikit-learn, and what stands in them while an estimator from here computes; identity does nothing there
_TABLES = (
    (_base.ACTIVATIONS, {name: _forward(name) for name in (*ACTIVATIONS, "exp", "softmax") if name != "identity"}),
    (_base.DERIVATIVES, {name: _backward(name) for name in ACTIVATIONS if name != "identity"}),
    (_base.LOSS_FUNCTIONS, {"squared_error": _squared_error, "log_loss": _log_loss, "binary_log_loss": _binary_log_loss}),
)
_THEIRS = [dict(table) for table, _ in _TABLES]


@contextmanager
def _tables():
    """Ours in place of theirs. Estimators of scikit-learn that run meanwhile in another thread get them too, which are right as well."""
    for table, ours in _TABLES:
        table.update(ours)
    try:
        yield
    finally:
        for (table, _), theirs in zip(_TABLES, _THEIRS):
            table.update(theirs)


class _OnFastact:
    """What of the estimators looks into the tables."""

    def _forward_pass(self, activations):
        with _tables():
            return super()._forward_pass(activations)

    def _forward_pass_fast(self, *arguments, **options):
        with _tables():
            return super()._forward_pass_fast(*arguments, **options)

    def _backprop(self, *arguments):
        with _tables():
            return super()._backprop(*arguments)


def _constraints(estimator):
    return estimator._parameter_constraints | {"activation": [StrOptions(set(ACTIVATIONS))]}


class MLPClassifier(_OnFastact, neural_network.MLPClassifier):
    """sklearn.neural_network.MLPClassifier with every activation of `ACTIVATIONS`, on fastact."""

    _parameter_constraints = _constraints(neural_network.MLPClassifier)


class MLPRegressor(_OnFastact, neural_network.MLPRegressor):
    """sklearn.neural_network.MLPRegressor with every activation of `ACTIVATIONS`, on fastact."""

    _parameter_constraints = _constraints(neural_network.MLPRegressor)
