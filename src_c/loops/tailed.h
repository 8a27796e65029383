/* Float loops for functions whose main range is a table in registers and whose far ends need a second, longer kernel.
 *
 *   UNARY_TAILED_F32(sigmoid_value)     from  vf sigmoid_value_main_f32(vf x, mf *outside)  and  vf sigmoid_value_tail_f32(vf x)
 *   BINARY_TAILED_F32(sigmoid_backward, sigmoid_derivative) from  vf ..._main_f32(vf g, vf x, mf *outside),
 *                                       vf ..._tail_f32(vf g, vf x)  and, for gradients that are not finite, the derivative kernel
 *   UNARY_NEAR_F32(silu_value, 1)     where the parameters have their defaults, here one of 1, the kernel silu_value_default; else from
 *                                     vf silu_value_near_f32(vf x, const vf *p)  and, where that is NaN, from
 *                                     vd silu_value_wide(vd x, const vd *p), rounded once
 *   BINARY_NEAR_F32(silu_backward, 1) the same from  vf ..._near_f32(vf g, vf x, const vf *p)  and  vd ..._wide(vd g, vd x, const vd *p)
 *   UNARY_NEAR_TAILED_F32, BINARY_NEAR_TAILED_F32   the same with  vf ..._far_f32  between the two, of which only NaN goes to double lanes
 *
 * Lanes outside the main range (NaN among them) are collected over a span and run densely; when most of a group is outside it is
 * run in place. A result depends on its own element only, so neither route changes a bit. */
#ifndef FASTACT_LOOPS_TAILED_H
#define FASTACT_LOOPS_TAILED_H
#include "map.h"

/* The far lanes of up to TAIL_SPAN elements are collected before the tail runs: it is a hundred cycles deep, and where one lane of a
 * thousand is far, shorter spans would wait for it again and again (silu on normal(0, 3): 0.177 ns a float for 1024, 0.162 for 16384).
 * Where more are far, a span ends at about 100 of them: what they are taken from and written to is in the first cache still (tanh
 * backward on normal(0, 3) 0.587 for 1000, 0.526 for 100, gelu 0.458 and 0.434; Emerald Rapids). */
enum { TAIL_LIST = 160, TAIL_SPAN = 16384, TAIL_GROUP = 4 * F32_LANES };

typedef vf f32_main_function(vf a, vf b, const vf *p, mf *outside);
typedef vf f32_tail_function(vf a, vf b, const vf *p);

/* g f'(x) where the two-part product gave NaN: an infinite gradient, or a NaN that must leave as the canonical one. A slope that is 0
 * at a finite x only because it underflowed keeps its sign: infinity times it is infinity. */
INLINE vf f32_product_again(vf y, vf g, vf x, fastact_map_kernel *derivative) {
    float at[F32_LANES], slopes[F32_LANES];
    f32_store(at, x);
    derivative(F32_LANES, at, NULL, slopes, NULL);
    const vf slope = f32_load(slopes);
    const mf underflowed = f32_mask_and(f32_eq(slope, f32_set(0)), f32_lt(f32_abs(x), f32_set(INFINITY)));
    const vf product = g * f32_select(underflowed, f32_or_sign(f32_set(1), slope), slope);
    return f32_select(f32_unordered(y, y), f32_canonical(product), y);
}

/* where in the span the lanes outside the main range are */
typedef struct {
    int32_t at[TAIL_LIST + F32_LANES];
    size_t count;
} f32_far;

/* four vectors' lanes outside the main range, a bit a lane, the first the lowest */
INLINE uint64_t f32_group_bits(const mf *outside) {
    uint64_t bits = 0;
    for (int v = 0; v < 4; ++v) bits |= (uint64_t)f32_mask_bits(outside[v]) << v * F32_LANES;
    return bits;
}
/* Collects them, four at a time: how many there are is not foreseen, and a wrong guess costs more than places that are written in vain.
 * Against a compressed store a vector, gelu on normal(0, 3) takes 0.93 of the time on a Zen 5. */
