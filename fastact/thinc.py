"""thinc on fastact: FastactOps is thinc's NumpyOps with the activations, their backward passes and softmax of fastact.

The import registers it, so that `use_ops("fastact")` finds it, as a config does.

>>> import numpy as np, fastact.thinc
>>> from thinc.api import Gelu, use_ops
>>> with use_ops("fastact"):
...     layer = Gelu(4, 3).initialize()
...     type(layer.ops).__name__, layer.predict(np.zeros((2, 3), np.float32)).shape
('FastactOps', (2, 4))
"""

import numpy as np
from thinc.api import NumpyOps, registry

import fastact as fa

__all__ = ["FastactOps"]


def _value(function, x, inplace, *parameters):
    return function(x, *parameters, out=x if inplace else None)


def _check_shapes(grad, given):
    if grad.shape != given.shape:
        raise ValueError(f"arrays have incompatible shapes: {grad.shape} and {given.shape}")


def _backward(function, grad, given, inplace, *parameters):
    """Into the gradient where `inplace`; `given` is the input or the output, as the function asks for."""
    _check_shapes(grad, given)
    return function(grad, given, *parameters, out=grad if inplace else None)


@registry.ops("FastactOps")
class FastactOps(NumpyOps):
    """The arguments are those of thinc's Ops. Nothing is clamped, and mish needs no threshold: both are exact everywhere."""

    name = "fastact"

    def sigmoid(self, X, *, inplace=False):
        return _value(fa.sigmoid, X, inplace)

    def backprop_sigmoid(self, dY, Y, *, inplace=False):
        return fa.sigmoid.backward_from_output(dY, Y, out=Y if inplace else None)

    def dsigmoid(self, Y, *, inplace=False):
        return fa.sigmoid.backward_from_output(1.0, Y, out=Y if inplace else None)

    def dtanh(self, Y, *, inplace=False):
        return fa.tanh.backward_from_output(1.0, Y, out=Y if inplace else None)

    def softmax(self, x, *, inplace=False, axis=-1, temperature=1.0):
        return fa.softmax(x, axis, None, 1 / temperature, x if inplace else None)

    def backprop_softmax(self, Y, dY, *, axis=-1, temperature=1.0):
        return fa.softmax.backward(dY, Y, axis, None, 1 / temperature)

    def softmax_sequences(self, Xs, lengths, *, inplace=False, axis=-1):
        if Xs.ndim >= 3:  # what thinc's own ops refuse, and with the same exception
            raise NotImplementedError(f"softmax_sequences: Xs has {Xs.ndim} dimensions; one or two are accepted")
        return fa.softmax_segments(Xs, lengths, axis=0)

    def backprop_softmax_sequences(self, dY, Y, lengths):
        return fa.softmax_segments.backward(dY, Y, lengths, axis=0)

    def relu(self, X, inplace=False):
        return _value(fa.relu, X, inplace)

    def backprop_relu(self, dY, Y, inplace=False):
        return _backward(fa.relu.backward_from_output, dY, Y, inplace)

    def clipped_linear(self, X, slope=1.0, offset=0.0, min_val=0.0, max_val=1.0, inplace=False):
        return _value(fa.clipped_linear, X, inplace, slope, offset, min_val, max_val)

    def backprop_clipped_linear(self, dY, X, slope=1.0, offset=0.0, min_val=0.0, max_val=1.0, inplace=False):
        return _backward(fa.clipped_linear.backward, dY, X, inplace, slope, offset, min_val, max_val)

    # relu_k, hard_sigmoid and hard_tanh of thinc call the two above; these two leave out the backward passes' inplace
    def backprop_hard_sigmoid(self, dY, X, inplace=False):
        return self.backprop_clipped_linear(dY, X, slope=0.2, offset=0.5, inplace=inplace)

    def backprop_hard_tanh(self, dY, X, inplace=False):
        return self.backprop_clipped_linear(dY, X, min_val=-1.0, max_val=1.0, inplace=inplace)

    def swish(self, X, inplace=False):
        return _value(fa.silu, X, inplace)

    def backprop_swish(self, dY, X, Y, inplace=False):
        _check_shapes(dY, Y)
        return _backward(fa.silu.backward, dY, X, inplace)

    def hard_swish(self, X, inplace=False):
        return _value(fa.hard_swish, X, inplace, 0.2, 0.5)

    def backprop_hard_swish(self, dY, X, inplace=False):
        return _backward(fa.hard_swish.backward, dY, X, inplace, 0.2, 0.5)

    def hard_swish_mobilenet(self, X, inplace=False):
        return _value(fa.hard_swish, X, inplace)

    def backprop_hard_swish_mobilenet(self, dY, X, inplace=False):
        return _backward(fa.hard_swish.backward, dY, X, inplace)

    def dish(self, X, inplace=False):
        return _value(fa.dish, X, inplace)

    def backprop_dish(self, dY, X, inplace=False):
        return _backward(fa.dish.backward, dY, X, inplace)

    def gelu(self, X, inplace=False):
        return _value(fa.gelu, X, inplace)

    def backprop_gelu(self, dY, X, inplace=False):
        return _backward(fa.gelu.backward, dY, X, inplace)

    def gelu_approx(self, X, inplace=False):
        return _value(fa.gelu_tanh, X, inplace)

    def backprop_gelu_approx(self, dY, X, inplace=False):
        return _backward(fa.gelu_tanh.backward, dY, X, inplace)

    def mish(self, X, threshold=20.0, inplace=False):
        return _value(fa.mish, X, inplace)

    def backprop_mish(self, dY, X, threshold=20.0, inplace=False):
        return _backward(fa.mish.backward, dY, X, inplace)
