/* The call that stands in front of NumPy's own: it runs the plain case itself, fills in the defaults and keywords of parameters, and hands
 * everything else to the pointer that NumPy had put there. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_ufunc.h"
#include <float.h>
#include <math.h>
#include <numpy/arrayscalars.h>

enum { MAX_KEYWORDS = 16 };

static PyObject *explain_error;

void fastact_ufunc_set_explain(PyObject *explain) { Py_XSETREF(explain_error, Py_NewRef(explain)); }

/* ------------------------------------------------------------------ the plain case */

/* Python numbers are weak: they never change the dtype. Anything else takes part in promotion, which is NumPy's business. */
static int weak_number(PyObject *object, double *value) {
    if (LIKELY(PyFloat_CheckExact(object))) {
        *value = PyFloat_AS_DOUBLE(object);
        return 1;
    }
    if (!PyLong_CheckExact(object)) return 0;
    int overflow;
    const long long integer = PyLong_AsLongLongAndOverflow(object, &overflow);
    *value = (double)integer;
    return !overflow && integer <= 1LL << 53 && integer >= -(1LL << 53);
}

typedef union {
    float f32[MAX_PARAMETERS];
    double f64[MAX_PARAMETERS];
} parameter_values;

static void set_parameters(const ufunc_record *u, int dtype, const double *numbers, parameter_values *values) {
    for (int k = 0; k < u->parameters; ++k) {
        if (dtype == FASTACT_F64)
            values->f64[k] = numbers[k];
        else
            values->f32[k] = (float)numbers[k];
    }
}

/* one number in, one NumPy scalar out */
static PyObject *plain_scalar(const ufunc_record *u, PyObject *object, const double *numbers) {
    union {
        float f32;
        double f64;
    } x, y;
    int dtype;
    if (PyFloat_CheckExact(object) || Py_IS_TYPE(object, &PyDoubleArrType_Type)) {
        dtype = FASTACT_F64;
        x.f64 = PyFloat_AS_DOUBLE(object); /* np.float64 is a Python float */
    } else if (Py_IS_TYPE(object, &PyFloatArrType_Type)) {
        dtype = FASTACT_F32;
        x.f32 = PyArrayScalar_VAL(object, Float);
    } else {
        return NOT_PLAIN;
    }
    parameter_values values;
    set_parameters(u, dtype, numbers, &values);
    fastact_get_kernel(u->function, u->pass, dtype)(1, &x, NULL, &y, &values);
    return PyArray_Scalar(&y, fastact_descrs[dtype], NULL);
}

/* by several threads where that pays */
static void run_large(const ufunc_record *u, fastact_dtype dtype, size_t n, const void *a, const void *b, void *y,
                      const parameter_values *values) {
    const ptrdiff_t item = item_bytes(dtype);
    char *arguments[MAX_ARGUMENTS];
    ptrdiff_t strides[MAX_ARGUMENTS] = {0};
    int k = 0;
    arguments[k] = (char *)a, strides[k++] = item;
    if (b) arguments[k] = (char *)b, strides[k++] = item;
    for (int p = 0; p < u->parameters; ++p)
        arguments[k++] = dtype == FASTACT_F64 ? (char *)(values->f64 + p) : (char *)(values->f32 + p);
    arguments[k] = y, strides[k] = item;
    fastact_map_strided(u->function, u->pass, dtype, n, arguments, strides);
}

