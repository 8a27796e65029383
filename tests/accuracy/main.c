/* Sweeps every function of the catalog against exact references and fails where a stated bound does not hold.
 *
 *   sweep [--all | --stratified] [--dtype f32|f64] [--function NAME] [--pass value|derivative|backward|from_output]
 *         [--parameters] [--threads N] [--isa NAME] [--json FILE] [--self-check]
 *   sweep --rows [--rounds N] [--dtype f32|f64] [--function NAME] [--isa NAME] [--json FILE]
 *
 * --all          all 2^32 float32 inputs; the default is --stratified, about a million (float64: about 120 000)
 * --parameters   the non-default parameters of the reference rows too, bound 2 ulp
 * --rows         the row-wise and gated functions and the losses instead of the elementwise ones, N times with other random rows
 * --json FILE    append one JSON object a line, for report.py
 * --self-check   compare the double references with the wide ones instead of running the library
 * Returns 0 when all bounds hold, 1 when one does not, 2 on a wrong option, 3 where the compiler offers no 113-bit reference. */
#include "strata.h"
#include "sweep.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int all, parameters, self_check, threads, rows, rounds;
    fastact_dtype dtype;
    const char *function, *pass, *json;
    FILE *file;
} options;

static const char *const pass_names[] = {"value", "derivative", "backward", "from_output"};
static const double gradients[] = {1, -3.7f, 1e-3f};
#define OTHER_PARAMETER_BOUND 2.0
#define SELF_CHECK_BOUND 1e-3

/* The stated bound, or a negative number where the catalog states none. */
static double bound_of(const sweep_case *c) {
    if (c->pass > FASTACT_DERIVATIVE) return -1;
    if (!c->is_default) return OTHER_PARAMETER_BOUND;
    return (c->dtype == FASTACT_F32 ? c->function->max_ulp_f32 : c->function->max_ulp_f64)[c->pass];
}

/* "alpha 0.5, beta 2", or nothing where these are the defaults */
static const char *format_parameters(const sweep_case *c, char *text, size_t size) {
    text[0] = 0;
    for (int k = 0; !c->is_default && k < c->function->parameter_count; ++k)
        snprintf(text + strlen(text), size - strlen(text), "%s%s %.4g", k ? ", " : "", c->function->parameters[k].name, c->parameters[k]);
    return text;
}

static int run_case(const options *o, const sweep_case *c, const sweep_inputs *inputs) {
    const sweep_result r = sweep_run(c, inputs, o->threads);
    sweep_line line = {.function = c->function->name, .pass = pass_names[c->pass], .dtype = c->dtype, .gradient = c->gradient,
                       .bound = bound_of(c), .is_default = c->is_default, .all = o->all};
    char label[128] = "", parameters[96];
    line.parameters = format_parameters(c, parameters, sizeof parameters);
    if (c->pass >= FASTACT_BACKWARD) snprintf(label, sizeof label, " gradient %g", c->gradient);
    if (!c->is_default) snprintf(label + strlen(label), sizeof label - strlen(label), " with %s", parameters);
    line.label = label;
    return sweep_report(&line, &r, o->file);
}

static int self_check(const sweep_case *c, const sweep_inputs *inputs) {
    char parameters[96];
    int ok = 1;
    format_parameters(c, parameters, sizeof parameters);
    for (int pass = 0; pass < REFERENCE_PASSES; ++pass) {
        double worst;
        if (!c->row->in_double[pass]) continue;
        const double ulp = sweep_self_check(c->row, pass, c->parameters, inputs->floats, inputs->count, &worst);
        printf("%-10s reference %-11s %s: double and wide differ by at most %.2e ulp, at %.9g\n", c->row->name,
               pass == REFERENCE_FROM_OUTPUT ? "from_output" : pass_names[pass], parameters, ulp, worst);
        ok &= ulp < SELF_CHECK_BOUND;
    }
    return ok;
}

/* all wanted passes of one function with one choice of parameters */
static int run_function(const options *o, const fastact_function *f, const reference *row, const double *parameters, int is_default) {
    sweep_case c = {.function = f, .row = row, .dtype = o->dtype, .is_default = is_default};
    for (int k = 0; k < PARAMETERS; ++k) c.parameters[k] = o->dtype == FASTACT_F32 ? (float)parameters[k] : parameters[k];
    sweep_inputs inputs = {.count = UINT64_C(1) << 32};
    float *floats = NULL;
    double *doubles = NULL;
    int ok = 1;
    if (o->dtype == FASTACT_F64)
        inputs.doubles = doubles = stratified_doubles(row, c.parameters, &inputs.count);
    else if (!o->all || !is_default || o->self_check)
        inputs.floats = floats = stratified_floats(row, c.parameters, &inputs.count);
    for (int pass = FASTACT_VALUE; !o->self_check && pass <= FASTACT_BACKWARD_FROM_OUTPUT; ++pass) {
        if (!(f->passes & 1u << pass) || (o->pass && strcmp(o->pass, pass_names[pass]))) continue;
        if (!row->in_double[sweep_reference_pass((fastact_pass)pass)]) {
            fprintf(stderr, "sweep: %s has no reference for its pass %s\n", f->name, pass_names[pass]);
            ok = 0;
            continue;
        }
        c.pass = (fastact_pass)pass;
        for (size_t g = 0; g < (pass < FASTACT_BACKWARD ? 1 : sizeof gradients / sizeof *gradients); ++g) {
            c.gradient = gradients[g];
            ok &= run_case(o, &c, &inputs);
        }
    }
    if (o->self_check) ok = self_check(&c, &inputs);
    free(floats);
    free(doubles);
    return ok;
}

