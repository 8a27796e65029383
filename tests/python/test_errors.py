"""Errors name the function and the argument, and say what is accepted."""

import numpy as np
import pytest
from helpers import ELEMENTWISE, EVERY_PASS, FUNCTIONS, PROBABILITIES, WITH_PARAMETER, inputs_of, names_of, pass_of

import fastact
from fastact import _core

REFUSED = [
    np.ones(3, np.complex64),
    np.ones(3, np.complex128),
    np.array([1, None], object),
    np.array(["1.0"]),
    np.array([b"1.0"]),
    np.ones(3, np.longdouble),
    np.array(["2020-01-01"], "M8[D]"),
    np.array([1], "m8[s]"),
    np.zeros(2, [("a", "f4")]),
]
KINDS = [str(array.dtype) for array in REFUSED]


@pytest.fixture(params=[True, False], ids=["fast path", "NumPy's path"])
def either_path(request):
    before = _core.set_fast_path(request.param)
    yield
    _core.set_fast_path(before)


@pytest.mark.parametrize("array", REFUSED, ids=KINDS)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_elementwise_dtypes(either_path, name, which, array):
    plain = np.ones(array.shape, np.float32)
    for position in range(inputs_of(which)):
        inputs = [plain] * inputs_of(which)
        inputs[position] = array
        with pytest.raises(TypeError, match=name) as caught:
            pass_of(name, which)(*inputs)
        assert str(array.dtype) in str(caught.value)
        assert "float32" in str(caught.value)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_elementwise_scalars_that_are_no_numbers(name, which):
    for wrong in (1j, "1", None, object(), ["a"], [1j]):
        with pytest.raises(TypeError, match=name):
            pass_of(name, which)(*[wrong] * inputs_of(which))


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_elementwise_argument_counts(either_path, name, which):
    ufunc, x = pass_of(name, which), np.ones(3, np.float32)
    limit = inputs_of(which) + len(FUNCTIONS[name].parameters) + 1
    for count in (0, inputs_of(which) - 1, limit + 1):
        with pytest.raises(TypeError, match=name):
            ufunc(*[x] * count)
    with pytest.raises(TypeError, match="no_such_argument"):
        ufunc(*[x] * inputs_of(which), no_such_argument=1)


@pytest.mark.parametrize("name, which", WITH_PARAMETER)
def test_parameter_given_twice(either_path, name, which):
    parameter = next(iter(FUNCTIONS[name].parameters))
    with pytest.raises(TypeError, match=f"{name}.*{parameter}.*given by position and by keyword"):
        pass_of(name, which)(*[np.ones(3, np.float32)] * inputs_of(which), 0.5, **{parameter: 0.5})


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_a_failed_call_leaves_the_next_one_alone(name):
    function = pass_of(name, "value")
    x = np.ones(3, np.float32)
    expected = function(x)
    for _ in range(3):
        with pytest.raises(TypeError):
            function(x, wrong=1)
        np.testing.assert_array_equal(function(x), expected)


@pytest.mark.parametrize("array", REFUSED, ids=KINDS)
@pytest.mark.parametrize("name", PROBABILITIES)
def test_rowwise_dtypes(name, array):
    function = getattr(fastact, name)
    with pytest.raises(TypeError, match=rf"{name}: x has dtype .*accepted"):
        function(array)
    with pytest.raises(TypeError, match=rf"{name}.backward: grad has dtype"):
        function.backward(array, np.ones(array.shape))
    with pytest.raises(TypeError, match=rf"{name}.backward: y has dtype"):
        function.backward(np.ones(array.shape), array)


@pytest.mark.parametrize("name", PROBABILITIES)
def test_rowwise_arguments(name):
    function = getattr(fastact, name)
    x = np.ones((2, 3), np.float32)
    for call, arguments in ((function, (x,)), (function.backward, (x, x))):
        for axis in (2, -3, 99):
            with pytest.raises(ValueError, match=rf"{name}.*axis"):
                call(*arguments, axis=axis)
        for axis in ("1", 1.0, (0, 1)):
            with pytest.raises(TypeError):
                call(*arguments, axis=axis)
        for shape in ((3, 2), 6):
            with pytest.raises(ValueError, match=rf"{name}.*out has shape"):
                call(*arguments, out=np.empty(shape, np.float32))
        with pytest.raises(TypeError, match=rf"{name}.*out has dtype int64"):
            call(*arguments, out=np.empty((2, 3), np.int64))
        with pytest.raises(TypeError, match=rf"{name}.*out"):
            call(*arguments, out=[0, 0])
        out = np.full((2, 3), 7, np.float32)
        out.flags.writeable = False
        for axis in (0, 1, None):
            with pytest.raises(ValueError, match=rf"{name}.*out is read-only"):
                call(*arguments, out=out, axis=axis)
        assert (out == 7).all()
        with pytest.raises(ValueError, match=rf"{name}.*where"):
            call(*arguments, where=np.ones((3, 3), bool))
        with pytest.raises(TypeError):
            call(*arguments, no_such_argument=1)
    with pytest.raises(ValueError, match=rf"{name}.backward.*shape"):
        function.backward(x, np.ones((2, 4), np.float32))


