/* sin(angle)^2 and sin(angle + pi/4)^2 in double lanes. The second is (1 + sin(2 angle)) / 2 without its cancellation.
 *
 * angle = (n - shift) pi/2 + r, n whole, shift 0 or 1/2 (the quarter turn), abs(r) <= pi/4; sin(r)^2 where n is even, 1 - sin(r)^2 else.
 * pi/2 in four parts of 33, 33, 53 and 53 bits keeps r right to far below its last place; from FAR on, the product with enough bits of
 * 2/pi is formed in whole numbers (M. H. Payne and R. N. Hanek, 1983), lane by lane. */
#ifndef FASTACT_MATH_SIN_SQUARED_F64_H
#define FASTACT_MATH_SIN_SQUARED_F64_H
#include "pair_f64.h"
#include <string.h>

#define SIN_SQUARED_MAGIC 0x1.8p52
#define SIN_SQUARED_FAR 0x1p18
#define SIN_SQUARED_FAR_WIDE 0x1p26 /* for angles that are products of two floats */

typedef struct {
    f64_pair r;
    vd odd; /* negative where n is odd */
} f64_quadrant;

/* 2/pi behind the point, after four words of zeros */
enum { TURN_ZEROS = 4, TURN_WORDS = 7 };
static const uint32_t two_over_pi[] = {
    0, 0, 0, 0, 0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB,
    0xDEBBC561, 0xB7246E3A, 0x424DD2E0, 0x06492EEA, 0x09D1921C, 0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41,
    0x3991D639, 0x835339F4, 0x9C845F8B, 0xBDF9283B, 0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF, 0x27CB09B7, 0x4F463F66,
    0x9E5FEA2D, 0x7527BAC7, 0xEBE5F17B, 0x3D0739F7, 0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08, 0x56033046, 0xFC7B6BAB, 0xF0CFBC20, 0x9AF4361D,
    0xA9E39161, 0x5EE61B08, 0x6599855F, 0x14A06840, 0x8DFFD880, 0x4D732731, 0x06061556, 0xCA73A8C9, 0x60E27BC0, 0x8C6B47C4, 0x19C367CD,
    0xDCE8092A, 0x8359C476, 0x8B961CA6, 0xDDAF44D1, 0x5719053E, 0xA5FF0705, 0x3F7E33E8, 0x32C2DE4F, 0x98327DBB, 0xC33D26EF, 0x6B1E5EF8,
    0x9F3A1F35, 0xCAF27F1D, 0x87F12190, 0x7C7C246A, 0xFA6ED577, 0x2D30433B, 0x15C614B5, 0x9D19C3C2, 0xC4AD414D, 0x2C5D000C, 0x467D862D,
    0x71E39AC6,
};
/* a number of quarter turns modulo 4: 222 bits behind the point, most significant word first */
typedef struct {
    uint32_t word[TURN_WORDS];
} quarter_turns;

