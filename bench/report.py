"""Turns what `fastact speed --json FILE` measured into a page: `python bench/report.py FILE... docs/performance.md`.

Every cell shows the speed and the largest error of one library together, because a fast wrong answer is no answer.
"""

import json
import math
import sys
from pathlib import Path

TITLE = "# Performance"
INTRODUCTION = """
Nanoseconds per element, one thread, minimum of interleaved samples on the same arrays; in brackets the largest error
found on the data, in units in the last place (ulp). The fastest of a row is bold. All libraries write to an output that
is given to them, except those marked *, which make a new one each time. Inputs are normal numbers of the standard
deviation that the heading names; row-wise functions and cross-entropy work on square arrays, those of 640 elements on
(64, 10). Written by `bench/report.py` from what `fastact speed --json` measured; absolute figures hold on this machine
only. The commands:
"""
# by the dtypes of a page: the end of its title, and how it was made
PAGES = {
    ("float32",): (
        "",
        """
    fastact speed --peers all --sizes 65536,1048576 --json a.json
    fastact speed relu leaky_relu --peers all --sizes 16777216 --json b.json
    fastact speed sigmoid tanh silu gelu gelu_tanh --peers all --spread 3 --sizes 65536,1048576 --json c.json
    fastact speed softmax log_softmax cross_entropy --peers all --sizes 640 --json d.json
    python bench/report.py a.json b.json c.json d.json docs/performance.md

Other dtypes: [performance_float64.md](performance_float64.md), [performance_sixteen.md](performance_sixteen.md). An Intel
machine: [performance_emerald_rapids.md](performance_emerald_rapids.md).
""",
    ),
    ("float64",): (
        " in float64",
        """
    fastact speed --dtype float64 --peers all --sizes 65536 --json f64.json
    python bench/report.py f64.json docs/performance_float64.md

What is exact comes from extended precision, three decimal digits more than double: next to a root of a derivative (backward passes of
snake, mish, dish, silu, gelu) its own error counts too. [accuracy.md](accuracy.md) has the errors against wider numbers. float32:
[performance.md](performance.md).
""",
    ),
    ("float16", "bfloat16"): (
        " in float16 and bfloat16",
        """
    fastact speed ACTIVATIONS --dtype float16,bfloat16 --peers numpy,torch,jax --sizes 65536,1048576 --json sixteen.json
    python bench/report.py sixteen.json docs/performance_sixteen.md

ACTIVATIONS are the elementwise, row-wise and gated functions, and those with learned parameters. float32: [performance.md](performance.md).
""",
    ),
}
SIZES = """## From 16 to 16 million elements

By one thread, by all threads, and as fastact chooses: [sizes.md](sizes.md), written by `bench/sweep_sizes.py`.

![Time per element over the size](pictures/sizes.svg)
"""
NOTES = """
Backward passes of softmax and log_softmax subtract numbers that are nearly equal, so that single elements close to zero
lose their digits; their errors count ulps of those elements. A library is missing from a row where it has no such
function; one whose result is off by more than 1 % in the normal range is left out and named below the table. NumPy
stands for the formulas that people write, gelu with SciPy's erf. The exponent of pow is 1/4, whose power can be had
from two square roots.
"""


def error_text(ulp):
    """1.3, 57, 4e+05, or - where the error was not judged."""
    if ulp is None:
        return "-"
    if ulp < 9.95:
        return f"{ulp:.1f}"
    return f"{ulp:.0f}" if ulp < 9999.5 else f"{ulp:.0e}".replace("e+0", "e")


def cell_text(timing, bold):
    if timing is None:
        return ""
    speed = f"{timing['minimum']:.3f}"
    return f"{f'**{speed}**' if bold else speed} ({error_text(timing['max_ulp'])})"


def of(row, peer):
    return next((timing for timing in row["timings"] if timing["peer"] == peer), None)


def others(row):
    return [timing for timing in row["timings"] if timing["peer"] not in ("fastact", "copy")]


