/* Row-wise and gated functions and losses: objects that run the plain case here and call their general form, a Python function,
 * otherwise. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"
#include <stddef.h>

/* ------------------------------------------------------------------ arguments of plain cases */

/* the object itself where it can be written directly, a new array for None or NULL, NOT_PLAIN otherwise */
static PyObject *plain_output(PyObject *object, PyArrayObject *like, int dtype, PyArrayObject *other, npy_intp bytes) {
    if (object && object != Py_None) {
        if (!is_plain_output(object, like, dtype)) return NOT_PLAIN;
        PyArrayObject *out = (PyArrayObject *)object;
        if (!PyArray_IS_C_CONTIGUOUS(out) || partly_overlaps(like, out, bytes) || (other && partly_overlaps(other, out, bytes)))
            return NOT_PLAIN;
        return Py_NewRef(object);
    }
    return new_output(dtype, PyArray_NDIM(like), PyArray_DIMS(like), bytes, 0);
}

/* the only keyword of a plain call, when it is `name`: its value, NULL without keywords, NOT_PLAIN otherwise */
static PyObject *only_keyword(PyObject *const *args, Py_ssize_t given, PyObject *keywords, PyObject *name) {
    if (!keywords) return NULL;
    return PyTuple_GET_SIZE(keywords) == 1 && PyTuple_GET_ITEM(keywords, 0) == name ? args[given] : NOT_PLAIN;
}

static PyObject *scalar_of(double value, int dtype) {
    const float rounded = (float)value;
    return PyArray_Scalar(dtype == FASTACT_F32 ? (void *)&rounded : (void *)&value, fastact_descrs[dtype], NULL);
}

/* ------------------------------------------------------------------ rows */

/* f(x), f(x, axis), f(x, axis=, out=) and the same after grad, along the last axis, of functions that keep the shape; a parameter
 * has its default */
static PyObject *plain_rows(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const int inputs = self->pass == FASTACT_BACKWARD ? 2 : 1;
    if (self->function->row_shape != FASTACT_KEEPS_COLUMNS) return NOT_PLAIN;
    if (given != inputs && (given != inputs + 1 || self->function->parameter_count)) return NOT_PLAIN;
    PyObject *out = NULL, *axis = given > inputs ? args[inputs] : NULL;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *keyword = PyTuple_GET_ITEM(keywords, i);
        if (keyword == fastact_name_out)
            out = args[given + i];
        else if (keyword == fastact_name_axis && !axis)
            axis = args[given + i];
        else
            return NOT_PLAIN;
    }
    const int dtype = plain_map_input(args[0]);
    if (dtype < 0) return NOT_PLAIN;
    PyArrayObject *first = (PyArrayObject *)args[0], *second = inputs == 2 ? (PyArrayObject *)args[1] : NULL;
    const int dimensions = PyArray_NDIM(first);
    if (axis) {
        if (!PyLong_CheckExact(axis)) return NOT_PLAIN;
        const long number = PyLong_AsLong(axis);
        if (number == -1 && PyErr_Occurred()) PyErr_Clear();
        else if (number != -1 && number != dimensions - 1) return NOT_PLAIN;
    }
    if (second && (plain_map_input(args[1]) != dtype || !same_shape(first, second))) return NOT_PLAIN;
    const size_t columns = (size_t)PyArray_DIM(first, dimensions - 1), n = (size_t)PyArray_SIZE(first);
    if (n == 0) return NOT_PLAIN;
    PyObject *result = plain_output(out, first, dtype, second, (npy_intp)n * item_bytes(dtype));
    if (!result || result == NOT_PLAIN) return result;
    const void *a = PyArray_DATA(first), *b = second ? PyArray_DATA(second) : NULL;
    void *y = PyArray_DATA((PyArrayObject *)result);
    fastact_status status;
    if (n > GIL_RELEASE_ELEMENTS) {
        Py_BEGIN_ALLOW_THREADS
        status = fastact_rows(self->function, (fastact_pass)self->pass, (fastact_dtype)dtype, n / columns, columns, a, b, y, NULL);
        Py_END_ALLOW_THREADS
    } else {
        status = fastact_rows(self->function, (fastact_pass)self->pass, (fastact_dtype)dtype, n / columns, columns, a, b, y, NULL);
    }
    if (status == FASTACT_OK) return result;
    Py_DECREF(result);
    return NOT_PLAIN;
}

