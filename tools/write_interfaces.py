"""Writes fastact/__init__.pxd and fastact/__init__.pyi from the registry and the C header; every build runs it.

functions.def reads as Python once its comment is gone: calls with names, numbers and strings.
"""

import ast
import re
import runpy
from pathlib import Path

PXD_HEAD = '''# The C interface for Cython: `from fastact cimport gelu_f32`; compile with fastact.get_include(), link with fastact.get_lib().
# Written by tools/write_interfaces.py from src_c/include/fastact.h.
from libc.stdint cimport int64_t, uint16_t

cdef extern from "fastact.h" nogil:
    ctypedef enum fastact_status:
        FASTACT_OK
        FASTACT_ERROR_NULL
        FASTACT_ERROR_OVERLAP
        FASTACT_ERROR_LABEL
        FASTACT_ERROR_ARGUMENT
        FASTACT_ERROR_UNSUPPORTED
        FASTACT_ERROR_MEMORY

    ctypedef uint16_t fastact_f16
    ctypedef uint16_t fastact_bf16

    const char *status_text "fastact_status_text"(fastact_status status)
    const char *version "fastact_version"()
    const char *isa "fastact_isa"()
    fastact_status set_isa "fastact_set_isa"(const char *name)
    int get_num_threads "fastact_get_num_threads"()
    fastact_status set_num_threads "fastact_set_num_threads"(int count)
    int default_num_threads "fastact_default_num_threads"()

'''


def rows(root):
    """(kind, name, parameters, words in capitals and names, aliases) of every row of the registry."""
    text = re.sub(r"/\*.*?\*/", "", (root / "src_c" / "functions.def").read_text(encoding="utf-8"), flags=re.DOTALL)
    for statement in ast.parse(text).body:
        call = statement.value
        kind, name = call.func.id, call.args[0].id
        if kind == "SHORT_NAME":  # of C functions
            continue
        words = [node.id for node in call.args if isinstance(node, ast.Name)]
        aliases = next(node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str))
        settings = [
            node for a in call.args if isinstance(a, ast.Call) and a.func.id.startswith("PARAMETER") for node in a.args
        ]
        parameters = [(n.id, ast.unparse(default)) for n, default in zip(settings[::2], settings[1::2])]
        yield kind, name, parameters, words, aliases.split()


def constants(file):
    """The tables of a module that are written out, by name."""
    found = {}
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign):
            try:
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
            except ValueError:
                pass
    return found


def joint_arrays(root, name):
    """Names of the arrays of a joint loss, and of those that have a gradient."""
    found = re.search(rf"JOINT_LOSS\({name}, \w+, ARRAYS_\d\((.*?)\),\s*GRADIENTS_\d\((.*?)\)", (root / "src_c" / "functions.def").read_text(encoding="utf-8"))
    return [names.split(", ") for names in found.groups()]


def pxd(root):
    header = (root / "src_c" / "include" / "fastact.h").read_text(encoding="utf-8")
    prototypes = re.findall(r"^fastact_status fastact_(\w+_(?:f32|f64|f16|bf16))\(([^)]*)\);", header, re.MULTILINE)
    lines = [f'    fastact_status {name} "fastact_{name}"({" ".join(arguments.split())})' for name, arguments in prototypes]
    return PXD_HEAD + "\n".join(lines) + "\n"


