"""The operation graphs of the kernels, as the build took them from the C source (tools/graphs).

A path names one: "gelu/value/f32/graph" or, of kernels with a faster graph for most elements, "gelu/value/f32/quick". What follows a "#"
is a digest that tells versions apart where compiled code is kept on disk.
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
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("loops.py", "lowering.py", "memory.py", "tables.py"))


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


def lanes(graph):
    """How many elements fill the registers: 8 where doubles are among the operations, else 16."""
    return 8 if any(kind == "f64" for _, kind, *_ in graph["operations"]) else 16


def names():
    """The functions that have graphs."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))
