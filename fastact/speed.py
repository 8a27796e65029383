"""How fast fastact is on this machine, beside NumPy formulas and every library that is installed.

All candidates of a row work on the same arrays, on one thread, and take turns: a sample of each, then the next sample
of each, so that a slow moment of the machine meets all of them. A row shows the minimum, because everything else that
happens only adds time, and the median. Before a library is timed its result is compared with the exact one, and its
largest error noted.
"""

import gc
import json
import math
import random
import time
import timeit
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

import numpy as np

import fastact

from . import _core, machine, peers
from .peers import reference
from .terminal import progress, table

DEFAULT_SIZE = 65536
STREAMING_SIZE = 1 << 22  # from here on a plain copy of the input is timed too: the floor that memory sets


@dataclass(frozen=True)
class Effort:
    """How long to look: samples of each candidate, and seconds that one sample should take at least."""

    samples: int = 15
    sample_seconds: float = 1e-3


FULL, QUICK = Effort(), Effort(samples=5, sample_seconds=3e-4)


@dataclass
class Timing:
    """Nanoseconds per element of one candidate in one cell, and its largest error in ulp (None: not judged)."""

    peer: str
    minimum: float
    median: float
    max_ulp: float | None
    fresh: bool = False


@dataclass
class Row:
    """A measured cell. `left_out` has the libraries whose results were wrong: error in ulp, None if NaN or infinite."""

    cell: peers.Cell
    timings: list[Timing]
    left_out: dict[str, float | None] = field(default_factory=dict)

    def of(self, peer):
        return next((timing for timing in self.timings if timing.peer == peer), None)

    @property
    def best_peer(self):
        """The fastest library other than fastact; the plain copy does not count, since it computes nothing."""
        others = [timing for timing in self.timings if timing.peer not in ("fastact", "copy")]
        return min(others, key=lambda timing: timing.minimum, default=None)

    @property
    def lost(self):
        best = self.best_peer
        return best is not None and best.minimum < self.of("fastact").minimum


def take_turns(calls, effort):
    """Seconds per call of every callable in the dictionary `calls`: {name: [one figure a sample]}."""
    loops = {}
    for name, call in calls.items():
        call()
        once = min(timeit.repeat(call, number=1, repeat=3))
        loops[name] = max(1, math.ceil(effort.sample_seconds / max(once, 1e-8)))
    figures = {name: [] for name in calls}
    names = list(calls)
    collecting = gc.isenabled()
    gc.disable()
    try:
        for turn in range(effort.samples):
            random.Random(turn).shuffle(names)  # so that nobody always follows the same neighbour
            for name in names:
                call, count = calls[name], range(loops[name])
                call()  # untimed: whoever came before has left the caches as they suit itself
                start = time.perf_counter_ns()
                for _ in count:
                    call()
                figures[name].append((time.perf_counter_ns() - start) / loops[name] * 1e-9)
    finally:
        if collecting:
            gc.enable()
    return figures


def measure(cell, candidates, effort=FULL, spread=1.0):
    """Time one cell with the loaded peers `candidates` (fastact among them)."""
    data = peers.Data.of(cell, spread)
    exact = reference.expected(cell, data)
    calls, errors, left_out = {}, {}, {}
    with np.errstate(all="ignore"):
        for peer in candidates:
            if not peer.offers(cell):
                continue
            call = peer.prepare(cell, data)
            data.out.fill(np.nan)
            results = call()
            error, agrees = reference.judge(cell, results if isinstance(results, tuple) else (results,), exact)
            if agrees or peer.name == "fastact":
                calls[peer.name], errors[peer.name] = call, error
            else:
                left_out[peer.name] = error if math.isfinite(error) else None
        if cell.size >= STREAMING_SIZE and cell.pass_ == "forward":
            calls["copy"] = lambda: np.copyto(data.out, data.x)
        figures = take_turns(calls, effort)
    fresh = {peer.name for peer in candidates if peer.fresh}
    trusted = reference.can_judge(cell)
    timings = [
        Timing(
            name,
            1e9 * min(seconds) / cell.size,
            1e9 * median(seconds) / cell.size,
            errors.get(name) if trusted else None,
            name in fresh,
        )
        for name, seconds in figures.items()
    ]
    return Row(cell, timings, left_out)