PYI_HEAD = '''# Types of the public names, for editors and checkers. Written by tools/write_interfaces.py from src_c/functions.def.
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, TypeAlias, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

_F16: TypeAlias = NDArray[np.float16]
_F32: TypeAlias = NDArray[np.float32]
_F64: TypeAlias = NDArray[np.float64]
_Float = TypeVar("_Float", np.float16, np.float32, np.float64)
_Out: TypeAlias = NDArray[Any] | tuple[NDArray[Any]] | None
_Casting: TypeAlias = Literal["no", "equiv", "safe", "same_kind", "unsafe"]
_Order: TypeAlias = Literal["K", "A", "C", "F"]
_Approximate: TypeAlias = Literal["none", "tanh", "quick"] | bool | None
_Edge: TypeAlias = Literal["exclusive", "inclusive"]
_Half: TypeAlias = Literal["first", "second"]
_Weights: TypeAlias = ArrayLike | list[NDArray[Any]] | tuple[NDArray[Any], ...]
_WeightsOut: TypeAlias = NDArray[Any] | list[NDArray[Any]] | None
_Reduction: TypeAlias = Literal["none", "mean", "sum", "batchmean"]
_Empty: TypeAlias = Literal["nan", "zero"]

__version__: str

@dataclass(frozen=True)
class Function:
    name: str
    kind: Literal["elementwise", "rowwise", "gated", "learned", "loss", "row_loss", "joint_loss", "composed", "composed_loss"]
    aliases: tuple[str, ...]
    parameters: Mapping[str, float]
    dtypes: tuple[str, ...]
    formula: str
    derivative: str
    max_ulp: Mapping[str, tuple[float, float]]
    passes: tuple[str, ...]
    hessian: str
    targets: tuple[str, ...]

def functions() -> dict[str, Function]: ...
def isa() -> str: ...
def isas() -> list[str]: ...
def set_isa(name: str) -> None: ...
def get_num_threads() -> int: ...
def set_num_threads(count: int) -> None: ...
def get_include() -> str: ...
def get_lib() -> str: ...
def show_config() -> None: ...
def show_runtime() -> None: ...
def trim() -> int: ...

class threads:
    def __init__(self, count: int) -> None: ...
    def __enter__(self) -> None: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

class _Rows:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], axis: int | None = -1, where: ArrayLike | None = None, scale: float = 1.0,
        out: NDArray[Any] | None = None,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: ArrayLike, axis: int | None = -1, where: ArrayLike | None = None, scale: float = 1.0,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, y: ArrayLike, axis: int | None = -1, where: ArrayLike | None = None, scale: float = 1.0,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _Entmax:
    max_ulp: dict[str, float]
    def __call__(
        self, x: ArrayLike, alpha: float = 1.5, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, y: ArrayLike, alpha: float = 1.5, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _LogSumExp:
    max_ulp: dict[str, float]
    def __call__(
        self, x: ArrayLike, axis: int | None = -1, where: ArrayLike | None = None,
        scale: float = 1.0, keepdims: bool = False, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _Normalize:
    max_ulp: dict[str, float]
    def __call__(self, x: ArrayLike, axis: int | None = -1, eps: float = 1e-12, out: NDArray[Any] | None = None) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, axis: int | None = -1, eps: float = 1e-12, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _Maxout:
    max_ulp: dict[str, float]
    def __call__(self, x: ArrayLike, pieces: int = 4, axis: int | None = -1, out: NDArray[Any] | None = None) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, pieces: int = 4, axis: int | None = -1, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _LogMeanExp:
    def __call__(
        self, x: ArrayLike, axis: int | None = -1, where: ArrayLike | None = None,
        scale: float = 1.0, keepdims: bool = False, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _Crelu:
    def __call__(self, x: ArrayLike, axis: int | None = -1, out: NDArray[Any] | None = None) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, axis: int | None = -1, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _GumbelSoftmax:
    def __call__(
        self, x: ArrayLike, tau: float = 1.0, hard: bool = False,
        axis: int | None = -1, rng: np.random.Generator | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, y: ArrayLike, tau: float = 1.0, axis: int | None = -1, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _SoftmaxSegments:
    def __call__(
        self, x: ArrayLike, lengths: ArrayLike, axis: int = -1,
        scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, y: ArrayLike, lengths: ArrayLike, axis: int = -1, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _RreluTrain:
    @overload
    def __call__(
        self, x: NDArray[_Float], lower: float = 1 / 8, upper: float = 1 / 3, rng: np.random.Generator | None = None,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[_Float], NDArray[_Float]]: ...
    @overload
    def __call__(
        self, x: ArrayLike, lower: float = 1 / 8, upper: float = 1 / 3, rng: np.random.Generator | None = None,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...
    def backward(self, grad: ArrayLike, noise: ArrayLike, out: NDArray[Any] | None = None) -> Any: ...

class _MaskedSoftmax:
    def __call__(
        self, x: ArrayLike, axis: int | None = -1, where: ArrayLike | None = None,
        scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, y: ArrayLike, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _PairwiseDistance:
    max_ulp: dict[str, float]
    def __call__(
        self, x1: ArrayLike, x2: ArrayLike, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False, *, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def backward(
        self, grad: ArrayLike, x1: ArrayLike, x2: ArrayLike, p: float = 2.0, eps: float = 1e-6, *,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _Prox:
    def __call__(self, w: _Weights, step: float, lam: float = 0.01, *, out: _WeightsOut = None) -> Any: ...

class _ProxElasticNet:
    def __call__(
        self, w: _Weights, step: float, l1: float | None = None, l2: float | None = None, *, alpha: float | None = None,
        l1_ratio: float | None = None, out: _WeightsOut = None,
    ) -> Any: ...

class _Xielu:
    def __call__(
        self, x: ArrayLike, alpha_p: ArrayLike, alpha_n: ArrayLike, beta: float = 0.5, eps: float = -1e-6, out: NDArray[Any] | None = None
    ) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, alpha_p: ArrayLike, alpha_n: ArrayLike, beta: float = 0.5, eps: float = -1e-6,
        out: NDArray[Any] | None = None,
    ) -> tuple[Any, Any, Any]: ...

class _LinearCrossEntropy:
    def __call__(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, class_weight: ArrayLike | None = None,
        ignore_index: int | None = None, label_smoothing: float = 0.0, chunk: int | None = None, *, reduction: _Reduction = "mean",
        empty: _Empty = "nan", sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, class_weight: ArrayLike | None = None,
        ignore_index: int | None = None, label_smoothing: float = 0.0, chunk: int | None = None, *, reduction: _Reduction = "mean",
        empty: _Empty = "nan", sample_weight: ArrayLike | None = None, where: ArrayLike | None = None,
    ) -> tuple[NDArray[Any], ...]: ...
    def value_and_gradient(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, class_weight: ArrayLike | None = None,
        ignore_index: int | None = None, label_smoothing: float = 0.0, chunk: int | None = None, *, reduction: _Reduction = "mean",
        empty: _Empty = "nan", sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], ...]]: ...

class _Ufunc(np.ufunc):  # type: ignore[misc]
    max_ulp: dict[str, float]
'''

