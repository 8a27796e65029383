# Types of the public names, for editors and checkers. Written by tools/write_interfaces.py from src_c/functions.def.
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
_Reduction: TypeAlias = Literal["none", "mean", "sum", "batchmean"]

__version__: str

@dataclass(frozen=True)
class Function:
    name: str
    kind: Literal["elementwise", "rowwise", "loss", "row_loss"]
    aliases: tuple[str, ...]
    parameters: Mapping[str, float]
    dtypes: tuple[str, ...]
    formula: str
    derivative: str
    max_ulp: Mapping[str, tuple[float, float]]
    passes: tuple[str, ...]

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

class _MaskedSoftmax:
    def __call__(
        self, x: ArrayLike, axis: int | None = -1, where: ArrayLike | None = None,
        scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def backward(
        self, grad: ArrayLike, y: ArrayLike, axis: int | None = -1,
        where: ArrayLike | None = None, scale: float = 1.0, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...

class _Loss:
    max_ulp: dict[str, float]
    def __call__(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean", sample_weight: ArrayLike | None = None,
        where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, pred: ArrayLike, target: ArrayLike, *, reduction: _Reduction = "mean",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _RowLoss:
    max_ulp: dict[str, float]
    def __call__(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        ignore_index: int | None = None, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> Any: ...
    def gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        ignore_index: int | None = None, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
    ) -> NDArray[Any]: ...
    def value_and_gradient(
        self, logits: ArrayLike, labels: ArrayLike, axis: int = -1, class_weight: ArrayLike | None = None,
        ignore_index: int | None = None, label_smoothing: float = 0.0, *, reduction: _Reduction = "mean",
        sample_weight: ArrayLike | None = None, where: ArrayLike | None = None, out: NDArray[Any] | None = None,
        grad_out: NDArray[Any] | None = None,
    ) -> tuple[Any, NDArray[Any]]: ...

class _Ufunc(np.ufunc):  # type: ignore[misc]
    max_ulp: dict[str, float]

class _Unary(_Ufunc):
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

class _Backward(_Ufunc):
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

class _BackwardFromOutput(_Ufunc):
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

class _Activation(_Unary):
    derivative: _Unary
    backward: _Backward

class _InvertibleActivation(_Activation):
    backward_from_output: _BackwardFromOutput

class _UnaryLeakyRelu(_Ufunc):
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

class _BackwardLeakyRelu(_Ufunc):
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

class _BackwardFromOutputLeakyRelu(_Ufunc):
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

class _ActivationLeakyRelu(_UnaryLeakyRelu):
    derivative: _UnaryLeakyRelu
    backward: _BackwardLeakyRelu

class _InvertibleActivationLeakyRelu(_ActivationLeakyRelu):
    backward_from_output: _BackwardFromOutputLeakyRelu

class _UnaryElu(_Ufunc):
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

class _BackwardElu(_Ufunc):
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

class _BackwardFromOutputElu(_Ufunc):
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

class _ActivationElu(_UnaryElu):
    derivative: _UnaryElu
    backward: _BackwardElu

class _InvertibleActivationElu(_ActivationElu):
    backward_from_output: _BackwardFromOutputElu

class _UnarySoftplus(_Ufunc):
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

class _BackwardSoftplus(_Ufunc):
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

class _BackwardFromOutputSoftplus(_Ufunc):
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

class _ActivationSoftplus(_UnarySoftplus):
    derivative: _UnarySoftplus
    backward: _BackwardSoftplus

class _InvertibleActivationSoftplus(_ActivationSoftplus):
    backward_from_output: _BackwardFromOutputSoftplus

class _UnaryGelu(_Ufunc):
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

class _BackwardGelu(_Ufunc):
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

class _BackwardFromOutputGelu(_Ufunc):
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

class _ActivationGelu(_UnaryGelu):
    derivative: _UnaryGelu
    backward: _BackwardGelu

class _InvertibleActivationGelu(_ActivationGelu):
    backward_from_output: _BackwardFromOutputGelu

class _UnaryHardShrink(_Ufunc):
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

class _BackwardHardShrink(_Ufunc):
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

class _BackwardFromOutputHardShrink(_Ufunc):
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

class _ActivationHardShrink(_UnaryHardShrink):
    derivative: _UnaryHardShrink
    backward: _BackwardHardShrink

class _InvertibleActivationHardShrink(_ActivationHardShrink):
    backward_from_output: _BackwardFromOutputHardShrink

class _UnaryThresholdedRelu(_Ufunc):
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

class _BackwardThresholdedRelu(_Ufunc):
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

class _BackwardFromOutputThresholdedRelu(_Ufunc):
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

class _ActivationThresholdedRelu(_UnaryThresholdedRelu):
    derivative: _UnaryThresholdedRelu
    backward: _BackwardThresholdedRelu

class _InvertibleActivationThresholdedRelu(_ActivationThresholdedRelu):
    backward_from_output: _BackwardFromOutputThresholdedRelu

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
cross_entropy: _RowLoss
softmax_cross_entropy: _RowLoss
masked_softmax: _MaskedSoftmax
softmin: _MaskedSoftmax
logmeanexp: _LogMeanExp
crelu: _Crelu
gumbel_softmax: _GumbelSoftmax
softmax_segments: _SoftmaxSegments
