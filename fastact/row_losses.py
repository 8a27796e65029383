"""Losses of rows: scores with a label, or a row of targets, each."""

import math
from functools import partial

import numpy as np

from . import _core, library
from .arrays import (
    as_array,
    as_axis,
    as_flag,
    as_lines,
    as_mask,
    as_number,
    as_plain,
    as_real,
    check_output,
    deliver,
    is_float,
    last_axis,
    new_lines,
    result_dtype,
    selected,
    working_dtype,
)
from .catalog import LOSS_PASSES, SPELLED, defaults
from .losses import BOTH, GRADIENT, HESSIAN, VALUE, Reduction, assemble, document_hessian, scale_of, weights_of
from .parameters import ROWS, SHARE, checked, entry_of, number_in
from .reduced_focal import ReducedFocal

EXCLUDED = -1
FLOAT64 = np.dtype(np.float64)
# the first argument where it is not `logits`
FIRST = {
    "categorical_cross_entropy": "probs",
    "sparse_categorical_cross_entropy": "probs",
    "generalized_cross_entropy": "probs",
    "nll": "log_probs",
    "generalized_kl": "log_probs",
}
# what a loss takes beside its parameters
OPTIONS = {
    "cross_entropy": ("class_weight", "ignore_index", "label_smoothing"),
    "categorical_cross_entropy": ("label_smoothing", "normalize"),
    "sparse_categorical_cross_entropy": ("ignore_index", "class_weight", "normalize"),
    "nll": ("class_weight", "ignore_index"),
    "softmax_focal": ("alpha", "reduced_threshold", "normalized"),
    "multi_margin": ("class_weight",),
    "multilabel_soft_margin": ("class_weight",),
}
WEIGHS_MEAN = ("cross_entropy", "nll", "sparse_categorical_cross_entropy")  # class weights of labels count in a mean's divisor
DEFAULTS = {"label_smoothing": 0.0, "normalize": False, "normalized": False}
LAST = ("normalize", "reduced_threshold", "normalized")  # options that follow the parameters


# ---------------------------------------------------------------------- what is given


def _as_labels(call, word, labels, shape, full):
    if labels.dtype.kind not in "iu" and not (labels.size == 0 and 0 in shape):
        also = f", or floating-point targets of shape {full}," if full else ""
        raise TypeError(f"{call}: {word} have dtype {labels.dtype}; integer class labels{also} are accepted")
    if labels.ndim == len(shape) + 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if labels.shape != shape:
        raise ValueError(f"{call}: {word} have shape {labels.shape}; {shape}, that of the scores without the class axis, is accepted")
    return labels


def _refuse_label(call, labels, wrong, columns, ignore_index):
    place = tuple(int(i) for i in np.unravel_index(wrong, labels.shape)) if labels.ndim else ()
    which = f"labels[{', '.join(map(str, place))}]" if place else "labels"
    also = "" if ignore_index is None else f" and ignore_index={ignore_index}"
    raise ValueError(f"{call}: {which} is {labels[place]}; 0 to {columns - 1}{also} are accepted") from None


def _mark_excluded(call, labels, columns, ignore_index, mask):
    """int64 labels with one label, which no class has, in every row that counts nothing."""
    wrong = (labels < 0) | (labels >= columns)
    counts = mask
    if ignore_index is not None:
        counts = counts & (labels != ignore_index)
    if (wrong & counts).any():
        _refuse_label(call, labels, np.flatnonzero(wrong & counts)[0], columns, ignore_index)
    return np.where(counts, labels.astype(np.int64), EXCLUDED)


def _class_weight(call, word, given, columns, dtype):
    if given is None:
        return None
    weight = as_real(call, word, given)
    if word == "alpha" and weight.ndim == 0:
        weight = np.full(columns, weight)
    if weight.shape != (columns,):
        raise ValueError(f"{call}: {word} has shape {weight.shape}; {(columns,)} is accepted")
    plain = as_plain(weight, dtype)
    for place in np.flatnonzero(np.isnan(plain))[:1]:
        raise ValueError(f"{call}: {word}[{place}] is nan; numbers are accepted")
    return plain


