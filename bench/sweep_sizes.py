"""Times of twelve functions from 16 to 16,777,216 elements, by one thread, by all, and as fastact chooses: docs/sizes.md and its picture.

    python bench/sweep_sizes.py [--folder docs] [--figures FILE] [FUNCTION ...]

The ways take turns, and the minimum counts. A size at which a choice is more than 5 % slower than the better fixed way is measured again,
all ways of it, up to ROUNDS times; what is still slower then is said. Nothing else should run beside it. Where `fastact tune` has left a
table, what it chooses is a way of its own. With a file of figures a run can be of some functions alone: it adds these to the file, and the
page is written of all that the file has.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

import numpy as np

import fastact
from fastact import _core, machine, tuning

SIZES = [1 << k for k in range(4, 25)]
SAMPLES, SAMPLE_SECONDS, ROUNDS = 20, 3e-4, 12
FIXED, CHOSEN, TUNED = ("one thread", "all threads"), "chosen", "tuned"
ALLOWED = 1.05
FUNCTIONS = ("gelu", "relu", "softmax", "binary_cross_entropy_with_logits", "mish", "tanh", "leaky_relu", "hard_swish", "log_softmax",
             "mean_squared_error", "log_cosh", "cross_entropy")  # fmt: skip
DRAWN = FUNCTIONS[:4]
LOSSES = ("binary_cross_entropy_with_logits", "mean_squared_error", "log_cosh")
ROWS = ("softmax", "log_softmax", "cross_entropy")
INTRODUCTION = """# Sizes

Nanoseconds per float32 element as fastact chooses the number of threads, and in brackets the time over that of the better
fixed choice, one thread or all {threads} of them: minima of interleaved samples with the workers awake, at real-time
priority, values alone, into an output that is given. Up to 1024 elements the fixed ways and the choice are the same call, and show what the
measurement is worth. Rows are of 64. Written by `bench/sweep_sizes.py` on {processor}, {isa}, caches {caches}; the figures of
another machine are in [sizes_emerald_rapids.md](sizes_emerald_rapids.md).

