"""Losses and functions with learned parameters by Numba's kernels, which are told what to do as those of the C core are (src_c/tasks.h).

The classes stand for those of fastact._core over plain arrays. Sums are taken as the C does (src_c/split.c): in blocks, which depend on the
sizes alone, one after the other.
"""

import math
from functools import lru_cache

import numpy as np

from . import graphs
from .rowwise import last, put_back

BLOCK = 16384  # losses in a block, or elements of the rows in one
PARTS_A_THREAD = 8
FORMATS = {"pointer": "i8", "i64": "i8", "f64": "f8", "i32": "i4", "f32": "f4"}
FORMS = {np.dtype(np.float32): "f32", np.dtype(np.float64): "f64"}


@lru_cache(maxsize=None)
def layout(kind):
    """What a kernel of that kind of functions is told, as C lays it out."""
    members = graphs.registry()["tasks"][kind]
    names, kinds, places = zip(*members)
    formats = [FORMATS[one] for one in kinds]
    end = max(place + np.dtype(one).itemsize for one, place in zip(formats, places))
    return np.dtype({"names": names, "formats": formats, "offsets": places, "itemsize": -(-end // 8) * 8})


def place_of(array):
    return 0 if array is None else array.ctypes.data


class Kernel:
    """A function of the registry; its kernels see what need_kernels lets through."""

    def __init__(self, name):
        self.name = name
        self.row = graphs.rows()[name]

    def parameters(self, given, dtype):
        """One number each, as numbers of the dtype; the defaults for None."""
        values = list(self.row["parameters"].values()) if given is None else given
        values = [math.nan if value is None else float(value) for value in values]
        if any(map(math.isnan, values)):
            raise ValueError(f"{self.name}: parameters are {values}; numbers are accepted")
        return np.array([np.float32(value) for value in values] if dtype == np.float32 else values or [0], np.float64)

    def run(self, form, told, losses, elements, summed=True):
        """Runs the kernel over all losses, each of so many elements; the two sums, as pairs of doubles."""
        from . import core, kernels, parallel

        core.need_kernels(self.name)
        address = kernels.address(self.name, "task", form)
        block = max(BLOCK // max(elements, 1), 1)
        blocks, threads = -(-losses // block), core.get_num_threads()
        parts = min(blocks, threads * PARTS_A_THREAD) if parallel.is_worth_sharing(threads, losses * max(elements, 1)) else 1
        length = -(-blocks // parts)
        starts = np.arange(0, blocks, length)
        tasks, sums = np.zeros(len(starts), layout(self.row["kind"])), np.zeros((blocks, 2, 2))
        for name, value in told.items():
            tasks[name] = value
        tasks["range.begin"], tasks["range.block"] = starts * block, block
        tasks["range.end"] = np.minimum((starts + length) * block, losses)
        tasks["range.sums"] = sums.ctypes.data + starts * sums[0].nbytes if summed else 0
        parallel.run_tasks(address, tasks, threads)
        return sums[0] if blocks == 1 else parallel.joined(sums)


def value_of(pair):
    """Of an infinite total the low part is NaN; a NaN leaves as the canonical one."""
    high, low = map(float, pair)
    return high + low if math.isfinite(high) else math.nan if math.isnan(high) else high


class Loss(Kernel):
    """Pointwise loss: arrays of one size. `parameters` None are the defaults."""

    def __call__(self, pred, target, weight=None, parameters=None, gradient_scale=1.0, loss=None, gradient=None, hessian=None, summed=True):
        """(sum of weighted losses, sum of weights), or None; loss, gradient and hessian receive their elements unless None."""
        if not pred.size:
            return (0.0, 0.0) if summed else None
        numbers = self.parameters(parameters, pred.dtype)
        arrays = {"pred": pred, "target": target, "weight": weight, "loss": loss, "gradient": gradient, "hessian": hessian}
        told = {name: place_of(array) for name, array in {**arrays, "parameters": numbers}.items()}
        told |= {"n": pred.size, "gradient_scale": gradient_scale}
        sums = self.run(FORMS[pred.dtype], told, pred.size, 1, summed)
        return (value_of(sums[0]), float(pred.size) if weight is None else value_of(sums[1])) if summed else None


class Joint(Kernel):
    """Joint loss: arrays of (rows, columns), or of any shape where elements have losses."""

    def __call__(self, arrays, parameters, weight=None, gradient_scale=1.0, loss=None, gradients=()):
        """(sum of weighted losses, sum of weights); loss and gradients receive their elements unless None."""
        first = arrays[0]
        rows, columns = first.shape if self.row["unit"] in ("rows", "distances") else (first.size, 1)
        if not rows:
            return 0.0, 0.0
        numbers = np.array(parameters or [0], np.float64)
        told = {f"in.{k}": place_of(array) for k, array in enumerate(arrays)}
        told |= {f"gradient.{k}": place_of(array) for k, array in enumerate(gradients)}
        told |= {"weight": place_of(weight), "parameters": place_of(numbers), "loss": place_of(loss)}
        told |= {"rows": rows, "columns": columns, "gradient_scale": gradient_scale}
        sums = self.run(FORMS[first.dtype], told, rows, columns)
        return value_of(sums[0]), float(rows) if weight is None else value_of(sums[1])


class LabelError(ValueError):
    """A label is no class; `row` counts through all rows."""

    def __init__(self, row):
        self.row = row


class RowLoss(Kernel):
    """Loss of the rows of a (rows, columns) array of scores, with int64 labels or rows of targets. `parameters` None are the defaults."""

    def __call__(self, logits, labels, class_weight=None, row_weight=None, ignore_index=None, label_smoothing=0.0, gradient_scale=1.0,
                 loss=None, gradient=None, targets=None, parameters=None):  # fmt: skip
        """(sum of weighted losses, sum of weights); loss and gradient receive their elements unless None."""
        if logits.ndim == 3:
            made = None if gradient is None else np.empty((logits.shape[0] * logits.shape[2], logits.shape[1]), logits.dtype)
            weights = class_weight, row_weight, ignore_index, label_smoothing, gradient_scale
            sums = self(last(logits), labels, *weights, loss, made, last(targets), parameters)
            if gradient is not None:
                put_back(made, gradient)
            return sums
        rows, columns = logits.shape
        if not rows:
            return 0.0, 0.0
        if targets is None:
            wrong = (labels < 0) | (labels >= columns)
            if ignore_index is not None:
                wrong &= labels != ignore_index
            if wrong.any():
                raise LabelError(int(wrong.argmax()))
        numbers, options = self.parameters(parameters, logits.dtype), np.zeros(1, layout("options"))
        arrays = {"labels": labels, "class_weight": class_weight, "row_weight": row_weight, "targets": targets, "parameters": numbers}
        for name, array in arrays.items():
            options[name] = place_of(array)
        options["has_ignore_index"], options["ignore_index"] = ignore_index is not None, ignore_index or 0
        options["label_smoothing"], options["gradient_scale"] = label_smoothing, gradient_scale
        told = {"columns": columns, "logits": place_of(logits), "options": place_of(options)}
        sums = self.run(FORMS[logits.dtype], told | {"loss": place_of(loss), "gradient": place_of(gradient)}, rows, columns)
        return value_of(sums[0]), value_of(sums[1])

    def total_weight(self, labels, columns, class_weight, row_weight, ignore_index):
        """What a mean divides by: class weight times row weight of the rows that count, to the bit of the kernel's own sum."""
        if class_weight is None and row_weight is None and ignore_index is None:
            return float(labels.size)
        from .parallel import total_of_rows

        one = np.ones(1)
        weights = [one if w is None else w.astype(np.float64) for w in (class_weight, row_weight)]
        ignored = (ignore_index is not None, ignore_index or 0)
        total = total_of_rows(labels, columns, weights[0], class_weight is not None, weights[1], row_weight is not None, *ignored, BLOCK)
        return value_of(total)


class Learned(Kernel):
    """With a learned parameter: x as (outer, channels, inner), the parameter as (channels,), floats where a value is asked of 16 bits."""

    def value(self, sizes, x, parameter, y):
        if x.size:
            from . import core, parallel

            if x.itemsize == 2:  # through floats
                wide = core.widen(x)
                self.value(sizes, wide, parameter, wide)
                core.narrow(wide, y)
                return
            outer, channels, inner = (1, 1, x.size) if sizes[1] == 1 else sizes
            axis, count = next(((k, n) for k, n in enumerate((outer, channels, inner)) if n > 1), (2, 1))
            each, threads = x.size // count * x.itemsize, core.get_num_threads()  # each: bytes of one of them
            parts = min(count, threads * PARTS_A_THREAD) if parallel.is_worth_sharing(threads, x.size) else 1
            starts = np.arange(0, count, length := -(-count // parts))
            kernels = self.kernels("value", x)
            tasks = self.tasks(kernels, (outer, channels, inner), x, parameter, y, len(starts))
            tasks[("outer", "channels", "inner")[axis]] = np.minimum(length, count - starts)
            tasks["x"] += starts * each
            tasks["out"] += starts * each
            tasks["parameter"] += starts * x.itemsize * (axis == 1)
            parallel.run_tasks(self.address("value", x), tasks, threads)

    def backward(self, sizes, grad, x, parameter, dx, dparameter):
        if not x.size:
            dparameter[...] = 0
            return
        from . import core, parallel

        kernels = self.kernels("backward", x)
        (whole,) = tasks = self.tasks(kernels, sizes, x, parameter, dx, 1)
        whole["g"], whole["dparameter"] = place_of(grad), place_of(dparameter)
        parallel.run_tasks(self.address("shape", x), tasks, 1)
        blocks, threads = int(whole["shape.blocks"]), core.get_num_threads()
        sums = np.empty((blocks, int(whole["shape.pairs"]), 2))
        whole["sums"] = place_of(sums)
        parts = min(blocks, threads * PARTS_A_THREAD) if parallel.is_worth_sharing(threads, x.size) else 1
        starts = np.arange(0, blocks, length := -(-blocks // parts))
        shares = np.repeat(tasks, len(starts))
        shares["begin"], shares["end"] = starts, np.minimum(starts + length, blocks)
        shares["sums"] += starts * sums[0].nbytes
        parallel.run_tasks(self.address("backward", x), shares, threads)
        parallel.run_tasks(self.address("joined", x), tasks, 1)

    def address(self, step, x):
        from . import core, kernels

        core.need_kernels(self.name)
        return kernels.address(self.name, step, FORMS[x.dtype])

    def kernels(self, step, x):
        """The elementwise kernels that a pass calls, at their places in loops/learned_template.h."""
        from . import kernels

        found = np.zeros(4, np.int64)
        for each, place in enumerate({"value": (0, 2), "backward": (1, 3)}[step]):
            found[place] = kernels.address(self.row["base"], step, FORMS[x.dtype], each)
        return found

    def tasks(self, kernels, sizes, x, parameter, out, count):
        """As many, of all of x."""
        tasks = np.zeros(count, layout("learned"))
        tasks["outer"], tasks["channels"], tasks["inner"] = sizes
        tasks["x"], tasks["parameter"], tasks["out"], tasks["kernels"] = map(place_of, (x, parameter, out, kernels))
        return tasks


def total_weight(weight):
    """The sum of weights, taken in the order of the pointwise losses."""
    return Loss("mean_absolute_error")(weight, weight, weight)[1]
