"""docs/accuracy_sixteen.md: its counts are those of the library, and the program that counts can tell one wrong result."""

import importlib.util
import sys
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from helpers import ROOT, inside, pass_of

import fastact
from fastact.arrays import as_plain, deliver

_SPEC = importlib.util.spec_from_file_location("accuracy_sixteen", ROOT / "tests" / "accuracy" / "sixteen.py")
sixteen = sys.modules["accuracy_sixteen"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sixteen)

NAMES = sixteen.functions()
EVERY = np.arange(1 << 16, dtype=np.uint16)


def test_every_function_has_formulas_there():
    assert set(sixteen.FORMULAS) == set(NAMES), "FORMULAS in tests/accuracy/sixteen.py"


def test_published_counts_hold():
    published = (ROOT / "docs" / "accuracy_sixteen.md").read_text(encoding="utf-8").splitlines()
    counted = list(sixteen.document(sixteen.table()))
    assert [line for line in counted if line not in published] == [], "run python tests/accuracy/sixteen.py > docs/accuracy_sixteen.md"
    assert published == counted


@pytest.mark.parametrize("name", NAMES)
def test_formulas_are_the_functions(name):
    """At numbers that are no middles too, where nothing would ask for them."""
    random = np.random.default_rng(4)
    x = inside(name, np.concatenate([random.normal(0, 3, 30), random.uniform(-30, 30, 15), random.normal(0, 1e-3, 15)]))
    if name == "round":
        x = x[np.abs(x % 1 - 0.5) > 1e-9]
    constants, wide = sixteen.CONSTANTS.get(name, ((), name))
    parameters = [*fastact.functions()[name].parameters.values(), *constants]
    for which, formula in zip(sixteen.PASSES, sixteen.FORMULAS[name]):
        got = pass_of(wide, which)(x, *parameters)
        with mpmath.workdps(sixteen.DIGITS):
            exact = [formula(mpmath.mpf(float(at)), *map(mpmath.mpf, parameters)) for at in x]
            for at, result, value in zip(x, got, exact):
                assert abs(mpmath.mpf(float(result)) - value) <= 1.001 * np.spacing(abs(float(value))), (which, at)


RATIONAL = {
    "leaky_relu": lambda x, slope: x if x > 0 else slope * x,
    "rrelu": lambda x, lower, upper: x if x > 0 else (lower + upper) / 2 * x,
    "hard_sigmoid": lambda x, slope, offset: min(max(slope * x + offset, 0), 1),
    "square": lambda x: x * x,
}


@pytest.mark.parametrize("form", sixteen.FORMATS)
@pytest.mark.parametrize("name", RATIONAL)
def test_exceptions_are_so_in_fractions(name, form):
    """Without float64 or mpmath: a result that is no exception is nearest to the exact value, of two the even one; the others are not."""
    library = sixteen.load_library()
    parameters = [float(np.float32(value)) for value in fastact.functions()[name].parameters.values()]
    found = set(sixteen.exceptions(library, name, "value", form).tolist())
    bits = EVERY[np.isfinite(sixteen.widened(EVERY, form))]
    results = sixteen.kernel_results(library, name, "value", form, bits, parameters)
    exact_parameters = list(map(Fraction, parameters))
    for x, result in zip(bits.tolist(), results.tolist()):
        if (x % 11 and x not in found) or not np.isfinite(sixteen.widened(np.array([result + 1]), form)[0]):
            continue
        around = np.array([result - 1 if result & 0x7FFF else 0x8001, result, result + 1])
        exact = RATIONAL[name](Fraction(sixteen.widened(np.array([x]), form)[0]), *exact_parameters)
        errors = [abs(exact - Fraction(number)) for number in sixteen.widened(around, form)]
        other = min(errors[0], errors[2])
        assert (errors[1] < other or (errors[1] == other and result % 2 == 0)) == (x not in found), hex(x)


# ---- the program itself


def test_numbers_of_16_bits_are_widened():
    with np.errstate(invalid="ignore"):  # some of the NaN are signalling
        float16, bfloat16 = EVERY.view(np.float16).astype(float), (EVERY.astype(np.uint32) << 16).view(np.float32).astype(float)
    np.testing.assert_array_equal(sixteen.widened(EVERY, "f16"), float16)
    np.testing.assert_array_equal(sixteen.widened(EVERY, "bf16"), bfloat16)


