"""Row-wise functions by Numba: the core's bits in every shape, by vector instructions, of float32, float64 and 16 bits, by any threads."""

import importlib
import re

import numpy as np
import pytest
from helpers import OTHER_ROWS, PROBABILITIES, ROOT, bits, names_of, same_bits
from test_jit import assembly, instructions

import fastact as fa
from fastact.jit import graphs, kernels

COLUMNS = (1, 2, 3, 8, 10, 16, 17, 31, 64, 100, 513, 1000)  # short and long rows, whole vectors and tails, more than a block
MANY = {"sparsemax": 3000, "entmax15": 3000, "entmax": 3000}  # more than what they collect of a row
FROM_INPUT = OTHER_ROWS  # backward starts from x
PARAMETERS = {"maxout": [{"pieces": 1}, {"pieces": 2}, {"pieces": 3}, {"pieces": 4}, {"pieces": 5}],
              "softmax": [{}, {"scale": 0.1}], "log_softmax": [{}, {"scale": 0.1}], "l2_normalize": [{}, {"eps": 4.0}],
              "entmax": [{"alpha": 1.25}, {"alpha": 1.5}, {"alpha": 2.0}]}  # fmt: skip


@pytest.fixture(autouse=True)
def restored():
    yield
    fa.set_backend("auto")


def same_of_both(call, what):
    found = []
    for name in ("c", "numba"):
        with fa.backend(name):
            found.append(np.asarray(call()))
    assert found[0].dtype == found[1].dtype and np.array_equal(*map(bits, found)), what


def scores(kind, shape, dtype, source):
    """Rows as there are, flat and steep ones, those far from 0, and those with what is special, NaNs of any sign and payload among it."""
    x = source.normal(0, 3, shape)
    if kind == "steep":
        x *= 400
    elif kind == "far":
        x = x * 1e-3 - 7000
    elif kind == "wild":
        x *= np.finfo(dtype).max ** source.uniform(-0.9, 0.9, shape)
    with np.errstate(over="ignore"):
        x = x.astype(dtype)
    if kind == "special":
        x[source.random(shape) < 0.2] = -np.inf
        odd = source.random(shape) < 0.1
        x[odd] = source.choice(np.array([np.nan, np.inf, -0.0, 0.0], dtype), odd.sum())
        x[source.random(shape) < 0.02] = np.array(0xFFC12345, np.uint32).view(np.float32)
        x[0] = -np.inf
        x[-1] = x[-1].max(initial=0, where=np.isfinite(x[-1]))
    return x


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", names_of("rowwise"))
def test_bits_of_the_core(name, dtype):
    """Both passes over rows of every length; one row, a few, and more than there are lanes."""
    function, source = getattr(fa, name), np.random.default_rng(1)
    for columns in (*COLUMNS, *filter(None, [MANY.get(name)])):
        for kind, rows in (("usual", 1), ("usual", 18), ("steep", 5), ("far", 3), ("wild", 17), ("special", 33)):
            x = scores(kind, (rows, columns), dtype, source)
            for parameters in PARAMETERS.get(name, [{}]):
                if columns % parameters.get("pieces", 1):
                    continue
                with np.errstate(all="ignore"), fa.backend("c"):
                    y = function(x, **parameters)
                grad = scores("special" if kind == "special" else "wild", y.shape, dtype, source)
                given = x if name in FROM_INPUT else y
                what = name, columns, kind, parameters
                same_of_both(lambda: function(x, **parameters), what)
                same_of_both(lambda: function.backward(grad, given, **parameters), what)


@pytest.mark.parametrize("name", names_of("rowwise"))
def test_layouts_masks_and_threads(name):
    """What the caller's side does with rows is the same code for both; 16 bits are widened, large calls shared out."""
    function, source = getattr(fa, name), np.random.default_rng(2)
    x = source.normal(0, 3, (12, 20, 28)).astype(np.float32)
    y = function(x, axis=1)
    grad = source.normal(0, 1, y.shape).astype(np.float32)
    given = x if name in FROM_INPUT else y
    calls = [
        lambda: function(x.astype(np.float16)),
        lambda: function(x[::3, :, ::-1], axis=0),
        lambda: function(x, axis=1),
        lambda: function.backward(grad, given, axis=1),
        lambda: function.backward(grad.astype(np.float16), given.astype(np.float16), axis=1),
    ]
    if name in (*PROBABILITIES, "logsumexp"):
        mask = source.random(x.shape) < 0.7
        mask[0] = False
        calls += [lambda: function(x, where=mask, scale=0.5), lambda: function.backward(grad, given, axis=1, where=mask, scale=0.5)]
    if y.shape == x.shape:
        calls.append(lambda: function(into := x.copy(), out=into))
    for number, call in enumerate(calls):
        same_of_both(call, (name, number))
    large = source.normal(0, 2, (3000, 100)).astype(np.float32)
    with fa.threads(1):
        wanted = function(large)
    with fa.backend("numba"), fa.threads(3):
        same_bits(function(large), wanted)


