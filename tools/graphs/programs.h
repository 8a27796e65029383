/* The kernels of rows and of losses, their loops and all, for programs.py; read.py puts before them what the public header says of them. */
#define FASTACT_COMPILER_H
#define FASTACT_H
#define INLINE static inline
#define NOINLINE static
#define MAY_BE_UNUSED
#define PREFETCH(p) prefetch(p)
#define PREFETCH_TO_WRITE(p) ((void)0)
#define STREAM_FENCE() ((void)0)
#include "types.h"
void prefetch(const void *p);
#define f32_scale f32_scale_far
#include "../simd/simd_scalar.h"
#undef f32_scale
#undef F32_LANES
#undef F64_LANES
#define F32_LANES 16
#define F64_LANES 8
/* where a single factor exists, as nearly everywhere */
INLINE vf f32_scale(vf y, vf n, vi t) {
    const vi e = simd_exponent(t);
    if (UNLIKELY(f32_mask_any(e < -126 || e > 127))) return f32_scale_far(y, n, t);
    return y * simd_two_to(e);
}
#include "entries.h"

#define FASTACT_KERNELS_H
enum { fastact_stream_bytes = -1, fastact_full_width_costs = 0 }; /* more than there are: nothing is written around the cache */
#include "../tasks.h"
#include "../rows/all.h"
#include "../losses/all.h"
#include "../joint/all.h"
#include "../learned/all.h"
/* a learned parameter: the kernels of the elementwise function are those that the task brings */
#define LEARNED_KERNELS(name, type, is_double)                                                                                     \
    static void learned_##name##_##type(const learned_task *task) { type##_learned_value(task, (const type##_learned *)task->kernels); } \
    static void learned_##name##_backward_##type(const learned_task *task) {                                                       \
        type##_learned_backward(task, (const type##_learned *)task->kernels, name##_sums_##type);                                  \
    }                                                                                                                              \
    static void learned_##name##_joined_##type(const learned_task *task) {                                                         \
        learned_total total;                                                                                                       \
        for (size_t k = 0; k < task->shape.blocks; ++k)                                                                            \
            learned_take(&task->shape, &total, k, task->sums + k * task->shape.pairs, task->dparameter, is_double);                \
    }                                                                                                                              \
    static void learned_##name##_shape_##type(learned_task *task) {                                                                \
        task->shape = learned_shape_of(task->outer, task->channels, task->inner);                                                  \
    }
#define LEARNED(name, ...) LEARNED_KERNELS(name, f32, 0) LEARNED_KERNELS(name, f64, 1)
#include "../registry.h"
