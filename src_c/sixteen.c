/* float16 and bfloat16 in functions that are not elementwise: rows and gated pairs are widened to float a block at a time, run by the
 * float kernels and rounded once. A block stays in the first cache; only a row longer than one takes memory from the heap. */
#include "sixteen.h"
#include <stdlib.h>

enum { BLOCK = 2048 };

/* how many rows fill a block */
static size_t rows_of(size_t rows, size_t columns) {
    const size_t fit = columns == 0 ? rows : columns < BLOCK ? BLOCK / columns : 1;
    return fit < rows ? fit : rows;
}

fastact_status fastact_rows_sixteen(const fastact_kernels *kernels, int index, int backward, fastact_dtype dtype, size_t rows,
                                    sixteen_columns columns, const uint16_t *a, const uint16_t *b, uint16_t *out,
                                    const double *parameters) {
    const int type = dtype - FASTACT_F16;
    const size_t first = backward ? columns.result : columns.input, last = backward ? columns.input : columns.result;
    const size_t longest = columns.input > columns.result ? columns.input : columns.result, step = rows_of(rows, longest);
    float block[3][BLOCK], *heap = NULL, *wide[3] = {block[0], block[1], block[2]};
    if (longest > BLOCK) {
        if (longest > SIZE_MAX / sizeof(float) / 3 || !(heap = malloc(3 * longest * sizeof(float)))) return FASTACT_ERROR_MEMORY;
        for (int k = 0; k < 3; ++k) wide[k] = heap + (size_t)k * longest;
    }
    for (size_t row = 0; row < rows; row += step) {
        const size_t count = rows - row < step ? rows - row : step;
        kernels->widen[type](count * first, a + row * first, wide[0]);
        if (backward) kernels->widen[type](count * columns.input, b + row * columns.input, wide[1]);
        kernels->rows[index][backward][FASTACT_F32](count, columns.input, wide[0], backward ? wide[1] : NULL, wide[2], parameters);
        kernels->narrow[type](count * last, wide[2], out + row * last);
    }
    free(heap);
    return FASTACT_OK;
}

void fastact_gated_sixteen(const fastact_kernels *kernels, int index, int backward, fastact_dtype dtype, size_t rows, size_t columns,
                           const sixteen_rows *arrays, const float *parameters) {
    const int type = dtype - FASTACT_F16, inputs = backward ? 3 : 2, outputs = inputs - 1;
    const size_t step = rows_of(rows, columns), width = columns < BLOCK ? columns : BLOCK;
    float wide[5][BLOCK];
    const void *const from[3] = {wide[0], wide[1], wide[2]};
    void *const to[2] = {wide[3], wide[4]};
    for (size_t row = 0; row < rows; row += step) {
        const size_t count = rows - row < step ? rows - row : step;
        for (size_t at = 0; at < columns; at += width) {
            const size_t part = columns - at < width ? columns - at : width;
            for (int k = 0; k < inputs; ++k)
                for (size_t r = 0; r < count; ++r)
                    kernels->widen[type](part, arrays[k].at + (row + r) * arrays[k].step + at, wide[k] + r * part);
            kernels->gated[index][backward][FASTACT_F32](count * part, from, to, parameters);
            for (int k = 0; k < outputs; ++k) {
                const sixteen_rows y = arrays[inputs + k];
                for (size_t r = 0; r < count; ++r) kernels->narrow[type](part, wide[3 + k] + r * part, y.at + (row + r) * y.step + at);
            }
        }
    }
}
