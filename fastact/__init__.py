"""fastact: neural-network activations, their derivatives, and losses. Fast, within 1 ulp, the same bits everywhere.

>>> import numpy as np, fastact as fa
>>> x = np.array([-1, 0, 2], np.float32)
>>> y = fa.gelu(x)                          # a NumPy ufunc: out=, where=, dtype=, broadcasting, strides
>>> dx = fa.gelu.backward(np.ones_like(x), x)
>>> fa.gelu.derivative(x)[1]
np.float32(0.5)
"""

import sys
from importlib import import_module

try:
    _core = import_module("._core", __name__)
except ModuleNotFoundError as error:  # made without the compiled core
    if error.name != f"{__name__}._core":
        raise
    from .jit import core as _core

    sys.modules[f"{__name__}._core"] = _core

from . import backends, library, threadpool
from ._core import isa, isas
from .backends import backend, get_backend, set_backend
from .config import get_include, get_lib, get_num_threads, set_isa, set_num_threads, show_config, show_runtime, threads, trim
from .formulas import activation

__version__ = _core.version()
threadpool.announce()
backends.from_environment()

# names that a star import must not replace
_PYTHON_NAMES = {"abs", "pow", "round", "sqrt"}

__all__ = [
    "Explanation",
    "Function",
    "Tuning",
    "activation",
    "backend",
    "explain",
    "functions",
    "get_backend",
    "get_include",
    "get_lib",
    "get_num_threads",
    "isa",
    "isas",
    "plot",
    "set_backend",
    "set_isa",
    "set_num_threads",
    "show_config",
    "show_runtime",
    "threads",
    "trim",
    "tune",
    "warmup",
    *(name for name in library.names if name not in _PYTHON_NAMES),
]


def __getattr__(name):
    """What is not here yet: a function of the library, made now, or what takes longer to import than all the rest."""
    if name in library.names:
        return globals().setdefault(name, library.function(name))
    if name in ("Function", "functions"):
        from . import catalog

        return globals().setdefault(name, getattr(catalog, name))
    if name in ("Explanation", "explain"):
        from . import explanation

        return globals().setdefault(name, getattr(explanation, name))
    if name == "plot":
        from . import plotting

        return globals().setdefault(name, plotting.plot)
    if name in ("Tuning", "tune"):
        from . import measuring

        return globals().setdefault(name, getattr(measuring, name))
    if name == "warmup":
        from . import warming

        return globals().setdefault(name, warming.warmup)
    raise AttributeError(f"module 'fastact' has no attribute {name!r}")


def __dir__():
    return sorted([*__all__, *_PYTHON_NAMES, "__version__"])
