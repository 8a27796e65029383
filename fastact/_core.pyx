# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, freethreading_compatible=True
"""The compiled core: the C catalog as Python objects, and thin entries to the C library. No mathematics here."""

cimport numpy as cnp
from libc.stdint cimport int64_t
from libc.math cimport fma, isnan
from libc.stddef cimport size_t
from libc.string cimport memcpy

from threading import RLock

cnp.import_array()
cnp.import_umath()

cdef extern from "fastact.h":
    ctypedef enum fastact_status:
        FASTACT_OK
        FASTACT_ERROR_LABEL
    ctypedef enum fastact_dtype:
        FASTACT_F32
        FASTACT_F64
        FASTACT_F16
        FASTACT_BF16
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
        int gate_is_second
        int parameter_count
        const fastact_parameter *parameters
        double max_ulp_f32[2]
        double max_ulp_f64[2]
        const char *hessian
        int targets
        int unit
        int array_count
        const char *const *arrays
        int gradient_count
        const char *const *gradients
    ctypedef void *fastact_kernel_maker(const fastact_function *, fastact_pass, fastact_dtype, int) noexcept
    ctypedef struct fastact_plan:
        int threads
        int around_cache
    fastact_plan fastact_plan_of(const fastact_function *, fastact_pass, fastact_dtype, size_t)
    size_t fastact_threads_from(const fastact_function *, fastact_pass, fastact_dtype)
    fastact_status fastact_set_threads_from(const fastact_function *, fastact_pass, fastact_dtype, size_t)
    void fastact_use_kernels_of(fastact_kernel_maker *, int)
    const fastact_function *fastact_add_function(const char *, const char *, const char *, fastact_kernel_maker *)
    ctypedef struct fastact_row_loss_options:
        const int64_t *labels
        const void *class_weight
        const void *row_weight
        int64_t ignore_index
        int has_ignore_index
        double label_smoothing
        double gradient_scale
        const void *targets
        const double *parameters
    const char *fastact_version_text "fastact_version"()
    const char *fastact_isa()
    fastact_status fastact_set_isa(const char *)
    const char *const *fastact_isas()
    int fastact_get_num_threads()
    fastact_status fastact_set_num_threads(int)
    int fastact_default_num_threads()
    const char *fastact_status_text(fastact_status)
    const fastact_function *fastact_functions(size_t *)
    const fastact_function *fastact_find(const char *)
    fastact_status fastact_rows(const fastact_function *, fastact_pass, fastact_dtype, size_t, size_t, const void *, const void *,
                                 void *, const double *) nogil
    fastact_status fastact_gated(const fastact_function *, fastact_pass, fastact_dtype, size_t, size_t, const void *const *,
                                 const size_t *, void *const *, const size_t *, const double *) nogil
    fastact_status fastact_loss(const fastact_function *, fastact_dtype, size_t, const void *, const void *, const void *,
                                const double *, double, double *, void *, void *, void *) nogil
    fastact_status fastact_row_loss(const fastact_function *, fastact_dtype, size_t, size_t, const void *,
                                    const fastact_row_loss_options *, double *, void *, void *) nogil
    fastact_status fastact_joint_loss(const fastact_function *, fastact_dtype, size_t, size_t, const void *const *, const void *,
                                      const double *, double, double *, void *, void *const *) nogil
    fastact_status fastact_learned(const fastact_function *, fastact_dtype, size_t, size_t, size_t, const void *, const void *,
                                   void *) nogil
    fastact_status fastact_learned_backward(const fastact_function *, fastact_dtype, size_t, size_t, size_t, const void *,
                                            const void *, const void *, void *, void *) nogil

cdef extern from "numpy/arrayobject.h":
    object PyArray_Scalar(void *, cnp.dtype, object)

cdef extern from "numpy/halffloat.h":
    cnp.npy_uint16 npy_double_to_half(double)

