"""Compiled kernels by name: machine code with the signature of the C core's, made by Numba on first use and kept on disk."""

import threading
from functools import lru_cache

from numba import cfunc, types

from . import graphs
from .loops import run

FORMS = ("f32", "f64", "f16", "bf16")
SIGNATURE = types.void(types.int64, *[types.voidptr] * 4)
_compiling = threading.RLock()


def make(path, form, each):
    def kernel(n, a, b, out, p):
        run(path, form, each, n, a, b, out, p)

    return kernel


@lru_cache(maxsize=None)
def _compiled(name, step, form, each):
    worked = form if form == "f64" else "f32"
    body = make(f"{name}/{step}/{worked}#{graphs.digest(name)}", form, each)
    try:
        return cfunc(SIGNATURE, cache=True)(body)
    except RuntimeError:  # nowhere to keep it
        return cfunc(SIGNATURE)(body)


def compiled(name, step, form, each=False):
    """The kernel of a pass ("value", "derivative", "backward", "backward_from_output") for arrays of a format, as Numba's object.

    With `each`, the last argument of the kernel points to an array for each parameter, else to a number for each.
    """
    with _compiling:
        return _compiled(name, step, form, int(each))


def address(name, step, form, each=False):
    """Where the machine code of a kernel begins."""
    return compiled(name, step, form, each).address
