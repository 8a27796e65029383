/* logit(x) = log(x / (1 - x)), x clamped to [eps, 1 - eps] first where eps > 0; logit'(x) = 1 / (x (1 - x)), 0 where x was clamped.
 * -inf at 0, +inf at 1, the derivative +inf at both; NaN outside [0, 1].
 *
 * eps = 0 in float lanes: with c 2^-k a short reciprocal of x / (1 - x), r = (c 2^-k x - (1 - x)) / (1 - x) goes where log(x) has its own
 * r (math/log_f32.h). Around 1/2, where c 2^-k = 1, the numerator is 2 x - 1, exact, so that relative accuracy holds up to the root.
 * Value within 0.747 ulp, worst at 0.487517893. The derivative's quotient is corrected by its remainder: rounded once, 0.5 ulp.
 * Other eps: the same of what x was clamped to; above 1/2 and where that has no such logarithm, double lanes. */
/* 1 - x for x in [0, 1], and what its rounding lost */
INLINE f32_pair f32_one_minus(vf x) {
    f32_pair y;
    y.high = f32_set(1) - x;
    y.low = (f32_set(1) - y.high) - x;
    return y;
}
/* zeros, negative and subnormal numbers; one and what is above; NaN */
NOINLINE vf logit_value_rare_f32(vf x, vf y) {
    const vf above = f32_select(f32_eq(x, f32_set(1)), f32_set(INFINITY), f32_set(NAN));
    y = f32_select(f32_lt(x, f32_set(LOG_F32_SMALLEST)), f32_log_everywhere(x), y);
    return f32_select(f32_lt(x, f32_set(1)), y, above);
}
INLINE mf logit_is_rare_f32(vf x) {
    return f32_mask_or(f32_not_ge(x, f32_set(LOG_F32_SMALLEST)), f32_not_le(x, f32_set(0x1.fffffep-1f)));
}
INLINE vf logit_value_usual_f32(vf x) {
    const f32_pair rest = f32_one_minus(x);
    const vf reciprocal = f32_set(1) / rest.high;
    const f32_pair parts = f32_log_quotient(x, rest, reciprocal);
    return parts.high + parts.low;
}
INLINE vf logit_value_default_f32(vf x) {
    const vf y = logit_value_usual_f32(x);
    if (UNLIKELY(f32_mask_any(logit_is_rare_f32(x))))
        return logit_value_rare_f32(x, y);
    return y;
}
UNARY_F32(logit_value_default)

/* Double lanes. 1 - t as a pair; where x was clamped at the upper end, the logarithm of the lower end with its sign turned. */
INLINE f64_pair f64_one_minus(vd x) {
    const vd y = f64_set(1) - x;
    return f64_pair_of(y, (f64_set(1) - y) - x);
}
typedef struct {
    md below, above;
} logit_clamped;
INLINE logit_clamped logit_clamped_f64(vd x, vd eps) {
    const md positive = f64_lt(f64_set(0), eps);
    const logit_clamped c = {f64_mask_and(positive, f64_lt(x, eps)), f64_mask_and(positive, f64_lt(f64_set(1) - x, eps))};
    return c;
}
INLINE vd logit_value_far_f64(vd x, const vd *p) {
    const logit_clamped clamped = logit_clamped_f64(x, p[0]);
    const vd t = f64_select(f64_mask_or(clamped.below, clamped.above), p[0], x);
    const f64_pair log = f64_log_pair(f64_pair_ratio(f64_pair_of(t, f64_set(0)), f64_one_minus(t)));
    vd y = f64_select(f64_lt(t, f64_set(1)), log.high + log.low, f64_select(f64_eq(t, f64_set(1)), f64_set(INFINITY), f64_set(NAN)));
    y = f64_select(f64_lt(f64_set(0), t), y, f64_select(f64_eq(t, f64_set(0)), f64_set(-INFINITY), f64_set(NAN)));
    return f64_select(clamped.above, f64_set(0) - y, y);
}
/* As float lanes above; NaN where x is clamped, tiny or no probability. Within 0.541 ulp, worst at 0.50746551564312536. */
INLINE vd logit_value_quick_f64(vd x, const vd *p) {
    const f64_pair rest = f64_one_minus(x), log = f64_log_quotient(x, rest, f64_set(1) / rest.high);
    const md other = f64_not_ge(f64_min(rest.high, x), f64_max(f64_set(0x1p-1022), p[0]));
    return f64_select(other, f64_set(NAN), log.high + log.low);
}
NOINLINE vd logit_value_rare_f64(vd x, const vd *p, vd y) { return f64_select(f64_unordered(y, y), logit_value_far_f64(x, p), y); }
INLINE vd logit_value_f64(vd x, const vd *p) {
    const vd y = logit_value_quick_f64(x, p);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? logit_value_rare_f64(x, p, y) : y;
}
/* g / (x (1 - x)). x below 2^-500 is lifted by 2^500 (its 1 - x is 1), and so is the gradient: no quotient leaves the range unless the
 * result does. */
