# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, freethreading_compatible=True
"""The compiled core: the C catalog as Python objects, and thin entries to the C library. No mathematics here."""

cimport numpy as cnp
from libc.stdint cimport int64_t
from libc.stddef cimport size_t

cnp.import_array()
cnp.import_umath()

cdef extern from "fastact.h":
    ctypedef enum fastact_status:
        FASTACT_OK
        FASTACT_ERROR_LABEL
    ctypedef enum fastact_dtype:
        FASTACT_F32
        FASTACT_F64
    ctypedef enum fastact_pass:
        FASTACT_VALUE
        FASTACT_BACKWARD
    ctypedef struct fastact_parameter:
        const char *name
        double default_value
    ctypedef struct fastact_function:
        const char *name
        int kind
        const char *aliases
        const char *formula
        const char *derivative
        unsigned passes
        int backward_takes_output
        int parameter_count
        const fastact_parameter *parameters
        double max_ulp_f32[2]
        double max_ulp_f64[2]
    ctypedef struct fastact_row_loss_options:
        const int64_t *labels
        const void *class_weight
        const void *row_weight
        int64_t ignore_index
        int has_ignore_index
        double label_smoothing
        double gradient_scale
    const char *fastact_version_text "fastact_version"()
    const char *fastact_isa()
    fastact_status fastact_set_isa(const char *)
    const char *const *fastact_isas()
    int fastact_get_num_threads()
    fastact_status fastact_set_num_threads(int)
    const char *fastact_status_text(fastact_status)
    const fastact_function *fastact_functions(size_t *)
    const fastact_function *fastact_find(const char *)
    fastact_status fastact_rows(const fastact_function *, fastact_pass, fastact_dtype, size_t, size_t, const void *, const void *,
                                void *) nogil
    fastact_status fastact_loss(const fastact_function *, fastact_dtype, size_t, const void *, const void *, const void *, double,
                                double *, void *, void *) nogil
    fastact_status fastact_row_loss(const fastact_function *, fastact_dtype, size_t, size_t, const void *,
                                    const fastact_row_loss_options *, double *, void *, void *) nogil

cdef extern from "numpy/arrayobject.h":
    object PyArray_NewLikeArray "PyArray_NewLikeArray"(cnp.ndarray, cnp.NPY_ORDER, void *, int)

cdef extern from "_ufunc.h":
    int fastact_fast_path
    int fastact_prepare_names() except -1
    object fastact_make_ufunc(const fastact_function *, fastact_pass, const char *, const char *)
    int fastact_set_approximations(object, object) except -1

KINDS = ("elementwise", "rowwise", "loss", "row_loss")
PASSES = ("value", "derivative", "backward", "backward_from_output")
cdef list _texts = []  # names and docstrings that NumPy only points to


def catalog():
    """The registry of the C library, one dictionary a function."""
    cdef size_t count, i
    cdef const fastact_function *all_ = fastact_functions(&count)
    cdef const fastact_function *f
    found = []
    for i in range(count):
        f = all_ + i
        found.append({
            "name": f.name.decode(),
            "kind": KINDS[f.kind],
            "aliases": tuple(f.aliases.decode().split()),
            "formula": f.formula.decode(),
            "derivative": f.derivative.decode(),
            "passes": tuple(name for k, name in enumerate(PASSES) if f.passes >> k & 1),
            "backward_takes_output": bool(f.backward_takes_output),
            "parameters": {f.parameters[k].name.decode(): f.parameters[k].default_value for k in range(f.parameter_count)},
            "max_ulp": {"float32": (f.max_ulp_f32[0], f.max_ulp_f32[1]), "float64": (f.max_ulp_f64[0], f.max_ulp_f64[1])},
        })
    return found


def make_ufunc(str function, str pass_, str name, str doc):
    """The ufunc of one elementwise pass."""
    cdef bytes key = function.encode(), c_name = name.encode(), c_doc = doc.encode()
    cdef const fastact_function *f = fastact_find(key)
    if f is NULL:
        raise KeyError(function)
    _texts.extend((c_name, c_doc))
    return fastact_make_ufunc(f, <fastact_pass><int>PASSES.index(pass_), c_name, c_doc)


def set_approximations(ufunc, dict table):
    """Route the keyword `approximate` of a ufunc: value -> ufunc, or (ufunc, parameter value)."""
    fastact_set_approximations(ufunc, table)


def set_fast_path(bint on):
    """Turn the fast path of every ufunc on or off; results are the same."""
    global fastact_fast_path
    cdef bint before = fastact_fast_path
    (&fastact_fast_path)[0] = on
    return before


cdef inline int _dtype(cnp.ndarray a) noexcept:
    """0 float32, 1 float64, -1 anything else or not plain C order."""
    if not cnp.PyArray_ISCARRAY_RO(a):
        return -1
    cdef int number = cnp.PyArray_TYPE(a)
    return 0 if number == cnp.NPY_FLOAT else 1 if number == cnp.NPY_DOUBLE else -1


cdef object _refuse(str name, fastact_status status):
    raise ValueError(f"{name}: {fastact_status_text(status).decode()}")


