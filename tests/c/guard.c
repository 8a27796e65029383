/* No kernel reads or writes beside its arrays: every array ends at, or starts after, a page that faults, at every length. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "testing.h"
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MAX_ITEMS = 131 * 3, ARRAYS = 4 + PARAMETERS, MARK = 0xA5, MARGIN = 64 };

/* Accessible bytes between two pages that are not. */
static char *regions[ARRAYS];
static size_t region_bytes;
static int at_end; /* arrays end at the upper guard page, else they start at the lower one */

static void fault(int signal_number) {
    static const char text[] = ": touched memory beside an array\n";
    (void)signal_number;
    if (write(2, context, strlen(context)) < 0 || write(2, text, sizeof text - 1) < 0) _exit(2);
    _exit(1);
}

static void make_regions(void) {
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    region_bytes = (MAX_ITEMS * sizeof(double) + 2 * MARGIN + page - 1) / page * page;
    for (int k = 0; k < ARRAYS; ++k) {
        char *all = mmap(NULL, region_bytes + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (all == MAP_FAILED || mprotect(all, page, PROT_NONE) || mprotect(all + page + region_bytes, page, PROT_NONE)) {
            perror("guard pages");
            exit(2);
        }
        regions[k] = all + page;
    }
}

/* array number k, of that many bytes, at the guarded end */
static void *array(int k, size_t bytes) { return at_end ? regions[k] + region_bytes - bytes : regions[k]; }

static void *output(int k, size_t bytes) {
    memset(regions[k], MARK, region_bytes);
    return array(k, bytes);
}
/* the bytes on the side that is not guarded still hold their mark */
static void check_margin(int k, size_t bytes) {
    const char *free_side = at_end ? regions[k] + region_bytes - bytes - MARGIN : regions[k] + bytes;
    for (int i = 0; i < MARGIN; ++i) CHECK(free_side[i] == (char)MARK, "%zu bytes", bytes);
}

static void guard_map(const map_case *c) {
    const ptrdiff_t item = (ptrdiff_t)item_size(c->dtype);
    const settings usual = default_settings(c);
    for (int kind = NEAR; kind <= ALL_FAR; ++kind) {
        for (size_t n = 0; n <= 130; ++n) {
            const size_t bytes = n * (size_t)item;
            void *x = array(0, bytes), *g = array(1, bytes), *out = output(2, bytes), *parameters[PARAMETERS];
            describe(c, "guard pages");
            fill(x, n, c->dtype, (data_kind)kind);
            fill(g, n, c->dtype, NEAR);
            for (int k = 0; k < c->function->parameter_count; ++k) {
                parameters[k] = array(3 + k, bytes);
                for (size_t i = 0; i < n; ++i) memcpy((char *)parameters[k] + i * (size_t)item, usual.of + k, (size_t)item);
            }
            run(c, n, g, x, &usual, out);
            check_margin(2, bytes);
            if (c->function->parameter_count) {
                CHECK(run_arrays(c, n, g, item, x, item, parameters, item, out, item) == FASTACT_OK);
                check_margin(2, bytes);
            }
            if (n) { /* backwards, from the last element */
                const ptrdiff_t last = (ptrdiff_t)(n - 1) * item;
                CHECK(run_strided(c, n, (char *)g + last, -item, (char *)x + last, -item, &usual, (char *)out + last, -item) == FASTACT_OK);
                check_margin(2, bytes);
            }
        }
    }
}

static void guard_rows(const fastact_function *f, fastact_dtype dtype) {
    for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD; pass += FASTACT_BACKWARD)
        for (size_t columns = 0; columns <= 130; ++columns)
            for (size_t rows = 1; rows <= 3; ++rows) {
                const double parameter = row_parameter(f, columns ? columns : 4);
                const size_t results = rows * row_results(f, columns, parameter), n = rows * columns, item = item_size(dtype);
                const size_t from = pass ? results : n, to = pass ? n : results;
                void *a = array(0, from * item), *b = array(1, n * item), *out = output(2, to * item);
                snprintf(context, sizeof context, "%s on %s, %zu rows of %zu", f->name, fastact_isa(), rows, columns);
                fill(a, from, dtype, FEW_FAR);
                fill(b, n, dtype, NEAR);
                CHECK(fastact_rows(f, (fastact_pass)pass, dtype, rows, columns, a, pass ? b : NULL, out, &parameter) == FASTACT_OK);
                check_margin(2, to * item);
            }
}

static void guard_gated(const fastact_function *f, fastact_dtype dtype) {
    for (int backward = 0; backward <= 1; ++backward)
        for (size_t n = 0; n <= 130; ++n) {
            const size_t bytes = n * item_size(dtype);
            const void *const in[3] = {array(0, bytes), array(1, bytes), array(2, bytes)};
            snprintf(context, sizeof context, "%s on %s, %zu elements", f->name, fastact_isa(), n);
            for (int k = 0; k < 3; ++k) fill((void *)in[k], n, dtype, FEW_FAR);
            void *const out[2] = {output(3, bytes), output(4, bytes)};
            CHECK(fastact_gated(f, backward ? FASTACT_BACKWARD : FASTACT_VALUE, dtype, 1, n, in, NULL, out, NULL, NULL) == FASTACT_OK);
            check_margin(3, bytes);
            check_margin(4, bytes);
        }
}

