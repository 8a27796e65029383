"""Losses of predictions and targets, element by element: value, gradient, both, and gradient with Hessian for boosting libraries."""

import math

import numpy as np

from . import _core
from .arrays import as_mask, as_number, as_plain, as_real, check_output, deliver, name_function, result_dtype, takes_result, working_dtype
from .losses import BOTH, GRADIENT, TEXT, VALUE, WEIGHTS, Reduction, assemble, literal, scale_of, weights_of

HESSIAN = "gradient_and_hessian"

# name, or function.name -> what it is, which numbers are accepted, in words and as a test
PARAMETERS = {
    "delta": ("Where the square turns into a line.", "finite numbers above 0", lambda v: 0 < v < math.inf),
    "beta": ("Where the square turns into a line; 0 for none.", "finite numbers from 0", lambda v: 0 <= v < math.inf),
    "margin": ("What target times prediction must reach.", "finite numbers", math.isfinite),
    "pos_weight": ("Weight of the positive part of every target.", "finite numbers from 0", lambda v: 0 <= v < math.inf),
    "quantile": ("Which quantile the best prediction is.", "numbers between 0 and 1", lambda v: 0 < v < 1),
    "c": ("Where the loss turns from a square to a line.", "finite numbers above 0", lambda v: 0 < v < math.inf),
    "epsilon": ("How far a prediction may be off for nothing.", "finite numbers from 0", lambda v: 0 <= v < math.inf),
    "width": ("Where the logarithm turns into a line.", "finite numbers above 0", lambda v: 0 < v < math.inf),
    "curvature": ("How sharply the logarithm bends at 0: the less, the sharper.", "finite numbers above 0", lambda v: 0 < v < math.inf),
    "eps": ("What smaller numbers are raised to.", "finite numbers from 0", lambda v: 0 <= v < math.inf),
    "poisson_nll.eps": ("What is added to pred inside the logarithm.", "finite numbers from 0", lambda v: 0 <= v < math.inf),
    "log_input": ("Whether pred is the logarithm of the mean, or the mean itself.", "the numbers 0 and 1", lambda v: v in (0, 1)),
    "full": ("Whether targets above 1 add what Stirling's formula has for log(t!).", "the numbers 0 and 1", lambda v: v in (0, 1)),
    "power": ("Which Tweedie distribution: 1 is Poisson's, 2 the gamma distribution.", "finite numbers", math.isfinite),
    "alpha": ("Which expectile the best prediction is.", "numbers between 0 and 1", lambda v: 0 < v < 1),
}
FLAGS = ("log_input", "full")


def _parameter(function, name):
    return PARAMETERS.get(f"{function}.{name}") or PARAMETERS[name]


def _checked(call, given):
    """Parameters as floats, by name -> value."""
    found = []
    for name, value in given.items():
        number = as_number(call, name, value)
        _, words, accepts = _parameter(call.partition(".")[0], name)
        if not accepts(number):
            raise ValueError(f"{call}: {name} is {value}; {words} are accepted")
        found.append(number)
    return tuple(found)


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
        if mask is not None:  # whatever stands where nothing counts, NaN too, must not reach a sum
            p, t = np.where(mask, p, self.work.type(0)), np.where(mask, t, self.work.type(0))
        return p, t, weight


def _reduced(kernel, which):
    call = kernel.name if which == VALUE else f"{kernel.name}.{which}"

    @np.errstate(all="ignore")
    def run(pred, target, parameters, reduction, empty, sample_weight, where, out, grad_out):
        parameters = _checked(call, parameters)
        given = _Inputs(call, pred, target, sample_weight, where)
        dtype, work, shape = given.dtype, given.work, given.shape
        how = Reduction(call, reduction, empty, shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, dtype)
        check_output(call, "out" if which == GRADIENT else "grad_out", grad_out, shape, dtype)
        p, t, weight = given.plain(call)
        divisor = how.divisor(lambda: float(p.size) if weight is None else _core.total_weight(weight))
        losses = gradient = None
        if which != GRADIENT and how.name == "none":
            losses = out if takes_result(out, work, p, t, weight, grad_out) else np.empty(shape, work)
        if which != VALUE:
            gradient = grad_out if takes_result(grad_out, work, p, t, weight, out) else np.empty(shape, work)
        sums = kernel(p, t, weight, parameters, scale_of(divisor), losses, gradient, None, which != GRADIENT)
        value = how.finish(sums[0], divisor, losses, dtype, out) if which != GRADIENT else None
        return value, deliver(gradient, dtype, grad_out) if which != VALUE else None

    return run


