"""Losses: value, gradient, and both from one pass over memory."""

import numpy as np

from . import _core
from .arrays import as_float, check_out

REDUCTIONS = ("none", "mean", "sum", "batchmean")

_COMMON = """reduction : {{"none", "mean", "sum", "batchmean"}}, default "mean"
    "none": an array of losses; "mean": sum / count, with weights sum(w * loss) / sum(w); "sum"; "batchmean": sum / size of axis 0.
sample_weight : array_like, optional
    Weight of every {unit}.
where : array_like of bool, optional
    False leaves {unit}s out.
out : ndarray, optional
    With reduction="none", where the losses are written."""

_RETURNS = {
    "value": "scalar of the input dtype, or ndarray\n    The reduced loss; NaN for a mean of nothing, 0 for a sum of nothing.",
    "gradient": "ndarray\n    Derivative of the reduced loss with respect to {argument}, of its shape and dtype.",
    "value_and_gradient": "value, gradient : tuple\n    The reduced loss and its derivative, {argument} being read once where the loss allows it.",
}


def _check_reduction(name, reduction):
    if reduction not in REDUCTIONS:
        raise ValueError(f"{name}: reduction is {reduction!r}; {', '.join(map(repr, REDUCTIONS))} are accepted")


def _weights(name, sample_weight, where, shape, dtype):
    """One weight array for sample_weight and where, plain and of the given shape, or None."""
    if sample_weight is None and where is None:
        return None
    weight = np.ones(shape, dtype)
    if sample_weight is not None:
        given = as_float(name, "sample_weight", sample_weight)
        try:
            weight *= np.broadcast_to(given, shape)
        except ValueError:
            raise ValueError(f"{name}: sample_weight has shape {given.shape}; {shape} is accepted") from None
    if where is not None:
        mask = np.asarray(where, dtype=bool)
        try:
            weight[~np.broadcast_to(mask, shape)] = 0
        except ValueError:
            raise ValueError(f"{name}: where has shape {mask.shape}; {shape} is accepted") from None
    return weight


def _divisor(reduction, total_weight, shape):
    """What the sum of weighted losses is divided by."""
    if reduction == "mean":
        return total_weight
    return float(shape[0]) if reduction == "batchmean" and shape else 1.0


def _divide(total, divisor, dtype):
    return dtype.type(total / divisor if divisor else np.nan)


def _gradient_scale(divisor):
    return 1.0 / divisor if divisor else np.nan


def _copy_to(out, result):
    if out is None:
        return result
    out[...] = result
    return out


def build_pointwise(row):
    """The functions of a LOSS row of the catalog."""
    name = row["name"]
    kernel = _core.Loss(name)
    plain = kernel.plain

    def prepare(call, pred, target):
        p, t = as_float(call, "pred", pred), as_float(call, "target", target)
        if p.shape != t.shape:
            raise ValueError(f"{call}: pred has shape {p.shape} and target {t.shape}; equal shapes are accepted")
        integer_target = np.asarray(target).dtype.kind in "biu"
        dtype = p.dtype if integer_target else t.dtype if np.asarray(pred).dtype.kind in "biu" else np.result_type(p, t)
        work = np.dtype(np.float32) if dtype == np.float16 else dtype
        return np.ascontiguousarray(p, work).reshape(p.shape), np.ascontiguousarray(t, work).reshape(p.shape), dtype

    def run(call, pred, target, reduction, sample_weight, where, out, grad_out, want_value, want_gradient):
        _check_reduction(call, reduction)
        p, t, dtype = prepare(call, pred, target)
        if reduction == "none":
            check_out(call, out, p.shape, dtype)
        elif out is not None:
            raise ValueError(f'{call}: out is given with reduction={reduction!r}; it is accepted with reduction="none"')
        check_out(call, grad_out, p.shape, dtype, "grad_out")
        weight = _weights(call, sample_weight, where, p.shape, p.dtype)
        count = float(p.size) if weight is None else float(np.sum(weight, dtype=np.float64))
        divisor = 1.0 if reduction == "none" else _divisor(reduction, count, p.shape)
        losses = np.empty_like(p) if reduction == "none" and want_value else None
        fits = grad_out is not None and grad_out.dtype == p.dtype and grad_out.flags.c_contiguous
        fits = fits and not any(np.may_share_memory(grad_out, a) for a in (p, t))
        gradient = (grad_out if fits else np.empty_like(p)) if want_gradient else None
        total, _ = kernel(p, t, weight, _gradient_scale(divisor), losses, gradient)
        if want_gradient:
            if weight is not None and where is not None:
                gradient[weight == 0] = 0
            gradient = gradient if fits else _copy_to(grad_out, gradient.astype(dtype, copy=False))
        if not want_value:
            return None, gradient
        value = _copy_to(out, losses.astype(dtype, copy=False)) if reduction == "none" else _divide(total, divisor, dtype)
        return value, gradient

    def value(pred, target, *, reduction="mean", sample_weight=None, where=None, out=None):
        if reduction == "mean" and sample_weight is None and where is None and out is None:
            done = plain(pred, target)
            if done is not None:
                return done[0]
        return run(name, pred, target, reduction, sample_weight, where, out, None, True, False)[0]

    def gradient(pred, target, *, reduction="mean", sample_weight=None, where=None, out=None):
        if reduction == "mean" and sample_weight is None and where is None:
            done = plain(pred, target, True, out)
            if done is not None:
                return done[1]
        return run(f"{name}.gradient", pred, target, reduction, sample_weight, where, None, out, False, True)[1]

    def value_and_gradient(pred, target, *, reduction="mean", sample_weight=None, where=None, out=None, grad_out=None):
        if reduction == "mean" and sample_weight is None and where is None and out is None:
            done = plain(pred, target, True, grad_out)
            if done is not None:
                return done
        return run(f"{name}.value_and_gradient", pred, target, reduction, sample_weight, where, out, grad_out, True, True)

    inputs = "pred, target : array_like\n    Predictions and what they should be, of one shape; an integer target does not widen a float32 prediction.\n"
    raises = "ValueError\n    For unequal shapes, an unknown reduction, or an output of another shape or dtype. Nothing is written then."
    _document(row, value, gradient, value_and_gradient, inputs, raises, "pred", "element", "np.zeros(3, np.float32), np.ones(3, np.float32)", "np.float32(1.0)")
    return value


