/* The ufunc objects: their loops over the C library, and the call that stands in front of NumPy's own.
 *
 * A fastact ufunc is a real np.ufunc whose vectorcall member is replaced. The replacement fills in parameter defaults and keywords,
 * runs the plain case (contiguous native arrays of one shape) itself, and hands everything else to NumPy's saved vectorcall. */
#ifndef FASTACT_UFUNC_H
#define FASTACT_UFUNC_H
#include <Python.h>
#include <fenv.h>
#include <fastact.h>
#include <numpy/arrayobject.h>
#include <numpy/halffloat.h>
#include <numpy/ufuncobject.h>

enum { MAX_PARAMETERS = 4, MAX_ARGUMENTS = 2 + MAX_PARAMETERS + 1, BLOCK = 1024, GIL_RELEASE = 16384 };

typedef struct {
    const fastact_function *function;
    fastact_pass pass;
    int inputs, parameters;
    vectorcallfunc numpy_call;
    PyObject *parameter_names[MAX_PARAMETERS]; /* interned */
    PyObject *defaults[MAX_PARAMETERS];
    PyObject *approximations; /* gelu: what the keyword `approximate` routes to, else NULL */
} fastact_ufunc;

typedef struct {
    const fastact_ufunc *ufunc;
    int type; /* NumPy type number of the inputs */
} fastact_loop;

static int fastact_fast_path = 1;
static PyObject *fastact_name_out, *fastact_name_approximate;

/* ---- loops that NumPy calls ---- */

static void widen(int type, npy_intp n, const char *from, npy_intp stride, double *to) {
#define WIDEN(number, c_type) \
    case number: \
        for (npy_intp i = 0; i < n; ++i) to[i] = (double)*(const c_type *)(from + i * stride); \
        break;
    switch (type) {
        WIDEN(NPY_BOOL, npy_bool)
        WIDEN(NPY_BYTE, npy_byte)
        WIDEN(NPY_UBYTE, npy_ubyte)
        WIDEN(NPY_SHORT, npy_short)
        WIDEN(NPY_USHORT, npy_ushort)
        WIDEN(NPY_INT, npy_int)
        WIDEN(NPY_UINT, npy_uint)
        WIDEN(NPY_LONG, npy_long)
        WIDEN(NPY_ULONG, npy_ulong)
        WIDEN(NPY_LONGLONG, npy_longlong)
        WIDEN(NPY_ULONGLONG, npy_ulonglong)
    }
#undef WIDEN
}

/* integers and bool: float64 in blocks; float16: float32 in blocks, rounded once */
static void converted_loop(const fastact_loop *loop, npy_intp n, char **args, npy_intp const *steps) {
    const fastact_ufunc *u = loop->ufunc;
    const int half = loop->type == NPY_HALF, count = u->inputs + u->parameters;
    double in[2][BLOCK], out[BLOCK];
    char *at[MAX_ARGUMENTS];
    ptrdiff_t strides[MAX_ARGUMENTS];
    for (npy_intp start = 0; start < n; start += BLOCK) {
        const npy_intp size = n - start < BLOCK ? n - start : BLOCK;
        for (int k = 0; k < u->inputs; ++k) {
            const char *from = args[k] + start * steps[k];
            at[k] = (char *)in[k];
            strides[k] = half ? 4 : 8;
            if (half)
                for (npy_intp i = 0; i < size; ++i) ((float *)in[k])[i] = npy_half_to_float(*(const npy_half *)(from + i * steps[k]));
            else
                widen(loop->type, size, from, steps[k], in[k]);
        }
        for (int k = u->inputs; k < count; ++k) {
            at[k] = args[k] + start * steps[k];
            strides[k] = steps[k];
        }
        at[count] = half ? (char *)out : args[count] + start * steps[count];
        strides[count] = half ? 4 : steps[count];
        fastact_map_strided(u->function, u->pass, half ? FASTACT_F32 : FASTACT_F64, (size_t)size, at, strides);
        if (half)
            for (npy_intp i = 0; i < size; ++i)
                *(npy_half *)(args[count] + (start + i) * steps[count]) = npy_float_to_half(((const float *)out)[i]);
    }
}

