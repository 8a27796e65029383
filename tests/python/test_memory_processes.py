"""Memory of large outputs in a process of its own: limits from the environment, threads, forks, the end."""

import os

import pytest
from helpers import run_python

# ---- the environment

LIMIT = """
import numpy as np, fastact as fa
from numpy._core.multiarray import get_handler_name
x = np.ones(1 << 21)
made = [fa.relu(x) for _ in range(4)]
print(get_handler_name(made[0]), end=" ")
del made
print(*fa._core.kept_memory())
"""


@pytest.mark.parametrize("value", ["off", "0", "40", "16", "15"])
def test_limit_from_the_environment(tmp_path, value):
    mebibytes = 0 if value == "off" else int(value)
    blocks = mebibytes // 16
    name = "fastact" if mebibytes else "default_allocator"
    shown = run_python(LIMIT, tmp_path, FASTACT_OUTPUT_CACHE=value).split()
    assert shown == [name, str(blocks), str(blocks << 24), str(mebibytes << 20)]


@pytest.mark.parametrize("value", ["", "-1", "many", "16M", " 16", "1e3", "99999999999999999999999"])
def test_other_values_count_as_not_set(tmp_path, value):
    sixteenth = os.sysconf("SC_PHYS_PAGES") // 16 * os.sysconf("SC_PAGESIZE")
    assert int(run_python(LIMIT, tmp_path, FASTACT_OUTPUT_CACHE=value).split()[-1]) == min(256 << 20, sixteenth)


def test_off_is_shown(tmp_path):
    assert "in NumPy's own memory" in run_python("import fastact; fastact.show_runtime()", tmp_path, FASTACT_OUTPUT_CACHE="off")


# ---- threads, forks, the end of the process

STRESS = """
import random, threading
import numpy as np, fastact as fa

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4 >> 10

def work(seed, rounds):
    choose, alive = random.Random(seed), []
    for _ in range(rounds):
        n, value = choose.randrange(1 << 17, 1 << 20), choose.randrange(1000)
        y = fa.relu(np.broadcast_to(float(value), n) if choose.random() < 0.3 else np.full(n, value, np.float32))
        alive.append((value, y))
        if choose.random() < 0.2:
            exchange.append(alive.pop(choose.randrange(len(alive))))  # freed by whichever thread comes by
        if len(exchange) > 4:
            value, y = exchange.pop(0)
            assert y[0] == y[-1] == value and y.min() == y.max()
        while len(alive) > 3:
            value, y = alive.pop(choose.randrange(4))
            assert y[0] == y[-1] == value and y.min() == y.max()
            if choose.random() < 0.02:
                fa.trim()

def burst(rounds):
    threads = [threading.Thread(target=run, args=(seed, rounds)) for seed in range(6)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    exchange.clear()

def run(*given):
    try:
        work(*given)
    except BaseException as error:
        failures.append(error)

exchange, failures, seen = [], [], []
for _ in range(4):
    burst(60)
    blocks, kept, most = fa._core.kept_memory()
    assert blocks <= 32 and kept <= most, (blocks, kept, most)
    given = fa.trim()
    assert given == kept
    seen.append(resident())
assert not failures, failures
print(*seen)
"""


def test_many_sizes_in_many_threads_leave_nothing(tmp_path):
    seen = [int(word) for word in run_python(STRESS, tmp_path).split()]
    assert max(seen[1:]) <= seen[0] + 32, seen  # MiB resident after each of four rounds


FORK = """
import os, signal, threading
import numpy as np, fastact as fa

x, stop = np.linspace(-3, 3, 300_000), threading.Event()
expected, alive = np.array(fa.gelu(x)), fa.gelu(x)
fa.gelu(x)

def child():
    signal.alarm(20)
    if stop.is_set() and fa._core.kept_memory()[:2] != (0, 0): return 2
    if not (fa.gelu(x) == expected).all(): return 3
    if not (alive == expected).all(): return 4
    alive.resize(5, refcheck=False)
    return 0 if fa.trim() > 0 and fa.trim() == 0 else 5

def fork():
    pid = os.fork()
    if pid == 0:
        code = 9
        try:
            code = child()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def churn():
    while not stop.is_set():
        fa.relu(x)
        fa.trim()

threads = [threading.Thread(target=churn) for _ in range(3)]
for thread in threads: thread.start()
codes = {fork() for _ in range(30)}
stop.set()
for thread in threads: thread.join()
fa.gelu(x)
before = fa._core.kept_memory()
codes.add(fork())
assert fa._core.kept_memory() == before and before[0] > 0, before  # the parent keeps what it had
assert (alive == expected).all()
print(codes)
"""


def test_forked_children_start_with_none(tmp_path):
    code = "import warnings; warnings.simplefilter('ignore', DeprecationWarning)\n" + FORK
    assert run_python(code, tmp_path).strip() == "{0}"


def test_arrays_may_outlive_the_interpreter(tmp_path):
    code = """
import atexit, builtins, sys, threading
import numpy as np, fastact as fa
x = np.ones(1 << 18)
builtins.kept = sys.kept = threading.kept = [fa.relu(x), fa.relu(x[::2])]
class Late:
    def __init__(self):
        self.y = fa.relu(x)
        self.me = self
    def __del__(self):
        del self.y
builtins.late = Late()
atexit.register(lambda: fa.relu(x).sum())
print("done")
"""
    assert run_python(code, tmp_path).strip() == "done"
