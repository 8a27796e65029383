"""Exact enough values to judge every library by: stable formulas in extended precision on a sample of the data."""

import importlib.util
import math

import numpy as np

from ..reference import tanh_shrink
from . import joint, pointwise, row_losses

SAMPLE = 20_000
WIDE = np.longdouble
_SELU_SCALE = WIDE("1.0507009873554804934193349852946")
_SELU_LIMIT = WIDE("1.7580993408473768599402175208123")
_ROOT_HALF = np.sqrt(WIDE(0.5))
_DENSITY = 1 / np.sqrt(8 * np.arctan(WIDE(1)))
_ROOT = np.sqrt(1 / (2 * np.arctan(WIDE(1))))


def _sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def _log_odds(x):
    """log(x / (1 - x)), also close to 1 / 2."""
    near = np.abs(x - WIDE(0.5)) < 0.25
    middle = np.where(near, x, WIDE(0.5))
    return np.where(near, np.log1p((2 * middle - 1) / (1 - middle)), np.log(x) - np.log1p(-x))


def _normal_cumulative(x, dtype):
    if dtype == "float32" or importlib.util.find_spec("mpmath") is None:
        return WIDE(0.5) * np.vectorize(math.erfc, otypes=[WIDE])(np.asarray(-x * _ROOT_HALF, "float64"))
    import mpmath

    with mpmath.workdps(40):
        values = [0.5 * mpmath.erfc(-mpmath.mpf(np.format_float_scientific(v)) * mpmath.sqrt(0.5)) for v in x.ravel()]
        return np.array([WIDE(mpmath.nstr(v, 25)) for v in values]).reshape(x.shape)


def _tanh_slope(x):
    """1 - tanh(x)^2 without the cancellation."""
    e = np.exp(-2 * np.abs(x))
    return 4 * e / (1 + e) ** 2


def _sigmoid_slope(x):
    return _sigmoid(x) * _sigmoid(-x)


def _gelu_tanh_inner(x):
    return 2 * _ROOT * (x + WIDE("0.044715") * x**3)


def _gelu_tanh_slope(x):
    q = _sigmoid(_gelu_tanh_inner(x))
    return q + x * q * _sigmoid(-_gelu_tanh_inner(x)) * 2 * _ROOT * (1 + WIDE("0.134145") * x**2)


def _rounded(constant, dtype):
    return WIDE(np.dtype(dtype).type(constant))


def _sharing(x, b):
    """x + sqrt(x^2 + b), and its share of twice the root."""
    root = np.sqrt(x * x + b)
    total = np.where(x < 0, b / (root + np.abs(x)), root + np.abs(x))
    return total, total / (2 * root)


def _dish_slope(x):
    w = 2 * _sharing(-np.abs(x), 1)[1]
    y = -w * (1 - 3 * w + w * w) / 2
    return np.where(x < 0, y, 1 - y)


def _deviation(x, dtype):
    return (x - _rounded(0.707107, dtype)) / _rounded(0.282095, dtype)


def _quick_gelu_slope(u):
    return _sigmoid(u) * (1 + u * _sigmoid(-u))


def _log_softmax(x):
    z = x - x.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


def _sixth(dtype):
    return WIDE(np.dtype(dtype).type(1 / 6))


def _leak(dtype):
    """rrelu's slope between its bounds as the dtype has them."""
    return (WIDE(1) / 8 + WIDE(np.dtype(dtype).type(1 / 3))) / 2
def _simplex(x, alpha):
    z = (alpha - 1) * (x - x.max(-1, keepdims=True))
    low, high = (np.full((*x.shape[:-1], 1), at, WIDE) for at in (-1, 0))
    for _ in range(70):
        middle = (low + high) / 2
        inside = (np.maximum(z - middle, 0) ** (1 / (alpha - 1))).sum(-1, keepdims=True) >= 1
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return np.maximum(z - low, 0) ** (1 / (alpha - 1))


def _logsumexp(x):
    m = x.max(-1, keepdims=True)
    return (m + np.log(np.exp(x - m).sum(-1, keepdims=True)))[..., 0]


def _first_largest(x):
    return np.arange(x.shape[-1]) == x.argmax(-1)[..., None]


def _normalized(x):
    return x / np.sqrt((x * x).sum(-1, keepdims=True))


def _simplex_backward(g, weight):
    return weight * (g - (g * weight).sum(-1, keepdims=True) / weight.sum(-1, keepdims=True))