INLINE void f32_collect(f32_far *far, uint64_t bits, size_t first) {
    int32_t *p = far->at + far->count;
    const int count = COUNT_BITS(bits);
    far->count += (size_t)count;
    for (int j = 0; j < count; j += 4)
        for (int k = 0; k < 4; ++k, bits &= bits - 1) p[j + k] = (int32_t)first + LOWEST_BIT(bits | (uint64_t)1 << 63);
}

INLINE vf f32_tail_checked(vf g, vf x, const vf *p, fastact_map_kernel *derivative, f32_tail_function *tail) {
    const vf y = f32_canonical(tail(g, x, p));
    if (derivative && UNLIKELY(f32_mask_any(f32_unordered(y, y)))) return f32_product_again(y, g, x, derivative);
    return y;
}

INLINE void f32_run_far(const f32_far *far, const float *a, const float *b, float *out, const vf *p, fastact_map_kernel *derivative,
                        f32_tail_function *tail) {
    float packed_a[TAIL_LIST + F32_LANES], packed_b[TAIL_LIST + F32_LANES], y[TAIL_LIST + F32_LANES];
    for (size_t j = 0; j < far->count; ++j) packed_a[j] = a[far->at[j]];
    f32_store(packed_a + far->count, f32_set(0)); /* the last vector may run past what was collected */
    if (a != b) {
        for (size_t j = 0; j < far->count; ++j) packed_b[j] = b[far->at[j]];
        f32_store(packed_b + far->count, f32_set(0));
    }
    for (size_t j = 0; j < far->count; j += F32_LANES) {
        const vf g = f32_load(packed_a + j);
        f32_store(y + j, f32_tail_checked(g, a != b ? f32_load(packed_b + j) : g, p, derivative, tail));
    }
    for (size_t j = 0; j < far->count; ++j) out[far->at[j]] = y[j];
}

/* Long arrays are asked for ahead, outputs to be written: between the caches 0.95 to 0.97 of the time (silu of 2^20 floats 0.308 to
 * 0.291 ns, gelu 0.358 to 0.345; Emerald Rapids). Backward passes gain by outputs alone. A Zen 5 may lose by it (losses/light.h). */
enum { TAIL_FETCH_FROM = 1 << 17, TAIL_READ_AHEAD = 1024, TAIL_WRITE_AHEAD = 384 };
INLINE void f32_fetch_ahead(const float *a, const float *b, const float *out) {
    for (int line = 0; line < TAIL_GROUP; line += 16) {
        PREFETCH_TO_WRITE(out + TAIL_WRITE_AHEAD + line);
        if (a == b) PREFETCH(a + TAIL_READ_AHEAD + line);
    }
}

/* Unary passes hand x over twice; they, and tails that mind gradients themselves, have no derivative kernel. The groups from i on; returns
 * where they end. */
INLINE size_t f32_tailed_groups(size_t i, size_t n, const float *a, const float *b, float *out, const vf *p, fastact_map_kernel *derivative,
                                f32_main_function *main, f32_tail_function *tail) {
    const int fetch = fastact_full_width_costs && n >= TAIL_FETCH_FROM;
    f32_far far;
    while (i + TAIL_GROUP <= n) {
        const size_t start = i, groups = (n - i) / TAIL_GROUP;
        const size_t end = i + (groups < TAIL_SPAN / TAIL_GROUP ? groups : TAIL_SPAN / TAIL_GROUP) * TAIL_GROUP;
        far.count = 0;
        for (; i < end && far.count <= TAIL_LIST - TAIL_GROUP; i += TAIL_GROUP) {
            mf m[4];
            vf y[4];
            if (fetch) f32_fetch_ahead(a + i, b + i, out + i);
            for (int v = 0; v < 4; ++v) y[v] = main(f32_load(a + i + v * F32_LANES), f32_load(b + i + v * F32_LANES), p, m + v);
            if (derivative && UNLIKELY(f32_mask_any(f32_mask_or(f32_unordered(y[0], y[1]), f32_unordered(y[2], y[3])))))
                for (int v = 0; v < 4; ++v)
                    y[v] = f32_product_again(y[v], f32_load(a + i + v * F32_LANES), f32_load(b + i + v * F32_LANES), derivative);
            if (UNLIKELY(f32_mask_any(f32_mask_or(f32_mask_or(m[0], m[1]), f32_mask_or(m[2], m[3]))))) {
                const uint64_t bits = f32_group_bits(m);
                if (COUNT_BITS(bits) > TAIL_GROUP * 3 / 8) {
                    for (int v = 0; v < 4; ++v)
                        y[v] = f32_select(m[v], f32_tail_checked(f32_load(a + i + v * F32_LANES), f32_load(b + i + v * F32_LANES),
                                                                 p, derivative, tail), y[v]);
                } else {
                    f32_collect(&far, bits, i - start);
                    for (int v = 0; v < 4; ++v) f32_store_but(out + i + v * F32_LANES, m[v], y[v]); /* in place, the input waits there */
                    continue;
                }
            }
            for (int v = 0; v < 4; ++v) f32_store(out + i + v * F32_LANES, y[v]);
        }
        if (far.count) f32_run_far(&far, a + start, b + start, out + start, p, derivative, tail);
    }
    return i;
}

