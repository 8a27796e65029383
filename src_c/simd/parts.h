/* Parts of a vector of the lane type that as_float.h or as_double.h names, through memory: for wrappers without masked loads. */
INLINE VECTOR OP(load_part_or)(const SCALAR *p, size_t count, VECTOR other) {
    SCALAR lanes[sizeof other / sizeof *p];
    OP(store)(lanes, other);
    memcpy(lanes, p, count * sizeof *p);
    return OP(load)(lanes);
}
INLINE VECTOR OP(load_part)(const SCALAR *p, size_t count) { return OP(load_part_or)(p, count, OP(set)(0)); }
INLINE void OP(store_part)(SCALAR *p, VECTOR v, size_t count) {
    SCALAR lanes[sizeof v / sizeof *p];
    OP(store)(lanes, v);
    memcpy(p, lanes, count * sizeof *p);
}
