/* The words of losses, listed in as_wide.h, that mean the same of pairs of doubles in every way of reckoning with them: as_pairs.h and
 * as_short_pairs.h add the rest. */
#include "as_none.h"
#define loss_terms f64_loss_terms
#define VECTOR vd
#define OP(name) f64_##name
#define PRODUCT(name) name##_product_f64
#define num f64_pair
#define num_of(x) f64_pair_of(x, f64_set(0))
#define num_set(h, l) f64_pair_set(h, l)
#define num_plus(a, b) f64_pair_sum(a, b)
#define num_minus(a, b) f64_pair_sum(a, f64_pair_negative(b))
#define num_times(a, b) f64_pair_product(a, b)
#define num_square(a) f64_pair_square(a)
#define num_sqrt(a) f64_pair_sqrt(a)
#define num_scaled(a, x) f64_pair_scaled(a, x)
#define num_abs(a) f64_pair_abs(a)
#define num_negative(a) f64_pair_negative(a)
#define num_with_sign(a, s) f64_pair_with_sign(a, s)
#define num_log1p_unit(a) f64_pair_normal(f64_log1p_pair(a))
#define num_stored_unit(x) (x)
#define num_lt(a, b) f64_pair_lt(a, b)
#define num_select(m, a, b) f64_pair_select(m, a, b)
#define num_high(a) ((a).high)
#define num_low(a) ((a).low)
#define loss_row f64_loss_row
#define loss_item f64_loss_item
#define num_scalar double
#define num_load(p, left) f64_load_left(p, left)
#define num_store(p, a, left) f64_loss_store(p, a, f64_never(), left)
#define num_lanes f64_pair_lanes
#define num_lanes_zero() f64_pair_lanes_set(0)
#define num_of_total(p) f64_pair_of_total(p)
#define num_leading(a) f64_pair_leading(a)
#define num_first(a, count) f64_pair_first(a, count)
#define num_row_max(x, n) f64_row_max(x, n)
#define num_row_tau(s, x, n, m, undefined) f64_row_tau(s, x, n, m, undefined)
#define num_of_pair(p) (p)
#define num_row_fill(p, n, c) f64_row_fill(p, n, c)
#define num_plus_whole(a, b) f64_pair_of((a).high + (b).high, (a).low)
#define num_less_one(m, a) f64_pair_of(f64_select(m, f64_set(0), (a).high), (a).low)
#define IN_FLOAT_LANES(...)
#define IN_PAIRS(...) __VA_ARGS__