/* How many elements lie before the first line of an output that is long enough. Stores, and loads of arrays that lie as it does, would
 * straddle two lines: silu of 2^20 floats 0.338 instead of 0.315 ns, tanh backward 0.433 instead of 0.407 (Emerald Rapids). */
enum { TAIL_ALIGN_FROM = 1024 };
INLINE size_t f32_tailed_head(const float *out, size_t n) {
    return n < TAIL_ALIGN_FROM ? 0 : (size_t)(-(intptr_t)out & 63) / sizeof(float);
}

INLINE void f32_tailed(size_t n, const float *a, const float *b, float *out, const vf *p, fastact_map_kernel *derivative,
                       f32_main_function *main, f32_tail_function *tail) {
    size_t i = 0, until = f32_tailed_head(out, n);
    for (;;) { /* the head, the groups, and what they leave */
        while (i < until) {
            const size_t left = until - i < F32_LANES ? until - i : F32_LANES;
            const vf g = f32_load_part(a + i, left), x = f32_load_part(b + i, left);
            mf outside;
            vf y = main(g, x, p, &outside);
            if (UNLIKELY(f32_mask_any(outside))) y = f32_select(outside, tail(g, x, p), y);
            if (derivative && UNLIKELY(f32_mask_any(f32_unordered(y, y)))) y = f32_product_again(y, g, x, derivative);
            f32_store_part(out + i, f32_canonical(y), left);
            i += left;
        }
        if (until == n) return;
        i = f32_tailed_groups(i, n, a, b, out, p, derivative, main, tail);
        until = n;
    }
}

#define ADAPT_TAILED_UNARY(name)                                                                                                    \
    INLINE vf name##_main_adapted(vf a, vf b, const vf *p, mf *outside) { UNUSED(b), UNUSED(p); return name##_main_f32(a, outside); } \
    INLINE vf name##_tail_adapted(vf a, vf b, const vf *p) { UNUSED(b), UNUSED(p); return name##_tail_f32(a); }
#define ADAPT_TAILED_BINARY(name)                                                                                                   \
    INLINE vf name##_main_adapted(vf a, vf b, const vf *p, mf *outside) { UNUSED(p); return name##_main_f32(a, b, outside); }        \
    INLINE vf name##_tail_adapted(vf a, vf b, const vf *p) { UNUSED(p); return name##_tail_f32(a, b); }