static PyObject *plain_call(const ufunc_record *u, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const int inputs = u->inputs, last = inputs + u->parameters;
    PyObject *out = NULL;
    double numbers[MAX_PARAMETERS];
    if (given < inputs || given > last + 1) return NOT_PLAIN;
    for (int k = inputs; k < last; ++k) {
        if (k >= given)
            numbers[k - inputs] = u->defaults[k - inputs]; /* NaN when it is required */
        else if (!weak_number(args[k], &numbers[k - inputs]))
            return NOT_PLAIN;
    }
    if (given > last) out = args[last];
    if (keywords) {
        const Py_ssize_t count = PyTuple_GET_SIZE(keywords);
        for (Py_ssize_t i = 0; i < count; ++i) {
            PyObject *keyword = PyTuple_GET_ITEM(keywords, i);
            if (keyword == fastact_name_out && given <= last) {
                out = args[given + i];
                continue;
            }
            int k = 0;
            while (k < u->parameters && u->parameter_names[k] != keyword) ++k;
            if (k == u->parameters || inputs + k < given || !weak_number(args[given + i], &numbers[k])) return NOT_PLAIN;
        }
    }
    for (int k = 0; k < u->parameters; ++k)
        if (u->is_required[k] && isnan(numbers[k])) return NOT_PLAIN;
    if (out == Py_None) out = NULL;

    if (!PyArray_CheckExact(args[0])) return inputs == 1 && !out ? plain_scalar(u, args[0], numbers) : NOT_PLAIN;
    PyArrayObject *first = (PyArrayObject *)args[0], *second = NULL;
    const int dtype = plain_map_dtype(first);
    int flags = PyArray_FLAGS(first);
    if (dtype < 0) return NOT_PLAIN;
    if (inputs == 2) {
        if (!PyArray_CheckExact(args[1])) return NOT_PLAIN;
        second = (PyArrayObject *)args[1];
        if (plain_map_dtype(second) != dtype || !same_shape(first, second)) return NOT_PLAIN;
        flags &= PyArray_FLAGS(second);
    }
    if (out) {
        if (!is_plain_output(out, first, dtype)) return NOT_PLAIN;
        flags &= PyArray_FLAGS((PyArrayObject *)out);
    }
    if (!(flags & NPY_ARRAY_ALIGNED) || !(flags & (NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_F_CONTIGUOUS))) return NOT_PLAIN;

    const npy_intp n = PyArray_SIZE(first), bytes = n * item_bytes(dtype);
    if (out) {
        if (partly_overlaps(first, (PyArrayObject *)out, bytes)) return NOT_PLAIN;
        if (second && partly_overlaps(second, (PyArrayObject *)out, bytes)) return NOT_PLAIN;
        Py_INCREF(out);
    } else {
        const int order = flags & NPY_ARRAY_C_CONTIGUOUS ? 0 : NPY_ARRAY_F_CONTIGUOUS;
        out = new_output(dtype, PyArray_NDIM(first), PyArray_DIMS(first), bytes, order);
        if (!out) return NULL;
    }
    const void *a = PyArray_DATA(first), *b = second ? PyArray_DATA(second) : NULL;
    void *y = PyArray_DATA((PyArrayObject *)out);
    parameter_values values;
    set_parameters(u, dtype, numbers, &values);
    if (n >= u->release_from[dtype]) {
        Py_BEGIN_ALLOW_THREADS
        run_large(u, dtype, (size_t)n, a, b, y, &values);
        Py_END_ALLOW_THREADS
    } else if (n >= u->shared_from[dtype]) {
        run_large(u, dtype, (size_t)n, a, b, y, &values);
    } else if (n > 0) {
        fastact_get_kernel(u->function, u->pass, dtype)((size_t)n, a, b, y, &values);
    }
    /* as ufuncs do: a fresh 0-d result becomes a scalar, one that was handed in stays an array */
    if (PyArray_NDIM(first) == 0 && Py_REFCNT(out) == 1) return PyArray_Return((PyArrayObject *)out);
    return out;
}

/* ------------------------------------------------------------------ everything else */

/* the same error in words that name the function and the argument, where there are such words */
static PyObject *failed(PyObject *self, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    if (!explain_error || !(PyErr_ExceptionMatches(PyExc_TypeError) || PyErr_ExceptionMatches(PyExc_ValueError))) return NULL;
    PyObject *type, *value, *traceback, *explained = NULL;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    const Py_ssize_t all = given + (keywords ? PyTuple_GET_SIZE(keywords) : 0);
    PyObject *arguments = PyTuple_New(all);
    if (arguments) {
        for (Py_ssize_t i = 0; i < all; ++i) PyTuple_SET_ITEM(arguments, i, Py_NewRef(args[i]));
        explained = PyObject_CallFunctionObjArgs(explain_error, self, arguments, keywords ? keywords : Py_None, value, NULL);
        Py_DECREF(arguments);
    }
    if (explained && explained != Py_None) {
        PyErr_SetObject((PyObject *)Py_TYPE(explained), explained);
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
    } else {
        PyErr_Clear();
        PyErr_Restore(type, value, traceback);
    }
    Py_XDECREF(explained);
    return NULL;
}

static PyObject *announce_user_type;

void fastact_ufunc_set_announce(PyObject *announce) { Py_XSETREF(announce_user_type, Py_NewRef(announce)); }

/* NumPy's number of the dtype of an array or a NumPy scalar, or -1 */
static int type_of(PyObject *object) {
    if (PyArray_Check(object)) return PyArray_TYPE((PyArrayObject *)object);
    if (!PyArray_IsScalar(object, Generic)) return -1;
    PyArray_Descr *descr = PyArray_DescrFromScalar(object);
    const int type = descr ? descr->type_num : -1;
    Py_XDECREF(descr);
    return type;
}

