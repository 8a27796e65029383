"""Losses of several arrays, those with kernels and those made of NumPy: against their definitions in 60 digits, whose derivatives are
taken by differences, and what they refuse."""

import math
import pickle

import mpmath
import numpy as np
import pytest
from helpers import COMPOSED_LOSSES, EVERY_FUNCTION, names_of, same_bits, within_ulps

import fastact

FLOATS = ("float32", "float64")
mp = mpmath.mp.clone()
mp.dps = 60
STEP = mp.mpf(10) ** -20


def mpf(x):
    return mp.mpf(float(x))


def norm(x, p=2):
    return max(map(abs, x)) if p == math.inf else mp.fsum(abs(v) ** p for v in x) ** (1 / mp.mpf(p))


def dot(a, b):
    return mp.fsum(x * y for x, y in zip(a, b))


def gap(x, y, p, eps):
    return norm([a - b + mpf(eps) for a, b in zip(x, y)], p)


def hinge(x):
    return max(x, mp.mpf(0))


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 300 else x


# ---- definitions: of one element, or of one row of each array


def gaussian_nll(p, t, v, full=0, eps=1e-6, base=None):
    """The floor of v is no kink: the derivative goes through it, at v = base."""
    v = max(base or v, mpf(eps)) + (v - (base or v))
    return (mp.log(v) + (p - t) ** 2 / v) / 2 + full * mp.log(2 * mp.pi) / 2


def margin_ranking(x1, x2, t, margin=0.0):
    return hinge(mpf(margin) - t * (x1 - x2))


def cosine(a, b, eps=1e-8):
    return dot(a, b) / (max(norm(a), mpf(eps)) * max(norm(b), mpf(eps)))


def triplet_margin(anchor, positive, negative, margin=1.0, p=2, eps=1e-6, swap=False):
    far = gap(anchor, negative, p, eps)
    if swap:
        far = min(far, gap(positive, negative, p, eps))
    return hinge(gap(anchor, positive, p, eps) - far + mpf(margin))


def tversky(p, t, alpha=0.5, beta=0.5, smooth=1.0, eps=1e-7):
    both = dot(p, t)
    n = both + mpf(smooth)
    d = n + mpf(alpha) * dot(p, [1 - x for x in t]) + mpf(beta) * dot([1 - x for x in p], t) + mpf(eps)
    return 1 - n / d


def dice(p, t, smooth=1.0, eps=1e-7):
    return 1 - (2 * dot(p, t) + mpf(smooth)) / (mp.fsum(p) + mp.fsum(t) + mpf(smooth) + mpf(eps))


def jaccard(p, t, smooth=0.0, eps=1e-7):
    both = dot(p, t)
    return 1 - (both + mpf(smooth)) / (mp.fsum(p) + mp.fsum(t) - both + mpf(smooth) + mpf(eps))


def pair_logit(s, t, sigma=1.0):
    n = range(len(s))
    return mp.fsum(softplus(-mpf(sigma) * (s[i] - s[j])) for i in n for j in n if t[i] > t[j])


def log_softmax(z):
    total = mp.log(mp.fsum(mp.exp(x) for x in z))
    return [x - total for x in z]


def ranking_softmax(z, t):
    return -dot(t, log_softmax(z))


def multilabel_margin(z, t):
    right = t[: t.index(-1)] if -1 in t else t
    return mp.fsum(hinge(1 - (z[j] - z[i])) for j in right for i in range(len(z)) if i not in right) / len(z)


def margin_cross_entropy(cosines, labels, margin1=1.0, margin2=0.5, margin3=0.0, scale=64.0):
    def loss(c, k):
        own = mp.cos(mpf(margin1) * mp.acos(c[k]) + mpf(margin2)) - mpf(margin3)
        return -log_softmax([mpf(scale) * (own if i == k else x) for i, x in enumerate(c)])[k]

    return [loss(c, k) for c, k in zip(cosines, labels)]


def npairs(similarity, labels):
    alike = [[mp.mpf(a == b) for b in labels] for a in labels]
    return [-dot(t, log_softmax(s)) / mp.fsum(t) for s, t in zip(similarity, alike)]


def cross_entropy_lambda(z, t, w):
    q = 1 - (1 + mp.exp(z)) ** -w
    return -(t * mp.log(q) + (1 - t) * mp.log(1 - q))


def mcc(p, t, eps=1e-5):
    q, u = [1 - x for x in p], [1 - x for x in t]
    tp, tn, fp, fn = (dot(a, b) + mpf(eps) for a, b in ((p, t), (q, u), (p, u), (q, t)))
    return 1 - (tp * tn - fp * fn) / mp.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))


def _growths(truth):
    """First differences of the Jaccard loss, from its definition."""
    total, left, wrong, last = mp.fsum(truth), mp.fsum(truth), mp.mpf(0), mp.mpf(0)
    for t in truth:
        left, wrong = left - t, wrong + 1 - t
        jaccard_loss = 1 - left / (total + wrong)
        yield jaccard_loss - last
        last = jaccard_loss


def lovasz_hinge(z, t):
    errors = sorted(((1 - a * (2 * b - 1), b) for a, b in zip(z, t)), key=lambda pair: -pair[0])
    return mp.fsum(hinge(e) * g for (e, _), g in zip(errors, _growths([b for _, b in errors])))


def _alpha(p, t, eps):
    """Weight of the shape term of ciou, and the term."""
    turn = mp.atan((t[2] - t[0]) / (t[3] - t[1])) - mp.atan((p[2] - p[0]) / (p[3] - p[1]))
    v = 4 / mp.pi**2 * turn**2
    return v / (1 - _iou(p, t, eps)[0] + v + eps), v


def _iou(p, t, eps):
    across, down = (hinge(min(p[k + 2], t[k + 2]) - max(p[k], t[k])) for k in (0, 1))
    union = (p[2] - p[0]) * (p[3] - p[1]) + (t[2] - t[0]) * (t[3] - t[1]) - across * down
    return across * down / (union + eps), union


