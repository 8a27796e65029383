/* The words of losses, listed in as_wide.h, mean pairs of doubles from here on, for double arrays. */
#include "pair_words.h"
#define NAMED(name) name##_loss_f64
#define num_difference(a, b) f64_pair_difference(a, b)
#define num_product(a, b) f64_pair_finite(f64_product(a, b))
#define num_times_or_zero(c, a) f64_pair_times_or_zero(c, a)
#define num_ratio(a, b) f64_pair_quotient(a, b)
#define num_exp(a) f64_pair_exp(a)
#define num_times_exp(c, a) f64_pair_times_exp(c, a)
#define num_expm1(a) f64_pair_expm1(a)
#define num_log(a) f64_pair_log(a)
#define num_log1p(a) f64_pair_log1p(a)
#define num_log_of_chance(c, o) f64_pair_log_of_chance(c, o)
#define num_log_long(x) f64_pair_log_long(x)
#define num_undefined(a) f64_mask_any(f64_unordered((a).high, (a).high))
#define num_is_far(a) f64_mask_any(f64_not_le(f64_abs((a).high), f64_set(EXP_F64_NEAR)))
#define NUM_TEXT NOINLINE
#define num_power(a, e) f64_pair_power(a, e)
#define num_lanes_total(s) f64_pair_of_total(f64_pair_lanes_sum(&(s), 0))
#define num_finite(a) f64_pair_finite(a)
#define num_watch md
#define num_watch_begin() f64_never()
#define num_look(w, score, target) ((w) = f64_mask_or(w, f64_unordered(score, target)))
#define num_seen(w, sum, count) f64_mask_any(w)
#define num_store_slope(p, a, left, w) num_store(p, a, left)
#define num_fits(w) ((void)(w), 1)
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
#define POINTWISE_DIFFERENCE(name, count, apart, usable) POINTWISE(name, count)
#define POINTWISE_USUAL_TERMS(name, count, apart, usable) \
    POINTWISE_PAIRS_WHERE(name, usable(task->parameters)) POINTWISE_TASK(name, f64, count)
#define POINTWISE_KINDS_TERMS(name, count, apart, usable, kinds)            \
    POINTWISE_PAIRS_WHERE(name, name##_kind_loss_f64(task->parameters)) POINTWISE_TASK(name, f64, count)
#define IN_OWN_LANES(...) __VA_ARGS__
