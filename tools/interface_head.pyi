# Types of the public names, for editors and checkers. Written by tools/write_interfaces.py from src_c/functions.def.
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, overload

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
_Function: TypeAlias = str | Callable[..., Any]

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
def plot(*functions: Any, derivative: bool = True, limits: tuple[float, float] | None = None, **parameters: Any) -> Any: ...
def explain(function: Any, x: Any) -> Explanation: ...
def tune(
    names: _Function | Sequence[_Function] | None = None, dtypes: DTypeLike | Sequence[DTypeLike] = ("float32", "float64"),
    sizes: int | Sequence[int] = (16384, 131072, 1048576), seconds: float = 0.15,
) -> Tuning: ...
def warmup(
    names: _Function | Sequence[_Function] | None = None, dtypes: DTypeLike | Sequence[DTypeLike] = ("float32", "float64")
) -> int: ...
def get_backend() -> Literal["auto", "c", "numba", "numpy"]: ...
def set_backend(name: Literal["auto", "c", "numba", "numpy"]) -> None: ...

class threads:
    def __init__(self, count: int) -> None: ...
    def __enter__(self) -> None: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

@dataclass(frozen=True)
class Explanation:
    backend: Literal["c", "numba", "numpy"]
    isa: str
    threads: int
    stores: Literal["ordinary", "streaming"]
    reason: str

class _Choice(NamedTuple):
    backend: Literal["c", "numba"]
    threads_from: int | None

@dataclass(frozen=True)
class Tuning:
    choices: dict[tuple[str, str, str], _Choice]
    nanoseconds: dict[tuple[str, str, str], dict[int, dict[str, float]]]
    path: str | None

class backend:
    def __init__(self, name: Literal["auto", "c", "numba", "numpy"]) -> None: ...
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
        scale: float = 1.0, keepdims: bool = False, out: NDArray[Any] | None = None, b: ArrayLike | None = None,
        return_sign: bool = False,
    ) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None, b: ArrayLike | None = None,
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

class _Samples(NamedTuple):
    classes: NDArray[np.int64]
    true_count: NDArray[np.float64]
    sampled_count: NDArray[np.float64]

class _SampledGradients(NamedTuple):
    x: NDArray[Any]
    classes: NDArray[np.int64]
    weight: NDArray[Any]
    bias: NDArray[Any] | None

_Drawn: TypeAlias = tuple[ArrayLike, ArrayLike, ArrayLike]

class _SampledSoftmax:
    def __call__(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, num_sampled: int | None = None,
        samples: _Drawn | None = None, rng: np.random.Generator | None = None, remove_accidental_hits: bool = True,
        chunk: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, num_sampled: int | None = None,
        samples: _Drawn | None = None, rng: np.random.Generator | None = None, remove_accidental_hits: bool = True,
        chunk: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None,
    ) -> _SampledGradients: ...
    def value_and_gradient(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, num_sampled: int | None = None,
        samples: _Drawn | None = None, rng: np.random.Generator | None = None, remove_accidental_hits: bool = True,
        chunk: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> tuple[Any, _SampledGradients]: ...
    def sample(
        self, labels: ArrayLike, num_sampled: int, num_classes: int, unique: bool = True, rng: np.random.Generator | None = None,
    ) -> _Samples: ...

class _Nce:
    def __call__(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, num_sampled: int | None = None,
        samples: _Drawn | None = None, rng: np.random.Generator | None = None, remove_accidental_hits: bool = False,
        chunk: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, num_sampled: int | None = None,
        samples: _Drawn | None = None, rng: np.random.Generator | None = None, remove_accidental_hits: bool = False,
        chunk: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None,
    ) -> _SampledGradients: ...
    def value_and_gradient(
        self, x: ArrayLike, weight: ArrayLike, labels: ArrayLike, bias: ArrayLike | None = None, num_sampled: int | None = None,
        samples: _Drawn | None = None, rng: np.random.Generator | None = None, remove_accidental_hits: bool = False,
        chunk: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> tuple[Any, _SampledGradients]: ...
    def sample(
        self, labels: ArrayLike, num_sampled: int, num_classes: int, unique: bool = True, rng: np.random.Generator | None = None,
    ) -> _Samples: ...

class _AdaptiveGradients(NamedTuple):
    x: NDArray[Any]
    head: NDArray[Any]
    tails: tuple[tuple[NDArray[Any], NDArray[Any]], ...]
    head_bias: NDArray[Any] | None

class _AdaptiveShapes(NamedTuple):
    head: tuple[int, int]
    tails: tuple[tuple[tuple[int, int], tuple[int, int]], ...]

_Tails: TypeAlias = Sequence[tuple[ArrayLike, ArrayLike] | list[ArrayLike]]

class _AdaptiveLogSoftmax:
    def __call__(
        self, x: ArrayLike, head: ArrayLike, tails: _Tails, labels: ArrayLike, head_bias: ArrayLike | None = None, chunk: int | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None, where: ArrayLike | None = None,
        out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, x: ArrayLike, head: ArrayLike, tails: _Tails, labels: ArrayLike, head_bias: ArrayLike | None = None, chunk: int | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None, where: ArrayLike | None = None,
    ) -> _AdaptiveGradients: ...
    def value_and_gradient(
        self, x: ArrayLike, head: ArrayLike, tails: _Tails, labels: ArrayLike, head_bias: ArrayLike | None = None, chunk: int | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan", sample_weight: ArrayLike | None = None, where: ArrayLike | None = None,
        out: NDArray[Any] | None = None,
    ) -> tuple[Any, _AdaptiveGradients]: ...
    def log_probs(
        self, x: ArrayLike, head: ArrayLike, tails: _Tails, head_bias: ArrayLike | None = None, chunk: int | None = None,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def shapes(self, features: int, classes: int, cutoffs: Sequence[int], div_value: float = 4.0) -> _AdaptiveShapes: ...

class _Ufunc(np.ufunc):  # type: ignore[misc]
    max_ulp: dict[str, float]

class _OwnPass(np.ufunc):  # type: ignore[misc]
    def address(self, dtype: DTypeLike = "float32") -> int: ...

class _OwnActivation(_OwnPass):
    derivative: _OwnPass
    backward: _OwnPass

def activation(
    formula: Callable[[Any], Any], derivative: Callable[[Any], Any] | None = None, name: str | None = None
) -> _OwnActivation: ...
