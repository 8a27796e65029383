"""Kernels that Numba compiles: the same bits as the C core's, as vectors, on disk, and inside users' own compiled functions."""

import ctypes
import os
import platform
import re
import subprocess
import sys

import numpy as np
import pytest
from numba import cfunc, njit

import fastact as fa
from fastact.jit import graphs, kernels

DTYPES = {"f32": np.float32, "f64": np.float64, "f16": np.float16}
SIXTEEN = ("relu", "gelu", "silu", "pow")  # without table, with one, with defaults, in doubles
PASSES = {"value": 1, "derivative": 1, "backward": 2, "backward_from_output": 2}


def samples(dtype, seed):
    """Numbers of every exponent, near 0 and far from it, and all special ones."""
    source = np.random.default_rng(seed)
    info = np.finfo(dtype)
    bits = np.dtype(f"u{info.bits // 8}")
    special = [0, -0.0, np.inf, -np.inf, np.nan, 1, -1, 0.5, -0.5, 3, -3, 6, 20, -20, info.max, info.min, info.tiny, -info.tiny,
               info.smallest_subnormal, -info.smallest_subnormal]  # fmt: skip
    with np.errstate(over="ignore"):
        parts = [special, source.normal(0, 1, 300), source.normal(0, 8, 300), -np.exp(source.uniform(-80, 80, 200))]
        parts.append(source.integers(0, 1 << info.bits, 351, bits).view(dtype))
        return np.concatenate([np.array(part).astype(dtype) for part in parts])


def same_bits(a, b):
    kind = f"u{a.dtype.itemsize}"
    return a.dtype == b.dtype and np.array_equal(a.view(kind), b.view(kind))


def ufunc(name, step):
    function = getattr(fa, name)
    return function if step == "value" else getattr(function, step)


def run(name, step, form, inputs, out, parameters, each=False):
    """Calls a kernel as the C core would."""
    pointers = [ctypes.c_void_p(x.ctypes.data) for x in inputs]
    if each:
        table = (ctypes.c_void_p * 4)(*[x.ctypes.data for x in parameters])
    else:
        held = np.array(parameters or [0], np.float64 if form == "f64" else np.float32)
        table = ctypes.c_void_p(held.ctypes.data)
    kernel = kernels.compiled(name, step, form, each)
    kernel.ctypes(len(out), pointers[0], pointers[-1], ctypes.c_void_p(out.ctypes.data), table)


def parameter_sets(name):
    """The defaults, where there are any, and other values."""
    defaults = fa.functions()[name].parameters.values()
    first = [1.5 if value is None else value for value in defaults]
    return [first] + ([[value * 1.25 + 0.0625 if np.isfinite(value) else 2.0 for value in first]] if first else [])


@pytest.mark.parametrize("name,form", [(name, form) for name in graphs.names() for form in DTYPES if form != "f16" or name in SIXTEEN])
def test_bits_of_the_core(name, form):
    dtype = DTYPES[form]
    x = samples(dtype, 1)
    for step in graphs.function(name):
        inputs = (x,) if PASSES[step] == 1 else (np.random.default_rng(2).permutation(x), x)
        for parameters in parameter_sets(name):
            out = np.empty_like(x)
            run(name, step, form, inputs, out, parameters)
            scalars = [dtype(value) if form == "f64" else np.float32(value) for value in parameters]
            with np.errstate(all="ignore"):
                wanted = ufunc(name, step)(*inputs, *map(float, scalars))
            assert same_bits(out, wanted), (name, step, parameters)


@pytest.mark.parametrize("form", ["f32", "f64"])
@pytest.mark.parametrize("name", ["silu", "elu", "clip", "pow"])  # with and without a kernel for the defaults
def test_parameters_of_each_element(name, form):
    x = samples(DTYPES[form], 3)
    values = [np.resize(np.array(pair, x.dtype), x.size) for pair in zip(*parameter_sets(name), strict=True)]
    out = np.empty_like(x)
    run(name, "value", form, (x,), out, values, each=True)
    with np.errstate(all="ignore"):
        assert same_bits(out, getattr(fa, name)(x, *values))


