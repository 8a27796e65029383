/* What gelu and gelu_tanh share: x F(x) for a distribution function F with F(-a) in 16 segments, and the slope f' of such a product
 * with its root at the centre of a segment. High and low parts are kept apart until the last fma, where d c1 reaches half of the result. */
#ifndef FASTACT_MATH_CUMULATIVE_F32_H
#define FASTACT_MATH_CUMULATIVE_F32_H

/* F(x) from F(-a) = c0 + c1 d + d^2 q: mirrored to 1 - F(-a) for positive x */
INLINE f32_pair f32_cumulative_pair(const f32_segment *s, int degree, vf x) {
    const vf q = f32_segment_polynomial(s, 2, degree), d = f32_xor_not_sign(s->d, x);
    const vf base = f32_select(f32_sign_clear(x), f32_set(1) - s->c[0], s->c[0]);
    f32_pair r;
    r.high = f32_fma(d, s->c[1], base);
    r.low = f32_fma(d * s->d, q, f32_fma(d, s->c[1], base - r.high));
    return r;
}

/* x times the pair; bounded is x, but finite where the low part counts for nothing: a low part of 0 must not meet x = +inf */
INLINE vf f32_cumulative_times(vf x, vf bounded, f32_pair p) { return f32_fma(x, p.high, bounded * p.low); }

/* The slope: F' is mirrored likewise. c0 of the root's segment is 0, so that d c1 may be the larger term there, and what it is belongs to
 * the low part, as does what a float cannot hold of its c1: `lows` has both, a row each, and 0 for the other segments. */
INLINE f32_pair f32_cumulative_slope_pair(const f32_segment *s, int degree, const float (*lows)[16], vi index, vf x) {
    const vf q = f32_fma(f32_segment_polynomial(s, 2, degree), s->d, f32_lookup16(lows[1], index));
    const vf base = f32_select(f32_sign_clear(x), f32_set(1) - s->c[0], s->c[0]), d = f32_xor_not_sign(s->d, x);
    f32_pair r;
    r.high = f32_fma(d, s->c[1], base);
    r.low = f32_fma(d, q, f32_fma(d, s->c[1], base - r.high) + f32_xor_not_sign(f32_lookup16(lows[0], index), x));
    return r;
}
#endif
