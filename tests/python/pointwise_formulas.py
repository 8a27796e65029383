"""The pointwise losses as formulas in 50 digits, and numbers to call them with."""

import mpmath
import numpy as np
from helpers import FUNCTIONS, names_of

from fastact.catalog import SPELLED

FLOATS = ("float32", "float64")
PASSES = ("value", "gradient", "value_and_gradient", "gradient_and_hessian")
NAMES = names_of("loss")
mp = mpmath.mp.clone()
mp.dps = 50


def _log1p_exp(x):
    return mp.log1p(mp.exp(x)) if x < 200 else x + mp.exp(-x)


def _sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def _sign(x):
    return mp.mpf(0) if x == 0 else mp.sign(x)


def _margin(value, gradient, hessian):
    """From functions of m = t z: chain rule through the target."""
    return lambda z, t: (value(t * z), t * gradient(t * z), t * t * hessian(t * z))


def _difference(value, gradient, hessian):
    """From functions of d = z - t."""
    return lambda z, t: (value(z - t), gradient(z - t), hessian(z - t))


def huber(delta):
    return _difference(
        lambda d: d * d / 2 if abs(d) <= delta else delta * (abs(d) - delta / 2),
        lambda d: d if abs(d) <= delta else delta * _sign(d),
        lambda d: mp.mpf(abs(d) <= delta),
    )


def smooth_l1(beta):
    return _difference(
        lambda d: d * d / (2 * beta) if abs(d) < beta else abs(d) - beta / 2,
        lambda d: d / beta if abs(d) < beta else _sign(d),
        lambda d: 1 / beta if abs(d) < beta else mp.mpf(0),
    )


def log_cosh():
    return _difference(lambda d: mp.log(mp.cosh(d)), mp.tanh, lambda d: mp.sech(d) ** 2)


def hinge(margin):
    return _margin(lambda m: max(margin - m, mp.mpf(0)), lambda m: -mp.mpf(m <= margin), lambda m: mp.mpf(0))


def squared_hinge(margin):
    return _margin(
        lambda m: max(margin - m, mp.mpf(0)) ** 2, lambda m: -2 * max(margin - m, mp.mpf(0)), lambda m: 2 * mp.mpf(m < margin)
    )


def pinball(q):
    return _difference(
        lambda d: (1 - q) * d if d > 0 else -q * d, lambda d: 1 - q if d > 0 else -q if d < 0 else mp.mpf(0), lambda d: mp.mpf(0)
    )


def pseudo_huber(delta):
    def root(d):
        return mp.sqrt(1 + (d / delta) ** 2)

    return _difference(lambda d: d * d / (root(d) + 1), lambda d: d / root(d), lambda d: root(d) ** -3)


def modified_huber():
    return _margin(
        lambda m: -4 * m if m < -1 else max(1 - m, mp.mpf(0)) ** 2,
        lambda m: mp.mpf(-4) if m < -1 else -2 * max(1 - m, mp.mpf(0)),
        lambda m: 2 * mp.mpf(-1 <= m < 1),
    )


def exponential_loss():
    def value(z, t):
        return t * mp.exp(-z) + (1 - t) * mp.exp(z)

    return lambda z, t: (value(z, t), (1 - t) * mp.exp(z) - t * mp.exp(-z), value(z, t))


def expectile(alpha):
    def weight(d):
        return alpha if d < 0 else 1 - alpha

    return _difference(lambda d: weight(d) * d * d, lambda d: 2 * weight(d) * d, lambda d: 2 * weight(d))


def fair(c):
    return _difference(
        lambda d: c * c * (abs(d) / c - mp.log1p(abs(d) / c)), lambda d: c * d / (abs(d) + c), lambda d: (c / (abs(d) + c)) ** 2
    )


def cauchy():
    return _difference(lambda d: mp.log1p(d * d / 2), lambda d: d / (1 + d * d / 2), lambda d: (1 - d * d / 2) / (1 + d * d / 2) ** 2)


def geman_mcclure():
    return _difference(
        lambda d: 2 * d * d / (d * d + 4), lambda d: 16 * d / (d * d + 4) ** 2, lambda d: 16 * (4 - 3 * d * d) / (d * d + 4) ** 3
    )


def welsch():
    return _difference(lambda d: -mp.expm1(-d * d / 2), lambda d: d * mp.exp(-d * d / 2), lambda d: (1 - d * d) * mp.exp(-d * d / 2))


