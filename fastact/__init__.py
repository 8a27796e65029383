"""fastact: neural-network activations, their derivatives, and losses. Fast, within 1 ulp, the same bits everywhere.

>>> import numpy as np, fastact as fa
>>> x = np.array([-1, 0, 2], np.float32)
>>> y = fa.gelu(x)                          # a NumPy ufunc: out=, where=, dtype=, broadcasting, strides
>>> dx = fa.gelu.backward(np.ones_like(x), x)
>>> fa.gelu.derivative(x)[1]
np.float32(0.5)
"""

from . import _core, activations, losses, rows
from ._core import isa, isas, set_isa
from .catalog import Function, functions
from .config import get_include, get_lib, show_config, show_runtime
from .threads import get_num_threads, set_num_threads, threads

__version__ = _core.version()

_BUILDERS = {"elementwise": activations.build, "rowwise": rows.build, "loss": losses.build_pointwise, "row_loss": losses.build_row_loss}


def _publish():
    """Every function of the catalog under its name and its aliases."""
    made, names = {}, []
    for row in _core.catalog():
        made[row["name"]] = _BUILDERS[row["kind"]](row)
        names += [row["name"], *row["aliases"]]
        for name in (row["name"], *row["aliases"]):
            globals()[name] = made[row["name"]]
    elementwise = {row["name"]: made[row["name"]] for row in _core.catalog() if row["kind"] == "elementwise"}
    activations.route_approximations(elementwise)
    activations.check_fast_path(elementwise)
    return names


__all__ = [
    "Function", "functions", "get_include", "get_lib", "get_num_threads", "isa", "isas", "set_isa", "set_num_threads", "show_config",
    "show_runtime", "threads",
    *_publish(),
]  # fmt: skip


def __dir__():
    return sorted([*__all__, "__version__"])
