#include "strata.h"
#include <math.h>
#include <stdlib.h>

static double unit(uint64_t *random) { return sweep_uniform(random, 0, 1); }
double strata_normal(uint64_t *random) {
    const double radius = sqrt(-2 * log(1 - unit(random)));
    return radius * cos(6.283185307179586 * unit(random));
}
double strata_magnitude(uint64_t *random, double low, double high) {
    const double digits = sweep_uniform(random, 1, 2), exponent = floor(sweep_uniform(random, low, high));
    return ldexp(sweep_random(random) & 1 ? digits : -digits, (int)exponent);
}

/* where e^x ends: results there are subnormal, below they are 0 */
static double lowest_normal(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 87.3 : 708.4; }
static double lowest(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 104 : 745.2; }

typedef void fill_row(double *x, size_t columns, fastact_dtype dtype, uint64_t *random);
#define FILL(name) static void name(double *x, size_t columns, fastact_dtype dtype, uint64_t *random)
#define EACH for (size_t i = 0; i < columns; ++i)

FILL(normal_1) { (void)dtype; EACH x[i] = strata_normal(random); }
FILL(normal_3) { (void)dtype; EACH x[i] = 3 * strata_normal(random); }
FILL(normal_30) { (void)dtype; EACH x[i] = 30 * strata_normal(random); }
FILL(uniform) { EACH x[i] = sweep_uniform(random, -1, 1) * 0.6 * lowest(dtype); }
FILL(constant) {
    const double c = strata_magnitude(random, -20, 12);
    (void)dtype;
    EACH x[i] = c;
}
FILL(peak) {
    normal_1(x, columns, dtype, random);
    const size_t top = sweep_random(random) % columns;
    x[top] += sweep_uniform(random, 4, 1.1 * lowest(dtype));
}
/* one element outweighs the others, and these are of a size */
FILL(dominated) {
    const double top = 10 * strata_normal(random), gap = sweep_uniform(random, 1, lowest(dtype));
    EACH x[i] = top - gap - 2 * unit(random);
    x[sweep_random(random) % columns] = top;
}
FILL(nearly_equal) {
    const double c = strata_magnitude(random, -3, 8), step = dtype == FASTACT_F32 ? 0x1p-23 : 0x1p-52;
    EACH x[i] = c * (1 + step * (double)(sweep_random(random) % 17));
}
FILL(subnormal) {
    const double top = strata_normal(random);
    EACH x[i] = top - (unit(random) < 0.5 ? sweep_uniform(random, 0, 3) : sweep_uniform(random, lowest_normal(dtype), lowest(dtype)));
    x[sweep_random(random) % columns] = top;
}
FILL(large) {
    const double centre = strata_magnitude(random, 9, dtype == FASTACT_F32 ? 20 : 45);
    EACH x[i] = centre + sweep_uniform(random, -0.5, 0.5) * lowest(dtype);
}
FILL(exponents) { EACH x[i] = strata_magnitude(random, -140, dtype == FASTACT_F32 ? 8 : 11); }
FILL(minus_infinity) {
    normal_3(x, columns, dtype, random);
    EACH if (unit(random) < 0.25) x[i] = -INFINITY;
    x[sweep_random(random) % columns] = 0.5;
}
FILL(not_a_number) {
    const double odd[] = {NAN, INFINITY, -INFINITY};
    const uint64_t which = sweep_random(random) % 3;
    normal_1(x, columns, dtype, random);
    if (which == 2) EACH x[i] = -INFINITY;
    x[sweep_random(random) % columns] = odd[which];
}

static const struct {
    const char *name;
    fill_row *fill;
} strata[] = {
    {"normal(0, 1)", normal_1}, {"normal(0, 30)", normal_30}, {"dominated", dominated}, {"normal(0, 3)", normal_3}, {"uniform", uniform},
    {"constant", constant}, {"one peak", peak}, {"nearly equal", nearly_equal}, {"subnormal results", subnormal},
    {"large numbers", large}, {"every exponent", exponents}, {"with -inf", minus_infinity}, {"nan or inf", not_a_number},
};
enum { STRATA = sizeof strata / sizeof *strata, STRATA_OF_VOCABULARIES = 3 };
/* rows per batch: few enough that one group of lanes is whole and one is not */
static const struct {
    size_t columns, rows;
} shapes[] = {{1, 19}, {2, 51}, {3, 51}, {10, 51}, {16, 51}, {17, 35}, {64, 19}, {1000, 3}, {1024, 2}, {50257, 1}};
enum { SHAPES = sizeof shapes / sizeof *shapes };

uint64_t strata_seed(const strata_batch *batch, size_t row, int purpose) {
    const uint64_t parts[] = {(uint64_t)batch->place.round, batch->columns, row, (uint64_t)purpose};
    uint64_t seed = 0;
    for (const char *c = batch->place.stratum; *c; ++c) seed = seed * 31 + (unsigned char)*c;
    for (int i = 0; i < 4; ++i) seed = sweep_random(&seed) ^ parts[i];
    return seed;
}

