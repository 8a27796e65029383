/* 16-bit rows, gated pairs and values of functions with a learned parameter: arguments checked by the caller. */
#ifndef FASTACT_SIXTEEN_H
#define FASTACT_SIXTEEN_H
#include "split.h"

/* floats that rows of 16 bits need beside the stack: 0 but for long rows */
size_t fastact_sixteen_room(fastact_row_lengths lengths);
/* a and out as in fastact_rows_kernel; room: of as many floats as rows of these lengths need */
void fastact_rows_sixteen(fastact_rows_kernel *kernel, int backward, fastact_dtype dtype, size_t rows, fastact_row_lengths lengths,
                          const uint16_t *a, const uint16_t *b, uint16_t *out, const double *parameters, float *room);

typedef struct {
    uint16_t *at;
    size_t step; /* elements from row to row */
} sixteen_rows;
/* arrays: the inputs of fastact_gated_kernel, then its outputs */
void fastact_gated_sixteen(fastact_gated_kernel *kernel, int backward, fastact_dtype dtype, size_t rows, size_t columns,
                           const sixteen_rows *arrays, const float *parameters);
/* kernel: of float; map: of these 16 bits, of the elementwise function */
void fastact_learned_sixteen(fastact_learned_kernel *kernel, fastact_map_kernel *map, fastact_dtype dtype, const learned_task *task);
#endif
