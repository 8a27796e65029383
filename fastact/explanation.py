"""What a call would run on, and why."""

from dataclasses import dataclass

import numpy as np

from . import _core, backends, library


@dataclass(frozen=True)
class Explanation:
    """What a call would run on; as text, a sentence.

    Attributes
    ----------
    backend : {"c", "numba", "numpy"}
        "numpy" for functions that are made of NumPy's operations.
    isa : str
        Instruction set of the kernel.
    threads : int
    stores : {"ordinary", "streaming"}
        Streaming stores go around the cache.
    reason : str
    """

    backend: str
    isa: str
    threads: int
    stores: str
    reason: str

    def __str__(self):
        threads = "1 thread" if self.threads == 1 else f"{self.threads} threads"
        return f"{self.backend}, {self.isa}, {threads}, {self.stores} stores: {self.reason}."


_FORMS = {"float16": "f16", "bfloat16": "bf16", "float32": "f32", "float64": "f64"}


def explain(function, x):
    """Which backend, instruction set, threads and stores a call of a function would use now, and why.

    Parameters
    ----------
    function : fastact function or str
        One of the library, or its name.
    x : array_like or int
        What it would be called with, or how many float32 numbers.

    Returns
    -------
    Explanation
        A frozen dataclass that prints as a sentence. Threads are those of contiguous arrays; calls that are hardly worth several use one
        while the others sleep.

    Raises
    ------
    ValueError
        For what is no function of the library.

    Examples
    --------
    >>> import fastact as fa
    >>> fa.explain(fa.gelu, 100).threads
    1
    """
    name = function if isinstance(function, str) else getattr(function, "__name__", repr(function)).partition(".")[0]
    if name not in library.names:
        raise ValueError(f"explain: function is {function!r}; functions of the library and their names are accepted")
    name = library.names[name]
    number = isinstance(x, (int, np.integer)) and not isinstance(x, (bool, np.bool_))
    count, dtype = (int(x), "float32") if number else (np.size(x), np.asarray(x).dtype.name)
    if count < 0:
        raise ValueError(f"explain: x is {count}; a number of elements from 0 is accepted")
    try:
        kind = _core.row(name)["kind"]
    except KeyError:
        return Explanation("numpy", "NumPy's own", 1, "ordinary", f"{name} is made of NumPy's operations and other functions")
    threads, streams = _core.plan(name, _FORMS.get(dtype, "f64"), count)
    backend = "numba" if backends.get_backend() == "numba" or not _core.COMPILED else "c"
    if backend == "numba" and kind != "elementwise":
        raise RuntimeError(f"{name}: the numba backend has no kernel for it; fastact.set_backend('c') has")
    chosen = "the core is there, and Numba's kernels are no faster" if _core.COMPILED else "there is no compiled core"
    if backends.get_backend() != "auto":
        chosen = "chosen by set_backend"
    limit = _core.get_num_threads()
    if limit == 1:
        size = "one thread is all that set_num_threads or the environment allows"
    elif threads == 1:
        size = f"{count} {dtype} are too few to share out"
    else:
        size = f"{count} {dtype} are worth {threads} of {limit} threads"
    where = "; the output is larger than half of the last cache" if streams else ""
    isa = "what Numba finds" if backend == "numba" else _core.isa()
    return Explanation(backend, isa, threads, "streaming" if streams else "ordinary", f"{chosen}; {size}{where}")
