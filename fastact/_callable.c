/* Functions that are no ufuncs, and losses: objects that run the plain case here and call their general form, a Python function,
 * otherwise. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"
#include <stddef.h>

/* ------------------------------------------------------------------ arguments of plain cases */

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

typedef enum { MEAN, SUM, NONE, OTHER } reduction;
static const fastact_function *weights_of; /* the loss whose weights are summed for all */

typedef struct {
    int dtype;
    size_t n;
    double divisor;                          /* of the sum, and of gradients */
    PyObject *losses_array, *gradient_array; /* NULL where there is none */
    void *losses, *gradient;
    reduction how;
    const void *weight; /* of pointwise losses; NULL for none */
    double parameters[MAX_PARAMETERS];
    unsigned given; /* bits of the parameters that were */
} loss_call;

static reduction reduction_of(PyObject *object) {
    if (!PyUnicode_CheckExact(object)) return OTHER;
    if (PyUnicode_CompareWithASCIIString(object, "none") == 0) return NONE;
    if (PyUnicode_CompareWithASCIIString(object, "mean") == 0) return MEAN;
    return PyUnicode_CompareWithASCIIString(object, "sum") == 0 ? SUM : OTHER;
}

/* whether a number is one that is accepted, as Python says; no error stays */
static int is_accepted(PyObject *accepts, double number) {
    PyObject *const boxed = PyFloat_FromDouble(number), *const answer = boxed ? PyObject_CallOneArg(accepts, boxed) : NULL;
    const int accepted = answer && PyObject_IsTrue(answer) > 0;
    Py_XDECREF(boxed);
    Py_XDECREF(answer);
    return accepted;
}

/* A parameter of a pointwise loss; 0 where the general form refuses it, or takes an array of it. */
static int take_parameter(const callable *self, loss_call *c, Py_ssize_t place, PyObject *value) {
    PyObject *const entry = PyTuple_GET_ITEM(self->parameters, place);
    int taken = !(c->given >> place & 1); /* else it is given twice */
    if (value == Py_None || PyUnicode_CheckExact(value)) {
        PyObject *const number = PyDict_GetItemWithError(PyTuple_GET_ITEM(entry, 1), value);
        taken &= number != NULL;
        if (number) c->parameters[place] = PyFloat_AsDouble(number);
    } else if (PyFloat_Check(value) || PyLong_Check(value)) {
        const double number = PyFloat_AsDouble(value);
        taken &= !PyErr_Occurred() && is_accepted(PyTuple_GET_ITEM(entry, 2), number);
        c->parameters[place] = number;
    } else
        return 0;
    PyErr_Clear();
    c->given |= 1u << place;
    return taken;
}

static int take_named(const callable *self, loss_call *c, PyObject *keyword, PyObject *value) {
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(self->parameters); ++k) {
        PyObject *const name = PyTuple_GET_ITEM(PyTuple_GET_ITEM(self->parameters, k), 0);
        if (name == keyword || PyUnicode_Compare(name, keyword) == 0) return take_parameter(self, c, k, value);
    }
    return 0;
}

/* weights of every element, as the first argument's own */
static int take_weight(loss_call *c, PyArrayObject *first, PyObject *value) {
    if (value == Py_None) return 1;
    if (plain_input(value) != c->dtype || !same_shape((PyArrayObject *)value, first)) return 0;
    c->weight = PyArray_DATA((PyArrayObject *)value);
    return 1;
}

static void *data_of(PyObject *array) { return array ? PyArray_DATA((PyArrayObject *)array) : NULL; }

/* What losses share: how many `units` have a loss each, and the arrays that receive every loss and the gradient, of the shapes of `units`
 * and of the first argument; 0 when the call is not plain, -1 on error. */
