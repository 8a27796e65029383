/* Row-wise functions and losses give the same bits on every instruction set, at every length and position, in place or not; a row
 * depends on itself alone, and a value does not change when its gradient is wanted too. The scalar build is the reference. */
#include "testing.h"

enum { POOL = 3 * 70003 + 64 };

static double a[POOL], b[POOL], expected[POOL], got[POOL], loss[POOL], expected_loss[POOL], weight[POOL], curve[POOL], expected_curve[POOL];
static int64_t labels[POOL];
static const char *current_isa;

static char *at(void *array, size_t i, fastact_dtype dtype) { return (char *)array + i * item_size(dtype); }

/* rows of scores: ordinary, with -inf entries, far apart, now and then a row with NaN, inf or nothing but -inf */
static void make_rows(void *to, size_t rows, size_t columns, fastact_dtype dtype) {
    for (size_t r = 0; r < rows; ++r) {
        const uint64_t kind = random_bits() % 12;
        const double width = kind == 0 ? 200 : kind == 1 ? 1e-3 : 5, centre = kind == 2 ? 80 : kind == 3 ? -300 : 0;
        for (size_t i = 0; i < columns; ++i) {
            double value = centre + uniform(-width, width);
            if (kind == 4 || (kind == 5 && random_bits() % 3 == 0)) value = -INFINITY;
            const float narrow = (float)value;
            memcpy(at(to, r * columns + i, dtype), dtype == FASTACT_F32 ? (const void *)&narrow : &value, item_size(dtype));
        }
        if (columns && (kind == 6 || kind == 7)) {
            const scalar odd = scalar_of(kind == 6 ? NAN : INFINITY, dtype);
            memcpy(at(to, r * columns + random_bits() % columns, dtype), &odd, item_size(dtype));
        }
    }
}

/* ---- row-wise functions ---- */
static void rows_by(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns, double parameter) {
    const size_t offset = columns % 64, item = item_size(dtype), results = row_results(f, columns, parameter);
    char *x = at(a, offset, dtype), *second = at(b, offset / 2, dtype), *out = at(got, 63 - offset, dtype);
    for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD; pass += FASTACT_BACKWARD) {
        const void *other = pass ? second : NULL;
        const size_t from = pass ? results : columns, to = pass ? columns : results, n = rows * to;
        if (!f->parameter_count && parameter != 0 && !takes_scale(f, pass)) {
            CHECK(fastact_rows(f, (fastact_pass)pass, dtype, rows, columns, x, other, out, &parameter) == FASTACT_ERROR_ARGUMENT);
            continue;
        }
#define ROWS(count, first, from_second, into) \
    CHECK(fastact_rows(f, (fastact_pass)pass, dtype, count, columns, first, from_second, into, &parameter) == FASTACT_OK)
        snprintf(context, sizeof context, "%s %s %s on %s, %zu rows of %zu, parameter %g", f->name, pass ? "backward" : "value",
                 dtype ? "f64" : "f32", current_isa, rows, columns, parameter);
        make_rows(x, rows, columns, dtype);
        if (pass) fill(x, rows * from, dtype, rows % 2 ? NEAR : SPECIAL), make_rows(second, rows, columns, dtype);
        if (pass && f->backward_takes_output)
            CHECK(fastact_rows(f, FASTACT_VALUE, dtype, rows, columns, second, NULL, second, &parameter) == FASTACT_OK);
        set_isa("scalar");
        ROWS(rows, x, other, expected);
        set_isa(current_isa);
        ROWS(rows, x, other, out);
        check_equal(out, expected, n, dtype, n, offset);
        for (size_t r = 0; r < rows; ++r) /* each row alone */
            ROWS(1, x + r * from * item, pass ? second + r * columns * item : NULL, out + r * to * item);
        check_equal(out, expected, n, dtype, n, offset);
        if (from == to) {
            memcpy(out, x, n * item);
            ROWS(rows, out, other, out);
            check_equal(out, expected, n, dtype, n, offset);
        }
        if (!pass) continue;
        memcpy(out, second, n * item);
        ROWS(rows, x, out, out);
        check_equal(out, expected, n, dtype, n, offset);
    }
}
static void rows_of(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns) {
    static const double scales[] = {0.1, 0.25, 300};
    rows_by(f, dtype, rows, columns, row_parameter(f, columns));
    if (!f->parameter_count && (rows + columns) % 3 == 0) rows_by(f, dtype, rows, columns, scales[columns % 3]);
    if (f->row_shape != FASTACT_GROUPED_COLUMNS) return;
    for (size_t pieces = 1; pieces <= columns; ++pieces)
        if (columns <= 40 && columns % pieces == 0) rows_by(f, dtype, rows, columns, (double)pieces);
}

