/* Gated functions give the same bits on every instruction set, at every length and position, as rows with a step between them, and in
 * place on any of their inputs. The scalar build is the reference. Outputs that meet without being an input are refused. */
#include "testing.h"

enum { LONG = 4099, POOL = LONG + 128, MARK = 0xA5 };

static double input[3][POOL], kept[3][POOL], expected[2][POOL], got[2][POOL];
static const char *current_isa;

static char *at(void *array, size_t i, fastact_dtype dtype) { return (char *)array + i * item_size(dtype); }

typedef struct {
    const fastact_function *function;
    fastact_pass pass;
    fastact_dtype dtype;
    const double *parameters; /* NULL: the defaults */
} gated_case;

static int inputs_of(const gated_case *c) { return c->pass == FASTACT_BACKWARD ? 3 : 2; }

static fastact_status call(const gated_case *c, size_t rows, size_t columns, const void *const *in, const size_t *in_steps,
                           void *const *out, const size_t *out_steps) {
    return fastact_gated(c->function, c->pass, c->dtype, rows, columns, in, in_steps, out, out_steps, c->parameters);
}

static void make_data(const gated_case *c, data_kind kind, size_t n) {
    snprintf(context, sizeof context, "%s %s %s on %s, data %d", c->function->name, c->pass ? "backward" : "value",
             c->dtype ? "f64" : "f32",
             current_isa, (int)kind);
    for (int k = 0; k < 3; ++k) fill(input[k], n, c->dtype, kind);
    const void *const in[3] = {input[0], input[1], input[2]};
    void *const out[2] = {expected[0], expected[1]};
    set_isa("scalar");
    CHECK(call(c, 1, n, in, NULL, out, NULL) == FASTACT_OK);
    set_isa(current_isa);
}

static void check_place(const gated_case *c, size_t offset, size_t length) {
    const void *const in[3] = {at(input[0], offset, c->dtype), at(input[1], offset, c->dtype), at(input[2], offset, c->dtype)};
    const size_t shift = 64 + (offset * 7) % 64;
    void *const out[2] = {at(got[0], shift, c->dtype), at(got[1], 64 + (offset * 5) % 16, c->dtype)};
    memset(got, MARK, sizeof got);
    CHECK(call(c, 1, length, in, NULL, out, NULL) == FASTACT_OK);
    for (int k = 0; k < inputs_of(c) - 1; ++k) {
        check_equal(out[k], at(expected[k], offset, c->dtype), length, c->dtype, length, offset);
        for (int i = 1; i <= 64; ++i)
            CHECK(((char *)out[k])[-i] == (char)MARK && at(out[k], length, c->dtype)[i - 1] == (char)MARK, "beside, length %zu", length);
    }
}

/* every choice of inputs as outputs */
static void in_place(const gated_case *c, size_t n) {
    const int inputs = inputs_of(c), backward = c->pass == FASTACT_BACKWARD;
    for (int first = 0; first < inputs; ++first)
        for (int second = 0; second < (backward ? inputs : 1); ++second) {
            if (backward && first == second) continue;
            memcpy(kept, input, sizeof kept);
            const void *const in[3] = {kept[0], kept[1], kept[2]};
            void *const out[2] = {kept[first], kept[second]};
            CHECK(call(c, 1, n, in, NULL, out, NULL) == FASTACT_OK);
            check_equal(kept[first], expected[0], n, c->dtype, n, 0);
            if (backward) check_equal(kept[second], expected[1], n, c->dtype, n, 0);
        }
}

