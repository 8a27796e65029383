/* Rows along any axis of arrays that lie in any order, of row-wise functions and losses: the bits of rows that lie last, nothing beside the
 * output written, in place, with one thread and several. The matrices that are copied for it, number by number as they should be. */
#include "testing.h"

enum { MOST = 1 << 22, MARK = 0xA5 };

static char memory[4][MOST], last[4][MOST], given_out[MOST], got_out[MOST];
static size_t used[4]; /* bytes of each memory */
static int64_t labels[1 << 16];

typedef struct {
    size_t outer, columns, inner;
} sizes;
static size_t count_of(sizes n) { return n.outer * n.columns * n.inner; }

/* an array in memory[which]: its axes from the one with the largest step on, gaps between neighbours, directions */
static fastact_along lie(int which, sizes n, size_t item, uint64_t draw) {
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const int *const order = orders[draw % 6];
    const size_t counts[3] = {n.outer, n.columns, n.inner};
    ptrdiff_t steps[3], step = (ptrdiff_t)item;
    char *at = memory[which] + 64 * item;
    for (int k = 2; k >= 0; --k) {
        const uint64_t kind = (draw >> (8 * k + 8)) % 8;
        const ptrdiff_t size = step * (kind == 6 ? 2 : 1);
        steps[order[k]] = kind == 7 ? -size : size;
        step = size * (ptrdiff_t)counts[order[k]] + (kind == 5 ? 3 * (ptrdiff_t)item : 0);
        if (kind == 7) at += size * ((ptrdiff_t)counts[order[k]] - 1);
    }
    used[which] = (size_t)step + 128 * item;
    if (used[which] > MOST) fprintf(stderr, "an array is too large for its test\n"), exit(2);
    const fastact_along lies = {at, steps[0], steps[1], steps[2]};
    return lies;
}
/* to C-contiguous rows, and back */
static void move(const fastact_along *array, char *rows, sizes n, size_t item, int back) {
    for (size_t o = 0; o < n.outer; ++o)
        for (size_t i = 0; i < n.inner; ++i)
            for (size_t c = 0; c < n.columns; ++c, rows += item) {
                const ptrdiff_t across = (ptrdiff_t)o * array->outer + (ptrdiff_t)i * array->inner;
                char *const at = (char *)array->at + across + (ptrdiff_t)c * array->column;
                if (back)
                    memcpy(at, rows, item);
                else
                    memcpy(rows, at, item);
            }
}

static void keep(int which) { memcpy(given_out, memory[which], used[which]); }
static void mark(int which) {
    memset(memory[which], MARK, used[which]);
    keep(which);
}
/* whether memory[which] is what was kept with the rows of last[expected] put in */
static void check_output(int which, const fastact_along *array, sizes n, size_t item, int expected) {
    memcpy(got_out, memory[which], used[which]);
    memcpy(memory[which], given_out, used[which]);
    move(array, last[expected], n, item, 1);
    CHECK(!memcmp(memory[which], got_out, used[which]), "the output in memory %d", which);
}

static void copies(void) {
    for (int round = 0; round < 4000; ++round) {
        const size_t item = (size_t)2 << random_bits() % 3, most = round % 10 ? 40 : 150;
        const sizes n = {1, 1 + random_bits() % most, 1 + random_bits() % most};
        const fastact_along from = lie(0, n, item, random_bits()), to = lie(1, n, item, random_bits());
        snprintf(context, sizeof context, "copies of %zu x %zu numbers of %zu bytes, steps %td, %td and %td, %td", n.columns, n.inner, item,
                 from.column, from.inner, to.column, to.inner);
        for (size_t i = 0; i < used[0]; ++i) memory[0][i] = (char)random_bits();
        mark(1);
        move(&from, last[0], n, item, 0);
        CHECK(fastact_copy_matrix(item, n.columns, n.inner, from.at, from.column, from.inner, to.at, to.column, to.inner) == FASTACT_OK);
        check_output(1, &to, n, item, 0);
    }
    char x[8] = {0};
    CHECK(fastact_copy_matrix(1, 1, 1, x, 1, 1, x + 1, 1, 1) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_copy_matrix(2, 1, 1, NULL, 2, 2, x, 2, 2) == FASTACT_ERROR_NULL);
    CHECK(fastact_copy_matrix(2, 1, 1, x, 2, 2, NULL, 2, 2) == FASTACT_ERROR_NULL);
    CHECK(fastact_copy_matrix(2, 0, 1, NULL, 2, 2, NULL, 2, 2) == FASTACT_OK);
}

