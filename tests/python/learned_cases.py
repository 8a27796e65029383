"""Functions with a learned parameter: shapes, axes and data that their tests share."""

import math

from helpers import names_of, sample

import fastact

NAMES = names_of("learned")
FLOATS = ("float32", "float64")
START = {name: next(iter(fastact.functions()[name].parameters.values())) for name in NAMES}
# x's shape, the parameter's, and the axis: scalars, one a channel, one an element, gaps between, axes of length one
LAYOUTS = [
    ((), (), 1), ((), (1,), 1), ((7,), (), 1), ((7,), (7,), 1), ((7,), (1,), 0), ((5, 3), (3,), 1), ((5, 3), (5,), 0), ((5, 3), (3,), -1),
    ((5, 3), (5, 1), 1), ((5, 3), (5, 3), 1), ((2, 3, 4, 5), (3,), 1), ((2, 3, 4, 5), (3, 1, 1), 1), ((2, 3, 4, 5), (3, 4, 5), 1),
    ((2, 3, 4, 5), (2, 1, 4, 1), 1), ((2, 3, 4, 5), (3, 1, 5), 1), ((2, 1, 4, 5), (2, 1, 4, 1), 1), ((4, 300), (300,), 1),
    ((3, 2, 70), (2,), 1), ((2, 2, 5000), (2,), 1), ((40, 17), (17,), 1), ((3000, 3), (3,), 1), ((2, 0, 3), (0,), 1), ((0, 3), (3,), 1),
]  # fmt: skip
# runs of pieces, of several at a time, and columns of several tiles, blocks and rows side by side, with what no row is full of
LARGE = [((300_001,), (), 1), ((3, 2, 40_000), (2,), 1), ((700, 3, 70), (3,), 1), ((3100, 300), (300,), 1), ((70_003, 3), (3,), 1),
         ((5000, 20, 3), (20,), 1)]  # fmt: skip


def along(parameter, x, axis):
    """The parameter in the shape that broadcasts to x by NumPy's rules."""
    if parameter.ndim != 1 or x.ndim == 0:
        return parameter.reshape(()) if x.ndim == 0 else parameter
    shape = [1] * x.ndim
    shape[0 if axis == 1 and x.ndim == 1 else axis] = -1
    return parameter.reshape(shape)


def drawn(name, dtype, shape, parameter_shape):
    count, few = math.prod(shape), math.prod(parameter_shape)
    g, x = sample(count, dtype, 1).reshape(shape), sample(count, dtype, 2).reshape(shape)
    p = (START[name] + sample(few, "float64", 3) / 8).astype(dtype).reshape(parameter_shape)
    return g, x, p
