/* The words of joint losses, beside those of losses/as_wide.h, for float arrays.
 *
 * SCALAR                          what arrays hold
 * num_store_defined(p, x, undefined, left)   NaN where undefined
 * num_normal(x)                   with a low part below half an ulp, as comparisons need it
 * num_pair(x)                     as a pair, without what infinities leave in low parts
 * num_from(c)                     a double_pair in every lane
 * num_lanes_pair(s)               the sum of lanes, as a double_pair */
#include "../losses/as_wide.h"
#define SCALAR float
#define joint_terms wide_joint_terms
#define num_store_defined(p, x, undefined, left) wide_loss_store(p, x, undefined, left)
#define num_normal(x) (x)
#define num_pair(x) f64_pair_of(x, f64_set(0))
#define num_from(c) f64_set((c).high + (c).low)
#define num_lanes_pair(s) double_pair_of(f64_lanes_sum(s))
#define JOINT_ELEMENTS(name, arrays, gradients, parameters) JOINT_ELEMENTS_OF(name, f32, wide, arrays, gradients, parameters)
#define JOINT_ROWS(name, arrays) JOINT_ROWS_OF(name, f32, wide, arrays)
#include "joint_template.h"
