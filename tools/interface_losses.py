"""Classes of the .pyi for losses."""

from interface_activations import DEFAULTS
from registry import camel

LOSS = '''
class _Loss{suffix}:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,{reduced}
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,{reduced}
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,{reduced}
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
'''
OFFSET_LOSS = '''
class _Offset{made}({made}):
    def constant_to_optimal_zero(self, target: ArrayLike) -> NDArray[Any]: ...
'''
TARGET_LOSS = '''
class _Target{made}({made}):
    def target_gradient(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
'''
# parameters of losses that take more than numbers, and what only Python takes
LOSS_SETTINGS = {
    ("binary_cross_entropy", "clip"): 'clip: float | Literal["torch"] | None = "torch"',
    ("binary_cross_entropy", "base"): 'base: float | Literal["e"] = "e"',
    ("sigmoid_focal", "alpha"): "alpha: ArrayLike | None = None",
    ("binary_cross_entropy_with_logits", "pos_weight"): "pos_weight: ArrayLike = 1.0",
    ("pinball", "quantile"): "quantile: ArrayLike = 0.5",
    ("expectile", "alpha"): "alpha: ArrayLike = 0.5",
}
REDUCED_OPTIONS = {"sigmoid_focal": "\n        normalizer: float | None = None,"}
LOSS_OPTIONS = {name: ', labels: Literal["01"] | None = None' for name in ("hinge", "squared_hinge")}
TARGET_LOSSES = ("kl_div",)
OFFSET_LOSSES = ("half_poisson", "half_gamma", "binary_cross_entropy_with_logits", "exponential_loss")
ROW_LOSS = '''
class _RowLoss{suffix}:
    max_ulp: dict[str, float]
    def __call__(
        self, {inputs},
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, {inputs},
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, {inputs},
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
'''
HESSIAN = "gradient_and_hessian"
ROW_HESSIAN = '''    def gradient_and_hessian(
        self, {inputs},
        *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_factor: float = 1.0, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
'''
# what the options of losses of rows are; other settings are numbers
ROW_OPTIONS = {
    "class_weight": "ArrayLike | None = None",
    "alpha": "ArrayLike | None = None",
    "ignore_index": "int | None = None",
    "clip": 'float | Literal["torch"] | None = "torch"',
    "base": 'Literal["e", 2] = "e"',
    "normalize": "bool = False",
    "reduced_threshold": "float | None = None",
    "normalized": "bool = False",
}
PENALTY = '''
class _Penalty{suffix}:
    max_ulp: dict[str, float]
    def __call__(self, w: _Weights{settings}) -> np.float64: ...
    def gradient(self, w: _Weights{settings}, {star}out: _WeightsOut = None) -> Any: ...
    def value_and_gradient(self, w: _Weights{settings}, {star}out: _WeightsOut = None) -> tuple[np.float64, Any]: ...
'''
JOINT = '''
class _Joint{suffix}:
    max_ulp: dict[str, float]
    def __call__(
        self, {arrays}{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, {arrays}{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: {out} | None = None,
    ) -> {made}: ...
    def value_and_gradient(
        self, {arrays}{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: {out} | None = None,
    ) -> tuple[Any, {made}]: ...
'''
JOINT_HESSIAN = '''    def gradient_and_hessian(
        self, {arrays}{settings}, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
'''
# what stands before the parameters of a joint loss, and what penalties have instead of them
_ROWS, _WHOLE = ", axis: int = -1", ", axis: int | None = None"
SETTINGS = {
    "cosine_similarity_loss": _ROWS,
    "generalized_dice": _ROWS,
    **dict.fromkeys(("pair_logit", "ranking_softmax", "multilabel_margin", "margin_cross_entropy", "entmax_loss"), _ROWS),
    "lambda_rank": _ROWS + ', truncation: int | None = 30, normalize: bool = True, gain: Literal["exponential", "linear"] = "exponential"',
    **dict.fromkeys(("dice", "tversky", "jaccard", "mcc"), _WHOLE),
    "lovasz_hinge": _WHOLE + ", ignore: int | None = None",
    "lovasz_softmax": _ROWS + ', classes: Literal["present", "all"] = "present", per_image: bool = False, ignore: int | None = None',
    "box_iou": ', kind: Literal["iou", "giou", "diou", "ciou"] = "iou"',
    "survival_aft": ', distribution: Literal["normal", "logistic", "extreme"] = "normal"',
    "ctc": ", blank: int = 0, zero_infinity: bool = False",
    "circle": ", remove_diagonal: bool = True",
    "poly_binary_cross_entropy": ", alpha: float | None = None",
}
# what stands behind them
MORE_SETTINGS = {
    **dict.fromkeys(("dice", "jaccard"), ", log_loss: bool = False, squared_pred: bool = False"),
    "tversky": ", gamma: float = 1.0",
    "triplet_margin": ", distance_function: Callable[[NDArray[Any], NDArray[Any]], ArrayLike] | None = None",
}
PENALTIES = {
    "l1_penalty": ", lam: float = 0.01",
    "l2_penalty": ", lam: float = 0.01, half: bool = False, n: float = 1",
    "elastic_net_penalty": ", l1: float | None = None, l2: float | None = None, *, alpha: float | None = None, "
    "l1_ratio: float | None = None",
    "orthogonal_penalty": ', factor: float = 0.01, mode: Literal["rows", "columns"] = "rows"',
}
FLAGS = ("full", "swap")
FIXED = {"pairwise_distance": "_PairwiseDistance", "prox_l1": "_Prox", "prox_l2": "_Prox", "prox_elastic_net": "_ProxElasticNet"}


