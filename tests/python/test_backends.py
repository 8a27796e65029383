"""Choosing whose kernels run: the same bits from the core and from Numba, close ones from NumPy, a clear refusal where there are none."""

import os
import subprocess
import sys

import numpy as np
import pytest
from helpers import ELEMENTWISE, EVERY_PASS, inputs_of, inside, pass_of, sample, within_ulps

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
    from fastact.jit import kernels

    asked = []
    with fa.backend("numba"):
        _core.use_kernels_of(lambda *what: asked.append(what) or kernels.address(*what))
        fa.hard_mish(X.astype(np.float32))
    assert asked == [("hard_mish", "value", "f32", 0)]
    fa.set_backend("c")
    count = len(asked)
    fa.hard_mish(X)
    assert len(asked) == count


SPECIAL = [0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 7, 20, -20, 1e-40, 1e-310, 3e38, -3e38, 1e300]
GATED = [name for name, function in fa.functions().items() if function.kind == "gated"]


def wild(dtype, seed, size):
    """Ordinary numbers, small and large ones, and special ones."""
    source = np.random.default_rng(seed)
    with np.errstate(over="ignore"):
        usual = [source.normal(0, 2, size), source.normal(0, 30, size)]
        parts = [*usual, -np.exp(source.uniform(-90, 80, size)), source.choice(SPECIAL, size)]
        return np.choose(source.choice(4, size, p=[0.5, 0.2, 0.2, 0.1]), parts).astype(dtype)


def of_both(call):
    """What the two backends give, as lists of arrays."""
    found = []
    for name in ("c", "numba"):
        with fa.backend(name):
            result = call()
        found.append([np.asarray(one) for one in (result if isinstance(result, tuple) else (result,))])
    return zip(*found, strict=True)


def other(parameters):
    """Parameters that are not the defaults."""
    return {key: value * 1.25 + 0.0625 for key, value in parameters.items() if isinstance(value, float) and np.isfinite(value)}


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("name", GATED)
def test_gated_functions(name, dtype):
    function, (grad, x, y) = getattr(fa, name), (wild(dtype, seed, 3000) for seed in (1, 2, 3))
    whole = np.concatenate([x, y]).reshape(20, 300)
    large = np.tile(x, 200)
    for parameters in [{}, other(fa.functions()[name].parameters)]:
        calls = [
            lambda: function(x, y, **parameters),
            lambda: function.backward(grad, x, y, **parameters),
            lambda: function(whole[::2], **parameters),  # rows apart
            lambda: function.backward(grad.reshape(20, 150), whole, **parameters),
            lambda: function(x[:7], y[:7], out=x[:7].copy(), **parameters),
            lambda: function(large, large[::-1].copy(), **parameters),  # by several threads
        ]
        for number, call in enumerate(calls):
            for wanted, found in of_both(call):
                assert wanted.dtype == found.dtype and np.array_equal(bits(wanted), bits(found)), (name, number, parameters)


@pytest.mark.parametrize("name", ["swiglu", "geglu", "bilinear"])
def test_gated_functions_in_place_and_of_any_length(name):
    function = getattr(fa, name)
    for dtype in (np.float32, np.float64):
        grad, x, y = (wild(dtype, seed, 900) for seed in (4, 5, 6))
        wanted, gradients = function(x, y), function.backward(grad, x, y)
        with fa.backend("numba"):
            for length in (*range(1, 36), 64, 65, 777):
                held = np.full(length + 20, 7, dtype)
                function(x[:length], y[:length], out=held[3 : length + 3])
                assert np.array_equal(bits(held[3 : length + 3]), bits(wanted[:length])) and np.count_nonzero(held == 7) >= 20
            into = x.copy(), y.copy()
            function.backward(grad, *into, out=into[::-1])
        for found, one in zip(into[::-1], gradients, strict=True):
            assert np.array_equal(bits(found), bits(one))


