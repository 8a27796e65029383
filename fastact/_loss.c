/* The plain cases of losses: arrays of one shape, or rows of scores with labels; parameters that are numbers, weights and masks of every
 * element. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_loss.h"
#include <math.h>
#include <string.h>

const fastact_function *fastact_weights_of;

PyObject *fastact_scalar_of(double value, int dtype) {
    const float rounded = (float)value;
    return PyArray_Scalar(dtype == FASTACT_F32 ? (void *)&rounded : (void *)&value, fastact_descrs[dtype], NULL);
}

typedef struct {
    int dtype;
    size_t n;
    double divisor;                          /* of the sum, and of gradients */
    PyObject *losses_array, *gradient_array; /* NULL where there is none */
    void *losses, *gradient;
    const void *pred, *target; /* of pointwise losses, as weight */
    reduction how;
    const void *weight; /* NULL for none */
    const npy_bool *mask;
    double parameters[MAX_PARAMETERS];
    unsigned given; /* bits of the parameters that were */
} loss_call;

reduction fastact_reduction_of(PyObject *object) {
    if (!PyUnicode_CheckExact(object)) return OTHER;
    if (PyUnicode_CompareWithASCIIString(object, "none") == 0) return NONE;
    if (PyUnicode_CompareWithASCIIString(object, "mean") == 0) return MEAN;
    return PyUnicode_CompareWithASCIIString(object, "sum") == 0 ? SUM : OTHER;
}

/* Whether a parameter may be a number, as Python says, which is asked once of a number that comes again; no error stays. */
static int is_accepted(const callable *self, Py_ssize_t place, PyObject *accepts, double number) {
    _Atomic(double) *const last = &((callable *)self)->accepted[place];
    if (atomic_load_explicit(last, memory_order_relaxed) == number) return 1;
    PyObject *const boxed = PyFloat_FromDouble(number), *const answer = boxed ? PyObject_CallOneArg(accepts, boxed) : NULL;
    const int accepted = answer && PyObject_IsTrue(answer) > 0;
    Py_XDECREF(boxed);
    Py_XDECREF(answer);
    if (accepted) atomic_store_explicit(last, number, memory_order_relaxed);
    return accepted;
}

int fastact_take_parameter(const callable *self, double *numbers, unsigned *taken, Py_ssize_t place, PyObject *value) {
    PyObject *const entry = PyTuple_GET_ITEM(self->parameters, place);
    int plain = !(*taken >> place & 1); /* else it is given twice */
    if (value == Py_None || PyUnicode_CheckExact(value)) {
        PyObject *const number = PyDict_GetItemWithError(PyTuple_GET_ITEM(entry, 1), value);
        plain &= number != NULL;
        if (number) numbers[place] = PyFloat_AsDouble(number);
    } else if (PyFloat_Check(value) || PyLong_Check(value)) {
        const double number = PyFloat_AsDouble(value);
        plain &= !PyErr_Occurred() && is_accepted(self, place, PyTuple_GET_ITEM(entry, 2), number);
        numbers[place] = number;
    } else
        return 0;
    PyErr_Clear();
    *taken |= 1u << place;
    return plain;
}

int fastact_take_named(const callable *self, double *numbers, unsigned *taken, PyObject *keyword, PyObject *value) {
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(self->parameters); ++k) {
        PyObject *const name = PyTuple_GET_ITEM(PyTuple_GET_ITEM(self->parameters, k), 0);
        if (name == keyword || PyUnicode_Compare(name, keyword) == 0) return fastact_take_parameter(self, numbers, taken, k, value);
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

static int take_mask(loss_call *c, PyArrayObject *first, PyObject *value) {
    if (value == Py_None) return 1;
    PyArrayObject *const mask = (PyArrayObject *)value;
    if (!PyArray_CheckExact(value) || PyArray_TYPE(mask) != NPY_BOOL) return 0;
    if (!PyArray_IS_C_CONTIGUOUS(mask) || !same_shape(mask, first)) return 0;
    c->mask = PyArray_DATA(mask);
    return 1;
}

static void *data_of(PyObject *array) { return array ? PyArray_DATA((PyArrayObject *)array) : NULL; }

/* What losses share: the arrays that receive every loss and the gradient, of the shapes of `units`, which are `count` with a loss each, and
 * of the first argument; without an array of units every loss is not plain. 0 when the call is not plain, -1 on error. */
static int begin_loss(const callable *self, loss_call *c, PyObject *const *args, Py_ssize_t given, PyObject *keywords,
                      PyArrayObject *other, PyArrayObject *units, npy_intp count) {
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
            how = fastact_reduction_of(value);
        else if (keyword == fastact_name_sample_weight) {
            if (self->function->kind != FASTACT_LOSS || !take_weight(c, first, value)) return 0;
        } else if (keyword == fastact_name_where) {
            if (self->function->kind != FASTACT_LOSS || !take_mask(c, first, value)) return 0;
        } else if (!fastact_take_named(self, c->parameters, &c->given, keyword, value))
            return 0;
    }
    if (out == Py_None) out = NULL;
    if (how == OTHER || (out && how != NONE) || (how == NONE && !units)) return 0; /* one number */
    c->how = how;
    c->n = (size_t)PyArray_SIZE(first);
    c->divisor = how == MEAN ? (double)count : 1;
    if (c->n == 0) return 0;
    const npy_intp item = item_bytes(c->dtype), bytes = (npy_intp)c->n * item;
    PyArrayObject *const apart = units == other ? first : NULL; /* arrays of different sizes the C library compares */
    PyObject *losses = NULL, *gradient = NULL;
    if (how == NONE && self->pass != LOSS_GRADIENT &&
        !is_array(losses = plain_output(out, units, c->dtype, apart, count * item)))
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
    PyObject *value = c->losses_array ? c->losses_array : fastact_scalar_of(sum / c->divisor, c->dtype);
    return self->pass == LOSS_VALUE ? value : pair_of(value, c->gradient_array);
}

