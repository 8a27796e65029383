"""Losses of several arrays as their definitions in 60 digits, whose derivatives are taken by differences, and arrays to call them with."""

import math

import mpmath
import numpy as np

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
    """pairwise_distance of two rows."""
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


def tversky(p, t, alpha=0.5, beta=0.5, smooth=1.0, eps=1e-7, gamma=1.0):
    both = dot(p, t)
    n = both + mpf(smooth)
    d = n + mpf(alpha) * dot(p, [1 - x for x in t]) + mpf(beta) * dot([1 - x for x in p], t) + mpf(eps)
    return (1 - n / d) ** mpf(gamma)


def overlap(score, log_loss, eps):
    return -mp.log(max(score, mpf(eps))) if log_loss else 1 - score


def sizes(p, t, squared_pred):
    return dot(p, p) + dot(t, t) if squared_pred else mp.fsum(p) + mp.fsum(t)


def dice(p, t, smooth=1.0, eps=1e-7, log_loss=False, squared_pred=False):
    return overlap((2 * dot(p, t) + mpf(smooth)) / (sizes(p, t, squared_pred) + mpf(smooth) + mpf(eps)), log_loss, eps)


def jaccard(p, t, smooth=0.0, eps=1e-7, log_loss=False, squared_pred=False):
    both = dot(p, t)
    return overlap((both + mpf(smooth)) / (sizes(p, t, squared_pred) - both + mpf(smooth) + mpf(eps)), log_loss, eps)


def pair_logit(s, t, sigma=1.0):
    n = range(len(s))
    return mp.fsum(softplus(-mpf(sigma) * (s[i] - s[j])) for i in n for j in n if t[i] > t[j])


def lambda_rank(s, t, sigma=1.0, truncation=30, normalize=True, gain="exponential", base=None):
    """Pairs weighted by what their exchange does to NDCG; the weights, those of base, have no derivative."""
    base, n, depth = base or s, range(len(s)), min(truncation or len(s), len(s))
    place = {i: rank for rank, i in enumerate(sorted(n, key=lambda i: -base[i]))}
    discount = [1 / mp.log(rank + 2, 2) for rank in n]
    gains = [2**x - 1 if gain == "exponential" else x for x in t]
    ideal = mp.fsum(a * b for a, b in zip(sorted(gains, reverse=True)[:depth], discount))
    loss = total = mp.mpf(0)
    for i, j in ((i, j) for i in n for j in n if t[i] > t[j] and min(place[i], place[j]) < depth):
        weight = (gains[i] - gains[j]) * abs(discount[place[i]] - discount[place[j]]) / ideal
        if normalize and max(base) != min(base):
            weight /= mp.mpf("0.01") + abs(base[i] - base[j])
        loss += weight * softplus(-mpf(sigma) * (s[i] - s[j]))
        total += 2 * mpf(sigma) * weight / (1 + mp.exp(mpf(sigma) * (base[i] - base[j])))
    return loss * mp.log(1 + total, 2) / total if normalize and total else loss


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


def npair(anchor, positive, labels, l2_reg=0.002):
    similarity = [[dot(a, b) for b in positive] for a in anchor]
    return [loss + mpf(l2_reg) * (dot(a, a) + dot(b, b)) / 4 for loss, a, b in zip(npairs(similarity, labels), anchor, positive)]


def poly_binary_cross_entropy(z, t, alpha=None, epsilon=2.0, gamma=0.0, label_smoothing=0.0):
    t = t * (1 - mpf(label_smoothing)) + mpf(label_smoothing) / 2
    right, weight = 1 / (1 + mp.exp(-z)), 1 if alpha is None else t * mpf(alpha) + (1 - t) * (1 - mpf(alpha))
    wrong = 1 - (right * t + (1 - right) * (1 - t))
    entropy = -t * mp.log(right) - (1 - t) * mp.log(1 - right)
    return weight * (entropy * wrong ** mpf(gamma) + mpf(epsilon) * wrong ** (mpf(gamma) + 1))


def cross_entropy_lambda(z, t, w):
    q = 1 - (1 + mp.exp(z)) ** -w
    return -(t * mp.log(q) + (1 - t) * mp.log(1 - q))


