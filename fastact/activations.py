"""The elementwise functions: a ufunc for every pass of every row of the catalog, joined by attributes."""

import os

import numpy as np

from . import _core

TITLES = {
    "value": "{name}(x) = {formula}, element by element.",
    "derivative": "Derivative of {name}: {derivative}.",
    "backward": "Gradient through {name}: grad times the derivative at x, in one pass, rounded once.",
    "backward_from_output": "Gradient through {name} from its output y instead of its input.",
}
INPUTS = {
    "value": [("x", "Input.")],
    "derivative": [("x", "Where the derivative is taken.")],
    "backward": [("grad", "Upstream gradient."), ("x", "Input of the forward pass.")],
    "backward_from_output": [("grad", "Upstream gradient."), ("y", "Output of the forward pass.")],
}


def call_name(name, pass_):
    return name if pass_ == "value" else f"{name}.{pass_}"


def docstring(row, pass_):
    """numpydoc text of one pass, from its catalog row."""
    inputs = INPUTS[pass_]
    names = [name for name, _ in inputs]
    lines = [TITLES[pass_].format(**row), "", "Parameters", "----------"]
    for name, text in inputs:
        lines += [f"{name} : array_like", f"    {text} float16, float32 or float64; integers and bool are computed as float64."]
    for name, default in row["parameters"].items():
        lines += [f"{name} : float or array_like, default {default:g}", "    Scalar, or an array that broadcasts against the input."]
    lines += ["out : ndarray, optional", "    Where the result is written; may be exactly an input.", "where, casting, order, dtype : optional"]
    lines += ["    As for every NumPy ufunc.", "", "Returns", "-------"]
    lines += ["ndarray or scalar", "    Of the input's shape (broadcast with the parameters) and dtype.", "", "Raises", "------"]
    lines += ["TypeError", "    For complex, object and string input.", "", "Notes", "-----", f"Formula: {row['formula']}"]
    if row["aliases"] and pass_ == "value":
        lines.append(f"Also known as {', '.join(row['aliases'])}.")
    if pass_ in ("value", "derivative"):
        f32, f64 = (row["max_ulp"][dtype][pass_ == "derivative"] for dtype in ("float32", "float64"))
        lines.append(f"Accuracy: within {f32:g} ulp over all float32 inputs, {f64:g} ulp for float64 (docs/accuracy.md).")
    arguments = ", ".join(f"np.float32({value})" for value in (1.0, 0.5)[-len(names):])
    lines += ["", "Examples", "--------", ">>> import numpy as np, fastact as fa"]
    lines += [f">>> fa.{call_name(row['name'], pass_)}({arguments}).dtype", "dtype('float32')"]
    return "\n".join(lines)


def build(row):
    """The value ufunc of a catalog row with its other passes as attributes."""
    passes = {}
    for pass_ in row["passes"]:
        name = call_name(row["name"], pass_)
        passes[pass_] = _core.make_ufunc(row["name"], pass_, name, docstring(row, pass_))
        passes[pass_].__module__ = "fastact"
    value = passes["value"]
    for pass_, ufunc in passes.items():
        if pass_ != "value":
            setattr(value, pass_, ufunc)
    value.max_ulp = row["max_ulp"]
    return value


def route_approximations(functions):
    """gelu(x, approximate=...) and its passes: which ufunc each value of the keyword means."""
    for pass_ in (None, "derivative", "backward"):
        exact, tanh, quick = (f if pass_ is None else getattr(f, pass_) for f in (functions["gelu"], functions["gelu_tanh"], functions["silu"]))
        sigmoid_form = (quick, 1.702)
        table = {"none": exact, False: exact, None: exact, "tanh": tanh, True: tanh, "quick": sigmoid_form}
        _core.set_approximations(exact, table)


def check_fast_path(functions):
    """Compare both paths once; on any difference, and on request, only NumPy's own is used."""
    x = np.linspace(-20, 20, 67, dtype=np.float32)
    _core.set_fast_path(True)
    fast = [f(x) for f in functions.values()]
    _core.set_fast_path(False)
    same = all(np.array_equal(a, f(x)) for a, f in zip(fast, functions.values()))
    _core.set_fast_path(same and os.environ.get("FASTACT_NO_FASTPATH", "") in ("", "0"))