def box_iou(p, t, kind="iou", eps=1e-7, base=None):
    eps = mpf(eps)
    iou, union = _iou(p, t, eps)
    across, down = (max(p[k + 2], t[k + 2]) - min(p[k], t[k]) for k in (0, 1))
    if kind == "iou":
        return 1 - iou
    if kind == "giou":
        return 1 - iou + (across * down - union) / (across * down + eps)
    centres = mp.fsum(((p[k] + p[k + 2] - t[k] - t[k + 2]) / 2) ** 2 for k in (0, 1))
    loss = 1 - iou + centres / (across**2 + down**2 + eps)
    return loss if kind == "diou" else loss + _alpha(base or p, t, eps)[0] * _alpha(p, t, eps)[1]


def cosine_embedding(a, b, t, margin=0.0):
    eps = mpf(np.float32(1e-12))
    cos = dot(a, b) / mp.sqrt((dot(a, a) + eps) * (dot(b, b) + eps))
    return 1 - cos if t == 1 else hinge(cos - mpf(margin))


def triplet_margin_with_distance(near, far, margin=1.0):
    return hinge(near - far + mpf(margin))


# ---- definitions of whole batches: lists of rows to a list of losses


def generalized_dice(p, t, smooth=1.0, eps=1e-7):
    columns = list(zip(zip(*p), zip(*t)))
    weights = [1 / (mp.fsum(b) ** 2 + mp.mpf("1e-7")) for _, b in columns]
    losses = [w * dice(a, b, smooth, eps) for w, (a, b) in zip(weights, columns)]
    return [mp.fsum(losses) / mp.fsum(weights)]


def lovasz_softmax(p, labels, classes="present"):
    losses = []
    for c in range(len(p[0])):
        truth = [mp.mpf(k == c) for k in labels]
        if classes == "present" and not any(truth):
            continue
        errors = sorted(((abs(t - row[c]), t) for row, t in zip(p, truth)), key=lambda pair: -pair[0])
        losses.append(mp.fsum(e * g for (e, _), g in zip(errors, _growths([t for _, t in errors]))))
    return [mp.fsum(losses) / len(losses)]


def ntxent(x, labels, temperature=0.07, eps=1e-8):
    n = range(len(x))
    s = [[cosine(x[i], x[j], eps) / mpf(temperature) for j in n] for i in n]
    found = []
    for i in n:
        others = mp.fsum(mp.exp(s[i][k]) for k in n if labels[k] != labels[i])
        found += [-mp.log(mp.exp(s[i][j]) / (mp.exp(s[i][j]) + others)) for j in n if j != i and labels[j] == labels[i]]
    return found


def circle(x, labels, remove_diagonal=True, gamma=80.0, margin=0.4):
    gamma, margin, n, losses = mpf(gamma), mpf(margin), range(len(x)), []
    for i in n:
        d = [hinge(1 - dot(x[i], x[j])) for j in n]
        near = [mp.exp(-gamma * hinge(margin + d[j]) * (margin - d[j])) for j in n if labels[i] == labels[j] and (j != i or not remove_diagonal)]
        far = [mp.exp(gamma * hinge(1 + margin - d[j]) * (1 - margin - d[j])) for j in n if labels[i] != labels[j]]
        losses.append(mp.log1p(mp.fsum(near) * mp.fsum(far)))
    return losses


def lifted_structure(x, labels, margin=1.0):
    n = range(len(x))
    d = [[norm([a - b for a, b in zip(x[i], x[j])]) for j in n] for i in n]
    far = [mp.fsum(mp.exp(mpf(margin) - d[i][k]) for k in n if labels[k] != labels[i]) for i in n]
    return [hinge(mp.log(far[i] + far[j]) + d[i][j]) ** 2 / 2 for i in n for j in n if i < j and labels[i] == labels[j]]


ELEMENTS = {"gaussian_nll": gaussian_nll, "margin_ranking": margin_ranking, "triplet_margin_with_distance": triplet_margin_with_distance,
            "cross_entropy_lambda": cross_entropy_lambda}  # fmt: skip
ROWS = {
    "cosine_similarity_loss": lambda a, b, eps=1e-8: 1 - cosine(a, b, eps),
    "triplet_margin": triplet_margin, "tversky": tversky, "dice": dice, "jaccard": jaccard, "pair_logit": pair_logit, "mcc": mcc,
    "lovasz_hinge": lovasz_hinge, "box_iou": box_iou, "cosine_embedding": cosine_embedding, "ranking_softmax": ranking_softmax,
    "multilabel_margin": multilabel_margin,
}  # fmt: skip
BATCHES = {"generalized_dice": generalized_dice, "lovasz_softmax": lovasz_softmax, "ntxent": ntxent, "circle": circle, "lifted_structure": lifted_structure,
           "margin_cross_entropy": margin_cross_entropy, "npairs": npairs}  # fmt: skip
WEIGHTS = ("l1_penalty", "l2_penalty", "elastic_net_penalty", "orthogonal_penalty", "prox_l1", "prox_l2", "prox_elastic_net")
# options beside the defaults
OPTIONS = {
    "gaussian_nll": [{"full": True, "eps": 0.75}],
    "margin_ranking": [{"margin": 0.3}],
    "cosine_similarity_loss": [{"eps": 5.0}],
    "triplet_margin": [{"margin": 0.3, "p": 1.0}, {"p": math.inf, "eps": 0.0}, {"p": 3.5, "swap": True}, {"swap": True, "margin": 2.0}, {"p": 1.0, "swap": True}],
    "tversky": [{"alpha": 0.3, "beta": 0.9, "smooth": 0.0}],
    "dice": [{"smooth": 0.0, "eps": 0.01}],
    "jaccard": [{"smooth": 1.0}],
    "pair_logit": [{"sigma": 2.5}],
    "mcc": [{"eps": 0.5}],
    "box_iou": [{"kind": kind} for kind in ("giou", "diou", "ciou")] + [{"kind": "ciou", "eps": 0.01}],
    "cosine_embedding": [{"margin": 0.2}],
    "triplet_margin_with_distance": [{"margin": 0.2}],
    "generalized_dice": [{"smooth": 0.0, "eps": 0.01}],
    "lovasz_softmax": [{"classes": "all"}],
    "ntxent": [{"temperature": 0.5}],
    "circle": [{"gamma": 3.0, "margin": 0.1}, {"remove_diagonal": False, "gamma": 10.0}],
    "lifted_structure": [{"margin": 2.5}],
    "margin_cross_entropy": [{"margin1": 1.5, "margin2": 0.0, "scale": 4.0}, {"margin3": 0.25, "scale": 8.0}],
}
CASES = [(name, options) for name in (*ELEMENTS, *ROWS, *BATCHES) for options in ({}, *OPTIONS.get(name, ()))]
AXIS_OF_MASKS = ("tversky", "dice", "jaccard", "mcc", "lovasz_hinge")


