# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, freethreading_compatible=True
"""The compiled core: the C catalog as Python objects, and thin entries to the C library. No mathematics here."""

cimport numpy as cnp
from libc.math cimport isnan
from cpython.exc cimport PyErr_SetInterrupt
from libc.stddef cimport size_t

from _thread import RLock  # what threading has too, without its import

cnp.import_array()
cnp.import_umath()

TARGETS = ("labels", "probabilities")
KINDS = ("elementwise", "rowwise", "loss", "row_loss", "gated", "learned", "joint_loss")
UNITS = ("elements", "rows", "distances", "weights")
PASSES = ("value", "derivative", "backward", "backward_from_output")
LOSS_PASSES = ("value", "gradient", "value_and_gradient", "gradient_and_hessian")  # those with plain calls


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
    """An interruption from the keyboard waits for the kernel: the call that needs one cannot fail, and asks for it only once."""
    maker, what = _makers[key], (f.name.decode(), PASSES[<int>pass_], FORMS[<int>dtype], part)
    cdef size_t address = 0
    interrupted = False
    for _ in range(3):
        try:
            address = (maker and maker(*what)) or 0
            break
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        PyErr_SetInterrupt()
    return <void *>address


cdef void *_make(const fastact_function *f, fastact_pass pass_, fastact_dtype dtype, int part) noexcept with gil:
    return _made(None, f, pass_, dtype, part)


cdef void *_make_added(const fastact_function *f, fastact_pass pass_, fastact_dtype dtype, int part) noexcept with gil:
    return _made(<size_t>f, f, pass_, dtype, part)


def use_kernels_of(maker, str alone=None, kinds=("elementwise",), bint threads=True):
    """Kernels from maker(name, pass, form, part), which returns addresses, or None for the library's own; fastact_kernel_maker says what
    `part` is.

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
    """Threads that a call of n elements would use now, whether its output would be written around the cache, and of how many
    elements a call is worth several threads that are awake, as quick as these are now."""
    cdef fastact_plan made = fastact_plan_of(
        _find(name), <fastact_pass><int>PASSES.index(pass_), <fastact_dtype><int>FORMS.index(form), n)
    return made.threads, bool(made.around_cache), made.threads_from


def plan_of(ufunc, str form, size_t n):
    """The same of an elementwise ufunc that was made here."""
    cdef fastact_plan made = fastact_plan_of(fastact_ufunc_function(ufunc), FASTACT_VALUE, <fastact_dtype><int>FORMS.index(form), n)
    return made.threads, bool(made.around_cache), made.threads_from


NEVER = <size_t>-1


def threads_from(str name, str pass_, str form):
    """Of how many elements a call is worth several threads that are awake and as quick to call as usual; NEVER."""
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


def make_callable(str function, str pass_, general, tuple parameters=(), axis="none", str from_zero=None):
    """A function that is no ufunc, or a loss, whose plain calls stay in C; `general` answers all others.

    parameters: of pointwise and joint losses, (interned name, words that stand for numbers, function that says whether a number is
    accepted) each. Of joint losses, axis: the default of that argument, "none" where there is none, and from_zero: the array whose
    negative numbers the general form refuses.
    """
    cdef const fastact_function *f = _find(function)
    passes = LOSS_PASSES if "loss" in KINDS[f.kind] else PASSES
    place = -1 if from_zero is None else [f.arrays[k].decode() for k in range(f.array_count)].index(from_zero)
    return fastact_callable_make(f, passes.index(pass_), general, parameters, ("none", -1, None).index(axis), place)


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


include "_kernels.pxi"


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
