"""The pointwise losses: value, gradient, both and Hessian against formulas in 50 digits and finite differences; parameters, outputs."""

import math

import numpy as np
import pytest
from helpers import FUNCTIONS, same_bits, within_ulps
from pointwise_formulas import (
    CANCELLING_HESSIANS,
    CASES,
    FLOATS,
    NAMES,
    PASSES,
    REFERENCES,
    column,
    data,
    exact,
    into_domain,
    slack,
    targets_of,
)

import fastact
from fastact import _core
from fastact.catalog import SPELLED
from fastact.pointwise import DIFFERING


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
    for options, w in (
        ({"sample_weight": weight}, weight), ({"where": mask}, mask), ({"sample_weight": weight, "where": mask}, weight * mask)
    ):
        w = w.astype(np.longdouble)
        divisor = {"none": 1, "sum": 1, "mean": w.sum(), "batchmean": 20}[reduction]
        value, gradient = function.value_and_gradient(spoilt if "where" in options else pred, target, reduction=reduction, **options)
        expected = w * each if reduction == "none" else (w * each).sum() / divisor
        tolerance = 4 * np.finfo(dtype).eps * np.abs(w * each).sum() / divisor if reduction != "none" else 0.0
        within_ulps(value, expected, 4, tolerance)
        within_ulps(gradient, w * slope / divisor, 4, np.ravel(w * slack(name, pred, target) / divisor))