static void fastact_loop_function(char **args, npy_intp const *dimensions, npy_intp const *steps, void *data) {
    const fastact_loop *loop = data;
    const npy_intp n = dimensions[0];
    if (loop->type == NPY_FLOAT || loop->type == NPY_DOUBLE)
        fastact_map_strided(loop->ufunc->function, loop->ufunc->pass, loop->type == NPY_FLOAT ? FASTACT_F32 : FASTACT_F64, (size_t)n, args,
                            (const ptrdiff_t *)steps);
    else
        converted_loop(loop, n, args, steps);
    feclearexcept(FE_ALL_EXCEPT); /* what the kernels raised inside is no news to the caller */
}

/* ---- the call in front ---- */

/* float32 or float64, native, aligned, C-contiguous, not 0-d, no subclass */
static int is_plain(PyObject *object) {
    if (!PyArray_CheckExact(object)) return 0;
    PyArrayObject *a = (PyArrayObject *)object;
    const int type = PyArray_TYPE(a);
    return (type == NPY_FLOAT || type == NPY_DOUBLE) && PyArray_NDIM(a) > 0 && PyArray_ISCARRAY_RO(a);
}

static int same_shape(PyArrayObject *a, PyArrayObject *b) {
    return PyArray_TYPE(a) == PyArray_TYPE(b) && PyArray_NDIM(a) == PyArray_NDIM(b) &&
           PyArray_CompareLists(PyArray_DIMS(a), PyArray_DIMS(b), PyArray_NDIM(a));
}

static int partly_overlaps(PyArrayObject *in, PyArrayObject *out) {
    const npy_uintp a = (npy_uintp)PyArray_DATA(in), b = (npy_uintp)PyArray_DATA(out);
    return a != b && (a < b ? b - a : a - b) < (npy_uintp)PyArray_NBYTES(in);
}

/* the plain case; NULL without an exception when the call is not that simple */
static PyObject *plain_call(const fastact_ufunc *u, PyObject *const *inputs, PyObject *const *parameters, PyObject *out) {
    union {
        float f32[MAX_PARAMETERS];
        double f64[MAX_PARAMETERS];
    } values;
    PyArrayObject *x = (PyArrayObject *)inputs[0], *last = (PyArrayObject *)inputs[u->inputs - 1], *y = (PyArrayObject *)out;
    if (!is_plain(inputs[0])) return NULL;
    if (u->inputs == 2 && !(is_plain(inputs[1]) && same_shape(x, last))) return NULL;
    const int is_f32 = PyArray_TYPE(x) == NPY_FLOAT;
    for (int k = 0; k < u->parameters; ++k) {
        if (!PyFloat_CheckExact(parameters[k])) return NULL;
        const double value = PyFloat_AS_DOUBLE(parameters[k]);
        if (is_f32)
            values.f32[k] = (float)value;
        else
            values.f64[k] = value;
    }
    if (y) {
        if (!is_plain(out) || !PyArray_ISWRITEABLE(y) || !same_shape(x, y) || partly_overlaps(x, y) || partly_overlaps(last, y)) return NULL;
        Py_INCREF(y);
    } else {
        PyArray_Descr *descr = PyArray_DESCR(x);
        Py_INCREF(descr);
        y = (PyArrayObject *)PyArray_NewFromDescr(&PyArray_Type, descr, PyArray_NDIM(x), PyArray_DIMS(x), NULL, NULL, 0, NULL);
        if (!y) return NULL;
    }
    const npy_intp n = PyArray_SIZE(x);
    const fastact_kernel kernel = fastact_get_kernel(u->function, u->pass, is_f32 ? FASTACT_F32 : FASTACT_F64);
    if (n >= GIL_RELEASE) {
        Py_BEGIN_ALLOW_THREADS
        kernel((size_t)n, PyArray_DATA(x), PyArray_DATA(last), PyArray_DATA(y), &values);
        Py_END_ALLOW_THREADS
    } else if (n > 0) {
        kernel((size_t)n, PyArray_DATA(x), PyArray_DATA(last), PyArray_DATA(y), &values);
    }
    return (PyObject *)y;
}

static int refuse_dtype(const fastact_ufunc *u, const char *name, PyObject *object) {
    if (!PyArray_Check(object)) return 0;
    PyArray_Descr *descr = PyArray_DESCR((PyArrayObject *)object);
    if (PyTypeNum_ISBOOL(descr->type_num) || PyTypeNum_ISINTEGER(descr->type_num) || descr->type_num == NPY_HALF ||
        descr->type_num == NPY_FLOAT || descr->type_num == NPY_DOUBLE || PyTypeNum_ISUSERDEF(descr->type_num))
        return 0;
    PyErr_Format(PyExc_TypeError, "%s: an input has dtype %S; float16, float32, float64, integer and bool arrays are accepted", name, (PyObject *)descr);
    return -1;
}

