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


def activation(formula, derivative=None, name=None):
    """Turn a formula into a function like the built-in ones: a ufunc with SIMD kernels and threads, its derivative and its backward pass.

    The formula is run once, with a stand-in for the array. It may use arithmetic, comparisons, np.where, np.maximum, np.minimum, np.exp,
    np.log, np.tanh, np.sqrt, np.square, np.abs, fastact's elementwise functions, parameters that are numbers, and their derivatives.
    The function returns the bits that the formula itself returns for an array with fastact's functions in it, in one pass instead of
    one for each operation.

    Parameters
    ----------
    formula : callable
        f(x) of one array.
    derivative : callable, optional
        Its derivative, f'(x); default is the derivative of the formula, found symbolically. At a kink of np.maximum(a, b) the slope is
        that of a; functions have their own (`fastact.relu.derivative(0)` is 0).
    name : str, optional
        What the function calls itself; default is the formula's own name, or "activation".

    Returns
    -------
    numpy.ufunc
        With attributes `derivative`, `backward` and `address`. Kernels are compiled by Numba at the first call of each dtype, and kept on
        disk. Inside Numba's compiled functions it can be called like the built-in ones.

    Raises
    ------
    TypeError
        For a formula that is not callable, branches on its array, or uses what is not listed above.
    ValueError
        For a name that is no identifier.

    Notes
    -----
    Each operation is rounded once, so errors are those of the formula: as accurate as NumPy would be with exact functions.

    Examples
    --------
    >>> import numpy as np, fastact as fa
    >>> serf = fa.activation(lambda x: x * fa.tanh(fa.softplus(x) ** 2), name="serf")
    >>> x = np.float32([-1, 0, 2])
    >>> bool(np.all(serf(x) == x * fa.tanh(fa.softplus(x) ** 2)))
    True
    >>> serf.derivative(np.float32(0)) == fa.tanh(fa.softplus(np.float32(0)) ** 2)
    np.True_
    """
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
    made["value"].derivative, made["value"].backward = made["derivative"], made["backward"]
    from . import overloads

    overloads.add(known, made)
    return made["value"]
