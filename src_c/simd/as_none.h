/* Ends what as_float.h or as_double.h began. */
#undef SCALAR
#undef VECTOR
#undef MASK
#undef OP
#undef NAMED
#undef LARGEST
#undef UNARY
#undef BINARY
#undef UNARY_BITS
#undef BINARY_BITS
#undef UNARY_P
#undef BINARY_P
#undef UNARY_P_WHERE
#undef BINARY_P_WHERE
#undef UNARY_P_QUICK
#undef BINARY_P_QUICK
#undef BINARY_QUICK
