/* step(x) = 1 if x >= threshold else 0, NaN stays; step'(x) = 0. Exact. The backward pass gives 0 whatever the gradient. */
INLINE VECTOR NAMED(step_value)(VECTOR x, const VECTOR *p) {
    return OP(select)(OP(not_ge)(x, p[0]), OP(min)(OP(set)(0), OP(abs)(x)), OP(set)(1)); /* min keeps NaN */
}
INLINE VECTOR NAMED(step_derivative)(VECTOR x, const VECTOR *p) { UNUSED(x), UNUSED(p); return OP(set)(0); }
INLINE VECTOR NAMED(step_backward)(VECTOR g, VECTOR x, const VECTOR *p) { UNUSED(g); return NAMED(step_derivative)(x, p); }
KERNELS_P(step, 1)
