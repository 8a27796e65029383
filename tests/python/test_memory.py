"""Memory of large outputs: whose it is, that it is used again, what stays of it, and that the arrays are as any other."""

import copy
import ctypes
import gc
import pickle
import resource
import threading
import tracemalloc

import numpy as np
import pytest
from numpy._core.multiarray import get_handler_name

import fastact
from fastact import _core

LARGE = 1 << 20  # bytes
X = np.linspace(-3, 3, 700_000).reshape(700, 1000)
LABELS = np.arange(700) % 1000

MAKERS = {
    "plain": lambda: fastact.gelu(X),
    "two inputs": lambda: fastact.gelu.backward(X, X),
    "strided": lambda: fastact.gelu(X[:, ::2]),
    "integers": lambda: fastact.gelu(LABELS.repeat(1000)),
    "array parameter": lambda: fastact.leaky_relu(X, X[0]),
    "broadcast": lambda: fastact.gelu.backward(X[:, :1], X[0]),
    "float16": lambda: fastact.gelu(X.astype(np.float16)),
    "rows": lambda: fastact.softmax(X),
    "rows, first axis": lambda: fastact.softmax(X, axis=0),
    "rows backward": lambda: fastact.softmax.backward(X, X),
    "rows, float16": lambda: fastact.log_softmax(X.astype(np.float16)),
    "composed": lambda: fastact.crelu(X),
    "gated": lambda: fastact.swiglu(X, X),
    "gated, one array": lambda: fastact.swiglu(X),
    "gated, first axis": lambda: fastact.swiglu(X, axis=0),
    "gated backward": lambda: fastact.swiglu.backward(X, X, X)[1],
    "learned": lambda: fastact.prelu(X, 0.25),
    "loss gradient": lambda: fastact.huber.gradient(X, X),
    "loss of elements": lambda: fastact.huber(X, X, reduction="none"),
    "weighted gradient": lambda: fastact.mse.gradient(X, X, sample_weight=X),
    "hessian": lambda: fastact.huber.gradient_and_hessian(X, X)[1],
    "loss of rows": lambda: fastact.cross_entropy.gradient(X, LABELS),
    "loss of rows, smoothed": lambda: fastact.cross_entropy.gradient(X, LABELS, label_smoothing=0.1),
    "joint loss": lambda: fastact.cosine_similarity_loss.gradient(X, X + 1)[0],
    "penalty": lambda: fastact.l2_penalty.gradient(X),
}


@pytest.fixture(autouse=True)
def start_with_nothing():
    gc.collect()
    fastact.trim()


def owner(array):
    """The array that owns the data of another."""
    while array.base is not None:
        array = array.base
    return array


@pytest.fixture(params=[True, False], ids=["fast path", "NumPy's path"])
def fast_path(request):
    before = _core.set_fast_path(request.param)
    yield
    _core.set_fast_path(before)


# ---- whose memory it is


@pytest.mark.usefixtures("fast_path")
@pytest.mark.parametrize("name", MAKERS)
def test_large_outputs_own_their_data(name):
    y = owner(MAKERS[name]())
    assert y.nbytes >= LARGE
    assert y.flags.owndata
    assert y.flags.writeable
    assert y.flags.aligned
    assert get_handler_name(y) == "fastact"
    assert get_handler_name(np.empty(LARGE)) == get_handler_name() == "default_allocator"  # fastact's own alone


