/* The words of joint losses, listed in as_wide.h, for double arrays. */
#include "as_none.h"
#include "../losses/as_pairs.h"
#define SCALAR double
#define joint_terms f64_joint_terms
#define num_store_defined(p, x, undefined, left) f64_loss_store(p, x, undefined, left)
#define num_normal(x) f64_pair_finite(f64_pair_normal(f64_pair_finite(x)))
#define num_pair(x) f64_pair_finite(x)
#define num_from(c) f64_pair_set((c).high, (c).low)
#define num_lanes_pair(s) f64_pair_lanes_sum(&(s), 0)
#define JOINT_ELEMENTS(name, arrays, gradients, parameters) JOINT_ELEMENTS_OF(name, f64, f64, arrays, gradients, parameters)
#define JOINT_ROWS(name, arrays) JOINT_ROWS_OF(name, f64, f64, arrays)
#include "joint_template.h"
