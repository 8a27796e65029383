"""Calls of losses that C answers without Python's general form: with parameters and weights the same bits and the same refusals."""

from functools import partial

import numpy as np
import pytest
from helpers import FUNCTIONS, bits, names_of, without_fast_path
from pointwise_formulas import FLOATS, NAMES, REFERENCES, data

import fastact
from fastact import _core, pointwise, row_losses

SPELLINGS = {
    "binary_cross_entropy.clip": ("torch", None, 0.01),
    "binary_cross_entropy.base": ("e", 2),
    "poisson_nll.log_input": (True, 0, 1.0),
    "sigmoid_focal.alpha": (None, np.float64(0.75)),
}


@pytest.fixture
def only_plain(monkeypatch):
    """A call that reaches a general form fails."""

    def refuse(*arguments):
        raise AssertionError("the general form was asked")

    for module, word in ((pointwise, "_Parameters"), (pointwise, "_Inputs"), (row_losses, "_Rows")):
        monkeypatch.setattr(module, word, refuse)


def parameters_of(name):
    """Keywords of each parameter alone, then of all that the references list."""
    names = tuple(FUNCTIONS[name].parameters)
    for values in REFERENCES[name][2]:
        values = values if isinstance(values, tuple) else (values,)
        yield dict(zip(names, values))
    for word in names:
        yield from ({word: value} for value in SPELLINGS.get(f"{name}.{word}", ()))


def weights_of(pred, dtype):
    return np.random.default_rng(4).random(pred.shape).astype(dtype)


def same(got, expected):
    for a, b in zip(*((r if isinstance(r, tuple) else (r,)) for r in (got, expected)), strict=True):
        assert (type(a), a.shape, a.dtype) == (type(b), b.shape, b.dtype)
        np.testing.assert_array_equal(bits(np.asarray(a)), bits(np.asarray(b)))


@pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_parameters_and_weights(name, dtype, request):
    loss, (pred, target) = getattr(fastact, name), data(name, dtype, 70)
    weight, calls = weights_of(pred, dtype), []
    for options in ({}, *parameters_of(name)):
        for reduction in ("mean", "sum", "none"):
            for w in ({}, {"sample_weight": weight}, {"sample_weight": None}):
                calls += [(f, {"reduction": reduction, **options, **w}) for f in (loss, loss.gradient, loss.value_and_gradient)]
    expected = [without_fast_path(partial(f, pred, target, **keywords)) for f, keywords in calls]
    request.getfixturevalue("only_plain")
    for (f, keywords), result in zip(calls, expected):
        same(f(pred, target, **keywords), result)


CURVED = ({}, {"hess": "unit"}, {"hess": "exact", "hess_floor": 0.25}, {"hess_floor": -np.inf}, {"hess_floor": 1})


@pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_gradients_with_hessians(name, dtype, request):
    """Of weights below 0 and of what is not finite too, and where results lie on what is read or on each other."""
    function, (pred, target) = getattr(fastact, name).gradient_and_hessian, data(name, dtype, 70)
    weight = weights_of(pred, dtype) - np.dtype(dtype).type(0.125)
    pred[-3:] = 0.0, np.inf, np.nan
    calls = [
        {**options, **curved, **w}
        for options in ({}, *parameters_of(name))
        for curved in CURVED
        for w in ({}, {"sample_weight": weight}, {"sample_weight": None})
    ]
    expected = [without_fast_path(partial(function, pred, target, **keywords)) for keywords in calls]
    on_weights = [(c, e) for c, e in zip(calls, expected) if c.get("sample_weight") is not None]
    for keywords, result in on_weights[: len(CURVED)]:  # those that read weights again are general
        for word, k in (("grad_out", 0), ("hess_out", 1)):
            given = weight.copy()
            same(function(pred, target, **keywords | {"sample_weight": given, word: given}), result)
            same(given, result[k])
    request.getfixturevalue("only_plain")
    for keywords, result in zip(calls, expected):
        same(function(pred, target, **keywords), result)
        outs = np.empty_like(pred), np.empty_like(pred)
        found = function(pred, target, **keywords, grad_out=outs[0], hess_out=outs[1])
        assert found[0] is outs[0] and found[1] is outs[1]
        same(found, result)
        outs = pred.copy(), target.copy()
        same(function(*outs, **keywords, grad_out=outs[1], hess_out=outs[0]), result)


