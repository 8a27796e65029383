"""`tune`: measures what is the fastest way of each function on this machine, and keeps it in the table that "auto" goes by."""

import time
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from statistics import median

import numpy as np

from . import _core, backends, peers, tuning
from .peers import formulas, own
from .terminal import progress

MARGIN = 0.05  # of the time: by how much another way than the built-in one must win
SIZES = (16384, 131072, 1048576)
MOST_OF_NUMPY = 131072  # NumPy is measured to be shown, not to be chosen
LEAST, MOST = 3, 9  # how many turns the ways take, as many as it takes until the ratios are clear
CHALLENGERS = (("c", "c threads"), ("numba", "numba threads"), ("c", "numba"))
# the names that speeds and benchmarks have for a pass -> those of the table
PASSES = {"forward": "value", "derivative": "derivative", "backward": "backward", "backward_from_output": "backward_from_output",
          "value": "value", "value_and_gradient": "backward"}  # fmt: skip


@dataclass(frozen=True)
class Tuning:
    """What was measured; as text, a summary.

    Attributes
    ----------
    choices : dict
        (function, pass, dtype) -> Choice, which has `backend` and `threads_from`: from how many elements on calls are shared out among
        threads, None for never.
    nanoseconds : dict
        (function, pass, dtype) -> elements -> "c", "c threads", "numba", "numba threads", "numpy" -> nanoseconds of an element, the
        median of interleaved samples.
    path : str or None
        The file that keeps it; None where nothing can be kept.
    """

    choices: dict
    nanoseconds: dict = field(repr=False)
    path: str | None

    def __str__(self):
        numba = sum(one.backend == "numba" for one in self.choices.values())
        never = sum(one.threads_from is None for one in self.choices.values())
        kept = f"kept in {self.path}" if self.path else "kept nowhere"
        return f"{len(self.choices)} measured, {numba} by Numba, {never} never by several threads; {kept}"


def cells_of(name, dtype, size):
    """What is measured of a function: as `fastact speed` does, and the derivative."""
    found = peers.cells([name], dtype, size)
    if found and found[0].kind == "elementwise":
        found.insert(1, peers.Cell(name, "elementwise", "derivative", dtype, size))
    return found


def _candidates(cell, threads):
    """(label, backend, threads) of each way to run a cell; NumPy apart."""
    ways = [("c", "c", 1), ("c threads", "c", threads)] if _core.COMPILED else []
    if find_spec("numba"):
        from .jit import kernels

        if cell.kind in kernels.KINDS:
            ways += [("numba", "numba", 1), ("numba threads", "numba", threads)]
    return [way for way in ways if threads > 1 or not way[0].endswith("threads")]


