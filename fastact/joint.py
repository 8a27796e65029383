"""Losses of several arrays: what they share, from arguments to reductions; each family has a file of its own.

Arrays become plain ones of elements, or of rows; a kernel, of the C library or made of NumPy, gives losses and their gradients.
"""

import math
from dataclasses import dataclass, field
from importlib import import_module

import numpy as np

from . import _core, composed_losses
from .arrays import (
    as_axis,
    as_mask,
    as_plain,
    as_real,
    check_output,
    deliver,
    last_axis,
    name_function,
    result_dtype,
    takes_result,
    working_dtype,
)
from .losses import BOTH, GRADIENT, REDUCTION, VALUE, WEIGHTS, Reduction, docstring, literal, scale_of, weights_of
from .parameters import ARRAYS, FLAGS, checked, entry_of

FAMILIES = ("penalties", "likelihood", "distances", "embedding", "segmentation", "ranking", "scores", "alignment")
FLOAT64 = np.dtype(np.float64)


def equal_shapes(call, arrays):
    """The shape of arrays by name, which must have one."""
    (first, a), *others = arrays.items()
    for name, b in others:
        if a.shape != b.shape:
            raise ValueError(f"{call}: {first} has shape {a.shape} and {name} {b.shape}; equal shapes are accepted")
    return a.shape


@dataclass(frozen=True)
class Form:
    """How a loss is called and what its arrays are."""

    inputs: str  # the arrays, for the docstring
    example: tuple  # arrays of an example
    axis: object = "none"  # the default of axis, along which rows lie; "none": rows along the last one, or elements, and no such argument
    options: dict = field(default_factory=dict)  # name -> (default, text, accepted strings or None) of what is no number
    prepare: object = None  # prepare(call, arrays by name) -> (arrays by name, whether float64 is needed, finish(gradients))
    terms: object = None  # terms(call, arrays, settings) -> (losses, pull), pull(g) the gradients of sum(g * losses), all in float64
    needs_terms: object = None  # needs_terms(call, settings): the C library has no kernel for these
    apart: bool = True  # with terms: no loss depends on what another one is made of
    notes: str = ""


def outputs_of(call, argument, out, shapes, names, dtype):
    """One output, or None, for each gradient; a tuple is asked for where there are several."""
    if len(names) == 1:
        out = (out,)
    elif out is None:
        return (None,) * len(names)
    elif not isinstance(out, tuple) or len(out) != len(names):
        raise TypeError(f"{call}: {argument} is of type {type(out).__name__}; a tuple of {len(names)} arrays is accepted")
    for place, (array, shape) in enumerate(zip(out, shapes)):
        check_output(call, f"{argument}[{place}]" if len(names) > 1 else argument, array, shape, dtype)
    return out


