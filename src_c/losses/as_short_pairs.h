/* The words of losses mean pairs of doubles in fewer operations from here on: the same numbers where nothing leaves the range of double,
 * else infinity or NaN, which a block then takes back (short_pairs.h). */
#include "pair_words.h"
#define NAMED(name) name##_loss_short
#define num_difference(a, b) f64_sum(a, f64_set(0) - (b))
#define num_product(a, b) f64_product(a, b)
#define num_times_or_zero(c, a) f64_short_times_or_zero(c, a)
#define num_ratio(a, b) f64_pair_ratio(a, b)
#define num_exp(a) f64_short_exp(a)
#define num_times_exp(c, a) f64_short_times_exp(c, a)
#define num_expm1(a) f64_short_expm1(a)
#define num_log(a) f64_short_log(a)
#define num_log1p(a) f64_short_log1p(a)
#define num_log_of_chance(c, o) f64_short_log_of_chance(c, o)
#define num_log_long(x) f64_short_log_long(x)
#define num_undefined(a) 0
#define num_is_far(a) 0
#define NUM_TEXT INLINE
#define num_power(a, e) f64_short_power(a, e)
#define num_lanes_total(s) f64_short_total(f64_pair_lanes_sum(&(s), 0))
#define num_finite(a) (a)
#define num_watch vd
#define num_watch_begin() f64_set(0)
#define num_look(w, score, target) f64_short_look(&(w), score, target)
#define num_seen(w, sum, count) f64_short_seen(w, sum, count)
#define num_store_slope(p, a, left, w) f64_short_slope_store(p, a, left, &(w))
#define num_fits(w) (!f64_mask_any(f64_unordered(w, w)))
#define num_any_row 0
#define num_plain_row 1
#define ROW_LOSS_BY(name, gradient_of, count, weighs) ROW_LOSS_SHORT(name, gradient_of)
#define ROW_LOSS_EXACT_OF(name, takes, count, weighs)
#define LABEL_LOSS_OF(name, count, weighs)
#define POINTWISE(name, count) POINTWISE_SHORT(name)
#define POINTWISE_LIGHT(name, count) POINTWISE_SHORT(name)
#define POINTWISE_PRODUCT(name, ...) POINTWISE_SHORT(name)
#define POINTWISE_TERMS(name, count, apart, usable) POINTWISE_SHORT(name)
#define POINTWISE_DIFFERENCE(name, count, apart, usable) POINTWISE_SHORT(name)
#define POINTWISE_USUAL_TERMS(name, count, apart, usable) POINTWISE_SHORT_KINDS(name, 2)
#define POINTWISE_KINDS_TERMS(name, count, apart, usable, kinds) POINTWISE_SHORT_KINDS(name, kinds)
#define IN_OWN_LANES(...)
