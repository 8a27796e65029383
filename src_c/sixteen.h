/* 16-bit rows and gated pairs: arguments checked by the caller. */
#ifndef FASTACT_SIXTEEN_H
#define FASTACT_SIXTEEN_H
#include "kernels.h"

typedef struct {
    size_t input, result;
} sixteen_columns;
/* a and out as in fastact_rows_kernel; FASTACT_ERROR_MEMORY before anything is written */
fastact_status fastact_rows_sixteen(const fastact_kernels *kernels, int index, int backward, fastact_dtype dtype, size_t rows,
                                    sixteen_columns columns, const uint16_t *a, const uint16_t *b, uint16_t *out,
                                    const double *parameters);

typedef struct {
    uint16_t *at;
    size_t step; /* elements from row to row */
} sixteen_rows;
/* arrays: the inputs of fastact_gated_kernel, then its outputs */
void fastact_gated_sixteen(const fastact_kernels *kernels, int index, int backward, fastact_dtype dtype, size_t rows, size_t columns,
                           const sixteen_rows *arrays, const float *parameters);
#endif