@pytest.mark.parametrize("hess", ["exact", "unit"])
@pytest.mark.parametrize("dtype", FLOATS)
def test_outputs_of_hessians_that_meet(dtype, hess):
    """What comes back is right where only an input is met; one result in the other's place is whole, whichever it is."""
    pred, target = data("half_poisson", dtype, 50)
    function = partial(fastact.half_poisson.gradient_and_hessian, hess=hess)
    expected = function(pred, target)
    room = np.zeros(51, dtype)
    room[:50] = pred
    same(function(room[:50], target, hess_out=room[1:])[1], expected[1])
    room[:50] = pred
    same(function(room[:50], target, grad_out=room[1:])[0], expected[0])
    both = np.empty(50, dtype)
    found = without_fast_path(partial(function, pred, target, grad_out=both, hess_out=both))
    assert found[0] is found[1] is both
    wanted = both.copy()
    function(pred, target, grad_out=both, hess_out=both)
    same(both, wanted)


@pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")
@pytest.mark.parametrize("name", [name for name in NAMES if FUNCTIONS[name].parameters])
def test_parameters_by_place(name, request):
    loss, (pred, target) = getattr(fastact, name), data(name, "float64", 40)
    expected = [(keywords, loss.value_and_gradient(pred, target, **keywords)) for keywords in parameters_of(name)]
    request.getfixturevalue("only_plain")
    words = tuple(FUNCTIONS[name].parameters)
    for keywords, result in expected:
        if set(keywords) == set(words[: len(keywords)]):
            by_name = loss.gradient_and_hessian(pred, target, **keywords)
            same(loss.gradient_and_hessian(pred, target, *(keywords[word] for word in words[: len(keywords)])), by_name)
            same(loss.value_and_gradient(pred, target, *(keywords[word] for word in words[: len(keywords)])), result)


@pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", [name for name in names_of("row_loss") if "labels" in FUNCTIONS[name].targets])
def test_rows_with_outputs(name, dtype, request):
    g, loss = np.random.default_rng(5), getattr(fastact, name)
    rows = fastact.softmax(g.normal(size=(30, 4)).astype(dtype))
    labels, losses, gradient = g.integers(0, 4, 30), np.empty(30, dtype), np.empty((30, 4), dtype)
    expected = without_fast_path(lambda: loss.value_and_gradient(rows, labels, reduction="none"))
    request.getfixturevalue("only_plain")
    found = loss.value_and_gradient(rows, labels, reduction="none", out=losses, grad_out=gradient)
    assert found[0] is losses and found[1] is gradient
    same(found, expected)
    same(loss(rows, labels, reduction="none", out=losses), expected[0])


@pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", [name for name in names_of("row_loss") if "probabilities" in FUNCTIONS[name].targets])
def test_rows_of_targets(name, dtype, request):
    loss, rng = getattr(fastact, name), np.random.default_rng(5)
    scores, target = (rng.random((6, 9)) + 0.05 for _ in range(2))
    scores, target = scores.astype(dtype), (target / target.sum(axis=-1, keepdims=True)).astype(dtype)
    shapes = ((6, 9), (2, 3, 9), (54,)) if FUNCTIONS[name].targets == ("probabilities",) else ((6, 9), (2, 3, 9))
    calls = [
        (f, [array.reshape(shape) for array in (scores, target)], {"reduction": reduction})
        for f in (loss, loss.gradient, loss.value_and_gradient)
        for shape in shapes
        for reduction in ("mean", "sum")
    ]
    expected = [without_fast_path(partial(f, *arrays, **keywords)) for f, arrays, keywords in calls]
    request.getfixturevalue("only_plain")
    for (f, arrays, keywords), result in zip(calls, expected):
        same(f(*arrays, **keywords), result)
    out = np.empty_like(scores)
    assert loss.gradient(scores, target, out=out) is out
    same(out, expected[2 * len(shapes)])


