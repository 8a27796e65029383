/* The contract of the entry points: statuses, refusals that write nothing, and every named function against the general call. */
#include "testing.h"

enum { N = 40, MARK = 0xA5 };

static double x[2 * N], g[2 * N], out[3 * N], expected[3 * N], copy[2 * N];

static void mark_out(void) { memset(out, MARK, sizeof out); }
static int out_is_marked(void) {
    for (size_t i = 0; i < sizeof out; ++i)
        if (((unsigned char *)out)[i] != MARK) return 0;
    return 1;
}

/* one named function with its type: T is float or double, EXTRA the parameters, if any */
#define ARGUMENT_0(T)
#define ARGUMENT_1(T) , (T)0.3
#define ARGUMENT_2(T) ARGUMENT_1(T), (T)0.8
#define ARGUMENT_3(T) ARGUMENT_2(T), (T)-0.25
#define ARGUMENT_4(T) ARGUMENT_3(T), (T)1.5
#define ARGUMENT_5(T) ARGUMENT_4(T), (T)0.7
#define ARGUMENT_NO_PARAMETER ARGUMENT_0
#define ARGUMENT_PARAMETER(...) ARGUMENT_1
#define ARGUMENT_PARAMETERS_2(...) ARGUMENT_2
#define ARGUMENT_PARAMETERS_3(...) ARGUMENT_3
#define ARGUMENT_PARAMETERS_4(...) ARGUMENT_4
#define ARGUMENT_PARAMETERS_5(...) ARGUMENT_5

static void against_general(const char *name, fastact_pass pass, fastact_dtype dtype) {
    const map_case c = {fastact_find(name), pass, dtype};
    const settings s = settings_of(&c, (const double[PARAMETERS]){0.3, 0.8, -0.25, 1.5, 0.7});
    run(&c, N, g, x, &s, expected);
    check_equal(out, expected, N, dtype, N, 0);
    const fastact_kernel kernel = fastact_get_kernel(c.function, pass, dtype);
    CHECK(kernel != NULL, "%s", name);
    char values[PARAMETERS * sizeof(double)];
    for (int k = 0; k < PARAMETERS; ++k) memcpy(values + (size_t)k * item_size(dtype), s.of + k, item_size(dtype));
    mark_out();
    kernel(N, pass >= FASTACT_BACKWARD ? g : x, pass >= FASTACT_BACKWARD ? x : NULL, out, values);
    check_equal(out, expected, N, dtype, N, 0);
}

