"""ONNX Runtime: a model of one node (two or three for the losses), bound to fixed input and output arrays."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from . import FULL

_TYPES = {"float32": TensorProto.FLOAT, "float64": TensorProto.DOUBLE}

# (operator, attributes, domain)
OPERATORS = {
    ("identity", "forward"): ("Identity", {}, ""),
    ("sigmoid", "forward"): ("Sigmoid", {}, ""),
    ("tanh", "forward"): ("Tanh", {}, ""),
    ("relu", "forward"): ("Relu", {}, ""),
    ("leaky_relu", "forward"): ("LeakyRelu", {"alpha": 0.01}, ""),
    ("abs", "forward"): ("Abs", {}, ""),
    ("hard_shrink", "forward"): ("Shrink", {"bias": 0.0, "lambd": 0.5}, ""),
    ("soft_shrink", "forward"): ("Shrink", {"bias": 0.5, "lambd": 0.5}, ""),
    ("shrink", "forward"): ("Shrink", {"bias": 0.0, "lambd": 0.5}, ""),
    ("thresholded_relu", "forward"): ("ThresholdedRelu", {"alpha": 1.0}, ""),
    ("hard_sigmoid", "forward"): ("HardSigmoid", {"alpha": 1 / 6, "beta": 0.5}, ""),
    ("hard_swish", "forward"): ("HardSwish", {}, ""),
    ("round", "forward"): ("Round", {}, ""),
    ("elu", "forward"): ("Elu", {"alpha": 1.0}, ""),
    ("selu", "forward"): ("Selu", {"alpha": 1.6732632423543772848, "gamma": 1.0507009873554804934}, ""),
    ("celu", "forward"): ("Celu", {"alpha": 1.0}, ""),
    ("quick_gelu", "forward"): ("QuickGelu", {"alpha": 1.702}, "com.microsoft"),
    ("softplus", "forward"): ("Softplus", {}, ""),
    ("mish", "forward"): ("Mish", {}, ""),
    ("gelu", "forward"): ("Gelu", {"approximate": "none"}, ""),
    ("gelu_tanh", "forward"): ("Gelu", {"approximate": "tanh"}, ""),
    ("silu", "forward"): ("QuickGelu", {"alpha": 1.0}, "com.microsoft"),
    ("softsign", "forward"): ("Softsign", {}, ""),
    ("sqrt", "forward"): ("Sqrt", {}, ""),
    ("exponential", "forward"): ("Exp", {}, ""),
    ("log", "forward"): ("Log", {}, ""),
    ("softmax", "forward"): ("Softmax", {"axis": -1}, ""),
    ("log_softmax", "forward"): ("LogSoftmax", {"axis": -1}, ""),
}


LOSSES = {
    ("mean_squared_error", "value"): [
        helper.make_node("Sub", ["a", "b"], ["d"]),
        helper.make_node("Mul", ["d", "d"], ["s"]),
        helper.make_node("ReduceMean", ["s"], ["y"], keepdims=0),
    ],
    ("cross_entropy", "value"): [helper.make_node("SoftmaxCrossEntropyLoss", ["a", "b"], ["y"], reduction="mean")],
}
FLOAT32_ONLY = {
    "thresholded_relu", "hard_sigmoid", "hard_swish", "leaky_relu", "elu", "softplus", "mish", "gelu", "softsign", "selu", "celu"
}


def _session(cell):
    if cell.key in LOSSES:
        nodes = LOSSES[cell.key]
    else:
        operator, attributes, domain = OPERATORS[cell.key]
        nodes = [helper.make_node(operator, ["a"], ["y"], domain=domain, **attributes)]
    type_ = _TYPES[cell.dtype]
    inputs = [helper.make_tensor_value_info("a", type_, cell.shape)]
    if cell.kind == "loss":
        inputs.append(helper.make_tensor_value_info("b", type_, cell.shape))
    if cell.kind == "row_loss":
        inputs.append(helper.make_tensor_value_info("b", TensorProto.INT64, cell.shape[:1]))
    output = helper.make_tensor_value_info("y", type_, () if cell.pass_ == "value" else cell.shape)
    graph = helper.make_graph(nodes, cell.function, inputs, [output])
    versions = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=versions, ir_version=10)
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


class Peer:
    name = "onnxruntime"
    fresh = False

    def __init__(self):
        self.version = onnxruntime.__version__

    def offers(self, cell):
        if cell.dtype not in FULL or (cell.dtype == "float64" and cell.function in FLOAT32_ONLY):
            return False
        return cell.key in OPERATORS or cell.key in LOSSES

    def prepare(self, cell, data):
        session = _session(cell)
        out = np.empty((), cell.dtype) if cell.pass_ == "value" else data.out
        binding = session.io_binding()
        held = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in data.arguments]
        for name, value in zip("ab", held):
            binding.bind_ortvalue_input(name, value)
        binding.bind_output("y", "cpu", 0, np.dtype(cell.dtype), out.shape, out.ctypes.data)

        def run():
            session.run_with_iobinding(binding)
            return out

        return run