static const size_t long_columns[] = {255, 256, 257, 511, 1000, 1024, 4097, 70003};
enum { LONG_COLUMNS = sizeof long_columns / sizeof *long_columns };

static void check_rowwise(const fastact_function *f, fastact_dtype dtype) {
    for (size_t columns = 0; columns <= 130; ++columns)
        for (size_t rows = 1; rows <= 17; rows += 4) rows_of(f, dtype, rows, columns);
    for (int k = 0; k < LONG_COLUMNS; ++k) rows_of(f, dtype, 3, long_columns[k]);
}

/* ---- losses ---- */
static void same_sums(const double *sums, const double *wanted) {
    CHECK(!memcmp(sums, wanted, 2 * sizeof *sums), "sums %a %a instead of %a %a", sums[0], sums[1], wanted[0], wanted[1]);
}

static void loss_of(const fastact_function *f, fastact_dtype dtype, size_t n, size_t offset, data_kind kind) {
    const size_t item = item_size(dtype);
    char *pred = at(a, offset, dtype), *target = at(b, 63 - offset, dtype), *w = at(weight, offset / 3, dtype);
    double wanted[2], sums[2], value[2][2];
    fill(pred, n, dtype, kind);
    fill(target, n, dtype, kind);
    fill(w, n, dtype, NEAR);
    for (int weighted = 0; weighted <= 1; ++weighted) {
        const void *given = weighted ? w : NULL;
        snprintf(context, sizeof context, "%s %s on %s, %zu elements%s", f->name, dtype ? "f64" : "f32", current_isa, n,
                 weighted ? ", weighted" : "");
        for (int asked = 0; asked < 8; ++asked) { /* losses one by one, gradient, Hessian; of long arrays a gradient and everything */
            if (n > 1000 && asked != 2 && asked != 7) continue;
            char *loss_out = at(loss, offset, dtype), *gradient = at(got, 1, dtype), *hessian = at(curve, 2, dtype);
#define LOSS(sums, loss, gradient, hessian)                                                                              \
    CHECK(fastact_loss(f, dtype, n, pred, target, given, NULL, 0.3, sums, asked & 1 ? (void *)(loss) : NULL,             \
                       asked & 2 ? (void *)(gradient) : NULL, asked & 4 ? (void *)(hessian) : NULL) == FASTACT_OK)
            set_isa("scalar");
            LOSS(wanted, expected_loss, expected, expected_curve);
            set_isa(current_isa);
            LOSS(sums, loss_out, gradient, hessian);
            same_sums(sums, wanted);
            if (asked & 1) check_equal(loss_out, expected_loss, n, dtype, n, offset);
            if (asked & 2) check_equal(gradient, expected, n, dtype, n, offset);
            if (asked & 4) check_equal(hessian, expected_curve, n, dtype, n, offset);
            if (n <= 1000 && (asked == 2 || asked == 3)) same_sums(sums, value[asked & 1]); /* the value is the same with its gradient */
            if (asked < 2) memcpy(value[asked], sums, sizeof sums);
        }
        if (weighted && n) { /* weights alone */
            CHECK(fastact_loss(f, dtype, n, NULL, NULL, w, NULL, 0.3, sums, NULL, NULL, NULL) == FASTACT_OK);
            CHECK(sums[0] == 0 && sums[1] == wanted[1]);
            CHECK(fastact_loss(f, dtype, n, NULL, NULL, w, NULL, 0.3, sums, got, NULL, NULL) == FASTACT_ERROR_NULL);
        }
        memcpy(got, pred, n * item);
        memcpy(loss, target, n * item);
        memcpy(curve, w, n * item);
        CHECK(fastact_loss(f, dtype, n, got, loss, weighted ? curve : NULL, NULL, 0.3, sums, loss, got, curve) == FASTACT_OK);
        same_sums(sums, wanted);
        check_equal(loss, expected_loss, n, dtype, n, 0);
        check_equal(got, expected, n, dtype, n, 0);
        check_equal(curve, expected_curve, n, dtype, n, 0);
        CHECK(fastact_loss(f, dtype, n, pred, target, given, NULL, 0.3, NULL, NULL, got, NULL) == FASTACT_OK); /* no sums */
        check_equal(got, expected, n, dtype, n, 0);
    }
}