@pytest.mark.parametrize("shift", [0, 1, 3, 90, 119])
def test_losses_of_rows_written_over_what_is_read(shift):
    """As if the scores and labels had been copied first."""
    g = np.random.default_rng(6)
    buffer, labels = g.normal(size=150), g.integers(0, 4, 30)
    expected = fastact.cross_entropy(buffer[:120].reshape(30, 4).copy(), labels, reduction="none")
    same(fastact.cross_entropy(buffer[:120].reshape(30, 4), labels, reduction="none", out=buffer[shift : shift + 30]), expected)
    rows = g.normal(size=(30, 4))
    expected = fastact.cross_entropy(rows, labels, reduction="none")
    same(fastact.cross_entropy(rows, labels, reduction="none", out=labels.view(np.float64)), expected)


def refused(call):
    with pytest.raises((TypeError, ValueError, OverflowError)) as caught:
        call()
    return caught.type, str(caught.value)


@pytest.mark.parametrize("name", NAMES)
def test_refusals_are_the_general_ones_and_write_nothing(name):
    loss, (pred, target) = getattr(fastact, name).value_and_gradient, data(name, "float32", 40)
    kept = np.full(40, 7, np.float32), np.full(40, 7, np.float32)
    outs = {"reduction": "none", "out": kept[0], "grad_out": kept[1]}
    wrong = [{"sample_weight": np.ones(39, np.float32)}, {"sample_weight": "1"}, {"sample_weight": np.ones(40, complex)}, {"weight": 1.0}]
    for word in FUNCTIONS[name].parameters:
        wrong += [{word: value} for value in (np.nan, "word", 1j, [1.0, 2.0], 10**400)]
    for keywords in wrong:
        call = partial(loss, pred, target, **keywords, **outs)
        assert refused(call) == refused(partial(without_fast_path, call))
    for word, usual in list(FUNCTIONS[name].parameters.items())[:1]:
        twice = partial(loss, pred, target, usual, **{word: usual})
        assert refused(twice) == refused(partial(without_fast_path, twice))
    assert all((array == 7).all() for array in kept)


@pytest.mark.parametrize("name", NAMES)
def test_refusals_of_hessians_are_the_general_ones_and_write_nothing(name):
    function, (pred, target) = getattr(fastact, name).gradient_and_hessian, data(name, "float32", 40)
    outs = {word: np.full(40, 7, np.float32) for word in ("grad_out", "hess_out")}
    frozen = np.full(40, 7, np.float32)
    frozen.flags.writeable = False
    wrong = [{"sample_weight": np.ones(39, np.float32)}, {"sample_weight": np.ones(40, complex)}, {"reduction": "mean"}]
    wrong += [{"hess": "one"}, {"hess": None}, {"hess_floor": np.nan}, {"hess_floor": "0"}, {"hess_floor": 10**400}]
    wrong += [{"hess_out": np.full(39, 7, np.float32)}, {"hess_out": frozen}, {"grad_out": frozen}, {"hess_out": np.full(40, 7)}]
    for word in FUNCTIONS[name].parameters:
        wrong += [{word: value} for value in (np.nan, "word", 1j, [1.0, 2.0], 10**400)]
    for keywords in wrong:
        call = partial(function, pred, target, **outs | keywords)
        assert refused(call) == refused(partial(without_fast_path, call))
    assert all((array == 7).all() for array in outs.values())


@pytest.mark.parametrize("dtype", FLOATS)
def test_weights_that_sum_to_nothing(dtype):
    """The general form knows what the mean of nothing is."""
    loss, (pred, target) = fastact.huber, data("huber", dtype, 20)
    value, gradient = loss.value_and_gradient(pred, target, sample_weight=np.zeros(20, dtype))
    assert np.isnan(value) and not gradient.any()
    total, gradient = loss.value_and_gradient(pred, target, reduction="sum", sample_weight=np.zeros(20, dtype))
    assert total == 0 and not gradient.any()


@pytest.mark.parametrize("dtype", FLOATS)
def test_weights_where_results_are_written(dtype):
    pred, target = data("half_poisson", dtype, 50)
    weight = weights_of(pred, dtype)
    expected = fastact.half_poisson.value_and_gradient(pred, target, sample_weight=weight)
    same(fastact.half_poisson.value_and_gradient(pred, target, sample_weight=weight, grad_out=weight), expected)
    buffer = weights_of(np.empty(51), dtype)
    weight = buffer[:50].copy()
    expected = fastact.half_poisson.gradient(pred, target, sample_weight=weight)
    same(fastact.half_poisson.gradient(pred, target, sample_weight=buffer[:50], out=buffer[1:]), expected)