#define UNARY_TAILED_F32(name)                                                                          \
    ADAPT_TAILED_UNARY(name)                                                                            \
    KERNEL(name##_f32) {                                                                                \
        UNUSED(b), UNUSED(parameters);                                                                  \
        f32_tailed(n, a, a, out, NULL, NULL, name##_main_adapted, name##_tail_adapted);                 \
    }                                                                                                   \
    SIXTEEN_BLOCKS_f32(name)
#define BINARY_TAILED_F32(name, derivative)                                                             \
    ADAPT_TAILED_BINARY(name)                                                                           \
    KERNEL(name##_f32) {                                                                                \
        UNUSED(parameters);                                                                             \
        f32_tailed(n, a, b, out, NULL, kernel_##derivative##_f32, name##_main_adapted, name##_tail_adapted); \
    }                                                                                                   \
    SIXTEEN_BLOCKS_f32(name)

#define ADAPT_NEAR_UNARY(name)                                                                          \
    INLINE vd name##_wide_adapted(vd a, vd b, const vd *p) { UNUSED(b); return name##_wide(a, p); }     \
    INLINE vf name##_near_adapted(vf a, vf b, const vf *p) { UNUSED(b); return name##_near_f32(a, p); }
#define ADAPT_NEAR_BINARY(name)                                                                         \
    INLINE vd name##_wide_adapted(vd a, vd b, const vd *p) { return name##_wide(a, b, p); }             \
    INLINE vf name##_near_adapted(vf a, vf b, const vf *p) { return name##_near_f32(a, b, p); }
#define ADAPT_FAR_UNARY(name) INLINE vf name##_far_adapted(vf a, vf b, const vf *p) { UNUSED(b); return name##_far_f32(a, p); }
#define ADAPT_FAR_BINARY(name) INLINE vf name##_far_adapted(vf a, vf b, const vf *p) { return name##_far_f32(a, b, p); }
#define FAR_OR_WIDE(name)                                                                               \
    NOINLINE vf name##_far_or_wide(vf a, vf b, const vf *p) {                                           \
        const vf y = name##_far_adapted(a, b, p);                                                       \
        const mf wide = f32_unordered(y, y);                                                            \
        return UNLIKELY(f32_mask_any(wide)) ? f32_select(wide, name##_f32_wide(a, b, p), y) : y;        \
    }
#define NEAR_KERNELS_F32(name, second, rest)                                                            \
    INLINE vf name##_near_main(vf a, vf b, const vf *p, mf *outside) {                                  \
        const vf y = name##_near_adapted(a, b, p);                                                      \
        *outside = f32_unordered(y, y);                                                                 \
        return y;                                                                                       \
    }                                                                                                   \
    INLINE vf name##_near_or_wide(vf a, vf b, const vf *p) {                                            \
        const vf y = name##_near_adapted(a, b, p);                                                      \
        return f32_select(f32_unordered(y, y), name##_##rest(a, b, p), y);                              \
    }                                                                                                   \
    DEFAULT_KERNELS_F32(name, second,                                                                   \
        f32_tailed(n, a, last, out, p, NULL, name##_near_main, name##_##rest),                          \
        f32_map_long_arrays(n, a, last, out, p, name##_parameters, name##_near_adapted, name##_near_or_wide))
#define UNARY_NEAR_F32(name, ...)                                                                       \
    ADAPT_NEAR_UNARY(name) DEFAULTS_F32(name, name##_wide_adapted, __VA_ARGS__)                         \
    NEAR_KERNELS_F32(name, (UNUSED(b), a), f32_wide)
#define BINARY_NEAR_F32(name, ...)                                                                      \
    ADAPT_NEAR_BINARY(name) DEFAULTS_F32(name, name##_wide_adapted, __VA_ARGS__)                        \
    NEAR_KERNELS_F32(name, b, f32_wide)
#define UNARY_NEAR_TAILED_F32(name, ...)                                                                \
    ADAPT_NEAR_UNARY(name) ADAPT_FAR_UNARY(name) DEFAULTS_F32(name, name##_wide_adapted, __VA_ARGS__)   \
    FAR_OR_WIDE(name) NEAR_KERNELS_F32(name, (UNUSED(b), a), far_or_wide)
#define BINARY_NEAR_TAILED_F32(name, ...)                                                               \
    ADAPT_NEAR_BINARY(name) ADAPT_FAR_BINARY(name) DEFAULTS_F32(name, name##_wide_adapted, __VA_ARGS__) \
    FAR_OR_WIDE(name) NEAR_KERNELS_F32(name, b, far_or_wide)
#endif