/* up to three blocks */
static const size_t long_losses[] = {512, 513, 1000, 4097, 16385, 33001};
enum { LONG_LOSSES = sizeof long_losses / sizeof *long_losses };

static void check_loss(const fastact_function *f, fastact_dtype dtype) {
    for (size_t n = 0; n <= 130; ++n)
        loss_of(f, dtype, n, n * 13 % 64, n % 2 ? NEAR : (data_kind)(n / 2 % DATA_KINDS));
    for (int k = 0; k < LONG_LOSSES; ++k) loss_of(f, dtype, long_losses[k], 5, NEAR);
}

static void row_loss_of(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns, int labelled) {
    const size_t n = rows * columns, offset = columns % 64;
    char *logits = at(a, offset, dtype), *class_weight = at(weight, 1, dtype), *row_weight = at(b, 3, dtype);
    char *targets = at(curve, 5, dtype);
    make_rows(logits, rows, columns, dtype);
    fill(class_weight, columns, dtype, NEAR);
    fill(row_weight, rows, dtype, NEAR);
    for (size_t i = 0; i < n; ++i) {
        const scalar share = scalar_of(random_bits() % 3 ? uniform(0, 1) : (double)(random_bits() % 2), dtype);
        const scalar score = scalar_of(uniform(0.01, 1), dtype);
        memcpy(at(targets, i, dtype), &share, item_size(dtype));
        if (columns % 3 == 0) memcpy(at(logits, i, dtype), &score, item_size(dtype)); /* probabilities now and then */
    }
    for (size_t r = 0; r < rows; ++r) labels[r] = random_bits() % 5 ? (int64_t)(random_bits() % columns) : -100;
    for (int given = 0; given < 4; ++given) {
        const fastact_row_loss_options options = {.labels = labelled ? labels : NULL,
                                                  .targets = labelled ? NULL : targets,
                                                  .class_weight = given & 1 ? class_weight : NULL,
                                                  .row_weight = given & 2 ? row_weight : NULL,
                                                  .ignore_index = -100,
                                                  .has_ignore_index = 1,
                                                  .label_smoothing = rows % 2 ? 0.1 : 0,
                                                  .gradient_scale = 0.3};
        double wanted[2], sums[2];
        snprintf(context, sizeof context, "%s of %s %s on %s, %zu rows of %zu, options %d", f->name, labelled ? "labels" : "targets",
                 dtype ? "f64" : "f32", current_isa, rows, columns, given);
        set_isa("scalar");
        CHECK(fastact_row_loss(f, dtype, rows, columns, logits, &options, wanted, expected_loss, expected) == FASTACT_OK);
        set_isa(current_isa);
        for (int asked = 0; asked < 4; ++asked) {
            CHECK(fastact_row_loss(f, dtype, rows, columns, logits, &options, sums, asked & 1 ? loss : NULL,
                                   asked & 2 ? got : NULL) == FASTACT_OK);
            same_sums(sums, wanted);
            if (asked & 1) check_equal(loss, expected_loss, rows, dtype, rows, offset);
            if (asked & 2) check_equal(got, expected, n, dtype, n, offset);
        }
        memcpy(got, logits, n * item_size(dtype));
        CHECK(fastact_row_loss(f, dtype, rows, columns, got, &options, sums, NULL, got) == FASTACT_OK);
        same_sums(sums, wanted);
        check_equal(got, expected, n, dtype, n, 0);
    }
}