/* the first argument of another package's dtype: time to add its loops */
static int announce(PyObject *const *args, Py_ssize_t count) {
    if (fastact_descrs[FASTACT_BF16] || !announce_user_type) return 0;
    for (Py_ssize_t i = 0; i < count; ++i) {
        if (!PyTypeNum_ISUSERDEF(type_of(args[i]))) continue;
        PyObject *done = PyObject_CallNoArgs(announce_user_type);
        Py_XDECREF(done);
        return done ? 0 : -1;
    }
    return 0;
}

/* A Python number as NumPy shall see it beside x: one beyond float32 would warn when it is cast, and bfloat16 has loops for float32
 * parameters alone. */
static PyObject *number_beside(PyObject *parameter, PyObject *x) {
    if (PyFloat_CheckExact(parameter) || PyLong_CheckExact(parameter)) {
        const int type = type_of(x);
        if (PyTypeNum_ISUSERDEF(type)) {
            const float narrow = (float)PyFloat_AsDouble(parameter);
            return PyErr_Occurred() ? NULL : PyArray_Scalar((void *)&narrow, fastact_descrs[FASTACT_F32], NULL);
        }
        if ((type == NPY_FLOAT || type == NPY_HALF) && PyFloat_CheckExact(parameter)) {
            const double value = PyFloat_AS_DOUBLE(parameter);
            if (isfinite(value) && !isfinite((float)value)) return PyFloat_FromDouble((float)value);
        }
    }
    return Py_NewRef(parameter);
}

/* pandas makes arrays of no dimension of Python numbers, which would widen its frames. */
static PyObject *parameter_beside(PyObject *given, PyObject *x) {
    if (PyArray_CheckExact(given) && PyArray_NDIM((PyArrayObject *)given) == 0 && PyArray_TYPE((PyArrayObject *)given) == NPY_DOUBLE) {
        PyObject *number = PyArray_GETITEM((PyArrayObject *)given, PyArray_DATA((PyArrayObject *)given));
        PyObject *result = number ? number_beside(number, x) : NULL;
        Py_XDECREF(number);
        return result;
    }
    return number_beside(given, x);
}

/* position of a keyword, or -1; by text, since keywords from a dict need not be interned */
static Py_ssize_t find(PyObject *keywords, PyObject *name) {
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i)
        if (PyTuple_GET_ITEM(keywords, i) == name || PyUnicode_Compare(PyTuple_GET_ITEM(keywords, i), name) == 0) return i;
    return -1;
}

/* gelu(x, approximate="tanh") is gelu_tanh(x): the keyword leaves, parameters may follow the inputs of the ufunc that its value
 * stands for */
static PyObject *routed_call(const ufunc_record *u, PyObject *const *args, Py_ssize_t given, PyObject *keywords, Py_ssize_t at) {
    PyObject *choice = args[given + at], *route = PyDict_GetItemWithError(u->routes, choice);
    if (!route) {
        if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_TypeError)) return NULL;
        PyErr_Clear();
        PyObject *accepted = PyDict_Keys(u->routes);
        PyErr_Format(PyExc_ValueError, "%s: %U is %R; accepted are %R", u->name, u->route_keyword, choice, accepted);
        Py_XDECREF(accepted);
        return NULL;
    }
    PyObject *parameters = PyTuple_GET_ITEM(route, 1), *stack[MAX_ARGUMENTS + MAX_PARAMETERS + MAX_KEYWORDS];
    const Py_ssize_t count = PyTuple_GET_SIZE(keywords), more = PyTuple_GET_SIZE(parameters);
    if (given > MAX_ARGUMENTS || count > MAX_KEYWORDS)
        return PyErr_Format(PyExc_TypeError, "%s: %zd arguments are too many", u->name, given + count);
    PyObject *kept = PyTuple_New(count - 1);
    if (!kept) return NULL;
    Py_ssize_t top = 0, name = 0;
    for (Py_ssize_t i = 0; i < u->inputs; ++i) stack[top++] = args[i];
    for (Py_ssize_t i = 0; i < more; ++i) stack[top++] = PyTuple_GET_ITEM(parameters, i);
    for (Py_ssize_t i = u->inputs; i < given; ++i) stack[top++] = args[i];
    const Py_ssize_t positional = top;
    for (Py_ssize_t i = 0; i < count; ++i) {
        if (i == at) continue;
        PyTuple_SET_ITEM(kept, name++, Py_NewRef(PyTuple_GET_ITEM(keywords, i)));
        stack[top++] = args[given + i];
    }
    PyObject *result = PyObject_Vectorcall(PyTuple_GET_ITEM(route, 0), stack, (size_t)positional, name ? kept : NULL);
    Py_DECREF(kept);
    return result;
}