# defaults that Python writes in another way
DEFAULTS = {"REQUIRED": "", "INFINITY": " | None = ...", "-INFINITY": " | None = ..."}
# keywords that a ufunc takes beside its parameters
OPTIONS = {"gelu": ["approximate: _Approximate = ..."], "geglu": ["approximate: _Approximate = ..."]}
# and those that derivative and backward alone take
SLOPE_OPTIONS = {"clip": ["edge: _Edge = ..."]}
UFUNC_OPTIONS = "        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,\n"
# row-wise functions with arguments of their own, and those made of others
ROWS = {"entmax": "_Entmax", "logsumexp": "_LogSumExp", "l2_normalize": "_Normalize", "maxout": "_Maxout"}
COMPOSED = {
    "masked_softmax": "_MaskedSoftmax",
    "softmin": "_MaskedSoftmax",
    "logmeanexp": "_LogMeanExp",
    "crelu": "_Crelu",
    "gumbel_softmax": "_GumbelSoftmax",
    "softmax_segments": "_SoftmaxSegments",
    "rrelu_train": "_RreluTrain",
    "xielu": "_Xielu",
    "linear_cross_entropy": "_LinearCrossEntropy",
}
LEARNED = '''
class _Learned{suffix}:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], {name}: NDArray[_Float] | float, axis: int = 1, out: NDArray[Any] | None = None
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(self, x: ArrayLike, {name}: ArrayLike, axis: int = 1, out: NDArray[Any] | None = None) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, {name}: ArrayLike, axis: int = 1,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...
'''
LOSS = '''
class _Loss{suffix}:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike{settings}, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
'''
OFFSET_LOSS = '''
class _Offset{made}({made}):
    def constant_to_optimal_zero(self, target: ArrayLike) -> NDArray[Any]: ...
'''
# parameters of losses that take more than numbers, and what only Python takes
LOSS_SETTINGS = {
    ("binary_cross_entropy", "clip"): 'clip: float | Literal["torch"] | None = "torch"',
    ("binary_cross_entropy", "base"): 'base: float | Literal["e"] = "e"',
    ("sigmoid_focal", "alpha"): "alpha: float | None = None",
}
LOSS_OPTIONS = {name: ', labels: Literal["01"] | None = None' for name in ("hinge", "squared_hinge")}
OFFSET_LOSSES = ("half_poisson", "half_gamma", "binary_cross_entropy_with_logits", "exponential_loss")
ROW_LOSS = '''
class _RowLoss{suffix}:
    max_ulp: dict[str, float]
    def __call__(
        self, {inputs},
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, {inputs},
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, {inputs},
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
'''
ROW_HESSIAN = '''    def gradient_and_hessian(
        self, {inputs},
        *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_factor: float = 1.0, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
'''
# what the options of losses of rows are; other settings are numbers
ROW_OPTIONS = {
    "class_weight": "ArrayLike | None = None",
    "alpha": "ArrayLike | None = None",
    "ignore_index": "int | None = None",
    "clip": 'float | Literal["torch"] | None = "torch"',
    "base": 'Literal["e", 2] = "e"',
}
KINDS = {"ROWWISE": "_Rows"}
PENALTY = '''
class _Penalty{suffix}:
    max_ulp: dict[str, float]
    def __call__(self, w: _Weights{settings}) -> np.float64: ...
    def gradient(self, w: _Weights{settings}, {star}out: _WeightsOut = None) -> Any: ...
    def value_and_gradient(self, w: _Weights{settings}, {star}out: _WeightsOut = None) -> tuple[np.float64, Any]: ...
'''
JOINT = '''
class _Joint{suffix}:
    max_ulp: dict[str, float]
    def __call__(
        self, {arrays}{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, {arrays}{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: {out} | None = None,
    ) -> {made}: ...
    def value_and_gradient(
        self, {arrays}{settings}, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: {out} | None = None,
    ) -> tuple[Any, {made}]: ...
'''
# what stands before the parameters of a joint loss, and what penalties have instead of them
_ROWS, _WHOLE = ", axis: int = -1", ", axis: int | None = None"
SETTINGS = {
    "cosine_similarity_loss": _ROWS,
    "generalized_dice": _ROWS,
    **dict.fromkeys(("pair_logit", "ranking_softmax", "multilabel_margin", "margin_cross_entropy"), _ROWS),
    **dict.fromkeys(("dice", "tversky", "jaccard", "mcc"), _WHOLE),
    "lovasz_hinge": _WHOLE + ", ignore: int | None = None",
    "lovasz_softmax": _ROWS + ', classes: Literal["present", "all"] = "present", per_image: bool = False, ignore: int | None = None',
    "box_iou": ', kind: Literal["iou", "giou", "diou", "ciou"] = "iou"',
    "survival_aft": ', distribution: Literal["normal", "logistic", "extreme"] = "normal"',
    "ctc": ", blank: int = 0, zero_infinity: bool = False",
    "circle": ", remove_diagonal: bool = True",
}
PENALTIES = {
    "l1_penalty": ", lam: float = 0.01",
    "l2_penalty": ", lam: float = 0.01, half: bool = False, n: float = 1",
    "elastic_net_penalty": ", l1: float | None = None, l2: float | None = None, *, alpha: float | None = None, l1_ratio: float | None = None",
    "orthogonal_penalty": ', factor: float = 0.01, mode: Literal["rows", "columns"] = "rows"',
}
FLAGS = ("full", "swap")
FIXED = {"pairwise_distance": "_PairwiseDistance", "prox_l1": "_Prox", "prox_l2": "_Prox", "prox_elastic_net": "_ProxElasticNet"}


