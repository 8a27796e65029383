"""ONNX: every operator that fastact has too, by the words of its document.

The references are written from the operator documents in NumPy's float64. Where onnx is installed, the versions and defaults stated
here are compared with its schemas; where onnxruntime is, its results are compared. ONNX's own examples are in tests/clients.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import pytest
from helpers import where_installed

import fastact as fa

INF = np.inf
_erf = np.vectorize(math.erf, otypes=[float])


@dataclass(frozen=True)
class Operator:
    """One row: a version of an operator, its default attributes, what it is here and what its document says."""

    name: str
    version: int
    defaults: dict
    here: object  # of x, further inputs, and the attributes by name
    document: object  # the same, in float64
    others: tuple = ()  # other attributes worth trying
    # infinities at which the formula of the document is 0 * inf or inf / inf; here they give the limit
    limits: dict = field(default_factory=dict)
    keeps_nan: bool = True  # else the document's comparisons make NaN a number; here it stays


def _softmax(x, axis):
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def _hardmax(x, axis):
    first = np.expand_dims(x.argmax(axis), axis)
    return (np.arange(x.shape[axis]).reshape([-1 if k == axis % x.ndim else 1 for k in range(x.ndim)]) == first).astype(float)


def _lp_normalization(x, axis, p):
    norm = (np.abs(x) ** p).sum(axis=axis, keepdims=True) ** (1 / p)
    return np.where(norm == 0, 0, x / norm)


def _half_to_even(x):
    below = np.floor(x)
    up = (x - below > 0.5) | ((x - below == 0.5) & (below % 2 == 1))
    return np.where(np.isfinite(x), below + up, x)


_SELU = {"alpha": 1.67326319217681884765625, "gamma": 1.05070102214813232421875}
ELEMENTWISE = [
    Operator("Identity", 25, {}, fa.identity, lambda x: x),
    Operator("Relu", 14, {}, fa.relu, lambda x: np.maximum(0, x)),
    Operator("LeakyRelu", 16, {"alpha": 0.01}, lambda x, alpha: fa.leaky_relu(x, alpha), lambda x, alpha: np.where(x < 0, alpha * x, x),
             ({"alpha": 0.1}, {"alpha": 2.0}, {"alpha": -0.5})),
    Operator("Elu", 22, {"alpha": 1.0}, lambda x, alpha: fa.elu(x, alpha), lambda x, alpha: np.where(x < 0, alpha * (np.exp(x) - 1), x),
             ({"alpha": 2.0},)),
    # the attributes are float32 numbers, fastact has the exact ones
    Operator("Selu", 22, _SELU, lambda x, alpha, gamma: fa.selu(x),
             lambda x, alpha, gamma: np.where(x <= 0, gamma * (alpha * np.exp(x) - alpha), gamma * x)),
    Operator("Celu", 12, {"alpha": 1.0}, lambda x, alpha: fa.celu(x, alpha),
             lambda x, alpha: np.maximum(0, x) + np.minimum(0, alpha * (np.exp(x / alpha) - 1)), ({"alpha": 2.0},)),
    Operator("Sigmoid", 13, {}, fa.sigmoid, lambda x: 1 / (1 + np.exp(-x))),
    Operator("HardSigmoid", 22, {"alpha": 0.2, "beta": 0.5}, lambda x, alpha, beta: fa.hard_sigmoid(x, alpha, beta),
             lambda x, alpha, beta: np.maximum(0, np.minimum(1, alpha * x + beta)), ({"alpha": 0.5, "beta": 0.6},)),
    Operator("HardSwish", 22, {}, fa.hard_swish, lambda x, slope=1 / 6: x * np.maximum(0, np.minimum(1, slope * x + 0.5)),
             limits={-INF: -0.0}),
    Operator("Tanh", 13, {}, fa.tanh, np.tanh),
    Operator("Softplus", 22, {}, fa.softplus, lambda x: np.log(np.exp(x) + 1)),
    Operator("Softsign", 22, {}, fa.softsign, lambda x: x / (1 + np.abs(x)), limits={INF: 1, -INF: -1}),
    Operator("ThresholdedRelu", 22, {"alpha": 1.0}, lambda x, alpha: fa.thresholded_relu(x, alpha),
             lambda x, alpha: np.where(x > alpha, x, 0), ({"alpha": 2.0}, {"alpha": -0.5}), keeps_nan=False),
    Operator("Shrink", 9, {"bias": 0.0, "lambd": 0.5}, lambda x, bias, lambd: fa.shrink(x, lambd=lambd, bias=bias),
             lambda x, bias, lambd: np.where(x < -lambd, x + bias, np.where(x > lambd, x - bias, 0)),
             ({"bias": 1.5, "lambd": 1.5}, {"bias": 0.25, "lambd": 2.0}), keeps_nan=False),
    Operator("Mish", 22, {}, fa.mish, lambda x: x * np.tanh(np.log(1 + np.exp(x))), limits={-INF: -0.0}),
    Operator("Gelu", 20, {"approximate": "none"}, lambda x, approximate: fa.gelu(x, approximate=approximate),
             lambda x, approximate: 0.5 * x * (1 + (_erf(x / math.sqrt(2)) if approximate == "none"
                                                   else np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))),
             ({"approximate": "tanh"},), limits={-INF: -0.0}),
    Operator("Swish", 24, {"alpha": 1.0}, lambda x, alpha: fa.silu(x, alpha), lambda x, alpha: x / (1 + np.exp(-alpha * x)),
             ({"alpha": 1.702}, {"alpha": 0.5}), limits={-INF: -0.0}),
    Operator("Round", 22, {}, fa.round, _half_to_even),
    Operator("Sqrt", 13, {}, fa.sqrt, np.sqrt),
    Operator("Exp", 13, {}, fa.exponential, np.exp),
    Operator("Log", 13, {}, fa.log, np.log),
    Operator("Abs", 13, {}, fa.abs, np.abs),
]  # fmt: skip
ROWS = [
    Operator("Softmax", 13, {"axis": -1}, lambda x, axis: fa.softmax(x, axis=axis), _softmax, ({"axis": 0}, {"axis": 1})),
    Operator("LogSoftmax", 13, {"axis": -1}, lambda x, axis: fa.log_softmax(x, axis=axis), lambda x, axis: np.log(_softmax(x, axis)),
             ({"axis": 0}, {"axis": 1})),
    Operator("Hardmax", 13, {"axis": -1}, lambda x, axis: fa.hardmax(x, axis=axis), _hardmax, ({"axis": 0}, {"axis": 1})),
    Operator("LpNormalization", 22, {"axis": -1, "p": 2}, lambda x, axis, p: fa.l2_normalize(x, axis=axis), _lp_normalization,
             ({"axis": 0, "p": 2},)),
]  # fmt: skip
# of several inputs, or with bounds that may be missing; each has a test of its own
PRELU = Operator("PRelu", 16, {}, lambda x, slope: fa.prelu(x, slope), lambda x, slope: np.where(x < 0, slope * x, x))
CLIP = Operator("Clip", 13, {}, lambda x, low=None, high=None: fa.clip(x, low, high),
                lambda x, low, high: np.minimum(high, np.maximum(x, low)))  # fmt: skip
LOGSUMEXP = Operator("ReduceLogSumExp", 18, {"keepdims": 1, "noop_with_empty_axes": 0}, fa.logsumexp, None)
CROSS_ENTROPY = Operator("SoftmaxCrossEntropyLoss", 13, {"reduction": "mean"}, fa.cross_entropy, None)
OPERATORS = [*ELEMENTWISE, *ROWS, PRELU, CLIP, LOGSUMEXP, CROSS_ENTROPY]


def cases(operators):
    found = [(operator, attributes) for operator in operators for attributes in (operator.defaults, *operator.others)]
    return pytest.mark.parametrize("operator, attributes", found, ids=[f"{o.name}-{o.version}{a or ''}" for o, a in found])


def close(got, exact, dtype):
    """To the unit in the last place of what float64 holds of the document's formula."""
    assert got.dtype == dtype
    np.testing.assert_allclose(got.astype(float), exact, rtol=2 * max(np.finfo(dtype).eps, 1e-13), atol=max(4e-15, np.finfo(dtype).tiny))


