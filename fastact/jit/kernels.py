"""Compiled kernels by name: machine code with the signature of the C core's, made by Numba on first use and kept on disk."""

import threading
from functools import lru_cache

from numba import types
from numba.core.caching import FunctionCache
from numba.core.ccallback import CFunc

from . import graphs
from .folds import run_loss
from .loops import run, run_gated
from .programs import run_rows

FORMS = ("f32", "f64", "f16", "bf16")
KINDS = ("elementwise", "rowwise", "gated", "loss")  # of functions that have kernels here
SIGNATURE = types.void(types.int64, *[types.voidptr] * 4)
GATED_SIGNATURE = types.void(types.int64, *[types.voidptr] * 3)
LOSS_SIGNATURE = types.void(types.int64, *[types.voidptr] * 4)
ROWS_SIGNATURE = types.void(types.int64, types.int64, *[types.voidptr] * 4)
_compiling = threading.RLock()


class _Bare:
    """A target context that is not filled with all that compiling takes: half a second that code from the disk has no need of."""

    def __init__(self, context):
        self.context = context

    def __getattr__(self, name):
        return getattr(self.context, name)

    def refresh(self):
        pass


class _Cache(FunctionCache):
    def load_overload(self, signature, context):
        return super().load_overload(signature, _Bare(context))


class Kernel(CFunc):
    """The machine code of a function of addresses; from the disk if it is there."""

    def __init__(self, body, signature):
        super().__init__(body, (signature.args, signature.return_type), {}, {})
        try:
            self._cache = _Cache(body)
        except RuntimeError:  # nowhere to keep it
            pass
        self.compile()


def make(path, form, each):
    def kernel(n, a, b, out, p):
        run(path, form, each, n, a, b, out, p)

    return kernel


def make_gated(path, form):
    def kernel(n, arrays_in, arrays_out, p):
        run_gated(path, form, n, arrays_in, arrays_out, p)

    return kernel


def make_loss(path, part):
    def kernel(n, arrays_in, arrays_out, numbers, sums):
        run_loss(path, part, n, arrays_in, arrays_out, numbers, sums)

    return kernel


def make_rows(path):
    def kernel(rows, columns, a, b, out, p):
        run_rows(path, rows, columns, a, b, out, p)

    return kernel


@lru_cache(maxsize=None)
def _compiled(name, step, form, part):
    kind, version = graphs.registry()["kinds"].get(name), graphs.digest(name)
    if kind == "loss":
        return Kernel(make_loss(f"{name}/{form}#{version}", part), LOSS_SIGNATURE)
    path = f"{name}/{step}/{form if form == 'f64' else 'f32'}#{version}"
    if kind == "gated":
        return Kernel(make_gated(path, form), GATED_SIGNATURE)
    if kind == "rowwise":
        return Kernel(make_rows(path), ROWS_SIGNATURE)
    return Kernel(make(path, form, part), SIGNATURE)


def compiled(name, step, form, part=0):
    """The kernel of a pass ("value", "derivative", "backward", "backward_from_output") for arrays of a format, as Numba's object.

    `part` is what fastact_kernel_maker in the C header has: with 1, the last argument of the kernel of an elementwise function points to an
    array for each parameter, else to a number for each; of a loss it tells which of its kernels is meant.
    """
    with _compiling:
        return _compiled(name, step, form, int(part))


def address(name, step, form, part=0):
    """Where the machine code of a kernel begins; of a loss, part 0 is asked for to see whether there are any."""
    if not part and graphs.registry()["kinds"].get(name) == "loss":
        return 1
    return compiled(name, step, form, part).address