static int begin_loss(const callable *self, loss_call *c, PyObject *const *args, Py_ssize_t given, PyObject *keywords,
                      PyArrayObject *other, PyArrayObject *units) {
    PyObject *out = NULL, *grad_out = NULL;
    PyArrayObject *first = (PyArrayObject *)args[0];
    reduction how = MEAN;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *const keyword = PyTuple_GET_ITEM(keywords, i), *const value = args[given + i];
        if (keyword == fastact_name_out)
            *(self->pass == LOSS_GRADIENT ? &grad_out : &out) = value;
        else if (keyword == fastact_name_grad_out && self->pass == LOSS_VALUE_AND_GRADIENT)
            grad_out = value;
        else if (keyword == fastact_name_reduction)
            how = reduction_of(value);
        else if (keyword == fastact_name_sample_weight) {
            if (self->function->kind != FASTACT_LOSS || !take_weight(c, first, value)) return 0;
        } else if (!take_named(self, c, keyword, value))
            return 0;
    }
    if (out == Py_None) out = NULL;
    if (how == OTHER || (out && how != NONE)) return 0; /* one number */
    c->how = how;
    c->n = (size_t)PyArray_SIZE(first);
    c->divisor = how == MEAN ? (double)PyArray_SIZE(units) : 1;
    if (c->n == 0) return 0;
    const npy_intp item = item_bytes(c->dtype), bytes = (npy_intp)c->n * item;
    PyArrayObject *const apart = units == other ? first : NULL; /* arrays of different sizes the C library compares */
    PyObject *losses = NULL, *gradient = NULL;
    if (how == NONE && self->pass != LOSS_GRADIENT &&
        !is_array(losses = plain_output(out, units, c->dtype, apart, PyArray_SIZE(units) * item)))
        return losses ? 0 : -1;
    if (self->pass != LOSS_VALUE && !is_array(gradient = plain_output(grad_out, first, c->dtype, other, bytes))) {
        Py_XDECREF(losses);
        return gradient ? 0 : -1;
    }
    c->losses_array = losses;
    c->gradient_array = gradient;
    c->losses = data_of(losses);
    c->gradient = data_of(gradient);
    return 1;
}

static PyObject *end_loss(const callable *self, const loss_call *c, fastact_status status, double sum) {
    if (status != FASTACT_OK) {
        Py_XDECREF(c->losses_array);
        Py_XDECREF(c->gradient_array);
        return NOT_PLAIN;
    }
    if (self->pass == LOSS_GRADIENT) return c->gradient_array;
    PyObject *value = c->losses_array ? c->losses_array : scalar_of(sum / c->divisor, c->dtype);
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

static fastact_status run_loss(const callable *self, const loss_call *c, const void *p, const void *t, double sums[2]) {
    const fastact_function *const f = self->function;
    const double scale = 1.0 / c->divisor, *const parameters = c->given ? c->parameters : NULL;
    double *const wanted = self->pass == LOSS_GRADIENT || c->losses ? NULL : sums;
    return fastact_loss(f, (fastact_dtype)c->dtype, c->n, p, t, c->weight, parameters, scale, wanted, c->losses, c->gradient, NULL);
}
/* Two plain arrays of one shape, and one of weights, reduced or not. What a weighted gradient is divided by is summed first, by the loss
 * that the general form takes for it. */
static PyObject *plain_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const fastact_function *const f = self->function;
    loss_call c = {.weight = NULL, .given = 0};
    if (given < 2 || given > 2 + f->parameter_count || (c.dtype = plain_input(args[0])) < 0 || plain_input(args[1]) != c.dtype)
        return NOT_PLAIN;
    PyArrayObject *pred = (PyArrayObject *)args[0], *target = (PyArrayObject *)args[1];
    if (!same_shape(pred, target)) return NOT_PLAIN;
    for (int k = 0; k < f->parameter_count; ++k) c.parameters[k] = f->parameters[k].default_value;
    for (Py_ssize_t k = 2; k < given; ++k)
        if (!take_parameter(self, &c, k - 2, args[k])) return NOT_PLAIN;
    const int begun = begin_loss(self, &c, args, given, keywords, target, target);
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    const void *p = PyArray_DATA(pred), *t = PyArray_DATA(target);
    const int divides = c.weight && c.how == MEAN;
    double sums[2] = {0, 0};
    fastact_status status = FASTACT_OK;
    PyThreadState *const thread = c.n > GIL_RELEASE_ELEMENTS ? PyEval_SaveThread() : NULL;
    if (divides) {
        status = fastact_loss(weights_of, (fastact_dtype)c.dtype, c.n, c.weight, c.weight, c.weight, NULL, 1, sums, NULL, NULL, NULL);
        c.divisor = sums[1];
    }
    if (status == FASTACT_OK && c.divisor == 0) status = FASTACT_ERROR_ARGUMENT; /* of nothing: the general form says what the mean is */
    if (status == FASTACT_OK) status = run_loss(self, &c, p, t, sums);
    if (thread) PyEval_RestoreThread(thread);
    return end_loss(self, &c, status, sums[0]);
}

