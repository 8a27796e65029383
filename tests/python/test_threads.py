"""Threads: the same bits from any number of them, for every function; where the number comes from; callers of many kinds; nothing left
running.

Whatever forks, or looks at all threads of a process, runs in a process of its own.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from helpers import FUNCTIONS, REQUIRED, names_of, run_python, same_bits, where_installed

import fastact

COUNTS = (2, 3, 8)
N = 1_100_003  # more than the lightest function needs to be shared out
ROWS = (2003, 100)


@pytest.fixture(autouse=True)
def given_back():
    before = fastact.get_num_threads()
    yield
    fastact.set_num_threads(before)


def numbers(shape, dtype="float32", seed=0):
    return np.random.default_rng(seed).uniform(0.01, 0.99, shape).astype(dtype)


def same_from_any_number(call):
    """call() returns an array, a number, or a tuple of them."""

    def answers(count):
        with fastact.threads(count):
            answer = call()
        return answer if isinstance(answer, tuple) else (answer,)

    expected = answers(1)
    assert not all(np.isnan(part).any() for part in expected)  # NaN would hide a difference
    for count in COUNTS:
        for got, wanted in zip(answers(count), expected, strict=True):
            same_bits(got, wanted)


# ---- the same bits


@pytest.mark.parametrize("name", names_of("elementwise") + REQUIRED)
def test_elementwise(name):
    function = getattr(fastact, name)
    parameters = [0.75 if value is None else value for value in FUNCTIONS[name].parameters.values()]
    x, gradient = numbers(N), numbers(N, seed=1)
    same_from_any_number(lambda: (function(x, *parameters), function.backward(gradient, x, *parameters)))
    same_from_any_number(lambda: function(x[::2], *parameters))  # strided
    if parameters:
        parameters[0] = np.full(N, np.float32(parameters[0]))
        same_from_any_number(lambda: function(x, *parameters))


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_other_dtypes(dtype):
    x, ranks, one = numbers(N, dtype), numbers(ROWS, dtype), numbers((3, 70_000), dtype)
    same_from_any_number(lambda: (fastact.gelu(x), fastact.relu(x), fastact.softmax(ranks), fastact.softmax(one), fastact.swiglu(ranks)))
    same_from_any_number(lambda: fastact.mse.value_and_gradient(x, x[::-1]))
    same_from_any_number(lambda: fastact.tanh(np.arange(N)))


@pytest.mark.parametrize("name", names_of("rowwise"))
def test_rowwise(name):
    function, options = getattr(fastact, name), {"pieces": 4} if name == "maxout" else {}
    for shape in (ROWS, (50_001, 4)):
        x = numbers(shape)
        y = function(x, **options)
        of = y if name in ("softmax", "log_softmax", "sparsemax", "hardmax", "entmax15", "entmax") else x
        same_from_any_number(lambda: (function(x, **options), function.backward(numbers(y.shape, seed=1), of, **options)))


@pytest.mark.parametrize("name", names_of("gated"))
def test_gated(name):
    function, (a, b, gradient) = getattr(fastact, name), (numbers((4003, 100), seed=k) for k in range(3))
    same_from_any_number(lambda: (function(a, b), *function.backward(gradient, a, b)))
    same_from_any_number(lambda: (function(a), function.backward(gradient[:, :50], a)))  # halves of rows


@pytest.mark.parametrize("name", names_of("learned"))
def test_learned(name):
    function, x, gradient = getattr(fastact, name), numbers(N), numbers(N, seed=1)
    same_from_any_number(lambda: (function(x, 0.3), *function.backward(gradient, x, 0.3)))
    weight, x, gradient = numbers(ROWS[1]), numbers((*ROWS, 5)), numbers((*ROWS, 5), seed=1)
    same_from_any_number(lambda: (function(x, weight), *function.backward(gradient, x, weight)))


@pytest.mark.parametrize("name", names_of("loss"))
def test_losses(name):
    function, (pred, target, weight) = getattr(fastact, name), (numbers(N // 2, seed=k) for k in range(3))
    same_from_any_number(lambda: (*function.value_and_gradient(pred, target), function(pred, target, sample_weight=weight)))
    same_from_any_number(lambda: function.gradient_and_hessian(pred, target))


@pytest.mark.parametrize("name", names_of("row_loss"))
def test_row_losses(name):
    function = getattr(fastact, name)
    for shape in (ROWS, (50_001, 4)):
        scores, labels, weight = numbers(shape), np.arange(shape[0]) % shape[1], numbers(shape[0])
        target = labels if "labels" in FUNCTIONS[name].targets else numbers(shape, seed=1)
        same_from_any_number(lambda: (*function.value_and_gradient(scores, target), function(scores, target, sample_weight=weight)))


@pytest.mark.parametrize("name", names_of("joint_loss"))
def test_joint_losses(name):
    function = getattr(fastact, name)
    count = len(fastact._core.row(name)["arrays"])
    arrays = [numbers((3003, 100), seed=k) for k in range(count)]
    passes = [function] if name == "pairwise_distance" else [function, function.gradient]

    def call():
        found = []
        for one in passes:
            answer = one(*arrays)
            found += answer if isinstance(answer, tuple) else [answer]
        return tuple(found)

    same_from_any_number(call)


@pytest.mark.parametrize("n", [1025, 3000, 8192])
def test_short_calls(n):
    """Those whose caller keeps Python's lock, shared out nevertheless."""
    x, gradient = numbers(n), numbers(n, seed=1)
    rows = [("gelu", "value", "f32"), ("gelu", "backward", "f32"), ("elu", "value", "f64"), ("softmax", "value", "f32")]
    try:
        for row in rows:
            fastact._core.set_threads_from(*row, 1025)
        with fastact.threads(3):
            for _ in range(3):
                fastact.gelu(numbers(N))  # wakes the threads
        same_from_any_number(lambda: (fastact.gelu(x), fastact.gelu.backward(gradient, x), fastact.elu(x.astype(float), 0.5)))
        same_from_any_number(lambda: fastact.softmax(x[: n // 25 * 25].reshape(-1, 25)))
    finally:
        for row in rows:
            fastact._core.set_threads_from(*row, 0)


def test_output_given_and_in_place():
    x = numbers(N)
    same_from_any_number(lambda: fastact.gelu(x, out=np.empty_like(x)))
    copies = iter([x.copy() for _ in range(len(COUNTS) + 1)])

    def in_place():
        array = next(copies)
        return fastact.gelu(array, out=array)

    same_from_any_number(in_place)


def test_overlap():
    """An output that overlaps the input without being it: as if the input had been copied first."""
    for step in (1, -1):
        memory = numbers(N + 1)
        source, to = (memory[1:], memory[:-1]) if step == 1 else (memory[:-1], memory[1:])
        expected = fastact.gelu(source.copy())
        with fastact.threads(4):
            same_bits(fastact.gelu(source, out=to), expected)


# ---- how many


def test_a_block_within_itself():
    fastact.set_num_threads(5)
    three = fastact.threads(3)
    with three, three:
        assert fastact.get_num_threads() == 3
    assert fastact.get_num_threads() == 5


@pytest.mark.parametrize(
    "environment, expected",
    [
        ({"FASTACT_NUM_THREADS": "3", "OMP_NUM_THREADS": "5"}, 3),
        ({"OMP_NUM_THREADS": "5"}, 5),
        ({"OMP_NUM_THREADS": "4,2"}, 4),
        ({"OMP_NUM_THREADS": " 4 , 2"}, 4),
        ({"FASTACT_NUM_THREADS": "6 "}, 6),
        ({"FASTACT_NUM_THREADS": "3x", "OMP_NUM_THREADS": "7"}, 7),
        ({"FASTACT_NUM_THREADS": "many", "OMP_NUM_THREADS": "7"}, 7),
        ({"FASTACT_NUM_THREADS": "0", "OMP_NUM_THREADS": "7"}, 7),
        ({"FASTACT_NUM_THREADS": "-2", "OMP_NUM_THREADS": "1"}, 1),
    ],
)
def test_environment(tmp_path, environment, expected):
    code = "import fastact; print(fastact.get_num_threads())"
    assert int(run_python(code, tmp_path, **{"FASTACT_NUM_THREADS": "", "OMP_NUM_THREADS": ""} | environment)) == expected


def test_affinity(tmp_path):
    """No more than the processors this process may run on; a quota may make it fewer."""
    code = """
import os
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
import fastact
print(fastact.get_num_threads())
"""
    assert run_python(code, tmp_path, FASTACT_NUM_THREADS="", OMP_NUM_THREADS="").split() == ["1"]
    code = "import fastact, os; print(fastact.get_num_threads(), len(os.sched_getaffinity(0)))"
    count, processors = map(int, run_python(code, tmp_path, FASTACT_NUM_THREADS="", OMP_NUM_THREADS="").split())
    assert 1 <= count <= processors


def test_shown(capsys):
    with fastact.threads(5):
        fastact.show_runtime()
    assert "threads          5 (" in capsys.readouterr().out


# ---- when they run


HEAD = """
import os, sys, time, threading, warnings
warnings.simplefilter("ignore")  # newer Pythons warn of any fork beside threads
import numpy as np, fastact
fastact.set_num_threads(int(os.environ.get("COUNT", 3)))
x = np.random.default_rng(0).normal(0, 2, 1 << 20).astype(np.float32)
with fastact.threads(1):
    expected = fastact.gelu(x)
def right():
    return (fastact.gelu(x) == expected).all()
def workers():
    tasks = "/proc/self/task"
    return sum(open(f"{tasks}/{task}/comm").read().startswith("fastact-") for task in os.listdir(tasks))
"""


def test_started_when_needed(tmp_path):
    code = HEAD + "print(workers(), right(), workers()); fastact.set_num_threads(5); right(); print(workers())"
    assert run_python(code, tmp_path).split() == ["0", "True", "2", "4"]


def test_idle(tmp_path):
    """No processor time once a call is over; 300 ms of it would be spent by a thread that spins."""
    code = HEAD + "right(); time.sleep(0.01); before = time.process_time(); time.sleep(0.3); print(time.process_time() - before)"
    assert float(run_python(code, tmp_path)) < 0.03


def test_exit_while_busy(tmp_path):
    code = HEAD + """
for _ in range(2):
    threading.Thread(target=lambda: [right() for _ in range(10**6)], daemon=True).start()
time.sleep(0.1)
"""
    assert run_python(code, tmp_path) == ""


FORK = """
def child():
    first = fastact.get_num_threads(), bool(right()), workers()
    fastact.set_num_threads(3)
    os.write(out, repr((first, bool(right()), workers())).encode() + b"\\n")
    os._exit(0)
def fork():
    pid = os.fork()
    if pid == 0:
        child()
    assert os.waitpid(pid, 0)[1] == 0
from_end, out = os.pipe()
"""
CHILD = "((1, True, 0), True, 2)\n"


def test_fork(tmp_path):
    code = HEAD + FORK + "right(); fork(); fork(); print(os.read(from_end, 999).decode(), right())"
    assert run_python(code, tmp_path) == CHILD * 2 + " True\n"


def test_fork_from_a_thread(tmp_path):
    """While the main thread has the pool."""
    code = HEAD + FORK + """
forks = threading.Thread(target=lambda: [fork() for _ in range(5)])
forks.start()
while forks.is_alive():
    assert right()
print(os.read(from_end, 999).decode(), right())
"""
    assert run_python(code, tmp_path) == CHILD * 5 + " True\n"


def test_multiprocessing(tmp_path):
    code = HEAD + """
import multiprocessing
def one(k):
    return bool(right())
right()
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(one, range(4)))
"""
    assert run_python(code, tmp_path) == "[True, True, True, True]\n"


# ---- who calls


def test_callers_at_once():
    x = numbers(N)
    with fastact.threads(1):
        expected = fastact.gelu(x)
    with fastact.threads(4), ThreadPoolExecutor(4) as callers:
        for got in callers.map(lambda _: fastact.gelu(x), range(24)):
            same_bits(got, expected)


def test_asyncio():
    x = numbers(N)
    with fastact.threads(1):
        expected = fastact.mish(x)

    async def several():
        loop = asyncio.get_running_loop()
        return await asyncio.gather(*(loop.run_in_executor(None, fastact.mish, x) for _ in range(8)))

    with fastact.threads(3):
        for got in asyncio.run(several()):
            same_bits(got, expected)


@pytest.mark.parametrize("backend", where_installed("joblib", ["loky", "threading"]))
def test_joblib(backend):
    import joblib

    x = numbers(N)
    with fastact.threads(1):
        expected = fastact.silu(x)
    with fastact.threads(2):
        for got in joblib.Parallel(n_jobs=2, backend=backend)(joblib.delayed(fastact.silu)(x) for _ in range(3)):
            same_bits(got, expected)


@pytest.mark.parametrize("order", where_installed("threadpoolctl", ["fastact, threadpoolctl", "threadpoolctl, fastact"]))
def test_threadpoolctl(tmp_path, order):
    code = f"""
import {order}
fastact.set_num_threads(3)
with threadpoolctl.threadpool_limits(1):
    inside = fastact.get_num_threads()
    with threadpoolctl.threadpool_limits(2, user_api="fastact"):
        deeper = fastact.get_num_threads()
info, = [entry for entry in threadpoolctl.threadpool_info() if entry["user_api"] == "fastact"]
print(inside, deeper, fastact.get_num_threads(), info["num_threads"], info["version"] == fastact.__version__, info["prefix"])
"""
    assert run_python(code, tmp_path).split() == ["1", "2", "3", "3", "True", "libfastact"]


@pytest.mark.parametrize("package", where_installed("threadpoolctl", ["threadpoolctl"]))
def test_threadpoolctl_is_not_imported(tmp_path, package):
    """Nor does looking for it disturb anything."""
    code = f"""
import fastact, importlib.util, sys
spec = importlib.util.find_spec({package!r})
print({package!r} in sys.modules, spec.name)
"""
    assert run_python(code, tmp_path).split() == ["False", package]
