"""Losses of rows: every option against definitions in the widest floats, whose derivatives are taken as differences. To the ulp they
are swept: tests/accuracy/row_formulas.h. cross_entropy of labels: test_losses.py."""

import math

import numpy as np
import pytest
from helpers import FUNCTIONS, names_of, same_bits, within_ulps
from row_loss_formulas import DEFINITIONS, PARAMETERS, WIDE, defined, inputs, logits_loss, random, softmax

import fastact

FLOATS = ("float32", "float64")
REDUCTIONS = ("none", "mean", "sum", "batchmean")
NAMES = names_of("row_loss")
CASES = [(name, parameters) for name in NAMES for parameters in [{}, *PARAMETERS.get(name, [])]]


def forms():
    """(name, whether targets are soft) of every way to call."""
    return [(name, kind == "probabilities") for name in NAMES for kind in FUNCTIONS[name].targets]


def check(function, arguments, options, exact, dtype, slack=0.0):
    """Value, gradient and both agree with the exact ones and, to the bit, with each other."""
    value, gradient = function.value_and_gradient(*arguments, **options)
    same_bits(function(*arguments, **options), value)
    same_bits(function.gradient(*arguments, **options), gradient)
    assert value.dtype == gradient.dtype == np.dtype(dtype)
    within_ulps(value, exact[0], 2.5, slack * np.finfo(dtype).eps)
    near = dict(rtol=4e-7, atol=2e-7) if dtype == "float32" else dict(rtol=2e-9, atol=1e-10)
    np.testing.assert_allclose(gradient, exact[1].astype("float64"), **near)


# where a loss is a difference its error is counted in ulp of the larger terms
SLACK = {"generalized_kl": 8, "multi_margin": 8, "multiclass_hinge": 8, "categorical_hinge": 8, "sparsemax_loss": 8, "entmax15_loss": 8,
         "poly_cross_entropy": 4, "generalized_cross_entropy": 2}  # fmt: skip


def test_every_loss_has_a_definition():
    assert set(DEFINITIONS) == set(NAMES)
    assert {name: set(FUNCTIONS[name].parameters) for name in PARAMETERS} == {
        name: {word for choice in choices for word in choice} | set(FUNCTIONS[name].parameters) for name, choices in PARAMETERS.items()
    }
    assert {name for name in NAMES if FUNCTIONS[name].parameters} == set(PARAMETERS)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, soft", forms())
@pytest.mark.parametrize("columns", [1, 2, 5, 16, 17, 40, 300])
def test_columns(name, soft, columns, dtype):
    z, given, t = inputs(name, (7, columns), dtype, soft, columns)
    for reduction in ("none", "mean"):
        exact = defined(name, z, t, reduction=reduction)
        check(getattr(fastact, name), (z, given), {"reduction": reduction}, exact, dtype, SLACK.get(name, 0))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, parameters", CASES, ids=lambda case: str(case))
def test_parameters_reductions_and_weights(name, parameters, dtype):
    g = random(3)
    for soft in [kind == "probabilities" for kind in FUNCTIONS[name].targets]:
        z, given, t = inputs(name, (6, 9), dtype, soft, 4)
        weight, mask = (g.random(6) + 0.1).astype(dtype), np.array([True, False, True, True, False, True])
        for reduction in REDUCTIONS:
            options = parameters | {"reduction": reduction}
            exact = defined(name, z, t, reduction=reduction, **parameters)
            check(getattr(fastact, name), (z, given), options, exact, dtype, SLACK.get(name, 0))
            exact = defined(name, z, t, weight, reduction, **parameters)
            check(getattr(fastact, name), (z, given), options | {"sample_weight": weight}, exact, dtype, SLACK.get(name, 0))
            exact = defined(name, z, t, mask, reduction, **parameters)
            spoilt = np.where(mask[:, None], z, np.array(np.nan, dtype))
            check(getattr(fastact, name), (spoilt, given), options | {"where": mask}, exact, dtype, SLACK.get(name, 0))


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
@pytest.mark.parametrize("name, soft", forms())
def test_axes(name, soft, axis):
    z, given, t = inputs(name, (4, 3, 5), "float64", soft, 5)
    z, t = np.moveaxis(z, -1, axis), np.moveaxis(t, -1, axis)
    given = np.moveaxis(given, -1, axis) if soft else given
    for reduction in ("none", "mean"):
        exact = defined(name, z, t, reduction=reduction, axis=axis)
        check(getattr(fastact, name), (z, given), {"reduction": reduction, "axis": axis}, exact, "float64", SLACK.get(name, 0))