/* ------------------------------------------------------------------ losses */

typedef struct {
    int dtype;
    PyArrayObject *first; /* pred or logits */
    size_t n;
    PyObject *gradient_array; /* NULL for the value alone */
    void *gradient;
} loss_call;

/* what losses share: the first input, and the array that receives the gradient; 0 when the call is not plain, -1 on error */
static int begin_loss(const callable *self, loss_call *c, PyObject *const *args, Py_ssize_t given, PyObject *keywords,
                      PyArrayObject *other) {
    PyObject *out = only_keyword(args, given, keywords, self->pass == LOSS_GRADIENT ? fastact_name_out : fastact_name_grad_out);
    if (out == NOT_PLAIN || (out && self->pass == LOSS_VALUE)) return 0;
    c->first = (PyArrayObject *)args[0];
    c->n = (size_t)PyArray_SIZE(c->first);
    c->gradient = c->gradient_array = NULL;
    if (c->n == 0) return 0;
    if (self->pass == LOSS_VALUE) return 1;
    c->gradient_array = plain_output(out, c->first, c->dtype, other, (npy_intp)c->n * item_bytes(c->dtype));
    if (!c->gradient_array) return -1;
    if (c->gradient_array == NOT_PLAIN) return 0;
    c->gradient = PyArray_DATA((PyArrayObject *)c->gradient_array);
    return 1;
}

static PyObject *end_loss(const callable *self, const loss_call *c, fastact_status status, double mean) {
    if (status != FASTACT_OK) {
        Py_XDECREF(c->gradient_array);
        return NOT_PLAIN;
    }
    if (self->pass == LOSS_GRADIENT) return c->gradient_array;
    PyObject *value = scalar_of(mean, c->dtype);
    if (self->pass == LOSS_VALUE) return value;
    PyObject *pair = value ? PyTuple_New(2) : NULL;
    if (!pair) {
        Py_XDECREF(value);
        Py_DECREF(c->gradient_array);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, value);
    PyTuple_SET_ITEM(pair, 1, c->gradient_array);
    return pair;
}

/* the mean over two plain arrays of one shape; parameters have their defaults */
static PyObject *plain_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    loss_call c;
    if (given != 2 || (c.dtype = plain_input(args[0])) < 0 || plain_input(args[1]) != c.dtype) return NOT_PLAIN;
    PyArrayObject *target = (PyArrayObject *)args[1];
    if (!same_shape((PyArrayObject *)args[0], target)) return NOT_PLAIN;
    const int begun = begin_loss(self, &c, args, given, keywords, target);
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    const void *p = PyArray_DATA(c.first), *t = PyArray_DATA(target);
    const double scale = 1.0 / (double)c.n;
    double sums[2] = {0, 0}, *const wanted = self->pass == LOSS_GRADIENT ? NULL : sums;
    fastact_status status;
    if (c.n > GIL_RELEASE_ELEMENTS) {
        Py_BEGIN_ALLOW_THREADS
        status = fastact_loss(self->function, (fastact_dtype)c.dtype, c.n, p, t, NULL, NULL, scale, wanted, NULL, c.gradient, NULL);
        Py_END_ALLOW_THREADS
    } else {
        status = fastact_loss(self->function, (fastact_dtype)c.dtype, c.n, p, t, NULL, NULL, scale, wanted, NULL, c.gradient, NULL);
    }
    return end_loss(self, &c, status, sums[0] / (double)c.n);
}

static int is_int64(PyArrayObject *array) {
    PyArray_Descr *descr = PyArray_DESCR(array);
    return PyTypeNum_ISSIGNED(descr->type_num) && PyDataType_ELSIZE(descr) == 8 && PyArray_ISNBO(descr->byteorder);
}

