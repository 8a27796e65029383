"""Keras: models with our activations and losses predict, train, save and load as with its own, on each backend that is installed."""

import importlib.util

import pytest
from helpers import run_python, where_installed

# in processes of their own: Keras takes its backend from the environment when it is imported
BACKENDS = where_installed("keras", [backend for backend in ("numpy", "jax", "torch") if importlib.util.find_spec(backend)])
# name here -> name there; without sparsemax, whose rows do not sum to 1 in Keras 3.15
ACTIVATIONS = {
    "relu": "relu", "gelu": "lambda x: keras.activations.gelu(x, approximate=False)",
    "gelu_tanh": "lambda x: keras.activations.gelu(x, approximate=True)",
    "sigmoid": "sigmoid", "tanh": "tanh", "silu": "silu", "elu": "elu", "selu": "selu", "celu": "celu", "mish": "mish",
    "softplus": "softplus", "softsign": "softsign",
    "exponential": "exponential", "hard_sigmoid": "hard_sigmoid", "hard_tanh": "hard_tanh", "relu6": "relu6",
    "log_sigmoid": "log_sigmoid", "hard_shrink": "hard_shrink", "soft_shrink": "soft_shrink", "tanh_shrink": "tanh_shrink",
    "squareplus": "squareplus", "sparse_plus": "sparse_plus",
    "sparse_sigmoid": "sparse_sigmoid", "softmax": "softmax", "log_softmax": "log_softmax",
    "hard_swish": "hard_swish",
}  # fmt: skip
LOSSES = {
    "mean_squared_error": ("mean_squared_error", "any"), "mean_absolute_error": ("mean_absolute_error", "any"), "huber": ("huber", "any"),
    "log_cosh": ("log_cosh", "any"), "binary_cross_entropy": ("binary_crossentropy", "chance"),
    "categorical_cross_entropy": ("categorical_crossentropy", "one of n"),
    "sparse_categorical_cross_entropy": ("sparse_categorical_crossentropy", "label"),
    "categorical_hinge": ("categorical_hinge", "one of n"),
}  # fmt: skip

COMMON = """
import numpy as np, keras, fastact as fa, fastact.keras as fak
g = np.random.default_rng(0)
x = g.normal(0, 2, (64, 6)).astype("float32")
assert keras.backend.backend() == BACKEND
def array(t): return keras.ops.convert_to_numpy(t)
"""


VALUES = f"""
for name, theirs in {ACTIVATIONS!r}.items():
    theirs = eval(theirs) if theirs.startswith("lambda") else getattr(keras.activations, theirs)
    t = keras.ops.convert_to_tensor(x)
    np.testing.assert_allclose(array(getattr(fak, name)(t)), array(theirs(t)), rtol=2e-5, atol=2e-6, err_msg=name)
chances = array(keras.ops.softmax(x))
labels = g.integers(0, 6, 64)
for name, (theirs, kind) in {LOSSES!r}.items():
    pred = x if kind == "any" else chances
    true = dict(any=x[::-1].copy(), chance=np.float32(x > 0), label=labels)
    true["one of n"] = np.eye(6, dtype="float32")[labels]
    given = [keras.ops.convert_to_tensor(a) for a in (true[kind], pred)]
    losses = [array(f(*given)) for f in (getattr(fak, name), getattr(keras.losses, theirs))]
    np.testing.assert_allclose(*losses, rtol=3e-5, atol=3e-6, err_msg=name)
"""
# with Keras' defaults: probabilities divided by their sum, clipped; smoothed targets
OPTIONS = """
wild = np.float32(g.random((64, 6)))
for name, kind, options, theirs in (
    ("categorical_cross_entropy", "one of n", dict(normalize=True, clip=1e-7, label_smoothing=0.1), dict(label_smoothing=0.1)),
    ("sparse_categorical_cross_entropy", "label", dict(normalize=True, clip=1e-7), dict()),
    ("sigmoid_focal", "chance", dict(alpha=0.25, label_smoothing=0.1),
     dict(apply_class_balancing=True, label_smoothing=0.1, from_logits=True)),
):
    labels = g.integers(0, 6, 64)
    true = dict(label=labels, chance=np.float32(x > 0))
    true["one of n"] = np.eye(6, dtype="float32")[labels]
    pred = x if name == "sigmoid_focal" else wild
    there = dict(sigmoid_focal="binary_focal_crossentropy").get(name, name.replace("cross_entropy", "crossentropy"))
    given = [keras.ops.convert_to_tensor(a) for a in (true[kind], pred)]
    losses = array(getattr(fak, name)(*given, **options)), array(getattr(keras.losses, there)(*given, **theirs))
    np.testing.assert_allclose(*losses, rtol=3e-5, atol=3e-6, err_msg=name)
"""
MODELS = """
import doctest
assert doctest.testmod(fak).failed == 0
labels = (x[:, 0] > 0).astype(int) + (x[:, 1] > 0)
def made(hidden, last, loss):
    keras.utils.set_random_seed(0)
    layers = keras.layers
    model = keras.Sequential([keras.Input((6,)), layers.Dense(16, activation=hidden), layers.Dense(3, activation=last)])
    model.compile(keras.optimizers.SGD(0.1), loss)
    return model
theirs = made(keras.activations.silu, "softmax", "sparse_categorical_crossentropy")
ours = made(fak.silu, fak.softmax, fak.sparse_categorical_cross_entropy)
for a, b in zip(theirs.weights, ours.weights):
    b.assign(array(a))
np.testing.assert_allclose(ours.predict(x, verbose=0), theirs.predict(x, verbose=0), rtol=1e-5)
if BACKEND != "numpy":
    curves = [model.fit(x, labels, batch_size=16, epochs=3, shuffle=False, verbose=0).history["loss"] for model in (theirs, ours)]
    np.testing.assert_allclose(*curves, rtol=1e-4)
    assert curves[1][-1] < curves[1][0]
np.testing.assert_allclose(ours.evaluate(x, labels, verbose=0), theirs.evaluate(x, labels, verbose=0), rtol=1e-4)
ours.save("model.keras")
loaded = keras.saving.load_model("model.keras")
assert loaded.layers[0].activation is fak.silu
np.testing.assert_array_equal(loaded.predict(x, verbose=0), ours.predict(x, verbose=0))
for name in ("glu", "dice", "prelu"):
    try:
        getattr(fak, name)
    except TypeError as error:
        assert f"{name}: its kind is" in str(error)
    else:
        raise AssertionError(name)
print("alike")
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_backend(backend, tmp_path):
    """Values; prediction, evaluation, saving and loading; training where the backend has gradients: the same as with Keras's own."""
    values = VALUES + OPTIONS if backend == "numpy" else ""  # elsewhere they are those of fastact.jax and fastact.torch, and take long
    code = f"BACKEND = {backend!r}\n{COMMON}\n{values}\n{MODELS}"
    assert run_python(code, tmp_path, KERAS_BACKEND=backend, JAX_PLATFORMS="cpu", KERAS_HOME=str(tmp_path)) == "alike\n"