static void turns_add(quarter_turns *sum, const quarter_turns *more) {
    uint64_t carry = 0;
    for (int i = TURN_WORDS - 1; i >= 0; --i) {
        carry += (uint64_t)sum->word[i] + more->word[i];
        sum->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
}
static void turns_negate(quarter_turns *t) {
    const quarter_turns one = {{0, 0, 0, 0, 0, 0, 1}};
    for (int i = 0; i < TURN_WORDS; ++i) t->word[i] = ~t->word[i];
    turns_add(t, &one);
}
/* t += 2^power angle 2/pi; nothing for an angle below 2^-60, which no far one is and the low part of one may be */
static void turns_add_angle(quarter_turns *t, double angle, int power) {
    uint64_t bits;
    memcpy(&bits, &angle, sizeof bits);
    const int field = (int)(bits >> 52 & 0x7FF), exponent = field - 1075 + power;
    if (field == 0 || exponent < -112) return;
    const uint64_t mantissa = (bits & UINT64_C(0xFFFFFFFFFFFFF)) | UINT64_C(0x10000000000000);
    const uint32_t part[2] = {(uint32_t)mantissa, (uint32_t)(mantissa >> 32)};
    /* the first bit that does not only make multiples of 4 */
    const int first = exponent - 2 + 32 * TURN_ZEROS, word = first >> 5, shift = first & 31;
    uint32_t window[TURN_WORDS];
    for (int i = 0; i < TURN_WORDS; ++i) {
        const uint64_t two = (uint64_t)two_over_pi[word + i] << 32 | two_over_pi[word + i + 1];
        window[i] = (uint32_t)(two >> (32 - shift));
    }
    quarter_turns product = {{0}};
    for (int p = 0; p < 2; ++p) {
        uint64_t carry = 0;
        for (int i = TURN_WORDS - 1; i >= p; --i) {
            carry += (uint64_t)part[p] * window[i] + product.word[i - p];
            product.word[i - p] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    if (bits >> 63) turns_negate(&product);
    turns_add(t, &product);
}
/* r / (pi/2) in two parts, and whether n is odd */
static int turns_split(quarter_turns t, double shift, double *high, double *low) {
    const quarter_turns half = {{UINT32_C(1) << 29, 0, 0, 0, 0, 0, 0}};
    if (shift != 0) turns_add(&t, &half);
    turns_add(&t, &half);
    const int odd = t.word[0] >> 30 & 1;
    t.word[0] &= (UINT32_C(1) << 30) - 1;
    quarter_turns rest = half;
    turns_negate(&rest);
    turns_add(&t, &rest);
    const int negative = t.word[0] >> 31;
    if (negative) turns_negate(&t);
    double sum = 0, lost = 0, unit = 0x1p-30;
    for (int i = 0; i < TURN_WORDS; ++i, unit *= 0x1p-32) {
        const double term = t.word[i] * unit, next = sum + term;
        lost += term - (next - sum);
        sum = next;
    }
    *high = negative ? -sum : sum;
    *low = negative ? -lost : lost;
    return odd;
}

/* of the product of a and b, which may be beyond the format */
NOINLINE f64_quadrant f64_quadrant_far(vd a, vd b, double shift) {
    double high[F64_LANES], low[F64_LANES], odd[F64_LANES];
    f64_store(high, a);
    f64_store(low, b);
    for (int i = 0; i < F64_LANES; ++i) {
        const int huge = fabs(high[i] * low[i]) > 0x1.fffffffffffffp1023;
        const double down = huge ? 0x1p-512 : 1, x = high[i] * down, y = low[i] * down, whole = x * y;
        quarter_turns t = {{0}};
        if (whole - whole == 0) {
            turns_add_angle(&t, whole, huge ? 1024 : 0);
            turns_add_angle(&t, fma(x, y, -whole), huge ? 1024 : 0);
        }
        odd[i] = turns_split(t, shift, high + i, low + i) ? -1 : 1;
        if (whole - whole != 0) high[i] = NAN;
    }
    const f64_pair quarter = f64_pair_set(0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54);
    const f64_quadrant q = {f64_pair_product(f64_pair_of(f64_load(high), f64_load(low)), quarter), f64_load(odd)};
    return q;
}

INLINE vd f64_odd_of(vd magic_sum) { return f64_from_bits(i64_shift_left(f64_bits(magic_sum), 63)); }

/* of the product of a and b */
INLINE f64_quadrant f64_quadrant_of(vd a, vd b, double shift) {
    const f64_pair angle = f64_product(a, b);
    const vd sum = f64_fma(angle.high, f64_set(0x1.45f306dc9c883p-1), f64_set(shift)) + f64_set(SIN_SQUARED_MAGIC);
    const vd n = sum - f64_set(SIN_SQUARED_MAGIC) - f64_set(shift), minus_n = f64_set(0) - n;
    const f64_pair first = f64_sum(angle.high, minus_n * f64_set(0x1.921fb54400000p+0));
    const f64_pair second = f64_sum(first.high, minus_n * f64_set(0x1.0b4611a600000p-34));
    const f64_pair product = f64_product(minus_n, f64_set(0x1.3198a2e037073p-69)), third = f64_sum(second.high, product.high);
    const f64_pair fourth = f64_sum(third.high, angle.low);
    const vd rest = f64_fma(minus_n, f64_set(0x1.129024e088a67p-123), product.low);
    f64_quadrant q = {f64_sum(fourth.high, fourth.low + (first.low + (second.low + (third.low + rest)))), f64_odd_of(sum)};
    const md far = f64_not_le(f64_abs(angle.high), f64_set(SIN_SQUARED_FAR));
    if (UNLIKELY(f64_mask_any(far))) {
        const f64_quadrant other = f64_quadrant_far(a, b, shift);
        q.r = f64_pair_select(far, other.r, q.r);
        q.odd = f64_select(far, other.odd, q.odd);
    }
    return q;
}

/* sin(r)^2 = z - z^2 / 3 + z^3 R(z), z = r^2, R of degree 7: within 2^-57.9 */
INLINE f64_pair f64_sin_squared(f64_quadrant q) {
    static const double c[8] = {0x1.6c16c16c16c17p-5, -0x1.a01a01a01a019p-9, 0x1.27e4fb7789e2ap-13, -0x1.1eed8eff6e874p-18,
                                0x1.93974a5aa3d51p-24, -0x1.ae7f13b6dc393p-30, 0x1.68130644ebdc3p-36, -0x1.db005b5e54e70p-43};
    const f64_pair z = f64_pair_square(q.r), square = f64_pair_square(z);
    vd p = f64_set(c[7]);
    for (int k = 6; k >= 0; --k) p = f64_fma(p, z.high, f64_set(c[k]));
    f64_pair rest = f64_pair_product(square, f64_pair_set(-0x1.5555555555555p-2, -0x1.5555555555555p-56));
    rest = f64_sum_ordered(rest.high, f64_fma(square.high * z.high, p, rest.low));
    const f64_pair even = f64_pair_sum_ordered(z, rest), odd = f64_sum_ordered(f64_set(1), f64_set(0) - even.high);
    return f64_pair_select(f64_sign_set(q.odd), f64_pair_of(odd.high, odd.low - even.low), even);
}

/* The same for angles that are products of two floats, results to be rounded to float: within 2^-36, relatively. far is where the angle
 * is beyond SIN_SQUARED_FAR_WIDE and the result wrong. */
INLINE vd f64_sin_squared_wide(vd angle, double shift, md *far) {
    static const double c[6] = {0x1.fffffffffa9aap-1, -0x1.5555555069b7cp-2, 0x1.6c16be83336b5p-5,
                                -0x1.a018bf2d28ed3p-9, 0x1.27a5cd238a11cp-13, -0x1.137a69e06bf97p-18};
    const vd sum = f64_fma(angle, f64_set(0x1.45f306dc9c883p-1), f64_set(shift)) + f64_set(SIN_SQUARED_MAGIC);
    const vd n = sum - f64_set(SIN_SQUARED_MAGIC) - f64_set(shift);
    const vd r = f64_fnma(n, f64_set(0x1.1a62633145c07p-54), f64_fnma(n, f64_set(0x1.921fb54442d18p+0), angle)), z = r * r;
    vd p = f64_set(c[5]);
    for (int k = 4; k >= 0; --k) p = f64_fma(p, z, f64_set(c[k]));
    const vd even = z * p;
    *far = f64_not_le(f64_abs(angle), f64_set(SIN_SQUARED_FAR_WIDE));
    return f64_select(f64_sign_set(f64_odd_of(sum)), f64_set(1) - even, even);
}
#endif