VALUES = {
    "identity": lambda x, dtype: x,
    "sigmoid": lambda x, dtype: _sigmoid(x),
    "tanh": lambda x, dtype: np.tanh(x),
    "relu": lambda x, dtype: np.maximum(x, 0),
    "leaky_relu": lambda x, dtype: np.where(x > 0, x, x * WIDE(np.dtype(dtype).type(0.01))),
    "relu6": lambda x, dtype: np.clip(x, 0, 6),
    "abs": lambda x, dtype: np.abs(x),
    "square": lambda x, dtype: x * x,
    "relu_squared": lambda x, dtype: np.maximum(x, 0) ** 2,
    "log_sigmoid": lambda x, dtype: -_softplus(-x),
    "hard_shrink": lambda x, dtype: np.where(np.abs(x) > 0.5, x, 0),
    "soft_shrink": lambda x, dtype: np.sign(x) * np.maximum(np.abs(x) - WIDE(0.5), 0),
    "thresholded_relu": lambda x, dtype: np.where(x > 1, x, 0),
    "clip": lambda x, dtype: np.clip(x, -1, 1),
    "hard_tanh": lambda x, dtype: np.clip(x, -1, 1),
    "clipped_linear": lambda x, dtype: np.clip(x, 0, 1),
    "hard_sigmoid": lambda x, dtype: np.clip(x * _sixth(dtype) + WIDE(0.5), 0, 1),
    "sparse_sigmoid": lambda x, dtype: np.clip((x + 1) / 2, 0, 1),
    "hard_swish": lambda x, dtype: x * np.clip(x * _sixth(dtype) + WIDE(0.5), 0, 1),
    "hard_mish": lambda x, dtype: x * np.clip(x + 2, 0, 2) / 2,
    "sparse_plus": lambda x, dtype: np.where(x >= 1, x, np.maximum(x + 1, 0) ** 2 / 4),
    "shrink": lambda x, dtype: np.where(np.abs(x) > 0.5, x, 0),
    "threshold": lambda x, dtype: np.where(x > 0.25, x, WIDE(0.25)),
    "relu_general": lambda x, dtype: np.maximum(x, 0),
    "rrelu": lambda x, dtype: np.where(x >= 0, x, x * _leak(dtype)),
    "affine": lambda x, dtype: x,
    "step": lambda x, dtype: np.where(x >= 0, WIDE(1), 0),
    "round": lambda x, dtype: np.round(x),
    "softsign": lambda x, dtype: x / (1 + np.abs(x)),
    "sqrt": lambda x, dtype: np.sqrt(x),
    "tanh_shrink": lambda x, dtype: tanh_shrink(x),
    "lisht": lambda x, dtype: x * np.tanh(x),
    "exponential": lambda x, dtype: np.exp(x),
    "log": lambda x, dtype: np.log(x),
    "logit": lambda x, dtype: _log_odds(x),
    "elu": lambda x, dtype: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "selu": lambda x, dtype: np.where(x > 0, _SELU_SCALE * x, _SELU_LIMIT * np.expm1(np.minimum(x, 0))),
    "celu": lambda x, dtype: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "quick_gelu": lambda x, dtype: x * _sigmoid(_rounded(1.702, dtype) * x),
    "scaled_tanh": lambda x, dtype: _rounded(1.7159, dtype) * np.tanh(_rounded(0.67, dtype) * x),
    "squareplus": lambda x, dtype: _sharing(x, 4)[0] / 2,
    "dish": lambda x, dtype: x * _sharing(x, 1)[1],
    "snake": lambda x, dtype: x + np.sin(x) ** 2,
    "pow": lambda x, dtype: x ** WIDE(0.25),
    "laplace": lambda x, dtype: _normal_cumulative(_deviation(x, dtype), dtype),
    "softplus": lambda x, dtype: _softplus(x),
    "mish": lambda x, dtype: x * np.tanh(_softplus(x)),
    "gelu": lambda x, dtype: x * _normal_cumulative(x, dtype),
    "gelu_tanh": lambda x, dtype: x * _sigmoid(_gelu_tanh_inner(x)),
    "silu": lambda x, dtype: x * _sigmoid(x),
    "softmax": lambda x, dtype: np.exp(_log_softmax(x)),
    "log_softmax": lambda x, dtype: _log_softmax(x),
    "maxout": lambda x, dtype: x.reshape(*x.shape[:-1], -1, 4).max(-1),
    "logsumexp": lambda x, dtype: _logsumexp(x),
    "l2_normalize": lambda x, dtype: _normalized(x),
    "sparsemax": lambda x, dtype: _simplex(x, 2),
    "hardmax": lambda x, dtype: np.where(_first_largest(x), WIDE(1), 0),
    "entmax15": lambda x, dtype: _simplex(x, 1.5),
    "entmax": lambda x, dtype: _simplex(x, 1.5),
}
# backward passes of row-wise functions, from y or, where they need it, from x
ROW_SLOPES = {
    "softmax": lambda g, y: y * (g - (g * y).sum(-1, keepdims=True)),
    "log_softmax": lambda g, y: g - np.exp(y) * g.sum(-1, keepdims=True),
    "maxout": lambda g, x: np.where(_first_largest(x.reshape(*g.shape, 4)), g[..., None], 0).reshape(x.shape),
    "logsumexp": lambda g, x: g[..., None] * np.exp(_log_softmax(x)),
    "l2_normalize": lambda g, x: (g - _normalized(x) * (g * _normalized(x)).sum(-1, keepdims=True))
    / np.sqrt((x * x).sum(-1, keepdims=True)),
    "sparsemax": lambda g, y: _simplex_backward(g, np.where(y > 0, WIDE(1), 0)),
    "hardmax": lambda g, y: np.zeros_like(y),
    "entmax15": lambda g, y: _simplex_backward(g, np.sqrt(y)),
    "entmax": lambda g, y: _simplex_backward(g, np.sqrt(y)),
}
SLOPES = {
    "identity": lambda x, dtype: np.ones_like(x),
    "sigmoid": lambda x, dtype: _sigmoid_slope(x),
    "tanh": lambda x, dtype: _tanh_slope(x),
    "relu": lambda x, dtype: np.where(x > 0, WIDE(1), 0),
    "leaky_relu": lambda x, dtype: np.where(x > 0, 1, WIDE(np.dtype(dtype).type(0.01))),
    "relu6": lambda x, dtype: np.where((x > 0) & (x < 6), WIDE(1), 0),
    "abs": lambda x, dtype: np.sign(x),
    "square": lambda x, dtype: 2 * x,
    "relu_squared": lambda x, dtype: 2 * np.maximum(x, 0),
    "log_sigmoid": lambda x, dtype: _sigmoid(-x),
    "hard_shrink": lambda x, dtype: np.where(np.abs(x) > 0.5, WIDE(1), 0),
    "soft_shrink": lambda x, dtype: np.where(np.abs(x) > 0.5, WIDE(1), 0),
    "thresholded_relu": lambda x, dtype: np.where(x > 1, WIDE(1), 0),
    "clip": lambda x, dtype: np.where(np.abs(x) < 1, WIDE(1), 0),
    "hard_tanh": lambda x, dtype: np.where(np.abs(x) < 1, WIDE(1), 0),
    "clipped_linear": lambda x, dtype: np.where((x > 0) & (x < 1), WIDE(1), 0),
    "hard_sigmoid": lambda x, dtype: np.where(np.abs(x) < 3, _sixth(dtype), 0),
    "sparse_sigmoid": lambda x, dtype: np.where(np.abs(x) < 1, WIDE(0.5), 0),
    "hard_swish": lambda x, dtype: np.where(x <= -3, 0, np.where(x >= 3, 1, 2 * x * _sixth(dtype) + WIDE(0.5))),
    "hard_mish": lambda x, dtype: np.where(x <= -2, 0, np.where(x >= 0, 1, x + 1)),
    "sparse_plus": lambda x, dtype: np.clip((x + 1) / 2, 0, 1),
    "shrink": lambda x, dtype: np.where(np.abs(x) > 0.5, WIDE(1), 0),
    "threshold": lambda x, dtype: np.where(x > 0.25, WIDE(1), 0),
    "relu_general": lambda x, dtype: np.where(x > 0, WIDE(1), 0),
    "rrelu": lambda x, dtype: np.where(x > 0, 1, _leak(dtype)),
    "affine": lambda x, dtype: np.ones_like(x),
    "step": lambda x, dtype: np.zeros_like(x),
    "round": lambda x, dtype: np.zeros_like(x),
    "softsign": lambda x, dtype: 1 / (1 + np.abs(x)) ** 2,
    "sqrt": lambda x, dtype: WIDE(0.5) / np.sqrt(x),
    "tanh_shrink": lambda x, dtype: np.tanh(x) ** 2,
    "lisht": lambda x, dtype: np.tanh(x) + x * _tanh_slope(x),
    "exponential": lambda x, dtype: np.exp(x),
    "log": lambda x, dtype: 1 / x,
    "logit": lambda x, dtype: 1 / (x * (1 - x)),
    "elu": lambda x, dtype: np.where(x > 0, 1, np.exp(np.minimum(x, 0))),
    "selu": lambda x, dtype: np.where(x > 0, _SELU_SCALE, _SELU_LIMIT * np.exp(np.minimum(x, 0))),
    "celu": lambda x, dtype: np.where(x > 0, 1, np.exp(np.minimum(x, 0))),
    "quick_gelu": lambda x, dtype: _quick_gelu_slope(_rounded(1.702, dtype) * x),
    "scaled_tanh": lambda x, dtype: _rounded(0.67, dtype) * _rounded(1.7159, dtype) * _tanh_slope(_rounded(0.67, dtype) * x),
    "squareplus": lambda x, dtype: _sharing(x, 4)[1],
    "dish": lambda x, dtype: _dish_slope(x),
    "snake": lambda x, dtype: 2 * np.sin(x + np.arctan(WIDE(1))) ** 2,
    "pow": lambda x, dtype: x ** WIDE(-0.75) / 4,
    "laplace": lambda x, dtype: _DENSITY / _rounded(0.282095, dtype) * np.exp(-(_deviation(x, dtype) ** 2) / 2),
    "softplus": lambda x, dtype: _sigmoid(x),
    "mish": lambda x, dtype: np.tanh(_softplus(x)) + x * _sigmoid(x) * _tanh_slope(_softplus(x)),
    "gelu": lambda x, dtype: _normal_cumulative(x, dtype) + x * _DENSITY * np.exp(-x * x / 2),
    "gelu_tanh": lambda x, dtype: _gelu_tanh_slope(x),
    "silu": lambda x, dtype: _sigmoid(x) * (1 + x * _sigmoid(-x)),
}
SLOPES_FROM_OUTPUT = {
    "sigmoid": lambda y: y * (1 - y),
    "tanh": lambda y: (1 - y) * (1 + y),
    "softsign": lambda y: (1 - np.abs(y)) ** 2,
    "sqrt": lambda y: WIDE(0.5) / y,
    "exponential": lambda y: y,
}


