"""Arguments to call every function that has a backward pass or a gradient with: small, inside the domain, away from kinks."""

import inspect

import numpy as np
from helpers import EVERY_FUNCTION, REQUIRED, inside, sample
from joint_formulas import arrays_of
from pointwise_formulas import REFERENCES, into_domain, targets_of

import fastact

# without a pass that takes the arguments or the value: rrelu_train returns two arrays, proximal operators are steps themselves
# or whose gradients are no plain arrays
WITHOUT = {"rrelu_train", "prox_l1", "prox_l2", "prox_elastic_net", "sampled_softmax", "nce", "adaptive_log_softmax"}
NAMES = [name for name in EVERY_FUNCTION if name not in WITHOUT]
LOSSES = [name for name in NAMES if EVERY_FUNCTION[name].kind.endswith("loss") and "penalty" not in name and name != "pairwise_distance"]
LOSSES.append("linear_cross_entropy")
# the gradient of ctc takes log_probs for what log_softmax made, as PyTorch's does
THROUGH_LOG_SOFTMAX = {"ctc"}
_LABELS = np.array([0, 2, 1, 4])
_OTHERS = {
    "softmax_segments": {"lengths": [3, 5]},
    "multilabel_soft_margin": {"target": np.eye(5)[_LABELS]},
    "zlpr": {"target": np.eye(5)[_LABELS]},
    "categorical_hinge": {"target": np.eye(5)[_LABELS]},
    "xielu": {"alpha_p": np.array(0.2), "alpha_n": np.array(-1.0)},
}  # fmt: skip


def _rows(seed, shape=(4, 5)):
    return np.random.default_rng(seed).normal(0, 1, shape)


def arguments_of(name):
    """(positional arguments in float64, keywords)."""
    kind, others = EVERY_FUNCTION[name].kind, _OTHERS.get(name, {})
    if name == "gumbel_softmax":
        others = {"rng": np.random.default_rng(7)}
    if kind == "elementwise":
        x = inside(name, sample(12, "float64", 3, reach=4) + 0.015625)
        return (x, *[0.25] * (name in REQUIRED) * sum(default is None for default in EVERY_FUNCTION[name].parameters.values())), {}
    if name == "linear_cross_entropy":
        return (_rows(1, (4, 3)), _rows(2, (5, 3)), _LABELS, _rows(3, (5,))), {}
    if kind in ("rowwise", "composed"):
        return (_rows(1, (3, 8)),), others
    if kind == "gated":
        return (_rows(1), _rows(2)), {}
    if kind == "learned":
        return (_rows(1), np.abs(_rows(2, (5,)))), {}
    if kind == "loss":
        pred = into_domain(REFERENCES[name][1], _rows(1, (6,)))
        return (pred, targets_of(REFERENCES[name][1], 6)), {}
    if kind == "row_loss":
        scores, first = _rows(1), next(iter(inspect.signature(getattr(fastact, name)).parameters))
        if first != "logits":
            scores = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
        targets = np.abs(_rows(2)) / 4 if "labels" not in EVERY_FUNCTION[name].targets else _LABELS
        return (np.log(scores) if first == "log_probs" else scores, *(() if others else (targets,))), others
    return _joint(name), {"normalize": False} if name == "lambda_rank" else {}  # whose weights would change with the scores


def _joint(name):
    if "penalty" in name:
        return (_rows(1),)
    if name == "pairwise_distance":
        return (_rows(1), _rows(2))
    if name == "survival_cox":
        return (_rows(1, (6,)), np.array([3.0, -1, 4, -1.5, 5, 9]))
    if name == "survival_aft":
        return (_rows(1, (4,)), np.array([1.0, 2, 0, 4]), np.array([1.0, np.inf, 2, 5]))
    if name == "ctc":
        scores = _rows(1, (6, 2, 4))
        lengths = np.array([[1, 2], [3, 0]]), np.array([6, 5]), np.array([2, 1])
        return (scores - np.log(np.exp(scores).sum(-1, keepdims=True)), *lengths)
    return tuple(arrays_of(name, "float64"))
