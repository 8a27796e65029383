"""Choosing whose kernels run: the same bits from either, and a clear refusal where there are none."""

import os
import subprocess
import sys

import numpy as np
import pytest

import fastact as fa


@pytest.fixture(autouse=True)
def restored():
    yield
    fa.set_backend("auto")


def bits(array):
    return np.ascontiguousarray(array).view(f"u{array.dtype.itemsize}")


X = np.random.default_rng(1).normal(0, 3, (60, 41))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int16])
@pytest.mark.parametrize("view", ["plain", "strided", "reversed", "scalar"])
@pytest.mark.parametrize("name", ["gelu", "silu", "relu"])
def test_the_same_bits(name, dtype, view):
    x = (X * 4).astype(dtype)
    x = {"plain": x, "strided": x[::2, 1::3].T, "reversed": x[:, ::-1], "scalar": x[3, 4]}[view]
    function = getattr(fa, name)
    calls = [lambda: function(x), lambda: function.derivative(x), lambda: function.backward(x, x)]
    fa.set_backend("c")
    wanted = [call() for call in calls]
    with fa.backend("numba"):
        found = [call() for call in calls]
    for a, b in zip(wanted, found, strict=True):
        assert type(a) is type(b) and a.dtype == b.dtype and np.array_equal(bits(a), bits(b))


def test_parameters_of_each_element_and_threads():
    x, slopes = X.astype(np.float32), np.linspace(0.5, 2, 41, dtype=np.float32)
    large = np.tile(x, (40, 20))
    wanted, wanted_large = fa.elu(x, slopes), fa.mish(large)
    with fa.backend("numba"):
        assert np.array_equal(fa.elu(x, slopes), wanted)
        for count in (1, 2, 3):
            with fa.threads(count):
                assert np.array_equal(fa.mish(large), wanted_large)


def test_own_kernels_return():
    """Kernels do change hands: what Numba made is called, and no longer after "c"."""
    from fastact import _core

    asked = []
    with fa.backend("numba"):
        maker = fa.backends._maker("numba")
        _core.use_kernels_of(lambda *what: asked.append(what) or maker(*what))
        fa.hard_mish(X.astype(np.float32))
    assert asked in ([("hard_mish", "value", "f32", False)], [])
    fa.set_backend("c")
    count = len(asked)
    fa.hard_mish(X)
    assert len(asked) == count


@pytest.mark.parametrize(
    "call",
    [
        lambda x: fa.softmax(x),
        lambda x: fa.softmax.backward(x, x),
        lambda x: fa.swiglu(x[:, :20], x[:, 20:40]),
        lambda x: fa.prelu(x, 0.25),
        lambda x: fa.huber(x, x),
        lambda x: fa.cross_entropy(x, np.zeros(60, int)),
        lambda x: fa.l2_penalty(x),
    ],
    ids=["rows", "rows backward", "gated", "learned", "loss", "row loss", "joint loss"],
)
def test_functions_without_numba_kernels(call):
    x = X.astype(np.float32)
    call(x)
    with fa.backend("numba"), pytest.raises(RuntimeError, match="numba backend has no kernel.*set_backend"):
        call(x)
    call(x)


def test_names():
    assert fa.get_backend() == "auto"
    for name in ("c", "numba", "auto"):
        fa.set_backend(name)
        assert fa.get_backend() == name
    with pytest.raises(ValueError, match="set_backend: name is 'cuda'; 'auto', 'c', 'numba' are accepted"):
        fa.set_backend("cuda")
    with pytest.raises(ValueError):
        with fa.backend("C"):
            pass
    with fa.backend("c"):
        with fa.backend("numba"):
            assert fa.get_backend() == "numba"
        assert fa.get_backend() == "c"


def test_explain():
    """Says what is chosen, for the call that is asked about, and why."""
    with fa.threads(1):
        alone = fa.explain(fa.gelu, 10**7)
        assert (alone.backend, alone.isa, alone.threads, alone.stores) == ("c", fa.isa(), 1, "ordinary")
        assert "one thread is all" in str(alone) and str(alone).startswith(f"c, {fa.isa()}, 1 thread, ordinary stores: ")
        assert fa.explain("relu", 10**9).stores == "streaming" and fa.explain("relu", 10**9 * 0 + 5).stores == "ordinary"
    with fa.threads(2):
        fa.gelu(np.zeros(10**6, np.float32))
        assert fa.explain(fa.gelu.backward, np.zeros(10**8 // 8)).threads == 2
        assert fa.explain(fa.gelu, 16).threads == 1 and "too few" in fa.explain(fa.gelu, 16).reason
    assert fa.explain(fa.circle, 10).backend == "numpy"
    with fa.backend("numba"):
        assert fa.explain(fa.gelu, 10).backend == "numba"
        with pytest.raises(RuntimeError, match="no kernel"):
            fa.explain(fa.softmax, 10)
    for wrong, words in ((np.sin, "sin"), ("nothing", "nothing")):
        with pytest.raises(ValueError, match=f"explain: function is .*{words}.*accepted"):
            fa.explain(wrong, 3)
    with pytest.raises(ValueError, match="x is -1"):
        fa.explain(fa.gelu, -1)


@pytest.mark.parametrize("value,backend", [("numba", "numba"), ("c", "auto"), ("nonsense", "auto")])
def test_environment(tmp_path, value, backend):
    code = "import sys, fastact as fa; print(fa.get_backend(), 'numba' in sys.modules)"
    environment = {**os.environ, "FASTACT_BACKEND": value}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [backend, str(backend == "numba")]
