"""What several test files share: the functions by kind, comparison by bits and by ulps, and formulas in float64."""

import importlib.util
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import fastact

ROOT = Path(__file__).resolve().parents[2]
EVERY_FUNCTION = fastact.functions()
FUNCTIONS = {name: entry for name, entry in EVERY_FUNCTION.items() if not entry.kind.startswith("composed")}  # those with kernels
COMPOSED = [name for name, entry in EVERY_FUNCTION.items() if entry.kind == "composed"]
COMPOSED_LOSSES = [name for name, entry in EVERY_FUNCTION.items() if entry.kind == "composed_loss"]
PASSES = ("value", "derivative", "backward", "backward_from_output")
DTYPES = ("float16", "float32", "float64")
SPECIAL = (np.nan, np.inf, -np.inf, -0.0, 0.0)


REQUIRED = [name for name, entry in FUNCTIONS.items() if entry.kind == "elementwise" and None in entry.parameters.values()]


def names_of(kind):
    """Names of a kind; those with a parameter that has no default are in test_required.py."""
    return [name for name, entry in FUNCTIONS.items() if entry.kind == kind and name not in REQUIRED]


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


# of the functions that are NaN elsewhere; the ends are poles
DOMAINS = {"sqrt": (0, np.inf), "log": (0, np.inf), "logit": (0, 1), "pow": (0, np.inf)}


def inside(name, x):
    """Numbers like x where the function is defined."""
    low, high = DOMAINS.get(name, (-np.inf, np.inf))
    if low == 0:
        x = np.abs(x)
    return x if high == np.inf else (x % 1).astype(x.dtype)


def sample(n, dtype, seed=0, reach=8.0):
    """Numbers of both signs and many sizes, without special values."""
    random = np.random.default_rng(seed)
    x = np.where(random.random(n) < 0.7, random.normal(0, 2, n), random.uniform(-reach, reach, n))
    tiny = random.random(n) < 0.1
    x[tiny] *= 10.0 ** random.uniform(-6, 0, tiny.sum())
    return x.astype(dtype)


def where_installed(package, cases):
    """The cases of a test that compares with a package; none, and one skip in all, where there is no such package."""
    return list(cases) if importlib.util.find_spec(package) else []


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


def _squareplus(x, b):
    total = np.abs(x) + np.sqrt(x * x + b)
    return np.where(x < 0, b / (2 * total), total / 2)


def _squareplus_slope(x, b):
    root = np.sqrt(x * x + b)
    small = b / (2 * root * (root + np.abs(x)))
    return np.where(x < 0, small, 1 - small)


def _dish_slope(x):
    w = 2 * _squareplus_slope(-np.abs(x), 1)
    small = -w * (1 - 3 * w + w * w) / 2
    return np.where(x < 0, small, 1 - small)


def _log_odds(x):
    """log(x / (1 - x))"""
    near = np.abs(x - 0.5) < 0.25
    middle = np.where(near, x, 0.5)
    return np.where(near, np.log1p((2 * middle - 1) / (1 - middle)), np.log(x) - np.log1p(-x))


def _silu_slope(x, beta):
    return _logistic(beta * x) * (1 + beta * x * _logistic(-beta * x))


def _hard_swish_slope(x, a, b):
    v = a * x + b
    return np.where(v <= 0, 0, np.where(v >= 1, 1, 2 * a * x + b))
def _tanh_shrink(x):
    """x - tanh(x): below 1 the series of (x cosh(x) - sinh(x)) / cosh(x), whose terms have one sign."""
    small = np.clip(x, -1, 1)
    power, total = small, np.zeros_like(small)
    for k in range(1, 12):
        power = power * small * small / (2 * k * (2 * k + 1))
        total = total + 2 * k * power
    return np.where(np.abs(x) < 1, total / np.cosh(small), x - np.tanh(x))

