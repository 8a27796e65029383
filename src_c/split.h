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
/* over rows of (outer, columns, inner) arrays, any of which may lie as it likes; `rows` of them in all */
fastact_status fastact_run_rows_along(int index, int backward, fastact_dtype dtype, size_t rows, size_t inner, fastact_row_lengths lengths,
                                      const fastact_along *a, const fastact_along *b, const fastact_along *out, const double *parameters);
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
/* the task's logits, targets and gradient are set here; targets and gradient may be NULL */
fastact_status fastact_run_row_loss_along(int index, fastact_dtype dtype, size_t rows, size_t inner, row_loss_task *task,
                                          const fastact_along *logits, const fastact_along *targets, const fastact_along *gradient,
                                          double sums[2]);
void fastact_run_joint(int index, fastact_dtype dtype, joint_task *task, double sums[2]);
void fastact_run_learned(int index, fastact_dtype dtype, learned_task *task);
void fastact_run_learned_backward(int index, fastact_dtype dtype, learned_task *task);

/* run(task, range) for n losses, more than a block has, whose sums are added to total, NULL for none; elements: in a loss */
void fastact_run_blocks(void (*run)(const void *task, const loss_range *range), const void *task, size_t n, size_t block, double elements,
                        double cost, double_pair total[2]);

/* ---- what the files that cut calls share ---- */

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t parts_of(size_t n, size_t length) { return n / length + (n % length != 0); }
static inline fastact_pass pass_of(int backward) { return backward ? FASTACT_BACKWARD : FASTACT_VALUE; }
/* in elements of a long row: to begin and to end one costs as much as ROW_ENDS of them, softmax of 64 columns 0.44 ns a float, not 0.22 */
enum { ROW_ENDS = 32 };
static inline double work_of_row(size_t columns) { return (double)columns + ROW_ENDS; }
static inline size_t block_of_rows(size_t columns) { return columns == 0 ? LOSS_BLOCK : columns < LOSS_BLOCK ? LOSS_BLOCK / columns : 1; }
static inline void report(double sums[2], double_pair total[2], int weighted, size_t n) {
    sums[0] = double_pair_value(total[0]);
    sums[1] = weighted ? double_pair_value(total[1]) : (double)n;
}
static inline size_t whole_bytes(size_t n, fastact_dtype dtype) {
    return dtype == FASTACT_F32 || dtype == FASTACT_F64 ? n * fastact_item_size(dtype) : 0; /* 16 bits are widened in blocks */
}
#endif
