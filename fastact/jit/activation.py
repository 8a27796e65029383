"""fastact.activation: a user's own formula as a function like the built-in ones."""

import numpy as np

from .. import _core
from . import expressions, graphs, kernels

FORMS = {"float16": "f16", "float32": "f32", "float64": "f64"}

DOCUMENT = """{name}(x, out=None, *, where=True, casting='same_kind', order='K', dtype=None)

{title}

Made by fastact.activation from the formula {formula}; its derivative is {slope}. Attributes: `derivative(x)`,
`backward(grad, x)`, and `address(dtype)`, of the C function of that dtype,

    void f(int64_t n, const T *a, const T *b, T *out, const void *unused)

with a = x, or a = grad and b = x in the backward pass.
"""
TITLES = {
    "value": "{name}(x) = {formula}",
    "derivative": "Derivative of {name}: {slope}",
    "backward": "grad times the derivative of {name} at x.",
}


def traced(function, argument):
    if not callable(function):
        raise TypeError(f"activation: {argument} is {function!r}; a function of one array is accepted")
    result = function(expressions.Expression("x"))
    return expressions.expression(result)


def address_of(name, step):
    """The attribute `address` of one pass."""

    def address(dtype="float32"):
        """Address of the C function for arrays of a dtype."""
        try:
            form = FORMS[np.dtype(dtype).name]
        except (KeyError, TypeError):
            raise ValueError(f"address: dtype is {dtype!r}; {', '.join(FORMS)} are accepted") from None
        return kernels.address(name, step, form)

    return address


def build(formula, derivative, name):
    """What fastact.activation returns."""
    value = traced(formula, "formula")
    slope = expressions.derivative(value) if derivative is None else traced(derivative, "derivative")
    own = getattr(formula, "__name__", "activation") if name is None else name
    own = "activation" if own == "<lambda>" else own
    if not isinstance(own, str) or not own.isidentifier() or len(own) > 40:
        raise ValueError(f"activation: name is {own!r}; an identifier of at most 40 characters is accepted")
    passes = {"value": (value, 1), "derivative": (slope, 1), "backward": (slope, 2)}
    known = graphs.add({step: {kind: expressions.kernel(*parts, kind) for kind in ("f32", "f64")} for step, parts in passes.items()})
    texts = {"name": own, "formula": str(value), "slope": str(slope)}

    def maker(_, step, form, arrays):
        return kernels.address(known, step, form, arrays)

    made = _core.add_function(own, texts["formula"], texts["slope"], maker)
    for step, ufunc in made.items():
        ufunc.__doc__ = DOCUMENT.format(title=TITLES[step].format(**texts), **texts)
        ufunc.address = address_of(known, step)
        ufunc.__module__ = getattr(formula, "__module__", None) or "__main__"  # with its name this is what pickle looks up
        ufunc.__qualname__ = ufunc.__name__
    made["value"].derivative, made["value"].backward = made["derivative"], made["backward"]
    from . import overloads

    overloads.add(known, made)
    return made["value"]