static size_t bytes_of(fastact_dtype dtype) { return dtype == FASTACT_F16 || dtype == FASTACT_BF16 ? 2 : item_size(dtype); }
static void make(int which, const fastact_along *array, sizes n, fastact_dtype dtype, int shares) {
    const size_t all = count_of(n), item = bytes_of(dtype);
    for (size_t i = 0; i < all; ++i) {
        const scalar value = scalar_of(shares ? uniform(0.01, 1) : uniform(-6, 6), dtype == FASTACT_F64 ? dtype : FASTACT_F32);
        if (item == 2)
            CHECK(fastact_narrow(dtype, 1, &value.f32, last[which] + i * item) == FASTACT_OK);
        else
            memcpy(last[which] + i * item, &value, item);
    }
    memset(memory[which], MARK, used[which]);
    move(array, last[which], n, item, 1);
}
static void row_wise_by(const fastact_function *f, fastact_dtype dtype, sizes n, double parameter) {
    const size_t item = bytes_of(dtype), rows = n.outer * n.inner;
    const sizes few = {n.outer, row_results(f, n.columns, parameter), n.inner};
    for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD; pass += FASTACT_BACKWARD) {
        if (!f->parameter_count && parameter != 0 && !takes_scale(f, pass)) continue;
        const int backward = pass == FASTACT_BACKWARD;
        const sizes first = backward ? few : n, result = backward ? n : few;
        fastact_along a = lie(0, first, item, random_bits()), b = lie(1, n, item, random_bits()), out = lie(2, result, item, random_bits());
        snprintf(context, sizeof context, "%s %s of dtype %d along (%zu, %zu, %zu), %d threads", f->name, backward ? "backward" : "value",
                 dtype, n.outer, n.columns, n.inner, fastact_get_num_threads());
        make(0, &a, first, dtype, 0);
        make(1, &b, n, dtype, 1);
        CHECK(fastact_rows(f, pass, dtype, rows, n.columns, last[0], backward ? last[1] : NULL, last[2], &parameter) == FASTACT_OK);
        mark(2);
        CHECK(fastact_rows_along(f, pass, dtype, n.outer, n.columns, n.inner, &a, backward ? &b : NULL, &out, &parameter) == FASTACT_OK);
        check_output(2, &out, result, item, 2);
        const int same = backward ? 1 : 0; /* in place */
        if (!backward && few.columns != n.columns) continue;
        keep(same);
        CHECK(fastact_rows_along(f, pass, dtype, n.outer, n.columns, n.inner, &a, backward ? &b : NULL, backward ? &b : &a, &parameter) ==
              FASTACT_OK);
        check_output(same, backward ? &b : &a, n, item, 2);
    }
}
static void row_wise(const fastact_function *f, fastact_dtype dtype, sizes n) {
    row_wise_by(f, dtype, n, row_parameter(f, n.columns));
    if (!f->parameter_count) row_wise_by(f, dtype, n, 0.3);
}

