/* The plain case of functions with a learned parameter: f(x, parameter) and the same after grad, with one number of the parameter for
 * every place along the axis or one for all, in values as a bare number too; axis= and out=. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"
#include <numpy/arrayscalars.h>

/* so many numbers of a parameter of 16 bits are widened on the stack, as the kernels take them */
enum { WIDENED_PARAMETERS = 4096 };

typedef struct {
    int dtype;
    PyArrayObject *grad, *x, *parameter; /* grad is NULL where the value is asked for, parameter where that is a bare number: */
    double number;
    float narrow;
    PyObject *axis, *out;                /* as they were given, or NULL */
    size_t outer, channels, inner;
} learned_call;

/* a Python number, or a scalar of the dtype of x */
static int read_number(learned_call *c, PyObject *object) {
    if (PyFloat_CheckExact(object))
        c->number = PyFloat_AS_DOUBLE(object);
    else if (c->dtype == FASTACT_F32 && PyArray_IsScalar(object, Float))
        c->number = PyArrayScalar_VAL(object, Float);
    else if (c->dtype == FASTACT_F64 && PyArray_IsScalar(object, Double))
        c->number = PyArrayScalar_VAL(object, Double);
    else
        return 0;
    c->narrow = (float)c->number;
    return 1;
}

/* 0 where an argument is not plain */
static int read_arguments(learned_call *c, int inputs, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    if (given != inputs && given != inputs + 1) return 0;
    c->axis = given > inputs ? args[inputs] : NULL;
    c->out = NULL;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *keyword = PyTuple_GET_ITEM(keywords, i);
        if (keyword == fastact_name_out)
            c->out = args[given + i];
        else if (keyword == fastact_name_axis && !c->axis)
            c->axis = args[given + i];
        else
            return 0;
    }
    /* gradients of 16 bits are added up in float: the general form widens what they are made of */
    c->dtype = inputs == 2 ? plain_map_input(args[0]) : plain_input(args[0]);
    const int is_number = inputs == 2 && read_number(c, args[1]);
    for (int i = 0; i < inputs - is_number; ++i)
        if (c->dtype < 0 || c->dtype != (inputs == 2 ? plain_map_input(args[i]) : plain_input(args[i]))) return 0;
    c->grad = inputs == 3 ? (PyArrayObject *)args[0] : NULL;
    c->x = (PyArrayObject *)args[inputs - 2];
    c->parameter = is_number ? NULL : (PyArrayObject *)args[inputs - 1];
    return is_number || (PyArray_NDIM(c->parameter) == 1 && (!c->grad || same_shape(c->grad, c->x)));
}

/* how x lies around the axis; 0 where the parameter has no number for every place along it */
static int find_sizes(learned_call *c) {
    const int dimensions = PyArray_NDIM(c->x);
    long along = 1;
    if (c->axis) {
        if (!PyLong_CheckExact(c->axis)) return 0;
        along = PyLong_AsLong(c->axis);
        if (along == -1 && PyErr_Occurred()) PyErr_Clear(), along = -2;
    }
    if (along == 1 && dimensions == 1) along = 0;
    const npy_intp given = c->parameter ? PyArray_DIM(c->parameter, 0) : 1;
    c->outer = c->inner = c->channels = 1;
    if (c->parameter && (along < 0 || along >= dimensions)) return 0;
    if (given == 1) return (c->inner = (size_t)PyArray_SIZE(c->x)) != 0 && (dimensions > 0);
    if (PyArray_DIM(c->x, (int)along) != given) return 0;
    c->channels = (size_t)given;
    for (int k = 0; k < dimensions; ++k)
        if (k != along) *(k < along ? &c->outer : &c->inner) *= (size_t)PyArray_DIM(c->x, k);
    return c->outer && c->channels && c->inner;
}

static fastact_status run(const fastact_function *f, const learned_call *c, PyObject *result, PyObject *slope) {
    const fastact_dtype dtype = (fastact_dtype)c->dtype;
    const void *x = PyArray_DATA(c->x);
    const void *p = c->parameter ? PyArray_DATA(c->parameter) : dtype == FASTACT_F64 ? (const void *)&c->number : &c->narrow;
    void *to = PyArray_DATA((PyArrayObject *)result);
    if (item_bytes(c->dtype) == 2 && c->parameter) {
        float wide[WIDENED_PARAMETERS];
        const fastact_status widened = fastact_widen(dtype, c->channels, p, wide);
        return widened == FASTACT_OK ? fastact_learned(f, dtype, c->outer, c->channels, c->inner, x, wide, to) : widened;
    }
    if (!c->grad) return fastact_learned(f, dtype, c->outer, c->channels, c->inner, x, p, to);
    return fastact_learned_backward(f, dtype, c->outer, c->channels, c->inner, PyArray_DATA(c->grad), x, p, to,
                                    PyArray_DATA((PyArrayObject *)slope));
}

PyObject *fastact_plain_learned(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    learned_call c;
    const int backward = self->pass == FASTACT_BACKWARD;
    if (!read_arguments(&c, 2 + backward, args, given, keywords) || !find_sizes(&c)) return NOT_PLAIN;
    if (item_bytes(c.dtype) == 2 && c.channels > WIDENED_PARAMETERS) return NOT_PLAIN;
    PyObject *outs[2] = {c.out, NULL};
    if (backward && c.out && c.out != Py_None) {
        if (!PyTuple_CheckExact(c.out) || PyTuple_GET_SIZE(c.out) != 2) return NOT_PLAIN;
        outs[0] = PyTuple_GET_ITEM(c.out, 0), outs[1] = PyTuple_GET_ITEM(c.out, 1);
    }
    const npy_intp bytes = PyArray_NBYTES(c.x), few = backward ? PyArray_NBYTES(c.parameter) : 0;
    PyObject *result = plain_output(outs[0], c.x, c.dtype, c.grad, bytes), *slope = NULL;
    if (!is_array(result)) return result;
    if (backward && !is_array(slope = plain_output(outs[1], c.parameter, c.dtype, NULL, few))) {
        Py_DECREF(result);
        return slope;
    }
    fastact_status status;
    if (PyArray_SIZE(c.x) >= self->release_from[c.dtype]) {
        Py_BEGIN_ALLOW_THREADS
        status = run(self->function, &c, result, slope);
        Py_END_ALLOW_THREADS
    } else {
        status = run(self->function, &c, result, slope);
    }
    PyObject *made = status != FASTACT_OK ? NOT_PLAIN : backward ? PyTuple_Pack(2, result, slope) : Py_NewRef(result);
    Py_DECREF(result);
    Py_XDECREF(slope);
    return made;
}