def sparsemax_binary(z, t):
    x = z * (1 - 2 * t)
    return mp.mpf(0) if x <= -1 else x if x >= 1 else ((x + 1) / 2) ** 2


def entmax(z, alpha):
    """Newton's steps from the left of the threshold where p sums to 1."""
    scaled = [(alpha - 1) * x for x in z]
    threshold, power = max(scaled) - 1, 1 / (alpha - 1)
    while True:
        p = [hinge(x - threshold) ** power for x in scaled]
        step = (mp.fsum(p) - 1) / (power * mp.fsum(x ** (2 - alpha) for x in p if x))
        if step < mp.mpf(10) ** -55:
            return p
        threshold += step


def entmax_loss(logits, labels, alpha=1.5):
    """The conjugate of Tsallis' entropy less the score that is right."""

    def loss(z, k):
        if alpha == 1:
            return -log_softmax(z)[k]
        p = entmax(z, mpf(alpha))
        return dot(p, z) + (1 - mp.fsum(x ** mpf(alpha) for x in p)) / (mpf(alpha) * (mpf(alpha) - 1)) - z[k]

    return [loss(z, k) for z, k in zip(logits, labels)]


def two_way(z, t, tp=4.0, tn=1.0):
    tp, tn, total = mpf(tp), mpf(tn), mp.mpf(0)
    for lines in (list(zip(z, t)), list(zip(zip(*z), zip(*t)))):
        losses = []
        for line in lines:
            right = mp.fsum(mp.exp(-x / tp) for x, y in zip(*line) if y > 0)
            wrong = mp.fsum(mp.exp(x / tn) for x, y in zip(*line) if y == 0)
            losses += [mp.log(1 + right**tp * wrong**tn)] if right else []
        total += mp.fsum(losses) / len(losses)
    return [total]


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
        near = [
            mp.exp(-gamma * hinge(margin + d[j]) * (margin - d[j])) for j in n if labels[i] == labels[j] and (j != i or not remove_diagonal)
        ]
        far = [mp.exp(gamma * hinge(1 + margin - d[j]) * (1 - margin - d[j])) for j in n if labels[i] != labels[j]]
        losses.append(mp.log1p(mp.fsum(near) * mp.fsum(far)))
    return losses


def lifted_structure(x, labels, margin=1.0):
    n = range(len(x))
    d = [[norm([a - b for a, b in zip(x[i], x[j])]) for j in n] for i in n]
    far = [mp.fsum(mp.exp(mpf(margin) - d[i][k]) for k in n if labels[k] != labels[i]) for i in n]
    return [hinge(mp.log(far[i] + far[j]) + d[i][j]) ** 2 / 2 for i in n for j in n if i < j and labels[i] == labels[j]]


ELEMENTS = {"gaussian_nll": gaussian_nll, "margin_ranking": margin_ranking, "triplet_margin_with_distance": triplet_margin_with_distance,
            "cross_entropy_lambda": cross_entropy_lambda, "sparsemax_binary": sparsemax_binary,
            "poly_binary_cross_entropy": poly_binary_cross_entropy}  # fmt: skip
ROWS = {
    "cosine_similarity_loss": lambda a, b, eps=1e-8: 1 - cosine(a, b, eps),
    "triplet_margin": triplet_margin, "tversky": tversky, "dice": dice, "jaccard": jaccard, "pair_logit": pair_logit, "mcc": mcc,
    "lovasz_hinge": lovasz_hinge, "box_iou": box_iou, "cosine_embedding": cosine_embedding, "ranking_softmax": ranking_softmax,
    "multilabel_margin": multilabel_margin, "lambda_rank": lambda_rank,
}  # fmt: skip
BATCHES = {"generalized_dice": generalized_dice, "lovasz_softmax": lovasz_softmax, "ntxent": ntxent, "circle": circle,
           "lifted_structure": lifted_structure, "margin_cross_entropy": margin_cross_entropy, "npairs": npairs, "entmax_loss": entmax_loss,
           "two_way": two_way, "npair": npair}  # fmt: skip
