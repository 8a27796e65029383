"""Activations whose parameters are not the defaults, beside what PyTorch and JAX users write."""

import numpy as np
import pytest

import fastact as fa
from fastact import peers

pytestmark = pytest.mark.benchmark(max_time=0.05, warmup=True, disable_gc=True)
SIZE = 65536
# function -> parameters, and the same in PyTorch and in JAX
CASES = {
    "elu": ((1.25,), lambda torch, x: torch.nn.functional.elu(x, 1.25), lambda jax, x: jax.nn.elu(x, 1.25)),
    "celu": ((1.25,), lambda torch, x: torch.nn.functional.celu(x, 1.25), lambda jax, x: jax.nn.celu(x, 1.25)),
    "softplus": ((2.0,), lambda torch, x: torch.nn.functional.softplus(x, 2.0), lambda jax, x: jax.nn.softplus(2 * x) / 2),
    "silu": ((1.5,), lambda torch, x: x * torch.sigmoid(1.5 * x), lambda jax, x: x * jax.nn.sigmoid(1.5 * x)),
    "logit": ((0.1,), lambda torch, x: torch.logit(x, 0.1), lambda jax, x: jax.scipy.special.logit(x.clip(0.1, 0.9))),
    "squareplus": ((5.0,), lambda torch, x: (x + torch.sqrt(x * x + 5)) / 2, lambda jax, x: jax.nn.squareplus(x, 5.0)),
    "scaled_tanh": ((1.5, 0.7), lambda torch, x: 0.7 * torch.tanh(1.5 * x), lambda jax, x: 0.7 * jax.numpy.tanh(1.5 * x)),
    "laplace": ((0.0, 1.0), lambda torch, x: torch.special.ndtr(x), lambda jax, x: jax.scipy.special.ndtr(x)),
}


def calls(name):
    """library -> the call of a function; results that are kept are made anew where the library has no other way."""
    parameters, in_torch, in_jax = CASES[name]
    x = np.random.default_rng(0).standard_normal(SIZE).astype(np.float32)
    x = np.abs(x) % 1 if name == "logit" else x
    out = np.empty_like(x)
    yield "fastact", lambda: getattr(fa, name)(x, *parameters, out=out)
    if "torch" in peers.installed():
        import torch

        tensor = torch.from_numpy(x)
        yield "torch", lambda: in_torch(torch, tensor)
    if "jax" in peers.installed():
        import jax

        array, compiled = jax.numpy.asarray(x), jax.jit(lambda x: in_jax(jax, x))
        yield "jax", lambda: compiled(array).block_until_ready()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("library", [name for name in ("fastact", "torch", "jax") if name == "fastact" or name in peers.installed()])
def bench_other_parameters(name, library, benchmark):
    with peers.one_processor():
        ways = dict(calls(name))
        np.testing.assert_allclose(np.asarray(ways[library]()), ways["fastact"](), rtol=1e-3, atol=1e-6)
        benchmark.group = f"{name}{CASES[name][0]} float32 {SIZE}"
        benchmark(ways[library])
    if benchmark.stats:
        benchmark.extra_info["ns_per_element"] = 1e9 * benchmark.stats.stats.min / SIZE
