"""Functions with parameters that have no default: asked for by name, given by position or keyword on every path."""

import numpy as np
import pytest
from helpers import DTYPES, FORMULAS, FUNCTIONS, PASSES, REQUIRED, inputs_of, pass_of, same_bits, sample, within_ulps

CASES = [(name, which) for name in REQUIRED for which in PASSES if pass_of(name, which) is not None]


def given(which, dtype, n=40):
    return [sample(n, dtype, seed) for seed in range(inputs_of(which))]


@pytest.mark.parametrize("name", REQUIRED)
def test_value_and_derivative(name):
    x = np.abs(sample(20_000, "float32"))
    for first in (0.5, 2.0):
        values = [first, 1.25, -0.25, 1.5][: len(FUNCTIONS[name].parameters)]
        for which, formula in zip(("value", "derivative"), FORMULAS[name]):
            within_ulps(pass_of(name, which)(x, *values), formula(x.astype(np.float64), *values), 1.001)


def test_threshold_values():
    x = np.array([-np.inf, -1, -0.0, 0.5, 0.75, 2, np.inf, np.nan], np.float32)
    value = pass_of("threshold", "value")
    np.testing.assert_array_equal(value(x, 0.5, 20), np.array([20, 20, 20, 20, 0.75, 2, np.inf, np.nan], np.float32))
    np.testing.assert_array_equal(value.derivative(x[:-1], 0.5, 20), [0, 0, 0, 0, 1, 1, 1])
    grad = np.arange(1, 8, dtype=np.float32)
    np.testing.assert_array_equal(value.backward(grad, x[:-1], 0.5, 20), [0, 0, 0, 0, 5, 6, 7])


@pytest.mark.parametrize("name, which", CASES)
def test_a_missing_parameter_is_named(name, which):
    ufunc, inputs = pass_of(name, which), given(which, "float32")
    names = [parameter for parameter, default in FUNCTIONS[name].parameters.items() if default is None]
    for call in (lambda: ufunc(*inputs), lambda: ufunc(*inputs, None), lambda: ufunc(*inputs, out=np.empty(40, np.float32))):
        with pytest.raises(TypeError, match=f"{name}.*parameter {names[0]} is required"):
            call()
    for parameter in names[1:]:
        with pytest.raises(TypeError, match=f"{name}.*parameter {parameter} is required"):
            ufunc(*inputs, *[0.5] * names.index(parameter))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", CASES)
def test_every_way_to_give_them_agrees(name, which, dtype):
    ufunc, inputs = pass_of(name, which), given(which, dtype)
    values = [0.5, 2.0, -0.25, 1.5][: len(FUNCTIONS[name].parameters)]
    expected = ufunc(*inputs, *values)
    assert expected.dtype == np.dtype(dtype)
    same_bits(ufunc(*inputs, **dict(zip(FUNCTIONS[name].parameters, values))), expected)
    out = np.empty_like(expected)
    assert ufunc(*inputs, *values, out) is out
    same_bits(out, expected)
    same_bits(ufunc(*(np.repeat(a, 2)[::2] for a in inputs), *values), expected)
    arrays = [np.full(40, value, "float64" if dtype == "float64" else "float32") for value in values]
    same_bits(ufunc(*inputs, *arrays), expected)
    same_bits(ufunc(*(a[3] for a in inputs), *values), expected[3])
