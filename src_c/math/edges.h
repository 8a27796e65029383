/* Where piecewise linear functions bend, for either lane type. */

/* infinities as the largest numbers: what a slope of 0 or a low part of 0 may meet */
INLINE VECTOR NAMED(held_finite)(VECTOR x) { return OP(max)(OP(set)(-LARGEST), OP(min)(OP(set)(LARGEST), x)); }

/* slope x + offset as high + low, low with an error of its own last place only */
typedef struct {
    VECTOR high, low;
} NAMED(line);
INLINE NAMED(line) NAMED(line_at)(VECTOR x, VECTOR slope, VECTOR offset) {
    const VECTOR product = slope * x, sum = product + offset, back = sum - product;
    const VECTOR lost = (product - (sum - back)) + (offset - back);
    const NAMED(line) r = {sum, lost + OP(fms)(slope, x, product)};
    return r;
}

/* (bound - offset) / slope with one rounding, for finite results */
INLINE VECTOR NAMED(edge_of)(VECTOR bound, VECTOR slope, VECTOR offset) {
    const VECTOR difference = bound - offset, back = difference - bound;
    const VECTOR low = (bound - (difference - back)) - (offset + back), quotient = difference / slope;
    const VECTOR better = quotient + (OP(fnma)(quotient, slope, difference) + low) / slope;
    return OP(select)(OP(lt)(OP(abs)(better), OP(set)(INFINITY)), better, quotient);
}
