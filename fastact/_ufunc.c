/* The ufunc objects, and their loops over the C library for NumPy.
 *
 * A fastact ufunc is a real np.ufunc whose vectorcall pointer is replaced, by fastact_ufunc_call. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_ufunc.h"
#include <fenv.h>
#include <math.h>

enum { BLOCK = 512 };

/* smaller integers first: NumPy takes the first loop that the inputs cast to safely, and int8 casts safely to float16 */
static const char loop_types[LOOPS] = {NPY_BOOL, NPY_BYTE, NPY_UBYTE, NPY_SHORT, NPY_USHORT, NPY_INT, NPY_UINT, NPY_LONG, NPY_ULONG,
                                       NPY_LONGLONG, NPY_ULONGLONG, NPY_HALF, NPY_FLOAT, NPY_DOUBLE};

const fastact_function *fastact_ufunc_function(PyObject *ufunc) { return ufunc_record_of(ufunc)->function; }

/* ------------------------------------------------------------------ loops that NumPy calls */

static void integers_to_double(int type, npy_intp n, const char *from, npy_intp stride, double *to) {
#define CONVERT(number, c_type)                                                                  \
    case number:                                                                                 \
        for (npy_intp i = 0; i < n; ++i) to[i] = (double)*(const c_type *)(from + i * stride);   \
        return;
    switch (type) {
        CONVERT(NPY_BOOL, npy_bool)
        CONVERT(NPY_BYTE, npy_byte)
        CONVERT(NPY_UBYTE, npy_ubyte)
        CONVERT(NPY_SHORT, npy_short)
        CONVERT(NPY_USHORT, npy_ushort)
        CONVERT(NPY_INT, npy_int)
        CONVERT(NPY_UINT, npy_uint)
        CONVERT(NPY_LONG, npy_long)
        CONVERT(NPY_ULONG, npy_ulong)
        CONVERT(NPY_LONGLONG, npy_longlong)
        CONVERT(NPY_ULONGLONG, npy_ulonglong)
    }
#undef CONVERT
}

/* integers through float64 */
static void converting_loop(const ufunc_loop *loop, npy_intp n, char **arguments, npy_intp const *steps) {
    const ufunc_record *u = loop->record;
    const int last = u->inputs + u->parameters;
    double in[MAX_INPUTS][BLOCK];
    char *at[MAX_ARGUMENTS];
    ptrdiff_t strides[MAX_ARGUMENTS];
    for (npy_intp start = 0; start < n; start += BLOCK) {
        const npy_intp size = n - start < BLOCK ? n - start : BLOCK;
        for (int k = 0; k <= last; ++k) {
            at[k] = arguments[k] + start * steps[k];
            strides[k] = steps[k];
        }
        for (int k = 0; k < u->inputs; ++k) {
            integers_to_double(loop->type, size, at[k], steps[k], in[k]);
            at[k] = (char *)in[k];
            strides[k] = sizeof(double);
        }
        fastact_map_strided(u->function, u->pass, FASTACT_F64, (size_t)size, at, strides);
    }
}

/* the library's number of NumPy's type, or -1 for those that are converted */
static int dtype_of_type(int type) {
    switch (type) {
    case NPY_FLOAT: return FASTACT_F32;
    case NPY_DOUBLE: return FASTACT_F64;
    case NPY_HALF: return FASTACT_F16;
    default: return PyTypeNum_ISUSERDEF(type) ? FASTACT_BF16 : -1;
    }
}

static void numpy_loop(char **arguments, npy_intp const *dimensions, npy_intp const *steps, void *data) {
    enum { REPORTED = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW };
    const ufunc_loop *loop = data;
    const ufunc_record *u = loop->record;
    const int before = fetestexcept(REPORTED), dtype = dtype_of_type(loop->type);
    if (dtype >= 0)
        fastact_map_strided(u->function, u->pass, (fastact_dtype)dtype, (size_t)dimensions[0], arguments, (const ptrdiff_t *)steps);
    else
        converting_loop(loop, dimensions[0], arguments, steps);
    /* NumPy turns flags into warnings: those of the kernels say nothing about the result */
    const int raised = fetestexcept(REPORTED) & ~before;
    if (raised) feclearexcept(raised);
}

