/* Float lanes for other parameters than the defaults (UNARY_NEAR_F32 in loops/tailed.h): the argument of the default's table comes in two
 * parts, and so does what a parameter multiplies. NaN leaves an element to double lanes. */
#ifndef FASTACT_MATH_NEAR_F32_H
#define FASTACT_MATH_NEAR_F32_H

/* a parameter; NaN where products with it might leave the range */
INLINE vf f32_parameter(vf p) {
    const vf a = f32_abs(p);
    return f32_select(f32_mask_or(f32_not_ge(a, f32_set(0x1p-60f)), f32_not_le(a, f32_set(0x1p60f))), f32_set(NAN), p);
}
/* where x is so small that what its product with a parameter loses is no float; 0 is not */
INLINE mf f32_is_tiny(vf x) { return f32_mask_and(f32_lt(f32_abs(x), f32_set(0x1p-30f)), f32_lt(f32_set(0), f32_abs(x))); }
/* abs(u) */
INLINE f32_pair f32_pair_abs(f32_pair u) { return f32_pair_of(f32_abs(u.high), f32_xor_sign(u.low, u.high)); }
INLINE vf f32_nan_where(mf m, vf y) { return f32_select(m, f32_set(NAN), y); }
/* a, or NaN beyond the end of a table */
INLINE f32_pair f32_pair_below(f32_pair a, float end) {
    return f32_pair_of(a.high, f32_nan_where(f32_not_le(a.high, f32_set(end)), a.low));
}
/* a, or the end where that is less: low parts of larger numbers would be large */
INLINE f32_pair f32_pair_bounded(f32_pair a, vf end) {
    return f32_pair_of(f32_min(end, a.high), f32_select(f32_lt(a.high, end), a.low, f32_set(0)));
}
/* a segment at a.high, moved to a */
INLINE f32_segment f32_segment_moved(f32_segment s, f32_pair a) {
    s.d = s.d + a.low;
    return s;
}
/* e^-a, a bounded */
INLINE f32_exp_parts f32_exp_minus_near(f32_pair a) {
    f32_exponent e = f32_exp_reduce(f32_set(0) - a.high);
    e.r = e.r - a.low;
    return f32_exp_finish(e);
}
/* abs(u) where its exponential is taken */
INLINE f32_pair f32_exponent_near(f32_pair u) { return f32_pair_bounded(f32_pair_abs(u), f32_set(-EXP_F32_LOWEST)); }
/* beyond, E = e^-u vanishes beside 1 */
#define NEAR_SATURATED 24
/* g slope, rounded once */
INLINE vf f32_times_pair(vf g, f32_pair slope) { return f32_fma(g, slope.high, g * slope.low); }
/* 2^n (high + low) g, rounded once */
INLINE vf f32_exp_scale_pair(f32_pair g, f32_exp_parts e) {
    return f32_exp_scale(f32_fma(g.high, e.high, f32_fma(g.high, e.low, g.low * e.high)), e);
}
/* odd functions that are their argument near 0, by segments at index u = a.high + a constant: there, u below `first`, c0 is a.high itself */
INLINE f32_pair f32_segment_through_zero(const f32_segment *s, int degree, f32_pair a, vf u, float first) {
    const mf near = f32_lt(u, f32_set(first));
    const vf p = f32_segment_polynomial(s, 1, degree), base = f32_select(near, a.high, s->c[0]), high = f32_fma(s->d, p, base);
    return f32_pair_of(high, f32_fma(s->d, p, base - high) + f32_select(near, a.low, f32_set(0)));
}
#endif