class _Rows:
    """Scores, what they are compared with, and weights of one call: rows that count nothing marked, `rows` and `targets` plain with the
    class axis last, or lines along it."""

    def __init__(self, row, call, scores, second, axis, options, sample_weight, where):
        self.call, self.weighs_mean = call, row["name"] in WEIGHS_MEAN
        first = FIRST.get(row["name"], "logits")
        self.z = as_real(call, first, scores)
        self.axis = as_axis(call, axis, self.z.ndim)
        self.shape, self.columns = self.z.shape[: self.axis] + self.z.shape[self.axis + 1 :], self.z.shape[self.axis]
        both, target = len(row["targets"]) == 2, row["targets"] == ("probabilities",)
        given = as_real(call, "target", second) if target else as_array(call, "labels", second)
        self.soft = target or (both and given.shape == self.z.shape and is_float(given.dtype))
        if self.soft and both:
            given = as_real(call, "labels", given)
        self.dtype = result_dtype(scores, second) if self.soft else result_dtype(scores)
        self.normalize = as_flag(call, "normalize", options.get("normalize", False))
        self.work = FLOAT64 if self.normalize else working_dtype(self.dtype)
        self.smoothing = number_in(call, "label_smoothing", options.get("label_smoothing", 0.0), *SHARE)
        self.ignore_index = options.get("ignore_index")
        if self.ignore_index is not None and not isinstance(self.ignore_index, (int, np.integer)):
            raise TypeError(f"{call}: ignore_index is {self.ignore_index!r}; an integer is accepted")
        word = "alpha" if "alpha" in options else "class_weight"
        self.class_weight = _class_weight(call, word, options.get(word), self.columns, self.work)
        self.mask, self.sample_weight = as_mask(call, where, self.shape), sample_weight
        if not self.soft:
            self.given = _as_labels(call, "labels", given, self.shape, self.z.shape if both else None)
        elif given.shape != self.z.shape:
            raise ValueError(f"{call}: target has shape {given.shape} and {first} {self.z.shape}; equal shapes are accepted")
        else:
            self.given = given

    def plain(self, as_they_lie=False):
        """After all checks of outputs, which need none of this; lines where nothing in NumPy reads them."""
        self.labels = self.targets = self.ignored = None
        self.row_weight = weights_of(self.call, self.sample_weight, self.mask if self.soft else None, self.shape, self.work)
        if self.row_weight is not None:
            self.row_weight = self.row_weight.reshape(-1)
        self.are_lines = as_they_lie and not self.normalize and not (self.soft and self.mask is not None)
        if self.are_lines:
            self.rows = as_lines(self.z, self.axis, self.work)
            if self.soft:
                self.targets = as_lines(self.given, self.axis, self.work)
            else:
                self._plain_labels()
            return
        moved = last_axis(self.z, self.axis)
        if self.soft:
            t = as_plain(last_axis(self.given, self.axis), self.work)
            if self.mask is not None:  # whatever stands where nothing counts, NaN too, must not reach a sum
                moved, t = (selected(self.mask[..., None], a, 0) for a in (as_plain(moved, self.work), t))
            self.targets = t.reshape(-1, self.columns) if t.size else np.empty((math.prod(self.shape), self.columns), self.work)
        else:
            self._plain_labels()
        count = math.prod(self.shape)
        self.rows = as_plain(moved, self.work).reshape(count, self.columns) if self.z.size else np.empty((count, self.columns), self.work)
        if self.normalize:
            self._divide_by_sums()

    def _divide_by_sums(self):
        counts = self.mask.reshape(-1) if self.soft and self.mask is not None else None
        if not self.soft and self.ignored is not None:
            counts = self.labels != self.ignored
        if counts is not None:  # whatever stands where nothing counts: its sum must not reach a gradient
            self.rows = np.where(counts[:, None], self.rows, 1.0)
        self.totals = self.rows.sum(axis=-1, keepdims=True)
        self.rows = self.rows / self.totals

    def _plain_labels(self):
        index, mask, labels = self.ignore_index, self.mask, self.given
        # no label that int64 holds is an index beyond it
        self.ignored = index if index is None or -(2**63) <= index < 2**63 else None
        if mask is not None or labels.dtype == np.uint64:  # which int64 does not hold
            mask = np.ones(self.shape, bool) if mask is None else mask
            labels, self.ignored = _mark_excluded(self.call, labels, self.columns, index, mask), EXCLUDED
        self.labels = as_plain(labels, np.int64).reshape(-1)

    def total_weight(self, kernel):
        if self.soft:
            return float(math.prod(self.shape)) if self.row_weight is None else _core.total_weight(self.row_weight)
        class_weight = self.class_weight if self.weighs_mean else None
        return kernel.total_weight(self.labels, self.columns, class_weight, self.row_weight, self.ignored)

    def run(self, kernel, parameters, scale, losses, gradient):
        try:
            weights = self.class_weight, self.row_weight
            total, _ = kernel(
                self.rows, self.labels, *weights, self.ignored, self.smoothing, scale, losses, gradient, self.targets, parameters
            )
        except _core.LabelError as error:
            _refuse_label(self.call, self.given, error.row, self.columns, self.ignore_index)
        if self.normalize and gradient is not None:  # through the quotients
            by_share = gradient.reshape(self.rows.shape)
            by_share -= (by_share * self.rows).sum(axis=-1, keepdims=True)
            by_share /= self.totals
        return total

    def new_gradient(self, out, *others):
        """A gradient, and what the kernel is given of it; out itself where it may write there."""
        if self.are_lines:
            apart = self.labels, self.class_weight, self.row_weight, *others
            inputs = (self.z, self.given) if self.soft else (self.z,)
            return new_lines(out, self.z.shape, self.work, self.axis, *inputs, apart_from=apart)
        made = _core.new_output((*self.shape, self.columns), self.work)
        return np.moveaxis(made, -1, self.axis), made


