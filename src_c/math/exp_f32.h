/* exp in float lanes, kept in parts: exp(y) = 2^n (high + low), n a whole number plus one, so that high + low lies in [0.5, 1).
 *
 * sum = y / ln 2 to the nearest eighth by a magic addition; r = y - sum ln 2 with ln 2 = 0x1.62ep-1 (13 bits, so the first step is
 * exact) + 0x1.0bfbe8p-15; abs(r) <= 0.0434. expm1(r) ~ r + r^2 (1/2 + c3 r + c4 r^2), minimax; 2^(j/8) / 2 is tabulated as float
 * pairs, j the low three bits of sum. high + low is within 0.09 ulp. Halves keep gradient * high from overflowing before the
 * scaling. Callers clamp y to [EXP_F32_LOWEST, 90]: below, even the largest gradient times
 * the result is 0. */
#ifndef FASTACT_MATH_EXP_F32_H
#define FASTACT_MATH_EXP_F32_H
#include "pair_f32.h"

typedef struct {
    vf sum, n, r;
} f32_exponent;
typedef struct {
    vf high, low, n;
    vi t; /* the sum's bits: eighths */
} f32_exp_parts;

#define EXP_F32_LOWEST -200.0f
#define EXP_F32_MAGIC 0x1.8p20f

INLINE f32_exponent f32_exp_reduce(vf y) {
    f32_exponent e;
    e.sum = f32_fma(y, f32_set(0x1.715476p0f), f32_set(EXP_F32_MAGIC));
    e.n = e.sum - f32_set(EXP_F32_MAGIC);
    e.r = f32_fnma(e.n, f32_set(0x1.0bfbe8p-15f), f32_fnma(e.n, f32_set(0x1.62ep-1f), y));
    return e;
}

/* 2^(j/8) / 2 */
static const float f32_exp_high[8] ALIGNED(32) = {0x1p-1f, 0x1.172b84p-1f, 0x1.306fep-1f, 0x1.4bfdaep-1f, 0x1.6a09e6p-1f, 0x1.8ace54p-1f, 0x1.ae89fap-1f, 0x1.d5818ep-1f};
static const float f32_exp_low[8] ALIGNED(32) = {0, -0x1.c15742p-28f, 0x1.4636e2p-26f, -0x1.593abcp-26f, 0x1.9fcef4p-27f, 0x1.15506ep-28f, -0x1.a94b14p-27f, -0x1.822dbcp-28f};

/* from a table of a constant times 2^(j/8), in two parts: the constant then multiplies the result */
INLINE f32_exp_parts f32_exp_finish_from(const float *table_high, const float *table_low, f32_exponent e) {
    vf q = f32_fma(f32_set(0x1.555a62p-5f), e.r, f32_set(0x1.555b88p-3f));
    q = f32_fma(q, e.r, f32_set(0.5f));
    const vf p = f32_fma(e.r * e.r, q, e.r);
    f32_exp_parts x;
    x.n = e.sum - f32_set(EXP_F32_MAGIC - 1);
    x.t = f32_bits(e.sum);
    x.high = f32_lookup8(table_high, x.t);
    x.low = f32_fma(x.high, p, f32_lookup8(table_low, x.t));
    return x;
}
INLINE f32_exp_parts f32_exp_finish(f32_exponent e) { return f32_exp_finish_from(f32_exp_high, f32_exp_low, e); }

