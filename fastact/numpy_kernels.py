"""Kernels of the backend "numpy": reference.py's formulas in float64, rounded once, called by the core as it calls its own."""

import ctypes
from functools import lru_cache

import numpy as np

from . import _core
from .reference import CONSTANTS, FORMULAS, FROM_OUTPUT

_SIGNATURE = ctypes.CFUNCTYPE(None, ctypes.c_size_t, *[ctypes.c_void_p] * 4)
_STORED = {"f16": np.float16, "bf16": np.uint16, "f32": np.float32, "f64": np.float64}


class _Memory:
    """n numbers at an address."""

    def __init__(self, address, n, dtype):
        self.__array_interface__ = {"version": 3, "data": (address, False), "shape": (n,), "typestr": np.dtype(dtype).str}


def _at(address, n, dtype):
    return np.asarray(_Memory(address, n, dtype)) if n else np.empty(0, dtype)


def _wide(address, n, form):
    """Numbers in memory as float64."""
    numbers = _at(address, n, _STORED[form])
    if form == "bf16":
        numbers = (numbers.astype(np.uint32) << 16).view(np.float32)
    return numbers.astype(np.float64)


def _bfloat16(numbers):
    """Rounded to nearest once: to odd on the way through float32, so that the second rounding sees what the first one dropped."""
    single = numbers.astype(np.float32)
    bits = single.view(np.uint32)
    bits -= np.abs(single) > np.abs(numbers)
    bits |= (single != numbers) & ~np.isnan(numbers)
    return np.where(np.isnan(numbers), 0x7FC0, bits + 0x7FFF + (bits >> 16 & 1) >> 16).astype(np.uint16)


def _formula(name, step):
    """The formula of a pass: formula(x, gradient, *parameters)."""
    value, slope = FORMULAS[name]
    if step == "value":
        return lambda x, g, *parameters: np.where(np.isnan(x), np.nan, value(x, *parameters))
    if step == "derivative":
        return lambda x, g, *parameters: slope(x, *parameters)
    slope = FROM_OUTPUT[name] if step == "backward_from_output" else slope
    return lambda x, g, *parameters: g * slope(x, *parameters)


@lru_cache(maxsize=None)
def _kernel(name, step, form, each):
    formula, count = _formula(name, step), len(_core.row(name)["parameters"])
    kind, two = ("f64" if form == "f64" else "f32"), step.startswith("backward")
    constants = [float(_STORED[kind](value)) for value in CONSTANTS.get(name, ())]

    def compute(n, a, b, out, parameters):
        with np.errstate(all="ignore"):
            x, g = _wide(b if two else a, n, form), _wide(a, n, form)
            if each:
                values = [_wide(int(pointer), n, kind) for pointer in _at(parameters, count, np.uintp)]
            else:
                values = _wide(parameters, count, kind)
            result = np.broadcast_to(formula(x, g, *values, *constants), n)
            _at(out, n, _STORED[form])[:] = _bfloat16(result) if form == "bf16" else result

    return _SIGNATURE(compute)


def address(name, step, form, each):
    """Where the kernel of a pass begins; None without a formula."""
    if name not in FORMULAS or (step == "backward_from_output" and name not in FROM_OUTPUT):
        return None
    return ctypes.cast(_kernel(name, step, form, each), ctypes.c_void_p).value