def latency_statements():
    """Calls on 16 float32 numbers, as a user writes them; those of libraries that are not installed are left out."""
    x = np.linspace(-2, 2, 16, dtype=np.float32)
    names = {"np": np, "fa": fastact, "x": x, "t": x[::-1].copy(), "o": np.empty_like(x)}
    statements = [
        "fa.gelu(x)",
        "fa.gelu(x, out=o)",
        "fa.sigmoid(x)",
        "fa.sigmoid(x, out=o)",
        "fa.sigmoid.backward(t, x)",
        "fa.softmax(x)",
        "fa.mean_squared_error(x, t)",
        "np.negative(x)",
        "np.negative(x, out=o)",
        "np.tanh(x)",
        "1 / (1 + np.exp(-x))",
        "np.mean((x - t) ** 2)",
    ]
    if peers.missing("scipy") is None:
        from scipy import special

        names["special"] = special
        statements += ["special.expit(x)", "special.expit(x, out=o)", "special.softmax(x)"]
    if peers.missing("torch") is None:
        import torch

        names.update(torch=torch, tensor=torch.from_numpy(x.copy()), to=torch.empty(16))
        statements += ["torch.sigmoid(tensor)", "torch.sigmoid(tensor, out=to)", "torch.nn.functional.gelu(tensor)"]
    return statements, names


def latency(effort=FULL):
    """Nanoseconds per call on 16 elements: {statement: (minimum, median)}."""
    statements, names = latency_statements()
    timers = {statement: timeit.Timer(statement, globals=names) for statement in statements}
    figures = {statement: [] for statement in statements}
    loops = {
        statement: max(100, math.ceil(effort.sample_seconds / (timer.timeit(100) / 100)))
        for statement, timer in timers.items()
    }
    for _ in range(effort.samples):
        for statement, timer in timers.items():
            figures[statement].append(timer.timeit(loops[statement]) / loops[statement] * 1e9)
    return {statement: (min(values), median(values)) for statement, values in figures.items()}


def load_peers(names):
    """Import the named peers, fastact first: ([peer], {name: version})."""
    with progress(len(names), "loading") as step:
        loaded = []
        for name in names:
            loaded.append(peers.load(name))
            step(name)
    return loaded, {peer.name: peer.version for peer in loaded}


def run(functions, sizes, dtypes=("float32",), peer_names=None, effort=FULL, spread=1.0):
    """Measure every cell of the named functions: (rows, versions)."""
    with peers.one_processor():
        candidates, versions = load_peers(peer_names or peers.installed())
        todo = [cell for size in sizes for dtype in dtypes for cell in peers.cells(functions, dtype, size)]
        rows = []
        with progress(len(todo), "measuring") as step:
            for cell in todo:
                rows.append(measure(cell, candidates, effort, spread))
                step(str(cell))
    return rows, versions


def as_json(rows, versions, calls, spread):
    """Everything measured, as bench/report.py reads it."""
    return {
        "machine": machine.description() | {"instruction set": _core.isa()},
        "versions": versions | {"numpy": np.__version__},
        "spread": spread,
        "rows": [
            asdict(row.cell) | {"timings": [asdict(t) for t in row.timings], "left_out": row.left_out} for row in rows
        ],
        "latency": calls,
    }


def _figure(timing):
    return f"{timing.minimum:.3f}" if timing else "-"


