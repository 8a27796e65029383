"""The elementwise functions are NumPy ufuncs, with parameters and other passes as the catalog says."""

import builtins
import pickle

import numpy as np
import pytest
from helpers import DTYPES, ELEMENTWISE, EVERY_PASS, FROM_OUTPUT, FUNCTIONS, PASSES, WITH_PARAMETER, inputs_of, pass_of, same_bits, sample

import fastact

ALIASES = {
    "linear": "identity", "expit": "sigmoid", "logistic": "sigmoid", "swish": "silu", "exp": "exponential", "mse": "mean_squared_error",
    "softmax_cross_entropy": "cross_entropy",
}  # fmt: skip
INTEGERS = ("bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "longlong", "ulonglong", "intc", "uintc")


def arguments(which, dtype, n=40):
    return [sample(n, dtype, seed) for seed in range(inputs_of(which))]


# ---- the objects


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_is_a_ufunc(name, which):
    ufunc = pass_of(name, which)
    assert isinstance(ufunc, np.ufunc)
    assert ufunc.nin == inputs_of(which) + len(FUNCTIONS[name].parameters)
    assert (ufunc.nout, ufunc.signature) == (1, None)
    assert ufunc.__name__ == (name if which == "value" else f"{name}.{which}")
    assert ufunc.__module__ == "fastact"
    kinds = {signature.split("->")[1] for signature in ufunc.types}
    assert kinds == {"e", "f", "d"}


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_passes_are_those_of_the_catalog(name):
    function = getattr(fastact, name)
    expected = PASSES if name in FROM_OUTPUT else PASSES[:-1]
    assert FUNCTIONS[name].passes == expected
    assert [which for which in PASSES[1:] if hasattr(function, which)] == list(expected[1:])
    assert function.max_ulp == {dtype: value for dtype, (value, _) in FUNCTIONS[name].max_ulp.items()}
    assert function.derivative.max_ulp == {dtype: derivative for dtype, (_, derivative) in FUNCTIONS[name].max_ulp.items()}


def test_aliases_are_the_same_object():
    assert {alias: entry.name for entry in FUNCTIONS.values() for alias in entry.aliases if alias in ALIASES} == ALIASES
    for entry in FUNCTIONS.values():
        for alias in entry.aliases:
            assert getattr(fastact, alias) is getattr(fastact, entry.name)
            assert alias in fastact.__all__


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_pickle_gives_the_same_object(name, which, protocol):
    ufunc = pass_of(name, which)
    assert pickle.loads(pickle.dumps(ufunc, protocol)) is ufunc


def test_functions_describe_themselves():
    entry = fastact.functions()["leaky_relu"]
    assert (entry.kind, entry.parameters, entry.dtypes) == (
        "elementwise", {"negative_slope": 0.01}, ("float16", "bfloat16", "float32", "float64")
    )
    with pytest.raises(AttributeError):
        entry.name = "other"
    assert set(fastact.functions()) - {"abs", "pow", "round", "sqrt"} <= set(fastact.__all__)
    assert not set(dir(builtins)) & set(fastact.__all__)
    assert fastact.functions()["silu"].aliases == ("swish",)


# ---- what every ufunc can do


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_out_where_and_dtype(name, which, dtype):
    ufunc, given = pass_of(name, which), arguments(which, dtype)
    expected = ufunc(*given)
    assert expected.dtype == np.dtype(dtype)
    for out in (np.empty_like(expected), np.empty((40, 3), dtype)[:, 1], np.empty(40, np.dtype(dtype).newbyteorder())):
        assert ufunc(*given, out=out) is out
        same_bits(out.astype(dtype), expected)
        out[...] = 0
        assert ufunc(*given, out=(out,)) is out
        same_bits(out.astype(dtype), expected)
    mask = np.arange(40) % 3 == 0
    out = np.full(40, 7, dtype)
    assert ufunc(*given, out=out, where=mask) is out
    same_bits(out[mask], expected[mask])
    assert (out[~mask] == 7).all()
    same_bits(ufunc(*given, dtype=np.float64, casting="safe"), ufunc(*(a.astype(np.float64) for a in given)))
    with pytest.raises(TypeError):
        ufunc(*given, dtype=np.int32)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_out_by_position(name, which):
    ufunc, given = pass_of(name, which), arguments(which, "float32")
    defaults = list(FUNCTIONS[name].parameters.values())
    out = np.empty(40, np.float32)
    assert ufunc(*given, *defaults, out) is out
    same_bits(out, ufunc(*given))
    same_bits(ufunc(*given, *defaults, None), out)
    same_bits(ufunc(*given, out=None), out)
    with pytest.raises(TypeError):
        ufunc(*given, *defaults, out, out=out)
    with pytest.raises(TypeError):
        ufunc(*given, *defaults, out, out)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_casting(name, which):
    ufunc, given = pass_of(name, which), arguments(which, "float64")
    out = np.empty(40, np.float32)
    with np.errstate(all="ignore"):
        same_bits(ufunc(*given, out=out), ufunc(*given).astype(np.float32))
        narrowed = ufunc(*given, dtype=np.float32, casting="same_kind")
        same_bits(narrowed, ufunc(*(a.astype(np.float32) for a in given)))
    with pytest.raises(TypeError):
        ufunc(*given, out=out, casting="safe")
    with pytest.raises(TypeError):
        ufunc(*given, out=np.empty(40, np.int64))


@pytest.mark.parametrize("kind", INTEGERS)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_integers_and_bool_become_float64(name, which, kind):
    ufunc = pass_of(name, which)
    given = [np.arange(100).astype(kind) for _ in range(inputs_of(which))]
    expected = ufunc(*(a.astype(np.float64) for a in given))
    got = ufunc(*given)
    assert got.dtype == np.float64
    same_bits(got, expected)
    same_bits(ufunc(*(a[::-3] for a in given)), expected[::-3])
    same_bits(ufunc(*(a.astype(a.dtype.newbyteorder()) for a in given)), expected)


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_long_integer_arrays_cross_the_conversion_blocks(name, which):
    ufunc = pass_of(name, which)
    given = [(np.arange(5000) % 41 - 20).astype(np.int16) for _ in range(inputs_of(which))]
    same_bits(ufunc(*given), ufunc(*(a.astype(np.float64) for a in given)))
    halves = [a.astype(np.float16) / 4 for a in given]
    with np.errstate(all="ignore"):
        expected = ufunc(*(a.astype(np.float32) for a in halves)).astype(np.float16)
    same_bits(ufunc(*halves), expected)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_scalars_lists_and_empty_arrays(name, which, dtype):
    ufunc, given = pass_of(name, which), arguments(which, dtype)
    kind = np.dtype(dtype).type
    expected = ufunc(*given)
    for scalar in (ufunc(*(a[7] for a in given)), ufunc(*(a[7].reshape(()) for a in given))):
        assert type(scalar) is kind
        same_bits(scalar, expected[7])
    zero_d = np.empty((), dtype)
    assert ufunc(*(a[7] for a in given), out=zero_d) is zero_d
    same_bits(zero_d, expected[7])
    for shape in ((0,), (3, 0), (0, 2, 5)):
        empty = ufunc(*(np.empty(shape, dtype) for _ in given))
        assert empty.shape == shape
        assert empty.dtype == np.dtype(dtype)
    wide = [a.astype(np.float64) for a in given]
    same_bits(ufunc(*(a.tolist() for a in wide)), ufunc(*wide))
    assert type(ufunc(*(float(a[0]) for a in wide))) is np.float64


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_layouts(name, which, dtype):
    ufunc = pass_of(name, which)
    given = [a.reshape(6, 4, 5) for a in arguments(which, dtype, 120)]
    expected = ufunc(*given)
    for change in (
        lambda a: a[::-1],
        lambda a: a[:, ::-2, 1:],
        lambda a: a.transpose(2, 0, 1),
        np.asfortranarray,
        lambda a: a.astype(a.dtype.newbyteorder()),
        lambda a: np.broadcast_to(a[:, :1], a.shape),
    ):
        got = ufunc(*map(change, given))
        assert got.dtype.isnative
        assert got.dtype == expected.dtype
        np.testing.assert_array_equal(got, change(expected))
    assert ufunc(*map(np.asfortranarray, given)).flags.f_contiguous


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_gradient_and_input_broadcast(name):
    gradient, x = sample(3, "float32", 1).reshape(3, 1), sample(4, "float32", 2)
    full = [np.ascontiguousarray(a) for a in np.broadcast_arrays(gradient, x)]
    same_bits(pass_of(name, "backward")(gradient, x), pass_of(name, "backward")(*full))
    same_bits(pass_of(name, "backward")(np.float32(2), x), pass_of(name, "backward")(np.full_like(x, 2), x))
    same_bits(pass_of(name, "backward")(2.0, x), pass_of(name, "backward")(np.full_like(x, 2), x))
    assert pass_of(name, "backward")(sample(3, "float64"), sample(3, "float32")).dtype == np.float64
    with pytest.raises(ValueError, match="broadcast"):
        pass_of(name, "backward")(sample(3, "float32"), sample(4, "float32"))


def test_ufunc_methods():
    x = sample(9, "float32")
    expected = x.copy()
    expected[[1, 4]] = fastact.gelu(x[[1, 4]])
    fastact.gelu.at(x, [1, 4])
    same_bits(x, expected)
    table = fastact.relu.backward.outer(np.float32([1, 2]), np.float32([-1, 3, 4]))
    np.testing.assert_array_equal(table, [[0, 1, 1], [0, 2, 2]])


# ---- other kinds of array


class Tagged(np.ndarray):
    """A subclass that NumPy has to keep."""


class Recorder:
    """Takes part in the ufunc protocol, and tells what it was called with."""

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        return ufunc, method, inputs, keywords


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_subclasses_are_kept(name, which):
    ufunc, given = pass_of(name, which), arguments(which, "float32")
    got = ufunc(*(a.view(Tagged) for a in given))
    assert type(got) is Tagged
    same_bits(got.view(np.ndarray), ufunc(*given))
    assert type(ufunc(*(a.view(Tagged) for a in given), subok=False)) is np.ndarray


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_masked_arrays(name):
    x = sample(8, "float32")
    masked = np.ma.MaskedArray(x, mask=np.arange(8) % 2)
    got = pass_of(name, "value")(masked)
    assert isinstance(got, np.ma.MaskedArray)
    np.testing.assert_array_equal(got.mask, masked.mask)
    same_bits(got.data[::2], pass_of(name, "value")(x)[::2])


@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_overriding_objects_receive_every_parameter(name, which):
    ufunc, defaults = pass_of(name, which), tuple(FUNCTIONS[name].parameters.values())
    other = Recorder()
    inputs = (other,) * inputs_of(which)
    got = ufunc(*inputs)
    assert got[0] is ufunc
    assert got[1:] == ("__call__", (*inputs, *defaults), {})
    got = ufunc(*inputs, where=False, out=None)
    assert got[2] == (*inputs, *defaults)
    assert got[3] == {"where": False}
    for k, parameter in enumerate(FUNCTIONS[name].parameters):
        expected = (*inputs, *defaults[:k], 0.3, *defaults[k + 1 :])
        assert ufunc(*inputs, **{parameter: 0.3})[2] == expected
        assert ufunc(*inputs, *defaults[:k], 0.3)[2] == expected
        assert ufunc(*(np.ones(2),) * len(inputs), **{parameter: other})[2][len(inputs) + k] is other


# ---- parameters


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", WITH_PARAMETER)
def test_parameters(name, which, dtype):
    ufunc, given = pass_of(name, which), arguments(which, dtype)
    parameter, default = next(iter(FUNCTIONS[name].parameters.items()))
    same_bits(ufunc(*given), ufunc(*given, default))
    same_bits(ufunc(*given), ufunc(*given, None))
    same_bits(ufunc(*given), ufunc(*given, **{parameter: None}))
    for value in (0.2, 2, np.float32(0.2), True):
        expected = ufunc(*given, float(np.float32(value)) if dtype != "float64" else float(value))
        if not isinstance(value, np.generic) or dtype == "float32":
            same_bits(ufunc(*given, value), expected)
            same_bits(ufunc(*given, **{parameter: value}), expected)
            same_bits(ufunc(*(a[::2] for a in given), **{parameter: value}), expected[::2])
        out = np.empty(40, dtype)
        assert ufunc(*given, **{parameter: value}, out=out) is out
    same_bits(ufunc(*given, np.array(0.2)), ufunc(*given, 0.2))  # as pandas hands numbers on
    with pytest.raises(TypeError, match=f"{parameter} was given by position and by keyword"):
        ufunc(*given, 0.5, **{parameter: 0.5})
    with pytest.raises(TypeError):
        ufunc(*given, no_such_parameter=1)
    for wrong in ("0.2", 1j, object()):
        with pytest.raises(TypeError):
            ufunc(*given, **{parameter: wrong})


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", WITH_PARAMETER)
def test_parameter_arrays_broadcast_and_agree_with_scalars(name, which, dtype):
    ufunc = pass_of(name, which)
    given = [a.reshape(10, 4) for a in arguments(which, dtype)]
    values = np.array([0.2, 1.0, 0.01, 2.0], np.float64 if dtype == "float64" else np.float32)
    got = ufunc(*given, values)
    assert got.dtype == np.dtype(dtype)
    for column, value in enumerate(values):
        expected = ufunc(*(np.ascontiguousarray(a[:, column]) for a in given), float(value))
        np.testing.assert_array_equal(got[:, column], expected)
    rows = np.linspace(0.1, 1, 10, dtype=values.dtype).reshape(10, 1)
    got = ufunc(*given, rows)
    for row in range(10):
        np.testing.assert_array_equal(got[row], ufunc(*(a[row] for a in given), float(rows[row, 0])))
    assert ufunc(*(a[0, 0] for a in given), values).shape == (4,)
    with pytest.raises(ValueError, match="broadcast"):
        ufunc(*given, np.ones(3, values.dtype))


@pytest.mark.parametrize("which", ["value", "derivative", "backward"])
def test_gelu_approximations(which):
    given = arguments(which, "float32")
    gelu, tanh, quick = (pass_of(name, which) for name in ("gelu", "gelu_tanh", "quick_gelu"))
    for exact in ("none", False, None):
        same_bits(gelu(*given, approximate=exact), gelu(*given))
    for form in ("tanh", True):
        same_bits(gelu(*given, approximate=form), tanh(*given))
    same_bits(gelu(*given, approximate="quick"), quick(*given))
    for form, expected in (("none", gelu(*given)), ("tanh", tanh(*given)), ("quick", quick(*given))):
        out = np.zeros(40, np.float32)
        assert gelu(*given, out=out, approximate=form) is out
        same_bits(out, expected)
        assert gelu(*given, out, approximate=form) is out
        out[...] = 0
        gelu(*given, out=out, where=np.arange(40) < 20, approximate=form)
        same_bits(out[:20], expected[:20])
        assert not out[20:].any()
    for wrong in ("erf", 2, "Tanh", []):
        with pytest.raises(ValueError, match="gelu.*approximate"):
            gelu(*given, approximate=wrong)
    with pytest.raises(TypeError, match="gelu.*needed"):
        gelu(approximate="quick")
    with pytest.raises(TypeError):
        fastact.relu(given[0], approximate="tanh")
