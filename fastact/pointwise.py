"""Losses of predictions and targets, element by element: value, gradient, both, and gradient with Hessian for boosting libraries."""

import math

import numpy as np

from . import _core, activations, library
from .arrays import (
    as_mask,
    as_number,
    as_plain,
    as_real,
    check_output,
    deliver,
    example_of,
    is_float,
    name_function,
    result_dtype,
    selected,
    takes_result,
    working_dtype,
)
from .catalog import SPELLED, defaults
from .losses import (
    BOTH,
    GRADIENT,
    HESSIAN,
    REDUCTION,
    VALUE,
    WEIGHTS,
    Reduction,
    assemble,
    docstring,
    document_hessian,
    in_front_of,
    scale_of,
    weights_of,
)
from .parameters import ELEMENTS, FLAGS, checked, checked_array, entry_of, plain_parameters

HESSIANS = ("exact", "unit")
# what their docstrings are shown with, where ([0.5, 2], [1, 1]) means little
EXAMPLES = {
    "binary_cross_entropy": ([0.25, 0.75], [0.0, 1.0]),
    "kl_div": ([-1.0, -2.0], [0.25, 0.75]),
    "js_div": ([0.25, 0.75], [0.5, 0.5]),
}
# where targets may be given as 0 and 1
MARGINS = ("hinge", "squared_hinge")
# whose sum may be divided by a number: of positive samples, say
NORMALIZED = ("sigmoid_focal",)
# least loss of every target, to be added where the best one is to be 0
_LEAST = {
    "half_poisson": lambda t: _times_log(t) - t,
    "half_gamma": lambda t: -np.log(t) - 1,
    "binary_cross_entropy_with_logits": lambda t: _times_log(t) + _times_log(1 - t),
    "exponential_loss": lambda t: -2 * np.sqrt(t * (1 - t)),
}


def _times_log(t):
    return t * np.log(np.where(t == 0, 1, t))


# ---- parameters that may differ from element to element: what they make of targets and weights, beside the number that the kernel takes


def _smoothed(t, others):
    smoothing = t.dtype.type(others["label_smoothing"])
    return t * (1 - smoothing) + smoothing / 2 if smoothing else t


def _of_pos_weight(p, t, value, others):
    """The loss is linear in the target, so that any target and weight is another target times another weight."""
    t = _smoothed(t, others)
    factor, made = 1 - t, value * t
    factor += made
    nothing = factor == 0
    made /= factor
    np.copyto(made, t, where=nothing)
    return made, factor


def _of_side(p, t, level, others):
    """Twice the weight of the side that the prediction is on; both are 1 / 2 in the kernel."""
    return t, 2 * np.where(p < t, level, 1 - level)


def _of_class(p, t, alpha, others):
    t = _smoothed(t, others)
    return t, t * alpha + (1 - t) * (1 - alpha)


DIFFERING = {
    ("binary_cross_entropy_with_logits", "pos_weight"): (1.0, _of_pos_weight, ("label_smoothing",)),
    ("pinball", "quantile"): (0.5, _of_side, ()),
    ("expectile", "alpha"): (0.5, _of_side, ()),
    ("sigmoid_focal", "alpha"): (SPELLED["sigmoid_focal.alpha"][None], _of_class, ("label_smoothing",)),
}


class _Parameters:
    """Parameters of one call: numbers for the kernel, and at most one of them an array."""

    def __init__(self, call, name, parameters, pred):
        self.array, numbers = None, {}
        for word, value in parameters.items():
            if (name, word) in DIFFERING and np.ndim(value) > 0:
                shape = pred.shape if hasattr(pred, "shape") else as_real(call, "pred", pred).shape
                self.array = word, checked_array(ELEMENTS, call, word, value, shape)
                numbers[word], self.change, self.settled = DIFFERING[name, word]
            else:
                numbers[word] = checked(ELEMENTS, call, word, value)
        self.numbers, self.all = numbers, tuple(numbers.values())
        self.given = tuple(value if self.array is None or word != self.array[0] else self.array[1] for word, value in numbers.items())

    def plain(self, p, t, weight):
        """(target, weight) for the kernel."""
        if self.array is None:
            return t, weight
        value = np.broadcast_to(as_plain(self.array[1], t.dtype), t.shape)
        t, factor = self.change(p, t, value, self.numbers)
        if self.settled:  # what the change has seen to
            self.all = tuple(0.0 if word in self.settled else number for word, number in self.numbers.items())
        return np.ascontiguousarray(t), np.ascontiguousarray(factor if weight is None else weight * factor)