/* ------------------------------------------------------------------ making them */

PyObject *fastact_ufunc_make(const fastact_function *function, fastact_pass pass, const char *name) {
    ufunc_record *u = PyMem_Calloc(1, sizeof *u); /* lives as long as the process, as ufuncs do */
    if (!u) return PyErr_NoMemory();
    u->function = function;
    u->pass = pass;
    u->inputs = pass >= FASTACT_BACKWARD || function->kind == FASTACT_LOSS ? 2 : 1;
    u->parameters = function->parameter_count;
    if (u->parameters > MAX_PARAMETERS || strlen(name) >= sizeof u->name)
        return PyErr_Format(PyExc_SystemError, "%s has more parameters or a longer name than a ufunc record holds", name);
    strcpy(u->name, name);
    for (int dtype = FASTACT_F32; dtype <= FASTACT_BF16; ++dtype) { /* the quickest are worth it from half as many elements on as usual */
        const size_t half = fastact_threads_from(function, pass, (fastact_dtype)dtype) / 2;
        u->release_from[dtype] = fastact_release_from(function, pass, (fastact_dtype)dtype);
        u->shared_from[dtype] = half > SHARED_ELEMENTS ? (npy_intp)half : SHARED_ELEMENTS + 1;
    }
    for (int k = 0; k < u->parameters; ++k) {
        u->defaults[k] = function->parameters[k].default_value;
        u->is_required[k] = isnan(u->defaults[k]);
        u->default_objects[k] = PyFloat_FromDouble(u->defaults[k]);
        u->parameter_names[k] = PyUnicode_InternFromString(function->parameters[k].name);
        if (!u->default_objects[k] || !u->parameter_names[k]) return NULL;
    }
    char *type = u->types;
    for (int i = 0; i < LOOPS; ++i) {
        const char input = loop_types[i], is_float = input == NPY_HALF || input == NPY_FLOAT;
        u->loops[i] = (ufunc_loop){u, input};
        u->loop_functions[i] = numpy_loop;
        u->loop_data[i] = &u->loops[i];
        for (int k = 0; k < u->inputs; ++k) *type++ = input;
        for (int k = 0; k < u->parameters; ++k) *type++ = is_float ? NPY_FLOAT : NPY_DOUBLE;
        *type++ = is_float ? input : NPY_DOUBLE;
    }
    PyObject *ufunc = PyUFunc_FromFuncAndData(u->loop_functions, u->loop_data, u->types, LOOPS, u->inputs + u->parameters, 1, PyUFunc_None,
                                              u->name, "", 0);
    if (!ufunc) return NULL;
    const Py_ssize_t offset = Py_TYPE(ufunc)->tp_vectorcall_offset;
    if (offset <= 0) return PyErr_Format(PyExc_ImportError, "fastact: this NumPy has ufuncs without vectorcall, which fastact builds on");
    vectorcallfunc *slot = (vectorcallfunc *)((char *)ufunc + offset);
    u->numpy_call = *slot;
    *slot = fastact_ufunc_call;
    return ufunc;
}

int fastact_ufunc_set_routes(PyObject *ufunc, PyObject *keyword, PyObject *routes) {
    ufunc_record *u = ufunc_record_of(ufunc);
    Py_XSETREF(u->route_keyword, Py_NewRef(keyword));
    Py_XSETREF(u->routes, Py_NewRef(routes));
    return 0;
}

int fastact_ufunc_add_bfloat16(PyObject *ufunc, PyArray_Descr *descr) {
    ufunc_record *u = ufunc_record_of(ufunc);
    int types[MAX_ARGUMENTS];
    const int last = u->inputs + u->parameters;
    for (int k = 0; k <= last; ++k) types[k] = k < u->inputs || k == last ? descr->type_num : NPY_FLOAT;
    u->bfloat16_loop = (ufunc_loop){u, descr->type_num};
    if (PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, descr->type_num, numpy_loop, types, &u->bfloat16_loop) < 0) return -1;
    Py_XSETREF(fastact_descrs[FASTACT_BF16], (PyArray_Descr *)Py_NewRef(descr));
    return 0;
}
