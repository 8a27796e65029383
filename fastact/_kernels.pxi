# Thin entries to the kernels of every kind over plain arrays; a part of _core.pyx.
from libc.math cimport fma
from libc.string cimport memcpy


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


def widen(cnp.ndarray numbers):
    """float16 or bfloat16 numbers, plain, as new floats."""
    cdef cnp.ndarray wide = cnp.PyArray_SimpleNew(numbers.ndim, cnp.PyArray_DIMS(numbers), cnp.NPY_FLOAT)
    _converted(fastact_widen(_dtype(numbers), cnp.PyArray_SIZE(numbers), cnp.PyArray_DATA(numbers), <float *>cnp.PyArray_DATA(wide)))
    return wide


def narrow(cnp.ndarray wide, cnp.ndarray numbers):
    """Floats rounded into an array of float16 or bfloat16, both plain."""
    if cnp.PyArray_TYPE(wide) != cnp.NPY_FLOAT or cnp.PyArray_SIZE(wide) != cnp.PyArray_SIZE(numbers) or _dtype(wide) != FASTACT_F32:
        raise SystemError("what is rounded to 16 bits is no plain array of as many floats")
    _converted(fastact_narrow(_dtype(numbers), cnp.PyArray_SIZE(wide), <float *>cnp.PyArray_DATA(wide), cnp.PyArray_DATA(numbers)))


def copy_turned(cnp.ndarray source, cnp.ndarray to):
    """to[...] = source where both are of one dtype and shape and lie in different orders, each along some axis; whether it was done."""
    return fastact_copy_turned(source, to) != 0


def copy_where(cnp.ndarray mask, cnp.ndarray source, double fill, cnp.ndarray to):
    """to[...] = np.where(mask, source, fill) of plain arrays of one shape, to may be source; whether it was done."""
    return fastact_copy_where(mask, source, fill, to) != 0


cdef int _converted(fastact_status status) except -1:
    if status != FASTACT_OK:
        raise SystemError(fastact_status_text(status).decode())
    return 0


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


cdef fastact_along _along(array, fastact_dtype dtype) except *:
    """Where an (outer, columns, inner) array lies; NULL for None."""
    cdef fastact_along lies
    lies.at = NULL
    lies.outer = lies.column = lies.inner = 0
    if array is None:
        return lies
    if array.ndim != 3 or _number(array) != dtype or not cnp.PyArray_ISNOTSWAPPED(array):
        raise SystemError("an array is not of rows along its middle axis")
    lies.at = cnp.PyArray_DATA(<cnp.ndarray>array)
    lies.outer, lies.column, lies.inner = array.strides
    return lies


cdef class Rows(Kernel):
    """Row-wise: plain (rows, columns) arrays, or (outer, columns, inner) ones that lie in any order; the value and its gradient with as
    many columns as the function leaves.

    The caller has made sure of the shapes; `parameter` None is the default.
    """

    def value(self, cnp.ndarray x, cnp.ndarray y, parameter=None):
        self.run(FASTACT_VALUE, x, None, y, x, parameter)

    def backward(self, cnp.ndarray grad, cnp.ndarray of, cnp.ndarray dx, parameter=None):
        self.run(FASTACT_BACKWARD, grad, of, dx, of, parameter)

    cdef run(self, fastact_pass pass_, cnp.ndarray a, b, cnp.ndarray out, cnp.ndarray whole, parameter):
        cdef fastact_dtype dtype = _number(a)
        cdef fastact_along first, second, to
        cdef size_t outer = whole.shape[0], columns = whole.shape[1], inner = whole.shape[2] if whole.ndim == 3 else 1
        cdef double setting = 0 if parameter is None else parameter
        cdef const double *settings = NULL if parameter is None else &setting
        cdef fastact_status status
        _need_kernels(self.function)
        if whole.ndim == 3:
            first, second, to = _along(a, dtype), _along(b, dtype), _along(out, dtype)
            with nogil:
                status = fastact_rows_along(self.function, pass_, dtype, outer, columns, inner, &first, &second, &to, settings)
        else:
            first.at, second.at, to.at = _data(a, dtype), _data(b, dtype), _data(out, dtype)
            with nogil:
                status = fastact_rows(self.function, pass_, dtype, outer, columns, first.at, second.at, to.at, settings)
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
    """With a learned parameter: x as (outer, channels, inner), the parameter as (channels,), floats where a value is asked of 16 bits."""

    def value(self, tuple sizes, cnp.ndarray x, cnp.ndarray parameter, cnp.ndarray y):
        cdef fastact_dtype dtype = _dtype(x)
        cdef size_t outer = sizes[0], channels = sizes[1], inner = sizes[2]
        cdef void *p = _data(parameter, FASTACT_F64 if dtype == FASTACT_F64 else FASTACT_F32)
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
    """Loss of the rows of a plain (rows, columns) array of scores, or of an (outer, columns, inner) one that lies in any order, with int64
    labels or rows of targets. `parameters` None are the defaults."""

    def __call__(self, cnp.ndarray logits, labels, class_weight=None, row_weight=None, ignore_index=None, double label_smoothing=0.0,
                 double gradient_scale=1.0, loss=None, gradient=None, targets=None, tuple parameters=None):
        """(sum of weighted losses, sum of weights); loss and gradient receive their elements unless None."""
        cdef double sums[2]
        cdef double values[4]
        cdef fastact_row_loss_options options
        cdef int k
        cdef fastact_dtype dtype = _number(logits)
        cdef size_t outer = logits.shape[0], columns = logits.shape[1], inner = logits.shape[2] if logits.ndim == 3 else 1
        cdef fastact_along z, t, g
        cdef void *l = _data(loss, dtype)
        cdef fastact_status status
        _need_kernels(self.function)
        for k in range(0 if parameters is None else len(parameters)):
            values[k] = parameters[k]
        options.labels = NULL
        if labels is not None:
            options.labels = _labels(labels)
        options.targets = NULL
        options.parameters = NULL if parameters is None else values
        options.class_weight = _data(class_weight, dtype)
        options.row_weight = _data(row_weight, dtype)
        options.has_ignore_index = ignore_index is not None
        options.ignore_index = 0 if ignore_index is None else ignore_index
        options.label_smoothing = label_smoothing
        options.gradient_scale = gradient_scale
        if logits.ndim == 3:
            z, t, g = _along(logits, dtype), _along(targets, dtype), _along(gradient, dtype)
            with nogil:
                status = fastact_row_loss_along(self.function, dtype, outer, columns, inner, &z, &t if t.at else NULL, &options, sums, l,
                                                &g if g.at else NULL)
        else:
            z.at, options.targets, g.at = _data(logits, dtype), _data(targets, dtype), _data(gradient, dtype)
            with nogil:
                status = fastact_row_loss(self.function, dtype, outer, columns, z.at, &options, sums, l, g.at)
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
