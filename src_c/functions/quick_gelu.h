/* quick_gelu(x) = x sigmoid(beta x), beta = 1.702 rounded to the dtype: silu with that beta, in float lanes throughout.
 *
 * Main range, abs(x) < 5.6875: 1 / (1 + e^(beta a)) from 16 segments in a itself, so that beta a is never rounded. Tail: as silu, beta a
 * in two parts. Value within 0.806 ulp, worst at -3.11973333.
 *
 * quick_gelu'(-a) from 16 segments, segment 2 centred on the root at -0.75115425; tail with 1 - beta a in two parts.
 * Within 0.868 ulp, worst at -0.504281342. Double lanes: those of silu. */
#include "../math/tables/quick_gelu.h"
#include "../math/tables/quick_gelu_derivative.h"

#define QUICK_GELU_BETA 1.702f
#define QUICK_GELU_END 5.6875f
#define QUICK_GELU_SLOPE_END 5.2025f
INLINE vf quick_gelu_index_f32(vf a, float steps) { return f32_fma(a, f32_set(steps), f32_set(SEGMENT_MAGIC)); }

/* e^-(beta a), a = abs(x) where that does not vanish; product and low are the parts of beta a */
INLINE f32_exp_parts quick_gelu_exp_f32(vf x, vf *product, vf *low) {
    const vf beta = f32_set(QUICK_GELU_BETA), a = f32_min(f32_set(-EXP_F32_LOWEST / QUICK_GELU_BETA), f32_abs(x));
    *product = beta * a;
    *low = f32_fms(beta, a, *product);
    f32_exponent e = f32_exp_reduce(f32_set(0) - *product);
    e.r = e.r - *low;
    return f32_exp_finish(e);
}

INLINE vf quick_gelu_value_main_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(x), index = quick_gelu_index_f32(argument, 1.6f * QUICK_GELU_BETA);
    *outside = f32_not_le(f32_abs(x), f32_set(QUICK_GELU_END));
    return f32_sigmoid_product(x, F32_MIRRORED_AT(quick_gelu, quick_gelu_degree, x, argument, index), quick_gelu_degree);
}
NOINLINE vf quick_gelu_value_tail_f32(vf x) {
    vf product, low;
    const f32_sigmoid_tail s = sigmoid_tail_from_f32(quick_gelu_exp_f32(x, &product, &low));
    return f32_sigmoid_product_tail(x, f32_max(f32_set(EXP_F32_LOWEST), x), f32_set(24), s);
}
UNARY_TAILED_F32(quick_gelu_value)

INLINE f32_pair quick_gelu_slope_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(x), index = quick_gelu_index_f32(argument, 1.75f * QUICK_GELU_BETA);
    *outside = f32_not_le(f32_abs(x), f32_set(QUICK_GELU_SLOPE_END));
    return f32_cumulative_slope_pair(F32_MIRRORED_AT(quick_gelu_derivative, quick_gelu_derivative_last, x, argument, index),
                                     quick_gelu_derivative_degree, x);
}
INLINE f32_product_slope_tail quick_gelu_slope_tail_f32(vf x) {
    vf product, low;
    const f32_exp_parts e = quick_gelu_exp_f32(x, &product, &low);
    return f32_sigmoid_product_slope_tail(e, f32_set(1) - product, f32_set(0) - low);
}

INLINE vf quick_gelu_derivative_main_f32(vf x, mf *outside) {
    const f32_pair s = quick_gelu_slope_f32(x, outside);
    return s.high + s.low;
}
NOINLINE vf quick_gelu_derivative_tail_f32(vf x) { return f32_product_slope_tail_value(quick_gelu_slope_tail_f32(x), x); }
UNARY_TAILED_F32(quick_gelu_derivative)

INLINE vf quick_gelu_backward_main_f32(vf g, vf x, mf *outside) {
    const f32_pair s = quick_gelu_slope_f32(x, outside);
    return f32_fma(g, s.high, g * s.low);
}
NOINLINE vf quick_gelu_backward_tail_f32(vf g, vf x) { return f32_product_slope_tail_times(g, quick_gelu_slope_tail_f32(x), x); }
BINARY_TAILED_F32(quick_gelu_backward, quick_gelu_derivative)

INLINE vd quick_gelu_value_f64(vd x) {
    const vd beta = f64_set(1.702);
    return silu_value_f64(x, &beta);
}
INLINE vd quick_gelu_derivative_f64(vd x) {
    const vd beta = f64_set(1.702);
    return silu_derivative_f64(x, &beta);
}
INLINE vd quick_gelu_backward_f64(vd g, vd x) {
    const vd beta = f64_set(1.702);
    return silu_backward_f64(g, x, &beta);
}
/* short ways to the same numbers */
INLINE vd quick_gelu_value_quick_f64(vd x) {
    const vd beta = f64_set(1.702);
    return silu_value_quick_f64(x, &beta);
}
INLINE vd quick_gelu_derivative_quick_f64(vd x) {
    const vd beta = f64_set(1.702);
    return silu_derivative_quick_f64(x, &beta);
}
INLINE vd quick_gelu_backward_quick_f64(vd g, vd x) {
    const vd beta = f64_set(1.702);
    return silu_backward_quick_f64(g, x, &beta);
}
UNARY_QUICK_F64(quick_gelu_value, quick_gelu_value_quick)
UNARY_QUICK_F64(quick_gelu_derivative, quick_gelu_derivative_quick)
BINARY_QUICK_F64(quick_gelu_backward, quick_gelu_backward_quick)
