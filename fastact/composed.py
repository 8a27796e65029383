"""Functions that are made of others and have no kernels of their own: row-wise ones, and what functions() says of all of them."""

from importlib import import_module

import numpy as np

from . import _core
from .arrays import (
    as_axis,
    as_generator,
    as_lines,
    as_mask,
    as_number,
    as_real,
    check_output,
    deliver,
    is_float,
    name_function,
    new_lines,
    result_dtype,
)
from .rows import as_rows, axis_of, back_from_rows, build_logsumexp, check_gradient, common, finish, general, prepared


def _masked_softmax():
    @np.errstate(all="ignore")
    def value(x, axis=-1, where=None, scale=1.0, out=None):
        x = as_real("masked_softmax", "x", x)
        mask, scale = as_mask("masked_softmax", where, x.shape), as_number("masked_softmax", "scale", scale)
        kept = ~np.isneginf(x * np.sign(scale)) if is_float(x.dtype) else np.ones(x.shape, bool)
        return _renamed("masked_softmax", general("softmax")[0], x, axis, kept if mask is None else kept & mask, scale, out)

    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        return _renamed("masked_softmax", general("softmax")[1], grad, y, axis, where, scale, out)

    return value, backward


def _softmin():
    def value(x, axis=-1, where=None, scale=1.0, out=None):
        return _renamed("softmin", general("softmax")[0], x, axis, where, -as_number("softmin", "scale", scale), out)

    def backward(grad, y, axis=-1, where=None, scale=1.0, out=None):
        scale = -as_number("softmin.backward", "scale", scale)
        return _renamed("softmin", general("softmax")[1], grad, y, axis, where, scale, out)

    return value, backward


def _crelu():
    relu, call = _core.make_ufunc("relu", "value", "relu"), "crelu.backward"
    relu_backward = _core.make_ufunc("relu", "backward", "relu.backward")

    def halves(axis, size):
        return [(slice(None),) * axis + (slice(at, at + size),) for at in (0, size)]

    def doubled(where, x, axis):
        if x.ndim == 0 or (axis is None and x.ndim > 1):
            raise ValueError(f"{where}: axis is {axis} for an x of shape {x.shape}; an axis of x is accepted")
        axis = as_axis(where, -1 if axis is None else axis, x.ndim)
        return axis, x.shape[:axis] + (2 * x.shape[axis],) + x.shape[axis + 1 :]

    @np.errstate(all="ignore")
    def value(x, axis=-1, out=None):
        x = as_real("crelu", "x", x)
        axis, shape = doubled("crelu", x, axis)
        dtype = result_dtype(x)
        check_output("crelu", "out", out, shape, dtype)
        result = _core.new_output(shape, dtype)
        first, second = halves(axis, x.shape[axis])
        x = x.astype(dtype, copy=False)
        relu(x, out=result[first])
        relu(-x, out=result[second])
        return deliver(result, dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, x, axis=-1, out=None):
        grad, x = as_real(call, "grad", grad), as_real(call, "x", x)
        axis, shape = doubled(call, x, axis)
        check_gradient(call, grad, shape, "x", x)
        dtype = result_dtype(grad, x)
        check_output(call, "out", out, x.shape, dtype)
        first, second = halves(axis, x.shape[axis])
        x, grad = x.astype(dtype, copy=False), grad.astype(dtype, copy=False)
        return deliver(relu_backward(grad[first], x) - relu_backward(grad[second], -x), dtype, out)

    return value, backward


def _checked_tau(call, tau):
    tau = as_number(call, "tau", tau)
    if not tau > 0:
        raise ValueError(f"{call}: tau is {tau:g}; a number above 0 is accepted")
    return tau


def _gumbel_softmax():
    hardmax = _core.Rows("hardmax")

    @np.errstate(all="ignore")
    def value(x, tau=1.0, hard=False, axis=-1, rng=None, out=None):
        x, tau = as_real("gumbel_softmax", "x", x), _checked_tau("gumbel_softmax", tau)
        rng = as_generator("gumbel_softmax", rng)
        axis, dtype = axis_of("gumbel_softmax", axis, x.shape), result_dtype(x)
        check_output("gumbel_softmax", "out", out, x.shape, dtype)
        waiting = rng.standard_exponential(x.shape)
        noise = -np.log(np.maximum(waiting, np.finfo(np.float64).tiny))  # 0 would make its element infinite
        y = general("softmax")[0](x + noise, axis, None, 1 / tau, None)
        if hard:
            lines = as_lines(np.asarray(y), axis, np.dtype(np.float64))
            y, result = new_lines(None, x.shape, lines.dtype, axis)
            hardmax.value(lines, result)
        return deliver(np.asarray(y), dtype, out)

    def backward(grad, y, tau=1.0, axis=-1, out=None):
        tau = _checked_tau("gumbel_softmax.backward", tau)
        return _renamed("gumbel_softmax", general("softmax")[1], grad, y, axis, None, 1 / tau, out)

    return value, backward


