/* The words of losses mean double lanes from here on, for float arrays; see pointwise.h.
 *
 * num                         a number
 * num_of(x), num_set(h, l)    from a vd, from the constant h + l
 * num_difference(a, b), num_product(a, b)   of two vd
 * num_plus minus times ratio square sqrt    of numbers; num_scaled(a, x) by a vd that is a power of two;
 *                             num_times_or_zero(c, a) is 0 where c is, whatever a is
 * num_abs, num_negative, num_with_sign(a, s)   the last turns the sign of a where s has one
 * num_exp(a), num_times_exp(c, a) is c e^a, 0 where c is; num_expm1 (up to 700), num_log, num_log1p (from -1/2 on), num_log1p_unit
 *                             (from 0 to 1)
 * num_power(a, e)             of a number that is not negative and a number
 * num_log_of_chance(c, o)     log of c = 1 - o, from the smaller of the two
 * num_stored_unit(x)          a vd from 1/2 to 1 as the arrays' type holds it
 * num_lt(a, b), num_select(m, a, b), num_high(a), num_low(a)   comparison; the leading vd and the rest
 * num_undefined(a)            whether a lane is NaN; short pairs are not asked, as they are taken back then
 *
 * Those of pairs alone: num_log_long(x) of a vd, right to 2^-70; num_is_far(a), whether short pairs have no e^a; NUM_TEXT before long texts,
 * of which short pairs, side by side, have copies.
 *
 * Those of row_words.h:
 * num_scalar                  what arrays hold; num_load(p, left), num_store(p, a, left) a vector or what is left of one
 * num_lanes, num_lanes_zero(), num_lanes_total(s)   16 virtual lanes and their sum, which a num holds in every lane
 * num_of_total(p), num_leading(a)   to a num from a double_pair and, of its first lane, back
 * num_first(a, count), num_finite(a)   other lanes become 0; the low part of what is infinite does
 * num_row_max(x, n), num_row_tau(s, x, n, m, undefined)   the largest of an array; tau of rows/simplex.h
 * num_of_pair(p)              from a pair of vd
 * num_row_fill(p, n, c)       the same number n times
 * num_plus_whole(a, b)        of whole numbers; num_less_one(m, a) is a - 1 where m, which is where the leading vd is 1
 * num_any_row, num_plain_row  whether rows with smoothing and class weights of targets are served, and those without in loops of their own
 * num_watch, num_watch_begin(), num_look(w, score, target), num_seen(w, sum, count)   whether a row has anything undefined, in short pairs
 *                             anything they do not serve, sums included; num_store_slope(p, a, left, w), num_fits(w) the same of slopes */