# ---------------------------------------------------------------------- calls


def _with_focal_options(kernel, call, given, options):
    """The kernel, or what has the options that it does not."""
    threshold, normalized = options.get("reduced_threshold"), as_flag(call, "normalized", options.get("normalized", False))
    if threshold is None and not normalized:
        return kernel
    if threshold is not None:
        threshold = number_in(call, "reduced_threshold", threshold, "None and numbers above 0, up to 1,", lambda v: 0 < v <= 1)
    if given.soft:
        raise ValueError(f"{call}: labels are targets of every class; with reduced_threshold and normalized integer labels are accepted")
    return ReducedFocal(kernel, threshold, normalized)


def _reduced(kernel, row, which):
    call = kernel.name if which == VALUE else f"{kernel.name}.{which}"

    @np.errstate(all="ignore")
    def run(scores, second, axis, options, parameters, reduction, empty, sample_weight, where, out, grad_out):
        parameters = tuple(checked(ROWS, call, name, value) for name, value in parameters.items())
        given = _Rows(row, call, scores, second, axis, options, sample_weight, where)
        how = Reduction(call, reduction, empty, given.shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, given.dtype)
        check_output(call, "out" if which == GRADIENT else "grad_out", grad_out, given.z.shape, given.dtype)
        runs = _with_focal_options(kernel, call, given, options)
        given.plain(as_they_lie=runs is kernel)
        divisor = how.divisor(partial(given.total_weight, kernel))
        losses = made = gradient = None
        if which != GRADIENT and how.name == "none":
            losses = _core.new_output(given.shape, given.work)
        if which != VALUE:
            made, gradient = given.new_gradient(grad_out, out)
        total = given.run(runs, parameters, scale_of(divisor), losses, gradient)
        value = how.finish(total, divisor, losses, given.dtype, out) if which != GRADIENT else None
        return value, deliver(made, given.dtype, grad_out) if which != VALUE else None

    return run


def _softmax_curvature(given):
    """p (1 - p) of every class, p the softmax, and its weight."""
    p = np.empty(given.rows.shape)
    _core.Rows("softmax").value(given.rows.astype(np.float64), p)
    others = p.copy()  # 1 - p of the largest from the sum of the others
    top = (np.arange(len(p)), p.argmax(-1)) if p.size else (slice(0), slice(0))
    others[top] = 0
    rest = 1 - p
    rest[top] = others.sum(-1)
    return p * rest, _curvature_weight(given)[:, None]


def _sigmoid_curvature(given):
    """s (1 - s) of every class, s the sigmoid, and its weight."""
    z, sigmoid = given.rows.astype(np.float64), library.function("sigmoid")
    curved = sigmoid(z) * sigmoid(-z)
    if not given.soft:
        return curved, _curvature_weight(given)[:, None]
    weight = np.ones((1, 1)) if given.class_weight is None else given.class_weight.astype(np.float64)
    return curved / max(given.columns, 1), weight if given.row_weight is None else weight * given.row_weight[:, None]


# second derivatives, and how docstrings say them
_CURVATURES = {
    "cross_entropy": (_softmax_curvature, "p * (1 - p), p = softmax(z)"),
    "one_vs_all": (_sigmoid_curvature, "s * (1 - s), s = sigmoid(z)"),
    "multilabel_soft_margin": (_sigmoid_curvature, "s * (1 - s) / classes, s = sigmoid(z)"),
}


