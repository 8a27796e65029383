"""Penalties on weights, their gradients and proximal operators: L1, L2, elastic net, and orthogonality of rows."""

import math
import sys

import numpy as np

from . import _core
from .arrays import (
    as_flag,
    as_plain,
    as_real,
    check_output,
    deliver,
    example_of,
    name_function,
    result_dtype,
    takes_result,
    working_dtype,
)
from .losses import BOTH, GRADIENT, VALUE, docstring, in_front_of
from .parameters import ABOVE, FROM, SHARE, number_in

_WEIGHTS = """w : array_like or list of array_like
    The weights; a list, or tuple, of ndarrays is penalised as a whole."""


def _is_list(w):
    return isinstance(w, (list, tuple)) and len(w) > 0 and all(isinstance(array, np.ndarray) for array in w)


def _strength(call, name, value):
    return number_in(call, name, value, *FROM)


def _each(call, w, out):
    """(weights, outputs, whether they came as a list); nothing has been written yet."""
    if not _is_list(w):
        arrays, outs, listed = [as_real(call, "w", w)], [out], False
    else:
        arrays, listed = [as_real(call, f"w[{k}]", array) for k, array in enumerate(w)], True
        if out is not None and (not isinstance(out, (list, tuple)) or len(out) != len(w)):
            raise TypeError(f"{call}: out is of type {type(out).__name__}; a list of {len(w)} arrays is accepted")
        outs = [None] * len(w) if out is None else list(out)
    for k, (array, each) in enumerate(zip(arrays, outs)):
        check_output(call, f"out[{k}]" if listed else "out", each, array.shape, result_dtype(array))
    return arrays, outs, listed


def _run(kernel, call, w, strengths, wants_value, wants_gradient, out):
    """(sum, gradients) of a penalty that the C library has."""
    arrays, outs, listed = _each(call, w, out)
    values, gradients = [], []
    for array, each in zip(arrays, outs):
        dtype = result_dtype(array)
        plain = as_plain(array, working_dtype(dtype))
        gradient = None
        if wants_gradient:
            gradient = each if takes_result(each, plain.dtype, plain) else _core.new_output(plain.shape, plain.dtype)
        values.append(kernel((plain,), strengths, None, 1.0, None, (gradient,))[0])
        if wants_gradient:
            gradients.append(deliver(gradient, dtype, each))
    finite = all(map(math.isfinite, values))
    total = math.fsum(values) if finite else sum(values)
    return np.float64(total), gradients if listed else gradients[0] if gradients else None


_OUT = "out : ndarray or list of ndarray, optional\n    Where the gradient is written; may be exactly w."
_RETURNS = {
    VALUE: "float64\n    Not divided by how many weights there are.",
    GRADIENT: "ndarray or list of ndarray\n    Of the shape and dtype of w; integers and bool become float64.",
    BOTH: "(value, gradient)\n    What the two functions alone return.",
}
_EXAMPLE = np.array([-2.0, 0.0, 0.5])


def _finish(row, functions, parameters, notes, raises="", example=_EXAMPLE):
    """The functions of a penalty, named, documented and joined by attributes."""
    titles = {
        VALUE: "{name}: {formula}.",
        GRADIENT: "Gradient of {name}: {derivative}, 0 at 0.",
        BOTH: "{name} and its gradient from one pass over memory.",
    }
    made = []
    for which, function in zip((VALUE, GRADIENT, BOTH), functions):
        call = row["name"] if which == VALUE else f"{row['name']}.{which}"
        name_function(function, call)
        weights, out = _WEIGHTS, "" if which == VALUE else _OUT
        if row["name"] == "orthogonal_penalty":
            weights, out = "w : array_like\n    Two-dimensional.", out.replace(" or list of ndarray", "")
        function.__doc__ = docstring(
            title=titles[which].format(**row),
            arguments=(weights, parameters, out),
            returns=_RETURNS[which],
            refused=f"a strength that is negative or not finite{raises}",
            notes="Formula: {formula}. Gradient: {derivative}. ".format(**row) + notes,
            example=example_of(f">>> fa.{call}(np.array({example.tolist()}))", lambda: function(example)),
        )
        if row["kind"] == "joint_loss":
            function = in_front_of(function, row, which, tuple((sys.intern(word), {}, FROM[1]) for word in row["parameters"]))
        made.append(function)
    value = made[0]
    _, value.gradient, value.value_and_gradient = made
    return value


_NOTES = "The sum runs in a fixed order and is within 2 ulp of float64, gradients within 1 ulp."
_LAM = "lam : float, default 0.01\n    Strength."


