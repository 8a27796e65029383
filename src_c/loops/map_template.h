/* Loops over contiguous arrays for one lane type; included by loops/map.h for float and for double.
 *
 * Every loop takes the vector function as an argument that the compiler folds away. a is x in unary passes and the upstream gradient
 * in backward passes, b is then x (or y). Heads and tails go through the same vector code with masked loads, so position and length
 * never change a bit; NaN results leave as the canonical quiet NaN. Where `full` is given, f is a shorter way that may give NaN where
 * full does not, and full decides; all else f must get right. */
typedef VECTOR LANES_(function)(VECTOR a, VECTOR b, const VECTOR *parameters);

INLINE VECTOR LANES_(canonical)(VECTOR y) { return OP(select)(OP(unordered)(y, y), OP(set)((SCALAR)NAN), y); }

INLINE void LANES_(map_four)(const VECTOR *a, const VECTOR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f, LANES_(function) *full,
                             int stream) {
    VECTOR y0 = f(a[0], b[0], p), y1 = f(a[1], b[1], p), y2 = f(a[2], b[2], p), y3 = f(a[3], b[3], p);
    if (UNLIKELY(OP(mask_any)(OP(mask_or)(OP(unordered)(y0, y1), OP(unordered)(y2, y3))))) {
        if (full) y0 = full(a[0], b[0], p), y1 = full(a[1], b[1], p), y2 = full(a[2], b[2], p), y3 = full(a[3], b[3], p);
        y0 = LANES_(canonical)(y0);
        y1 = LANES_(canonical)(y1);
        y2 = LANES_(canonical)(y2);
        y3 = LANES_(canonical)(y3);
    }
    if (stream) {
        OP(stream)(out, y0);
        OP(stream)(out + LANES, y1);
        OP(stream)(out + 2 * LANES, y2);
        OP(stream)(out + 3 * LANES, y3);
    } else {
        OP(store)(out, y0);
        OP(store)(out + LANES, y1);
        OP(store)(out + 2 * LANES, y2);
        OP(store)(out + 3 * LANES, y3);
    }
}
INLINE void LANES_(map_four_at)(const SCALAR *a, const SCALAR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f,
                                LANES_(function) *full, int stream) {
    VECTOR x[4], z[4];
    for (int v = 0; v < 4; ++v) x[v] = OP(load)(a + v * LANES), z[v] = OP(load)(b + v * LANES);
    LANES_(map_four)(x, z, out, p, f, full, stream);
}

INLINE void LANES_(map_part)(const SCALAR *a, const SCALAR *b, SCALAR *out, size_t count, const VECTOR *p, LANES_(function) *f) {
    if (count >= LANES)
        OP(store)(out, LANES_(canonical)(f(OP(load)(a), OP(load)(b), p)));
    else
        OP(store_part)(out, LANES_(canonical)(f(OP(load_part)(a, count), OP(load_part)(b, count), p)), count);
}

/* around the cache: fastact_stream_pages pages side by side, each next one fetched ahead; out is 64-byte aligned, n a whole number of
 * four pages */
INLINE void LANES_(map_stream)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f,
                               LANES_(function) *full) {
    enum { PAGE = 4096 / sizeof(SCALAR), LINE = 64 / sizeof(SCALAR) };
    const size_t group = fastact_stream_pages * PAGE;
    for (size_t i = 0; i < n; i += group)
        for (size_t j = i; j < i + PAGE; j += 4 * LANES)
            for (size_t at = j; at < j + group; at += PAGE) {
                for (size_t line = 0; line < 4 * LANES; line += LINE) {
                    PREFETCH(a + at + group + line);
                    if (a != b) PREFETCH(b + at + group + line);
                }
                LANES_(map_four_at)(a + at, b + at, out + at, p, f, full, 1);
            }
    STREAM_FENCE();
    fastact_went_around = STORES_AROUND;
}

/* whole groups of four, read in order; leaves one group or less, which readers may look into */
INLINE size_t LANES_(map_read)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f,
                               LANES_(function) *full) {
    OP(reader) first = OP(reader_at)(a), second = OP(reader_at)(b);
    size_t i = 0;
    for (; i + 5 * LANES <= n; i += 4 * LANES) {
        VECTOR x[4], z[4];
        for (int v = 0; v < 4; ++v) {
            x[v] = OP(read)(&first);
            z[v] = OP(read)(&second);
        }
        LANES_(map_four)(x, z, out + i, p, f, full, 0);
    }
    return i;
}