@pytest.mark.parametrize("name", ["relu", "gelu", "tanh", "softplus"])
def test_length_and_position(name):
    """No element's bits depend on where it stands, nothing beyond the end is written."""
    whole = samples(np.float32, 4)[:400]
    wanted = getattr(fa, name)(whole)
    parameters = parameter_sets(name)[0]
    for length in (*range(40), 63, 64, 65, 127, 128, 129, 300):
        for offset in (0, 1, 7, 16):
            x = whole[offset : offset + length].copy()
            held = np.full(length + 32, 7, np.float32)
            out = held[offset % 16 : offset % 16 + length]
            run(name, "value", "f32", (x,), out, parameters)
            assert same_bits(out, wanted[offset : offset + length])
            assert np.count_nonzero(held == 7) >= 32 and np.all(held[offset % 16 + length :] == 7)
        x = whole[:length].copy()
        run(name, "value", "f32", (x,), x, parameters)
        assert same_bits(x, wanted[:length])


@pytest.mark.parametrize("name,step", [("gelu", "value"), ("mish", "derivative"), ("elu", "backward"), ("relu", "value")])
@pytest.mark.parametrize("form", ["f32", "f64"])
def test_vector_instructions(name, step, form):
    """Every floating-point operation of the machine code works on a whole register, and no library is called for any."""
    whole, single = instructions(assembly(kernels.make(f"{name}/{step}/{form}", form, 0), kernels.SIGNATURE))
    assert whole and not single


