/* Every function of the registry, at sizes that several threads share: the same bits from 1, 2 and 3 of them. */
#include "testing.h"
#include "../../src_c/pool.h"

enum { N = 240000, LONG_ROW = 1000, MOST_OUTPUTS = 20, WORKERS = 3 };
static double *first, *second, *third; /* random numbers of the dtype at hand */
static int64_t *labels;
static char *wanted, *got, *end;

static size_t bytes_of(fastact_dtype dtype) { return dtype == FASTACT_F64 ? 8 : dtype == FASTACT_F32 ? 4 : 2; }

/* 16 bits: small numbers of either sign; losses: between 0 and 1, so that no sum is NaN */
static void fill_all(fastact_dtype dtype, int is_loss) {
    double *const arrays[] = {first, second, third};
    for (int k = 0; k < 3; ++k)
        for (size_t i = 0; i < N; ++i) {
            const double value = is_loss ? uniform(0.01, 0.99) : data_value(k ? NEAR : FEW_FAR, dtype);
            if (dtype == FASTACT_F64)
                arrays[k][i] = value;
            else if (dtype == FASTACT_F32)
                ((float *)arrays[k])[i] = (float)value;
            else
                ((uint16_t *)arrays[k])[i] = (uint16_t)((random_bits() & 0x80FF) | 0x3C00);
        }
}
/* threads that look out for a job share calls that others would not be woken for */
static void nothing(void *context, size_t part) { (void)context, (void)part; }
static void keep_awake(void) { fastact_parallel(WORKERS, nothing, NULL); }

/* room for an output of so many bytes, at an odd address of the dtype */
static void *output(size_t bytes, fastact_dtype dtype) {
    void *const at = end + bytes_of(dtype);
    keep_awake();
    end += (bytes + 64) / 64 * 64 + 64;
    return at;
}

static void elementwise(const fastact_function *f, fastact_dtype dtype) {
    const size_t item = bytes_of(dtype), half = N / 2;
    for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD_FROM_OUTPUT; ++pass) {
        if (!(f->passes & 1u << pass)) continue;
        for (int spread = 0; spread < 2; ++spread) { /* side by side, and every other element with a parameter each */
            char *arguments[3 + PARAMETERS];
            ptrdiff_t strides[3 + PARAMETERS], step = (ptrdiff_t)item * (1 + spread);
            double usual[PARAMETERS];
            float narrow[PARAMETERS];
            int k = 0;
            if (pass >= FASTACT_BACKWARD) arguments[k] = (char *)second, strides[k++] = step;
            arguments[k] = (char *)first, strides[k++] = step;
            for (int p = 0; p < f->parameter_count; ++p, ++k) {
                usual[p] = isnan(f->parameters[p].default_value) ? 0.75 : f->parameters[p].default_value;
                narrow[p] = (float)usual[p];
                arguments[k] = dtype == FASTACT_F64 ? (char *)(usual + p) : (char *)(narrow + p), strides[k] = 0;
                if (spread && item >= 4) arguments[k] = (char *)third, strides[k] = (ptrdiff_t)item;
            }
            arguments[k] = output(N * item, dtype), strides[k] = step;
            CHECK(fastact_map_strided(f, (fastact_pass)pass, dtype, spread ? half - 1 : N - 3, arguments, strides) == FASTACT_OK);
        }
    }
}
static void rowwise(const fastact_function *f, fastact_dtype dtype) {
    static const size_t lengths[] = {6, LONG_ROW, N / 4};
    for (size_t k = 0; k < 3; ++k) {
        const size_t columns = lengths[k], rows = N / columns, bytes = N * bytes_of(dtype);
        const double parameter = row_parameter(f, columns);
        CHECK(fastact_rows(f, FASTACT_VALUE, dtype, rows, columns, first, NULL, output(bytes, dtype), &parameter) == FASTACT_OK);
        CHECK(fastact_rows(f, FASTACT_BACKWARD, dtype, rows, columns, second, first, output(bytes, dtype), &parameter) == FASTACT_OK);
    }
}
static void gated(const fastact_function *f, fastact_dtype dtype) {
    static const size_t lengths[] = {N / 2, LONG_ROW, N / 6}; /* one after the other, and halves of rows */
    for (size_t k = 0; k < 3; ++k) {
        const size_t columns = lengths[k], rows = N / 2 / columns, item = bytes_of(dtype), steps[3] = {columns, 2 * columns, 2 * columns};
        const void *const in[] = {second, first, (const char *)first + columns * item};
        void *const y = output(N * item, dtype), *const out[] = {output(N * item, dtype), output(N * item, dtype)};
        CHECK(fastact_gated(f, FASTACT_VALUE, dtype, rows, columns, in + 1, steps + 1, &y, steps, NULL) == FASTACT_OK);
        CHECK(fastact_gated(f, FASTACT_BACKWARD, dtype, rows, columns, in, steps, out, steps, NULL) == FASTACT_OK);
    }
}
static void pointwise(const fastact_function *f, fastact_dtype dtype) {
    const size_t bytes = N * bytes_of(dtype);
    for (int weighted = 0; weighted < 2; ++weighted) {
        double *const sums = output(2 * sizeof *sums, FASTACT_F64);
        void *const loss = weighted ? output(bytes, dtype) : NULL, *const hessian = weighted ? output(bytes, dtype) : NULL;
        const void *const weight = weighted ? third : NULL;
        CHECK(fastact_loss(f, dtype, N - 5, first, second, weight, NULL, 0.3, sums, loss, output(bytes, dtype), hessian) == FASTACT_OK);
        CHECK(sums[0] == sums[0], "the sum is NaN");
    }
}
static void of_rows(const fastact_function *f, fastact_dtype dtype) {
    static const size_t lengths[] = {6, LONG_ROW, N / 12};
    for (size_t k = 0; k < 3; ++k)
        for (int soft = 0; soft < 2; ++soft) {
            const size_t columns = lengths[k], rows = N / columns, bytes = N * bytes_of(dtype);
            const fastact_row_loss_options options = {.labels = labels,
                                                      .targets = soft ? second : NULL,
                                                      .class_weight = k == 1 ? third : NULL,
                                                      .row_weight = k == 0 ? third : NULL,
                                                      .label_smoothing = k == 2 ? 0.1 : 0,
                                                      .gradient_scale = 0.3};
            double *const sums = output(2 * sizeof *sums, FASTACT_F64);
            if (!(f->targets & (soft ? FASTACT_PROBABILITIES : FASTACT_LABELS))) continue;
            void *const loss = output(bytes, dtype), *const gradient = output(bytes, dtype);
            CHECK(fastact_row_loss(f, dtype, rows, columns, first, &options, sums, loss, gradient) == FASTACT_OK);
            CHECK(sums[0] == sums[0], "the sum is NaN");
        }
}
static void joint(const fastact_function *f, fastact_dtype dtype) {
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;
    const size_t bytes = N * bytes_of(dtype), columns = has_rows ? 50 : 1;
    const void *const in[] = {first, second, third};
    for (int weighted = 0; weighted < 2; ++weighted) {
        double *const sums = output(2 * sizeof *sums, FASTACT_F64);
        void *const gradients[] = {output(bytes, dtype), output(bytes, dtype), output(bytes, dtype)};
        const void *const weight = weighted ? third : NULL;
        void *const loss = output(bytes, dtype);
        CHECK(fastact_joint_loss(f, dtype, (N - 50) / columns, columns, in, weight, NULL, 0.3, sums, loss, gradients) == FASTACT_OK);
        CHECK(sums[0] == sums[0], "the sum is NaN");
    }
}
static void learned(const fastact_function *f, fastact_dtype dtype) {
    static const size_t sizes[][3] = {{1, 1, N}, {N / 60, 60, 1}, {1, 60, N / 60}, {4, 50, N / 200}, {1, N, 1}, {N / 6, 2, 3}};
    const size_t bytes = N * bytes_of(dtype);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; ++k) {
        const size_t *const s = sizes[k];
        CHECK(fastact_learned(f, dtype, s[0], s[1], s[2], first, third, output(bytes, dtype)) == FASTACT_OK);
        void *const dx = output(bytes, dtype), *const sums = output(bytes, dtype);
        CHECK(fastact_learned_backward(f, dtype, s[0], s[1], s[2], second, first, third, dx, sums) == FASTACT_OK);
    }
}
static void run_all_of(const fastact_function *f, fastact_dtype dtype, char *to) {
    static void (*const kinds[])(const fastact_function *, fastact_dtype) = {elementwise, rowwise, pointwise, of_rows, gated, learned,
                                                                             joint};
    end = to;
    kinds[f->kind](f, dtype);
}

