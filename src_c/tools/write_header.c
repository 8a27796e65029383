/* What the registry implies and the preprocessor cannot write.
 * usage: write_header fastact.h.in VERSION > fastact.h    the template with @FUNCTIONS@ replaced by every row's prototypes
 *        write_header includes KIND > functions/all.h      an include line for every ELEMENTWISE (or other) row */
#include <stdio.h>
#include <string.h>

#define NO_PARAMETER "", ""
#define PARAMETER(name, default_value) ", %s " #name, "; " #name " = " #default_value
#define NAME_OF_PARAMETER(name, default_value) #name
#define FROM_OUTPUT 1
#define NOT_FROM_OUTPUT 0
#define TAKES_OUTPUT "y"
#define TAKES_INPUT "x"
#define BOUNDS(a, b, c, d) a, b

static const char *const types[2] = {"float", "double"}, *const suffixes[2] = {"f32", "f64"};

static void elementwise(const char *name, const char *parameter, const char *note, int from_output, const char *aliases,
                        const char *formula, const char *derivative, double value_ulp, double derivative_ulp) {
    printf("/* %s(x) = %s%s\n * derivative: %s\n * float32 within %g ulp (value), %g ulp (derivative)%s%s */\n", name, formula, note,
           derivative, value_ulp, derivative_ulp, *aliases ? "; also known as " : "", aliases);
    for (int i = 0; i < 2; ++i) {
        char last[64];
        snprintf(last, sizeof last, parameter, types[i]);
        printf("fastact_status fastact_%s_%s(size_t n, const %s *x, %s *y%s);\n", name, suffixes[i], types[i], types[i], last);
        printf("fastact_status fastact_%s_derivative_%s(size_t n, const %s *x, %s *dy%s);\n", name, suffixes[i], types[i], types[i], last);
        printf("fastact_status fastact_%s_backward_%s(size_t n, const %s *grad, const %s *x, %s *dx%s);\n", name, suffixes[i], types[i],
               types[i], types[i], last);
        if (from_output)
            printf("fastact_status fastact_%s_backward_from_output_%s(size_t n, const %s *grad, const %s *y, %s *dx%s);\n", name,
                   suffixes[i], types[i], types[i], types[i], last);
    }
    printf("\n");
}

static void rowwise(const char *name, const char *from, const char *formula, const char *derivative, double ulp) {
    printf("/* %s of each row of a C-contiguous (rows, columns) array: %s\n * backward: dx = %s\n"
           " * each float32 output within %g ulp. A row with NaN or +inf gives NaN; -inf entries count as zero probability. */\n",
           name, formula, derivative, ulp);
    for (int i = 0; i < 2; ++i) {
        const char *t = types[i];
        printf("fastact_status fastact_%s_%s(size_t rows, size_t columns, const %s *x, %s *y);\n", name, suffixes[i], t, t);
        printf("fastact_status fastact_%s_backward_%s(size_t rows, size_t columns, const %s *grad, const %s *%s, %s *dx);\n", name,
               suffixes[i], t, t, from, t);
    }
    printf("\n");
}

static void loss(const char *name, const char *formula, const char *gradient) {
    printf("/* %s: mean over n of %s\n * gradient: %s, divided by n. Sums run in a fixed order. */\n", name, formula, gradient);
    for (int i = 0; i < 2; ++i) {
        const char *t = types[i];
        printf("fastact_status fastact_%s_%s(size_t n, const %s *pred, const %s *target, %s *mean);\n", name, suffixes[i], t, t, t);
        printf("fastact_status fastact_%s_gradient_%s(size_t n, const %s *pred, const %s *target, %s *grad);\n", name, suffixes[i], t, t, t);
        printf("fastact_status fastact_%s_value_and_gradient_%s(size_t n, const %s *pred, const %s *target, %s *mean, %s *grad);\n", name,
               suffixes[i], t, t, t, t);
    }
    printf("\n");
}

