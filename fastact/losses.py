"""What all losses share: reductions, weights, docstrings.

The calls made here are the general form of every loss. A plain call (two arrays, no option) is answered in C before it comes here.
"""

import math

import numpy as np

from . import _core
from .arrays import as_plain, as_real, deliver, example_of, fill_where_not, is_sixteen, name_function
from .parameters import ABOVE, number_in

REDUCTIONS = ("none", "mean", "sum", "batchmean")
EMPTY = {"nan": math.nan, "zero": 0.0}
VALUE, GRADIENT, BOTH, HESSIAN = "value", "gradient", "value_and_gradient", "gradient_and_hessian"


class Reduction:
    """How one call turns losses into its answer, and the scale that this gives to gradients."""

    def __init__(self, call, reduction, empty, shape, normalizer=None):
        if reduction not in REDUCTIONS:
            raise ValueError(f"{call}: reduction is {reduction!r}; {', '.join(map(repr, REDUCTIONS))} are accepted")
        if not isinstance(empty, str) or empty not in EMPTY:
            raise ValueError(f"{call}: empty is {empty!r}; {', '.join(map(repr, EMPTY))} are accepted")
        if normalizer is not None and reduction != "sum":
            raise ValueError(f"{call}: normalizer is {normalizer!r} with reduction {reduction!r}; with 'sum' alone a number is accepted")
        self.name, self.shape, self.of_nothing = reduction, shape, EMPTY[empty]
        self.of_sum = 1.0 if normalizer is None else number_in(call, "normalizer", normalizer, *ABOVE)
        self.result_shape = shape if reduction == "none" else ()

    def divisor(self, weight_total):
        """weight_total() is asked for only where the reduction needs it."""
        if self.name == "mean":
            return weight_total()
        return float(self.shape[0]) if self.name == "batchmean" and self.shape else self.of_sum

    def finish(self, total, divisor, losses, dtype, out):
        if self.name == "none":
            return deliver(losses, dtype, out)
        value = total / divisor if divisor else self.of_nothing
        if out is None:
            return _core.scalar(value, dtype)
        return deliver(np.asarray(value), dtype, out)


def scale_of(divisor):
    """Where nothing counts no element moves the mean."""
    return 1.0 / divisor if divisor else 0.0


def weights_of(call, sample_weight, mask, shape, dtype):
    """sample_weight, and 0 where the mask is False, as one plain array of the shape; None without both."""
    if sample_weight is None and mask is None:
        return None
    weight = _core.new_output(shape, dtype)
    if sample_weight is None:
        weight[...] = 1
    else:
        given = as_real(call, "sample_weight", sample_weight)
        if given.shape == shape[: given.ndim]:  # one for each sample: along the first axes
            given = given.reshape(given.shape + (1,) * (len(shape) - given.ndim))
        elif given.ndim < len(shape) or not _broadcasts(given.shape, shape):
            raise ValueError(f"{call}: sample_weight has shape {given.shape}; {shape} or that of its first axes is accepted")
        weight[...] = as_plain(given, np.dtype(np.float32)) if is_sixteen(given.dtype) else given
    if mask is not None:
        fill_where_not(mask, weight, 0)
    return weight


def _broadcasts(shape, to):
    return len(shape) == len(to) and all(a in (1, b) for a, b in zip(shape, to))


# ---------------------------------------------------------------------- documentation and assembly

REDUCTION = """reduction : {{"mean", "none", "sum", "batchmean"}}, default "mean"
    "mean" is sum / count, with weights sum(w * loss) / sum(w); "batchmean" is sum / size of axis 0; "none" keeps every {unit}.
empty : {{"nan", "zero"}}, default "nan"
    What the mean of nothing is: no {unit}s, all of them left out, or weights that sum to 0.
"""
WEIGHTS = """sample_weight : array_like, optional
    Weight of every {unit}{first_axes}.
where : array_like of bool, optional
    False leaves {unit}s out, whatever they hold."""