cdef extern from "_fastpath.h":
    int fastact_fast_path
    unsigned fastact_kinds_with_kernels
    void *fastact_descrs[4]
    int fastact_fastpath_prepare() except -1
    object fastact_ufunc_make(const fastact_function *, fastact_pass, const char *)
    int fastact_ufunc_set_routes(object, object, object) except -1
    void fastact_ufunc_set_explain(object)
    void fastact_ufunc_set_announce(object)
    int fastact_ufunc_add_bfloat16(object, cnp.dtype) except -1
    const fastact_function *fastact_ufunc_function(object)
    object fastact_new_output(object, cnp.dtype)
    size_t fastact_memory_trim() nogil
    void fastact_memory_kept(int *, size_t *, size_t *)
    const char *BUILD_COMPILER "__VERSION__"
    const char *BUILD_PYTHON "PY_VERSION"
    long BUILD_CYTHON "CYTHON_HEX_VERSION"
    int BUILD_NUMPY_API "NPY_API_VERSION"
    object fastact_callable_make(const fastact_function *, int, object)

TARGETS = ("labels", "probabilities")
KINDS = ("elementwise", "rowwise", "loss", "row_loss", "gated", "learned", "joint_loss")
UNITS = ("elements", "rows", "distances", "weights")
PASSES = ("value", "derivative", "backward", "backward_from_output")
LOSS_PASSES = ("value", "gradient", "value_and_gradient")  # those with plain calls


cdef _row(const fastact_function *f):
    return {
        "name": f.name.decode(),
        "kind": KINDS[f.kind],
        "aliases": tuple(f.aliases.decode().split()),
        "formula": f.formula.decode(),
        "derivative": f.derivative.decode(),
        "hessian": f.hessian.decode(),
        "targets": tuple(name for k, name in enumerate(TARGETS) if f.targets >> k & 1),
        "passes": tuple(name for k, name in enumerate(PASSES) if f.passes >> k & 1),
        "backward_takes_output": bool(f.backward_takes_output),
        "gate": "second" if f.gate_is_second else "first",
        "unit": UNITS[f.unit],
        "arrays": tuple(f.arrays[k].decode() for k in range(f.array_count)),
        "gradients": tuple(f.gradients[k].decode() for k in range(f.gradient_count)),
        "parameters": {
            f.parameters[k].name.decode(): None if isnan(f.parameters[k].default_value) else f.parameters[k].default_value
            for k in range(f.parameter_count)
        },
        "max_ulp": {"float32": (f.max_ulp_f32[0], f.max_ulp_f32[1]), "float64": (f.max_ulp_f64[0], f.max_ulp_f64[1])},
    }


def catalog():
    """The registry of the C library, one dictionary a function."""
    cdef size_t count, i
    cdef const fastact_function *all_ = fastact_functions(&count)
    return [_row(all_ + i) for i in range(count)]


def names():
    """Every name of the registry and every alias -> the name that the registry has."""
    cdef size_t count, i
    cdef const fastact_function *all_ = fastact_functions(&count)
    found = {}
    for i in range(count):
        name = all_[i].name.decode()
        found[name] = name
        for alias in all_[i].aliases.decode().split():
            found[alias] = name
    return found


def row(str name):
    """What the registry says of one function, by its name or an alias."""
    return _row(_find(name))


cdef const fastact_function *_find(str name) except NULL:
    cdef bytes key = name.encode()
    cdef const fastact_function *found = fastact_find(key)
    if found is NULL:
        raise KeyError(name)
    return found


def make_ufunc(str function, str pass_, str name):
    """The ufunc of one elementwise pass, or of a pointwise loss ("value") or its gradient ("derivative")."""
    cdef bytes c_name = name.encode()
    return fastact_ufunc_make(_find(function), <fastact_pass><int>PASSES.index(pass_), c_name)


COMPILED = True  # jit/core.py stands for this module where it is not
FORMS = ("f32", "f64", "f16", "bf16")  # by fastact_dtype
_makers = {None: None}  # maker(name, pass, form, part) -> address, by function; None stands for those of the registry
_use = (None,)  # what use_kernels_of was called with
_replacing = RLock()


cdef void *_made(object key, const fastact_function *f, fastact_pass pass_, fastact_dtype dtype, int part):
    maker = _makers[key]
    cdef size_t address = (maker and maker(f.name.decode(), PASSES[<int>pass_], FORMS[<int>dtype], part)) or 0
    return <void *>address


cdef void *_make(const fastact_function *f, fastact_pass pass_, fastact_dtype dtype, int part) noexcept with gil:
    return _made(None, f, pass_, dtype, part)


cdef void *_make_added(const fastact_function *f, fastact_pass pass_, fastact_dtype dtype, int part) noexcept with gil:
    return _made(<size_t>f, f, pass_, dtype, part)


