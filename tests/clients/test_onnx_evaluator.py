"""ONNX's reference evaluator with our operators, over the node cases that ONNX tests backends with."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")

from onnx.reference import ReferenceEvaluator  # noqa: E402

import fastact.onnx  # noqa: E402
from fastact.onnx import OPERATORS  # noqa: E402

EPSILON = {"float16": 2.0**-10, "bfloat16": 2.0**-7}
NAMES = {operator.__name__ for operator in OPERATORS}


def test_examples():
    assert doctest.testmod(fastact.onnx).failed == 0


def node_cases():
    """Those of our operators, as one node and expanded; the modules of all operators take a quarter of a minute to import."""
    from onnx.backend.test.case import node

    wanted = {name.lower() for name in NAMES}
    with np.errstate(all="ignore"):
        for module in pkgutil.iter_modules(node.__path__, node.__name__ + "."):
            if module.name.rpartition(".")[2].replace("_", "") in wanted:
                importlib.import_module(module.name)
    return [case for case in node._NodeTestCases if any(n.op_type in NAMES and not n.domain for n in case.model.graph.node)]


def test_node_cases():
    run = {}
    for case in node_cases():
        evaluator = ReferenceEvaluator(case.model, new_ops=OPERATORS)
        used = {type(node).__name__ for node in evaluator.rt_nodes_ if type(node) in OPERATORS}
        assert used, case.name
        for inputs, outputs in case.data_sets:
            given = dict(zip((value.name for value in case.model.graph.input), inputs))
            for got, expected in zip(evaluator.run(None, given), outputs, strict=True):
                assert got.dtype == expected.dtype, case.name
                np.testing.assert_allclose(got, expected, rtol=case.rtol, atol=case.atol, err_msg=case.name)
        for name in used:
            run[name] = run.get(name, 0) + 1
    missing = NAMES - run.keys() - ({"Swish"} if onnx.defs.onnx_opset_version() < 24 else set())
    assert not missing
    assert sum(run.values()) > 200


@pytest.mark.parametrize("attributes", ["", "<alpha = 0.5, gamma = 2.0>"])
def test_selu_of_other_sizes(attributes):
    graph = f"agraph (float[n] x) => (float[n] y) {{ y = Selu {attributes} (x) }}"
    model = onnx.parser.parse_model(f'<ir_version: 10, opset_import: ["": 22]> {graph}')
    x = np.linspace(-3, 3, 31, dtype=np.float32)
    (got,), (expected,) = (ReferenceEvaluator(model, new_ops=ops).run(None, {"x": x}) for ops in (OPERATORS, None))
    np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-7)
