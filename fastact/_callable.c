/* Functions that are no ufuncs, and losses: objects that run the plain case in C and call their general form, a Python function,
 * otherwise. The plain case of rows. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"
#include <stddef.h>

/* ------------------------------------------------------------------ rows */

/* the shape of what is left of rows that do not keep their columns, and how many dimensions; -1 where it is none that a row can have */
static int shape_of_result(const fastact_function *f, PyArrayObject *x, int keeps_axis, npy_intp *shape) {
    const int dimensions = PyArray_NDIM(x), last = dimensions - 1;
    for (int d = 0; d < last; ++d) shape[d] = PyArray_DIM(x, d);
    shape[last] = 1;
    if (f->row_shape == FASTACT_ONE_COLUMN) return last + keeps_axis;
    const npy_intp pieces = (npy_intp)f->parameters[0].default_value;
    shape[last] = PyArray_DIM(x, last) / pieces;
    return PyArray_DIM(x, last) % pieces ? -1 : dimensions;
}

/* rows of n numbers in all, `inner` of them side by side along an axis that is not the last */
static fastact_status run_rows(const callable *self, int dtype, size_t n, size_t columns, size_t inner, void *a, void *b, void *y,
                               const double *scale) {
    const fastact_function *const f = self->function;
    const fastact_pass pass = (fastact_pass)self->pass;
    const ptrdiff_t item = item_bytes(dtype), column = (ptrdiff_t)inner * item, outer = (ptrdiff_t)columns * column;
    const fastact_along first = {a, outer, column, item}, second = {b, outer, column, item}, to = {y, outer, column, item};
    PyThreadState *const thread = (npy_intp)n >= self->release_from[dtype] ? PyEval_SaveThread() : NULL;
    const fastact_status status =
        inner == 1 ? fastact_rows(f, pass, (fastact_dtype)dtype, n / columns, columns, a, b, y, scale)
                   : fastact_rows_along(f, pass, (fastact_dtype)dtype, n / columns / inner, columns, inner, &first, &second, &to, scale);
    if (thread) PyEval_RestoreThread(thread);
    return status;
}

/* f(x), f(x, axis), f(x, axis=, out=) and the same after grad, keepdims=, and scale=, which the library refuses where kernels take none; a
 * parameter has its default. A value of another shape than x is along the last axis and has no output. */
