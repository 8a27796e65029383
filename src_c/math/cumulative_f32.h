/* What gelu and gelu_tanh share: x F(x) for a distribution function F with F(-a) in 16 segments, and the slope f' of such a product
 * with its root at the centre of a segment. High and low parts are kept apart until the last fma, where d c1 reaches half of the result. */
#ifndef FASTACT_MATH_CUMULATIVE_F32_H
#define FASTACT_MATH_CUMULATIVE_F32_H

/* F(x) = base + step (c1 + d q) */
INLINE f32_pair f32_cumulative_pair(f32_mirrored m, int degree) {
    const vf q = f32_segment_polynomial(&m.segment, 2, degree), c1 = m.segment.c[1];
    f32_pair r;
    r.high = f32_fma(m.step, c1, m.base);
    r.low = f32_fma(m.step * m.segment.d, q, f32_fma(m.step, c1, m.base - r.high));
    return r;
}

/* x times the pair; bounded is x, but finite where the low part counts for nothing: a low part of 0 must not meet x = +inf */
INLINE vf f32_cumulative_times(vf x, vf bounded, f32_pair p) { return f32_fma(x, p.high, bounded * p.low); }

/* The slope. c0 of the root's segment is 0 in the table, so that d c1 may be the larger term there; what c0 is belongs to the low part, as
 * does what a float cannot hold of its c1: c[degree + 1] and c[degree + 2], 0 in other segments. */
INLINE f32_pair f32_cumulative_slope_pair(f32_mirrored m, int degree, vf x) {
    const vf *const c = m.segment.c, q = f32_fma(f32_segment_polynomial(&m.segment, 2, degree), m.segment.d, c[degree + 2]);
    f32_pair r;
    r.high = f32_fma(m.step, c[1], m.base);
    r.low = f32_fma(m.step, q, f32_fma(m.step, c[1], m.base - r.high) + f32_mirrored_base(c[degree + 1], x));
    return r;
}
#endif