static void row_loss(const fastact_function *f, fastact_dtype dtype, sizes n, int labelled) {
    const size_t item = bytes_of(dtype), rows = n.outer * n.inner;
    const sizes each = {1, 1, rows};
    fastact_along z = lie(0, n, item, random_bits()), t = lie(1, n, item, random_bits()), out = lie(2, n, item, random_bits());
    const fastact_along weights = lie(3, each, item, 0);
    make(0, &z, n, dtype, n.columns % 2);
    make(1, &t, n, dtype, 1);
    make(3, &weights, each, dtype, 1);
    for (size_t r = 0; r < rows; ++r) labels[r] = random_bits() % 5 ? (int64_t)(random_bits() % n.columns) : -100;
    fastact_row_loss_options options = {.labels = labelled ? labels : NULL, .targets = labelled ? NULL : last[1],
                                        .row_weight = rows % 2 ? last[3] : NULL, .ignore_index = -100, .has_ignore_index = 1,
                                        .label_smoothing = 0.1, .gradient_scale = 0.3};
    static char losses[2][1 << 17];
    double wanted[2], sums[2];
    snprintf(context, sizeof context, "%s of %s of dtype %d along (%zu, %zu, %zu), %d threads", f->name, labelled ? "labels" : "targets",
             dtype, n.outer, n.columns, n.inner, fastact_get_num_threads());
    CHECK(fastact_row_loss(f, dtype, rows, n.columns, last[0], &options, wanted, losses[0], last[2]) == FASTACT_OK);
    options.targets = NULL;
    const fastact_along *const targets = labelled ? NULL : &t;
    for (int asked = 0; asked < 2; ++asked) {
        const fastact_along *const y = asked ? &out : NULL;
        mark(2);
        memset(losses[1], MARK, rows * item);
        CHECK(fastact_row_loss_along(f, dtype, n.outer, n.columns, n.inner, &z, targets, &options, sums, losses[1], y) == FASTACT_OK);
        CHECK(!memcmp(sums, wanted, sizeof sums), "%a, %a instead of %a, %a", sums[0], sums[1], wanted[0], wanted[1]);
        check_equal(losses[1], losses[0], rows, dtype, rows, 0);
        if (y) check_output(2, &out, n, item, 2);
    }
    keep(0);
    CHECK(fastact_row_loss_along(f, dtype, n.outer, n.columns, n.inner, &z, targets, &options, sums, NULL, &z) == FASTACT_OK);
    CHECK(!memcmp(sums, wanted, sizeof sums));
    check_output(0, &z, n, item, 2);
}

