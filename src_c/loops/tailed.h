/* Float loops for functions whose main range is a table in registers and whose far ends need a second, longer kernel.
 *
 *   UNARY_TAILED_F32(sigmoid_value)     from  vf sigmoid_value_main_f32(vf x, mf *outside)  and  vf sigmoid_value_tail_f32(vf x)
 *   BINARY_TAILED_F32(sigmoid_backward, sigmoid_derivative) from  vf ..._main_f32(vf g, vf x, mf *outside),
 *                                       vf ..._tail_f32(vf g, vf x)  and, for gradients that are not finite, the derivative kernel
 *
 * Lanes outside the main range (NaN among them) are collected over a block and run densely; when most of a group is outside it is
 * run in place. A result depends on its own element only, so neither route changes a bit. */
#ifndef FASTACT_LOOPS_TAILED_H
#define FASTACT_LOOPS_TAILED_H
#include "map.h"

enum { TAIL_BLOCK = 1024, TAIL_GROUP = 4 * F32_LANES };

typedef vf f32_main_function(vf a, vf b, mf *outside);
typedef vf f32_tail_function(vf a, vf b);

/* g f'(x) where the two-part product gave NaN: an infinite gradient, or a NaN that must leave as the canonical one */
INLINE vf f32_product_again(vf y, vf g, vf x, fastact_map_kernel *derivative) {
    float at[F32_LANES], slope[F32_LANES];
    f32_store(at, x);
    derivative(F32_LANES, at, NULL, slope, NULL);
    return f32_select(f32_unordered(y, y), f32_canonical(g * f32_load(slope)), y);
}

/* unary passes hand x over twice and have no derivative kernel */
INLINE void f32_tailed(size_t n, const float *a, const float *b, float *out, fastact_map_kernel *derivative, f32_main_function *main,
                       f32_tail_function *tail) {
    const int binary = derivative != NULL;
    float far_a[TAIL_BLOCK + F32_LANES], far_b[TAIL_BLOCK + F32_LANES];
    int32_t far_at[TAIL_BLOCK + F32_LANES];
    size_t i = 0;
    while (i + TAIL_GROUP <= n) {
        const size_t start = i, groups = (n - i) / TAIL_GROUP;
        const size_t end = i + (groups < TAIL_BLOCK / TAIL_GROUP ? groups : TAIL_BLOCK / TAIL_GROUP) * TAIL_GROUP;
        size_t far = 0;
        for (; i < end; i += TAIL_GROUP) {
            mf m0, m1, m2, m3;
            vf y0 = main(f32_load(a + i), f32_load(b + i), &m0);
            vf y1 = main(f32_load(a + i + F32_LANES), f32_load(b + i + F32_LANES), &m1);
            vf y2 = main(f32_load(a + i + 2 * F32_LANES), f32_load(b + i + 2 * F32_LANES), &m2);
            vf y3 = main(f32_load(a + i + 3 * F32_LANES), f32_load(b + i + 3 * F32_LANES), &m3);
            if (binary && UNLIKELY(f32_mask_any(f32_mask_or(f32_unordered(y0, y1), f32_unordered(y2, y3))))) {
                y0 = f32_product_again(y0, f32_load(a + i), f32_load(b + i), derivative);
                y1 = f32_product_again(y1, f32_load(a + i + F32_LANES), f32_load(b + i + F32_LANES), derivative);
                y2 = f32_product_again(y2, f32_load(a + i + 2 * F32_LANES), f32_load(b + i + 2 * F32_LANES), derivative);
                y3 = f32_product_again(y3, f32_load(a + i + 3 * F32_LANES), f32_load(b + i + 3 * F32_LANES), derivative);
            }
            if (UNLIKELY(f32_mask_any(f32_mask_or(f32_mask_or(m0, m1), f32_mask_or(m2, m3))))) {
                const mf m[4] = {m0, m1, m2, m3};
                if (f32_mask_count(m0) + f32_mask_count(m1) + f32_mask_count(m2) + f32_mask_count(m3) > TAIL_GROUP * 3 / 8) {
                    vf y[4] = {y0, y1, y2, y3};
                    for (int v = 0; v < 4; ++v) {
                        const size_t at = i + (size_t)v * F32_LANES;
                        const vf g = f32_load(a + at), x = f32_load(b + at);
                        vf far_y = f32_canonical(tail(g, x));
                        if (binary && UNLIKELY(f32_mask_any(f32_unordered(far_y, far_y)))) far_y = f32_product_again(far_y, g, x, derivative);
                        y[v] = f32_select(m[v], far_y, y[v]);
                    }
                    y0 = y[0], y1 = y[1], y2 = y[2], y3 = y[3];
                } else {
                    for (int v = 0; v < 4; ++v) {
                        const size_t at = i + (size_t)v * F32_LANES;
                        const size_t found = f32_compress(m[v], f32_load(a + at), far_a + far);
                        if (binary) f32_compress(m[v], f32_load(b + at), far_b + far);
                        i32_compress_positions(m[v], (int32_t)(at - start), far_at + far);
                        far += found;
                    }
                }
            }
            f32_store(out + i, y0);
            f32_store(out + i + F32_LANES, y1);
            f32_store(out + i + 2 * F32_LANES, y2);
            f32_store(out + i + 3 * F32_LANES, y3);
        }
        f32_store(far_a + far, f32_set(0)); /* the last vector may run past what was collected */
        if (binary) f32_store(far_b + far, f32_set(0));
        for (size_t j = 0; j < far; j += F32_LANES) {
            float y[F32_LANES];
            const vf g = f32_load(far_a + j);
            const size_t count = far - j < F32_LANES ? far - j : F32_LANES;
            const vf x = binary ? f32_load(far_b + j) : g;
            vf far_y = f32_canonical(tail(g, x));
            if (binary && UNLIKELY(f32_mask_any(f32_unordered(far_y, far_y)))) far_y = f32_product_again(far_y, g, x, derivative);
            f32_store(y, far_y);
            for (size_t k = 0; k < count; ++k) out[start + (size_t)far_at[j + k]] = y[k];
        }
    }
    for (; i < n; i += F32_LANES) {
        const size_t left = n - i < F32_LANES ? n - i : F32_LANES;
        const vf g = f32_load_part(a + i, left), x = f32_load_part(b + i, left);
        mf outside;
        vf y = main(g, x, &outside);
        if (UNLIKELY(f32_mask_any(outside))) y = f32_select(outside, tail(g, x), y);
        if (binary && UNLIKELY(f32_mask_any(f32_unordered(y, y)))) y = f32_product_again(y, g, x, derivative);
        f32_store_part(out + i, f32_canonical(y), left);
    }
}

#define UNARY_TAILED_F32(name)                                                                                       \
    INLINE vf name##_main_adapted(vf a, vf b, mf *outside) { UNUSED(b); return name##_main_f32(a, outside); }         \
    INLINE vf name##_tail_adapted(vf a, vf b) { UNUSED(b); return name##_tail_f32(a); }                               \
    KERNEL(name##_f32) { UNUSED(b), UNUSED(parameters); f32_tailed(n, a, a, out, NULL, name##_main_adapted, name##_tail_adapted); }
#define BINARY_TAILED_F32(name, derivative) \
    KERNEL(name##_f32) { UNUSED(parameters); f32_tailed(n, a, b, out, kernel_##derivative##_f32, name##_main_f32, name##_tail_f32); }
#endif
