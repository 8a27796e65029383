"""The other ways to compute what fastact computes: NumPy formulas and the libraries that are installed, on one thread.

``fastact speed`` and the pytest-benchmark suites both take their rows from here. A peer is a module with a class
``Peer``: ``offers(cell)`` says whether the library has that function, ``prepare(cell, data)`` returns a call without
arguments that does the work.
"""

import importlib.util
import os
from dataclasses import dataclass, field

import numpy as np

import fastact
from fastact import _core
from fastact.activations import required

PASSES = {
    "elementwise": ("forward", "backward", "backward_from_output"),
    "rowwise": ("forward", "backward"),
    "gated": ("forward", "backward"),
    "loss": ("value", "value_and_gradient"),
    "row_loss": ("value", "value_and_gradient"),
    "learned": ("forward", "backward"),
    "joint_loss": ("value", "value_and_gradient"),
}

DTYPES = ("float32", "float64", "float16", "bfloat16")
FULL = ("float32", "float64")  # what most libraries are asked for; some have no others

# row-wise functions whose backward pass starts from x
FROM_INPUT = ("maxout", "logsumexp", "l2_normalize")

# name -> (module here, what it needs)
MODULES = {
    "fastact": ("own", ()),
    "numpy": ("formulas", ()),
    "scipy": ("scipy_special", ("scipy",)),
    "numexpr": ("numexpr_formulas", ("numexpr",)),
    "numba": ("numba_loops", ("numba",)),
    "torch": ("torch_ops", ("torch",)),
    "onnxruntime": ("onnxruntime_ops", ("onnxruntime", "onnx")),
    "openvino": ("openvino_ops", ("openvino",)),
    "jax": ("jax_functions", ("jax",)),
    "sklearn": ("sklearn_losses", ("sklearn",)),
}
NAMES = tuple(MODULES)


def _shares(x):
    return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)


def _chance(x):
    return np.exp(x) / (1 + np.exp(x))


# what normal numbers go through for functions that are not defined everywhere
INTO_DOMAIN = {
    "sqrt": np.abs,
    "log": np.abs,
    "pow": np.abs,
    "logit": _chance,
    "binary_cross_entropy": _chance,
    "kl_div": lambda x: -np.abs(x),
    "js_div": _chance,
    "half_tweedie_identity": np.abs,
}
INTO_DOMAIN |= dict.fromkeys(("categorical_cross_entropy", "sparse_categorical_cross_entropy", "generalized_cross_entropy"), _shares)
INTO_DOMAIN |= dict.fromkeys(("nll", "generalized_kl"), lambda x: np.log(_shares(x)))
# and targets of losses
INTO_TARGETS = {
    "binary_cross_entropy": lambda t: t > 0,
    "binary_cross_entropy_with_logits": lambda t: t > 0,
    "sigmoid_focal": lambda t: t > 0,
    "asymmetric_multilabel": lambda t: t > 0,
    "kl_div": _chance,
    "js_div": _chance,
    "half_tweedie_identity": np.abs,
}


# what functions are measured with whose defaults would leave a compiler nothing to do
SETTINGS = {"clip": (-1.0, 1.0)}


def settings(name):
    """The parameters that a call is measured with, the first ones of the function."""
    return SETTINGS.get(name) or required(fastact.functions()[name].parameters)