def special(name):
    """(pred, target, value, gradient, Hessian) at infinities and where a loss bends."""
    inf = math.inf
    far = {
        "mean_absolute_error": (inf, 1, 0), "huber": (inf, 1, 0), "smooth_l1": (inf, 1, 0), "log_cosh": (inf, 1, 0),
        "pseudo_huber": (inf, 1, 0),
        "epsilon_insensitive": (inf, 1, 0), "squared_epsilon_insensitive": (inf, inf, 2), "fair": (inf, 1, 0), "cauchy": (inf, 0, 0),
        "geman_mcclure": (2, 0, 0), "welsch": (1, 0, 0), "wing": (inf, 1, 0), "mean_squared_error": (inf, inf, 2),
        "half_squared_error": (inf, inf, 1), "pinball": (inf, 0.5, 0), "expectile": (inf, inf, 1),
    }  # fmt: skip
    if name in far:
        value, gradient, hessian = far[name]
        flat = ("mean_absolute_error", "epsilon_insensitive", "squared_epsilon_insensitive", "pinball")
        round_ = ("fair", "cauchy", "geman_mcclure", "welsch", "huber", "smooth_l1", "log_cosh")
        kinks = dict.fromkeys(flat, (0, 0, 0)) | dict.fromkeys(round_, (0, 0, 1)) | {"wing": (0, 0, -20)}
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
        "binary_cross_entropy": [(0, 0, 0, 0, 1), (1, 1, 0, 0, 1), (0, 1, 100, -1e12, 1e24), (1, 0, 100, 1e12, 1e24),
            (0.5, 1, math.log(2), -2, 4)],
        "sigmoid_focal": [(inf, 1, 0, 0, 0), (-inf, 0, 0, 0, 0), (inf, 0, inf, 1, 0), (-inf, 1, inf, -1, 0),
            (0, 1, math.log(2) / 4, -math.log(2) / 4 - 0.125,
                          math.log(2) / 8 + 5 / 16)],
        "kl_div": [(-inf, 0, 0, 0, 0), (-inf, 0.5, inf, -0.5, 0), (0, 1, 0, -1, 0), (inf, 0, 0, 0, 0)],
        "half_tweedie_identity": [(1, 1, 0, 0, 1), (4, 0, 4, 0.5, -0.0625), (1, 4, 2, -3, 5.5)],
        "lq": [(3, 3, 0, 0, 2), (inf, 2, inf, inf, 2), (-inf, 2, inf, -inf, 2), (2, inf, inf, -inf, 2)],
        "js_div": [(0, 0, 0, 0, math.nan), (1, 0, math.log(2) / 2, math.log(2) / 2, 0), (0, 1, math.log(2) / 2, -inf, inf),
            (0.5, 0.5, 0, 0, 0.5)],
        "asymmetric_multilabel": [(inf, 1, 0, 0, 0), (-inf, 0, 0, 0, 0), (-4, 0, 0, 0, 0), (-inf, 1, -math.log(1e-8), 0, 0)],
        "half_poisson": [(-inf, 0, 0, 0, 0), (-inf, 2, inf, -2, 0), (inf, 2, inf, inf, inf), (0, 1, 1, 0, 1)],
        "poisson_nll": [(-inf, 0, 0, 0, 0), (-inf, 2, inf, -2, 0), (inf, 2, inf, inf, inf), (0, 1, 1, 0, 1)],
        "half_tweedie": [(inf, 2, inf, inf, inf), (-inf, 2, inf, -inf, inf), (-inf, 0, 0, 0, 0), (0, 1, 4, 0, 1)],
        "contrastive": [(inf, 1, inf, inf, 2), (inf, 0, 0, 0, 0), (-inf, 0, inf, -inf, 2), (1, 0, 0, 0, 0), (0, 1, 0, 0, 2),
            (0, 0, 1, -2, 2)],
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
    for place, other in ((0, 1), (0, 0), (1, 1)):  # NaN among predictions of targets of 1 and 0, and among targets
        arguments = [np.ones(3, dtype), np.full(3, other, dtype)]
        arguments[place][1] = np.nan
        results = (
            *function.value_and_gradient(*arguments, reduction="none"), *function.gradient_and_hessian(*arguments, hess_floor=-np.inf)
        )
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
    "delta": (0, -1, math.nan, math.inf), "beta": (-1, math.nan, math.inf), "margin": (math.nan, math.inf),
    "pos_weight": (-1, math.nan, math.inf),
    "quantile": (0, 1, -0.5, math.nan), "alpha": (0, 1, 2, math.nan), "c": (0, math.nan), "epsilon": (-0.1, math.nan),
    "width": (0, math.nan),
    "curvature": (0, math.nan), "eps": (-1, math.nan),
    "focal_gradient": (2, math.nan),
    "log_input": (2, math.nan), "full": (0.5, math.nan), "power": (math.nan, math.inf), "label_smoothing": (-0.1, 1.1, math.nan),
    "clip": (-0.1, 1.5, math.nan), "base": (0, 10, math.nan), "gamma": (-1, math.inf, math.nan), "gamma_neg": (-1, math.nan),
    "gamma_pos": (-1, math.nan),
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
        spelled = SPELLED.get(f"{name}.{parameter}", {})
        for value in {"1", (1.0, 2.0), None} - spelled.keys():
            error, words = TypeError, f"{parameter} is .*; a number is"
            if isinstance(value, tuple) and (name, parameter) in DIFFERING:  # which may be arrays, but not of this shape
                error, words = ValueError, rf"{parameter} has shape \(2,\); a number, and what broadcasts to \(3,\), are"
            if value == "1" and spelled.keys() - {None}:  # where words are accepted, but others
                error, words = ValueError, f"{parameter} is '1'; .*number.* are"
            with pytest.raises(error, match=f"^{name}.*: {words} accepted"):
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