static void row_loss(const char *name, const char *formula, const char *gradient) {
    printf("/* %s: mean over rows of %s\n * gradient: %s, divided by rows. A label outside [0, columns) is FASTACT_ERROR_LABEL\n"
           " * and nothing is written. */\n", name, formula, gradient);
    for (int i = 0; i < 2; ++i) {
        const char *t = types[i];
        printf("fastact_status fastact_%s_%s(size_t rows, size_t columns, const %s *logits, const int64_t *labels, %s *mean);\n", name,
               suffixes[i], t, t);
        printf("fastact_status fastact_%s_gradient_%s(size_t rows, size_t columns, const %s *logits, const int64_t *labels, %s *grad);\n",
               name, suffixes[i], t, t);
        printf("fastact_status fastact_%s_value_and_gradient_%s(size_t rows, size_t columns, const %s *logits, const int64_t *labels,\n"
               "    %s *mean, %s *grad);\n", name, suffixes[i], t, t, t);
    }
    printf("\n");
}

static void learned(const char *name, const char *formula, const char *derivative, const char *parameter) {
    printf("/* %s with a learned %s: %s\n * derivative: %s\n"
           " * x is a C-contiguous (outer, channels, inner) array and %s has `channels` values: (1, 1, n) for a single value, (1, n, 1) for one\n"
           " * an element. d%s is the sum over outer and inner of grad times the derivative by %s, in a fixed order, within 1 ulp. */\n",
           name, parameter, formula, derivative, parameter, parameter, parameter);
    for (int i = 0; i < 2; ++i) {
        const char *t = types[i];
        printf("fastact_status fastact_%s_%s(size_t outer, size_t channels, size_t inner, const %s *x, const %s *%s, %s *y);\n", name,
               suffixes[i], t, t, parameter, t);
        printf("fastact_status fastact_%s_backward_%s(size_t outer, size_t channels, size_t inner, const %s *grad, const %s *x,\n"
               "    const %s *%s, %s *dx, %s *d%s);\n", name, suffixes[i], t, t, t, parameter, t, t, parameter);
    }
    printf("\n");
}

static void functions(void) {
#define ELEMENTWISE(name, cost, parameters, from_output, ...) elementwise(#name, parameters, from_output, __VA_ARGS__);
#define ROWWISE(name, from, aliases, formula, derivative, ulp_f32, ulp_f64) rowwise(#name, from, formula, derivative, ulp_f32);
#define LOSS(name, short_name, aliases, formula, gradient, ...) \
    loss(#name, formula, gradient);                            \
    loss(#short_name, formula, gradient);
#define ROW_LOSS(name, aliases, formula, gradient, ...) row_loss(#name, formula, gradient);
#define LEARNED(name, base, cost, parameter, aliases, formula, derivative, ...) learned(#name, formula, derivative, NAME_OF_##parameter);
#include "../registry.h"
}

static int includes(const char *kind) {
    printf("/* Every %s row of the registry, in its order; written by `make header`. */\n", kind);
#define INCLUDE(row, name) \
    if (!strcmp(kind, row)) printf("#include \"%s.h\"\n", name);
#define ELEMENTWISE(name, ...) INCLUDE("ELEMENTWISE", #name)
#define ROWWISE(name, ...) INCLUDE("ROWWISE", #name)
#define LOSS(name, ...) INCLUDE("LOSS", #name)
#define ROW_LOSS(name, ...) INCLUDE("LOSS", #name)
#define LEARNED(name, ...) INCLUDE("LEARNED", #name)
#include "../registry.h"
    return 0;
}

int main(int count, char **arguments) {
    char line[512];
    if (count == 3 && !strcmp(arguments[1], "includes")) return includes(arguments[2]);
    FILE *template = count == 3 ? fopen(arguments[1], "r") : NULL;
    if (!template) return 1;
    while (fgets(line, sizeof line, template)) {
        const char *version = strstr(line, "@VERSION@");
        if (!strncmp(line, "@FUNCTIONS@", 11))
            functions();
        else if (version)
            printf("%.*s%s%s", (int)(version - line), line, arguments[2], version + 9);
        else
            fputs(line, stdout);
    }
    return fclose(template);
}
