"""fastact's functions inside JAX programs on the CPU: called back from jit, grad and vmap, with the bits they have for NumPy arrays.

Every function that has a backward pass or a gradient is here by its name, with the arguments it has in `fastact`:

>>> import jax, jax.numpy as jnp, fastact.jax as faj
>>> def loss(x):
...     return faj.mean_squared_error(faj.gelu(x), jnp.zeros(3))
>>> jax.jit(jax.grad(loss))(jnp.array([-1.0, 0.0, 2.0])).round(2)
Array([0.01, 0.  , 1.41], dtype=float32)

`wrap` makes the same of a function of your own, made by `fastact.activation`. JAX arrays among the arguments are traced, everything
else is a constant. Gradients, in reverse mode, are those of the inputs that `wrap(f).differentiable` names, kl_div's target among them;
asking for another, say that of a label, is a TypeError. A callback costs some tens of microseconds under jit.
"""

import sys
from copy import copy
from functools import cache, lru_cache, partial

import jax
import jax.numpy as jnp
import numpy as np

import fastact as fa

from .adjoint import GRADIENTS, VALUE, Adjoint

__all__ = ["wrap"]


def _shape_of(function, *arrays):
    """What a call returns, found by one on zeros that take no memory."""
    found = function(*(np.broadcast_to(np.zeros((), a.dtype), a.shape) for a in arrays))
    return jax.tree.map(lambda a: jax.ShapeDtypeStruct(np.shape(a), jax.dtypes.canonicalize_dtype(np.asarray(a).dtype)), found)


@lru_cache(1024)
def _callback(call, which, shapes):
    """What runs a method of the call; one object for equal calls, since JAX compiles anew for each that it has not seen."""

    def run(*arrays):
        found = getattr(call, which)(*map(np.asarray, arrays))
        return jax.tree.map(lambda a, shape: np.asarray(a, shape.dtype), found, shapes)

    return run


def _called_back(call, which, shapes, arrays, together):
    """The method at run time; `together` says that it takes batches along new first axes as well."""
    method = "broadcast_all" if together else "sequential"
    return jax.pure_callback(_callback(call, which, shapes), shapes, *arrays, vmap_method=method)


class _Call:
    """One call: which arguments are traced, which are constants."""

    def __init__(self, adjoint, given):
        self.adjoint = adjoint
        traced = {name: value for name, value in given.items() if isinstance(value, jax.Array)}
        self.names = (*(name for name in adjoint.names if name in traced), *(name for name in traced if name not in adjoint.names))
        self.constants = {name: value for name, value in given.items() if name not in traced}
        self.saves = adjoint.saves(given)
        axis = self.constants.get("axis", -1)
        rows = adjoint.from_value or adjoint.name in ("logsumexp", "logmeanexp", "maxout", "crelu", "l2_normalize")
        flat = all(np.ndim(value) == 0 for value in self.constants.values())
        self.key = (adjoint, self.names, tuple(self.constants.items()))
        try:
            hash(self.key)
        except TypeError:  # an array among the constants
            self.key = object()
        self.together = self.names == ("x",) and flat and (adjoint.is_ufunc or (rows and axis is not None and axis < 0))
        self.apart = ()

    def asking(self, apart):
        """The same call, with gradients of these inputs too."""
        if apart == self.apart:
            return self
        made = copy(self)
        made.apart, made.key = apart, (self.key, apart)
        return made

    @property
    def slopes(self):
        """The traced inputs that gradients are made of, in the order of these."""
        return tuple(name for name in (*self.adjoint.names, *self.apart) if name in self.names)

    def __eq__(self, other):
        return isinstance(other, _Call) and self.key == other.key

    def __hash__(self):
        return hash(self.key)

    def given(self, arrays):
        return self.constants | dict(zip(self.names, arrays))

    def value(self, *arrays):
        return self.adjoint.forward(self.given(arrays), False)[0]

    def value_and_gradients(self, *arrays):
        value, gradients = self.adjoint.forward(self.given(arrays), True, self.apart)
        return value, self._traced(gradients)

    def backward(self, grad, *arrays):
        return self._gradients(grad, None, arrays)

    def backward_from_value(self, grad, value, *arrays):
        return self._gradients(grad, value, arrays)

    def _gradients(self, grad, value, arrays):
        return self._traced(self.adjoint.backward(np.asarray(grad), self.given(arrays), value, apart=self.apart))

    def _traced(self, gradients):
        return tuple(g for g, name in zip(gradients, (*self.adjoint.names, *self.apart)) if name in self.names)