@pytest.mark.parametrize("call", ["", "gradient", "value_and_gradient"])
@pytest.mark.parametrize("array", REFUSED, ids=KINDS)
def test_loss_dtypes(array, call):
    plain = np.ones(array.shape)
    for name, arguments in (("mean_squared_error", ("pred", "target")), ("cross_entropy", ("logits", "labels"))):
        function = getattr(getattr(fastact, name), call) if call else getattr(fastact, name)
        with pytest.raises(TypeError, match=rf"{name}.*{arguments[0]} has dtype"):
            function(array, plain)
        with pytest.raises(TypeError, match=rf"{name}.*{arguments[1]} ha(s|ve) dtype"):
            function(plain, array)


@pytest.mark.parametrize("call", ["", "gradient", "value_and_gradient"])
def test_mean_squared_error_arguments(call):
    function = getattr(fastact.mse, call) if call else fastact.mse
    p = np.ones((4, 3), np.float32)
    for target in (np.ones(3, np.float32), np.ones((3, 4), np.float32), np.ones((4, 3, 1), np.float32), 1.0):
        with pytest.raises(ValueError, match="mean_squared_error.*pred has shape.*target"):
            function(p, target)
    with pytest.raises(ValueError, match="mean_squared_error.*reduction is 'average'.*'batchmean'"):
        function(p, p, reduction="average")
    with pytest.raises(ValueError, match="mean_squared_error.*sample_weight has shape"):
        function(p, p, sample_weight=np.ones(3))
    with pytest.raises(TypeError, match="mean_squared_error.*sample_weight has dtype"):
        function(p, p, sample_weight=np.array("a"))
    with pytest.raises(ValueError, match="mean_squared_error.*where has shape"):
        function(p, p, where=np.ones(4, bool))
    with pytest.raises(TypeError):
        function(p, p, "mean")


def outputs(call, shape, row_shape):
    """Output arguments by name, each full of sevens, for one entry of a loss."""
    found = {"grad_out": np.full(shape, 7, np.float32)} if call == "value_and_gradient" else {}
    if call == "gradient":
        found["out"] = np.full(shape, 7, np.float32)
    elif call == "value" or call == "value_and_gradient":
        found["out"] = np.full(row_shape, 7, np.float32)
    return found


@pytest.mark.parametrize("call", ["value", "gradient", "value_and_gradient"])
def test_label_out_of_range_is_named_and_nothing_written(call):
    function = fastact.cross_entropy if call == "value" else getattr(fastact.cross_entropy, call)
    z = np.ones((5, 3), np.float32)
    for wrong in (3, -1, 10**12, -100):
        labels = np.array([0, 1, 2, wrong, 0])
        for reduction in ("none", "mean", "sum"):
            given = outputs(call, (5, 3), (5,))
            if call != "gradient" and reduction != "none":
                del given["out"]
            with pytest.raises(ValueError, match=rf"cross_entropy.*labels\[3\] is {wrong}; 0 to 2 are accepted"):
                function(z, labels, reduction=reduction, **given)
            for array in given.values():
                assert (array == 7).all()
        with pytest.raises(ValueError, match=rf"labels\[3\] is {wrong}; 0 to 2 and ignore_index=0 are accepted"):
            function(z, labels, ignore_index=0, label_smoothing=0.1, class_weight=np.ones(3))
        with pytest.raises(ValueError, match=rf"labels\[3\] is {wrong}; 0 to 2 are accepted"):
            function(z.T, labels, axis=0)
        function(z, labels, ignore_index=wrong)