int main(void) {
    const size_t room = (size_t)MOST_OUTPUTS * (N + 64) * 8;
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    first = malloc(N * sizeof *first), second = malloc(N * sizeof *second), third = malloc(N * sizeof *third);
    labels = malloc(N * sizeof *labels), wanted = calloc(room, 1), got = calloc(room, 1);
    if (!first || !second || !third || !labels || !wanted || !got) return 2;
    for (size_t i = 0; i < N; ++i) labels[i] = (int64_t)(random_bits() % 6);
    for (size_t i = 0; i < count; ++i) {
        const fastact_function *const f = functions + i;
        const int is_loss = f->kind == FASTACT_LOSS || f->kind == FASTACT_ROW_LOSS || f->kind == FASTACT_JOINT_LOSS;
        const int narrow = f->kind == FASTACT_ELEMENTWISE || f->kind == FASTACT_ROWWISE || f->kind == FASTACT_GATED;
        for (int dtype = FASTACT_F32; dtype <= (narrow ? FASTACT_BF16 : FASTACT_F64); ++dtype) {
            fill_all((fastact_dtype)dtype, is_loss);
            fastact_set_num_threads(1);
            run_all_of(f, (fastact_dtype)dtype, wanted);
            const size_t bytes = (size_t)(end - wanted);
            CHECK(bytes <= room, "no room");
            for (int threads = 2; threads <= WORKERS; ++threads) {
                snprintf(context, sizeof context, "%s, dtype %d, %d threads", f->name, dtype, threads);
                fastact_set_num_threads(threads);
                run_all_of(f, (fastact_dtype)dtype, got);
                for (size_t at = 0; at < bytes; at += 8)
                    if (memcmp(got + at, wanted + at, 8)) {
                        CHECK(0 && "equal bits", "at byte %zu of %zu", at, bytes);
                        break;
                    }
            }
        }
    }
    return finish();
}
