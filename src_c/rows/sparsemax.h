/* sparsemax(x)_i = max(x_i - m - tau, 0), tau such that the row sums to 1: the closest probabilities to x. Backward from y: g_i less the
 * mean of g where y > 0, else 0.
 *
 * tau is a pair (rows/simplex.h): the difference is rounded once, 0.5 ulp, or 2^-52 (double: 2^-95) where x_i is that close to tau.
 * A row with NaN or +inf gives NaN, so does one of -inf alone. Backward: the mean in double lanes (double: pairs), within 1 ulp, or
 * 2^-48 (2^-100) of g and the mean of abs(g) where the two cancel. */
#include "simplex.h"
#define SPARSEMAX {1, 1, 1}
SIMPLEX_KERNELS(sparsemax, f32, float, F32_LANES, SPARSEMAX)
SIMPLEX_KERNELS(sparsemax, f64, double, F64_LANES, SPARSEMAX)
