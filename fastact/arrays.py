"""What the row-wise functions and the losses ask of their array arguments."""

import numpy as np


def as_float(name, argument, value):
    """An array of float16, float32 or float64; integers and bool become float64, everything else is refused."""
    array = np.asarray(value)
    kind = array.dtype.kind
    if kind in "biu":
        return array.astype(np.float64)
    if kind != "f" or array.dtype.itemsize > 8:
        raise TypeError(f"{name}: {argument} has dtype {array.dtype}; float16, float32, float64, integer and bool are accepted")
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def check_out(name, out, shape, dtype, argument="out"):
    """Refuse an output that could not hold the result, before anything is written."""
    if out is None:
        return
    if not isinstance(out, np.ndarray):
        raise TypeError(f"{name}: {argument} is {type(out).__name__}; an ndarray is accepted")
    if out.shape != shape:
        raise ValueError(f"{name}: {argument} has shape {out.shape}; {shape} is accepted")
    if out.dtype != dtype:
        raise ValueError(f"{name}: {argument} has dtype {out.dtype}; {dtype} is accepted")
    if not out.flags.writeable:
        raise ValueError(f"{name}: {argument} is read-only")
