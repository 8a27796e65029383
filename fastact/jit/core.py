"""Stands for fastact._core where no compiled core is: all functions, by Numba's kernels.

Functions here take part in NumPy's broadcasting and casting as ufuncs do, but are objects of Python.
"""

import os
from functools import wraps

import numpy as np

from . import graphs, tasks
from .rowwise import Gated, Rows
from .tasks import Joint, LabelError, Learned, Loss, RowLoss, total_weight

__all__ = ["Gated", "Joint", "LabelError", "Learned", "Loss", "RowLoss", "Rows", "total_weight"]  # and what follows

COMPILED = False
FORMS = {np.dtype(np.float16): "f16", **tasks.FORMS}
INPUTS = {"value": 1, "derivative": 1, "backward": 2, "backward_from_output": 2}
_threads = 0
_explain = _announce = _replacing = None


def version():
    return graphs.registry()["version"]


def isa():
    return "numba"


def isas():
    return ["numba"]


def set_isa(name):
    if name != "numba":
        raise ValueError(f"set_isa: name is {name!r}; without the compiled core there is 'numba' alone")


def default_num_threads():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def get_num_threads():
    return _threads or default_num_threads()


def set_num_threads(count):
    global _threads
    _threads = count


def build():
    return {"compiler": "none: no compiled core", "python": "any", "cython": "none", "numpy_api": "none"}


def kept_memory():
    return 0, 0, 0


def trim():
    return 0


def get_fast_path():
    return False


def set_fast_path(on):
    return False


def new_output(shape, dtype):
    return np.empty(shape, dtype)


def widen(numbers):
    return numbers.astype(np.float32)


def narrow(wide, numbers):
    numbers[...] = wide


def copy_turned(source, to):
    return False


def copy_where(mask, source, fill, to):
    return False


def use_kernels_of(maker, alone=None, kinds=(), threads=True):
    """Of the backend "numpy"; others are Numba's, or there are none."""
    global _replacing
    _replacing = None if threads else maker


def with_own_kernels(call):
    return call()


def need_kernels(name):
    """Raises for all but elementwise functions while NumPy's operations are to run."""
    if _replacing and graphs.rows()[name]["kind"] != "elementwise":
        raise RuntimeError(f"{name}: the numpy backend has no kernel for it; fastact.set_backend('auto') has")


NEVER = 2**64 - 1


def threads_from(name, step, form):
    from .parallel import SHARED_FROM

    return SHARED_FROM


def set_threads_from(name, step, form, count):
    """The one number is not for tables."""


def plan(name, step, form, count):
    start = NEVER if _replacing else threads_from(name, step, form)
    return (get_num_threads() if count >= start else 1), False, start


def plan_of(ufunc, form, count):
    return plan(ufunc.__name__, ufunc.step, form, count)


def catalog():
    return list(graphs.rows().values())


def row(name):
    return graphs.rows()[names()[name]]


def names():
    return {name: entry["name"] for entry in graphs.rows().values() for name in (entry["name"], *entry["aliases"])}


def set_explain(explain):
    global _explain
    _explain = explain


def set_announce(announce):
    global _announce
    _announce = announce


def add_bfloat16(ufunc, dtype):
    FORMS[np.dtype(dtype)] = "bf16"


def scalar(value, dtype):
    """The NumPy scalar of a float dtype; bfloat16 is rounded to from a float, as the core does."""
    with np.errstate(all="ignore"):
        return np.asarray(value, np.float64 if dtype.kind == "f" else np.float32).astype(dtype)[()]


def set_routes(ufunc, keyword, routes):
    ufunc.keyword, ufunc.routes = keyword, routes


def parameters_of(ufunc):
    return list(ufunc.row["parameters"])


def _address(*what):
    """Numba is imported when the first kernel is needed."""
    from .kernels import address

    return address(*what)


def make_ufunc(name, step, call):
    return Ufunc(graphs.rows()[name], step, call, _address)


def add_function(name, formula, derivative, maker):
    row = {"name": name, "formula": formula, "derivative": derivative, "parameters": {}}
    return {step: Ufunc(row, step, name if step == "value" else f"{name}.{step}", maker) for step in ("value", "derivative", "backward")}


def document(ufunc, make):
    """The examples of the text are not worth a kernel before anyone reads them."""
    ufunc.__doc__ = make


def make_callable(name, step, general, parameters=(), **layout):
    """The function that takes every call, under another name."""

    @wraps(general)
    def call(*arguments, **keywords):
        return general(*arguments, **keywords)

    return call