void *strata_array(fastact_dtype dtype, size_t count) {
    void *array = malloc((count ? count : 1) * (dtype == FASTACT_F32 ? sizeof(float) : sizeof(double)));
    if (!array) abort();
    return array;
}
void strata_set(fastact_dtype dtype, void *array, size_t i, double x) {
    if (dtype == FASTACT_F32)
        ((float *)array)[i] = (float)x;
    else
        ((double *)array)[i] = x;
}
double strata_get(fastact_dtype dtype, const void *array, size_t i) {
    return dtype == FASTACT_F32 ? (double)((const float *)array)[i] : ((const double *)array)[i];
}
double strata_tiny(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 0x1p-149 : 0x1p-1074; }
double strata_rounded(fastact_dtype dtype, double x) { return dtype == FASTACT_F32 ? (double)(float)x : x; }

static void run_batch(strata_batch *b, fill_row *fill, strata_visit *visit, void *context) {
    b->x = strata_array(FASTACT_F64, b->rows * b->columns);
    b->typed = strata_array(b->dtype, b->rows * b->columns);
    for (size_t row = 0; row < b->rows; ++row) {
        uint64_t random = strata_seed(b, row, 0);
        fill(b->x + row * b->columns, b->columns, b->dtype, &random);
    }
    for (size_t i = 0; i < b->rows * b->columns; ++i) {
        b->x[i] = strata_rounded(b->dtype, b->x[i]);
        strata_set(b->dtype, b->typed, i, b->x[i]);
    }
    visit(b, context);
    free(b->x);
    free(b->typed);
}

void strata_each(const strata_options *o, strata_visit *visit, void *context) {
    for (int round = 1; round <= o->rounds; ++round)
        for (int s = 0; s < STRATA; ++s)
            for (int k = 0; k < SHAPES; ++k) {
                if (k == SHAPES - 1 && (s >= STRATA_OF_VOCABULARIES || round > 1)) continue;
                strata_batch b = {.dtype = o->dtype, .rows = shapes[k].rows, .columns = shapes[k].columns};
                b.place = (strata_place){.stratum = strata[s].name, .columns = b.columns, .round = round};
                run_batch(&b, strata[s].fill, visit, context);
            }
}

strata_result strata_begin(const strata_options *o, const fastact_function *function, fastact_pass pass) {
    const double *bounds = o->dtype == FASTACT_F32 ? function->max_ulp_f32 : function->max_ulp_f64;
    return (strata_result){.bound = bounds[pass != FASTACT_VALUE]};
}

void strata_judge(strata_result *r, const strata_batch *batch, size_t row, size_t column, double x, wide exact, wide allowed, double y) {
    strata_place place = batch->place;
    double ulp;
    int normal;
    place.row = row, place.column = column;
    ++r->errors.inputs;
    if (!sweep_compare(batch->dtype, exact, y, &ulp, &normal)) {
        if (sweep_note_special(&r->errors, x)) r->first_special = place;
        return;
    }
    const wide error = wide_fabs((wide)y - exact);
    if (ulp > 0 && allowed * ulp > r->bound * error && error <= allowed) {
        const double share = (double)(error / allowed);
        ++r->excused;
        if (share > r->share) r->share = share;
    } else if (sweep_note_error(&r->errors, ulp, x, normal) && normal)
        r->worst = place;
}

static void format_place(char *text, size_t size, const strata_place *p) {
    if (p->stratum)
        snprintf(text, size, "%s, %zu columns, row %zu, column %zu, round %d", p->stratum, p->columns, p->row, p->column, p->round);
    else
        snprintf(text, size, "-");
}

int strata_end(const strata_options *o, const fastact_function *function, const char *pass, const strata_result *r) {
    char worst[160], special[160];
    format_place(worst, sizeof worst, &r->worst);
    format_place(special, sizeof special, &r->first_special);
    const sweep_line line = {.function = function->name, .pass = pass, .label = "", .dtype = o->dtype, .bound = r->bound, .is_default = 1,
                             .worst_place = worst, .special_place = special, .excused = r->excused, .share = r->share};
    return sweep_report(&line, &r->errors, o->file);
}

void strata_exponentiate(const double *x, size_t columns, strata_exponentials *s) {
    size_t at = 0;
    double largest = x[0];
    for (size_t i = 1; i < columns; ++i)
        if (x[i] > largest || largest != largest) largest = x[i], at = i;
    s->largest = largest;
    s->rest = 0;
    for (size_t i = 0; i < columns; ++i) {
        s->e[i] = wide_exp((wide)x[i] - s->largest);
        if (i != at || s->e[i] != s->e[i]) s->rest += s->e[i];
    }
}

void strata_expect_ok(const fastact_function *function, fastact_status status) {
    if (status == FASTACT_OK) return;
    fprintf(stderr, "sweep: %s: %s\n", function->name, fastact_status_text(status));
    exit(2);
}
