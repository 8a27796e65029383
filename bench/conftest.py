"""One benchmark for every cell and library; the libraries and their calls are those of `fastact speed`."""

from functools import cache, lru_cache

import numpy as np
import pytest

from fastact import peers
from fastact.peers import reference


def _split(config, option):
    return [part for part in config.getoption(option).split(",") if part]


@cache
def _peer(name):
    return peers.load(name)


@lru_cache(maxsize=1)
def _task(cell):
    data = peers.Data.of(cell)
    return data, reference.expected(cell, data)


@cache
def _pin():
    """Before any library starts its threads; the process belongs to the benchmarks until it ends."""
    peers.one_processor().__enter__()


def pytest_generate_tests(metafunc):
    """Expand `cell` and `peer`: a module's KINDS says which functions are its own."""
    if "cell" not in metafunc.fixturenames:
        return
    _pin()
    config = metafunc.config
    cells = [
        cell
        for size in _split(config, "--bench-sizes")
        for dtype in _split(config, "--bench-dtypes")
        for cell in peers.cells(peers.compared_functions(), dtype, int(size))
        if cell.kind in metafunc.module.KINDS
    ]
    wanted = config.getoption("--bench-peers")
    names = peers.installed() if wanted == "all" else ["fastact", *wanted.split(",")]
    pairs = [(cell, _peer(name)) for cell in cells for name in names if _peer(name).offers(cell)]
    labels = [f"{cell.function}-{cell.pass_}-{cell.dtype}-{cell.size}-{peer.name}" for cell, peer in pairs]
    metafunc.parametrize(("cell", "peer"), pairs, ids=labels)


@pytest.fixture
def race(benchmark):
    """Check a library's result and time it: what every benchmark here does."""

    def run(cell, peer):
        data, exact = _task(cell)
        with np.errstate(all="ignore"):
            call = peer.prepare(cell, data)
            data.out.fill(np.nan)
            results = call()
            error, agrees = reference.judge(cell, results if isinstance(results, tuple) else (results,), exact)
            assert agrees, f"{peer.name} is wrong by {error:.3g} ulp"
            benchmark.group = f"{cell.function} {cell.pass_} {cell.dtype} {cell.size}"
            benchmark(call)
        benchmark.extra_info.update(
            peer=peer.name, version=peer.version, n=cell.size, dtype=cell.dtype, max_ulp=error, fresh_output=peer.fresh
        )
        if benchmark.stats:
            benchmark.extra_info["ns_per_element"] = 1e9 * benchmark.stats.stats.min / cell.size

    return run
