/* Vectors read or written one after the other, of the lane type that as_float.h or as_double.h names: for wrappers to which an address is
 * as good as another. */
typedef struct {
    const SCALAR *next;
} OP(reader);
INLINE OP(reader) OP(reader_at)(const SCALAR *p) {
    const OP(reader) r = {p};
    return r;
}
INLINE VECTOR OP(read)(OP(reader) *r) {
    VECTOR x = OP(load)(r->next);
    IN_REGISTER(x); /* else the compiler loads it again for every use */
    r->next += sizeof x / sizeof *r->next;
    return x;
}
typedef struct {
    SCALAR *next;
} OP(writer);
INLINE OP(writer) OP(writer_at)(SCALAR *p) {
    const OP(writer) w = {p};
    return w;
}
INLINE void OP(write)(OP(writer) *w, VECTOR x) {
    OP(store)(w->next, x);
    w->next += sizeof x / sizeof *w->next;
}
INLINE void OP(write_rest)(const OP(writer) *w) { UNUSED(w); }
