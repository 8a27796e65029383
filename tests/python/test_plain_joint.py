"""Calls of joint losses, penalties and distances that C answers without Python's general form: the same bits and the same refusals."""

import inspect
from functools import partial

import numpy as np
import pytest
from helpers import FUNCTIONS, bits, names_of, without_fast_path
from pointwise_formulas import FLOATS

import fastact
from fastact import _core, distances, joint, penalties

NAMES = names_of("joint_loss")
ROWS = {name: _core.row(name) for name in NAMES}
SHAPES = ((5, 7), (2, 3, 16), (1, 16))
NUMBERS = (0.25, 1, np.float64(2.0))
needs_core = pytest.mark.skipif(not _core.COMPILED, reason="without the compiled core every call is general")


@pytest.fixture
def only_plain(monkeypatch):
    """A call that reaches a general form fails."""

    def refuse(*arguments):
        raise AssertionError("the general form was asked")

    for module, word in ((joint, "_Call"), (joint, "_Terms"), (penalties, "_each"), (distances, "equal_shapes")):
        monkeypatch.setattr(module, word, refuse)


def arrays_of(name, shape, dtype, seed=7):
    g = np.random.default_rng(seed)
    return [g.random(shape).astype(dtype) for _ in ROWS[name]["arrays"]]


def passes_of(name, arrays):
    """(which, function, arguments) of each pass."""
    loss = getattr(fastact, name)
    if ROWS[name]["unit"] == "distances":
        grad = arrays[0][..., 0] - arrays[1][..., 1]
        return [("value", loss, arrays), ("backward", loss.backward, [grad, *arrays])]
    return [("value", loss, arrays), ("gradient", loss.gradient, arrays), ("both", loss.value_and_gradient, arrays)]


def options_of(name):
    """Keywords: each parameter alone, of penalties all of them, each reduction, each axis."""
    words = ROWS[name]["parameters"]
    is_penalty, is_distance = (ROWS[name]["unit"] == unit for unit in ("weights", "distances"))
    together = [dict.fromkeys(words, value) for value in NUMBERS] + [{}]
    found = together if is_penalty else [{word: value} for word in words for value in (*NUMBERS, True)] + together[-1:]
    axes = [{}] + [{"axis": axis} for axis in (-1, None)] * ("axis" in inspect.signature(getattr(fastact, name)).parameters)
    reductions = [{}] if is_penalty or is_distance else [{"reduction": word} for word in ("mean", "sum", "none")]
    return [options | axis | reduction for options in found for axis in axes for reduction in reductions]


def leaves_of(result):
    return [leaf for part in result for leaf in leaves_of(part)] if isinstance(result, (tuple, list)) else [result]


def same(got, expected):
    assert type(got) is type(expected)
    for a, b in zip(*map(leaves_of, (got, expected)), strict=True):
        assert (type(a), a.shape, a.dtype) == (type(b), b.shape, b.dtype)
        np.testing.assert_array_equal(bits(np.asarray(a)), bits(np.asarray(b)))


def outcome(call):
    """What a call returns, or how it refuses."""
    try:
        return call(), None
    except (TypeError, ValueError, OverflowError) as error:
        return None, (type(error), str(error))


def agree(call):
    """A call and its general form: the same result or the same refusal, which is returned."""
    (got, refusal), (expected, general_refusal) = outcome(call), outcome(partial(without_fast_path, call))
    assert refusal == general_refusal
    if refusal is None:
        same(got, expected)
    return refusal


def refused(call):
    assert agree(call) is not None


def not_refused(call):
    assert agree(call) is None


@needs_core
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NAMES)
def test_parameters_reductions_and_axes(name, dtype, shape, request):
    arrays, calls = arrays_of(name, shape, dtype), []
    arrays[0].flat[:3] = np.inf, np.nan, -0.0
    for keywords in options_of(name):
        for which, function, given in passes_of(name, arrays):
            call = partial(function, *given, **keywords)
            expected, refusal = outcome(partial(without_fast_path, call))
            if refusal:
                assert outcome(call)[1] == refusal
            elif which in ("value", "both") and keywords.get("reduction") == "none" and not np.shape(leaves_of(expected)[0]):
                not_refused(call)  # a loss for one row of all numbers is a scalar, which the general form makes
            else:
                calls.append((call, expected))
    assert len(calls) >= 2 * len(passes_of(name, arrays))
    request.getfixturevalue("only_plain")
    for call, expected in calls:
        same(call(), expected)


@needs_core
@pytest.mark.parametrize("name", NAMES)
def test_many_elements(name, request):
    """Other Python threads run meanwhile."""
    calls = [partial(function, *given) for _, function, given in passes_of(name, arrays_of(name, (300, 1000), "float32"))]
    expected = [without_fast_path(call) for call in calls]
    request.getfixturevalue("only_plain")
    for call, result in zip(calls, expected):
        same(call(), result)


