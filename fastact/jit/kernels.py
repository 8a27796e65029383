"""Compiled kernels by name: machine code with the signature of the C core's, made by Numba on first use and kept on disk."""

import threading
from functools import lru_cache

from numba import types
from numba.core.caching import FunctionCache
from numba.core.ccallback import CFunc

from . import graphs
from .loops import run, run_gated
from .programs import run_rows, run_task

FORMS = ("f32", "f64", "f16", "bf16")
LOSSES = ("loss", "row_loss", "joint_loss")
KINDS = ("elementwise", "rowwise", "gated", "learned", *LOSSES)  # of functions whose kernels stand in for the core's
SIGNATURE = types.void(types.int64, *[types.voidptr] * 4)
GATED_SIGNATURE = types.void(types.int64, *[types.voidptr] * 3)
TASK_SIGNATURE = types.void(types.voidptr)
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
    """What is on the disk; a disk that is full or cannot be read costs the time of compiling."""

    def load_overload(self, signature, context):
        try:
            return super().load_overload(signature, _Bare(context))
        except OSError:
            return None

    def save_overload(self, signature, data):
        try:
            super().save_overload(signature, data)
        except OSError:
            pass


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


def make_task(path):
    def kernel(task):
        run_task(path, task)

    return kernel


def make_rows(path):
    def kernel(rows, columns, a, b, out, p):
        run_rows(path, rows, columns, a, b, out, p)

    return kernel


@lru_cache(maxsize=None)
def _compiled(name, step, form, part):
    kind, version = graphs.kind(name), graphs.digest(name)
    path = f"{name}/{step}/{form if form == 'f64' else 'f32'}#{version}"
    if kind == "gated":
        return Kernel(make_gated(path, form), GATED_SIGNATURE)
    if kind == "rowwise":
        return Kernel(make_rows(path), ROWS_SIGNATURE)
    if kind in (*LOSSES, "learned"):
        return Kernel(make_task(path), TASK_SIGNATURE)
    return Kernel(make(path, form, part), SIGNATURE)


def compiled(name, step, form, part=0):
    """The kernel of a pass ("value", "derivative", "backward", "backward_from_output") for arrays of a format, as Numba's object.

    `part` is what fastact_kernel_maker in the C header has: with 1, the last argument of the kernel of an elementwise function points to an
    array for each parameter, else to a number for each; of a loss it tells which of its kernels is meant.
    """
    with _compiling:
        return _compiled(name, step, form, int(part))


def address(name, step, form, part=0):
    """Where the machine code of a kernel begins; losses have one for all passes."""
    return compiled(name, "task" if graphs.kind(name) in LOSSES else step, form, part).address