def elements(dtype, reach=30.0):
    """Kinks of every operator, halves, and what lies between; nothing that overflows float16."""
    random = np.random.default_rng(5)
    kinks = [-3, -2.5, -2, -1.5, -1, -0.5, -0.25, -0.0, 0, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 6]
    return np.concatenate([kinks, random.normal(0, 2, 400), random.uniform(-reach, reach, 400)]).astype(dtype)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@cases(ELEMENTWISE)
@np.errstate(all="ignore")
def test_elementwise(operator, attributes, dtype):
    x = elements(dtype, 10 if dtype == "float16" else 30)
    # what counts are the attributes as float32, which ONNX stores them as
    narrow = {key: float(np.float32(value)) if isinstance(value, float) else value for key, value in attributes.items()}
    if operator.name == "HardSwish":  # its constant too is a number of the dtype that is computed in
        narrow["slope"] = float(np.dtype("float64" if dtype == "float64" else "float32").type(1 / 6))
    exact = operator.document(x.astype(float), **narrow)
    got = operator.here(x, **narrow)
    if operator.name == "Selu":
        np.testing.assert_allclose(got, exact, rtol=4e-8 + 2 * np.finfo(dtype).eps, atol=4e-15)
    else:
        close(got, exact, dtype)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@cases(ELEMENTWISE)
