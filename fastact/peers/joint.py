"""Losses of several arrays as people write them in NumPy: name -> value and gradients of the arrays."""

import numpy as np


def _l1(w):
    return 0.01 * np.abs(w).sum(dtype=np.float64), (w.dtype.type(0.01) * np.sign(w),)


def _l2(w):
    return 0.01 * (w.astype(np.float64) ** 2).sum(), (w.dtype.type(0.02) * w,)


def _elastic_net(w):
    return _l1(w)[0] + _l2(w)[0], (_l1(w)[1][0] + _l2(w)[1][0],)


def _gaussian_nll(pred, target, var):
    d, v = pred - target, np.maximum(var, var.dtype.type(1e-6))
    return np.mean((np.log(v) + d * d / v) / 2), (d / v / d.size, (1 / v - d * d / (v * v)) / 2 / d.size)


def _norm(x):
    return np.sqrt((x * x).sum(axis=-1, keepdims=True))


def _cosine(a, b):
    length, width = np.maximum(_norm(a), 1e-8), np.maximum(_norm(b), 1e-8)
    cos = (a * b).sum(axis=-1, keepdims=True) / (length * width)
    return np.mean(1 - cos), ((cos * a / length - b / width) / length / len(a), (cos * b / width - a / length) / width / len(a))


def _distance(x1, x2):
    return _norm(x1 - x2 + x1.dtype.type(1e-6))[:, 0], ()


def _margin_ranking(x1, x2, target):
    m = -target * (x1 - x2)
    slope = np.where(m >= 0, target, 0) / m.size
    return np.mean(np.maximum(m, 0)), (-slope, slope)


def _triplet(anchor, positive, negative):
    pull, push = (anchor - other + anchor.dtype.type(1e-6) for other in (positive, negative))
    near, far = _norm(pull), _norm(push)
    m = near - far + 1
    kept = (m >= 0) / anchor.dtype.type(len(m))
    pull, push = kept * pull / near, kept * push / far
    return np.mean(np.maximum(m, 0)), (pull - push, -pull, push)


def _overlap(alpha, beta, smooth, eps=1e-7):
    def loss(p, t):
        both, one = (p * t).sum(axis=-1, keepdims=True), p.dtype.type(1)
        found, there = p.sum(axis=-1, keepdims=True), t.sum(axis=-1, keepdims=True)
        n = both + one * smooth
        d = n + one * alpha * (found - both) + one * beta * (there - both) + one * eps
        return np.mean(1 - n / d), ((n * (one * alpha + (1 - one * alpha - one * beta) * t) - d * t) / (d * d) / len(p),)

    def whole(p, t):
        value, (gradient,) = loss(p.reshape(1, -1), t.reshape(1, -1))
        return value, (gradient.reshape(p.shape),)

    return whole


LOSSES = {
    "l1_penalty": _l1,
    "l2_penalty": _l2,
    "elastic_net_penalty": _elastic_net,
    "gaussian_nll": _gaussian_nll,
    "cosine_similarity_loss": _cosine,
    "pairwise_distance": _distance,
    "margin_ranking": _margin_ranking,
    "triplet_margin": _triplet,
    "tversky": _overlap(0.5, 0.5, 1),
    "dice": _overlap(0.5, 0.5, 0.5, 0.5e-7),
    "jaccard": _overlap(1, 1, 0),
}


def arguments_of(name, arrays, drawn):
    """The arrays of a loss, from as many of normal numbers."""
    found = list(drawn[: len(arrays)])
    if name == "gaussian_nll":
        found[2] = np.square(found[2]) + found[2].dtype.type(0.1)
    elif name == "margin_ranking":
        found[2] = np.sign(found[2])
    elif name in ("tversky", "dice", "jaccard"):
        found = [1 / (1 + np.exp(-found[0])), (found[1] > 0).astype(found[1].dtype)]
    return tuple(found)


def value(name):
    return lambda *arrays: LOSSES[name](*arrays)[0]


def value_and_gradient(name):
    """One gradient, or a tuple of them."""

    def both(*arrays):
        loss, gradients = LOSSES[name](*arrays)
        return loss, gradients[0] if len(gradients) == 1 else gradients

    return both
