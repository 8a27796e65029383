"""The operation graphs of the kernels, as the build took them from the C source (tools/graphs).

A path names one: "gelu/value/f32/graph" or, of kernels with a faster graph for most elements, "gelu/value/f32/quick";
of row-wise functions "softmax/value/f32", of losses "huber/task/f32", the name of a function of a program
(tools/graphs/programs.py). What follows a "#" is a digest that tells versions apart where compiled code is kept on disk.
"""

import gzip
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
    return _added[name] if name in _added else gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()).decode()


@lru_cache(maxsize=None)
def function(name):
    """Everything known of one function: pass -> dtype -> kernel."""
    return json.loads(text(name))


@lru_cache(maxsize=None)
def emitters():
    """The source that makes machine code of graphs: what is kept on disk is of one version of it."""
    folder = Path(__file__).resolve().parent
    makers = ("loops.py", "lowering.py", "memory.py", "programs.py", "tables.py")
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


def number(kernel):
    """The type of a kernel's numbers; its parameters may be floats where that is another."""
    graph = kernel["graph"]
    return graph["operations"][graph["outputs"][0]][1]


def lanes(graph):
    """How many elements fill the registers: 8 where doubles are among the operations, else 16."""
    return 8 if any(kind == "f64" for _, kind, *_ in graph["operations"]) else 16


@lru_cache(maxsize=None)
def registry():
    """The version of the library, the catalog's rows, and the members of what kernels of losses are told."""
    try:
        return json.loads((FOLDER.parent / "registry.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        place = FOLDER.parents[1]
        raise ImportError(f"fastact is not built in {place}: install it, and start Python elsewhere than among its sources") from None


@lru_cache(maxsize=None)
def rows():
    """The catalog's rows by name, as fastact._core has them."""
    return {row["name"]: {key: _plain(value) for key, value in row.items()} for row in registry()["functions"]}


def _plain(value):
    """Tuples where JSON has lists."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return tuple(value) if isinstance(value, list) else value


def kind(name):
    """The kind of a function of the registry, None of one that was added."""
    row = rows().get(name)
    return row and row["kind"]


@lru_cache(maxsize=None)
def names():
    """The elementwise functions."""
    return sorted(row["name"] for row in registry()["functions"] if row["kind"] == "elementwise")
