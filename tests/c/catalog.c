/* What a program asks the library about: the catalog, the instruction sets, and from how many elements on threads are used. */
#include "testing.h"

static void catalog(void) {
    size_t count = 0;
    const fastact_function *functions = fastact_functions(&count);
    snprintf(context, sizeof context, "catalog");
    CHECK(count > 0 && fastact_functions(NULL) == functions);
    CHECK(!fastact_find(NULL) && !fastact_find("") && !fastact_find(" ") && !fastact_find("gel") && !fastact_find("Gelu") &&
          !fastact_find("expit logistic"));
    for (size_t i = 0; i < count; ++i) {
        const fastact_function *f = functions + i;
        char aliases[256];
        CHECK(fastact_find(f->name) == f, "%s", f->name);
        CHECK(f->formula[0] && f->derivative[0] && f->passes & 1u << FASTACT_VALUE, "%s", f->name);
        CHECK((f->parameter_count == 0) == (f->parameters == NULL), "%s", f->name);
        for (int p = 0; p < 2; ++p)
            CHECK(f->max_ulp_f32[p] >= 0 && f->max_ulp_f32[p] <= 2 && f->max_ulp_f64[p] >= 0 && f->max_ulp_f64[p] <= 2, "%s", f->name);
        snprintf(aliases, sizeof aliases, "%s", f->aliases);
        for (char *alias = strtok(aliases, " "); alias; alias = strtok(NULL, " ")) CHECK(fastact_find(alias) == f, "%s", alias);
    }
}

static void machine(void) {
    const char *const *isas = fastact_isas();
    const char *best = NULL;
    snprintf(context, sizeof context, "machine");
    CHECK(isas[0] && !strcmp(isas[0], "scalar"));
    for (; *isas; ++isas) {
        best = *isas;
        CHECK(fastact_set_isa(best) == FASTACT_OK && !strcmp(fastact_isa(), best), "%s", best);
    }
    CHECK(fastact_set_isa("") == FASTACT_ERROR_UNSUPPORTED && fastact_set_isa("AVX2") == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_set_isa(NULL) == FASTACT_ERROR_NULL && !strcmp(fastact_isa(), best), "a refusal changes nothing");
    CHECK(fastact_set_num_threads(0) == FASTACT_ERROR_ARGUMENT && fastact_set_num_threads(-1) == FASTACT_ERROR_ARGUMENT);
    CHECK(fastact_get_num_threads() == 1, "no thread before it is asked for");
    CHECK(!strcmp(fastact_version(), FASTACT_VERSION));
    for (int s = -1; s < 20; ++s)
        CHECK(fastact_status_text((fastact_status)s) && fastact_status_text((fastact_status)s)[0], "status %d", s);
}

/* from how many elements on threads are used */
static void thresholds(void) {
    size_t count;
    const fastact_function *const all = fastact_functions(&count), *const gelu = fastact_find("gelu");
    for (const fastact_function *f = all; f < all + count; ++f)
        for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD_FROM_OUTPUT; ++pass)
            for (int dtype = FASTACT_F32; dtype <= FASTACT_BF16; ++dtype) {
                const fastact_pass p = (fastact_pass)pass;
                const fastact_dtype d = (fastact_dtype)dtype;
                const size_t built_in = fastact_threads_from(f, p, d);
                snprintf(context, sizeof context, "thresholds: %s, pass %d, dtype %d", f->name, pass, dtype);
                CHECK(built_in > 1000 && built_in < 1 << 18, "%zu built in", built_in);
                CHECK(fastact_set_threads_from(f, p, d, 123456) == FASTACT_OK && fastact_threads_from(f, p, d) == 123456);
                CHECK(fastact_set_threads_from(f, p, d, SIZE_MAX) == FASTACT_OK && fastact_threads_from(f, p, d) == SIZE_MAX);
                CHECK(fastact_set_threads_from(f, p, d, 0) == FASTACT_OK && fastact_threads_from(f, p, d) == built_in);
            }
    snprintf(context, sizeof context, "thresholds");
    CHECK(fastact_set_threads_from(NULL, FASTACT_VALUE, FASTACT_F32, 5) == FASTACT_ERROR_NULL);
    CHECK(fastact_set_threads_from(gelu, (fastact_pass)4, FASTACT_F32, 5) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_set_threads_from(gelu, FASTACT_VALUE, (fastact_dtype)-1, 5) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_threads_from(NULL, FASTACT_VALUE, FASTACT_F32) == SIZE_MAX);
    fastact_set_num_threads(4);
    fastact_set_threads_from(gelu, FASTACT_VALUE, FASTACT_F32, 2000000);
    const size_t large = (size_t)1 << 30;
    CHECK(fastact_plan_of(gelu, FASTACT_VALUE, FASTACT_F32, 1999999).threads == 1);
    CHECK(fastact_plan_of(gelu, FASTACT_VALUE, FASTACT_F32, 5).threads_from == 2000000, "what was set holds as it is");
    const size_t usual = fastact_threads_from(gelu, FASTACT_BACKWARD, FASTACT_F32);
    const size_t now = fastact_plan_of(gelu, FASTACT_BACKWARD, FASTACT_F32, 0).threads_from;
    CHECK(now >= usual / 8 && now <= usual * 2.7, "%zu now, %zu usually", now, usual);
    CHECK(fastact_plan_of(NULL, FASTACT_VALUE, FASTACT_F32, large).threads_from == SIZE_MAX);
    CHECK(fastact_plan_of(gelu, FASTACT_VALUE, FASTACT_F32, large).threads == 4);
    CHECK(fastact_plan_of(gelu, FASTACT_BACKWARD, FASTACT_F32, 1999999).threads == 4, "each pass has its own");
    fastact_set_threads_from(gelu, FASTACT_VALUE, FASTACT_F32, SIZE_MAX);
    CHECK(fastact_plan_of(gelu, FASTACT_VALUE, FASTACT_F32, large).threads == 1);
    fastact_set_threads_from(gelu, FASTACT_VALUE, FASTACT_F32, 0);
    fastact_set_num_threads(1);
    CHECK(fastact_plan_of(gelu, FASTACT_VALUE, FASTACT_F32, large).threads == 1);
}

int main(void) {
    machine();
    thresholds();
    catalog();
    return finish();
}
