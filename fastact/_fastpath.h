/* What the C files of the extension share with _core.pyx.
 *
 * _ufunc.c       the ufunc objects and their loops over the C library
 * _ufunc_call.c  the call in front of NumPy's own
 * _callable.c    functions of all other kinds and losses: the call in front of their general form in Python; the plain case of rows
 * _loss.c        that of losses
 * _joint.c       that of losses of several arrays
 * _gated.c       the plain case of gated functions
 * _learned.c     that of functions with a learned parameter
 * _memory.c      where large outputs lie
 * _copies.c      copies of arrays that lie in another order, and of what a mask leaves
 *
 * Both kinds of call begin with a plain case (exact ndarrays, native float32 or float64, contiguous, one shape) that costs a few tens
 * of nanoseconds. Whatever is not that plain goes on to the general form, which decides every question of shape, dtype and error. */
#ifndef FASTACT_FASTPATH_H
#define FASTACT_FASTPATH_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <fastact.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>
#include <stdatomic.h>

enum { MAX_PARAMETERS = 5, SHARED_ELEMENTS = 1024, LARGE_OUTPUT = 1 << 20 /* bytes */ };

/* what a plain case returns to say that the call is not plain; never a result */
#define NOT_PLAIN Py_NotImplemented

extern int fastact_fast_path;
extern unsigned fastact_kinds_with_kernels; /* bits by fastact_kind: all but while another backend makes the kernels */
extern PyObject *fastact_name_out, *fastact_name_grad_out, *fastact_name_hess_out, *fastact_name_axis, *fastact_name_reduction,
    *fastact_name_sample_weight, *fastact_name_where, *fastact_name_hess, *fastact_name_hess_floor, *fastact_name_keepdims,
    *fastact_name_scale;
/* elements from which a call lets other Python threads run: to let them and to come back costs 60 ns, a sixtieth of so much work */
npy_intp fastact_release_from(const fastact_function *function, fastact_pass pass, fastact_dtype dtype);
extern PyArray_Descr *fastact_descrs[4]; /* native dtypes by fastact_dtype; bfloat16 is NULL until it is met */

/* to be called once, before anything else here */
int fastact_fastpath_prepare(void);

/* ---- _ufunc.c ---- */

PyObject *fastact_ufunc_make(const fastact_function *function, fastact_pass pass, const char *name);
/* keyword: a string that is no ufunc input; routes: value -> (ufunc, parameters that follow its inputs) */
int fastact_ufunc_set_routes(PyObject *ufunc, PyObject *keyword, PyObject *routes);
/* explain(ufunc, arguments, keyword names, exception) returns a better exception or None */
void fastact_ufunc_set_explain(PyObject *explain);
const fastact_function *fastact_ufunc_function(PyObject *ufunc);
/* bfloat16 is another package's dtype: announce() is called when an argument has such a dtype, and adds it to the ufuncs */
void fastact_ufunc_set_announce(PyObject *announce);
int fastact_ufunc_add_bfloat16(PyObject *ufunc, PyArray_Descr *descr);

/* ---- _callable.c ---- */

typedef struct callable callable;
typedef PyObject *plain_function(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);

struct callable {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    plain_function *plain;
    const fastact_function *function;
    int pass;
    PyObject *general;
    PyObject *parameters; /* of losses, in registry order: (name, words that stand for numbers, whether a number is accepted) */
    int axis;             /* of joint losses: the default of that argument */
    int from_zero;        /* of joint losses: place of the array whose negative numbers are refused, or -1 */
    PyObject *attributes;
    PyObject *weak_references;
    npy_intp release_from[4];                 /* by dtype */
    _Atomic(double) accepted[MAX_PARAMETERS]; /* of each parameter a number that is accepted; NaN for none */
};

extern PyTypeObject fastact_callable_type;
PyObject *fastact_callable_make(const fastact_function *function, int pass, PyObject *general, PyObject *parameters, int axis,
                                int from_zero);

/* defaults of axis of joint losses */
enum { NO_AXIS = 0, LAST_AXIS = 1, WHOLE = 2 };

/* passes of losses, beside those of fastact_pass */
enum { LOSS_VALUE = 0, LOSS_GRADIENT = 1, LOSS_VALUE_AND_GRADIENT = 2, LOSS_GRADIENT_AND_HESSIAN = 3 };

/* ---- _loss.c ---- */

extern const fastact_function *fastact_weights_of; /* the loss whose weights are summed for all */
PyObject *fastact_plain_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);
PyObject *fastact_plain_hessian(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);
PyObject *fastact_plain_row_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);

/* ---- _joint.c ---- */

PyObject *fastact_plain_joint(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);

/* ---- _gated.c ---- */

PyObject *fastact_plain_gated(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);

/* ---- _learned.c ---- */

PyObject *fastact_plain_learned(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords);

/* ---- _memory.c ---- */

int fastact_memory_prepare(void);
/* Arrays of LARGE_OUTPUT bytes and more that NumPy allocates between the two come from the cache; enter returns what leave takes. */
PyObject *fastact_memory_enter(void);
void fastact_memory_leave(PyObject *before);
/* takes a reference of descr, as PyArray_NewFromDescr does */
PyObject *fastact_large_output(PyArray_Descr *descr, int dimensions, const npy_intp *shape, int flags);
/* np.empty for outputs */
PyObject *fastact_new_output(PyObject *shape, PyArray_Descr *descr);
/* gives the cache back to the system: how many bytes it was */
size_t fastact_memory_trim(void);
void fastact_memory_kept(int *count, size_t *bytes, size_t *most);

/* ---- _copies.c ---- 0, and nothing is done, where NumPy should do it */

