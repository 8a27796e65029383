/* The parts of the sweep: which inputs, how one case is run, what comes out. */
#ifndef ACCURACY_SWEEP_H
#define ACCURACY_SWEEP_H
#include "fastact.h"
#include "reference.h"
#include <stdint.h>
#include <stdio.h>

/* One function, pass, dtype and parameter. */
typedef struct sweep_case {
    const fastact_function *function;
    const reference *row;
    fastact_pass pass;
    fastact_dtype dtype;
    double gradient;  /* upstream gradient of the backward passes */
    double parameters[PARAMETERS]; /* exact in the dtype */
    int is_default;                /* they are the function's own defaults */
} sweep_case;

/* Errors are in units in the last place of the exact value's binade, 2^-149 or 2^-1074 below the normal numbers. */
typedef struct sweep_result {
    uint64_t inputs;
    double max_ulp, worst;                     /* among normal exact values */
    double max_subnormal_ulp, worst_subnormal; /* among subnormal ones */
    uint64_t wrongly_rounded;                  /* error above half an ulp, by more than the reference's own doubt */
    uint64_t special;                          /* inf, NaN or a named sign of zero missed */
    double first_special;
} sweep_result;

/* Inputs are numbered; list is NULL for "every float32 in bit order". */
typedef struct sweep_inputs {
    uint64_t count;
    const float *floats;
    const double *doubles;
} sweep_inputs;

/* Stratified inputs, the same in every run; the caller frees them. */
float *stratified_floats(const reference *row, const double *parameters, uint64_t *count);
double *stratified_doubles(const reference *row, const double *parameters, uint64_t *count);

/* The index of the reference's pass, and whether x is an input the pass speaks of. */
int sweep_reference_pass(fastact_pass pass);
int sweep_is_meant(const sweep_case *c, double x);

sweep_result sweep_run(const sweep_case *c, const sweep_inputs *inputs, int threads);

/* One block of inputs; called by sweep_run from several threads. */
void sweep_floats(const sweep_case *c, const float *x, size_t n, sweep_result *result);
void sweep_doubles(const sweep_case *c, const double *x, size_t n, sweep_result *result);

/* Largest disagreement of the double and the wide reference in float32 ulp, outside the roots' neighbourhoods. */
double sweep_self_check(const reference *row, int pass, const double *parameters, const float *x, uint64_t count, double *worst);

/* y against the exact value: false where infinity or the canonical NaN is missed, else the error and whether it is a normal number's. */
int sweep_compare(fastact_dtype dtype, wide exact, double y, double *ulp, int *normal);
/* Counts one error; returns whether it is the largest of its sort so far. */
int sweep_note_error(sweep_result *result, double ulp, double x, int normal);
/* Counts one missed special value; returns whether it is the first. */
int sweep_note_special(sweep_result *result, double x);

/* The same sequence of random numbers in every run. */
uint64_t sweep_random(uint64_t *state);
double sweep_uniform(uint64_t *state, double low, double high);

/* What a line of the output says besides the result. */
typedef struct sweep_line {
    const char *function, *pass, *label;
    fastact_dtype dtype;
    double gradient;
    const char *parameters;                   /* those that are not the defaults, "" else */
    double bound;                             /* negative where none is stated */
    int is_default, all;
    const char *worst_place, *special_place;  /* the row it is in, or NULL */
    uint64_t excused;                         /* results held to an allowance instead of to the bound */
    double share;                             /* their largest error, as a part of it */
} sweep_line;

/* Prints it, appends it to the file where there is one, and returns whether the bound holds. */
int sweep_report(const sweep_line *line, const sweep_result *result, FILE *file);

enum { SWEEP_BLOCK = 4096 };
#endif
