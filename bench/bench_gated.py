"""Gated functions: an activation of one array times another, forward and backward."""

import pytest

pytestmark = pytest.mark.benchmark(max_time=0.05, warmup=True, disable_gc=True)
KINDS = ("gated",)


def bench_gated(cell, peer, race):
    race(cell, peer)
