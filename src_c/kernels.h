/* What one instruction set offers: a table of kernels in registry order. Inside the library only. */
#ifndef FASTACT_KERNELS_H
#define FASTACT_KERNELS_H
#include "include/fastact.h"
#include "simd/compiler.h"
#include "tasks.h"
#include <stdatomic.h>

/* row-wise: C-contiguous rows; b as above */
typedef void fastact_rows_kernel(size_t rows, size_t columns, const void *a, const void *b, void *out, const double *parameters);
/* gated: in holds gate and value, or gradient, gate and value; out holds y, or the gradients of gate and value */
typedef void fastact_gated_kernel(size_t n, const void *const *in, void *const *out, const void *parameters);
enum { MAP_PASSES = 4, ROW_PASSES = 2, GATED_PASSES = 2, LOSS_PASSES = 2, LEARNED_PASSES = 2, KERNEL_DTYPES = 2, MAP_DTYPES = 4 };

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
    fastact_loss_kernel *loss[LOSS_COUNT][KERNEL_DTYPES];
    fastact_row_loss_kernel *row_loss[ROW_LOSS_COUNT][KERNEL_DTYPES];
    fastact_joint_kernel *joint[JOINT_COUNT][KERNEL_DTYPES];
} fastact_loss_kernels;
typedef struct {
    const char *isa;
    fastact_map_kernel *map[MAP_COUNT][MAP_PASSES][MAP_DTYPES];
    fastact_map_arrays_kernel *map_arrays[MAP_COUNT][MAP_PASSES][KERNEL_DTYPES];
    fastact_rows_kernel *rows[ROWS_COUNT][ROW_PASSES][KERNEL_DTYPES];
    fastact_gated_kernel *gated[GATED_COUNT][GATED_PASSES][KERNEL_DTYPES];
    fastact_learned_kernel *learned[LEARNED_COUNT][LEARNED_PASSES][KERNEL_DTYPES];
    void (*widen[2])(size_t n, const uint16_t *from, float *to); /* float16, bfloat16 */
    void (*narrow[2])(size_t n, const float *from, uint16_t *to);
    const fastact_loss_kernels *losses; /* compiled apart: a set is two objects, and a compiler busy half as long */
} fastact_kernels;

extern const fastact_kernels fastact_kernels_scalar;
extern const fastact_loss_kernels fastact_loss_kernels_scalar;
#if defined(__x86_64__)
extern const fastact_kernels fastact_kernels_avx2, fastact_kernels_avx512;
extern const fastact_loss_kernels fastact_loss_kernels_avx2, fastact_loss_kernels_avx512;
#elif defined(__aarch64__)
extern const fastact_kernels fastact_kernels_neon;
extern const fastact_loss_kernels fastact_loss_kernels_neon;
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
fastact_loss_kernel *fastact_made_loss(int index, int backward, fastact_dtype dtype);
fastact_row_loss_kernel *fastact_made_row_loss(int index, int backward, fastact_dtype dtype);
fastact_joint_kernel *fastact_made_joint(int index, int backward, fastact_dtype dtype);
fastact_learned_kernel *fastact_made_learned(int index, int backward, fastact_dtype dtype);
static inline fastact_rows_kernel *fastact_rows_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_rows(index, backward, dtype) : fastact_active_kernels()->rows[index][backward][dtype];
}
static inline fastact_gated_kernel *fastact_gated_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_gated(index, backward, dtype) : fastact_active_kernels()->gated[index][backward][dtype];
}
static inline fastact_loss_kernel *fastact_loss_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_loss(index, backward, dtype) : fastact_active_kernels()->losses->loss[index][dtype];
}
static inline fastact_row_loss_kernel *fastact_row_loss_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_row_loss(index, backward, dtype) : fastact_active_kernels()->losses->row_loss[index][dtype];
}
static inline fastact_joint_kernel *fastact_joint_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_joint(index, backward, dtype) : fastact_active_kernels()->losses->joint[index][dtype];
}
static inline fastact_learned_kernel *fastact_learned_of(int index, int backward, fastact_dtype dtype) {
    return fastact_is_replaced() ? fastact_made_learned(index, backward, dtype) : fastact_active_kernels()->learned[index][backward][dtype];
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

/* Outputs of at least this many bytes that are not in place are written around the cache: half of it, at most 40 MiB, as a core keeps but a
 * part of a large one that many share. Of an Emerald Rapids' 260 MiB that is some 96: through it relu of 40 MiB takes 0.31 ns a float and
 * around it 0.23, of 56 MiB 0.48 and 0.24, its backward pass of 40 MiB 0.61 and 0.38. */
extern size_t fastact_stream_bytes;

/* how many pages of such an output are written side by side: 4, which keep an Intel Ice Lake's memory banks busy (0.84 of the time of one),
 * but 1 on AMD (a Zen 5 takes 0.16 ns a float for one, 0.22 for four) */
extern size_t fastact_stream_pages;

/* Where vectors of a whole cache line cost more than their share, they are read by readers, which never straddle two. So it is on Intel's
 * processors, but not on AMD's: there readers cost time. */
extern int fastact_full_width_costs;

/* where they lower the clock too, what is as light as a copy takes half of one beyond the first cache: isa/table.h */
extern int fastact_full_width_slows;

/* the bytes of the output of which the kernel that this thread runs writes a part; 0 where it writes all of one */
extern _Thread_local size_t fastact_whole_bytes __attribute__((tls_model("initial-exec")));

/* set by the kernels of this thread that have stored around the cache, for whoever wants to know which do */
extern _Thread_local int fastact_went_around __attribute__((tls_model("initial-exec")));
#endif
