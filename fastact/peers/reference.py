"""Exact enough values to judge every library by: stable formulas in extended precision on a sample of the data."""

import importlib.util
import math

import numpy as np

SAMPLE = 20_000
WIDE = np.longdouble
_ROOT_HALF = np.sqrt(WIDE(0.5))
_DENSITY = 1 / np.sqrt(8 * np.arctan(WIDE(1)))
_ROOT = np.sqrt(1 / (2 * np.arctan(WIDE(1))))


def _sigmoid(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


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


def _log_softmax(x):
    z = x - x.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


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
    "elu": lambda x, dtype: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "softplus": lambda x, dtype: _softplus(x),
    "mish": lambda x, dtype: x * np.tanh(_softplus(x)),
    "gelu": lambda x, dtype: x * _normal_cumulative(x, dtype),
    "gelu_tanh": lambda x, dtype: x * _sigmoid(_gelu_tanh_inner(x)),
    "silu": lambda x, dtype: x * _sigmoid(x),
    "softmax": lambda x, dtype: np.exp(_log_softmax(x)),
    "log_softmax": lambda x, dtype: _log_softmax(x),
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
    "elu": lambda x, dtype: np.where(x > 0, 1, np.exp(np.minimum(x, 0))),
    "softplus": lambda x, dtype: _sigmoid(x),
    "mish": lambda x, dtype: np.tanh(_softplus(x)) + x * _sigmoid(x) * _tanh_slope(_softplus(x)),
    "gelu": lambda x, dtype: _normal_cumulative(x, dtype) + x * _DENSITY * np.exp(-x * x / 2),
    "gelu_tanh": lambda x, dtype: _gelu_tanh_slope(x),
    "silu": lambda x, dtype: _sigmoid(x) * (1 + x * _sigmoid(-x)),
}
SLOPES_FROM_OUTPUT = {"sigmoid": lambda y: y * (1 - y), "tanh": lambda y: (1 - y) * (1 + y)}


def _mean_squared_error(pred, target):
    difference = pred - target
    return np.mean(difference * difference), 2 * difference / difference.size


def _cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    log_probability = _log_softmax(logits)
    gradient = np.exp(log_probability)
    gradient[rows, labels] = -(gradient.sum(-1) - gradient[rows, labels])
    return -log_probability[rows, labels].mean(), gradient / len(labels)


LEARNED = {"prelu": lambda x, weight: np.where(x > 0, x, weight * x)}
LOSSES = {"mean_squared_error": _mean_squared_error, "cross_entropy": _cross_entropy}


def expected(cell, data):
    """(selection, exact results): the results at a sample of a cell's elements, or of its rows; losses in whole."""
    if cell.kind in ("loss", "row_loss"):
        first, second = data.arguments
        value, gradient = LOSSES[cell.function](
            first.astype(WIDE), second if cell.kind == "row_loss" else second.astype(WIDE)
        )
        return slice(None), (value,) if cell.pass_ == "value" else (value, gradient)
    per_item = cell.shape[-1] if cell.kind in ("rowwise", "learned") else 1
    selection = slice(0, max(SAMPLE // per_item, 1))
    if cell.kind == "learned":
        x, parameter = (array.astype(WIDE) for array in data.arguments)
        return selection, (LEARNED[cell.function](x[selection], parameter),)
    arrays = [array[selection].astype(WIDE) for array in data.arguments]
    if cell.pass_ == "forward":
        return selection, (VALUES[cell.function](arrays[0], cell.dtype),)
    g, x = arrays
    if cell.function == "softmax":
        return selection, (x * (g - (g * x).sum(-1, keepdims=True)),)
    if cell.function == "log_softmax":
        return selection, (g - np.exp(x) * g.sum(-1, keepdims=True),)
    if cell.pass_ == "backward_from_output":
        return selection, (g * SLOPES_FROM_OUTPUT[cell.function](x),)
    return selection, (g * SLOPES[cell.function](x, cell.dtype),)


def can_judge(cell):
    """Whether the values here are exact enough to count the last place of this dtype."""
    if cell.dtype == "float32":
        return True
    return np.finfo(WIDE).nmant > 60 and (cell.function != "gelu" or importlib.util.find_spec("mpmath") is not None)


def judge(cell, results, exact):
    """Largest error of a library's results in units in the last place, and whether they agree in the normal range."""
    selection, correct_results = exact
    largest, agrees = 0.0, True
    for result, correct in zip(results, correct_results, strict=True):
        got = np.asarray(result)
        got = (got[selection] if got.ndim else got).astype(WIDE)
        with np.errstate(all="ignore"):
            unit = np.spacing(np.abs(correct).astype(cell.dtype)).astype(WIDE)
            error = np.abs(got - correct)
            largest = max(largest, float(np.max(np.where(np.isnan(error), np.inf, error / unit))))
            scale = np.sqrt(np.mean(correct * correct))
            agrees &= bool(np.all(error <= 1e-2 * (np.abs(correct) + 0.1 * scale)))
    return largest, agrees
