/* Unevaluated sums of two doubles, one at a time: what the sums of losses are kept in until the last block has joined them. */
#ifndef FASTACT_PAIR_H
#define FASTACT_PAIR_H
#include "simd/compiler.h"
#include <math.h>

typedef struct {
    double high, low;
} double_pair;

/* a + b, exactly */
INLINE double_pair double_sum(double a, double b) {
    const double sum = a + b, back = sum - a;
    const double_pair s = {sum, (a - (sum - back)) + (b - back)};
    return s;
}
INLINE double_pair double_product(double a, double b) {
    const double product = a * b;
    const double_pair p = {product, fma(a, b, -product)};
    return p;
}
INLINE double_pair double_pair_product(double_pair a, double_pair b) {
    const double_pair p = double_product(a.high, b.high), r = {p.high, fma(a.low, b.high, fma(a.high, b.low, p.low))};
    return r;
}
INLINE double_pair double_pair_sum(double_pair a, double_pair b) {
    const double_pair s = double_sum(a.high, b.high), r = {s.high, s.low + (a.low + b.low)};
    return r;
}
INLINE double_pair double_pair_scaled(double_pair a, double power_of_two) {
    const double_pair p = {a.high * power_of_two, a.low * power_of_two};
    return p;
}
INLINE double_pair double_pair_ratio(double_pair a, double_pair b) {
    const double reciprocal = 1 / b.high, q = a.high * reciprocal;
    const double rest = (fma(-q, b.high, a.high) + a.low) - q * b.low;
    const double_pair r = {q, rest * reciprocal};
    return r;
}
/* of an infinite total the low part is NaN; a NaN leaves as the canonical one */
INLINE double double_pair_value(double_pair s) {
    return s.high - s.high == 0 ? s.high + s.low : s.high != s.high ? (double)NAN : s.high;
}
#endif
