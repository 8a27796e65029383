/* The plain case of gated functions: f(x) split along its last axis, f(a, b), and the same after grad; out= and parameters as numbers. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"

typedef struct {
    PyObject *out; /* of the call, or NULL */
    double parameters[MAX_PARAMETERS];
} gated_keywords;

/* 0 where a keyword is not plain */
static int read_keywords(const fastact_function *f, gated_keywords *k, PyObject *const *values, PyObject *keywords, int dimensions) {
    k->out = NULL;
    for (int p = 0; p < f->parameter_count; ++p) k->parameters[p] = f->parameters[p].default_value;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *keyword = PyTuple_GET_ITEM(keywords, i);
        int p = 0;
        if (keyword == fastact_name_out) {
            k->out = values[i] == Py_None ? NULL : values[i];
            continue;
        }
        if (keyword == fastact_name_axis) {
            if (!PyLong_CheckExact(values[i])) return 0;
            const long axis = PyLong_AsLong(values[i]);
            if (axis == -1 && PyErr_Occurred()) PyErr_Clear();
            else if (axis == -1 || axis == dimensions - 1) continue;
            return 0;
        }
        while (p < f->parameter_count && PyUnicode_CompareWithASCIIString(keyword, f->parameters[p].name)) ++p;
        if (p == f->parameter_count || !PyFloat_CheckExact(values[i])) return 0;
        k->parameters[p] = PyFloat_AS_DOUBLE(values[i]);
    }
    return 1;
}

/* an array of these dimensions that can be written: the object itself, a new one for NULL, NOT_PLAIN otherwise */
static PyObject *output_of(PyObject *object, int dimensions, const npy_intp *shape, int dtype) {
    if (object) {
        if (!PyArray_CheckExact(object)) return NOT_PLAIN;
        PyArrayObject *out = (PyArrayObject *)object;
        if (plain_map_dtype(out) != dtype || (PyArray_FLAGS(out) & WRITE_FLAGS) != WRITE_FLAGS || !PyArray_IS_C_CONTIGUOUS(out) ||
            PyArray_NDIM(out) != dimensions || !PyArray_CompareLists(PyArray_DIMS(out), shape, dimensions))
            return NOT_PLAIN;
        return Py_NewRef(object);
    }
    return new_output(dtype, dimensions, shape, PyArray_MultiplyList(shape, dimensions) * item_bytes(dtype), 0);
}

static fastact_status run(const callable *self, int dtype, size_t rows, size_t columns, const void *const *in, const size_t *in_steps,
                          void *const *out, const size_t *out_steps, const double *parameters) {
    fastact_status status;
    if ((npy_intp)(rows * columns) >= self->release_from[dtype]) {
        Py_BEGIN_ALLOW_THREADS
        status = fastact_gated(self->function, (fastact_pass)self->pass, (fastact_dtype)dtype, rows, columns, in, in_steps, out, out_steps,
                               parameters);
        Py_END_ALLOW_THREADS
        return status;
    }
    return fastact_gated(self->function, (fastact_pass)self->pass, (fastact_dtype)dtype, rows, columns, in, in_steps, out, out_steps,
                         parameters);
}

/* overlaps that the library refuses are left to the general form, which copies */
static PyObject *finish(fastact_status status, PyObject *first, PyObject *second) {
    if (status != FASTACT_OK) {
        Py_DECREF(first);
        Py_XDECREF(second);
        return NOT_PLAIN;
    }
    return second ? pair_of(first, second) : first;
}

