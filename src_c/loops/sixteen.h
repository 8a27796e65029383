/* float16 and bfloat16: blocks widened to float, run by the float kernel, rounded once. A block stays in the first cache.
 *
 *   SIXTEEN_KERNELS(tanh_value)    kernels tanh_value_f16 and tanh_value_bf16 from kernel_tanh_value_f32; parameters are floats */
#ifndef FASTACT_LOOPS_SIXTEEN_H
#define FASTACT_LOOPS_SIXTEEN_H
#include "../kernels.h"
#include <string.h>

enum { SIXTEEN_BLOCK = 1024 };

#define SIXTEEN_LOOPS(type)                                                                                                 \
    static void type##_widen(size_t n, const uint16_t *from, float *to) {                                                   \
        size_t i = 0;                                                                                                       \
        for (; i + F32_LANES <= n; i += F32_LANES) f32_store(to + i, f32_load_##type(from + i));                            \
        if (i < n) {                                                                                                        \
            uint16_t part[F32_LANES] = {0};                                                                                 \
            memcpy(part, from + i, (n - i) * sizeof *part);                                                                 \
            f32_store_part(to + i, f32_load_##type(part), n - i);                                                           \
        }                                                                                                                   \
    }                                                                                                                       \
    static void type##_narrow(size_t n, const float *from, uint16_t *to) {                                                  \
        size_t i = 0;                                                                                                       \
        for (; i + F32_LANES <= n; i += F32_LANES) f32_store_##type(to + i, f32_load(from + i));                            \
        if (i < n) {                                                                                                        \
            uint16_t part[F32_LANES];                                                                                       \
            f32_store_##type(part, f32_load_part(from + i, n - i));                                                         \
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
SIXTEEN_LOOPS(f16)
SIXTEEN_LOOPS(bf16)

#define SIXTEEN_KERNEL(name, type) \
    static void kernel_##name##_##type(size_t n, const void *a, const void *b, void *out, const void *parameters) { \
        type##_in_blocks(n, a, b, out, parameters, kernel_##name##_f32);                                            \
    }
#define SIXTEEN_KERNELS(name) SIXTEEN_KERNEL(name, f16) SIXTEEN_KERNEL(name, bf16)
#endif
