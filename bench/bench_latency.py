"""What one call costs: 16 float32 numbers, the statements that a user writes."""

import timeit

import pytest

from fastact import peers, speed


def pytest_generate_tests(metafunc):
    with peers.one_processor():
        statements, names = speed.latency_statements()
    metafunc.parametrize("statement", statements)


def bench_call(benchmark, statement):
    _, names = speed.latency_statements()
    timer = timeit.Timer(statement, globals=names)
    benchmark.group = "one call, 16 float32"
    benchmark.pedantic(timer.timeit, args=(1000,), rounds=30, warmup_rounds=2)
    benchmark.extra_info.update(n=16, dtype="float32", calls_per_round=1000)
    if benchmark.stats:
        benchmark.extra_info["ns_per_call"] = benchmark.stats.stats.min * 1e6


@pytest.fixture(autouse=True)
def one_processor():
    with peers.one_processor():
        yield
