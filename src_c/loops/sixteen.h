/* float16 and bfloat16, widened to float and rounded once; parameters are floats.
 *
 *   SIXTEEN_KERNELS(relu_value)   kernels relu_value_f16 and relu_value_bf16, in the way that the macro of the float kernel gave
 *                                 (loops/map.h): two vectors at a time; or kernel_relu_value_f32 on a block at a time that stays in the
 *                                 first cache, which costs 0.1 ns a number more where no table is read; for tables and tails, and for
 *                                 single lanes, as these compile sooner */
#ifndef FASTACT_LOOPS_SIXTEEN_H
#define FASTACT_LOOPS_SIXTEEN_H
#include "../kernels.h"
#include <string.h>

enum { SIXTEEN_BLOCK = 1024 };

#define SIXTEEN_LOOPS(type)                                                                                                 \
    static MAY_BE_UNUSED void type##_widen(size_t n, const uint16_t *from, float *to) {                                     \
        size_t i = 0;                                                                                                       \
        for (; i + 4 * F32_LANES <= n; i += 4 * F32_LANES)                                                                  \
            for (size_t j = i; j < i + 4 * F32_LANES; j += F32_LANES) f32_store(to + j, f32_load_##type(from + j));         \
        for (; i + F32_LANES <= n; i += F32_LANES) f32_store(to + i, f32_load_##type(from + i));                            \
        if (i < n) {                                                                                                        \
            uint16_t part[F32_LANES] = {0};                                                                                 \
            memcpy(part, from + i, (n - i) * sizeof *part);                                                                 \
            f32_store_part(to + i, f32_load_##type(part), n - i);                                                           \
        }                                                                                                                   \
    }                                                                                                                       \
    /* four vectors are asked for NaN at once: bfloat16 in 0.7 of the time */                                               \
    static MAY_BE_UNUSED void type##_narrow(size_t n, const float *from, uint16_t *to) {                                    \
        size_t i = 0;                                                                                                       \
        for (; i + 4 * F32_LANES <= n; i += 4 * F32_LANES) {                                                                \
            vf y[4];                                                                                                        \
            for (int k = 0; k < 4; ++k) y[k] = f32_load(from + i + k * F32_LANES);                                          \
            if (UNLIKELY(f32_mask_any(f32_mask_or(f32_unordered(y[0], y[1]), f32_unordered(y[2], y[3])))))                  \
                for (int k = 0; k < 4; ++k) y[k] = f32_canonical(y[k]);                                                     \
            for (int k = 0; k < 4; ++k) f32_store_##type(to + i + k * F32_LANES, y[k]);                                     \
        }                                                                                                                   \
        for (; i + F32_LANES <= n; i += F32_LANES) f32_store_##type(to + i, f32_canonical(f32_load(from + i)));             \
        if (i < n) {                                                                                                        \
            uint16_t part[F32_LANES];                                                                                       \
            f32_store_##type(part, f32_canonical(f32_load_part(from + i, n - i)));                                          \
            memcpy(to + i, part, (n - i) * sizeof *part);                                                                   \
        }                                                                                                                   \
    }                                                                                                                       \
    NOINLINE void type##_in_blocks(size_t n, const uint16_t *a, const uint16_t *b, uint16_t *out, const void *parameters,   \
                                   fastact_map_kernel *kernel) {                                                            \
        float first[SIXTEEN_BLOCK] ALIGNED(64), second[SIXTEEN_BLOCK] ALIGNED(64), y[SIXTEEN_BLOCK] ALIGNED(64);            \
        for (size_t i = 0; i < n; i += SIXTEEN_BLOCK) {                                                                     \
            const size_t count = n - i < SIXTEEN_BLOCK ? n - i : SIXTEEN_BLOCK;                                             \
            type##_widen(count, a + i, first);                                                                              \
            if (b != a) type##_widen(count, b + i, second);                                                                 \
            kernel(count, first, b != a ? second : first, y, parameters);                                                   \
            type##_narrow(count, y, out + i);                                                                               \
        }                                                                                                                   \
    }
