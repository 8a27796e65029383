"""The elementwise functions as one reads them: NumPy formulas in float64, from the definitions.

The backend "numpy" computes with them, and the tests compare the kernels with them. FORMULAS has the value and the derivative, each of x
and the parameters, FROM_OUTPUT the derivative of y and the parameters.
"""

import math

import numpy as np

_erfc = np.vectorize(math.erfc, otypes=[float])


def _times(x, factor):
    """x * factor, and 0 where the factor is 0, x infinite or not."""
    return np.where(factor == 0, 0.0, x * factor)


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
    return q + _times(2 * _C * x * (1 + 0.134145 * x * x), q * other)


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


def _outside(x, eps):
    """Where logit is not defined: what is clamped is inside."""
    return (eps == 0) & ((x < 0) | (x > 1))


def _within(x, low, high):
    """Whether the bounds pass x; an infinite one passes infinity."""
    return (x == x) & ((x > low) | (low == -np.inf)) & ((x < high) | (high == np.inf))


def _silu_slope(x, beta):
    return _logistic(beta * x) + _times(beta * x, _logistic(beta * x) * _logistic(-beta * x))


def _hard_swish_slope(x, a, b):
    v = a * x + b
    return np.where(v <= 0, 0, np.where(v >= 1, 1, 2 * a * x + b))


