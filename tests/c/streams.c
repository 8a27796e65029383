/* Arrays larger than what is taken for the cache, written around it: the same bits as short ones, nothing written beside them; the plan
 * says which are. */
#include "testing.h"
#include "../../src_c/kernels.h"

enum { TILE = 10007, MARGIN = 64, MARK = 0xA5 };
static const size_t cache_bytes = (size_t)1 << 20, big_bytes = (size_t)3 << 20; /* as if no cache were larger */

static double tile_x[TILE], tile_g[TILE], expected[TILE];
static char *x, *g, *out;
static int streamed;

static void repeat(char *to, const void *tile, size_t n, size_t item) {
    for (size_t i = 0; i < n; i += TILE) memcpy(to + i * item, tile, (n - i < TILE ? n - i : TILE) * item);
}

/* one pass of each kind is enough: the loops are shared */
static void big(const map_case *c) {
    const settings usual = default_settings(c);
    const size_t item = item_size(c->dtype), n = big_bytes / item, shift = 3 * item;
    if (c->pass != FASTACT_VALUE && c->pass != FASTACT_BACKWARD) return;
    describe(c, "streaming");
    fill(tile_x, TILE, c->dtype, FEW_FAR);
    fill(tile_g, TILE, c->dtype, NEAR);
    run(c, TILE, tile_g, tile_x, &usual, expected);
    repeat(x, tile_x, n, item);
    repeat(g, tile_g, n, item);
    memset(out, MARK, shift);
    memset(out + shift + n * item, MARK, MARGIN);
    fastact_went_around = 0;
    run(c, n, g, x, &usual, out + shift);
    const int around = fastact_plan_of(c->function, c->pass, c->dtype, n).around_cache;
    CHECK(around == fastact_went_around, "the plan says %d", around);
    streamed += around;
    for (size_t i = 0; i < n; i += TILE) check_equal(out + shift + i * item, expected, n - i < TILE ? n - i : TILE, c->dtype, n, i);
    for (size_t i = 0; i < shift; ++i) CHECK(out[i] == (char)MARK, "before the array");
    for (size_t i = 0; i < MARGIN; ++i) CHECK(out[shift + n * item + i] == (char)MARK, "after the array");
}

int main(void) {
    x = malloc(big_bytes);
    g = malloc(big_bytes);
    out = malloc(big_bytes + 4 * MARGIN);
    if (!x || !g || !out) return 2;
    fastact_stream_bytes = cache_bytes;
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        if (!strcmp(*isa, "scalar")) continue; /* has no stores of its own for this */
        set_isa(*isa);
        for_each_map(big);
    }
    CHECK(streamed || fastact_isas()[1] == NULL || !strcmp(fastact_isas()[1], "neon"), "nothing goes around the cache");
    free(x);
    free(g);
    free(out);
    return finish();
}
