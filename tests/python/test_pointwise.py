"""The pointwise losses: value, gradient, both and Hessian against formulas in 50 digits, PyTorch, scikit-learn and finite differences."""

import math

import mpmath
import numpy as np
import pytest
from helpers import FUNCTIONS, names_of, same_bits, where_installed, within_ulps

import fastact
from fastact import _core
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


def sigmoid_focal(alpha, gamma):
    def loss(t):
        share = t * alpha + (1 - t) * (1 - alpha) if alpha >= 0 else mp.mpf(1)
        return lambda z: share * (t * _sigmoid(-z) + (1 - t) * _sigmoid(z)) ** gamma * (t * _log1p_exp(-z) + (1 - t) * _log1p_exp(z))

    return lambda z, t: (loss(t)(z), mp.diff(loss(t), z), mp.diff(loss(t), z, 2))


def asymmetric_multilabel(gamma_neg, gamma_pos, clip, eps):
    def loss(t):
        def value(z):
            s = _sigmoid(z)
            n = min(_sigmoid(-z) + clip, mp.mpf(1))
            wrong, power = t * _sigmoid(-z) + (1 - t) * max(s - clip, 0), gamma_pos * t + gamma_neg * (1 - t)
            return -(t * mp.log(max(s, eps)) + (1 - t) * mp.log(max(n, eps))) * wrong**power

        return value

    return lambda z, t: (loss(t)(z), mp.diff(loss(t), z), mp.diff(loss(t), z, 2))


def kl_div(log_target):
    return lambda z, t: (mp.exp(t) * (t - z), -mp.exp(t), mp.mpf(0)) if log_target else (t * (mp.log(t) - z), -t, mp.mpf(0))


def half_tweedie_identity(power):
    a, b = 2 - power, 1 - power
    return lambda z, t: (z**a / a - t * z**b / b + t**a / (a * b) if z != t else mp.mpf(0), z**-power * (z - t), z**-power * (b + power * t / z))


def lq(q):
    return _difference(
        lambda d: abs(d) ** q,
        lambda d: q * abs(d) ** (q - 1) * _sign(d),
        lambda d: q * (q - 1) * abs(d) ** (q - 2) if d or q >= 2 else mp.inf,
    )


def js_div():
    return lambda z, t: ((z * mp.log(2 * z / (z + t)) + t * mp.log(2 * t / (z + t))) / 2, mp.log(2 * z / (z + t)) / 2, t / (2 * z * (z + t)))


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
    "sigmoid_focal": (sigmoid_focal, "share", ((0.25, 2.0), (0.75, 0.5))),
    "kl_div": (kl_div, "positive", (1.0,)),
    "pinball": (pinball, "any", (0.9,)),
    "pseudo_huber": (pseudo_huber, "any", (0.3,)),
    "half_poisson": (lambda: lambda z, t: (mp.exp(z) - t * z, mp.exp(z) - t, mp.exp(z)), "count", ()),
    "half_gamma": (lambda: lambda z, t: (z + t * mp.exp(-z), 1 - t * mp.exp(-z), t * mp.exp(-z)), "count", ()),
    "logistic_margin": (lambda: _margin(lambda m: _log1p_exp(-m), lambda m: -_sigmoid(-m), lambda m: _sigmoid(m) * _sigmoid(-m)), "sign", ()),
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
    "asymmetric_multilabel": (asymmetric_multilabel, "share", ((2.5, 1.5, 0.125, 1e-8),)),
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


@pytest.fixture(params=[True, False], ids=["fast path", "general path"])
def either_path(request):
    before = _core.set_fast_path(request.param)
    yield
    _core.set_fast_path(before)


def test_every_loss_has_a_reference():
    assert set(REFERENCES) == set(NAMES)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, parameter", CASES)