/* The inputs and parameters of a pointwise loss; 0 where they are not plain. */
static int take_inputs(const callable *self, loss_call *c, PyObject *const *args, Py_ssize_t given) {
    const fastact_function *const f = self->function;
    if (given < 2 || given > 2 + f->parameter_count || (c->dtype = plain_input(args[0])) < 0 || plain_input(args[1]) != c->dtype) return 0;
    if (!same_shape((PyArrayObject *)args[0], (PyArrayObject *)args[1])) return 0;
    c->pred = data_of(args[0]);
    c->target = data_of(args[1]);
    for (int k = 0; k < f->parameter_count; ++k) c->parameters[k] = f->parameters[k].default_value;
    for (Py_ssize_t k = 2; k < given; ++k)
        if (!fastact_take_parameter(self, c->parameters, &c->given, k - 2, args[k])) return 0;
    return 1;
}

static fastact_status run_loss(const callable *self, const loss_call *c, double *sums, void *hessian) {
    const double scale = 1.0 / c->divisor, *const parameters = c->given ? c->parameters : NULL;
    return fastact_loss(self->function, (fastact_dtype)c->dtype, c->n, c->pred, c->target, c->weight, parameters, scale, sums, c->losses,
                        c->gradient, hessian);
}

/* What a masked call reads in place of its own, in one array; NULL where there is no memory for it. */
static PyObject *new_masked(const loss_call *c) {
    const npy_intp n = 3 * (npy_intp)c->n;
    return new_output(c->dtype, 1, &n, n * item_bytes(c->dtype), 0);
}
/* Elsewhere weights are 0, and the others 1, where every loss is finite: whatever stands there, NaN too, must not reach a sum. */
static void mask_inputs(loss_call *c, PyObject *masked) {
    const void **const inputs[3] = {&c->pred, &c->target, &c->weight};
    for (int k = 0; k < 3; ++k) {
        char *const to = (char *)data_of(masked) + k * c->n * (size_t)item_bytes(c->dtype);
        fastact_select(c->dtype, (npy_intp)c->n, c->mask, *inputs[k], k < 2, to);
        *inputs[k] = to;
    }
}

/* Two plain arrays of one shape, and one of weights, reduced or not. What a weighted gradient is divided by is summed first, by the loss
 * that the general form takes for it; a value alone comes with the same sum. */
