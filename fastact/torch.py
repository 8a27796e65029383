"""fastact's functions for PyTorch tensors on the CPU: the same bits, gradients from fastact's own backward passes.

Every function that has a backward pass or a gradient is here by its name, with the arguments it has in `fastact`:

>>> import torch, fastact.torch as fat
>>> x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
>>> y = fat.gelu(x)
>>> fat.mean_squared_error(y, torch.zeros(3)).backward()
>>> x.grad
tensor([0.0088, 0.0000, 1.4141])

`wrap` makes the same of a function of your own, made by `fastact.activation`. Tensors and arrays share their memory: nothing is copied
but values computed. Gradients are those of the inputs that `wrap(f).differentiable` names, kl_div's target among them; asking for
another is a TypeError. They cannot be differentiated again.
"""

import sys
from functools import cache

import numpy as np
import torch

import fastact as fa

from .adjoint import INPUTS, VALUE, Adjoint

__all__ = ["wrap"]


def _to_numpy(name, argument, tensor):
    """A view of the tensor's memory."""
    if tensor.device.type != "cpu" or tensor.layout != torch.strided:
        raise TypeError(f"{name}: {argument} is a {tensor.layout} tensor on {tensor.device}; dense tensors on the cpu are accepted")
    tensor = tensor.detach().resolve_neg()
    if tensor.dtype != torch.bfloat16:
        return tensor.numpy()
    import ml_dtypes

    return tensor.view(torch.int16).numpy().view(ml_dtypes.bfloat16)


def _to_tensor(array):
    array = np.asarray(array)
    if array.dtype.name == "bfloat16":
        return torch.from_numpy(array.view(np.int16)).view(torch.bfloat16)
    return torch.from_numpy(array)


class _Apply(torch.autograd.Function):
    """Arguments: the adjoint, all that has no gradient by name, the names of the tensors that have one, and these tensors."""

    @staticmethod
    def forward(ctx, adjoint, options, names, *tensors):
        arrays = {name: _to_numpy(adjoint.name, name, tensor) for name, tensor in zip(names, tensors)}
        apart = tuple(name for name in adjoint.apart if name in names)
        value, gradients = adjoint.forward(options | arrays, any(ctx.needs_input_grad), apart)
        result = _to_tensor(value)
        ctx.adjoint, ctx.options, ctx.names, ctx.apart, ctx.kept = adjoint, options, names, apart, adjoint.saves(options)
        ctx.save_for_backward(*(tensors if ctx.kept == INPUTS else [result] if ctx.kept == VALUE else map(_to_tensor, gradients or ())))
        return result

    @staticmethod
    def backward(ctx, grad):
        adjoint = ctx.adjoint
        grad, *saved = (_to_numpy(adjoint.name, "grad", tensor) for tensor in (grad, *ctx.saved_tensors))
        if ctx.kept == INPUTS:
            made = adjoint.backward(grad, ctx.options | dict(zip(ctx.names, saved)), apart=ctx.apart)
        elif ctx.kept == VALUE:
            made = adjoint.backward(grad, ctx.options, value=saved[0])
        else:
            made = adjoint.backward(grad, ctx.options, gradients=saved)
        by_name = dict(zip((*adjoint.names, *ctx.apart), map(_to_tensor, made)))
        if torch.is_grad_enabled():  # create_graph=True: a gradient of these must not be nothing without a word
            by_name = {name: _Once.apply(slope.requires_grad_(), adjoint.name) for name, slope in by_name.items()}
        return None, None, None, *(by_name.get(name) for name in ctx.names)


class _Once(torch.autograd.Function):
    """The identity, which has no gradient."""

    @staticmethod
    def forward(ctx, slope, name):
        ctx.name = name
        return slope.view_as(slope)

    @staticmethod
    def backward(ctx, grad):
        raise RuntimeError(f"{ctx.name}: the gradient cannot be differentiated again")


@cache
def wrap(function):
    """The function for tensors.

    Parameters
    ----------
    function : callable
        Of `fastact`, or made by `fastact.activation`; it has `backward` or `gradient`.

    Returns
    -------
    callable
        Of the same arguments, but `out`, `casting` and the like; tensors, arrays and numbers are accepted. It returns a tensor.

    Raises
    ------
    TypeError
        For a function without a backward pass. The callable made raises it for tensors that are not dense, on the CPU and real, and
        where an input without a gradient requires one.

    Examples
    --------
    >>> import torch, fastact as fa
    >>> from fastact.torch import wrap
    >>> wrap(fa.softmax)(torch.zeros(1, 4), axis=1)
    tensor([[0.2500, 0.2500, 0.2500, 0.2500]])
    """
    adjoint = Adjoint(function)

    def call(*arguments, **options):
        given = adjoint.bind(arguments, options)
        tensors = {name: value for name, value in given.items() if isinstance(value, torch.Tensor)}
        asked = {name for name in adjoint.apart if name in tensors and tensors[name].requires_grad and torch.is_grad_enabled()}
        with_gradient = {name: tensor for name, tensor in tensors.items() if name in adjoint.names or name in asked}
        for name in tensors.keys() - with_gradient.keys():
            if tensors[name].requires_grad and torch.is_grad_enabled():
                raise TypeError(f"{adjoint.name}: {name} requires a gradient; there are gradients of {', '.join(call.differentiable)}")
            given[name] = _to_numpy(adjoint.name, name, tensors[name])
        options = {name: value for name, value in given.items() if name not in with_gradient}
        return _Apply.apply(adjoint, options, tuple(with_gradient), *with_gradient.values())

    call.__name__ = call.__qualname__ = adjoint.name
    call.__module__, call.__wrapped__, call.differentiable = __name__, function, (*adjoint.names, *adjoint.apart)
    call.__doc__ = f"fastact.{adjoint.name} for tensors, with gradients of {', '.join(call.differentiable)}.\n\n{function.__doc__}"
    return call


def __getattr__(name):
    if name not in fa.library.names:
        raise AttributeError(f"module 'fastact.torch' has no attribute {name!r}")
    return vars(sys.modules[__name__]).setdefault(name, wrap(getattr(fa, name)))
