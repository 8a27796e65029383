"""Functions of whole rows: softmax and its relatives, forward and backward."""

import pytest

pytestmark = pytest.mark.benchmark(max_time=0.05, warmup=True, disable_gc=True)
KINDS = ("rowwise", "learned")


def bench_rows(cell, peer, race):
    race(cell, peer)