def tanh_shrink(x):
    """x - tanh(x): below 1 the series of (x cosh(x) - sinh(x)) / cosh(x), whose terms have one sign."""
    small = np.clip(x, -1, 1)
    power, total = small, np.zeros_like(small)
    for k in range(1, 14):  # enough for long doubles
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
    "clip": (lambda x, low, high: np.minimum(np.maximum(x, low), high), lambda x, low, high: np.where(_within(x, low, high), 1.0, 0.0)),
    "hard_tanh": (lambda x, low, high: np.minimum(np.maximum(x, low), high),
                  lambda x, low, high: np.where((x > low) & (x < high), 1.0, 0.0)),
    "clipped_linear": (lambda x, a, b, low, high: np.clip(a * x + b, low, high),
                       lambda x, a, b, low, high: np.where((a * x + b > low) & (a * x + b < high), a, 0.0)),
    "hard_sigmoid": (lambda x, a, b: np.clip(a * x + b, 0, 1), lambda x, a, b: np.where((a * x + b > 0) & (a * x + b < 1), a, 0.0)),
    "sparse_sigmoid": (lambda x: np.clip((x + 1) / 2, 0, 1), lambda x: np.where(np.abs(x) < 1, 0.5, 0.0)),
    "hard_swish": (lambda x, a, b: _times(x, np.clip(a * x + b, 0, 1)), _hard_swish_slope),
    "hard_mish": (lambda x: _times(x, np.clip(x + 2, 0, 2)) / 2, lambda x: np.where(x <= -2, 0, np.where(x >= 0, 1, x + 1))),
    "sparse_plus": (lambda x: np.where(x >= 1, x, np.maximum(x + 1, 0) ** 2 / 4), lambda x: np.clip((x + 1) / 2, 0, 1)),
    "shrink": (lambda x, lambd, bias: np.where(x > lambd, x - bias, np.where(x < -lambd, x + bias, 0)),
               lambda x, lambd, bias: np.where(np.abs(x) > lambd, 1.0, 0.0)),
    "threshold": (lambda x, at, value: np.where(x > at, x, value), lambda x, at, value: np.where(x > at, 1.0, 0.0)),
    "relu_general": (lambda x, slope, top, at: np.where(x >= top, top, np.where(x >= at, x, _times(x - at, slope))),
                     lambda x, slope, top, at: np.where((x >= top) & (top < np.inf), 0.0, np.where(x > at, 1.0, slope))),
    "rrelu": (lambda x, low, high: np.where(x > 0, x, x * (low + high) / 2), lambda x, low, high: np.where(x > 0, 1.0, (low + high) / 2)),
    "affine": (lambda x, alpha, beta: alpha * x + beta, lambda x, alpha, beta: np.full_like(x, alpha)),
    "step": (lambda x, at: np.where(x >= at, 1.0, 0.0), lambda x, at: np.zeros_like(x)),
    "round": (np.round, np.zeros_like),
    "softsign": (lambda x: np.where(np.isinf(x), np.sign(x), x / (1 + np.abs(x))), lambda x: 1 / (1 + np.abs(x)) ** 2),
    "sqrt": (np.sqrt, lambda x: 0.5 / np.abs(np.sqrt(x))),
    "tanh_shrink": (tanh_shrink, lambda x: np.tanh(x) ** 2),
    "lisht": (lambda x: x * np.tanh(x), lambda x: np.tanh(x) + _times(4 * x, _logistic(2 * x) * _logistic(-2 * x))),
    "exponential": (np.exp, np.exp),
    "log": (np.log, lambda x: np.where(x < 0, np.nan, 1 / np.abs(x))),
    "logit": (lambda x, eps: np.where(_outside(x, eps), np.nan, _log_odds(np.clip(x, eps, 1 - eps))),
              lambda x, eps: np.where(_outside(x, eps), np.nan, np.where((x < eps) | (1 - x < eps), 0.0, 1 / (np.abs(x) * (1 - x))))),
    "selu": (lambda x: np.where(x > 0, SELU_SCALE * x, SELU_SCALE * SELU_ALPHA * np.expm1(np.minimum(x, 0))),
             lambda x: np.where(x > 0, SELU_SCALE, SELU_SCALE * SELU_ALPHA * np.exp(np.minimum(x, 0)))),
    "celu": (lambda x, alpha: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha)),
             lambda x, alpha: np.where(x > 0, 1.0, np.exp(np.minimum(x, 0) / alpha))),
    "squareplus": (_squareplus, _squareplus_slope),
    "dish": (lambda x: _times(x, _squareplus_slope(x, 1)), _dish_slope),
    "snake": (lambda x, f: x + np.sin(f * x) ** 2 / f, lambda x, f: 2 * np.sin(f * x + math.pi / 4) ** 2),
    "pow": (lambda x, beta, alpha: alpha * x**beta, lambda x, beta, alpha: alpha * beta * x ** (beta - 1)),
    "laplace": (lambda x, mu, sigma: 0.5 * _erfc((mu - x) / (sigma * math.sqrt(2))),
                lambda x, mu, sigma: np.exp(-(((x - mu) / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))),
    "scaled_tanh": (lambda x, a, b: b * np.tanh(a * x), lambda x, a, b: 4 * a * b * _logistic(2 * a * x) * _logistic(-2 * a * x)),
    "mish": (lambda x: _times(x, _mish_factor(x)),
             lambda x: _mish_factor(x) + _times(x, _logistic(x) * (1 - _mish_factor(x)) * (1 + _mish_factor(x)))),
    "gelu": (lambda x: _times(0.5 * x, _erfc(-x / math.sqrt(2))),
             lambda x: 0.5 * _erfc(-x / math.sqrt(2)) + _times(x, np.exp(-x * x / 2)) / math.sqrt(2 * math.pi)),
    "gelu_tanh": (lambda x: _times(x, _logistic(2 * _C * (x + 0.044715 * x**3))), _gelu_tanh_slope),
    "silu": (lambda x, beta: _times(x, _logistic(beta * x)), _silu_slope),
    "quick_gelu": (lambda x, beta: _times(x, _logistic(beta * x)), _silu_slope),
}  # fmt: skip
CONSTANTS = {"quick_gelu": (1.702,)}  # what a kernel rounds to the dtype as if it were a parameter

FROM_OUTPUT = {
    "sigmoid": lambda y: y * (1 - y),
    "tanh": lambda y: (1 - y) * (1 + y),
    "relu": lambda y: np.where(y > 0, 1.0, 0.0),
    "relu6": lambda y: np.where((y > 0) & (y < 6), 1.0, 0.0),
    "log_sigmoid": lambda y: -np.expm1(y),
    "clip": lambda y, low, high: np.where(_within(y, low, high), 1.0, 0.0),
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
