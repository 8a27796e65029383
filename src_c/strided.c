/* Elementwise passes over strided arrays: gathered into contiguous blocks, run by the same kernels, scattered again. */
#include "kernels.h"
#include "simd/compiler.h"
#include <math.h>
#include <string.h>

enum { BLOCK = 512, MAX_INPUTS = 2 };

#define COPY(size) \
    for (size_t i = 0; i < n; ++i) memcpy(to + (ptrdiff_t)i * to_stride, from + (ptrdiff_t)i * from_stride, size)
static void copy(size_t n, const char *from, ptrdiff_t from_stride, char *to, ptrdiff_t to_stride, size_t item) {
    if (from_stride == (ptrdiff_t)item && to_stride == (ptrdiff_t)item)
        memcpy(to, from, n * item);
    else if (item == 2)
        COPY(2);
    else if (item == 4)
        COPY(4);
    else
        COPY(8);
}

/* NumPy leaves an input that lies ahead of the output where it is, counting on a loop that reads and writes element by element */
static int partly_overlaps(const char *a, const char *out, size_t bytes) { return a != out && (size_t)(a < out ? out - a : a - out) < bytes; }

/* one parameter value an element; 16-bit arrays are widened for it */
static void run_arrays(const fastact_kernels *kernels, int index, fastact_pass pass, fastact_dtype dtype, size_t n, double in[MAX_INPUTS][BLOCK],
                       double out[BLOCK], const void *const *parameters) {
    if (dtype == FASTACT_F32 || dtype == FASTACT_F64) {
        kernels->map_arrays[index][pass][dtype](n, in[0], in[1], out, parameters);
        return;
    }
    float wide[MAX_INPUTS][BLOCK], y[BLOCK];
    for (int k = 0; k < (pass >= FASTACT_BACKWARD ? 2 : 1); ++k) kernels->widen[dtype - FASTACT_F16](n, (const uint16_t *)in[k], wide[k]);
    kernels->map_arrays[index][pass][FASTACT_F32](n, wide[0], wide[1], y, parameters);
    kernels->narrow[dtype - FASTACT_F16](n, y, (uint16_t *)out);
}

/* losses (FASTACT_VALUE) or their gradients (FASTACT_DERIVATIVE) of a block of predictions and targets; NaN for a NaN parameter */
static void run_loss(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n, const void *pred, const void *target, void *out,
                     const double *parameters) {
    const int value = pass == FASTACT_VALUE;
    if (fastact_loss(f, dtype, n, pred, target, NULL, parameters, 1, NULL, value ? out : NULL, value ? NULL : out, NULL) == FASTACT_OK) return;
    for (size_t i = 0; i < n; ++i) {
        if (dtype == FASTACT_F32)
            ((float *)out)[i] = NAN;
        else
            ((double *)out)[i] = NAN;
    }
}

/* pointwise losses: pred, target and the parameters, float for 16-bit arrays */
static fastact_status loss_strided(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n, char *const *arguments,
                                   const ptrdiff_t *strides) {
    if (pass > FASTACT_DERIVATIVE || (unsigned)dtype >= MAP_DTYPES) return FASTACT_ERROR_UNSUPPORTED;
    const fastact_kernels *kernels = fastact_active_kernels();
    const int count = 2 + f->parameter_count, sixteen = dtype != FASTACT_F32 && dtype != FASTACT_F64;
    const size_t item = fastact_item_size(dtype);
    int one_by_one = 0;
    for (int k = 2; k < count; ++k) one_by_one |= strides[k] != 0;
    const size_t block = one_by_one ? 1 : BLOCK;
    double in[MAX_INPUTS][BLOCK], out[BLOCK], parameters[MAX_PARAMETERS];
    float wide[MAX_INPUTS][BLOCK], y[BLOCK];
    for (size_t start = 0; start < n; start += block) {
        const size_t size = n - start < block ? n - start : block;
        const ptrdiff_t from = (ptrdiff_t)start;
        for (int k = 0; k < MAX_INPUTS; ++k) {
            copy(size, arguments[k] + from * strides[k], strides[k], (char *)in[k], (ptrdiff_t)item, item);
            if (sixteen) kernels->widen[dtype - FASTACT_F16](size, (const uint16_t *)in[k], wide[k]);
        }
        for (int k = 2; k < count; ++k) {
            const char *const at = arguments[k] + from * strides[k];
            parameters[k - 2] = dtype == FASTACT_F64 ? *(const double *)at : (double)*(const float *)at;
        }
        if (sixteen) {
            run_loss(f, pass, FASTACT_F32, size, wide[0], wide[1], y, parameters);
            kernels->narrow[dtype - FASTACT_F16](size, y, (uint16_t *)out);
        } else {
            run_loss(f, pass, dtype, size, in[0], in[1], out, parameters);
        }
        copy(size, (const char *)out, (ptrdiff_t)item, arguments[count] + from * strides[count], strides[count], item);
    }
    return FASTACT_OK;
}

