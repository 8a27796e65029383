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
    as_flag,
    as_mask,
    as_number,
    as_plain,
    as_real,
    check_output,
    deliver,
    last_axis,
    result_dtype,
    selected,
    takes_result,
    working_dtype,
)
from .joint_text import defaults_of, document, document_curvature
from .losses import BOTH, GRADIENT, HESSIAN, VALUE, Reduction, in_front_of, scale_of, weights_of
from .parameters import ARRAYS, checked, plain_parameters

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
    from_zero: str | None = None  # the array whose negative numbers prepare refuses; it leaves arrays of one shape as they are
    # terms(call, arrays, settings) -> (losses, pull), pull(g) the gradients of sum(g * losses), all in float64; where the row has a
    # hessian, (losses, pull, curve), curve(g) the second derivatives by each number, which settings["curved"] says are asked for
    terms: object = None
    needs_terms: object = None  # needs_terms(call, settings): the C library has no kernel for these
    apart: bool = True  # with terms: no loss depends on what another one is made of
    entries: bool = False  # with terms: where may leave out entries of rows, which settings["kept"] tells
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
        settings = {name: value for name, value in settings.items() if name not in form.options}
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
                array = selected(mask[..., None] if self.has_rows and self.axis is not None else mask, array, 0)
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


class _Terms:
    """One call of a loss made of NumPy: losses, weights, and what upstream gradients become, all in float64."""

    def __init__(self, row, form, call, given, settings, reduction, sample_weight, where, curved=False):
        self.settings = {name: _checked_setting(call, row, form, name, value) for name, value in settings.items()}
        arrays = [as_real(call, name, value) for name, value in zip(row["arrays"], given)]
        self.form, self.dtype = form, result_dtype(*given)
        self.shapes = [array.shape for name, array in zip(row["arrays"], arrays) if name in row["gradients"]]
        kept = None
        if form.entries and np.ndim(where) == len(arrays[0].shape) and where is not None:
            kept = as_mask(call, where, arrays[0].shape)
            where = kept.any(axis=as_axis(call, self.settings["axis"], kept.ndim))
        more = {"reduction": reduction, "kept": kept, "curved": curved}
        losses, self.pull, *self.curve = form.terms(call, arrays, self.settings | more)
        losses = np.asarray(losses, FLOAT64)
        self.mask = as_mask(call, where, losses.shape)
        self.weight = weights_of(call, sample_weight, self.mask, losses.shape, FLOAT64)
        self.losses = losses if self.mask is None else np.where(self.mask, losses, 0.0)

    def upstream(self, scale):
        return np.full(self.losses.shape, scale) if self.weight is None else self.weight * scale

    def back(self, gradients, outs):
        """Gradients, or second derivatives, as they are returned; 0 in rows that are left out, whatever stands there."""
        if self.mask is not None and self.form.apart:
            gradients = [self._masked(np.asarray(g)) for g in gradients]
        return tuple(deliver(np.asarray(g).reshape(shape), self.dtype, to) for g, shape, to in zip(gradients, self.shapes, outs))

    def _masked(self, gradient):
        axis = self.settings.get("axis", -1)
        moved = gradient if axis is None or not self.mask.ndim else np.moveaxis(gradient, axis, -1)
        moved = np.where(self.mask.reshape(self.mask.shape + (1,) * (moved.ndim - self.mask.ndim)), moved, 0.0)
        return moved if axis is None or not self.mask.ndim else np.moveaxis(moved, -1, axis)


def _with_terms(row, form, which):
    call = row["name"] if which == VALUE else f"{row['name']}.{which}"

    @np.errstate(all="ignore")
    def run(given, settings, reduction, empty, sample_weight, where, out, grad_out):
        this = _Terms(row, form, call, given, settings, reduction, sample_weight, where)
        losses, weight = this.losses, this.weight
        how = Reduction(call, reduction, empty, losses.shape)
        if which != GRADIENT:
            check_output(call, "out", out, how.result_shape, this.dtype)
        outs = outputs_of(call, "out" if which == GRADIENT else "grad_out", grad_out, this.shapes, row["gradients"], this.dtype)
        divisor = how.divisor(lambda: float(losses.size) if weight is None else _core.total_weight(weight))
        value = gradients = None
        if which != VALUE:
            gradients = this.back(this.pull(this.upstream(scale_of(divisor))), outs)
        if which != GRADIENT:
            weighted = losses if weight is None else losses * weight
            total = _core.total_weight(np.ascontiguousarray(weighted)) if how.name != "none" else None
            value = how.finish(total, divisor, weighted, this.dtype, out)
        return value, gradients if gradients is None or len(gradients) > 1 else gradients[0]

    return run


def _with_hessian(row, form):
    call = f"{row['name']}.{HESSIAN}"

    @np.errstate(all="ignore")
    def run(given, settings, sample_weight, where, hess_floor, grad_out, hess_out):
        floor = as_number(call, "hess_floor", hess_floor)
        if math.isnan(floor):
            raise ValueError(f"{call}: hess_floor is nan; numbers are accepted, -inf for no floor")
        this = _Terms(row, form, call, given, settings, "none", sample_weight, where, curved=True)
        for argument, out in (("grad_out", grad_out), ("hess_out", hess_out)):
            check_output(call, argument, out, this.shapes[0], this.dtype)
        upstream = this.upstream(1.0)
        gradients, (hessian,) = this.pull(upstream), this.curve[0](upstream)
        return this.back(gradients, (grad_out,))[0], this.back((np.maximum(hessian, floor),), (hess_out,))[0]

    return run


def _checked_setting(call, row, form, name, value):
    if name in row["parameters"] or f"{row['name']}.{name}" in ARRAYS:
        return checked(ARRAYS, call, name, value)
    default, _, accepted = form.options.get(name, (None, "", None))
    if isinstance(default, bool):
        return as_flag(call, name, value)
    if accepted is None:
        return value
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

def gradient_and_hessian({arrays}{declared}, *, sample_weight=None, where=None, hess_floor=0.0, grad_out=None, hess_out=None):
    return run_gradient_and_hessian(({arrays},), {passed}, sample_weight, where, hess_floor, grad_out, hess_out)
"""


def make(row, form):
    """The functions of a loss from its row of the catalog and its form."""
    defaults = defaults_of(row, form)
    namespace = {f"run_{which}": _reduced(row, form, which) for which in (VALUE, GRADIENT, BOTH)}
    declared = "".join(f", {name}={default!r}" for name, default in defaults.items())
    passed = "{" + ", ".join(f"{name!r}: {name}" for name in defaults) + "}"
    exec(_SIGNATURES.format(arrays=", ".join(row["arrays"]), declared=declared, passed=passed), namespace)
    for which in (VALUE, GRADIENT, BOTH):
        document(row, form, which, namespace[which])
        if row["kind"] == "joint_loss":
            layout = {"axis": form.axis, "from_zero": form.from_zero}
            namespace[which] = in_front_of(namespace[which], row, which, plain_parameters(ARRAYS, row), **layout)
    loss = namespace[VALUE]
    loss.gradient, loss.value_and_gradient = namespace[GRADIENT], namespace[BOTH]
    if row.get("hessian"):
        namespace[f"run_{HESSIAN}"] = _with_hessian(row, form)
        loss.gradient_and_hessian = document_curvature(row, form, namespace[HESSIAN])
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