INLINE f32_exp_parts f32_exp(vf y) { return f32_exp_finish(f32_exp_reduce(y)); }
/* within 2^-32: with what rounding r and its product took, and r^5. high + low is normal, low up to 2^-9 of high. */
INLINE f32_exp_parts f32_exp_long(vf y) {
    const f32_exponent e = f32_exp_reduce(y);
    const vf lost = f32_fnma(e.n, f32_set(0x1.0bfbe8p-15f), f32_fnma(e.n, f32_set(0x1.62ep-1f), y) - e.r);
    vf q = f32_fma(f32_set(0x1.111434p-7f), e.r, f32_set(0x1.555ad2p-5f));
    q = f32_fma(q, e.r, f32_set(0x1.555556p-3f));
    q = f32_fma(q, e.r, f32_set(0.5f));
    f32_exp_parts x;
    x.n = e.sum - f32_set(EXP_F32_MAGIC - 1);
    x.t = f32_bits(e.sum);
    const vf power = f32_lookup8(f32_exp_high, x.t), power_low = f32_lookup8(f32_exp_low, x.t);
    const vf step = power * e.r, rest = f32_fms(power, e.r, step);
    x.high = power + step;
    x.low = (step - (x.high - power)) + (f32_fma(power, f32_fma(e.r * e.r, q, lost), f32_fma(power_low, e.r, power_low)) + rest);
    return x;
}
/* e^y as high + low, high its nearest float or nearly, within 2^-29.4, for y from -87 on; what is below counts as -87, and both are no finite
 * number from 88.73 on. 16 powers of two, so that abs(r) <= 0.0217 and expm1(r) ~ r + r^2 (1/2 + c3 r + c4 r^2); ln 2 is rounded, and
 * the rest of it times n and what the table lacks are a second, small r. Tabulated are 2^(j/16) with its bits less j 2^19, so that the sum's,
 * shifted, add n alone, and what 2^(j/16) itself lacks. */
static const float f32_exp_sixteenth[16] ALIGNED(64) = {
    0x1p0f,        0x1.fb5586p-1f, 0x1.f72b84p-1f, 0x1.f387a6p-1f, 0x1.f06fep-1f,  0x1.edea64p-1f, 0x1.ebfdaep-1f, 0x1.eab07ep-1f,
    0x1.ea09e6p-1f, 0x1.ea1148p-1f, 0x1.eace54p-1f, 0x1.ec4918p-1f, 0x1.ee89fap-1f, 0x1.f199bep-1f, 0x1.f5818ep-1f, 0x1.fa4afap-1f};
static const float f32_exp_sixteenth_rest[16] ALIGNED(64) = {
    0,               0x1.8d96d2p-25f,  -0x1.9c0c22p-27f, 0x1.964902p-25f, 0x1.125002p-25f,  0x1.370be4p-25f,  -0x1.0a3552p-25f, -0x1.00d8acp-27f,
    0x1.26055cp-26f, -0x1.05cb44p-25f, 0x1.67a1cap-28f,  0x1.a3b5e4p-28f, -0x1.f9c306p-27f, -0x1.6961b4p-28f, -0x1.a5217cp-28f, 0x1.61428ep-28f};
INLINE f32_pair f32_exp_short(vf y) {
    const vf magic = f32_set(0x1.8p19f), x = f32_min(f32_set(88.8f), f32_max(f32_set(-87), y));
    const vf sum = f32_fma(x, f32_set(0x1.715476p0f), magic), n = sum - magic, r = f32_fnma(n, f32_set(0x1.62e43p-1f), x);
    const vi bits = f32_bits(sum);
    const vf power = f32_from_bits(i32_add(f32_bits(f32_lookup16(f32_exp_sixteenth, bits)), i32_shift_left(bits, 19)));
    const vf rest = f32_fma(n, f32_set(0x1.05c61p-29f), f32_lookup16(f32_exp_sixteenth_rest, bits));
    const vf q = f32_fma(f32_fma(f32_set(0x1.555698p-5f), r, f32_set(0x1.55571ep-3f)), r, f32_set(0.5f));
    const vf step = f32_fma(power, r, power * f32_fma(r, f32_fma(r, q, rest), rest));
    f32_pair e;
    e.high = power + step;
    e.low = step - (e.high - power);
    return e;
}
/* 2^n y, rounded once also where it is subnormal */
INLINE vf f32_exp_scale(vf y, f32_exp_parts e) { return f32_scale(y, e.n, e.t); }
/* g 2^n (high + low), the product formed before the scaling so that nothing is lost to underflow */
INLINE vf f32_exp_scale_product(vf g, vf high, vf low, f32_exp_parts e) { return f32_scale(f32_fma(g, high, g * low), e.n, e.t); }
/* the value itself, for use as a correction; never below 2^-91, because products with subnormal numbers take a hundred cycles */
INLINE vf f32_exp_value(f32_exp_parts e) { return f32_max(f32_set(0x1p-90f), f32_power_of_two(e.n, e.t)) * (e.high + e.low); }
/* multiply by 2^count, exactly */
INLINE f32_exp_parts f32_exp_shift(f32_exp_parts e, vf count) {
    e.n = e.n + count;
    e.t = f32_bits(f32_from_bits(e.t) + count);
    return e;
}
#endif
