"""fastact itself, called as its documentation says, with outputs given."""

import numpy as np

import fastact
from fastact import _core

from . import settings


class Peer:
    name = "fastact"
    fresh = False

    def __init__(self):
        fastact.set_num_threads(1)
        self.version = fastact.__version__

    def offers(self, cell):
        return True

    def prepare(self, cell, data):
        return prepare(cell, data)


def prepare(cell, data):
    function = getattr(fastact, cell.function)
    first, *rest = data.arguments
    out = data.out
    if cell.kind == "joint_loss":
        return _joint(cell, data, function)
    if cell.pass_ == "value":
        return lambda: function(first, rest[0])
    if cell.pass_ == "value_and_gradient":
        both = function.value_and_gradient
        return lambda: both(first, rest[0], grad_out=out)
    arguments = (first, *rest, *settings(cell.function))
    if cell.kind == "gated":
        if cell.pass_ == "forward":
            return lambda: function(first, rest[0], out=out)
        outs = (out, data.second_out)
        return lambda: function.backward(first, *rest, out=outs)
    if cell.kind == "learned" and cell.pass_ == "backward":
        grad, x, parameter = arguments[:3]
        outs = (out, np.zeros_like(parameter))
        return lambda: function.backward(grad, x, parameter, out=outs)
    if cell.pass_ != "forward":
        function = getattr(function, cell.pass_)
    if len(arguments) == 1:  # unpacking would cost a few nanoseconds
        return lambda: function(first, out=out)
    return lambda: function(*arguments, out=out)


def _joint(cell, data, function):
    arguments, names = data.arguments, _core.row(cell.function)["gradients"]
    if cell.pass_ == "value":
        return lambda: function(*arguments)
    outs, both = tuple(np.zeros_like(data.x) for _ in names), function.value_and_gradient
    if "penalty" in cell.function:
        return lambda: both(*arguments, out=outs[0])
    outs = outs[0] if len(outs) == 1 else outs
    return lambda: both(*arguments, grad_out=outs)