def _relabelled(call, target, labels):
    """Targets of -1 and 1."""
    if labels is None:
        return target
    if labels != "01":
        raise ValueError(f"{call}: labels is {labels!r}; None and '01' are accepted")
    t = as_real(call, "target", target)
    wrong = (t != 0) & (t != 1)
    if wrong.any():
        place = tuple(map(int, np.argwhere(wrong)[0]))
        raise ValueError(f"{call}: target[{', '.join(map(str, place))}] is {t[place]}; 0 and 1 are accepted where labels is '01'")
    return np.where(t == 0, t.dtype.type(-1), t) if is_float(t.dtype) else np.where(t == 0, -1, 1)


class _Inputs:
    """Predictions, targets and weights of one call, plain and masked."""

    def __init__(self, call, pred, target, sample_weight, where):
        p, t = as_real(call, "pred", pred), as_real(call, "target", target)
        if p.shape != t.shape:
            raise ValueError(f"{call}: pred has shape {p.shape} and target {t.shape}; equal shapes are accepted")
        self.dtype, self.shape = result_dtype(pred, target), p.shape
        self.work = working_dtype(self.dtype)
        self.given = p, t, sample_weight, as_mask(call, where, p.shape)

    def plain(self, call):
        """(pred, target, weight) for a kernel; after all checks of outputs, which need none of this."""
        p, t, sample_weight, mask = self.given
        weight = weights_of(call, sample_weight, mask, self.shape, self.work)
        p, t = as_plain(p, self.work), as_plain(t, self.work)
        if mask is not None:  # whatever stands where nothing counts, NaN too, must not reach a sum; every loss is finite at (1, 1)
            p, t = selected(mask, p, 1), selected(mask, t, 1)
        return p, t, weight


def _is_foreign(array):
    """Whether ufuncs are its own business: a pandas Series, a dask or masked array."""
    return hasattr(array, "__array_ufunc__") and not isinstance(array, np.generic) and type(array) is not np.ndarray


def _elementwise(ufuncs, which, pred, target, parameters):
    """(losses, gradients) of arrays of other kinds, which stay what they are."""
    dtype = getattr(pred, "dtype", None)
    if isinstance(dtype, np.dtype) and is_float(dtype) and getattr(getattr(target, "dtype", None), "kind", "") in ("b", "i", "u"):
        target = target.astype(dtype)  # integer targets do not widen predictions
    wanted = which != GRADIENT, which != VALUE
    return tuple(ufunc(pred, target, *parameters) if want else None for ufunc, want in zip(ufuncs, wanted))


