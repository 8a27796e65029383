"""What a call would run on, and why."""

import operator
import sys
from dataclasses import dataclass

import numpy as np

from . import _core, backends, library, tuning
from .arrays import as_real


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
        One of the library, a pass of it such as `fa.gelu.backward`, or the name of either; or what `fa.activation` returned.
    x : array_like or int
        What it would be called with, or how many float32 numbers.

    Returns
    -------
    Explanation
        A frozen dataclass that prints as a sentence. Threads are those of contiguous arrays; calls that are hardly worth several use one
        while the others sleep.

    Raises
    ------
    TypeError
        For an x that no function takes.
    ValueError
        For what is no function of the library, and for a number of elements that no array has.

    Examples
    --------
    >>> import fastact as fa
    >>> fa.explain(fa.gelu, 100).threads
    1
    """
    count, dtype = _size_of(x)
    worked = dtype if dtype in tuning.FORMS else "float64"
    if _is_own(function):
        threads, _, start = _core.plan_of(function, tuning.FORMS[worked], count)
        why = f"a formula of yours, compiled by Numba; {_of_threads(f'{count} {dtype}', count, threads, start, 'built in')}"
        return Explanation("numba", "what Numba finds", threads, "ordinary", why)
    name, attribute = _found(function)
    pass_ = attribute if attribute in tuning.PASSES else "backward" if attribute else "value"
    try:
        _core.row(name)
    except KeyError:
        return Explanation("numpy", "NumPy's own", 1, "ordinary", f"{name} is made of NumPy's operations and other functions")
    chosen, current = tuning.choice(name, pass_, worked), backends.get_backend()
    _core.need_kernels(name)
    threads, streams, start = _core.plan(name, pass_, tuning.FORMS[worked], count)
    if current != "auto":
        backend, why = current, "chosen by set_backend or the environment"
    elif not _core.COMPILED:
        backend, why = "numba", "there is no compiled core"
    elif chosen:
        backend, why = chosen.backend, "the faster one, as tune measured"
    else:
        backend, why = "c", "the core is there, and nothing faster was measured"
    isa = {"c": _core.isa(), "numba": "what Numba finds", "numpy": "NumPy's own"}[backend]
    if backend != "numpy":
        why += f"; {_of_threads(f'{count} {dtype}', count, threads, start, 'measured by tune' if chosen else 'built in')}"
    where = "; the output is larger than half of the last cache" if streams else ""
    return Explanation(backend, isa, threads, "streaming" if streams else "ordinary", why + where)


def _size_of(x):
    """Elements, and the name of their dtype."""
    if isinstance(x, (int, np.integer)) and not isinstance(x, (bool, np.bool_)):
        if not 0 <= x < 2**63:
            raise ValueError(f"explain: x is {x}; a number of elements from 0 is accepted")
        return int(x), "float32"
    array = as_real("explain", "x", x)
    return array.size, array.dtype.name


def _is_own(function):
    """Whether it is of `fa.activation`; Numba's side knows those, and is there where one was made."""
    overloads = sys.modules.get(f"{__package__}.jit.overloads")
    return overloads is not None and isinstance(function, overloads.UFUNC) and overloads.is_own(function)


def _found(function):
    """(name in the registry, attribute) of a function of the library, which may be given by its name."""
    told = function if isinstance(function, str) else getattr(function, "__qualname__", getattr(function, "__name__", ""))
    name, _, attribute = told.partition(".")
    try:
        found = operator.attrgetter(attribute)(library.function(name)) if attribute else library.function(name)
    except (KeyError, AttributeError):
        found = None
    if found is None or found is not function and not isinstance(function, str):  # another library's may have the same name
        raise ValueError(f"explain: function is {function!r}; functions of the library and their names are accepted")
    return library.names[name], attribute


def _of_threads(numbers, count, threads, start, origin):
    """Why that many."""
    limit = _core.get_num_threads()
    if limit == 1:
        return "one thread is all that set_num_threads or the environment allows"
    if start == _core.NEVER:
        return f"several threads are never faster ({origin})"
    if threads > 1:
        return f"{numbers} are worth {threads} of {limit} threads, as calls from {start} on are ({origin})"
    if count < start:
        return f"{numbers} are too few to share out, which is worth it from {start} on ({origin})"
    return f"{numbers} alone are not worth waking the threads, which are used from {start} on while they are awake ({origin})"