def test_functions_are_made_without_kernels(tmp_path):
    """What is looked up under the numba backend has its documentation, by the core; no kernel is asked for."""
    code = "import fastact as fa; from fastact.jit import kernels; names = 'gelu huber swiglu softmax nll prelu'.split()\n"
    code += "print(all('>>> fa.' in getattr(fa, name).__doc__ for name in names), kernels._compiled.cache_info().currsize)"
    environment = {**os.environ, "FASTACT_BACKEND": "numba"}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "0"]


def test_warmup():
    """Makes what is asked for afterwards, and no more than once."""
    from fastact.jit import kernels

    kernels._compiled.cache_clear()
    x = X.astype(np.float32)
    calls = {
        ("relu6",): (4, lambda: (fa.relu6(x), fa.relu6.derivative(x), fa.relu6.backward(x, x), fa.relu6.backward_from_output(x, x))),
        ("mse", "hardmax"): (3, lambda: (fa.mse.value_and_gradient(x, x), fa.hardmax(x), fa.hardmax.backward(x, x))),
        ("prelu",): (6, lambda: (fa.prelu(x, x[0]), fa.prelu.backward(x, x, x[0]))),
    }
    known = 0
    for names, (count, call) in calls.items():
        for given in (names, names[0] if len(names) == 1 else list(names)):
            assert fa.warmup(given, "float32") == count
            assert kernels._compiled.cache_info().currsize == known + count
        known += count
        with fa.backend("numba"):
            call()
        assert kernels._compiled.cache_info().currsize == known
    assert fa.warmup("relu6", ["float16"]) == 4 and kernels._compiled.cache_info().currsize == known + 4
    for backend in ("auto", "c", "numpy"):
        with fa.backend(backend):
            assert fa.warmup() == 0
    assert fa.warmup([fa.relu6, "relu6"], np.float16) == 4
    with pytest.raises(ValueError, match="warmup: names has <ufunc 'tanh'>"):
        fa.warmup(np.tanh)
    with pytest.raises(ValueError, match="warmup: names has 'softmin'; functions with kernels of their own are accepted"):
        fa.warmup(["gelu", "softmin"])
    with pytest.raises(ValueError, match="warmup: dtypes has 'int8'; 'float16', 'bfloat16', 'float32', 'float64' are accepted"):
        fa.warmup("gelu", "int8")


def test_warmup_of_every_kernel(monkeypatch):
    """Without names while Numba is the backend: those that calls of every kind ask for."""
    from fastact.jit import kernels

    made = []
    monkeypatch.setattr(kernels, "address", lambda *what: made.append(what))
    with fa.backend("numba"):
        assert fa.warmup(dtypes="float64") == len(made) == len(set(made))
    rows = {entry.name: entry for entry in fa.functions().values() if not entry.kind.startswith("composed")}
    assert {name for name, *_ in made} == set(rows) and {form for _, _, form, _ in made} == {"f64"}
    for name, entry in rows.items():
        steps = {step for one, step, _, _ in made if one == name}
        assert steps == ({"task"} if "loss" in entry.kind or entry.kind == "joint_loss" else set(entry.passes)), name


NOT_NUMPY = {
    "learned": lambda x: fa.prelu(x, 0.25),
    "row loss": lambda x: fa.cross_entropy(x, np.zeros(60, int)),
    "joint loss": lambda x: fa.l2_penalty(x),
    "rows": lambda x: fa.softmax(x),
    "rows backward": lambda x: fa.softmax.backward(x, x),
}


@pytest.mark.parametrize("kind", NOT_NUMPY)
def test_functions_without_kernels(kind):
    call = NOT_NUMPY[kind]
    x = X.astype(np.float32)
    call(x)
    with fa.backend("numpy"), pytest.raises(RuntimeError, match="numpy backend has no kernel.*set_backend"):
        call(x)
    call(x)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name,which", EVERY_PASS)