# ---- options


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", ["nll", "sparse_categorical_cross_entropy"])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_class_weights_and_ignored_labels(name, reduction, dtype):
    """Both count in what a mean divides by."""
    z, k, t = inputs(name, (11, 6), dtype, False, 7)
    weight, own = (random(8).random(6) + 0.1).astype(dtype), (random(9).random(11) + 0.1).astype(dtype)
    for index in (None, int(k[2])):
        counts = np.ones(11) if index is None else k != index
        for sample in ({}, {"sample_weight": own}):
            total = counts * weight[k].astype(WIDE) * (own.astype(WIDE) if sample else 1)
            options = {"class_weight": weight, "ignore_index": index, "reduction": reduction} | sample
            check(getattr(fastact, name), (z, k), options, defined(name, z, t, total, reduction), dtype)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_class_weights_inside_losses(reduction, dtype):
    """Those of targets, of multi_margin and alpha multiply losses and leave the divisor alone."""
    weight = (random(8).random(6) + 0.1).astype(dtype)
    w = weight.astype(WIDE)
    for name, soft, word in (("multi_margin", False, "class_weight"), ("softmax_focal", False, "alpha")):
        z, k, t = inputs(name, (11, 6), dtype, soft, 7)
        exact = defined(name, z, t, w[k], reduction, divisor_weight=1)
        check(getattr(fastact, name), (z, k), {word: weight, "reduction": reduction}, exact, dtype, 8)
    for name, word in (("cross_entropy", "class_weight"), ("softmax_focal", "alpha")):
        z, given, t = inputs(name, (11, 6), dtype, True, 7)
        expected = defined(name, z, w * t, reduction=reduction)
        check(getattr(fastact, name), (z, given), {word: weight, "reduction": reduction}, expected, dtype, 4)
    z, given, t = inputs("multilabel_soft_margin", (11, 6), dtype, True, 7)
    value, slope = fastact.multilabel_soft_margin.value_and_gradient(z, given, class_weight=weight, reduction="none")
    within_ulps(value, (w * logits_loss(z.astype(WIDE), t)).mean(-1), 2)
    s = 1 / (1 + np.exp(-z.astype(WIDE)))
    np.testing.assert_allclose(slope, (w * (s - t) / 6).astype("float64"), rtol=1e-6, atol=1e-8)


def test_alpha_may_be_one_number():
    z, k, _ = inputs("softmax_focal", (5, 4), "float64", False)
    same_bits(fastact.softmax_focal(z, k, alpha=0.25), 0.25 * fastact.softmax_focal(z, k))
    same_bits(fastact.softmax_focal(z, k, alpha=np.full(4, 0.25)), 0.25 * fastact.softmax_focal(z, k))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("smoothing", [0.1, 1.0])
@pytest.mark.parametrize("name", ["cross_entropy", "categorical_cross_entropy"])
def test_smoothed_targets(name, smoothing, dtype):
    z, given, t = inputs(name, (8, 7), dtype, True, 6)
    spread = (1 - WIDE(smoothing)) * t + WIDE(smoothing) / 7
    for reduction in REDUCTIONS:
        exact = defined(name, z, spread, reduction=reduction)
        check(getattr(fastact, name), (z, given), {"label_smoothing": smoothing, "reduction": reduction}, exact, dtype, 2)