def _with_hessian(kernel):
    call = f"{kernel.name}.{HESSIAN}"

    @np.errstate(all="ignore")
    def run(pred, target, parameters, sample_weight, where, hess_floor, grad_out, hess_out):
        parameters, floor = _checked(call, parameters), as_number(call, "hess_floor", hess_floor)
        if math.isnan(floor):
            raise ValueError(f"{call}: hess_floor is nan; numbers are accepted, -inf for no floor")
        given = _Inputs(call, pred, target, sample_weight, where)
        for argument, out in (("grad_out", grad_out), ("hess_out", hess_out)):
            check_output(call, argument, out, given.shape, given.dtype)
        work = given.work
        p, t, weight = given.plain(call)
        apart = grad_out is None or hess_out is None or not np.may_share_memory(grad_out, hess_out)
        gradient = grad_out if takes_result(grad_out, work, p, t, weight) else np.empty(given.shape, work)
        hessian = hess_out if apart and takes_result(hess_out, work, p, t, weight) else np.empty(given.shape, work)
        floors = floor if weight is None or not floor else floor * weight  # before outputs: weight may be one
        kernel(p, t, weight, parameters, 1.0, None, gradient, hessian, False)
        if floor > -math.inf:
            np.maximum(hessian, work.type(floors) if np.ndim(floors) == 0 else floors, out=hessian)
        return deliver(gradient, given.dtype, grad_out), deliver(hessian, given.dtype, hess_out)

    return run


# parameters go by their names: huber(pred, target, delta=1.0)
_SIGNATURES = """
def value(pred, target{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_value(pred, target, {passed}, reduction, empty, sample_weight, where, out, None)[0]

def gradient(pred, target{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_gradient(pred, target, {passed}, reduction, empty, sample_weight, where, None, out)[1]

def value_and_gradient(pred, target{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None, grad_out=None):
    return run_value_and_gradient(pred, target, {passed}, reduction, empty, sample_weight, where, out, grad_out)

def gradient_and_hessian(pred, target{declared}, *, sample_weight=None, where=None, hess_floor=0.0, grad_out=None, hess_out=None):
    return run_gradient_and_hessian(pred, target, {passed}, sample_weight, where, hess_floor, grad_out, hess_out)
"""

_INPUTS = """pred, target : array_like
    Predictions and what they should be, of one shape. An integer target does not widen a float32 prediction."""
_FLOOR = """
hess_floor : float, default 0
    Smallest Hessian before the weight: 0 makes negative curvature flat, -inf leaves it."""


def _described(function, name, default):
    kind, shown = ("bool", default) if name in FLAGS else ("float", f"{default:g}")
    return f"\n{name} : {kind}, default {shown}\n    {_parameter(function, name)[0]}"


def build(row):
    """The functions of a LOSS row of the catalog."""
    kernel = _core.Loss(row["name"])
    defaults = {name: bool(default) if name in FLAGS else default for name, default in row["parameters"].items()}
    namespace = {f"run_{which}": _reduced(kernel, which) for which in (VALUE, GRADIENT, BOTH)} | {f"run_{HESSIAN}": _with_hessian(kernel)}
    declared = "".join(f", {name}={default!r}" for name, default in defaults.items())
    passed = "{" + ", ".join(f"{name!r}: {name}" for name in defaults) + "}"
    exec(_SIGNATURES.format(declared=declared, passed=passed), namespace)
    bound = row["max_ulp"]["float32"][0]
    means = "means within 2.5, of more than 512 float32 numbers within 4.5 (1.7 on all that was swept)"
    words = {
        "inputs": _INPUTS + "".join(_described(row["name"], name, default) for name, default in defaults.items()),
        "unit": "element",
        "first_axes": ", or one for each entry of the first axes",
        "raises_type": "",
        "raises_value": ", a parameter that is not accepted" if defaults else "",
        "notes": f"z is pred, t is target, d is pred - target.\nSums run in a fixed order; elements are within {bound:g} ulp, {means}.",
    }
    arguments = np.array([0.5, 2.0]), np.array([1.0, 1.0])
    loss = assemble(row, {which: namespace[which] for which in (VALUE, GRADIENT, BOTH)}, arguments, "pred", words)
    loss.gradient_and_hessian = _document_hessian(row, namespace[HESSIAN], arguments, words)
    return loss


def _document_hessian(row, function, arguments, words):
    call = f"{row['name']}.{HESSIAN}"
    name_function(function, call)
    function.__doc__ = TEXT.format(
        title=f"First and second derivative of {row['name']} by every prediction, not reduced: what boosting libraries ask for.",
        options=WEIGHTS.format(**words) + _FLOOR,
        out="grad_out, hess_out : ndarray, optional\n    Where the two are written.",
        returns="(gradient, hessian) : tuple of ndarray\n    Of the shape and dtype of pred, times sample_weight.",
        formula=row["formula"],
        derivative=row["derivative"] + f". Hessian: {row['hessian']}",
        example=f">>> fa.{call}({', '.join(map(literal, arguments))})\n{function(*arguments)!r}",
        **words,
    )
    function.max_ulp = {dtype: bounds[1] for dtype, bounds in row["max_ulp"].items()}
    return function
