/* clip(x) = min(max(x, min_val), max_val), max_val where the bounds are crossed; clip'(x) = 1 if min_val < x < max_val else 0, so 0 at
 * both ends. A bound that is infinite clips nothing: the slope is 1 there. Exact; NaN stays. The backward pass selects. */
INLINE MASK NAMED(clip_open)(VECTOR x, const VECTOR *p) {
    const VECTOR finite = NAMED(held_finite)(x);
    return OP(mask_and)(OP(lt)(p[0], finite), OP(lt)(finite, p[1]));
}
INLINE VECTOR NAMED(clip_value)(VECTOR x, const VECTOR *p) { return OP(min)(p[1], OP(max)(p[0], x)); }
INLINE VECTOR NAMED(clip_backward)(VECTOR g, VECTOR x, const VECTOR *p) { return OP(select)(NAMED(clip_open)(x, p), g, OP(set)(0)); }
INLINE VECTOR NAMED(clip_derivative)(VECTOR x, const VECTOR *p) { return NAMED(clip_backward)(OP(set)(1), x, p); }
INLINE VECTOR NAMED(clip_backward_from_output)(VECTOR g, VECTOR y, const VECTOR *p) { return NAMED(clip_backward)(g, y, p); }
KERNELS_P(clip, 2)
BINARY_P(clip_backward_from_output, 2)