def use_kernels_of(maker, str alone=None, kinds=("elementwise",), bint threads=True):
    """Kernels from maker(name, pass, form, part), which returns addresses, or None for the library's own; `part` as in fastact_kernel_maker.

    `alone` is the name of a backend of which functions of other kinds shall say that it has none. Without `threads` one runs each.
    """
    global _use
    with _replacing:
        _use = (maker, alone, kinds, threads)
        _makers[None] = maker
        (&fastact_kinds_with_kernels)[0] = <unsigned>0xFFFFFFFF if alone is None else sum(1 << KINDS.index(kind) for kind in kinds)
        if maker is None:
            fastact_use_kernels_of(NULL, True)
        else:
            fastact_use_kernels_of(_make, threads)


def with_own_kernels(call):
    """call() while the library's own kernels run."""
    with _replacing:
        before = _use
        if before[0] is None:
            return call()
        use_kernels_of(None)
        try:
            return call()
        finally:
            use_kernels_of(*before)


cdef int _need_kernels(const fastact_function *f) except -1:
    if not fastact_kinds_with_kernels >> f.kind & 1:
        raise RuntimeError(f"{f.name.decode()}: the {_use[1]} backend has no kernel for it; fastact.set_backend('c') has")
    return 0


def need_kernels(str name):
    """Raises where the backend in use has no kernels of a function."""
    _need_kernels(_find(name))


def plan(str name, str pass_, str form, size_t n):
    """Threads that a call of n elements would use now, and whether its output would be written around the cache."""
    cdef fastact_plan made = fastact_plan_of(
        _find(name), <fastact_pass><int>PASSES.index(pass_), <fastact_dtype><int>FORMS.index(form), n)
    return made.threads, bool(made.around_cache)


NEVER = <size_t>-1


def threads_from(str name, str pass_, str form):
    """Of how many elements a call is worth several threads that are awake; NEVER."""
    return fastact_threads_from(_find(name), <fastact_pass><int>PASSES.index(pass_), <fastact_dtype><int>FORMS.index(form))


def set_threads_from(str name, str pass_, str form, size_t n):
    """Sets it; 0 for the built-in number."""
    fastact_set_threads_from(_find(name), <fastact_pass><int>PASSES.index(pass_), <fastact_dtype><int>FORMS.index(form), n)


def add_function(str name, str formula, str derivative, maker):
    """The ufuncs of a new elementwise function, by pass."""
    cdef bytes own = name.encode(), value = formula.encode(), slope = derivative.encode()
    cdef const fastact_function *f = fastact_add_function(own, value, slope, _make_added)
    if f is NULL:
        raise MemoryError(f"no room for the function {name}")
    _makers[<size_t>f] = maker
    return {
        pass_: fastact_ufunc_make(f, <fastact_pass><int>k, (name if k == 0 else f"{name}.{pass_}").encode())
        for k, pass_ in enumerate(PASSES[:3])
    }


def document(ufunc, make):
    """Gives a ufunc the text that make() returns."""
    ufunc.__doc__ = make()


def make_callable(str function, str pass_, general):
    """A row-wise or gated function or a loss whose plain calls stay in C; `general` answers all others."""
    passes = LOSS_PASSES if "loss" in KINDS[_find(function).kind] else PASSES
    return fastact_callable_make(_find(function), passes.index(pass_), general)


def set_routes(ufunc, str keyword, dict routes):
    """Make a ufunc accept a keyword that is none of its inputs: value -> (ufunc, parameters that follow its inputs)."""
    fastact_ufunc_set_routes(ufunc, keyword, routes)


def parameters_of(ufunc):
    """Names of the parameters of a ufunc made here."""
    cdef const fastact_function *f = fastact_ufunc_function(ufunc)
    return [f.parameters[k].name.decode() for k in range(f.parameter_count)]


_announce = None


def set_announce(announce):
    """announce() is called when an argument has another package's dtype for the first time."""
    global _announce
    _announce = announce
    fastact_ufunc_set_announce(announce)


def add_bfloat16(ufunc, cnp.dtype dtype):
    """Give a ufunc a loop for that dtype of 16 bits."""
    fastact_ufunc_add_bfloat16(ufunc, dtype)