def arrays_of(name, dtype, seed=0):
    """Arrays that hold what the loss is for, of six losses or one batch of six."""
    g = np.random.default_rng(seed)
    rows = [g.normal(0, 1, (6, 5)) for _ in range(3)]
    if name in ELEMENTS:
        a, b, c = (g.normal(0, 1, 12) for _ in range(3))
        third = {"gaussian_nll": np.square(c), "margin_ranking": np.sign(c), "cross_entropy_lambda": np.abs(c) + 0.1}
        b = np.clip(np.abs(b), 0, 1) if name == "cross_entropy_lambda" else b
        made = [a, b, third[name]] if name in third else [np.abs(a), np.abs(b)]
    elif name == "triplet_margin":
        made = rows
    elif name in (*AXIS_OF_MASKS, "generalized_dice"):
        made = [1 / (1 + np.exp(-rows[0])) if name != "lovasz_hinge" else rows[0], (rows[1] > 0).astype(float)]
    elif name == "lovasz_softmax":
        e = np.exp(rows[0])
        return [(e / e.sum(-1, keepdims=True)).astype(dtype), np.array([0, 2, 1, 0, 0, 2])]
    elif name == "box_iou":
        made = [np.concatenate([(low := g.normal(0, 1, (6, 2))), low + g.uniform(0.5, 3, (6, 2))], -1) for _ in range(2)]
    elif name == "cosine_embedding":
        made = [rows[0], rows[1], np.array([1.0, -1, 1, -1, -1, -1])]
    elif name == "margin_cross_entropy":
        return [np.tanh(rows[0]).astype(dtype), np.array([0, 2, 1, 0, 4, 3])]
    elif name == "npairs":
        return [g.normal(0, 1, (6, 6)).astype(dtype), np.array([0, 1, 0, 2, 1, 0])]
    elif name in BATCHES:
        x = rows[0] / np.sqrt((rows[0] ** 2).sum(-1, keepdims=True)) if name == "circle" else rows[0]
        return [x.astype(dtype), np.array([0, 1, 0, 2, 1, 0])]
    elif name == "multilabel_margin":
        return [rows[0].astype(dtype), np.array([[0, 2, -1, 1, 1], [-1, 0, 1, 2, 3], [4, -1, 4, 0, 0], [0, 1, 2, 3, 4], [3, 1, 0, -1, 2], [2, -1, -1, -1, -1]])]
    elif name == "ranking_softmax":
        made = [rows[0], np.maximum(np.round(rows[1]), 0)]
    elif name == "pair_logit":
        made = [rows[0], np.round(rows[1])]
    else:
        made = rows[:2]
    return [a.astype(dtype) for a in made]


def wide(array):
    return [wide(row) for row in array] if array.ndim else (int(array) if array.dtype.kind in "iu" else mpf(array))


def losses_of(name, arrays, options, base=None):
    if name in BATCHES:
        return BATCHES[name](*arrays, **options)
    definition = (ELEMENTS | ROWS)[name]
    if name in ("box_iou", "gaussian_nll"):
        return [definition(*row, **options, base=b) for row, b in zip(zip(*arrays), (base or arrays)[0 if name == "box_iou" else 2])]
    return [definition(*row, **options) for row in zip(*arrays)]


def slopes_of(name, arrays, options, which, weight=None):
    """Derivatives of the sum of losses by every number of one array."""
    def total(moved):
        losses = losses_of(name, [*arrays[:which], moved, *arrays[which + 1 :]], options, arrays)
        return mp.fsum(losses if weight is None else [a * b for a, b in zip(losses, weight)])

    def at(place, step):
        moved = [list(row) if isinstance(row, list) else row for row in arrays[which]]
        if len(place) == 2:
            moved[place[0]][place[1]] += step
        else:
            moved[place[0]] += step
        return total(moved)

    shape = np.shape(np.array(arrays[which], object))
    found = np.empty(shape, np.longdouble)
    for place in np.ndindex(shape):
        found[place] = np.longdouble(mp.nstr((at(place, STEP) - at(place, -STEP)) / (2 * STEP), 25))
    return found


def as_longdouble(values):
    return np.array([np.longdouble(mp.nstr(v, 25)) for v in values])


def call_options(name, options):
    return options | ({"axis": -1} if name in AXIS_OF_MASKS else {})


def tuple_of(gradients):
    return gradients if isinstance(gradients, tuple) else (gradients,)


def gradients_of(name):
    """Places of the arrays that have a gradient."""
    return {"gaussian_nll": (0, 2), "triplet_margin": (0, 1, 2)}.get(
        name, (0, 1) if name in ("margin_ranking", "cosine_similarity_loss", "cosine_embedding", "triplet_margin_with_distance") else (0,)
    )


