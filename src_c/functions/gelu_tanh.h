/* gelu_tanh(x) = x sigmoid(v), v = 2 sqrt(2 / pi) (x + 0.044715 x^3): the tanh form of gelu.
 *
 * Main range, x >= -5.2: sigmoid(-v(a)) from 16 segments, times x with one rounding. Tail: x E (1 - E), E = e^-v(a), v = a (K + K3 a^2)
 * carried as a high and a low part with K = 0x1.988454p0 - 0x1.857936p-25, K3 = 0x1.2444f2p-4 + 0x1.49b16ap-29.
 * Value within 0.973 ulp, worst at -4.81598473.
 *
 * gelu_tanh'(-a) from 16 segments, segment 2 centred on the root at -0.75246142; tail E (1 - a v'(a)), below -4.8.
 * Within 0.958 ulp, worst at -4.52694225. */
#include "../math/tables/gelu_tanh.h"
#include "../math/tables/gelu_tanh_derivative.h"
#include "../math/exp_power_f64.h"

INLINE vf gelu_tanh_bounded_f32(vf x) { return f32_nearer(f32_set(5.2f), x); }

/* sigmoid(v) in two parts */
INLINE f32_pair gelu_tanh_factor_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(gelu_tanh_bounded_f32(x)), index = f32_segment_quadratic(argument, 0.4578f, 0.6f);
    *outside = f32_not_ge(x, f32_set(-5.2f));
    return f32_cumulative_pair(F32_MIRRORED_AT(gelu_tanh, gelu_tanh_degree, x, argument, index), gelu_tanh_degree);
}
INLINE vf gelu_tanh_value_main_f32(vf x, mf *outside) {
    return f32_cumulative_times(x, gelu_tanh_bounded_f32(x), gelu_tanh_factor_f32(x, outside));
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
    const vf argument = f32_mirrored_argument(f32_nearer(f32_set(5.6f), x));
    const vf index = f32_segment_last(f32_segment_quadratic(argument, 0.1181f, 2.45f));
    *outside = f32_not_ge(x, f32_set(-4.8f));
    return f32_cumulative_slope_pair(F32_MIRRORED_AT(gelu_tanh_derivative, gelu_tanh_derivative_last, x, argument, index),
                                     gelu_tanh_derivative_degree, x);
}

/* E w = 2^n (high + low) with w = 1 - a v'(a), v' = m + 2 cubic */
INLINE f32_pair gelu_tanh_slope_tail_f32(vf x, f32_exp_parts *e) {
    const vf a = f32_min(f32_set(13.6f), f32_abs(x)), two = f32_set(2), one = f32_set(1);
    const f32_gelu_tanh_tail t = gelu_tanh_tail_f32(a);
    const vf twice = t.cubic + t.cubic, slope = t.m + twice;
    const vf cubic = two * f32_fma(f32_set(GELU_TANH_K3_LOW), t.square, f32_set(GELU_TANH_K3) * t.square_low);
    const vf slope_low = ((twice - slope) + t.m) + (t.m_low + f32_fma(two, t.cubic_low, cubic));
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
    return f32_select(f32_unordered(x, x), x, f32_exp_scale_product(g, s.high * down, s.low * down, f32_exp_shift(e, f32_set(10))));
}
BINARY_TAILED_F32(gelu_tanh_backward, gelu_tanh_derivative)

/* gelu_tanh in double lanes: x sigmoid(v), v = x (K + K3 x^2) as a pair, one exponential and one division.
 *
 * gelu_tanh'(-a) = E H / (1 + E)^2 with E = e^-v(a) and H = 1 + E - a v'(a), which vanishes at the root a0. There v(a0) - v(a) = d (c + s)
 * and a v'(a) - a0 v'(a0) = -d (c2 + 3 s) with d = a0 - a, s = K3 a (a + a0), c = K + K3 a0^2, c2 = K + 3 K3 a0^2, hence
 *   E = E0 e^(d (c + s)),  H = E0 expm1(d (c + s)) + d (c2 + 3 s):
 * two terms of one sign next to the root, so that relative accuracy holds up to it. gelu_tanh'(a) = 1 - gelu_tanh'(-a).
 *
 * Against MPFR at 5e5 stratified points: value within 0.613 ulp, worst at -5.4727528799196072; derivative within 0.622 ulp, worst at
 * -0.54134164685947006, 0.55 around the root at -0.752461422071016258; subnormal results within 0.744 of 2^-1074, backward within
 * 0.98 (where g times the low part is subnormal). */

#define GELU_TANH_K_F64 0x1.9884533d4364p+0 /* multiples of 2^-47: sums with smaller and larger numbers are exact in parts */
#define GELU_TANH_K_LOW_F64 0x1.08d0fcb3c500cp-48
#define GELU_TANH_K3_F64 0x1.2444f2a4d8b4bp-4
#define GELU_TANH_K3_LOW_F64 -0x1.6c843a29d1c7p-61
#define GELU_TANH_ROOT_SHORT 0x1.81429f9e97e4p-1
#define GELU_TANH_ROOT_REST 0x1.95856e0944121p-50