static int is_int64(PyArrayObject *array) {
    PyArray_Descr *descr = PyArray_DESCR(array);
    return PyTypeNum_ISSIGNED(descr->type_num) && PyDataType_ELSIZE(descr) == 8 && PyArray_ISNBO(descr->byteorder);
}

/* the rows of plain two-dimensional scores with int64 labels, reduced or not; labels out of range are left to the general form */
static PyObject *plain_row_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    loss_call c = {.weight = NULL, .given = 0};
    if (given != 2 || !(self->function->targets & FASTACT_LABELS)) return NOT_PLAIN;
    if ((c.dtype = plain_input(args[0])) < 0 || !PyArray_CheckExact(args[1])) return NOT_PLAIN;
    PyArrayObject *logits = (PyArrayObject *)args[0], *labels = (PyArrayObject *)args[1];
    if (PyArray_NDIM(logits) != 2 || PyArray_NDIM(labels) != 1 || PyArray_DIM(labels, 0) != PyArray_DIM(logits, 0)) return NOT_PLAIN;
    if (!is_int64(labels) || !PyArray_IS_C_CONTIGUOUS(labels) || !PyArray_ISALIGNED(labels)) return NOT_PLAIN;
    const int begun = begin_loss(self, &c, args, given, keywords, NULL, labels);
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    const size_t rows = (size_t)PyArray_DIM(logits, 0), columns = (size_t)PyArray_DIM(logits, 1);
    const void *z = PyArray_DATA(logits);
    const fastact_row_loss_options options = {.labels = PyArray_DATA(labels), .gradient_scale = 1.0 / c.divisor};
    double sums[2];
    fastact_status status;
    if (c.n > GIL_RELEASE_ELEMENTS) {
        Py_BEGIN_ALLOW_THREADS
        status = fastact_row_loss(self->function, (fastact_dtype)c.dtype, rows, columns, z, &options, sums, c.losses, c.gradient);
        Py_END_ALLOW_THREADS
    } else {
        status = fastact_row_loss(self->function, (fastact_dtype)c.dtype, rows, columns, z, &options, sums, c.losses, c.gradient);
    }
    return end_loss(self, &c, status, sums[0]);
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

PyObject *fastact_callable_make(const fastact_function *function, int pass, PyObject *general, PyObject *parameters) {
    callable *self = PyObject_GC_New(callable, &fastact_callable_type);
    if (!self) return NULL;
    self->vectorcall = call;
    switch (function->kind) {
    case FASTACT_ROWWISE: self->plain = plain_rows; break;
    case FASTACT_GATED: self->plain = fastact_plain_gated; break;
    case FASTACT_LEARNED: self->plain = fastact_plain_learned; break;
    case FASTACT_LOSS: self->plain = plain_loss; break;
    default: self->plain = plain_row_loss;
    }
    self->function = function;
    self->pass = pass;
    self->general = Py_NewRef(general);
    self->parameters = Py_NewRef(parameters);
    self->attributes = NULL;
    self->weak_references = NULL;
    PyObject_GC_Track((PyObject *)self);
    return (PyObject *)self;
}

/* ------------------------------------------------------------------ what both files share */

int fastact_fast_path;
unsigned fastact_kinds_with_kernels = ~0u;
PyObject *fastact_name_out, *fastact_name_grad_out, *fastact_name_axis, *fastact_name_reduction, *fastact_name_sample_weight;
PyArray_Descr *fastact_descrs[4];

int fastact_fastpath_prepare(void) {
    fastact_descrs[FASTACT_F32] = PyArray_DescrFromType(NPY_FLOAT);
    fastact_descrs[FASTACT_F64] = PyArray_DescrFromType(NPY_DOUBLE);
    fastact_descrs[FASTACT_F16] = PyArray_DescrFromType(NPY_HALF);
    fastact_name_out = PyUnicode_InternFromString("out");
    fastact_name_grad_out = PyUnicode_InternFromString("grad_out");
    fastact_name_axis = PyUnicode_InternFromString("axis");
    fastact_name_reduction = PyUnicode_InternFromString("reduction");
    fastact_name_sample_weight = PyUnicode_InternFromString("sample_weight");
    if (!fastact_name_out || !fastact_name_grad_out || !fastact_name_axis || !fastact_name_reduction || !fastact_name_sample_weight)
        return -1;
    weights_of = fastact_find("mean_absolute_error");
    if (fastact_memory_prepare() < 0) return -1;
    return PyType_Ready(&fastact_callable_type);
}