INLINE void LANES_(map_quick)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f,
                              LANES_(function) *full) {
    LANES_(function) *const sure = full ? full : f; /* for parts of a vector */
    size_t i = 0;
    if (n >= ALIGN_FROM) { /* stores that straddle cache lines would cost twice */
        const size_t head = ((size_t)(-(intptr_t)out & 63) + 64) / sizeof(SCALAR); /* a line more, for readers to look back at */
        for (; i < head; i += LANES) LANES_(map_part)(a + i, b + i, out + i, head - i < LANES ? head - i : LANES, p, sure);
        i = head;
        if (UNLIKELY((n * sizeof(SCALAR) >= fastact_stream_bytes || fastact_whole_bytes >= fastact_stream_bytes) && out != a && out != b)) {
            const size_t block = 4 * 4096 / sizeof(SCALAR), whole = (n - head) / block * block;
            LANES_(map_stream)(whole, a + head, b + head, out + head, p, f, full);
            i += whole;
        }
        if (fastact_full_width_costs) i += LANES_(map_read)(n - i, a + i, b + i, out + i, p, f, full);
    }
    for (; i + 4 * LANES <= n; i += 4 * LANES) LANES_(map_four_at)(a + i, b + i, out + i, p, f, full, 0);
    for (; i < n; i += LANES) LANES_(map_part)(a + i, b + i, out + i, n - i, p, sure);
}
INLINE void LANES_(map)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f) {
    LANES_(map_quick)(n, a, b, out, p, f, NULL);
}

/* for long functions: floats one vector at a time, as fast as four side by side and a tenth of the code; doubles, whose results are waited
 * for longer, four where there are the registers */
INLINE void LANES_(map_long)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const VECTOR *p, LANES_(function) *f) {
    size_t i = 0;
#if SIDES == 4
    for (; i + 4 * LANES <= n; i += 4 * LANES) LANES_(map_four_at)(a + i, b + i, out + i, p, f, NULL, 0);
#endif
    for (; i + LANES <= n; i += LANES) OP(store)(out + i, LANES_(canonical)(f(OP(load)(a + i), OP(load)(b + i), p)));
    if (i < n) LANES_(map_part)(a + i, b + i, out + i, n - i, p, f);
}

/* one parameter value per element; one vector at a time and, for light functions, four side by side */
INLINE void LANES_(map_long_arrays)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const SCALAR *const *parameters, int count,
                                    LANES_(function) *f, LANES_(function) *full) {
    VECTOR p[MAX_PARAMETERS];
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (int k = 0; k < count; ++k) p[k] = OP(load)(parameters[k] + i);
        VECTOR y = f(OP(load)(a + i), OP(load)(b + i), p);
        if (UNLIKELY(OP(mask_any)(OP(unordered)(y, y)))) y = LANES_(canonical)(full ? full(OP(load)(a + i), OP(load)(b + i), p) : y);
        OP(store)(out + i, y);
    }
    if (i < n) {
        const size_t left = n - i;
        for (int k = 0; k < count; ++k) p[k] = OP(load_part)(parameters[k] + i, left);
        const VECTOR y = (full ? full : f)(OP(load_part)(a + i, left), OP(load_part)(b + i, left), p);
        OP(store_part)(out + i, LANES_(canonical)(y), left);
    }
}
INLINE void LANES_(map_arrays)(size_t n, const SCALAR *a, const SCALAR *b, SCALAR *out, const SCALAR *const *parameters, int count,
                               LANES_(function) *f, LANES_(function) *full) {
    const SCALAR *at[MAX_PARAMETERS];
    size_t i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        VECTOR y[4], p[4][MAX_PARAMETERS];
        for (int v = 0; v < 4; ++v) {
            for (int k = 0; k < count; ++k) p[v][k] = OP(load)(parameters[k] + i + v * LANES);
            y[v] = f(OP(load)(a + i + v * LANES), OP(load)(b + i + v * LANES), p[v]);
        }
        if (UNLIKELY(OP(mask_any)(OP(mask_or)(OP(unordered)(y[0], y[1]), OP(unordered)(y[2], y[3])))))
            for (int v = 0; v < 4; ++v)
                y[v] = LANES_(canonical)(full ? full(OP(load)(a + i + v * LANES), OP(load)(b + i + v * LANES), p[v]) : y[v]);
        for (int v = 0; v < 4; ++v) OP(store)(out + i + v * LANES, y[v]);
    }
    for (int k = 0; k < count; ++k) at[k] = parameters[k] + i;
    LANES_(map_long_arrays)(n - i, a + i, b + i, out + i, at, count, f, full);
}
#undef SCALAR
#undef VECTOR
#undef LANES
#undef OP
#undef LANES_
#undef SIDES