static PyObject *plain_rows(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const int inputs = self->pass == FASTACT_BACKWARD ? 2 : 1;
    if (given != inputs && (given != inputs + 1 || self->function->parameter_count)) return NOT_PLAIN;
    PyObject *out = NULL, *axis = given > inputs ? args[inputs] : NULL;
    int keeps_axis = 0;
    double factor;
    const double *scale = NULL;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *keyword = PyTuple_GET_ITEM(keywords, i);
        if (keyword == fastact_name_out)
            out = args[given + i];
        else if (keyword == fastact_name_keepdims && inputs == 1 && PyBool_Check(args[given + i]))
            keeps_axis = args[given + i] == Py_True;
        else if (keyword == fastact_name_axis && !axis)
            axis = args[given + i];
        else if (keyword == fastact_name_scale && !self->function->parameter_count && PyFloat_CheckExact(args[given + i])) {
            factor = PyFloat_AS_DOUBLE(args[given + i]), scale = &factor;
            if (factor == 0) return NOT_PLAIN; /* which the library takes for none */
        } else
            return NOT_PLAIN;
    }
    const int dtype = plain_map_input(args[0]);
    if (dtype < 0) return NOT_PLAIN;
    if (inputs == 2 && plain_map_input(args[1]) != dtype) return NOT_PLAIN;
    PyArrayObject *const x = (PyArrayObject *)args[inputs - 1], *const grad = inputs == 2 ? (PyArrayObject *)args[0] : NULL;
    const int dimensions = PyArray_NDIM(x), keeps = self->function->row_shape == FASTACT_KEEPS_COLUMNS;
    long along = dimensions - 1;
    if (axis) {
        if (!PyLong_CheckExact(axis)) return NOT_PLAIN;
        const long number = PyLong_AsLong(axis);
        if (number == -1 && PyErr_Occurred()) return PyErr_Clear(), NOT_PLAIN;
        if (number < -dimensions || number >= dimensions) return NOT_PLAIN;
        along = number < 0 ? number + dimensions : number;
        if (along != dimensions - 1 && !keeps) return NOT_PLAIN;
    }
    npy_intp shape[NPY_MAXDIMS];
    if (keeps_axis && self->function->row_shape != FASTACT_ONE_COLUMN) return NOT_PLAIN; /* refused */
    const int left = keeps ? dimensions : shape_of_result(self->function, x, keeps_axis, shape);
    if (left < 0 || (left == 0 && grad)) return NOT_PLAIN; /* refused, or of a number */
    if (grad && !(keeps ? same_shape(grad, x) : PyArray_NDIM(grad) == left && PyArray_CompareLists(PyArray_DIMS(grad), shape, left)))
        return NOT_PLAIN;
    const size_t columns = (size_t)PyArray_DIM(x, (int)along), n = (size_t)PyArray_SIZE(x);
    if (n == 0) return NOT_PLAIN;
    size_t inner = 1;
    for (int d = (int)along + 1; d < dimensions; ++d) inner *= (size_t)PyArray_DIM(x, d);
    if (left == 0) {
        double number;
        if (out && out != Py_None) return NOT_PLAIN;
        if (run_rows(self, dtype, n, columns, 1, PyArray_DATA(x), NULL, &number, scale) != FASTACT_OK) return NOT_PLAIN;
        return PyArray_Scalar(&number, PyArray_DESCR(x), NULL);
    }
    PyObject *result = NOT_PLAIN;
    if (keeps || grad) /* arrays of different sizes the C library compares */
        result = plain_output(out, x, dtype, keeps ? grad : NULL, (npy_intp)n * item_bytes(dtype));
    else if (!out || out == Py_None)
        result = new_output(dtype, left, shape, PyArray_MultiplyList(shape, left) * item_bytes(dtype), 0);
    if (!result || result == NOT_PLAIN) return result;
    void *const a = PyArray_DATA(grad ? grad : x), *const b = grad ? PyArray_DATA(x) : NULL;
    const fastact_status status = run_rows(self, dtype, n, columns, inner, a, b, PyArray_DATA((PyArrayObject *)result), scale);
    if (status == FASTACT_OK) return result;
    Py_DECREF(result);
    return NOT_PLAIN;
}

/* ------------------------------------------------------------------ the type */

static PyObject *call(PyObject *object, PyObject *const *args, size_t given_and_flag, PyObject *keywords) {
    const callable *self = (const callable *)object;
    if (LIKELY(fastact_fast_path && fastact_kinds_with_kernels >> self->function->kind & 1)) {
        PyObject *result = self->plain(self, args, PyVectorcall_NARGS(given_and_flag), keywords);
        if (LIKELY(result != NOT_PLAIN)) return result;
    }
    return PyObject_Vectorcall(self->general, args, given_and_flag, keywords);
}

static int traverse(PyObject *object, visitproc visit, void *arg) {
    callable *self = (callable *)object;
    Py_VISIT(self->general);
    Py_VISIT(self->parameters);
    Py_VISIT(self->attributes);
    return 0;
}

static int clear(PyObject *object) {
    callable *self = (callable *)object;
    Py_CLEAR(self->general);
    Py_CLEAR(self->parameters);
    Py_CLEAR(self->attributes);
    return 0;
}

static void deallocate(PyObject *object) {
    PyObject_GC_UnTrack(object);
    if (((callable *)object)->weak_references) PyObject_ClearWeakRefs(object);
    clear(object);
    PyObject_GC_Del(object);
}

static PyObject *represent(PyObject *object) {
    PyObject *name = PyObject_GetAttrString(object, "__qualname__");
    PyObject *text = name ? PyUnicode_FromFormat("<function fastact.%U>", name) : NULL;
    Py_XDECREF(name);
    return text;
}

/* pickled and copied by name, as functions are */
static PyObject *reduce(PyObject *object, PyObject *ignored) {
    (void)ignored;
    return PyObject_GetAttrString(object, "__qualname__");
}

static PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyGetSetDef accessors[] = {{"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
                                  {NULL, NULL, NULL, NULL, NULL}};

PyTypeObject fastact_callable_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "fastact._core.Callable",
    .tp_basicsize = sizeof(callable),
    .tp_dealloc = deallocate,
    .tp_vectorcall_offset = offsetof(callable, vectorcall),
    .tp_repr = represent,
    .tp_call = PyVectorcall_Call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_weaklistoffset = offsetof(callable, weak_references),
    .tp_methods = methods,
    .tp_getset = accessors,
    .tp_dictoffset = offsetof(callable, attributes),
};

PyObject *fastact_callable_make(const fastact_function *function, int pass, PyObject *general, PyObject *parameters, int axis,
                                int from_zero) {
    callable *self = PyObject_GC_New(callable, &fastact_callable_type);
    if (!self) return NULL;
    self->vectorcall = call;
    switch (function->kind) {
    case FASTACT_ROWWISE: self->plain = plain_rows; break;
    case FASTACT_GATED: self->plain = fastact_plain_gated; break;
    case FASTACT_LEARNED: self->plain = fastact_plain_learned; break;
    case FASTACT_LOSS: self->plain = pass == LOSS_GRADIENT_AND_HESSIAN ? fastact_plain_hessian : fastact_plain_loss; break;
    case FASTACT_JOINT_LOSS: self->plain = fastact_plain_joint; break;
    default: self->plain = fastact_plain_row_loss;
    }
    self->function = function;
    self->pass = pass;
    self->general = Py_NewRef(general);
    self->parameters = Py_NewRef(parameters);
    self->axis = axis;
    self->from_zero = from_zero;
    self->attributes = NULL;
    self->weak_references = NULL;
    for (int dtype = FASTACT_F32; dtype <= FASTACT_BF16; ++dtype)
        self->release_from[dtype] = fastact_release_from(function, pass ? FASTACT_BACKWARD : FASTACT_VALUE, (fastact_dtype)dtype);
    for (int k = 0; k < MAX_PARAMETERS; ++k) atomic_init(&self->accepted[k], Py_NAN);
    PyObject_GC_Track((PyObject *)self);
    return (PyObject *)self;
}

/* ------------------------------------------------------------------ what both files share */

int fastact_fast_path;
unsigned fastact_kinds_with_kernels = ~0u;
PyObject *fastact_name_out, *fastact_name_grad_out, *fastact_name_hess_out, *fastact_name_axis, *fastact_name_reduction,
    *fastact_name_sample_weight, *fastact_name_where, *fastact_name_hess, *fastact_name_hess_floor, *fastact_name_keepdims,
    *fastact_name_scale;
PyArray_Descr *fastact_descrs[4];

npy_intp fastact_release_from(const fastact_function *function, fastact_pass pass, fastact_dtype dtype) {
    enum { TIMES = 4, MOST = 1 << 18 }; /* of the work that is worth several threads; whatever that is */
    const size_t worth = fastact_threads_from(function, pass, dtype);
    return worth < MOST / TIMES ? (npy_intp)(TIMES * worth) : MOST;
}

int fastact_fastpath_prepare(void) {
    fastact_descrs[FASTACT_F32] = PyArray_DescrFromType(NPY_FLOAT);
    fastact_descrs[FASTACT_F64] = PyArray_DescrFromType(NPY_DOUBLE);
    fastact_descrs[FASTACT_F16] = PyArray_DescrFromType(NPY_HALF);
    const struct {
        PyObject **to;
        const char *name;
    } names[] = {{&fastact_name_out, "out"},           {&fastact_name_grad_out, "grad_out"},   {&fastact_name_hess_out, "hess_out"},
                 {&fastact_name_axis, "axis"},         {&fastact_name_reduction, "reduction"}, {&fastact_name_hess, "hess"},
                 {&fastact_name_hess_floor, "hess_floor"}, {&fastact_name_sample_weight, "sample_weight"},
                 {&fastact_name_where, "where"},       {&fastact_name_keepdims, "keepdims"},
                 {&fastact_name_scale, "scale"}};
    for (size_t k = 0; k < sizeof names / sizeof *names; ++k)
        if (!(*names[k].to = PyUnicode_InternFromString(names[k].name))) return -1;
    fastact_weights_of = fastact_find("mean_absolute_error");
    if (fastact_memory_prepare() < 0) return -1;
    return PyType_Ready(&fastact_callable_type);
}
