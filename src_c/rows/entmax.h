/* entmax(x)_i = max((alpha - 1) (x_i - m) - tau, 0)^(1 / (alpha - 1)), 1 < alpha <= 2, tau such that the row sums to 1. Backward from y,
 * with s = y^(2 - alpha) where y > 0, else 0: s_i (g_i - sum g s / sum s).
 *
 * As rows/entmax15.h with powers e^(p log d) of pairs: 0.51 ulp in float, in double 2 ulp, or 2^-53 of y'(tau) where that is more.
 * Other alpha give NaN. */
#include "simplex.h"
#define ENTMAX \
    {ANY_POWER, parameters[0] > 1 && parameters[0] <= 2 ? 1 / (parameters[0] - 1) : (double)NAN, parameters[0] - 1}
SIMPLEX_KERNELS(entmax_between, f32, float, F32_LANES, ENTMAX)
SIMPLEX_KERNELS(entmax_between, f64, double, F64_LANES, ENTMAX)

/* 1.5 and 2 have kernels without powers: a third of the time, and a sixth backward */
#define ENTMAX_BY(name, pass) rows_##name##_##pass(rows, columns, a, b, out, parameters)
#define ENTMAX_KERNEL(pass)                                          \
    ROWS_KERNEL(rows_entmax_##pass) {                                \
        if (parameters[0] == 1.5)                                    \
            ENTMAX_BY(entmax15, pass);                               \
        else if (parameters[0] == 2)                                 \
            ENTMAX_BY(sparsemax, pass);                              \
        else                                                         \
            ENTMAX_BY(entmax_between, pass);                         \
    }
ENTMAX_KERNEL(f32)
ENTMAX_KERNEL(f64)
ENTMAX_KERNEL(backward_f32)
ENTMAX_KERNEL(backward_f64)
