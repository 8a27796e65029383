"""Kernels over the parts of large arrays by Numba's threads; what runs where there is no C core to share them out."""

import threading

import numba
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


def run(kernel, n, addresses, steps, threads, columns=None):
    """A kernel over contiguous arrays at these addresses, which its n elements, or rows of so many columns, are so many bytes apart in."""
    elements, more = (1, ()) if columns is None else (max(columns, 1), (columns,))
    if threads == 1 or n * elements < SHARED_FROM or not _one_at_a_time.acquire(blocking=False):
        alone(kernel, (n, *more), addresses)
        return
    try:
        before = numba.get_num_threads()
        numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS))
        shared(kernel, n, more, addresses, steps, max(LENGTH // elements, 1))
        numba.set_num_threads(before)
    finally:
        _one_at_a_time.release()
