"""The fast path gives what NumPy's own path gives, to the bit, and guards what it has to guard."""

import threading

import numpy as np
import pytest
from helpers import (
    ELEMENTWISE,
    EVERY_PASS,
    FUNCTIONS,
    SPECIAL,
    WITH_PARAMETER,
    inputs_of,
    names_of,
    pass_of,
    same_bits,
    sample,
    without_fast_path,
)
from hypothesis import given, settings
from hypothesis import strategies as st

import fastact
from fastact import _core

FLOATS = ("float32", "float64")


@pytest.fixture(params=["fast path", "NumPy's path"])
def path(request):
    """Run the test on this path."""
    before = _core.set_fast_path(request.param == "fast path")
    yield request.param
    _core.set_fast_path(before)


def arguments(which, n, dtype):
    """Inputs with special values among them."""
    found = [sample(n, dtype, seed, 90) for seed in range(inputs_of(which))]
    for k, array in enumerate(found):
        array[k :: 7][: len(SPECIAL)] = np.array(SPECIAL, dtype)[: len(array[k :: 7])]
    return found


def test_the_fast_path_is_on():
    before = _core.set_fast_path(True)
    assert before is True or before == 1
    assert _core.set_fast_path(before)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_both_paths_agree(name, which, dtype):
    ufunc = pass_of(name, which)
    for n in (1, 2, 7, 16, 33, 64, 130, 1000, 20_000):
        inputs = arguments(which, n, dtype)
        expected = without_fast_path(lambda: ufunc(*inputs))
        same_bits(ufunc(*inputs), expected)
        out = np.empty_like(expected)
        assert ufunc(*inputs, out=out) is out
        same_bits(out, expected)
        shaped = [a.reshape(1, n, 1) for a in inputs]
        same_bits(ufunc(*shaped), expected.reshape(1, n, 1))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, which", WITH_PARAMETER)
def test_parameters_on_both_paths(path, name, which, dtype):
    ufunc, inputs = pass_of(name, which), arguments(which, 50, dtype)
    (parameter, default), *others = FUNCTIONS[name].parameters.items()
    others = [usual for _, usual in others]
    same_bits(ufunc(*inputs), ufunc(*inputs, default))
    same_bits(ufunc(*inputs), ufunc(*inputs, default, *others))
    for value in (0.3, 1, 1e-3):
        expected = ufunc(*inputs, np.full(50, value, dtype))
        same_bits(ufunc(*inputs, value), expected)
        same_bits(ufunc(*inputs, **{parameter: value}), expected)
        out = np.empty_like(expected)
        assert ufunc(*inputs, out=out, **{parameter: value}) is out
        same_bits(out, expected)
        assert ufunc(*inputs, value, *others, out) is out
    with pytest.raises(TypeError, match="given by position and by keyword"):
        ufunc(*inputs, 0.3, **{parameter: 0.3})


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float16", "float32", "float64"])
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_no_floating_point_error_is_reported(path, name, which, dtype):
    ufunc = pass_of(name, which)
    if dtype in ("bool", "int8", "uint64"):
        given = [np.arange(60).astype(dtype)] * inputs_of(which)
    else:
        kind = np.finfo(dtype)
        values = np.array([*SPECIAL, kind.max, kind.min, kind.smallest_subnormal, -kind.tiny, 11, -17, 90, -104, 700, -746], dtype)
        given = [values] if inputs_of(which) == 1 else [np.repeat(values, len(values)), np.tile(values, len(values))]
    with np.errstate(all="raise"):
        result = ufunc(*given)
        ufunc(*given, out=result)
        ufunc(*(a[::-1] for a in given))
        for entries in list(zip(*given))[:20]:
            ufunc(*entries)
        np.add(np.float64(1), np.float64(1))  # nor does a flag stay for somebody else


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_overlap(path, name, which, dtype):
    """As if every input were copied first, wherever the output lies."""
    ufunc = pass_of(name, which)
    n = 300
    others = arguments(which, n, dtype)
    for position in range(inputs_of(which)):
        for shift in (0, 1, 3, 17, 100, 299):
            for backwards in (False, True):
                buffer = arguments("value", 2 * n, dtype)[0]
                lower, upper = buffer[:n], buffer[shift : shift + n]
                source, out = (lower, upper) if not backwards else (upper, lower)
                inputs = [a.copy() for a in others]
                inputs[position] = source
                expected = ufunc(*(a.copy() for a in inputs))
                assert ufunc(*inputs, out=out) is out
                same_bits(out, expected)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_overlap_of_strided_views(path, name, which):
    ufunc = pass_of(name, which)
    for inside, outside in (
        (slice(None, None, 2), slice(0, 100)),
        (slice(0, 100), slice(None, None, 2)),
        (slice(0, 100), slice(99, None, -1)),
        (slice(199, 99, -1), slice(50, 150)),
    ):
        buffer = sample(200, "float32", 5)
        inputs = [sample(100, "float32", 6)] * (inputs_of(which) - 1) + [buffer[inside]]
        expected = ufunc(*(a.copy() for a in inputs))
        out = buffer[outside]
        ufunc(*inputs, out=out[:100])
        same_bits(out[:100], expected)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_out_of_another_kind(path, name, which):
    ufunc = pass_of(name, which)
    inputs = arguments(which, 24, "float32")
    expected = ufunc(*inputs)
    wide = np.empty(24)
    assert ufunc(*inputs, out=wide) is wide
    same_bits(wide.astype(np.float32), expected)
    rows = np.empty((3, 24), np.float32)  # an output may have more dimensions
    assert ufunc(*inputs, out=rows) is rows
    same_bits(rows, np.broadcast_to(expected, (3, 24)))
    for wrong in (np.empty(23, np.float32), np.empty((24, 3), np.float32), np.empty(0, np.float32)):
        with pytest.raises(ValueError):
            ufunc(*inputs, out=wrong)
    with pytest.raises(TypeError):
        ufunc(*inputs, out=[0.0] * 24)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_read_only_output_is_refused_and_untouched(path, name, which):
    inputs = arguments(which, 24, "float32")
    out = np.full(24, 7, np.float32)
    out.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        pass_of(name, which)(*inputs, out=out)
    assert (out == 7).all()
    for array in inputs:
        array.flags.writeable = False
    assert pass_of(name, which)(*inputs).flags.writeable


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_inputs_are_not_changed(path, name, which):
    inputs = arguments(which, 77, "float64")
    before = [a.copy() for a in inputs]
    pass_of(name, which)(*inputs)
    for array, copy in zip(inputs, before):
        same_bits(array, copy)