def _with_hessian(kernel, row):
    call, (curvature, _) = f"{kernel.name}.{HESSIAN}", _CURVATURES[kernel.name]

    @np.errstate(all="ignore")
    def run(logits, labels, axis, options, sample_weight, where, hess_factor, hess_floor, grad_out, hess_out):
        factor, floor = as_number(call, "hess_factor", hess_factor), as_number(call, "hess_floor", hess_floor)
        for word, number in (("hess_factor", factor), ("hess_floor", floor)):
            if math.isnan(number):
                raise ValueError(f"{call}: {word} is nan; numbers are accepted")
        given = _Rows(row, call, logits, labels, axis, options, sample_weight, where)
        for argument, out in (("grad_out", grad_out), ("hess_out", hess_out)):
            check_output(call, argument, out, given.z.shape, given.dtype)
        given.plain()
        made, gradient = given.new_gradient(grad_out)
        given.run(kernel, (), 1.0, None, gradient)
        curved, weight = curvature(given)
        hessian = (np.maximum(factor * curved, floor) * weight).reshape(gradient.shape)
        return deliver(made, given.dtype, grad_out), deliver(np.moveaxis(hessian, -1, given.axis), given.dtype, hess_out)

    return run


def _curvature_weight(given):
    """What p (1 - p) of every row is multiplied by: the sum of class weight times target, times the row's own weight."""
    w = np.ones(given.columns) if given.class_weight is None else given.class_weight.astype(np.float64)
    kept, spread = 1 - given.smoothing, given.smoothing / max(given.columns, 1) * w.sum()
    if given.soft:
        total = kept * (given.targets.astype(np.float64) @ w) + spread
    else:
        counts = np.ones(len(given.labels), bool) if given.ignored is None else given.labels != given.ignored
        total = np.where(counts, kept * w[np.where(counts, given.labels, 0)] + spread, 0.0)
    return total if given.row_weight is None else total * given.row_weight


# options and parameters go by their names: nll(log_probs, labels, axis=-1, class_weight=None, ...)
_CALLS = """
def value({inputs}{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_value({inputs}, axis, {options}, {parameters}, reduction, empty, sample_weight, where, out, None)[0]

def gradient({inputs}{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_gradient({inputs}, axis, {options}, {parameters}, reduction, empty, sample_weight, where, None, out)[1]

def value_and_gradient({inputs}{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None, grad_out=None):
    return run_value_and_gradient({inputs}, axis, {options}, {parameters}, reduction, empty, sample_weight, where, out, grad_out)

def gradient_and_hessian({inputs}{declared}, *, sample_weight=None, where=None, hess_factor=1.0, hess_floor=0.0, grad_out=None,
                         hess_out=None):
    return run_gradient_and_hessian({inputs}, axis, {options}, sample_weight, where, hess_factor, hess_floor, grad_out, hess_out)
"""


def signature(row):
    """Names and defaults of what follows the two arrays, for the functions and for the stub."""
    options = {name: DEFAULTS.get(name) for name in OPTIONS.get(row["name"], ())}
    first, last = ({name: options[name] for name in options if (name in LAST) is late} for late in (False, True))
    return {"axis": -1} | first | defaults(row) | last


def _defined(row, namespace):
    first, second = FIRST.get(row["name"], "logits"), "labels" if "labels" in row["targets"] else "target"
    passed = {
        key: "{" + ", ".join(f"{name!r}: {name}" for name in names) + "}"
        for key, names in (("options", OPTIONS.get(row["name"], ())), ("parameters", row["parameters"]))
    }
    declared = "".join(f", {name}={default!r}" for name, default in signature(row).items())
    exec(_CALLS.format(inputs=f"{first}, {second}", declared=declared, **passed), namespace)
    return first, second


# ---------------------------------------------------------------------- documentation