def call(inputs, parameters, options):
    """Overloads of one call: a float dtype keeps itself, a number gives a float64, anything else is found at run time."""
    for accepted, number, result in (
        ("NDArray[_Float]", "float", "NDArray[_Float]"),
        ("float", "float", "np.float64"),
        ("Any", "ArrayLike", "Any"),
    ):
        arguments = [*(f"{name}: {accepted}" for name in inputs), "/"]
        arguments += [f"{name}: {number}{DEFAULTS.get(default, f' = {default}')}" for name, default in parameters]
        arguments = ", ".join([*arguments, "out: _Out = None", "*", *options])
        yield f"    @overload\n    def __call__(\n        self, {arguments}, where: ArrayLike = True,\n{UFUNC_OPTIONS}    ) -> {result}: ...\n"


def gated_class(suffix, parameters, options):
    """The gated functions with these parameters: two arrays, or one that is split."""
    settings = "".join(f", {name}: float = {default}" for name, default in parameters)
    last = ", ".join([*options, "axis: int = -1", "gate: _Half = ..."])
    yield f"\nclass _Gated{suffix}:\n    max_ulp: dict[str, float]\n"
    for x in ("NDArray[_Float]", "ArrayLike"):
        other = x + " | None = None"
        result = x if x != "ArrayLike" else "Any"
        yield f"    @overload\n    def __call__(\n        self, x: {x}, other: {other}{settings}, *, {last},\n"
        yield f"        out: NDArray[Any] | None = None,\n    ) -> {result}: ...\n"
    yield f"    @overload\n    def backward(\n        self, grad: ArrayLike, x: ArrayLike, other: None = None{settings}, *, {last},\n"
    yield "        out: NDArray[Any] | None = None,\n    ) -> NDArray[Any]: ...\n"
    yield f"    @overload\n    def backward(\n        self, grad: ArrayLike, x: ArrayLike, other: ArrayLike{settings}, *, {last},\n"
    yield "        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,\n    ) -> tuple[Any, Any]: ...\n"