cdef object _plain_like(cnp.ndarray like, out):
    """A new array like the given one, or `out` if it is plain, writeable and of the same shape and dtype; else None."""
    if out is None:
        return PyArray_NewLikeArray(like, cnp.NPY_CORDER, NULL, 0)
    if type(out) is not cnp.ndarray or _dtype(<cnp.ndarray>out) != _dtype(like):
        return None
    if not cnp.PyArray_ISWRITEABLE(<cnp.ndarray>out) or not cnp.PyArray_SAMESHAPE(<cnp.ndarray>out, like):
        return None
    return out


cdef class Rows:
    """One row-wise pass over C-contiguous arrays whose last axis is a row."""

    cdef const fastact_function *function
    cdef fastact_pass pass_
    cdef str name

    def __init__(self, str function, bint backward):
        cdef bytes key = function.encode()
        self.function = fastact_find(key)
        self.pass_ = FASTACT_BACKWARD if backward else FASTACT_VALUE
        self.name = function + (".backward" if backward else "")

    def __call__(self, first, second, out):
        """The result for plain arrays of one shape and dtype, in `out` or a new array; None when the call is not that simple."""
        if type(first) is not cnp.ndarray:
            return None
        cdef cnp.ndarray a = <cnp.ndarray>first
        cdef int dtype = _dtype(a), nd = cnp.PyArray_NDIM(a)
        cdef size_t rows = 1
        cdef void *second_data = NULL
        cdef fastact_status status
        if dtype < 0 or nd == 0:
            return None
        if second is not None:
            if type(second) is not cnp.ndarray or _dtype(<cnp.ndarray>second) != dtype or not cnp.PyArray_SAMESHAPE(a, <cnp.ndarray>second):
                return None
            second_data = cnp.PyArray_DATA(<cnp.ndarray>second)
        out = _plain_like(a, out)
        if out is None:
            return None
        cdef size_t columns = cnp.PyArray_DIM(a, nd - 1)
        for k in range(nd - 1):
            rows *= cnp.PyArray_DIM(a, k)
        cdef void *data = cnp.PyArray_DATA(a)
        cdef void *to = cnp.PyArray_DATA(<cnp.ndarray>out)
        with nogil:
            status = fastact_rows(self.function, self.pass_, <fastact_dtype>dtype, rows, columns, data, second_data, to)
        return out if status == FASTACT_OK else None  # partial overlap: the caller copies


cdef class Loss:
    """A pointwise loss over plain arrays of one shape."""

    cdef const fastact_function *function
    cdef str name

    def __init__(self, str function):
        cdef bytes key = function.encode()
        self.function = fastact_find(key)
        self.name = function

    def plain(self, pred, target, bint want_gradient=False, grad_out=None):
        """(mean, gradient of the mean or None) for plain arrays of one shape and dtype; None when the call is not that simple."""
        cdef double sums[2]
        cdef void *to = NULL
        cdef fastact_status status
        if type(pred) is not cnp.ndarray or type(target) is not cnp.ndarray:
            return None
        cdef cnp.ndarray p = <cnp.ndarray>pred, t = <cnp.ndarray>target, gradient
        cdef int dtype = _dtype(p)
        cdef size_t n = cnp.PyArray_SIZE(p)
        if dtype < 0 or n == 0 or _dtype(t) != dtype or not cnp.PyArray_SAMESHAPE(p, t):
            return None
        if want_gradient:
            grad_out = _plain_like(p, grad_out)
            if grad_out is None:
                return None
            to = cnp.PyArray_DATA(<cnp.ndarray>grad_out)
        cdef void *a = cnp.PyArray_DATA(p)
        cdef void *b = cnp.PyArray_DATA(t)
        with nogil:
            status = fastact_loss(self.function, <fastact_dtype>dtype, n, a, b, NULL, 1.0 / <double>n, sums, NULL, to)
        if status != FASTACT_OK:
            return None
        return p.dtype.type(sums[0] / <double>n), grad_out

    def __call__(self, cnp.ndarray pred, cnp.ndarray target, weight, double gradient_scale, loss, gradient):
        """(sum of weighted losses, sum of weights); loss and gradient receive elements unless None. All arrays are plain."""
        cdef double sums[2]
        cdef int dtype = _dtype(pred)
        cdef size_t n = cnp.PyArray_SIZE(pred)
        cdef void *w = NULL if weight is None else cnp.PyArray_DATA(<cnp.ndarray>weight)
        cdef void *l = NULL if loss is None else cnp.PyArray_DATA(<cnp.ndarray>loss)
        cdef void *g = NULL if gradient is None else cnp.PyArray_DATA(<cnp.ndarray>gradient)
        cdef void *p = cnp.PyArray_DATA(pred)
        cdef void *t = cnp.PyArray_DATA(target)
        cdef fastact_status status
        with nogil:
            status = fastact_loss(self.function, <fastact_dtype>dtype, n, p, t, w, gradient_scale, sums, l, g)
        if status != FASTACT_OK:
            _refuse(self.name, status)
        return sums[0], sums[1]


