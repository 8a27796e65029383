"""Losses of rows as people write them in NumPy: name -> (losses, gradients), of scores z with labels or targets t."""

import numpy as np


def _softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _log_softmax(z):
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _one_hot(z, k):
    return (np.arange(z.shape[-1]) == k[:, None]).astype(z.dtype)


def _at(z, k):
    return z[np.arange(len(z)), k]


def _focal_slope(z, k):
    p, t = _softmax(z), _one_hot(z, k)
    right, log = _at(p, k)[:, None], _at(_log_softmax(z), k)[:, None]
    return (1 - right) * (1 - right - 2 * right * log) * (p - t)


def _poly_slope(z, k):
    p, t = _softmax(z), _one_hot(z, k)
    return (p - t) + 2 * p * (_at(p, k)[:, None] - t)


def _simplex(z, power):
    """max((z - m) / power - tau, 0)^power, tau by bisection."""
    x = (z - z.max(axis=-1, keepdims=True)) / power
    low, high = np.full_like(x[:, :1], -1), np.zeros_like(x[:, :1])
    for _ in range(70):
        tau = (low + high) / 2
        more = (np.maximum(x - tau, 0) ** power).sum(axis=-1, keepdims=True) >= 1
        low, high = np.where(more, tau, low), np.where(more, high, tau)
    return np.maximum(x - low, 0) ** power


def _sparsemax_loss(z, k):
    p = _simplex(z, 1)
    return (1 - (p * p).sum(axis=-1)) / 2 + (p * (z - _at(z, k)[:, None])).sum(axis=-1)


def _entmax15_loss(z, k):
    p = _simplex(z, 2)
    return (1 - (p * np.sqrt(p)).sum(axis=-1)) * 4 / 3 + (p * (z - _at(z, k)[:, None])).sum(axis=-1)


def _hinges(z, k):
    h = np.maximum(1 - _at(z, k)[:, None] + z, 0)
    h[np.arange(len(z)), k] = 0
    return h


def _margin_slope(z, k):
    active = (_hinges(z, k) > 0).astype(z.dtype)
    active[np.arange(len(z)), k] = -active.sum(axis=-1)
    return active / z.shape[-1]


def _crammer_singer_slope(z, k):
    best = (z + 1 - _one_hot(z, k)).argmax(axis=-1)
    return _one_hot(z, best) - _one_hot(z, k)


def _categorical_hinge(z, t):
    return np.maximum(1 + ((1 - t) * z).max(axis=-1) - (t * z).sum(axis=-1), 0)


def _categorical_hinge_slope(z, t):
    best = _one_hot(z, ((1 - t) * z).argmax(axis=-1))
    return (_categorical_hinge(z, t) > 0)[:, None] * ((1 - t) * best - t)


def _bits_of(z, t):
    return (1 - t) * _softplus(z) + t * _softplus(-z)


def _zlpr(z, t):
    off, on = np.where(t > 0.5, 0, np.exp(z)), np.where(t > 0.5, np.exp(-z), 0)
    return np.log1p(off.sum(axis=-1)) + np.log1p(on.sum(axis=-1))


def _zlpr_slope(z, t):
    off, on = np.where(t > 0.5, 0, np.exp(z)), np.where(t > 0.5, np.exp(-z), 0)
    return off / (1 + off.sum(axis=-1, keepdims=True)) - on / (1 + on.sum(axis=-1, keepdims=True))


LOSSES = {
    "categorical_cross_entropy": (lambda p, t: -(t * np.log(p)).sum(axis=-1), lambda p, t: -t / p),
    "sparse_categorical_cross_entropy": (lambda p, k: -np.log(_at(p, k)), lambda p, k: -_one_hot(p, k) / p),
    "nll": (lambda lp, k: -_at(lp, k), lambda lp, k: -_one_hot(lp, k)),
    "softmax_focal": (lambda z, k: -((1 - _at(_softmax(z), k)) ** 2) * _at(_log_softmax(z), k), _focal_slope),
    "sparsemax_loss": (_sparsemax_loss, lambda z, k: _simplex(z, 1) - _one_hot(z, k)),
    "entmax15_loss": (_entmax15_loss, lambda z, k: _simplex(z, 2) - _one_hot(z, k)),
    "categorical_hinge": (_categorical_hinge, _categorical_hinge_slope),
    "multiclass_hinge": (lambda z, k: (z + 1 - _one_hot(z, k)).max(axis=-1) - _at(z, k), _crammer_singer_slope),
    "multi_margin": (lambda z, k: _hinges(z, k).sum(axis=-1) / z.shape[-1], _margin_slope),
    "multilabel_soft_margin": (lambda z, t: _bits_of(z, t).mean(axis=-1), lambda z, t: (_sigmoid(z) - t) / z.shape[-1]),
    "poly_cross_entropy": (lambda z, k: -_at(_log_softmax(z), k) + 2 * (1 - _at(_softmax(z), k)), _poly_slope),
    "generalized_cross_entropy": (lambda p, k: 2 * (1 - np.sqrt(_at(p, k))), lambda p, k: -_one_hot(p, k) / np.sqrt(p)),
    "zlpr": (_zlpr, _zlpr_slope),
    "one_vs_all": (lambda z, k: _bits_of(z, _one_hot(z, k)).sum(axis=-1), lambda z, k: _sigmoid(z) - _one_hot(z, k)),
    "generalized_kl": (
        lambda lp, t: (t * (np.log(t) - lp) + np.exp(lp) - t).sum(axis=-1),
        lambda lp, t: np.exp(lp) - t,
    ),
}


def mean(name):
    losses, _ = LOSSES[name]
    return lambda z, t: losses(z, t).mean()


def mean_and_gradient(name):
    losses, slopes = LOSSES[name]
    return lambda z, t: (losses(z, t).mean(), slopes(z, t) / len(z))
