"""Kernels over the parts of large arrays by Numba's threads; what runs where there is no C core to share them out."""

import threading

import numba
import numpy as np
from llvmlite import ir
from numba import njit, prange, types
from numba.core import cgutils
from numba.extending import intrinsic

LENGTH = 1 << 15  # elements in a part
SHARED_FROM = 4 * LENGTH
_one_at_a_time = threading.Lock()  # not every threading layer of Numba bears two callers


@intrinsic
def call(context, kernel, counts, addresses):
    """Calls the kernel at an address with 64-bit counts and then pointers, which are addresses too."""

    def generate(context, builder, signature, values):
        pointer = ir.IntType(8).as_pointer()
        numbers, places = (cgutils.unpack_tuple(builder, value) for value in values[1:])
        function = ir.FunctionType(ir.VoidType(), [number.type for number in numbers] + [pointer] * len(places))
        arguments = [*numbers, *(builder.inttoptr(place, pointer) for place in places)]
        builder.call(builder.inttoptr(values[0], function.as_pointer()), arguments)
        return context.get_dummy_value()

    return types.void(kernel, counts, addresses), generate


@njit(parallel=True, nogil=True, cache=True)
def shared(kernel, n, more, addresses, steps, length):
    (a, b, out, p), (a_step, b_step, out_step) = addresses, steps
    for part in prange((n + length - 1) // length):
        at = part * length
        call(kernel, (min(length, n - at),) + more, (a + at * a_step, b + at * b_step, out + at * out_step, p))


@njit(nogil=True, cache=True)
def alone(kernel, counts, addresses):
    call(kernel, counts, addresses)


def is_worth_sharing(threads, elements):
    return threads > 1 and elements >= SHARED_FROM


def _may_share(threads, elements):
    """Whether a call is for several threads; then it has the turn, and `_share` gives it back."""
    return is_worth_sharing(threads, elements) and _one_at_a_time.acquire(blocking=False)


def _share(threads, function, *arguments):
    try:
        before = numba.get_num_threads()
        numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
        function(*arguments)
        numba.set_num_threads(before)
    finally:
        _one_at_a_time.release()


def run(kernel, n, addresses, steps, threads, columns=None):
    """A kernel over contiguous arrays at these addresses, which its n elements, or rows of so many columns, are so many bytes apart in."""
    elements, more = (1, ()) if columns is None else (max(columns, 1), (columns,))
    if _may_share(threads, n * elements):
        _share(threads, shared, kernel, n, more, addresses, steps, max(LENGTH // elements, 1))
    else:
        alone(kernel, (n, *more), addresses)


@njit(nogil=True, cache=True)
def part(kernel, k, counts, tables, arrays, inputs, p):
    at = tables + 8 * arrays * k
    call(kernel, (counts[k % len(counts)],), (at, at + 8 * inputs, p))


@njit(parallel=True, nogil=True, cache=True)
def shared_parts(kernel, parts, counts, tables, arrays, inputs, p):
    for k in prange(parts):
        part(kernel, k, counts, tables, arrays, inputs, p)


@njit(nogil=True, cache=True)
def parts_alone(kernel, parts, counts, tables, arrays, inputs, p):
    for k in range(parts):
        part(kernel, k, counts, tables, arrays, inputs, p)


def run_gated(kernel, shape, item, places, steps, inputs, p, threads):
    """A kernel of a gated function over arrays of (rows, columns) at these places, whose rows are so many bytes apart."""
    rows, columns = shape
    if np.all(steps == columns * item):
        rows, columns = 1, rows * columns
    starts = np.arange(0, columns, LENGTH)
    tables = places + np.arange(rows)[:, None, None] * steps + item * starts[:, None]  # addresses of the arrays, for each part of a row
    task = kernel, rows * len(starts), np.minimum(LENGTH, columns - starts), tables.ctypes.data, len(places), inputs, p
    if _may_share(threads, rows * columns):
        _share(threads, shared_parts, *task)
    else:
        parts_alone(*task)


# ---- tasks, and what they add up ----


@intrinsic
def fma(context, a, b, c):
    """a * b + c, rounded once."""

    def generate(context, builder, signature, values):
        return builder.fma(*values)

    return types.float64(types.float64, types.float64, types.float64), generate


@njit(parallel=True, nogil=True, cache=True)
def shared_tasks(kernel, tasks, size, parts):
    for k in prange(parts):
        call(kernel, (), (tasks + k * size,))


@njit(nogil=True, cache=True)
def tasks_alone(kernel, tasks, size, parts):
    for k in range(parts):
        call(kernel, (), (tasks + k * size,))


def run_tasks(kernel, tasks, threads):
    """A kernel with each of what an array tells it to do."""
    what = kernel, tasks.ctypes.data, tasks.itemsize, len(tasks)
    if len(tasks) > 1 and _one_at_a_time.acquire(blocking=False):
        _share(threads, shared_tasks, *what)
    else:
        tasks_alone(*what)


@njit(nogil=True, cache=True)
def add_pair(total, high, low):
    """total = total + (high, low), both unevaluated sums of two doubles."""
    whole = total[0] + high
    back = whole - total[0]
    total[1] = ((total[0] - (whole - back)) + (high - back)) + (total[1] + low)
    total[0] = whole


@njit(nogil=True, cache=True)
def joined(sums):
    """Two pairs of doubles: those of all blocks, added in order."""
    total = np.zeros((2, 2))
    for k in range(len(sums)):
        for which in range(2):
            add_pair(total[which], sums[k, which, 0], sums[k, which, 1])
    return total


@njit(nogil=True, cache=True)
def total_of_rows(labels, columns, class_weight, has_class, row_weight, has_row, has_ignored, ignored, block):
    """The sum of class weight times row weight of the rows that count, in blocks of so many scores."""
    total, part, left = np.zeros(2), np.zeros(2), 0
    for row in range(len(labels)):
        if left == 0:
            add_pair(total, part[0], part[1])
            part[:] = 0
            left = max(block // max(columns, 1), 1)
        left -= 1
        label = labels[row]
        if (has_ignored and label == ignored) or label < 0 or label >= columns:
            continue
        c, r = class_weight[label] if has_class else 1.0, row_weight[row] if has_row else 1.0
        add_pair(part, c * r, fma(c, r, -(c * r)))
    add_pair(total, part[0], part[1])
    return total
