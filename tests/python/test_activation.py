"""Users' own formulas as functions: the bits of the formula, the derivative of the formula."""

import ctypes

import mpmath
import numpy as np
import pytest
from helpers import run_python
from numba import njit

import fastact as fa

FORMULAS = {
    "serf": lambda x: x * fa.tanh(fa.softplus(x) ** 2),
    "polynomial": lambda x: (x**3 - 2 * x) / (1 + x * x),
    "pieces": lambda x: np.where(x > 0, x, 0.25 * x) + np.maximum(x - 1, 0.5 * x) - np.minimum(x, 2),
    "parameters": lambda x: fa.silu(x, 1.5) + fa.elu(-x, 0.5) + fa.leaky_relu(x),
    "numpy": lambda x: np.exp(-np.square(x)) + np.sqrt(np.abs(x) + 1) + np.log(x * x + 1),
    "slope": lambda x: fa.gelu.derivative(x) - 0.5,
    "constant": lambda x: 3,
}


def samples(dtype):
    source = np.random.default_rng(2)
    special = [0, -0.0, 1, -1, np.inf, -np.inf, np.nan, 1e-30, 100, -100]
    return np.concatenate([special, source.normal(0, 1, 500), source.normal(0, 10, 500)]).astype(dtype)


def same(a, b):
    return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=True)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", FORMULAS)
def test_bits_of_the_formula(name, dtype):
    given = (lambda x: 0) if name == "slope" else None  # there are no second derivatives
    made, x = fa.activation(FORMULAS[name], given, name), samples(dtype)
    own = {np.exp: fa.exponential, np.log: fa.log}
    with np.errstate(all="ignore"):
        if name == "numpy":  # functions of NumPy are fastact's here, with fastact's bits
            wanted = own[np.exp](-np.square(x)) + np.sqrt(np.abs(x) + 1) + own[np.log](x * x + 1)
        elif name == "polynomial":
            wanted = (fa.pow(x, 3) - 2 * x) / (1 + x * x)
        else:
            wanted = np.broadcast_to(np.asarray(FORMULAS[name](x), dtype), x.shape)
    assert isinstance(made, np.ufunc) and made.__name__ == name
    assert same(made(x), wanted)
    assert same(made(x.reshape(10, -1)[:, ::2]), wanted.reshape(10, -1)[:, ::2])


@pytest.mark.parametrize("name,exact", [
    ("serf", lambda x: x * mpmath.tanh(mpmath.log1p(mpmath.exp(x)) ** 2)),
    ("polynomial", lambda x: (x**3 - 2 * x) / (1 + x * x)),
    ("numpy", lambda x: mpmath.exp(-x * x) + mpmath.sqrt(abs(x) + 1) + mpmath.log(x * x + 1)),
])  # fmt: skip
def test_derivative(name, exact):
    made = fa.activation(FORMULAS[name])
    x = np.random.default_rng(3).normal(0, 2, 40)
    with mpmath.workdps(40):
        wanted = np.array([float(mpmath.diff(exact, mpmath.mpf(float(value)))) for value in x])
    assert np.allclose(made.derivative(x), wanted, rtol=1e-12, atol=1e-13)
    g = np.random.default_rng(4).normal(0, 1, 40)
    assert same(made.backward(g, x), g * made.derivative(x))
    assert np.allclose(made.derivative(x.astype(np.float32)), wanted, rtol=1e-4, atol=1e-5)


def test_derivative_of_pieces():
    made = fa.activation(FORMULAS["pieces"])
    assert made.derivative(np.array([-3.0, -1.0, 1.0, 1.5, 3.0])).tolist() == [0.25 + 0.5 - 1, -0.25, 0.5, 0.5, 2.0]


def test_derivative_that_is_given():
    made = fa.activation(lambda x: np.maximum(x, 0), lambda x: fa.sigmoid(4 * x))
    x = samples(np.float32)
    with np.errstate(all="ignore"):
        assert same(made.derivative(x), fa.sigmoid(4 * x))
        assert same(made(x), np.maximum(x, np.float32(0)))