def _times(other, ours):
    if other is None:
        return "-"
    ratio = other.minimum / ours.minimum
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def show(rows, versions, wide=False):
    """Print the rows as one table for each size and dtype, and the verdict below."""
    others = [name for name in (*versions, "copy") if name not in ("fastact", "numpy")]
    for size, dtype in dict.fromkeys((row.cell.size, row.cell.dtype) for row in rows):
        part = [row for row in rows if (row.cell.size, row.cell.dtype) == (size, dtype)]
        shown = [name for name in others if any(row.of(name) for row in part)]
        columns = shown if wide else []
        headers = ["function", "pass", "fastact", "median", "numpy", "x numpy", *columns]
        headers += ["best other", "x best"] if shown else []
        lines = []
        for row in part:
            ours, best = row.of("fastact"), row.best_peer
            line = [row.cell.function, row.cell.pass_.replace("_", " "), _figure(ours), f"{ours.median:.3f}"]
            line += [
                _figure(row.of("numpy")),
                _times(row.of("numpy"), ours),
                *(_figure(row.of(name)) for name in columns),
            ]
            if shown:
                line += [f"{best.peer} {best.minimum:.3f}" if best else "-", _times(best, ours)]
            lines.append(line)
        words = "nanoseconds per element (minimum unless it says median)"
        table(headers, lines, left=2, title=f"\n{dtype}, {size:,} elements, one thread: {words}")
    print(f"\n{verdict(rows)}")


def _mean_ratio(rows, other):
    """Geometric mean of other's time by ours over the rows where `other(row)` exists, or None."""
    ratios = [math.log(other(row).minimum / row.of("fastact").minimum) for row in rows if other(row)]
    return math.exp(sum(ratios) / len(ratios)) if ratios else None


def verdict(rows):
    """How often fastact comes first, how much faster it is, and where it does not."""
    lost = [row for row in rows if row.lost]
    compared = [row for row in rows if row.best_peer]
    first = f"fastact is the fastest in {len(compared) - len(lost)} of {len(compared)} rows."
    lines = [first if compared else "Nothing to compare with."]
    if ratio := _mean_ratio(rows, lambda row: row.of("numpy")):
        lines.append(f"Against the NumPy formulas: {ratio:.2f} times as fast (geometric mean).")
    if any(row.best_peer.peer != "numpy" for row in compared):
        ratio = _mean_ratio(rows, lambda row: row.best_peer)
        lines.append(f"Against the best other of each row: {ratio:.2f} times as fast (geometric mean).")
    else:
        lines.append(
            "SciPy, Numba, PyTorch, ONNX Runtime, OpenVINO, JAX, scikit-learn and numexpr join the table when they are installed."
        )
    if lost:
        names = ", ".join(
            f"{row.cell.function} {row.cell.pass_.replace('_', ' ')} ({row.best_peer.peer})" for row in lost
        )
        lines.append(f"Slower than the best other in: {names}.")
    if any(row.of("numpy") is None and row.cell.function == "gelu" for row in rows) and peers.missing("scipy"):
        lines.append("NumPy has no erf, so its gelu is measured only where SciPy is installed.")
    wrong = {f"{name} ({row.cell.function} {row.cell.pass_})" for row in rows for name in row.left_out}
    if wrong:
        lines.append(f"Left out because the result was wrong: {', '.join(sorted(wrong))}.")
    return "\n".join(lines)


def main(options):
    """`fastact speed`: measure, print, and write JSON where asked."""
    effort = QUICK if options.quick else FULL
    names = options.names or peers.compared_functions()
    rows, versions = run(names, options.sizes, options.dtypes, options.peers, effort, options.spread)
    print(
        f"{machine.processor()}, {_core.isa()}; " + ", ".join(f"{name} {version}" for name, version in versions.items())
    )
    show(rows, versions, options.wide)
    if options.json:
        with peers.one_processor():
            calls = latency(effort)
        Path(options.json).write_text(
            json.dumps(as_json(rows, versions, calls, options.spread), indent=1) + "\n", encoding="utf-8"
        )
        print(f"\nWritten: {options.json}")
    return 0
