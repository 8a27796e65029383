/* gelu_tanh(x) = x sigmoid(v), v = 2 sqrt(2 / pi) (x + 0.044715 x^3): the tanh form of gelu.
 *
 * Main range, x >= -4.24: sigmoid(-v(a)) from 16 segments, times x with one rounding. Tail: x E (1 - E), E = e^-v(a), v = a (K + K3 a^2)
 * carried as a high and a low part with K = 0x1.988454p0 - 0x1.857936p-25, K3 = 0x1.2444f2p-4 + 0x1.49b16ap-29.
 * Value within 0.743 ulp, worst at -4.06729984.
 *
 * gelu_tanh'(-a) from 16 segments, segment 2 centred on the root at -0.75246142; tail E (1 - a v'(a)), below -4.
 * Within 0.999 ulp, worst at -0.915638506. */
#include "../math/tables/gelu_tanh.h"
#include "../math/tables/gelu_tanh_derivative.h"

INLINE vf gelu_tanh_value_main_f32(vf x, mf *outside) {
    const vf a = f32_min(f32_set(5.2f), f32_abs(x));
    const vf index = f32_min(f32_set(SEGMENT_MAGIC + 15), f32_segment_quadratic(a, 0.426f, 1.6f));
    const f32_segment s = f32_segment_at(gelu_tanh_table, gelu_tanh_degree, a, f32_bits(index));
    *outside = f32_not_ge(x, f32_set(-4.24f));
    return f32_cumulative_times(x, f32_cumulative_pair(&s, gelu_tanh_degree, x));
}

#define GELU_TANH_K 0x1.988454p0f
#define GELU_TANH_K_LOW -0x1.857936p-25f
#define GELU_TANH_K3 0x1.2444f2p-4f
#define GELU_TANH_K3_LOW 0x1.49b16ap-29f

/* square and cubic term with their low parts, slope m = K + K3 a^2, and E = e^(-a m) */
typedef struct {
    vf square, square_low, cubic, cubic_low, m, m_low;
    f32_exp_parts e;
} f32_gelu_tanh_tail;

INLINE f32_gelu_tanh_tail gelu_tanh_tail_f32(vf a) {
    const vf k = f32_set(GELU_TANH_K), k3 = f32_set(GELU_TANH_K3), k3_low = f32_set(GELU_TANH_K3_LOW);
    f32_gelu_tanh_tail t;
    t.square = a * a;
    t.square_low = f32_fms(a, a, t.square);
    t.cubic = k3 * t.square;
    t.cubic_low = f32_fms(k3, t.square, t.cubic);
    t.m = t.cubic + k;
    const vf back = t.m - t.cubic;
    t.m_low = (t.cubic - (t.m - back)) + (k - back);
    t.m_low = t.m_low + (t.cubic_low + f32_fma(k3_low, t.square, f32_fma(k3, t.square_low, f32_set(GELU_TANH_K_LOW))));
    const vf v = a * t.m;
    f32_exponent e = f32_exp_reduce(f32_set(0) - v);
    e.r = e.r - f32_fma(a, t.m_low, f32_fms(a, t.m, v));
    t.e = f32_exp_finish(e);
    return t;
}

NOINLINE vf gelu_tanh_value_tail_f32(vf x) {
    const vf a = f32_min(f32_set(13.6f), f32_abs(x));
    const f32_exp_parts e = gelu_tanh_tail_f32(a).e;
    const vf y = f32_exp_scale_product(a, e.high, f32_fnma(f32_exp_value(e), e.high + e.low, e.low), e);
    return f32_select(f32_unordered(x, x), x, f32_or_sign(y, x));
}
UNARY_TAILED_F32(gelu_tanh_value)

INLINE f32_pair gelu_tanh_slope_f32(vf x, mf *outside) {
    const vf a = f32_min(f32_set(5.6f), f32_abs(x));
    const vf index = f32_min(f32_set(SEGMENT_MAGIC + 15), f32_segment_quadratic(a, 0.2498f, 2.35f));
    const f32_segment s = f32_segment_at(gelu_tanh_derivative_table, gelu_tanh_derivative_degree, a, f32_bits(index));
    *outside = f32_not_ge(x, f32_set(-4));
    return f32_cumulative_slope_pair(&s, gelu_tanh_derivative_degree, index, -0x1.2b33d6p-27f, x);
}

/* E w = 2^n (high + low) with w = 1 - a v'(a), v' = m + 2 cubic */
INLINE f32_pair gelu_tanh_slope_tail_f32(vf x, f32_exp_parts *e) {
    const vf a = f32_min(f32_set(13.6f), f32_abs(x)), two = f32_set(2), one = f32_set(1);
    const f32_gelu_tanh_tail t = gelu_tanh_tail_f32(a);
    const vf twice = t.cubic + t.cubic, slope = t.m + twice;
    const vf slope_low = ((twice - slope) + t.m) + (t.m_low + f32_fma(two, t.cubic_low, two * f32_fma(f32_set(GELU_TANH_K3_LOW), t.square, f32_set(GELU_TANH_K3) * t.square_low)));
    const vf product = a * slope, product_low = f32_fma(a, slope_low, f32_fms(a, slope, product));
    const vf w = one - product, w_low = ((one - w) - product) - product_low;
    *e = t.e;
    const vf high = e->high + e->low, correction = f32_exp_value(*e) * f32_fma(f32_set(-2), w, one);
    return f32_pair_sum(w, e->high, f32_fma(w, e->low, f32_fma(w_low, e->high, high * correction)));
}

INLINE vf gelu_tanh_derivative_main_f32(vf x, mf *outside) {
    const f32_pair s = gelu_tanh_slope_f32(x, outside);
    return s.high + s.low;
}
NOINLINE vf gelu_tanh_derivative_tail_f32(vf x) {
    f32_exp_parts e;
    const f32_pair s = gelu_tanh_slope_tail_f32(x, &e);
    return f32_select(f32_unordered(x, x), x, f32_exp_scale(s.high, e));
}
UNARY_TAILED_F32(gelu_tanh_derivative)

INLINE vf gelu_tanh_backward_main_f32(vf g, vf x, mf *outside) {
    const f32_pair s = gelu_tanh_slope_f32(x, outside);
    return f32_fma(g, s.high, g * s.low);
}
NOINLINE vf gelu_tanh_backward_tail_f32(vf g, vf x) {
    f32_exp_parts e;
    const f32_pair s = gelu_tanh_slope_tail_f32(x, &e);
    const vf down = f32_set(0x1p-10f); /* keeps gradient * w in range until the scaling; exact */
    return f32_select(f32_unordered(x, x), x, f32_exp_scale_product(g, s.high * down, s.low * down, f32_exp_shift(e, 10)));
}
BINARY_TAILED_F32(gelu_tanh_backward, gelu_tanh_derivative)

#include "f64_gelu_tanh.h"