@needs_core
@pytest.mark.parametrize("name", NAMES)
def test_parameters_by_place(name, request):
    arrays, loss = arrays_of(name, (4, 16), "float64"), getattr(fastact, name)
    words = list(ROWS[name]["parameters"])
    has_axis = "axis" in inspect.signature(loss).parameters
    order = ["axis"] * has_axis + words
    accepted = {"axis": -1, **{word: 1 for word in words}}
    counts = range(len(order), len(order) + 1) if ROWS[name]["unit"] == "weights" else range(len(order) + 1)
    expected = [without_fast_path(partial(loss, *arrays, **{word: accepted[word] for word in order[:k]})) for k in counts]
    request.getfixturevalue("only_plain")
    for k, result in zip(counts, expected):
        same(loss(*arrays, *(accepted[word] for word in order[:k])), result)


@needs_core
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", [name for name in NAMES if len(ROWS[name]["gradients"]) == 1])
def test_gradients_in_outputs(name, dtype, request):
    arrays = arrays_of(name, (4, 16), dtype)
    loss, word = getattr(fastact, name), "out" if ROWS[name]["unit"] == "weights" else "grad_out"
    alone, both = without_fast_path(partial(loss.gradient, *arrays)), without_fast_path(partial(loss.value_and_gradient, *arrays))
    request.getfixturevalue("only_plain")
    for place in (None, *range(len(arrays))):  # apart, or exactly an input
        for function, keyword, expected in ((loss.gradient, "out", alone), (loss.value_and_gradient, word, both)):
            given = [array.copy() for array in arrays]
            out = np.empty_like(given[0]) if place is None else given[place]
            found = function(*given, **{keyword: out})
            same(found, expected)
            assert leaves_of(found)[-1] is out
    same(loss.gradient(*arrays, out=None), alone)


@pytest.mark.parametrize("name", NAMES)
def test_outputs_that_are_not_plain(name):
    """Those that meet an input in part, of another layout, and of several gradients; those that are refused stay as they are."""
    arrays = arrays_of(name, (4, 16), "float32")
    _, function, given = passes_of(name, arrays)[1]
    expected = without_fast_path(partial(function, *given))
    count = len(ROWS[name]["gradients"])
    for make in (partial(np.empty, (4, 16), np.float32, order="F"), partial(np.empty, (4, 32), np.float32)):
        outs = tuple(make()[:, :16] for _ in range(count))
        found = function(*given, out=outs if count > 1 else outs[0])
        same(found, expected)
        assert all(a is b for a, b in zip(leaves_of(found), outs))
    room = np.zeros(65, np.float32)
    room[:64] = given[-1].ravel()
    outs = tuple([room[1:].reshape(4, 16)] + [np.empty((4, 16), np.float32) for _ in range(count - 1)])
    same(function(*given[:-1], room[:64].reshape(4, 16), out=outs if count > 1 else outs[0]), expected)
    frozen = np.full((4, 16), 7, np.float32)
    frozen.flags.writeable = False
    for wrong in (np.full((4, 15), 7, np.float32), np.full((4, 16), 7), frozen, np.full(64, 7, np.float32)):
        refusal = agree(partial(function, *given, out=(wrong,) * count if count > 1 else wrong))
        assert refusal or wrong.dtype == np.float64
        assert refusal is None or (wrong == 7).all()


@pytest.mark.parametrize("name", [name for name in NAMES if ROWS[name]["unit"] in ("elements", "rows")])
def test_values_in_outputs(name):
    arrays, loss = arrays_of(name, (4, 16), "float32"), getattr(fastact, name)
    expected = without_fast_path(partial(loss, *arrays, reduction="none"))
    single = np.empty((), np.float32)
    same(loss(*arrays, out=single), single)
    assert single == without_fast_path(partial(loss, *arrays))
    if expected.shape:
        losses = np.empty_like(expected)
        assert loss(*arrays, reduction="none", out=losses) is losses
        same(losses, expected)
        over = arrays[-1].reshape(-1)[: expected.size].reshape(expected.shape)  # on what is read
        same(loss(*arrays, reduction="none", out=over), expected)


@pytest.mark.parametrize("name", NAMES)
def test_calls_that_are_not_plain(name):
    """Other layouts, dtypes, types and keywords give what the general form gives."""
    arrays, loss = arrays_of(name, (4, 16), "float32"), getattr(fastact, name)
    transposed, halves = ([np.asfortranarray(a) for a in arrays], [a.astype(np.float16) for a in arrays])
    mixed, swapped = [arrays[0].astype(np.float64), *arrays[1:]], [a.astype(">f4") for a in arrays]
    others = [transposed, halves, mixed, swapped, [a.tolist() for a in arrays], [a[:, :0] for a in arrays], [a[:0] for a in arrays]]
    for given in others:
        not_refused(partial(loss, *given))
    same(loss(**dict(zip(ROWS[name]["arrays"], arrays))), loss(*arrays))
    if ROWS[name]["unit"] in ("elements", "rows"):
        weight = np.arange(4, dtype=np.float32)
        several = [{"reduction": "batchmean"}, {"empty": "zero"}, {"where": None}, {"sample_weight": None}]
        several += [{"sample_weight": weight, "axis": -1} if "axis" in inspect.signature(loss).parameters else {"sample_weight": weight}]
        for keywords in several:
            not_refused(partial(loss.value_and_gradient, *arrays, **keywords))


