/* The kernels without their loops, for evaluate.py. */
#define FASTACT_COMPILER_H
#define INLINE static
#define NOINLINE static
#define MAY_BE_UNUSED
#define PREFETCH(p) ((void)0)
#define PREFETCH_TO_WRITE(p) ((void)0)
#include "types.h"
#include "../simd/simd_scalar.h"

#include "entries.h"

/* gated functions: one element through float lanes and, where these leave it, double lanes */
enum { MAX_PARAMETERS = 4, TAIL_LIST = 16, TAIL_SPAN = 16, TAIL_GROUP = 4, ALIGN_FROM = 64 };
typedef struct {
    int32_t at[TAIL_LIST + 1];
    size_t count;
} f32_far;
#include "../loops/gated.h"
#undef GATED_KERNELS
#undef GATED_LIGHT_KERNELS
#undef GATED_DEFAULT_PASS
#define GATED_F32(lanes, name, pass, inputs, outputs, count)                                      \
    static void gated_##lanes##_##pass##_f32(const vf *x, vf *y, const vf *p) {                   \
        vf z[GATED_OUTPUTS];                                                                      \
        const mf outside = f32_gated_narrow(x, y, outputs, p, lanes##_##pass##_f32);              \
        if (UNLIKELY(outside)) {                                                                  \
            f32_gated_wide(x, inputs, z, outputs, p, count, name##_##pass##_f64);                 \
            for (int k = 0; k < outputs; ++k) y[k] = f32_select(outside, z[k], y[k]);             \
        }                                                                                         \
    }                                                                                             \
    ENTRY(gated_##lanes##_##pass, f32, inputs outputs count)
#define GATED_F64(name, pass, inputs, outputs, count)                                             \
    static void gated_##name##_##pass##_f64(const vd *x, vd *y, const vd *p) { name##_##pass##_f64(x, y, p); } \
    ENTRY(gated_##name##_##pass, f64, inputs outputs count)
#define GATED_BOTH(name, pass, inputs, outputs, count) \
    GATED_F32(name, name, pass, inputs, outputs, count) GATED_F64(name, pass, inputs, outputs, count)
#define GATED_KERNELS(name, count) GATED_BOTH(name, forward, 2, 1, count) GATED_BOTH(name, backward, 3, 2, count)
#define GATED_DEFAULT_PASS(name, pass, inputs, outputs, number)       \
    GATED_BOTH(name, pass, inputs, outputs, 1)                        \
    GATED_F32(name##_default, name, pass, inputs, outputs, 1)         \
    ENTRY(gated_##name##_##pass, usual, number)
#define GATED_LIGHT(name, type, V)                                                                                             \
    static void gated_##name##_forward_##type(const V *x, V *y, const V *p) { y[0] = name##_value_##type(x[0], x[1]); }        \
    static void gated_##name##_backward_##type(const V *x, V *y, const V *p) { name##_backward_##type(x, y); }                 \
    ENTRY(gated_##name##_forward, type, 2 1 0)                                                                                 \
    ENTRY(gated_##name##_backward, type, 3 2 0)
#define GATED_LIGHT_KERNELS(name) GATED_LIGHT(name, f32, vf) GATED_LIGHT(name, f64, vd)
#include "../gated/all.h"
