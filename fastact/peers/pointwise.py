"""Pointwise losses as people write them in NumPy: name -> (losses, gradients), both of the prediction z and the target t."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _huber(z, t):
    a = np.abs(z - t)
    return np.where(a <= 1, a * a / 2, a - 0.5)


def _beyond(z, t):
    return np.maximum(np.abs(z - t) - z.dtype.type(0.1), 0)


def _wing(z, t):
    a = np.abs(z - t)
    return np.where(a < 5, 5 * np.log1p(a / 0.5), a - (5 - 5 * np.log1p(5 / z.dtype.type(0.5))))


def _size(t):
    return np.maximum(np.abs(t), t.dtype.type(1e-7))


def _log_ratio(z, t):
    least = z.dtype.type(1e-7)
    return np.log1p(np.maximum(z, least)) - np.log1p(np.maximum(t, least))


def _focal(z, t):
    s = _sigmoid(z)
    wrong = t * (1 - s) + (1 - t) * s
    return wrong, s, -(t * np.log(s) + (1 - t) * np.log(1 - s))


def _focal_gradient(z, t):
    wrong, s, entropy = _focal(z, t)
    return wrong**2 * (2 * (1 - 2 * t) * s * (1 - s) / wrong * entropy + s - t)


def _divergence(z, t):
    m = (z + t) / 2
    return (z * np.log(z / m) + t * np.log(t / m)) / 2


def _tweedie(z, t):
    return 2 * np.sqrt(z) + 2 * t / np.sqrt(z) - 4 * np.sqrt(t)


def _asymmetric(z, t):
    s = _sigmoid(z)
    n = np.minimum(1 - s + z.dtype.type(0.05), 1)
    right, power = s * t + n * (1 - t), t + 4 * (1 - t)
    least = z.dtype.type(1e-8)
    return s, n, right, power, -(t * np.log(np.maximum(s, least)) + (1 - t) * np.log(np.maximum(n, least)))


def _asymmetric_loss(z, t):
    _, _, right, power, entropy = _asymmetric(z, t)
    return entropy * (1 - right) ** power


def _asymmetric_gradient(z, t):
    s, n, right, power, entropy = _asymmetric(z, t)
    slope = s * (1 - s)
    n_slope = np.where(n < 1, -slope, 0)
    rising = t * slope + (1 - t) * n_slope
    return -(t * (1 - s) + (1 - t) * n_slope / n) * (1 - right) ** power - entropy * power * (1 - right) ** (power - 1) * rising


LOSSES = {
    "mean_absolute_error": (lambda z, t: np.abs(z - t), lambda z, t: np.sign(z - t)),
    "half_squared_error": (lambda z, t: (z - t) ** 2 / 2, lambda z, t: z - t),
    "huber": (_huber, lambda z, t: np.clip(z - t, -1, 1)),
    "smooth_l1": (_huber, lambda z, t: np.clip(z - t, -1, 1)),
    "log_cosh": (lambda z, t: np.log(np.cosh(z - t)), lambda z, t: np.tanh(z - t)),
    "hinge": (lambda z, t: np.maximum(1 - z * t, 0), lambda z, t: np.where(z * t <= 1, -t, 0)),
    "squared_hinge": (lambda z, t: np.maximum(1 - z * t, 0) ** 2, lambda z, t: -2 * t * np.maximum(1 - z * t, 0)),
    "binary_cross_entropy_with_logits": (
        lambda z, t: np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z))),
        lambda z, t: _sigmoid(z) - t,
    ),
    "binary_cross_entropy": (
        lambda z, t: -(t * np.maximum(np.log(z), -100) + (1 - t) * np.maximum(np.log(1 - z), -100)),
        lambda z, t: (z - t) / np.maximum(z * (1 - z), z.dtype.type(1e-12)),
    ),
    "sigmoid_focal": (lambda z, t: _focal(z, t)[0] ** 2 * _focal(z, t)[2], _focal_gradient),
    "kl_div": (lambda z, t: t * (np.log(t) - z), lambda z, t: -t),
    "half_tweedie_identity": (_tweedie, lambda z, t: (z - t) / z ** z.dtype.type(1.5)),
    "lq": (lambda z, t: np.abs(z - t) ** 2, lambda z, t: 2 * np.abs(z - t) * np.sign(z - t)),
    "js_div": (_divergence, lambda z, t: np.log(2 * z / (z + t)) / 2),
    "asymmetric_multilabel": (_asymmetric_loss, _asymmetric_gradient),
    "pinball": (lambda z, t: np.abs(z - t) / 2, lambda z, t: np.sign(z - t) / 2),
    "pseudo_huber": (lambda z, t: np.sqrt(1 + (z - t) ** 2) - 1, lambda z, t: (z - t) / np.sqrt(1 + (z - t) ** 2)),
    "half_poisson": (lambda z, t: np.exp(z) - t * z, lambda z, t: np.exp(z) - t),
    "half_gamma": (lambda z, t: z + t * np.exp(-z), lambda z, t: 1 - t * np.exp(-z)),
    "logistic_margin": (lambda z, t: np.log1p(np.exp(-t * z)), lambda z, t: -t * _sigmoid(-t * z)),
    "perceptron": (lambda z, t: np.maximum(-t * z, 0), lambda z, t: np.where(t * z <= 0, -t, 0)),
    "modified_huber": (
        lambda z, t: np.where(t * z >= -1, np.maximum(1 - t * z, 0) ** 2, -4 * t * z),
        lambda z, t: np.where(t * z >= -1, -2 * t * np.maximum(1 - t * z, 0), -4 * t),
    ),
    "exponential_loss": (lambda z, t: t * np.exp(-z) + (1 - t) * np.exp(z), lambda z, t: (1 - t) * np.exp(z) - t * np.exp(-z)),
    "expectile": (lambda z, t: (z - t) ** 2 / 2, lambda z, t: z - t),
    "fair": (lambda z, t: np.abs(z - t) - np.log1p(np.abs(z - t)), lambda z, t: (z - t) / (1 + np.abs(z - t))),
    "cauchy": (lambda z, t: np.log1p((z - t) ** 2 / 2), lambda z, t: (z - t) / (1 + (z - t) ** 2 / 2)),
    "geman_mcclure": (lambda z, t: 2 * (z - t) ** 2 / ((z - t) ** 2 + 4), lambda z, t: 16 * (z - t) / ((z - t) ** 2 + 4) ** 2),
    "welsch": (lambda z, t: 1 - np.exp(-((z - t) ** 2) / 2), lambda z, t: (z - t) * np.exp(-((z - t) ** 2) / 2)),
    "epsilon_insensitive": (lambda z, t: _beyond(z, t), lambda z, t: np.sign(z - t) * (np.abs(z - t) > z.dtype.type(0.1))),
    "squared_epsilon_insensitive": (lambda z, t: _beyond(z, t) ** 2, lambda z, t: 2 * np.sign(z - t) * _beyond(z, t)),
    "wing": (_wing, lambda z, t: np.where(np.abs(z - t) < 5, 5 * np.sign(z - t) / (0.5 + np.abs(z - t)), np.sign(z - t))),
    "poisson_nll": (lambda z, t: np.exp(z) - t * z, lambda z, t: np.exp(z) - t),
    "half_tweedie": (lambda z, t: 2 * np.exp(z / 2) + 2 * t * np.exp(-z / 2), lambda z, t: np.exp(z / 2) - t * np.exp(-z / 2)),
    "contrastive": (
        lambda z, t: t * z**2 + (1 - t) * np.maximum(1 - z, 0) ** 2,
        lambda z, t: 2 * t * z - 2 * (1 - t) * np.maximum(1 - z, 0),
    ),
    "hinge_embedding": (
        lambda z, t: np.where(t != -1, z, 0) + np.where(t != 1, np.maximum(1 - z, 0), 0),
        lambda z, t: (t != -1).astype(z.dtype) - ((t != 1) & (z <= 1)),
    ),
    "mean_absolute_percentage_error": (lambda z, t: 100 * np.abs(z - t) / _size(t), lambda z, t: 100 * np.sign(z - t) / _size(t)),
    "mean_squared_logarithmic_error": (
        lambda z, t: _log_ratio(z, t) ** 2,
        lambda z, t: np.where(z < z.dtype.type(1e-7), 0, 2 * _log_ratio(z, t) / (1 + np.maximum(z, 0))),
    ),
}


def mean(name):
    losses, _ = LOSSES[name]
    return lambda pred, target: np.mean(losses(pred, target))


def mean_and_gradient(name):
    losses, gradients = LOSSES[name]
    return lambda pred, target: (np.mean(losses(pred, target)), gradients(pred, target) / pred.size)