def test_its_own_kernels_are_called():
    from fastact import _core

    asked = []
    x = np.ones((3, 40), np.float16)
    with fa.backend("numba"):
        _core.use_kernels_of(lambda *what: asked.append(what) or kernels.address(*what), alone="numba", kinds=kernels.KINDS)
        fa.softmax.backward(x, fa.softmax(x))
    assert asked == [("softmax", "value", "f32", 0), ("softmax", "backward", "f32", 0)]


def inner_loops(text):
    """The machine code of the loops that have no other inside."""
    lines = text.splitlines()
    places = {line.strip(":"): number for number, line in enumerate(lines) if line.startswith(".LBB")}
    jumps = [(places.get(label, len(lines)), at) for at, line in enumerate(lines) for label in re.findall(r"\tj\w+\s+(\.LBB\w+)", line)]
    loops = {(first, last) for first, last in jumps if first < last}
    return ["\n".join(lines[first:last]) for first, last in loops if not any(first < a and b <= last for a, b in loops)]


@pytest.mark.parametrize("name,form", [("softmax", "f32"), ("softmax", "f64"), ("log_softmax", "f32"), ("l2_normalize", "f64")])
def test_vector_instructions(name, form):
    """No loop of the machine code computes with single numbers, but the one around rows, whose inner loops may stand apart from it, where
    the lanes of a row's sum are joined; none gathers lanes; nothing but the program is called."""
    for step in ("value", "backward"):
        text = assembly(kernels.make_rows(f"{name}/{step}/{form}"), kernels.ROWS_SIGNATURE)
        counts = {loop: tuple(instructions(loop)) for loop in inner_loops(text)}
        of_singles = [loop for loop, (whole, single) in counts.items() if 2 * single > whole]
        assert sum(whole for whole, _ in counts.values()) >= 4
        assert len(of_singles) <= 1 and all("vextract" in loop for loop in of_singles)
        assert "gather" not in text and "scatter" not in text
        called = set(re.findall(r"movabsq\s+\$([a-zA-Z]\w*),", text)) - {"memset", "memcpy"}
        assert {one for one in called if "kernel" not in one} <= {f"fastact_{one}" for one in graphs.function(name)["functions"]}


UNKNOWN = {
    "return f32_set((float)f32_mask_bits(f32_lt(f32_load(p), f32_set(0))));": "the word f32_mask_bits",
    "return f32_set(expf(*p));": "the function expf",
    "return f32_load_bf16((const uint16_t *)p);": "the type unsigned short",
    "static int seen[2] = {1, 2}; return f32_set(seen[0]);": "an array that is not constant",
    "return f32_set(missing);": "the name missing",
    "odd_kind *f = odd_0; if (p) f = odd_1; return f(p);": "a pointer that only the build follows",
    "struct { odd_kind *f; int k; } s = {odd_0, 1}; s.k = 2; return s.f(p);": "function odd_0",
}


def test_the_build_refuses_what_it_does_not_know(monkeypatch):
    """Rather than take it for what it does to one lane."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    programs, read = (importlib.import_module(f"graphs.{name}") for name in ("programs", "read"))
    text = "typedef vf odd_kind(const float *p);\n" + "".join(f"static vf odd_{k}(const float *p) {{ {body} }}\n" for k, body in enumerate(UNKNOWN))
    program = read.Program(ROOT, lambda root: read.programs(root).partition('#include "entries.h"')[0] + text)
    for k, words in enumerate(UNKNOWN.values()):
        with pytest.raises(NotImplementedError, match=words):
            programs.compiled(program, {}, {}, f"odd_{k}")
