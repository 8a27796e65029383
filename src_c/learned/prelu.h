/* prelu(x, weight) = x if x > 0 else weight x; prelu'(0) = weight. Value and dx are those of leaky_relu: one rounding, 0.5 ulp.
 *
 * dweight = sum of g x over x <= 0. float: products are exact in double; double: products are pairs. Either way the terms are exact but
 * for what underflows, they join pairs of doubles and are rounded once, so that the sum is within 0.51 ulp (float) and 0.6 ulp
 * (double) of the exact one unless all but 2^-45 of it cancels. A NaN in x, or in g where x is not positive, makes it NaN. */
#include "../loops/learned.h"

INLINE f64_pair prelu_add_f32(f64_pair sum, vd g, vd x, vd p) {
    UNUSED(p);
    return learned_add(sum, f64_select(f64_lt(f64_set(0), x), f64_set(0), g * x));
}
INLINE f64_pair prelu_add_f64(f64_pair sum, vd g, vd x, vd p) {
    UNUSED(p);
    const md positive = f64_lt(f64_set(0), x);
    const f64_pair term = f64_product(g, x);
    return learned_add_pair(sum, f64_pair_select(positive, f64_pair_set(0, 0), term));
}
LEARNED_F32(prelu)
LEARNED_F64(prelu)
