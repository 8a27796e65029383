/* Conversions between float and the two 16-bit formats, made of doubles: by definition, not by the library's instructions. */
#ifndef SIXTEEN_H
#define SIXTEEN_H
#include "testing.h"

/* digits of the fraction, and the exponent of the smallest normal number */
static inline int digits(fastact_dtype dtype) { return dtype == FASTACT_F16 ? 10 : 7; }
static inline int lowest(fastact_dtype dtype) { return dtype == FASTACT_F16 ? -14 : -126; }

static inline float widened(uint16_t bits, fastact_dtype dtype) {
    const int exponent = (bits & 0x7FFF) >> digits(dtype), fraction = bits & ((1 << digits(dtype)) - 1), top = 0x7FFF >> digits(dtype);
    double a = exponent == top ? (fraction ? NAN : INFINITY) : ldexp(fraction, lowest(dtype) - digits(dtype));
    if (exponent && exponent != top) a = ldexp((1 << digits(dtype)) + fraction, exponent - 1 + lowest(dtype) - digits(dtype));
    return (float)(bits & 0x8000 ? -a : a);
}
/* by the definition: the nearest multiple of the last place, ties to even */
static inline uint16_t rounded(float value, fastact_dtype dtype) {
    const uint16_t sign = signbit(value) ? 0x8000 : 0, top = (uint16_t)((0x7FFF >> digits(dtype)) << digits(dtype));
    const double a = fabs((double)value);
    int exponent;
    if (isnan(value)) return (uint16_t)(top | 1 << (digits(dtype) - 1)); /* the canonical one */
    if (isinf(value)) return sign | top;
    if (a == 0) return sign;
    frexp(a, &exponent);
    exponent = exponent - 1 < lowest(dtype) ? lowest(dtype) : exponent - 1;
    const double units = nearbyint(ldexp(a, digits(dtype) - exponent)); /* in [2^digits, 2^(digits+1)] for normal numbers */
    const long bits = (long)units + ((long)(exponent - lowest(dtype)) << digits(dtype));
    return (uint16_t)(sign | (bits > top ? top : bits));
}
#endif