/* K3 p */
INLINE f64_pair gelu_tanh_cubic_f64(f64_pair p) {
    return f64_pair_product(f64_pair_set(GELU_TANH_K3_F64, GELU_TANH_K3_LOW_F64), p);
}

/* sigmoid(v); below -27.5 even the largest number times it is 0 */
INLINE f64_scaled_pair gelu_tanh_factor_f64(vd x) {
    const vd bounded = f64_min(f64_set(8), f64_max(f64_set(-27.5), x));
    const f64_pair k = f64_pair_set(GELU_TANH_K_F64, GELU_TANH_K_LOW_F64);
    const f64_pair m = f64_pair_sum_ordered(k, gelu_tanh_cubic_f64(f64_product(bounded, bounded)));
    const f64_pair v = f64_pair_product(f64_pair_of(bounded, f64_set(0)), m);
    const f64_exponential exponential = f64_exp_split(v.high, v.low);
    const vd first = f64_exp_first_factor(exponential);
    const f64_pair e = f64_pair_scaled(f64_exp_pair(exponential), first);
    const f64_pair divisor = f64_pair_sum(f64_pair_set(1, 0), e);
    f64_scaled_pair s;
    s.pair = f64_pair_scaled(f64_pair_ratio(f64_exp_pair(exponential), divisor), first);
    s.scale = f64_exp_second_factor(exponential);
    return s;
}
INLINE vd gelu_tanh_value_f64(vd x) { return f64_or_sign(f64_scaled_product(f64_max(f64_set(-27.5), x), gelu_tanh_factor_f64(x)), x); }
UNARY_F64(gelu_tanh_value)

INLINE f64_scaled_pair gelu_tanh_slope_f64(vd x) {
    const vd a = f64_abs(f64_min(f64_set(8), f64_max(f64_set(-27.5), x)));
    const f64_pair difference = f64_sum(f64_set(0x1.81429f9e97e4dp-1), f64_set(0) - a);
    f64_pair d = f64_sum_ordered(difference.high, difference.low + f64_set(-0x1.4f523ed77dbdcp-55));
    d.low = d.low + f64_set(0x1.a649fca8ac0ep-109); /* the root's third part: 0.3 ulp at the double next to it */
    const f64_pair near = f64_sum_ordered(f64_set(GELU_TANH_ROOT_SHORT), a);
    const f64_pair sum = f64_pair_of(near.high, near.low + f64_set(GELU_TANH_ROOT_REST));
    const f64_pair s = gelu_tanh_cubic_f64(f64_pair_product(f64_pair_of(a, f64_set(0)), sum));
    const f64_pair u = f64_pair_product(d, f64_pair_sum_ordered(f64_pair_set(0x1.a2dc0b014e2p+0, 0x1.f6a83af51172dp-50), s));
    /* 3 s + c2 */
    const vd three = f64_set(3), c2 = f64_set(0x1.b78b7a89639p+0), slope = f64_fma(three, s.high, c2);
    const vd slope_low = f64_fma(three, s.low, f64_fma(three, s.high, c2 - slope)) + f64_set(0x1.d9d70cb410c53p-46);
    const f64_pair linear = f64_pair_product(d, f64_pair_of(slope, slope_low));

    const f64_pair e0 = f64_pair_set(0x1.2af64e9c485eep-2, -0x1.3ca470b477afcp-57);
    const f64_exp_power power = f64_exp_power_of(u);
    const f64_pair mantissa = f64_pair_product(e0, power.pair), e = f64_pair_scaled(mantissa, power.first);
    const f64_pair h = f64_pair_sum_ordered(linear, f64_pair_product(e0, power.minus_one));
    const f64_pair divisor = f64_pair_square(f64_pair_sum_ordered(f64_pair_set(1, 0), e));
    const f64_pair tail = f64_pair_scaled(f64_pair_ratio(f64_pair_product(mantissa, h), divisor), power.first);
    const f64_pair head = f64_sum_ordered(f64_set(1), f64_set(0) - tail.high);
    f64_scaled_pair r;
    r.pair = f64_pair_select(f64_lt(x, f64_set(0)), tail, f64_pair_of(head.high, head.low - tail.low));
    r.scale = power.second;
    return r;
}
INLINE vd gelu_tanh_derivative_f64(vd x) { return f64_scaled_value(gelu_tanh_slope_f64(x)); }
UNARY_F64(gelu_tanh_derivative)
INLINE vd gelu_tanh_backward_f64(vd g, vd x) { return f64_scaled_product(g, gelu_tanh_slope_f64(x)); }
BINARY_F64(gelu_tanh_backward)