class _Call:
    """One call: arrays as rows or elements, their gradients, and the way back."""

    def __init__(self, row, form, call, given, settings):
        self.call, self.form, self.row = call, form, row
        self.has_rows = row["unit"] in ("rows", "distances")
        settings = dict(settings)
        axis = settings.pop("axis", -1)
        self.parameters = tuple(checked(ARRAYS, call, name, value) for name, value in settings.items())
        self.arrays = {name: as_real(call, name, value) for name, value in zip(row["arrays"], given)}
        self.shapes = [self.arrays[name].shape for name in row["gradients"]]
        self.dtype = result_dtype(*given)
        self.work, self.finish = working_dtype(self.dtype), _same
        if form.prepare is not None:
            self.arrays, wide, self.finish = form.prepare(call, self.arrays)
            self.work = FLOAT64 if wide else self.work
        shape = equal_shapes(call, self.arrays)
        self.kernel = _core.Joint(row["name"])
        self.axis, self.whole = None, shape
        if not self.has_rows:
            self.loss_shape = shape
        elif axis is None:
            self.loss_shape = ()
        else:
            self.axis = as_axis(call, axis, len(shape))
            self.loss_shape = shape[: self.axis] + shape[self.axis + 1 :]

    def plain(self, mask):
        """The arrays for the kernel; 0 where nothing counts, whatever stands there."""
        made = []
        for array in self.arrays.values():
            if self.axis is not None:
                array = last_axis(array, self.axis)
            array = as_plain(array, self.work)
            if mask is not None:
                array = np.where(mask[..., None] if self.has_rows and self.axis is not None else mask, array, self.work.type(0))
            made.append(self._rows(array))
        return made

    def _rows(self, array):
        if not self.has_rows:
            return array
        columns = array.size if self.axis is None else array.shape[-1]
        return array.reshape(math.prod(self.loss_shape), columns)

    def gradients(self, outs, inputs, apart):
        """Where the kernel writes them: the outputs themselves where they are plain and apart."""
        found = []
        for k, out in enumerate(outs):
            others = [array for array in (*outs[:k], *outs[k + 1 :], *apart) if array is not None]
            direct = self.axis in (None, len(self.whole) - 1) and self.finish is _same and takes_result(out, self.work, *inputs)
            direct = direct and not any(np.may_share_memory(out, other) for other in others)
            found.append(self._rows(out) if direct else _core.new_output(inputs[0].shape, self.work))
        return found

    def back(self, gradients, outs):
        """Gradients in the shape of their arrays, in the outputs."""
        if self.axis is not None:
            gradients = [np.moveaxis(g.reshape(self.loss_shape + (-1,)), -1, self.axis) if g.size else g for g in gradients]
        made = [np.asarray(g).reshape(shape) for g, shape in zip(self.finish(gradients), self.shapes)]
        made = [out if out is not None and np.may_share_memory(g, out) else deliver(g, self.dtype, out) for g, out in zip(made, outs)]
        return made[0] if len(made) == 1 else tuple(made)


def _same(gradients):
    return gradients


def _with_kernel(row, form, which):
    call = row["name"] if which == VALUE else f"{row['name']}.{which}"

    @np.errstate(all="ignore")
    def run(given, settings, reduction, empty, sample_weight, where, out, grad_out):
        this = _Call(row, form, call, given, settings)
        how = Reduction(call, reduction, empty, this.loss_shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, this.dtype)
        outs = outputs_of(call, "out" if which == GRADIENT else "grad_out", grad_out, this.shapes, row["gradients"], this.dtype)
        mask = as_mask(call, where, this.loss_shape)
        weight = weights_of(call, sample_weight, mask, this.loss_shape, this.work)
        inputs = this.plain(mask)
        count = math.prod(this.loss_shape)
        divisor = how.divisor(lambda: float(count) if weight is None else _core.total_weight(weight))
        losses = _core.new_output(this.loss_shape, this.work) if which != GRADIENT and how.name == "none" else None
        gradients = this.gradients(outs, inputs, (out, weight)) if which != VALUE else ()
        total, _ = this.kernel(tuple(inputs), this.parameters, weight, scale_of(divisor), losses, tuple(gradients))
        value = how.finish(total, divisor, losses, this.dtype, out) if which != GRADIENT else None
        return value, this.back(gradients, outs) if which != VALUE else None

    return run


def _with_terms(row, form, which):
    call = row["name"] if which == VALUE else f"{row['name']}.{which}"

    @np.errstate(all="ignore")
    def run(given, settings, reduction, empty, sample_weight, where, out, grad_out):
        settings = {name: _checked_setting(call, row, form, name, value) for name, value in settings.items()}
        arrays = [as_real(call, name, value) for name, value in zip(row["arrays"], given)]
        dtype = result_dtype(*given)
        losses, pull = form.terms(call, arrays, settings | {"reduction": reduction})
        losses = np.asarray(losses, FLOAT64)
        how = Reduction(call, reduction, empty, losses.shape)
        shapes = [array.shape for name, array in zip(row["arrays"], arrays) if name in row["gradients"]]
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, dtype)
        outs = outputs_of(call, "out" if which == GRADIENT else "grad_out", grad_out, shapes, row["gradients"], dtype)
        mask = as_mask(call, where, losses.shape)
        weight = weights_of(call, sample_weight, mask, losses.shape, FLOAT64)
        divisor = how.divisor(lambda: float(losses.size) if weight is None else _core.total_weight(weight))
        if mask is not None:
            losses = np.where(mask, losses, 0.0)
        weighted = losses if weight is None else losses * weight
        value = gradients = None
        if which != VALUE:
            upstream = np.full(losses.shape, scale_of(divisor)) if weight is None else weight * scale_of(divisor)
            gradients = pull(upstream)
            if mask is not None and form.apart:
                kept = [mask.reshape(mask.shape + (1,) * (g.ndim - mask.ndim)) for g in gradients]
                gradients = [np.where(k, g, 0.0) for k, g in zip(kept, gradients)]
            gradients = tuple(deliver(np.asarray(g).reshape(shape), dtype, to) for g, shape, to in zip(gradients, shapes, outs))
        if which != GRADIENT:
            total = _core.total_weight(np.ascontiguousarray(weighted)) if how.name != "none" else None
            value = how.finish(total, divisor, weighted, dtype, out)
        return value, gradients if gradients is None or len(gradients) > 1 else gradients[0]

    return run


