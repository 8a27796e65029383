"""Writes docs/gallery.md and docs/pictures: `python tools/write_gallery.py`, with fastact and Matplotlib installed.

Formulas and bounds come from the registry, speed from docs/performance.md, the rest of the figures from the functions themselves, and the
words from fastact/advice.py.
"""

import sys
from pathlib import Path

import numpy as np

import fastact as fa
from fastact import gallery
from fastact.activations import setting
from fastact.advice import ADVICE

ROOT = Path(__file__).resolve().parents[1]
SPEED_SECTION = "## 65,536 elements, float32, normal(0, 1)"
PASSES = {"forward": "value", "backward": "backward pass", "value": "value", "value and gradient": "value and gradient"}
PASSES["backward from output"] = "backward pass from the output"
INTRODUCTION = """# Gallery

The functions that most networks are made of: what each looks like, what it is for, and what to mind. In the pictures filled dots say what a
function is where it jumps, and shaded ends are where it saturates: a finite limit, and less than a twentieth of the largest slope, or of 1.
Errors are in units in the last place (ulp) of float32. Speed is of one AVX-512 core on 65,536 float32, beside NumPy's formula and the
fastest other library; [performance.md](performance.md) has all of it.

`fastact plot NAME` draws these pictures and those of most other functions; `fastact show NAME` tells the rest. Written by
`tools/write_gallery.py`.
"""
EXPERIMENTS = """## Experiments

Small complete programs, seeded, each under a minute: `fastact gallery NAME` prints what it found and writes a picture of it
(`pip install 'fastact[gallery]'` for everything that they need).
"""


def speeds():
    """(function, pass) -> (ns an element, times as fast as NumPy, as the best other) of the float32 table of 65,536 elements."""
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    lines = text.partition(SPEED_SECTION)[2].partition("\n## ")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    columns = {name: k for k, name in enumerate(rows[0])}
    ours, numpy, others = (columns[name] for name in ("fastact", "x numpy", "x best other"))
    return {(row[0], row[1]): (row[ours].split()[0].strip("*"), row[numpy], row[others]) for row in rows[1:]}


def number(value):
    """As one writes it: 1, 0.25, -0.278, infinity."""
    if np.isinf(value):
        return "-infinity" if value < 0 else "infinity"
    return f"{value:.3g}" if value else "0"


def shape(name):
    """Range, values at 0 and largest slope of an elementwise function, found on a fine grid and at infinity."""
    function = getattr(fa, name)
    x = np.concatenate([[-np.inf], np.linspace(-50, 50, 200001), [np.inf]])
    y, slope = function(x), function.derivative(x)
    zero = np.zeros(1)
    steepest = np.nanargmax(slope[1:-1]) + 1
    at = "" if np.sum(slope[1:-1] == slope[steepest]) > 1 else f" at {number(x[steepest])}"
    yield f"values from {number(np.nanmin(y))} to {number(np.nanmax(y))}"
    yield f"{number(function(zero)[0])} at 0, with slope {number(function.derivative(zero)[0])}"
    yield f"largest slope {number(slope[steepest])}{at}"
    if np.nanmin(y) < min(y[0], y[-1]):
        yield f"lowest at {number(x[np.nanargmin(y)])}"


def beside(numpy, best):
    """What others take, in units of our time."""
    words = [f"{name} {ratio} times as long" for name, ratio in (("NumPy", numpy), ("the best other", best)) if ratio]
    return f" ({', '.join(words[: 1 + (numpy != best)])})" if words else ""


def entry_text(name, measured):
    """One function of the page."""
    entry, advice = fa.functions()[name], ADVICE[name]
    word = "gradient" if "loss" in entry.kind else "backward pass" if entry.kind == "rowwise" else "derivative"
    value, slope = entry.max_ulp["float32"]
    figures = [*shape(name)] if entry.kind == "elementwise" else []
    speed = [f"{PASSES[which]} {ns}{beside(*ratios)}" for (function, which), (ns, *ratios) in measured.items() if function == name]
    yield f"## {name}\n"
    yield f"![{name} and its {word}](pictures/{name}.svg)\n"
    yield f"* **Value**: `{entry.formula}`"
    yield f"* **{word.capitalize()}**: `{entry.derivative}`"
    if entry.hessian:
        yield f"* **Hessian**: `{entry.hessian}`"
    if entry.parameters:
        yield "* **Parameters**: " + ", ".join(f"`{setting(key, default, '=', True)}`" for key, default in entry.parameters.items())
    if entry.aliases:
        yield "* **Also called** " + ", ".join(f"`{alias}`" for alias in entry.aliases)
    yield f"* **For**: {advice.use}"
    yield f"* **Mind**: {advice.mind}"
    if figures:
        yield f"* **Shape**: {'; '.join(figures)}."
    yield f"* **Error**: value within {value:g} ulp, {word} within {slope:g}."
    yield f"* **Speed**, ns an element: {'; '.join(speed)}.\n"


def page():
    """The whole document."""
    measured = speeds()
    yield INTRODUCTION
    yield " · ".join(f"[{name}](#{name})" for name in ADVICE) + "\n"
    for name in ADVICE:
        yield from entry_text(name, measured)
    yield EXPERIMENTS
    yield "| example | shows |\n|---|---|"
    yield from (f"| `{name}` | {example.summary} |" for name, example in gallery.examples().items())


def text():
    return "\n".join(page()) + "\n"


def main(folder=ROOT / "docs"):
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    for name in ADVICE:
        fa.plot(name).savefig(pictures / f"{name}.svg")
    fa.plot("relu", "gelu", "silu", "elu", "tanh", "sigmoid", limits=(-4, 4)).savefig(pictures / "activations.svg")
    (folder / "gallery.md").write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
