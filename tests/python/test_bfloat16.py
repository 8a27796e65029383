"""bfloat16 of ml_dtypes, where installed: its own loops, every one of the 65 536 inputs as float32 rounded once, dtypes kept."""

import numpy as np
import pytest
from helpers import COMPOSED, ELEMENTWISE, FUNCTIONS, inputs_of, names_of, pass_of

import fastact

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


# ---- functions of whole arrays: as float32, rounded once


X, G, W = (np.linspace(-3, 4, 48).reshape(6, 8), np.linspace(2, -1, 48).reshape(6, 8), np.linspace(0.1, 0.9, 8))
LABELS = np.array([0, 3, 7, 2, 2, 5])
NEEDED = {"softmax_segments": {"lengths": [3, 5]}, "xielu": {"alpha_p": 0.2, "alpha_n": -1.0}}
LAYERS = ("linear_cross_entropy", "sampled_softmax", "nce", "adaptive_log_softmax")
CALLS = {
    **{name: [X] for kind in ("rowwise", "gated") for name in names_of(kind)},
    **{f"{name}.backward": [G, X] for name in ("softmax", "log_softmax", "logsumexp", "l2_normalize", "sparsemax", "entmax15")},
    **{f"{name}.backward": [G[:, :4], X] for name in names_of("gated")},
    **{name: [X, W] for name in names_of("learned")},
    **{f"{name}.backward": [G, X, W] for name in names_of("learned")},
    **{name: [X, G] for name in names_of("loss")},
    **{f"{name}.value_and_gradient": [X, G] for name in names_of("loss")},
    **{name: [X, LABELS if "labels" in FUNCTIONS[name].targets else abs(G)] for name in names_of("row_loss")},
    **{f"{name}.value_and_gradient": [X, LABELS if "labels" in FUNCTIONS[name].targets else abs(G)] for name in names_of("row_loss")},
    **{name: [X] for name in COMPOSED if name not in ("gumbel_softmax", "rrelu_train", *LAYERS)},
    "xielu.backward": [G, X],
}
SHORT = {"logsumexp.backward"}  # of a gradient for each row


@pytest.mark.parametrize("call", CALLS)
def test_functions_of_arrays(call):
    name, _, attribute = call.partition(".")
    function = getattr(fastact, name)
    function = getattr(function, attribute) if attribute else function
    narrow = [a.astype(BFLOAT16) if a.dtype.kind == "f" else a for a in CALLS[call]]
    if call in SHORT:
        narrow[0] = narrow[0][:, 0]
    wide = [a.astype(np.float32) if a.dtype == BFLOAT16 else a for a in narrow]
    options = NEEDED.get(name, {})
    got, exact = function(*narrow, **options), function(*wide, **options)
    if not isinstance(got, tuple):
        got, exact = (got,), (exact,)
    for a, b in zip(got, exact, strict=True):
        assert a.dtype == BFLOAT16 and b.dtype == np.float32
        np.testing.assert_array_equal(np.asarray(a).view(np.uint16), np.asarray(b).astype(BFLOAT16).view(np.uint16))
    mixed = None
    if len(narrow) > 1 and narrow[1] is not LABELS:
        mixed = function(*(a.astype(np.float32) if k else a for k, a in enumerate(narrow)), **options)
    assert mixed is None or np.asarray(mixed[0] if isinstance(mixed, tuple) else mixed).dtype == np.float32


def test_random_functions():
    x = X.astype(BFLOAT16)
    y = fastact.gumbel_softmax(x, rng=np.random.default_rng(1))
    assert y.dtype == BFLOAT16 and np.abs(y.astype(np.float32).sum(-1) - 1).max() < 0.05
    y, noise = fastact.rrelu_train(x, rng=np.random.default_rng(1))
    assert y.dtype == noise.dtype == BFLOAT16