@pytest.mark.usefixtures("fast_path")
def test_small_outputs_are_numpys():
    assert get_handler_name(fastact.gelu(np.ones(LARGE // 8 - 1))) == "default_allocator"
    assert get_handler_name(fastact.gelu(np.ones(LARGE // 8))) == "fastact"
    assert get_handler_name(fastact.gelu.backward(np.ones((700, 1)), np.ones(100))) == "default_allocator"
    assert fastact.gelu(np.empty((0, LARGE))).shape == (0, LARGE)
    assert fastact.gelu(np.ones((LARGE, 0, 3))).size == 0


def test_objects_with_their_own_functions_are_left_alone():
    class Override:
        def __array_ufunc__(self, *args, **keywords):
            return np.empty(LARGE), get_handler_name()

    made, handler = fastact.gelu.backward(X, Override())
    assert get_handler_name(made) == handler == "default_allocator"


def test_order_is_kept():
    x = np.asfortranarray(X)
    for y in (fastact.gelu(x), fastact.leaky_relu(x, np.float64(0.5))):
        assert y.flags.f_contiguous
        assert get_handler_name(y) == "fastact"
    np.testing.assert_array_equal(fastact.gelu(x), fastact.gelu(X))


def test_errors_leave_numpys_memory_in_place():
    with pytest.raises(ValueError, match="gelu"):
        fastact.gelu.backward(X, X[:, :7])
    assert get_handler_name() == "default_allocator"
    with pytest.raises(MemoryError):
        fastact.gelu.backward(np.broadcast_to(1.0, (1 << 30, 1)), np.broadcast_to(1.0, 1 << 20))
    assert get_handler_name() == "default_allocator"
    with pytest.raises(MemoryError):
        _core.new_output((1 << 30, 1 << 20), X.dtype)
    with pytest.raises(ValueError, match="too big"):
        _core.new_output((1 << 40, 1 << 40), X.dtype)
    with pytest.raises(ValueError, match="negative"):
        _core.new_output((-1, 3), X.dtype)
    with pytest.raises(TypeError):
        _core.new_output("wide", X.dtype)


class Handler(ctypes.Structure):
    """PyDataMem_Handler, over the C library's own functions."""

    _fields_ = [("name", ctypes.c_char * 127), ("version", ctypes.c_uint8), ("context", ctypes.c_void_p)] + [
        (name, ctypes.c_void_p) for name in ("malloc", "calloc", "realloc", "free")
    ]


def test_a_handler_that_the_program_set_stays():
    libc, pointer, size = ctypes.CDLL(None), ctypes.c_void_p, ctypes.c_size_t
    libc.malloc.restype, libc.malloc.argtypes = pointer, [size]
    libc.free.restype, libc.free.argtypes = None, [pointer]
    allocate = ctypes.CFUNCTYPE(pointer, pointer, size)(lambda context, n: libc.malloc(n))
    release = ctypes.CFUNCTYPE(None, pointer, pointer, size)(lambda context, block, n: libc.free(block))
    handler = Handler(b"theirs", 1, None, ctypes.cast(allocate, pointer), None, None, ctypes.cast(release, pointer))
    api = ctypes.pythonapi
    api.PyCapsule_New.restype, api.PyCapsule_New.argtypes = ctypes.py_object, [pointer, ctypes.c_char_p, pointer]
    api.PyCapsule_GetPointer.restype, api.PyCapsule_GetPointer.argtypes = pointer, [ctypes.py_object, ctypes.c_char_p]
    table = ctypes.cast(api.PyCapsule_GetPointer(np._core._multiarray_umath._ARRAY_API, None), ctypes.POINTER(pointer))
    set_handler = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object)(table[304])
    name = b"mem_handler"
    before = set_handler(api.PyCapsule_New(ctypes.addressof(handler), name, None))
    try:
        made = [fastact.gelu(X), fastact.gelu(X[:, ::2]), fastact.softmax(X)]
        assert [get_handler_name(y) for y in made] == ["theirs"] * 3
        assert get_handler_name() == "theirs"
        del made
    finally:
        set_handler(before)
    assert get_handler_name() == "default_allocator"


def test_tracemalloc_sees_it():
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        y = fastact.gelu(X)
        assert tracemalloc.get_traced_memory()[0] - before >= y.nbytes
        del y
        assert tracemalloc.get_traced_memory()[0] - before < LARGE
    finally:
        tracemalloc.stop()


# ---- arrays as any other


def test_pickles_and_copies():
    y = fastact.gelu(X)
    expected = np.array(y)
    same = [pickle.loads(pickle.dumps(y, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    same += [y.copy(), copy.copy(y), copy.deepcopy(y), np.array(y)]
    y.__setstate__(y.__reduce__()[2])  # frees the data it had
    np.testing.assert_array_equal(y, expected)
    for other in same:
        np.testing.assert_array_equal(other, expected)


def test_a_view_keeps_the_memory():
    y = fastact.gelu(X)
    view, expected = y[::2], y[::2].copy()
    del y
    for _ in range(3):
        fastact.relu(X)
    np.testing.assert_array_equal(view, expected)


@pytest.mark.parametrize("size", [1, 1000, 120_000, 400_000, 699_999, 720_000, 3_000_000])
def test_resize(size):
    y = fastact.gelu(X).ravel()
    y = y if y.flags.owndata else fastact.gelu(X.ravel())
    expected = np.zeros(size)
    expected[: min(size, y.size)] = y[:size]
    y.resize(size, refcheck=False)
    np.testing.assert_array_equal(y, expected)
    y.resize(4 * LARGE, refcheck=False)  # and on, from wherever it lies now
    np.testing.assert_array_equal(y[:size], expected)
    assert not y[size:].any()
    y.resize(0, refcheck=False)
    y.resize(5, refcheck=False)
    np.testing.assert_array_equal(y, np.zeros(5))


def test_shapes_and_dtypes_may_be_assigned():
    y = fastact.gelu(X)
    expected = y.view(np.uint8).copy()
    y.shape = (1000, 700)
    y.dtype = np.uint8
    np.testing.assert_array_equal(y.ravel(), expected.ravel())
    del y
    assert _core.kept_memory()[0] == 1


# ---- used again, within limits


@pytest.mark.usefixtures("fast_path")
@pytest.mark.parametrize("name", ["plain", "strided", "rows", "gated", "weighted gradient"])
def test_memory_is_used_again(name):
    first = MAKERS[name]()
    at, shape = owner(first).ctypes.data, owner(first).shape
    del first
    blocks, kept, most = _core.kept_memory()
    assert blocks >= 1
    assert LARGE <= kept <= most
    places = set()
    for _ in range(3):  # a block may serve what lies between first, and the result then
        again = owner(MAKERS[name]())
        assert again.shape == shape
        places.add(again.ctypes.data)
        del again
    assert at in places
    assert _core.kept_memory() == (blocks, kept, most)


def test_a_new_large_output_takes_no_new_pages():
    x = np.ones(1 << 24, np.float32)  # 64 MiB, 16 384 small pages
    y = fastact.relu(x)
    y = fastact.relu(x)  # beside the first: two blocks take turns
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(5):
        y = fastact.relu(x)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < 100
    assert y.all()


def test_sizes_that_differ_little_share_a_block():
    y = fastact.relu(np.ones(1_000_000))
    at = y.ctypes.data
    del y
    assert fastact.relu(np.ones(999_999)).ctypes.data == at
    assert fastact.relu(np.ones(500_000)).ctypes.data != at


def test_live_arrays_lie_apart():
    sizes = np.random.default_rng(0).integers(LARGE // 8, LARGE, 60)
    for _ in range(2):  # new blocks, then used ones
        made = [fastact.relu(np.full(n, k)) for k, n in enumerate(sizes)]
        assert all((y == k).all() for k, y in enumerate(made))
        del made


def test_trim():
    assert fastact.trim() == 0
    alive = fastact.gelu(X)
    expected = np.array(alive)
    fastact.gelu(X)
    blocks, kept, _ = _core.kept_memory()
    assert blocks == 1
    assert X.nbytes <= kept <= X.nbytes * 9 / 8
    assert fastact.trim() == kept
    assert _core.kept_memory()[:2] == (0, 0)
    assert fastact.trim() == 0
    np.testing.assert_array_equal(alive, expected)
    np.testing.assert_array_equal(fastact.gelu(X), expected)


def test_blocks_are_limited():
    made = [fastact.relu(np.ones(LARGE // 8 + 2000 * k)) for k in range(100)]
    del made
    blocks, kept, most = _core.kept_memory()
    assert blocks == 32
    assert kept <= most


def test_show_runtime_tells(capsys):
    fastact.gelu(X)
    fastact.show_runtime()
    assert f"5 of at most {_core.kept_memory()[2] >> 20} MiB kept, in 1 blocks" in capsys.readouterr().out


def test_memory_is_freed_by_another_thread():
    box = [fastact.gelu(X)]
    thread = threading.Thread(target=box.clear)
    thread.start()
    thread.join()
    assert _core.kept_memory()[0] == 1
