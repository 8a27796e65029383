/* Functions as 16 polynomials whose coefficients sit in registers: y = c0 + d p(d), d = a - xc, every coefficient one permute away. */
#ifndef FASTACT_MATH_SEGMENTS_H
#define FASTACT_MATH_SEGMENTS_H

typedef struct {
    vf centre, d; /* d = a - centre */
    vf c[9];      /* c0 .. */
} f32_segment;

INLINE f32_segment f32_segment_at(const float (*table)[16], int degree, vf a, vi index) {
    f32_segment s;
    s.centre = f32_lookup16(table[0], index);
    s.d = a - s.centre;
    for (int k = 0; k <= degree; ++k) s.c[k] = f32_lookup16(table[k + 1], index);
    return s;
}

/* c[from] + c[from + 1] d + ... */
INLINE vf f32_segment_polynomial(const f32_segment *s, int from, int degree) {
    vf p = s->c[degree];
    for (int k = degree - 1; k >= from; --k) p = f32_fma(p, s->d, s->c[k]);
    return p;
}

/* index by rounding: the sum with 1.5 * 2^23 keeps the nearest integer in its low bits */
#define SEGMENT_MAGIC 0x1.8p23f
INLINE vf f32_segment_linear(vf a) { return f32_fma(a, f32_set(1.6f), f32_set(SEGMENT_MAGIC)); }
/* the linear index is right up to here; at 9.6875 it would wrap */
#define SEGMENT_LINEAR_END 0x1.35fffep3f
INLINE vf f32_segment_quadratic(vf a, float q1, float q2) {
    return f32_fma(a, f32_fma(a, f32_set(q1), f32_set(q2)), f32_set(SEGMENT_MAGIC));
}
/* the last segment for all that the index has beyond it */
INLINE vf f32_segment_last(vf index) { return f32_min(f32_set(SEGMENT_MAGIC + 15), index); }
/* index by the bits of u: four segments an octave */
INLINE vi f32_segment_octave(vf u) { return i32_shift_right(f32_bits(u), 21); }
#endif