def test_against_50_digits(either_path, name, parameter, dtype):
    function, (pred, target) = getattr(fastact, name), data(name, dtype)
    given = parameter if isinstance(parameter, tuple) else () if parameter is None else (parameter,)
    parameters = given + tuple(FUNCTIONS[name].parameters.values())[len(given) :]
    terms = exact(name, pred, target, parameters)
    loss, gradient, hessian = (column(terms, k, pred.shape) for k in range(3))
    tolerance = slack(name, pred, target)
    within_ulps(function(pred, target, *given, reduction="none"), loss, 2, tolerance)
    value, slope = function.value_and_gradient(pred, target, *given)
    within_ulps(value, loss.mean(), 2.5, np.mean(tolerance))
    within_ulps(slope, gradient / pred.size, 3, tolerance / pred.size)
    same_bits(function(pred, target, *given), value)
    same_bits(function.gradient(pred, target, *given), slope)
    slope, curve = function.gradient_and_hessian(pred, target, *given, hess_floor=-math.inf)
    within_ulps(slope, gradient, 2, tolerance)
    within_ulps(curve, hessian, 2, CANCELLING_HESSIANS.get(name, 0) * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("reduction", ["none", "mean", "sum", "batchmean"])
@pytest.mark.parametrize("name", NAMES)
def test_reductions_weights_and_masks(name, reduction, dtype):
    function, (pred, target) = getattr(fastact, name), (a.reshape(20, 15) for a in data(name, dtype, seed=3))
    g = np.random.default_rng(5)
    weight, mask = g.random((20, 15)).astype(dtype), g.random((20, 15)) < 0.7
    each = function(pred, target, reduction="none").astype(np.longdouble)
    slope, _ = (a.astype(np.longdouble) for a in function.gradient_and_hessian(pred, target))
    spoilt = np.where(mask, pred, np.dtype(dtype).type(np.nan))
    for options, w in (({"sample_weight": weight}, weight), ({"where": mask}, mask), ({"sample_weight": weight, "where": mask}, weight * mask)):
        w = w.astype(np.longdouble)
        divisor = {"none": 1, "sum": 1, "mean": w.sum(), "batchmean": 20}[reduction]
        value, gradient = function.value_and_gradient(spoilt if "where" in options else pred, target, reduction=reduction, **options)
        expected = w * each if reduction == "none" else (w * each).sum() / divisor
        tolerance = 4 * np.finfo(dtype).eps * np.abs(w * each).sum() / divisor if reduction != "none" else 0.0
        within_ulps(value, expected, 4, tolerance)
        within_ulps(gradient, w * slope / divisor, 4)


def special(name):
    """(pred, target, value, gradient, Hessian) at infinities and where a loss bends."""
    inf, one = math.inf, FUNCTIONS[name].parameters
    far = {
        "mean_absolute_error": (inf, 1, 0), "huber": (inf, 1, 0), "smooth_l1": (inf, 1, 0), "log_cosh": (inf, 1, 0), "pseudo_huber": (inf, 1, 0),
        "epsilon_insensitive": (inf, 1, 0), "squared_epsilon_insensitive": (inf, inf, 2), "fair": (inf, 1, 0), "cauchy": (inf, 0, 0),
        "geman_mcclure": (2, 0, 0), "welsch": (1, 0, 0), "wing": (inf, 1, 0), "mean_squared_error": (inf, inf, 2), "half_squared_error": (inf, inf, 1), "pinball": (inf, 0.5, 0), "expectile": (inf, inf, 1),
    }  # fmt: skip
    if name in far:
        value, gradient, hessian = far[name]
        kinks = {"mean_absolute_error": (0, 0, 0), "epsilon_insensitive": (0, 0, 0), "squared_epsilon_insensitive": (0, 0, 0), "wing": (0, 0, -20),
                 "fair": (0, 0, 1), "cauchy": (0, 0, 1), "geman_mcclure": (0, 0, 1), "welsch": (0, 0, 1), "pinball": (0, 0, 0), "huber": (0, 0, 1), "smooth_l1": (0, 0, 1), "log_cosh": (0, 0, 1)}  # fmt: skip
        corner = {"huber": (0.5, 1, 1), "smooth_l1": (0.5, 1, 0)}
        rows = [(inf, 2, value, gradient, hessian), (-inf, 2, value, -gradient, hessian), (2, inf, value, -gradient, hessian)]
        rows += [(3, at, *bends[name]) for at, bends in ((3, kinks), (2, corner)) if name in bends]
        return rows
    return {
        "mean_absolute_percentage_error": [(2, 2, 0, 0, 0), (inf, 2, inf, 50, 0), (-inf, 2, inf, -50, 0)],
        "mean_squared_logarithmic_error": [(2, 2, 0, 0, 2 / 9), (inf, 2, inf, 0, 0), (-inf, 0, 0, 0, 0), (-5, 0, 0, 0, 0)],
        "hinge": [(1, 1, 0, -1, 0), (-1, -1, 0, 1, 0), (inf, 1, 0, 0, 0), (-inf, 1, inf, -1, 0)],
        "squared_hinge": [(1, 1, 0, 0, 0), (inf, 1, 0, 0, 0), (-inf, 1, inf, -inf, 2)],
        "perceptron": [(0, 1, 0, -1, 0), (0, -1, 0, 1, 0), (inf, 1, 0, 0, 0), (-inf, 1, inf, -1, 0)],
        "modified_huber": [(1, 1, 0, 0, 0), (-1, 1, 4, -4, 2), (inf, 1, 0, 0, 0), (-inf, 1, inf, -4, 0)],
        "logistic_margin": [(inf, 1, 0, 0, 0), (-inf, 1, inf, -1, 0), (0, 1, math.log(2), -0.5, 0.25)],
        "binary_cross_entropy_with_logits": [
            (inf, 1, 0, 0, 0), (-inf, 0, 0, 0, 0), (inf, 0, inf, 1, 0), (-inf, 1, inf, -1, 0), (0, 1, math.log(2), -0.5, 0.25)
        ],
        "binary_cross_entropy": [(0, 0, 0, 0, 1), (1, 1, 0, 0, 1), (0, 1, 100, -1e12, 1e24), (1, 0, 100, 1e12, 1e24), (0.5, 1, math.log(2), -2, 4)],
        "sigmoid_focal": [(inf, 1, 0, 0, 0), (-inf, 0, 0, 0, 0), (inf, 0, inf, 1, 0), (-inf, 1, inf, -1, 0), (0, 1, math.log(2) / 4, -math.log(2) / 4 - 0.125,
                          math.log(2) / 8 + 5 / 16)],
        "kl_div": [(-inf, 0, 0, 0, 0), (-inf, 0.5, inf, -0.5, 0), (0, 1, 0, -1, 0), (inf, 0, 0, 0, 0)],
        "half_tweedie_identity": [(1, 1, 0, 0, 1), (4, 0, 4, 0.5, -0.0625), (1, 4, 2, -3, 5.5)],
        "lq": [(3, 3, 0, 0, 2), (inf, 2, inf, inf, 2), (-inf, 2, inf, -inf, 2), (2, inf, inf, -inf, 2)],
        "js_div": [(0, 0, 0, 0, math.nan), (1, 0, math.log(2) / 2, math.log(2) / 2, 0), (0, 1, math.log(2) / 2, -inf, inf), (0.5, 0.5, 0, 0, 0.5)],
        "asymmetric_multilabel": [(inf, 1, 0, 0, 0), (-inf, 0, 0, 0, 0), (-4, 0, 0, 0, 0), (-inf, 1, -math.log(1e-8), 0, 0)],
        "half_poisson": [(-inf, 0, 0, 0, 0), (-inf, 2, inf, -2, 0), (inf, 2, inf, inf, inf), (0, 1, 1, 0, 1)],
        "poisson_nll": [(-inf, 0, 0, 0, 0), (-inf, 2, inf, -2, 0), (inf, 2, inf, inf, inf), (0, 1, 1, 0, 1)],
        "half_tweedie": [(inf, 2, inf, inf, inf), (-inf, 2, inf, -inf, inf), (-inf, 0, 0, 0, 0), (0, 1, 4, 0, 1)],
        "contrastive": [(inf, 1, inf, inf, 2), (inf, 0, 0, 0, 0), (-inf, 0, inf, -inf, 2), (1, 0, 0, 0, 0), (0, 1, 0, 0, 2), (0, 0, 1, -2, 2)],
        "hinge_embedding": [(1, -1, 0, -1, 0), (inf, 1, inf, 1, 0), (inf, -1, 0, 0, 0), (-inf, -1, inf, -1, 0), (1, 0.5, 1, 0, 0)],
        "half_gamma": [(inf, 2, inf, 1, 0), (-inf, 2, inf, -inf, inf), (0, 1, 1, 0, 1)],
        "exponential_loss": [(-inf, 0, 0, 0, 0), (inf, 1, 0, 0, 0), (inf, 0, inf, inf, inf), (-inf, 1, inf, -inf, inf), (0, 1, 1, -1, 1)],
    }[name]  # fmt: skip


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_special_inputs(name, dtype):
    function, rows = getattr(fastact, name), special(name)
    pred, target = (np.array([row[k] for row in rows], dtype) for k in range(2))
    with np.errstate(all="raise"):
        loss, gradient = function.value_and_gradient(pred, target, reduction="none")
        slope, curve = function.gradient_and_hessian(pred, target, hess_floor=-math.inf)
    for got, k in ((loss, 2), (gradient, 3), (slope, 3), (curve, 4)):
        np.testing.assert_allclose(got, np.array([row[k] for row in rows], float), rtol=1e-6)
    for place in range(2):
        arguments = [np.ones(3, dtype), np.ones(3, dtype)]
        arguments[place][1] = np.nan
        results = (*function.value_and_gradient(*arguments, reduction="none"), *function.gradient_and_hessian(*arguments, hess_floor=-np.inf))
        for result in results:
            np.testing.assert_array_equal(np.isnan(result), [False, True, False])
        assert np.isnan(function(*arguments)) and np.isnan(function(*arguments, reduction="sum"))


@pytest.mark.parametrize("name", NAMES)
def test_gradient_and_hessian_are_derivatives(name):
    """Finite differences of the value and of the gradient, away from the kinks."""
    function, step = getattr(fastact, name), 1e-5
    kind = REFERENCES[name][1]
    pred, target = into_domain(kind, np.random.default_rng(4).normal(0.13, 1.1, 60)), targets_of(kind, 60, 8)
    less, more = (function.gradient_and_hessian(pred + s, target)[0] for s in (-step, step))
    values = [function(pred + s, target, reduction="none") for s in (-step, step)]
    gradient, hessian = function.gradient_and_hessian(pred, target, hess_floor=-math.inf)
    np.testing.assert_allclose(gradient, (values[1] - values[0]) / (2 * step), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(hessian, (more - less) / (2 * step), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("name", NAMES)
def test_parameters_by_place_and_name(either_path, name):
    function, parameters = getattr(fastact, name), FUNCTIONS[name].parameters
    pred, target = data(name, "float64")
    for which in PASSES:
        entry = function if which == "value" else getattr(function, which)
        usual, given, named = entry(pred, target), entry(pred, target, *parameters.values()), entry(pred=pred, target=target, **parameters)
        for other in (given, named):
            for a, b in zip(*(x if isinstance(x, tuple) else (x,) for x in (usual, other)), strict=True):
                same_bits(a, b)
        with pytest.raises(TypeError):
            entry(pred, target, no_such_parameter=1)


WRONG = {
    "delta": (0, -1, math.nan, math.inf), "beta": (-1, math.nan, math.inf), "margin": (math.nan, math.inf), "pos_weight": (-1, math.nan, math.inf),
    "quantile": (0, 1, -0.5, math.nan), "alpha": (0, 1, 2, math.nan), "c": (0, math.nan), "epsilon": (-0.1, math.nan), "width": (0, math.nan),
    "curvature": (0, math.nan), "eps": (-1, math.nan),
    "log_input": (2, math.nan), "full": (0.5, math.nan), "power": (math.nan, math.inf), "label_smoothing": (-0.1, 1.1, math.nan),
    "clip": (-0.1, 1.5, math.nan), "base": (0, 10, math.nan), "gamma": (-1, math.inf, math.nan), "gamma_neg": (-1, math.nan), "gamma_pos": (-1, math.nan),
    "log_target": (2, math.nan), "q": (0.5, math.inf, math.nan),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in NAMES if FUNCTIONS[name].parameters])
@pytest.mark.parametrize("which", PASSES)
def test_parameters_out_of_range(name, which):
    function = getattr(fastact, name) if which == "value" else getattr(getattr(fastact, name), which)
    x = np.ones(3)
    for parameter in FUNCTIONS[name].parameters:
        for value in (-0.5, 2, math.nan) if (name, parameter) == ("sigmoid_focal", "alpha") else WRONG[parameter]:
            with pytest.raises(ValueError, match=rf"^{name}.*: {parameter} is {value}; .*number.* are accepted"):
                function(x, x, **{parameter: value})
        for value in {"1", (1.0, 2.0), None} - SPELLED.get(f"{name}.{parameter}", {}).keys():
            with pytest.raises(TypeError, match=rf"^{name}.*: {parameter} is .*; a number is accepted"):
                function(x, x, **{parameter: value})


@pytest.mark.parametrize("name", NAMES)
def test_hessian_outputs(name):
    function = getattr(fastact, name).gradient_and_hessian
    pred, target = (a.reshape(20, 15) for a in data(name, "float32"))
    gradient, hessian = function(pred, target)
    outputs = np.empty_like(pred), np.empty_like(pred)
    got = function(pred, target, grad_out=outputs[0], hess_out=outputs[1])
    assert got[0] is outputs[0] and got[1] is outputs[1]
    same_bits(outputs[0], gradient)
    same_bits(outputs[1], hessian)
    place, other = pred.copy(), target.copy()
    function(place, other, grad_out=place, hess_out=other)
    same_bits(place, gradient)
    same_bits(other, hessian)
    wide, turned = np.empty(pred.shape), np.empty(pred.shape[::-1], "f4").T
    assert function(pred, target, grad_out=wide, hess_out=turned)[1] is turned
    np.testing.assert_array_equal(wide, gradient)
    same_bits(np.ascontiguousarray(turned), hessian)
    halves = function(pred.astype("f2"), target.astype("f2"))
    for a, b in zip(halves, function(pred.astype("f2").astype("f4"), target.astype("f2").astype("f4"))):
        with np.errstate(over="ignore"):
            same_bits(a, b.astype("f2"))
    filled = np.full(pred.shape, 7, "f4")
    for wrong, error in ((np.empty(3, "f4"), ValueError), (np.empty(pred.shape, int), TypeError), ([], TypeError)):
        with pytest.raises(error, match=f"{name}.gradient_and_hessian: hess_out"):
            function(pred, target, grad_out=filled, hess_out=wrong)
    assert (filled == 7).all()
    with pytest.raises(ValueError, match="hess_floor is nan"):
        function(pred, target, hess_floor=math.nan)


def test_hessian_weights_and_floor():
    z, t = np.array([-40.0, 0.0, 3.0, 40.0]), np.array([0.0, 1.0, 1.0, 1.0])
    weight = np.array([2.0, 1.0, 0.0, 3.0])
    function = fastact.binary_cross_entropy_with_logits.gradient_and_hessian
    gradient, hessian = function(z, t)
    weighted = function(z, t, sample_weight=weight)
    np.testing.assert_allclose(weighted[0], weight * gradient, rtol=1e-15)
    np.testing.assert_allclose(weighted[1], weight * hessian, rtol=1e-15)
    np.testing.assert_allclose(function(z, t, sample_weight=weight, hess_floor=1e-16)[1], weight * np.maximum(hessian, 1e-16), rtol=1e-15)
    assert (fastact.mae.gradient_and_hessian(z, t, hess_floor=1.0)[1] == 1).all()
    z, t = np.linspace(-4, 4, 9), np.zeros(9)
    flat, curved = fastact.cauchy.gradient_and_hessian(z, t)[1], fastact.cauchy.gradient_and_hessian(z, t, hess_floor=-math.inf)[1]
    assert curved.min() < 0
    np.testing.assert_array_equal(flat, np.maximum(curved, 0))


def test_hessian_masks():
    z, t, function = np.array([-40.0, 0.0, 3.0, 40.0]), np.ones(4), fastact.binary_cross_entropy_with_logits.gradient_and_hessian
    masked = function(z, t, where=[True, False, True, True])
    assert masked[0][1] == masked[1][1] == 0


def test_smooth_l1_without_a_corner_is_mae():
    pred, target = data("mean_absolute_error", "float32")
    for a, b in zip(fastact.smooth_l1.gradient_and_hessian(pred, target, 0), fastact.mae.gradient_and_hessian(pred, target)):
        same_bits(a, b)
    same_bits(fastact.smooth_l1(pred, target, beta=0.0), fastact.mae(pred, target))


@pytest.mark.parametrize("name", NAMES)
def test_mean_of_equal_elements_is_the_element(name):
    """However many there are, and in blocks of any length."""
    function, n = getattr(fastact, name), (1 << 20) + 3
    for dtype in FLOATS:
        z, t = np.full(n, 2.5, dtype), np.ones(n, dtype)
        one = function(z[:1], t[:1])
        assert abs(function(z, t) - one) <= np.spacing(abs(one))
    assert fastact.mae(np.ones(1 << 25, np.float32), np.zeros(1 << 25, np.float32)) == 1


# ---- other libraries

TORCH = {
    "mean_absolute_error": lambda f, z, t: f.l1_loss(z, t, reduction="none"),
    "huber": lambda f, z, t: f.huber_loss(z, t, delta=0.7, reduction="none"),
    "smooth_l1": lambda f, z, t: f.smooth_l1_loss(z, t, beta=0.7, reduction="none"),
    "binary_cross_entropy_with_logits": lambda f, z, t: f.binary_cross_entropy_with_logits(
        z, t, pos_weight=z.new_tensor(0.7), reduction="none"
    ),
    "logistic_margin": lambda f, z, t: f.soft_margin_loss(z, t, reduction="none"),
    "half_poisson": lambda f, z, t: f.poisson_nll_loss(z, t, reduction="none"),
    "half_squared_error": lambda f, z, t: f.mse_loss(z, t, reduction="none") / 2,
}


@pytest.mark.parametrize("name, theirs", where_installed("torch", TORCH.items()))
def test_as_torch_has_it(name, theirs):
    import torch

    pred, target = np.random.default_rng(7).normal(0, 2, 200), targets_of(REFERENCES[name][1], 200)
    pred[0] = target[0]
    settings = (0.7,) if FUNCTIONS[name].parameters else ()
    z = torch.tensor(pred, requires_grad=True)
    losses = theirs(torch.nn.functional, z, torch.tensor(target))
    (slope,) = torch.autograd.grad(losses.sum(), z, create_graph=True)
    gradient, hessian = getattr(fastact, name).gradient_and_hessian(pred, target, *settings)
    np.testing.assert_allclose(getattr(fastact, name)(pred, target, *settings, reduction="none"), losses.detach(), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(gradient, slope.detach(), rtol=1e-12, atol=1e-14)
    if slope.requires_grad:
        (curve,) = torch.autograd.grad(slope.sum(), z, allow_unused=True)
        if curve is not None:
            np.testing.assert_allclose(hessian, curve.numpy(force=True), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("log_input, full", where_installed("torch", [(True, False), (True, True), (False, False), (False, True)]))
def test_poisson_nll_as_torch_has_it(log_input, full):
    import torch

    pred, target = np.random.default_rng(7).normal(1, 0.5, 200), targets_of("count", 200)
    pred = pred if log_input else np.abs(pred)
    z, options = torch.tensor(pred, requires_grad=True), {"log_input": log_input, "full": full, "eps": 0.01}
    losses = torch.nn.functional.poisson_nll_loss(z, torch.tensor(target), **options, reduction="none")
    losses.sum().backward()
    value, gradient = fastact.poisson_nll.value_and_gradient(pred, target, **options, reduction="none")
    np.testing.assert_allclose(value, losses.detach(), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(gradient, z.grad, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("power, name", [(1, "half_poisson"), (2, "half_gamma")])
def test_half_tweedie_ends_in_its_neighbours(power, name):
    pred, target = data(name, "float64")
    function, other = fastact.half_tweedie, getattr(fastact, name)
    np.testing.assert_allclose(function(pred, target, power, reduction="none"), other(pred, target, reduction="none"), rtol=1e-12)
    for a, b in zip(function.gradient_and_hessian(pred, target, power), other.gradient_and_hessian(pred, target)):
        np.testing.assert_allclose(a, b, rtol=1e-12)


SKLEARN = {
    "half_squared_error": ("HalfSquaredError", {}), "mean_absolute_error": ("AbsoluteError", {}), "pinball": ("PinballLoss", {"quantile": 0.3}),
    "huber": ("HuberLoss", {"delta": 0.3}), "half_poisson": ("HalfPoissonLoss", {}), "half_gamma": ("HalfGammaLoss", {}),
    "half_tweedie": ("HalfTweedieLoss", {"power": 1.7}), "binary_cross_entropy_with_logits": ("HalfBinomialLoss", {}), "exponential_loss": ("ExponentialLoss", {}),
}  # fmt: skip


@pytest.mark.parametrize("name, theirs", where_installed("sklearn", SKLEARN.items()))
def test_as_scikit_learn_has_it(name, theirs):
    from sklearn import _loss

    kind, settings = theirs
    loss = getattr(_loss.loss, kind)(**settings)
    pred, target = np.random.default_rng(7).normal(0, 2, 200), targets_of(REFERENCES[name][1], 200)
    weight = np.random.default_rng(2).random(200)
    function = getattr(fastact, name)
    value = function(pred, target, **settings, reduction="none", sample_weight=weight)
    if kind in ("HalfGammaLoss", "HalfPoissonLoss", "HalfBinomialLoss", "ExponentialLoss"):  # theirs may leave a constant out
        np.testing.assert_allclose(value, loss.loss(target, pred, weight), rtol=1e-10, atol=1e-12)
    gradient, hessian = function.gradient_and_hessian(pred, target, **settings, sample_weight=weight)
    their_gradient, their_hessian = loss.gradient_hessian(target, pred, weight)
    np.testing.assert_allclose(gradient, their_gradient, rtol=1e-10, atol=1e-13)
    if name not in ("mean_absolute_error", "pinball"):  # theirs is 1 there
        np.testing.assert_allclose(np.broadcast_to(hessian, 200), their_hessian * (weight if their_hessian.shape == (1,) else 1), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("clip", where_installed("torch", ["torch"]))
def test_binary_cross_entropy_as_torch_has_it(clip):
    import torch

    g = np.random.default_rng(3)
    target = np.where(g.random(200) < 0.5, g.integers(0, 2, 200), g.random(200))
    pred = g.random(200)
    pred[:4], target[:4] = (0, 1, 0, 1), (1, 0, 0, 1)
    z = torch.tensor(pred, requires_grad=True)
    losses = torch.nn.functional.binary_cross_entropy(z, torch.tensor(target), reduction="none")
    losses.sum().backward()
    value, gradient = fastact.binary_cross_entropy.value_and_gradient(pred, target, clip, reduction="none")
    np.testing.assert_allclose(value, losses.detach(), rtol=1e-12)
    np.testing.assert_allclose(gradient[4:], z.grad[4:], rtol=1e-12)
    np.testing.assert_allclose(gradient[:4], z.grad[:4], rtol=1e-8)  # their 1e-12 is a float32


@pytest.mark.parametrize("log_target", where_installed("torch", [False, True]))
@pytest.mark.parametrize("reduction", ["none", "mean", "sum", "batchmean"])
def test_kl_div_as_torch_has_it(log_target, reduction):
    import torch

    g = np.random.default_rng(3)
    pred, target = (np.log(g.dirichlet(np.ones(7), 20)) for _ in range(2))
    target = target if log_target else np.exp(target)
    z = torch.tensor(pred, requires_grad=True)
    loss = torch.nn.functional.kl_div(z, torch.tensor(target), reduction=reduction, log_target=log_target)
    loss.sum().backward()
    value, gradient = fastact.kl_div.value_and_gradient(pred, target, log_target, reduction=reduction)
    np.testing.assert_allclose(value, loss.detach(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(gradient, z.grad, rtol=1e-12)


# ---- binary_cross_entropy


def test_the_founding_loss_in_bits():
    p, t = np.array([0.7, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])
    assert fastact.binary_cross_entropy(p, t, base=2, reduction="sum") == pytest.approx(0.988504361, abs=5e-10)
    natural = fastact.bce(p, t, reduction="sum")
    assert fastact.bce(p, t, base=2, reduction="sum") == pytest.approx(natural / math.log(2), rel=1e-15)
    np.testing.assert_allclose(fastact.bce.gradient(p, t, base=2), fastact.bce.gradient(p, t) / math.log(2), rtol=1e-15)


def test_clip_rules():
    """What Keras, scikit-learn and nobody give for a prediction that is wholly wrong."""
    p, t, bce = np.array([0, 1], np.float32), np.array([1, 0], np.float32), fastact.binary_cross_entropy
    np.testing.assert_allclose(bce(p, t, clip=1e-7, reduction="none"), [16.118095, 15.942385], rtol=1e-7)  # 1 - 1e-7 rounds
    np.testing.assert_array_equal(bce.gradient(p, t, clip=1e-7), [0, 0])
    eps = np.finfo(np.float64).eps
    np.testing.assert_allclose(bce(p.astype(float), t, clip=eps, reduction="none"), [-math.log(eps)] * 2, rtol=1e-15)
    for clip in (None, 0):
        np.testing.assert_array_equal(bce(p, t, clip=clip, reduction="none"), [math.inf, math.inf])
        np.testing.assert_array_equal(bce.gradient(p, t, clip=clip, reduction="none"), [-math.inf, math.inf])
        np.testing.assert_array_equal(bce(p, 1 - t, clip=clip, reduction="none"), [0, 0])
        np.testing.assert_array_equal(bce.gradient(p, 1 - t, clip=clip, reduction="none"), [1, -1])
    for wrong in ("keras", "e"):
        with pytest.raises(TypeError, match="binary_cross_entropy: clip is"):
            bce(p, t, clip=wrong)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "binary_cross_entropy_with_logits"])
def test_smoothed_labels_are_other_targets(name):
    g = np.random.default_rng(6)
    pred, target = g.random(50), g.random(50)
    function = getattr(fastact, name)
    given, made = (function.value_and_gradient(pred, t, **o) for t, o in ((target, {"label_smoothing": 0.125}), (target * 0.875 + 0.0625, {})))
    for a, b in zip(given, made):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-16)


# ---- what boosting libraries ask for


def _all(results):
    return results if isinstance(results, tuple) else (results,)


@pytest.mark.parametrize("name", ["hinge", "squared_hinge"])
@pytest.mark.parametrize("dtype", ["float32", "int64", "bool"])
def test_labels_of_0_and_1(name, dtype):
    function, z = getattr(fastact, name), np.linspace(-2, 2, 12, dtype=np.float32)
    zero_one = np.arange(12) % 3 == 0
    for which in PASSES:
        entry = function if which == "value" else getattr(function, which)
        for a, b in zip(_all(entry(z, zero_one.astype(dtype), labels="01")), _all(entry(z, np.where(zero_one, 1, -1)))):
            same_bits(a, b)
    with pytest.raises(ValueError, match=rf"^{name}: target\[2\] is 3.0; 0 and 1 are accepted where labels is '01'"):
        function(z[:3], np.array([0.0, 1.0, 3.0]), labels="01")
    with pytest.raises(ValueError, match=rf"^{name}: labels is '10'"):
        function(z, z, labels="10")


def test_unit_hessian():
    z, t, weight = np.array([-1.0, 0.5, 2.0]), np.zeros(3), np.array([2.0, 0.0, 3.0])
    for name in ("mean_absolute_error", "pinball", "huber"):
        function = getattr(fastact, name).gradient_and_hessian
        np.testing.assert_array_equal(function(z, t, hess="unit")[1], [1, 1, 1])
        same_bits(function(z, t, hess="unit", sample_weight=weight)[1], weight)
        same_bits(function(z, t, hess="unit")[0], function(z, t)[0])
        with pytest.raises(ValueError, match=f"{name}.gradient_and_hessian: hess is 'one'"):
            function(z, t, hess="one")


def test_constant_hessians():
    constant = {name for name in NAMES if getattr(fastact, name).constant_hessian}
    for name in NAMES:
        z, t = into_domain(REFERENCES[name][1], np.linspace(-3, 3, 40)), targets_of(REFERENCES[name][1], 40)
        curve = getattr(fastact, name).gradient_and_hessian(z, t, hess_floor=-math.inf)[1]
        assert (name in constant) <= (np.ptp(curve) == 0), name
    assert {"half_squared_error", "mean_squared_error", "mean_absolute_error", "pinball"} <= constant


@pytest.mark.parametrize("name", ["half_poisson", "half_gamma", "binary_cross_entropy_with_logits", "exponential_loss"])
def test_constant_to_optimal_zero(name):
    function, target = getattr(fastact, name), np.array([0.125, 0.25, 0.75])
    best = {"half_poisson": np.log(target), "half_gamma": np.log(target), "exponential_loss": np.log(target / (1 - target)) / 2}.get(
        name, np.log(target / (1 - target))
    )
    constant = function.constant_to_optimal_zero(target)
    np.testing.assert_allclose(function(best, target, reduction="none") + constant, 0, atol=1e-15)
    if name == "half_poisson":
        assert function.constant_to_optimal_zero(np.zeros(1, np.float32)).dtype == np.float32
        np.testing.assert_array_equal(function.constant_to_optimal_zero([0.0]), [0])
