"""What several test files share: the functions by kind, comparison by bits and by ulps, and formulas in float64."""

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import fastact

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = fastact.functions()
PASSES = ("value", "derivative", "backward", "backward_from_output")
DTYPES = ("float16", "float32", "float64")
SPECIAL = (np.nan, np.inf, -np.inf, -0.0, 0.0)


def names_of(kind):
    """Names of a kind; those with a parameter that has no default are in test_required.py."""
    return [name for name, entry in FUNCTIONS.items() if entry.kind == kind and None not in entry.parameters.values()]


def pass_of(name, which):
    """The object of one pass, or None."""
    function = getattr(fastact, name)
    return function if which == "value" else getattr(function, which, None)


# row-wise functions that make probabilities of scores: backward from y, where= and scale=
PROBABILITIES = ["softmax", "log_softmax", "sparsemax", "hardmax", "entmax15", "entmax"]
OTHER_ROWS = ["maxout", "logsumexp", "l2_normalize"]
ELEMENTWISE = names_of("elementwise")
EVERY_PASS = [(name, which) for name in ELEMENTWISE for which in PASSES if pass_of(name, which) is not None]
WITH_PARAMETER = [(name, which) for name, which in EVERY_PASS if FUNCTIONS[name].parameters]


def inputs_of(which):
    return 2 if which.startswith("backward") else 1


def bits(array):
    """The array as unsigned integers of its own size."""
    array = np.ascontiguousarray(array)
    return array.view(f"u{array.dtype.itemsize}")


def same_bits(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.dtype == expected.dtype
    assert got.shape == expected.shape
    np.testing.assert_array_equal(bits(got), bits(expected))


def spacing(values, dtype):
    """One unit in the last place of each value, in float64."""
    kind = np.finfo(dtype)
    _, exponent = np.frexp(np.asarray(values, np.float64))
    return np.ldexp(1.0, np.maximum(exponent - 1, kind.minexp) - kind.nmant)


def within_ulps(got, exact, bound, slack=0.0):
    """Every entry is within `bound` units in the last place of `exact` (float64 or wider); NaN and infinities agree."""
    got, exact = np.asarray(got), np.asarray(exact)
    assert got.shape == exact.shape
    finite = np.isfinite(exact) & (np.abs(exact) <= float(np.finfo(got.dtype).max))
    np.testing.assert_array_equal(got[~np.isfinite(exact)], exact[~np.isfinite(exact)])
    error = np.abs(got[finite].astype(exact.dtype) - exact[finite])
    allowed = bound * spacing(exact[finite], got.dtype) + slack
    wrong = ~(error <= allowed)
    assert not wrong.any(), (got[finite][wrong][:4], exact[finite][wrong][:4], (error / allowed)[wrong][:4])


def sample(n, dtype, seed=0, reach=8.0):
    """Numbers of both signs and many sizes, without special values."""
    random = np.random.default_rng(seed)
    x = np.where(random.random(n) < 0.7, random.normal(0, 2, n), random.uniform(-reach, reach, n))
    tiny = random.random(n) < 0.1
    x[tiny] *= 10.0 ** random.uniform(-6, 0, tiny.sum())
    return x.astype(dtype)


def run_python(code, folder, **environment):
    """Run a program with another environment and this package; returns what it printed."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("FASTACT_")}
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(fastact.__file__).parents[1]), variables.get("PYTHONPATH")]))
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=variables | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


# ---- formulas in float64, from the definitions: (value, derivative), each of x and the parameter

_erfc = np.vectorize(math.erfc, otypes=[float])


def _logistic(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def _mish_factor(x):
    """tanh(log(1 + exp(x)))"""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, (1 + 2 * e) / (1 + 2 * e + 2 * e * e), e * (e + 2) / (e * (e + 2) + 2))


_C = math.sqrt(2 / math.pi)


def _gelu_tanh_slope(x):
    q = _logistic(2 * _C * (x + 0.044715 * x**3))
    other = _logistic(-2 * _C * (x + 0.044715 * x**3))
    return q + 2 * x * q * other * _C * (1 + 0.134145 * x * x)


def _silu_slope(x, beta):
    return _logistic(beta * x) * (1 + beta * x * _logistic(-beta * x))


FORMULAS = {
    "identity": (lambda x: x, np.ones_like),
    "sigmoid": (_logistic, lambda x: _logistic(x) * _logistic(-x)),
    "tanh": (np.tanh, lambda x: 4 * _logistic(2 * x) * _logistic(-2 * x)),
    "relu": (lambda x: np.where(x > 0, x, 0), lambda x: np.where(x > 0, 1.0, 0.0)),
    "leaky_relu": (lambda x, slope: np.where(x > 0, x, slope * x), lambda x, slope: np.where(x > 0, 1.0, slope)),
    "elu": (lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0))),
            lambda x, alpha: np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))),
    "softplus": (lambda x, beta: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(beta * x))) / beta, lambda x, beta: _logistic(beta * x)),
    "relu6": (lambda x: np.clip(x, 0, 6), lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0)),
    "abs": (np.abs, np.sign),
    "square": (lambda x: x * x, lambda x: 2 * x),
    "relu_squared": (lambda x: np.maximum(x, 0) ** 2, lambda x: 2 * np.maximum(x, 0)),
    "log_sigmoid": (lambda x: np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x))), lambda x: _logistic(-x)),
    "hard_shrink": (lambda x, lambd: np.where(np.abs(x) > lambd, x, 0), lambda x, lambd: np.where(np.abs(x) > lambd, 1.0, 0.0)),
    "soft_shrink": (lambda x, lambd: np.sign(x) * np.maximum(np.abs(x) - lambd, 0), lambda x, lambd: np.where(np.abs(x) > lambd, 1.0, 0.0)),
    "thresholded_relu": (lambda x, theta: np.where(x > theta, x, 0), lambda x, theta: np.where(x > theta, 1.0, 0.0)),
    "mish": (lambda x: x * _mish_factor(x),
             lambda x: _mish_factor(x) + x * _logistic(x) * (1 - _mish_factor(x)) * (1 + _mish_factor(x))),
    "gelu": (lambda x: 0.5 * x * _erfc(-x / math.sqrt(2)),
             lambda x: 0.5 * _erfc(-x / math.sqrt(2)) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)),
    "gelu_tanh": (lambda x: x * _logistic(2 * _C * (x + 0.044715 * x**3)), _gelu_tanh_slope),
    "silu": (lambda x, beta: x * _logistic(beta * x), _silu_slope),
}  # fmt: skip

FROM_OUTPUT = {
    "sigmoid": lambda y: y * (1 - y),
    "tanh": lambda y: (1 - y) * (1 + y),
    "relu": lambda y: np.where(y > 0, 1.0, 0.0),
    "relu6": lambda y: np.where((y > 0) & (y < 6), 1.0, 0.0),
    "log_sigmoid": lambda y: -np.expm1(y),
    "leaky_relu": lambda y, slope: np.where(y > 0, 1.0, slope),
    "elu": lambda y, alpha: np.where(y > 0, 1.0, y + alpha),
    "softplus": lambda y, beta: -np.expm1(-beta * y),
}
PARAMETERS = {"leaky_relu": (0.01, 0.25, 0.0, -0.5), "elu": (1.0, 0.3, 2.0), "softplus": (1.0, 0.5, 3.0), "silu": (1.0, 1.702, -0.7),
              "hard_shrink": (0.5, 0.0, 2.5), "soft_shrink": (0.5, 0.0, 2.5), "thresholded_relu": (1.0, 0.0, -0.5)}  # fmt: skip