EXPORT fastact_status fastact_map_strided(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n,
                                          char *const *arguments, const ptrdiff_t *strides) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind == FASTACT_LOSS) return loss_strided(f, pass, dtype, n, arguments, strides);
    if (f->kind != FASTACT_ELEMENTWISE || (unsigned)pass >= MAP_PASSES || !(f->passes & 1u << pass) || (unsigned)dtype >= MAP_DTYPES)
        return FASTACT_ERROR_UNSUPPORTED;
    if (n == 0) return FASTACT_OK;
    const fastact_kernels *kernels = fastact_active_kernels();
    const int inputs = pass >= FASTACT_BACKWARD ? 2 : 1, parameters = f->parameter_count, count = inputs + parameters;
    const size_t item = fastact_item_size(dtype), parameter_item = dtype == FASTACT_F64 ? 8 : 4;
    int contiguous = strides[count] == (ptrdiff_t)item, scalar_parameters = 1;
    for (int k = 0; k < inputs; ++k)
        contiguous &= strides[k] == (ptrdiff_t)item && !partly_overlaps(arguments[k], arguments[count], n * item);
    for (int k = inputs; k < count; ++k) scalar_parameters &= strides[k] == 0 || n == 1;

    char values[MAX_PARAMETERS * 8];
    if (scalar_parameters)
        for (int k = 0; k < parameters; ++k) memcpy(values + (size_t)k * parameter_item, arguments[inputs + k], parameter_item);
    if (contiguous && scalar_parameters) {
        kernels->map[f->index][pass][dtype](n, arguments[0], inputs > 1 ? arguments[1] : NULL, arguments[count], values);
        return FASTACT_OK;
    }

    double in[MAX_INPUTS][BLOCK], parameter[MAX_PARAMETERS][BLOCK], out[BLOCK];
    const void *parameter_at[MAX_PARAMETERS] = {parameter[0], parameter[1], parameter[2], parameter[3]};
    for (size_t start = 0; start < n; start += BLOCK) {
        const size_t size = n - start < BLOCK ? n - start : BLOCK;
        const ptrdiff_t from = (ptrdiff_t)start;
        for (int k = 0; k < inputs; ++k) copy(size, arguments[k] + from * strides[k], strides[k], (char *)in[k], (ptrdiff_t)item, item);
        if (scalar_parameters) {
            kernels->map[f->index][pass][dtype](size, in[0], inputs > 1 ? in[1] : NULL, out, values);
        } else {
            for (int k = 0; k < parameters; ++k)
                copy(size, arguments[inputs + k] + from * strides[inputs + k], strides[inputs + k], (char *)parameter[k], (ptrdiff_t)parameter_item,
                     parameter_item);
            run_arrays(kernels, f->index, pass, dtype, size, in, out, parameter_at);
        }
        copy(size, (const char *)out, (ptrdiff_t)item, arguments[count] + from * strides[count], strides[count], item);
    }
    return FASTACT_OK;
}