/* halves of one array; grad is NULL in the forward pass */
static PyObject *one_array(const callable *self, int dtype, PyArrayObject *grad, PyArrayObject *x, const gated_keywords *k) {
    const int last = PyArray_NDIM(x) - 1, second = self->function->gate_is_second;
    npy_intp half[NPY_MAXDIMS];
    for (int d = 0; d <= last; ++d) half[d] = PyArray_DIM(x, d);
    const size_t whole = (size_t)half[last], n = (size_t)PyArray_SIZE(x), columns = whole / 2;
    if (n == 0 || whole % 2) return NOT_PLAIN;
    half[last] = (npy_intp)columns;
    if (grad && (PyArray_NDIM(grad) != last + 1 || !PyArray_CompareLists(PyArray_DIMS(grad), half, last + 1))) return NOT_PLAIN;
    PyObject *result = output_of(k->out, last + 1, grad ? PyArray_DIMS(x) : half, dtype);
    if (!result || result == NOT_PLAIN) return result;
    const size_t bytes = columns * (size_t)item_bytes(dtype);
    const char *from = PyArray_DATA(x);
    char *to = PyArray_DATA((PyArrayObject *)result);
    const void *in[3] = {grad ? PyArray_DATA(grad) : NULL, from + (second ? bytes : 0), from + (second ? 0 : bytes)};
    void *out[2] = {grad && second ? to + bytes : to, second ? to : to + bytes};
    const size_t in_steps[3] = {columns, whole, whole}, out_steps[2] = {grad ? whole : columns, whole};
    return finish(run(self, dtype, n / whole, columns, in + !grad, in_steps + !grad, out, out_steps, k->parameters), result, NULL);
}

static PyObject *two_arrays(const callable *self, int dtype, PyArrayObject *grad, PyArrayObject *a, PyArrayObject *b,
                            const gated_keywords *k) {
    const int second = self->function->gate_is_second;
    PyObject *wanted[2] = {k->out, NULL}, *made[2] = {NULL, NULL};
    if (!same_shape(a, b) || (grad && !same_shape(grad, a)) || PyArray_SIZE(a) == 0) return NOT_PLAIN;
    if (grad && k->out) {
        if (!PyTuple_CheckExact(k->out) || PyTuple_GET_SIZE(k->out) != 2) return NOT_PLAIN;
        for (int i = 0; i < 2; ++i) wanted[i] = PyTuple_GET_ITEM(k->out, i) == Py_None ? NULL : PyTuple_GET_ITEM(k->out, i);
    }
    for (int i = 0; i < (grad ? 2 : 1); ++i) {
        made[i] = output_of(wanted[i], PyArray_NDIM(a), PyArray_DIMS(a), dtype);
        if (!made[i] || made[i] == NOT_PLAIN) {
            PyObject *answer = made[i];
            if (i) Py_DECREF(made[0]);
            return answer;
        }
    }
    PyArrayObject *const gate = second ? b : a, *const value = second ? a : b;
    const void *in[3] = {grad ? PyArray_DATA(grad) : NULL, PyArray_DATA(gate), PyArray_DATA(value)};
    void *out[2] = {PyArray_DATA((PyArrayObject *)made[grad && second]), grad ? PyArray_DATA((PyArrayObject *)made[!second]) : NULL};
    return finish(run(self, dtype, 1, (size_t)PyArray_SIZE(a), in + !grad, NULL, out, NULL, k->parameters), made[0], made[1]);
}

PyObject *fastact_plain_gated(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const int before = self->pass == FASTACT_BACKWARD;
    gated_keywords k;
    if (given < before + 1 || given > before + 2) return NOT_PLAIN;
    const int dtype = plain_map_input(args[0]);
    if (dtype < 0) return NOT_PLAIN;
    for (Py_ssize_t i = 1; i < given; ++i)
        if (plain_map_input(args[i]) != dtype) return NOT_PLAIN;
    PyArrayObject *grad = before ? (PyArrayObject *)args[0] : NULL, *x = (PyArrayObject *)args[before];
    if (!read_keywords(self->function, &k, args + given, keywords, PyArray_NDIM(x))) return NOT_PLAIN;
    if (given == before + 1) return one_array(self, dtype, grad, x, &k);
    return two_arrays(self, dtype, grad, x, (PyArrayObject *)args[before + 1], &k);
}
