"""How much faster several threads are than one: the curve up to all processors, of gelu and cross_entropy unless functions are named.

    python bench/scaling.py [--folder FOLDER] [--sizes N,N] [FUNCTION ...]

Prints a table; with a folder it goes into scaling.md there, and a picture into scaling.svg. Values alone, float32, outputs given, rows of
1000. Thread counts take turns on the same data, and the median of the ratios of each turn counts. Nothing else should run beside it.
"""

import argparse
import time
from pathlib import Path
from statistics import median

import numpy as np

import fastact
from fastact import _core, machine

FUNCTIONS, SIZES, COLUMNS = ("gelu", "cross_entropy"), (1 << 20, 1 << 24), 1000
TURNS, TURN_SECONDS = 9, 0.02


def call_of(name, n):
    """One call on about n elements, and how many they are."""
    entry = fastact.functions().get(name)
    kind = entry.kind if entry else "none"
    if kind not in ("elementwise", "rowwise", "row_loss") or (kind == "row_loss" and "labels" not in entry.targets):
        raise SystemExit(f"scaling: {name} is of kind {kind}; elementwise and row-wise functions and losses of labels are accepted")
    generator, function = np.random.default_rng(20240229), getattr(fastact, name)
    if kind == "elementwise":
        x = generator.standard_normal(n).astype(np.float32)
        out = np.empty_like(x)
        return lambda: function(x, out=out), n
    x = generator.standard_normal((max(n // COLUMNS, 1), COLUMNS)).astype(np.float32)
    labels = generator.integers(0, COLUMNS, len(x))
    return (lambda: function(x, labels)) if kind == "row_loss" else (lambda: function(x)), x.size


def counts_up_to(most):
    """All up to 8, then fewer, and the last."""
    return sorted({*range(1, min(most, 8) + 1), *range(8, most + 1, 4 if most <= 32 else 16), most})


def seconds_of(call, count):
    """Of a call by so many threads, which are awake and have the data where they want it."""
    with fastact.threads(count):
        call()
        start = time.perf_counter()
        call()
        loops = max(1, int(TURN_SECONDS / (time.perf_counter() - start)))
        start = time.perf_counter()
        for _ in range(loops):
            call()
        return (time.perf_counter() - start) / loops


def curve(name, n, counts):
    """threads -> (nanoseconds of an element, how many times as fast as one thread)."""
    call, elements = call_of(name, n)
    turns = [[seconds_of(call, count) for count in counts] for _ in range(TURNS)]
    return {
        count: (1e9 * median(turn[k] for turn in turns) / elements, median(turn[0] / turn[k] for turn in turns))
        for k, count in enumerate(counts)
    }


def page(found, counts):
    """The table in Markdown."""
    caches = ", ".join(f"{name} {size}" for name, size in machine.caches().items())
    yield "Nanoseconds per float32 element, and how many times as fast as one thread; "
    yield f"{machine.processor()}, {_core.isa()}, caches {caches}."
    yield ""
    yield "| threads | " + " | ".join(f"{name}, {n:,}" for name, n in found) + " |"
    yield "|---|" + "---|" * len(found)
    for count in counts:
        yield f"| {count} | " + " | ".join(f"{at[count][0]:.4f} ({at[count][1]:.2f})" for at in found.values()) + " |"


def draw(found, counts, file):
    from fastact import pictures

    with pictures.style():
        figure = pictures.picture(6, 5)
        axes = figure.add_subplot()
        axes.plot(counts, counts, color=pictures.FAINT, label="as many times as threads")
        for colour, ((name, n), at) in zip(pictures.COLOURS, found.items()):
            axes.plot(counts, [at[count][1] for count in counts], "o-", color=colour, label=f"{name}, {n:,}")
        axes.set_xlabel("threads")
        axes.set_ylabel("times as fast as one thread")
        axes.legend()
    pictures.write(figure, file)


def main(names, sizes, folder):
    counts = counts_up_to(machine.usable_processors())
    found = {(name, n): curve(name, n, counts) for name in names for n in sizes}
    text = "\n".join(page(found, counts))
    print(text)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scaling.md").write_text(f"# Threads\n\n{text}\n\n![Times as fast as one thread](scaling.svg)\n", encoding="utf-8")
        draw(found, counts, folder / "scaling.svg")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="FUNCTION", help="gelu and cross_entropy without one")
    parser.add_argument("--sizes", type=lambda text: [int(float(part)) for part in text.split(",")], default=SIZES, metavar="N[,N...]")
    parser.add_argument("--folder", type=Path, help="where the page and the picture go")
    options = parser.parse_args()
    main(options.names or FUNCTIONS, options.sizes, options.folder)