@pytest.mark.parametrize("name", NAMES)
def test_refusals_are_the_general_ones(name):
    arrays = arrays_of(name, (4, 16), "float32")
    for _, function, given in passes_of(name, arrays):
        wrong = [{"weight": 1.0}, {"reduction": "all"}, {"reduction": None}, {"axis": 7}, {"axis": "rows"}, {"axis": 10**400}]
        for word in FUNCTIONS[name].parameters:
            wrong += [{word: value} for value in (np.nan, "word", 1j, [1.0, 2.0], 10**400)]
        for keywords in wrong:
            refused(partial(function, *given, **keywords))
        word, usual = next(iter(FUNCTIONS[name].parameters.items()))
        order = ["axis"] * ("axis" in inspect.signature(function).parameters) + [word]
        refused(partial(function, *given, *(-1.0,) * (len(order) - 1), usual, **{word: usual}))
        refused(partial(function, *given, -1, **{order[0]: -1}))
        refused(partial(function, *given, *(0.5,) * 12))
        refused(partial(function, *given[:-1]))
        if len(arrays) > 1:
            refused(partial(function, *given[:-1], given[-1][:, 1:]))
            refused(partial(function, *given[:-1], given[-1][1:]))
            refused(partial(function, *given[:-1], given[-1].astype(complex)))


@pytest.mark.parametrize("dtype", FLOATS)
def test_negative_variances_are_refused_wherever_they_stand(dtype):
    pred, target, var = arrays_of("gaussian_nll", (3, 13), dtype)
    var.flat[5] = -0.0
    var.flat[6] = np.nan
    not_refused(partial(fastact.gaussian_nll.value_and_gradient, pred, target, var))
    for place in range(var.size):
        wrong = var.copy()
        wrong.flat[place] = -1e-30
        refused(partial(fastact.gaussian_nll, pred, target, wrong))


def test_strengths_of_a_mixture():
    penalty = partial(fastact.elastic_net_penalty.value_and_gradient, *arrays_of("elastic_net_penalty", (4, 5), "float32"))
    for keywords in ({"l1": 0.5}, {"l2": 0.5}, {"l1": None, "l2": 0.5}, {"alpha": 1.0}, {"l1_ratio": 0.25}):
        not_refused(partial(penalty, **keywords))
    refused(partial(penalty, l1=1, alpha=1))
    not_refused(partial(penalty, 0.5))


@pytest.mark.parametrize("name", [name for name in NAMES if ROWS[name]["unit"] == "weights"])
def test_penalties_of_no_strength(name):
    """-0.0 as a strength makes no negative zero of a sum."""
    w, words = np.ones(16, np.float32), ROWS[name]["parameters"]
    for value in (0.0, -0.0):
        not_refused(partial(getattr(fastact, name).value_and_gradient, w, **dict.fromkeys(words, value)))
    for more in ({"half": True}, {"n": 4}) if name == "l2_penalty" else ():
        not_refused(partial(fastact.l2_penalty, w, **more))
    not_refused(partial(getattr(fastact, name).gradient, [w, w]))


@pytest.mark.parametrize("p", [1, 1.5, 2, 3.0, np.inf])
def test_norms(p):
    x1, x2 = arrays_of("pairwise_distance", (4, 16), "float64")
    not_refused(partial(fastact.pairwise_distance, x1, x2, p))
    not_refused(partial(fastact.pairwise_distance, x1, x2, p, keepdim=True))
    not_refused(partial(fastact.pairwise_distance, x1[0], x2[0], p))
    not_refused(partial(fastact.pairwise_distance.backward, x1[:, 0], x1, x2, p))
    not_refused(partial(fastact.pairwise_distance.backward, x1[:, :1], x1, x2, p))
    refused(partial(fastact.pairwise_distance.backward, x1, x1, x2, p))
    not_refused(partial(fastact.triplet_margin.value_and_gradient, x1, x2, x1 + 1, p=p, swap=True))


@pytest.mark.parametrize("name", ["dice", "jaccard", "tversky"])
def test_other_measures_of_overlap(name):
    pred, target = arrays_of(name, (4, 16), "float32")
    others = [{"gamma": 2.0}, {"gamma": 1}] if name == "tversky" else [{"log_loss": True}, {"squared_pred": True}, {"log_loss": False}]
    for options in others:
        not_refused(partial(getattr(fastact, name).value_and_gradient, pred, target, **options))