def set_explain(explain):
    """explain(ufunc, arguments, keyword names, exception) may return an exception that says it better, or None."""
    fastact_ufunc_set_explain(explain)


def set_fast_path(bint on):
    """Turn the plain cases on or off and return what was; results are the same."""
    cdef bint before = fastact_fast_path
    (&fastact_fast_path)[0] = on
    return before


cdef inline fastact_dtype _number(cnp.ndarray array) except *:
    """The dtype of an array; another package's of two bytes is bfloat16, as the callers in Python have made sure."""
    cdef int number = cnp.PyArray_TYPE(array)
    if number == cnp.NPY_FLOAT:
        return FASTACT_F32
    if number == cnp.NPY_DOUBLE:
        return FASTACT_F64
    if number == cnp.NPY_FLOAT16:
        return FASTACT_F16
    if cnp.PyTypeNum_ISUSERDEF(number) and cnp.PyArray_ITEMSIZE(array) == 2:
        if fastact_descrs[<int>FASTACT_BF16] is NULL:
            _announce()
        return FASTACT_BF16
    raise SystemError("an array is of no dtype of the library")


cdef inline fastact_dtype _dtype(cnp.ndarray array) except *:
    """The same of an array that the callers in Python have made plain: native and in C order."""
    if not cnp.PyArray_ISCARRAY_RO(array):
        raise SystemError("an array is not plain")
    return _number(array)


cdef inline void *_data(array, fastact_dtype dtype) except? NULL:
    """Address of an optional array, which must be as plain as the first one and of its dtype."""
    if array is None:
        return NULL
    if _dtype(array) != dtype:
        raise SystemError("two arrays are not of one dtype")
    return cnp.PyArray_DATA(<cnp.ndarray>array)


cdef class Kernel:
    """One function of the C library over plain arrays."""

    cdef const fastact_function *function
    cdef readonly str name

    def __init__(self, str name):
        self.function = _find(name)
        self.name = name

    cdef int check(self, fastact_status status) except -1:
        if status != FASTACT_OK:
            raise ValueError(f"{self.name}: {fastact_status_text(status).decode()}")
        return 0


cdef class Rows(Kernel):
    """Row-wise: (rows, columns) arrays, the value and its gradient with as many columns as the function leaves.

    The caller has made sure of the shapes; `parameter` None is the default.
    """

    def value(self, cnp.ndarray x, cnp.ndarray y, parameter=None):
        self.run(FASTACT_VALUE, x, None, y, cnp.PyArray_DIM(x, 0), cnp.PyArray_DIM(x, 1), parameter)

    def backward(self, cnp.ndarray grad, cnp.ndarray of, cnp.ndarray dx, parameter=None):
        self.run(FASTACT_BACKWARD, grad, of, dx, cnp.PyArray_DIM(of, 0), cnp.PyArray_DIM(of, 1), parameter)

    cdef run(self, fastact_pass pass_, cnp.ndarray a, b, cnp.ndarray out, size_t rows, size_t columns, parameter):
        cdef fastact_dtype dtype = _dtype(a)
        cdef void *first = cnp.PyArray_DATA(a)
        cdef void *second = _data(b, dtype)
        cdef void *to = _data(out, dtype)
        cdef double setting = 0 if parameter is None else parameter
        cdef const double *settings = NULL if parameter is None else &setting
        cdef fastact_status status
        _need_kernels(self.function)
        with nogil:
            status = fastact_rows(self.function, pass_, dtype, rows, columns, first, second, to, settings)
        self.check(status)


cdef class Gated(Kernel):
    """Gated: (rows, columns) arrays whose rows are contiguous, any step apart."""

    def value(self, gate, value, y, tuple parameters):
        self.run(FASTACT_VALUE, (gate, value), (y,), parameters)

    def backward(self, grad, gate, value, dgate, dvalue, tuple parameters):
        self.run(FASTACT_BACKWARD, (grad, gate, value), (dgate, dvalue), parameters)

    cdef run(self, fastact_pass pass_, tuple inputs, tuple outputs, tuple parameters):
        cdef const void *at[3]
        cdef void *to[2]
        cdef size_t at_steps[3]
        cdef size_t to_steps[2]
        cdef double values[4]
        cdef size_t rows = inputs[0].shape[0], columns = inputs[0].shape[1]
        cdef fastact_dtype dtype = _number(inputs[0])
        cdef fastact_status status
        _need_kernels(self.function)
        cdef int k
        for k in range(len(inputs)):
            at[k] = _rows_of(inputs[k], dtype, rows, columns, at_steps + k)
        for k in range(len(outputs)):
            to[k] = _rows_of(outputs[k], dtype, rows, columns, to_steps + k)
        for k in range(len(parameters)):
            values[k] = parameters[k]
        with nogil:
            status = fastact_gated(self.function, pass_, dtype, rows, columns, at, at_steps, to, to_steps, values)
        self.check(status)