def epsilon_insensitive(e):
    return _difference(lambda d: max(abs(d) - e, mp.mpf(0)), lambda d: _sign(d) * (abs(d) > e), lambda d: mp.mpf(0))


def squared_epsilon_insensitive(e):
    def rest(d):
        return max(abs(d) - e, mp.mpf(0))

    return _difference(lambda d: rest(d) ** 2, lambda d: 2 * _sign(d) * rest(d), lambda d: 2 * mp.mpf(abs(d) > e))


def wing(width, curvature):
    def near(d):
        return abs(d) < width

    return _difference(
        lambda d: width * mp.log1p(abs(d) / curvature) if near(d) else abs(d) - width + width * mp.log1p(width / curvature),
        lambda d: width * _sign(d) / (curvature + abs(d)) if near(d) else _sign(d),
        lambda d: -width / (curvature + abs(d)) ** 2 if near(d) else mp.mpf(0),
    )


def mean_absolute_percentage_error(eps):
    return lambda z, t: (100 * abs(z - t) / max(abs(t), eps), 100 * _sign(z - t) / max(abs(t), eps), mp.mpf(0))


def mean_squared_logarithmic_error(eps):
    def terms(z, t):
        log, moves = mp.log1p(max(z, eps)) - mp.log1p(max(t, eps)), z >= eps
        return log * log, moves * 2 * log / (1 + max(z, eps)), moves * 2 * (1 - log) / (1 + max(z, eps)) ** 2

    return terms


def poisson_nll(log_input, full, eps):
    def stirling(t):
        return t * mp.log(t) - t + mp.log(2 * mp.pi * t) / 2 if full and t > 1 else 0

    return lambda z, t: (mp.exp(z) - t * z + stirling(t), mp.exp(z) - t, mp.exp(z))


def half_tweedie(power):
    a, b = 2 - power, 1 - power
    return lambda z, t: (
        mp.exp(a * z) / a - t * mp.exp(b * z) / b, mp.exp(a * z) - t * mp.exp(b * z), a * mp.exp(a * z) - b * t * mp.exp(b * z)
    )  # fmt: skip


def binary_cross_entropy_with_logits(pos_weight, label_smoothing):
    def terms(z, t):
        yes, no = (pos_weight * _smoothed(t, label_smoothing), _smoothed(1 - t, label_smoothing))
        s, r = _sigmoid(z), _sigmoid(-z)
        return no * _log1p_exp(z) + yes * _log1p_exp(-z), no * s - yes * r, (no + yes) * s * r

    return terms


def _smoothed(t, a):
    return t * (1 - a) + a / 2


def binary_cross_entropy(clip, base, label_smoothing):
    """clip: -100 for torch's rule, or a number to clip at, which is rounded to a float32 away from 1 and 0 by less than is looked at."""
    unit = 1 / mp.log(2) if base else mp.mpf(1)

    def terms(z, t):
        yes, no = _smoothed(t, label_smoothing), _smoothed(1 - t, label_smoothing)
        p = min(max(z, clip), 1 - clip) if clip > 0 else z
        value = -(yes * mp.log(p) if yes else 0) - (no * mp.log(1 - p) if no else 0)
        if p != z:
            return value * unit, mp.mpf(0), mp.mpf(0)
        return value * unit, (p - yes) / (p * (1 - p)) * unit, (yes / p**2 + no / (1 - p) ** 2) * unit

    return terms


def sigmoid_focal(alpha, gamma, label_smoothing):
    def loss(target):
        t = _smoothed(target, label_smoothing)
        share = t * alpha + (1 - t) * (1 - alpha) if alpha >= 0 else mp.mpf(1)
        return lambda z: share * (t * _sigmoid(-z) + (1 - t) * _sigmoid(z)) ** gamma * (t * _log1p_exp(-z) + (1 - t) * _log1p_exp(z))

    return lambda z, t: (loss(t)(z), mp.diff(loss(t), z), mp.diff(loss(t), z, 2))


def asymmetric_multilabel(gamma_neg, gamma_pos, clip, eps, focal_gradient):
    def entropy(z, t):
        s, n = _sigmoid(z), min(_sigmoid(-z) + clip, mp.mpf(1))
        return -(t * mp.log(max(s, eps)) + (1 - t) * mp.log(max(n, eps)))

    def weight(z, t):
        return (t * _sigmoid(-z) + (1 - t) * max(_sigmoid(z) - clip, 0)) ** (gamma_pos * t + gamma_neg * (1 - t))

    def terms(z, t):
        fixed = weight(z, t)
        loss = lambda at: entropy(at, t) * (weight(at, t) if focal_gradient else fixed)
        return loss(z), mp.diff(loss, z), mp.diff(loss, z, 2)

    return terms