def loss_class(name, parameters):
    """(name of the class, texts of it and what it is made of) of a pointwise loss."""
    usual = [(word, f"{word}: float{DEFAULTS.get(default, f' = {default}')}") for word, default in parameters]
    settings = "".join(f", {LOSS_SETTINGS.get((name, word), declared)}" for word, declared in usual) + LOSS_OPTIONS.get(name, "")
    special = name in LOSS_OPTIONS or any((name, word) in LOSS_SETTINGS for word, _ in parameters)
    suffix = "".join(map(camel, [name] if special else [word for word, _ in parameters]))
    made = f"_Loss{suffix}"
    texts = [LOSS.format(suffix=suffix, settings=settings, reduced=REDUCED_OPTIONS.get(name, ""))]
    if name in OFFSET_LOSSES:
        texts.append(OFFSET_LOSS.format(made=made))
        made = f"_Offset{made}"
    if name in TARGET_LOSSES:
        texts.append(TARGET_LOSS.format(made=made, settings=settings))
        made = f"_Target{made}"
    return made, texts


def row_loss_class(name, words, parameters, tables):
    """(name of the class, its text) of a loss of rows; `tables` are those of fastact/row_losses.py and catalog.py."""
    first, second = tables["FIRST"].get(name, "logits"), "target" if "PROBABILITIES" in words else "labels"
    options = {word: f"{word}: {ROW_OPTIONS.get(word, 'float = 0.0')}" for word in tables["OPTIONS"].get(name, ())}
    settings = [text for word, text in options.items() if word not in tables["LAST"]]
    settings += [f"{word}: {ROW_OPTIONS.get(word, f'float = {default}')}" for word, default in parameters]
    settings += [text for word, text in options.items() if word in tables["LAST"]]
    inputs = ", ".join([f"{first}: ArrayLike", f"{second}: ArrayLike", "axis: int = -1", *settings])
    text = ROW_LOSS + ROW_HESSIAN if HESSIAN in tables["LOSS_PASSES"].get(name, ()) else ROW_LOSS
    return f"_RowLoss{camel(name)}", text.format(suffix=camel(name), inputs=inputs)


def joint_class(name, arrays, gradients, parameters, hessian=""):
    """(name of the class, its text) of a joint loss or penalty; parameters are pairs of name and default."""
    suffix = camel(name)
    if name in FIXED:
        return FIXED[name], ""
    if name in PENALTIES:
        star = "" if "*" in PENALTIES[name] else "*, "
        return f"_Penalty{suffix}", PENALTY.format(suffix=suffix, settings=PENALTIES[name], star=star)
    settings = SETTINGS.get(name, "")
    for word, default in parameters:
        settings += f", {word}: bool = {bool(float(default))}" if word in FLAGS else f", {word}: float = {default}"
    settings += MORE_SETTINGS.get(name, "")
    out, made = "NDArray[Any]", "NDArray[Any]"
    if len(gradients) > 1:
        out = f"tuple[{', '.join(['NDArray[Any] | None'] * len(gradients))}]"
        made = f"tuple[{', '.join(['NDArray[Any]'] * len(gradients))}]"
    declared = ", ".join(f"{word}: ArrayLike" for word in arrays)
    text = JOINT + JOINT_HESSIAN if hessian else JOINT
    return f"_Joint{suffix}", text.format(suffix=suffix, arrays=declared, settings=settings, out=out, made=made)