#define SIXTEEN_MAP(type)                                                                                                   \
    INLINE void type##_map(size_t n, const uint16_t *a, const uint16_t *b, uint16_t *out, const vf *p, f32_function *f,     \
                           f32_function *full) {                                                                            \
        size_t i = 0;                                                                                                       \
        for (; i + 2 * F32_LANES <= n; i += 2 * F32_LANES) { /* two are asked for NaN at once: 0.85 of the time */          \
            const vf x[2] = {f32_load_##type(a + i), f32_load_##type(a + i + F32_LANES)};                                   \
            const vf z[2] = {f32_load_##type(b + i), f32_load_##type(b + i + F32_LANES)};                                   \
            vf y[2] = {f(x[0], z[0], p), f(x[1], z[1], p)};                                                                 \
            if (UNLIKELY(f32_mask_any(f32_unordered(y[0], y[1]))))                                                          \
                for (int k = 0; k < 2; ++k) y[k] = f32_canonical(full ? full(x[k], z[k], p) : y[k]);                        \
            for (int k = 0; k < 2; ++k) f32_store_##type(out + i + k * F32_LANES, y[k]);                                    \
        }                                                                                                                   \
        if (!full) full = f;                                                                                                \
        if (i + F32_LANES <= n) {                                                                                           \
            f32_store_##type(out + i, f32_canonical(full(f32_load_##type(a + i), f32_load_##type(b + i), p)));              \
            i += F32_LANES;                                                                                                 \
        }                                                                                                                   \
        if (i == n) return;                                                                                                 \
        uint16_t part[2][F32_LANES] = {{0}, {0}};                                                                           \
        memcpy(part[0], a + i, (n - i) * sizeof *a);                                                                        \
        memcpy(part[1], b + i, (n - i) * sizeof *b);                                                                        \
        f32_store_##type(part[0], f32_canonical(full(f32_load_##type(part[0]), f32_load_##type(part[1]), p)));              \
        memcpy(out + i, part[0], (n - i) * sizeof *out);                                                                    \
    }
SIXTEEN_MAP(f16)
SIXTEEN_MAP(bf16)
SIXTEEN_LOOPS(f16)
SIXTEEN_LOOPS(bf16)

/* numbers of which some bits are all that the function changes: two passes over a block and more for one of copying */
INLINE void sixteen_keep(size_t n, const uint16_t *from, uint16_t *out, uint16_t keep, int is_bf16) {
    const uint16_t infinity = is_bf16 ? 0x7F80 : 0x7C00, nan = is_bf16 ? 0x7FC0 : 0x7E00;
    size_t i = 0;
    if (n >= ALIGN_FROM) { /* stores that straddle cache lines cost twice; what is done twice in place comes out the same */
        h16_keep(from, out, keep, infinity, nan);
        i = (0 - (uintptr_t)out / sizeof *out) % H16_LANES;
    }
    for (; i + H16_LANES <= n; i += H16_LANES) h16_keep(from + i, out + i, keep, infinity, nan);
    for (; i < n; ++i) out[i] = (from[i] & 0x7FFF) > infinity ? nan : from[i] & keep;
}

#if F32_LANES == 1
#define SIXTEEN_KERNEL(name, type) \
    static MAY_BE_UNUSED void kernel_##name##_##type(size_t n, const void *a, const void *b, void *out, const void *parameters) { \
        type##_in_blocks(n, a, b ? b : a, out, parameters, kernel_##name##_f32);                                    \
    }
#else
#define SIXTEEN_KERNEL(name, type) \
    static MAY_BE_UNUSED void kernel_##name##_##type(size_t n, const void *a, const void *b, void *out, const void *parameters) { \
        name##_sixteen(n, a, b ? b : a, out, parameters, type##_map);                                               \
    }
#endif
#define SIXTEEN_KERNELS(name) SIXTEEN_KERNEL(name, f16) SIXTEEN_KERNEL(name, bf16)
#endif