/* the mean over the rows of plain two-dimensional scores with int64 labels; labels out of range are left to the general form */
static PyObject *plain_row_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    loss_call c;
    if (given != 2 || !(self->function->targets & FASTACT_LABELS)) return NOT_PLAIN;
    if ((c.dtype = plain_input(args[0])) < 0 || !PyArray_CheckExact(args[1])) return NOT_PLAIN;
    PyArrayObject *logits = (PyArrayObject *)args[0], *labels = (PyArrayObject *)args[1];
    if (PyArray_NDIM(logits) != 2 || PyArray_NDIM(labels) != 1 || PyArray_DIM(labels, 0) != PyArray_DIM(logits, 0)) return NOT_PLAIN;
    if (!is_int64(labels) || !PyArray_IS_C_CONTIGUOUS(labels) || !PyArray_ISALIGNED(labels)) return NOT_PLAIN;
    const int begun = begin_loss(self, &c, args, given, keywords, NULL);
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    const size_t rows = (size_t)PyArray_DIM(logits, 0), columns = (size_t)PyArray_DIM(logits, 1);
    const void *z = PyArray_DATA(logits);
    const fastact_row_loss_options options = {.labels = PyArray_DATA(labels), .gradient_scale = 1.0 / (double)rows};
    double sums[2];
    fastact_status status;
    if (c.n > GIL_RELEASE_ELEMENTS) {
        Py_BEGIN_ALLOW_THREADS
        status = fastact_row_loss(self->function, (fastact_dtype)c.dtype, rows, columns, z, &options, sums, NULL, c.gradient);
        Py_END_ALLOW_THREADS
    } else {
        status = fastact_row_loss(self->function, (fastact_dtype)c.dtype, rows, columns, z, &options, sums, NULL, c.gradient);
    }
    return end_loss(self, &c, status, sums[0] / (double)rows);
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
    Py_VISIT(self->attributes);
    return 0;
}

static int clear(PyObject *object) {
    callable *self = (callable *)object;
    Py_CLEAR(self->general);
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

PyObject *fastact_callable_make(const fastact_function *function, int pass, PyObject *general) {
    callable *self = PyObject_GC_New(callable, &fastact_callable_type);
    if (!self) return NULL;
    self->vectorcall = call;
    switch (function->kind) {
    case FASTACT_ROWWISE: self->plain = plain_rows; break;
    case FASTACT_GATED: self->plain = fastact_plain_gated; break;
    case FASTACT_LOSS: self->plain = plain_loss; break;
    default: self->plain = plain_row_loss;
    }
    self->function = function;
    self->pass = pass;
    self->general = Py_NewRef(general);
    self->attributes = NULL;
    self->weak_references = NULL;
    PyObject_GC_Track((PyObject *)self);
    return (PyObject *)self;
}

/* ------------------------------------------------------------------ what both files share */

int fastact_fast_path;
unsigned fastact_kinds_with_kernels = ~0u;
PyObject *fastact_name_out, *fastact_name_grad_out, *fastact_name_axis;
PyArray_Descr *fastact_descrs[4];

int fastact_fastpath_prepare(void) {
    fastact_descrs[FASTACT_F32] = PyArray_DescrFromType(NPY_FLOAT);
    fastact_descrs[FASTACT_F64] = PyArray_DescrFromType(NPY_DOUBLE);
    fastact_descrs[FASTACT_F16] = PyArray_DescrFromType(NPY_HALF);
    fastact_name_out = PyUnicode_InternFromString("out");
    fastact_name_grad_out = PyUnicode_InternFromString("grad_out");
    fastact_name_axis = PyUnicode_InternFromString("axis");
    if (!fastact_name_out || !fastact_name_grad_out || !fastact_name_axis) return -1;
    if (fastact_memory_prepare() < 0) return -1;
    return PyType_Ready(&fastact_callable_type);
}