#define CHECK_UNARY(call, T, name, pass, dtype, extra)                                                                    \
    do {                                                                                                                  \
        T *in = (T *)x, *to = (T *)out;                                                                                   \
        snprintf(context, sizeof context, "%s", #call);                                                                   \
        fill(x, N, dtype, FEW_FAR);                                                                                       \
        memcpy(copy, x, sizeof x);                                                                                        \
        CHECK(call(0, NULL, NULL extra(T)) == FASTACT_OK, "n = 0");                                                       \
        mark_out();                                                                                                       \
        CHECK(call(N, NULL, to extra(T)) == FASTACT_ERROR_NULL, "no input");                                              \
        CHECK(call(N, in, NULL extra(T)) == FASTACT_ERROR_NULL, "no output");                                             \
        CHECK(call((size_t)-1 / 2, in, to extra(T)) == FASTACT_ERROR_ARGUMENT, "a size that overflows");                  \
        CHECK(out_is_marked());                                                                                           \
        CHECK(call(N, in, in + 1 extra(T)) == FASTACT_ERROR_OVERLAP && call(N, in + 1, in extra(T)) == FASTACT_ERROR_OVERLAP); \
        CHECK(call(N, in, (T *)((char *)in + 1) extra(T)) == FASTACT_ERROR_OVERLAP);                                      \
        CHECK(!memcmp(copy, x, sizeof x), "an overlap was written");                                                      \
        CHECK(call(N / 2, in, in + N / 2 extra(T)) == FASTACT_OK, "neighbours do not overlap");                           \
        memcpy(x, copy, sizeof x);                                                                                        \
        CHECK(call(N, in, to extra(T)) == FASTACT_OK);                                                                    \
        against_general(#name, pass, dtype);                                                                              \
        CHECK(call(N, in, in extra(T)) == FASTACT_OK && !memcmp(in, expected, N * sizeof(T)), "in place");                \
    } while (0)

#define CHECK_BINARY(call, T, name, pass, dtype, extra)                                                                   \
    do {                                                                                                                  \
        T *gradient = (T *)g, *in = (T *)x, *to = (T *)out;                                                               \
        snprintf(context, sizeof context, "%s", #call);                                                                   \
        fill(x, N, dtype, FEW_FAR);                                                                                       \
        fill(g, N, dtype, NEAR);                                                                                          \
        memcpy(copy, x, sizeof x);                                                                                        \
        CHECK(call(0, NULL, NULL, NULL extra(T)) == FASTACT_OK, "n = 0");                                                 \
        mark_out();                                                                                                       \
        CHECK(call(N, NULL, in, to extra(T)) == FASTACT_ERROR_NULL, "no gradient");                                       \
        CHECK(call(N, gradient, NULL, to extra(T)) == FASTACT_ERROR_NULL, "no input");                                    \
        CHECK(call(N, gradient, in, NULL extra(T)) == FASTACT_ERROR_NULL, "no output");                                   \
        CHECK(out_is_marked());                                                                                           \
        CHECK(call(N, gradient, in, in + 1 extra(T)) == FASTACT_ERROR_OVERLAP && \
              call(N, in + 1, gradient, in extra(T)) == FASTACT_ERROR_OVERLAP); \
        CHECK(!memcmp(copy, x, sizeof x), "an overlap was written");                                                      \
        CHECK(call(N, gradient, in, to extra(T)) == FASTACT_OK);                                                          \
        against_general(#name, pass, dtype);                                                                              \
        CHECK(call(N, gradient, in, in extra(T)) == FASTACT_OK && !memcmp(in, expected, N * sizeof(T)), "in place of x"); \
        memcpy(x, copy, sizeof x);                                                                                        \
        CHECK(call(N, gradient, in, gradient extra(T)) == FASTACT_OK && !memcmp(g, expected, N * sizeof(T)), "in place of the gradient"); \
    } while (0)

#define CHECK_MAPS(name, extra, from_output, T, type, dtype)                                                              \
    CHECK_UNARY(fastact_##name##_##type, T, name, FASTACT_VALUE, dtype, extra);                                           \
    CHECK_UNARY(fastact_##name##_derivative_##type, T, name, FASTACT_DERIVATIVE, dtype, extra);                           \
    CHECK_BINARY(fastact_##name##_backward_##type, T, name, FASTACT_BACKWARD, dtype, extra);                              \
    from_output(name, extra, T, type, dtype)
#define NOT_FROM_OUTPUT(name, extra, T, type, dtype)
#define FROM_OUTPUT(name, extra, T, type, dtype) \
    CHECK_BINARY(fastact_##name##_backward_from_output_##type, T, name, FASTACT_BACKWARD_FROM_OUTPUT, dtype, extra);

/* every row of the registry: the test grows with it */
static void elementwise(void) {
#define ELEMENTWISE(name, cost, parameters, from_output, ...)                    \
    CHECK_MAPS(name, ARGUMENT_##parameters, from_output, float, f32, FASTACT_F32) \
    CHECK_MAPS(name, ARGUMENT_##parameters, from_output, double, f64, FASTACT_F64)
#include "../../src_c/registry.h"
}

/* one parameter, where there is one: 2 is a good number of pieces and of everything else */
#define ROW_NO_PARAMETER
#define ROW_PARAMETER(...) , 2
#define CHECK_ROWS(name, parameters, T, type, dtype)                                                                           \
    do {                                                                                                                       \
        T *a = (T *)x, *b = (T *)g, *to = (T *)out;                                                                            \
        const fastact_function *f = fastact_find(#name);                                                                       \
        const double two = 2;                                                                                                  \
        const size_t results = 4 * row_results(f, 10, 2);                                                                      \
        snprintf(context, sizeof context, "%s %s", #name, #type);                                                              \
        fill(x, N, dtype, NEAR);                                                                                               \
        fill(g, N, dtype, NEAR);                                                                                               \
        memcpy(copy, x, sizeof x);                                                                                             \
        mark_out();                                                                                                            \
        CHECK(fastact_##name##_##type(0, 10, NULL, NULL ROW_##parameters) == FASTACT_OK);                                      \
        CHECK(fastact_##name##_##type(5, 0, NULL, NULL ROW_##parameters) == \
              (f->row_shape == FASTACT_ONE_COLUMN ? FASTACT_ERROR_NULL : FASTACT_OK)); \
        CHECK(fastact_##name##_backward_##type(5, 0, NULL, NULL, NULL ROW_##parameters) == FASTACT_OK);                        \
        CHECK(fastact_##name##_##type(4, 10, NULL, to ROW_##parameters) == FASTACT_ERROR_NULL);                                \
        CHECK(fastact_##name##_##type(4, 10, a, NULL ROW_##parameters) == FASTACT_ERROR_NULL);                                 \
        CHECK(fastact_##name##_backward_##type(4, 10, b, NULL, to ROW_##parameters) == FASTACT_ERROR_NULL);                    \
        CHECK(fastact_##name##_backward_##type(4, 10, NULL, b, to ROW_##parameters) == FASTACT_ERROR_NULL);                    \
        CHECK(fastact_##name##_##type((size_t)1 << 40, (size_t)1 << 40, a, to ROW_##parameters) == FASTACT_ERROR_ARGUMENT);    \
        CHECK(out_is_marked());                                                                                                \
        CHECK(fastact_##name##_##type(4, 10, a, a + 1 ROW_##parameters) == FASTACT_ERROR_OVERLAP);                             \
        CHECK(fastact_##name##_backward_##type(4, 10, b, a, a + 1 ROW_##parameters) == FASTACT_ERROR_OVERLAP);                 \
        if (results != 40) CHECK(fastact_##name##_##type(4, 10, a, a ROW_##parameters) == FASTACT_ERROR_OVERLAP);              \
        if (results != 40) CHECK(fastact_##name##_backward_##type(4, 10, b, a, b ROW_##parameters) == FASTACT_ERROR_OVERLAP);  \
        CHECK(!memcmp(copy, x, sizeof x));                                                                                     \
        CHECK(fastact_##name##_##type(4, 10, a, to ROW_##parameters) == FASTACT_OK);                                           \
        CHECK(fastact_rows(f, FASTACT_VALUE, dtype, 4, 10, a, NULL, expected, f->parameter_count ? &two : NULL) == FASTACT_OK); \
        check_equal(out, expected, results, dtype, results, 0);                                                                \
        CHECK(fastact_##name##_backward_##type(4, 10, b, a, to ROW_##parameters) == FASTACT_OK);                               \
        CHECK(fastact_rows(f, FASTACT_BACKWARD, dtype, 4, 10, b, a, expected, f->parameter_count ? &two : NULL) == FASTACT_OK); \
        check_equal(out, expected, N, dtype, N, 0);                                                                            \
    } while (0)

/* from 0 to 1, as of probabilities */
static void fill_shares(void *to, size_t size) {
    for (int i = 0; i < N; ++i) {
        const double share = uniform(0.05, 0.95);
        if (size == sizeof(float)) ((float *)to)[i] = (float)share;
        else ((double *)to)[i] = share;
    }
}

#define CHECK_LOSS(symbol, name, extra, T, type, dtype)                                                                        \
    do {                                                                                                                       \
        T *pred = (T *)x, *target = (T *)g, *gradient = (T *)out, *hessian = (T *)out + N, mean = -1, again = -2;              \
        const double parameters[] = {0.3, 0.8, -0.25, 1.5, 0.7};                                                               \
        const fastact_function *f = fastact_find(#name);                                                                       \
        double sums[2];                                                                                                        \
        snprintf(context, sizeof context, "%s %s", #symbol, #type);                                                            \
        fill_shares(x, sizeof(T));                                                                                             \
        fill_shares(g, sizeof(T));                                                                                             \
        memcpy(copy, x, sizeof x);                                                                                             \
        mark_out();                                                                                                            \
        CHECK(fastact_##symbol##_##type(N, NULL, target, &mean extra(T)) == FASTACT_ERROR_NULL);                               \
        CHECK(fastact_##symbol##_##type(N, pred, NULL, &mean extra(T)) == FASTACT_ERROR_NULL);                                 \
        CHECK(fastact_##symbol##_##type(N, pred, target, NULL extra(T)) == FASTACT_ERROR_NULL && mean == -1);                  \
        CHECK(fastact_##symbol##_gradient_##type(N, pred, target, NULL extra(T)) == FASTACT_ERROR_NULL && out_is_marked());    \
        CHECK(fastact_##symbol##_gradient_##type(N, pred, target, pred + 1 extra(T)) == FASTACT_ERROR_OVERLAP && \
              !memcmp(copy, x, sizeof x)); \
        CHECK(fastact_##symbol##_gradient_and_hessian_##type(N, pred, target, gradient, NULL extra(T)) == FASTACT_ERROR_NULL); \
        CHECK(fastact_##symbol##_gradient_and_hessian_##type(N, pred, target, NULL, hessian extra(T)) == FASTACT_ERROR_NULL);  \
        CHECK(fastact_##symbol##_gradient_and_hessian_##type(N, pred, target, gradient, gradient extra(T)) == FASTACT_ERROR_OVERLAP);\
        CHECK(fastact_##symbol##_gradient_and_hessian_##type(N, pred, target, gradient, target + 1 extra(T)) == FASTACT_ERROR_OVERLAP);\
        CHECK(fastact_##symbol##_gradient_and_hessian_##type(0, NULL, NULL, NULL, NULL extra(T)) == FASTACT_OK && out_is_marked());\
        CHECK(fastact_##symbol##_##type(0, NULL, NULL, &mean extra(T)) == FASTACT_OK && isnan(mean), "the mean of nothing");   \
        CHECK(fastact_##symbol##_##type(N, pred, target, &mean extra(T)) == FASTACT_OK);                                       \
        CHECK(fastact_loss(f, dtype, N, pred, target, NULL, parameters, 1.0 / N, sums, NULL, expected, NULL) == FASTACT_OK);   \
        CHECK(mean == (T)(sums[0] / N) && sums[1] == N);                                                                       \
        CHECK(fastact_##symbol##_value_and_gradient_##type(N, pred, target, &again, gradient extra(T)) == FASTACT_OK && again == mean);\
        check_equal(out, expected, N, dtype, N, 0);                                                                            \
        mark_out();                                                                                                            \
        CHECK(fastact_##symbol##_gradient_##type(N, pred, target, gradient extra(T)) == FASTACT_OK);                           \
        check_equal(out, expected, N, dtype, N, 0);                                                                            \
        CHECK(fastact_##symbol##_gradient_and_hessian_##type(N, pred, target, gradient, hessian extra(T)) == FASTACT_OK);      \
        CHECK(fastact_loss(f, dtype, N, pred, target, NULL, parameters, 1, NULL, NULL, expected, (T *)expected + N) == FASTACT_OK);\
        check_equal(out, expected, 2 * N, dtype, N, 0);                                                                        \
    } while (0)

/* 8 rows of 5: a bad label is found before anything is written */
#define CHECK_ROW_LOSS(name, extra, T, type, dtype)                                                                                  \
    do {                                                                                                                       \
        T *logits = (T *)x, *gradient = (T *)out, mean = -1;                                                                   \
        int64_t labels[8] = {0, 4, 2, 2, 1, 3, 0, 4};                                                                          \
        const double parameters[] = {0.3, 0.8, -0.25, 1.5, 0.7};                                                               \
        fastact_row_loss_options options = {.labels = labels, .gradient_scale = 0.125, .parameters = parameters}; \
        const fastact_function *f = fastact_find(#name);                                                                       \
        double sums[2] = {-1, -1};                                                                                             \
        snprintf(context, sizeof context, "%s %s", #name, #type);                                                              \
        fill_shares(x, sizeof(T));                                                                                             \
        CHECK(fastact_##name##_value_and_gradient_##type(8, 5, logits, labels, &mean, gradient extra(T)) == FASTACT_OK);                \
        CHECK(fastact_row_loss(f, dtype, 8, 5, logits, &options, sums, NULL, expected) == FASTACT_OK);                         \
        CHECK(mean == (T)(sums[0] / 8) && sums[1] == 8);                                                                       \
        check_equal(out, expected, N, dtype, N, 0);                                                                            \
        mark_out();                                                                                                            \
        for (int bad = 0; bad < 3; ++bad) {                                                                                    \
            mean = -1;                                                                                                         \
            labels[6] = bad == 0 ? 5 : bad == 1 ? -1 : INT64_MIN;                                                              \
            CHECK(fastact_##name##_value_and_gradient_##type(8, 5, logits, labels, &mean, gradient extra(T)) == FASTACT_ERROR_LABEL);   \
            CHECK(fastact_##name##_##type(8, 5, logits, labels, &mean extra(T)) == FASTACT_ERROR_LABEL && mean == -1 && out_is_marked()); \
            CHECK(fastact_row_loss(f, dtype, 8, 5, logits, &options, sums, g, out) == FASTACT_ERROR_LABEL && sums[0] == 6, "row %g", \
                  sums[0]); \
            options.has_ignore_index = 1, options.ignore_index = labels[6];                                                    \
            CHECK(fastact_row_loss(f, dtype, 8, 5, logits, &options, sums, NULL, NULL) == FASTACT_OK && sums[1] == 7, "ignored"); \
            options.has_ignore_index = 0;                                                                                      \
        }                                                                                                                      \
        labels[6] = 0;                                                                                                         \
        CHECK(fastact_##name##_##type(8, 5, NULL, labels, &mean extra(T)) == FASTACT_ERROR_NULL);                                       \
        CHECK(fastact_##name##_##type(8, 5, logits, NULL, &mean extra(T)) == FASTACT_ERROR_NULL);                                       \
        CHECK(fastact_##name##_##type(8, 5, logits, labels, NULL extra(T)) == FASTACT_ERROR_NULL);                                      \
        CHECK(fastact_##name##_gradient_##type(8, 5, logits, labels, NULL extra(T)) == FASTACT_ERROR_NULL && out_is_marked());          \
        memcpy(copy, x, sizeof x);                                                                                             \
        CHECK(fastact_##name##_gradient_##type(8, 5, logits, labels, logits + 1 extra(T)) == FASTACT_ERROR_OVERLAP && \
              !memcmp(copy, x, sizeof x)); \
        options.label_smoothing = 1.5;                                                                                         \
        CHECK(fastact_row_loss(f, dtype, 8, 5, logits, &options, sums, NULL, out) == FASTACT_ERROR_ARGUMENT && out_is_marked()); \
        options.label_smoothing = NAN;                                                                                         \
        CHECK(fastact_row_loss(f, dtype, 8, 5, logits, &options, sums, NULL, out) == FASTACT_ERROR_ARGUMENT && out_is_marked()); \
        CHECK(fastact_##name##_##type(0, 5, NULL, NULL, &mean extra(T)) == FASTACT_OK && isnan(mean), "the mean of nothing");           \
    } while (0)

/* the same with a row of targets instead of every label */
#define CHECK_TARGET_LOSS(symbol, name, extra, T, type, dtype)                                                                 \
    do {                                                                                                                       \
        T *scores = (T *)x, *targets = (T *)g, *gradient = (T *)out, mean = -1;                                                \
        const double parameters[] = {0.3, 0.8, -0.25, 1.5, 0.7};                                                               \
        fastact_row_loss_options options = {.targets = targets, .gradient_scale = 0.125, .parameters = parameters};            \
        const fastact_function *f = fastact_find(#name);                                                                       \
        double sums[2] = {-1, -1};                                                                                             \
        snprintf(context, sizeof context, "%s %s", #symbol, #type);                                                            \
        fill_shares(x, sizeof(T));                                                                                             \
        fill_shares(g, sizeof(T));                                                                                             \
        CHECK(fastact_##symbol##_value_and_gradient_##type(8, 5, scores, targets, &mean, gradient extra(T)) == FASTACT_OK);    \
        CHECK(fastact_row_loss(f, dtype, 8, 5, scores, &options, sums, NULL, expected) == FASTACT_OK);                         \
        CHECK(mean == (T)(sums[0] / 8) && sums[1] == 8);                                                                       \
        check_equal(out, expected, N, dtype, N, 0);                                                                            \
        mark_out();                                                                                                            \
        memcpy(copy, x, sizeof x);                                                                                             \
        CHECK(fastact_##symbol##_##type(8, 5, NULL, targets, &mean extra(T)) == FASTACT_ERROR_NULL);                           \
        CHECK(fastact_##symbol##_##type(8, 5, scores, NULL, &mean extra(T)) == FASTACT_ERROR_NULL);                            \
        CHECK(fastact_##symbol##_##type(8, 5, scores, targets, NULL extra(T)) == FASTACT_ERROR_NULL);                          \
        CHECK(fastact_##symbol##_gradient_##type(8, 5, scores, targets, NULL extra(T)) == FASTACT_ERROR_NULL);                 \
        CHECK(fastact_##symbol##_gradient_##type(8, 5, scores, targets, scores + 1 extra(T)) == FASTACT_ERROR_OVERLAP);        \
        CHECK(fastact_##symbol##_gradient_##type(8, 5, scores, targets, targets + 1 extra(T)) == FASTACT_ERROR_OVERLAP);       \
        CHECK(fastact_row_loss(f, dtype, 8, 5, scores, &options, sums, targets + 3, NULL) == FASTACT_ERROR_OVERLAP);           \
        CHECK(out_is_marked() && !memcmp(copy, x, sizeof x));                                                                  \
        CHECK(fastact_##symbol##_##type(0, 5, NULL, NULL, &mean extra(T)) == FASTACT_OK && isnan(mean), "the mean of nothing"); \
    } while (0)

#define GIVE_ARRAYS_1(...) a
#define GIVE_ARRAYS_2(...) a, b
#define GIVE_ARRAYS_3(...) a, b, c
#define NONE_ARRAYS_1(...) NULL
#define NONE_ARRAYS_2(...) a, NULL
#define NONE_ARRAYS_3(...) a, b, NULL
#define TAKE_GRADIENTS_1(...) da
#define TAKE_GRADIENTS_2(...) da, db
#define TAKE_GRADIENTS_3(...) da, db, dc
#define LOSE_GRADIENTS_1(...) NULL
#define LOSE_GRADIENTS_2(...) da, NULL
#define LOSE_GRADIENTS_3(...) da, db, NULL
#define OVER_GRADIENTS_1(...) a + 1
#define OVER_GRADIENTS_2(...) a + 1, db
#define OVER_GRADIENTS_3(...) a + 1, db, dc
#define COUNT_ELEMENTS N
#define COUNT_WEIGHTS N
#define COUNT_ROWS 8, 5
#define NO_ELEMENTS 0
#define NO_WEIGHTS 0
#define NO_ROWS 0, 5
#define NUMBER_ELEMENTS(T) T
#define NUMBER_ROWS(T) T
#define NUMBER_WEIGHTS(T) double
/* parameters that all of them take */
#define NORM_1 , 2
#define NORM_2 , 2, 1
#define NORM_4 , 2, 1, 0.5, 1
#define NORM_PARAMETER(...) NORM_1
#define NORM_PARAMETERS_2(...) NORM_2
#define NORM_PARAMETERS_4(...) NORM_4

/* 8 rows of 5, or 40 elements, of one to three arrays in x and g; gradients in out and expected */
#define JOINT_BEGIN(name, T, type, dtype)                                                                                      \
    T *a = (T *)x, *b = (T *)g, *c = (T *)copy, *da = (T *)out, *db = (T *)out + N, *dc = (T *)out + 2 * N;                    \
    const double parameters[] = {2, 1, 0.5, 1};                                                                                \
    const fastact_function *f = fastact_find(#name);                                                                           \
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;                                              \
    const void *const in[3] = {a, b, c};                                                                                       \
    void *const made[3] = {expected, (T *)expected + N, (T *)expected + 2 * N};                                                \
    const size_t rows = has_rows ? 8 : N, columns = has_rows ? 5 : 1;                                                          \
    double sums[2];                                                                                                            \
    snprintf(context, sizeof context, "%s %s", #name, #type);                                                                  \
    fill(x, N, dtype, NEAR), fill(g, N, dtype, NEAR), fill(copy, N, dtype, NEAR);                                              \
    (void)a, (void)b, (void)c, (void)da, (void)db, (void)dc;                                                                   \
    CHECK(fastact_joint_loss(f, dtype, rows, columns, NULL, NULL, parameters, 1, sums, NULL, NULL) == FASTACT_ERROR_NULL);     \
    CHECK(fastact_joint_loss(f, dtype, 0, columns, NULL, NULL, parameters, 1, sums, NULL, NULL) == FASTACT_OK && sums[1] == 0); \
    CHECK(fastact_joint_loss(f, FASTACT_F16, rows, columns, in, NULL, parameters, 1, sums, NULL, NULL) == FASTACT_ERROR_UNSUPPORTED); \
    if (!has_rows) CHECK(fastact_joint_loss(f, dtype, 8, 5, in, NULL, parameters, 1, sums, NULL, NULL) == FASTACT_ERROR_ARGUMENT); \
    CHECK(fastact_joint_loss(f, dtype, PTRDIFF_MAX, columns, in, NULL, parameters, 1, sums, NULL, NULL) == FASTACT_ERROR_ARGUMENT)

#define CHECK_JOINT(name, of, arrays, gradients, parameters_, T, type, dtype)                                                \
    do {                                                                                                                       \
        JOINT_BEGIN(name, T, type, dtype);                                                                                     \
        NUMBER_##of(T) value = -1, again = -2;                                                                               \
        mark_out();                                                                                                            \
        CHECK(fastact_##name##_##type(COUNT_##of, NONE_##arrays, &value NORM_##parameters_) == FASTACT_ERROR_NULL && value == -1); \
        CHECK(fastact_##name##_##type(COUNT_##of, GIVE_##arrays, NULL NORM_##parameters_) == FASTACT_ERROR_NULL);            \
        CHECK(fastact_##name##_gradient_##type(COUNT_##of, GIVE_##arrays, LOSE_##gradients NORM_##parameters_) == FASTACT_ERROR_NULL); \
        CHECK(fastact_##name##_gradient_##type(COUNT_##of, GIVE_##arrays, OVER_##gradients NORM_##parameters_) == FASTACT_ERROR_OVERLAP); \
        CHECK(out_is_marked());                                                                                                \
        CHECK(fastact_##name##_##type(COUNT_##of, GIVE_##arrays, &value NORM_##parameters_) == FASTACT_OK);                  \
        CHECK(fastact_joint_loss(f, dtype, rows, columns, in, NULL, parameters, f->unit == FASTACT_WEIGHTS ? 1 : 1.0 / (double)rows, sums, \
                                 NULL, made) == FASTACT_OK);                                                                   \
        CHECK(value == (NUMBER_##of(T))(f->unit == FASTACT_WEIGHTS ? sums[0] : sums[0] / (double)rows) && sums[1] == (double)rows); \
        CHECK(fastact_##name##_value_and_gradient_##type(COUNT_##of, GIVE_##arrays, &again, \
                                                         TAKE_##gradients NORM_##parameters_) == FASTACT_OK); \
        CHECK(again == value);                                                                                                 \
        check_equal(out, expected, (size_t)f->gradient_count * N, dtype, N, 0);                                                \
        mark_out();                                                                                                            \
        CHECK(fastact_##name##_gradient_##type(COUNT_##of, GIVE_##arrays, TAKE_##gradients NORM_##parameters_) == FASTACT_OK); \
        check_equal(out, expected, (size_t)f->gradient_count * N, dtype, N, 0);                                                \
        CHECK(fastact_##name##_##type(NO_##of, GIVE_##arrays, &value NORM_##parameters_) == FASTACT_OK);                     \
        CHECK(f->unit == FASTACT_WEIGHTS ? value == 0 : isnan(value), "the mean of nothing");                                  \
    } while (0)
#define CHECK_DISTANCES(name, of, arrays, gradients, parameters_, T, type, dtype)                                            \
    do {                                                                                                                       \
        JOINT_BEGIN(name, T, type, dtype);                                                                                     \
        mark_out();                                                                                                            \
        CHECK(fastact_##name##_##type(8, 5, a, NULL, da, 2, 1) == FASTACT_ERROR_NULL);                                         \
        CHECK(fastact_##name##_##type(8, 5, a, b, NULL, 2, 1) == FASTACT_ERROR_NULL);                                          \
        CHECK(fastact_##name##_##type(8, 5, a, b, a + 3, 2, 1) == FASTACT_ERROR_OVERLAP);                                      \
        CHECK(fastact_##name##_##type(8, 5, a, b, da, 3, 1) == FASTACT_ERROR_ARGUMENT, "a norm without kernels");              \
        CHECK(fastact_##name##_backward_##type(8, 5, NULL, a, b, da, db, 2, 1) == FASTACT_ERROR_NULL);                         \
        CHECK(fastact_##name##_backward_##type(8, 5, c, a, b, da, da + 1, 2, 1) == FASTACT_ERROR_OVERLAP && out_is_marked());  \
        CHECK(fastact_##name##_##type(8, 5, a, b, da, 2, 1) == FASTACT_OK);                                                    \
        CHECK(fastact_joint_loss(f, dtype, 8, 5, in, NULL, parameters, 1, NULL, expected, NULL) == FASTACT_OK);                \
        check_equal(out, expected, 8, dtype, 8, 0);                                                                            \
        CHECK(fastact_##name##_backward_##type(8, 5, c, a, b, da, db, 2, 1) == FASTACT_OK);                                    \
        CHECK(fastact_joint_loss(f, dtype, 8, 5, in, c, parameters, 1, NULL, NULL, made) == FASTACT_OK);                       \
        check_equal(out, expected, 2 * N, dtype, N, 0);                                                                        \
    } while (0)

static void joint_losses(void) {
#define JOINT_LOSS(name, unit, arrays, gradients, parameters, ...)                                  \
    JOINT_##unit(name, unit, arrays, gradients, parameters, float, f32, FASTACT_F32);               \
    JOINT_##unit(name, unit, arrays, gradients, parameters, double, f64, FASTACT_F64);
#define JOINT_ELEMENTS CHECK_JOINT
#define JOINT_WEIGHTS CHECK_JOINT
#define JOINT_ROWS CHECK_JOINT
#define JOINT_DISTANCES CHECK_DISTANCES
#include "../../src_c/registry.h"
}

static void rows_and_losses(void) {
#define ROWWISE(name, shape, parameters, ...)                    \
    CHECK_ROWS(name, parameters, float, f32, FASTACT_F32);       \
    CHECK_ROWS(name, parameters, double, f64, FASTACT_F64);
#define LOSS(name, parameters, ...)                                \
    CHECK_LOSS(name, name, ARGUMENT_##parameters, float, f32, FASTACT_F32); \
    CHECK_LOSS(name, name, ARGUMENT_##parameters, double, f64, FASTACT_F64);
#define SHORT_NAME(short_name, name)                                \
    CHECK_LOSS(short_name, name, ARGUMENT_0, float, f32, FASTACT_F32); \
    CHECK_LOSS(short_name, name, ARGUMENT_0, double, f64, FASTACT_F64);
#define LABELS(name, extra)                                  \
    CHECK_ROW_LOSS(name, extra, float, f32, FASTACT_F32);    \
    CHECK_ROW_LOSS(name, extra, double, f64, FASTACT_F64);
#define TARGETS_OF(symbol, name, extra)                                  \
    CHECK_TARGET_LOSS(symbol, name, extra, float, f32, FASTACT_F32);     \
    CHECK_TARGET_LOSS(symbol, name, extra, double, f64, FASTACT_F64);
#define PROBABILITIES(name, extra) TARGETS_OF(name, name, extra)
#define LABELS_OR_PROBABILITIES(name, extra) LABELS(name, extra) TARGETS_OF(name##_of_targets, name, extra)
#define ROW_LOSS(name, loops, targets, parameters, ...) targets(name, ARGUMENT_##parameters)
#include "../../src_c/registry.h"
}

static void general_calls(void) {
    const fastact_function *gelu = fastact_find("gelu"), *softmax = fastact_find("softmax");
    double sums[2];
    const map_case c = {gelu, FASTACT_VALUE, FASTACT_F32}, from_output = {gelu, FASTACT_BACKWARD_FROM_OUTPUT, FASTACT_F32};
    const map_case odd = {gelu, FASTACT_VALUE, (fastact_dtype)9}, no_pass = {gelu, (fastact_pass)9, FASTACT_F32};
    const map_case rows = {softmax, FASTACT_VALUE, FASTACT_F32};
    snprintf(context, sizeof context, "general calls");
    mark_out();
    CHECK(fastact_map_strided(NULL, FASTACT_VALUE, FASTACT_F32, 1, NULL, NULL) == FASTACT_ERROR_NULL);
    CHECK(run_strided(&c, 0, NULL, 0, NULL, 0, NULL, NULL, 0) == FASTACT_OK);
    CHECK(run_strided(&from_output, 1, g, 4, x, 4, NULL, out, 4) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(run_strided(&odd, 1, g, 2, x, 2, NULL, out, 2) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(run_strided(&no_pass, 1, g, 4, x, 4, NULL, out, 4) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(run_strided(&rows, 1, g, 4, x, 4, NULL, out, 4) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_rows(NULL, FASTACT_VALUE, FASTACT_F32, 1, 1, x, NULL, out, NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_rows(gelu, FASTACT_VALUE, FASTACT_F32, 1, 1, x, NULL, out, NULL) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_rows(softmax, FASTACT_DERIVATIVE, FASTACT_F32, 1, 1, x, NULL, out, NULL) == FASTACT_ERROR_UNSUPPORTED);
    for (int k = 0; k < 6; ++k) {
        const double pieces[] = {0, -1, 3, 1.5, NAN, INFINITY};
        CHECK(fastact_rows(fastact_find("maxout"), FASTACT_VALUE, FASTACT_F32, 2, 4, x, NULL, out, pieces + k) == FASTACT_ERROR_ARGUMENT);
    }
    for (int k = 0; k < 5; ++k) {
        const double scales[] = {-1, 0x1p61, 0x1p-61, NAN, INFINITY}, half = 0.5;
        CHECK(fastact_rows(softmax, FASTACT_VALUE, FASTACT_F32, 2, 4, x, NULL, out, scales + k) == FASTACT_ERROR_ARGUMENT);
        CHECK(fastact_rows(fastact_find("log_softmax"), FASTACT_BACKWARD, FASTACT_F32, 2, 4, g, x, out, &half) == FASTACT_ERROR_ARGUMENT);
        CHECK(fastact_rows(fastact_find("sparsemax"), FASTACT_VALUE, FASTACT_F32, 2, 4, x, NULL, out, &half) == FASTACT_ERROR_ARGUMENT);
    }
    CHECK(fastact_loss(gelu, FASTACT_F32, 1, x, x, NULL, NULL, 1, sums, NULL, out, NULL) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_loss(NULL, FASTACT_F32, 1, x, x, NULL, NULL, 1, sums, NULL, out, NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_row_loss(gelu, FASTACT_F32, 1, 1, x, &(fastact_row_loss_options){0}, sums, NULL, out) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_row_loss(fastact_find("cross_entropy"), FASTACT_F32, 1, 1, x, NULL, sums, NULL, out) == FASTACT_ERROR_NULL);
    CHECK(!fastact_get_kernel(NULL, FASTACT_VALUE, FASTACT_F32) && !fastact_get_kernel(softmax, FASTACT_VALUE, FASTACT_F32));
    CHECK(!fastact_get_kernel(gelu, FASTACT_BACKWARD_FROM_OUTPUT, FASTACT_F32) &&
          !fastact_get_kernel(gelu, FASTACT_VALUE, (fastact_dtype)9));
    CHECK(out_is_marked());
}

int main(void) {
    general_calls();
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        set_isa(*isa);
        elementwise();
        rows_and_losses();
        joint_losses();
    }
    return finish();
}