SELU_SCALE, SELU_ALPHA = 1.0507009873554804934, 1.6732632423543772848

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
    "clip": (lambda x, low, high: np.minimum(np.maximum(x, low), high), lambda x, low, high: np.where((x > low) & (x < high), 1.0, 0.0)),
    "hard_tanh": (lambda x, low, high: np.minimum(np.maximum(x, low), high),
                  lambda x, low, high: np.where((x > low) & (x < high), 1.0, 0.0)),
    "clipped_linear": (lambda x, a, b, low, high: np.clip(a * x + b, low, high),
                       lambda x, a, b, low, high: np.where((a * x + b > low) & (a * x + b < high), a, 0.0)),
    "hard_sigmoid": (lambda x, a, b: np.clip(a * x + b, 0, 1), lambda x, a, b: np.where((a * x + b > 0) & (a * x + b < 1), a, 0.0)),
    "sparse_sigmoid": (lambda x: np.clip((x + 1) / 2, 0, 1), lambda x: np.where(np.abs(x) < 1, 0.5, 0.0)),
    "hard_swish": (lambda x, a, b: x * np.clip(a * x + b, 0, 1), _hard_swish_slope),
    "hard_mish": (lambda x: x * np.clip(x + 2, 0, 2) / 2, lambda x: np.where(x <= -2, 0, np.where(x >= 0, 1, x + 1))),
    "sparse_plus": (lambda x: np.where(x >= 1, x, np.maximum(x + 1, 0) ** 2 / 4), lambda x: np.clip((x + 1) / 2, 0, 1)),
    "shrink": (lambda x, lambd, bias: np.where(x > lambd, x - bias, np.where(x < -lambd, x + bias, 0)),
               lambda x, lambd, bias: np.where(np.abs(x) > lambd, 1.0, 0.0)),
    "threshold": (lambda x, at, value: np.where(x > at, x, value), lambda x, at, value: np.where(x > at, 1.0, 0.0)),
    "relu_general": (lambda x, slope, top, at: np.where(x >= top, top, np.where(x >= at, x, slope * (x - at))),
                     lambda x, slope, top, at: np.where(x >= top, 0.0, np.where(x > at, 1.0, slope))),
    "rrelu": (lambda x, low, high: np.where(x > 0, x, x * (low + high) / 2), lambda x, low, high: np.where(x > 0, 1.0, (low + high) / 2)),
    "affine": (lambda x, alpha, beta: alpha * x + beta, lambda x, alpha, beta: np.full_like(x, alpha)),
    "step": (lambda x, at: np.where(x >= at, 1.0, 0.0), lambda x, at: np.zeros_like(x)),
    "round": (np.round, np.zeros_like),
    "softsign": (lambda x: x / (1 + np.abs(x)), lambda x: 1 / (1 + np.abs(x)) ** 2),
    "sqrt": (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
    "tanh_shrink": (_tanh_shrink, lambda x: np.tanh(x) ** 2),
    "lisht": (lambda x: x * np.tanh(x), lambda x: np.tanh(x) + 4 * x * _logistic(2 * x) * _logistic(-2 * x)),
    "exponential": (np.exp, np.exp),
    "log": (np.log, lambda x: 1 / x),
    "logit": (lambda x, eps: _log_odds(np.clip(x, eps, 1 - eps)),
              lambda x, eps: np.where((x < eps) | (1 - x < eps), 0.0, 1 / (x * (1 - x)))),
    "selu": (lambda x: np.where(x > 0, SELU_SCALE * x, SELU_SCALE * SELU_ALPHA * np.expm1(np.minimum(x, 0))),
             lambda x: np.where(x > 0, SELU_SCALE, SELU_SCALE * SELU_ALPHA * np.exp(np.minimum(x, 0)))),
    "celu": (lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha)),
             lambda x, alpha: np.where(x > 0, 1.0, np.exp(np.minimum(x, 0) / alpha))),
    "squareplus": (_squareplus, _squareplus_slope),
    "dish": (lambda x: x * _squareplus_slope(x, 1), _dish_slope),
    "snake": (lambda x, f: x + np.sin(f * x) ** 2 / f, lambda x, f: 2 * np.sin(f * x + math.pi / 4) ** 2),
    "pow": (lambda x, beta, alpha: alpha * x**beta, lambda x, beta, alpha: alpha * beta * x ** (beta - 1)),
    "laplace": (lambda x, mu, sigma: 0.5 * _erfc((mu - x) / (sigma * math.sqrt(2))),
                lambda x, mu, sigma: np.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))),
    "scaled_tanh": (lambda x, a, b: b * np.tanh(a * x), lambda x, a, b: 4 * a * b * _logistic(2 * a * x) * _logistic(-2 * a * x)),
    "mish": (lambda x: x * _mish_factor(x),
             lambda x: _mish_factor(x) + x * _logistic(x) * (1 - _mish_factor(x)) * (1 + _mish_factor(x))),
    "gelu": (lambda x: 0.5 * x * _erfc(-x / math.sqrt(2)),
             lambda x: 0.5 * _erfc(-x / math.sqrt(2)) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)),
    "gelu_tanh": (lambda x: x * _logistic(2 * _C * (x + 0.044715 * x**3)), _gelu_tanh_slope),
    "silu": (lambda x, beta: x * _logistic(beta * x), _silu_slope),
    "quick_gelu": (lambda x, beta: x * _logistic(beta * x), _silu_slope),
}  # fmt: skip
CONSTANTS = {"quick_gelu": (1.702,)}  # what a kernel rounds to the dtype as if it were a parameter