/* `approximate` names another ufunc, or a pair of a ufunc and one parameter value */
static PyObject *approximate_call(const fastact_ufunc *u, const char *name, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, Py_ssize_t at) {
    PyObject *target = PyDict_GetItemWithError(u->approximations, args[nargs + at]);
    if (!target) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "%s: approximate is %R; 'none', 'tanh', 'quick', False and True are accepted", name, args[nargs + at]);
        return NULL;
    }
    const int pair = PyTuple_Check(target), given = (int)nargs < u->inputs ? (int)nargs : u->inputs;
    PyObject *positional = PyTuple_New(nargs + pair), *keywords = PyDict_New(), *result = NULL;
    if (positional && keywords) {
        for (Py_ssize_t i = 0, to = 0; to < nargs + pair; ++to) {
            PyObject *item = pair && to == given ? PyTuple_GET_ITEM(target, 1) : args[i++];
            Py_INCREF(item);
            PyTuple_SET_ITEM(positional, to, item);
        }
        int failed = 0;
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(kwnames); ++i)
            if (i != at) failed |= PyDict_SetItem(keywords, PyTuple_GET_ITEM(kwnames, i), args[nargs + i]);
        if (!failed) result = PyObject_Call(pair ? PyTuple_GET_ITEM(target, 0) : target, positional, keywords);
    }
    Py_XDECREF(positional);
    Py_XDECREF(keywords);
    return result;
}

static PyObject *fastact_vectorcall(PyObject *self, PyObject *const *args, size_t nargsf, PyObject *kwnames) {
    const fastact_ufunc *u = ((const fastact_loop *)((PyUFuncObject *)self)->data[0])->ufunc;
    const char *name = ((PyUFuncObject *)self)->name;
    const Py_ssize_t nargs = PyVectorcall_NARGS(nargsf), keywords = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    const int inputs = u->inputs, parameters = u->parameters, all = inputs + parameters;
    PyObject *parameter[MAX_PARAMETERS] = {NULL}, *out = nargs > all ? args[all] : NULL;
    Py_ssize_t others = 0;

    if (nargs < inputs || nargs > all + 1) return u->numpy_call(self, args, nargsf, kwnames);
    for (int k = 0; k < parameters && inputs + k < nargs; ++k) parameter[k] = args[inputs + k];
    for (Py_ssize_t i = 0; i < keywords; ++i) {
        PyObject *key = PyTuple_GET_ITEM(kwnames, i), *value = args[nargs + i];
        if (key == fastact_name_out && !out) {
            out = value;
            continue;
        }
        int found = 0;
        for (int k = 0; k < parameters && !found; ++k) {
            if (key != u->parameter_names[k] && PyUnicode_Compare(key, u->parameter_names[k]) != 0) continue;
            if (parameter[k]) return PyErr_Format(PyExc_TypeError, "%s: parameter '%U' is given twice", name, key);
            parameter[k] = value;
            found = 1;
        }
        if (!found && u->approximations && PyUnicode_Compare(key, fastact_name_approximate) == 0)
            return approximate_call(u, name, args, nargs, kwnames, i);
        others += !found;
    }
    for (int k = 0; k < parameters; ++k)
        if (!parameter[k]) parameter[k] = u->defaults[k];
    if (others == 0 && fastact_fast_path) {
        PyObject *result = plain_call(u, args, parameter, out == Py_None ? NULL : out);
        if (result || PyErr_Occurred()) return result;
    }
    for (int k = 0; k < inputs; ++k)
        if (refuse_dtype(u, name, args[k]) < 0) return NULL;
    if (parameters == 0) return u->numpy_call(self, args, nargsf, kwnames);

    /* inputs, every parameter, out when it came by position; then the keywords that are left */
    PyObject *stack[MAX_ARGUMENTS + 16], *left = NULL;
    const int positional_out = nargs > all;
    Py_ssize_t top = 0, kept = 0;
    for (Py_ssize_t i = 0; i < keywords; ++i) {
        int is_parameter = 0;
        for (int k = 0; k < parameters; ++k) is_parameter |= PyUnicode_Compare(PyTuple_GET_ITEM(kwnames, i), u->parameter_names[k]) == 0;
        kept += !is_parameter;
    }
    if (kept > 16) return PyErr_Format(PyExc_TypeError, "%s: too many keyword arguments", name);
    for (int k = 0; k < inputs; ++k) stack[top++] = args[k];
    for (int k = 0; k < parameters; ++k) stack[top++] = parameter[k];
    if (positional_out) stack[top++] = args[all];
    const Py_ssize_t positional = top;
    if (kept) {
        if (!(left = PyTuple_New(kept))) return NULL;
        for (Py_ssize_t i = 0, to = 0; i < keywords; ++i) {
            PyObject *key = PyTuple_GET_ITEM(kwnames, i);
            int is_parameter = 0;
            for (int k = 0; k < parameters; ++k) is_parameter |= PyUnicode_Compare(key, u->parameter_names[k]) == 0;
            if (is_parameter) continue;
            Py_INCREF(key);
            PyTuple_SET_ITEM(left, to++, key);
            stack[top++] = args[nargs + i];
        }
    }
    PyObject *result = u->numpy_call(self, stack, (size_t)positional, left);
    Py_XDECREF(left);
    return result;
}

