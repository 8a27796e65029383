/* Elementwise passes over strided arrays: gathered into contiguous blocks, run by the same kernels, scattered again. */
#include "kernels.h"
#include "simd/compiler.h"
#include <string.h>

enum { BLOCK = 512, MAX_INPUTS = 2 };

static void gather(size_t n, const char *from, ptrdiff_t stride, size_t item, char *to) {
    if (item == 4)
        for (size_t i = 0; i < n; ++i) memcpy(to + 4 * i, from + (ptrdiff_t)i * stride, 4);
    else
        for (size_t i = 0; i < n; ++i) memcpy(to + 8 * i, from + (ptrdiff_t)i * stride, 8);
}

static void scatter(size_t n, const char *from, char *to, ptrdiff_t stride, size_t item) {
    if (item == 4)
        for (size_t i = 0; i < n; ++i) memcpy(to + (ptrdiff_t)i * stride, from + 4 * i, 4);
    else
        for (size_t i = 0; i < n; ++i) memcpy(to + (ptrdiff_t)i * stride, from + 8 * i, 8);
}

/* NumPy leaves an input that lies ahead of the output where it is, counting on a loop that reads and writes element by element */
static int partly_overlaps(const char *a, const char *out, size_t bytes) { return a != out && (size_t)(a < out ? out - a : a - out) < bytes; }

EXPORT fastact_status fastact_map_strided(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n,
                                          char *const *arguments, const ptrdiff_t *strides) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_ELEMENTWISE || (unsigned)pass >= MAP_PASSES || !(f->passes & 1u << pass) ||
        (dtype != FASTACT_F32 && dtype != FASTACT_F64))
        return FASTACT_ERROR_UNSUPPORTED;
    if (n == 0) return FASTACT_OK;
    const fastact_kernels *kernels = fastact_active_kernels();
    const int inputs = pass >= FASTACT_BACKWARD ? 2 : 1, parameters = f->parameter_count, count = inputs + parameters;
    const size_t item = dtype == FASTACT_F32 ? 4 : 8;
    int contiguous = strides[count] == (ptrdiff_t)item, scalar_parameters = 1;
    for (int k = 0; k < inputs; ++k)
        contiguous &= strides[k] == (ptrdiff_t)item && !partly_overlaps(arguments[k], arguments[count], n * item);
    for (int k = inputs; k < count; ++k) scalar_parameters &= strides[k] == 0 || n == 1;

    char values[MAX_PARAMETERS * 8];
    if (scalar_parameters)
        for (int k = 0; k < parameters; ++k) memcpy(values + (size_t)k * item, arguments[inputs + k], item);
    if (contiguous && scalar_parameters) {
        kernels->map[f->index][pass][dtype](n, arguments[0], inputs > 1 ? arguments[1] : NULL, arguments[count], values);
        return FASTACT_OK;
    }

    double in[MAX_INPUTS][BLOCK], parameter[MAX_PARAMETERS][BLOCK], out[BLOCK];
    const void *parameter_at[MAX_PARAMETERS] = {parameter[0], parameter[1], parameter[2], parameter[3]};
    for (size_t start = 0; start < n; start += BLOCK) {
        const size_t size = n - start < BLOCK ? n - start : BLOCK;
        for (int k = 0; k < inputs; ++k) gather(size, arguments[k] + (ptrdiff_t)start * strides[k], strides[k], item, (char *)in[k]);
        if (scalar_parameters) {
            kernels->map[f->index][pass][dtype](size, in[0], in[1], out, values);
        } else {
            for (int k = 0; k < parameters; ++k)
                gather(size, arguments[inputs + k] + (ptrdiff_t)start * strides[inputs + k], strides[inputs + k], item, (char *)parameter[k]);
            kernels->map_arrays[f->index][pass][dtype](size, in[0], in[1], out, parameter_at);
        }
        scatter(size, (const char *)out, arguments[count] + (ptrdiff_t)start * strides[count], strides[count], item);
    }
    return FASTACT_OK;
}
