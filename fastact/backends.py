"""Whose kernels run: the C core's, those that Numba compiles, or NumPy's operations. Of the first two results have the same bits."""

import os

from . import _core

NAMES = ("auto", "c", "numba", "numpy")
_current = "auto"


def get_backend():
    """The backend that was chosen: "auto", "c", "numba" or "numpy".

    Examples
    --------
    >>> import fastact as fa
    >>> fa.get_backend()
    'auto'
    """
    return _current


def _use(name):
    if name == "numba":
        from .jit import kernels  # needs Numba, which takes its time to import

        _core.use_kernels_of(kernels.address, alone="numba", kinds=kernels.KINDS)
    elif name == "numpy":
        from . import numpy_kernels

        _core.use_kernels_of(numpy_kernels.address, alone="numpy", threads=False)
    else:
        from . import tuning

        _core.use_kernels_of(tuning.maker() if name == "auto" else None)


def set_backend(name):
    """Choose whose kernels run from now on, for all threads.

    Parameters
    ----------
    name : {"auto", "c", "numba", "numpy"}
        "c" for the compiled core and "numba" for kernels that Numba compiles when they are first used, and keeps on disk; "auto" is for
        each function the faster one, which is the core unless `tune` has measured otherwise. "numpy" is the readable reference,
        NumPy's operations in float64, rounded once: close to the others instead of equal in every bit, slow, by one thread, and never
        chosen by "auto". Numba has all functions, NumPy elementwise ones; while it is chosen, others raise.

    Raises
    ------
    ValueError
        For another name.
    ImportError
        For "numba" without Numba.

    Examples
    --------
    >>> import numpy as np, fastact as fa
    >>> fa.set_backend("c")
    >>> fa.tanh(np.float32(0.5))
    np.float32(0.46211717)
    >>> fa.set_backend("auto")
    """
    global _current
    if name not in NAMES:
        raise ValueError(f"set_backend: name is {name!r}; {', '.join(map(repr, NAMES))} are accepted")
    if name == "c" and not _core.COMPILED:
        raise ImportError("set_backend: this installation of fastact was made without the compiled core")
    _use(name)
    _current = name


class backend:
    """Use a backend within a block.

    Examples
    --------
    >>> import fastact as fa
    >>> with fa.backend("c"):
    ...     fa.get_backend()
    'c'
    """

    def __init__(self, name):
        self.name = name
        self.before = []  # of each block that it was entered for and that has not ended

    def __enter__(self):
        before = get_backend()
        set_backend(self.name)
        self.before.append(before)

    def __exit__(self, kind, error, traceback):
        set_backend(self.before.pop())


def from_environment():
    """What FASTACT_BACKEND says; a name that is none counts as none, as does a backend that is not installed."""
    name = os.environ.get("FASTACT_BACKEND", "auto")
    if name in NAMES and name != "auto":
        try:
            set_backend(name)
        except ImportError:
            pass