INLINE vd logit_backward_far_f64(vd g, vd x, const vd *p) {
    const logit_clamped clamped = logit_clamped_f64(x, p[0]);
    const md tiny = f64_lt(f64_abs(x), f64_set(0x1p-500));
    const vd lift = f64_select(tiny, f64_set(0x1p500), f64_set(1)), lifted = lift * g;
    const f64_pair one = f64_one_minus(f64_select(tiny, f64_set(0), x));
    const f64_pair product = f64_product(f64_abs(x) * lift, one.high);
    const vd quotient = f64_set(1) / product.high;
    const vd rest = f64_fnma(quotient, f64_fma(x, one.low, product.low), f64_fnma(quotient, product.high, f64_set(1)));
    const vd largest = f64_set(0x1.fffffffffffffp1023), smallest = f64_set(-0x1.fffffffffffffp1023);
    /* an infinite gradient must not meet a low part of 0 or of the other sign */
    const vd low = f64_finite_low(quotient, rest * quotient), finite = f64_min(largest, f64_max(smallest, lifted));
    vd y = f64_fma(lifted, quotient, f64_min(largest, f64_max(smallest, finite * low)));
    y = f64_select(f64_mask_or(f64_lt(x, f64_set(0)), f64_lt(f64_set(1), x)), f64_set(NAN), y);
    return f64_select(f64_mask_or(clamped.below, clamped.above), f64_set(0), y);
}
/* for an eps of 0 as float lanes below: u the smaller of x and 1 - x, which is exact where it is taken; NaN where u is tiny */
INLINE vd logit_backward_quick_f64(vd g, vd x, const vd *p) {
    const vd least = f64_min(f64_set(1) - x, x), lowest = f64_select(f64_eq(p[0], f64_set(0)), f64_set(0x1p-500), f64_set(INFINITY));
    const vd u = f64_select(f64_not_ge(least, lowest), f64_set(NAN), least);
    const vd product = f64_fnma(u, u, u), lost = f64_fnma(u, u, u - product), r = f64_set(1) / product;
    return f64_fma(g, r, g * (r * f64_fnma(r, lost, f64_fnma(r, product, f64_set(1)))));
}
NOINLINE vd logit_backward_rare_f64(vd g, vd x, const vd *p, vd y) {
    return f64_select(f64_unordered(y, y), logit_backward_far_f64(g, x, p), y);
}
INLINE vd logit_backward_f64(vd g, vd x, const vd *p) {
    const vd y = logit_backward_quick_f64(g, x, p);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? logit_backward_rare_f64(g, x, p, y) : y;
}
INLINE vd logit_derivative_quick_f64(vd x, const vd *p) { return logit_backward_quick_f64(f64_set(1), x, p); }
INLINE vd logit_derivative_f64(vd x, const vd *p) { return logit_backward_f64(f64_set(1), x, p); }
UNARY_P_QUICK_F64(logit_value, 1, logit_value_quick)
UNARY_P_QUICK_F64(logit_derivative, 1, logit_derivative_quick)
BINARY_P_QUICK_F64(logit_backward, 1, logit_backward_quick)

