# What the compiled core takes from the C library and from the C files beside it.
cimport numpy as cnp
from libc.stdint cimport int64_t

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
        size_t threads_from
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
    fastact_status fastact_widen(fastact_dtype, size_t, const void *, float *) nogil
    fastact_status fastact_narrow(fastact_dtype, size_t, const float *, void *) nogil
    ctypedef struct fastact_along:
        void *at
        ptrdiff_t outer
        ptrdiff_t column
        ptrdiff_t inner
    fastact_status fastact_rows_along(const fastact_function *, fastact_pass, fastact_dtype, size_t, size_t, size_t,
                                      const fastact_along *, const fastact_along *, const fastact_along *, const double *) nogil
    fastact_status fastact_row_loss_along(const fastact_function *, fastact_dtype, size_t, size_t, size_t, const fastact_along *,
                                          const fastact_along *, const fastact_row_loss_options *, double *, void *,
                                          const fastact_along *) nogil
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
    int fastact_copy_turned(cnp.ndarray, cnp.ndarray)
    int fastact_copy_where(cnp.ndarray, cnp.ndarray, double, cnp.ndarray)
    size_t fastact_memory_trim() nogil
    void fastact_memory_kept(int *, size_t *, size_t *)
    const char *BUILD_COMPILER "__VERSION__"
    const char *BUILD_PYTHON "PY_VERSION"
    long BUILD_CYTHON "CYTHON_HEX_VERSION"
    int BUILD_NUMPY_API "NPY_API_VERSION"
    object fastact_callable_make(const fastact_function *, int, object, tuple, int, int)