/* to[...] = from where their orders differ */
int fastact_copy_turned(PyArrayObject *from, PyArrayObject *to);
/* to[...] = np.where(mask, from, fill) of plain arrays; to may be from */
int fastact_copy_where(PyArrayObject *mask, PyArrayObject *from, double fill, PyArrayObject *to);
/* the same of n numbers; from: NULL for ones */
void fastact_select(int dtype, npy_intp n, const npy_bool *mask, const void *from, double fill, void *to);

/* ---- shared tests of arguments ---- */

#define LIKELY(condition) __builtin_expect(!!(condition), 1)

/* flags: 0 or NPY_ARRAY_F_CONTIGUOUS */
static inline PyObject *new_output(int dtype, int dimensions, const npy_intp *shape, npy_intp bytes, int flags) {
    Py_INCREF(fastact_descrs[dtype]);
    if (LIKELY(bytes < LARGE_OUTPUT))
        return PyArray_NewFromDescr(&PyArray_Type, fastact_descrs[dtype], dimensions, shape, NULL, NULL, flags, NULL);
    return fastact_large_output(fastact_descrs[dtype], dimensions, shape, flags);
}

/* FASTACT_F32, FASTACT_F64 or -1; NumPy's own descriptors are single objects, those of unpickled arrays are not */
static inline int plain_dtype(PyArrayObject *array) {
    PyArray_Descr *descr = PyArray_DESCR(array);
    if (LIKELY(descr == fastact_descrs[FASTACT_F32])) return FASTACT_F32;
    if (LIKELY(descr == fastact_descrs[FASTACT_F64])) return FASTACT_F64;
    if (!PyArray_ISNBO(descr->byteorder) || PyDataType_METADATA(descr)) return -1;
    return descr->type_num == NPY_FLOAT ? FASTACT_F32 : descr->type_num == NPY_DOUBLE ? FASTACT_F64 : -1;
}

/* the same with the 16-bit dtypes, which losses do not know */
static inline int plain_map_dtype(PyArrayObject *array) {
    PyArray_Descr *descr = PyArray_DESCR(array);
    if (LIKELY(descr == fastact_descrs[FASTACT_F32])) return FASTACT_F32;
    if (descr == fastact_descrs[FASTACT_F16]) return FASTACT_F16;
    if (descr == fastact_descrs[FASTACT_BF16]) return FASTACT_BF16;
    return plain_dtype(array);
}

/* exact, aligned, C-contiguous float32 or float64 of at least one dimension: its dtype, or -1 */
static inline int is_plain_layout(PyObject *object) {
    enum { NEEDED = NPY_ARRAY_ALIGNED | NPY_ARRAY_C_CONTIGUOUS };
    if (!PyArray_CheckExact(object)) return 0;
    PyArrayObject *array = (PyArrayObject *)object;
    return PyArray_NDIM(array) > 0 && (PyArray_FLAGS(array) & NEEDED) == NEEDED;
}
static inline int plain_input(PyObject *object) { return is_plain_layout(object) ? plain_dtype((PyArrayObject *)object) : -1; }
static inline int plain_map_input(PyObject *object) { return is_plain_layout(object) ? plain_map_dtype((PyArrayObject *)object) : -1; }

static inline npy_intp item_bytes(int dtype) { return dtype == FASTACT_F64 ? 8 : dtype == FASTACT_F32 ? 4 : 2; }

static inline int same_shape(PyArrayObject *a, PyArrayObject *b) {
    const int dimensions = PyArray_NDIM(a);
    if (PyArray_NDIM(b) != dimensions) return 0;
    for (int i = 0; i < dimensions; ++i)
        if (PyArray_DIM(a, i) != PyArray_DIM(b, i)) return 0;
    return 1;
}

/* partly: equal addresses are in place, which every kernel allows */
static inline int partly_overlaps(PyArrayObject *a, PyArrayObject *b, npy_intp bytes) {
    const npy_uintp x = (npy_uintp)PyArray_DATA(a), y = (npy_uintp)PyArray_DATA(b);
    return x != y && (x < y ? y - x : x - y) < (npy_uintp)bytes;
}

static inline int is_array(PyObject *object) { return object && object != NOT_PLAIN; }

enum { WRITE_FLAGS = NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE };

static inline int is_plain_output(PyObject *object, PyArrayObject *like, int dtype) {
    if (!PyArray_CheckExact(object)) return 0;
    PyArrayObject *out = (PyArrayObject *)object;
    return plain_map_dtype(out) == dtype && (PyArray_FLAGS(out) & WRITE_FLAGS) == WRITE_FLAGS &&
           same_shape(out, like);
}

/* the object itself where it can be written directly, a new array for None or NULL, NOT_PLAIN otherwise */
static inline PyObject *plain_output(PyObject *object, PyArrayObject *like, int dtype, PyArrayObject *other, npy_intp bytes) {
    if (object && object != Py_None) {
        if (!is_plain_output(object, like, dtype)) return NOT_PLAIN;
        PyArrayObject *out = (PyArrayObject *)object;
        if (!PyArray_IS_C_CONTIGUOUS(out) || partly_overlaps(like, out, bytes) || (other && partly_overlaps(other, out, bytes)))
            return NOT_PLAIN;
        return Py_NewRef(object);
    }
    return new_output(dtype, PyArray_NDIM(like), PyArray_DIMS(like), bytes, 0);
}

/* takes both references */
static inline PyObject *pair_of(PyObject *first, PyObject *second) {
    PyObject *const pair = first ? PyTuple_New(2) : NULL;
    if (!pair) {
        Py_XDECREF(first);
        Py_DECREF(second);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, first);
    PyTuple_SET_ITEM(pair, 1, second);
    return pair;
}
#endif
