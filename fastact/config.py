"""What was built, what runs, and how many threads it may use."""

import os
import platform
import sys

import numpy as np

from . import _core, backends

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def get_include():
    """Directory of fastact.h.

    Examples
    --------
    >>> import os, fastact as fa
    >>> os.path.exists(os.path.join(fa.get_include(), "fastact.h"))
    True
    """
    return os.path.join(_PACKAGE, "include")


def get_lib():
    """Directory of libfastact, for a linker's -L. The library itself is libfastact.so.N there, N being the ABI number.

    Examples
    --------
    >>> import os, fastact as fa
    >>> os.path.exists(os.path.join(fa.get_lib(), "libfastact.so"))
    True
    """
    return os.path.join(_PACKAGE, "lib")


def _print(lines):
    width = max(len(name) for name, _ in lines)
    for name, text in lines:
        print(f"{name:<{width}}  {text}")


def show_config():
    """Print what was built: version, compiler, versions built against, folders."""
    built = _core.build()
    _print(
        [
            ("fastact", _core.version()),
            ("compiler", built["compiler"]),
            ("built with", f"Python {built['python']}, Cython {built['cython']}, NumPy C API {built['numpy_api']}"),
            ("functions", str(len(_core.catalog()))),
            ("header", get_include()),
            ("library", get_lib()),
        ]
    )


def show_runtime():
    """Print what runs: interpreter, NumPy, instruction set, threads, short path for plain calls, memory kept, environment."""
    from . import tuning

    blocks, kept, most = _core.kept_memory()
    large = f"{kept >> 20} of at most {most >> 20} MiB kept, in {blocks} blocks" if most else "in NumPy's own memory"
    settings = [f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.startswith("FASTACT_")]
    _print(
        [
            ("fastact", _core.version()),
            ("system", f"{platform.system()} {platform.machine()}"),
            ("Python", sys.version.split()[0]),
            ("NumPy", np.__version__),
            ("instruction set", f"{_core.isa()} (this machine runs {', '.join(_core.isas())})"),
            ("threads", f"{get_num_threads()} ({_core.default_num_threads()} unless set)"),
            ("fast path", "on" if _core.get_fast_path() else "off"),
            ("large outputs", large),
            ("backend", f"{backends.get_backend()}, {tuning.source() or 'no tuned table'}"),
            ("environment", " ".join(settings) or "no FASTACT_ variable set"),
        ]
    )


def set_isa(name):
    """Use another instruction set; results do not change.

    Parameters
    ----------
    name : str
        One of `isas()`.

    Raises
    ------
    ValueError
        For an instruction set that this machine has not.

    Examples
    --------
    >>> import fastact as fa
    >>> fa.set_isa(fa.isa())
    """
    from . import tuning

    if name not in _core.isas():
        raise ValueError(f"set_isa: name is {name!r}; {', '.join(map(repr, _core.isas()))} are accepted")
    _core.set_isa(name)
    tuning.load()


def get_num_threads():
    """How many threads large calls may use, the calling one included. Results never depend on it.

    At first what FASTACT_NUM_THREADS says, else OMP_NUM_THREADS, else how many CPUs this process may use, by its affinity and its
    cgroup's quota; 1 in a forked child.

    Examples
    --------
    >>> import fastact as fa
    >>> fa.get_num_threads() >= 1
    True
    """
    return _core.get_num_threads()


def set_num_threads(count):
    """Set how many threads large calls may use, for the whole process.

    Parameters
    ----------
    count : int
        1 or more, the calling thread included; at most 256 are used. Threads are started by the first call that is worth it and
        sleep between calls; a call made while they are busy with another runs by itself.

    Raises
    ------
    TypeError
        If count is no integer.
    ValueError
        If count is less than 1.

    Examples
    --------
    >>> import fastact as fa
    >>> before = fa.get_num_threads()
    >>> fa.set_num_threads(2)
    >>> fa.get_num_threads()
    2
    >>> fa.set_num_threads(before)
    """
    if isinstance(count, bool) or not hasattr(count, "__index__"):
        raise TypeError(f"set_num_threads: count is {count!r}; an integer is accepted")
    if not 1 <= count < 2**31:
        raise ValueError(f"set_num_threads: count is {count}; 1 or more is accepted")
    _core.set_num_threads(count)


def trim():
    """Give the memory kept for large outputs back to the system.

    Outputs of 1 MiB and more lie in memory that was freed before and kept: 256 MiB at most or 1/16 of the machine's memory, in 32 blocks
    at most. The environment variable FASTACT_OUTPUT_CACHE sets another limit in mebibytes, or `off`. Arrays in use are not touched.

    Returns
    -------
    int
        Bytes given back.

    Examples
    --------
    >>> import numpy as np, fastact as fa
    >>> y = fa.tanh(np.zeros(1_000_000))
    >>> del y
    >>> fa.trim() > 0
    True
    >>> fa.trim()
    0
    """
    return _core.trim()


class threads:
    """Use `count` threads within a block: set_num_threads, and what was before at its end.

    Examples
    --------
    >>> import fastact as fa
    >>> with fa.threads(1):
    ...     fa.get_num_threads()
    1
    """

    def __init__(self, count):
        self.count = count
        self.before = []  # of each block that it was entered for and that has not ended

    def __enter__(self):
        before = get_num_threads()
        set_num_threads(self.count)
        self.before.append(before)

    def __exit__(self, kind, error, traceback):
        set_num_threads(self.before.pop())
