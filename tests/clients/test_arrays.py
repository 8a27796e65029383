"""Arrays of other libraries: pandas, xarray, dask and masked arrays stay what they are, lazily where they are lazy."""

import warnings

import numpy as np
import pytest
from helpers import same_bits, where_installed

import fastact as fa

X = np.random.default_rng(0).normal(0, 2, (1000, 6)).astype(np.float32)
T = np.random.default_rng(1).normal(0, 2, (1000, 6)).astype(np.float32)


@pytest.fixture(autouse=True)
def errors():
    with np.errstate(all="raise"):
        yield


# ---- pandas


@pytest.mark.parametrize("package", where_installed("pandas", ["pandas"]))
def test_pandas(package):
    import pandas

    index = pandas.date_range("2026-01-01", periods=1000)
    frame = pandas.DataFrame(X, index=index, columns=list("abcdef"))
    for call, expected in (
        (fa.gelu, fa.gelu(X)),
        (fa.gelu.derivative, fa.gelu.derivative(X)),
        (lambda f: fa.leaky_relu(f, negative_slope=0.2), fa.leaky_relu(X, 0.2)),
        (lambda f: fa.silu.backward(f, frame), fa.silu.backward(X, X)),
    ):
        got = call(frame)
        assert isinstance(got, pandas.DataFrame) and got.index.equals(frame.index) and list(got) == list(frame)
        same_bits(got.to_numpy(), expected)
    column = frame["a"]
    pandas.testing.assert_series_equal(fa.tanh(column), pandas.Series(fa.tanh(X[:, 0]), index, name="a"))
    # rows and reduced losses are numbers of the frame, not of an index
    same_bits(fa.softmax(frame, axis=1), fa.softmax(X, axis=1))
    same_bits(fa.huber(frame, pandas.DataFrame(T)), fa.huber(X, T))
    same_bits(fa.mse.gradient(column, pandas.Series(T[:, 0])), fa.mse.gradient(X[:, 0], T[:, 0]))


@pytest.mark.parametrize("package", where_installed("pandas", ["pandas"]))
def test_pandas_aligns_indexes(package):
    import pandas

    first, second = pandas.Series([1.0, 2.0], ["a", "b"]), pandas.Series([3.0, 4.0], ["b", "a"])
    pandas.testing.assert_series_equal(fa.relu.backward(first, second), pandas.Series([1.0, 2.0], ["a", "b"]))
    losses = fa.mae(first, second, reduction="none")
    pandas.testing.assert_series_equal(losses.sort_index(), pandas.Series([3.0, 1.0], ["a", "b"]))


# ---- xarray


@pytest.mark.parametrize("package", where_installed("xarray", ["xarray"]))
def test_xarray(package):
    import xarray

    array = xarray.DataArray(X, dims=("row", "feature"), coords={"feature": list("abcdef")}, attrs={"units": "m"})
    got = fa.gelu(array)
    assert isinstance(got, xarray.DataArray) and got.dims == array.dims
    np.testing.assert_array_equal(got.coords["feature"], array.coords["feature"])
    same_bits(got.values, fa.gelu(X))
    # dimensions are matched by their names
    slope = xarray.DataArray(np.linspace(0.1, 1, 6, dtype="f4"), dims="feature")
    same_bits(fa.leaky_relu(array, slope).values, fa.leaky_relu(X, slope.values))
    same_bits(fa.silu.backward(array.T, array).transpose("row", "feature").values, fa.silu.backward(X, X))
    rows = xarray.apply_ufunc(fa.softmax, array, input_core_dims=[["feature"]], output_core_dims=[["feature"]])
    same_bits(rows.values, fa.softmax(X))
    same_bits(fa.mse(array, T), fa.mse(X, T))
    same_bits(fa.gelu(xarray.Dataset({"x": array}))["x"].values, fa.gelu(X))


# ---- dask


@pytest.mark.parametrize("package", where_installed("dask", ["dask"]))
def test_dask_is_lazy(package):
    import dask.array

    x, t = (dask.array.from_array(a, chunks=(300, 4)) for a in (X, T))
    for made, expected in (
        (fa.gelu(x), fa.gelu(X)),
        (fa.gelu.backward(t, x), fa.gelu.backward(T, X)),
        (fa.elu(x, alpha=0.5), fa.elu(X, 0.5)),
        (fa.huber(x, t, 0.5, reduction="none"), fa.huber(X, T, 0.5, reduction="none")),
        (fa.huber.gradient(x, t, reduction="none"), fa.huber.gradient(X, T, reduction="none")),
    ):
        assert isinstance(made, dask.array.Array) and made.dtype == np.float32 and made.chunks == x.chunks
        same_bits(made.compute(scheduler="threads"), expected)
    by_rows = x.rechunk((300, -1)).map_blocks(fa.softmax, dtype=x.dtype)
    same_bits(by_rows.compute(scheduler="threads"), fa.softmax(X))


@pytest.mark.parametrize("package", where_installed("distributed", ["distributed"]))
def test_dask_on_a_cluster(package):
    """Functions travel to other processes by name, and give the same bits there."""
    import dask.array
    from distributed import Client, LocalCluster

    settings = {"n_workers": 1, "threads_per_worker": 2, "processes": True, "dashboard_address": None}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with LocalCluster(**settings) as cluster, Client(cluster) as client:
            x, t = (dask.array.from_array(a, chunks=(250, 6)) for a in (X, T))
            activated, losses = client.compute([fa.gelu(x), fa.log_cosh(x, t, reduction="none")], sync=True)
            mean = client.submit(fa.mean_squared_error, X, T).result()
            rows = client.submit(fa.cross_entropy.value_and_gradient, X, np.arange(1000) % 6).result()
    same_bits(activated, fa.gelu(X))
    same_bits(losses, fa.log_cosh(X, T, reduction="none"))
    same_bits(mean, fa.mean_squared_error(X, T))
    for got, expected in zip(rows, fa.cross_entropy.value_and_gradient(X, np.arange(1000) % 6)):
        same_bits(got, expected)


# ---- masked arrays


def test_masked_arrays():
    x = np.ma.MaskedArray(X.copy(), mask=T > 0)
    x.data[T > 0] = np.nan
    for got, expected in (
        (fa.gelu(x), fa.gelu(X)),
        (fa.gelu.backward(T, x), fa.gelu.backward(T, X)),
        (fa.huber(x, T, reduction="none"), fa.huber(X, T, reduction="none")),
    ):
        assert isinstance(got, np.ma.MaskedArray)
        np.testing.assert_array_equal(got.mask, T > 0)
        same_bits(got.compressed(), expected[T <= 0])
    # what takes all elements together does not skip any unasked: where= says which count
    labels = np.zeros(1000, int)
    for call in (lambda: fa.huber(x, T), lambda: fa.huber.gradient(T, x), lambda: fa.softmax(x), lambda: fa.cross_entropy(x, labels)):
        with pytest.raises(TypeError, match=r"(pred|target|x|logits) is a masked array.*where=~mask"):
            call()
    same_bits(fa.huber(x.data, T, where=~x.mask), fa.huber(X, T, where=T <= 0))
    same_bits(fa.huber(np.ma.MaskedArray(X), T), fa.huber(X, T))