def test_numpy_is_close(name, which, dtype):
    """To the core's results, whose errors other tests bound by other means."""
    x, g, call = inside(name, sample(2000, dtype)), sample(2000, dtype, seed=1), pass_of(name, which)
    arguments = (x,) if inputs_of(which) == 1 else (g, x)
    if which == "backward_from_output":
        arguments = (g, getattr(fa, name)(x))
    wanted = call(*arguments)
    with fa.backend("numpy"):
        got = call(*arguments)
    slack = 1e-14 * np.maximum(1, np.abs(arguments[0].astype(np.float64)))[np.isfinite(wanted)]
    within_ulps(got, wanted.astype(np.longdouble), 2, slack=slack)


def test_numpy_is_asked_and_rounds_once():
    """float16 and bfloat16 of gelu are the roundings of a float64 result, also between two neighbours of float32."""
    import ml_dtypes

    x = np.linspace(-4, 4, 1001)
    for dtype in (np.float16, ml_dtypes.bfloat16, np.float32):
        narrow = x.astype(dtype)
        with fa.backend("numpy"):
            wide, got = fa.gelu(narrow.astype(np.float64)), fa.gelu(narrow)
        error = np.abs(got.astype(np.float64) - wide)
        for step in (-1, 1):  # no neighbour is closer
            neighbour = (bits(got).astype(np.int64) + step).astype(f"u{got.dtype.itemsize}").view(dtype)
            further = np.abs(neighbour.astype(np.float64) - wide)
            assert np.all((further >= error) | ~np.isfinite(further))
    asked = []
    from fastact import _core, numpy_kernels

    with fa.backend("numpy"):
        _core.use_kernels_of(lambda *what: asked.append(what) or numpy_kernels.address(*what), alone="numpy", threads=False)
        fa.gelu(x)
    assert asked == [("gelu", "value", "f64", False)]


@pytest.mark.parametrize("view", ["plain", "strided", "integers", "scalar", "where", "each", "large"])
def test_numpy_takes_what_the_core_takes(view):
    x, keywords, more = X.copy(), {}, (0.5,)
    if view == "strided":
        x = x[::2, ::-3].T
    elif view == "integers":
        x = np.arange(-5, 5, dtype=np.int8)
    elif view == "scalar":
        x = np.float32(-0.75)
    elif view == "where":
        keywords = {"where": x > -0.5, "out": np.full_like(x, 7)}
    elif view == "each":
        more = (np.linspace(0.5, 2, 41),)
    elif view == "large":
        x = np.tile(x, (10, 5))
    with fa.threads(3):
        wanted = np.copy(fa.elu(x, *more, **keywords))
        with fa.backend("numpy"):
            if "out" in keywords:
                keywords["out"][...] = 7
            got = fa.elu(x, *more, **keywords)
    assert np.asarray(got).dtype == wanted.dtype and np.asarray(got).shape == wanted.shape
    np.testing.assert_allclose(got, wanted, rtol=1e-6 if wanted.dtype == np.float32 else 1e-15)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_numpy_at_special_inputs(name):
    """As the core has them but for the sign of zero, and without a warning."""
    x = np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 1e30, -1e30], np.float32)
    for which in ("value", "derivative"):
        points = x if which == "value" else x[1:]
        wanted = pass_of(name, which)(points)
        with fa.backend("numpy"), np.errstate(all="raise"):
            got = pass_of(name, which)(points)
        if name == "snake":  # which no float64 formula has right at 1e30
            wanted, got = wanted[:-2], got[:-2]
        np.testing.assert_allclose(got, wanted, rtol=1e-6, err_msg=which)


def test_names():
    assert fa.get_backend() == "auto"
    for name in ("c", "numba", "numpy", "auto"):
        fa.set_backend(name)
        assert fa.get_backend() == name
    with pytest.raises(ValueError, match="set_backend: name is 'cuda'; 'auto', 'c', 'numba', 'numpy' are accepted"):
        fa.set_backend("cuda")
    with pytest.raises(ValueError):
        with fa.backend("C"):
            pass
    with fa.backend("c"):
        with fa.backend("numba"):
            assert fa.get_backend() == "numba"
        assert fa.get_backend() == "c"