def markdown_table(headers, rows):
    yield "| " + " | ".join(headers) + " |"
    yield "|" + "---|" * len(headers)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def speed_section(rows, versions):
    """The table of one size and dtype, with what was lost below it."""
    names = [name for name in (*versions, "copy") if any(of(row, name) for row in rows)]
    fresh = {timing["peer"] for row in rows for timing in row["timings"] if timing["fresh"]}
    headers = ["function", "pass", *(name + "*" * (name in fresh) for name in names), "x numpy", "x best other"]
    lines = []
    for row in rows:
        ours, best = of(row, "fastact"), min(others(row), key=lambda t: t["minimum"], default=None)
        fastest = min([ours, *others(row)], key=lambda t: t["minimum"])["peer"]
        numpy = of(row, "numpy")
        ratios = [f"{other['minimum'] / ours['minimum']:.2f}" if other else "" for other in (numpy, best)]
        lines.append(
            [
                row["function"],
                row["pass_"].replace("_", " "),
                *(cell_text(of(row, name), name == fastest) for name in names),
                *ratios,
            ]
        )
    yield from markdown_table(headers, lines)
    yield ""
    lost = [
        row
        for row in rows
        if min((t["minimum"] for t in others(row)), default=math.inf) < of(row, "fastact")["minimum"]
    ]
    yield f"fastact is first in {len(rows) - len(lost)} of {len(rows)} rows" + (
        "; not in " + ", ".join(f"{row['function']} {row['pass_'].replace('_', ' ')}" for row in lost) + "."
        if lost
        else "."
    )
    wrong = [
        f"{name} in {row['function']} {row['pass_']} ({error_text(ulp) if ulp is not None else 'NaN or infinite'} ulp)"
        for row in rows
        for name, ulp in row["left_out"].items()
    ]
    if wrong:
        yield f"Left out as wrong: {', '.join(wrong)}."
    yield ""


def summary_section(rows):
    """Geometric means by size and dtype."""
    lines = []
    for size, dtype, spread in groups(rows):
        part = [row for row in rows if group_of(row) == (size, dtype, spread)]
        means = []
        for choose in (
            lambda row: of(row, "numpy"),
            lambda row: min(others(row), key=lambda t: t["minimum"], default=None),
        ):
            ratios = [math.log(choose(row)["minimum"] / of(row, "fastact")["minimum"]) for row in part if choose(row)]
            means.append(f"{math.exp(sum(ratios) / len(ratios)):.2f}" if ratios else "")
        worst = max(
            (
                of(row, "fastact")["max_ulp"] or 0
                for row in part
                if row["kind"] == "elementwise" and row["pass_"] in ("forward", "backward")
            ),
            default=0,
        )
        lines.append([f"{size:,}", dtype, f"{spread:g}", str(len(part)), *means, f"{worst:.2f}"])
    yield from markdown_table(
        [
            "elements",
            "dtype",
            "standard deviation",
            "rows",
            "times as fast as NumPy",
            "as the best other",
            "largest error of fastact, elementwise, in ulp",
        ],
        lines,
    )
    yield ""


def group_of(row):
    return (row["size"], row["dtype"], row["spread"])


def groups(rows):
    return dict.fromkeys(map(group_of, rows))


def latency_section(calls):
    yield "## One call on 16 float32 numbers"
    yield ""
    yield from markdown_table(
        ["call", "ns, minimum", "ns, median"],
        [[f"`{statement}`", f"{low:.0f}", f"{middle:.0f}"] for statement, (low, middle) in calls.items()],
    )
    yield ""


def report(measured):
    """The whole document from a list of measurements, all of one machine."""
    first = measured[0]
    versions = {name: version for part in measured for name, version in part["versions"].items()}
    rows = [row | {"spread": part["spread"]} for part in measured for row in part["rows"]]
    machine = first["machine"]
    title, commands = PAGES[tuple(dict.fromkeys(row["dtype"] for row in rows))]
    yield TITLE + title
    yield INTRODUCTION + commands
    yield (
        f"Machine: {machine['processor']}, {machine['instruction set']}, "
        + ", ".join(f"{k} {v}" for k, v in machine["caches"].items())
        + f", {machine['system']}, Python {machine['python']}."
    )
    yield "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + "."
    yield ""
    yield from summary_section(rows)
    for size, dtype, spread in groups(rows):
        yield f"## {size:,} elements, {dtype}, normal(0, {spread:g})"
        yield ""
        if any(of(row, "copy") for row in rows if row["size"] == size):
            yield "`copy` is `np.copyto` of the input: the same bytes moved with ordinary stores, computing nothing."
            yield ""
        yield from speed_section([row for row in rows if group_of(row) == (size, dtype, spread)], versions)
    if not title:
        yield from latency_section(first["latency"])
        yield SIZES
    yield "## Notes"
    yield NOTES.rstrip()


def main(arguments):
    if len(arguments) < 2:
        print(__doc__.partition("\n")[0], file=sys.stderr)
        return 2
    *sources, target = arguments
    measured = [json.loads(Path(source).read_text(encoding="utf-8")) for source in sources]
    Path(target).write_text("\n".join(report(measured)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
