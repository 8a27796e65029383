"""fastact's functions as Keras activations and losses, on the backend that Keras runs on: NumPy, PyTorch or JAX, the last two trainable.

Keras takes its backend from the environment: `KERAS_BACKEND=numpy`, `torch` or `jax`.
Every activation and pointwise or row loss is here by its name. Losses take Keras's order (y_true, y_pred), and give one number a sample:

>>> import numpy as np, keras, fastact.keras as fak
>>> model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation=fak.gelu), keras.layers.Dense(3, activation=fak.softmax)])
>>> model.predict(np.zeros((2, 4), "float32"), verbose=0).shape
(2, 3)
>>> model.compile(loss=fak.sparse_categorical_cross_entropy)
>>> float(model.evaluate(np.zeros((2, 4), "float32"), np.array([0, 1]), verbose=0))
1.0986123085021973

They are registered with Keras under "fastact", so that a saved model loads once this module is imported.
"""

import sys
from functools import cache

import keras

import fastact as fa

__all__ = ["wrap"]

_KINDS = ("elementwise", "rowwise", "loss", "row_loss")


def _for_backend(function):
    """The function for the tensors of Keras's backend."""
    backend = keras.backend.backend()
    if backend == "numpy":
        return function
    if backend == "torch":
        from .torch import wrap as wrap_for
    elif backend == "jax":
        from .jax import wrap as wrap_for
    else:
        raise RuntimeError(f"fastact.keras: Keras runs on {backend}; numpy, torch and jax are accepted")
    return wrap_for(function)


@cache
def wrap(function, name=None):
    """The function as Keras calls activations and losses.

    Parameters
    ----------
    function : callable
        An activation, row-wise function, or pointwise or row loss of `fastact`, or what `fastact.activation` made.
    name : str, optional
        Under which it is registered, as "fastact>name"; by default its own.

    Returns
    -------
    callable
        activation(x, ...), or loss(y_true, y_pred, ...) with one number a sample: the mean over the last axis, for losses of rows
        their value.

    Raises
    ------
    TypeError
        For functions of another kind.

    Examples
    --------
    >>> import keras, fastact as fa
    >>> from fastact.keras import wrap
    >>> keras.activations.get(wrap(fa.gelu)).__name__
    'gelu'
    """
    name = name or function.__name__
    entry = fa.functions().get(function.__name__)
    if entry is not None and entry.kind not in _KINDS:
        raise TypeError(f"{name}: its kind is {entry.kind}; {', '.join(_KINDS)} are accepted")
    run = _for_backend(function)

    def activation(x, *parameters, **options):
        return run(x, *parameters, **options)

    def loss(y_true, y_pred, *parameters, **options):
        losses = run(y_pred, _targets(y_true, y_pred, entry), *parameters, reduction="none", **options)
        return losses if entry.kind == "row_loss" or len(losses.shape) < 2 else losses.mean(-1)

    made = loss if entry is not None and entry.kind.endswith("loss") else activation
    made.__name__ = made.__qualname__ = name
    made.__doc__ = f"fastact.{name} for Keras on {keras.backend.backend()}.\n\n{function.__doc__}"
    return keras.saving.register_keras_serializable("fastact", name)(made)


def _targets(y_true, y_pred, entry):
    """Keras gives labels the shape (..., 1) and the dtype of predictions in places."""
    if entry.kind == "loss" or "labels" not in entry.targets:
        return y_true
    if len(y_true.shape) == len(y_pred.shape) and y_true.shape[-1] == 1:
        y_true = y_true[..., 0]
    if len(y_true.shape) == len(y_pred.shape):
        return y_true
    return keras.ops.cast(y_true, "int64" if keras.backend.backend() == "torch" else "int32")


def __getattr__(name):
    if name not in fa.library.names:
        raise AttributeError(f"module 'fastact.keras' has no attribute {name!r}")
    return vars(sys.modules[__name__]).setdefault(name, wrap(getattr(fa, name)))
