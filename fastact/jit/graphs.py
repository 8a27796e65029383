"""The operation graphs of the kernels, as the build took them from the C source (tools/graphs).

A path names one: "gelu/value/f32/graph" or, of kernels with a faster graph for most elements, "gelu/value/f32/quick"; of losses
"huber/f32/block/graph" (tools/graphs/losses.py tells which there are); of row-wise functions "softmax/value/f32", the name of a function of a
program (tools/graphs/programs.py). What follows a "#" is a digest that tells versions apart where compiled code is kept on disk.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "kernels"


_added = {}


def add(function):
    """Makes up a name for a function that the build does not know, from what it is; function is what `function` is to return."""
    described = json.dumps(function, separators=(",", ":"))
    name = f"activation_{hashlib.sha256(described.encode()).hexdigest()[:16]}"
    _added[name] = described
    return name


@lru_cache(maxsize=None)
def text(name):
    return _added[name] if name in _added else (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@lru_cache(maxsize=None)
def function(name):
    """Everything known of one function: pass -> dtype -> kernel."""
    return json.loads(text(name))


@lru_cache(maxsize=None)
def emitters():
    """The source that makes machine code of graphs: what is kept on disk is of one version of it."""
    folder = Path(__file__).resolve().parent
    makers = ("folds.py", "loops.py", "lowering.py", "memory.py", "programs.py", "tables.py")
    return "".join((folder / name).read_text(encoding="utf-8") for name in makers)


@lru_cache(maxsize=None)
def digest(name):
    return hashlib.sha256((emitters() + text(name)).encode()).hexdigest()[:16]


@lru_cache(maxsize=None)
def find(path):
    """What stands at a path."""
    name, *keys = path.partition("#")[0].split("/")
    found = function(name)
    for key in keys:
        found = found[key]
    return found


def part(graph, variant, names):
    """What of a graph with named outputs is needed for some of them, in their order."""
    wanted = [graph["outputs"][variant][name] for name in names]
    operations, needed = graph["operations"], set()
    waiting = list(wanted)
    while waiting:
        node = waiting.pop()
        if node not in needed:
            needed.add(node)
            op, _, *rest = operations[node]
            waiting += [] if op in ("constant", "argument") else rest[1:] if op == "lookup" else rest
    places = {node: place for place, node in enumerate(sorted(needed))}
    kept = []
    for node in sorted(needed):
        op, kind, *rest = operations[node]
        if op == "lookup":
            rest = [rest[0], places[rest[1]]]
        elif op not in ("constant", "argument"):
            rest = [places[operand] for operand in rest]
        kept.append([op, kind, *rest])
    return {"operations": kept, "outputs": [places[node] for node in wanted], "tables": graph["tables"]}


def lanes(graph):
    """How many elements fill the registers: 8 where doubles are among the operations, else 16."""
    return 8 if any(kind == "f64" for _, kind, *_ in graph["operations"]) else 16


@lru_cache(maxsize=None)
def registry():
    """The version of the library, the catalog's rows of elementwise, row-wise and gated functions, and the kinds of others by name."""
    try:
        return json.loads((FOLDER.parent / "registry.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        place = FOLDER.parents[1]
        raise ImportError(f"fastact is not built in {place}: install it, and start Python elsewhere than among its sources") from None


@lru_cache(maxsize=None)
def names():
    """The elementwise functions."""
    return sorted(row["name"] for row in registry()["functions"] if row["kind"] == "elementwise")