def test_every_function_has_a_definition():
    assert {*ELEMENTS, *ROWS, *BATCHES, *WEIGHTS, "pairwise_distance", "survival_cox", "survival_aft", "ctc"} == {*names_of("joint_loss"), *COMPOSED_LOSSES}


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, options", CASES)
def test_against_60_digits(name, options, dtype):
    function, arrays = getattr(fastact, name), arrays_of(name, dtype)
    exact_arrays, given = [wide(a) for a in arrays], call_options(name, options)
    exact = as_longdouble(losses_of(name, exact_arrays, options))
    composed = EVERY_FUNCTION[name].kind == "composed_loss" or options.get("p") == 3.5
    # those made of NumPy are computed in float64 and rounded once
    slack = 2e-13 * max(1.0, float(np.abs(exact).max())) if composed and dtype == "float64" else 1e-13 if composed else 4 * np.finfo(dtype).eps ** 1.5
    each = function(*arrays, **given, reduction="none")
    assert each.dtype == dtype
    within_ulps(np.atleast_1d(each).ravel(), exact, 2, slack)
    value, gradients = function.value_and_gradient(*arrays, **given, reduction="sum")
    within_ulps(value, exact.sum(), 3, slack)
    steepest = 0.0
    for which, gradient in zip(gradients_of(name), tuple_of(gradients), strict=True):
        slopes = slopes_of(name, exact_arrays, options, which)
        steepest = max(steepest, float(np.abs(slopes).max()))
        assert gradient.dtype == dtype and gradient.shape == arrays[which].shape
        within_ulps(gradient, slopes, 2, (2e-13 if composed else 1e-15 if dtype == "float64" else 1e-12) * steepest)
    same_bits(function(*arrays, **given, reduction="sum"), value)
    for a, b in zip(tuple_of(function.gradient(*arrays, **given, reduction="sum")), tuple_of(gradients)):
        same_bits(a, b)
    mean, slopes = function.value_and_gradient(*arrays, **given)
    within_ulps(mean, exact.mean(), 3, slack)
    for a, b in zip(tuple_of(slopes), tuple_of(gradients)):
        np.testing.assert_allclose(a, b / exact.size, rtol=4 * np.finfo(dtype).eps, atol=1e-15 * steepest if composed else 1e-300)


@pytest.mark.parametrize("name, options", CASES)
def test_weights_and_masks(name, options):
    function, arrays, given = getattr(fastact, name), arrays_of(name, "float64", 3), call_options(name, options)
    each = function(*arrays, **given, reduction="none")
    weight = np.random.default_rng(1).random(each.shape)
    mask = np.arange(each.size).reshape(each.shape) % 3 != 1
    exact = slopes_of(name, [wide(a) for a in arrays], options, 0, [mpf(w) for w in weight.ravel()])
    for reduction, divisor in (("sum", 1), ("mean", weight.sum()), ("batchmean", each.shape[0] if each.ndim else 1)):
        value, gradients = function.value_and_gradient(*arrays, **given, sample_weight=weight, reduction=reduction)
        np.testing.assert_allclose(value, (weight * each).sum() / divisor, rtol=1e-13)
        np.testing.assert_allclose(tuple_of(gradients)[0], exact / divisor, rtol=1e-11, atol=1e-13 * np.abs(exact).max())
    np.testing.assert_allclose(function(*arrays, **given, sample_weight=weight, reduction="none"), weight * each, rtol=1e-14)
    value, gradients = function.value_and_gradient(*arrays, **given, where=mask)
    np.testing.assert_allclose(value, each[mask].mean(), rtol=1e-13)
    expected = function.gradient(*arrays, **given, sample_weight=mask.astype(float))
    for a, b in zip(tuple_of(gradients), tuple_of(expected)):
        np.testing.assert_allclose(a, b, rtol=1e-13, atol=1e-16)
    if name in BATCHES or not each.ndim:
        return
    spoilt = [a.copy() if a.dtype.kind == "f" else a for a in arrays]
    spoilt[0][~mask] = np.nan
    again, slopes = function.value_and_gradient(*spoilt, **given, where=mask)
    same_bits(again, value)
    for a, b in zip(tuple_of(slopes), tuple_of(gradients)):
        same_bits(a, b)
    nothing = function.value_and_gradient(*arrays, **given, where=np.zeros(each.shape, bool))
    assert np.isnan(nothing[0]) and not any(g.any() for g in tuple_of(nothing[1]))
    assert function(*arrays, **given, where=np.zeros(each.shape, bool), empty="zero") == 0
    with pytest.raises(ValueError, match=f"{name}: empty is None; 'nan', 'zero' are accepted"):
        function(*arrays, **given, empty=None)


@pytest.mark.parametrize("name, options", CASES)
def test_outputs_and_dtypes(name, options):
    function, given = getattr(fastact, name), call_options(name, options)
    arrays = arrays_of(name, "float32", 5)
    value, gradients = function.value_and_gradient(*arrays, **given)
    out, outs = np.empty((), "float32"), tuple(np.full(g.shape, 7, "float32") for g in tuple_of(gradients))
    single = len(outs) == 1
    got, made = function.value_and_gradient(*arrays, **given, out=out, grad_out=outs[0] if single else outs)
    assert got is out and all(a is b for a, b in zip(tuple_of(made), outs))
    same_bits(out, value)
    for a, b in zip(outs, tuple_of(gradients)):
        same_bits(a, b)
    copies = [a.copy() for a in arrays]  # in place
    places = tuple(copies[k] for k in gradients_of(name))
    function.gradient(*copies, **given, out=places[0] if single else places)
    for a, b in zip(places, tuple_of(gradients)):
        same_bits(a, b)
    turned = tuple(np.empty(g.T.shape, "float64").T for g in tuple_of(gradients))
    function.gradient(*arrays, **given, out=turned[0] if single else turned)
    for a, b in zip(turned, tuple_of(gradients)):
        np.testing.assert_array_equal(a.astype("float32"), b)
    wrong = tuple(np.full((2, 7), 7, "float32") for _ in outs)
    call = "grad_out" if single else r"grad_out\[0\]"
    with pytest.raises(ValueError, match=rf"{name}.value_and_gradient: {call} has shape \(2, 7\)"):
        function.value_and_gradient(*arrays, **given, grad_out=wrong[0] if single else wrong)
    if not single:
        with pytest.raises(TypeError, match=rf"{name}.gradient: out is of type ndarray; a tuple of {len(outs)} arrays is accepted"):
            function.gradient(*arrays, **given, out=outs[0])
    with pytest.raises(ValueError, match=f"{name}: reduction is 'avg'"):
        function(*arrays, **given, reduction="avg")
    with pytest.raises(TypeError, match=f"{name}: .* has dtype complex128"):
        function(arrays[0].astype(complex), *arrays[1:], **given)
    half = [a.astype("float16") if a.dtype.kind == "f" else a for a in arrays]
    from_half = function(*half, **given)
    assert from_half.dtype == np.float16
    expected = function(*(a.astype("float32") if a.dtype.kind == "f" else a for a in half), **given)
    np.testing.assert_allclose(from_half, expected, rtol=1e-3)
    lists = function(*(a.astype("float64").tolist() if a.dtype.kind == "f" else a.tolist() for a in arrays), **given)
    assert lists.dtype == np.float64
    np.testing.assert_allclose(lists, value, rtol=2e-6)


