"""What the row-wise functions and the losses ask of their array arguments.

Casts may raise floating-point flags: callers of `as_plain` and `deliver` work under np.errstate(all="ignore").
"""

import math
import operator

import numpy as np

from . import _core

_PLAIN = (np.dtype(np.float32), np.dtype(np.float64))
ACCEPTED = "float16, bfloat16, float32, float64, integers and bool are accepted"


def is_bfloat16(dtype):
    """Whether it is that of ml_dtypes."""
    return dtype.kind == "V" and dtype.name == "bfloat16"


def is_float(dtype):
    return dtype.kind == "f" or is_bfloat16(dtype)


def is_accepted(dtype):
    return dtype.kind in "biu" or (is_float(dtype) and dtype.itemsize <= 8)


def as_array(call, argument, value):
    """The value as an array of any dtype."""
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{call}: {argument} is no regular array; nested sequences need equal lengths") from None


def as_real(call, argument, value):
    """The value as an array of floating-point numbers, integers or bool."""
    array = as_array(call, argument, value)
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray and np.any(getattr(value, "mask", False)):
        raise TypeError(f"{call}: {argument} is a masked array; its data and, where there is such an argument, where=~mask are accepted")
    if array.dtype not in _PLAIN and not is_accepted(array.dtype):
        raise TypeError(f"{call}: {argument} has dtype {array.dtype}; {ACCEPTED}")
    return array


def result_dtype(*values):
    """What a function of these arguments returns: floats are promoted among themselves, integers do not widen them.

    Python numbers are weak; without any floating-point array the answer is float64.
    """
    dtypes = {np.asarray(v).dtype for v in values if type(v) not in (bool, int, float)}
    if len(dtypes) == 1 and _PLAIN[0] in dtypes:
        return _PLAIN[0]
    floats = [dtype for dtype in dtypes if is_float(dtype)]
    return np.result_type(*floats) if floats else _PLAIN[1]


def working_dtype(dtype):
    """Types of 16 bits are computed as float32 and rounded once at the end."""
    return dtype if dtype in _PLAIN else _PLAIN[0]


def as_mask(call, where, shape):
    """A boolean array of the given shape, or None."""
    if where is None:
        return None
    mask = np.asarray(where)
    if mask.dtype != bool:
        raise TypeError(f"{call}: where has dtype {mask.dtype}; bool is accepted")
    try:
        return np.broadcast_to(mask, shape)
    except ValueError:
        raise ValueError(f"{call}: where has shape {mask.shape}; what broadcasts to {shape} is accepted") from None


def as_number(call, argument, value):
    """A Python float of a number or 0-d array."""
    if type(value) in (float, int):
        return float(value)
    try:
        if np.ndim(value) == 0 and not isinstance(value, str):
            return float(value)
    except (TypeError, ValueError):
        pass
    raise TypeError(f"{call}: {argument} is {value!r}; a number is accepted")


def as_flag(call, argument, value):
    """True or False, given as that or as 1 or 0; not whatever Python takes for true."""
    if isinstance(value, (bool, int, float, np.bool_)) and value in (0, 1):
        return bool(value)
    raise ValueError(f"{call}: {argument} is {value!r}; True and False are accepted")


def as_generator(call, rng):
    """The generator itself, a fresh one for None."""
    if rng is None:
        return np.random.default_rng()
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"{call}: rng is of type {type(rng).__name__}; a numpy.random.Generator is accepted")
    return rng


def as_axis(call, axis, dimensions):
    """A non-negative axis; AxisError, which is a ValueError, where there is none."""
    try:
        axis = operator.index(axis)
    except TypeError:
        raise TypeError(f"{call}: axis is {axis!r}; an integer is accepted") from None
    if not -dimensions <= axis < dimensions:
        raise np.exceptions.AxisError(axis, dimensions, call)
    return axis % dimensions


def last_axis(array, axis):
    """The array with that axis moved to the end."""
    return array if axis == array.ndim - 1 else np.moveaxis(array, axis, -1)


def _is_plain(array):
    return array.flags.c_contiguous and array.flags.aligned and array.dtype.isnative


def is_sixteen(dtype):
    return dtype.itemsize == 2 and is_float(dtype)


def _copy(source, to):
    if not _core.copy_turned(source, to):
        to[...] = source


def _in_order(array):
    """A copy in C order, native."""
    made = _core.new_output(array.shape, array.dtype.newbyteorder("="))
    _copy(array, made)
    return made


def as_plain(array, dtype):
    """C order, aligned, native, of that dtype; the array itself where it is all that."""
    if dtype == _PLAIN[0] and is_sixteen(array.dtype):  # which NumPy converts one number at a time: 1.6 ns, here 0.1
        return _core.widen(array if _is_plain(array) else _in_order(array))
    if array.dtype != dtype:
        made = _core.new_output(array.shape, np.dtype(dtype))
        made[...] = array
        return made
    return array if _is_plain(array) else _in_order(array)