def _reduced(kernel, which, ufuncs):
    call = kernel.name if which == VALUE else f"{kernel.name}.{which}"

    @np.errstate(all="ignore")
    def run(pred, target, labels, parameters, reduction, empty, sample_weight, where, out, grad_out, normalizer=None):
        parameters = _Parameters(call, kernel.name, parameters, pred)
        target = _relabelled(call, target, labels)
        plain = sample_weight is where is out is grad_out is normalizer is None
        if reduction == "none" and plain and (_is_foreign(pred) or _is_foreign(target)):
            return _elementwise(ufuncs, which, pred, target, parameters.given)
        given = _Inputs(call, pred, target, sample_weight, where)
        dtype, work, shape = given.dtype, given.work, given.shape
        how = Reduction(call, reduction, empty, shape, normalizer)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, dtype)
        check_output(call, "out" if which == GRADIENT else "grad_out", grad_out, shape, dtype)
        p, t, weight = given.plain(call)
        divisor = how.divisor(lambda: float(p.size) if weight is None else _core.total_weight(weight))
        losses = gradient = None
        if which != GRADIENT and how.name == "none":
            losses = out if takes_result(out, work, p, t, weight, grad_out) else _core.new_output(shape, work)
        if which != VALUE:
            gradient = grad_out if takes_result(grad_out, work, p, t, weight, out) else _core.new_output(shape, work)
        t, weight = parameters.plain(p, t, weight)
        reduced = which != GRADIENT and losses is None
        sums = kernel(p, t, weight, parameters.all, scale_of(divisor), losses, gradient, None, reduced)
        value = how.finish(sums[0] if reduced else None, divisor, losses, dtype, out) if which != GRADIENT else None
        return value, deliver(gradient, dtype, grad_out) if which != VALUE else None

    return run


def _with_hessian(kernel):
    call = f"{kernel.name}.{HESSIAN}"

    @np.errstate(all="ignore")
    def run(pred, target, labels, parameters, sample_weight, where, hess, hess_floor, grad_out, hess_out):
        parameters = _Parameters(call, kernel.name, parameters, pred)
        target, floor = _relabelled(call, target, labels), as_number(call, "hess_floor", hess_floor)
        if hess not in HESSIANS:
            raise ValueError(f"{call}: hess is {hess!r}; {' and '.join(map(repr, HESSIANS))} are accepted")
        if math.isnan(floor):
            raise ValueError(f"{call}: hess_floor is nan; numbers are accepted, -inf for no floor")
        given = _Inputs(call, pred, target, sample_weight, where)
        for argument, out in (("grad_out", grad_out), ("hess_out", hess_out)):
            check_output(call, argument, out, given.shape, given.dtype)
        work = given.work
        p, t, weight = given.plain(call)
        apart = grad_out is None or hess_out is None or not np.may_share_memory(grad_out, hess_out)
        gradient = grad_out if takes_result(grad_out, work, p, t, weight) else _core.new_output(given.shape, work)
        hessian = hess_out if apart and takes_result(hess_out, work, p, t, weight) else _core.new_output(given.shape, work)
        floors = floor if weight is None or not floor else floor * weight  # before outputs: weight may be one
        t, own = parameters.plain(p, t, weight)
        kernel(p, t, own, parameters.all, 1.0, None, gradient, hessian if hess == "exact" else None, False)
        if hess == "unit":
            hessian[...] = 1 if weight is None else weight
        elif floor > -math.inf:
            np.copyto(hessian, floors, "same_kind", where=hessian <= floors)
        return deliver(gradient, given.dtype, grad_out), deliver(hessian, given.dtype, hess_out)

    return run


# parameters go by their names: huber(pred, target, delta=1.0)
_SIGNATURES = """
def value(pred, target{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None{normalized}):
    return run_value(pred, target, {labels}, {passed}, reduction, empty, sample_weight, where, out, None{normalizer})[0]

def gradient(pred, target{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None{normalized}):
    return run_gradient(pred, target, {labels}, {passed}, reduction, empty, sample_weight, where, None, out{normalizer})[1]

def value_and_gradient(pred, target{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None,
                       grad_out=None{normalized}):
    return run_value_and_gradient(pred, target, {labels}, {passed}, reduction, empty, sample_weight, where, out, grad_out{normalizer})

def gradient_and_hessian(pred, target{declared}, *, sample_weight=None, where=None, hess="exact", hess_floor=0.0, grad_out=None,
                         hess_out=None):
    return run_gradient_and_hessian(pred, target, {labels}, {passed}, sample_weight, where, hess, hess_floor, grad_out, hess_out)
"""

_INPUTS = """pred, target : array_like
    Predictions and what they should be, of one shape. An integer target does not widen a float32 prediction."""