def kl_div(log_target):
    return lambda z, t: (mp.exp(t) * (t - z), -mp.exp(t), mp.mpf(0)) if log_target else (t * (mp.log(t) - z), -t, mp.mpf(0))


def half_tweedie_identity(power):
    a, b = 2 - power, 1 - power
    return lambda z, t: (
        z**a / a - t * z**b / b + t**a / (a * b) if z != t else mp.mpf(0), z**-power * (z - t), z**-power * (b + power * t / z)
    )


def lq(q):
    return _difference(
        lambda d: abs(d) ** q,
        lambda d: q * abs(d) ** (q - 1) * _sign(d),
        lambda d: q * (q - 1) * abs(d) ** (q - 2) if d or q >= 2 else mp.inf,
    )


def js_div():
    return lambda z, t: (
        (z * mp.log(2 * z / (z + t)) + t * mp.log(2 * t / (z + t))) / 2, mp.log(2 * z / (z + t)) / 2, t / (2 * z * (z + t))
    )


def contrastive(margin):
    def terms(z, t):
        m = max(margin - z, mp.mpf(0))
        return t * z * z + (1 - t) * m * m, 2 * t * z - 2 * (1 - t) * m, 2 * t + 2 * (1 - t) * (z < margin)

    return terms


def hinge_embedding(margin):
    def terms(z, t):
        return (z, mp.mpf(1), mp.mpf(0)) if t == 1 else (max(margin - z, mp.mpf(0)), -mp.mpf(z <= margin), mp.mpf(0))

    return terms


# name -> (parameters -> (z, t) -> (value, gradient, Hessian), what targets are, parameters beside the defaults)
REFERENCES = {
    "mean_squared_error": (lambda: _difference(lambda d: d * d, lambda d: 2 * d, lambda d: mp.mpf(2)), "any", ()),
    "mean_absolute_error": (lambda: _difference(abs, _sign, lambda d: mp.mpf(0)), "any", ()),
    "half_squared_error": (lambda: _difference(lambda d: d * d / 2, lambda d: d, lambda d: mp.mpf(1)), "any", ()),
    "huber": (huber, "any", (0.3,)),
    "smooth_l1": (smooth_l1, "any", (2.5,)),
    "log_cosh": (log_cosh, "any", ()),
    "hinge": (hinge, "sign", (0.3,)),
    "squared_hinge": (squared_hinge, "sign", (0.3,)),
    "binary_cross_entropy_with_logits": (binary_cross_entropy_with_logits, "share", (3.0, (0.3, 0.125))),
    "binary_cross_entropy": (binary_cross_entropy, "chance", ((0.0625, 2.0, 0.0), ("torch", "e", 0.125))),
    "sigmoid_focal": (sigmoid_focal, "share", ((0.25, 2.0, 0.0), (0.75, 0.5, 0.0), (0.25, 2.0, 0.125))),
    "kl_div": (kl_div, "positive", (1.0,)),
    "pinball": (pinball, "any", (0.9,)),
    "pseudo_huber": (pseudo_huber, "any", (0.3,)),
    "half_poisson": (lambda: lambda z, t: (mp.exp(z) - t * z, mp.exp(z) - t, mp.exp(z)), "count", ()),
    "half_gamma": (lambda: lambda z, t: (z + t * mp.exp(-z), 1 - t * mp.exp(-z), t * mp.exp(-z)), "count", ()),
    "logistic_margin": (
        lambda: _margin(lambda m: _log1p_exp(-m), lambda m: -_sigmoid(-m), lambda m: _sigmoid(m) * _sigmoid(-m)), "sign", ()
    ),
    "perceptron": (lambda: _margin(lambda m: max(-m, mp.mpf(0)), lambda m: -mp.mpf(m <= 0), lambda m: mp.mpf(0)), "sign", ()),
    "modified_huber": (modified_huber, "sign", ()),
    "exponential_loss": (exponential_loss, "share", ()),
    "expectile": (expectile, "any", (0.9,)),
    "fair": (fair, "any", (0.3,)),
    "cauchy": (cauchy, "any", ()),
    "geman_mcclure": (geman_mcclure, "any", ()),
    "welsch": (welsch, "any", ()),
    "epsilon_insensitive": (epsilon_insensitive, "any", (1.0,)),
    "squared_epsilon_insensitive": (squared_epsilon_insensitive, "any", (1.0,)),
    "wing": (wing, "any", ((2.0, 0.3),)),
    "mean_absolute_percentage_error": (mean_absolute_percentage_error, "any", (0.5,)),
    "mean_squared_logarithmic_error": (mean_squared_logarithmic_error, "any", (0.5,)),
    "poisson_nll": (poisson_nll, "count", ((1.0, 1.0, 1e-8),)),
    "half_tweedie": (half_tweedie, "count", (1.2,)),
    "half_tweedie_identity": (half_tweedie_identity, "positive", (2.5, 0.5)),
    "lq": (lq, "any", (1.5, 3.25)),
    "js_div": (js_div, "positive", ()),
    "asymmetric_multilabel": (asymmetric_multilabel, "share", ((2.5, 1.5, 0.125, 1e-8, 1.0), (4.0, 1.0, 0.0625, 1e-8, 0.0))),
    "contrastive": (contrastive, "bit", (0.3,)),
    "hinge_embedding": (hinge_embedding, "sign", (0.3,)),
}
# losses and gradients that are differences: held to a part of the larger term, which is below the number given times these
CANCELLING = {"poisson_nll", "half_tweedie", "half_poisson", "half_gamma", "binary_cross_entropy_with_logits", "exponential_loss",
              "kl_div", "binary_cross_entropy", "sigmoid_focal", "asymmetric_multilabel"}  # fmt: skip