WEIGHTS = ("l1_penalty", "l2_penalty", "elastic_net_penalty", "orthogonal_penalty", "prox_l1", "prox_l2", "prox_elastic_net")
# options beside the defaults
OPTIONS = {
    "gaussian_nll": [{"full": True, "eps": 0.75}],
    "margin_ranking": [{"margin": 0.3}],
    "cosine_similarity_loss": [{"eps": 5.0}],
    "triplet_margin": [{"margin": 0.3, "p": 1.0}, {"p": math.inf, "eps": 0.0}, {"p": 3.5, "swap": True}, {"swap": True, "margin": 2.0},
                       {"p": 1.0, "swap": True}],
    "tversky": [{"alpha": 0.3, "beta": 0.9, "smooth": 0.0}, {"alpha": 0.3, "gamma": 0.75}],
    "dice": [{"smooth": 0.0, "eps": 0.01}, {"log_loss": True}, {"squared_pred": True}, {"squared_pred": True, "log_loss": True}],
    "jaccard": [{"smooth": 1.0}, {"log_loss": True, "smooth": 0.5}, {"log_loss": True, "eps": 0.25}, {"squared_pred": True, "smooth": 0.5},
                {"squared_pred": True, "log_loss": True}],
    "npair": [{"l2_reg": 0.25}],
    "poly_binary_cross_entropy": [{"alpha": 0.25, "epsilon": -1.0, "gamma": 2.0}, {"gamma": 0.5, "label_smoothing": 0.125, "alpha": 0.75}],
    "pair_logit": [{"sigma": 2.5}],
    "lambda_rank": [{"sigma": 2.5, "truncation": None, "normalize": False}, {"truncation": 2, "gain": "linear"}],
    "entmax_loss": [{"alpha": alpha} for alpha in (1.0, 1.125, 2.0)],
    "two_way": [{"tp": 0.5, "tn": 2.0}],
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
HELD = {"box_iou": 0, "gaussian_nll": 2, "lambda_rank": 0}  # place of the array that part of the loss takes for constant
TWO_GRADIENTS = ("margin_ranking", "cosine_similarity_loss", "cosine_embedding", "triplet_margin_with_distance", "npair")
AXIS_OF_MASKS = ("tversky", "dice", "jaccard", "mcc", "lovasz_hinge")


def arrays_of(name, dtype, seed=0):
    """Arrays that hold what the loss is for, of six losses or one batch of six."""
    g = np.random.default_rng(seed)
    rows = [g.normal(0, 1, (6, 5)) for _ in range(3)]
    if name in ELEMENTS:
        a, b, c = (g.normal(0, 1, 12) for _ in range(3))
        third = {"gaussian_nll": np.square(c), "margin_ranking": np.sign(c), "cross_entropy_lambda": np.abs(c) + 0.1}
        shares = "cross_entropy_lambda", "poly_binary_cross_entropy"
        b = np.clip(np.abs(b), 0, 1) if name in shares else (b > 0).astype(float) if name == "sparsemax_binary" else b
        made = [a, b, third[name]] if name in third else [np.abs(a), np.abs(b)] if name == "triplet_margin_with_distance" else [a, b]
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
    elif name == "npair":
        return [rows[0].astype(dtype), rows[1].astype(dtype), np.array([0, 1, 0, 2, 1, 0])]
    elif name == "entmax_loss":
        return [rows[0].astype(dtype), np.array([0, 2, 1, 0, 4, 3])]
    elif name in BATCHES and name != "two_way":
        x = rows[0] / np.sqrt((rows[0] ** 2).sum(-1, keepdims=True)) if name == "circle" else rows[0]
        return [x.astype(dtype), np.array([0, 1, 0, 2, 1, 0])]
    elif name == "two_way":
        return [rows[0].astype(dtype), np.sign(np.round(rows[1])).astype(dtype)]
    elif name == "multilabel_margin":
        right = [[0, 2, -1, 1, 1], [-1, 0, 1, 2, 3], [4, -1, 4, 0, 0], [0, 1, 2, 3, 4], [3, 1, 0, -1, 2], [2, -1, -1, -1, -1]]
        return [rows[0].astype(dtype), np.array(right)]
    elif name in ("ranking_softmax", "lambda_rank"):
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
    if name in HELD:
        return [definition(*row, **options, base=b) for row, b in zip(zip(*arrays), (base or arrays)[HELD[name]])]
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
        name, (0, 1) if name in TWO_GRADIENTS else (0,)
    )
