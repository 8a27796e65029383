/* entmax(x)_i = max((alpha - 1) (x_i - m) - tau, 0)^(1 / (alpha - 1)), 1 < alpha <= 2, tau such that the row sums to 1. Backward from y,
 * with s = y^(2 - alpha) where y > 0, else 0: s_i (g_i - sum g s / sum s).
 *
 * As rows/entmax15.h with powers e^(p log d) of pairs: 0.51 ulp in float, in double 2 ulp, or 2^-53 of y'(tau) where that is more.
 * Other alpha give NaN. */
#include "simplex.h"
#define ENTMAX \
    {ANY_POWER, parameters[0] > 1 && parameters[0] <= 2 ? 1 / (parameters[0] - 1) : (double)NAN, parameters[0] - 1}
SIMPLEX_KERNELS(entmax, f32, float, F32_LANES, ENTMAX)
SIMPLEX_KERNELS(entmax, f64, double, F64_LANES, ENTMAX)
