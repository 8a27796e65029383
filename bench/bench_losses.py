"""Losses: the value alone, and value and gradient together."""

import pytest

pytestmark = pytest.mark.benchmark(max_time=0.05, warmup=True, disable_gc=True)
KINDS = ("loss", "row_loss", "joint_loss")


def bench_loss(cell, peer, race):
    race(cell, peer)
