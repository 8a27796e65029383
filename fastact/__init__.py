"""fastact: neural-network activations, their derivatives, and losses. Fast, within 1 ulp, the same bits everywhere.

>>> import numpy as np, fastact as fa
>>> x = np.array([-1, 0, 2], np.float32)
>>> y = fa.gelu(x)                          # a NumPy ufunc: out=, where=, dtype=, broadcasting, strides
>>> dx = fa.gelu.backward(np.ones_like(x), x)
>>> fa.gelu.derivative(x)[1]
np.float32(0.5)
"""

from . import _core, activations, composed, gated, learned, losses, rows
from ._core import isa, isas, set_isa
from .config import get_include, get_lib, get_num_threads, set_num_threads, show_config, show_runtime, threads

__version__ = _core.version()

# names that a star import must not replace
_PYTHON_NAMES = {"abs", "pow", "round", "sqrt"}
_BUILDERS = {
    "elementwise": activations.build,
    "rowwise": rows.build,
    "gated": gated.build,
    "loss": losses.build_pointwise,
    "row_loss": losses.build_row_loss,
    "learned": learned.build,
}


def _publish():
    """Every function of the catalog under its name and its aliases; returns these names."""
    names, elementwise, catalog = [], {}, _core.catalog()
    for row in catalog:
        made = _BUILDERS[row["kind"]](row)
        if row["kind"] == "elementwise":
            elementwise[row["name"]] = made
        for name in (row["name"], *row["aliases"]):
            globals()[name] = made
            names.append(name)
    for name, made in composed.build().items():
        globals()[name] = made
        names.append(name)
    activations.route(elementwise)
    activations.start(elementwise, [row for row in catalog if row["kind"] == "elementwise"])
    return [name for name in names if name not in _PYTHON_NAMES]


__all__ = [
    "Function",
    "functions",
    "get_include",
    "get_lib",
    "get_num_threads",
    "isa",
    "isas",
    "set_isa",
    "set_num_threads",
    "show_config",
    "show_runtime",
    "threads",
    *_publish(),
]


def __getattr__(name):
    if name in ("Function", "functions"):  # not before it is asked for: dataclasses take longer to import than all the rest
        from . import catalog

        return globals().setdefault(name, getattr(catalog, name))
    raise AttributeError(f"module 'fastact' has no attribute {name!r}")


def __dir__():
    return sorted([*__all__, "__version__"])