def test_one_hot_targets_are_labels():
    z, k, t = inputs("cross_entropy", (9, 6), "float64", False)
    for name, options in (("cross_entropy", {"label_smoothing": 0.1}), ("softmax_focal", {"gamma": 1.5}), ("poly_cross_entropy", {})):
        function = getattr(fastact, name)
        for by_label, by_target in zip(*(function.value_and_gradient(z, a, reduction="none", **options) for a in (k, t.astype("float64")))):
            np.testing.assert_allclose(by_label, by_target, rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("dtype", FLOATS)
def test_targets_of_nothing_meet_minus_infinity(dtype):
    z = np.array([[1.0, -np.inf, 2.0, 0.0], [-np.inf, 0.0, -np.inf, -np.inf]], dtype)
    t = np.array([[0.5, 0.0, 0.5, 0.0], [0.0, 1.0, 0.0, 0.0]], dtype)
    value, gradient = fastact.cross_entropy.value_and_gradient(z, t, reduction="none")
    p = softmax(np.array([1.0, 2.0, 0.0], WIDE))
    within_ulps(value, np.array([-(np.log(p[0]) + np.log(p[1])) / 2, 0]), 2)
    np.testing.assert_allclose(gradient[0], np.array([p[0] - 0.5, 0, p[1] - 0.5, p[2]], "float64"), rtol=2e-6)
    assert not gradient[1].any()
    assert fastact.cross_entropy(z[:1], np.array([[0, 1, 0, 0]], dtype)) == np.inf
    for name in ("softmax_focal", "poly_cross_entropy"):
        value, gradient = getattr(fastact, name).value_and_gradient(z, t, reduction="none")
        assert np.isfinite(value).all() and np.isfinite(gradient).all() and gradient[0, 1] == 0


# ---- clipping, units


def test_clip_rules():
    p, t = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    losses = {"torch": 100.0, None: np.inf, 1e-7: -math.log(1e-7)}
    slopes = {"torch": -1e12, None: -np.inf, 1e-7: 0.0}
    for clip, expected in losses.items():
        for function, given in ((fastact.categorical_cross_entropy, t), (fastact.sparse_categorical_cross_entropy, np.array([0]))):
            value, gradient = function.value_and_gradient(p, given, clip=clip)
            assert value == pytest.approx(expected, rel=1e-15) and gradient[0, 0] == pytest.approx(slopes[clip]) and gradient[0, 1] == 0
    most = np.float32(1) - np.float32(2.0**-23)
    one = np.array([[1.0]], np.float32)
    assert fastact.categorical_cross_entropy(one, one, clip=1e-7) == np.float32(-np.log(np.float64(most)))


@pytest.mark.parametrize("columns", [1, 16, 37])
def test_unusual_probabilities(columns):
    """What float lanes leave to slower ones, one a row, and whose loss is what that of doubles is."""
    unusual = [(0, 0.5), (1e-40, 0.5), (1e-13, 0.5), (0, 0), (math.inf, 0), (math.inf, 1), (0.5, 1e25), (0.5, -2), (1, 1), (-0.5, 0)]
    random = np.random.default_rng(columns)
    p, t = (random.random((len(unusual), columns)).astype(np.float32) + np.float32(0.01) for _ in range(2))
    for row, (chance, share) in enumerate(unusual):
        p[row, row % columns], t[row, row % columns] = chance, share
    wide = p.astype(np.float64), t.astype(np.float64)
    for reduction in ("none", "sum"):
        got, exact = (fastact.categorical_cross_entropy.value_and_gradient(*of, reduction=reduction) for of in ((p, t), wide))
        within_ulps(got[0], exact[0], 2)
        within_ulps(got[1], exact[1], 2)


def test_bits():
    """The check value of a founding form: the categorical cross entropy, in bits, of the classes and of their complements."""
    p, t = np.array([0.7, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])
    both = np.stack([p, 1 - p], -1), np.stack([t, 1 - t], -1)
    assert fastact.categorical_cross_entropy(*both, base=2, reduction="sum") == pytest.approx(0.988504361, abs=5e-10)
    assert fastact.sparse_categorical_cross_entropy(np.array([[0.125, 0.875]]), np.array([0]), base=2) == 3


def test_probabilities_are_not_made_to_sum_to_one():
    assert fastact.categorical_cross_entropy(np.array([[0.5, 0.25]]), np.array([[0.0, 1.0]])) == math.log(4)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("options", [{}, {"clip": 0.125}, {"base": 2}, {"label_smoothing": 0.25}])
def test_probabilities_divided_by_their_sum(options, dtype):
    """As Keras has it; gradients by differences of the loss of quotients."""
    g = np.random.default_rng(11)
    p, t = g.random((6, 5)).astype(dtype), g.dirichlet(np.ones(5), 6).astype(dtype)
    weight, mask, labels = g.random(6), np.array([1, 0, 1, 1, 1, 0], bool), np.array([0, 4, -1, 2, 3, 1])
    spoilt = np.where(mask[:, None], p, np.nan)

    def check(function, given, more):
        def total(p):
            q = p / p.sum(-1, keepdims=True)
            return float(function(q, given, **more, sample_weight=weight, where=mask))

        wide, step = p.astype(np.float64), 1e-6
        value, gradient = function.value_and_gradient(spoilt, given, **more, normalize=True, sample_weight=weight, where=mask)
        assert value.dtype == gradient.dtype == dtype
        np.testing.assert_allclose(value, total(wide), rtol=4 * np.finfo(dtype).eps)
        moves = np.eye(30).reshape(30, 6, 5) * step
        slopes = np.array([(total(wide + move) - total(wide - move)) / (2 * step) for move in moves]).reshape(6, 5)
        np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-8)
        same_bits(function.gradient(spoilt, given, **more, normalize=True, sample_weight=weight, where=mask), gradient)
        column = function.value_and_gradient(spoilt.T, given.T, 0, **more, normalize=True, sample_weight=weight, where=mask)
        same_bits(column[0], value)
        same_bits(np.ascontiguousarray(column[1].T), gradient)

    check(fastact.categorical_cross_entropy, t, options)
    if "label_smoothing" not in options:
        check(fastact.sparse_categorical_cross_entropy, labels, options | {"ignore_index": -1})


