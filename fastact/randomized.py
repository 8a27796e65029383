"""rrelu_train: leaky_relu with a random slope for every element that is not positive, as rrelu is while a network learns."""

import numpy as np

from . import _core
from .arrays import as_generator, as_number, as_real, check_output, deliver, name_function, result_dtype, working_dtype

FORMULA = "noise * x, noise uniform in [lower, upper] where x <= 0, else 1"
DERIVATIVE = "noise"
PARAMETERS = {"lower": 1 / 8, "upper": 1 / 3}
CATALOG = {"rrelu_train": (PARAMETERS, FORMULA, DERIVATIVE, ("value", "backward"))}

_VALUE = """rrelu_train(x) = noise * x, noise uniform in [lower, upper] where x <= 0, else 1; returns (y, noise).

`rrelu` is the form for evaluation, with the mean of both ends.

Parameters
----------
x : array_like
    Where the function is taken. Integers and bool are computed as float64.
lower : float, default 0.125
    Lower end of the slopes.
upper : float, default 0.333333
    Upper end of the slopes; not below lower.
rng : numpy.random.Generator, optional
    Where the slopes come from; a fresh one by default. It is asked for one number for every element, whatever x holds,
    and gives every dtype the same slopes, rounded to it.
out : tuple, optional
    (y, noise): where the results are written, each an array of the shape of x or None; y may be exactly x.

Returns
-------
(y, noise) : tuple of ndarray or scalar
    Of the shape of x; float16, bfloat16, float32 and float64 keep their dtype. The backward pass takes noise.

Raises
------
TypeError
    For complex, object and string input, a lower or upper that is no number, and an rng that is no Generator.
ValueError
    For bounds that are infinite, NaN or crossed, and an `out` of another shape or without permission to write.

Notes
-----
Formula: noise * x. Derivative: noise. At 0 the slope is the random one. NaN stays NaN, with noise 1; -inf with noise 0 gives 0.
Accuracy: y is noise * x rounded once, noise as it is returned.

Examples
--------
>>> import numpy as np, fastact as fa
>>> y, noise = fa.rrelu_train(np.array([-1.0, 2.0, -3.0]), lower=0.25, upper=0.25)
>>> y
array([-0.25,  2.  , -0.75])
>>> noise
array([0.25, 1.  , 0.25])"""

_BACKWARD = """Gradient through rrelu_train: grad * noise.

Parameters
----------
grad : array_like
    Upstream gradient.
noise : array_like
    What rrelu_train returned beside y, of the shape of grad.
out : ndarray, optional
    Where the result is written; may be exactly grad or noise.

Returns
-------
ndarray or scalar
    Of the shape of grad.

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For shapes that differ, and an `out` of another shape or without permission to write.

Notes
-----
Formula: grad * noise. Derivative of rrelu_train: noise.
Accuracy: rounded once.

Examples
--------
>>> import numpy as np, fastact as fa
>>> y, noise = fa.rrelu_train(np.array([-1.0, 2.0]), lower=0.25, upper=0.25)
>>> fa.rrelu_train.backward(np.array([4.0, 4.0]), noise)
array([1., 4.])"""


def _bounds(lower, upper):
    lower, upper = (as_number("rrelu_train", name, value) for name, value in (("lower", lower), ("upper", upper)))
    if not -np.inf < lower <= upper < np.inf:
        raise ValueError(f"rrelu_train: lower is {lower:g} and upper {upper:g}; finite numbers in this order are accepted")
    return lower, upper


def build(name):
    """The function, with its backward pass as attribute."""
    call = f"{name}.backward"
    scaled = _core.make_ufunc("leaky_relu", "value", name)
    scaled_gradient = _core.make_ufunc("leaky_relu", "backward", call)

    @np.errstate(all="ignore")
    def value(x, lower=1 / 8, upper=1 / 3, rng=None, out=None):
        x, (lower, upper), rng = as_real(name, "x", x), _bounds(lower, upper), as_generator(name, rng)
        dtype = result_dtype(x)
        if not (out is None or (isinstance(out, tuple) and len(out) == 2)):
            raise TypeError(f"{name}: out is {out!r}; None or (y, noise), each an array or None, is accepted")
        y_out, noise_out = out or (None, None)
        check_output(name, "out[0]", y_out, x.shape, dtype)
        check_output(name, "out[1]", noise_out, x.shape, dtype)
        if y_out is not None and noise_out is not None and np.may_share_memory(y_out, noise_out):
            raise ValueError(f"{name}: out[0] and out[1] share memory; arrays apart from each other are accepted")
        noise = np.asarray(rng.uniform(lower, upper, x.shape))
        noise = np.where(x <= 0, noise, 1).astype(dtype)
        work = working_dtype(dtype)
        y = scaled(x.astype(work, copy=False), noise.astype(work, copy=False))
        return deliver(np.asarray(y).astype(dtype, copy=False), dtype, y_out), deliver(noise, dtype, noise_out)

    @np.errstate(all="ignore")
    def backward(grad, noise, out=None):
        grad, noise = as_real(call, "grad", grad), as_real(call, "noise", noise)
        if grad.shape != noise.shape:
            raise ValueError(f"{call}: grad has shape {grad.shape} and noise {noise.shape}; equal shapes are accepted")
        dtype = result_dtype(grad, noise)
        check_output(call, "out", out, grad.shape, dtype)
        work = working_dtype(dtype)
        # of an x that is not positive, the slope is the parameter
        dx = scaled_gradient(grad.astype(work, copy=False), work.type(0), noise.astype(work, copy=False))
        return deliver(np.asarray(dx).astype(dtype, copy=False), dtype, out)

    value.__doc__, backward.__doc__ = _VALUE, _BACKWARD
    name_function(value, name)
    name_function(backward, call)
    value.backward = backward
    return value