/* gate and value as halves of one array, results beside each other, also in place */
static void halves(const gated_case *c, size_t rows, size_t columns) {
    const size_t item = item_size(c->dtype), n = rows * columns;
    const int backward = c->pass == FASTACT_BACKWARD, gate = backward;
    for (size_t r = 0; r < rows; ++r)
        for (int half = 0; half < 2; ++half)
            memcpy(at(kept[0], (2 * r + (size_t)half) * columns, c->dtype), at(input[gate + half], r * columns, c->dtype), columns * item);
    for (int place = 0; place <= backward; ++place) {
        char *to = place ? (char *)kept[0] : (char *)got[0];
        const void *const in[3] = {backward ? (void *)input[0] : kept[0], backward ? (void *)kept[0] : at(kept[0], columns, c->dtype),
                                   at(kept[0], columns, c->dtype)};
        void *const out[2] = {to, at(to, columns, c->dtype)};
        const size_t whole = 2 * columns, in_steps[3] = {backward ? columns : whole, whole, whole};
        const size_t out_steps[2] = {backward ? whole : columns, whole};
        CHECK(call(c, rows, columns, in, in_steps, out, out_steps) == FASTACT_OK, "%zu rows of %zu", rows, columns);
        if (!backward) check_equal(got[0], expected[0], n, c->dtype, n, 0);
        for (size_t r = 0; backward && r < rows; ++r)
            for (int half = 0; half < 2; ++half)
                check_equal(at(to, (2 * r + (size_t)half) * columns, c->dtype), at(expected[half], r * columns, c->dtype), columns,
                            c->dtype, columns, r);
    }
}