# Hessians that are sums of terms of either sign, each below the number given
CANCELLING_HESSIANS = {"mean_squared_logarithmic_error": 2, "sigmoid_focal": 64, "asymmetric_multilabel": 2000}


def targets_of(kind, n, seed=1):
    g = np.random.default_rng(seed)
    return {
        "any": lambda: g.normal(0, 2, n),
        "sign": lambda: g.choice([-1.0, 1.0], n),
        "share": lambda: np.where(g.random(n) < 0.7, g.integers(0, 2, n), g.random(n)),
        "chance": lambda: g.integers(0, 2, n).astype(float),
        "bit": lambda: g.integers(0, 2, n).astype(float),
        "positive": lambda: g.exponential(1.0, n) + 0.01,
        "count": lambda: g.integers(1, 9, n).astype(float),
    }[kind]()


def data(name, dtype, n=300, seed=0):
    """Ordinary numbers, tiny and large ones, and predictions next to their targets."""
    g, kind = np.random.default_rng(seed), REFERENCES[name][1]
    target = targets_of(kind, n, seed + 1).astype(dtype)
    pred = g.normal(0, 3, n)
    pred[: n // 6] *= 10.0 ** g.uniform(-8, 0, n // 6)
    pred[n // 6 : n // 3] *= 10
    pred = into_domain(kind, pred).astype(dtype)
    if kind in ("any", "positive"):
        pred[n // 3 : n // 2] = target[n // 3 : n // 2] + g.normal(0, 1e-3, n // 2 - n // 3).astype(dtype)
        pred[n // 2] = target[n // 2]
    return pred, target


def into_domain(kind, pred):
    if kind == "chance":
        return 0.001 + 0.998 / (1 + np.exp(-pred))
    return np.abs(pred) + 0.01 if kind == "positive" else pred


def exact(name, pred, target, parameters):
    words = [SPELLED.get(f"{name}.{parameter}", {}) for parameter in FUNCTIONS[name].parameters]
    numbers = (word.get(p, p) if p is None or isinstance(p, str) else p for word, p in zip(words, parameters))
    formula = REFERENCES[name][0](*(mp.mpf(float(pred.dtype.type(p))) for p in numbers))
    return [[mp.mpf(term) for term in formula(mp.mpf(float(z)), mp.mpf(float(t)))] for z, t in zip(pred.ravel(), target.ravel())]


def column(terms, k, shape):
    return np.array([np.longdouble(mp.nstr(row[k], 25)) for row in terms]).reshape(shape)


def slack(name, pred, target):
    """What a difference may be wrong by: a part of its larger term."""
    if name not in CANCELLING:
        return 0.0
    with np.errstate(all="ignore"):
        z, t = pred.astype("float64"), np.abs(target).astype("float64")
        term = np.maximum(np.exp(np.abs(z)) * np.maximum(t, 1), np.abs(z) * t)
    return np.minimum(term, 1e300) * (2.0**-30 if pred.dtype == np.float32 else 2.0**-53)


CASES = [(name, parameters) for name, (_, _, others) in REFERENCES.items() for parameters in [None, *others]]