PyObject *fastact_plain_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    loss_call c = {.weight = NULL, .given = 0};
    if (!take_inputs(self, &c, args, given)) return NOT_PLAIN;
    PyArrayObject *const target = (PyArrayObject *)args[1];
    const int begun = begin_loss(self, &c, args, given, keywords, target, target, PyArray_SIZE(target));
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    const int divides = (c.weight || c.mask) && c.how == MEAN, first = divides && self->pass != LOSS_VALUE, dtype = c.dtype;
    double sums[2] = {0, 0};
    PyObject *const masked = c.mask ? new_masked(&c) : NULL;
    fastact_status status = c.mask && !masked ? FASTACT_ERROR_MEMORY : FASTACT_OK;
    PyErr_Clear(); /* the general form says what there is no memory for */
    PyThreadState *const thread = (npy_intp)c.n >= self->release_from[c.dtype] ? PyEval_SaveThread() : NULL;
    if (masked) mask_inputs(&c, masked);
    if (first && status == FASTACT_OK) {
        status = fastact_loss(fastact_weights_of, (fastact_dtype)dtype, c.n, NULL, NULL, c.weight, NULL, 1, sums, NULL, NULL, NULL);
        c.divisor = sums[1];
    }
    if (status == FASTACT_OK && c.divisor == 0) status = FASTACT_ERROR_ARGUMENT; /* of nothing: the general form says what the mean is */
    if (status == FASTACT_OK) status = run_loss(self, &c, self->pass == LOSS_GRADIENT || c.losses ? NULL : sums, NULL);
    if (divides && !first && (c.divisor = sums[1]) == 0) status = FASTACT_ERROR_ARGUMENT;
    if (thread) PyEval_RestoreThread(thread);
    Py_XDECREF(masked);
    return end_loss(self, &c, status, sums[0]);
}

/* ------------------------------------------------------------------ gradient and Hessian of every element */

typedef struct {
    PyObject *array;
    int is_unit;  /* 1, times the weight, in place of the second derivative */
    double least; /* before the weight */
} curvature;

/* Hessians that are less become the least there may be, times the weight; NaN stays. Sixteen side by side, which -O2 makes vectors of. */
enum { SIDE = 16 };
#define CURVATURE_OF(T)                                                                                                        \
    static void finish_##T(const curvature *how, size_t n, const T *weight, T *hessian) {                                      \
        const T least = (T)how->least;                                                                                         \
        size_t i = 0;                                                                                                          \
        if (how->is_unit && weight) {                                                                                          \
            memcpy(hessian, weight, n * sizeof(T));                                                                            \
            return;                                                                                                            \
        }                                                                                                                      \
        for (; weight && least != 0 && i < n; ++i)                                                                             \
            hessian[i] = hessian[i] <= least * weight[i] ? least * weight[i] : hessian[i];                                     \
        for (; how->is_unit && i + SIDE <= n; i += SIDE)                                                                       \
            for (size_t k = 0; k < SIDE; ++k) hessian[i + k] = 1;                                                              \
        for (; how->is_unit && i < n; ++i) hessian[i] = 1;                                                                     \
        for (; i + SIDE <= n; i += SIDE)                                                                                       \
            for (size_t k = 0; k < SIDE; ++k) hessian[i + k] = hessian[i + k] <= least ? least : hessian[i + k];               \
        for (; i < n; ++i) hessian[i] = hessian[i] <= least ? least : hessian[i];                                              \
    }
CURVATURE_OF(float)
CURVATURE_OF(double)

static int meets(const void *a, const void *b, size_t bytes) {
    const npy_uintp x = (npy_uintp)a, y = (npy_uintp)b;
    return a && b && (x < y ? y - x : x - y) < bytes;
}

/* as begin_loss */
static int begin_hessian(const callable *self, loss_call *c, curvature *how, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    PyObject *grad_out = NULL, *hess_out = NULL;
    PyArrayObject *const pred = (PyArrayObject *)args[0], *const target = (PyArrayObject *)args[1];
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
        PyObject *const keyword = PyTuple_GET_ITEM(keywords, i), *const value = args[given + i];
        if (keyword == fastact_name_grad_out)
            grad_out = value;
        else if (keyword == fastact_name_hess_out)
            hess_out = value;
        else if (keyword == fastact_name_hess) {
            how->is_unit = PyUnicode_CheckExact(value) && PyUnicode_CompareWithASCIIString(value, "unit") == 0;
            if (!how->is_unit && !(PyUnicode_CheckExact(value) && PyUnicode_CompareWithASCIIString(value, "exact") == 0)) return 0;
        } else if (keyword == fastact_name_hess_floor) {
            if (!(PyFloat_Check(value) || PyLong_Check(value)) || isnan(how->least = PyFloat_AsDouble(value))) return 0;
            if (PyErr_Occurred()) return PyErr_Clear(), 0;
        } else if (keyword == fastact_name_sample_weight ? !take_weight(c, pred, value)
                                                         : !fastact_take_named(self, c->parameters, &c->given, keyword, value))
            return 0;
    }
    c->n = (size_t)PyArray_SIZE(pred);
    if (c->n == 0) return 0;
    const npy_intp bytes = (npy_intp)c->n * item_bytes(c->dtype);
    if (!is_array(c->gradient_array = plain_output(grad_out, pred, c->dtype, target, bytes))) return c->gradient_array ? 0 : -1;
    if (!is_array(how->array = plain_output(hess_out, pred, c->dtype, target, bytes))) {
        Py_DECREF(c->gradient_array);
        return how->array ? 0 : -1;
    }
    c->gradient = data_of(c->gradient_array);
    return 1;
}