cdef void *_rows_of(cnp.ndarray array, fastact_dtype dtype, size_t rows, size_t columns, size_t *step) except? NULL:
    """Address of the first row; `step` receives how many elements the next one is away."""
    cdef cnp.npy_intp item = cnp.PyArray_ITEMSIZE(array)
    if array.ndim != 2 or _number(array) != dtype or not cnp.PyArray_ISBEHAVED_RO(array):
        raise SystemError("rows are not plain")
    if <size_t>array.shape[0] != rows or <size_t>array.shape[1] != columns:
        raise SystemError("rows differ in number or length")
    if (columns > 1 and array.strides[1] != item) or (rows > 1 and (array.strides[0] < 0 or array.strides[0] % item)):
        raise SystemError("rows are not contiguous")
    step[0] = array.strides[0] // item if rows > 1 else columns
    return cnp.PyArray_DATA(array)


cdef class Learned(Kernel):
    """With a learned parameter: x as (outer, channels, inner), the parameter as (channels,)."""

    def value(self, tuple sizes, cnp.ndarray x, cnp.ndarray parameter, cnp.ndarray y):
        cdef fastact_dtype dtype = _dtype(x)
        cdef size_t outer = sizes[0], channels = sizes[1], inner = sizes[2]
        cdef void *p = _data(parameter, dtype)
        cdef void *to = _data(y, dtype)
        cdef void *from_ = cnp.PyArray_DATA(x)
        cdef fastact_status status
        _need_kernels(self.function)
        with nogil:
            status = fastact_learned(self.function, dtype, outer, channels, inner, from_, p, to)
        self.check(status)

    def backward(self, tuple sizes, cnp.ndarray grad, cnp.ndarray x, cnp.ndarray parameter, cnp.ndarray dx, cnp.ndarray dparameter):
        cdef fastact_dtype dtype = _dtype(grad)
        cdef size_t outer = sizes[0], channels = sizes[1], inner = sizes[2]
        cdef void *g = cnp.PyArray_DATA(grad)
        cdef void *from_ = _data(x, dtype)
        cdef void *p = _data(parameter, dtype)
        cdef void *to = _data(dx, dtype)
        cdef void *sums = _data(dparameter, dtype)
        cdef fastact_status status
        _need_kernels(self.function)
        with nogil:
            status = fastact_learned_backward(self.function, dtype, outer, channels, inner, g, from_, p, to, sums)
        self.check(status)


cdef class Loss(Kernel):
    """Pointwise loss: arrays of one size. `parameters` None are the defaults."""

    def __call__(self, cnp.ndarray pred, cnp.ndarray target, weight=None, tuple parameters=None, double gradient_scale=1.0, loss=None,
                 gradient=None, hessian=None, bint summed=True):
        """(sum of weighted losses, sum of weights), or None; loss, gradient and hessian receive their elements unless None."""
        cdef double sums[2]
        cdef double values[4]
        cdef const double *settings = NULL if parameters is None else values
        cdef double *totals = sums if summed else NULL
        cdef fastact_dtype dtype = _dtype(pred)
        cdef size_t n = cnp.PyArray_SIZE(pred)
        cdef void *p = cnp.PyArray_DATA(pred)
        cdef void *t = _data(target, dtype)
        cdef void *w = _data(weight, dtype)
        cdef void *l = _data(loss, dtype)
        cdef void *g = _data(gradient, dtype)
        cdef void *h = _data(hessian, dtype)
        cdef fastact_status status
        _need_kernels(self.function)
        cdef int k
        for k in range(0 if parameters is None else len(parameters)):
            values[k] = parameters[k]
        with nogil:
            status = fastact_loss(self.function, dtype, n, p, t, w, settings, gradient_scale, totals, l, g, h)
        self.check(status)
        return (sums[0], sums[1]) if summed else None


