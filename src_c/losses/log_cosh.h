/* log(cosh(d)), d = pred - target, a = abs(d), e = e^-a, m = e - 1:
 *   a < 1   log(1 + m^2 / (2 e))             nothing cancels at 0
 *   else    (a - log 2) + log(1 + e^2)
 * Gradient tanh(d) = -m (2 + m) / (1 + e^2) with the sign of d, Hessian 4 q / (1 + q)^2, q = e^-2a. Within 0.51 ulp in float,
 * 0.64 in double.
 * Float lanes (float_terms.h): log(cosh(a)) / a and tanh(a) from 16 segments, the same ones, a with what rounding took from d; from
 * a = 9.0125 on a line. Losses and means within 1.7 ulp, gradients 1.02. */
#include "../math/tables/log_cosh.h"

INLINE loss_terms NAMED(log_cosh)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), one = num_set(1, 0), zero = num_set(0, 0);
    const num m = num_expm1(num_negative(a)), e = num_plus(one, m), square = num_square(e);
    const vd two = f64_set(2);
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_VALUE) {
        const md small = f64_lt(num_high(a), f64_set(1));
        const num x = num_select(small, num_ratio(num_square(m), num_scaled(e, two)), square);
        const num base = num_select(small, zero, num_minus(a, num_set(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)));
        r.value = num_plus(base, num_log1p_unit(x));
    }
    if (wants & WANTS_GRADIENT) {
        const num rise = num_times(num_negative(m), num_plus(num_scaled(one, two), m));
        r.gradient = num_with_sign(num_ratio(rise, num_plus(one, square)), d);
    }
    if (wants & WANTS_HESSIAN) {
        const num q = num_exp(num_scaled(a, f64_set(-2)));
        r.hessian = num_ratio(num_scaled(q, f64_set(4)), num_square(num_plus(one, q)));
    }
    (void)parameter;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms log_cosh_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const f32_pair difference = f32_two_difference(pred, target);
    const vf zero = f32_set(0), d = difference.high, whole = f32_abs(d), a = f32_min(f32_set(9.0125f), whole), u = a + f32_set(0.625f);
    const vf lost = f32_xor_sign(difference.low, d), low = f32_select(f32_lt(a, whole), zero, lost);
    const vi index = f32_segment_octave(u);
    const mf first = f32_lt(u, f32_set(0.75f));
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_lt(zero, zero)};
    if (wants & WANTS_VALUE) {
        f32_segment s = f32_segment_at(log_cosh_table, log_cosh_degree, a, index);
        s.d = s.d + low;
        const vf p = f32_segment_polynomial(&s, 1, log_cosh_degree), base = f32_select(first, f32_set(0.5f) * a, s.c[0]);
        const vf h = f32_fma(s.d, p, base), beyond = whole - a, outer = f32_fma(low, h, beyond);
        r.value = f32_pair_of(f32_fma(a, h, outer), lost - low);
        if (wants & WANTS_EACH) { /* which may be weighted: with what the sums above lack */
            const vf h_low = f32_fma(s.d, p, base - h) + f32_select(first, f32_set(0.5f) * low, zero);
            const vf rest = f32_fma(a, h_low, f32_fms(a, h, r.value.high) + outer);
            r.value.low = r.value.low + (rest + ((whole - beyond) - a));
        }
    }
    if (wants & WANTS_GRADIENT) {
        f32_segment s = f32_segment_at(tanh_table, tanh_degree, a, index);
        s.d = s.d + low;
        const vf rest = s.d * f32_segment_polynomial(&s, 1, tanh_degree);
        r.slope.high = f32_xor_sign(f32_select(first, a, s.c[0]), d);
        r.slope.low = f32_xor_sign(rest + f32_select(first, low, zero), d);
    }
    return r;
}
)
POINTWISE_TERMS(log_cosh, 0, 0, f32_usable_always)