/* eps = 0 in float lanes: with u the smaller of x and 1 - x, which is exact where it is taken, x (1 - x) = u - u^2 as a pair. Double lanes
 * where u is tiny, so that nothing here overflows before the result does, and at the ends. */
NOINLINE vf logit_backward_rare_f32(vf g, vf x, vf y) {
    const vd zero = f64_set(0);
    const vf rare = f32_from_f64(logit_backward_f64(f64_from_f32_low(g), f64_from_f32_low(x), &zero),
                                 logit_backward_f64(f64_from_f32_high(g), f64_from_f32_high(x), &zero));
    return f32_select(f32_unordered(y, y), rare, y);
}
INLINE vf logit_backward_default_quick_f32(vf g, vf x) {
    const vf least = f32_min(f32_set(1) - x, x), u = f32_select(f32_not_ge(least, f32_set(0x1p-60f)), f32_set(NAN), least);
    const vf product = f32_fnma(u, u, u), lost = f32_fnma(u, u, u - product), r = f32_set(1) / product;
    return f32_fma(g, r, g * (r * f32_fnma(r, lost, f32_fnma(r, product, f32_set(1)))));
}
INLINE vf logit_backward_default_f32(vf g, vf x) {
    const vf y = logit_backward_default_quick_f32(g, x);
    return UNLIKELY(f32_mask_any(f32_unordered(y, y))) ? logit_backward_rare_f32(g, x, y) : y;
}
INLINE vf logit_derivative_default_quick_f32(vf x) { return logit_backward_default_quick_f32(f32_set(1), x); }
INLINE vf logit_derivative_default_f32(vf x) { return logit_backward_default_f32(f32_set(1), x); }
UNARY_QUICK_F32(logit_derivative_default, logit_derivative_default_quick)
BINARY_QUICK_F32(logit_backward_default, logit_backward_default_quick)

/* Float lanes with another eps. x itself, or eps where x was clamped, at either end */
typedef struct {
    vf at;
    mf below, above;
} f32_logit_clamped;
INLINE f32_logit_clamped logit_clamped_f32(vf x, vf given) {
    const vf eps = f32_select(f32_lt(f32_set(0.5f), given), f32_set(NAN), f32_parameter(given));
    const mf below = f32_lt(x, eps), above = f32_lt(f32_set(1) - x, eps), unusual = f32_unordered(eps, eps);
    const f32_logit_clamped c = {f32_select(f32_mask_or(f32_mask_or(below, above), unusual), eps, x), below, above};
    return c;
}
INLINE vf logit_value_near_f32(vf x, const vf *p) {
    const f32_logit_clamped c = logit_clamped_f32(x, p[0]);
    const vf y = f32_nan_where(logit_is_rare_f32(c.at), logit_value_usual_f32(c.at));
    return f32_select(c.above, f32_set(0) - y, y);
}
INLINE vf logit_backward_near_f32(vf g, vf x, const vf *p) {
    const f32_logit_clamped c = logit_clamped_f32(x, p[0]);
    return f32_select(f32_mask_or(c.below, c.above), f32_set(0), logit_backward_default_quick_f32(g, c.at));
}
INLINE vf logit_derivative_near_f32(vf x, const vf *p) { return logit_backward_near_f32(f32_set(1), x, p); }
INLINE vd logit_value_wide(vd x, const vd *p) { return logit_value_f64(x, p); }
INLINE vd logit_derivative_wide(vd x, const vd *p) { return logit_derivative_f64(x, p); }
INLINE vd logit_backward_wide(vd g, vd x, const vd *p) { return logit_backward_f64(g, x, p); }
UNARY_NEAR_F32(logit_value, 0.0f)
UNARY_NEAR_F32(logit_derivative, 0.0f)
BINARY_NEAR_F32(logit_backward, 0.0f)
