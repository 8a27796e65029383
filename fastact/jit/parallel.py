"""Kernels over the parts of large arrays by Numba's threads; what runs where there is no C core to share them out."""

import threading

import numba
from llvmlite import ir
from numba import njit, prange, types
from numba.extending import intrinsic

LENGTH = 1 << 15  # elements in a part
SHARED_FROM = 4 * LENGTH
_one_at_a_time = threading.Lock()  # not every threading layer of Numba bears two callers


@intrinsic
def call(context, kernel, n, a, b, out, p):
    """Calls the kernel at an address; pointers are addresses too."""

    def generate(context, builder, signature, values):
        pointer = ir.IntType(8).as_pointer()
        function = ir.FunctionType(ir.VoidType(), [ir.IntType(64)] + [pointer] * 4)
        addresses = [builder.inttoptr(value, pointer) for value in values[2:]]
        builder.call(builder.inttoptr(values[0], function.as_pointer()), [values[1], *addresses])
        return context.get_dummy_value()

    return types.void(*[types.int64] * 6), generate


@njit(parallel=True, nogil=True, cache=True)
def shared(kernel, n, a, b, out, p, item, length):
    for part in prange((n + length - 1) // length):
        at = part * length
        call(kernel, min(length, n - at), a + at * item, b + at * item, out + at * item, p)


@njit(nogil=True, cache=True)
def alone(kernel, n, a, b, out, p):
    call(kernel, n, a, b, out, p)


def run(kernel, n, a, b, out, p, item, threads):
    """A kernel over contiguous arrays at these addresses."""
    if threads == 1 or n < SHARED_FROM or not _one_at_a_time.acquire(blocking=False):
        alone(kernel, n, a, b, out, p)
        return
    try:
        before = numba.get_num_threads()
        numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
        shared(kernel, n, a, b, out, p, item, LENGTH)
        numba.set_num_threads(before)
    finally:
        _one_at_a_time.release()
