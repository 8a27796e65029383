"""Times of four functions from 16 to 16,777,216 elements, by one thread, by all, and as fastact chooses: docs/sizes.md and its picture.

    python bench/sweep_sizes.py [docs]

The three ways take turns, and the minimum counts. A size at which the choice is more than 5 % slower than the better of the two is measured
again, all three ways of it, up to ROUNDS times; what is still slower then is said. Nothing else should run beside it.
"""

import os
import random
import sys
import time
from pathlib import Path

import numpy as np

import fastact
from fastact import _core, machine

SIZES = [1 << k for k in range(4, 25)]
SAMPLES, SAMPLE_SECONDS, ROUNDS = 20, 3e-4, 12
WAYS = ("one thread", "all threads", "chosen")
ALLOWED = 1.05
FUNCTIONS = ("gelu", "relu", "softmax", "binary_cross_entropy_with_logits")
INTRODUCTION = """# Sizes

Nanoseconds per float32 element as fastact chooses the number of threads, and in brackets the time over that of the better
fixed choice, one thread or all {threads} of them: minima of interleaved samples with the workers awake, at real-time
priority, values alone, into an output that is given. Up to 8192 elements all three ways are the same call, and show what the measurement is worth. softmax
has rows of 64. Written by `bench/sweep_sizes.py` on {processor}, {isa}, caches {caches}.

![Time per element over the size, by one thread, by all, and as chosen](pictures/sizes.svg)
"""


def call_of(name, n):
    generator = np.random.default_rng(20240229)
    x = generator.standard_normal(n).astype(np.float32)
    function = getattr(fastact, name)
    if name == "binary_cross_entropy_with_logits":
        target = (generator.random(n) < 0.5).astype(np.float32)
        return lambda: function(x, target)
    if name == "softmax":
        x = x.reshape(-1, min(n, 64))
    out = np.empty_like(x)
    return lambda: function(x, out=out)


def use(way, name, n, threads):
    """Have calls of n elements run that way."""
    _core.set_num_threads(1 if way == "one thread" else threads)
    _core.set_threads_from(name, "value", "f32", 0)
    if way == "all threads" and _core.threads_from(name, "value", "f32") > n:
        _core.set_threads_from(name, "value", "f32", n)


def best_times(name, n, threads, figures):
    """Lowers the least seconds of a call in `figures`, by way, with SAMPLES samples of each."""
    call = call_of(name, n)
    call()
    start = time.perf_counter()
    call()
    once = max(time.perf_counter() - start, 1e-7)
    loops = max(1, int(SAMPLE_SECONDS / once))
    ways = list(WAYS)
    for _ in range(SAMPLES):
        random.shuffle(ways)
        for way in ways:
            use(way, name, n, threads)
            for _ in range(max(loops, 2)):  # wakes the threads, and brings the data into their caches
                call()
            start = time.perf_counter()
            for _ in range(loops):
                call()
            figures[way] = min(figures.get(way, np.inf), (time.perf_counter() - start) / loops)


def lag(figures):
    """The time as chosen over that of the better fixed choice."""
    return figures["chosen"] / min(figures[way] for way in WAYS[:2])


def sweep(threads):
    """(function, n) -> way -> seconds of a call."""
    found = {}
    for n in SIZES:
        for name in FUNCTIONS:
            figures = found[name, n] = {}
            for _ in range(ROUNDS):
                best_times(name, n, threads, figures)
                if lag(figures) <= ALLOWED:
                    break
            print(f"{name} {n:,}: " + ", ".join(f"{way} {1e9 * figures[way] / n:.4f}" for way in WAYS), f"{lag(figures):.2f}", flush=True)
    return found


def verdict(found):
    slow = [f"{name} at {n:,} ({lag(figures):.2f})" for (name, n), figures in found.items() if lag(figures) > ALLOWED]
    cells = f"{len(found)} cells"
    if not slow:
        return f"In none of {cells} is the choice more than 5 % slower than the better fixed choice."
    return f"In {len(slow)} of {cells} the choice is more than 5 % slower than the better fixed choice: {', '.join(slow)}."


def page(found, threads):
    caches = ", ".join(f"{name} {size}" for name, size in machine.caches().items())
    yield INTRODUCTION.format(threads=threads, processor=machine.processor(), isa=_core.isa(), caches=caches)
    yield verdict(found)
    yield ""
    yield "| elements | " + " | ".join(FUNCTIONS) + " |"
    yield "|---|" + "---|" * len(FUNCTIONS)
    for n in SIZES:
        cells = (found[name, n] for name in FUNCTIONS)
        yield f"| {n:,} | " + " | ".join(f"{1e9 * cell['chosen'] / n:.3f} ({lag(cell):.2f})" for cell in cells) + " |"


def draw(found, threads, file):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.hashsalt": "fastact", "svg.fonttype": "none"}
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(2, 2, figsize=(10, 7), sharex=True, layout="constrained")
    styles = {"one thread": "C0--", "all threads": "C1--", "chosen": "k-"}
    for panel, name in zip(panels.flat, FUNCTIONS):
        for way in WAYS:
            label = f"{threads} threads" if way == "all threads" else way
            panel.loglog(SIZES, [1e9 * found[name, n][way] / n for n in SIZES], styles[way], label=label)
        panel.set_title(name)
        panel.minorticks_off()
        panel.grid(alpha=0.3)
    panels[0, 0].legend()
    for panel in panels[:, 0]:
        panel.set_ylabel("ns per element")
    for panel in panels[1]:
        panel.set_xlabel("elements")
    figure.savefig(file, metadata={"Date": None})


def main(folder):
    threads = _core.get_num_threads()
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except (AttributeError, OSError):
        print("without real-time priority: others on this machine count")
    try:
        found = sweep(threads)
    finally:
        _core.set_num_threads(threads)
        for name in FUNCTIONS:
            _core.set_threads_from(name, "value", "f32", 0)
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "sizes.md").write_text("\n".join(page(found, threads)) + "\n", encoding="utf-8")
    draw(found, threads, folder / "pictures" / "sizes.svg")
    print(verdict(found))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs"))
