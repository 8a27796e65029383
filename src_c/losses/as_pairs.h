/* The words of losses, listed in as_wide.h, mean pairs of doubles from here on, for double arrays. */
#include "as_none.h"
#define NAMED(name) name##_loss_f64
#define loss_terms f64_loss_terms
#define VECTOR vd
#define OP(name) f64_##name
#define PRODUCT(name) name##_product_f64
#define num f64_pair
#define num_of(x) f64_pair_of(x, f64_set(0))
#define num_set(h, l) f64_pair_set(h, l)
#define num_difference(a, b) f64_pair_difference(a, b)
#define num_product(a, b) f64_pair_finite(f64_product(a, b))
#define num_plus(a, b) f64_pair_sum(a, b)
#define num_minus(a, b) f64_pair_sum(a, f64_pair_negative(b))
#define num_times(a, b) f64_pair_product(a, b)
#define num_times_or_zero(c, a) f64_pair_times_or_zero(c, a)
#define num_ratio(a, b) f64_pair_quotient(a, b)
#define num_square(a) f64_pair_square(a)
#define num_sqrt(a) f64_pair_sqrt(a)
#define num_scaled(a, x) f64_pair_scaled(a, x)
#define num_abs(a) f64_pair_abs(a)
#define num_negative(a) f64_pair_negative(a)
#define num_with_sign(a, s) f64_pair_with_sign(a, s)
#define num_exp(a) f64_pair_exp(a)
#define num_times_exp(c, a) f64_pair_times_exp(c, a)
#define num_expm1(a) f64_pair_expm1(a)
#define num_log(a) f64_pair_log(a)
#define num_log1p(a) f64_pair_log1p(a)
#define num_log1p_unit(a) f64_pair_normal(f64_log1p_pair(a))
#define num_log_of_chance(c, o) f64_pair_log_of_chance(c, o)
#define num_power(a, e) f64_pair_power(a, e)
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
#define num_lanes_total(s) f64_pair_of_total(f64_pair_lanes_sum(&(s), 0))
#define num_of_total(p) f64_pair_of_total(p)
#define num_leading(a) f64_pair_leading(a)
#define num_first(a, count) f64_pair_first(a, count)
#define num_finite(a) f64_pair_finite(a)
#define num_row_max(x, n) f64_row_max(x, n)
#define num_row_tau(s, x, n, m, undefined) f64_row_tau(s, x, n, m, undefined)
#define num_of_pair(p) (p)
#define num_row_fill(p, n, c) f64_row_fill(p, n, c)
#define num_watch md
#define num_watch_begin() f64_never()
#define num_look(w, score, target) ((w) = f64_mask_or(w, f64_unordered(score, target)))
#define num_seen(w, sum, count) f64_mask_any(w)
#define num_store_slope(p, a, left, w) num_store(p, a, left)
#define num_fits(w) ((void)(w), 1)
#define num_plus_whole(a, b) f64_pair_of((a).high + (b).high, (a).low)
#define num_less_one(m, a) f64_pair_of(f64_select(m, f64_set(0), (a).high), (a).low)
#define num_any_row 1
#define num_plain_row (!HAS_SHORT_PAIRS)
#define ROW_LOSS_BY(name, gradient_of, count, weighs) \
    ROW_LOSS_CALLS(name, gradient_of) SHORT_ROW_DECLARED(name) ROW_LOSS_TASK(name, f64, count, weighs, SHORT_ROW(name))
#define ROW_LOSS_EXACT_OF(name, takes, count, weighs)                            \
    ROW_LOSS_CALLS(name, ROW_GRADIENT_BY(takes, name##_slope, name##_slope)) \
    ROW_LOSS_TASK(name, f64, count, weighs, NULL, NULL)
#define LABEL_LOSS_OF(name, count, weighs) LABEL_LOSS_TASK(name, f64, count, weighs)
#define POINTWISE(name, count) POINTWISE_PAIRS_BLOCK(name) POINTWISE_TASK(name, f64, count)
#define POINTWISE_LIGHT(name, count) POINTWISE(name, count)
#define POINTWISE_PRODUCT(name, ...) POINTWISE_PAIRS_BLOCK(name) PRODUCT_KERNEL(name, f64, double, vd, name##_loss_f64, __VA_ARGS__)
#define POINTWISE_TERMS(name, count, apart, usable) POINTWISE(name, count)
#define IN_OWN_LANES(...) __VA_ARGS__
#define IN_FLOAT_LANES(...)
#define IN_PAIRS(...) __VA_ARGS__