_SCORES = {
    "logits": "Scores; a row along `axis` holds one for each class.",
    "probs": "Probabilities; a row along `axis` holds one for each class. They are taken as they are, whatever their sum.",
    "log_probs": "Logarithms of probabilities; a row along `axis` holds one for each class.",
}
_SECOND = {
    ("labels",): "labels : array_like of int\n    The right class of every row: the shape of {first} without the class axis.",
    ("probabilities",): "target : array_like\n    What every class should be, of the shape of {first}.",
    ("labels", "probabilities"): "labels : array_like\n    The right class of every row, integers of the shape of {first} without the "
    "class axis; or\n    a target for every class, floating-point numbers of the shape of {first}.",
}
_DESCRIBED = {
    "axis": "axis : int, default -1\n    The class axis.",
    "class_weight": "class_weight : array_like, optional\n    Weight of every class, of shape (classes,).",
    "alpha": "alpha : float or array_like, optional\n    Weight of all classes, or of every class, of shape (classes,). "
    "A mean is over rows all the same.",
    "ignore_index": "ignore_index : int, optional\n    Rows with this label count nothing: in the value, the gradient and the divisor. "
    "Without it every label must be a class.",
    "normalize": "normalize : bool, default False\n    Whether the probabilities of a row are divided by their sum first, as Keras does; "
    "all is computed in float64 then.",
    "reduced_threshold": "reduced_threshold : float, optional\n    Rows whose label has a smaller probability are not focused, and "
    "(1 - p) / reduced_threshold stands for 1 - p\n    in others. In float64, of labels alone, as normalized.",
    "normalized": "normalized : bool, default False\n    Whether losses are divided by the sum of the focusing factors of all rows, "
    "which is at least 1e-6.",
    "label_smoothing": "label_smoothing : float from 0 to 1, default 0\n    Share of the target that is spread evenly over the classes.",
}
_HESSIAN_OPTIONS = """
hess_factor, hess_floor : float, default 1 and 0
    What {formula} is multiplied by, and the smallest Hessian before weights.{factors}"""
_FACTORS = " scikit-learn has factor 1, XGBoost 2, LightGBM\n    classes / (classes - 1)."


def _inputs(row, first):
    described = [f"{first} : array_like\n    {_SCORES[first]}", _SECOND[row["targets"]].format(first=first)]
    for name, default in signature(row).items():
        kind = " or ".join(["float", *map(repr, SPELLED.get(f"{row['name']}.{name}", ()))])
        described.append(_DESCRIBED.get(name) or f"{name} : {kind}, default {default!r}\n    {entry_of(ROWS, row['name'], name)[0]}")
    return "\n".join(described)


def _example(row, first):
    scores = np.array([[0.5, 0.5]]) if first == "probs" else np.array([[-1.0, -1.0]]) if first == "log_probs" else np.array([[1.0, 1.0]])
    return scores, np.array([0]) if "labels" in row["targets"] else np.array([[1.0, 0.0]])


def build(row):
    """The functions of a ROW_LOSS row of the catalog."""
    kernel = _core.RowLoss(row["name"])
    namespace = {f"run_{which}": _reduced(kernel, row, which) for which in (VALUE, GRADIENT, BOTH)}
    curved = HESSIAN in LOSS_PASSES.get(row["name"], ())
    if curved:
        namespace[f"run_{HESSIAN}"] = _with_hessian(kernel, row)
    first, _ = _defined(row, namespace)
    letter = {"logits": "z is logits", "probs": "p is probs", "log_probs": "lp is log_probs"}[first]
    ulp = row["max_ulp"]["float32"][0]
    words = {
        "inputs": _inputs(row, first),
        "unit": "row",
        "first_axes": "",
        "raises_type": " and for labels that are no integers" if "labels" in row["targets"] else "",
        "raises_value": ", a label that is no class" if "labels" in row["targets"] else "",
        "notes": f"{letter}, k the label, t the targets of a row.\n"
        f"Sums run in a fixed order; rows are within {ulp:g} ulp, means within 2.5, float64 gradients of weighted means within 3.",
    }
    arguments = _example(row, first)
    loss = assemble(row, {which: namespace[which] for which in (VALUE, GRADIENT, BOTH)}, arguments, first, words)
    if curved:
        loss.gradient_and_hessian = _document_hessian(row, namespace[HESSIAN], arguments, words)
    return loss


def _document_hessian(row, function, arguments, words):
    title = f"Gradient of {row['name']} and the diagonal of its second derivative, not reduced: what boosting libraries ask for."
    shape, hessian = "Of the shape and dtype of logits, times the weights.", _CURVATURES[row["name"]][1]
    options = _HESSIAN_OPTIONS.format(formula=hessian.partition(",")[0], factors=_FACTORS if row["name"] == "cross_entropy" else "")
    call = f"{row['name']}.{HESSIAN}"
    return document_hessian(call, row, function, arguments, words, title, options, shape, f"{hessian}, within 4 ulp")
