/* Functions as 16 polynomials whose coefficients sit in registers: y = c0 + d p(d), d = a - xc, every coefficient one permute away. */
#ifndef FASTACT_MATH_SEGMENTS_H
#define FASTACT_MATH_SEGMENTS_H

typedef struct {
    vf centre, d; /* d = a - centre */
    vf c[10];     /* c0 .. */
} f32_segment;

/* its centre and c0 .. c[last] */
INLINE f32_segment f32_segment_at(const float (*table)[16], int last, vf a, vi index) {
    f32_segment s;
    s.centre = f32_lookup16(table[0], index);
    s.d = a - s.centre;
    for (int k = 0; k <= last; ++k) s.c[k] = f32_lookup16(table[k + 1], index);
    return s;
}

/* c[from] + c[from + 1] d + ... */
INLINE vf f32_segment_polynomial(const f32_segment *s, int from, int degree) {
    vf p = s->c[degree];
    for (int k = degree - 1; k >= from; --k) p = f32_fma(p, s->d, s->c[k]);
    return p;
}

/* an index by rounding: the sum with 1.5 * 2^23 keeps the nearest integer in its low bits */
#define SEGMENT_MAGIC 0x1.8p23f

/* F with F(-x) = 1 - F(x), from segments of F(-a): F(x) = base + step (c1 + d (c2 + ...)). */
typedef struct {
    f32_segment segment;
    vf base, step;
} f32_mirrored;

/* from the segment of abs(x) */
INLINE f32_mirrored f32_mirror(f32_segment s, vf x) {
    const f32_mirrored m = {s, f32_select(f32_sign_clear(x), f32_set(1) - s.c[0], s.c[0]), f32_xor_not_sign(s.d, x)};
    return m;
}

/* F32_MIRRORED_AT(gelu, gelu_degree, x, argument, index) takes gelu_table with c0 .. c[gelu_degree], from the index of an argument that is
 * x, bounded perhaps, as f32_mirrored_argument hands it on.
 * Where 32 entries are one permute, a second table, gelu_halves, has both halves, and nothing is left to mirror: index i for x >= 0 and
 * 32 - i for x < 0, segment 0 in odd powers of x for both. It holds the numbers that f32_mirror would come to, with the signs that make
 * the same products: 0.86 to 0.93 of the time (sigmoid 0.259 to 0.223 ns a float, gelu 0.384 to 0.343; Emerald Rapids). */
#ifdef HAS_LOOKUP32
INLINE vf f32_mirrored_argument(vf x) { return x; }
INLINE f32_mirrored f32_mirrored_halves(const float (*table)[32], int last, vf x, vi index) {
    f32_mirrored m;
    m.segment.centre = f32_lookup32(table[0], index);
    m.segment.d = x - m.segment.centre;
    for (int k = 0; k <= last; ++k) m.segment.c[k] = f32_lookup32(table[k + 1], index);
    m.base = m.segment.c[0];
    m.step = m.segment.d;
    return m;
}
#define F32_MIRRORED_AT(name, last, x, argument, index) f32_mirrored_halves(name##_halves, last, argument, f32_bits(index))
/* of a number that is added to the base, what is added for x */
INLINE vf f32_mirrored_base(vf c, vf x) { UNUSED(x); return c; }
/* whether x is negative and in segment i */
INLINE mf f32_mirrored_below(vf index, float i, vf x) { UNUSED(x); return f32_bits_equal(index, f32_set(SEGMENT_MAGIC - i)); }
#else
INLINE vf f32_mirrored_argument(vf x) { return f32_abs(x); }
#define F32_MIRRORED_AT(name, last, x, argument, index) f32_mirror(f32_segment_at(name##_table, last, argument, f32_bits(index)), x)
INLINE vf f32_mirrored_base(vf c, vf x) { return f32_xor_not_sign(c, x); }
INLINE mf f32_mirrored_below(vf index, float i, vf x) {
    return f32_mask_and(f32_bits_equal(index, f32_set(SEGMENT_MAGIC + i)), f32_sign_set(x));
}
#endif

INLINE vf f32_segment_linear(vf a) { return f32_fma(a, f32_set(1.6f), f32_set(SEGMENT_MAGIC)); }
/* the linear index is right up to here; at 9.6875 it would wrap */
#define SEGMENT_LINEAR_END 0x1.35fffep3f
INLINE vf f32_segment_quadratic(vf a, float q1, float q2) {
    return f32_fma(a, f32_fma(f32_abs(a), f32_set(q1), f32_set(q2)), f32_set(SEGMENT_MAGIC));
}
/* the last segment for all that the index has beyond it */
INLINE vf f32_segment_last(vf index) { return f32_min(f32_set(SEGMENT_MAGIC + 15), index); }
/* index by the bits of u: four segments an octave */
INLINE vi f32_segment_octave(vf u) { return i32_shift_right(f32_bits(u), 21); }
#endif
