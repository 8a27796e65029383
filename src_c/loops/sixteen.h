/* float16 and bfloat16, widened to float and rounded once; parameters are floats.
 *
 *   SIXTEEN_KERNELS(tanh_value)        kernels tanh_value_f16 and tanh_value_bf16 from kernel_tanh_value_f32, a block at a time that
 *                                      stays in the first cache
 *   SIXTEEN_LIGHT_KERNELS(relu_value)  the same a vector at a time, for functions that cost no more than two passes over a block, as most
 *                                      backward passes from the output do: relu 0.057 ns a float16 by blocks, 0.048 so, tanh backward
 *                                      from output 0.108 and 0.082; or what the kernel's macro says else (loops/map.h) */
#ifndef FASTACT_LOOPS_SIXTEEN_H
#define FASTACT_LOOPS_SIXTEEN_H
#include "../kernels.h"
#include <string.h>

enum { SIXTEEN_BLOCK = 1024 };

#define SIXTEEN_LOOPS(type)                                                                                                 \
    static MAY_BE_UNUSED void type##_widen(size_t n, const uint16_t *from, float *to) {                                                   \
        size_t i = 0;                                                                                                       \
        for (; i + F32_LANES <= n; i += F32_LANES) f32_store(to + i, f32_load_##type(from + i));                            \
        if (i < n) {                                                                                                        \
            uint16_t part[F32_LANES] = {0};                                                                                 \
            memcpy(part, from + i, (n - i) * sizeof *part);                                                                 \
            f32_store_part(to + i, f32_load_##type(part), n - i);                                                           \
        }                                                                                                                   \
    }                                                                                                                       \
    static MAY_BE_UNUSED void type##_narrow(size_t n, const float *from, uint16_t *to) {                                                  \
        size_t i = 0;                                                                                                       \
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
            if (b) type##_widen(count, b + i, second);                                                                      \
            kernel(count, first, b ? second : NULL, y, parameters);                                                         \
            type##_narrow(count, y, out + i);                                                                               \
        }                                                                                                                   \
    }
#define SIXTEEN_MAP(type)                                                                                                   \
    INLINE void type##_map(size_t n, const uint16_t *a, const uint16_t *b, uint16_t *out, const vf *p, f32_function *f,     \
                           f32_function *full) {                                                                            \
        size_t i = 0;                                                                                                       \
        for (; i + F32_LANES <= n; i += F32_LANES) {                                                                        \
            const vf x = f32_load_##type(a + i), z = f32_load_##type(b + i);                                                \
            vf y = f(x, z, p);                                                                                              \
            if (UNLIKELY(f32_mask_any(f32_unordered(y, y)))) y = f32_canonical(full ? full(x, z, p) : y);                   \
            f32_store_##type(out + i, y);                                                                                   \
        }                                                                                                                   \
        if (i == n) return;                                                                                                 \
        uint16_t part[2][F32_LANES] = {{0}, {0}};                                                                           \
        memcpy(part[0], a + i, (n - i) * sizeof *a);                                                                        \
        memcpy(part[1], b + i, (n - i) * sizeof *b);                                                                        \
        const vf y = (full ? full : f)(f32_load_##type(part[0]), f32_load_##type(part[1]), p);                              \
        f32_store_##type(part[0], f32_canonical(y));                                                                        \
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
    for (; i + H16_LANES <= n; i += H16_LANES) h16_keep(from + i, out + i, keep, infinity, nan);
    for (; i < n; ++i) out[i] = (from[i] & 0x7FFF) > infinity ? nan : from[i] & keep;
}

#define SIXTEEN_KERNEL(name, type) \
    static MAY_BE_UNUSED void kernel_##name##_##type(size_t n, const void *a, const void *b, void *out, const void *parameters) { \
        type##_in_blocks(n, a, b, out, parameters, kernel_##name##_f32);                                            \
    }
#define SIXTEEN_KERNELS(name) SIXTEEN_KERNEL(name, f16) SIXTEEN_KERNEL(name, bf16)

#define SIXTEEN_LIGHT_KERNEL(name, type) \
    static MAY_BE_UNUSED void kernel_##name##_##type(size_t n, const void *a, const void *b, void *out, const void *parameters) { \
        name##_sixteen(n, a, b ? b : a, out, parameters, type##_map);                                               \
    }
#define SIXTEEN_LIGHT_KERNELS(name) SIXTEEN_LIGHT_KERNEL(name, f16) SIXTEEN_LIGHT_KERNEL(name, bf16)
#endif
