"""Losses of every element as ufuncs: the values of reduction="none", any stride and dtype, arrays of other kinds."""

import pickle

import numpy as np
import pytest
from helpers import FUNCTIONS, names_of, same_bits, where_installed
from pointwise_formulas import REFERENCES, into_domain, targets_of

import fastact

NAMES = names_of("loss")


def data(name, dtype, n=700):
    kind = REFERENCES[name][1]
    return into_domain(kind, np.random.default_rng(1).normal(0, 2, n)).astype(dtype), targets_of(kind, n).astype(dtype)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("name", NAMES)
def test_the_same_bits_as_without_reduction(name, dtype):
    function, (pred, target) = getattr(fastact, name), data(name, dtype)
    assert isinstance(function.ufunc, np.ufunc) and isinstance(function.gradient.ufunc, np.ufunc)
    value, gradient = function.value_and_gradient(pred, target, reduction="none")
    same_bits(function.ufunc(pred, target), value)
    same_bits(function.gradient.ufunc(pred, target), gradient)
    same_bits(function.ufunc(pred[::-3], target[::-3]), value[::-3])
    same_bits(function.gradient.ufunc(pred[5:6], target[5:6]), gradient[5:6])
    place = pred.copy()
    assert function.ufunc(place, target, out=place) is place
    same_bits(place, value)
    same_bits(function.ufunc(pred[:, None], target[:9])[:9].diagonal(), value[:9])


@pytest.mark.parametrize("name", [name for name in NAMES if FUNCTIONS[name].parameters])
def test_parameters(name):
    function, (pred, target) = getattr(fastact, name), data(name, "float64", 40)
    usual = [float(p) for p in REFERENCES[name][2][0]] if isinstance(REFERENCES[name][2][0], tuple) else [float(REFERENCES[name][2][0])]
    given = usual[:1]
    expected = function(pred, target, *given, reduction="none")
    same_bits(function.ufunc(pred, target, *given), expected)
    same_bits(function.ufunc(pred, target, **{next(iter(FUNCTIONS[name].parameters)): given[0]}), expected)
    same_bits(function.ufunc(pred, target, np.full(40, given[0])), expected)
    assert np.isnan(function.ufunc(pred, target, np.nan)).all()


class Duck:
    """Counts the ufuncs that reach it."""

    def __init__(self, array):
        self.array, self.dtype, self.called = array, array.dtype, []

    def astype(self, dtype):
        return Duck(self.array.astype(dtype))

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        self.called.append(ufunc)
        return Duck(getattr(ufunc, method)(*(x.array if isinstance(x, Duck) else x for x in inputs), **keywords))


@pytest.mark.parametrize("name", NAMES)
def test_arrays_of_other_kinds_stay_what_they_are(name):
    function, (pred, target) = getattr(fastact, name), data(name, "float32", 30)
    duck = Duck(pred)
    value, gradient = function.value_and_gradient(duck, Duck(target), reduction="none")
    assert duck.called == [function.ufunc, function.gradient.ufunc]
    same_bits(value.array, function(pred, target, reduction="none"))
    same_bits(gradient.array, function.gradient(pred, target, reduction="none"))
    same_bits(function(duck, np.ones(30, int), reduction="none").array, function(pred, np.ones(30, np.float32), reduction="none"))
    with pytest.raises(TypeError, match=name):
        function(duck, target)


def test_masked_arrays_keep_their_mask():
    pred = np.ma.array([1.0, np.nan, 3.0], mask=[0, 1, 0])
    losses = fastact.huber(pred, np.zeros(3), reduction="none")
    assert isinstance(losses, np.ma.MaskedArray) and losses.mask.tolist() == [False, True, False]
    np.testing.assert_array_equal(losses.compressed(), [0.5, 2.5])


def test_pickle_and_words():
    assert pickle.loads(pickle.dumps(fastact.huber.ufunc)) is fastact.huber.ufunc
    assert pickle.loads(pickle.dumps(fastact.huber.gradient.ufunc)) is fastact.huber.gradient.ufunc
    assert "Loss huber of every element" in fastact.huber.ufunc.__doc__
    with pytest.raises(TypeError, match="huber.ufunc: .*pred and target are needed"):
        fastact.huber.ufunc(np.ones(3))
    with pytest.raises(TypeError, match="huber.gradient.ufunc: pred has dtype complex128"):
        fastact.huber.gradient.ufunc(np.ones(3, complex), 1.0)


@pytest.mark.parametrize("package", where_installed("pandas", ["pandas"]))
def test_pandas(package):
    import pandas

    index = ["a", "b", "c"]
    losses = fastact.mae(pandas.Series([1.0, 2.0, 3.0], index), pandas.Series([0.0, 0.0, 5.0], index), reduction="none")
    pandas.testing.assert_series_equal(losses, pandas.Series([1.0, 2.0, 2.0], index))


@pytest.mark.parametrize("package", where_installed("xarray", ["xarray"]))
def test_xarray(package):
    import xarray

    pred, target = xarray.DataArray([[1.0, 2.0]], dims=("row", "class")), xarray.DataArray([[0.0, 5.0]], dims=("row", "class"))
    losses = fastact.mae(pred, target, reduction="none")
    assert losses.dims == ("row", "class") and losses.values.tolist() == [[1.0, 3.0]]


@pytest.mark.parametrize("package", where_installed("dask", ["dask"]))
def test_dask(package):
    import dask.array

    pred, target = np.random.default_rng(0).normal(0, 1, (2, 1000)).astype(np.float32)
    losses = fastact.log_cosh(dask.array.from_array(pred, chunks=300), dask.array.from_array(target, chunks=300), reduction="none")
    assert isinstance(losses, dask.array.Array) and losses.dtype == np.float32
    same_bits(losses.compute(), fastact.log_cosh(pred, target, reduction="none"))