![Time per element over the size, by one thread, by all, and as chosen](pictures/sizes.svg)
"""


def call_of(name, n):
    generator = np.random.default_rng(20240229)
    x = generator.standard_normal(n).astype(np.float32)
    function = getattr(fastact, name)
    if name in LOSSES:
        target = (generator.random(n) < 0.5).astype(np.float32)
        return lambda: function(x, target)
    if name in ROWS:
        x = x.reshape(-1, min(n, 64))
    if name == "cross_entropy":
        labels = generator.integers(0, x.shape[1], len(x))
        return lambda: function(x, labels)
    out = np.empty_like(x)
    return lambda: function(x, out=out)


def ways():
    return (*FIXED, CHOSEN, TUNED) if tuning.source() else (*FIXED, CHOSEN)


def use(way, name, n, threads):
    """Have calls of n elements run that way."""
    backend = "auto" if way == TUNED else "c"
    if fastact.get_backend() != backend:
        fastact.set_backend(backend)
    _core.set_num_threads(1 if way == "one thread" else threads)
    if way == TUNED:
        tuning.restore((name, "value", "float32"))
        return
    _core.set_threads_from(name, "value", "f32", 0)
    if way == "all threads":  # what is set holds, what is built in is taken to what it costs now to call threads
        _core.set_threads_from(name, "value", "f32", min(n, _core.threads_from(name, "value", "f32")))


def best_times(name, n, threads, figures):
    """Lowers the least seconds of a call in `figures`, by way, with SAMPLES samples of each."""
    call = call_of(name, n)
    call()
    start = time.perf_counter()
    call()
    once = max(time.perf_counter() - start, 1e-7)
    loops = max(1, int(SAMPLE_SECONDS / once))
    turn = list(ways())
    for _ in range(SAMPLES):
        random.shuffle(turn)
        for way in turn:
            use(way, name, n, threads)
            for _ in range(max(loops, 2)):  # wakes the threads, and brings the data into their caches
                call()
            start = time.perf_counter()
            for _ in range(loops):
                call()
            figures[way] = min(figures.get(way, np.inf), (time.perf_counter() - start) / loops)


def lag(figures, way=CHOSEN):
    """The time as chosen over that of the better fixed choice."""
    return figures[way] / min(figures[one] for one in FIXED)


def slowest(figures):
    return max(lag(figures, way) for way in (CHOSEN, TUNED) if way in figures)


def sweep(names, threads):
    """function -> n -> way -> seconds of a call."""
    found = {name: {n: {} for n in SIZES} for name in names}
    for n in SIZES:
        for name in names:
            figures = found[name][n]
            for _ in range(ROUNDS):
                best_times(name, n, threads, figures)
                if slowest(figures) <= ALLOWED:
                    break
            said = ", ".join(f"{way} {1e9 * seconds / n:.4f}" for way, seconds in figures.items())
            print(f"{name} {n:,}: {said} {slowest(figures):.2f}", flush=True)
    return found


def verdict(found, way=CHOSEN):
    cells = [(name, n, lag(figures, way)) for name, sizes in found.items() for n, figures in sizes.items() if way in figures]
    slow = [f"{name} at {n:,} ({ratio:.2f})" for name, n, ratio in cells if ratio > ALLOWED]
    which = "what `fastact tune` chose" if way == TUNED else "the choice"
    if not slow:
        return f"In none of {len(cells)} cells is {which} more than 5 % slower than the better fixed choice."
    return f"In {len(slow)} of {len(cells)} cells {which} is more than 5 % slower than the better fixed choice: {', '.join(slow)}."


def page(found, threads):
    caches = ", ".join(f"{name} {size}" for name, size in machine.caches().items())
    yield INTRODUCTION.format(threads=threads, processor=machine.processor(), isa=_core.isa(), caches=caches)
    yield verdict(found)
    if any(TUNED in figures for sizes in found.values() for figures in sizes.values()):
        yield verdict(found, TUNED)
    for first in range(0, len(found), 4):
        names = list(found)[first : first + 4]
        yield ""
        yield "| elements | " + " | ".join(names) + " |"
        yield "|---|" + "---|" * len(names)
        for n in SIZES:
            cells = [found[name][n] for name in names]
            yield f"| {n:,} | " + " | ".join(f"{1e9 * cell[CHOSEN] / n:.3f} ({lag(cell):.2f})" for cell in cells) + " |"


def draw(found, threads, file):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "fastact", "svg.fonttype": "none"}
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(2, 2, figsize=(10, 7), sharex=True, layout="constrained")
    styles = {"one thread": "C0--", "all threads": "C1--", "chosen": "k-"}
    for panel, name in zip(panels.flat, DRAWN):
        for way in styles:
            label = f"{threads} threads" if way == "all threads" else way
            panel.loglog(SIZES, [1e9 * found[name][n][way] / n for n in SIZES], styles[way], label=label)
        panel.set_title(name)
        panel.minorticks_off()
        panel.grid(alpha=0.3)
    panels[0, 0].legend()
    for panel in panels[:, 0]:
        panel.set_ylabel("ns per element")
    for panel in panels[1]:
        panel.set_xlabel("elements")
    figure.savefig(file, metadata={"Date": None})


def read(file):
    """function -> n -> way -> seconds of a call, of an earlier run; in the order of FUNCTIONS."""
    if file is None or not file.exists():
        return {}
    found = json.loads(file.read_text(encoding="utf-8"))
    return {name: {int(n): figures for n, figures in found[name].items()} for name in FUNCTIONS if name in found}


def main(names, folder, file):
    tuning.load()
    threads, found = _core.get_num_threads(), read(file)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except (AttributeError, OSError):
        print("without real-time priority: others on this machine count")
    try:
        found |= sweep(names, threads)
    finally:
        _core.set_num_threads(threads)
        fastact.set_backend("auto")
        for name in names:
            tuning.restore((name, "value", "float32"))
    if file:
        file.write_text(json.dumps(found), encoding="utf-8")
    if set(found) == set(FUNCTIONS):
        found = {name: found[name] for name in FUNCTIONS}
        (folder / "pictures").mkdir(exist_ok=True)
        (folder / "sizes.md").write_text("\n".join(page(found, threads)) + "\n", encoding="utf-8")
        draw(found, threads, folder / "pictures" / "sizes.svg")
    print(verdict(found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="FUNCTION", help="of the twelve; all without one")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parents[1] / "docs")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="figures of all runs so far")
    options = parser.parse_args()
    main(options.names or FUNCTIONS, options.folder, options.figures)