PyObject *fastact_plain_hessian(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    loss_call c = {.weight = NULL, .given = 0, .divisor = 1};
    curvature how = {.is_unit = 0, .least = 0};
    if (!take_inputs(self, &c, args, given)) return NOT_PLAIN;
    const int begun = begin_hessian(self, &c, &how, args, given, keywords);
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    void *const hessian = data_of(how.array);
    const size_t bytes = c.n * (size_t)item_bytes(c.dtype);
    /* weights are read after outputs are written; the library compares what it is given */
    const int reads = how.is_unit || how.least != 0;
    fastact_status status = FASTACT_OK;
    if (reads && (meets(c.weight, hessian, bytes) || meets(c.weight, c.gradient, bytes))) status = FASTACT_ERROR_OVERLAP;
    if (how.is_unit && meets(hessian, c.gradient, bytes)) status = FASTACT_ERROR_OVERLAP;
    PyThreadState *const thread = (npy_intp)c.n >= self->release_from[c.dtype] ? PyEval_SaveThread() : NULL;
    if (status == FASTACT_OK) status = run_loss(self, &c, NULL, how.is_unit ? NULL : hessian);
    if (status == FASTACT_OK && (how.is_unit || how.least > -INFINITY)) {
        if (c.dtype == FASTACT_F32)
            finish_float(&how, c.n, c.weight, hessian);
        else
            finish_double(&how, c.n, c.weight, hessian);
    }
    if (thread) PyEval_RestoreThread(thread);
    if (status == FASTACT_OK) return pair_of(c.gradient_array, how.array);
    Py_DECREF(c.gradient_array);
    Py_DECREF(how.array);
    return NOT_PLAIN;
}

/* ------------------------------------------------------------------ rows */

static int is_int64(PyArrayObject *array) {
    PyArray_Descr *descr = PyArray_DESCR(array);
    return PyTypeNum_ISSIGNED(descr->type_num) && PyDataType_ELSIZE(descr) == 8 && PyArray_ISNBO(descr->byteorder);
}

/* the rows of plain two-dimensional scores with int64 labels, reduced or not, labels out of range are left to the general form; or rows
 * with targets of the same shape, reduced */
PyObject *fastact_plain_row_loss(const callable *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    loss_call c = {.weight = NULL, .given = 0};
    if (given != 2 || (c.dtype = plain_input(args[0])) < 0 || !PyArray_CheckExact(args[1])) return NOT_PLAIN;
    PyArrayObject *const logits = (PyArrayObject *)args[0], *const second = (PyArrayObject *)args[1];
    const int last = PyArray_NDIM(logits) - 1, soft = plain_input(args[1]) == c.dtype;
    if (soft) {
        if (!(self->function->targets & FASTACT_PROBABILITIES) || last < 0 || !same_shape(logits, second)) return NOT_PLAIN;
    } else {
        if (!(self->function->targets & FASTACT_LABELS) || last != 1 || PyArray_NDIM(second) != 1) return NOT_PLAIN;
        if (PyArray_DIM(second, 0) != PyArray_DIM(logits, 0) || !is_int64(second)) return NOT_PLAIN;
        if (!PyArray_IS_C_CONTIGUOUS(second) || !PyArray_ISALIGNED(second)) return NOT_PLAIN;
    }
    const size_t columns = (size_t)PyArray_DIM(logits, last), rows = columns ? (size_t)PyArray_SIZE(logits) / columns : 0;
    const int begun = begin_loss(self, &c, args, given, keywords, soft ? second : NULL, soft ? NULL : second, (npy_intp)rows);
    if (begun <= 0) return begun ? NULL : NOT_PLAIN;
    const void *const z = PyArray_DATA(logits);
    fastact_row_loss_options options = {.gradient_scale = 1.0 / c.divisor};
    if (soft)
        options.targets = PyArray_DATA(second);
    else
        options.labels = PyArray_DATA(second);
    double sums[2];
    PyThreadState *const thread = (npy_intp)c.n >= self->release_from[c.dtype] ? PyEval_SaveThread() : NULL;
    const fastact_status status = fastact_row_loss(self->function, (fastact_dtype)c.dtype, rows, columns, z, &options, sums, c.losses,
                                                   c.gradient);
    if (thread) PyEval_RestoreThread(thread);
    return end_loss(self, &c, status, sums[0]);
}