@pytest.mark.parametrize("name", [*ELEMENTS, *ROWS, *BATCHES])
def test_names(name):
    function = getattr(fastact, name)
    for entry, called in ((function, name), (function.gradient, "gradient"), (function.value_and_gradient, "value_and_gradient")):
        assert pickle.loads(pickle.dumps(entry)) is entry
        assert (entry.__name__, entry.__module__) == (called, "fastact")


@pytest.mark.parametrize("isa", fastact.isas())
@pytest.mark.parametrize("name, options", [case for case in CASES if EVERY_FUNCTION[case[0]].kind == "joint_loss"])
def test_bits(name, options, isa):
    before = fastact.isa()
    try:
        fastact.set_isa("scalar")
        expected = [getattr(fastact, name).value_and_gradient(*arrays_of(name, dtype, 9), **call_options(name, options)) for dtype in FLOATS]
        fastact.set_isa(isa)
        got = [getattr(fastact, name).value_and_gradient(*arrays_of(name, dtype, 9), **call_options(name, options)) for dtype in FLOATS]
    finally:
        fastact.set_isa(before)
    for (a, b), (c, d) in zip(got, expected):
        same_bits(a, c)
        for left, right in zip(tuple_of(b), tuple_of(d)):
            same_bits(left, right)


@pytest.mark.parametrize("dtype", FLOATS)
def test_nothing_overflows(dtype):
    """Rows of numbers whose squares leave the range on either side."""
    a, b = np.random.default_rng(2).normal(0, 1, (2, 4, 7)).astype(dtype)
    exponents = (-100, 100) if dtype == "float32" else (-800, 800)
    for scale in (2.0**e for e in exponents):
        for name, options in (("cosine_similarity_loss", {"eps": 1e-300}), ("pairwise_distance", {"eps": 0.0})):
            function = getattr(fastact, name)
            times = scale if name == "pairwise_distance" else 1
            expected, got = function(a, b, **options), function(a * a.dtype.type(scale), b * b.dtype.type(scale), **options)
            np.testing.assert_allclose(got, expected * expected.dtype.type(times), rtol=1e-6 if dtype == "float32" else 1e-14)
    with np.errstate(all="raise"):
        huge = np.full((2, 3), np.finfo(dtype).max)
        for gradient in fastact.cosine_similarity_loss.gradient(huge, huge):
            assert not gradient.any()
        assert (fastact.pairwise_distance(huge, -huge) == np.inf).all()
        for gradient in fastact.pairwise_distance.backward(np.ones(2, dtype), huge, huge / 2, eps=0.0):
            np.testing.assert_allclose(np.abs(gradient), 1 / math.sqrt(3), rtol=1e-6)


def test_edges():
    """Values of exactly 0 are active, norms of 0 have the slope 0, zero rows the cosine 0."""
    x, one = np.zeros(1), np.ones(1)
    assert fastact.margin_ranking.gradient(x, x, one) == (-1, 1)
    assert fastact.margin_ranking.gradient(one, x, one) == (0, 0)
    assert fastact.triplet_margin_with_distance.gradient(x, one) == (1, -1)
    row = np.array([[3.0, 4.0]])
    near, _, far = fastact.triplet_margin.gradient(row, row - 1.0, row + 1.0, margin=0.0, eps=0.0)
    assert near.all() and far.all()
    np.testing.assert_array_equal(fastact.pairwise_distance.backward(one, row, row, eps=0.0), np.zeros((2, 1, 2)))
    assert fastact.cosine_similarity_loss(row, 0 * row) == 1 and fastact.cosine_embedding(0 * row, row, one) == 1
    np.testing.assert_allclose(fastact.cosine_similarity_loss.gradient(row, 0 * row)[1], -row / 5 / 1e-8)
    assert fastact.cosine_embedding.gradient([[1.0, 0.0]], [[0.0, 2.0]], -one)[0].any()
    assert fastact.dice(np.zeros((2, 3)), np.zeros((2, 3)), smooth=0.0) == 1 and fastact.jaccard(np.ones(3), np.ones(3)) < 1e-7
    assert fastact.lovasz_hinge(np.array([-2.0, -3.0]), np.zeros(2)) == 0 and fastact.lovasz_hinge(np.empty(0), np.empty(0)) == 0
    assert np.isnan(fastact.ntxent(row, np.array([0]))) and fastact.circle(row, np.array([0])) == 0
    box = np.array([0.0, 0.0, 1.0, 1.0])
    np.testing.assert_allclose(fastact.box_iou(box, box + 2, kind="giou"), 1 + 7 / 9, rtol=1e-6)
    assert not fastact.box_iou.gradient(box, box + 2).any()


