"""bfloat16 of ml_dtypes, where installed: its own loops, every one of the 65 536 inputs as float32 rounded once, dtypes kept."""

import numpy as np
import pytest
from helpers import ELEMENTWISE, FUNCTIONS, inputs_of, pass_of

ml_dtypes = pytest.importorskip("ml_dtypes")
BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
EVERY = np.arange(1 << 16, dtype=np.uint16).view(BFLOAT16)
FINITE = EVERY[np.isfinite(EVERY.astype(np.float32))]


@pytest.mark.parametrize("which", ["value", "derivative", "backward"])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_every_input_is_float32_rounded_once(name, which):
    inputs = (FINITE[::-1].copy(), FINITE)[-inputs_of(which) :]
    with np.errstate(all="ignore"):
        exact = pass_of(name, which)(*(a.astype(np.float32) for a in inputs)).astype(BFLOAT16)
    got = pass_of(name, which)(*inputs)
    assert got.dtype == BFLOAT16
    numbers = ~np.isnan(exact.astype(np.float32))
    np.testing.assert_array_equal(~np.isnan(got.astype(np.float32)), numbers)
    np.testing.assert_array_equal(got.view(np.uint16)[numbers], exact.view(np.uint16)[numbers])


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if FUNCTIONS[name].parameters])
def test_python_numbers_leave_the_dtype(name):
    function, x = pass_of(name, "value"), FINITE[20000:20040]
    usual = next(iter(FUNCTIONS[name].parameters.values()))
    for got in (function(x, usual), function(np.repeat(x, 2)[::2], usual)):
        assert got.dtype == BFLOAT16
        np.testing.assert_array_equal(got.view(np.uint16), function(x).view(np.uint16))