# ---- curvature


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_hessian_of_cross_entropy(smoothing, dtype):
    g = random(2)
    z, k, _ = inputs("cross_entropy", (10, 4), dtype, False, 1)
    z[0] = [40, 0, 0, 0]  # 1 - p is not lost
    class_weight, weight = (g.random(4) + 0.1).astype(dtype), (g.random(10) + 0.1).astype(dtype)
    p = softmax(z.astype(WIDE))
    others = np.stack([np.delete(p, i, -1).sum(-1) for i in range(4)], -1)
    total = (1 - WIDE(smoothing)) * class_weight[k] + WIDE(smoothing) / 4 * class_weight.astype(WIDE).sum()
    mask = np.arange(10) != 3
    options = {"class_weight": class_weight, "sample_weight": weight, "label_smoothing": smoothing}
    gradient, hessian = fastact.cross_entropy.gradient_and_hessian(z, k, hess_factor=2.0, hess_floor=0.05, where=mask, **options)
    same_bits(gradient, fastact.cross_entropy.gradient(z, k, reduction="none", where=mask, **options))
    exact = np.maximum(2 * p * others, WIDE(0.05)) * (total * weight * mask)[:, None]
    within_ulps(hessian, exact, 4)
    gradient, hessian = fastact.cross_entropy.gradient_and_hessian(z, k)
    within_ulps(hessian, p * others, 4)
    _, of_targets = fastact.cross_entropy.gradient_and_hessian(z, np.eye(4, dtype=dtype)[k], axis=1)
    np.testing.assert_allclose(of_targets, hessian, rtol=1e-6 if dtype == "float32" else 1e-14)
    _, kept = fastact.cross_entropy.gradient_and_hessian(z, k, ignore_index=int(k[1]))
    np.testing.assert_array_equal(kept, hessian * (k != k[1])[:, None])
    _, across = fastact.cross_entropy.gradient_and_hessian(np.ascontiguousarray(z.T), k, axis=0)
    same_bits(across, np.ascontiguousarray(hessian.T))
    outs = np.empty((10, 4), dtype), np.empty((10, 4), dtype)
    got = fastact.cross_entropy.gradient_and_hessian(z, k, grad_out=outs[0], hess_out=outs[1])
    assert got[0] is outs[0] and got[1] is outs[1]
    same_bits(outs[1], hessian)


CURVED = [name for name in NAMES if "gradient_and_hessian" in FUNCTIONS[name].passes]