def _checked_setting(call, row, form, name, value):
    if name in row["parameters"]:
        return checked(ARRAYS, call, name, value)
    if name == "axis" or name not in form.options or form.options[name][2] is None:
        return value
    accepted = form.options[name][2]
    if value not in accepted:
        raise ValueError(f"{call}: {name} is {value!r}; {', '.join(map(repr, accepted))} are accepted")
    return value


def _reduced(row, form, which):
    """run(arrays, settings, reduction, empty, sample_weight, where, out, grad_out) of one entry of a loss."""
    if row["kind"] != "joint_loss":
        return _with_terms(row, form, which)
    if form.needs_terms is None:
        return _with_kernel(row, form, which)
    call = row["name"] if which == VALUE else f"{row['name']}.{which}"
    kernel, terms = _with_kernel(row, form, which), _with_terms(row, form, which)

    def run(given, settings, *rest):
        return (terms if form.needs_terms(call, settings) else kernel)(given, settings, *rest)

    return run


_SIGNATURES = """
def value({arrays}{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_value(({arrays},), {passed}, reduction, empty, sample_weight, where, out, None)[0]

def gradient({arrays}{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None):
    return run_gradient(({arrays},), {passed}, reduction, empty, sample_weight, where, None, out)[1]

def value_and_gradient({arrays}{declared}, *, reduction="mean", empty="nan", sample_weight=None, where=None, out=None, grad_out=None):
    return run_value_and_gradient(({arrays},), {passed}, reduction, empty, sample_weight, where, out, grad_out)
"""
_AXIS = {
    -1: "\naxis : int, default -1\n    Along which rows lie; each has one loss.",
    None: "\naxis : int, optional\n    Along which rows lie, each with one loss; None makes all of the arrays one.",
}


def defaults_of(row, form):
    """The parameters of a signature: axis first, flags as bool."""
    found = {} if form.axis == "none" else {"axis": form.axis}
    found |= {name: option[0] for name, option in form.options.items()}
    return found | {name: bool(default) if name in FLAGS else default for name, default in row["parameters"].items()}


def described(row, form):
    """Parameters as a docstring lists them."""
    text = form.inputs + ("" if form.axis == "none" else _AXIS[form.axis])
    for name, (default, words, accepted) in form.options.items():
        kind = "int, optional" if default is None else type(default).__name__
        if accepted:
            kind = "{" + ", ".join(f'"{word}"' for word in accepted) + "}"
        shown = "" if default is None else f', default "{default}"' if accepted else f", default {default}"
        text += f"\n{name} : {kind}{shown}\n    {words}"
    for name, default in row["parameters"].items():
        kind, shown = ("bool", bool(default)) if name in FLAGS else ("float", f"{default:g}")
        words, accepted, _ = entry_of(ARRAYS, row["name"], name)
        text += f"\n{name} : {kind}, default {shown}\n    {words}" + ("" if name in FLAGS else f" {accepted.capitalize()} are accepted.")
    return text