# z and t that the fast lanes of float arrays leave to slower ones, and their neighbours
UNUSUAL = {
    "binary_cross_entropy_with_logits": [(-9.6875, 1), (9.7, 0), (-104, 0), (math.inf, 1), (math.inf, 0), (math.nan, 0), (0.2, math.nan)],
    "kl_div": [(-math.inf, 0), (math.nan, 0), (-1, 1e-40), (-1, -0.5), (-math.inf, 0.5), (-2, math.inf), (-3, math.nan), (-1e38, 0)],
    "log_cosh": [(9.01, 0), (9.02, 0), (3e38, -3e38), (1e6, 0.1), (1e-30, 0), (math.inf, 1), (math.inf, math.inf), (math.nan, 1)],
    "half_poisson": [(88.7, 1), (89, 1), (-104, 0), (-math.inf, 0), (math.inf, 1), (0.1, math.inf), (math.nan, 1), (1e30, 0)],
    "poisson_nll": [(88.7, 1), (89, 1), (-104, 0), (-math.inf, 0), (math.inf, 1), (0.1, math.inf), (math.nan, 1), (1e30, 0)],
    "sigmoid_focal": [(9.7, 0), (-9.7, 0), (-19.9, 0), (-20.1, 0), (20.1, 1), (0.3, 1e-9), (0.3, 0.5), (-math.inf, 1), (math.nan, 0)],
    "binary_cross_entropy": [
        (0, 0), (0, 1), (1, 0), (1, 1), (1e-13, 1), (1e-40, 0), (1e-40, 1), (0.3, 0.25), (1, 0.5), (0, 0.5), (1e-40, 1e-41),
        (1 - 2.0**-24, 1), (1.5, 1), (1.5, 0), (-0.25, 0), (0.3, 1e-10), (0.5, -0.5), (0.2, 2), (math.nan, 0), (0.2, math.nan),
    ],
    "js_div": [
        (0, 0), (0, 1), (1, 0), (0.5, 0.5), (0.5, 0.5 + 2.0**-24), (1e-30, 1), (1e30, 1), (1e-42, 0.5), (0.5, 1e-42), (1e-20, 1e20),
        (math.nan, 1), (0.5, math.nan),
    ],
    "fair": [(0, 0), (3e38, -3e38), (1e31, 0), (0.125, 0), (1e-30, 0), (1e-40, 0), (math.inf, 1), (math.nan, 1), (1, math.nan)],
    "cauchy": [(0, 0), (3e38, -3e38), (1e15, 0), (1.6e15, 0), (2e19, 0), (1e-30, 0), (math.inf, 1), (math.nan, 1), (1, math.nan)],
    "lq": [(0, 0), (3e38, -3e38), (1e18, 0), (1e20, 0), (1e-30, 0), (math.inf, 1), (math.nan, 1), (1, math.nan)],
    "half_tweedie": [
        (160, 1), (160.1, 1), (-160, 1), (-160.1, 0), (0, 1), (1e-3, 1), (-1e30, 0), (math.inf, 1), (-math.inf, 0), (math.nan, 1),
        (0.1, math.nan),
    ],
    "half_tweedie_identity": [
        (1, 1), (1, 1 + 2.0**-23), (1e-7, 1), (1e-7, 1e30), (1e12, 1), (1, 1e12), (1, 1e-30), (3, 0), (1e30, 0), (math.nan, 1),
        (3, math.nan),
    ],
}  # fmt: skip
UNUSUAL_DOMAINS = {"kl_div": lambda z: -np.abs(z), "binary_cross_entropy": lambda z: 1 / (1 + np.exp(-z))}
UNUSUAL_DOMAINS |= dict.fromkeys(("js_div", "half_tweedie_identity"), lambda z: np.abs(z) + np.float32(0.01))


@pytest.mark.parametrize("name", UNUSUAL)
@pytest.mark.parametrize("n", [1, 15, 16, 47, 1000])
def test_unusual_elements_keep_to_themselves(name, n):
    function, random = getattr(fastact, name), np.random.default_rng(n)
    pred, target = random.normal(0, 2, n).astype(np.float32), (random.random(n) < 0.5).astype(np.float32)
    pred = UNUSUAL_DOMAINS.get(name, np.asarray)(pred)
    slopes, each = function.gradient(pred, target, reduction="sum"), function(pred, target, reduction="none").astype(np.float64)
    for unusual in UNUSUAL[name]:
        at = random.integers(n)
        z, t = pred.copy(), target.copy()
        z[at], t[at] = unusual
        alone = (z[at : at + 1], t[at : at + 1])
        expected, losses = slopes.copy(), each.copy()
        expected[at] = function.gradient(*alone, reduction="sum")[0]
        losses[at] = function(*alone, reduction="none")[0]
        within_ulps(expected[at : at + 1], function.gradient_and_hessian(*alone, hess_floor=-math.inf)[0].astype(np.float64), 2)
        value, gradient = function.value_and_gradient(z, t, reduction="sum")
        same_bits(gradient, expected)
        same_bits(function(z, t, reduction="sum"), value)
        finite = np.isfinite(losses)
        if finite.all():
            within_ulps(value, losses.sum(), 2.5, 2.0**-24 * np.abs(losses).sum())
        else:
            np.testing.assert_equal(float(value), losses[~finite][0])


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_elements_do_not_depend_on_what_else_is_asked_for(name, dtype):
    """Nor on where they are written: both outputs may lie where an input does, the Hessian beside them."""
    function, kernel, n = getattr(fastact, name), _core.Loss(name), 2100
    pred, target = (np.resize(a, n) for a in data(name, dtype, seed=4))
    pred[::97], target[5::101] = np.array([1e30, 1e-30, np.inf], dtype)[np.arange(len(pred[::97])) % 3], np.nan
    with np.errstate(all="ignore"):
        losses, gradient = function.value_and_gradient(pred, target, reduction="none")
        same_bits(function(pred, target, reduction="none"), losses)
        same_bits(function.gradient(pred, target, reduction="none"), gradient)
        for turned in (False, True):
            p, t = pred.copy(), target.copy()
            value, slopes = (t, p) if turned else (p, t)
            function.value_and_gradient(p, t, reduction="none", out=value, grad_out=slopes)
            same_bits(value, losses)
            same_bits(slopes, gradient)
    each, slopes, curves = np.empty((3, n), dtype)
    kernel(pred, target, None, None, 1.0, each, slopes, curves)
    same_bits(each, losses)
    same_bits(slopes, gradient)
    kernel(pred, target, None, None, 1.0, None, None, each, False)
    same_bits(each, curves)