@pytest.mark.parametrize("name", CURVED)
def test_hessian_is_the_derivative_of_the_gradient(name):
    z, k, _ = inputs("cross_entropy", (6, 5), "float64", False)
    given, function = k if "labels" in FUNCTIONS[name].targets else (np.arange(30).reshape(6, 5) % 3 == 0) * 1.0, getattr(fastact, name)
    weight = {"sample_weight": np.arange(6.0) + 1}
    if name != "one_vs_all":
        weight["class_weight"] = np.arange(5.0) + 1
    _, hessian = function.gradient_and_hessian(z, given, **weight)
    for i in range(5):
        step = 1e-6 * (np.arange(5) == i)
        more, less = (function.gradient(z + sign * step, given, reduction="none", **weight)[:, i] for sign in (1, -1))
        np.testing.assert_allclose(hessian[:, i], (more - less) / 2e-6, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", ["one_vs_all", "multilabel_soft_margin"])
def test_hessians_of_sigmoids(name, dtype):
    """Also where 1 - s is lost, with factors, floors and rows that are left out."""
    z, k, _ = inputs("cross_entropy", (10, 4), dtype, False, 1)
    z[0] = [40, -40, 0, 0]
    function, given = getattr(fastact, name), k if name == "one_vs_all" else np.eye(4, dtype=dtype)[k]
    s, rest, classes = 1 / (1 + np.exp(-z.astype(WIDE))), 1 / (1 + np.exp(z.astype(WIDE))), 1 if name == "one_vs_all" else 4
    gradient, hessian = function.gradient_and_hessian(z, given)
    same_bits(gradient, function.gradient(z, given, reduction="none"))
    within_ulps(hessian, s * rest / classes, 4)
    mask = np.arange(10) != 3
    _, hessian = function.gradient_and_hessian(z, given, where=mask, hess_factor=2.0, hess_floor=0.05)
    within_ulps(hessian, np.maximum(2 * s * rest / classes, WIDE(0.05)) * mask[:, None], 4)
    _, across = function.gradient_and_hessian(
        np.ascontiguousarray(z.T), given if given.ndim == 1 else given.T, axis=0, where=mask, hess_factor=2.0, hess_floor=0.05
    )
    same_bits(across, np.ascontiguousarray(hessian.T))


# ---- kinks and special numbers


def test_hinges_at_their_kinks():
    assert fastact.categorical_hinge(np.array([[-1.0, -2.0, -3.0]]), np.array([[1.0, 0.0, 0.0]])) == 2
    assert fastact.multiclass_hinge(np.array([[-1.0, -2.0, -3.0]]), np.array([0])) == 0
    tie = np.array([[0.0, 2.0, 2.0, 3.0]])
    np.testing.assert_array_equal(fastact.multi_margin.gradient(np.array([[1.0, 2.0]]), np.array([1])), [[0, 0]])  # strict
    np.testing.assert_array_equal(fastact.multiclass_hinge.gradient(tie[:, :3], np.array([0])), [[-1, 1, 0]])  # the first of equals
    np.testing.assert_array_equal(fastact.multiclass_hinge.gradient(tie, np.array([3])), [[0, 1, 0, -1]])  # 0, reached before the label
    np.testing.assert_array_equal(fastact.multiclass_hinge.gradient(tie[:, ::-1].copy(), np.array([0])), [[0, 0, 0, 0]])
    np.testing.assert_array_equal(fastact.categorical_hinge.gradient(tie, np.array([[0.0, 0, 0, 1]])), [[0, 1, 0, -1]])


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, soft", forms())
def test_nan_stays_in_its_row(name, soft, dtype):
    z, given, _ = inputs(name, (3, 20), dtype, soft)
    z[1] = np.nan
    with np.errstate(all="raise"):
        value, gradient = getattr(fastact, name).value_and_gradient(z, given, reduction="none")
        total = getattr(fastact, name)(z, given)
    assert np.isnan(value[1]) and np.isnan(gradient[1]).all() and np.isnan(total)
    assert np.isfinite(value[[0, 2]]).all() and np.isfinite(gradient[[0, 2]]).all()
    if soft:
        z, given, _ = inputs(name, (3, 20), dtype, soft)
        given[2, 7] = np.nan
        value = getattr(fastact, name)(z, given, reduction="none")
        assert np.isnan(value[2]) and np.isfinite(value[:2]).all()


@pytest.mark.parametrize("name, soft", forms())
def test_empty_rows_and_means_of_nothing(name, soft):
    function = getattr(fastact, name)
    z, given, _ = inputs(name, (3, 4), "float32", soft)
    nobody = np.zeros(3, bool)
    assert np.isnan(function(z, given, where=nobody)) and function(z, given, where=nobody, empty="zero") == 0
    assert not function.gradient(z, given, where=nobody).any()
    value, gradient = function.value_and_gradient(z[:0], given[:0], reduction="sum")
    assert value == 0 and gradient.shape == (0, 4)


# ---- dtypes, outputs, errors


@pytest.mark.parametrize("name, soft", forms())
def test_dtypes_and_outputs(name, soft):
    function = getattr(fastact, name)
    z, given, _ = inputs(name, (8, 6), "float32", soft)
    value, gradient = function.value_and_gradient(z, given)
    half = function.value_and_gradient(z.astype("f2"), given.astype("f2") if soft else given)
    single = function.value_and_gradient(z.astype("f2").astype("f4"), given.astype("f2").astype("f4") if soft else given)
    for a, b in zip(half, single):
        same_bits(a, np.asarray(b).astype("f2"))
    if soft:
        if "labels" not in FUNCTIONS[name].targets:  # whole numbers do not widen
            assert function(z, (given > 0.5).astype(int)).dtype == np.float32
        assert function(z, given.astype("f8")).dtype == np.float64
        place = given.copy()
        assert function.gradient(z, place, out=place) is place
        same_bits(place, gradient)
    same_bits(function(z[::-1], given[::-1]), function(z[::-1].copy(), given[::-1].copy()))
    out, grad_out = np.empty((), "float32"), np.empty((6, 8), "float32").T
    got = function.value_and_gradient(z, given, out=out, grad_out=grad_out)
    assert got[0] is out and got[1] is grad_out
    same_bits(out, value)
    same_bits(grad_out, gradient)
    place = z.copy()
    assert function.gradient(place, given, out=place) is place
    same_bits(place, gradient)
    each = np.empty(8, "float32")
    assert function(z, given, reduction="none", out=each) is each


BAD_PARAMETERS = [
    ("categorical_cross_entropy", {"clip": "keras"}, "clip is 'keras'; 'torch', None and numbers from 0 to less than 0.5"),
    ("categorical_cross_entropy", {"clip": 0.5}, "clip is 0.5"),
    ("sparse_categorical_cross_entropy", {"clip": -1}, "clip is -1"),
    ("categorical_cross_entropy", {"base": 10}, "base is 10; 'e' and the number 2 are accepted"),
    ("categorical_cross_entropy", {"label_smoothing": 1.5}, "label_smoothing is 1.5"),
    ("softmax_focal", {"gamma": -1}, "gamma is -1"),
    ("softmax_focal", {"alpha": [1.0, 2.0]}, r"alpha has shape \(2,\); \(3,\) is accepted"),
    ("multi_margin", {"p": 3}, "p is 3; the numbers 1 and 2"),
    ("multiclass_hinge", {"margin": np.inf}, "margin is inf"),
    ("poly_cross_entropy", {"epsilon": np.nan}, "epsilon is nan"),
    ("generalized_cross_entropy", {"q": 0}, "q is 0"),
    ("multilabel_soft_margin", {"class_weight": np.ones(4)}, "class_weight has shape"),
]


@pytest.mark.parametrize("call", ["value", "gradient", "value_and_gradient"])
@pytest.mark.parametrize("name, options, message", BAD_PARAMETERS)
def test_wrong_parameters_are_named(name, options, message, call):
    soft = "labels" not in FUNCTIONS[name].targets
    z, given, _ = inputs(name, (4, 3), "float64", soft)
    function = getattr(fastact, name) if call == "value" else getattr(getattr(fastact, name), call)
    with pytest.raises(ValueError, match=f"^{name}.*{message}"):
        function(z, given, **options)


@pytest.mark.parametrize("name", NAMES)
def test_wrong_inputs_are_named_and_nothing_is_written(name):
    soft = "labels" not in FUNCTIONS[name].targets
    function = getattr(fastact, name)
    z, given, _ = inputs(name, (4, 3), "float64", soft)
    out = np.full((4, 3), 7.0)
    if soft:
        with pytest.raises(ValueError, match=f"^{name}.gradient: target has shape"):
            function.gradient(z, given[:2], out=out)
        with pytest.raises(TypeError, match=f"^{name}.gradient: target has dtype complex128"):
            function.gradient(z, given + 0j, out=out)
    else:
        given[2] = 3
        with pytest.raises(ValueError, match=rf"^{name}.gradient: labels\[2\] is 3; 0 to 2 are accepted"):
            function.gradient(z, given, out=out)
        with pytest.raises(TypeError, match=f"^{name}.gradient: labels have dtype float64"):
            function.gradient(z, given.astype(float), out=out)
    with pytest.raises(TypeError, match=f"^{name}.gradient: .* has dtype complex128"):
        function.gradient(z + 0j, given, out=out)
    with pytest.raises(ValueError, match=f"^{name}.gradient: out has shape"):
        function.gradient(z, np.clip(given, 0, 2), out=out[:2])
    assert (out == 7).all()
