/* What silu and quick_gelu share: x F(x), F a logistic function whose F(-a) comes in 16 segments, and the slope f' of that product with
 * its root in segment 2 of a table of f'(-a); f'(a) = 1 - f'(-a). Tails from E = e^-u, u the argument of the logistic function. */
#ifndef FASTACT_MATH_SIGMOID_PRODUCT_F32_H
#define FASTACT_MATH_SIGMOID_PRODUCT_F32_H

/* F(x): c0 and the rest are kept as an exact high and a low part, so that x times their sum is rounded once */
INLINE f32_pair f32_sigmoid_factor(f32_mirrored m, int degree) {
    const vf p = f32_segment_polynomial(&m.segment, 1, degree);
    f32_pair r;
    r.high = f32_fma(m.step, p, m.base);
    r.low = f32_fma(m.step, p, m.base - r.high);
    return r;
}
INLINE vf f32_sigmoid_product(vf x, f32_mirrored m, int degree) {
    const f32_pair factor = f32_sigmoid_factor(m, degree);
    return f32_fma(x, factor.high, x * factor.low);
}
/* bounded is x where e^x does not vanish; x itself above `saturated` */
INLINE vf f32_sigmoid_product_tail(vf x, vf bounded, vf saturated, f32_sigmoid_tail s) {
    const vf negative = f32_exp_scale_product(bounded, s.e.high, s.low, s.e);
    return f32_select(f32_sign_clear(x), f32_select(f32_lt(saturated, x), x, f32_fnma(x, s.correction, x)), negative);
}

typedef struct {
    vf step, slope, base; /* f'(x) = step slope + base */
    mf root;              /* where the product is the larger term: the root's segment, x < 0 */
} f32_product_slope;

/* q = d (c2 + c3 d + ...) */
INLINE f32_product_slope f32_sigmoid_product_slope(f32_mirrored m, vf q, mf root) {
    const f32_product_slope r = {m.step, f32_select(root, m.segment.c[1], m.segment.c[1] + q),
                                 f32_select(root, f32_fma(q, m.segment.d, m.base), m.base), root};
    return r;
}
INLINE vf f32_product_slope_value(f32_product_slope s) { return f32_fma(s.step, s.slope, s.base); }
INLINE f32_pair f32_product_slope_pair(f32_product_slope s) {
    f32_pair r;
    r.high = f32_fma(s.step, s.slope, s.base);
    /* what the sum lost, the larger term taken off first */
    r.low = f32_select(s.root, f32_fms(s.step, s.slope, r.high) + s.base, f32_fma(s.step, s.slope, s.base - r.high));
    return r;
}
INLINE vf f32_product_slope_times(vf g, f32_product_slope s) {
    const f32_pair slope = f32_product_slope_pair(s);
    return f32_fma(g, slope.high, g * slope.low);
}

typedef struct {
    f32_exp_parts e;
    f32_pair negative; /* f'(-a) = 2^n (high + low) */
    vf positive;       /* f'(a) = 1 - positive */
} f32_product_slope_tail;

/* E (w + E (1 - 2 w) + E^2 (3 w - 2)), w + w_low = 1 - u */
INLINE f32_product_slope_tail f32_sigmoid_product_slope_tail(f32_exp_parts e, vf w, vf w_low) {
    f32_product_slope_tail s;
    s.e = e;
    const vf high = s.e.high + s.e.low, small = f32_exp_value(s.e);
    const vf second = f32_fma(f32_set(-2), w, f32_set(1)), third = f32_fma(f32_set(3), w, f32_set(-2));
    s.negative = f32_pair_sum(w, s.e.high, f32_fma(w, s.e.low, high * (f32_fma(small, second, small * small * third) + w_low)));
    s.positive = small * f32_fma(small, second, w);
    return s;
}
INLINE vf f32_product_slope_tail_value(f32_product_slope_tail s, vf x) {
    return f32_select(f32_sign_clear(x), f32_set(1) - s.positive, f32_exp_scale(s.negative.high, s.e));
}
INLINE vf f32_product_slope_tail_times(vf g, f32_product_slope_tail s, vf x) {
    const vf down = f32_set(0x1p-10f); /* keeps gradient * w in range until the scaling; exact */
    const vf negative = f32_exp_scale_product(g, s.negative.high * down, s.negative.low * down, f32_exp_shift(s.e, f32_set(10)));
    return f32_select(f32_sign_clear(x), f32_fnma(g, s.positive, g), negative);
}
#endif
