"""Rows of scores as attention has them: with a scale, with a mask, and both, beside what PyTorch and JAX users write."""

import math

import numpy as np
import pytest

import fastact as fa
from fastact import peers

pytestmark = pytest.mark.benchmark(max_time=0.05, warmup=True, disable_gc=True)
SHAPE, SCALE = (512, 512), 1 / math.sqrt(128)  # queries and keys of one head; 128 numbers each
CASES = ("scale", "mask", "scale and mask", "backward of a scale")


def given(case, dtype):
    """Scores or gradients, the mask or None, the scale."""
    x = np.random.default_rng(0).normal(0, 10, SHAPE).astype(dtype)
    causal = np.tri(*SHAPE, dtype=bool) if "mask" in case else None
    return x, causal, SCALE if "scale" in case else 1.0


def calls(case, dtype):
    """library -> the call; PyTorch and JAX make their results anew."""
    x, mask, scale = given(case, dtype)
    y, out = fa.softmax(x, scale=scale), np.empty_like(x)
    backward = case.startswith("backward")
    if backward:
        yield "fastact", lambda: fa.softmax.backward(x, y, scale=scale, out=out)
    else:
        yield "fastact", lambda: fa.softmax(x, where=mask, scale=scale, out=out)
    if "torch" in peers.installed():
        import torch

        scores, weights = torch.from_numpy(x), torch.from_numpy(y)
        hidden = None if mask is None else torch.from_numpy(~mask)

        def in_torch():
            if backward:
                return torch.ops.aten._softmax_backward_data(scores, weights, -1, scores.dtype) * scale
            made = scores if scale == 1 else scores * scale
            return torch.softmax(made if hidden is None else made.masked_fill(hidden, -math.inf), -1)

        yield "torch", in_torch
    if "jax" in peers.installed():
        import jax

        def in_jax(scores):
            if backward:
                weights = jax.numpy.asarray(y)
                return weights * (scores - (scores * weights).sum(-1, keepdims=True)) * jax.numpy.asarray(scale, dtype)
            return jax.nn.softmax(scores * jax.numpy.asarray(scale, dtype), where=None if mask is None else jax.numpy.asarray(mask))

        array, compiled = jax.numpy.asarray(x), jax.jit(in_jax)
        yield "jax", lambda: compiled(array).block_until_ready()


@pytest.mark.parametrize("dtype", ["float32", "float16"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("library", [name for name in ("fastact", "torch", "jax") if name == "fastact" or name in peers.installed()])
def bench_attention(case, library, dtype, benchmark):
    with peers.one_processor():
        ways = dict(calls(case, dtype))
        np.testing.assert_allclose(np.asarray(ways[library]()), ways["fastact"](), rtol=1e-3 if dtype == "float32" else 1e-2, atol=1e-2)
        benchmark.group = f"softmax {case} {dtype} {SHAPE[0]} x {SHAPE[1]}"
        benchmark(ways[library])
    if benchmark.stats:
        benchmark.extra_info["ns_per_element"] = 1e9 * benchmark.stats.stats.min / math.prod(SHAPE)
