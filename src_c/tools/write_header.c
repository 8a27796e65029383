/* What the registry implies and the preprocessor cannot write.
 * usage: write_header fastact.h.in VERSION > fastact.h    the template with @FUNCTIONS@ replaced by every row's prototypes
 *        write_header includes KIND > functions/all.h      an include line for every ELEMENTWISE (or other) row */
#include <stdio.h>
#include <string.h>

/* names and defaults by turns */
#define NO_PARAMETER (const char *const[]){NULL}
#define PARAMETER(a, a_value) (const char *const[]){#a, #a_value, NULL}
#define PARAMETERS_2(a, a_value, b, b_value) (const char *const[]){#a, #a_value, #b, #b_value, NULL}
#define PARAMETERS_3(a, a_value, b, b_value, c, c_value) (const char *const[]){#a, #a_value, #b, #b_value, #c, #c_value, NULL}
#define PARAMETERS_4(a, a_value, b, b_value, c, c_value, d, d_value) \
    (const char *const[]){#a, #a_value, #b, #b_value, #c, #c_value, #d, #d_value, NULL}
#define PARAMETERS_5(a, a_value, b, b_value, c, c_value, d, d_value, e, e_value) \
    (const char *const[]){#a, #a_value, #b, #b_value, #c, #c_value, #d, #d_value, #e, #e_value, NULL}
#define LABELS 1
#define PROBABILITIES 2
#define LABELS_OR_PROBABILITIES 3
#define GATE_FIRST 0
#define GATE_SECOND 1
#define NAME_OF_PARAMETER(name, default_value) #name
#define FROM_OUTPUT 1
#define NOT_FROM_OUTPUT 0
#define TAKES_OUTPUT "y"
#define TAKES_INPUT "x"
#define BOUNDS(a, b, c, d) a, b
#define KEEPS_COLUMNS 0
#define ONE_COLUMN 1
#define GROUPED_COLUMNS 2

#define ARRAYS_1(a) (const char *const[]){#a, NULL}
#define ARRAYS_2(a, b) (const char *const[]){#a, #b, NULL}
#define ARRAYS_3(a, b, c) (const char *const[]){#a, #b, #c, NULL}
#define GRADIENTS_1 ARRAYS_1
#define GRADIENTS_2 ARRAYS_2
#define GRADIENTS_3 ARRAYS_3
typedef enum { ELEMENTS, ROWS, DISTANCES, WEIGHTS } unit_kind;

static const char *const types[4] = {"float", "double", "fastact_f16", "fastact_bf16"}, *const suffixes[4] = {"f32", "f64", "f16", "bf16"};

/* ", float alpha, float beta" */
static const char *declare(char *text, size_t size, const char *const *parameters, const char *type) {
    text[0] = 0;
    for (const char *const *p = parameters; *p; p += 2) snprintf(text + strlen(text), size - strlen(text), ", %s %s", type, p[0]);
    return text;
}
/* "; alpha = 1, beta = 2" */
static void print_defaults(const char *const *parameters) {
    for (const char *const *p = parameters; *p; p += 2)
        if (strcmp(p[1], "REQUIRED")) printf("%s %s = %s", p == parameters ? ";" : ",", p[0], p[1]);
}

static void elementwise(const char *name, const char *const *parameters, int from_output, const char *aliases, const char *formula,
                        const char *derivative, double value_ulp, double derivative_ulp) {
    printf("/* %s(x) = %s", name, formula);
    print_defaults(parameters);
    printf("\n * derivative: %s\n * float32 within %g ulp (value), %g ulp (derivative)%s%s */\n", derivative, value_ulp, derivative_ulp,
           *aliases ? "; also known as " : "", aliases);
    for (int i = 0; i < 4; ++i) {
        const char *const t = types[i], *const suffix = suffixes[i];
        char last[256];
        declare(last, sizeof last, parameters, i == 1 ? "double" : "float");
        printf("fastact_status fastact_%s_%s(size_t n, const %s *x, %s *y%s);\n", name, suffix, t, t, last);
        printf("fastact_status fastact_%s_derivative_%s(size_t n, const %s *x, %s *dy%s);\n", name, suffix, t, t, last);
        printf("fastact_status fastact_%s_backward_%s(size_t n, const %s *grad, const %s *x, %s *dx%s);\n", name, suffix, t, t, t, last);
        if (from_output)
            printf("fastact_status fastact_%s_backward_from_output_%s(size_t n, const %s *grad, const %s *y, %s *dx%s);\n", name, suffix,
                   t, t, t, last);
    }
    printf("\n");
}

static void rowwise(const char *name, int shape, const char *const *parameters, const char *from, const char *aliases,
                    const char *formula, const char *derivative, double ulp) {
    static const char *const results[3] = {"", "y and grad hold one number a row. ", "y and grad are (rows, columns / pieces). "};
    printf("/* %s of each row of a C-contiguous (rows, columns) array: %s", name, formula);
    if (*parameters) printf("; %s = %s by default in other languages", parameters[0], parameters[1]);
    printf("\n * backward: dx = %s\n * %seach float32 output within %g ulp%s%s */\n", derivative, results[shape], ulp,
           *aliases ? "; also known as " : "", aliases);
    for (int i = 0; i < 4; ++i) {
        const char *const t = types[i];
        char last[64] = "";
        if (*parameters) snprintf(last, sizeof last, ", %s %s", shape == GROUPED_COLUMNS ? "size_t" : i == 1 ? "double" : "float",
                                  parameters[0]);
        printf("fastact_status fastact_%s_%s(size_t rows, size_t columns, const %s *x, %s *y%s);\n", name, suffixes[i], t, t, last);
        printf("fastact_status fastact_%s_backward_%s(size_t rows, size_t columns, const %s *grad, const %s *%s, %s *dx%s);\n", name,
               suffixes[i], t, t, from, t, last);
    }
    printf("\n");
}

static void gated(const char *name, int gate_is_second, const char *const *parameters, const char *aliases, const char *formula,
                  const char *gradients,
                  double value_ulp, double gradient_ulp) {
    const char *const a = gate_is_second ? "value" : "gate", *const b = gate_is_second ? "gate" : "value";
    printf("/* %s(%s, %s) = %s", name, a, b, formula);
    print_defaults(parameters);
    printf("\n * gradients:\n * %s\n * float32 within %g ulp (value), %g ulp (gradients)%s%s */\n", gradients, value_ulp, gradient_ulp,
           *aliases ? "; also known as " : "", aliases);
    for (int i = 0; i < 4; ++i) {
        const char *t = types[i];
        char last[128];
        declare(last, sizeof last, parameters, i == 1 ? "double" : "float");
        printf("fastact_status fastact_%s_%s(size_t n, const %s *%s, const %s *%s, %s *y%s);\n", name, suffixes[i], t, a, t, b, t, last);
        printf("fastact_status fastact_%s_backward_%s(size_t n, const %s *grad, const %s *%s, const %s *%s,\n    %s *d%s, %s *d%s%s);\n",
               name,
               suffixes[i], t, t, a, t, b, t, a, t, b, last);
    }
    printf("\n");
}

static void loss_prototypes(const char *name, const char *const *parameters) {
    for (int i = 0; i < 2; ++i) {
        const char *const t = types[i], *const suffix = suffixes[i];
        char last[128];
        declare(last, sizeof last, parameters, t);
        printf("fastact_status fastact_%s_%s(size_t n, const %s *pred, const %s *target, %s *mean%s);\n", name, suffix, t, t, t, last);
        printf("fastact_status fastact_%s_gradient_%s(size_t n, const %s *pred, const %s *target, %s *grad%s);\n", name, suffix, t, t, t,
               last);
        printf("fastact_status fastact_%s_value_and_gradient_%s(size_t n, const %s *pred, const %s *target, %s *mean, %s *grad%s);\n", name,
               suffix, t, t, t, t, last);
        printf("fastact_status fastact_%s_gradient_and_hessian_%s(size_t n, const %s *pred, const %s *target, %s *grad, %s *hess%s);\n",
               name, suffix, t, t, t, t, last);
    }
    printf("\n");
}

/* d is the prediction minus the target where formulas say so; z and t are the two themselves */
static void loss(const char *name, const char *const *parameters, const char *formula, const char *gradient, const char *hessian) {
    printf("/* %s: mean over n of %s", name, formula);
    print_defaults(parameters);
    printf("\n * gradient: %s, divided by n\n * gradient_and_hessian: of each loss; the second derivative is %s */\n", gradient, hessian);
    loss_prototypes(name, parameters);
}

static void row_loss_prototypes(const char *name, const char *suffix, const char *given, const char *const *parameters) {
    for (int i = 0; i < 2; ++i) {
        const char *const t = types[i], *const end = suffixes[i], *const labels = strcmp(given, "labels") ? t : "int64_t";
        char last[128], first[160];
        declare(last, sizeof last, parameters, t);
        snprintf(first, sizeof first, "(size_t rows, size_t columns, const %s *scores, const %s *%s", t, labels, given);
        printf("fastact_status fastact_%s%s_%s%s, %s *mean%s);\n", name, suffix, end, first, t, last);
        printf("fastact_status fastact_%s%s_gradient_%s%s,\n    %s *grad%s);\n", name, suffix, end, first, t, last);
        printf("fastact_status fastact_%s%s_value_and_gradient_%s%s,\n    %s *mean, %s *grad%s);\n", name, suffix, end, first, t, t, last);
    }
    printf("\n");
}
static void row_loss(const char *name, int targets, const char *const *parameters, const char *formula, const char *gradient) {
    printf("/* %s: mean over rows of %s", name, formula);
    print_defaults(parameters);
    printf("\n * gradient: %s, divided by rows.", gradient);
    if (targets & 1) printf("\n * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written.");
    printf(" */\n");
    if (targets & 1) row_loss_prototypes(name, "", "labels", parameters);
    if (targets & 2) row_loss_prototypes(name, targets & 1 ? "_of_targets" : "", "targets", parameters);
}

/* ", const float *a, const float *b" or ", float *da, float *db" */
static const char *list(char *text, size_t size, const char *const *names, const char *type, int gradients) {
    text[0] = 0;
    for (const char *const *n = names; *n; ++n)
        snprintf(text + strlen(text), size - strlen(text), ", %s%s *%s%s", gradients ? "" : "const ", type, gradients ? "d" : "", *n);
    return text;
}
static void joint_loss(const char *name, unit_kind unit, const char *const *arrays, const char *const *gradients,
                       const char *const *parameters,
                       const char *aliases, const char *formula, const char *gradient, double value_ulp, double gradient_ulp) {
    static const char *const kinds[4] = {"mean over n of ", "mean over rows of ", "", ""};
    static const char *const scales[4] = {", divided by n", ", divided by rows", ", g one a row", ""};
    const int has_rows = unit == ROWS || unit == DISTANCES;
    const char *const sizes = has_rows ? "size_t rows, size_t columns" : "size_t n";
    printf("/* %s: %s%s", name, kinds[unit], formula);
    print_defaults(parameters);
    printf("\n * gradient: %s%s\n * float32 within %g ulp (%s), %g ulp (gradients)%s%s */\n", gradient, scales[unit], value_ulp,
           unit == WEIGHTS ? "sum, a double" : unit == ELEMENTS ? "a loss" : "a row", gradient_ulp, *aliases ? "; also known as " : "",
               aliases);
    for (int i = 0; i < 2; ++i) {
        const char *const t = types[i], *const suffix = suffixes[i];
        char in[128], out[128], last[128];
        list(in, sizeof in, arrays, t, 0), list(out, sizeof out, gradients, t, 1), declare(last, sizeof last, parameters, "double");
        if (unit == DISTANCES) {
            printf("fastact_status fastact_%s_%s(%s%s, %s *y%s);\n", name, suffix, sizes, in, t, last);
            printf("fastact_status fastact_%s_backward_%s(%s, const %s *grad%s%s%s);\n", name, suffix, sizes, t, in, out, last);
            continue;
        }
        const char *const value = unit == WEIGHTS ? "double *sum" : i ? "double *mean" : "float *mean";
        printf("fastact_status fastact_%s_%s(%s%s, %s%s);\n", name, suffix, sizes, in, value, last);
        printf("fastact_status fastact_%s_gradient_%s(%s%s%s%s);\n", name, suffix, sizes, in, out, last);
        printf("fastact_status fastact_%s_value_and_gradient_%s(%s%s, %s%s%s);\n", name, suffix, sizes, in, value, out, last);
    }
    printf("\n");
}

static void learned(const char *name, const char *formula, const char *derivative, const char *parameter) {
    printf("/* %s with a learned %s: %s\n * derivative: %s\n"
           " * x is a C-contiguous (outer, channels, inner) array and %s has `channels` values: (1, 1, n) for a single value, (1, n, 1) "
            "for one\n"
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
#define ROWWISE(name, shape, parameters, from, aliases, formula, derivative, ulp_f32, ulp_f64) \
    rowwise(#name, shape, parameters, from, aliases, formula, derivative, ulp_f32);
#define GATED(name, gate, parameters, ...) gated(#name, gate, parameters, __VA_ARGS__);
#define LOSS(name, parameters, aliases, formula, gradient, hessian, ...) loss(#name, parameters, formula, gradient, hessian);
#define SHORT_NAME(short_name, name)                     \
    printf("/* the same as fastact_%s_... */\n", #name); \
    loss_prototypes(#short_name, NO_PARAMETER);
#define ROW_LOSS(name, loops, targets, parameters, aliases, formula, gradient, ...) row_loss(#name, targets, parameters, formula, gradient);
#define JOINT_LOSS(name, ...) joint_loss(#name, __VA_ARGS__);
#define LEARNED(name, base, cost, parameter, aliases, formula, derivative, ...) learned(#name, formula, derivative, NAME_OF_##parameter);
#include "../registry.h"
}

/* Light functions are written for either lane type and included once for each. */
static void light_includes(const char *lanes) {
    printf("\n#include \"../simd/as_%s.h\"\n", lanes);
#define LIGHT(name) printf("#include \"%s.h\"\n", #name);
#define COPY(name) LIGHT(name)
#define HEAVY(name)
#define ELEMENTWISE(name, cost, ...) cost(name)
#include "../registry.h"
#undef LIGHT
#undef COPY
#undef HEAVY
}

/* Pointwise losses and most of those of rows are written for three kinds of arithmetic and included once for each; the third has no blocks
 * of its own. */
static void loss_includes(const char *arithmetic, int has_blocks) {
    printf("\n#include \"as_%s.h\"\n", arithmetic);
#define LOSS(name, ...) printf("#include \"%s.h\"\n", #name);
#include "../registry.h"
    printf("#include \"row_words.h\"\n%s", has_blocks ? "#include \"row_blocks.h\"\n" : "");
#define IN_WORDS(name) printf("#include \"%s.h\"\n", #name);
#define OWN_LOOPS(name) printf("#include \"%s_targets.h\"\n", #name);
#define ROW_LOSS(name, loops, ...) loops(name)
#include "../registry.h"
#undef IN_WORDS
#undef OWN_LOOPS
}

static int includes(const char *kind) {
    printf("/* Every %s row of the registry, in its order; written by `make header`. */\n", kind);
#define INCLUDE(row, name) \
    if (!strcmp(kind, row)) printf("#include \"%s.h\"\n", name);
#define LIGHT(name)
#define COPY(name)
#define HEAVY(name) INCLUDE("ELEMENTWISE", #name)
    if (!strcmp(kind, "ELEMENTWISE")) {
        light_includes("float");
        light_includes("double");
        printf("#include \"../simd/as_none.h\"\n\n");
    }
    if (!strcmp(kind, "LOSS")) {
        printf("#include \"pointwise.h\"\n#include \"row_losses.h\"\n");
        loss_includes("wide", 1);
        loss_includes("pairs", 1);
        loss_includes("short_pairs", 0);
        printf("#include \"as_none.h\"\n\n");
    }
    for (int pairs = 0; !strcmp(kind, "JOINT_LOSS") && pairs <= 1; ++pairs) {
        printf(pairs ? "\n#include \"as_pairs.h\"\n" : "#include \"joint.h\"\n\n#include \"as_wide.h\"\n");
#define JOINT_LOSS(name, ...) INCLUDE("JOINT_LOSS", #name)
#include "../registry.h"
        if (pairs) printf("#include \"as_none.h\"\n");
    }
#define ELEMENTWISE(name, cost, ...) cost(name)
#define ROWWISE(name, ...) INCLUDE("ROWWISE", #name)
#define GATED(name, ...) INCLUDE("GATED", #name)
#define IN_WORDS(name)
#define OWN_LOOPS(name) INCLUDE("LOSS", #name)
#define ROW_LOSS(name, loops, ...) loops(name)
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