@pytest.mark.parametrize("p", [1.0, 2.0, math.inf, 3.5])
@pytest.mark.parametrize("dtype", FLOATS)
def test_pairwise_distance(p, dtype):
    g = np.random.default_rng(4)
    x, y, up = g.normal(0, 1, (3, 2, 5)).astype(dtype), g.normal(0, 1, (3, 2, 5)).astype(dtype), g.normal(0, 1, (3, 2)).astype(dtype)
    rows = list(zip(wide(x.reshape(6, 5)), wide(y.reshape(6, 5))))
    exact = as_longdouble([gap(a, b, p, 1e-6) for a, b in rows]).reshape(3, 2)
    within_ulps(fastact.pairwise_distance(x, y, p), exact, 2)
    assert fastact.pairwise_distance(x, y, p=p, keepdim=True).shape == (3, 2, 1)
    first, second = fastact.pairwise_distance.backward(up, x, y, p)
    slopes = np.empty((6, 5), np.longdouble)
    for i, (a, b) in enumerate(rows):
        for k in range(5):
            moved = [[v + s * STEP * (j == k) for j, v in enumerate(a)] for s in (1, -1)]
            slope = (gap(moved[0], b, p, 1e-6) - gap(moved[1], b, p, 1e-6)) / (2 * STEP) * mpf(up.ravel()[i])
            slopes[i, k] = np.longdouble(mp.nstr(slope, 25))
    within_ulps(first, slopes.reshape(x.shape), 2, 4e-15 if p == 3.5 and dtype == "float64" else 1e-15 if dtype == "float64" else 1e-14)
    np.testing.assert_array_equal(second, -first)
    outs = np.empty_like(x), np.empty_like(y)
    made = fastact.pairwise_distance.backward(up[..., None], x, y, p, out=outs)
    assert made[0] is outs[0] and made[1] is outs[1]
    same_bits(outs[0], first)
    same_bits(outs[1], second)
    with pytest.raises(ValueError, match=r"pairwise_distance.backward: grad has shape \(2,\); \(3, 2\)"):
        fastact.pairwise_distance.backward(up[0], x, y)
    for wrong in (0.5, math.nan):
        with pytest.raises(ValueError, match=f"p is {wrong}; numbers from 1 are accepted"):
            fastact.pairwise_distance(x, y, p=wrong)


def test_shared_largest():
    first, _ = fastact.pairwise_distance.backward(np.ones(1), [[2.0, -2, 1]], np.zeros((1, 3)), math.inf, 0.0)
    np.testing.assert_array_equal(first, [[0.5, -0.5, 0]])


# ---- variances that are repeated, axes, labels


def test_repeated_variances():
    g = np.random.default_rng(6)
    pred, target, var = g.normal(0, 1, (4, 3)), g.normal(0, 1, (4, 3)), g.random((4, 1)) + 0.1
    value, (by_pred, by_var) = fastact.gaussian_nll.value_and_gradient(pred, target, np.repeat(var, 3, 1))
    for given in (var, var[:, 0]):
        got, (first, second) = fastact.gaussian_nll.value_and_gradient(pred, target, given)
        same_bits(got, value)
        same_bits(first, by_pred)
        np.testing.assert_allclose(second, by_var.sum(1).reshape(given.shape), rtol=1e-14)
    _, (_, summed) = fastact.gaussian_nll.value_and_gradient(pred, target, 0.5)
    assert np.shape(summed) == ()
    with pytest.raises(ValueError, match=r"gaussian_nll: var has shape \(3,\); \(4, 3\), that with a last axis of 1"):
        fastact.gaussian_nll(pred, target, var[:3, 0])
    var[2] = -0.25
    with pytest.raises(ValueError, match=r"gaussian_nll.gradient: var\[2, 0\] is -0.25; variances from 0 are accepted"):
        fastact.gaussian_nll.gradient(pred, target, var)


@pytest.mark.parametrize("name", ["cosine_similarity_loss", "dice", "tversky", "jaccard", "mcc", "lovasz_hinge", "pair_logit"])
def test_axes(name):
    g, function = np.random.default_rng(7), getattr(fastact, name)
    a = g.random((3, 4, 5))
    b = (g.random((3, 4, 5)) > 0.5).astype(float)
    for axis in (0, 1, -1):
        turned = [np.ascontiguousarray(np.moveaxis(x, axis, -1)) for x in (a, b)]
        same_bits(function(a, b, axis=axis, reduction="none"), function(*turned, axis=-1, reduction="none"))
        for x, y in zip(tuple_of(function.gradient(a, b, axis=axis)), tuple_of(function.gradient(*turned, axis=-1))):
            same_bits(x, np.moveaxis(y, -1, axis))
    if name not in ("cosine_similarity_loss", "pair_logit"):
        whole, gradient = function.value_and_gradient(a, b)
        same_bits(whole, function(a.ravel(), b.ravel(), axis=0))
        assert gradient.shape == a.shape
    with pytest.raises(ValueError, match=f"{name}.*axis 3"):
        function(a, b, axis=3)
    with pytest.raises(ValueError, match=rf"{name}: .* has shape \(3, 4, 5\) and .* \(3, 4\); equal shapes are accepted"):
        function(a, b[..., 0])


def test_pair_logit_of_long_lists():
    """More pairs than are taken at a time."""
    g = np.random.default_rng(8)
    s, t = g.normal(0, 1, 700), g.integers(0, 5, 700)
    gaps = s[:, None] - s
    better = t[:, None] > t
    np.testing.assert_allclose(fastact.pair_logit(s, t), np.logaddexp(0, -gaps)[better].sum(), rtol=1e-12)
    pushed = np.where(better, 1 / (1 + np.exp(gaps)), 0)
    np.testing.assert_allclose(fastact.pair_logit.gradient(s, t), pushed.sum(0) - pushed.sum(1), rtol=1e-10, atol=1e-10)


