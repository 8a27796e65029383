/* What every elementwise function is compared with: one row a function, in double and in a wider format. */
#ifndef ACCURACY_REFERENCE_H
#define ACCURACY_REFERENCE_H
#include <float.h>
#include <stddef.h>

/* 113 bits where the compiler has libquadmath or a long double of that width, else 64, which is enough for float32 only */
#if defined(__GNUC__) && !defined(__clang__) && defined(__has_include)
#if __has_include(<quadmath.h>) && LDBL_MANT_DIG < 113
#define WIDE_QUADMATH 1
#endif
#endif
#ifdef WIDE_QUADMATH
typedef __float128 wide;
enum { WIDE_BITS = 113 };
#else
typedef long double wide;
enum { WIDE_BITS = LDBL_MANT_DIG };
#endif

enum { PARAMETERS = 5 };
typedef double function_double(double x, const double *parameters);
typedef wide function_wide(wide x, const wide *parameters);

enum { REFERENCE_VALUE = 0, REFERENCE_DERIVATIVE = 1, REFERENCE_FROM_OUTPUT = 2, REFERENCE_PASSES = 3 };

typedef struct reference {
    const char *name;
    function_double *in_double[REFERENCE_PASSES]; /* from_output: f'(x) as a function of y, or NULL */
    function_wide *in_wide[REFERENCE_PASSES];
    double parameters[PARAMETERS]; /* the defaults, as the catalog has them; a value to sweep where it has none */
    double others[8][PARAMETERS];  /* further parameters worth a sweep */
    int other_count;
    double derivative_root;      /* where f' crosses zero when the first parameter is 1, or 0: double forms cancel there */
    double output_low, output_high; /* the range of y that from_output speaks of */
    int piecewise;               /* f' is a step function and says nothing about NaN */
} reference;

/* Distance from a derivative's root below which double is not trusted. */
#define ROOT_NEIGHBOURHOOD 0.00390625

/* Edges of piecewise functions are numbers of the dtype: which one is judged, float unless said otherwise. */
void reference_judges_floats(int are_floats);

const reference *reference_find(const char *name);
const reference *reference_rows(size_t *count);

/* Exact value at x: the double form, or the wide form next to a root of the derivative. */
double reference_exact(const reference *row, int pass, double x, const double *parameters);
wide reference_wide(const reference *row, int pass, wide x, const double *parameters);
/* what the first parameter multiplies x by, where it does */
double reference_scale(const reference *row, const double *parameters);

/* wide helpers for the callers, so that only reference.c knows the library behind it */
wide wide_fabs(wide x);
wide wide_exp(wide x);
wide wide_log1p(wide x);
wide wide_log(wide x);
wide wide_sqrt(wide x);
int wide_exponent(wide x); /* ilogb */
wide wide_scale(wide x, int exponent);
#endif
