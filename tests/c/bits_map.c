/* Elementwise passes give the same bits on every instruction set, at every length, position and stride, in place or not, whatever
 * stands in the neighbouring elements. The scalar build is the reference. */
#include "testing.h"

enum { OFFSETS = 64, LENGTHS = 131, POOL = OFFSETS + LENGTHS, LONG = 4099, GUARD = 64, MARK = 0xA5 };

static double x[LONG], g[LONG], expected[LONG], got[GUARD + LONG + GUARD], work[8 * LONG];
static double parameters[PARAMETERS][LONG], spread_parameters[PARAMETERS][LONG];
static const char *current_isa;

static const char *const data_names[DATA_KINDS] = {"near values", "few far values", "many far values", "far values", "any bits",
                                                   "special values"};

static void make_data(const map_case *c, data_kind kind, size_t n) {
    describe(c, data_names[kind]);
    fill(x, n, c->dtype, kind);
    fill(g, n, c->dtype, kind == ANY_BITS || kind == SPECIAL ? kind : NEAR);
}
static char *at(void *array, size_t i, const map_case *c) { return (char *)array + i * item_size(c->dtype); }

/* the answer of the scalar build */
static void expect(const map_case *c, size_t n, const settings *s, void *answer) {
    set_isa("scalar");
    run(c, n, g, x, s, answer);
    set_isa(current_isa);
}
static int untouched(const char *bytes, size_t count) {
    for (size_t i = 0; i < count; ++i)
        if (bytes[i] != (char)MARK) return 0;
    return 1;
}

static void check_place(const map_case *c, size_t offset, size_t length, const settings *s) {
    const size_t bytes = length * item_size(c->dtype);
    char *out = at(got, GUARD + offset % GUARD, c), *start = (char *)got;
    const size_t before = (size_t)(out - start) < 64 ? (size_t)(out - start) : 64;
    memset(out - before, MARK, before + bytes + 64);
    run(c, length, at(g, offset, c), at(x, offset, c), s, out);
    check_equal(out, at(expected, offset, c), length, c->dtype, length, offset);
    CHECK(untouched(out - before, before) && untouched(out + bytes, 64), "length %zu at offset %zu", length, offset);
}

/* every length at every offset; the scalar build has no notion of alignment, so three offsets are enough for it */
static void lengths_and_offsets(const map_case *c) {
    const settings usual = default_settings(c);
    const size_t step = strcmp(current_isa, "scalar") ? 1 : 31;
    for (int kind = 0; kind < DATA_KINDS; ++kind) {
        make_data(c, (data_kind)kind, POOL);
        expect(c, POOL, &usual, expected);
        for (size_t offset = 0; offset < OFFSETS; offset += step)
            for (size_t length = 0; length < LENGTHS; ++length) check_place(c, offset, length, &usual);
    }
}

/* longer than a block of the tail loops and of the strided gather, with every remainder of a group */
static void long_arrays(const map_case *c) {
    const settings usual = default_settings(c);
    for (int kind = 0; kind < DATA_KINDS; ++kind) {
        make_data(c, (data_kind)kind, LONG);
        expect(c, LONG, &usual, expected);
        for (size_t length = 1000; length < 1150; length += 7) check_place(c, length % 16, length, &usual);
        for (size_t length = 2040; length < 2060; length += 3) check_place(c, 0, length, &usual);
        check_place(c, 0, LONG, &usual);
    }
}

/* by the other way to read and the other width, which this machine would not take: src_c/kernels.h */
extern int fastact_full_width_costs, fastact_full_width_slows;
static void other_way(void) {
    fastact_full_width_costs = !fastact_full_width_costs;
    fastact_full_width_slows = !fastact_full_width_slows;
}
static void read_otherwise(const map_case *c) {
    other_way();
    long_arrays(c);
    other_way();
}

static void in_place(const map_case *c) {
    const settings usual = default_settings(c);
    for (int kind = 0; kind < DATA_KINDS; ++kind) {
        make_data(c, (data_kind)kind, LONG);
        expect(c, LONG, &usual, expected);
        for (size_t length = 0; length <= LONG; length += length < LENGTHS ? 1 : 1323) {
            memcpy(work, x, length * sizeof *x);
            run(c, length, g, work, &usual, work);
            check_equal(work, expected, length, c->dtype, length, 0);
            if (!takes_gradient(c)) continue;
            memcpy(work, g, length * sizeof *g);
            run(c, length, work, x, &usual, work);
            check_equal(work, expected, length, c->dtype, length, 0);
        }
        if (!takes_gradient(c)) continue;
        memcpy(work, x, sizeof x); /* gradient, input and output all the same array */
        memcpy(got, g, sizeof g);
        memcpy(g, x, sizeof x);
        expect(c, LONG, &usual, expected);
        run(c, LONG, work, work, &usual, work);
        check_equal(work, expected, LONG, c->dtype, LONG, 0);
    }
}

static void spread(const map_case *c, const void *from, size_t n, ptrdiff_t step, void *to) {
    const size_t item = item_size(c->dtype);
    for (size_t i = 0; i < n; ++i) memcpy((char *)to + (ptrdiff_t)(i * item) * step, (const char *)from + i * item, item);
}

