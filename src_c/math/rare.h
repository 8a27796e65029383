/* Slopes that are tried in few operations, NaN where these do not serve: the lanes that are NaN take the long way, in a function of its own. */
#ifndef FASTACT_MATH_RARE_H
#define FASTACT_MATH_RARE_H
/* name_derivative and name_backward, from name_derivative_quick, name_backward_quick and name_backward_rare(g, x, what the quick one gave) */
#define SLOPES_OR_RARE(name, type, V)                                                                                             \
    INLINE V name##_derivative_##type(V x) {                                                                                      \
        const V y = name##_derivative_quick_##type(x);                                                                            \
        return UNLIKELY(type##_mask_any(type##_unordered(y, y))) ? name##_backward_rare_##type(type##_set(1), x, y) : y;          \
    }                                                                                                                             \
    INLINE V name##_backward_##type(V g, V x) {                                                                                   \
        const V y = name##_backward_quick_##type(g, x);                                                                           \
        return UNLIKELY(type##_mask_any(type##_unordered(y, y))) ? name##_backward_rare_##type(g, x, y) : y;                      \
    }
#endif