cdef class Joint(Kernel):
    """Joint loss: arrays of (rows, columns), or of any shape where elements have losses."""

    def __call__(self, tuple arrays, tuple parameters, weight=None, double gradient_scale=1.0, loss=None, tuple gradients=()):
        """(sum of weighted losses, sum of weights); loss and gradients receive their elements unless None."""
        cdef double sums[2]
        cdef double values[4]
        cdef const void *in_[3]
        cdef void *out[3]
        cdef cnp.ndarray first = arrays[0]
        cdef fastact_dtype dtype = _dtype(first)
        cdef bint has_rows = self.function.unit in (1, 2)
        cdef size_t rows = cnp.PyArray_DIM(first, 0) if has_rows else cnp.PyArray_SIZE(first)
        cdef size_t columns = cnp.PyArray_DIM(first, 1) if has_rows else 1
        cdef void *w = _data(weight, dtype)
        cdef void *l = _data(loss, dtype)
        cdef fastact_status status
        _need_kernels(self.function)
        cdef int k
        for k in range(len(arrays)):
            in_[k] = _data(arrays[k], dtype)
        for k in range(3):
            out[k] = _data(gradients[k], dtype) if k < len(gradients) else NULL
        for k in range(len(parameters)):
            values[k] = parameters[k]
        with nogil:
            status = fastact_joint_loss(self.function, dtype, rows, columns, in_, w, values, gradient_scale, sums, l, out)
        self.check(status)
        return sums[0], sums[1]


def total_weight(cnp.ndarray weight):
    """The sum of weights, taken in the order of the pointwise losses."""
    return Loss("mean_absolute_error")(weight, weight, weight)[1]


class LabelError(ValueError):
    """A label is no class; `row` counts through all rows."""

    def __init__(self, row):
        self.row = row


cdef inline const int64_t *_labels(cnp.ndarray labels) except NULL:
    if cnp.PyArray_TYPE(labels) != cnp.NPY_INT64 or not cnp.PyArray_ISCARRAY_RO(labels):
        raise SystemError("labels are not plain")
    return <const int64_t *>cnp.PyArray_DATA(labels)