def _samples(call, seconds, count):
    """Seconds of a call, `count` times, within about `seconds`."""
    call()
    start = time.perf_counter()
    call()
    loops = max(1, int(seconds / count / max(time.perf_counter() - start, 1e-7)))
    for _ in range(max(loops // 8, 2)):  # whoever came before has left caches and threads as it suits itself
        call()
    for _ in range(count):
        start = time.perf_counter()
        for _ in range(loops):
            call()
        yield (time.perf_counter() - start) / loops


def _turns(figures):
    """(incumbent, challenger) -> how many times as long as the one the other takes, in each turn: so a slow moment meets both."""
    return {(one, other): np.divide(figures[other], figures[one]) for one, other in CHALLENGERS if one in figures and other in figures}


def _is_clear(ratios):
    """Whether more turns would say the same: faster, slower, or by how much."""
    return ratios.max() < 1 - MARGIN or ratios.min() > 1 + MARGIN or ratios.max() < ratios.min() * (1 + MARGIN)


def _measure(cell, ways, seconds):
    """Medians: nanoseconds of an element by label, and how many times as long as its incumbent each challenger takes."""
    data, row = peers.Data.of(cell), (cell.function, PASSES[cell.pass_], tuning.FORMS[cell.dtype])
    call = own.prepare(cell, data)
    figures = {label: [] for label, _, _ in ways}
    _core.set_threads_from(*row, cell.size)  # as calls of this size are shared out when they just are
    for turn in range(MOST):
        for label, backend, count in ways:
            backends.set_backend(backend)
            _core.set_num_threads(count)
            figures[label] += _samples(call, seconds / MOST / len(ways), 1)
        if turn + 1 >= LEAST and all(map(_is_clear, _turns(figures).values())):
            break
    ratios = {pair: median(of_turns) for pair, of_turns in _turns(figures).items()}
    numpy = formulas.Peer()
    if cell.size <= MOST_OF_NUMPY and numpy.offers(cell):
        with np.errstate(all="ignore"):
            figures["numpy"] = list(_samples(numpy.prepare(cell, data), seconds / 4, 3))
    return {label: 1e9 * median(times) / cell.size for label, times in figures.items()}, ratios


def _measure_all(cells, threads, seconds):
    """What `_measure` finds by size, the largest first. Numba, which has to win at every size, is left out when it has not."""
    ways, found = _candidates(cells[0], threads), {}
    for cell in sorted(cells, key=lambda one: -one.size):
        found[cell.size] = _measure(cell, ways, seconds / len(cells))
        if found[cell.size][1].get(("c", "numba"), 0) > 1 - MARGIN:
            ways = [way for way in ways if way[1] == "c"]
    return found


def _start(ratios, built_in):
    """From how many elements on threads win, for elements -> ratio of the times; None for never. What is not clear stays as built in."""
    sizes = sorted(ratios)
    clear = {n: ratios[n] < 1 for n in sizes if abs(np.log(ratios[n])) > MARGIN}
    if all(wins == (n >= built_in) for n, wins in clear.items()):
        return built_in
    wins = [clear.get(n, n >= built_in) for n in sizes]
    if not wins[-1]:
        return None
    first = next(k for k in range(len(sizes)) if all(wins[k:]))
    if first == 0:
        return min(built_in, sizes[0])
    low, high = sizes[first - 1], sizes[first]
    loss, lead = ((ratios[n] - 1 + MARGIN) * n for n in (low, high))  # of time, about a straight line of the size
    return int(low + (high - low) * loss / (loss - lead)) if loss > 0 > lead else high


def choose(ratios, built_in):
    """The Choice for elements -> (incumbent, challenger) -> ratio of their times, and the number of elements that is built in."""
    everywhere = set.intersection(*(set(at) for at in ratios.values()))
    of = {pair: {n: at[pair] for n, at in ratios.items()} for pair in everywhere}
    versus = of.get(("c", "numba"))
    backend = "numba" if not _core.COMPILED or (versus and max(versus.values()) < 1 - MARGIN) else "c"
    shared = of.get((backend, f"{backend} threads"))
    return tuning.Choice(backend, _start(shared, built_in) if shared else built_in)


def _twice(first, second):
    """Of each ratio the one that is closer to 1: what is to count must have shown twice."""
    return {
        n: {pair: min(one, second[n][pair], key=lambda r: abs(np.log(r))) for pair, one in at.items() if pair in second[n]}
        for n, at in first.items()
    }


def _decide(cells, threads, seconds):
    """(choice, elements -> label -> nanoseconds) for one pass, whose cells differ in size."""
    entry = (cells[0].function, PASSES[cells[0].pass_], cells[0].dtype)
    row = (*entry[:2], tuning.FORMS[entry[2]])
    _core.set_threads_from(*row, 0)
    built_in = _core.threads_from(*row)
    measured = _measure_all(cells, threads, seconds)
    ratios = {n: found[1] for n, found in measured.items()}
    chosen = choose(ratios, built_in)
    if chosen != tuning.Choice("c", built_in):
        again = {n: found[1] for n, found in _measure_all(cells, threads, seconds).items()}
        chosen = choose(_twice(ratios, again), built_in)
    return chosen, {n: found[0] for n, found in measured.items()}


def tune(names=None, dtypes=("float32", "float64"), sizes=SIZES, seconds=0.15):
    """Measure the ways to run each function on this machine, use the fastest from now on, and keep the table for later processes.

    The C core and Numba, if it is installed, by one thread and by all, take turns on the same arrays until their order is clear, and
    medians decide. What is built in stays unless another way is 5 % faster, and is so when it is measured again: Numba at every size,
    threads at some. Results never depend on it. All functions take some eight minutes, less where the kernels of Numba are on disk; an
    interruption keeps what was measured before it. An idle machine gives the best table.

    Parameters
    ----------
    names : str, function, or sequence of these, optional
        Functions to measure; default is all.
    dtypes : str, dtype, or sequence of these, default ("float32", "float64")
        "float32" and "float64" are accepted.
    sizes : int or sequence of int
        Numbers of elements, from 1024 on; default is 16384, 131072 and 1048576.
    seconds : float, default 0.15
        About how long to look at one pass of a function at most, beside what compiling takes; twice that where something else than what
        is built in wins.

    Returns
    -------
    Tuning
        The choices, the figures, and the file that keeps the choices: in FASTACT_CACHE_DIR, else in the user's folder of caches, or what
        FASTACT_TUNING says; nothing is kept where that is "off" or cannot be written.

    Raises
    ------
    ValueError
        For a name that is none, or that has no kernels of its own, and for another dtype, size or time.

    Examples
    --------
    >>> import fastact as fa
    >>> found = fa.tune("relu", sizes=[65536, 262144], seconds=0.01)  # doctest: +SKIP
    >>> print(found)  # doctest: +SKIP
    3 measured, 0 by Numba, 0 never by several threads; kept in ~/.cache/fastact/tuning-53b1c9a0.json
    """
    kept = peers.compared_functions()
    names = kept if names is None else tuning.names_among("tune", "names", names, kept)
    dtypes = tuning.dtypes_among("tune", "dtypes", dtypes, ("float32", "float64"))
    given = sizes if hasattr(sizes, "__iter__") else [sizes]
    if not all(hasattr(size, "__index__") and 1024 <= size <= 2**28 for size in given) or not len(given):
        raise ValueError(f"tune: sizes is {sizes!r}; numbers of elements from 1024 to 2**28 are accepted")
    sizes = sorted({int(size) for size in given})
    if not isinstance(seconds, (int, float)) or not 0 < seconds < 3600:
        raise ValueError(f"tune: seconds is {seconds!r}; a number above 0 and below 3600 is accepted")
    tuning.load()
    todo = [cell for name in names for dtype in dtypes for cell in cells_of(name, dtype, sizes[0])]
    choices, nanoseconds = {}, {}
    backend, threads = backends.get_backend(), _core.get_num_threads()
    try:
        with progress(len(todo), "measuring") as step:
            for cell in todo:
                entry = (cell.function, PASSES[cell.pass_], cell.dtype)
                try:
                    choices[entry], nanoseconds[entry] = _decide([replace(cell, size=size) for size in sizes], threads, seconds)
                finally:
                    backends.set_backend(backend)
                    _core.set_num_threads(threads)
                    tuning.restore(entry)
                step(str(replace(cell, size=0)).rpartition(" ")[0])
    finally:  # an interruption leaves what was measured before it
        path = tuning.add(choices)
    return Tuning(choices, nanoseconds, path)
