"""OpenVINO: a compiled model of one operation, float32 arithmetic, inputs and outputs shared with NumPy."""

import numpy as np
import openvino
from openvino import opset14 as operations

OPERATIONS = {
    "sigmoid": operations.sigmoid,
    "tanh": operations.tanh,
    "relu": operations.relu,
    "leaky_relu": lambda x: operations.prelu(x, np.float32(0.01)),
    "relu6": lambda x: operations.clamp(x, 0.0, 6.0),
    "hard_tanh": lambda x: operations.clamp(x, -1.0, 1.0),
    "abs": operations.abs,
    "hard_sigmoid": operations.hsigmoid,
    "hard_swish": operations.hswish,
    "round": operations.round,
    "elu": lambda x: operations.elu(x, 1.0),
    "selu": lambda x: operations.selu(x, np.float32(1.6732632423543772848), np.float32(1.0507009873554804934)),
    "softplus": operations.softplus,
    "mish": operations.mish,
    "gelu": lambda x: operations.gelu(x, "erf"),
    "gelu_tanh": lambda x: operations.gelu(x, "tanh"),
    "silu": operations.swish,
    "softsign": operations.softsign,
    "sqrt": operations.sqrt,
    "exponential": operations.exp,
    "log": operations.log,
    "softmax": lambda x: operations.softmax(x, -1),
    "log_softmax": lambda x: operations.log_softmax(x, -1),
}


class Peer:
    name = "openvino"
    fresh = False

    def __init__(self):
        self.core = openvino.Core()
        self.version = openvino.__version__

    def offers(self, cell):
        return cell.function in OPERATIONS and cell.pass_ == "forward" and cell.dtype == "float32"

    def prepare(self, cell, data):
        parameter = operations.parameter(cell.shape, np.float32)
        model = openvino.Model([OPERATIONS[cell.function](parameter)], [parameter])
        settings = {"INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"}
        request = self.core.compile_model(model, "CPU", settings).create_infer_request()
        out = data.out
        request.set_input_tensor(openvino.Tensor(data.x, shared_memory=True))
        request.set_output_tensor(openvino.Tensor(out, shared_memory=True))

        def run():
            request.infer()
            return out

        return run
