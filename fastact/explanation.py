"""What a call would run on, and why."""

from dataclasses import dataclass

import numpy as np

from . import _core, backends, library, tuning


@dataclass(frozen=True)
class Explanation:
    """What a call would run on; as text, a sentence.

    Attributes
    ----------
    backend : {"c", "numba", "numpy"}
        "numpy" also for functions that are made of NumPy's operations.
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


def explain(function, x):
    """Which backend, instruction set, threads and stores a call of a function would use now, and why.

    Parameters
    ----------
    function : fastact function or str
        One of the library, a pass of it such as `fa.gelu.backward`, or the name of either.
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
    name = function if isinstance(function, str) else getattr(function, "__qualname__", getattr(function, "__name__", repr(function)))
    name, _, attribute = name.partition(".")
    if name not in library.names:
        raise ValueError(f"explain: function is {function!r}; functions of the library and their names are accepted")
    name = library.names[name]
    pass_ = attribute if attribute in tuning.PASSES else "backward" if attribute else "value"
    number = isinstance(x, (int, np.integer)) and not isinstance(x, (bool, np.bool_))
    count, dtype = (int(x), "float32") if number else (np.size(x), np.asarray(x).dtype.name)
    if count < 0:
        raise ValueError(f"explain: x is {count}; a number of elements from 0 is accepted")
    try:
        _core.row(name)
    except KeyError:
        return Explanation("numpy", "NumPy's own", 1, "ordinary", f"{name} is made of NumPy's operations and other functions")
    worked = dtype if dtype in tuning.FORMS else "float64"
    chosen, current = tuning.choice(name, pass_, worked), backends.get_backend()
    _core.need_kernels(name)
    threads, streams = _core.plan(name, pass_, tuning.FORMS[worked], count)
    if current != "auto":
        backend, why = current, "chosen by set_backend or the environment"
    elif not _core.COMPILED:
        backend, why = "numba", "there is no compiled core"
    elif chosen:
        backend, why = chosen.backend, "the faster one, as tune measured"
    else:
        backend, why = "c", "the core is there, and nothing faster was measured"
    isa = {"c": _core.isa(), "numba": "what Numba finds", "numpy": "NumPy's own"}[backend]
    size = "" if backend == "numpy" else f"; {_of_threads(name, pass_, worked, f'{count} {dtype}', count, threads, chosen)}"
    where = "; the output is larger than half of the last cache" if streams else ""
    return Explanation(backend, isa, threads, "streaming" if streams else "ordinary", why + size + where)


def _of_threads(name, pass_, dtype, numbers, count, threads, chosen):
    """Why that many."""
    limit, start = _core.get_num_threads(), _core.threads_from(name, pass_, tuning.FORMS[dtype])
    origin = "measured by tune" if chosen else "built in"
    if limit == 1:
        return "one thread is all that set_num_threads or the environment allows"
    if start == _core.NEVER:
        return f"several threads are never faster ({origin})"
    if threads > 1:
        return f"{numbers} are worth {threads} of {limit} threads, as calls from {start} on are ({origin})"
    if count < start:
        return f"{numbers} are too few to share out, which is worth it from {start} on ({origin})"
    return f"{numbers} alone are not worth waking the threads, which are used from {start} on while they are awake ({origin})"