@pytest.mark.parametrize("name", ["mean_squared_error", "huber"])
def test_gradients_beyond_the_cache(name):
    """Written around it, wherever they begin: the same as those of parts."""
    function, n, part = getattr(fastact, name), (12 << 20) + 37, 1 << 20
    pred, target = (np.resize(np.random.default_rng(k).normal(0, 2, 100_003).astype(np.float32), n) for k in range(2))
    gradient = np.empty(n + 3, np.float32)[3:]
    value, _ = function.value_and_gradient(pred, target, reduction="sum", grad_out=gradient)
    total = 0.0
    for at in range(0, n, part):
        some = slice(at, at + part)
        same_bits(gradient[some], function.gradient(pred[some], target[some], reduction="sum"))
        total += float(function(pred[some], target[some], reduction="sum"))
    assert abs(value - total) <= 1e-6 * total


@pytest.mark.parametrize("name", NAMES)
def test_mean_of_equal_elements_is_the_element(name):
    """However many there are, and in blocks of any length."""
    function, n = getattr(fastact, name), (1 << 20) + 3
    for dtype in FLOATS:
        z, t = np.full(n, 2.5, dtype), np.ones(n, dtype)
        one = function(z[:1], t[:1])
        assert abs(function(z, t) - one) <= np.spacing(abs(one))
    assert fastact.mae(np.ones(1 << 25, np.float32), np.zeros(1 << 25, np.float32)) == 1


@pytest.mark.parametrize("power", [-3.0, 0.5, 1.0078125, 1.3, 1.9921875, 2.0078125, 3.0, 10.0, 100.0])
def test_half_tweedie_identity_of_any_power(power):
    """Next to the powers that have texts of their own and far from them; near targets, and terms beyond e^700."""
    mp = pytest.importorskip("mpmath")
    g = np.random.default_rng(8)
    pred = np.exp(g.uniform(-4, 4, 120))
    target = np.concatenate([np.exp(g.uniform(-9, 4, 60)), pred[60:] * (1 + g.choice([-1, 1], 60) * 2 ** g.uniform(-20, -1, 60))])
    got = fastact.half_tweedie_identity(pred, target, power, reduction="none")
    with mp.workdps(60):
        r = mp.mpf(power)
        for p, t, value in zip(pred.tolist(), target.tolist(), got.tolist()):
            p, t = mp.mpf(p), mp.mpf(t)
            want = t ** (2 - r) / ((1 - r) * (2 - r)) - t * p ** (1 - r) / (1 - r) + p ** (2 - r) / (2 - r)
            assert value == float(want) or abs(value - want) <= 2 * np.spacing(float(want)), (p, t)  # the first where both are infinite


@pytest.mark.parametrize("power, name", [(1, "half_poisson"), (2, "half_gamma")])
def test_half_tweedie_ends_in_its_neighbours(power, name):
    pred, target = data(name, "float64")
    function, other = fastact.half_tweedie, getattr(fastact, name)
    np.testing.assert_allclose(function(pred, target, power, reduction="none"), other(pred, target, reduction="none"), rtol=1e-12)
    for a, b in zip(function.gradient_and_hessian(pred, target, power), other.gradient_and_hessian(pred, target)):
        np.testing.assert_allclose(a, b, rtol=1e-12)
