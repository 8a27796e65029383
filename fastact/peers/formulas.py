"""The NumPy formulas that people write, temporaries and all. gelu borrows SciPy's erf, as everybody does."""

import importlib.util
import math

import numpy as np

ROOT_HALF = math.sqrt(0.5)
NORMAL_DENSITY = 1 / math.sqrt(2 * math.pi)
ROOT_TWO_OVER_PI = math.sqrt(2 / math.pi)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))


def softplus(x):
    return np.log1p(np.exp(x))


def mish_backward(g, x):
    t = np.tanh(softplus(x))
    return g * (t + x * sigmoid(x) * (1 - t * t))


def gelu_backward(g, x):
    cumulative = 0.5 * (1 + erf(x * ROOT_HALF))
    return g * (cumulative + x * NORMAL_DENSITY * np.exp(-0.5 * x**2))


def gelu_tanh(x):
    return 0.5 * x * (1 + np.tanh(ROOT_TWO_OVER_PI * (x + 0.044715 * x**3)))


def gelu_tanh_backward(g, x):
    t = np.tanh(ROOT_TWO_OVER_PI * (x + 0.044715 * x**3))
    inner = ROOT_TWO_OVER_PI * (1 + 0.134145 * x**2)
    return g * (0.5 * (1 + t) + 0.5 * x * (1 - t**2) * inner)


def silu_backward(g, x):
    s = sigmoid(x)
    return g * s * (1 + x * (1 - s))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(x):
    z = x - x.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def mean_squared_error_and_gradient(pred, target):
    difference = pred - target
    return np.mean(difference**2), 2 / difference.size * difference


def cross_entropy(logits, labels):
    return -log_softmax(logits)[np.arange(len(labels)), labels].mean()


def cross_entropy_and_gradient(logits, labels):
    rows = np.arange(len(labels))
    probabilities = softmax(logits)
    loss = -np.log(probabilities[rows, labels]).mean()
    probabilities[rows, labels] -= 1
    probabilities /= len(labels)
    return loss, probabilities


FORMULAS = {
    ("identity", "forward"): np.copy,
    ("identity", "backward"): lambda g, x: np.copy(g),
    ("sigmoid", "forward"): sigmoid,
    ("sigmoid", "backward"): lambda g, x: g * sigmoid(x) * (1 - sigmoid(x)),
    ("sigmoid", "backward_from_output"): lambda g, y: g * y * (1 - y),
    ("tanh", "forward"): np.tanh,
    ("tanh", "backward"): lambda g, x: g * (1 - np.tanh(x) ** 2),
    ("tanh", "backward_from_output"): lambda g, y: g * (1 - y**2),
    ("relu", "forward"): lambda x: np.maximum(x, 0),
    ("relu", "backward"): lambda g, x: g * (x > 0),
    ("leaky_relu", "forward"): lambda x: np.where(x > 0, x, 0.01 * x),
    ("leaky_relu", "backward"): lambda g, x: np.where(x > 0, g, 0.01 * g),
    ("relu6", "forward"): lambda x: np.clip(x, 0, 6),
    ("relu6", "backward"): lambda g, x: g * ((x > 0) & (x < 6)),
    ("abs", "forward"): np.abs,
    ("abs", "backward"): lambda g, x: g * np.sign(x),
    ("square", "forward"): np.square,
    ("square", "backward"): lambda g, x: 2 * g * x,
    ("relu_squared", "forward"): lambda x: np.maximum(x, 0) ** 2,
    ("relu_squared", "backward"): lambda g, x: 2 * g * np.maximum(x, 0),
    ("log_sigmoid", "forward"): lambda x: -np.log1p(np.exp(-x)),
    ("log_sigmoid", "backward"): lambda g, x: g * sigmoid(-x),
    ("hard_shrink", "forward"): lambda x: np.where(np.abs(x) > 0.5, x, 0),
    ("hard_shrink", "backward"): lambda g, x: g * (np.abs(x) > 0.5),
    ("soft_shrink", "forward"): lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0),
    ("soft_shrink", "backward"): lambda g, x: g * (np.abs(x) > 0.5),
    ("thresholded_relu", "forward"): lambda x: np.where(x > 1, x, 0),
    ("thresholded_relu", "backward"): lambda g, x: g * (x > 1),
    ("elu", "forward"): elu,
    ("elu", "backward"): lambda g, x: np.where(x > 0, g, g * np.exp(x)),
    ("softplus", "forward"): softplus,
    ("softplus", "backward"): lambda g, x: g * sigmoid(x),
    ("mish", "forward"): lambda x: x * np.tanh(softplus(x)),
    ("mish", "backward"): mish_backward,
    ("gelu", "forward"): lambda x: 0.5 * x * (1 + erf(x * ROOT_HALF)),
    ("gelu", "backward"): gelu_backward,
    ("gelu_tanh", "forward"): gelu_tanh,
    ("gelu_tanh", "backward"): gelu_tanh_backward,
    ("silu", "forward"): lambda x: x * sigmoid(x),
    ("silu", "backward"): silu_backward,
    ("prelu", "forward"): lambda x, weight: np.where(x > 0, x, weight * x),
    ("softmax", "forward"): softmax,
    ("softmax", "backward"): lambda g, y: y * (g - (g * y).sum(axis=-1, keepdims=True)),
    ("log_softmax", "forward"): log_softmax,
    ("log_softmax", "backward"): lambda g, y: g - np.exp(y) * g.sum(axis=-1, keepdims=True),
    ("mean_squared_error", "value"): lambda pred, target: np.mean((pred - target) ** 2),
    ("mean_squared_error", "value_and_gradient"): mean_squared_error_and_gradient,
    ("cross_entropy", "value"): cross_entropy,
    ("cross_entropy", "value_and_gradient"): cross_entropy_and_gradient,
}


def erf(x):
    from scipy.special import erf as scipy_erf

    return scipy_erf(x)


class Peer:
    name = "numpy"
    fresh = True

    def __init__(self):
        self.version = np.__version__

    def offers(self, cell):
        needs_erf = cell.function == "gelu"
        return cell.key in FORMULAS and not (needs_erf and importlib.util.find_spec("scipy") is None)

    def prepare(self, cell, data):
        formula = FORMULAS[cell.key]
        return lambda: formula(*data.arguments)