static void refusals(void) {
    const fastact_function *const f = fastact_find("softmax"), *const l = fastact_find("cross_entropy");
    float x[64] = {0}, y[64] = {0}, loss[8];
    const int64_t classes[8] = {0, 1, 2, 0, 1, 2, 0, 7};
    fastact_along a = {x, 0, 32, 4}, out = {y, 0, 32, 4}, none = {NULL, 0, 32, 4}, meets = {x + 1, 0, 32, 4}, twice = {y, 0, 28, 4},
                  other = {x, 0, 4, 32}, far = {y, 0, PTRDIFF_MAX / 2, 4};
    snprintf(context, sizeof context, "what is refused");
#define ALONG(f, outer, columns, inner, a, out) fastact_rows_along(f, FASTACT_VALUE, FASTACT_F32, outer, columns, inner, a, NULL, out, NULL)
    CHECK(ALONG(f, 1, 8, 8, &a, &out) == FASTACT_OK);
    CHECK(ALONG(f, 0, 8, 8, NULL, NULL) == FASTACT_OK);
    CHECK(ALONG(f, 1, 0, 8, NULL, NULL) == FASTACT_OK);
    CHECK(ALONG(NULL, 1, 8, 8, &a, &out) == FASTACT_ERROR_NULL);
    CHECK(ALONG(f, 1, 8, 8, NULL, &out) == FASTACT_ERROR_NULL);
    CHECK(ALONG(f, 1, 8, 8, &none, &out) == FASTACT_ERROR_NULL);
    CHECK(ALONG(f, 1, 8, 8, &a, &none) == FASTACT_ERROR_NULL);
    CHECK(ALONG(f, 1, 7, 8, &a, &meets) == FASTACT_ERROR_OVERLAP);
    CHECK(ALONG(f, 1, 8, 8, &a, &other) == FASTACT_ERROR_OVERLAP);
    CHECK(ALONG(f, 1, 8, 8, &a, &twice) == FASTACT_ERROR_ARGUMENT);
    CHECK(ALONG(f, 1, 8, 8, &a, &far) == FASTACT_ERROR_ARGUMENT);
    CHECK(ALONG(f, SIZE_MAX / 2, 8, SIZE_MAX / 2, &a, &out) == FASTACT_ERROR_ARGUMENT);
    CHECK(ALONG(l, 1, 8, 8, &a, &out) == FASTACT_ERROR_UNSUPPORTED);
    fastact_row_loss_options options = {.labels = classes};
    double sums[2];
#define LOSS_ALONG(columns, targets, loss, gradient) \
    fastact_row_loss_along(l, FASTACT_F32, 1, columns, 8, &a, targets, &options, sums, loss, gradient)
    CHECK(LOSS_ALONG(8, NULL, loss, &out) == FASTACT_OK);
    CHECK(LOSS_ALONG(7, NULL, loss, &out) == FASTACT_ERROR_LABEL && sums[0] == 7);
    CHECK(LOSS_ALONG(8, NULL, x + 8, &out) == FASTACT_ERROR_OVERLAP);
    CHECK(LOSS_ALONG(8, NULL, y + 63, &out) == FASTACT_ERROR_OVERLAP);
    CHECK(LOSS_ALONG(8, NULL, loss, &other) == FASTACT_ERROR_OVERLAP);
    CHECK(LOSS_ALONG(8, NULL, loss, &twice) == FASTACT_ERROR_ARGUMENT);
    CHECK(LOSS_ALONG(8, &none, loss, &out) == FASTACT_ERROR_NULL);
    options.targets = y;
    CHECK(LOSS_ALONG(8, NULL, loss, NULL) == FASTACT_ERROR_ARGUMENT);
    options.targets = NULL, options.labels = NULL;
    CHECK(LOSS_ALONG(8, NULL, loss, NULL) == FASTACT_ERROR_NULL);
    CHECK(LOSS_ALONG(8, &out, loss, NULL) == FASTACT_OK);
}

int main(void) {
    static const sizes shapes[] = {{3, 5, 7}, {2, 17, 33}, {1, 40, 70}, {5, 1, 9}, {4, 3, 2}, {70, 12, 1}, {3, 130, 21}, {7, 10, 64}};
    static const sizes large[] = {{3, 7, 1501}, {1, 300, 101}, {2, 3000, 5}, {90, 100, 5}};
    size_t count;
    const fastact_function *const functions = fastact_functions(&count);
    copies();
    refusals();
    for (int threads = 1; threads <= 3; threads += 2) {
        CHECK(fastact_set_num_threads(threads) == FASTACT_OK);
        const sizes *const of = threads == 1 ? shapes : large;
        const size_t some = threads == 1 ? sizeof shapes / sizeof *shapes : sizeof large / sizeof *large;
        for (size_t i = 0; i < count; ++i)
            for (size_t k = 0; k < some; ++k)
                for (int dtype = FASTACT_F32; dtype <= FASTACT_BF16; ++dtype) {
                    if (functions[i].kind == FASTACT_ROWWISE) row_wise(functions + i, (fastact_dtype)dtype, of[k]);
                    for (int labelled = 0; functions[i].kind == FASTACT_ROW_LOSS && dtype <= FASTACT_F64 && labelled < 2; ++labelled)
                        if (functions[i].targets & (labelled ? FASTACT_LABELS : FASTACT_PROBABILITIES))
                            row_loss(functions + i, (fastact_dtype)dtype, of[k], labelled);
                }
    }
    return finish();
}
