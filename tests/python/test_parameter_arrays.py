"""Parameters of pointwise losses that are arrays: one for each class, or each element, as if every element had its own call."""

import math

import numpy as np
import pytest
from helpers import same_bits

import fastact as fa

# loss -> parameter, its levels, other parameters
CASES = {
    "binary_cross_entropy_with_logits": ("pos_weight", [0.0, 0.5, 1.0, 3.0], [{}, {"label_smoothing": 0.25}]),
    "pinball": ("quantile", [0.1, 0.5, 0.75, 0.95], [{}]),
    "expectile": ("alpha", [0.1, 0.5, 0.75, 0.95], [{}]),
    "sigmoid_focal": ("alpha", [0.0, 0.25, 0.5, 1.0], [{}, {"gamma": 0.5}, {"gamma": 0.5, "label_smoothing": 0.25}]),
}
EACH = [(name, others) for name, (_, _, options) in CASES.items() for others in options]


def data(name, dtype="float64", soft=True):
    g = np.random.default_rng(3)
    pred, target = g.normal(0, 2, (6, 4)), g.random((6, 4))
    target = target if soft else np.round(target)
    target[0] = pred[0] if name in ("pinball", "expectile") else target[0]  # the kink
    return pred.astype(dtype), target.astype(dtype)


def one_by_one(name, which, pred, target, values, others):
    """Every element by a call of its own."""
    function, word, made = getattr(fa, name), CASES[name][0], []
    for place in np.ndindex(pred.shape):
        given = {word: float(np.broadcast_to(values, pred.shape)[place])} | others
        entry, more = (function, {"reduction": "none"}) if which == "value" else (getattr(function, which), {})
        if which == "gradient":
            more = {"reduction": "sum"}
        made.append(entry(pred[place], target[place], **given, **more))
    return np.array(made, float).reshape(*pred.shape, *np.shape(made[0]))


@pytest.mark.parametrize("soft", [True, False])
@pytest.mark.parametrize("name, others", EACH)
def test_as_elements_alone(name, others, soft):
    function, (word, levels, _) = getattr(fa, name), CASES[name]
    pred, target = data(name, soft=soft)
    for values in (np.array(levels), np.array(levels)[:, None].repeat(6, 1).T, np.resize(levels, (6, 1)), np.resize(levels, (6, 4))):
        given = {word: values} | others
        exact, slope = (one_by_one(name, which, pred, target, values, others) for which in ("value", "gradient"))
        np.testing.assert_allclose(function(pred, target, **given, reduction="none"), exact, rtol=1e-14, atol=1e-300)
        np.testing.assert_allclose(function.gradient(pred, target, **given, reduction="sum"), slope, rtol=1e-13, atol=1e-15)
        curved = one_by_one(name, "gradient_and_hessian", pred, target, values, others)
        for k, made in enumerate(function.gradient_and_hessian(pred, target, **given)):
            np.testing.assert_allclose(made, curved[..., k], rtol=1e-13, atol=1e-15)
        weight, mask = np.arange(6.0), np.arange(24).reshape(6, 4) % 3 != 0
        value, gradient = function.value_and_gradient(pred, target, **given, sample_weight=weight, where=mask)
        shares = weight[:, None] * mask
        np.testing.assert_allclose(value, (shares * exact).sum() / shares.sum(), rtol=1e-13)
        np.testing.assert_allclose(gradient, shares * slope / shares.sum(), rtol=1e-12, atol=1e-16)


@pytest.mark.parametrize("name", CASES)
def test_equal_values_are_one_value(name):
    """The same loss as with a number, in float32 within two units in the last place of the larger term."""
    function, (word, levels, _) = getattr(fa, name), CASES[name]
    for dtype in ("float32", "float16"):
        for level in levels:
            pred, target = data(name, dtype, soft=False)
            usual = function.value_and_gradient(pred, target, **{word: level}, reduction="none")
            for wide in (np.float32, np.float64):  # which does not widen the result
                made = function.value_and_gradient(pred, target, **{word: np.full(4, level, wide)}, reduction="none")
                for a, b in zip(made, usual):
                    assert a.dtype == np.dtype(dtype)
                    np.testing.assert_allclose(a, b, rtol=3 * np.finfo(dtype).eps, atol=1e-30)


