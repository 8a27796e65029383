"""Functions with a learned parameter: plain calls, which C answers, and Numba's kernels."""

import sys

import numpy as np
import pytest
from helpers import same_bits
from learned_cases import FLOATS, LARGE, LAYOUTS, NAMES, drawn

import fastact
from fastact import _core


def plain_calls(name, g, x, p, axis):
    """(function, arguments, keywords) of value and backward in the ways that are plain."""
    function = getattr(fastact, name)
    apart = axis == 1 or x.ndim == 1
    for call, arguments in ((function, (x, p)), (function.backward, (g, x, p))):
        yield call, (*arguments, axis), {}
        yield call, arguments, {"axis": axis, "out": None}
        if apart:
            yield call, arguments, {}
        one = np.full(x.shape, 7, x.dtype)
        outs = one if call is function else (one, np.full(p.shape, 7, p.dtype))
        yield call, arguments, {"axis": axis, "out": outs}


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize(
    "shape, axis", [((7,), 1), ((7,), 0), ((5, 3), 1), ((5, 3), 0), ((2, 3, 4, 5), 1), ((2, 3, 4, 5), 2), ((40, 300), 1)]
)
def test_plain_calls_run_no_python(shape, axis, dtype):
    """And have the bits of the general form, in the outputs that were given."""
    for name in NAMES:
        g, x, p = drawn(name, dtype, shape, (shape[0 if len(shape) == 1 else axis],))
        for call, arguments, keywords in plain_calls(name, g, x, p, axis):
            outs, seen = keywords.get("out"), []
            sys.setprofile(lambda frame, event, what: seen.append(frame.f_code.co_name) if event == "call" else None)
            try:
                found = call(*arguments, **keywords)
            finally:
                sys.setprofile(None)
            assert not seen, seen
            wanted = call.__wrapped__(*arguments, **(keywords | {"out": None}))
            for a, b, out in zip(*((one if isinstance(one, tuple) else (one, one)) for one in (found, wanted, outs)), strict=True):
                same_bits(a, b)
                assert type(a) is np.ndarray and (out is None or a is out)


@pytest.mark.parametrize("dtype", (*FLOATS, "float16"))
@pytest.mark.parametrize("shape", [(7,), (5, 3), (2, 1, 4)])
def test_one_number_for_all_runs_no_python(shape, dtype):
    """An array of one number and, in values, a bare one; what other scalars are goes by NumPy's rules."""
    for name in NAMES:
        function = getattr(fastact, name)
        g, x, _ = drawn(name, dtype, shape, (1,))
        for number in (0.3, -1e300, float("nan")):
            with np.errstate(over="ignore"):
                alone = np.full(1, number, x.dtype)
            calls = [(function, (x, alone)), (function, (x, number))]
            calls += [(function, (x, alone[0])), (function.backward, (g, x, alone))] if dtype in FLOATS else []
            for call, arguments in calls:
                seen = []
                sys.setprofile(lambda frame, event, what: seen.append(frame.f_code.co_name) if event == "call" else None)
                try:
                    found = call(*arguments)
                finally:
                    sys.setprofile(None)
                assert not seen, seen
                wanted = call.__wrapped__(*arguments)
                for a, b in zip(*(one if isinstance(one, tuple) else (one,) for one in (found, wanted)), strict=True):
                    same_bits(a, b)
        assert function(x.astype("float32"), np.float64(0.3)).dtype == np.float64
        with pytest.raises(ValueError, match="axis"):
            function(x, np.full(1, 0.3, x.dtype), 5)


@pytest.mark.parametrize("name", NAMES)
def test_plain_calls_in_memory_that_is_shared(name):
    """Outputs may be inputs; where they meet them in part, or the parameter, the general form copies."""
    function = getattr(fastact, name)
    g, x, p = drawn(name, "float64", (30, 8), (8,))
    y, (dx, dp) = function(x, p), function.backward(g, x, p)
    held = x.copy()
    assert function(held, p, out=held) is held
    same_bits(held, y)
    held, whole = np.concatenate([x.ravel(), np.zeros(8)]), np.concatenate([p, np.zeros(232)])
    function(held[:240].reshape(30, 8), p, out=held[8:].reshape(30, 8))
    same_bits(held[8:].reshape(30, 8), y)
    function(x, whole[:8], out=whole.reshape(30, 8))
    same_bits(whole.reshape(30, 8), y)
    for place in range(2):
        own, into = [g.copy(), x.copy()], p.copy()
        made = function.backward(*own, into, out=(own[place], into))
        assert made[0] is own[place] and made[1] is into
        same_bits(made[0], dx)
        same_bits(made[1], dp)
    with pytest.raises(ValueError, match="share memory"):
        function.backward(g, x, p, out=(own[0], own[0][0]))
    read_only = np.empty_like(x)
    read_only.flags.writeable = False
    with pytest.raises(ValueError, match=f"^{name}: out is read-only"):
        function(x, p, out=read_only)


# ---- by Numba's kernels


@pytest.mark.parametrize("name", NAMES)
def test_kernels_of_numba_have_the_same_bits(name):
    """Every layout, also shared out among threads, and what is widened."""
    pytest.importorskip("numba")
    function = getattr(fastact, name)
    for dtype, cases in (("float32", (*LAYOUTS, *LARGE)), ("float64", (*LAYOUTS, *LARGE)), ("float16", LAYOUTS[::4])):
        for shape, parameter_shape, axis in cases:
            g, x, p = drawn(name, dtype, shape, parameter_shape)
            found = []
            for backend, count in (("c", 1), ("numba", 1), ("numba", 3)):
                with fastact.backend(backend), fastact.threads(count):
                    found.append((function(x, p, axis), *function.backward(g, x, p, axis)))
            for other in found[1:]:
                for a, b in zip(found[0], other):
                    same_bits(a, b)


def test_kernels_of_numba_are_asked_for():
    """By their own names, with those of the elementwise function."""
    pytest.importorskip("numba")
    from fastact.jit import kernels

    asked, x = [], np.ones((4, 3), np.float32)
    with fastact.backend("numba"):
        _core.use_kernels_of(lambda *what: asked.append(what) or kernels.address(*what), alone="numba", kinds=kernels.KINDS)
        fastact.prelu(x, x[0])
        assert set(asked) == {("prelu", "value", "f32", 0), ("leaky_relu", "value", "f32", 0), ("leaky_relu", "value", "f32", 1)}
        asked.clear()
        fastact.prelu.backward(x, x, x[0])
        assert set(asked) == {(name, "backward", "f32", part) for name, part in (("prelu", 0), ("leaky_relu", 0), ("leaky_relu", 1))}
