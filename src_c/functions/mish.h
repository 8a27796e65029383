/* mish(x) = x tanh(log(1 + e^x)).
 *
 * Main range, x >= -5.99: tanh(softplus(x)) from 16 segments, saturated at 9.2, as a high and a low part; times x with one rounding.
 * Tail: x E (1 - E / 2), E = e^x. Derivative: mish_derivative in double lanes. */
#include "../math/tables/mish.h"

INLINE vf mish_value_main_f32(vf x, mf *outside) {
    const vf bounded = f32_min(f32_set(9.2f), x);
    const vf index = f32_fma(bounded, f32_set(0.92f), f32_set(0.33f) * f32_min(f32_set(0), bounded)) + f32_set(SEGMENT_MAGIC + 7);
    const f32_segment s = f32_segment_at(mish_table, mish_degree, bounded, f32_bits(index));
    const vf q = f32_segment_polynomial(&s, 2, mish_degree);
    f32_pair p;
    p.high = f32_fma(s.d, s.c[1], s.c[0]);
    p.low = f32_fma(s.d * s.d, q, f32_fma(s.d, s.c[1], s.c[0] - p.high));
    *outside = f32_not_ge(x, f32_set(-5.99f));
    return f32_or_sign(f32_cumulative_times(x, p), x);
}
NOINLINE vf mish_value_tail_f32(vf x) {
    const vf bounded = f32_max(f32_set(EXP_F32_LOWEST), x);
    const f32_exp_parts e = f32_exp(bounded);
    const vf low = f32_fnma(f32_set(0.5f) * f32_exp_value(e), e.high + e.low, e.low);
    return f32_exp_scale_product(bounded, e.high, low, e);
}
UNARY_TAILED_F32(mish_value)

#include "f32_mish_derivative.h"
#include "f64_mish.h"
