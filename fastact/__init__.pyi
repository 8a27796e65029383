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

class _OwnActivation(_OwnPass):  # type: ignore[misc]
    derivative: _OwnPass
    backward: _OwnPass

def activation(
    formula: Callable[[Any], Any], derivative: Callable[[Any], Any] | None = None, name: str | None = None
) -> _OwnActivation: ...

class _Unary(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _Backward(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutput(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _Activation(_Unary):  # type: ignore[misc]
    derivative: _Unary
    backward: _Backward

class _InvertibleActivation(_Activation):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutput

class _UnaryLeakyRelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, negative_slope: float = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, negative_slope: float = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, negative_slope: ArrayLike = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardLeakyRelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, negative_slope: float = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, negative_slope: float = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, negative_slope: ArrayLike = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputLeakyRelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, negative_slope: float = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, negative_slope: float = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, negative_slope: ArrayLike = 0.01, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationLeakyRelu(_UnaryLeakyRelu):  # type: ignore[misc]
    derivative: _UnaryLeakyRelu
    backward: _BackwardLeakyRelu

class _InvertibleActivationLeakyRelu(_ActivationLeakyRelu):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputLeakyRelu

class _UnaryElu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, alpha: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardElu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, alpha: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputElu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, alpha: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationElu(_UnaryElu):  # type: ignore[misc]
    derivative: _UnaryElu
    backward: _BackwardElu

class _InvertibleActivationElu(_ActivationElu):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputElu

class _UnarySoftplus(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, beta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, beta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, beta: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardSoftplus(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, beta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, beta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, beta: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputSoftplus(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, beta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, beta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, beta: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationSoftplus(_UnarySoftplus):  # type: ignore[misc]
    derivative: _UnarySoftplus
    backward: _BackwardSoftplus

class _InvertibleActivationSoftplus(_ActivationSoftplus):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputSoftplus

class _UnaryGelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardGelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputGelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, out: _Out = None, *, approximate: _Approximate = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationGelu(_UnaryGelu):  # type: ignore[misc]
    derivative: _UnaryGelu
    backward: _BackwardGelu

class _InvertibleActivationGelu(_ActivationGelu):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputGelu

class _UnaryHardShrink(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, lambd: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, lambd: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, lambd: ArrayLike = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardHardShrink(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, lambd: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, lambd: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, lambd: ArrayLike = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputHardShrink(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, lambd: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, lambd: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, lambd: ArrayLike = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationHardShrink(_UnaryHardShrink):  # type: ignore[misc]
    derivative: _UnaryHardShrink
    backward: _BackwardHardShrink

class _InvertibleActivationHardShrink(_ActivationHardShrink):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputHardShrink

class _UnaryThresholdedRelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, theta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, theta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, theta: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardThresholdedRelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, theta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, theta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, theta: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputThresholdedRelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, theta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, theta: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, theta: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationThresholdedRelu(_UnaryThresholdedRelu):  # type: ignore[misc]
    derivative: _UnaryThresholdedRelu
    backward: _BackwardThresholdedRelu

class _InvertibleActivationThresholdedRelu(_ActivationThresholdedRelu):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputThresholdedRelu

class _UnaryClip(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, min_val: ArrayLike | None = ..., max_val: ArrayLike | None = ..., out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _DerivativeClip(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, edge: _Edge = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, edge: _Edge = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, min_val: ArrayLike | None = ..., max_val: ArrayLike | None = ..., out: _Out = None, *, edge: _Edge = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardClip(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, edge: _Edge = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, edge: _Edge = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, min_val: ArrayLike | None = ..., max_val: ArrayLike | None = ..., out: _Out = None, *, edge: _Edge = ..., where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputClip(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, min_val: float | None = ..., max_val: float | None = ..., out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, min_val: ArrayLike | None = ..., max_val: ArrayLike | None = ..., out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationClip(_UnaryClip):  # type: ignore[misc]
    derivative: _DerivativeClip
    backward: _BackwardClip

class _InvertibleActivationClip(_ActivationClip):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputClip

class _UnaryHardTanh(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, min_val: float = -1.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, min_val: float = -1.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, min_val: ArrayLike = -1.0, max_val: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardHardTanh(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, min_val: float = -1.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, min_val: float = -1.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, min_val: ArrayLike = -1.0, max_val: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputHardTanh(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, min_val: float = -1.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, min_val: float = -1.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, min_val: ArrayLike = -1.0, max_val: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationHardTanh(_UnaryHardTanh):  # type: ignore[misc]
    derivative: _UnaryHardTanh
    backward: _BackwardHardTanh

class _InvertibleActivationHardTanh(_ActivationHardTanh):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputHardTanh

class _UnaryClippedLinear(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, slope: float = 1.0, offset: float = 0.0, min_val: float = 0.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, slope: float = 1.0, offset: float = 0.0, min_val: float = 0.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, slope: ArrayLike = 1.0, offset: ArrayLike = 0.0, min_val: ArrayLike = 0.0, max_val: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardClippedLinear(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, slope: float = 1.0, offset: float = 0.0, min_val: float = 0.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, slope: float = 1.0, offset: float = 0.0, min_val: float = 0.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, slope: ArrayLike = 1.0, offset: ArrayLike = 0.0, min_val: ArrayLike = 0.0, max_val: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputClippedLinear(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, slope: float = 1.0, offset: float = 0.0, min_val: float = 0.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, slope: float = 1.0, offset: float = 0.0, min_val: float = 0.0, max_val: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, slope: ArrayLike = 1.0, offset: ArrayLike = 0.0, min_val: ArrayLike = 0.0, max_val: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationClippedLinear(_UnaryClippedLinear):  # type: ignore[misc]
    derivative: _UnaryClippedLinear
    backward: _BackwardClippedLinear

class _InvertibleActivationClippedLinear(_ActivationClippedLinear):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputClippedLinear

class _UnaryHardSigmoid(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, slope: float = 1.0 / 6, offset: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, slope: float = 1.0 / 6, offset: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, slope: ArrayLike = 1.0 / 6, offset: ArrayLike = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardHardSigmoid(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, slope: float = 1.0 / 6, offset: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, slope: float = 1.0 / 6, offset: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, slope: ArrayLike = 1.0 / 6, offset: ArrayLike = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputHardSigmoid(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, slope: float = 1.0 / 6, offset: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, slope: float = 1.0 / 6, offset: float = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, slope: ArrayLike = 1.0 / 6, offset: ArrayLike = 0.5, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationHardSigmoid(_UnaryHardSigmoid):  # type: ignore[misc]
    derivative: _UnaryHardSigmoid
    backward: _BackwardHardSigmoid

class _InvertibleActivationHardSigmoid(_ActivationHardSigmoid):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputHardSigmoid

class _UnaryShrink(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, lambd: float = 0.5, bias: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, lambd: float = 0.5, bias: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, lambd: ArrayLike = 0.5, bias: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardShrink(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, lambd: float = 0.5, bias: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, lambd: float = 0.5, bias: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, lambd: ArrayLike = 0.5, bias: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputShrink(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, lambd: float = 0.5, bias: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, lambd: float = 0.5, bias: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, lambd: ArrayLike = 0.5, bias: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationShrink(_UnaryShrink):  # type: ignore[misc]
    derivative: _UnaryShrink
    backward: _BackwardShrink

class _InvertibleActivationShrink(_ActivationShrink):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputShrink

class _UnaryThreshold(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, threshold: float, value: float, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, threshold: float, value: float, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, threshold: ArrayLike, value: ArrayLike, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardThreshold(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, threshold: float, value: float, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, threshold: float, value: float, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, threshold: ArrayLike, value: ArrayLike, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputThreshold(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, threshold: float, value: float, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, threshold: float, value: float, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, threshold: ArrayLike, value: ArrayLike, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationThreshold(_UnaryThreshold):  # type: ignore[misc]
    derivative: _UnaryThreshold
    backward: _BackwardThreshold

class _InvertibleActivationThreshold(_ActivationThreshold):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputThreshold

class _UnaryReluGeneral(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, negative_slope: float = 0.0, max_value: float | None = ..., threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, negative_slope: float = 0.0, max_value: float | None = ..., threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, negative_slope: ArrayLike = 0.0, max_value: ArrayLike | None = ..., threshold: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardReluGeneral(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, negative_slope: float = 0.0, max_value: float | None = ..., threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, negative_slope: float = 0.0, max_value: float | None = ..., threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, negative_slope: ArrayLike = 0.0, max_value: ArrayLike | None = ..., threshold: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputReluGeneral(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, negative_slope: float = 0.0, max_value: float | None = ..., threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, negative_slope: float = 0.0, max_value: float | None = ..., threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, negative_slope: ArrayLike = 0.0, max_value: ArrayLike | None = ..., threshold: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationReluGeneral(_UnaryReluGeneral):  # type: ignore[misc]
    derivative: _UnaryReluGeneral
    backward: _BackwardReluGeneral

class _InvertibleActivationReluGeneral(_ActivationReluGeneral):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputReluGeneral

class _UnaryRrelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, lower: float = 1.0 / 8, upper: float = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, lower: float = 1.0 / 8, upper: float = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, lower: ArrayLike = 1.0 / 8, upper: ArrayLike = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardRrelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, lower: float = 1.0 / 8, upper: float = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, lower: float = 1.0 / 8, upper: float = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, lower: ArrayLike = 1.0 / 8, upper: ArrayLike = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputRrelu(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, lower: float = 1.0 / 8, upper: float = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, lower: float = 1.0 / 8, upper: float = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, lower: ArrayLike = 1.0 / 8, upper: ArrayLike = 1.0 / 3, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationRrelu(_UnaryRrelu):  # type: ignore[misc]
    derivative: _UnaryRrelu
    backward: _BackwardRrelu

class _InvertibleActivationRrelu(_ActivationRrelu):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputRrelu

class _UnaryAffine(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, alpha: float = 1.0, beta: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, alpha: float = 1.0, beta: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, alpha: ArrayLike = 1.0, beta: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardAffine(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, alpha: float = 1.0, beta: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, alpha: float = 1.0, beta: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, alpha: ArrayLike = 1.0, beta: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputAffine(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, alpha: float = 1.0, beta: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, alpha: float = 1.0, beta: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, alpha: ArrayLike = 1.0, beta: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationAffine(_UnaryAffine):  # type: ignore[misc]
    derivative: _UnaryAffine
    backward: _BackwardAffine

class _InvertibleActivationAffine(_ActivationAffine):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputAffine

class _UnaryStep(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, threshold: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardStep(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, threshold: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputStep(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, threshold: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, threshold: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationStep(_UnaryStep):  # type: ignore[misc]
    derivative: _UnaryStep
    backward: _BackwardStep

class _InvertibleActivationStep(_ActivationStep):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputStep

class _UnaryLogit(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, eps: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, eps: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, eps: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardLogit(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, eps: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, eps: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, eps: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputLogit(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, eps: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, eps: float = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, eps: ArrayLike = 0.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationLogit(_UnaryLogit):  # type: ignore[misc]
    derivative: _UnaryLogit
    backward: _BackwardLogit

class _InvertibleActivationLogit(_ActivationLogit):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputLogit

class _UnaryScaledTanh(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, scale_a: float = 0.67, scale_b: float = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, scale_a: float = 0.67, scale_b: float = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, scale_a: ArrayLike = 0.67, scale_b: ArrayLike = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardScaledTanh(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, scale_a: float = 0.67, scale_b: float = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, scale_a: float = 0.67, scale_b: float = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, scale_a: ArrayLike = 0.67, scale_b: ArrayLike = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputScaledTanh(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, scale_a: float = 0.67, scale_b: float = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, scale_a: float = 0.67, scale_b: float = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, scale_a: ArrayLike = 0.67, scale_b: ArrayLike = 1.7159, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationScaledTanh(_UnaryScaledTanh):  # type: ignore[misc]
    derivative: _UnaryScaledTanh
    backward: _BackwardScaledTanh

class _InvertibleActivationScaledTanh(_ActivationScaledTanh):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputScaledTanh

class _UnarySquareplus(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, b: float = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, b: float = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, b: ArrayLike = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardSquareplus(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, b: float = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, b: float = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, b: ArrayLike = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputSquareplus(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, b: float = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, b: float = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, b: ArrayLike = 4.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationSquareplus(_UnarySquareplus):  # type: ignore[misc]
    derivative: _UnarySquareplus
    backward: _BackwardSquareplus

class _InvertibleActivationSquareplus(_ActivationSquareplus):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputSquareplus

class _UnarySnake(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, frequency: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, frequency: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, frequency: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardSnake(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, frequency: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, frequency: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, frequency: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputSnake(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, frequency: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, frequency: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, frequency: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationSnake(_UnarySnake):  # type: ignore[misc]
    derivative: _UnarySnake
    backward: _BackwardSnake

class _InvertibleActivationSnake(_ActivationSnake):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputSnake

class _UnaryPow(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, beta: float, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, beta: float, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, beta: ArrayLike, alpha: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardPow(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, beta: float, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, beta: float, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, beta: ArrayLike, alpha: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputPow(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, beta: float, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, beta: float, alpha: float = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, beta: ArrayLike, alpha: ArrayLike = 1.0, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationPow(_UnaryPow):  # type: ignore[misc]
    derivative: _UnaryPow
    backward: _BackwardPow

class _InvertibleActivationPow(_ActivationPow):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputPow

class _UnaryLaplace(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, x: NDArray[_Float], /, mu: float = 0.707107, sigma: float = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: float, /, mu: float = 0.707107, sigma: float = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, x: Any, /, mu: ArrayLike = 0.707107, sigma: ArrayLike = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardLaplace(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], x: NDArray[_Float], /, mu: float = 0.707107, sigma: float = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, x: float, /, mu: float = 0.707107, sigma: float = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, x: Any, /, mu: ArrayLike = 0.707107, sigma: ArrayLike = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _BackwardFromOutputLaplace(_Ufunc):  # type: ignore[misc]
    @overload
    def __call__(
        self, grad: NDArray[_Float], y: NDArray[_Float], /, mu: float = 0.707107, sigma: float = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, grad: float, y: float, /, mu: float = 0.707107, sigma: float = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> np.float64: ...
    @overload
    def __call__(
        self, grad: Any, y: Any, /, mu: ArrayLike = 0.707107, sigma: ArrayLike = 0.282095, out: _Out = None, *, where: ArrayLike = True,
        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,
    ) -> Any: ...

class _ActivationLaplace(_UnaryLaplace):  # type: ignore[misc]
    derivative: _UnaryLaplace
    backward: _BackwardLaplace

class _InvertibleActivationLaplace(_ActivationLaplace):  # type: ignore[misc]
    backward_from_output: _BackwardFromOutputLaplace

class _GatedSwiglu:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], other: NDArray[_Float] | None = None, beta: float = 1.0, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: ArrayLike, other: ArrayLike | None = None, beta: float = 1.0, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> Any: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: None = None, beta: float = 1.0, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: ArrayLike, beta: float = 1.0, *, axis: int = -1, gate: _Half = ...,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _Gated:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], other: NDArray[_Float] | None = None, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: ArrayLike, other: ArrayLike | None = None, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> Any: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: None = None, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: ArrayLike, *, axis: int = -1, gate: _Half = ...,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _GatedGeglu:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], other: NDArray[_Float] | None = None, *, approximate: _Approximate = ..., axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: ArrayLike, other: ArrayLike | None = None, *, approximate: _Approximate = ..., axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> Any: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: None = None, *, approximate: _Approximate = ..., axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: ArrayLike, *, approximate: _Approximate = ..., axis: int = -1, gate: _Half = ...,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _GatedSwigluClamped:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], other: NDArray[_Float] | None = None, alpha: float = 1.702, limit: float = 7.0, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(
        self, x: ArrayLike, other: ArrayLike | None = None, alpha: float = 1.702, limit: float = 7.0, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> Any: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: None = None, alpha: float = 1.702, limit: float = 7.0, *, axis: int = -1, gate: _Half = ...,
        out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    @overload
    def backward(
        self, grad: ArrayLike, x: ArrayLike, other: ArrayLike, alpha: float = 1.702, limit: float = 7.0, *, axis: int = -1, gate: _Half = ...,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _Loss:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossDelta:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, delta: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, delta: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, delta: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, delta: float = 1.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossBeta:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, beta: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, beta: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, beta: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, beta: float = 1.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossHinge:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossSquaredHinge:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, labels: Literal["01"] | None = None, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossBinaryCrossEntropyWithLogits:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, pos_weight: ArrayLike = 1.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, pos_weight: ArrayLike = 1.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, pos_weight: ArrayLike = 1.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, pos_weight: ArrayLike = 1.0, label_smoothing: float = 0.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _Offset_LossBinaryCrossEntropyWithLogits(_LossBinaryCrossEntropyWithLogits):
    def constant_to_optimal_zero(self, target: ArrayLike) -> NDArray[Any]: ...

class _LossBinaryCrossEntropy:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, clip: float | Literal["torch"] | None = "torch", base: float | Literal["e"] = "e", label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, clip: float | Literal["torch"] | None = "torch", base: float | Literal["e"] = "e", label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, clip: float | Literal["torch"] | None = "torch", base: float | Literal["e"] = "e", label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, clip: float | Literal["torch"] | None = "torch", base: float | Literal["e"] = "e", label_smoothing: float = 0.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossSigmoidFocal:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike | None = None, gamma: float = 2.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        normalizer: float | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike | None = None, gamma: float = 2.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        normalizer: float | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike | None = None, gamma: float = 2.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
        normalizer: float | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike | None = None, gamma: float = 2.0, label_smoothing: float = 0.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossLogTarget:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, log_target: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, log_target: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, log_target: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, log_target: float = 0.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _Target_LossLogTarget(_LossLogTarget):
    def target_gradient(
        self, pred: ArrayLike, target: ArrayLike, log_target: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _LossPinball:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, quantile: ArrayLike = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, quantile: ArrayLike = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, quantile: ArrayLike = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, quantile: ArrayLike = 0.5, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _Offset_Loss(_Loss):
    def constant_to_optimal_zero(self, target: ArrayLike) -> NDArray[Any]: ...

class _LossExpectile:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, alpha: ArrayLike = 0.5, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossC:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, c: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, c: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, c: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, c: float = 1.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossEpsilon:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, epsilon: float = 0.1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, epsilon: float = 0.1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, epsilon: float = 0.1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, epsilon: float = 0.1, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossWidthCurvature:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, width: float = 5.0, curvature: float = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, width: float = 5.0, curvature: float = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, width: float = 5.0, curvature: float = 0.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, width: float = 5.0, curvature: float = 0.5, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossEps:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, eps: float = 1e-07, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossLogInputFullEps:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, log_input: float = 1.0, full: float = 0.0, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, log_input: float = 1.0, full: float = 0.0, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, log_input: float = 1.0, full: float = 0.0, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, log_input: float = 1.0, full: float = 0.0, eps: float = 1e-08, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossPower:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, power: float = 1.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, power: float = 1.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, power: float = 1.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, power: float = 1.5, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossQ:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, q: float = 2.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, q: float = 2.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, q: float = 2.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, q: float = 2.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossGammaNegGammaPosClipEpsFocalGradient:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, gamma_neg: float = 4.0, gamma_pos: float = 1.0, clip: float = 0.05, eps: float = 1e-08, focal_gradient: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, gamma_neg: float = 4.0, gamma_pos: float = 1.0, clip: float = 0.05, eps: float = 1e-08, focal_gradient: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, gamma_neg: float = 4.0, gamma_pos: float = 1.0, clip: float = 0.05, eps: float = 1e-08, focal_gradient: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, gamma_neg: float = 4.0, gamma_pos: float = 1.0, clip: float = 0.05, eps: float = 1e-08, focal_gradient: float = 1.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _LossMargin:
    max_ulp: dict[str, float]
    constant_hessian: bool
    ufunc: np.ufunc
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, margin: float = 1.0, *, sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, hess: Literal["exact", "unit"] = "exact", hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _RowLossCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None, label_smoothing: float = 0.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None, label_smoothing: float = 0.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None, label_smoothing: float = 0.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None, label_smoothing: float = 0.0,
        *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_factor: float = 1.0, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _RowLossCategoricalCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, probs: ArrayLike, target: ArrayLike, axis: int = -1, label_smoothing: float = 0.0, clip: float | Literal["torch"] | None = "torch", base: Literal["e", 2] = "e", normalize: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, probs: ArrayLike, target: ArrayLike, axis: int = -1, label_smoothing: float = 0.0, clip: float | Literal["torch"] | None = "torch", base: Literal["e", 2] = "e", normalize: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, probs: ArrayLike, target: ArrayLike, axis: int = -1, label_smoothing: float = 0.0, clip: float | Literal["torch"] | None = "torch", base: Literal["e", 2] = "e", normalize: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossSparseCategoricalCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, ignore_index: int | None = None, class_weight: ArrayLike | None = None, clip: float | Literal["torch"] | None = "torch", base: Literal["e", 2] = "e", normalize: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, ignore_index: int | None = None, class_weight: ArrayLike | None = None, clip: float | Literal["torch"] | None = "torch", base: Literal["e", 2] = "e", normalize: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, ignore_index: int | None = None, class_weight: ArrayLike | None = None, clip: float | Literal["torch"] | None = "torch", base: Literal["e", 2] = "e", normalize: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossNll:
    max_ulp: dict[str, float]
    def __call__(
        self, log_probs: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, log_probs: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, log_probs: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, ignore_index: int | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossSoftmaxFocal:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, alpha: ArrayLike | None = None, gamma: float = 2.0, reduced_threshold: float | None = None, normalized: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, alpha: ArrayLike | None = None, gamma: float = 2.0, reduced_threshold: float | None = None, normalized: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, alpha: ArrayLike | None = None, gamma: float = 2.0, reduced_threshold: float | None = None, normalized: bool = False,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossSparsemaxLoss:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossEntmax15Loss:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossCategoricalHinge:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossMulticlassHinge:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossMultiMargin:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, p: float = 1.0, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, p: float = 1.0, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None, p: float = 1.0, margin: float = 1.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossMultilabelSoftMargin:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_factor: float = 1.0, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _RowLossPolyCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, epsilon: float = 2.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, epsilon: float = 2.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, epsilon: float = 2.0,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossGeneralizedCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, q: float = 0.5,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, q: float = 0.5,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, q: float = 0.5,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossZlpr:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, target: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLossOneVsAll:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1,
        *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_factor: float = 1.0, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _RowLossGeneralizedKl:
    max_ulp: dict[str, float]
    def __call__(
        self, log_probs: ArrayLike, target: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, log_probs: ArrayLike, target: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, log_probs: ArrayLike, target: ArrayLike, axis: int = -1,
        *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _PenaltyL1Penalty:
    max_ulp: dict[str, float]
    def __call__(self, w: _Weights, lam: float = 0.01) -> np.float64: ...
    def gradient(self, w: _Weights, lam: float = 0.01, *, out: _WeightsOut = None) -> Any: ...
    def value_and_gradient(self, w: _Weights, lam: float = 0.01, *, out: _WeightsOut = None) -> tuple[np.float64, Any]: ...

class _PenaltyL2Penalty:
    max_ulp: dict[str, float]
    def __call__(self, w: _Weights, lam: float = 0.01, half: bool = False, n: float = 1) -> np.float64: ...
    def gradient(self, w: _Weights, lam: float = 0.01, half: bool = False, n: float = 1, *, out: _WeightsOut = None) -> Any: ...
    def value_and_gradient(self, w: _Weights, lam: float = 0.01, half: bool = False, n: float = 1, *, out: _WeightsOut = None) -> tuple[np.float64, Any]: ...

class _PenaltyElasticNetPenalty:
    max_ulp: dict[str, float]
    def __call__(self, w: _Weights, l1: float | None = None, l2: float | None = None, *, alpha: float | None = None, l1_ratio: float | None = None) -> np.float64: ...
    def gradient(self, w: _Weights, l1: float | None = None, l2: float | None = None, *, alpha: float | None = None, l1_ratio: float | None = None, out: _WeightsOut = None) -> Any: ...
    def value_and_gradient(self, w: _Weights, l1: float | None = None, l2: float | None = None, *, alpha: float | None = None, l1_ratio: float | None = None, out: _WeightsOut = None) -> tuple[np.float64, Any]: ...

class _JointGaussianNll:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, var: ArrayLike, full: bool = False, eps: float = 1e-06, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, var: ArrayLike, full: bool = False, eps: float = 1e-06, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, var: ArrayLike, full: bool = False, eps: float = 1e-06, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any]]]: ...

class _JointCosineSimilarityLoss:
    max_ulp: dict[str, float]
    def __call__(
        self, a: ArrayLike, b: ArrayLike, axis: int = -1, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, a: ArrayLike, b: ArrayLike, axis: int = -1, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, a: ArrayLike, b: ArrayLike, axis: int = -1, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any]]]: ...

class _JointMarginRanking:
    max_ulp: dict[str, float]
    def __call__(
        self, x1: ArrayLike, x2: ArrayLike, target: ArrayLike, margin: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, x1: ArrayLike, x2: ArrayLike, target: ArrayLike, margin: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, x1: ArrayLike, x2: ArrayLike, target: ArrayLike, margin: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any]]]: ...

class _JointTripletMargin:
    max_ulp: dict[str, float]
    def __call__(
        self, anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike, margin: float = 1.0, p: float = 2.0, eps: float = 1e-06, swap: bool = False, distance_function: Callable[[NDArray[Any], NDArray[Any]], ArrayLike] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike, margin: float = 1.0, p: float = 2.0, eps: float = 1e-06, swap: bool = False, distance_function: Callable[[NDArray[Any], NDArray[Any]], ArrayLike] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike, margin: float = 1.0, p: float = 2.0, eps: float = 1e-06, swap: bool = False, distance_function: Callable[[NDArray[Any], NDArray[Any]], ArrayLike] | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]: ...

class _JointTversky:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, alpha: float = 0.5, beta: float = 0.5, smooth: float = 1.0, eps: float = 1e-07, gamma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, alpha: float = 0.5, beta: float = 0.5, smooth: float = 1.0, eps: float = 1e-07, gamma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, alpha: float = 0.5, beta: float = 0.5, smooth: float = 1.0, eps: float = 1e-07, gamma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointDice:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, smooth: float = 1.0, eps: float = 1e-07, log_loss: bool = False, squared_pred: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, smooth: float = 1.0, eps: float = 1e-07, log_loss: bool = False, squared_pred: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, smooth: float = 1.0, eps: float = 1e-07, log_loss: bool = False, squared_pred: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointJaccard:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, smooth: float = 0.0, eps: float = 1e-07, log_loss: bool = False, squared_pred: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, smooth: float = 0.0, eps: float = 1e-07, log_loss: bool = False, squared_pred: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, smooth: float = 0.0, eps: float = 1e-07, log_loss: bool = False, squared_pred: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _LearnedWeight:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], weight: NDArray[_Float] | float, axis: int = 1, out: NDArray[Any] | None = None
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(self, x: ArrayLike, weight: ArrayLike, axis: int = 1, out: NDArray[Any] | None = None) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, weight: ArrayLike, axis: int = 1,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _LearnedBeta:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], beta: NDArray[_Float] | float, axis: int = 1, out: NDArray[Any] | None = None
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(self, x: ArrayLike, beta: ArrayLike, axis: int = 1, out: NDArray[Any] | None = None) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, beta: ArrayLike, axis: int = 1,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _LearnedA:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], a: NDArray[_Float] | float, axis: int = 1, out: NDArray[Any] | None = None
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(self, x: ArrayLike, a: ArrayLike, axis: int = 1, out: NDArray[Any] | None = None) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, a: ArrayLike, axis: int = 1,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...

class _PenaltyOrthogonalPenalty:
    max_ulp: dict[str, float]
    def __call__(self, w: _Weights, factor: float = 0.01, mode: Literal["rows", "columns"] = "rows") -> np.float64: ...
    def gradient(self, w: _Weights, factor: float = 0.01, mode: Literal["rows", "columns"] = "rows", *, out: _WeightsOut = None) -> Any: ...
    def value_and_gradient(self, w: _Weights, factor: float = 0.01, mode: Literal["rows", "columns"] = "rows", *, out: _WeightsOut = None) -> tuple[np.float64, Any]: ...

class _JointPairLogit:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, sigma: float = 1.0, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointLambdaRank:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, truncation: int | None = 30, normalize: bool = True, gain: Literal["exponential", "linear"] = "exponential", sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, truncation: int | None = 30, normalize: bool = True, gain: Literal["exponential", "linear"] = "exponential", sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, truncation: int | None = 30, normalize: bool = True, gain: Literal["exponential", "linear"] = "exponential", sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, truncation: int | None = 30, normalize: bool = True, gain: Literal["exponential", "linear"] = "exponential", sigma: float = 1.0, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointBoxIou:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, kind: Literal["iou", "giou", "diou", "ciou"] = "iou", eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, kind: Literal["iou", "giou", "diou", "ciou"] = "iou", eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, kind: Literal["iou", "giou", "diou", "ciou"] = "iou", eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointCosineEmbedding:
    max_ulp: dict[str, float]
    def __call__(
        self, x1: ArrayLike, x2: ArrayLike, target: ArrayLike, margin: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, x1: ArrayLike, x2: ArrayLike, target: ArrayLike, margin: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, x1: ArrayLike, x2: ArrayLike, target: ArrayLike, margin: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any]]]: ...

class _JointTripletMarginWithDistance:
    max_ulp: dict[str, float]
    def __call__(
        self, near: ArrayLike, far: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, near: ArrayLike, far: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, near: ArrayLike, far: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any]]]: ...

class _JointGeneralizedDice:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, smooth: float = 1.0, eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, smooth: float = 1.0, eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, smooth: float = 1.0, eps: float = 1e-07, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointLovaszHinge:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, ignore: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, ignore: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, ignore: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointLovaszSoftmax:
    max_ulp: dict[str, float]
    def __call__(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, classes: Literal["present", "all"] = "present", per_image: bool = False, ignore: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, classes: Literal["present", "all"] = "present", per_image: bool = False, ignore: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, probs: ArrayLike, labels: ArrayLike, axis: int = -1, classes: Literal["present", "all"] = "present", per_image: bool = False, ignore: int | None = None, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointMcc:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, eps: float = 1e-05, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, eps: float = 1e-05, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int | None = None, eps: float = 1e-05, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointNtxent:
    max_ulp: dict[str, float]
    def __call__(
        self, embeddings: ArrayLike, labels: ArrayLike, temperature: float = 0.07, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, embeddings: ArrayLike, labels: ArrayLike, temperature: float = 0.07, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, embeddings: ArrayLike, labels: ArrayLike, temperature: float = 0.07, eps: float = 1e-08, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointCircle:
    max_ulp: dict[str, float]
    def __call__(
        self, embeddings: ArrayLike, labels: ArrayLike, remove_diagonal: bool = True, gamma: float = 80.0, margin: float = 0.4, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, embeddings: ArrayLike, labels: ArrayLike, remove_diagonal: bool = True, gamma: float = 80.0, margin: float = 0.4, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, embeddings: ArrayLike, labels: ArrayLike, remove_diagonal: bool = True, gamma: float = 80.0, margin: float = 0.4, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointLiftedStructure:
    max_ulp: dict[str, float]
    def __call__(
        self, embeddings: ArrayLike, labels: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, embeddings: ArrayLike, labels: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, embeddings: ArrayLike, labels: ArrayLike, margin: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointSurvivalCox:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, times: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, times: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, times: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, times: ArrayLike, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointSurvivalAft:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, lower: ArrayLike, upper: ArrayLike, distribution: Literal["normal", "logistic", "extreme"] = "normal", sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, lower: ArrayLike, upper: ArrayLike, distribution: Literal["normal", "logistic", "extreme"] = "normal", sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, lower: ArrayLike, upper: ArrayLike, distribution: Literal["normal", "logistic", "extreme"] = "normal", sigma: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, lower: ArrayLike, upper: ArrayLike, distribution: Literal["normal", "logistic", "extreme"] = "normal", sigma: float = 1.0, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointRankingSoftmax:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointMultilabelMargin:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, axis: int = -1, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointMarginCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, cosines: ArrayLike, labels: ArrayLike, axis: int = -1, margin1: float = 1.0, margin2: float = 0.5, margin3: float = 0.0, scale: float = 64.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, cosines: ArrayLike, labels: ArrayLike, axis: int = -1, margin1: float = 1.0, margin2: float = 0.5, margin3: float = 0.0, scale: float = 64.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, cosines: ArrayLike, labels: ArrayLike, axis: int = -1, margin1: float = 1.0, margin2: float = 0.5, margin3: float = 0.0, scale: float = 64.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointNpairs:
    max_ulp: dict[str, float]
    def __call__(
        self, similarity: ArrayLike, labels: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, similarity: ArrayLike, labels: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, similarity: ArrayLike, labels: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointNpair:
    max_ulp: dict[str, float]
    def __call__(
        self, anchor: ArrayLike, positive: ArrayLike, labels: ArrayLike, l2_reg: float = 0.002, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, anchor: ArrayLike, positive: ArrayLike, labels: ArrayLike, l2_reg: float = 0.002, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...
    def value_and_gradient(
        self, anchor: ArrayLike, positive: ArrayLike, labels: ArrayLike, l2_reg: float = 0.002, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, tuple[NDArray[Any], NDArray[Any]]]: ...

class _JointCrossEntropyLambda:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, exposure: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, exposure: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, exposure: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, exposure: ArrayLike, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointEntmaxLoss:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, alpha: float = 1.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, alpha: float = 1.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, alpha: float = 1.5, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointSparsemaxBinary:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointPolyBinaryCrossEntropy:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, alpha: float | None = None, epsilon: float = 2.0, gamma: float = 0.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, alpha: float | None = None, epsilon: float = 2.0, gamma: float = 0.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, alpha: float | None = None, epsilon: float = 2.0, gamma: float = 0.0, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...
    def gradient_and_hessian(
        self, pred: ArrayLike, target: ArrayLike, alpha: float | None = None, epsilon: float = 2.0, gamma: float = 0.0, label_smoothing: float = 0.0, *, sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, hess_floor: float = 0.0,
        grad_out: NDArray[Any] | None = None, hess_out: NDArray[Any] | None = None,
    ) -> tuple[NDArray[Any], NDArray[Any]]: ...

class _JointTwoWay:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, tp: float = 4.0, tn: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, tp: float = 4.0, tn: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, tp: float = 4.0, tn: float = 1.0, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _JointCtc:
    max_ulp: dict[str, float]
    def __call__(
        self, log_probs: ArrayLike, targets: ArrayLike, input_lengths: ArrayLike, target_lengths: ArrayLike, blank: int = 0, zero_infinity: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, log_probs: ArrayLike, targets: ArrayLike, input_lengths: ArrayLike, target_lengths: ArrayLike, blank: int = 0, zero_infinity: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, log_probs: ArrayLike, targets: ArrayLike, input_lengths: ArrayLike, target_lengths: ArrayLike, blank: int = 0, zero_infinity: bool = False, *, reduction: _Reduction = "mean", empty: _Empty = "nan",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

identity: _Activation
linear: _Activation
sigmoid: _InvertibleActivation
expit: _InvertibleActivation
logistic: _InvertibleActivation
tanh: _InvertibleActivation
relu: _InvertibleActivation
leaky_relu: _InvertibleActivationLeakyRelu
elu: _InvertibleActivationElu
softplus: _InvertibleActivationSoftplus
mish: _Activation
gelu: _ActivationGelu
gelu_tanh: _Activation
silu: _ActivationSoftplus
swish: _ActivationSoftplus
relu6: _InvertibleActivation
abs: _Activation
square: _Activation
relu_squared: _Activation
relu2: _Activation
log_sigmoid: _InvertibleActivation
logsigmoid: _InvertibleActivation
hard_shrink: _ActivationHardShrink
hardshrink: _ActivationHardShrink
soft_shrink: _ActivationHardShrink
softshrink: _ActivationHardShrink
soft_threshold: _ActivationHardShrink
thresholded_relu: _ActivationThresholdedRelu
clip: _InvertibleActivationClip
clamp: _InvertibleActivationClip
bounded_relu: _InvertibleActivationClip
hard_tanh: _InvertibleActivationHardTanh
hardtanh: _InvertibleActivationHardTanh
clipped_linear: _ActivationClippedLinear
hard_sigmoid: _InvertibleActivationHardSigmoid
hardsigmoid: _InvertibleActivationHardSigmoid
sparse_sigmoid: _Activation
hard_swish: _ActivationHardSigmoid
hard_silu: _ActivationHardSigmoid
hardswish: _ActivationHardSigmoid
hard_mish: _Activation
sparse_plus: _Activation
shrink: _ActivationShrink
threshold: _ActivationThreshold
relu_general: _ActivationReluGeneral
rrelu: _ActivationRrelu
affine: _ActivationAffine
step: _ActivationStep
heaviside: _ActivationStep
round: _Activation
softsign: _InvertibleActivation
soft_sign: _InvertibleActivation
sqrt: _InvertibleActivation
tanh_shrink: _Activation
tanhshrink: _Activation
lisht: _Activation
exponential: _InvertibleActivation
exp: _InvertibleActivation
log: _Activation
logit: _ActivationLogit
selu: _InvertibleActivation
celu: _InvertibleActivationElu
quick_gelu: _Activation
gelu_fast: _Activation
scaled_tanh: _ActivationScaledTanh
stanh: _ActivationScaledTanh
squareplus: _ActivationSquareplus
dish: _Activation
snake: _ActivationSnake
pow: _ActivationPow
laplace: _ActivationLaplace
swiglu: _GatedSwiglu
glu: _Gated
geglu: _GatedGeglu
geglu_tanh: _Gated
reglu: _Gated
bilinear: _Gated
swiglu_clamped: _GatedSwigluClamped
softmax: _Rows
log_softmax: _Rows
maxout: _Maxout
logsumexp: _LogSumExp
l2_normalize: _Normalize
sparsemax: _Rows
hardmax: _Rows
entmax15: _Rows
entmax: _Entmax
mean_squared_error: _Loss
mse: _Loss
mse_loss: _Loss
squared_error: _Loss
mean_absolute_error: _Loss
mae: _Loss
l1_loss: _Loss
absolute_error: _Loss
half_squared_error: _Loss
l2_loss: _Loss
huber: _LossDelta
huber_loss: _LossDelta
smooth_l1: _LossBeta
smooth_l1_loss: _LossBeta
log_cosh: _Loss
logcosh: _Loss
log_cosh_loss: _Loss
hinge: _LossHinge
hinge_loss: _LossHinge
squared_hinge: _LossSquaredHinge
binary_cross_entropy_with_logits: _Offset_LossBinaryCrossEntropyWithLogits
sigmoid_cross_entropy: _Offset_LossBinaryCrossEntropyWithLogits
sigmoid_binary_cross_entropy: _Offset_LossBinaryCrossEntropyWithLogits
binary_cross_entropy: _LossBinaryCrossEntropy
bce: _LossBinaryCrossEntropy
sigmoid_focal: _LossSigmoidFocal
binary_focal: _LossSigmoidFocal
sigmoid_focal_loss: _LossSigmoidFocal
kl_div: _Target_LossLogTarget
pinball: _LossPinball
quantile_loss: _LossPinball
pseudo_huber: _LossDelta
charbonnier: _LossDelta
half_poisson: _Offset_Loss
half_gamma: _Offset_Loss
logistic_margin: _Loss
soft_margin_loss: _Loss
perceptron: _Loss
perceptron_loss: _Loss
modified_huber: _Loss
exponential_loss: _Offset_Loss
expectile: _LossExpectile
fair: _LossC
cauchy: _Loss
geman_mcclure: _Loss
welsch: _Loss
epsilon_insensitive: _LossEpsilon
squared_epsilon_insensitive: _LossEpsilon
wing: _LossWidthCurvature
mean_absolute_percentage_error: _LossEps
mape: _LossEps
mean_squared_logarithmic_error: _LossEps
msle: _LossEps
poisson_nll: _LossLogInputFullEps
poisson_nll_loss: _LossLogInputFullEps
poisson: _LossLogInputFullEps
half_tweedie: _LossPower
half_tweedie_identity: _LossPower
lq: _LossQ
js_div: _Loss
asymmetric_multilabel: _LossGammaNegGammaPosClipEpsFocalGradient
contrastive: _LossMargin
hinge_embedding: _LossMargin
hinge_embedding_loss: _LossMargin
cross_entropy: _RowLossCrossEntropy
softmax_cross_entropy: _RowLossCrossEntropy
softmax_cross_entropy_with_integer_labels: _RowLossCrossEntropy
safe_softmax_cross_entropy: _RowLossCrossEntropy
categorical_cross_entropy: _RowLossCategoricalCrossEntropy
sparse_categorical_cross_entropy: _RowLossSparseCategoricalCrossEntropy
nll: _RowLossNll
nll_loss: _RowLossNll
softmax_focal: _RowLossSoftmaxFocal
categorical_focal: _RowLossSoftmaxFocal
sparsemax_loss: _RowLossSparsemaxLoss
multiclass_sparsemax_loss: _RowLossSparsemaxLoss
entmax15_loss: _RowLossEntmax15Loss
categorical_hinge: _RowLossCategoricalHinge
multiclass_hinge: _RowLossMulticlassHinge
multiclass_hinge_loss: _RowLossMulticlassHinge
multi_margin: _RowLossMultiMargin
multi_margin_loss: _RowLossMultiMargin
multilabel_soft_margin: _RowLossMultilabelSoftMargin
multilabel_soft_margin_loss: _RowLossMultilabelSoftMargin
poly_cross_entropy: _RowLossPolyCrossEntropy
poly_loss_cross_entropy: _RowLossPolyCrossEntropy
generalized_cross_entropy: _RowLossGeneralizedCrossEntropy
zlpr: _RowLossZlpr
one_vs_all: _RowLossOneVsAll
generalized_kl: _RowLossGeneralizedKl
generalized_kl_divergence: _RowLossGeneralizedKl
l1_penalty: _PenaltyL1Penalty
l2_penalty: _PenaltyL2Penalty
elastic_net_penalty: _PenaltyElasticNetPenalty
l1_l2: _PenaltyElasticNetPenalty
gaussian_nll: _JointGaussianNll
gaussian_nll_loss: _JointGaussianNll
cosine_similarity_loss: _JointCosineSimilarityLoss
cosine_distance: _JointCosineSimilarityLoss
pairwise_distance: _PairwiseDistance
margin_ranking: _JointMarginRanking
margin_ranking_loss: _JointMarginRanking
triplet_margin: _JointTripletMargin
triplet_margin_loss: _JointTripletMargin
triplet_margin_with_distance_loss: _JointTripletMargin
tversky: _JointTversky
dice: _JointDice
jaccard: _JointJaccard
iou_loss: _JointJaccard
prelu: _LearnedWeight
swish_learned: _LearnedBeta
snake_learned: _LearnedA
masked_softmax: _MaskedSoftmax
softmin: _MaskedSoftmax
logmeanexp: _LogMeanExp
crelu: _Crelu
gumbel_softmax: _GumbelSoftmax
softmax_segments: _SoftmaxSegments
rrelu_train: _RreluTrain
xielu: _Xielu
linear_cross_entropy: _LinearCrossEntropy
sampled_softmax: _SampledSoftmax
nce: _Nce
adaptive_log_softmax: _AdaptiveLogSoftmax
orthogonal_penalty: _PenaltyOrthogonalPenalty
prox_l1: _Prox
prox_l2: _Prox
prox_elastic_net: _ProxElasticNet
pair_logit: _JointPairLogit
ranknet: _JointPairLogit
lambda_rank: _JointLambdaRank
lambdarank: _JointLambdaRank
box_iou: _JointBoxIou
cosine_embedding: _JointCosineEmbedding
cosine_embedding_loss: _JointCosineEmbedding
triplet_margin_with_distance: _JointTripletMarginWithDistance
generalized_dice: _JointGeneralizedDice
lovasz_hinge: _JointLovaszHinge
lovasz_softmax: _JointLovaszSoftmax
mcc: _JointMcc
ntxent: _JointNtxent
info_nce: _JointNtxent
circle: _JointCircle
lifted_structure: _JointLiftedStructure
survival_cox: _JointSurvivalCox
survival_aft: _JointSurvivalAft
ranking_softmax: _JointRankingSoftmax
listnet: _JointRankingSoftmax
ranking_softmax_loss: _JointRankingSoftmax
multilabel_margin: _JointMultilabelMargin
multilabel_margin_loss: _JointMultilabelMargin
margin_cross_entropy: _JointMarginCrossEntropy
npairs: _JointNpairs
npair: _JointNpair
npair_loss: _JointNpair
cross_entropy_lambda: _JointCrossEntropyLambda
entmax_loss: _JointEntmaxLoss
sparsemax_binary: _JointSparsemaxBinary
poly_binary_cross_entropy: _JointPolyBinaryCrossEntropy
two_way: _JointTwoWay
ctc: _JointCtc
ctc_loss: _JointCtc