def _mean_squared_error(pred, target):
    difference = pred - target
    return np.mean(difference * difference), 2 * difference / difference.size


def _cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    log_probability = _log_softmax(logits)
    gradient = np.exp(log_probability)
    gradient[rows, labels] = -(gradient.sum(-1) - gradient[rows, labels])
    return -log_probability[rows, labels].mean(), gradient / len(labels)


LEARNED = {
    "prelu": lambda x, weight: np.where(x > 0, x, weight * x),
    "swish_learned": lambda x, beta: x * _sigmoid(beta * x),
    "snake_learned": lambda x, a: x + np.sin(a * x) ** 2 / a,
}
def _swish_learned_slopes(x, beta):
    s, rest = _sigmoid(beta * x), _sigmoid(-beta * x)
    return s + beta * x * s * rest, x * x * s * rest


# factors of the upstream gradient: by x, and by the parameter
LEARNED_SLOPES = {
    "prelu": lambda x, weight: (np.where(x > 0, 1, weight), np.where(x > 0, 0, x)),
    "swish_learned": _swish_learned_slopes,
    "snake_learned": lambda x, a: (1 + np.sin(2 * a * x), x * np.sin(2 * a * x) / a - np.sin(a * x) ** 2 / a**2),
}
LOSSES = {"mean_squared_error": _mean_squared_error, "cross_entropy": _cross_entropy}
LOSSES |= {name: pointwise.mean_and_gradient(name) for name in pointwise.LOSSES}
LOSSES |= {name: row_losses.mean_and_gradient(name) for name in row_losses.LOSSES}