def _softmax_segments():
    kernel = _core.Rows("softmax")

    def segments(call, x, lengths, axis):
        """The rows of x along the axis, and where segments of each length begin."""
        axis = as_axis(call, axis, x.ndim)
        lengths = np.asarray(lengths)
        if lengths.size == 0:
            lengths = lengths.astype(int)
        if lengths.dtype.kind not in "iu" or lengths.ndim != 1:
            raise TypeError(f"{call}: lengths has dtype {lengths.dtype} and shape {lengths.shape}; integers in one dimension are accepted")
        if (lengths < 0).any() or lengths.sum() != x.shape[axis]:
            raise ValueError(f"{call}: lengths sum to {lengths.sum()}; lengths of 0 or more that sum to {x.shape[axis]} are accepted")
        begins = np.cumsum(lengths) - lengths
        return axis, [(length, begins[lengths == length]) for length in np.unique(lengths) if length]

    def each(run, arrays, groups, result):
        for length, begins in groups:
            at = begins[:, None] + np.arange(length)
            parts = [np.take(array, at, axis=1).reshape(-1, length) for array in arrays]
            made = np.empty_like(parts[0])
            run(*parts, made)
            result[:, at] = made.reshape(len(result), *at.shape)

    @np.errstate(all="ignore")
    def value(x, lengths, axis=-1, scale=1.0, out=None):
        name = "softmax_segments"
        x = as_real(name, "x", x)
        axis, groups = segments(name, x, lengths, axis)
        _, _, scale, dtype, work = common(name, (x,), axis, None, scale, out)
        rows = as_rows(prepared(x, axis, work, scale, None, 0), 1, work)
        result = _core.new_output(rows.shape, rows.dtype)
        each(kernel.value, (rows,), groups, result)
        return deliver(back_from_rows(result, axis, x.shape), dtype, out)

    @np.errstate(all="ignore")
    def backward(grad, y, lengths, axis=-1, scale=1.0, out=None):
        call = "softmax_segments.backward"
        grad, y = as_real(call, "grad", grad), as_real(call, "y", y)
        check_gradient(call, grad, y.shape, "y", y)
        axis, groups = segments(call, y, lengths, axis)
        _, _, scale, dtype, work = common(call, (grad, y), axis, None, scale, out)
        rows = as_rows(grad, axis, work)
        result = _core.new_output(rows.shape, rows.dtype)
        each(kernel.backward, (rows, as_rows(y, axis, work)), groups, result)
        return deliver(back_from_rows(result if scale == 1 else result * scale, axis, y.shape), dtype, out)

    return value, backward


def _renamed(name, general, *arguments):
    """Calls the general form of softmax; its errors speak of `name`."""
    try:
        return general(*arguments)
    except (TypeError, ValueError) as error:
        if isinstance(error, np.exceptions.AxisError):
            raise np.exceptions.AxisError(str(error).replace("softmax", name, 1)) from None
        raise type(error)(str(error).replace("softmax", name, 1)) from None


# name -> (how it is made, formula, backward)
_COMPOSED = {
    "masked_softmax": (_masked_softmax, "softmax of what is left, 0 elsewhere", "y * (g - sum(g * y)), 0 where left out"),
    "softmin": (_softmin, "softmax(-x)", "-y * (g - sum(g * y))"),
    "logmeanexp": (
        lambda: build_logsumexp(_core.Rows("logsumexp"), "logmeanexp", mean=True),
        "logsumexp(x) - log(n), n how many count",
        "g * exp(x - logsumexp(x))",
    ),
    "crelu": (_crelu, "relu(x) and behind it relu(-x), twice as long an axis", "g1 where x > 0, less g2 where x < 0"),
    "gumbel_softmax": (
        _gumbel_softmax,
        "softmax((x + G) / tau), G random: -log(E), E exponential",
        "y * (g - sum(g * y)) / tau, y a sample that is not hard",
    ),
    "softmax_segments": (_softmax_segments, "softmax inside every one of consecutive segments", "y * (g - sum(g * y)) of every segment"),
}


_PARAMETERS = {"gumbel_softmax": {"tau": 1.0}}
_MODULES = {
    "rrelu_train": "randomized",
    "xielu": "integral_elu",
    "linear_cross_entropy": "linear_loss",
    "sampled_softmax": "sampled_loss",
    "nce": "sampled_loss",
    "adaptive_log_softmax": "adaptive_loss",
}  # in files of their own
NAMES = (*_COMPOSED, *_MODULES)


def _module(name):
    return import_module(f".{_MODULES[name]}", __package__)


def build(name):
    """A function that is made of others and has no kernels of its own."""
    if name in _MODULES:
        return _module(name).build(name)
    make, formula, derivative = _COMPOSED[name]
    return finish(name, _named, *make(), {"formula": formula, "derivative": derivative})


def catalog_rows():
    """What the catalog says of functions with kernels, of these."""
    usual = ("value", "backward")
    found = [(name, _PARAMETERS.get(name, {}), formula, derivative, usual) for name, (_, formula, derivative) in _COMPOSED.items()]
    found += [(name, *_module(name).CATALOG[name]) for name in _MODULES]
    keys = ("name", "parameters", "formula", "derivative", "passes")
    return [dict(zip(keys, row)) | {"kind": "composed", "aliases": (), "max_ulp": {}} for row in found]


def _named(pass_, general, qualified_name):
    name_function(general, qualified_name)
    return general
