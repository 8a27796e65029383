/* The plain case of losses of several arrays: one dtype and shape, rows along the last axis or one of all numbers, parameters that are
 * numbers; without weights. Of what is written where the caller says so a single gradient is plain. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_loss.h"

enum { MOST_ARRAYS = 3, SIDE = 16 };

typedef struct {
    int dtype, is_whole, axis_is_given;
    size_t n, rows, columns;
    reduction how;
    PyArrayObject *first;
    const void *in[MOST_ARRAYS], *weight; /* weight: the upstream gradient of distances */
    PyObject *grad_out, *losses, *gradients[MOST_ARRAYS];
    double parameters[MAX_PARAMETERS];
    unsigned given; /* bits of the parameters that were */
} joint_call;

static int take_axis(joint_call *c, PyObject *axis) {
    if (c->axis_is_given) return 0;
    c->axis_is_given = 1;
    c->is_whole = axis == Py_None;
    if (c->is_whole) return 1;
    if (!PyLong_CheckExact(axis)) return 0;
    const long number = PyLong_AsLong(axis);
    if (number != -1) return number == PyArray_NDIM(c->first) - 1;
    if (!PyErr_Occurred()) return 1;
    PyErr_Clear();
    return 0;
}

/* those by place: arrays, the axis where there is one, parameters */
static int take_arguments(const callable *self, joint_call *c, PyObject *const *args, Py_ssize_t given) {
    const fastact_function *const f = self->function;
    const int before = f->unit == FASTACT_DISTANCES && self->pass == LOSS_GRADIENT, has_axis = self->axis != NO_AXIS;
    const int arrays = before + f->array_count;
    if (given < arrays || given > arrays + has_axis + f->parameter_count || (c->dtype = plain_input(args[before])) < 0) return 0;
    PyArrayObject *const first = c->first = (PyArrayObject *)args[before];
    for (int k = 0; k < f->array_count; ++k) {
        PyArrayObject *const array = (PyArrayObject *)args[before + k];
        if (k && (plain_input(args[before + k]) != c->dtype || !same_shape(first, array))) return 0;
        c->in[k] = PyArray_DATA(array);
    }
    if (before) {
        const int dimensions = PyArray_NDIM(first) - 1;
        PyArrayObject *const grad = (PyArrayObject *)args[0];
        if (plain_input(args[0]) != c->dtype || PyArray_NDIM(grad) != dimensions) return 0;
        if (!PyArray_CompareLists(PyArray_DIMS(grad), PyArray_DIMS(first), dimensions)) return 0;
        c->weight = PyArray_DATA(grad);
    }
    for (int k = 0; k < f->parameter_count; ++k) c->parameters[k] = f->parameters[k].default_value;
    c->is_whole = self->axis == WHOLE;
    for (Py_ssize_t k = arrays; k < given; ++k) {
        const Py_ssize_t place = k - arrays - has_axis;
        if (place < 0 ? !take_axis(c, args[k]) : !fastact_take_parameter(self, c->parameters, &c->given, place, args[k])) return 0;
    }
    return 1;
}

static int take_keywords(const callable *self, joint_call *c, PyObject *const *values, PyObject *keywords) {
    const fastact_function *const f = self->function;
    const int is_reduced = f->unit == FASTACT_ELEMENTS || f->unit == FASTACT_ROWS, has_gradient = self->pass != LOSS_VALUE;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *const keyword = PyTuple_GET_ITEM(keywords, i), *const value = values[i];
        if (keyword == fastact_name_out && has_gradient && (self->pass == LOSS_GRADIENT || !is_reduced))
            c->grad_out = value;
        else if (keyword == fastact_name_grad_out && is_reduced && self->pass == LOSS_VALUE_AND_GRADIENT)
            c->grad_out = value;
        else if (keyword == fastact_name_reduction && is_reduced)
            c->how = fastact_reduction_of(value);
        else if (is_reduced && (keyword == fastact_name_sample_weight || keyword == fastact_name_out)) {
            if (value != Py_None) return 0;
        } else if (keyword == fastact_name_axis && self->axis != NO_AXIS) {
            if (!take_axis(c, value)) return 0;
        } else if (!fastact_take_named(self, c->parameters, &c->given, keyword, value))
            return 0;
    }
    if (c->grad_out == Py_None) c->grad_out = NULL;
    if (c->grad_out && f->gradient_count > 1) return 0;
    /* the strength of a penalty that is left out depends on whether another one is given */
    return c->how != OTHER && (f->unit != FASTACT_WEIGHTS || !c->given || c->given == (1u << f->parameter_count) - 1);
}

static void forget(joint_call *c) {
    Py_CLEAR(c->losses);
    for (int k = 0; k < MOST_ARRAYS; ++k) Py_CLEAR(c->gradients[k]);
}