def build_row_loss(row):
    """The functions of a ROW_LOSS row of the catalog: scores and integer labels."""
    name = row["name"]
    kernel = _core.RowLoss(name)

    def plain(logits, labels, axis, class_weight, ignore_index, label_smoothing, reduction, sample_weight, where, out, gradient, grad_out):
        """The kernel's own short way, where every option has its default."""
        if (axis == -1 and class_weight is None and ignore_index is None and label_smoothing == 0 and reduction == "mean"
                and sample_weight is None and where is None and out is None):  # fmt: skip
            return kernel.plain(logits, labels, gradient, grad_out)
        return None

    def prepare_labels(call, labels, shape):
        labels = np.asarray(labels)
        if labels.dtype.kind not in "iu":
            raise TypeError(f"{call}: labels have dtype {labels.dtype}; integer class labels are accepted")
        if labels.ndim == len(shape) + 1 and labels.shape[-1] == 1:
            labels = labels[..., 0]
        if labels.shape != shape:
            raise ValueError(f"{call}: labels have shape {labels.shape}; {shape}, the logits without the class axis, is accepted")
        return np.ascontiguousarray(labels, np.int64).reshape(-1)

    def run(call, logits, labels, axis, class_weight, ignore_index, label_smoothing, reduction, sample_weight, where, out, grad_out,
            want_value, want_gradient):
        _check_reduction(call, reduction)
        z = as_float(call, "logits", logits)
        if z.ndim == 0:
            raise ValueError(f"{call}: logits is 0-d; an array with a class axis is accepted")
        axis = np.lib.array_utils.normalize_axis_index(axis, z.ndim)
        dtype, moved = z.dtype, np.moveaxis(z, axis, -1)
        work = np.dtype(np.float32) if dtype == np.float16 else dtype
        shape, columns = moved.shape[:-1], moved.shape[-1]
        if not 0 <= label_smoothing <= 1:
            raise ValueError(f"{call}: label_smoothing is {label_smoothing}; a number in [0, 1] is accepted")
        k = prepare_labels(call, labels, shape)
        if reduction == "none":
            check_out(call, out, shape, dtype)
        elif out is not None:
            raise ValueError(f'{call}: out is given with reduction={reduction!r}; it is accepted with reduction="none"')
        check_out(call, grad_out, z.shape, dtype, "grad_out")
        if class_weight is not None:
            class_weight = np.ascontiguousarray(as_float(call, "class_weight", class_weight), work)
            if class_weight.shape != (columns,):
                raise ValueError(f"{call}: class_weight has shape {class_weight.shape}; ({columns},) is accepted")
        row_weight = _weights(call, sample_weight, where, shape, work)
        plain = np.ascontiguousarray(moved, work)
        losses = np.empty(shape, work) if reduction == "none" and want_value else None
        fits = grad_out is not None and axis == z.ndim - 1 and grad_out.dtype == work and grad_out.flags.c_contiguous
        fits = fits and (grad_out is z or not np.may_share_memory(grad_out, plain))
        gradient = (grad_out if fits else np.empty_like(plain)) if want_gradient else None
        divisor = 1.0 if reduction == "none" else _divisor(reduction, None, shape)
        if divisor is None:
            divisor = _total_weight(k, columns, class_weight, row_weight, ignore_index)
        total, _ = kernel(plain, k, class_weight, row_weight, ignore_index, label_smoothing, _gradient_scale(divisor), losses, gradient)
        if want_gradient and not fits:
            gradient = _copy_to(grad_out, np.ascontiguousarray(np.moveaxis(gradient, -1, axis), dtype))
        if not want_value:
            return None, gradient
        value = _copy_to(out, losses.astype(dtype, copy=False)) if reduction == "none" else _divide(total, divisor, dtype)
        return value, gradient

    def value(logits, labels, axis=-1, class_weight=None, ignore_index=None, label_smoothing=0.0, *, reduction="mean", sample_weight=None,
              where=None, out=None):
        options = axis, class_weight, ignore_index, label_smoothing, reduction, sample_weight, where, out
        return (plain(logits, labels, *options, False, None) or run(name, logits, labels, *options, None, True, False))[0]

    def gradient(logits, labels, axis=-1, class_weight=None, ignore_index=None, label_smoothing=0.0, *, reduction="mean", sample_weight=None,
                 where=None, out=None):
        options = axis, class_weight, ignore_index, label_smoothing, reduction, sample_weight, where, None
        return (plain(logits, labels, *options, True, out) or run(f"{name}.gradient", logits, labels, *options, out, False, True))[1]

    def value_and_gradient(logits, labels, axis=-1, class_weight=None, ignore_index=None, label_smoothing=0.0, *, reduction="mean",
                           sample_weight=None, where=None, out=None, grad_out=None):
        options = axis, class_weight, ignore_index, label_smoothing, reduction, sample_weight, where, out
        done = plain(logits, labels, *options, True, grad_out)
        return done or run(f"{name}.value_and_gradient", logits, labels, *options, grad_out, True, True)

    inputs = (
        "logits : array_like\n    Scores; a row along `axis` holds one per class.\n"
        "labels : array_like of int\n    The right class of every row: the shape of logits without the class axis.\n"
        "axis : int, default -1\n    The class axis.\nclass_weight : array_like, optional\n    Weight of every class.\n"
        "ignore_index : int, optional\n    Rows with this label count nothing, in the value, the gradient and the divisor.\n"
        "label_smoothing : float in [0, 1], default 0\n    Share of the target spread evenly over the classes.\n"
    )
    raises = "ValueError\n    For a label out of range (the row and the label are named), a wrong shape, axis or reduction. Nothing is written then."
    _document(row, value, gradient, value_and_gradient, inputs, raises, "logits", "row", "np.zeros((2, 4), np.float32), [0, 3]", "np.float32(1.3862944)")
    return value


