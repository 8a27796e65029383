/* relu6(x) = min(max(x, 0), 6), relu6(-0) = +0; relu6'(x) = 1 if 0 < x < 6 else 0, so 0 at both ends. Exact.
 * The backward pass selects, as relu's does. */
INLINE MASK NAMED(relu6_open)(VECTOR x) { return OP(mask_and)(OP(lt)(OP(set)(0), x), OP(lt)(x, OP(set)(6))); }
INLINE VECTOR NAMED(relu6_value)(VECTOR x) { return OP(min)(OP(set)(6), OP(max)(OP(set)(0), x) + OP(set)(0)); }
INLINE VECTOR NAMED(relu6_derivative)(VECTOR x) { return OP(select)(NAMED(relu6_open)(x), OP(set)(1), OP(set)(0)); }
INLINE VECTOR NAMED(relu6_backward)(VECTOR g, VECTOR x) { return OP(select)(NAMED(relu6_open)(x), g, OP(set)(0)); }
INLINE VECTOR NAMED(relu6_backward_from_output)(VECTOR g, VECTOR y) { return NAMED(relu6_backward)(g, y); }
KERNELS(relu6)
BINARY(relu6_backward_from_output)
