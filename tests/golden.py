"""Hashes of what every function gives for a fixed set of inputs: another machine must give the same bits.

    python tests/golden.py      writes tests/golden.json; only where bits change on purpose, which CHANGELOG.md then says

Inputs are made of integers alone, so that they are the same everywhere.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

import fastact as fa

FILE = Path(__file__).with_name("golden.json")
DTYPES = ("float16", "float32", "float64")
COUNT, ROWS, COLUMNS = 4096, 37, 111


def scattered(count, seed):
    """Integers of 64 bits without order."""
    with np.errstate(over="ignore"):
        numbers = (np.arange(count, dtype=np.uint64) + np.uint64(seed)) * np.uint64(0x9E3779B97F4A7C15)
        return (numbers ^ (numbers >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)


def patterns(dtype, seed):
    """Numbers of every exponent, infinities and NaN, and as many between -8 and 8."""
    kind = np.dtype(dtype)
    every = scattered(COUNT // 2, seed) >> np.uint64(64 - 8 * kind.itemsize)
    return np.concatenate([every.astype(f"u{kind.itemsize}").view(kind), unit(COUNT // 2, dtype, seed) * kind.type(16) - kind.type(8)])


def unit(shape, dtype, seed):
    """Numbers between 0 and 1, both excluded, of 10 bits, so that every dtype holds them."""
    numbers = scattered(int(np.prod(shape)), seed) >> np.uint64(54)
    return ((numbers.astype(np.float64) + 0.5) / 1024).astype(dtype).reshape(shape) if dtype != "float16" else (
        (numbers.astype(np.float64) + 1) / 1032).astype(dtype).reshape(shape)  # fmt: skip


def arguments(function, dtype):
    """pass -> the arguments of a call."""
    parameters = [0.75 if value is None else value for value in function.parameters.values()]
    kind, own = function.kind, getattr(fa, function.name)
    if kind == "elementwise":
        x, g = patterns(dtype, 1), patterns(dtype, 2)
        found = {"value": (x, *parameters), "derivative": (x, *parameters), "backward": (g, x, *parameters)}
        return {**found, "backward_from_output": (g, x, *parameters)} if "backward_from_output" in function.passes else found
    if kind == "gated":
        a, b, g = (patterns(dtype, seed) for seed in (1, 2, 3))
        return {"value": (a, b), "backward": (g, a, b)}
    if kind == "learned":
        x, g = patterns(dtype, 1)[COUNT // 2 :], patterns(dtype, 2)[COUNT // 2 :]
        return {"value": (x, 0.375), "backward": (g, x, 0.375)}
    x = unit((ROWS, COLUMNS), dtype, 1) * np.dtype(dtype).type(8) - np.dtype(dtype).type(4)
    if kind == "rowwise":
        y = own(x, 3) if function.name == "maxout" else own(x)
        of = x if y.shape != x.shape or function.name == "l2_normalize" else y
        extra = (3,) if function.name == "maxout" else ()
        return {"value": (x, *extra), "backward": (unit(y.shape, dtype, 2), of, *extra)}
    chance = unit((ROWS, COLUMNS), dtype, 2)
    if kind == "loss":
        return {"value": (chance, chance[::-1]), "gradient": (chance, chance[::-1])}
    if kind == "row_loss":
        target = np.arange(ROWS) * 7 % COLUMNS if "labels" in function.targets else unit((ROWS, COLUMNS), dtype, 3)
        return {"value": (chance, target), "gradient": (chance, target)}
    if kind == "joint_loss":
        arrays = [unit((ROWS, COLUMNS), dtype, seed) for seed in range(1, 1 + len(fa._core.row(function.name)["arrays"]))]
        return {"value": arrays, **({"gradient": arrays} if "gradient" in function.passes else {})}
    return {}  # made of NumPy's operations, whose bits are NumPy's


def digest(answer):
    """A hash of the bits of arrays and numbers, in little-endian order."""
    made = hashlib.sha256()
    for part in answer if isinstance(answer, (tuple, list)) else (answer,):
        part = np.asarray(part)
        made.update(part.astype(part.dtype.newbyteorder("<")).tobytes())
    return made.hexdigest()[:16]


def hashes(name):
    """"pass dtype" -> hash, of one function."""
    function, found = fa.functions()[name], {}
    for dtype in DTYPES:
        with np.errstate(all="ignore"):
            for step, given in arguments(function, dtype).items():
                own = getattr(fa, name)
                found[f"{step} {dtype}"] = digest((own if step == "value" else getattr(own, step))(*given))
    return found


def names():
    return [name for name, function in fa.functions().items() if not function.kind.startswith("composed")]


if __name__ == "__main__":
    FILE.write_text(json.dumps({name: hashes(name) for name in names()}, indent=0) + "\n", encoding="utf-8")