# the activation, and what it is applied to: gate and value are the first two arguments but for glu
_ACTIVATIONS = {"swiglu": "silu", "glu": "sigmoid", "geglu": "gelu", "geglu_tanh": "gelu_tanh", "reglu": "relu", "bilinear": "identity"}


def _parameter_dtype(cell):
    """Of 16-bit numbers float32."""
    return "float64" if cell.dtype == "float64" else "float32"


def _gated(cell, arrays):
    *grad, first, second = arrays
    gate, value = (second, first) if cell.function == "glu" else (first, second)
    open_gate = open_value = 1
    if cell.function == "swiglu_clamped":
        alpha, a, b = _rounded(1.702, _parameter_dtype(cell)), np.minimum(gate, 7), np.clip(value, -7, 7)
        open_gate, open_value, value = gate < 7, np.abs(b) < 7, b + 1
        s = _sigmoid(alpha * a)
        act, slope = a * s, s * (1 + alpha * a * _sigmoid(-alpha * a))
    else:
        name, dtype = _ACTIVATIONS[cell.function], _parameter_dtype(cell)
        act, slope = VALUES[name](gate, dtype), SLOPES[name](gate, dtype)
    if not grad:
        return (act * value,)
    both = (grad[0] * value * slope * open_gate, grad[0] * act * open_value)
    return both[::-1] if cell.function == "glu" else both


