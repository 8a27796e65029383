"""Options and collection: plain `pytest` runs the tests, `pytest --benchmark-only` the benchmarks."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
BENCH = ROOT / "bench"

# Test what is installed: without a compiled core the source folder cannot run, and must not hide the package that can.
if not list((ROOT / "fastact").glob("_core*.so")):
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != ROOT]

# what a user has tuned is no part of what is tested
os.environ.setdefault("FASTACT_TUNING", "off")


def pytest_addoption(parser):
    group = parser.getgroup("fastact benchmarks")
    group.addoption("--bench-sizes", default="65536", help="elements of an array, commas between (default 65536)")
    group.addoption(
        "--bench-dtypes", default="float32", help="float32, float64 or both, commas between (default float32)"
    )
    group.addoption(
        "--bench-peers",
        default="all",
        help="libraries to measure beside fastact, commas between (default: all installed)",
    )


def pytest_configure(config):
    config.addinivalue_line("python_functions", "bench_*")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """`-n auto`: a worker takes up to 2 GB."""
    return min(4, os.cpu_count() or 1)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """A file stays with one worker: what its tests share is made once."""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "loadfile"


def _inside(path, folder):
    return path == folder or folder in path.parents


def _names_benchmarks(argument):
    return _inside(Path(argument.partition("::")[0]).resolve(), BENCH)


def pytest_ignore_collect(collection_path, config):
    """Keep bench/ out of a plain run, and the tests out of a run for benchmarks alone."""
    only = config.getoption("benchmark_only", default=False)
    if _inside(collection_path, BENCH) and not only:
        return None if any(map(_names_benchmarks, map(str, config.invocation_params.args))) else True
    if _inside(collection_path, ROOT / "tests") and only:
        return True
    return None