def _total_weight(labels, columns, class_weight, row_weight, ignore_index):
    """What a mean divides by: the weights of the rows that count. Labels out of range are the kernel's to refuse."""
    counted = np.ones(labels.size) if row_weight is None else row_weight.reshape(-1).astype(np.float64)
    if class_weight is not None and columns:
        counted = counted * class_weight.astype(np.float64)[np.clip(labels, 0, columns - 1)]
    if ignore_index is not None:
        counted = counted[labels != ignore_index]
    return float(counted.sum())


def _document(row, value, gradient, value_and_gradient, inputs, raises, argument, unit, example, result):
    name = row["name"]
    titles = {
        "value": f"{name}: {row['formula']}, reduced.",
        "gradient": f"Gradient of {name}: {row['derivative']}, of the reduced loss.",
        "value_and_gradient": f"{name} and its gradient from one pass.",
    }
    for key, function in (("value", value), ("gradient", gradient), ("value_and_gradient", value_and_gradient)):
        call = name if key == "value" else f"{name}.{key}"
        extra = "\ngrad_out : ndarray, optional\n    Where the gradient is written." if key == "value_and_gradient" else ""
        shown = f">>> fa.{call}({example})\n{result}" if key == "value" else f">>> result = fa.{call}({example})"
        function.__doc__ = (
            f"{titles[key]}\n\nParameters\n----------\n{inputs}{_COMMON.format(unit=unit)}{extra}\n\nReturns\n-------\n"
            f"{_RETURNS[key].format(argument=argument)}\n\nRaises\n------\nTypeError\n    For complex, object and string input.\n{raises}\n\n"
            f"Notes\n-----\nFormula: {row['formula']}. Gradient: {row['derivative']}.\nElements and reduced values are within "
            f"{row['max_ulp']['float32'][0]:g} ulp. Sums run in double in a fixed order.\n\nExamples\n--------\n"
            f">>> import numpy as np, fastact as fa\n{shown}"
        )
        function.__name__, function.__qualname__, function.__module__ = call.rpartition(".")[2], call, "fastact"
    value.gradient, value.value_and_gradient, value.max_ulp = gradient, value_and_gradient, row["max_ulp"]
