"""Row-wise and gated functions by Numba's kernels, as those of fastact._core."""

import numpy as np

from . import graphs


def last(array):
    """A plain (rows, columns) copy of an (outer, columns, inner) array; None of None."""
    if array is None:
        return None
    outer, columns, inner = array.shape
    return np.ascontiguousarray(array.swapaxes(1, 2)).reshape(outer * inner, columns)


def put_back(rows, array):
    """Rows into an (outer, columns, inner) array."""
    outer, columns, inner = array.shape
    array[...] = rows.reshape(outer, inner, columns).swapaxes(1, 2)


class Rows:
    """A row-wise function over (rows, columns) or (outer, columns, inner) arrays, as that of the core."""

    def __init__(self, name):
        self.name = name

    def value(self, x, y, parameter=None):
        self.run("value", (x,), y, x.shape, parameter)

    def backward(self, grad, of, dx, parameter=None):
        self.run("backward", (grad, of), dx, of.shape, parameter)

    def run(self, step, inputs, out, shape, parameter):
        from . import core
        from .kernels import address
        from .parallel import run

        core.need_kernels(self.name)
        if not out.size:
            return
        if len(shape) == 3:
            made = np.empty((shape[0] * shape[2], out.shape[1]), out.dtype)
            self.run(step, [last(x) for x in inputs], made, (len(made), shape[1]), parameter)
            put_back(made, out)
            return
        if out.itemsize == 2:  # through floats
            wide = np.empty(out.shape, np.float32)
            self.run(step, [x.astype(np.float32) for x in inputs], wide, shape, parameter)
            out[...] = wide
            return
        settings = list(graphs.rows()[self.name]["parameters"].values()) if parameter is None else [parameter]
        table = np.array(settings or [1], np.float64)  # the scale of what has no parameter
        steps = [x.itemsize * x.shape[1] for x in (*inputs, out)]
        pointers = [x.ctypes.data for x in (*inputs, out)]
        if step == "value":
            steps.insert(1, 0)
            pointers.insert(1, 0)
        kernel = address(self.name, step, core.FORMS[out.dtype])
        run(kernel, shape[0], (*pointers, table.ctypes.data), tuple(steps), core.get_num_threads(), shape[1])


class Gated:
    """A gated function over (rows, columns) arrays whose rows are contiguous, as that of the core."""

    def __init__(self, name):
        self.name = name

    def value(self, gate, value, y, parameters):
        self.run("value", (gate, value), (y,), parameters)

    def backward(self, grad, gate, value, dgate, dvalue, parameters):
        self.run("backward", (grad, gate, value), (dgate, dvalue), parameters)

    def run(self, step, inputs, outputs, parameters):
        from . import core
        from .kernels import address
        from .parallel import run_gated

        core.need_kernels(self.name)
        dtype = outputs[0].dtype
        table = np.array(parameters or [0], np.float64 if dtype == np.float64 else np.float32)
        arrays = (*inputs, *outputs)
        places, steps = np.array([x.ctypes.data for x in arrays]), np.array([x.strides[0] for x in arrays])
        kernel = address(self.name, step, core.FORMS[dtype])
        run_gated(kernel, inputs[0].shape, dtype.itemsize, places, steps, len(inputs), table.ctypes.data, core.get_num_threads())