def test_hessian_floors_and_outputs():
    pred, target = data("pinball")
    values = np.array([0.1, 0.5, 0.75, 0.95])
    weight = np.arange(24.0).reshape(6, 4)
    for floor in (0.25, 0.0):
        _, hessian = fa.binary_cross_entropy_with_logits.gradient_and_hessian(
            pred, np.round(target % 1), pos_weight=values, sample_weight=weight, hess_floor=floor
        )
        plain = one_by_one("binary_cross_entropy_with_logits", "gradient_and_hessian", pred, np.round(target % 1), values, {})[..., 1]
        np.testing.assert_allclose(hessian, np.maximum(plain, floor) * weight, rtol=1e-13)
    same_bits(fa.pinball.gradient_and_hessian(pred, target, quantile=values, hess="unit", sample_weight=weight)[1], weight)
    out, slopes = np.empty(()), np.empty((6, 4))
    made = fa.pinball.value_and_gradient(pred, target, values, out=out, grad_out=slopes)
    assert made[0] is out and made[1] is slopes
    expected = fa.pinball.value_and_gradient(pred, target, values)
    same_bits(out, expected[0])
    same_bits(slopes, expected[1])
    place = pred.copy()
    fa.pinball.gradient(place, target, values, out=place)
    same_bits(place, expected[1])


def test_refused_arrays():
    pred, target = data("pinball")
    for wrong in (np.ones(3) / 2, np.ones((1, 6, 4)) / 2):
        with pytest.raises(ValueError, match=r"^pinball: quantile has shape .*; a number, and what broadcasts to \(6, 4\), are accepted"):
            fa.pinball(pred, target, wrong)
    with pytest.raises(ValueError, match="^pinball.gradient: quantile holds 1; numbers between 0 and 1 are accepted"):
        fa.pinball.gradient(pred, target, np.array([0.5, 1.0, 0.5, 0.5]))
    with pytest.raises(ValueError, match="pos_weight holds nan; finite numbers from 0 are accepted"):
        fa.binary_cross_entropy_with_logits(pred, target % 1, pos_weight=[1, math.nan, 1, 1])
    with pytest.raises(ValueError, match="^pinball: pred is no regular array"):
        fa.pinball([[1.0, 2.0], [3.0]], [0, 1], [0.5, 0.25])
    with pytest.raises(TypeError, match="^pinball: quantile has dtype complex128"):
        fa.pinball(pred, target, np.ones(4, complex))
    with pytest.raises(TypeError, match="huber: delta is .* a number is accepted"):
        fa.huber(pred, target, np.ones(4))


def test_as_torch_has_it():
    torch = pytest.importorskip("torch")
    pred, target = data("binary_cross_entropy_with_logits")
    values = np.array([0.5, 1.0, 2.0, 10.0])
    leaf = torch.tensor(pred, requires_grad=True)
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(leaf, torch.tensor(target), pos_weight=torch.tensor(values))
    theirs.backward()
    value, gradient = fa.binary_cross_entropy_with_logits.value_and_gradient(pred, target, pos_weight=values)
    np.testing.assert_allclose(value, theirs.item(), rtol=1e-13)
    np.testing.assert_allclose(gradient, leaf.grad, rtol=1e-12, atol=1e-16)


def test_arrays_of_other_kinds_stay_what_they_are():
    pandas = pytest.importorskip("pandas")
    pred, target = (pandas.DataFrame(a) for a in data("pinball"))
    values = np.array([0.1, 0.5, 0.75, 0.95])
    losses = fa.pinball(pred, target, values, reduction="none")
    assert isinstance(losses, pandas.DataFrame)
    np.testing.assert_allclose(losses, fa.pinball(pred.values, target.values, values, reduction="none"), rtol=1e-15)