_LABELS = """
labels : {"01"}, optional
    Targets are 0 and 1, which stand for -1 and 1."""
_NORMALIZER = """normalizer : float, optional
    What the sum is divided by, with reduction="sum" alone: the number of positive samples, as Paddle has it."""
_FLOOR = """
hess : {"exact", "unit"}, default "exact"
    "unit" is 1 everywhere, which boosting libraries take where the second derivative is 0.
hess_floor : float, default 0
    Smallest Hessian before the weight: 0 makes negative curvature flat, -inf leaves it."""


def _described(function, name, default):
    words = ["array_like"] * ((function, name) in DIFFERING) + [*map(repr, SPELLED.get(f"{function}.{name}", ()))]
    kind = "bool" if name in FLAGS else " or ".join(["float", *words])
    shown = f"{default:g}" if isinstance(default, float) else repr(default)
    return f"\n{name} : {kind}, default {shown}\n    {entry_of(ELEMENTS, function, name)[0]}"


def build(row):
    """The functions of a LOSS row of the catalog."""
    kernel = _core.Loss(row["name"])
    settings = {name: bool(default) if name in FLAGS else default for name, default in defaults(row).items()}
    relabels = row["name"] in MARGINS
    ufuncs = _make_ufuncs(row)
    namespace = {f"run_{which}": _reduced(kernel, which, ufuncs) for which in (VALUE, GRADIENT, BOTH)}
    namespace[f"run_{HESSIAN}"] = _with_hessian(kernel)
    declared = "".join(f", {name}={default!r}" for name, default in settings.items())
    passed = "{" + ", ".join(f"{name!r}: {name}" for name in settings) + "}"
    labels = ("", "None") if not relabels else (", labels=None", "labels")
    normalized = row["name"] in NORMALIZED
    extra = (", normalizer=None", ", normalizer") if normalized else ("", "")
    taken = {"passed": passed, "labels": labels[1], "normalized": extra[0], "normalizer": extra[1]}
    exec(_SIGNATURES.format(declared=declared + labels[0], **taken), namespace)
    bound = row["max_ulp"]["float32"][0]
    means = "means within 2.5, of more than 512 float32 numbers within 4.5 (1.7 on all that was swept)"
    words = {
        "inputs": _INPUTS
        + "".join(_described(row["name"], name, default) for name, default in settings.items())
        + (_LABELS if relabels else ""),
        "reduced": _NORMALIZER if normalized else "",
        "unit": "element",
        "first_axes": ", or one for each entry of the first axes",
        "raises_type": "",
        "raises_value": ", a parameter that is not accepted" if settings else "",
        "notes": "z is pred, t is target, d is pred - target. Arrays of other kinds (pandas, xarray, dask) stay what they are with\n"
        f'reduction="none" and without weights and masks; `{row["name"]}.ufunc` and `{row["name"]}.gradient.ufunc` are the ufuncs'
        " for that.\n"
        f"Sums run in a fixed order; elements are within {bound:g} ulp{', weighted ones within 2' if bound < 2 else ''}, {means}.",
    }
    arguments = tuple(map(np.array, EXAMPLES.get(row["name"], ([0.5, 2.0], [1.0, 1.0]))))
    plain = plain_parameters(ELEMENTS, row)
    loss = assemble(row, {which: namespace[which] for which in (VALUE, GRADIENT, BOTH)}, arguments, "pred", words, plain)
    loss.gradient_and_hessian = in_front_of(_document_hessian(row, namespace[HESSIAN], arguments, words), row, HESSIAN, plain)
    loss.ufunc, loss.gradient.ufunc = ufuncs
    loss.constant_hessian = row["hessian"].isdigit()
    if row["name"] == "kl_div":
        loss.target_gradient = _by_target(row, words)
    if row["name"] in _LEAST:
        loss.constant_to_optimal_zero = _offset(row["name"], _LEAST[row["name"]])
    return loss