@dataclass(frozen=True)
class Cell:
    """One row of a comparison: a function, a pass, a dtype and a number of elements."""

    function: str
    kind: str
    pass_: str
    dtype: str
    size: int

    @property
    def shape(self):
        """Rows and columns of row-wise functions: ten columns, as of ten classes, where ten divides the size; else about square."""
        if self.kind in ("elementwise", "gated", "loss"):
            return (self.size,)
        if self.kind == "joint_loss" and _core.row(self.function)["unit"] in ("elements", "weights"):
            return (self.size,)
        columns = 1 << (self.size.bit_length() - 1) // 2 if self.size % 10 else 10
        if self.function == "maxout":
            columns = max(columns // 4, 1) * 4  # whole groups
        return (max(self.size // columns, 1), columns)

    @property
    def key(self):
        return (self.function, self.pass_)

    def __str__(self):
        return f"{self.function} {self.pass_} {self.dtype} {self.size:,}"


@dataclass
class Data:
    """The arrays of one cell, the same for every peer.

    That holds for the output too where a library takes one: where its memory pages happen to lie in the caches moves
    cheap rows by a third.
    """

    x: np.ndarray
    g: np.ndarray
    y: np.ndarray
    target: np.ndarray
    labels: np.ndarray
    out: np.ndarray
    second_out: np.ndarray  # of the functions that return two gradients
    arguments: tuple = field(init=False)

    @classmethod
    def of(cls, cell, spread=1.0):
        """Draw normal numbers of standard deviation `spread`, the same ones every time."""
        generator = np.random.default_rng(20240229)
        x = spread * generator.standard_normal(cell.shape)
        x = INTO_DOMAIN.get(cell.function, np.asarray)(x).astype(cell.dtype)
        g, target = (generator.standard_normal(cell.shape) for _ in range(2))
        g, target = g.astype(cell.dtype), INTO_TARGETS.get(cell.function, np.asarray)(target).astype(cell.dtype)
        more = settings(cell.function)
        y = getattr(fastact, cell.function)(x, *more) if cell.kind in ("elementwise", "rowwise") else x
        if y.shape != x.shape:
            g = generator.standard_normal(y.shape).astype(cell.dtype)
        labels = generator.integers(0, cell.shape[-1], cell.shape[0])
        data = cls(x, g, y, target, labels, np.zeros_like(y if cell.pass_ == "forward" else x), np.zeros_like(x))
        data.arguments = data._arguments(cell)
        return data

    def _arguments(self, cell):
        if cell.kind == "loss":
            return (self.x, self.target)
        if cell.kind == "row_loss":
            labelled = "labels" in fastact.functions()[cell.function].targets
            return (self.x, self.labels if labelled else _shares(self.target))
        if cell.kind == "joint_loss":
            from .joint import arguments_of

            return arguments_of(cell.function, _core.row(cell.function)["arrays"], (self.x, self.target, self.g))
        if cell.kind == "gated":
            return (self.x, self.target) if cell.pass_ == "forward" else (self.g, self.x, self.target)
        if cell.kind == "learned":  # one parameter a column
            (start,) = fastact.functions()[cell.function].parameters.values()
            parameter = np.full(cell.shape[-1], start, cell.dtype)
            return (self.x, parameter) if cell.pass_ == "forward" else (self.g, self.x, parameter)
        if cell.pass_ in ("forward", "derivative"):
            return (self.x,)
        from_output = cell.pass_ == "backward_from_output" or (cell.kind == "rowwise" and cell.function not in FROM_INPUT)
        return (self.g, self.y if from_output else self.x)


def cells(functions, dtype="float32", size=65536):
    """Every cell of the named functions that know the dtype and for which at least a NumPy formula is written."""
    from .formulas import FORMULAS

    if dtype == "bfloat16":
        importlib.import_module("ml_dtypes")  # from then on NumPy knows the name
    registry = fastact.functions()
    return [
        Cell(name, registry[name].kind, pass_, dtype, size)
        for name in functions
        if dtype in registry[name].dtypes
        for pass_ in PASSES[registry[name].kind]
        if (name, pass_) in FORMULAS
    ]


def compared_functions():
    """Names of the functions that have a NumPy formula to be compared with, in the order of the registry."""
    from .formulas import FORMULAS

    known = {name for name, _ in FORMULAS}
    return [name for name in fastact.functions() if name in known]


def missing(name):
    """The first package that peer `name` needs and that is not installed, or None."""
    for package in MODULES[name][1]:
        if importlib.util.find_spec(package) is None:
            return package
    return None


def installed():
    """Names of the peers that can run here, fastact and numpy first."""
    return [name for name in NAMES if missing(name) is None]


def load(name):
    """Import a peer and set it to one thread."""
    return importlib.import_module(f"{__name__}.{MODULES[name][0]}").Peer()


class one_processor:
    """Pin the process to one of its processors for the length of a block, so that every library stays on one thread.

    To be entered before they are imported. Does nothing where the system has no such call.
    """

    def __enter__(self):
        self.before = None
        if hasattr(os, "sched_setaffinity"):
            self.before = os.sched_getaffinity(0)
            os.sched_setaffinity(0, {max(self.before)})
        return self

    def __exit__(self, *exception):
        if self.before is not None:
            os.sched_setaffinity(0, self.before)
