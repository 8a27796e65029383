/* Copies that NumPy makes slowly. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"
#include <stdint.h>
#include <string.h>

enum { LEAST_SIDE = 4, GIL_RELEASE_BYTES = 1 << 16 };

/* ------------------------------------------------------------------ of arrays whose rows are the columns of another
 *
 * NumPy takes their numbers one at a time, along lines that the caches have lost by then: 4.5 ns a float of 1024 x 1024. The library turns
 * squares: 0.2. */

/* the axis along which the numbers of an array lie side by side, or -1 */
static int dense_axis(PyArrayObject *array) {
    for (int axis = PyArray_NDIM(array) - 1; axis >= 0; --axis)
        if (PyArray_STRIDE(array, axis) == PyArray_ITEMSIZE(array) && PyArray_DIM(array, axis) >= LEAST_SIDE) return axis;
    return -1;
}
/* addresses of the first byte and of that behind the last */
static void extent_of(PyArrayObject *array, uintptr_t *first, uintptr_t *end) {
    *first = *end = (uintptr_t)PyArray_DATA(array);
    for (int axis = 0; axis < PyArray_NDIM(array); ++axis) {
        const npy_intp reach = PyArray_STRIDE(array, axis) * (PyArray_DIM(array, axis) - 1);
        *(reach < 0 ? first : end) += (uintptr_t)reach;
    }
    *end += (uintptr_t)PyArray_ITEMSIZE(array);
}
static int are_apart(PyArrayObject *a, PyArrayObject *b) {
    uintptr_t first, end, other_first, other_end;
    extent_of(a, &first, &end);
    extent_of(b, &other_first, &other_end);
    return end <= other_first || other_end <= first;
}

int fastact_copy_turned(PyArrayObject *from, PyArrayObject *to) {
    const int dimensions = PyArray_NDIM(to), row = dense_axis(to), column = dense_axis(from);
    const npy_intp item = PyArray_ITEMSIZE(to);
    if (!PyArray_CheckExact(from) || !PyArray_CheckExact(to)) return 0;
    if (row < 0 || column < 0 || row == column || !same_shape(from, to) || PyArray_SIZE(to) == 0) return 0;
    if (!PyArray_EquivTypes(PyArray_DESCR(from), PyArray_DESCR(to)) || PyDataType_REFCHK(PyArray_DESCR(to))) return 0;
    if ((item != 2 && item != 4 && item != 8) || PyArray_DIM(to, column) < LEAST_SIDE || PyArray_DIM(to, row) < LEAST_SIDE) return 0;
    if (!PyArray_ISWRITEABLE(to) || !are_apart(from, to)) return 0;
    npy_intp place[NPY_MAXDIMS] = {0};
    const char *x = PyArray_DATA(from);
    char *y = PyArray_DATA(to);
    PyThreadState *const thread = PyArray_NBYTES(to) >= GIL_RELEASE_BYTES ? PyEval_SaveThread() : NULL;
    for (int axis = 0; axis >= 0;) {
        const npy_intp rows = PyArray_DIM(to, row), columns = PyArray_DIM(to, column);
        const npy_intp from_step = PyArray_STRIDE(from, row), to_step = PyArray_STRIDE(to, column);
        fastact_copy_matrix((size_t)item, (size_t)rows, (size_t)columns, x, from_step, item, y, item, to_step);
        for (axis = dimensions - 1; axis >= 0; --axis) { /* the next place along the other axes */
            if (axis == row || axis == column) continue;
            x += PyArray_STRIDE(from, axis), y += PyArray_STRIDE(to, axis);
            if (++place[axis] < PyArray_DIM(to, axis)) break;
            x -= place[axis] * PyArray_STRIDE(from, axis), y -= place[axis] * PyArray_STRIDE(to, axis);
            place[axis] = 0;
        }
    }
    if (thread) PyEval_RestoreThread(thread);
    return 1;
}

/* ------------------------------------------------------------------ of what a mask leaves
 *
 * np.where guesses at every number which of the two it will be: 4 ns where the mask is random, here 0.13; 0.5 without vectors, which -O2 of
 * GCC does not make of this. In place it is another function: two `restrict` pointers to one array would be none. */
#if defined(__GNUC__) && !defined(__clang__)
#define IN_VECTORS __attribute__((optimize("O3")))
#else
#define IN_VECTORS
#endif
#define SELECT(T)                                                                                                                 \
    IN_VECTORS static void select_##T(npy_intp n, const npy_bool *restrict mask, const T *restrict x, T fill, T *restrict y) {    \
        for (npy_intp i = 0; i < n; ++i) {                                                                                        \
            const T number = x[i];                                                                                                \
            y[i] = mask[i] ? number : fill;                                                                                       \
        }                                                                                                                         \
    }                                                                                                                             \
    IN_VECTORS static void select_in_##T(npy_intp n, const npy_bool *restrict mask, T fill, T *restrict y) {                      \
        for (npy_intp i = 0; i < n; ++i) {                                                                                        \
            const T number = y[i];                                                                                                \
            y[i] = mask[i] ? number : fill;                                                                                       \
        }                                                                                                                         \
    }                                                                                                                             \
    IN_VECTORS static void select_ones_##T(npy_intp n, const npy_bool *restrict mask, T fill, T *restrict y) {                    \
        for (npy_intp i = 0; i < n; ++i) y[i] = mask[i] ? 1 : fill;                                                               \
    }
SELECT(float)
SELECT(double)
void fastact_select(int dtype, npy_intp n, const npy_bool *mask, const void *from, double fill, void *to) {
    if (!from)
        dtype == FASTACT_F32 ? select_ones_float(n, mask, (float)fill, to) : select_ones_double(n, mask, fill, to);
    else if (from == to)
        dtype == FASTACT_F32 ? select_in_float(n, mask, (float)fill, to) : select_in_double(n, mask, fill, to);
    else
        dtype == FASTACT_F32 ? select_float(n, mask, from, (float)fill, to) : select_double(n, mask, from, fill, to);
}

static int is_plain(PyArrayObject *array) {
    return PyArray_CheckExact(array) && PyArray_IS_C_CONTIGUOUS(array) && PyArray_ISALIGNED(array) && PyArray_ISNOTSWAPPED(array);
}
int fastact_copy_where(PyArrayObject *mask, PyArrayObject *from, double fill, PyArrayObject *to) {
    const int type = PyArray_TYPE(to);
    if ((type != NPY_FLOAT && type != NPY_DOUBLE) || PyArray_TYPE(from) != type || PyArray_TYPE(mask) != NPY_BOOL) return 0;
    if (!is_plain(mask) || !is_plain(from) || !is_plain(to) || !PyArray_ISWRITEABLE(to)) return 0;
    if (!same_shape(from, to) || !same_shape(mask, to) || (from != to && !are_apart(from, to)) || !are_apart(mask, to)) return 0;
    PyThreadState *const thread = PyArray_NBYTES(to) >= GIL_RELEASE_BYTES ? PyEval_SaveThread() : NULL;
    const int dtype = type == NPY_FLOAT ? FASTACT_F32 : FASTACT_F64;
    fastact_select(dtype, PyArray_SIZE(to), PyArray_DATA(mask), PyArray_DATA(from), fill, PyArray_DATA(to));
    if (thread) PyEval_RestoreThread(thread);
    return 1;
}