_TITLES = {
    VALUE: "{name}: {formula}, reduced.",
    GRADIENT: "Gradients of {name}, of the reduced loss: {derivative}.",
    BOTH: "{name} and its gradients from one call.",
}


def document(row, form, which, function):
    """Name and docstring of one entry of a loss."""
    call = row["name"] if which == VALUE else f"{row['name']}.{which}"
    name_function(function, call)
    several = len(row["gradients"]) > 1
    gradients = f"tuple of ndarray\n    Derivatives of the reduced loss by {', '.join(row['gradients'])}." if several else (
        f"ndarray\n    Derivative of the reduced loss by {row['gradients'][0]}."
    )
    returns = {
        VALUE: 'scalar of the input dtype, or ndarray with reduction="none"\n    A sum of nothing is 0.',
        GRADIENT: gradients,
        BOTH: f"(value, gradient{'s' * several})\n    What the two functions alone return.",
    }
    written = "tuple of ndarray, one for each gradient" if several else "ndarray"
    outs = {
        VALUE: 'out : ndarray, optional\n    Where the result is written: of shape () unless reduction is "none".',
        GRADIENT: f"out : {written}, optional\n    Where gradients are written.",
        BOTH: f"out : ndarray, optional\n    Where the value is written.\ngrad_out : {written}, optional\n    Where gradients are written.",
    }
    elements = row["unit"] == "elements"
    words = {"unit": row["unit"].removesuffix("s"), "first_axes": ", or one for each entry of the first axes" if elements else ""}
    function.__doc__ = docstring(
        title=_TITLES[which].format(**row),
        arguments=(described(row, form), (REDUCTION + WEIGHTS).format(**words), outs[which]),
        returns=returns[which],
        refused="unequal shapes, a parameter that is not accepted, an unknown reduction",
        notes="Formula: {formula}. Gradient: {derivative}. ".format(**row) + form.notes + accuracy_of(row),
        example=f">>> fa.{call}({', '.join(map(literal, form.example))})\n{function(*form.example)!r}",
    )
    if row["max_ulp"]:
        function.max_ulp = {dtype: bounds[which != VALUE] for dtype, bounds in row["max_ulp"].items()}


def accuracy_of(row):
    if not row["max_ulp"]:
        return "\nComputed in float64 and rounded once."
    bound = row["max_ulp"]["float32"][0]
    return f"\nSums run in a fixed order; losses are within {bound:g} ulp, means within 2.5; where terms cancel, of the larger one."


def make(row, form):
    """The functions of a loss from its row of the catalog and its form."""
    defaults = defaults_of(row, form)
    namespace = {f"run_{which}": _reduced(row, form, which) for which in (VALUE, GRADIENT, BOTH)}
    declared = "".join(f", {name}={default!r}" for name, default in defaults.items())
    passed = "{" + ", ".join(f"{name!r}: {name}" for name in defaults) + "}"
    exec(_SIGNATURES.format(arrays=", ".join(row["arrays"]), declared=declared, passed=passed), namespace)
    for which in (VALUE, GRADIENT, BOTH):
        document(row, form, which, namespace[which])
    loss = namespace[VALUE]
    loss.gradient, loss.value_and_gradient = namespace[GRADIENT], namespace[BOTH]
    return loss


def _form(name):
    """What its family's file says of a function: a Form, or what makes the function."""
    for family in FAMILIES:
        forms = import_module(f".{family}", __package__).FORMS
        if name in forms:
            return forms[name]
    raise LookupError(f"{name} has no form in {', '.join(FAMILIES)}")


def example_of(name):
    """Arrays to call a joint or composed loss with, by argument."""
    form, row = _form(name), composed_losses.ROWS.get(name) or _core.row(name)
    if isinstance(form, Form):
        return dict(zip(row["arrays"], form.example))
    arrays = {word: np.array([[1.0, 0.0], [1.0, 1.0]]) for word in row["arrays"]}
    return arrays | {"step": np.array(0.5)} if name.startswith("prox_") else arrays


def build(row):
    """The function of a joint or composed loss, from the file of its family."""
    form = _form(row["name"])
    return make(row, form) if isinstance(form, Form) else form(row)
