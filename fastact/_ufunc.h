/* What a ufunc of the library remembers, for its loops and for the call in front of it. */
#ifndef FASTACT_UFUNC_H
#define FASTACT_UFUNC_H
#include "_fastpath.h"

enum { MAX_INPUTS = 2, MAX_ARGUMENTS = MAX_INPUTS + MAX_PARAMETERS + 1, LOOPS = 14 };

typedef struct ufunc_record ufunc_record;
typedef struct {
    const ufunc_record *record; /* first, so that data[0] of a ufunc leads to its record */
    int type;                   /* NumPy's number of the dtype of the inputs */
} ufunc_loop;

struct ufunc_record {
    const fastact_function *function;
    fastact_pass pass;
    int inputs, parameters;
    npy_intp release_from[4]; /* by dtype */
    npy_intp shared_from[4];  /* shorter calls are not worth several threads, however quick these are */
    vectorcallfunc numpy_call;
    double defaults[MAX_PARAMETERS];
    int is_required[MAX_PARAMETERS]; /* has no default */
    PyObject *default_objects[MAX_PARAMETERS];
    PyObject *parameter_names[MAX_PARAMETERS]; /* interned */
    PyObject *route_keyword, *routes;          /* NULL for most */
    char name[64];
    ufunc_loop loops[LOOPS];
    PyUFuncGenericFunction loop_functions[LOOPS];
    void *loop_data[LOOPS];
    char types[LOOPS * MAX_ARGUMENTS];
    ufunc_loop bfloat16_loop;
};

static inline ufunc_record *ufunc_record_of(PyObject *ufunc) {
    return (ufunc_record *)((const ufunc_loop *)((PyUFuncObject *)ufunc)->data[0])->record;
}

/* _ufunc_call.c: a vectorcallfunc */
PyObject *fastact_ufunc_call(PyObject *self, PyObject *const *args, size_t given_and_flag, PyObject *keywords);
#endif
