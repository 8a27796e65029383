/* Which power the parameters ask for, of either lane type; included by pow.h in both meanings. */

/* NaN for powers other than these */
INLINE VECTOR NAMED(pow_among)(const VECTOR *p, VECTOR square, VECTOR cube, VECTOR root, VECTOR fourth_root) {
    const VECTOR low = OP(select)(OP(eq)(p[0], OP(set)(0.25f)), fourth_root, OP(set)(NAN));
    const VECTOR middle = OP(select)(OP(eq)(p[0], OP(set)(0.5f)), root, low);
    const VECTOR high = OP(select)(OP(eq)(p[0], OP(set)(2)), square, OP(select)(OP(eq)(p[0], OP(set)(3)), cube, middle));
    return OP(select)(OP(eq)(p[1], OP(set)(1)), high, OP(set)(NAN));
}
INLINE VECTOR NAMED(pow_value)(VECTOR x, const VECTOR *p) {
    const VECTOR square = NAMED(pow_square)(x, p), cube = NAMED(pow_cube)(x, p), root = NAMED(pow_root)(x, p);
    const VECTOR y = NAMED(pow_among)(p, square, cube, root, NAMED(pow_fourth_root)(x, p));
    if (LIKELY(OP(mask_any)(OP(unordered)(y, y)))) return OP(select)(OP(unordered)(y, y), NAMED(pow_value_general)(x, p), y);
    return y;
}
INLINE VECTOR NAMED(pow_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    const VECTOR square = NAMED(pow_square_backward)(g, x, p), root = NAMED(pow_root_backward)(g, x, p);
    const VECTOR y = NAMED(pow_among)(p, square, OP(set)(NAN), root, NAMED(pow_fourth_root_backward)(g, x, p));
    if (LIKELY(OP(mask_any)(OP(unordered)(y, y)))) return OP(select)(OP(unordered)(y, y), NAMED(pow_backward_general)(g, x, p), y);
    return y;
}
INLINE VECTOR NAMED(pow_derivative)(VECTOR x, const VECTOR *p) { return NAMED(pow_backward)(OP(set)(1), x, p); }