def _make_ufuncs(row):
    """(losses, gradients) of every element."""
    name, words = row["name"], "pred, target and the parameters by place or name, and all that ufuncs take."
    ufuncs = _core.make_ufunc(name, "value", f"{name}.ufunc"), _core.make_ufunc(name, "derivative", f"{name}.gradient.ufunc")
    for ufunc, what, formula in zip(ufuncs, ("Loss", "Gradient"), (row["formula"], row["derivative"])):
        ufunc.__doc__ = f"{what} {name} of every element: {formula}.\n\n{words}"
        ufunc.__module__, ufunc.__signature__ = "fastact", activations.signature_of(("pred", "target"), row["parameters"])
        ufunc.__qualname__ = ufunc.__name__  # what pickle looks up
    activations.add_loops(ufuncs)
    return ufuncs


@np.errstate(all="ignore")
def _divergence_slope(z, t, is_log):
    """Of t (log t - z) by t, or of e^t (t - z), in float64; at t = 0 the limit, and 0 where e^t is."""
    z, t = z.astype(np.float64), t.astype(np.float64)
    if is_log:
        share = library.function("exponential")(t)
        return np.where(share == 0, 0.0, share * (t + 1 - z))
    slope = library.function("log")(t) + 1 - z
    return np.where(np.isneginf(z) & (t == 0), np.inf, slope)


def _by_target(row, words):
    call = f"{row['name']}.target_gradient"

    @np.errstate(all="ignore")
    def target_gradient(pred, target, log_target=False, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
        is_log = checked(ELEMENTS, call, "log_target", log_target)
        given = _Inputs(call, pred, target, sample_weight, where)
        how = Reduction(call, reduction, empty, given.shape)
        check_output(call, "out", out, given.shape, given.dtype)
        z, t, weight = given.plain(call)
        scale = scale_of(how.divisor(lambda: float(z.size) if weight is None else _core.total_weight(weight)))
        slope = _divergence_slope(z, t, is_log) * scale
        return deliver(slope if weight is None else np.where(weight == 0, 0.0, slope * weight), given.dtype, out)

    name_function(target_gradient, call)
    target_gradient.__doc__ = docstring(
        title=f"Gradient of {row['name']} by the target, of the reduced loss: log(t) + 1 - z, or exp(t) * (t + 1 - z) where log_target.",
        arguments=(words["inputs"], (REDUCTION + WEIGHTS).format(**words), "out : ndarray, optional\n    Where the gradient is written."),
        returns="ndarray\n    Of the shape of target.",
        refused=f"unequal shapes{words['raises_value']}, an unknown reduction",
        notes="What a teacher that learns too asks for. At t = 0 it is -inf, the limit. Computed in float64 and rounded once.",
        example=example_of(f">>> fa.{call}(np.array([-1.0]), np.array([0.5]))", lambda: target_gradient(np.array([-1.0]), np.array([0.5]))),
    )
    return target_gradient


def _offset(name, least):
    call = f"{name}.constant_to_optimal_zero"

    @np.errstate(all="ignore")
    def constant_to_optimal_zero(target):
        t = as_real(call, "target", target)
        dtype = result_dtype(target)
        return deliver(np.asarray(least(t.astype(working_dtype(dtype), copy=False))), dtype, None)

    name_function(constant_to_optimal_zero, call)
    constant_to_optimal_zero.__doc__ = f"""What added to {name} makes the loss of the best prediction 0 for every target.

    Parameters
    ----------
    target : array_like

    Returns
    -------
    ndarray
        Of the shape and dtype of target.
    """
    return constant_to_optimal_zero


def _document_hessian(row, function, arguments, words):
    title = f"First and second derivative of {row['name']} by every prediction, not reduced: what boosting libraries ask for."
    shape = "Of the shape and dtype of pred, times sample_weight."
    return document_hessian(f"{row['name']}.{HESSIAN}", row, function, arguments, words, title, _FLOOR, shape, row["hessian"])