def _sizes_around(shape, axis):
    """(outer, columns, inner) of an array whose rows run along that axis; None: all of it is one."""
    if axis is None:
        return 1, math.prod(shape), 1
    return math.prod(shape[:axis]), shape[axis], math.prod(shape[axis + 1 :])


def _is_joined(array, axis):
    """Whether the axes on either side can be one without a copy."""
    if array.flags.c_contiguous:
        return True
    steps, sizes = array.strides, array.shape
    ends = range(array.ndim - 1) if axis is None else (k for k in range(array.ndim - 1) if k not in (axis - 1, axis))
    return all(steps[k] == steps[k + 1] * sizes[k + 1] for k in ends)


def as_lines(array, axis, dtype, plain=False):
    """The array as (outer, columns, inner), of rows along the middle axis; a copy where it has another dtype or its axes do not join.

    What is `plain` is in C order. Of axis None the whole array is one row.
    """
    if plain or array.dtype != dtype or not _is_joined(array, axis):
        array = as_plain(array, dtype)
    return array.reshape(_sizes_around(array.shape, axis))


def new_lines(out, shape, dtype, axis, *inputs, apart_from=()):
    """What a kernel may write a result of that shape to, and the same as lines: out, where that is apart from each input or exactly it."""
    may = out is not None and out.dtype == dtype and out.flags.forc and _is_joined(out, axis)
    if not may or any(_meet(out, x) for x in apart_from) or not all(_is_same(out, x) or not _meet(out, x) for x in inputs):
        out = _core.new_output(shape, dtype)
    return out, out.reshape(_sizes_around(shape, axis))


def _meet(a, b):
    return b is not None and np.may_share_memory(a, b)


def _is_same(a, b):
    return (a.ctypes.data, a.strides, a.shape) == (b.ctypes.data, b.strides, b.shape)


def selected(mask, array, fill):
    """np.where(mask, array, fill) as a new plain array; the mask is broadcast."""
    mask = np.broadcast_to(mask, array.shape)
    made = _core.new_output(array.shape, array.dtype)
    if not _core.copy_where(np.ascontiguousarray(mask), array, fill, made):
        made[...] = np.where(mask, array, array.dtype.type(fill))
    return made


def fill_where_not(mask, array, fill):
    """array[~mask] = fill"""
    if not _core.copy_where(np.ascontiguousarray(mask), array, fill, array):
        array[~mask] = fill


def check_output(call, argument, out, shape, dtype):
    """Refuse an output that cannot hold the result, before anything is computed."""
    if out is None:
        return
    if not isinstance(out, np.ndarray):
        raise TypeError(f"{call}: {argument} is of type {type(out).__name__}; an ndarray is accepted")
    if out.shape != shape:
        raise ValueError(f"{call}: {argument} has shape {out.shape}; {shape} is accepted")
    if not np.can_cast(dtype, out.dtype, "same_kind"):
        raise TypeError(f"{call}: {argument} has dtype {out.dtype}; {dtype} is accepted")
    if not out.flags.writeable:
        raise ValueError(f"{call}: {argument} is read-only")


def takes_result(out, dtype, *inputs):
    """Whether a kernel may write to out itself: plain, and either exactly an input or apart from all of them."""
    if out is None or out.dtype != dtype or not (out.flags.c_contiguous and out.flags.aligned):
        return False
    for array in inputs:
        if array is not None and np.may_share_memory(out, array):
            if out.ctypes.data != array.ctypes.data or out.nbytes != array.nbytes:
                return False
    return True


def deliver(result, dtype, out):
    """The result in out, or as a C-contiguous array of its dtype, a scalar when it is 0-d."""
    if result is out:
        return out
    if out is None:
        if result.ndim == 0:
            return as_plain(result, dtype)[()]
        if result.dtype == dtype and result.flags.c_contiguous and result.flags.aligned:
            return result
        out = _core.new_output(result.shape, dtype)
    if result.dtype == _PLAIN[0] and is_sixteen(out.dtype) and _is_plain(out):
        _core.narrow(as_plain(result, _PLAIN[0]), out)
    else:
        _copy(result, out)
    return out


def example_of(call, compute):
    """What one types and what comes back; without the compiled core, where no text is worth a kernel, the call alone."""
    return f"{call}\n{compute()!r}" if _core.COMPILED else call


def name_function(function, qualified_name):
    """Make a function known under its public name: for messages, help and pickle."""
    function.__name__ = qualified_name.rpartition(".")[2]
    function.__qualname__ = qualified_name
    function.__module__ = "fastact"
