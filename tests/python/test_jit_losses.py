"""Losses by Numba: the core's bits of every kind, option and dtype, by vector instructions, by any number of threads."""

import inspect
import re

import numpy as np
import pytest
from test_backends import bits, of_both, other, wild
from test_jit import assembly, instructions
from test_jit_rows import inner_loops

import fastact as fa
from fastact import joint
from fastact.jit import graphs, kernels


@pytest.fixture(autouse=True)
def restored():
    yield
    fa.set_backend("auto")


def of_kind(kind):
    return [name for name, function in fa.functions().items() if function.kind == kind]


def same_of_both(call, what):
    """Of a call that both refuse, too."""
    try:
        with np.errstate(all="ignore"):
            pairs = list(of_both(call))
    except ValueError as refused:
        with fa.backend("numba"), pytest.raises(ValueError, match=re.escape(str(refused))):
            call()
        return
    for wanted, found in pairs:
        assert wanted.dtype == found.dtype and np.array_equal(bits(wanted), bits(found)), what


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", of_kind("loss"))
def test_pointwise_losses(name, dtype):
    """In the numbers they are for and in those they are not for."""
    function, source = getattr(fa, name), np.random.default_rng(7)
    weight = source.uniform(0, 2, 700).astype(dtype)
    inputs = [
        (source.uniform(0.05, 0.95, 700).astype(dtype), source.integers(0, 2, 700).astype(dtype)),
        (source.normal(0, 3, 700).astype(dtype), source.uniform(0.1, 3, 700).astype(dtype)),
        (wild(dtype, 8, 700), wild(dtype, 9, 700)),
    ]
    for pred, target in inputs:
        few = pred[:37], target[:37]
        for parameters in [{}, other(fa.functions()[name].parameters)]:
            calls = [
                lambda: function(pred, target, **parameters),
                lambda: function(*few, **parameters),
                lambda: function(pred, target, reduction="none", **parameters),
                lambda: function.gradient(pred, target, **parameters),
                lambda: function.value_and_gradient(pred, target, **parameters),
                lambda: function.value_and_gradient(pred, target, reduction="none", **parameters),
                lambda: function.value_and_gradient(pred, target, sample_weight=weight, where=weight > 0.5, **parameters),
                lambda: function.gradient_and_hessian(pred, target, **parameters),
            ]
            for number, call in enumerate(calls):
                same_of_both(call, (name, number, parameters))


ROWS = of_kind("row_loss")
SHAPES = ((1, 1), (3, 2), (33, 16), (5, 17), (7, 100), (2, 600))  # short rows, long ones, more than a block of exponentials


IN_TURN = [(name, (np.float32, np.float64)[k % 2]) for k, name in enumerate(ROWS)]


@pytest.mark.parametrize("name,dtype", [*IN_TURN, ("cross_entropy", np.float64)])
def test_losses_of_rows(name, dtype):
    """Labels and targets, with every option; each loss in one dtype, as what compiles them is the same."""
    function, source, row = getattr(fa, name), np.random.default_rng(5), fa.functions()[name]
    options = inspect.signature(function).parameters
    for rows, columns in SHAPES:
        scores = source.uniform(0, 1, (rows, columns)) if "probs" in options else source.normal(0, 3, (rows, columns))
        scores = scores.astype(dtype)
        if rows == 33:
            scores[3, 4], scores[5], scores[6, 1], scores[7, 2] = np.nan, -np.inf, np.inf, -np.inf
        weight, class_weight = source.uniform(0, 2, rows).astype(dtype), source.uniform(0, 2, columns).astype(dtype)
        soft = source.dirichlet(np.ones(columns), rows).astype(dtype)
        given = {"labels": source.integers(0, columns, rows), "probabilities": soft}
        for kind in row.targets:
            second, more = given[kind], [other(row.parameters)]
            more += [{"class_weight": class_weight, "sample_weight": weight}] * ("class_weight" in options)
            more += [{"label_smoothing": 0.1}] * ("label_smoothing" in options)
            more += [{"ignore_index": 0}] * ("ignore_index" in options and kind == "labels")
            calls = [lambda: function(scores, second), lambda: function(scores, second, reduction="none")]
            calls += [lambda k=k: function.value_and_gradient(scores, second, **k) for k in more]
            calls += [lambda: function.gradient(scores, second, sample_weight=weight, where=weight > 0.5, reduction="sum")]
            for number, call in enumerate(calls):
                same_of_both(call, (name, kind, rows, columns, number))