#include "as_none.h"
#define NAMED(name) name##_loss_wide
#define loss_terms wide_loss_terms
#define VECTOR vf
#define OP(name) f32_##name
#define PRODUCT(name) name##_product_f32
#define num vd
#define num_of(x) (x)
#define num_set(h, l) f64_set(h)
#define num_difference(a, b) ((a) - (b))
#define num_product(a, b) ((a) * (b))
#define num_plus(a, b) ((a) + (b))
#define num_minus(a, b) ((a) - (b))
#define num_times(a, b) ((a) * (b))
#define num_times_or_zero(c, a) wide_times_or_zero(c, a)
#define num_ratio(a, b) ((a) / (b))
#define num_square(a) ((a) * (a))
#define num_sqrt(a) f64_sqrt(a)
#define num_scaled(a, x) ((a) * (x))
#define num_abs(a) f64_abs(a)
#define num_negative(a) (f64_set(0) - (a))
#define num_with_sign(a, s) f64_xor_sign(a, s)
#define num_exp(a) wide_exp(a)
#define num_times_exp(c, a) wide_times_or_zero(c, wide_exp(a))
#define num_expm1(a) wide_expm1(a)
#define num_log(a) wide_log(a)
#define num_log1p(a) wide_log1p(a)
#define num_log1p_unit(a) log1p_widened_unit(a)
#define num_log_of_chance(c, o) wide_log_of_chance(c, o)
#define num_undefined(a) f64_mask_any(f64_unordered(a, a))
#define num_power(a, e) wide_exp(wide_times_or_zero(e, wide_log(a)))
#define num_stored_unit(x) (((x) + f64_set(0x1.8p28)) - f64_set(0x1.8p28))
#define num_lt(a, b) f64_lt(a, b)
#define num_select(m, a, b) f64_select(m, a, b)
#define num_high(a) (a)
#define num_low(a) f64_set(0)
#define loss_row wide_loss_row
#define loss_item wide_loss_item
#define num_scalar float
#define num_load(p, left) wide_load(p, left)
#define num_store(p, a, left) wide_loss_store(p, a, f64_never(), left)
#define num_lanes f64_lanes
#define num_lanes_zero() f64_lanes_set(0)
#define num_lanes_total(s) f64_set(f64_lanes_sum(s))
#define num_of_total(p) f64_set((p).high + (p).low)
#define num_leading(a) wide_leading(a)
#define num_first(a, count) f64_first(a, count)
#define num_finite(a) (a)
#define num_row_max(x, n) f32_row_max(x, n)
#define num_row_tau(s, x, n, m, undefined) f32_row_tau(s, x, n, m, undefined)
#define num_of_pair(p) ((p).high + (p).low)
#define num_row_fill(p, n, c) f32_row_fill(p, n, c)
#define num_watch md
#define num_watch_begin() f64_never()
#define num_look(w, score, target) ((w) = f64_mask_or(w, f64_unordered(score, target)))
#define num_seen(w, sum, count) f64_mask_any(w)
#define num_store_slope(p, a, left, w) num_store(p, a, left)
#define num_fits(w) ((void)(w), 1)
#define num_plus_whole(a, b) ((a) + (b))
#define num_less_one(m, a) f64_select(m, f64_set(0), a)
#define num_any_row 1
#define num_plain_row 1
#define ROW_LOSS_BY(name, gradient_of, count, weighs) ROW_LOSS_CALLS(name, gradient_of) ROW_LOSS_TASK(name, f32, count, weighs, NULL, NULL)
#define ROW_LOSS_EXACT_OF(name, takes, count, weighs) ROW_LOSS_OF(name, takes, count, weighs)
#define LABEL_LOSS_OF(name, count, weighs) LABEL_LOSS_TASK(name, f32, count, weighs)
#define POINTWISE(name, count) POINTWISE_KERNEL(name, f32, float, wide, count, 0) POINTWISE_TASK(name, f32, count)
#define POINTWISE_LIGHT(name, count) POINTWISE_KERNEL(name, f32, float, wide, count, 1) POINTWISE_TASK(name, f32, count)
#define POINTWISE_PRODUCT(name, count, ...) \
    POINTWISE_KERNEL(name, f32, float, wide, count, 1) PRODUCT_KERNEL(name, f32, float, vf, name##_loss_wide, count, __VA_ARGS__)
#define POINTWISE_USUAL_TERMS(name, count, apart, usable) POINTWISE_TERMS(name, count, apart, usable)
#define POINTWISE_KINDS_TERMS(name, count, apart, usable, kinds) POINTWISE_TERMS(name, count, apart, usable)
#define POINTWISE_TERMS(name, count, apart, usable) \
    POINTWISE_KERNEL(name, f32, float, wide, count, 0) POINTWISE_TERMS_KERNEL(name, count, apart, usable)
#define POINTWISE_DIFFERENCE(name, count, apart, usable) \
    POINTWISE_KERNEL(name, f32, float, wide, count, 0) POINTWISE_DIFFERENCE_KERNEL(name, count, apart, usable)
#define IN_OWN_LANES(...) __VA_ARGS__
#define IN_FLOAT_LANES(...) __VA_ARGS__
#define IN_PAIRS(...)