def _l1_penalty(row):
    kernel = _core.Joint("l1_penalty")

    def run(call, w, lam, *wants, out=None):
        return _run(kernel, call, w, (_strength(call, "lam", lam),), *wants, out)

    @np.errstate(all="ignore")
    def value(w, lam=0.01):
        return run("l1_penalty", w, lam, True, False)[0]

    @np.errstate(all="ignore")
    def gradient(w, lam=0.01, *, out=None):
        return run("l1_penalty.gradient", w, lam, False, True, out=out)[1]

    @np.errstate(all="ignore")
    def value_and_gradient(w, lam=0.01, *, out=None):
        return run("l1_penalty.value_and_gradient", w, lam, True, True, out=out)

    return _finish(row, (value, gradient, value_and_gradient), _LAM, _NOTES)


def _l2_penalty(row):
    kernel = _core.Joint("l2_penalty")

    def run(call, w, lam, half, n, *wants, out=None):
        lam, n = _strength(call, "lam", lam), number_in(call, "n", n, *ABOVE)
        return _run(kernel, call, w, ((0.5 if as_flag(call, "half", half) else 1.0) * lam / n,), *wants, out)

    @np.errstate(all="ignore")
    def value(w, lam=0.01, half=False, n=1):
        return run("l2_penalty", w, lam, half, n, True, False)[0]

    @np.errstate(all="ignore")
    def gradient(w, lam=0.01, half=False, n=1, *, out=None):
        return run("l2_penalty.gradient", w, lam, half, n, False, True, out=out)[1]

    @np.errstate(all="ignore")
    def value_and_gradient(w, lam=0.01, half=False, n=1, *, out=None):
        return run("l2_penalty.value_and_gradient", w, lam, half, n, True, True, out=out)

    parameters = _LAM + "\nhalf : bool, default False\n    Whether half of it is taken, as scikit-learn and TensorFlow do.\n"
    parameters += "n : float, default 1\n    What it is divided by, for instance the number of samples."
    notes = _NOTES.replace("1 ulp", "1 ulp, 2 with n")
    return _finish(row, (value, gradient, value_and_gradient), parameters, notes, ", an n that is not above 0")


def _mixture(call, l1, l2, alpha, l1_ratio):
    """The two strengths, however they are given."""
    if alpha is None and l1_ratio is None:
        if l1 is None and l2 is None:
            return 0.01, 0.01
        return tuple(_strength(call, name, 0.0 if value is None else value) for name, value in (("l1", l1), ("l2", l2)))
    if l1 is not None or l2 is not None:
        raise ValueError(f"{call}: l1 or l2 is given together with alpha or l1_ratio; either l1 and l2 or alpha and l1_ratio are accepted")
    alpha = _strength(call, "alpha", 1.0 if alpha is None else alpha)
    ratio = number_in(call, "l1_ratio", 0.5 if l1_ratio is None else l1_ratio, *SHARE)
    return alpha * ratio, 0.5 * alpha * (1 - ratio)


_MIXTURE = """l1, l2 : float, optional
    Strengths of the two terms, as Keras has them: 0.01 each where none is given, 0 for the one that is left out.
alpha, l1_ratio : float, optional
    The same as scikit-learn has it: l1 = alpha * l1_ratio, l2 = alpha * (1 - l1_ratio) / 2; 1 and 0.5 where one is left out."""


def _elastic_net_penalty(row):
    kernel = _core.Joint("elastic_net_penalty")

    @np.errstate(all="ignore")
    def value(w, l1=None, l2=None, *, alpha=None, l1_ratio=None):
        call = "elastic_net_penalty"
        return _run(kernel, call, w, _mixture(call, l1, l2, alpha, l1_ratio), True, False, None)[0]

    @np.errstate(all="ignore")
    def gradient(w, l1=None, l2=None, *, alpha=None, l1_ratio=None, out=None):
        call = "elastic_net_penalty.gradient"
        return _run(kernel, call, w, _mixture(call, l1, l2, alpha, l1_ratio), False, True, out)[1]

    @np.errstate(all="ignore")
    def value_and_gradient(w, l1=None, l2=None, *, alpha=None, l1_ratio=None, out=None):
        call = "elastic_net_penalty.value_and_gradient"
        return _run(kernel, call, w, _mixture(call, l1, l2, alpha, l1_ratio), True, True, out)

    raises = ", an l1_ratio outside 0 to 1, both ways to give strengths at once"
    return _finish(row, (value, gradient, value_and_gradient), _MIXTURE, _NOTES, raises)


# ---------------------------------------------------------------------- orthogonality