cdef class RowLoss(Kernel):
    """Loss of the rows of a (rows, columns) array of scores, with int64 labels or rows of targets. `parameters` None are the defaults."""

    def __call__(self, cnp.ndarray logits, labels, class_weight=None, row_weight=None, ignore_index=None, double label_smoothing=0.0,
                 double gradient_scale=1.0, loss=None, gradient=None, targets=None, tuple parameters=None):
        """(sum of weighted losses, sum of weights); loss and gradient receive their elements unless None."""
        cdef double sums[2]
        cdef double values[4]
        cdef fastact_row_loss_options options
        cdef int k
        cdef fastact_dtype dtype = _dtype(logits)
        cdef size_t rows = cnp.PyArray_DIM(logits, 0), columns = cnp.PyArray_DIM(logits, 1)
        cdef void *z = cnp.PyArray_DATA(logits)
        cdef void *l = _data(loss, dtype)
        cdef void *g = _data(gradient, dtype)
        cdef fastact_status status
        _need_kernels(self.function)
        for k in range(0 if parameters is None else len(parameters)):
            values[k] = parameters[k]
        options.labels = NULL
        if labels is not None:
            options.labels = _labels(labels)
        options.targets = _data(targets, dtype)
        options.parameters = NULL if parameters is None else values
        options.class_weight = _data(class_weight, dtype)
        options.row_weight = _data(row_weight, dtype)
        options.has_ignore_index = ignore_index is not None
        options.ignore_index = 0 if ignore_index is None else ignore_index
        options.label_smoothing = label_smoothing
        options.gradient_scale = gradient_scale
        with nogil:
            status = fastact_row_loss(self.function, dtype, rows, columns, z, &options, sums, l, g)
        if status == FASTACT_ERROR_LABEL:
            raise LabelError(int(sums[0]))
        self.check(status)
        return sums[0], sums[1]

    def total_weight(self, cnp.ndarray labels, int64_t columns, class_weight, row_weight, ignore_index):
        """What a mean divides by: class weight times row weight of the rows that count.

        Added up as the kernel does, to the bit of its own sum: two doubles, exact products, rows in blocks of 16384 scores, then
        the blocks.
        """
        cdef const int64_t *k = _labels(labels)
        cdef int64_t ignored = 0 if ignore_index is None else ignore_index
        cdef bint has_ignored = ignore_index is not None
        cdef Py_ssize_t row, rows = cnp.PyArray_SIZE(labels), left = 0
        cdef int64_t block = max(16384 // max(columns, 1), 1)
        cdef const double *c = NULL
        cdef const double *r = NULL
        cdef double c_row, r_row, product
        cdef double[2] total, part
        if class_weight is None and row_weight is None and not has_ignored:
            return <double>rows
        if class_weight is not None:
            class_weight = class_weight.astype("float64", order="C")
            c = <const double *>cnp.PyArray_DATA(<cnp.ndarray>class_weight)
        if row_weight is not None:
            row_weight = row_weight.astype("float64", order="C")
            r = <const double *>cnp.PyArray_DATA(<cnp.ndarray>row_weight)
        total[0] = total[1] = part[0] = part[1] = 0
        with nogil:
            for row in range(rows):
                if left == 0:
                    _add_pair(total, part[0], part[1])
                    part[0] = part[1] = 0
                    left = block
                left -= 1
                if (has_ignored and k[row] == ignored) or k[row] < 0 or k[row] >= columns:
                    continue
                c_row = 1.0 if c is NULL else c[k[row]]
                r_row = 1.0 if r is NULL else r[row]
                product = c_row * r_row
                _add_pair(part, product, fma(c_row, r_row, -product))
        _add_pair(total, part[0], part[1])
        return total[0] + total[1] if total[0] - total[0] == 0 else total[0]  # of an infinite total the low part is NaN


cdef inline void _add_pair(double *sum, double high, double low) noexcept nogil:
    """sum = sum + (high, low), both unevaluated sums of two doubles."""
    cdef double total = sum[0] + high
    cdef double back = total - sum[0]
    sum[1] = ((sum[0] - (total - back)) + (high - back)) + (sum[1] + low)
    sum[0] = total


def scalar(double value, dtype):
    """The NumPy scalar of a float dtype; rounding to it raises no warning, as dtype.type(value) would."""
    cdef float single = <float>value
    cdef cnp.npy_uint16 half
    cdef int number = dtype.num
    if number == cnp.NPY_FLOAT16:
        half = npy_double_to_half(value)
        return PyArray_Scalar(&half, dtype, None)
    if number == cnp.NPY_FLOAT:
        return PyArray_Scalar(&single, dtype, None)
    if number == cnp.NPY_FLOAT64:
        return PyArray_Scalar(&value, dtype, None)
    half = _bfloat16(single)
    return PyArray_Scalar(&half, dtype, None)


cdef cnp.npy_uint16 _bfloat16(float value):
    """The upper half of a float, rounded to nearest even."""
    cdef cnp.npy_uint32 bits
    memcpy(&bits, &value, 4)
    if value != value:
        return 0x7FC0
    return <cnp.npy_uint16>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16)


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
    return fastact_get_num_threads()


def set_num_threads(int count):
    fastact_set_num_threads(count)


def default_num_threads():
    return fastact_default_num_threads()


def get_fast_path():
    """Whether plain calls are answered in C."""
    return bool(fastact_fast_path)


def new_output(shape, cnp.dtype dtype not None):
    """np.empty for outputs: a large one lies in memory that an earlier one had."""
    return fastact_new_output(shape, dtype)


def trim():
    """Give the memory kept for large outputs back to the system; how many bytes it was."""
    cdef size_t given_back
    with nogil:
        given_back = fastact_memory_trim()
    return given_back


def kept_memory():
    """(blocks, bytes) kept for large outputs, and how many bytes may be."""
    cdef int count
    cdef size_t bytes_, most
    fastact_memory_kept(&count, &bytes_, &most)
    return count, bytes_, most


def build():
    """What the extension was compiled with."""
    return {
        "compiler": BUILD_COMPILER.decode(),
        "python": BUILD_PYTHON.decode(),
        "cython": f"{BUILD_CYTHON >> 24}.{BUILD_CYTHON >> 16 & 255}.{BUILD_CYTHON >> 8 & 255}",
        "numpy_api": f"{BUILD_NUMPY_API:#x}",
    }


fastact_fastpath_prepare()
set_num_threads(default_num_threads())