def test_misaligned_memory(path):
    for dtype in FLOATS:
        x = sample(50, dtype)
        raw = np.zeros(50 * x.itemsize + 1, np.uint8)
        moved = raw[1:].view(dtype)
        moved[...] = x
        assert not moved.flags.aligned
        for name in ELEMENTWISE:
            ufunc = pass_of(name, "value")
            same_bits(ufunc(moved), ufunc(x))
            out = np.zeros(50 * x.itemsize + 1, np.uint8)[1:].view(dtype)
            ufunc(x, out=out)
            same_bits(out.copy(), ufunc(x))


def test_threads_may_call_at_once():
    x = sample(50_000, "float32")
    expected = {name: pass_of(name, "value")(x) for name in ELEMENTWISE}
    wrong = []

    def work(name):
        for _ in range(20):
            if not np.array_equal(pass_of(name, "value")(x), expected[name], equal_nan=True):
                wrong.append(name)

    workers = [threading.Thread(target=work, args=(name,)) for name in ELEMENTWISE]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not wrong


# ---- any shape, any strides, any length


@st.composite
def views(draw):
    """A function that cuts the same view, of any shape and strides, out of arrays of any dtype."""
    shape = tuple(draw(st.lists(st.integers(0, 7), min_size=1, max_size=4)))
    cuts = tuple(slice(None, None, draw(st.sampled_from([1, 1, -1, 2, -3]))) for _ in shape)
    whole = tuple(n * abs(cut.step) for n, cut in zip(shape, cuts))
    order = draw(st.permutations(range(len(shape))))
    offset = draw(st.integers(0, 5))

    def view(seed, dtype):
        size = int(np.prod(whole))
        array = sample(size + offset, dtype, seed, 30)[offset:].reshape(whole)[cuts]
        return array.transpose(order)

    return view


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(EVERY_PASS), views(), st.sampled_from(["float16", *FLOATS]), st.booleans())
def test_any_view_gives_the_bits_of_a_plain_array(case, view, dtype, with_out):
    name, which = case
    ufunc = pass_of(name, which)
    inputs = [view(seed, dtype) for seed in range(inputs_of(which))]
    plain = [np.ascontiguousarray(a).ravel() for a in inputs]
    expected = ufunc(*plain).reshape(inputs[0].shape)
    out = np.empty_like(inputs[0], dtype=dtype) if with_out else None
    got = ufunc(*inputs, out=out)
    assert out is None or got is out
    same_bits(got, expected)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(EVERY_PASS), st.integers(0, 700), st.sampled_from(FLOATS), st.integers(0, 15))