@np.errstate(all="ignore")
def test_special_elements(operator, attributes, dtype):
    x = np.array([INF, -INF, np.nan, -0.0, 0.0], dtype)
    exact = operator.document(x.astype(float), **attributes)
    got = operator.here(x, **attributes)
    for place, special in enumerate(x):
        if np.isnan(special):
            assert np.isnan(got[place])
            assert np.isnan(exact[place]) == operator.keeps_nan
        elif special in operator.limits:
            assert np.isnan(exact[place])
            assert got[place] == operator.limits[special]
        else:
            np.testing.assert_allclose(got[place], exact[place], rtol=4e-8 + 2 * np.finfo(dtype).eps)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@cases(ROWS)
@np.errstate(all="ignore")
def test_rows(operator, attributes, dtype):
    x = np.random.default_rng(6).normal(0, 3, (4, 5, 7)).astype(dtype)
    x[0, :, :3] = 2.5  # ties: the first one counts
    x[1], x[2, :, 1] = 0, -INF if "oftmax" in operator.name else 0
    close(operator.here(x, **attributes), operator.document(x.astype(float), **attributes), dtype)


def test_softmax_needs_no_range():
    """The document's formula overflows at 1000; the result is that of the shifted row, as its example has it."""
    x = np.array([[0, 1, 2, 3], [10000, 10001, 10002, 10003]], np.float32)
    expected = [[0.032058604, 0.08714432, 0.23688284, 0.6439143]] * 2
    np.testing.assert_allclose(fa.softmax(x), expected, rtol=1e-6)
    np.testing.assert_allclose(fa.log_softmax(x), np.log(expected), rtol=1e-6)


def test_hardmax_examples():
    """Of several largest values the first one."""
    np.testing.assert_array_equal(fa.hardmax(np.float32([[3, 0, 1, 2], [2, 5, 1, 0], [0, 1, 3, 2], [0, 1, 2, 3]])), np.eye(4)[[0, 1, 2, 3]])
    np.testing.assert_array_equal(fa.hardmax(np.float32([[3, 3, 3, 1]])), [[1, 0, 0, 0]])


def test_round_examples():
    x = [0.1, 0.5, 0.9, 1.2, 1.5, 1.8, 2.3, 2.5, 2.7, -1.1, -1.5, -1.9, -2.2, -2.5, -2.8]
    np.testing.assert_array_equal(fa.round(x), [0, 0, 1, 1, 2, 2, 2, 2, 3, -1, -2, -2, -2, -2, -3])


CLIP_BOUNDS = [(-1, 1), (0, 6), (2, -1), (6, 2), (None, 0.5), (-0.5, None), (None, None), (1, 1), (0, -0.0)]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int32"])
@pytest.mark.parametrize("low, high", CLIP_BOUNDS, ids=str)
def test_clip(low, high, dtype):
    """Min(max, Max(input, min)): max wins where min > max. A bound that is missing is the largest number; here it is infinite."""
    x = np.arange(-9, 9).astype(dtype) if dtype == "int32" else elements(dtype)
    exact = CLIP.document(x.astype(float), -INF if low is None else low, INF if high is None else high)
    got = CLIP.here(x, low, high)
    np.testing.assert_array_equal(got, exact)
    if low is not None and high is not None and dtype != "int32":
        special = np.array([INF, -INF, np.nan], dtype)
        np.testing.assert_array_equal(CLIP.here(special, low, high), CLIP.document(special.astype(float), low, high))


@pytest.mark.parametrize("shape", [(), (1,), (5,), (4, 5), (3, 1, 1), (3, 4, 1), (1, 4, 5), (3, 4, 5)], ids=str)
def test_prelu(shape):
    """The slope broadcasts to X in one direction, along the last axes."""
    x = elements("float32")[:60].reshape(3, 4, 5)
    slope = np.random.default_rng(2).normal(0, 1, shape).astype("float32")
    # a 1-d slope lies along axis 1 here
    got = fa.prelu(x, slope, axis=-1) if np.ndim(slope) == 1 and slope.size > 1 else PRELU.here(x, slope)
    close(got, PRELU.document(x.astype(float), slope.astype(float)), np.dtype("float32"))


