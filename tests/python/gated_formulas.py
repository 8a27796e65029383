"""The definitions of gated functions in mpmath: activation and slope."""

import mpmath
import numpy as np
from helpers import FUNCTIONS


def _silu(x, beta):
    s = 1 / (1 + mpmath.exp(-beta * x))
    return x * s, s * (1 + beta * x * (1 - s))


def _gelu(x):
    return x * mpmath.ncdf(x), mpmath.ncdf(x) + x * mpmath.npdf(x)


def _gelu_tanh(x):
    k = mpmath.sqrt(2 / mpmath.pi)
    q = 1 / (1 + mpmath.exp(-2 * k * (x + mpmath.mpf("0.044715") * x**3)))
    return x * q, q + 2 * x * q * (1 - q) * k * (1 + 3 * mpmath.mpf("0.044715") * x**2)


def _sigmoid(x):
    s = 1 / (1 + mpmath.exp(-x))
    return s, s * (1 - s)


ACTIVATIONS = {
    "glu": _sigmoid,
    "geglu": _gelu,
    "geglu_tanh": _gelu_tanh,
    "reglu": lambda x: (max(x, 0), 1 if x > 0 else 0),
    "bilinear": lambda x: (x, 1),
}


def exact(name, options, grad, gate, value):
    """(y, gradient of the gate, gradient of the value) of single numbers."""
    grad, gate, value = (mpmath.mpf(float(v)) for v in (grad, gate, value))
    if name == "swiglu":
        act, slope = _silu(gate, options["beta"])
    elif name == "swiglu_clamped":
        alpha, limit = options["alpha"], options["limit"]
        act, slope = _silu(min(gate, limit), alpha)
        weight = max(min(value, limit), -limit) + 1
        return act * weight, grad * weight * slope if gate < limit else 0, grad * act if abs(value) < limit else 0
    else:
        act, slope = ACTIVATIONS[name](gate)
    return act * value, grad * value * slope, grad * act


def exact_arrays(name, options, dtype, grad, gate, value):
    options = {word: mpmath.mpf(float(np.dtype(dtype).type(v))) for word, v in (FUNCTIONS[name].parameters | options).items()}
    with mpmath.workdps(60):
        return list(zip(*(exact(name, options, *numbers) for numbers in zip(grad, gate, value))))