@pytest.mark.parametrize("form", sixteen.FORMATS)
def test_rounding_is_to_the_nearest_and_ties_to_even(form):
    """Every number of 16 bits, every middle, and what is one unit in the last place of float64 beside them."""
    bits = EVERY[: np.flatnonzero(np.isinf(sixteen.widened(EVERY, form)))[0]]
    numbers = sixteen.widened(bits, form)
    np.testing.assert_array_equal(sixteen.rounded(numbers, form), numbers)
    middles, even = (numbers[1:] + numbers[:-1]) / 2, np.where(bits[1:] % 2 == 0, numbers[1:], numbers[:-1])
    for sign in (1, -1):
        np.testing.assert_array_equal(sixteen.rounded(sign * middles, form), sign * even)
        np.testing.assert_array_equal(sixteen.rounded(sign * np.nextafter(middles, np.inf), form), sign * numbers[1:])
        np.testing.assert_array_equal(sixteen.rounded(sign * np.nextafter(middles, 0), form), sign * numbers[:-1])
    last = 2 * numbers[-1] - middles[-1]  # the middle beyond the largest number
    np.testing.assert_array_equal(sixteen.rounded(np.array([np.nextafter(last, 0), last, -last, np.inf, 1e300]), form),
                                  [numbers[-1], np.inf, -np.inf, np.inf, np.inf])  # fmt: skip
    with mpmath.workdps(sixteen.DIGITS):
        for value in (*middles[::501], *numbers[::701], last, -last, 0.0):
            beside = [mpmath.mpf(float(value)) + delta for delta in (0, mpmath.mpf(10) ** -55 * value, -mpmath.mpf(10) ** -55 * value)]
            above, below = np.nextafter(value, np.copysign(np.inf, value)), np.nextafter(value, 0)
            expected = sixteen.rounded(np.array([value, above, below]), form) if value else [0, 0, 0]
            assert [sixteen.rounded_exactly(each, form) for each in beside] == list(expected)


@pytest.mark.parametrize("form", sixteen.FORMATS)
def test_neighbours(form):
    bits = EVERY[: np.flatnonzero(np.isinf(sixteen.widened(EVERY, form)))[0] + 1]
    numbers = sixteen.widened(bits, form)
    for sign in (1, -1):
        assert sixteen.are_neighbours(sign * numbers[1:], sign * numbers[:-1], form).all()
        assert not sixteen.are_neighbours(sign * numbers[2:], sign * numbers[:-2], form).any()
    assert not sixteen.are_neighbours(numbers[1], -numbers[1], form)


@pytest.mark.parametrize("shift, error", [(1, None), (2, ArithmeticError)])
@pytest.mark.parametrize("form", sixteen.FORMATS)
def test_one_wrong_result_is_found(monkeypatch, form, shift, error):
    """The number next to the right one is counted; one further away is an error."""
    found = sixteen.exceptions(sixteen.load_library(), "tanh", "value", form)
    place = 20_000

    def spoiled(*arguments, run=sixteen.kernel_results):
        results = run(*arguments)
        results[place] += shift
        return results

    monkeypatch.setattr(sixteen, "kernel_results", spoiled)
    if error:
        with pytest.raises(error, match=f"tanh value {form}: at"):
            sixteen.exceptions(sixteen.load_library(), "tanh", "value", form)
    else:
        assert sixteen.exceptions(sixteen.load_library(), "tanh", "value", form).tolist() == sorted([*found.tolist(), place])


@pytest.mark.parametrize("form", ["float16", "bfloat16"])
def test_conversions_are_those_of_numpy(form):
    """Of arguments and results that only 32 bits are computed in."""
    if form == "bfloat16":
        pytest.importorskip("ml_dtypes")
    numbers = EVERY.view(form)
    wide = as_plain(numbers.reshape(256, 256), np.dtype("float32"))
    with np.errstate(invalid="ignore"):
        np.testing.assert_array_equal(wide, numbers.reshape(256, 256).astype("float32"))
        np.testing.assert_array_equal(as_plain(numbers[::-3], np.dtype("float32")), numbers[::-3].astype("float32"))
    finite = wide[np.isfinite(wide)]
    out = np.empty(4 * finite.size, form)
    with np.errstate(over="ignore"):
        middles = finite / 2 + np.roll(finite, 1) / 2
        between = np.concatenate([finite, np.nextafter(finite, np.float32(9)), finite * np.float32(1.001), middles])
        np.testing.assert_array_equal(deliver(between, out.dtype, out), between.astype(form))
    apart = np.zeros((2, len(between)), form)[:, ::2]
    with np.errstate(over="ignore"):
        np.testing.assert_array_equal(deliver(np.tile(between[::2], (2, 1)), apart.dtype, apart), np.tile(out[::2], (2, 1)))
