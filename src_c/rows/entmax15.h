/* entmax15(x)_i = max((x_i - m) / 2 - tau, 0)^2, tau such that the row sums to 1: between softmax and sparsemax. Backward from y, with
 * s = sqrt(y): s_i (g_i - sum g s / sum s).
 *
 * tau is a pair (rows/simplex.h), its difference to x_i squared as a pair and rounded once: 0.51 ulp, or 2^-52 (double: 2^-95) where
 * x_i is that close to tau. A row with NaN or +inf gives NaN, so does one of -inf alone. Backward: within 0.51 ulp (float), or
 * 2^-46 (double: 2^-51) of s times abs(g_i) + the weighted mean of abs(g), where that is more. */
#include "simplex.h"
#define ENTMAX15 {2, 2, 0.5}
SIMPLEX_KERNELS(entmax15, f32, float, F32_LANES, ENTMAX15)
SIMPLEX_KERNELS(entmax15, f64, double, F64_LANES, ENTMAX15)
