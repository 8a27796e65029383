"""Activations, their backward passes from the input and from the output."""

import pytest

pytestmark = pytest.mark.benchmark(max_time=0.05, warmup=True, disable_gc=True)
KINDS = ("elementwise",)


def bench_activation(cell, peer, race):
    race(cell, peer)