def expected(cell, data):
    """(selection, exact results): the results at a sample of a cell's elements, or of its rows; losses in whole."""
    if cell.kind in ("loss", "row_loss"):
        first, second = data.arguments
        value, gradient = LOSSES[cell.function](
            first.astype(WIDE), second if second.dtype.kind in "iu" else second.astype(WIDE)
        )
        return slice(None), (value,) if cell.pass_ == "value" else (value, gradient)
    if cell.kind == "joint_loss":
        arrays = [array.astype(WIDE) for array in data.arguments]
        value, gradients = joint.LOSSES[cell.function](*arrays)
        return slice(None), (value,) if cell.pass_ == "value" else (value, gradients[0] if len(gradients) == 1 else np.stack(gradients))
    if cell.kind == "learned" and cell.pass_ == "backward":
        g, x, parameter = (array.astype(WIDE) for array in data.arguments)
        dx, dparameter = LEARNED_SLOPES[cell.function](x, parameter)
        return slice(None), (g * dx, (g * dparameter).sum(axis=0))
    per_item = cell.shape[-1] if cell.kind in ("rowwise", "learned") else 1
    selection = slice(0, max(SAMPLE // per_item, 1))
    if cell.kind == "learned":
        x, parameter = (array.astype(WIDE) for array in data.arguments)
        return selection, (LEARNED[cell.function](x[selection], parameter),)
    arrays = [array[selection].astype(WIDE) for array in data.arguments]
    if cell.kind == "gated":
        return selection, _gated(cell, arrays)
    if cell.pass_ == "forward":
        return selection, (VALUES[cell.function](arrays[0], _parameter_dtype(cell)),)
    g, x = arrays
    if cell.kind == "rowwise":
        return selection, (ROW_SLOPES[cell.function](g, x),)
    if cell.pass_ == "backward_from_output":
        return selection, (g * SLOPES_FROM_OUTPUT[cell.function](x),)
    return selection, (g * SLOPES[cell.function](x, _parameter_dtype(cell)),)


def can_judge(cell):
    """Whether the values here are exact enough to count the last place of this dtype."""
    if cell.dtype != "float64":
        return True
    return np.finfo(WIDE).nmant > 60 and (cell.function not in ("gelu", "geglu") or importlib.util.find_spec("mpmath") is not None)


def judge(cell, results, exact):
    """Largest error of a library's results in units in the last place, and whether they agree in the normal range."""
    selection, correct_results = exact
    largest, agrees, near = 0.0, True, max(1e-2, 16 * float(np.spacing(np.ones((), cell.dtype))))
    for result, correct in zip(results, correct_results, strict=True):
        got = np.asarray(result.float() if str(getattr(result, "dtype", "")) == "torch.bfloat16" else result)
        got = (got[selection] if got.ndim else got).astype(WIDE)
        with np.errstate(all="ignore"):
            unit = np.spacing(np.abs(correct).astype(cell.dtype)).astype(WIDE)
            error = np.abs(got - correct)
            largest = max(largest, float(np.max(np.where(np.isnan(error), np.inf, error / unit))))
            scale = np.sqrt(np.mean(correct * correct))
            agrees &= bool(np.all(error <= near * (np.abs(correct) + 0.1 * scale)))
    return largest, agrees
