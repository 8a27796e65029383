/* exp in float lanes, kept as a high and a low part: exp(y) = 2^floor(n) (th + l) with n = y / ln 2 to the nearest eighth.
 *
 * r = y - n ln 2 with ln 2 = 0x1.62ep-1 (13 bits, so the first step is exact) + 0x1.0bfbe8p-15; abs(r) <= 0.0434.
 * expm1(r) ~ r + r^2 (1/2 + c3 r + c4 r^2), minimax; 2^(j/8) is tabulated as float pairs. th + l is exp within 0.09 ulp of 0.5.
 * Callers clamp y to [-112, 90] so that n is exact; a low part of y may be added to r between the two steps. */
#ifndef FASTACT_MATH_EXP_F32_H
#define FASTACT_MATH_EXP_F32_H

typedef struct {
    vf n, r; /* exponent in eighths, reduced argument */
    vi t;    /* n again, in the low bits */
} f32_exponent;
typedef struct {
    vf high, low, n; /* the table value, what the polynomial adds, the exponent */
    vi t;
} f32_exp_parts;

INLINE f32_exponent f32_exp_reduce(vf y) {
    const vf magic = f32_set(0x1.8p20f), sum = f32_fma(y, f32_set(0x1.715476p0f), magic);
    f32_exponent e;
    e.n = sum - magic;
    e.t = f32_bits(sum);
    e.r = f32_fnma(e.n, f32_set(0x1.0bfbe8p-15f), f32_fnma(e.n, f32_set(0x1.62ep-1f), y));
    return e;
}

INLINE f32_exp_parts f32_exp_finish(f32_exponent e) {
    static const float high[8] = {0x1p0f, 0x1.172b84p0f, 0x1.306fep0f, 0x1.4bfdaep0f, 0x1.6a09e6p0f, 0x1.8ace54p0f, 0x1.ae89fap0f, 0x1.d5818ep0f};
    static const float low[8] = {0, -0x1.c15742p-27f, 0x1.4636e2p-25f, -0x1.593abcp-25f, 0x1.9fcef4p-26f, 0x1.15506ep-27f, -0x1.a94b14p-26f, -0x1.822dbcp-27f};
    vf q = f32_fma(f32_set(0x1.555a62p-5f), e.r, f32_set(0x1.555b88p-3f));
    q = f32_fma(q, e.r, f32_set(0.5f));
    const vf p = f32_fma(e.r * e.r, q, e.r);
    f32_exp_parts x = {f32_lookup8(high, e.t), p, e.n, e.t};
    x.low = f32_fma(x.high, p, f32_lookup8(low, e.t));
    return x;
}

INLINE f32_exp_parts f32_exp(vf y) { return f32_exp_finish(f32_exp_reduce(y)); }
INLINE vf f32_exp_scale(vf y, f32_exp_parts e) { return f32_scale(y, e.n, e.t); }
INLINE vf f32_exp_value(f32_exp_parts e) { return f32_power_of_two(e.n, e.t) * (e.high + e.low); }
#endif