_OUT = {
    VALUE: 'out : ndarray, optional\n    Where the result is written: of shape () unless reduction is "none".',
    GRADIENT: "out : ndarray, optional\n    Where the gradient is written.",
    BOTH: "out, grad_out : ndarray, optional\n    Where the value and the gradient are written.",
}
_RETURNS = {
    VALUE: 'scalar of the input dtype, or ndarray with reduction="none"\n    A sum of nothing is 0.',
    GRADIENT: "ndarray\n    Of the shape and dtype of {argument}: derivative of the reduced loss.",
    BOTH: "(value, gradient)\n    What the two functions alone return.",
}
_TITLES = {
    VALUE: "{name}: {formula}, reduced.",
    GRADIENT: "Gradient of {name}, of the reduced loss: {derivative}.",
    BOTH: "{name} and its gradient from one pass over memory.",
}
_TEXT = """{title}

Parameters
----------
{arguments}

Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input{types}.
ValueError
    For {refused}, an output of another shape or without permission to write.
    Nothing is written then.

Notes
-----
{notes}

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""


def docstring(title, arguments, returns, refused, notes, example, types=""):
    """Of a loss or what belongs to one; `arguments` are texts, `refused` what ValueError and `types` what else TypeError is for."""
    arguments = "\n".join(text for text in arguments if text)
    return _TEXT.format(title=title, arguments=arguments, returns=returns, refused=refused, notes=notes, example=example, types=types)


def in_front_of(function, row, which, parameters, **layout):
    """The callable that answers plain calls in C, documented as the function that answers all others."""
    made = _core.make_callable(row["name"], which, function, parameters, **layout)
    name_function(made, function.__qualname__)
    made.__doc__, made.__wrapped__ = function.__doc__, function
    made.max_ulp = {dtype: bounds[which != VALUE] for dtype, bounds in row["max_ulp"].items()}
    return made


def assemble(row, general, arguments, argument, words, parameters=()):
    """The callables of a loss from their general forms, documented and joined by attributes; `parameters` as _core.make_callable takes."""
    made = {}
    for which, function in general.items():
        call = row["name"] if which == VALUE else f"{row['name']}.{which}"
        name_function(function, call)
        shown = example_of(f">>> fa.{call}({', '.join(map(literal, arguments))})", lambda: function(*arguments))
        function.__doc__ = docstring(
            title=_TITLES[which].format(**row),
            arguments=(words["inputs"], (REDUCTION + WEIGHTS).format(**words), _OUT[which], words.get("reduced", "")),
            returns=_RETURNS[which].format(argument=argument),
            refused=f"unequal shapes{words['raises_value']}, an unknown reduction",
            notes="Formula: {formula}. Gradient: {derivative}. ".format(**row) + words["notes"],
            example=shown,
            types=words["raises_type"],
        )
        made[which] = in_front_of(function, row, which, parameters)
    made[VALUE].gradient, made[VALUE].value_and_gradient = made[GRADIENT], made[BOTH]
    return made[VALUE]


def document_hessian(call, row, function, arguments, words, title, options, shape, hessian):
    """Words for gradient_and_hessian; `shape` says what the two results are like."""
    name_function(function, call)
    outs = "grad_out, hess_out : ndarray, optional\n    Where the two are written."
    function.__doc__ = docstring(
        title=title,
        arguments=(words["inputs"], WEIGHTS.format(**words) + options, outs),
        returns=f"(gradient, hessian) : tuple of ndarray\n    {shape}",
        refused=f"unequal shapes{words['raises_value']}",
        notes="Formula: {formula}. Gradient: {derivative}. Hessian: ".format(**row) + f"{hessian}. {words['notes']}",
        example=example_of(f">>> fa.{call}({', '.join(map(literal, arguments))})", lambda: function(*arguments)),
        types=words["raises_type"],
    )
    function.max_ulp = {dtype: bounds[1] for dtype, bounds in row["max_ulp"].items()}
    return function


def literal(value):
    return f"np.array({value.tolist()})" if isinstance(value, np.ndarray) else repr(value)