def test_refused_labels():
    x = np.ones((3, 2))
    with pytest.raises(ValueError, match=r"ntxent: labels have shape \(2,\); \(3,\)"):
        fastact.ntxent(x, np.zeros(2, int))
    with pytest.raises(TypeError, match="circle.gradient: labels have dtype float64"):
        fastact.circle.gradient(x, np.zeros(3))
    with pytest.raises(ValueError, match=r"lovasz_softmax: labels\[1\] is 2; 0 to 1 are accepted"):
        fastact.lovasz_softmax(x, np.array([0, 2, 1]))
    assert np.isfinite(fastact.lovasz_softmax(x / 2, np.array([0, 2, 1]), ignore=2))
    with pytest.raises(ValueError, match=r"cosine_embedding: target\[1\] is 0; 1 and -1 are accepted"):
        fastact.cosine_embedding(x, x, np.array([1, 0, -1]))
    with pytest.raises(ValueError, match="lovasz_hinge: target holds 2; 0 and 1 are accepted"):
        fastact.lovasz_hinge(x, 2 * x)
    with pytest.raises(ValueError, match="box_iou: kind is 'dice'; 'iou', 'giou', 'diou', 'ciou' are accepted"):
        fastact.box_iou(np.ones(4), np.ones(4), kind="dice")
    with pytest.raises(ValueError, match=r"box_iou: pred has shape \(3, 2\); boxes of four numbers"):
        fastact.box_iou(x, x)


def test_ignored_pixels():
    g = np.random.default_rng(10)
    z, t = g.normal(0, 1, 12), g.integers(0, 2, 12)
    spoilt = t.copy()
    spoilt[[2, 7]] = 255
    kept = spoilt != 255
    value, gradient = fastact.lovasz_hinge.value_and_gradient(z, spoilt, ignore=255)
    np.testing.assert_allclose(value, fastact.lovasz_hinge(z[kept], t[kept]), rtol=1e-14)
    np.testing.assert_allclose(gradient[kept], fastact.lovasz_hinge.gradient(z[kept], t[kept]), rtol=1e-14)
    assert not gradient[~kept].any()
    p = g.random((2, 6, 3))
    labels = g.integers(0, 3, (2, 6))
    each = [fastact.lovasz_softmax(a, b) for a, b in zip(p, labels)]
    same_bits(fastact.lovasz_softmax(p, labels, per_image=True, reduction="none"), np.array(each))
    np.testing.assert_allclose(fastact.lovasz_softmax.gradient(p, labels, per_image=True)[1], fastact.lovasz_softmax.gradient(p[1], labels[1]) / 2, rtol=1e-14)


# ---- times of survival