class Ufunc:
    """One pass of a function."""

    nout = 1

    def __init__(self, row, step, call, maker):
        self.row, self.step, self.__name__, self.maker = row, step, call, maker
        self.is_loss = row.get("kind") == "loss"
        self.inputs = 2 if self.is_loss else INPUTS[step]
        self.nin = self.inputs + len(row["parameters"])
        self.keyword, self.routes, self.text = None, {}, None

    @property
    def __doc__(self):
        """The text, or what returns it when it is first asked for."""
        if callable(self.text):
            self.text = self.text()
        return self.text

    @__doc__.setter
    def __doc__(self, text):
        self.text = text

    def __repr__(self):
        return f"<function {self.__name__!r} of fastact>"

    def __call__(self, *arguments, out=None, where=True, dtype=None, casting="same_kind", order="K", subok=True, **keywords):
        try:
            return self.run(list(arguments), out, where, dtype, casting, keywords)
        except (TypeError, ValueError) as error:
            given = [*arguments, *keywords.values()]
            better = _explain and _explain(self, given, tuple(keywords) or None, error)
            raise better or error from None

    def run(self, arguments, out, where, dtype, casting, keywords):
        if self.keyword in keywords:
            value = keywords.pop(self.keyword)
            if value not in self.routes:
                raise ValueError(f"{self.__name__}: {self.keyword} is {value!r}; {', '.join(map(repr, self.routes))} are accepted")
            ufunc, more = self.routes[value]
            if ufunc is not self:
                return ufunc(*arguments, *more, out=out, where=where, dtype=dtype, casting=casting, **keywords)
        inputs, rest = arguments[: self.inputs], arguments[self.inputs :]
        parameters = list(self.row["parameters"].items())
        if len(inputs) < self.inputs or len(rest) > len(parameters) + 1:
            raise TypeError(f"{self.__name__} takes from {self.inputs} to {self.nin + 1} arguments, {len(arguments)} were given")
        if len(rest) > len(parameters):
            out = rest.pop()
        values = dict(zip((key for key, _ in parameters), rest))
        for key in list(keywords):
            if key not in self.row["parameters"] or key in values:
                raise TypeError(f"{self.__name__}: {key} is no parameter, or given twice")
            values[key] = keywords.pop(key)
        missing = [key for key, default in parameters if default is None and key not in values]
        if missing:
            raise TypeError(f"{self.__name__}: the parameter {missing[0]} is required")
        values = [values.get(key, default) for key, default in parameters]
        for x in inputs:  # an array of another kind answers itself
            if hasattr(x, "__array_ufunc__") and not isinstance(x, (np.ndarray, np.generic)):
                return x.__array_ufunc__(self, "__call__", *inputs, *values)
        return self.over(inputs, values, out, where, dtype, casting)

    def over(self, inputs, parameters, out, where, dtype, casting):
        out = out[0] if isinstance(out, tuple) else out
        arrays = [np.asarray(x) for x in inputs]
        strong = arrays + [np.asarray(value) for value in parameters if not isinstance(value, (bool, int, float))]
        kind = np.dtype(dtype) if dtype is not None else np.result_type(*strong)
        if kind.kind in "bui":
            kind = np.dtype(np.float64)
        if kind not in FORMS and kind.name == "bfloat16" and _announce:
            _announce()
        if kind not in FORMS:
            raise TypeError(f"{self.__name__}: no loop for dtype {kind}")
        kind = kind.newbyteorder("=")
        wide = np.float64 if kind == np.float64 else np.float32
        spread = [np.asarray(value, wide) for value in parameters]
        shape = np.broadcast_shapes(*[x.shape for x in arrays + spread], *([] if out is None else [out.shape]))
        if out is not None and (out.shape != shape or not np.can_cast(kind, out.dtype, casting)):
            raise ValueError(f"{self.__name__}: out has shape {out.shape} and dtype {out.dtype}; shape {shape} and dtype {kind} are needed")
        if out is not None and not out.flags.writeable:
            raise ValueError(f"{self.__name__}: out is read-only")
        plain = [np.ascontiguousarray(np.broadcast_to(x.astype(kind, copy=False), shape)) for x in arrays]
        result = np.empty(shape, kind)
        self.kernel(plain, result, spread, FORMS[kind])
        if out is None and where is True:
            return result[()] if shape == () else result
        target = np.empty(shape, kind) if out is None else out
        np.copyto(target, result, casting=casting, where=where)
        return target

    def losses(self, arrays, result, parameters):
        """Losses, or their gradients; with parameters of each element as many calls as these differ."""
        work = np.dtype(np.float64 if result.dtype == np.float64 else np.float32)
        arrays = [x.astype(work, copy=False) for x in arrays]
        made = result if result.dtype == work else np.empty(result.shape, work)

        def run(pred, target, values, into):
            if np.isnan(values).any():
                into[...] = np.nan
            else:
                Loss(self.row["name"])(pred, target, None, values, summed=False, **{"loss" if self.step == "value" else "gradient": into})

        if not any(value.ndim for value in parameters):
            run(*arrays, [value[()] for value in parameters], made)
        else:
            table = np.stack([np.broadcast_to(value, result.shape).ravel() for value in parameters], axis=-1)
            for values in np.unique(table, axis=0):
                chosen = np.all((table == values) | (np.isnan(table) & np.isnan(values)), axis=-1).reshape(result.shape)
                into = np.empty(chosen.sum(), work)
                run(*(np.ascontiguousarray(x[chosen]) for x in arrays), values, into)
                made[chosen] = into
        if made is not result:
            result[...] = made

    def kernel(self, arrays, result, parameters, form):
        from .parallel import run

        if self.is_loss:
            self.losses(arrays, result, parameters)
            return
        each = any(value.ndim for value in parameters)
        if each:
            worked = result.dtype if form in ("f32", "f64") else np.float32
            if worked != result.dtype:  # 16 bits, with a parameter for each element: through floats
                wide = np.empty(result.shape, np.float32)
                self.kernel([x.astype(np.float32) for x in arrays], wide, parameters, "f32")
                result[...] = wide
                return
            held = [np.ascontiguousarray(np.broadcast_to(value, result.shape)) for value in parameters]
            table = np.array([x.ctypes.data for x in held] or [0], np.int64)
        else:
            table = np.array([value[()] for value in parameters] or [0], np.float64 if form == "f64" else np.float32)
        what = self.row["name"], self.step, form, each
        address = (_replacing and _replacing(*what)) or self.maker(*what)
        pointers = [x.ctypes.data for x in arrays]
        threads = 1 if each or _replacing else get_num_threads()  # parts have one table of parameters
        run(address, result.size, (pointers[0], pointers[-1], result.ctypes.data, table.ctypes.data), (result.itemsize,) * 3, threads)