static void guard_loss(const fastact_function *f, fastact_dtype dtype) {
    for (size_t n = 0; n <= 130; ++n)
        for (int wanted = 0; wanted < 16; ++wanted) { /* weight, loss, gradient and Hessian, each given or not */
            const size_t bytes = n * item_size(dtype);
            void *pred = array(0, bytes), *target = array(1, bytes), *weight = array(2, bytes);
            void *loss = output(3, bytes), *gradient = output(4, bytes), *hessian = output(5, bytes);
            double sums[2];
            snprintf(context, sizeof context, "%s on %s, %zu elements", f->name, fastact_isa(), n);
            fill(pred, n, dtype, NEAR);
            fill(target, n, dtype, NEAR);
            fill(weight, n, dtype, NEAR);
            CHECK(fastact_loss(f, dtype, n, pred, target, wanted & 1 ? weight : NULL, NULL, 0.5, sums, wanted & 2 ? loss : NULL,
                               wanted & 4 ? gradient : NULL, wanted & 8 ? hessian : NULL) == FASTACT_OK);
            for (int k = 3; k <= 5; ++k) check_margin(k, bytes);
        }
}

static void guard_row_loss(const fastact_function *f, fastact_dtype dtype) {
    for (size_t columns = 1; columns <= 130; ++columns)
        for (size_t rows = 1; rows <= 3; ++rows)
            /* class weight, row weight, loss and gradient, each given or not; labels or targets */
            for (int wanted = 0; wanted < 32; ++wanted) {
                if (!(f->targets & (wanted & 16 ? FASTACT_LABELS : FASTACT_PROBABILITIES))) continue;
                const size_t item = item_size(dtype), bytes = rows * columns * item;
                int64_t *labels = array(1, rows * sizeof *labels);
                void *targets = wanted & 16 ? NULL : array(1, bytes);
                void *logits = array(0, bytes), *class_weight = array(2, columns * item), *row_weight = array(3, rows * item);
                void *loss = output(4, rows * item), *gradient = output(5, bytes);
                double sums[2];
                snprintf(context, sizeof context, "%s on %s, %zu rows of %zu", f->name, fastact_isa(), rows, columns);
                fill(logits, rows * columns, dtype, NEAR);
                fill(class_weight, columns, dtype, NEAR);
                fill(row_weight, rows, dtype, NEAR);
                if (targets) fill(targets, rows * columns, dtype, NEAR);
                for (size_t i = 0; !targets && i < rows; ++i) labels[i] = (int64_t)(random_bits() % columns);
                const fastact_row_loss_options options = {.labels = targets ? NULL : labels,
                                                          .targets = targets,
                                                          .class_weight = wanted & 1 ? class_weight : NULL,
                                                          .row_weight = wanted & 2 ? row_weight : NULL,
                                                          .ignore_index = 0,
                                                          .has_ignore_index = columns % 3 == 0,
                                                          .label_smoothing = columns % 2 ? 0.1 : 0,
                                                          .gradient_scale = 0.5};
                CHECK(fastact_row_loss(f, dtype, rows, columns, logits, &options, sums, wanted & 4 ? loss : NULL,
                                       wanted & 8 ? gradient : NULL) == FASTACT_OK);
                check_margin(4, rows * item);
                check_margin(5, bytes);
            }
}

static void guard_joint(const fastact_function *f, fastact_dtype dtype) {
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;
    for (size_t n = 0; n <= 130; ++n)
        for (size_t rows = 1; rows <= (has_rows ? 3 : 1); ++rows) {
            const size_t item = item_size(dtype), bytes = rows * n * item, few = (has_rows ? rows : n) * item;
            const void *const in[3] = {array(0, bytes), array(1, bytes), array(2, bytes)};
            for (int k = 0; k < 3; ++k) fill((void *)in[k], rows * n, dtype, NEAR);
            void *weight = array(3, few);
            fill(weight, few / item, dtype, NEAR);
            void *const loss = output(4, few), *const out[3] = {output(5, bytes), output(6, bytes), output(7, bytes)};
            double sums[2];
            snprintf(context, sizeof context, "%s on %s, %zu rows of %zu", f->name, fastact_isa(), rows, n);
            for (int wanted = 0; wanted < 8; ++wanted) /* weight, loss and gradients, each given or not */
                CHECK(fastact_joint_loss(f, dtype, has_rows ? rows : n, has_rows ? n : 1, in, wanted & 1 ? weight : NULL, NULL, 0.5, sums,
                                         wanted & 2 ? loss : NULL, wanted & 4 ? out : NULL) == FASTACT_OK);
            check_margin(4, few);
            for (int k = 0; k < f->gradient_count; ++k) check_margin(5 + k, bytes);
        }
}

int main(void) {
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    signal(SIGSEGV, fault);
    signal(SIGBUS, fault);
    make_regions();
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        set_isa(*isa);
        for (at_end = 0; at_end <= 1; ++at_end) {
            for_each_map(guard_map);
            for (size_t i = 0; i < count; ++i)
                for (int dtype = FASTACT_F32; dtype <= FASTACT_F64; ++dtype) {
                    if (functions[i].kind == FASTACT_ROWWISE) guard_rows(functions + i, (fastact_dtype)dtype);
                    if (functions[i].kind == FASTACT_GATED) guard_gated(functions + i, (fastact_dtype)dtype);
                    if (functions[i].kind == FASTACT_LOSS) guard_loss(functions + i, (fastact_dtype)dtype);
                    if (functions[i].kind == FASTACT_JOINT_LOSS) guard_joint(functions + i, (fastact_dtype)dtype);
                    if (functions[i].kind == FASTACT_ROW_LOSS) guard_row_loss(functions + i, (fastact_dtype)dtype);
                }
        }
    }
    return finish();
}
