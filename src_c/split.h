/* Kernels run over arrays whose arguments have been checked, by several threads where that pays. What is cut is never what is added up:
 * elements, rows, and whole blocks of losses. */
#ifndef FASTACT_SPLIT_H
#define FASTACT_SPLIT_H
#include "costs.h"

/* how many of n items, each of so many elements of that cost, go into a part; n where one thread is to run them all */
size_t fastact_part_length(size_t n, double elements, double cost);

void fastact_run_map(int index, fastact_pass pass, fastact_dtype dtype, size_t n, const void *a, const void *b, void *out,
                     const void *parameters);
/* lengths of rows: b has `columns` in each, as has the other array that is not of the results */
typedef struct {
    size_t columns, results;
} fastact_row_lengths;
fastact_status fastact_run_rows(int index, int backward, fastact_dtype dtype, size_t rows, fastact_row_lengths lengths, const void *a,
                                const void *b, void *out, const double *parameters);
/* rows of the arrays of a gated pass, inputs first: where they begin and how far apart, in bytes */
typedef struct {
    uintptr_t at;
    size_t step;
} fastact_row_set;
void fastact_run_gated(int index, int backward, fastact_dtype dtype, size_t rows, size_t columns, const fastact_row_set *arrays,
                       const double *parameters, int parameter_count);
/* tasks whose range is set here; sums may be NULL but of row losses */
void fastact_run_loss(int index, fastact_dtype dtype, loss_task *task, double sums[2]);
void fastact_run_row_loss(int index, fastact_dtype dtype, size_t rows, row_loss_task *task, double sums[2]);
void fastact_run_joint(int index, fastact_dtype dtype, joint_task *task, double sums[2]);
void fastact_run_learned(int index, fastact_dtype dtype, learned_task *task);
void fastact_run_learned_backward(int index, fastact_dtype dtype, learned_task *task);
#endif
