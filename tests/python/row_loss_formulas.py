"""Definitions of the losses of rows in the widest floats, whose derivatives are taken as differences, and arguments for them."""

import numpy as np

WIDE = np.longdouble
random = np.random.default_rng


def lse(z):
    m = z.max(-1, keepdims=True)
    return (m + np.log(np.exp(z - m).sum(-1, keepdims=True)))[..., 0]


def softmax(z):
    return np.exp(z - lse(z)[..., None])


def softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def simplex(z, power):
    """max(z / power - tau, 0)^power, tau by bisection."""
    x = z / power
    low, high = x.max(-1, keepdims=True) - 1, x.max(-1, keepdims=True)
    for _ in range(80):
        tau = (low + high) / 2
        more = (np.maximum(x - tau, 0) ** power).sum(-1, keepdims=True) >= 1
        low, high = np.where(more, tau, low), np.where(more, high, tau)
    return np.maximum(x - low, 0) ** power


def young(z, t, power):
    p = simplex(z, power)
    regular = (1 - (p * p).sum(-1)) / 2 if power == 1 else (1 - (p**WIDE(1.5)).sum(-1)) / WIDE(0.75)
    return regular + (p * z).sum(-1) - (t * z).sum(-1)


def margins(z, t, p, margin):
    h = np.maximum(WIDE(margin) - (t * z).sum(-1, keepdims=True) + z, 0) * (1 - t)
    return (h**p).sum(-1) / z.shape[-1]


def logits_loss(z, t):
    return (1 - t) * softplus(z) + t * softplus(-z)


def clipped(p, clip, base):
    unit = 1 / np.log(WIDE(2)) if base == 2 else 1
    with np.errstate(divide="ignore"):
        if clip == "torch":
            return unit * np.maximum(np.log(p), -100)
        return unit * np.log(p if clip is None else np.clip(p, WIDE(clip), 1 - WIDE(clip)))


# the loss of every row: z the first argument, t the targets, 1 at the label where there is one
DEFINITIONS = {
    "cross_entropy": lambda z, t: (t * (lse(z)[..., None] - z)).sum(-1),
    "categorical_cross_entropy": lambda p, t, clip="torch", base="e": -(t * clipped(p, clip, base)).sum(-1),
    "sparse_categorical_cross_entropy": lambda p, t, clip="torch", base="e": -clipped((t * p).sum(-1), clip, base),
    "nll": lambda lp, t: -(t * lp).sum(-1),
    "softmax_focal": lambda z, t, gamma=2.0: (t * (1 - softmax(z)) ** WIDE(gamma) * (lse(z)[..., None] - z)).sum(-1),
    "sparsemax_loss": lambda z, t: young(z, t, 1),
    "entmax15_loss": lambda z, t: young(z, t, 2),
    "categorical_hinge": lambda z, t, margin=1.0: np.maximum(((1 - t) * z).max(-1) - (t * z).sum(-1) + WIDE(margin), 0),
    "multiclass_hinge": lambda z, t, margin=1.0: (z + WIDE(margin) * (1 - t)).max(-1) - (t * z).sum(-1),
    "multi_margin": lambda z, t, p=1, margin=1.0: margins(z, t, p, margin),
    "multilabel_soft_margin": lambda z, t: logits_loss(z, t).mean(-1),
    "poly_cross_entropy": lambda z, t, epsilon=2.0: (t * (lse(z)[..., None] - z)).sum(-1) + WIDE(epsilon) * (1 - (t * softmax(z)).sum(-1)),
    "generalized_cross_entropy": lambda p, t, q=0.5: (1 - (t * p).sum(-1) ** WIDE(q)) / WIDE(q),
    "zlpr": lambda z, t: np.log1p(np.where(t > 0.5, 0, np.exp(z)).sum(-1)) + np.log1p(np.where(t > 0.5, np.exp(-z), 0).sum(-1)),
    "one_vs_all": lambda z, t: logits_loss(z, t).sum(-1),
    "generalized_kl": lambda lp, t: (t * (np.log(np.where(t == 0, 1, t)) - lp) + np.exp(lp) - t).sum(-1),
}
PARAMETERS = {
    "categorical_cross_entropy": [{"clip": None}, {"clip": 0.0625}, {"base": 2}],
    "sparse_categorical_cross_entropy": [{"clip": None}, {"clip": 0.0625}, {"base": 2}],
    "softmax_focal": [{"gamma": 0.0}, {"gamma": 0.5}, {"gamma": 3}],
    "categorical_hinge": [{"margin": 0.25}],
    "multiclass_hinge": [{"margin": 0.25}],
    "multi_margin": [{"p": 2}, {"margin": 0.5}],
    "poly_cross_entropy": [{"epsilon": 0.5}],
    "generalized_cross_entropy": [{"q": 1.0}, {"q": 0.25}],
}
PROBABILITIES = ("categorical_cross_entropy", "sparse_categorical_cross_entropy", "generalized_cross_entropy")
LOGARITHMS = ("nll", "generalized_kl")
ONE_HOT = ("categorical_hinge",)


def inputs(name, shape, dtype, soft, seed=0):
    """The two arguments, and the targets as the definitions want them."""
    g = random(seed)
    z = 2 * g.standard_normal(shape)
    if name in PROBABILITIES:
        z = softmax(z.astype(WIDE))
    if name in LOGARITHMS:
        z = z - lse(z.astype(WIDE))[..., None]
    labels = g.integers(0, shape[-1], shape[:-1])
    t = (np.arange(shape[-1]) == labels[..., None]).astype(dtype)
    if soft and name not in ONE_HOT:
        t = softmax(g.standard_normal(shape)).astype(dtype) * (g.random(shape) < 0.8).astype(dtype)
    return z.astype(dtype), t if soft else labels, t.astype(WIDE)


def defined(name, z, t, weight=1.0, reduction="none", axis=-1, divisor_weight=None, **parameters):
    """(value, gradient) in the widest floats; the gradient by differences."""
    definition = DEFINITIONS[name]
    z, t = (np.moveaxis(np.asarray(a, WIDE), axis, -1) for a in (z, t))
    shape = z.shape[:-1]
    w = np.broadcast_to(np.asarray(weight, WIDE), shape)
    losses = w * definition(z, t, **parameters)
    over = w if divisor_weight is None else np.broadcast_to(np.asarray(divisor_weight, WIDE), shape)
    divisor = {"none": 1, "sum": 1, "batchmean": shape[0] if shape else 1, "mean": over.sum()}[reduction]
    gradient, steps = np.empty_like(z), WIDE(1e-6) * (z if name in PROBABILITIES else np.ones_like(z))
    for i in range(z.shape[-1]):
        more, less, step = z.copy(), z.copy(), steps[..., i]
        more[..., i] += step
        less[..., i] -= step
        gradient[..., i] = w * (definition(more, t, **parameters) - definition(less, t, **parameters)) / (2 * step) / divisor
    return losses if reduction == "none" else losses.sum() / divisor, np.moveaxis(gradient, -1, axis)