def test_a_block_within_itself():
    own = fa.backend("numpy")
    with fa.backend("c"):
        with own, own:
            assert fa.get_backend() == "numpy"
        assert fa.get_backend() == "c"


def test_explain():
    """Says what is chosen, for the call that is asked about, and why."""
    with fa.threads(1):
        alone = fa.explain(fa.gelu, 10**7)
        assert (alone.backend, alone.isa, alone.threads, alone.stores) == ("c", fa.isa(), 1, "ordinary")
        assert "one thread is all" in str(alone) and str(alone).startswith(f"c, {fa.isa()}, 1 thread, ordinary stores: ")
        assert fa.explain("relu", 10**9).stores == "streaming" and fa.explain("relu", 10**9 * 0 + 5).stores == "ordinary"
        assert fa.explain("tanh", 10**9).stores == "streaming"  # heavy, in the loop that light ones have
        assert fa.explain("gelu", 10**9).stores == "ordinary"  # far lanes come later
    with fa.threads(2):
        fa.gelu(np.zeros(10**6, np.float32))
        assert fa.explain(fa.gelu.backward, np.zeros(10**8 // 8)).threads == 2
        assert fa.explain(fa.gelu, 16).threads == 1 and "too few" in fa.explain(fa.gelu, 16).reason
    assert fa.explain(fa.circle, 10).backend == "numpy"
    for backend in ("numba", "numpy"):
        with fa.backend(backend):
            assert fa.explain(fa.gelu, 10).backend == backend and "chosen by set_backend" in fa.explain(fa.gelu, 10).reason
    with fa.backend("numba"):
        assert fa.explain(fa.prelu, 10).backend == "numba"
    with fa.backend("numpy"), pytest.raises(RuntimeError, match="no kernel"):
        fa.explain(fa.prelu, 10)
    with fa.backend("numpy"), fa.threads(2):
        assert fa.explain(fa.gelu, 10**8).threads == 1
    assert fa.explain("mse.gradient", 10).backend == fa.explain(fa.prelu.backward, 10).backend == "c"
    for wrong, words in ((np.sin, "sin"), ("nothing", "nothing"), (np.tanh, "tanh"), ("gelu.slope", "gelu.slope"), (None, "None")):
        with pytest.raises(ValueError, match=f"explain: function is .*{words}.*accepted"):
            fa.explain(wrong, 3)
    for wrong in (-1, 2**63, 10**30):
        with pytest.raises(ValueError, match=f"x is {wrong}; a number of elements"):
            fa.explain(fa.gelu, wrong)
    with pytest.raises(TypeError, match="explain: x has dtype <U3; float16"):
        fa.explain(fa.gelu, "abc")


def test_explain_stores_of_an_instruction_set_without_streaming_ones():
    before = fa.isa()
    try:
        fa.set_isa("scalar")
        assert fa.explain("relu", 10**9).stores == "ordinary"
    finally:
        fa.set_isa(before)


def test_explain_formulas_of_ones_own():
    """Not those of the library with the same name."""
    own = fa.activation(lambda x: x * x, name="gelu")
    with fa.threads(2):
        for function in (own, own.derivative, own.backward):
            found = fa.explain(function, 10**9)
            assert (found.backend, found.threads, found.stores) == ("numba", 2, "ordinary") and "formula of yours" in found.reason
            assert fa.explain(function, 10).threads == 1
    assert fa.explain(fa.gelu, 10).backend == "c"


@pytest.mark.parametrize("value,backend", [("numba", "numba"), ("c", "c"), ("numpy", "numpy"), ("nonsense", "auto")])
def test_environment(tmp_path, value, backend):
    code = "import sys, fastact as fa; print(fa.get_backend(), 'numba' in sys.modules)"
    environment = {**os.environ, "FASTACT_BACKEND": value}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [backend, str(backend == "numba")]