/* ---- making them ---- */

static const char fastact_types[] = {NPY_BOOL, NPY_BYTE, NPY_UBYTE, NPY_SHORT, NPY_USHORT, NPY_INT, NPY_UINT, NPY_LONG, NPY_ULONG,
                                     NPY_LONGLONG, NPY_ULONGLONG, NPY_HALF, NPY_FLOAT, NPY_DOUBLE};
enum { TYPES = sizeof fastact_types };

/* Lives as long as the process, as ufuncs do. */
static PyObject *fastact_make_ufunc(const fastact_function *function, fastact_pass pass, const char *name, const char *doc) {
    fastact_ufunc *u = PyMem_Calloc(1, sizeof *u);
    fastact_loop *loops = PyMem_Calloc(TYPES, sizeof *loops);
    PyUFuncGenericFunction *functions = PyMem_Calloc(TYPES, sizeof *functions);
    void **data = PyMem_Calloc(TYPES, sizeof *data);
    char *types = PyMem_Calloc(TYPES * MAX_ARGUMENTS, 1), *type = types;
    if (!u || !loops || !functions || !data || !types) return PyErr_NoMemory();
    u->function = function;
    u->pass = pass;
    u->inputs = pass >= FASTACT_BACKWARD ? 2 : 1;
    u->parameters = function->parameter_count;
    for (int k = 0; k < u->parameters; ++k) {
        u->parameter_names[k] = PyUnicode_InternFromString(function->parameters[k].name);
        u->defaults[k] = PyFloat_FromDouble(function->parameters[k].default_value);
        if (!u->parameter_names[k] || !u->defaults[k]) return NULL;
    }
    for (int i = 0; i < TYPES; ++i) {
        const char input = fastact_types[i];
        const char result = input == NPY_HALF || input == NPY_FLOAT ? input : NPY_DOUBLE;
        loops[i].ufunc = u;
        loops[i].type = input;
        functions[i] = fastact_loop_function;
        data[i] = loops + i;
        for (int k = 0; k < u->inputs; ++k) *type++ = input;
        for (int k = 0; k < u->parameters; ++k) *type++ = result == NPY_DOUBLE ? NPY_DOUBLE : NPY_FLOAT;
        *type++ = result;
    }
    PyObject *made = PyUFunc_FromFuncAndData(functions, data, types, TYPES, u->inputs + u->parameters, 1, PyUFunc_None, name, doc, 0);
    if (!made) return NULL;
    u->numpy_call = ((PyUFuncObject *)made)->vectorcall;
    ((PyUFuncObject *)made)->vectorcall = fastact_vectorcall;
    return made;
}

static int fastact_set_approximations(PyObject *ufunc, PyObject *table) {
    fastact_ufunc *u = (fastact_ufunc *)((const fastact_loop *)((PyUFuncObject *)ufunc)->data[0])->ufunc;
    Py_INCREF(table);
    u->approximations = table;
    return 0;
}

static int fastact_prepare_names(void) {
    fastact_name_out = PyUnicode_InternFromString("out");
    fastact_name_approximate = PyUnicode_InternFromString("approximate");
    return fastact_name_out && fastact_name_approximate ? 0 : -1;
}
#endif