def test_survival_cox():
    g = np.random.default_rng(11)
    z, times = g.normal(0, 2, 30), np.round(g.uniform(0.5, 8, 30)) * g.choice([-1, 1, 1], 30)

    def definition(z):
        return [
            mp.log(mp.fsum(mp.exp(z[j]) for j in range(30) if abs(times[j]) >= times[i])) - z[i] if times[i] > 0 else mp.mpf(0) for i in range(30)
        ]

    exact = wide(z)
    np.testing.assert_allclose(fastact.survival_cox(z, times, reduction="none"), as_longdouble(definition(exact)), rtol=1e-14, atol=1e-14)
    value, gradient = fastact.survival_cox.value_and_gradient(z, times, reduction="sum")
    np.testing.assert_allclose(value, float(mp.fsum(definition(exact))), rtol=1e-14)
    for k in range(30):
        moved = [[v + s * STEP * (j == k) for j, v in enumerate(exact)] for s in (1, -1)]
        slope = (mp.fsum(definition(moved[0])) - mp.fsum(definition(moved[1]))) / (2 * STEP)
        np.testing.assert_allclose(gradient[k], float(slope), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(fastact.survival_cox(z + 1e4, times), fastact.survival_cox(z, times), rtol=1e-11)
    assert fastact.survival_cox(z, -np.abs(times), reduction="sum") == 0 and np.isnan(fastact.survival_cox([], []))


# distribution function, what is left of 1, density
CUMULATIVE = {
    "normal": (mp.ncdf, lambda z: mp.ncdf(-z), mp.npdf),
    "logistic": (lambda z: 1 / (1 + mp.exp(-z)), lambda z: 1 / (1 + mp.exp(z)), lambda z: mp.exp(-z) / (1 + mp.exp(-z)) ** 2),
    "extreme": (lambda z: -mp.expm1(-mp.exp(z)), lambda z: mp.exp(-mp.exp(z)), lambda z: mp.exp(z - mp.exp(z))),
}


@pytest.mark.parametrize("sigma", [1.0, 0.4])
@pytest.mark.parametrize("name", CUMULATIVE)
def test_survival_aft(name, sigma):
    g, (cumulative, rest, density) = np.random.default_rng(12), CUMULATIVE[name]
    pred = g.normal(0, 2, 40)
    lower = np.exp(g.normal(0, 2, 40))
    upper = lower * np.exp(g.uniform(0.1, 2, 40))
    upper[:10], upper[10:20], lower[20:30] = lower[:10], np.inf, 0

    def definition(p, low, high):
        ends = [(mp.log(y) - p) / mpf(sigma) for y in (low, high)] if low > 0 else [-mp.inf, (mp.log(high) - p) / mpf(sigma)]
        if low == high:
            return -mp.log(density(ends[0]) / (mpf(sigma) * high))
        if ends[0] > 0:  # where both would be next to 1
            return -mp.log(rest(ends[0]) - (rest(ends[1]) if high < mp.inf else 0))
        return -mp.log((cumulative(ends[1]) if high < mp.inf else 1) - (cumulative(ends[0]) if low > 0 else 0))

    rows = list(zip(wide(pred), wide(lower), wide(upper)))
    exact = as_longdouble([definition(*row) for row in rows])
    options = {"distribution": name, "sigma": sigma, "reduction": "none"}
    value, gradient = fastact.survival_aft.value_and_gradient(pred, lower, upper, **options)
    np.testing.assert_allclose(value, exact, rtol=1e-12, atol=1e-13)
    slopes = as_longdouble([(definition(p + STEP, a, b) - definition(p - STEP, a, b)) / (2 * STEP) for p, a, b in rows])
    np.testing.assert_allclose(gradient, slopes, rtol=1e-10, atol=1e-12)
    with pytest.raises(ValueError, match=r"survival_aft: lower\[1\] is 3 and upper 2; 0 <= lower <= upper are accepted"):
        fastact.survival_aft([0.0, 0.0], [1.0, 3.0], [2.0, 2.0])
    with pytest.raises(ValueError, match="survival_aft: distribution is 'uniform'"):
        fastact.survival_aft(1.0, 1.0, 1.0, distribution="uniform")


# ---- connectionist temporal classification


def all_alignments(log_probs, target, blank):
    """The sum over every sequence of classes that becomes the target when repeats and then blanks are left out."""
    steps, classes = log_probs.shape
    total = 0.0
    for path in np.ndindex((classes,) * steps):
        kept = [c for t, c in enumerate(path) if c != blank and (t == 0 or path[t - 1] != c)]
        if kept == list(target):
            total += math.exp(sum(log_probs[t, c] for t, c in enumerate(path)))
    return -math.log(total) if total else math.inf


@pytest.mark.parametrize("blank", [0, 2])
def test_ctc(blank):
    g = np.random.default_rng(13)
    z = g.normal(0, 1, (5, 4, 3))
    lp = fastact.log_softmax(z, axis=-1)
    words = [[1, 1], [1, 0, 1] if blank else [1, 2, 1], [1], []]
    targets, lengths, sizes = np.zeros((4, 3), int), np.array([5, 5, 3, 4]), np.array([2, 3, 1, 0])
    for row, word in zip(targets, words):
        row[: len(word)] = word
    exact = np.array([all_alignments(lp[:n, k], word, blank) for k, (n, word) in enumerate(zip(lengths, words))])
    each, gradient = fastact.ctc.value_and_gradient(lp, targets, lengths, sizes, blank, reduction="none")
    np.testing.assert_allclose(each, exact, rtol=1e-13)
    np.testing.assert_allclose(fastact.ctc(lp, targets, lengths, sizes, blank), np.mean(exact / np.maximum(sizes, 1)), rtol=1e-13)
    same_bits(fastact.ctc(lp, np.array(sum(words, [])), lengths, sizes, blank, reduction="none"), each)
    same_bits(fastact.ctc(lp[:, 0], targets[0, :2], lengths[0], sizes[0], blank, reduction="sum"), each[0])
    for place in np.ndindex(z.shape):  # by the logits
        values = []
        for step in (1e-6, -1e-6):
            moved = z.copy()
            moved[place] += step
            values.append(fastact.ctc(fastact.log_softmax(moved, axis=-1), targets, lengths, sizes, blank, reduction="sum"))
        np.testing.assert_allclose(gradient[place], (values[0] - values[1]) / 2e-6, rtol=1e-6, atol=1e-8)


def test_ctc_without_alignment():
    lp = np.log(np.full((2, 1, 3), 1 / 3))
    impossible = (lp, np.array([[1, 1]]), [2], [2])
    assert fastact.ctc(*impossible) == np.inf and np.isnan(fastact.ctc.gradient(*impossible)).all()
    value, gradient = fastact.ctc.value_and_gradient(*impossible, zero_infinity=True)
    assert value == 0 and not gradient.any()
    for arguments, said in (
        ((lp, np.array([[3]]), [2], [1]), "ctc: target 0 holds 3 at 0; 0 to 2 are accepted"),
        ((lp, np.array([[1]]), [3], [1]), r"ctc: input_lengths\[0\] is 3; 0 to 2 are accepted"),
        ((lp, np.array([[1]]), [2], [2]), r"ctc: target_lengths\[0\] is 2; 0 to 1 are accepted"),
        ((lp, np.array([[1]]), [2, 2], [1]), r"ctc: input_lengths has shape \(2,\); one for each of 1 sequences"),
        ((lp, np.array([[1]]), [2], [1], 5), "ctc: blank is 5; 0 to 2 are accepted"),
    ):
        with pytest.raises(ValueError, match=said):
            fastact.ctc(*arguments)
    with pytest.raises(TypeError, match="ctc: targets have dtype float64"):
        fastact.ctc(lp, np.array([[1.0]]), [2], [1])


def test_scores_refuse():
    x = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"multilabel_margin: target holds 3 in row 1; 0 to 2, ended by -1, are accepted"):
        fastact.multilabel_margin(x, np.array([[0, -1, 9], [3, -1, 0]]))
    with pytest.raises(TypeError, match="multilabel_margin: target has dtype float64"):
        fastact.multilabel_margin(x, x)
    with pytest.raises(ValueError, match=r"margin_cross_entropy: labels\[1\] is -1; 0 to 2 are accepted"):
        fastact.margin_cross_entropy(x / 2, np.array([0, -1]))
    with pytest.raises(ValueError, match=r"npairs: similarity has shape \(2, 3\); that of a square matrix is accepted"):
        fastact.npairs(x, np.array([0, 1]))
    with pytest.raises(ValueError, match="cross_entropy_lambda: pred has shape"):
        fastact.cross_entropy_lambda(x, x, np.ones(3))


def test_scores_at_the_ends():
    """No entry, no label, an entry without a chance, an exposure of 1."""
    z = np.array([[0.5, -1.0, 2.0]])
    assert fastact.multilabel_margin(z, np.array([[-1, 0, 1]])) == 0
    assert fastact.ranking_softmax(np.array([0.5, -np.inf, 2.0]), [1.0, 0.0, 2.0]) == pytest.approx(fastact.ranking_softmax([0.5, 2.0], [1.0, 2.0]))
    t = np.array([[0.0, 1.0, 0.25]])
    for a, b in zip(fastact.cross_entropy_lambda.value_and_gradient(z, t, np.ones(z.shape)), fastact.binary_cross_entropy_with_logits.value_and_gradient(z, t)):
        np.testing.assert_allclose(a, b, rtol=1e-14)
    labels = np.array([2])
    np.testing.assert_allclose(fastact.margin_cross_entropy(z / 4, labels, margin2=0.0, scale=4.0), fastact.cross_entropy(z, labels), rtol=1e-14)
