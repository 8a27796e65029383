"""A function and its vector-Jacobian product over NumPy arrays, whatever its kind: what the adaptors for PyTorch and JAX are made of."""

import inspect
from functools import cache

import numpy as np

from . import _core, composed, composed_losses

# what has to be kept for a backward pass
INPUTS, VALUE, GRADIENTS = "inputs", "value", "gradients"


@cache
class Adjoint:
    """One function of the library, or a ufunc that `fastact.activation` made.

    Attributes
    ----------
    names : tuple of str
        Inputs that there are gradients of.
    apart : tuple of str
        Inputs whose gradient is a function of its own, and so is computed where it is asked for alone.
    """

    apart = ()

    def __init__(self, function):
        self.function, self.name = function, function.__name__
        self.is_ufunc = isinstance(function, np.ufunc)
        self.is_loss = hasattr(function, "gradient")
        if self.is_ufunc and hasattr(function, "backward"):
            self.parameters = ("x", *_core.parameters_of(function))
            self.names, self.from_value = ("x",), False
            return
        self.signature = inspect.signature(function)
        self.parameters = tuple(self.signature.parameters)
        self.back = tuple(inspect.signature(function.backward).parameters) if hasattr(function, "backward") else ()
        self.from_value = self.back[1:2] == ("y",)
        self.names = self._differentiable()
        self.apart = ("target",) if hasattr(function, "target_gradient") else ()
        if not self.names:
            raise TypeError(f"{self.name}: there is no backward pass that takes its arguments or its value")

    def _differentiable(self):
        if self.is_loss and self.name in composed.NAMES:  # those of other layers are not one array for each input
            return ("x", "weight", "bias") if self.name == "linear_cross_entropy" else ()
        if self.is_loss:
            row = composed_losses.ROWS.get(self.name) or _core.row(self.name)
            return tuple(row.get("gradients") or self.parameters[:1])
        if self.from_value:
            return self.parameters[:1]
        if self.back[1:2] != self.parameters[:1]:
            return ()
        needed = [name for name, parameter in self.signature.parameters.items() if parameter.default is parameter.empty]
        return (*needed, *(name for name in ("other",) if name in self.parameters))  # the second half of a gated function

    def bind(self, arguments, options):
        """Every argument by its name."""
        if "out" in options:
            raise TypeError(f"{self.name}: there is no out here")
        if not self.is_ufunc:
            given = dict(self.signature.bind(*arguments, **options).arguments)
            if given.get("hard"):
                raise ValueError(f"{self.name}: hard is {given['hard']!r}; False is accepted, whose sample has a gradient")
            if given.get("return_sign"):
                raise ValueError(f"{self.name}: return_sign is {given['return_sign']!r}; False is accepted, as one array is returned here")
            return given
        if len(arguments) > len(self.parameters):
            raise TypeError(f"{self.name}: {len(arguments)} arguments were given; {', '.join(self.parameters)} are accepted")
        given = dict(zip(self.parameters, arguments))
        if twice := given.keys() & options.keys():
            raise TypeError(f"{self.name}: {', '.join(twice)} was given by position and by keyword")
        return given | options

    def saves(self, given):
        """Which of INPUTS, VALUE and GRADIENTS `backward` takes."""
        if self.is_loss:
            return INPUTS if given.get("reduction") == "none" else GRADIENTS
        return VALUE if self.from_value else INPUTS

    def forward(self, given, with_gradients, apart=()):
        """(value, gradients by the names and by those of `apart`, or None); gradients of losses of one number come with their value."""
        if with_gradients and self.saves(given) == GRADIENTS:
            if hasattr(self.function, "value_and_gradient"):
                value, gradients = self.function.value_and_gradient(**given)
            else:
                value, gradients = self.function(**given), self.function.gradient(**given)
            gradients = gradients if isinstance(gradients, tuple) else (gradients,)
            return value, (*gradients, *(self.function.target_gradient(**given) for _ in apart))
        return self._call(self.function, given), None

    def backward(self, grad, given, value=None, gradients=None, apart=()):
        """Gradients of sum(grad * value) by the names and by those of `apart`, each of the shape and dtype of its input.

        `given` holds all arguments, of the differentiable ones those that `saves` asks for.
        """
        if gradients is not None:
            return tuple(g if grad == 1 else g * g.dtype.type(grad) for g in gradients)
        if self.is_loss:
            summed = given | {"reduction": "sum", "sample_weight": _weighted(grad, given.get("sample_weight"))}
            made = self.function.gradient(**summed)
            if apart:
                made = made, self.function.target_gradient(**summed)
        elif self.is_ufunc:
            made = self._call(self.function.backward, {"grad": grad} | given)
        else:
            saved = {"y": value} if self.from_value else {name: given[name] for name in self.names if name in given}
            options = {name: given[name] for name in given if name in self.back and name not in saved}
            grad = grad[..., 0] if given.get("keepdim") else grad
            made = self.function.backward(grad, **saved, **options)
        made = made if isinstance(made, tuple) else (made,)
        return tuple(_like(g, given[name]) if name in given else g for g, name in zip(made, (*self.names, *apart)))

    def _call(self, function, given):
        if not self.is_ufunc:
            return function(**given)
        inputs = [given[name] for name in ("grad", "x") if name in given]
        return function(*inputs, **{name: value for name, value in given.items() if name not in ("grad", "x")})


def _weighted(grad, weight):
    """The upstream gradient of losses that are not reduced is one more weight."""
    if weight is None:
        return grad
    weight = np.asarray(weight)
    return grad * weight.reshape(weight.shape + (1,) * (grad.ndim - weight.ndim))


def _like(gradient, array):
    """Summed over what the array was broadcast along."""
    array = np.asarray(array)
    if gradient.shape != array.shape:
        gradient = gradient.sum(tuple(range(gradient.ndim - array.ndim)))
        gradient = gradient.sum(tuple(k for k, size in enumerate(array.shape) if size == 1 != gradient.shape[k]), keepdims=True)
        gradient = gradient.reshape(array.shape)
    return gradient.astype(array.dtype, copy=False)
