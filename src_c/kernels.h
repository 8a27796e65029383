/* What one instruction set offers: a table of kernels in registry order. Inside the library only. */
#ifndef FASTACT_KERNELS_H
#define FASTACT_KERNELS_H
#include "include/fastact.h"
#include "pair.h"
#include "simd/compiler.h"
#include <stdatomic.h>

/* elementwise: a is x in unary passes and the upstream gradient in backward passes, b is then x (or y); b is NULL in unary passes */
typedef void fastact_map_kernel(size_t n, const void *a, const void *b, void *out, const void *parameters);
/* the same with one parameter value per element: parameters[k] is an array of n */
typedef void fastact_map_arrays_kernel(size_t n, const void *a, const void *b, void *out, const void *const *parameters);
/* row-wise: C-contiguous rows; b as above */
typedef void fastact_rows_kernel(size_t rows, size_t columns, const void *a, const void *b, void *out, const double *parameters);
/* gated: in holds gate and value, or gradient, gate and value; out holds y, or the gradients of gate and value */
typedef void fastact_gated_kernel(size_t n, const void *const *in, void *const *out, const void *parameters);
/* Losses are added up in blocks, which are added in order: whoever runs a block, its sum is the same. A kernel runs the losses of a range,
 * which begins with a block, and leaves two sums for every block of it: of weighted losses, and of weights where there are any. */
enum { LOSS_BLOCK = 16384 };
typedef struct {
    size_t begin, end, block; /* block: losses in one */
    double_pair (*sums)[2];
} loss_range;

/* pointwise losses, in blocks of LOSS_BLOCK; weight, sums, loss, gradient and hessian may be NULL; see fastact_loss */
typedef struct {
    size_t n;
    const void *pred, *target, *weight;
    const double *parameters;
    double gradient_scale;
    void *loss, *gradient, *hessian;
    loss_range range;
    const struct made_loss *made; /* where another compiler's kernels run the blocks; the scalar kernels are the only ones to ask */
} loss_task;
typedef struct made_loss {
    const fastact_function *function;
    fastact_dtype dtype;
} made_loss;
typedef void fastact_loss_kernel(const loss_task *task);

/* row losses: loss and gradient may be NULL, sums not; see fastact_row_loss */
typedef struct {
    size_t columns;
    const void *logits;
    const fastact_row_loss_options *options;
    void *loss, *gradient;
    loss_range range; /* of rows */
} row_loss_task;
typedef void fastact_row_loss_kernel(const row_loss_task *task);

/* joint losses: arrays and gradients in registry order; weight, sums, loss and each gradient may be NULL; see fastact_joint_loss */
enum { JOINT_ARRAYS = 3 };
typedef struct {
    size_t rows, columns; /* columns is 1 where each element has a loss */
    const void *in[JOINT_ARRAYS], *weight;
    const double *parameters;
    double gradient_scale;
    void *loss, *gradient[JOINT_ARRAYS];
    loss_range range;
} joint_task;
typedef void fastact_joint_kernel(const joint_task *task);

/* learned parameters: x is a C-contiguous (outer, channels, inner) array, parameter and its gradient have `channels` values */
typedef void fastact_learned_kernel(size_t outer, size_t channels, size_t inner, const void *x, const void *parameter, void *y);
typedef void fastact_learned_backward_kernel(size_t outer, size_t channels, size_t inner, const void *g, const void *x,
                                             const void *parameter, void *dx, void *dparameter);

enum { MAP_PASSES = 4, ROW_PASSES = 2, GATED_PASSES = 2, MAX_PARAMETERS = 4, KERNEL_DTYPES = 2, MAP_DTYPES = 4 };

enum {
#define ELEMENTWISE(name, ...) MAP_##name,
#include "registry.h"
    MAP_COUNT
};
enum {
#define ROWWISE(name, ...) ROWS_##name,
#include "registry.h"
    ROWS_COUNT
};
enum {
#define GATED(name, ...) GATED_##name,
#include "registry.h"
    GATED_COUNT
};
enum {
#define LOSS(name, ...) LOSS_##name,
#include "registry.h"
    LOSS_COUNT
};
enum {
#define ROW_LOSS(name, ...) ROW_LOSS_##name,
#include "registry.h"
    ROW_LOSS_COUNT
};
enum {
#define JOINT_LOSS(name, ...) JOINT_##name,
#include "registry.h"
    JOINT_COUNT
};
enum {
#define LEARNED(name, ...) LEARNED_##name,
#include "registry.h"
    LEARNED_COUNT
};

typedef struct {
    const char *isa;
    fastact_map_kernel *map[MAP_COUNT][MAP_PASSES][MAP_DTYPES];
    fastact_map_arrays_kernel *map_arrays[MAP_COUNT][MAP_PASSES][KERNEL_DTYPES];
    fastact_rows_kernel *rows[ROWS_COUNT][ROW_PASSES][KERNEL_DTYPES];
    fastact_gated_kernel *gated[GATED_COUNT][GATED_PASSES][KERNEL_DTYPES];
    fastact_loss_kernel *loss[LOSS_COUNT][KERNEL_DTYPES];
    fastact_row_loss_kernel *row_loss[ROW_LOSS_COUNT][KERNEL_DTYPES];
    fastact_joint_kernel *joint[JOINT_COUNT][KERNEL_DTYPES];
    fastact_learned_kernel *learned[LEARNED_COUNT][KERNEL_DTYPES];
    fastact_learned_backward_kernel *learned_backward[LEARNED_COUNT][KERNEL_DTYPES];
    void (*widen[2])(size_t n, const uint16_t *from, float *to); /* float16, bfloat16 */
    void (*narrow[2])(size_t n, const float *from, uint16_t *to);
} fastact_kernels;