/* New arrays for losses that are not summed and for gradients; 0 where they are not plain, -1 on error. */
static int make_outputs(const callable *self, joint_call *c) {
    const fastact_function *const f = self->function;
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;
    const int dimensions = has_rows ? c->is_whole ? 0 : PyArray_NDIM(c->first) - 1 : PyArray_NDIM(c->first);
    const npy_intp item = item_bytes(c->dtype);
    c->n = (size_t)PyArray_SIZE(c->first);
    if (c->n == 0) return 0;
    c->columns = !has_rows ? 1 : c->is_whole ? c->n : (size_t)PyArray_DIM(c->first, dimensions);
    c->rows = c->n / c->columns;
    if (self->pass != LOSS_GRADIENT && (c->how == NONE || f->unit == FASTACT_DISTANCES)) {
        if (dimensions == 0) return 0; /* becomes a scalar */
        c->losses = new_output(c->dtype, dimensions, PyArray_DIMS(c->first), (npy_intp)c->rows * item, 0);
        if (!c->losses) return -1;
    }
    for (int k = 0; self->pass != LOSS_VALUE && k < f->gradient_count; ++k) {
        PyObject *const made = plain_output(c->grad_out, c->first, c->dtype, NULL, (npy_intp)c->n * item);
        if (!is_array(made)) {
            forget(c);
            return made ? 0 : -1;
        }
        c->gradients[k] = made;
    }
    return 1;
}

#define HAS_NEGATIVE(T)                                                          \
    static int has_negative_##T(size_t n, const T *x) {                          \
        size_t i = 0;                                                            \
        int found = 0;                                                           \
        for (; i + SIDE <= n && !found; i += SIDE)                               \
            for (size_t k = 0; k < SIDE; ++k) found |= x[i + k] < 0;             \
        for (; i < n; ++i) found |= x[i] < 0;                                    \
        return found;                                                            \
    }
HAS_NEGATIVE(float)
HAS_NEGATIVE(double)

static fastact_status run(const callable *self, const joint_call *c, double divisor, double *sums) {
    const void *const checked = self->from_zero < 0 ? NULL : c->in[self->from_zero];
    if (checked && (c->dtype == FASTACT_F32 ? has_negative_float(c->n, checked) : has_negative_double(c->n, checked)))
        return FASTACT_ERROR_ARGUMENT;
    void *to[MOST_ARRAYS];
    for (int k = 0; k < MOST_ARRAYS; ++k) to[k] = c->gradients[k] ? PyArray_DATA((PyArrayObject *)c->gradients[k]) : NULL;
    void *const losses = c->losses ? PyArray_DATA((PyArrayObject *)c->losses) : NULL;
    return fastact_joint_loss(self->function, (fastact_dtype)c->dtype, c->rows, c->columns, c->in, c->weight, c->parameters, 1.0 / divisor,
                              self->pass == LOSS_GRADIENT || losses ? NULL : sums, losses, to[0] ? to : NULL);
}

/* one gradient, or a tuple of several; takes the references */
static PyObject *gradients_of(const joint_call *c, int count) {
    if (count == 1) return c->gradients[0];
    PyObject *const tuple = PyTuple_New(count);
    for (int k = 0; k < count; ++k) {
        if (tuple)
            PyTuple_SET_ITEM(tuple, k, c->gradients[k]);
        else
            Py_DECREF(c->gradients[k]);
    }
    return tuple;
}

PyObject *fastact_plain_joint(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const fastact_function *const f = self->function;
    const int is_penalty = f->unit == FASTACT_WEIGHTS;
    joint_call c = {.how = MEAN};
    if (!take_arguments(self, &c, args, given) || !take_keywords(self, &c, args + given, keywords)) return NOT_PLAIN;
    const int made = make_outputs(self, &c);
    if (made <= 0) return made ? NULL : NOT_PLAIN;
    const double divisor = c.how == MEAN && (f->unit == FASTACT_ELEMENTS || f->unit == FASTACT_ROWS) ? (double)c.rows : 1;
    double sums[2] = {0, 0};
    PyThreadState *const thread = (npy_intp)c.n >= self->release_from[c.dtype] ? PyEval_SaveThread() : NULL;
    const fastact_status status = run(self, &c, divisor, sums);
    if (thread) PyEval_RestoreThread(thread);
    if (status != FASTACT_OK) {
        forget(&c);
        return NOT_PLAIN;
    }
    PyObject *gradients = NULL;
    if (self->pass != LOSS_VALUE && !(gradients = gradients_of(&c, f->gradient_count))) {
        Py_XDECREF(c.losses);
        return NULL;
    }
    if (self->pass == LOSS_GRADIENT) return gradients;
    PyObject *value = c.losses;
    if (is_penalty)
        value = fastact_scalar_of(sums[0] + 0.0, FASTACT_F64); /* as a sum over arrays it is no -0 */
    else if (!value)
        value = fastact_scalar_of(sums[0] / divisor, c.dtype);
    return self->pass == LOSS_VALUE ? value : pair_of(value, gradients);
}