JOINT = of_kind("joint_loss")


@pytest.mark.parametrize("name,dtype", [(name, (np.float32, np.float64)[k % 2]) for k, name in enumerate(JOINT)])
def test_losses_of_several_arrays(name, dtype):
    function, source, number = getattr(fa, name), np.random.default_rng(6), len(joint.example_of(name))
    for rows, columns in SHAPES:
        arrays = [source.uniform(0.05, 0.95, (rows, columns)).astype(dtype) for _ in range(number)]
        if rows == 33:
            arrays[0][3, 4], arrays[-1][5, 1] = np.nan, np.inf
        if not hasattr(function, "value_and_gradient"):
            grad = source.normal(0, 1, rows).astype(dtype)
            calls = [lambda: function(*arrays), lambda: function.backward(grad, *arrays)]
        else:
            calls = [lambda: function(*arrays), lambda: function.gradient(*arrays)]
            calls.append(lambda: function.value_and_gradient(*arrays, **other(fa.functions()[name].parameters)))
        for place, call in enumerate(calls):
            same_of_both(call, (name, rows, columns, place))


@pytest.mark.parametrize("name", ["mean_squared_error", "kl_div", "sigmoid_focal", "fair"])
def test_large_losses_by_any_number_of_threads(name):
    function, source = getattr(fa, name), np.random.default_rng(11)
    for dtype in (np.float32, np.float64):
        pred, target = source.normal(0, 2, 200_011).astype(dtype), source.integers(0, 2, 200_011).astype(dtype)
        wanted, gradient = function.value_and_gradient(pred, target)
        with fa.backend("numba"):
            for count in (1, 3):
                with fa.threads(count):
                    found, slopes = function.value_and_gradient(pred, target)
                    assert found == wanted and np.array_equal(bits(slopes), bits(gradient))
                    function.gradient(pred, target, out=slopes)
                    assert np.array_equal(bits(slopes), bits(gradient))
            mine = pred.copy()
            function.value_and_gradient(mine, target, grad_out=mine)
            assert np.array_equal(bits(mine), bits(gradient))


def test_its_own_kernels_are_called():
    """One for a loss and its gradients, of both passes by themselves, so that each may be chosen."""
    from fastact import _core

    asked, x = [], np.ones((30, 4), np.float32)
    with fa.backend("numba"):
        _core.use_kernels_of(lambda *what: asked.append(what) or kernels.address(*what), alone="numba", kinds=kernels.KINDS)
        fa.huber(x, x), fa.huber.gradient(x, x), fa.nll(x, np.zeros(30, int)), fa.margin_ranking.gradient(x, x, x)
    assert asked == [("huber", "value", "f32", 0), ("huber", "backward", "f32", 0), ("nll", "value", "f32", 0),
                     ("margin_ranking", "backward", "f32", 0)]  # fmt: skip


@pytest.mark.parametrize("name,form", [("huber", "f32"), ("huber", "f64"), ("kl_div", "f32"), ("wing", "f64"), ("one_vs_all", "f32")])
def test_vector_instructions(name, form):
    """No loop of the machine code computes with single numbers; none gathers lanes; nothing but the program is called."""
    text = assembly(kernels.make_task(f"{name}/task/{form}"), kernels.TASK_SIGNATURE)
    counts = [tuple(instructions(loop)) for loop in inner_loops(text)]
    assert sum(whole for whole, _ in counts) >= 30 and not any(single for _, single in counts)
    assert "gather" not in text and "scatter" not in text
    called = set(re.findall(r"movabsq\s+\$([a-zA-Z]\w*),", text)) - {"memset", "memcpy"}
    assert {one for one in called if "kernel" not in one} <= {f"fastact_{one}" for one in graphs.function(name)["functions"]}
