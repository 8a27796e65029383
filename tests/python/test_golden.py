"""The bits that are checked in, from every instruction set and from Numba."""

import importlib.util
import json
from pathlib import Path

import pytest

import fastact as fa

_spec = importlib.util.spec_from_file_location("golden", Path(__file__).parents[1] / "golden.py")
golden = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(golden)
KNOWN = json.loads(golden.FILE.read_text(encoding="utf-8"))


def test_every_function_is_there():
    assert list(KNOWN) == golden.names(), "python tests/golden.py adds what is missing"


@pytest.mark.parametrize("isa", fa.isas())
@pytest.mark.parametrize("name", KNOWN)
def test_bits(name, isa):
    before = fa.isa()
    fa.set_isa(isa)
    try:
        assert golden.hashes(name) == KNOWN[name]
    finally:
        fa.set_isa(before)


def test_hashes_tell_bits_apart():
    import numpy as np

    x = golden.patterns("float32", 1)
    assert golden.digest(np.float32(0)) != golden.digest(np.float32(-0.0))
    with np.errstate(invalid="ignore"):  # there are signalling NaNs among them
        assert golden.digest(x) != golden.digest(np.nextafter(x, 0)) and golden.digest((x, x)) != golden.digest(x)


@pytest.mark.parametrize("name", ["gelu", "relu", "snake", "pow"])
def test_bits_of_numba(name):
    with fa.backend("numba"):
        assert golden.hashes(name) == KNOWN[name]