FROM_OUTPUT = {
    "sigmoid": lambda y: y * (1 - y),
    "tanh": lambda y: (1 - y) * (1 + y),
    "relu": lambda y: np.where(y > 0, 1.0, 0.0),
    "relu6": lambda y: np.where((y > 0) & (y < 6), 1.0, 0.0),
    "log_sigmoid": lambda y: -np.expm1(y),
    "clip": lambda y, low, high: np.where((y > low) & (y < high), 1.0, 0.0),
    "hard_tanh": lambda y, low, high: np.where((y > low) & (y < high), 1.0, 0.0),
    "hard_sigmoid": lambda y, a, b: np.where((y > 0) & (y < 1), a, 0.0),
    "softsign": lambda y: (1 - np.abs(y)) ** 2,
    "sqrt": lambda y: 0.5 / y,
    "exponential": lambda y: y,
    "leaky_relu": lambda y, slope: np.where(y > 0, 1.0, slope),
    "elu": lambda y, alpha: np.where(y > 0, 1.0, y + alpha),
    "softplus": lambda y, beta: -np.expm1(-beta * y),
    "selu": lambda y: np.where(y > 0, SELU_SCALE, y + SELU_SCALE * SELU_ALPHA),
    "celu": lambda y, alpha: np.where(y > 0, 1.0, (y + alpha) / alpha),
}
PARAMETERS = {"squareplus": (4.0, 1.0, 0.25), "snake": (1.0, 0.5, 3.0), "laplace": ((0.707107, 0.282095), (0.0, 1.0), (-1.0, 3.0)),
              "celu": (1.0, 0.3, 2.5), "scaled_tanh": ((0.67, 1.7159), (2.0, -0.3)), "logit": (0.0, 1e-3, 0.25),
              "clip": ((-np.inf, np.inf), (-0.5, 0.25), (0.0, 6.0)), "hard_tanh": ((-1.0, 1.0), (-2.5, 0.3)),
              "clipped_linear": ((1.0, 0.0, 0.0, 1.0), (0.25, 0.5, -1.0, 2.0)), "hard_sigmoid": ((1 / 6, 0.5), (0.25, 0.125)),
              "hard_swish": ((1 / 6, 0.5), (0.25, 0.75)), "shrink": ((0.5, 0.0), (0.25, 0.75)), "rrelu": ((1 / 8, 1 / 3), (0.0, 0.25)),
              "relu_general": ((0.0, np.inf, 0.0), (0.25, 6.0, 1.0)), "affine": ((1.0, 0.0), (2.5, -0.75)), "step": (0.0, 0.75),
              "leaky_relu": (0.01, 0.25, 0.0, -0.5), "elu": (1.0, 0.3, 2.0), "softplus": (1.0, 0.5, 3.0), "silu": (1.0, 1.702, -0.7),
              "hard_shrink": (0.5, 0.0, 2.5), "soft_shrink": (0.5, 0.0, 2.5), "thresholded_relu": (1.0, 0.0, -0.5)}  # fmt: skip
