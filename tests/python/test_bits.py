"""The same bits on every instruction set, at every length and position, for every layout, in place or not, with any number of threads."""

import numpy as np
import pytest

import fastact

DTYPES = ("float32", "float64")
PASSES = ("value", "derivative", "backward", "backward_from_output")
LENGTHS, OFFSETS = 131, 64


def names_of(kind):
    return [name for name, entry in fastact.functions().items() if entry.kind == kind and None not in entry.parameters.values()]


CASES = [
    (name, which)
    for name in names_of("elementwise")
    for which in PASSES
    if which == "value" or hasattr(getattr(fastact, name), which)
]


@pytest.fixture(params=fastact.isas())
def isa(request):
    """Run the test on this instruction set, then go back to the best."""
    use(request.param)
    yield request.param
    use(fastact.isas()[-1])


def use(name):
    fastact.set_isa(name)
    assert fastact.isa() == name


def bits(array):
    """The array as unsigned integers of its own size."""
    array = np.ascontiguousarray(array)
    return array.view(f"u{array.dtype.itemsize}")


def same(got, expected):
    np.testing.assert_array_equal(bits(got), bits(expected))


def data(dtype, n):
    """Gradient and input: mostly the usual range, some far out, all special values."""
    random = np.random.default_rng(n)
    x = random.normal(0, 2, n)
    far = random.random(n) < 0.2
    x[far] = random.uniform(-120, 120, far.sum())
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, 1e-40, -1e-40, 9.6875, -5.2, -103.5, 3e38, -3e38]
    x[random.permutation(n)[: len(special)]] = special
    with np.errstate(over="ignore", under="ignore"):
        return random.normal(0, 1, n).astype(dtype), x.astype(dtype)


def caller(name, which):
    """f(gradient, x, **keywords) for any pass."""
    function = getattr(fastact, name)
    if which in ("value", "derivative"):
        unary = function if which == "value" else function.derivative
        return lambda gradient, x, **keywords: unary(x, **keywords)
    return getattr(function, which)


def scalar_answer(call, isa, *arrays):
    """What the plain C kernels say."""
    use("scalar")
    answer = call(*arrays)
    use(isa)
    return answer


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", CASES)
def test_lengths_and_offsets(isa, name, which, dtype):
    call = caller(name, which)
    gradient, x = data(dtype, LENGTHS + OFFSETS)
    expected = bits(scalar_answer(call, isa, gradient, x))
    places = [(length, (5 * length + 8 * k) % OFFSETS) for length in range(LENGTHS) for k in range(8)]
    places += [(length, offset) for length in (1, 17, 64, 130) for offset in range(OFFSETS)]
    for length, offset in places:
        part = slice(offset, offset + length)
        got = call(gradient[part], x[part])
        assert got.shape == (length,) and got.dtype == x.dtype
        assert (bits(got) == expected[part]).all(), (length, offset)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", CASES)
def test_layouts(isa, name, which, dtype):
    call = caller(name, which)
    gradient, x = data(dtype, 1536)
    expected = scalar_answer(call, isa, gradient, x)
    for layout in (slice(None, None, -1), slice(None, None, 2), slice(3, None, 5), slice(None, 7, -3)):
        same(call(gradient[layout], x[layout]), expected[layout])
    same(call(gradient.reshape(32, 48).T, x.reshape(32, 48).T), expected.reshape(32, 48).T)
    same(call(gradient.reshape(32, 48)[::3, 1::2], x.reshape(32, 48)[::3, 1::2]), expected.reshape(32, 48)[::3, 1::2])
    same([call(gradient[i], x[i]) for i in range(0, 1536, 37)], expected[::37])
    padded = np.zeros(1536, [("before", "i1"), ("x", dtype)])  # elements that stand where no such number may
    padded["x"] = x
    same(call(gradient, padded["x"]), expected)
    spread = np.zeros((1536, 3), dtype)
    call(gradient, x, out=spread[:, 1])
    same(spread[:, 1], expected)
    assert not spread[:, ::2].any()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name, which", CASES)
