"""Writes src_c/measured.h, what an element of each function costs, from what `fastact speed` measured on one thread:

    fastact speed --peers none --dtypes float32,float64 --json FILE
    python tools/write_costs.py FILE

Values come from the passes "forward" and "value", gradients from "backward" and "value_and_gradient"; 0 stands for what was not measured.
"""

import json
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src_c" / "measured.h"
PASSES = ({"forward", "value"}, {"backward", "value_and_gradient"})
HEAD = """/* Picoseconds that an element costs one thread while the arrays are in the second cache: of a float the value
 * and a gradient, then of a double. Written by tools/write_costs.py; measured by `fastact speed` on
 * {processor}, {isa}. */
"""


def lines(measured):
    """COST(gelu, 404, 562, 1210, 1480) and so on, in alphabetical order."""
    names = sorted({row["function"] for row in measured["rows"]})
    figures = {(row["function"], row["dtype"], row["pass_"]): row["timings"][0]["minimum"] for row in measured["rows"]}
    for name in names:
        cells = [
            round(1000 * next((figures[name, dtype, word] for word in words if (name, dtype, word) in figures), 0))
            for dtype in ("float32", "float64")
            for words in PASSES
        ]
        yield f"COST({name}, {', '.join(map(str, cells))})"


def main(source):
    measured = json.loads(Path(source).read_text(encoding="utf-8"))
    about = measured["machine"]
    head = HEAD.format(processor=about["processor"], isa=about["instruction set"])
    TARGET.write_text(head + "\n".join(lines(measured)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