@partial(jax.custom_vjp, nondiff_argnums=(0,))
def _apply(call, *arrays):
    return _called_back(call, "value", _shape_of(call.value, *arrays), arrays, call.together)


def _forward(call, *arrays):
    adjoint, asked = call.adjoint, []
    for name, array in zip(call.names, arrays):
        if name in adjoint.names or not array.perturbed or not jnp.issubdtype(array.value.dtype, jnp.floating):
            continue
        if name not in adjoint.apart:
            names = ", ".join((*adjoint.names, *adjoint.apart))
            raise TypeError(f"{adjoint.name}: {name} is differentiated; there are gradients of {names}")
        asked.append(name)
    call = call.asking(tuple(asked))
    arrays = [array.value for array in arrays]
    if call.saves != GRADIENTS:
        value = _apply(call, *arrays)
        return value, (arrays, value if call.saves == VALUE else None, None, dict.fromkeys(asked))
    value, gradients = _called_back(call, "value_and_gradients", _shape_of(call.value_and_gradients, *arrays), arrays, False)
    return value, (arrays, None, gradients, dict.fromkeys(asked))


def _backward(call, saved, grad):
    arrays, value, gradients, asked = saved
    call = call.asking(tuple(asked))
    if isinstance(grad, jax.custom_derivatives.SymbolicZero):
        return tuple(None for _ in arrays)
    if gradients is not None:
        made = [g * grad.astype(g.dtype) for g in gradients]
    else:
        wanted = (arrays[call.names.index(name)] for name in call.slopes)
        shapes = tuple(jax.ShapeDtypeStruct(array.shape, array.dtype) for array in wanted)
        which, given = ("backward", (grad,)) if value is None else ("backward_from_value", (grad, value))
        made = _called_back(call, which, shapes, (*given, *arrays), call.together)
    by_name = dict(zip(call.slopes, made))
    return tuple(by_name.get(name) for name in call.names)


_apply.defvjp(_forward, _backward, symbolic_zeros=True)


@cache
def wrap(function):
    """The function for JAX arrays.

    Parameters
    ----------
    function : callable
        Of `fastact`, or made by `fastact.activation`; it has `backward` or `gradient`.

    Returns
    -------
    callable
        Of the same arguments, but `out`, `casting` and the like. It returns a JAX array.

    Raises
    ------
    TypeError
        For a function without a backward pass.

    Examples
    --------
    >>> import jax.numpy as jnp, fastact as fa
    >>> from fastact.jax import wrap
    >>> wrap(fa.softmax)(jnp.zeros((1, 4)), axis=1)
    Array([[0.25, 0.25, 0.25, 0.25]], dtype=float32)
    """
    adjoint = Adjoint(function)

    def call(*arguments, **options):
        given = adjoint.bind(arguments, options)
        for name in adjoint.names:
            if name in given and given[name] is not None:
                array = jnp.asarray(given[name])
                given[name] = array if jnp.issubdtype(array.dtype, jnp.floating) else array.astype(float)
        made = _Call(adjoint, given)
        return _apply(made, *(given[name] for name in made.names))

    call.__name__ = call.__qualname__ = adjoint.name
    call.__module__, call.__wrapped__, call.differentiable = __name__, function, (*adjoint.names, *adjoint.apart)
    call.__doc__ = f"fastact.{adjoint.name} for JAX arrays, with gradients of {', '.join(call.differentiable)}.\n\n{function.__doc__}"
    return call


def __getattr__(name):
    if name not in fa.library.names:
        raise AttributeError(f"module 'fastact.jax' has no attribute {name!r}")
    return vars(sys.modules[__name__]).setdefault(name, wrap(getattr(fa, name)))
