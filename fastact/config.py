"""What was built and what runs, for bug reports and for compilers."""

import os
import platform
import sys
from pathlib import Path

import numpy as np

from . import _core

_PACKAGE = Path(__file__).resolve().parent


def get_include():
    """Directory of fastact.h.

    Examples
    --------
    >>> import fastact as fa, os
    >>> os.path.exists(os.path.join(fa.get_include(), "fastact.h"))
    True
    """
    return str(_PACKAGE / "include")


def get_lib():
    """Directory of libfastact.

    Examples
    --------
    >>> import fastact as fa, os
    >>> os.path.exists(os.path.join(fa.get_lib(), "libfastact.so"))
    True
    """
    return str(_PACKAGE / "lib")


def show_config():
    """Print what was built: version, instruction sets, dtypes, folders."""
    print(f"fastact {_core.version()}")
    print(f"functions: {len(_core.catalog())}; dtypes: float32, float64 (float16 through float32, integers through float64)")
    print(f"instruction sets this machine can run: {', '.join(_core.isas())}")
    print(f"include: {get_include()}\nlibrary: {get_lib()}")


def show_runtime():
    """Print what runs: interpreter, NumPy, instruction set, threads, fast path, environment."""
    on = _core.set_fast_path(True)
    _core.set_fast_path(on)
    print(f"fastact {_core.version()}, Python {sys.version.split()[0]}, NumPy {np.__version__}, {platform.platform()}")
    print(f"instruction set: {_core.isa()} of {', '.join(_core.isas())}; threads: {_core.get_num_threads()}; fast path: {'on' if on else 'off'}")
    for key in ("FASTACT_ISA", "FASTACT_NO_FASTPATH", "FASTACT_NUM_THREADS"):
        print(f"{key}: {os.environ.get(key, 'not set')}")