@pytest.mark.parametrize("axis", [0, 1, 2, -1, None])
def test_reduce_log_sum_exp(axis):
    x = np.random.default_rng(8).normal(0, 5, (3, 4, 5))
    exact = np.log(np.exp(x).sum(axis=axis, keepdims=True))
    np.testing.assert_allclose(fa.logsumexp(x, axis=axis, keepdims=True), exact, rtol=1e-13)
    np.testing.assert_allclose(fa.logsumexp(x, axis=axis), exact.squeeze() if axis is None else exact.squeeze(axis), rtol=1e-13)
    empty = fa.logsumexp(np.empty((2, 0, 4)), axis=1, keepdims=True)  # over an empty set: minus infinity
    np.testing.assert_array_equal(empty, np.full((2, 1, 4), -INF))


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("ignored", [None, 2])
@pytest.mark.parametrize("shape", [(6,), (6, 3), (4, 3, 2)], ids=str)
def test_softmax_cross_entropy_loss(shape, ignored, weighted, reduction):
    """scores (N, C, d1, ...), labels (N, d1, ...); the mean is over the weights of the labels that count."""
    random, classes = np.random.default_rng(9), 5
    scores = random.normal(0, 2, (shape[0], classes, *shape[1:]))
    labels = random.integers(0, classes, shape)
    weights = random.uniform(0.5, 2, classes) if weighted else None
    loss = -np.take_along_axis(np.log(_softmax(scores, 1)), labels[:, None], 1)[:, 0]
    weight = (np.ones(classes) if weights is None else weights)[labels]
    if ignored is not None:
        weight = np.where(labels == ignored, 0, weight)
    exact = {"none": loss * weight, "sum": (loss * weight).sum(), "mean": (loss * weight).sum() / weight.sum()}[reduction]
    got = fa.cross_entropy(scores, labels, axis=1, class_weight=weights, ignore_index=ignored, reduction=reduction)
    np.testing.assert_allclose(got, exact, rtol=1e-12)


# ---- where onnx is installed


def test_versions_and_defaults_are_those_of_the_schemas():
    onnx = pytest.importorskip("onnx")
    for operator in OPERATORS:
        if operator.version > onnx.defs.onnx_opset_version():
            continue
        schema = onnx.defs.get_schema(operator.name, operator.version)
        assert schema.since_version == operator.version, operator.name
        stated = {}
        for name, attribute in schema.attributes.items():
            if attribute.default_value.name:
                value = onnx.helper.get_attribute_value(attribute.default_value)
                stated[name] = value.decode() if isinstance(value, bytes) else value
        assert stated.keys() == operator.defaults.keys(), operator.name
        for name, value in stated.items():
            assert value == (pytest.approx(operator.defaults[name], rel=1e-7) if isinstance(value, float) else operator.defaults[name])


# ---- where onnxruntime is installed


def run_node(onnx, runtime, operator, attributes, *inputs):
    """What ONNX Runtime makes of float32 inputs."""
    helper = onnx.helper
    names = [f"input{k}" if array is not None else "" for k, array in enumerate(inputs)]
    nodes = [helper.make_node(operator.name, names, ["y"], **attributes)]
    given = {name: array for name, array in zip(names, inputs) if name}
    described = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, array.shape) for name, array in given.items()]
    graph = helper.make_graph(nodes, "one", described, [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", max(operator.version, 13))], ir_version=10)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, given)[0]


@cases(where_installed("onnxruntime", [*ELEMENTWISE, *ROWS]))
def test_onnxruntime_agrees(operator, attributes):
    runtime, onnx = pytest.importorskip("onnxruntime"), pytest.importorskip("onnx")
    x = elements("float32")
    if operator in ROWS:
        x = np.random.default_rng(6).normal(0, 3, (4, 5, 7)).astype("float32")
    theirs = run_node(onnx, runtime, operator, attributes, x)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(operator.here(x, **attributes), theirs, rtol=1e-5, atol=5e-6)


@pytest.mark.parametrize("low, high", where_installed("onnxruntime", CLIP_BOUNDS), ids=str)
def test_onnxruntime_clips_alike(low, high):
    runtime, onnx = pytest.importorskip("onnxruntime"), pytest.importorskip("onnx")
    x = elements("float32")
    theirs = run_node(onnx, runtime, CLIP, {}, x, *(None if bound is None else np.array(bound, "float32") for bound in (low, high)))
    np.testing.assert_array_equal(CLIP.here(x, low, high), theirs)


def test_onnxruntime_has_the_same_prelu():
    runtime, onnx = pytest.importorskip("onnxruntime"), pytest.importorskip("onnx")
    x, slope = elements("float32")[:60].reshape(3, 4, 5), np.linspace(-1, 1, 5, dtype="float32")
    np.testing.assert_allclose(fa.prelu(x, slope, axis=-1), run_node(onnx, runtime, PRELU, {}, x, slope), rtol=1e-6)