cdef class RowLoss:
    """A loss over the rows of a plain (rows, columns) array."""

    cdef const fastact_function *function
    cdef str name

    def __init__(self, str function):
        cdef bytes key = function.encode()
        self.function = fastact_find(key)
        self.name = function

    def plain(self, logits, labels, bint want_gradient=False, grad_out=None):
        """(mean, gradient of the mean or None) for plain scores and int64 labels; None when the call is not that simple."""
        cdef double sums[2]
        cdef void *to = NULL
        cdef fastact_row_loss_options options
        cdef fastact_status status
        if type(logits) is not cnp.ndarray or type(labels) is not cnp.ndarray:
            return None
        cdef cnp.ndarray z = <cnp.ndarray>logits, k = <cnp.ndarray>labels
        cdef int dtype = _dtype(z), nd = cnp.PyArray_NDIM(z)
        if dtype < 0 or nd < 2 or cnp.PyArray_TYPE(k) != cnp.NPY_INT64 or not cnp.PyArray_ISCARRAY_RO(k) or cnp.PyArray_NDIM(k) != nd - 1:
            return None
        cdef size_t rows = cnp.PyArray_SIZE(k), columns = cnp.PyArray_DIM(z, nd - 1)
        if rows * columns == 0 or not cnp.PyArray_CompareLists(cnp.PyArray_DIMS(k), cnp.PyArray_DIMS(z), nd - 1):
            return None
        if want_gradient:
            grad_out = _plain_like(z, grad_out)
            if grad_out is None:
                return None
            to = cnp.PyArray_DATA(<cnp.ndarray>grad_out)
        options.labels = <const int64_t *>cnp.PyArray_DATA(k)
        options.class_weight = options.row_weight = NULL
        options.has_ignore_index = 0
        options.label_smoothing = 0.0
        options.gradient_scale = 1.0 / <double>rows
        cdef void *a = cnp.PyArray_DATA(z)
        with nogil:
            status = fastact_row_loss(self.function, <fastact_dtype>dtype, rows, columns, a, &options, sums, NULL, to)
        if status != FASTACT_OK:
            return None  # the general path says what is wrong
        return z.dtype.type(sums[0] / <double>rows), grad_out

    def __call__(self, cnp.ndarray logits, cnp.ndarray labels, class_weight, row_weight, ignore_index, double label_smoothing,
                 double gradient_scale, loss, gradient):
        """(sum of weighted losses, sum of weights); labels are int64 of as many entries as rows. All arrays are plain."""
        cdef double sums[2]
        cdef fastact_row_loss_options options
        cdef int dtype = _dtype(logits), nd = cnp.PyArray_NDIM(logits)
        cdef size_t rows = cnp.PyArray_SIZE(labels), columns = cnp.PyArray_DIM(logits, nd - 1)
        cdef void *l = NULL if loss is None else cnp.PyArray_DATA(<cnp.ndarray>loss)
        cdef void *g = NULL if gradient is None else cnp.PyArray_DATA(<cnp.ndarray>gradient)
        cdef void *z = cnp.PyArray_DATA(logits)
        cdef fastact_status status
        options.labels = <const int64_t *>cnp.PyArray_DATA(labels)
        options.class_weight = NULL if class_weight is None else cnp.PyArray_DATA(<cnp.ndarray>class_weight)
        options.row_weight = NULL if row_weight is None else cnp.PyArray_DATA(<cnp.ndarray>row_weight)
        options.has_ignore_index = ignore_index is not None
        options.ignore_index = ignore_index or 0
        options.label_smoothing = label_smoothing
        options.gradient_scale = gradient_scale
        with nogil:
            status = fastact_row_loss(self.function, <fastact_dtype>dtype, rows, columns, z, &options, sums, l, g)
        if status == FASTACT_ERROR_LABEL:
            row = int(sums[0])
            raise ValueError(f"{self.name}: label {labels.ravel()[row]} of row {row} is outside [0, {columns})")
        if status != FASTACT_OK:
            _refuse(self.name, status)
        return sums[0], sums[1]


def version():
    return fastact_version_text().decode()


def isa():
    """The instruction set in use."""
    return fastact_isa().decode()


def isas():
    """The instruction sets this machine can run, best last."""
    cdef const char *const *names = fastact_isas()
    found = []
    while names[len(found)] is not NULL:
        found.append(names[len(found)].decode())
    return found


def set_isa(str name):
    """Use another instruction set; results do not change."""
    cdef bytes key = name.encode()
    if fastact_set_isa(key) != FASTACT_OK:
        raise ValueError(f"set_isa: {name!r} is not one of {', '.join(isas())}")


def get_num_threads():
    """Threads that large calls may use."""
    return fastact_get_num_threads()


def set_num_threads(int count):
    """Set how many threads large calls may use; results do not depend on it."""
    if fastact_set_num_threads(count) != FASTACT_OK:
        raise ValueError(f"set_num_threads: count is {count}; 1 or more is accepted")


fastact_prepare_names()