def classes(suffix, parameters, options, slope_options):
    """The ufuncs of all activations with these parameters."""
    slope = [*options, *slope_options]
    passes = [("_Unary", ["x"], options), ("_Backward", ["grad", "x"], slope), ("_BackwardFromOutput", ["grad", "y"], options)]
    if slope_options:
        passes.insert(1, ("_Derivative", ["x"], slope))
    for name, inputs, keywords in passes:
        yield f"\nclass {name}{suffix}(_Ufunc):\n"
        yield from call(inputs, parameters, keywords)
    derivative = f"_{'Derivative' if slope_options else 'Unary'}{suffix}"
    yield f"\nclass _Activation{suffix}(_Unary{suffix}):\n    derivative: {derivative}\n    backward: _Backward{suffix}\n"
    yield f"\nclass _InvertibleActivation{suffix}(_Activation{suffix}):\n    backward_from_output: _BackwardFromOutput{suffix}\n"


def row_loss_class(name, words, parameters, tables):
    """One loss of rows: its arrays, options and parameters."""
    first, second = tables["FIRST"].get(name, "logits"), "target" if "PROBABILITIES" in words else "labels"
    settings = [f"{word}: {ROW_OPTIONS.get(word, 'float = 0.0')}" for word in tables["OPTIONS"].get(name, ())]
    settings += [f"{word}: {ROW_OPTIONS.get(word, f'float = {default}')}" for word, default in parameters]
    inputs = ", ".join([f"{first}: ArrayLike", f"{second}: ArrayLike", "axis: int = -1", *settings])
    text = ROW_LOSS + ROW_HESSIAN if name == "cross_entropy" else ROW_LOSS
    return text.format(suffix=camel(name), inputs=inputs)


def camel(name):
    return "".join(word.title() for word in name.split("_"))