static int run_catalog(const options *o) {
    size_t count;
    int ok = 1, found = 0;
    const fastact_function *functions = fastact_functions(&count);
    for (size_t i = 0; i < count; ++i) {
        const fastact_function *f = functions + i;
        if (f->kind != FASTACT_ELEMENTWISE || (o->function && strcmp(o->function, f->name))) continue;
        const reference *row = reference_find(f->name);
        found = 1;
        if (!row) {
            fprintf(stderr, "sweep: %s has no row in tests/accuracy/reference.c\n", f->name);
            ok = 0;
            continue;
        }
        for (int k = 0; k < f->parameter_count; ++k) {
            const double usual = f->parameters[k].default_value;
            if (isnan(usual) || usual == row->parameters[k]) continue;
            fprintf(stderr, "sweep: %s: %s is %g in the catalog and %g in the reference\n", f->name, f->parameters[k].name, usual,
                    row->parameters[k]);
            ok = 0;
        }
        ok &= run_function(o, f, row, row->parameters, 1);
        for (int k = 0; o->parameters && k < row->other_count; ++k) ok &= run_function(o, f, row, row->others[k], 0);
    }
    if (!found) {
        fprintf(stderr, "sweep: no elementwise function of that name\n");
        exit(2);
    }
    return ok;
}

static int run_rows(const options *o) {
    const strata_options s = {.dtype = o->dtype, .rounds = o->rounds, .file = o->file};
    size_t count;
    int ok = 1, found = 0;
    const fastact_function *functions = fastact_functions(&count);
    for (size_t i = 0; i < count; ++i) {
        const fastact_function *f = functions + i;
        if (f->kind == FASTACT_ELEMENTWISE || f->kind == FASTACT_LEARNED || (o->function && strcmp(o->function, f->name))) continue;
        found = 1;
        ok &= f->kind == FASTACT_ROWWISE ? sweep_rowwise(&s, f) : f->kind == FASTACT_GATED ? sweep_gated(&s, f) : sweep_loss(&s, f);
    }
    if (!found) {
        fprintf(stderr, "sweep: no row-wise or gated function and no loss of that name\n");
        exit(2);
    }
    return ok;
}

static options parse(int argc, char **argv) {
    options o = {.threads = 1, .rounds = 1};
    for (int i = 1; i < argc; ++i) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";
        int takes_value = 1;
        if (!strcmp(name, "--all")) o.all = 1, takes_value = 0;
        else if (!strcmp(name, "--stratified")) o.all = 0, takes_value = 0;
        else if (!strcmp(name, "--parameters")) o.parameters = 1, takes_value = 0;
        else if (!strcmp(name, "--self-check")) o.self_check = 1, takes_value = 0;
        else if (!strcmp(name, "--rows")) o.rows = 1, takes_value = 0;
        else if (!strcmp(name, "--dtype") && (!strcmp(value, "f32") || !strcmp(value, "f64")))
            o.dtype = !strcmp(value, "f64") ? FASTACT_F64 : FASTACT_F32;
        else if (!strcmp(name, "--function")) o.function = value;
        else if (!strcmp(name, "--pass")) o.pass = value;
        else if (!strcmp(name, "--json")) o.json = value;
        else if (!strcmp(name, "--threads") && atoi(value) > 0) o.threads = atoi(value);
        else if (!strcmp(name, "--rounds") && atoi(value) > 0) o.rounds = atoi(value);
        else if (!strcmp(name, "--isa") && fastact_set_isa(value) == FASTACT_OK) {}
        else {
            fprintf(stderr, "sweep: unknown option or value: %s %s\n", name, value);
            exit(2);
        }
        i += takes_value;
    }
    return o;
}

int main(int argc, char **argv) {
    options o = parse(argc, argv);
    if (o.dtype == FASTACT_F64 && WIDE_BITS < 113) {
        fprintf(stderr, "sweep: float64 needs a 113-bit reference: libquadmath (GCC) or a long double of that width\n");
        return 3;
    }
    if (o.json && !(o.file = fopen(o.json, "a"))) {
        perror(o.json);
        return 2;
    }
    reference_judges_floats(o.dtype == FASTACT_F32);
    const int ok = o.rows ? run_rows(&o) : run_catalog(&o);
    if (o.file && fclose(o.file)) {
        perror(o.json);
        return 2;
    }
    return !ok;
}
