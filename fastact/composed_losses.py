"""Losses, penalties and proximal operators that are made of NumPy and have no kernels of their own: what functions() says of them."""

_LOSSES = (
    ("orthogonal_penalty", "w", "w", "weights", {"factor": 0.01}, "",
     "factor * sum of abs(cos(w[i], w[j])) over i < j, divided by how many pairs there are",
     "that of the cosines, through the length of each row"),
    ("prox_l1", "w", "", "weights", {"lam": 0.01}, "", "sign(w) * max(abs(w) - step * lam, 0)", ""),
    ("prox_l2", "w", "", "weights", {"lam": 0.01}, "", "w / (1 + 2 * step * lam)", ""),
    ("prox_elastic_net", "w", "", "weights", {}, "", "prox_l2(prox_l1(w, step, l1), step, l2)", ""),
    ("pair_logit", "pred target", "pred", "rows", {"sigma": 1.0}, "ranknet", "sum of log(1 + exp(-sigma * (pred[i] - pred[j])))",
     "-sigma * sigmoid(-sigma * (pred[i] - pred[j])) to i, the opposite to j",
     "sigma**2 * s * (1 - s) to i and j, s = sigmoid(sigma * (pred[i] - pred[j]))"),
    ("lambda_rank", "pred target", "pred", "rows", {"sigma": 1.0}, "lambdarank",
     "sum of w * log(1 + exp(-sigma * (pred[i] - pred[j]))), w = abs(gain[i] - gain[j]) * abs(1 / log2(2 + rank[i]) - 1 / "
     "log2(2 + rank[j])) / best",
     "lambda = -w * sigma * sigmoid(-sigma * (pred[i] - pred[j])) to i, the opposite to j",
     "w * sigma**2 * s * (1 - s) to i and j, s = sigmoid(sigma * (pred[i] - pred[j]))"),
    ("box_iou", "pred target", "pred", "rows", {"eps": 1e-7}, "", "1 - I / (U + eps), I and U the areas of intersection and union",
     "by the four coordinates of pred"),
    ("cosine_embedding", "x1 x2 target", "x1 x2", "rows", {"margin": 0.0}, "cosine_embedding_loss",
     "1 - cos if target = 1, max(cos - margin, 0) if target = -1", "that of cos, times -1, or 1 where cos >= margin"),
    ("triplet_margin_with_distance", "near far", "near far", "elements", {"margin": 1.0}, "", "max(near - far + margin, 0)",
     "dnear = 1, dfar = -1 where near - far + margin >= 0, else 0"),
    ("generalized_dice", "pred target", "pred", "rows", {"smooth": 1.0, "eps": 1e-7}, "",
     "mean of w * (1 - N / D) over the classes, N and D of dice, w = 1 / (sum(t)**2 + 1e-7) with mean 1",
     "w * (N - 2 * D * t) / D**2 / classes"),
    ("lovasz_hinge", "pred target", "pred", "rows", {}, "",
     "sum of max(e, 0) * G, e = 1 - pred * (2 * target - 1) from the largest on, G how much 1 - Jaccard grows with each",
     "-(2 * target - 1) * G where e > 0, else 0"),
    ("lovasz_softmax", "probs labels", "probs", "rows", {}, "",
     "mean over classes of the sum of e * G, e = abs([label is c] - probs[c]) from the largest on, G how much 1 - "
     "Jaccard grows with each",
     "sign(probs[c] - [label is c]) * G / classes"),
    ("mcc", "pred target", "pred", "rows", {"eps": 1e-5}, "",
     "1 - (TP * TN - FP * FN) / sqrt((TP + FP) * (TP + FN) * (TN + FP) * (TN + FN)), eps added to each count", "by the quotient rule"),
    ("ntxent", "embeddings labels", "embeddings", "pairs", {"temperature": 0.07, "eps": 1e-8}, "info_nce",
     "log(1 + sum of exp((s[i, k] - s[i, j]) / temperature))", "by the softmax over pair and others, through the cosines"),
    ("circle", "embeddings labels", "embeddings", "rows", {"gamma": 80.0, "margin": 0.4}, "",
     "log(1 + sum of exp(-gamma * max(margin + d, 0) * (margin - d)) over those alike * sum of exp(gamma * max(1 + "
     "margin - d, 0) * (1 - margin - d)) over others)",
     "by the two softmaxes, through the weights too"),
    ("lifted_structure", "embeddings labels", "embeddings", "pairs", {"margin": 1.0}, "",
     "max(log(sum of exp(margin - d[i, k]) + sum of exp(margin - d[j, k]) over others k) + d[i, j], 0)**2 / 2",
     "by the softmax over the others, through the distances"),
    ("survival_cox", "pred times", "pred", "elements", {}, "",
     "log(sum of exp(pred[j]) over abs(times[j]) >= times[i]) - pred[i] where times[i] > 0, else 0",
     "exp(pred[i]) * sum of 1 / (that sum) over the events up to abs(times[i]), less 1 for an event",
     "h - exp(2 * pred[i]) * sum of 1 / (that sum)**2 over the same events, h = exp(pred[i]) * sum of 1 / (that sum)"),
    ("survival_aft", "pred lower upper", "pred", "elements", {"sigma": 1.0}, "",
     "-log(F((log(upper) - pred) / sigma) - F((log(lower) - pred) / sigma)); -log(f((log(y) - pred) / sigma) / (sigma "
     "* y)) where lower = upper = y",
     "(f(u) - f(l)) / (sigma * (F(u) - F(l))), f'(z) / (sigma * f(z))",
     "g**2 - (f'(u) - f'(l)) / (sigma**2 * (F(u) - F(l))), g the gradient; -log(f)''(z) / sigma**2"),
    ("ranking_softmax", "pred target", "pred", "rows", {}, "listnet ranking_softmax_loss",
     "-sum(t * log(p)), p = softmax(pred)", "p * sum(t) - t", "p * (1 - p) * sum(t)"),
    ("multilabel_margin", "pred target", "pred", "rows", {}, "multilabel_margin_loss",
     "sum of max(1 - (pred[j] - pred[i]), 0) / classes", "-1 / classes to j, 1 / classes to i, where the term is above 0"),
    ("margin_cross_entropy", "cosines labels", "cosines", "rows", {"margin1": 1.0, "margin2": 0.5, "margin3": 0.0, "scale": 64.0}, "",
     "logsumexp(z) - z[k], z = scale * cosines, but z[k] = scale * (cos(margin1 * a + margin2) - margin3), a = arccos(cosines[k])",
     "scale * p, of k scale * (p[k] - 1) * margin1 * sin(margin1 * a + margin2) / sin(a)"),
    ("npairs", "similarity labels", "similarity", "rows", {}, "", "-sum(t * log(p)), p = softmax(similarity), t = alike / sum(alike)",
     "p - t"),
    ("npair", "anchor positive labels", "anchor positive", "rows", {"l2_reg": 0.002}, "npair_loss",
     "npairs of anchor @ positive.T, + l2_reg * (sum(anchor**2) + sum(positive**2)) / 4",
     "danchor = (p - t) @ positive + l2_reg * anchor / 2, dpositive = (p - t).T @ anchor + l2_reg * positive / 2"),
    ("cross_entropy_lambda", "pred target exposure", "pred", "elements", {}, "",
     "-(t * log(q) + (1 - t) * log(1 - q)), q = 1 - (1 + exp(pred))**-exposure", "(1 - t / q) * exposure * sigmoid(pred)",
     "t * (1 - q) * (exposure * s / q)**2 + (1 - t / q) * exposure * s * (1 - s), s = sigmoid(pred)"),
    ("entmax_loss", "logits labels", "logits", "rows", {"alpha": 1.5}, "",
     "(1 - sum(p**alpha)) / (alpha * (alpha - 1)) + sum(p * (z - z[k])), p = entmax(z, alpha), z = logits", "p - onehot(k)"),
    ("sparsemax_binary", "pred target", "pred", "elements", {}, "", "sparse_plus(-pred) if target = 1, sparse_plus(pred) if target = 0",
     "-sparse_sigmoid(-pred) if target = 1, sparse_sigmoid(pred) if target = 0", "1 / 2 if -1 < pred < 1, else 0"),
    ("poly_binary_cross_entropy", "pred target", "pred", "elements", {"epsilon": 2.0, "gamma": 0.0, "label_smoothing": 0.0}, "",
     "sigmoid_focal + epsilon * w * u**(gamma + 1), u = t * (1 - s) + (1 - t) * s, s = sigmoid(pred), w = t * alpha + (1 - t) * "
     "(1 - alpha) or 1",
     "that of sigmoid_focal + epsilon * w * (gamma + 1) * u**gamma * v, v = (1 - 2 * t) * s * (1 - s)",
     "that of sigmoid_focal + epsilon * w * (gamma + 1) * u**gamma * v * (gamma * v / u + 1 - 2 * s)"),
    ("two_way", "pred target", "pred", "batch", {"tp": 4.0, "tn": 1.0}, "",
     "mean over rows, and mean over columns, of log(1 + exp(u)), u = tn * log(sum of exp(pred / tn) where target = 0) + tp * log(sum of "
     "exp(-pred / tp) where target > 0)",
     "sigmoid(u) times the softmax of pred / tn where target = 0, and less that of -pred / tp where target > 0"),
    ("ctc", "log_probs targets input_lengths target_lengths", "log_probs", "sequences", {}, "ctc_loss",
     "-log(sum over all alignments of target and input of the product of their probabilities)",
     "exp(log_probs) - how likely each class is at each time, given the target"),
)  # fmt: skip


def _row(name, arrays, gradients, unit, parameters, aliases, formula, derivative, hessian=""):
    passes = ("value", "gradient", "value_and_gradient") if gradients else ("value",)
    passes += ("gradient_and_hessian",) * bool(hessian)
    return {
        "name": name, "kind": "composed_loss", "aliases": tuple(aliases.split()),
        "formula": formula, "derivative": derivative, "hessian": hessian,
        "passes": passes, "parameters": parameters, "max_ulp": {}, "unit": unit,
        "arrays": tuple(arrays.split()), "gradients": tuple(gradients.split()),
    }  # fmt: skip


ROWS = {values[0]: _row(*values) for values in _LOSSES}
NAMES = {word: name for name, row in ROWS.items() for word in (name, *row["aliases"])}  # aliases too -> canonical names