def joint_class(name, arrays, gradients, parameters):
    """(name of the class, its text) of a joint loss or penalty; parameters are pairs of name and default."""
    suffix = "".join(word.title() for word in name.split("_"))
    if name in FIXED:
        return FIXED[name], ""
    if name in PENALTIES:
        star = "" if "*" in PENALTIES[name] else "*, "
        return f"_Penalty{suffix}", PENALTY.format(suffix=suffix, settings=PENALTIES[name], star=star)
    settings = SETTINGS.get(name, "")
    for word, default in parameters:
        settings += f", {word}: bool = {bool(float(default))}" if word in FLAGS else f", {word}: float = {default}"
    out, made = "NDArray[Any]", "NDArray[Any]"
    if len(gradients) > 1:
        out = f"tuple[{', '.join(['NDArray[Any] | None'] * len(gradients))}]"
        made = f"tuple[{', '.join(['NDArray[Any]'] * len(gradients))}]"
    declared = ", ".join(f"{word}: ArrayLike" for word in arrays)
    return f"_Joint{suffix}", JOINT.format(suffix=suffix, arrays=declared, settings=settings, out=out, made=made)


def pyi(root):
    """The fixed head, a set of classes for each kind of call, and every name with its class."""
    text, names, suffixes, tables = [PYI_HEAD], ["\n"], {}, constants(root / "fastact" / "row_losses.py")
    for kind, name, parameters, words, aliases in rows(root):
        made = ROWS.get(name, KINDS.get(kind))
        if kind == "LEARNED":
            made = f"_Learned{parameters[0][0].title()}"
            declared = LEARNED.format(suffix=parameters[0][0].title(), name=parameters[0][0])
            if declared not in text:
                text.append(declared)
        elif kind == "ROW_LOSS":
            made = f"_RowLoss{camel(name)}"
            text.append(row_loss_class(name, words, parameters, tables))
        elif kind == "LOSS":
            usual = [(word, f"{word}: float{DEFAULTS.get(default, f' = {default}')}") for word, default in parameters]
            settings = "".join(f", {LOSS_SETTINGS.get((name, word), declared)}" for word, declared in usual) + LOSS_OPTIONS.get(name, "")
            special = name in LOSS_OPTIONS or any((name, word) in LOSS_SETTINGS for word, _ in parameters)
            suffix = "".join(word.title() for part in ([name] if special else [p for p, _ in parameters]) for word in part.split("_"))
            made = f"_Loss{suffix}"
            declared = LOSS.format(suffix=suffix, settings=settings)
            if declared not in text:
                text.append(declared)
            if name in OFFSET_LOSSES:
                declared, made = OFFSET_LOSS.format(made=made), f"_Offset{made}"
                if declared not in text:
                    text.append(declared)
        elif kind == "JOINT_LOSS":
            made, declared = joint_class(name, *joint_arrays(root, name), parameters)
            text.append(declared)
        elif not made:
            options, slope_options = OPTIONS.get(name, []), SLOPE_OPTIONS.get(name, [])
            key = (kind, *parameters, *options, *slope_options)
            if key not in suffixes:
                suffixes[key] = "".join(word.title() for word in name.split("_")) if len(key) > 1 else ""
                if kind == "GATED":
                    text += gated_class(suffixes[key], parameters, options)
                else:
                    text += classes(suffixes[key], parameters, options, slope_options)
            base = "_Gated" if kind == "GATED" else "_InvertibleActivation" if "FROM_OUTPUT" in words else "_Activation"
            made = base + suffixes[key]
        names += [f"{word}: {made}\n" for word in (name, *aliases)]
    names += [f"{name}: {made}\n" for name, made in COMPOSED.items()]
    for name, row in runpy.run_path(str(root / "fastact" / "composed_losses.py"))["ROWS"].items():
        made, declared = joint_class(name, row["arrays"], row["gradients"], [(word, repr(value)) for word, value in row["parameters"].items()])
        text += [declared] * (declared not in text)
        names += [f"{word}: {made}\n" for word in (name, *row["aliases"])]
    return "".join(text + names)


def write(root):
    """Write both files where they differ from what they should say."""
    for name, text in (("__init__.pxd", pxd(root)), ("__init__.pyi", pyi(root))):
        path = root / "fastact" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[1])