static void strides(const map_case *c) {
    static double spread_x[8 * LONG], spread_g[8 * LONG];
    const ptrdiff_t steps[][3] = {{1, 1, -1}, {-1, -1, -1}, {2, 1, 1}, {1, 3, 2}, {-2, 2, -3}, {1, 2, 1}, {-1, 1, 1}};
    const ptrdiff_t item = (ptrdiff_t)item_size(c->dtype);
    const settings usual = default_settings(c);
    make_data(c, FEW_FAR, LONG);
    expect(c, LONG, &usual, expected);
    for (size_t s = 0; s < sizeof steps / sizeof *steps; ++s)
        for (size_t length = 1; length <= 1100; length += length < 70 ? 1 : 103) {
            char *first_x = at(spread_x, 4 * LONG, c), *first_g = at(spread_g, 4 * LONG, c), *first = at(work, 4 * LONG, c);
            spread(c, x, length, steps[s][0], first_x);
            spread(c, g, length, steps[s][1], first_g);
            CHECK(run_strided(c, length, first_g, steps[s][1] * item, first_x, steps[s][0] * item, &usual, first,
                              steps[s][2] * item) == FASTACT_OK);
            for (size_t i = 0; i < length; ++i)
                check_equal(first + (ptrdiff_t)i * item * steps[s][2], at(expected, i, c), 1, c->dtype, length, i);
            CHECK(run_strided(c, length, first_g, steps[s][1] * item, first_x, steps[s][0] * item, &usual, first_x,
                              steps[s][0] * item) == FASTACT_OK);
            for (size_t i = 0; i < length; ++i)
                check_equal(first_x + (ptrdiff_t)i * item * steps[s][0], at(expected, i, c), 1, c->dtype, length, i);
        }
    /* one gradient for all, the usual start of a backward pass */
    for (size_t i = 1; i < LONG; ++i) memcpy(at(g, i, c), g, (size_t)item);
    expect(c, LONG, &usual, expected);
    CHECK(run_strided(c, LONG, g, 0, x, item, &usual, work, item) == FASTACT_OK);
    check_equal(work, expected, LONG, c->dtype, LONG, 0);
}

/* the same elements in another order give the same results in that order */
static void neighbours(const map_case *c) {
    static size_t order[LONG];
    static double shuffled_x[LONG], shuffled_g[LONG];
    const settings usual = default_settings(c);
    const size_t item = item_size(c->dtype);
    make_data(c, MANY_FAR, LONG);
    fill(at(x, LONG / 2, c), LONG / 2, c->dtype, NEAR);
    run(c, LONG, g, x, &usual, expected);
    for (size_t i = 0; i < LONG; ++i) order[i] = i;
    for (size_t i = LONG - 1; i > 0; --i) {
        const size_t j = random_bits() % (i + 1), swap = order[i];
        order[i] = order[j], order[j] = swap;
    }
    for (size_t i = 0; i < LONG; ++i) {
        memcpy(at(shuffled_x, i, c), at(x, order[i], c), item);
        memcpy(at(shuffled_g, i, c), at(g, order[i], c), item);
    }
    run(c, LONG, shuffled_g, shuffled_x, &usual, work);
    for (size_t i = 0; i < LONG; ++i) check_equal(at(work, i, c), at(expected, order[i], c), 1, c->dtype, LONG, i);
}

/* any parameters, and one of each an element */
static void other_parameters(const map_case *c) {
    const double values[] = {0.01, 1, 0.2, 0.5, 2, 10, 1.702, 0, -0.5, -1, 1, 1};
    enum { VALUES = sizeof values / sizeof *values, ROUNDS = 12, N = 1200 };
    const ptrdiff_t item = (ptrdiff_t)item_size(c->dtype);
    void *arrays[PARAMETERS], *reversed[PARAMETERS];
    if (!c->function->parameter_count) return;
    for (int kind = 0; kind < DATA_KINDS; ++kind) {
        settings some[ROUNDS];
        make_data(c, (data_kind)kind, N);
        for (size_t v = 0; v < ROUNDS; ++v) {
            double chosen[PARAMETERS] = {values[v]};
            for (int k = 1; k < PARAMETERS; ++k) chosen[k] = values[random_bits() % VALUES];
            some[v] = v ? settings_of(c, chosen) : default_settings(c);
            expect(c, N, some + v, expected);
            for (size_t length = 0; length <= N; length += length < LENGTHS ? 13 : 1069) check_place(c, 0, length, some + v);
            check_place(c, 3, N - 3, some + v);
        }
        for (size_t i = 0; i < N; ++i) { /* each element's own parameters, in runs of one to several */
            const settings *own = some + (random_bits() % 3 && i ? (i / 8) % ROUNDS : random_bits() % ROUNDS);
            for (int k = 0; k < PARAMETERS; ++k) memcpy(at(parameters[k], i, c), own->of + k, (size_t)item);
            run(c, 1, at(g, i, c), at(x, i, c), own, at(expected, i, c));
        }
        for (int k = 0; k < PARAMETERS; ++k) {
            arrays[k] = parameters[k];
            reversed[k] = at(spread_parameters[k], 2 * N, c);
            spread(c, parameters[k], N, -2, reversed[k]);
        }
        for (size_t length = 1; length <= N; length += length < LENGTHS ? 1 : 1069) {
            CHECK(run_arrays(c, length, g, item, x, item, arrays, item, work, item) == FASTACT_OK);
            check_equal(work, expected, length, c->dtype, length, 0);
        }
        CHECK(run_arrays(c, N, g, item, x, item, reversed, -2 * item, x, item) == FASTACT_OK);
        check_equal(x, expected, N, c->dtype, N, 0);
    }
}

int main(void) {
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        current_isa = *isa;
        set_isa(*isa);
        for_each_map(lengths_and_offsets);
        for_each_map(long_arrays);
        for_each_map(read_otherwise);
        for_each_map(in_place);
        for_each_map(strides);
        for_each_map(neighbours);
        for_each_map(other_parameters);
    }
    return finish();
}
