/* What the row-wise functions and the losses of rows share. Long rows are taken along the lanes, short ones (up to SHORT columns)
 * across them; which of the two depends on the number of columns alone. How many long rows are taken together changes no bit. */
#ifndef FASTACT_ROWS_ROWS_H
#define FASTACT_ROWS_ROWS_H
#include "../loops/reduce.h"
#include <limits.h>

/* what e^0 becomes: exponentials carry a factor that keeps them from being subnormal */
#define F32_ROW_ONE 0x1p32
#define F64_ROW_ONE 0x1p64
/* a sum less its 1 below this has lost too much to the 1: the others are added up again without it */
#define DOMINATED_f32 0x1p-16
#define DOMINATED_f64 0x1p-10
enum { SHORT = 16, ROW_BLOCK = 512 };
/* Float rows of fewer columns are taken together where so many of them are left: a few are sooner done eight at a time (softmax,
 * log_softmax), or one (logsumexp). Eight lanes gain nothing over eight rows at a time. */
enum { JOINED_COLUMNS = 128, JOINED_ROWS = F32_LANES >= 16 ? 10 : INT_MAX, JOINED_SINGLE_ROWS = F32_LANES >= 8 ? 4 : INT_MAX };
/* groups of rows, which should stay in the first caches */
enum { GROUP_ROWS = 8, GROUP_ELEMENTS = 1 << 12 };
enum { LINED_COLUMNS = 256 }; /* rows from which on it pays to begin at a cache line */
/* factors of exponentials between the two leave every product of a row_factor normal, or the result below 2^-149 (double: 2^-1074) */
#define F32_FACTOR_LEAST 0x1p-60
#define F32_FACTOR_MOST 0x1p60
#define F64_FACTOR_LEAST 0x1p-800
#define F64_FACTOR_MOST 0x1p800

#define ROWS_KERNEL(name) \
    static MAY_BE_UNUSED void name(size_t rows, size_t columns, const void *a, const void *b, void *out, const double *parameters)

#define SCALAR float
#define VECTOR vf
#define VECTORS F32_VECTORS
#define WIDTH F32_LANES
#define OP(name) f32_##name
#define ROW_(name) f32_##name
#define FACTOR_SCALE 0x1p64
#define ROW_ONE F32_ROW_ONE
#define FACTOR_LEAST F32_FACTOR_LEAST
#define FACTOR_MOST F32_FACTOR_MOST
#include "row_template.h"

#define SCALAR double
#define VECTOR vd
#define VECTORS F64_VECTORS
#define WIDTH F64_LANES
#define OP(name) f64_##name
#define ROW_(name) f64_##name
#define FACTOR_SCALE 0x1p128
#define ROW_ONE F64_ROW_ONE
#define FACTOR_LEAST F64_FACTOR_LEAST
#define FACTOR_MOST F64_FACTOR_MOST
#include "row_template.h"

/* Sums of rows are kept less the 1 of the largest element: this is the sum itself. */
INLINE double_pair row_whole(double_pair rest) {
    double_pair s = double_sum(1, rest.high);
    s.low = s.low + rest.low;
    return s;
}

#include "f32_exponentials.h"
#include "f32_scaled.h"
#include "f64_exponentials.h"
#include "log_of_sum.h"
#include "short_rows.h"
#include "joined_rows.h"
#endif