extern const fastact_kernels fastact_kernels_scalar;
#if defined(__x86_64__)
extern const fastact_kernels fastact_kernels_avx2, fastact_kernels_avx512;
#endif

/* bytes of an element */
static inline size_t fastact_item_size(fastact_dtype dtype) { return dtype == FASTACT_F64 ? 8 : dtype == FASTACT_F32 ? 4 : 2; }

/* the table in use; resolved on first call. Here, as calls for few numbers feel it. */
extern _Atomic(const fastact_kernels *) fastact_active;
const fastact_kernels *fastact_choose_kernels(void);
static inline const fastact_kernels *fastact_active_kernels(void) {
    const fastact_kernels *const table = atomic_load_explicit(&fastact_active, memory_order_acquire);
    return LIKELY(table) ? table : fastact_choose_kernels();
}

/* whether kernels of another compiler stand in for those of the tables (made.c); or are all that a function has */
extern _Atomic(fastact_kernel_maker *) fastact_replacing;
static inline int fastact_is_replaced(void) { return UNLIKELY(atomic_load_explicit(&fastact_replacing, memory_order_acquire) != NULL); }
static inline int fastact_is_made(int index) { return index >= MAP_COUNT || fastact_is_replaced(); }
fastact_rows_kernel *fastact_made_rows(int index, int backward, fastact_dtype dtype);
fastact_gated_kernel *fastact_made_gated(int index, int backward, fastact_dtype dtype);
/* What a block of losses is run with. Its kernels are told apart by a number: bits of loss_wants, MADE_WEIGHTED, MADE_STORED where losses
 * are stored; or one of those in float lanes: the sum without and with gradients (losses/float_lanes.h, float_terms.h), or what is stored
 * alone (float_each.h). MADE_ANY is not called: it
 * tells whether there are any. */
enum { MADE_ANY = 0, MADE_WEIGHTED = 8, MADE_STORED = 16, MADE_SUM = 32, MADE_SUM_AND_SLOPES, MADE_SLOPES, MADE_LOSSES, MADE_LOSSES_AND_SLOPES,
       MADE_LOSS_KERNELS };
/* in: pred, target, weight; out: loss, gradient, hessian; numbers: scale of gradients, MAX_PARAMETERS parameters, the two parts that float
 * lanes scale slopes by; sums: of losses and of weights */
typedef void fastact_made_loss_kernel(size_t n, const void *const *in, void *const *out, const double *numbers, double_pair *sums);
int fastact_is_made_loss(int index, fastact_dtype dtype, made_loss *loss);
/* each, slopes: where those in float lanes go; blocks go where the task says. 0 where there is no such kernel */
int fastact_run_made_loss(const loss_task *task, int kernel, size_t from, size_t n, float *each, float *slopes, double high, double low,
                          double_pair sums[2]);
static inline fastact_rows_kernel *fastact_rows_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_rows(index, backward, dtype) : fastact_active_kernels()->rows[index][backward][dtype];
}
static inline fastact_gated_kernel *fastact_gated_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_gated(index, backward, dtype) : fastact_active_kernels()->gated[index][backward][dtype];
}
int fastact_is_for_one_thread(int index);
fastact_map_kernel *fastact_made_map(int index, fastact_pass pass, fastact_dtype dtype);
fastact_map_arrays_kernel *fastact_made_map_arrays(int index, fastact_pass pass, fastact_dtype dtype);
static inline fastact_map_kernel *fastact_map_of(int index, fastact_pass pass, fastact_dtype dtype) {
    return fastact_is_made(index) ? fastact_made_map(index, pass, dtype) : fastact_active_kernels()->map[index][pass][dtype];
}
static inline fastact_map_arrays_kernel *fastact_map_arrays_of(int index, fastact_pass pass, fastact_dtype dtype) {
    return fastact_is_made(index) ? fastact_made_map_arrays(index, pass, dtype) : fastact_active_kernels()->map_arrays[index][pass][dtype];
}

/* outputs of at least this many bytes that are not in place are written around the cache */
extern size_t fastact_stream_bytes;

/* how many pages of such an output are written side by side: 4, which keep an Intel Ice Lake's memory banks busy (0.84 of the time of one),
 * but 1 on AMD (a Zen 5 takes 0.16 ns a float for one, 0.22 for four) */
extern size_t fastact_stream_pages;

/* Where vectors of a whole cache line cost more than their share, they are read by readers, which never straddle two, and what is as light
 * as a copy takes half of one beyond the first cache. So it is on an Intel Ice Lake, but not on AMD: on a Zen 5 both cost time, half the
 * width for relu 0.041 ns a float instead of 0.034. */
extern int fastact_full_width_costs;

/* the bytes of the output of which the kernel that this thread runs writes a part; 0 where it writes all of one */
extern _Thread_local size_t fastact_whole_bytes __attribute__((tls_model("initial-exec")));
#endif
