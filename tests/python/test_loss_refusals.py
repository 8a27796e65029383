"""What every loss refuses: an error that names the function, the argument, what was given and what is accepted; nothing is written."""

import inspect

import numpy as np
import pytest
from adjoint_cases import LOSSES, arguments_of

import fastact

WRONG_ARRAYS = {"complex": lambda a: a.astype(complex), "text": lambda a: np.full(a.shape, "x"), "ragged": lambda a: [[1, 2], [3]]}
WRONG_OPTIONS = {
    "reduction": ("avg", None, 1), "empty": ("one", None), "sample_weight": (np.ones(17), "x", np.ones(3, complex)),
    "where": (np.ones(3, int), np.ones(17, bool)),
}  # fmt: skip
# no number, whatever it is for; a flag is none of these either
WRONG_NUMBERS = (np.nan, "word", 1j, [1.0, 2.0])
NO_NUMBERS = {"class_weight", "axis", "bias", "chunk", "distance_function", "signature", "out", "grad_out"}


def arguments(name):
    """Arrays by name, and the names of parameters."""
    function = getattr(fastact, name)
    names = list(inspect.signature(getattr(function, "__wrapped__", function)).parameters)
    given, keywords = arguments_of(name)
    arrays = dict(zip(names, given)) | keywords
    return arrays, [word for word in names if word not in arrays and word not in WRONG_OPTIONS and word not in NO_NUMBERS]


def cases(name):
    """(argument, what is wrong, all arguments)."""
    arrays, parameters = arguments(name)
    for word in [word for word, array in arrays.items() if isinstance(array, np.ndarray)]:
        yield from ((word, arrays | {word: wrong(arrays[word])}) for wrong in WRONG_ARRAYS.values())
    for word in parameters:
        yield from ((word, arrays | {word: value}) for value in WRONG_NUMBERS)
    yield from ((word, arrays | {word: value}) for word, values in WRONG_OPTIONS.items() for value in values)


@pytest.mark.parametrize("name", LOSSES)
def test_refusals_name_function_and_argument(name):
    loss = getattr(fastact, name)
    for argument, given in cases(name):
        for function, call in ((loss, name), (loss.gradient, f"{name}.gradient"), (loss.value_and_gradient, f"{name}.value_and_gradient")):
            with pytest.raises((TypeError, ValueError), match=f"^{call}: .*{argument}") as refusal:
                function(**given)
            assert str(refusal.value).endswith("accepted") or "need equal lengths" in str(refusal.value)