@pytest.mark.parametrize("call", ["", "gradient", "value_and_gradient"])
def test_cross_entropy_arguments(call):
    function = getattr(fastact.cross_entropy, call) if call else fastact.cross_entropy
    z, k = np.ones((4, 3), np.float32), np.zeros(4, int)
    for labels in (np.zeros(3, int), np.zeros((4, 3), int), np.zeros((1, 4), int), 0):
        with pytest.raises(ValueError, match="cross_entropy.*labels have shape"):
            function(z, labels)
    for labels in (np.zeros(4), np.zeros(4, bool), ["a"] * 4):
        with pytest.raises(TypeError, match="cross_entropy.*labels have dtype"):
            function(z, labels)
    with pytest.raises(ValueError, match="cross_entropy.*axis"):
        function(z, k, axis=2)
    with pytest.raises(ValueError, match="cross_entropy.*axis -1 is out of bounds for array of dimension 0"):
        function(1.0, 0)
    for smoothing in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="cross_entropy.*label_smoothing"):
            function(z, k, label_smoothing=smoothing)
    for weight in (np.ones(4), np.ones((1, 3)), 1.0):
        with pytest.raises(ValueError, match="cross_entropy.*class_weight has shape"):
            function(z, k, class_weight=weight)
    with pytest.raises(ValueError, match="cross_entropy.*sample_weight has shape"):
        function(z, k, sample_weight=np.ones((4, 3)))
    with pytest.raises(ValueError, match="cross_entropy.*where has shape"):
        function(z, k, where=np.ones((4, 3), bool))
    with pytest.raises(ValueError, match="cross_entropy.*reduction"):
        function(z, k, reduction="avg")


@pytest.mark.parametrize("name", ["mean_squared_error", "cross_entropy"])
def test_loss_outputs(name):
    function = getattr(fastact, name)
    pred = np.ones((4, 3), np.float32)
    target = pred if name == "mean_squared_error" else np.zeros(4, int)
    with pytest.raises(ValueError, match=rf"{name}: out has shape \(4,\); \(\) is accepted"):
        function(pred, target, out=np.empty(4, np.float32))
    shape = function(pred, target, reduction="none").shape
    with pytest.raises(TypeError, match=rf"{name}: out has dtype"):
        function(pred, target, reduction="none", out=np.empty(shape, int))
    for wrong, said, error in ((np.empty((3, 4), np.float32), "shape", ValueError), (np.empty((4, 3), int), "dtype", TypeError)):
        with pytest.raises(error, match=rf"{name}.value_and_gradient: grad_out has {said}"):
            function.value_and_gradient(pred, target, grad_out=wrong)
        with pytest.raises(error, match=rf"{name}.gradient: out has {said}"):
            function.gradient(pred, target, out=wrong)
    frozen = np.full((4, 3), 7, np.float32)
    frozen.flags.writeable = False
    with pytest.raises(ValueError, match="grad_out is read-only"):
        function.value_and_gradient(pred, target, grad_out=frozen)
    with pytest.raises(ValueError, match="out is read-only"):
        function.gradient(pred, target, out=frozen)
    assert (frozen == 7).all()
    with pytest.raises(TypeError, match="grad_out is of type list"):
        function.value_and_gradient(pred, target, grad_out=[])


def test_ragged_lists():
    ragged, said = [[1.0, 2.0], [3.0]], "is no regular array; nested sequences need equal lengths"
    for name in names_of("rowwise"):
        with pytest.raises(ValueError, match=f"{name}: x {said}"):
            getattr(fastact, name)(ragged)
    for function, argument in ((fastact.mse, "pred"), (fastact.cross_entropy, "logits")):
        with pytest.raises(ValueError, match=f"{function.__name__}: {argument} {said}"):
            function(ragged, [0, 1])


def test_settings():
    with pytest.raises(ValueError, match="set_isa: name is 'nonsense'"):
        fastact.set_isa("nonsense")
    for count in (0, -3):
        with pytest.raises(ValueError, match=f"set_num_threads: count is {count}"):
            fastact.set_num_threads(count)
    with pytest.raises(AttributeError):
        fastact.no_such_function


@pytest.mark.parametrize("wrong", ["tanh", 2.0, [1.0]])
def test_an_output_that_is_no_array(either_path, wrong):
    """As where a keyword is given by position."""
    with pytest.raises(TypeError, match=r"^gelu: out is .*; an array is accepted"):
        fastact.gelu(np.ones(1, np.float32), wrong)