static void check_row_loss(const fastact_function *f, fastact_dtype dtype) {
    const int many = !strcmp(f->name, "cross_entropy"); /* has loops for several short rows at once */
    for (int labelled = 0; labelled <= 1; ++labelled) {
        if (!(f->targets & (labelled ? FASTACT_LABELS : FASTACT_PROBABILITIES))) continue;
        for (size_t columns = 1; columns <= 130; ++columns)
            for (size_t rows = many ? 1 : 3; rows <= (many ? 18 : 3); rows += 5) row_loss_of(f, dtype, rows, columns, labelled);
        for (int k = 0; k < LONG_COLUMNS; ++k) row_loss_of(f, dtype, 3, long_columns[k], labelled);
        row_loss_of(f, dtype, many ? 5000 : 500, 7, labelled);
    }
}

static void joint_of(const fastact_function *f, fastact_dtype dtype, size_t n, data_kind kind) {
    static double third[POOL], gradients[2][3][POOL];
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;
    const size_t offset = n % 64, rows = has_rows ? 3 : n, columns = has_rows ? n : 1, count = rows * columns;
    const void *const in[3] = {at(a, offset, dtype), at(b, 63 - offset, dtype), at(third, offset / 2, dtype)};
    void *const w = at(weight, 5, dtype), *const each = at(loss, offset, dtype);
    void *first[3], *second[3];
    for (int k = 0; k < 3; ++k) {
        fill((void *)in[k], count, dtype, kind);
        first[k] = gradients[0][k], second[k] = at(gradients[1][k], (size_t)k + 1, dtype);
    }
    fill(w, rows, dtype, NEAR);
    for (int wanted = 0; wanted < 8; ++wanted) { /* weights, losses one by one, gradients; of long arrays nothing and everything */
        if (n > 1000 && wanted != 0 && wanted != 7) continue;
        const void *given = wanted & 1 ? w : NULL;
        double sums[2], expected_sums[2];
        snprintf(context, sizeof context, "%s %s on %s, %zu columns", f->name, dtype ? "f64" : "f32", current_isa, n);
#define JOINT(sums, loss, gradient, in)                                                                                               \
    CHECK(fastact_joint_loss(f, dtype, rows, columns, in, given, NULL, 0.3, sums, wanted & 2 ? (void *)(loss) : NULL,              \
                             wanted & 4 ? gradient : NULL) == FASTACT_OK)
        set_isa("scalar");
        JOINT(expected_sums, expected_loss, first, in);
        set_isa(current_isa);
        JOINT(sums, each, second, in);
        same_sums(sums, expected_sums);
        if (wanted & 2) check_equal(each, expected_loss, rows, dtype, rows, offset);
        for (int k = 0; k < f->gradient_count && wanted & 4; ++k) check_equal(second[k], first[k], count, dtype, count, offset);
    }
    const void *copies[3];
    for (int k = 0; k < 3; ++k) { /* in place; the weights are those of the last call */
        memcpy(second[k], in[k], count * item_size(dtype));
        copies[k] = second[k];
    }
    double sums[2];
    CHECK(fastact_joint_loss(f, dtype, rows, columns, copies, w, NULL, 0.3, sums, NULL, second) == FASTACT_OK);
    for (int k = 0; k < f->gradient_count; ++k) check_equal(second[k], first[k], count, dtype, count, offset);
}

static void check_joint(const fastact_function *f, fastact_dtype dtype) {
    for (size_t n = 0; n <= 130; ++n) joint_of(f, dtype, n, n % 2 ? NEAR : (data_kind)(n / 2 % DATA_KINDS));
    for (int k = 0; k < LONG_LOSSES; ++k) joint_of(f, dtype, long_losses[k], NEAR);
}

int main(void) {
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        current_isa = *isa;
        set_isa(*isa);
        for (size_t i = 0; i < count; ++i)
            for (int dtype = FASTACT_F32; dtype <= FASTACT_F64; ++dtype) {
                if (functions[i].kind == FASTACT_ROWWISE) check_rowwise(functions + i, (fastact_dtype)dtype);
                if (functions[i].kind == FASTACT_LOSS) check_loss(functions + i, (fastact_dtype)dtype);
                if (functions[i].kind == FASTACT_JOINT_LOSS) check_joint(functions + i, (fastact_dtype)dtype);
                if (functions[i].kind == FASTACT_ROW_LOSS) check_row_loss(functions + i, (fastact_dtype)dtype);
            }
    }
    return finish();
}
