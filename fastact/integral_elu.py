"""xielu: a parabola for positive x and a shifted exponential for the others, both with a learned size."""

from functools import cache

import numpy as np

from . import _core
from .arrays import as_number, as_real, check_output, deliver, name_function, result_dtype

FORMULA = "ap * x**2 + beta * x if x > 0, else an * (exp(min(x, eps)) - 1 - x) + beta * x"
DERIVATIVE = "2 * ap * x + beta if x > 0, else an * (exp(x) - 1) + beta"
PARAMETERS = {"beta": 0.5, "eps": -1e-6}
CATALOG = {"xielu": (PARAMETERS, FORMULA, DERIVATIVE, ("value", "backward"))}
BLOCK = 1 << 13  # elements whose float64 temporaries stay in the second cache

_WHERE = "with ap = log(1 + exp(alpha_p)) and an = beta + log(1 + exp(alpha_n))"
_SETTINGS = """alpha_p, alpha_n : float or array_like of one element
    Learned sizes of the two sides, before log(1 + exp) makes them positive. log(exp(0.8) - 1) = 0.203 and log(exp(0.3) - 1) = -1.050
    are the usual values to start learning from.
beta : float, default 0.5
    Slope at 0.
eps : float, default -1e-6
    Upper end of what the exponential is given."""
_ERRORS = """Raises
------
TypeError
    For complex, object and string input, and a beta or eps that is no number.
ValueError
    For an alpha_p or alpha_n of more than one element{shapes}, and an `out` of another shape or without permission to write."""

_VALUE = f"""xielu(x) = {FORMULA}

Parameters
----------
x : array_like
    Where the function is taken. Integers and bool are computed as float64.
{_SETTINGS}
out : ndarray, optional
    Where the result is written; may be exactly x.

Returns
-------
ndarray or scalar
    Of the shape of x; float16, bfloat16, float32 and float64 keep their dtype.

{_ERRORS.format(shapes="")}

Notes
-----
Formula: {FORMULA},
{_WHERE}.
Accuracy: computed in float64 and rounded once; float64 itself within 4 units in the last place of the larger of y and an * x.

Examples
--------
>>> import numpy as np, fastact as fa
>>> fa.xielu(np.array([-1.0, 0.0, 2.0], np.float32), 0.203, -1.05)
array([-2.0567493e-01, -8.0005810e-07,  4.1991577e+00], dtype=float32)"""

_BACKWARD = f"""Gradients through xielu, by x, alpha_p and alpha_n.

Parameters
----------
grad : array_like
    Upstream gradient, of the shape of x.
x : array_like
    What the function was given.
{_SETTINGS}
out : ndarray, optional
    Where dx is written; may be exactly grad or x.

Returns
-------
(dx, dalpha_p, dalpha_n) : tuple of ndarray
    dx of the shape of x, the others of the shapes of alpha_p and alpha_n: sums over all of x in a fixed order.

{_ERRORS.format(shapes=", a grad of another shape than x")}

Notes
-----
Derivative: {DERIVATIVE},
without the exponential where eps < x <= 0, {_WHERE}.
Accuracy: computed in float64 and rounded once.

Examples
--------
>>> import numpy as np, fastact as fa
>>> x = np.array([-1.0, 2.0])
>>> dx, dalpha_p, dalpha_n = fa.xielu.backward(np.ones(2), x, 0.0, 0.0)
>>> dalpha_p
np.float64(2.0)"""


class _Sizes:
    """The two sizes and the constants, as float64 numbers."""

    def __init__(self, call, alpha_p, alpha_n, beta, eps):
        self.beta, self.eps = as_number(call, "beta", beta), as_number(call, "eps", eps)
        self.positive, self.positive_slope = self._learned(call, "alpha_p", alpha_p)
        size, self.negative_slope = self._learned(call, "alpha_n", alpha_n)
        self.negative = self.beta + size

    @staticmethod
    def _learned(call, name, value):
        """log(1 + exp(alpha)) and its slope."""
        array = as_real(call, name, value)
        if array.size != 1:
            raise ValueError(f"{call}: {name} has shape {array.shape}; one element is accepted")
        alpha = float(array.reshape(()))
        return float(_kernel("softplus")(alpha)), float(_kernel("sigmoid")(alpha))

    def value(self, x):
        # an expm1(x) and (beta - an) x apart: -inf has a limit
        low = _kernel("elu")(np.minimum(x, self.eps), self.negative) + (self.beta - self.negative) * x
        return np.where(x > 0, (self.positive * x + self.beta) * x, low)

    def slope(self, x):
        low = np.where(x > self.eps, 0, _kernel("elu", "derivative")(x, self.negative)) - self.negative + self.beta
        return np.where(x > 0, 2 * self.positive * x + self.beta, low)

    def terms(self, grad, x):
        """What each element adds to the gradients of the two sizes."""
        low = _kernel("elu")(np.minimum(x, self.eps), 1.0) - x
        return np.where(x > 0, grad * x * x, 0), np.where(x > 0, 0, grad * low)


@cache
def _kernel(name, pass_="value"):
    """Made at the first call, so that the import does not wait for it."""
    return _core.make_ufunc(name, pass_, "xielu")


def _sum(terms):
    """In pairs of doubles and a fixed order: the weight's gradient of prelu, where every x is -1."""
    total = np.empty(1)
    _core.Learned("prelu").backward((1, 1, terms.size), -terms, np.full(terms.size, -1.0), np.ones(1), np.empty(terms.size), total)
    return total[0]


@np.errstate(all="ignore")
def _value(x, alpha_p, alpha_n, beta=0.5, eps=-1e-6, out=None):
    x = as_real("xielu", "x", x)
    sizes, dtype = _Sizes("xielu", alpha_p, alpha_n, beta, eps), result_dtype(x)
    check_output("xielu", "out", out, x.shape, dtype)
    flat, result = x.ravel(), _core.new_output(x.size, dtype)
    for at in range(0, flat.size, BLOCK):
        result[at : at + BLOCK] = sizes.value(flat[at : at + BLOCK].astype(np.float64))
    return deliver(result.reshape(x.shape), dtype, out)


@np.errstate(all="ignore")
def _backward(grad, x, alpha_p, alpha_n, beta=0.5, eps=-1e-6, out=None):
    call = "xielu.backward"
    grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
    if grad.shape != x.shape:
        raise ValueError(f"{call}: grad has shape {grad.shape} and x {x.shape}; equal shapes are accepted")
    sizes, dtype = _Sizes(call, alpha_p, alpha_n, beta, eps), result_dtype(grad, x)
    check_output(call, "out", out, x.shape, dtype)
    g, flat, dx, terms = grad.ravel(), x.ravel(), _core.new_output(x.size, dtype), np.empty((2, x.size))
    for at in range(0, flat.size, BLOCK):
        block = slice(at, at + BLOCK)
        wide, wide_g = flat[block].astype(np.float64), g[block].astype(np.float64)
        dx[block] = wide_g * sizes.slope(wide)
        terms[:, block] = sizes.terms(wide_g, wide)
    slopes = zip((alpha_p, alpha_n), (sizes.positive_slope, sizes.negative_slope), terms)
    sums = [deliver(np.full(np.shape(alpha), slope * _sum(each), dtype), dtype, None) for alpha, slope, each in slopes]
    return deliver(dx.reshape(x.shape), dtype, out), *sums


def build(name):
    """The function, with its backward pass as attribute."""
    _value.__doc__, _backward.__doc__ = _VALUE, _BACKWARD
    name_function(_value, name)
    name_function(_backward, "xielu.backward")
    _value.backward = _backward
    return _value