def test_it_behaves_as_the_built_in_ones():
    made = fa.activation(FORMULAS["serf"], name="serf")
    x = samples(np.float32)[10:]
    out = np.empty_like(x)
    assert made(x, out=out) is out and same(out, made(x))
    assert same(made(x, where=x > 0, out=np.zeros_like(x)), np.where(x > 0, made(x), 0))
    assert made(np.float32(0.5)).dtype == np.float32 and made(2).dtype == np.float64
    assert made(x.astype(np.float16)).dtype == np.float16
    with pytest.raises(TypeError, match="keyword"):
        made(x, beta=1)
    large = np.tile(x, 2000)
    with fa.threads(1):
        wanted = made(large)
    with fa.threads(3):
        assert same(made(large), wanted)
    assert "softplus" in made.__doc__ and "serf" in made.__doc__ and "tanh.derivative" in made.derivative.__doc__

    @njit
    def inside(x):
        return made(x) + made.derivative(x)

    assert same(inside(x), made(x) + made.derivative(x))


def test_pickles_by_name(tmp_path):
    """As functions do: where the module has it under its name."""
    (tmp_path / "mine.py").write_text("import fastact as fa\nserf = fa.activation(lambda x: x * fa.tanh(x), name='serf')\nother = serf\n")
    code = """
import copy, pickle, mine, fastact as fa
for function in (mine.serf, mine.serf.derivative, mine.serf.backward):
    assert pickle.loads(pickle.dumps(function)) is function and copy.deepcopy(function) is function
del mine.serf
try:
    pickle.dumps(mine.other)
except pickle.PicklingError as error:
    print("serf" in str(error) and "mine" in str(error))
"""
    assert run_python(code, tmp_path).split() == ["True"]


def test_an_interruption_waits_for_the_kernel(tmp_path):
    """A call cannot fail half-way: what it needs is made, then Ctrl-C is raised. It used to leave NaN for good."""
    code = """
import signal
import numpy as np, fastact as fa
from fastact.jit import kernels
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
real, asked = kernels.address, []
def address(*what):
    asked.append(what)
    if len(asked) == 1:
        raise KeyboardInterrupt
    return real(*what)
kernels.address = address
serf, x = fa.activation(lambda x: x * fa.tanh(x)), np.linspace(-2, 2, 9)
try:
    serf(x)
    for _ in range(10**6): pass
    print("not raised")
except KeyboardInterrupt:
    print("raised", bool((serf(x) == x * fa.tanh(x)).all()), len(asked))
"""
    assert run_python(code, tmp_path).split() == ["raised", "True", "2"]


def test_c_function():
    made = fa.activation(FORMULAS["serf"])
    x = samples(np.float64)[10:]
    out = np.empty_like(x)
    function = ctypes.CFUNCTYPE(None, ctypes.c_int64, *[ctypes.c_void_p] * 4)(made.address("float64"))
    function(x.size, x.ctypes.data, None, out.ctypes.data, None)
    assert same(out, made(x))
    with pytest.raises(ValueError, match="address: dtype is 'int8'; float16, float32, float64 are accepted"):
        made.address("int8")


@pytest.mark.parametrize("formula,words", [
    (3, "formula is 3; a function of one array is accepted"),
    (lambda x: x if x > 0 else 0, "cannot branch.*np.where"),
    (lambda x: np.sin(x), "sin is not part of a formula.*exp"),
    (lambda x: np.sum(x), "sum|reduce"),
    (lambda x: x + "a", "'a' in a formula"),
    (lambda x: x ** x, "exponent of a power"),
    (lambda x: fa.pow(x), "beta is required"),
    (lambda x: np.add(x, 1, dtype=float), "dtype"),
])  # fmt: skip
def test_refusals(formula, words):
    with pytest.raises(TypeError, match=words):
        fa.activation(formula)


def test_names():
    assert fa.activation(lambda x: x).__name__ == "activation"

    def mine(x):
        return -x

    assert fa.activation(mine).__name__ == "mine"
    with pytest.raises(ValueError, match="name is 'a b'; an identifier"):
        fa.activation(mine, name="a b")
    with pytest.raises(TypeError, match="no derivative of gelu.derivative"):
        fa.activation(FORMULAS["slope"])