def test_in_place(isa, name, which, dtype):
    call = caller(name, which)
    for n in (1, 15, 16, 17, 64, 130, 1025):
        gradient, x = data(dtype, max(n, 12))
        expected = scalar_answer(call, isa, gradient, x)
        given = x.copy()
        assert call(gradient, given, out=given) is given
        same(given, expected)
        if which.startswith("backward"):
            given = gradient.copy()
            assert call(given, x, out=given) is given
            same(given, expected)
        shifted = np.concatenate([x, x[:1]])  # partial overlap: as if copied first
        call(gradient, shifted[:-1], out=shifted[1:])
        same(shifted[1:], expected)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", [name for name in names_of("elementwise") if fastact.functions()[name].parameters])
def test_parameter_arrays_equal_parameters_one_by_one(isa, name, dtype):
    gradient, x = data(dtype, 600)
    defaults = tuple(fastact.functions()[name].parameters.values())
    choices = np.array([defaults, *(np.roll([0.2, 0.5, 1, 2], k)[: len(defaults)] for k in range(4))], dtype)
    chosen = np.arange(600) // 7 % len(choices)
    parameters = choices[chosen].T
    for which in [which for other, which in CASES if other == name]:
        function = getattr(fastact, name) if which == "value" else getattr(getattr(fastact, name), which)
        inputs = (gradient, x) if which.startswith("backward") else (x,)
        expected = np.empty_like(x)
        for k, choice in enumerate(choices):
            expected[chosen == k] = function(*(array[chosen == k] for array in inputs), *choice)
        same(function(*inputs, *parameters), expected)
        same(function(*(array[::-1] for array in inputs), *parameters[:, ::-1]), expected[::-1])


FROM_X = ("maxout", "logsumexp", "l2_normalize")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", names_of("rowwise"))
def test_rows(isa, name, dtype):
    function = getattr(fastact, name)
    random = np.random.default_rng(5)
    for columns in (*range(1, 131), 1000, 4096 if name == "maxout" else 4097):
        if name == "maxout" and columns % 4:
            continue
        x = random.normal(0, 4, (3, columns)).astype(dtype)
        gradient = random.normal(0, 1, (3, columns)).astype(dtype)
        value = scalar_answer(function, isa, x)
        same(function(x), value)
        same(function(x[1:2]), value[1:2])
        same(function(np.asfortranarray(x)), value)
        same(function(np.ascontiguousarray(x.T), axis=0), value.T)
        gradient, of = gradient[: len(value), : value.shape[-1]] if value.ndim == 2 else gradient[:, 0], x if name in FROM_X else value
        expected = scalar_answer(function.backward, isa, gradient, of)
        same(function.backward(gradient, of), expected)
        same(function.backward(np.asfortranarray(gradient), np.asfortranarray(of)), expected)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", names_of("loss") + names_of("row_loss"))
@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
def test_losses(isa, name, dtype, reduction):
    function = getattr(fastact, name)
    random = np.random.default_rng(6)

    def call(pred, target):
        value, gradient = function.value_and_gradient(pred, target, reduction=reduction)
        return np.concatenate([np.ravel(value), np.ravel(gradient)])

    soft = fastact.functions()[name].targets == ("probabilities",)
    for n in (*range(1, 131), 5000, 70001):
        pred = random.normal(0, 3, n if name in names_of("loss") else (n % 7 + 1, n)).astype(dtype)
        target = random.normal(0, 3, n).astype(dtype) if pred.ndim == 1 else random.integers(0, n, len(pred))
        if soft:
            target = random.random(pred.shape).astype(dtype)
        expected = scalar_answer(call, isa, pred, target)
        same(call(pred, target), expected)
        same(call(np.stack([pred, pred], -1)[..., 0], target), expected)