def _orthogonal_penalty(row):
    def run(call, w, factor, mode, wants_gradient, out=None):
        array, factor = as_real(call, "w", w), _strength(call, "factor", factor)
        if mode not in ("rows", "columns"):
            raise ValueError(f"{call}: mode is {mode!r}; 'rows' and 'columns' are accepted")
        if array.ndim != 2:
            raise ValueError(f"{call}: w has shape {array.shape}; two dimensions are accepted")
        check_output(call, "out", out, array.shape, result_dtype(array))
        rows = np.ascontiguousarray(array.astype(np.float64) if mode == "rows" else array.astype(np.float64).T)
        n = len(rows)
        largest = np.abs(rows).max(axis=1, keepdims=True, initial=0)
        largest = np.where((largest > 0) & (largest < math.inf), largest, 1)
        scaled = rows / largest
        norm = np.sqrt((scaled * scaled).sum(axis=1, keepdims=True))
        unit = scaled / np.where(norm > 0, norm, 1)
        weight = factor / (n * (n - 1) / 2) if n > 1 else 0.0
        total, gradient = [], np.empty_like(unit)
        for k in range(n):  # a row of cosines at a time: memory as large as w
            cosine = (unit * unit[k]).sum(axis=1)
            cosine[k] = 0
            total.append(0.5 * float(np.abs(cosine).sum()))
            if wants_gradient:
                pull = (np.sign(cosine)[:, None] * unit).sum(axis=0)
                gradient[k] = (pull - unit[k] * (pull * unit[k]).sum()) * weight
        value = np.float64(math.fsum(total) * weight if all(map(math.isfinite, total)) else math.nan)
        if not wants_gradient:
            return value, None
        gradient = np.where(norm > 0, gradient / np.where(norm > 0, norm * largest, 1), np.where(norm != norm, norm, 0))
        return value, deliver(gradient if mode == "rows" else gradient.T, result_dtype(array), out)

    @np.errstate(all="ignore")
    def value(w, factor=0.01, mode="rows"):
        return run("orthogonal_penalty", w, factor, mode, False)[0]

    @np.errstate(all="ignore")
    def gradient(w, factor=0.01, mode="rows", *, out=None):
        return run("orthogonal_penalty.gradient", w, factor, mode, True, out)[1]

    @np.errstate(all="ignore")
    def value_and_gradient(w, factor=0.01, mode="rows", *, out=None):
        return run("orthogonal_penalty.value_and_gradient", w, factor, mode, True, out)

    parameters = "factor : float, default 0.01\n    Strength.\n"
    parameters += 'mode : {"rows", "columns"}, default "rows"\n    Which of them shall be orthogonal.'
    notes = "Computed in float64. A single row, and a row of zeros, costs nothing."
    raises, example = ", another number of dimensions than 2, an unknown mode", np.array([[1.0, 0.0], [1.0, 1.0]])
    return _finish(row, (value, gradient, value_and_gradient), parameters, notes, raises, example)


# ---------------------------------------------------------------------- proximal operators

_PROX = {
    "prox_l1": ("sign(w) * max(abs(w) - step * lam, 0)", _LAM),
    "prox_l2": ("w / (1 + 2 * step * lam)", _LAM),
    "prox_elastic_net": ("prox_l2(prox_l1(w, step, l1), step, l2)", _MIXTURE),
}


_PROX_OUT = "out : ndarray or list of ndarray, optional\n    Where the result is written; may be exactly w."


@np.errstate(all="ignore")
def _prox(call, w, step, l1, l2, out):
    step = _strength(call, "step", step)
    arrays, outs, listed = _each(call, w, out)
    results = []
    for array, each in zip(arrays, outs):
        x = array.astype(np.float64)
        size = np.abs(x) - step * l1
        shrunk = x if l1 == 0 else np.where(size != size, x, np.copysign(np.where(size < 0, 0, size), x))
        results.append(deliver(shrunk / (1 + 2 * step * l2), result_dtype(array), each))
    return results if listed else results[0]


def _prox_function(row):
    name = row["name"]

    if name == "prox_elastic_net":

        def prox(w, step, l1=None, l2=None, *, alpha=None, l1_ratio=None, out=None):
            return _prox(name, w, step, *_mixture(name, l1, l2, alpha, l1_ratio), out)

    elif name == "prox_l1":

        def prox(w, step, lam=0.01, *, out=None):
            return _prox(name, w, step, _strength(name, "lam", lam), 0.0, out)

    else:

        def prox(w, step, lam=0.01, *, out=None):
            return _prox(name, w, step, 0.0, _strength(name, "lam", lam), out)

    name_function(prox, name)
    formula, parameters = _PROX[name]
    prox.__doc__ = docstring(
        title=f"{name}(w, step): {formula}, the weights after a step against the penalty.",
        arguments=(_WEIGHTS, "step : float\n    Size of the step: the learning rate.", parameters, _PROX_OUT),
        returns=_RETURNS[GRADIENT],
        refused="a step or strength that is negative or not finite",
        notes=f"Formula: {formula}. It makes 1 / 2 (v - w)^2 + step times the penalty of v smallest. Computed in float64 and rounded once.",
        example=f">>> fa.{name}(np.array({_EXAMPLE.tolist()}), 10.0)\n{prox(_EXAMPLE, 10.0)!r}",
    )
    return prox


FORMS = {
    "l1_penalty": _l1_penalty,
    "l2_penalty": _l2_penalty,
    "elastic_net_penalty": _elastic_net_penalty,
    "orthogonal_penalty": _orthogonal_penalty,
    **dict.fromkeys(_PROX, _prox_function),
}