/* Whether arrays and numbers alone come in, so that NumPy runs no other code, and it may allocate a large array for them. */
static int may_allocate_large(const ufunc_record *u, PyObject *const *args, Py_ssize_t given) {
    double elements = 1; /* at least as many as inputs broadcast to */
    if (given != u->inputs + u->parameters) return 0;
    for (Py_ssize_t i = 0; i < given; ++i) {
        if (PyArray_CheckExact(args[i]))
            elements *= (double)PyArray_SIZE((PyArrayObject *)args[i]);
        else if (!PyFloat_CheckExact(args[i]) && !PyLong_CheckExact(args[i]) && !PyArray_IsScalar(args[i], Generic))
            return 0;
    }
    return elements * sizeof(double) >= LARGE_OUTPUT;
}

static PyObject *numpy_call(PyObject *self, const ufunc_record *u, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    PyObject *before = may_allocate_large(u, args, given) ? fastact_memory_enter() : NULL;
    PyObject *result = u->numpy_call(self, args, (size_t)given, keywords);
    fastact_memory_leave(before);
    return result ? result : failed(self, args, given, keywords);
}

/* every input of the ufunc by position, as NumPy and __array_ufunc__ expect them */
static PyObject *general_call(PyObject *self, const ufunc_record *u, PyObject *const *args, Py_ssize_t given, PyObject *keywords) {
    const int inputs = u->inputs, last = inputs + u->parameters;
    const Py_ssize_t count = keywords ? PyTuple_GET_SIZE(keywords) : 0;
    if (given < inputs)
        return PyErr_Format(PyExc_TypeError, "%s: %zd positional arguments were given; %s needed", u->name, given,
                            inputs == 1                                  ? "x is"
                            : u->function->kind == FASTACT_LOSS         ? "pred and target are"
                            : u->pass == FASTACT_BACKWARD               ? "grad and x are"
                                                                         : "grad and y are");
    if (announce(args, given + count) < 0) return NULL;
    if (u->routes) {
        const Py_ssize_t at = find(keywords, u->route_keyword);
        if (at >= 0) return routed_call(u, args, given, keywords, at);
    }
    if (u->parameters == 0 || given > last + 1 || count > MAX_KEYWORDS) return numpy_call(self, u, args, given, keywords);

    PyObject *stack[MAX_ARGUMENTS + MAX_KEYWORDS], *parameters[MAX_PARAMETERS] = {NULL}, *kept = NULL;
    int taken[MAX_KEYWORDS] = {0}, left = (int)count;
    for (int k = 0; k < u->parameters; ++k) {
        const Py_ssize_t at = find(keywords, u->parameter_names[k]);
        PyObject *parameter = inputs + k < given ? args[inputs + k] : u->default_objects[k];
        if (at >= 0) {
            if (inputs + k < given) {
                PyErr_Format(PyExc_TypeError, "%s: %U was given by position and by keyword", u->name, u->parameter_names[k]);
                goto fail;
            }
            parameter = args[given + at];
            taken[at] = 1;
            --left;
        }
        if (parameter == Py_None) parameter = u->default_objects[k];
        if (u->is_required[k] && parameter == u->default_objects[k]) {
            PyErr_Format(PyExc_TypeError, "%s: the parameter %U is required", u->name, u->parameter_names[k]);
            goto fail;
        }
        if (!(parameters[k] = parameter_beside(parameter, args[0]))) goto fail;
    }
    Py_ssize_t top = 0, name = 0;
    for (int k = 0; k < inputs; ++k) stack[top++] = args[k];
    for (int k = 0; k < u->parameters; ++k) stack[top++] = parameters[k];
    if (given > last) stack[top++] = args[last];
    const Py_ssize_t positional = top;
    if (left && !(kept = PyTuple_New(left))) goto fail;
    for (Py_ssize_t i = 0; i < count; ++i) {
        if (taken[i]) continue;
        PyTuple_SET_ITEM(kept, name++, Py_NewRef(PyTuple_GET_ITEM(keywords, i)));
        stack[top++] = args[given + i];
    }
    PyObject *result = numpy_call(self, u, stack, positional, kept);
    for (int k = 0; k < u->parameters; ++k) Py_DECREF(parameters[k]);
    Py_XDECREF(kept);
    return result;
fail:
    for (int k = 0; k < u->parameters; ++k) Py_XDECREF(parameters[k]);
    return NULL;
}

PyObject *fastact_ufunc_call(PyObject *self, PyObject *const *args, size_t given_and_flag, PyObject *keywords) {
    const ufunc_record *u = ufunc_record_of(self);
    const Py_ssize_t given = PyVectorcall_NARGS(given_and_flag);
    if (LIKELY(fastact_fast_path && u->function->kind == FASTACT_ELEMENTWISE)) {
        PyObject *result = plain_call(u, args, given, keywords);
        if (LIKELY(result != NOT_PLAIN)) return result;
    }
    return general_call(self, u, args, given, keywords);
}