static void refusals(const gated_case *c) {
    const int backward = c->pass == FASTACT_BACKWARD;
    const void *in[3] = {input[0], input[1], input[2]};
    void *out[2] = {got[0], got[1]};
    const size_t steps[3] = {8, 8, 8}, short_steps[2] = {3, 3};
    memset(got, MARK, sizeof got);
    CHECK(call(c, 0, 5, NULL, NULL, NULL, NULL) == FASTACT_OK && call(c, 5, 0, NULL, NULL, NULL, NULL) == FASTACT_OK);
    CHECK(call(c, 1, 5, NULL, NULL, out, NULL) == FASTACT_ERROR_NULL && call(c, 1, 5, in, NULL, NULL, NULL) == FASTACT_ERROR_NULL);
    for (int k = 0; k < inputs_of(c); ++k) {
        const void *const given = in[k];
        in[k] = NULL;
        CHECK(call(c, 1, 5, in, NULL, out, NULL) == FASTACT_ERROR_NULL);
        in[k] = at(got[0], 1, c->dtype);
        CHECK(call(c, 1, 5, in, NULL, out, NULL) == FASTACT_ERROR_OVERLAP);
        CHECK(call(c, 3, 4, in, steps, out, steps) == FASTACT_ERROR_OVERLAP);
        in[k] = at(got[0], 4, c->dtype);
        memset(got, 0, sizeof got);
        CHECK(call(c, 3, 4, in, steps, out, steps) == FASTACT_OK, "rows between rows are apart");
        memset(got, MARK, sizeof got);
        in[k] = given;
    }
    if (backward) {
        out[1] = got[0];
        CHECK(call(c, 1, 5, in, NULL, out, NULL) == FASTACT_ERROR_OVERLAP);
        out[1] = got[1];
    }
    CHECK(call(c, 2, 4, in, steps, out, short_steps) == FASTACT_ERROR_ARGUMENT);
    CHECK(call(c, (size_t)1 << 40, (size_t)1 << 40, in, NULL, out, NULL) == FASTACT_ERROR_ARGUMENT);
    CHECK(fastact_gated(NULL, c->pass, c->dtype, 1, 1, in, NULL, out, NULL, NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_gated(c->function, FASTACT_DERIVATIVE, c->dtype, 1, 1, in, NULL, out, NULL, NULL) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_gated(fastact_find("gelu"), c->pass, c->dtype, 1, 1, in, NULL, out, NULL, NULL) == FASTACT_ERROR_UNSUPPORTED);
    for (size_t i = 0; i < sizeof got[0]; ++i) CHECK(((char *)got[0])[i] == (char)MARK);
}

static void check_case(const gated_case *c) {
    for (int kind = 0; kind < DATA_KINDS; ++kind) {
        make_data(c, (data_kind)kind, LONG);
        for (size_t length = 0; length <= 130; ++length)
            for (size_t offset = 0; offset < 64; offset += strcmp(current_isa, "scalar") ? 9 : 31) check_place(c, offset, length);
        for (size_t length = 1000; length < 1150; length += 9) check_place(c, length % 16, length);
        check_place(c, 0, LONG);
        in_place(c, LONG);
        in_place(c, 67);
        for (size_t columns = 1; columns < 140; columns += columns < 9 ? 1 : 13) halves(c, 7, columns);
        halves(c, 2, 1029);
    }
    refusals(c);
}

/* the named functions: operands in the order of the halves */
#define CHECK_NAMED(name, T, type, dtype, ...)                                                                                 \
    do {                                                                                                                       \
        const fastact_function *f = fastact_find(#name);                                                                       \
        const void *const in[3] = {input[0], input[1 + f->gate_is_second], input[2 - f->gate_is_second]};                      \
        void *const out[2] = {expected[f->gate_is_second], expected[1 - f->gate_is_second]}, *const y[1] = {expected[0]};      \
        T *g = (T *)input[0], *a = (T *)input[1], *b = (T *)input[2];                                                          \
        snprintf(context, sizeof context, "fastact_" #name "_" #type);                                                         \
        for (int k = 0; k < 3; ++k) fill(input[k], 99, dtype, NEAR);                                                           \
        CHECK(fastact_gated(f, FASTACT_VALUE, dtype, 1, 99, in + 1, NULL, y, NULL, NULL) == FASTACT_OK);                       \
        CHECK(fastact_##name##_##type(99, a, b, (T *)got[0] __VA_ARGS__) == FASTACT_OK);                                       \
        check_equal(got[0], expected[0], 99, dtype, 99, 0);                                                                    \
        CHECK(fastact_gated(f, FASTACT_BACKWARD, dtype, 1, 99, in, NULL, out, NULL, NULL) == FASTACT_OK);                      \
        CHECK(fastact_##name##_backward_##type(99, g, a, b, (T *)got[0], (T *)got[1] __VA_ARGS__) == FASTACT_OK);              \
        check_equal(got[0], expected[0], 99, dtype, 99, 0);                                                                    \
        check_equal(got[1], expected[1], 99, dtype, 99, 0);                                                                    \
        CHECK(fastact_##name##_##type(99, a, NULL, (T *)got[0] __VA_ARGS__) == FASTACT_ERROR_NULL);                            \
        CHECK(fastact_##name##_##type(99, a, b, a + 1 __VA_ARGS__) == FASTACT_ERROR_OVERLAP);                                  \
        CHECK(fastact_##name##_backward_##type(99, g, a, b, (T *)got[0], (T *)got[0] __VA_ARGS__) == FASTACT_ERROR_OVERLAP);   \
    } while (0)

#define ARGUMENTS_NO_PARAMETER(T)
#define ARGUMENTS_PARAMETER(name, value) ONE_##name
#define ONE_beta(T) , (T)1.0
#define ARGUMENTS_PARAMETERS_2(first, first_value, second, second_value) TWO_##first
#define TWO_alpha(T) , (T)1.702, (T)7.0

static void named(void) {
#define GATED(name, gate, parameters, ...)                                          \
    CHECK_NAMED(name, float, f32, FASTACT_F32, ARGUMENTS_##parameters(float));      \
    CHECK_NAMED(name, double, f64, FASTACT_F64, ARGUMENTS_##parameters(double));
#include "../../src_c/registry.h"
}

int main(void) {
    static const double parameters[][2] = {{1.702, 7}, {-0.7, 3}, {0.01, 1e30}};
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        current_isa = *isa;
        set_isa(*isa);
        for (size_t i = 0; i < count; ++i)
            for (int k = 0; k < 4; ++k) {
                const gated_case c = {functions + i, k & 1 ? FASTACT_BACKWARD : FASTACT_VALUE, k & 2 ? FASTACT_F64 : FASTACT_F32, NULL};
                if (functions[i].kind != FASTACT_GATED) continue;
                check_case(&c);
                for (int p = 0; functions[i].parameter_count && p < 3; ++p) {
                    const gated_case other = {c.function, c.pass, c.dtype, parameters[p]};
                    for (int kind = 0; kind < DATA_KINDS; ++kind) {
                        make_data(&other, (data_kind)kind, LONG);
                        check_place(&other, 0, LONG);
                        for (size_t length = 0; length <= 130; length += 13) check_place(&other, 3, length);
                    }
                }
            }
        named();
    }
    return finish();
}