def test_any_length_is_a_piece_of_a_longer_one(case, length, dtype, offset):
    name, which = case
    ufunc = pass_of(name, which)
    inputs = [sample(720, dtype, seed, 30) for seed in range(inputs_of(which))]
    part = slice(offset, offset + length)
    same_bits(ufunc(*(a[part] for a in inputs)), ufunc(*inputs)[part])


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(WITH_PARAMETER), st.sampled_from([(), (1,), (5,), (4, 1), (4, 5), (3, 4, 5), (3, 1, 1)]), st.sampled_from(FLOATS))
def test_parameters_broadcast_like_any_input(case, shape, dtype):
    name, which = case
    ufunc = pass_of(name, which)
    inputs = [sample(20, dtype, seed).reshape(4, 5) for seed in range(inputs_of(which))]
    parameter = np.abs(sample(int(np.prod(shape)), dtype, 9)).reshape(shape) + np.dtype(dtype).type(0.1)
    full = [a.ravel() for a in map(np.ascontiguousarray, np.broadcast_arrays(*inputs, parameter))]
    got = ufunc(*inputs, parameter)
    same_bits(got.ravel(), ufunc(*full))


LOSS_PASSES = {"value": ("out",), "gradient": ("out",), "value_and_gradient": ("out", "grad_out")}


def loss_inputs(name, dtype):
    """Predictions or scores, and targets that every loss accepts."""
    if name in names_of("row_loss"):
        return sample(30, dtype, 7, 2).reshape(5, 6), np.array([0, 3, 5, 1, 2])
    return np.linspace(0.1, 0.9, 13, dtype=dtype), (np.arange(13) % 2).astype(dtype)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("name", [*names_of("loss"), "cross_entropy", "multi_margin"])
def test_losses_reduced_and_not_on_both_paths(name, reduction, dtype):
    first, second = loss_inputs(name, dtype)
    for which, outputs in LOSS_PASSES.items():
        function = getattr(fastact, name) if which == "value" else getattr(getattr(fastact, name), which)
        wanted = without_fast_path(lambda: function(first, second, reduction=reduction))
        found = function(first, second, reduction=reduction)
        assert_same(found, wanted)
        every = dict(zip(outputs, wanted if which == "value_and_gradient" else (wanted,)))
        given = {key: np.empty_like(value) for key, value in every.items() if np.ndim(value)}
        assert_same(function(first, second, reduction=reduction, **given), wanted)
        for key in given:
            same_bits(given[key], every[key])


def assert_same(found, wanted):
    for one, other in zip(found, wanted) if isinstance(wanted, tuple) else ((found, wanted),):
        assert type(one) is type(other) and one.dtype == other.dtype
        same_bits(one, other)


@pytest.mark.parametrize("dtype", FLOATS)
def test_outputs_of_losses_that_meet(path, dtype):
    """One in the other's place, or in that of an input: what comes back is right, or the call is refused and nothing written."""
    room = np.linspace(0.1, 2.5, 64, dtype=dtype)
    pred, target = room[8:24].copy(), room[30:46].copy()
    losses, gradient = fastact.huber.value_and_gradient(pred, target, reduction="none")
    for start in (0, 1, 15):
        memory = room.copy()
        try:
            fastact.huber.value_and_gradient(pred, target, reduction="none", out=memory[:16], grad_out=memory[start : start + 16])
        except ValueError:
            same_bits(memory, room)
        else:
            same_bits(memory[start : start + 16], gradient)
    for start in (8, 10):
        memory = room.copy()
        memory[8:24] = pred
        same_bits(fastact.huber(memory[8:24], target, reduction="none", out=memory[start : start + 16]), losses)
        same_bits(memory[start : start + 16], losses)