def assembly(body, signature):
    """The machine code of a kernel, which calls no library."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        pytest.skip("the names of x86 instructions")  # the bits are compared everywhere; how they are made can be read here alone
    text = cfunc(signature)(body)._library.get_asm_str()
    assert "fma" not in re.findall(r"\bcall\w*\s+(\w+)", text) and "svml" not in text
    return text


def instructions(text):
    """How many floating-point operations on whole registers, and on single numbers."""
    names = r"\bv?(?:max|mul|add|sub|div|sqrt|fn?m(?:add|sub)\d+)"
    return (len(re.findall(names + kind, text)) for kind in (r"p[sd]\b", r"s[sd]\b"))


@pytest.mark.parametrize("form", ["f32", "f64"])
@pytest.mark.parametrize("name,step", [("swiglu", "value"), ("geglu", "backward"), ("reglu", "backward")])
def test_vector_instructions_of_gated_functions(name, step, form):
    whole, single = instructions(assembly(kernels.make_gated(f"{name}/{step}/{form}", form), kernels.GATED_SIGNATURE))
    assert whole and not single


def test_code_is_kept_on_disk(tmp_path):
    """A second process finds what the first compiled."""
    code = "from fastact.jit import kernels; print(kernels.compiled('tanh', 'value', 'f32').cache_hits)"
    hits = []
    for _ in range(2):
        environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        hits.append(done.stdout.strip())
    assert hits == ["0", "1"]


# as on a disk that cannot be written, is full, or cannot be read: what Numba calls fails
DISKS = {
    "unwritable": "os.makedirs = tempfile.TemporaryFile = refuse",
    "full": "from numba.core import caching; caching.IndexDataCacheFile.save = refuse",
    "unreadable": "from numba.core import caching; caching.IndexDataCacheFile.load = refuse",
}


@pytest.mark.parametrize("disk", DISKS)
def test_a_disk_that_is_of_no_use_costs_nothing_but_time(disk, tmp_path):
    code = f"import os, tempfile\ndef refuse(*_, **__): raise OSError('refused')\n{DISKS[disk]}\n"
    code += "import numpy as np, fastact as fa\nfrom fastact.jit import kernels\n"
    code += "with fa.backend('numba'):\n    y = fa.relu6(np.float32([-1, 2, 9]))\n"
    code += "print(*map(int, y), kernels.compiled('relu6', 'value', 'f32').cache_hits)"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("0 2 6 0\n", "")


# ---- inside compiled functions ----


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["gelu", "silu", "mish", "softsign", "clip", "pow", "leaky_relu"])
def test_inside_compiled_functions(name, dtype):
    """Numbers and arrays, with and without parameters by position and by name, out, and every pass."""
    function, x = getattr(fa, name), samples(dtype, 5)
    g = np.random.default_rng(6).permutation(x)
    parameters = dict(zip(fa.functions()[name].parameters, parameter_sets(name)[-1], strict=True))
    required = list(parameters.values()) if name == "pow" else []

    with np.errstate(all="ignore"):
        text = ", ".join(map(repr, required))
        scope = {"function": function, "required": required}
        more = f", {text}" if text else ""
        exec(
            f"def value(x): return function(x{more})\n"
            f"def derivative(x): return function.derivative(x{more})\n"
            f"def backward(g, x): return function.backward(g, x{more})\n"
            f"def into(x, out): return function(x{more}, out=out)\n"
            f"def named(x): return function(x, {', '.join(f'{key}=float({str(item)!r})' for key, item in parameters.items())})\n",
            scope,
        )
        assert same_bits(njit(scope["value"])(x), function(x, *required))
        assert same_bits(njit(scope["derivative"])(x), function.derivative(x, *required))
        assert same_bits(njit(scope["backward"])(g, x), function.backward(g, x, *required))
        out = np.empty_like(x)
        assert njit(scope["into"])(x, out) is not None and same_bits(out, function(x, *required))
        if parameters:
            assert same_bits(njit(scope["named"])(x), function(x, *parameters.values()))
        number = njit(scope["value"])
        for value in x[::97]:
            assert np.array_equal(number(value), function(value, *required), equal_nan=True)


def test_numbers_that_are_no_floats():
    @njit
    def number(x):
        return fa.gelu(x)

    assert number(3) == fa.gelu(3) and number(True) == fa.gelu(True)
    whole = np.arange(-4, 5)
    assert same_bits(number(whole), fa.gelu(whole))


def test_layouts():
    @njit
    def into(x, out):
        fa.tanh(x, out=out)

    x = samples(np.float32, 7)[:360].reshape(18, 20)
    for view in (x.T, x[::2, ::-1], np.asfortranarray(x), x[:, :1]):
        out = np.empty_like(view)
        into(view, out)
        assert same_bits(out.ravel(), fa.tanh(view).ravel())


def test_a_loop_of_the_user_is_one_simd_loop():
    """The call becomes a call of whole registers, and the bits stay."""

    @njit
    def fused(x, w, b, out):
        for i in range(x.size):
            out[i] = fa.gelu(x[i]) * w[i] + b

    x = samples(np.float32, 8)
    w, out, b = x[::-1].copy(), np.empty_like(x), np.float32(0.5)
    with np.errstate(all="ignore"):
        fused(x, w, b, out)
        wanted = fa.gelu(x) * w + b
    assert np.array_equal(out, wanted, equal_nan=True)
    text = "".join(fused.inspect_llvm().values())
    assert re.search(r"call <\d+ x float> @fastact_gelu_value_f32_\d+\(", text)


def test_functions_are_made_when_they_are_met(tmp_path):
    """Numba's entry point makes nothing, whatever is compiled; a call makes what it needs."""
    code = (
        "import numpy as np, fastact as fa\nfrom numba import njit\nfrom fastact.jit import overloads\nprint(len(overloads.KNOWN))\n"
        "@njit\ndef f(x): return fa.silu(x)\n@njit\ndef g(x): return np.sin(x)\n"
        "print(g(0.0), len(overloads.KNOWN), f(0.0), [function.__name__ for function in overloads.KNOWN])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0.0", "0", "0.0", "['silu']"]


def test_compiled_functions_are_kept_on_disk(tmp_path):
    (tmp_path / "mine.py").write_text(
        "import fastact as fa\nfrom numba import njit\n"
        "@njit(cache=True)\ndef f(x):\n    return fa.silu(x, beta=1.5) + fa.tanh.derivative(x)\n"
    )
    code = "import numpy as np, mine; print(float(mine.f(np.ones(4)).sum())); print(sum(mine.f.stats.cache_hits.values()))"
    found = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        found.append(done.stdout.split())
    assert found[0][0] == found[1][0] and [hits for _, hits in found] == ["0", "1"]
