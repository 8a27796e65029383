"""ONNX's reference evaluator on fastact: its operators for activations, softmax and losses, from opset 13 on.

>>> import numpy as np, onnx.parser
>>> from onnx.reference import ReferenceEvaluator
>>> from fastact.onnx import OPERATORS
>>> model = onnx.parser.parse_model('''<ir_version: 10, opset_import: ["": 22]>
...     agraph (float[n] x) => (float[n] y) { y = Mish(x) }''')
>>> ReferenceEvaluator(model, new_ops=OPERATORS).run(None, {"x": np.float32([-1, 0, 2])})
[array([-0.30340147,  0.        ,  1.943959  ], dtype=float32)]
"""

import math

import numpy as np
from onnx.reference.op_run import OpRun
from onnx.reference.ops.op_clip import Clip_11
from onnx.reference.ops.op_lp_normalization import LpNormalization
from onnx.reference.ops.op_prelu import PRelu
from onnx.reference.ops.op_relu import Relu

import fastact as fa

from .arrays import is_float

__all__ = ["OPERATORS"]


def _selu(x, alpha, gamma):
    if math.isclose(alpha, 1.6732632, rel_tol=1e-7) and math.isclose(gamma, 1.0507010, rel_tol=1e-7):
        return fa.selu(x)
    return gamma * fa.elu(x, alpha)


def _reduce_log_sum_exp(x, *axes_input, axes=None, keepdims=1, noop_with_empty_axes=0):
    """Axes are an input from opset 18 on."""
    axes = axes_input[0] if axes_input and axes_input[0] is not None else axes
    if axes is None or len(axes) == 0:
        if noop_with_empty_axes:
            return x
        axes = range(x.ndim)
    axes = [int(axis) % x.ndim for axis in axes]
    kept = [axis for axis in range(x.ndim) if axis not in axes]
    rows = x.transpose(kept + axes).reshape(*(x.shape[axis] for axis in kept), -1)
    shape = [1 if axis in axes else size for axis, size in enumerate(x.shape)]
    return np.asarray(fa.logsumexp(rows)).reshape(shape if keepdims else [x.shape[axis] for axis in kept])


def _softmax_cross_entropy(x, labels, weight=None, ignore_index=None, reduction="mean"):
    return fa.cross_entropy(x, labels, axis=1, class_weight=weight, ignore_index=ignore_index, reduction=reduction)


def _nll(x, labels, weight=None, ignore_index=None, reduction="mean"):
    return fa.nll(x, labels, axis=1, class_weight=weight, ignore_index=ignore_index, reduction=reduction)


# operator -> what it is of its inputs and attributes
_FUNCTIONS = {
    "Relu": fa.relu,
    "LeakyRelu": lambda x, alpha: fa.leaky_relu(x, alpha),
    "PRelu": fa.leaky_relu,
    "Elu": lambda x, alpha: fa.elu(x, alpha),
    "Selu": _selu,
    "Celu": lambda x, alpha: fa.celu(x, alpha),
    "Sigmoid": fa.sigmoid,
    "HardSigmoid": lambda x, alpha, beta: fa.hard_sigmoid(x, alpha, beta),
    "HardSwish": fa.hard_swish,
    "Tanh": fa.tanh,
    "Softplus": fa.softplus,
    "Softsign": fa.softsign,
    "ThresholdedRelu": lambda x, alpha: fa.thresholded_relu(x, alpha),
    "Shrink": lambda x, lambd, bias: fa.shrink(x, lambd, bias),
    "Mish": fa.mish,
    "Gelu": lambda x, approximate: fa.gelu(x, approximate=approximate),
    "Swish": lambda x, alpha: fa.silu(x, alpha),
    "Clip": lambda x, low=None, high=None: fa.clip(x, low, high),
    "Exp": fa.exponential,
    "Log": fa.log,
    "Sqrt": fa.sqrt,
    "Softmax": lambda x, axis: fa.softmax(x, axis),
    "LogSoftmax": lambda x, axis: fa.log_softmax(x, axis),
    "Hardmax": lambda x, axis: fa.hardmax(x, axis),
    "LpNormalization": lambda x, axis, p: fa.l2_normalize(x, axis),
    "ReduceLogSumExp": _reduce_log_sum_exp,
    "SoftmaxCrossEntropyLoss": _softmax_cross_entropy,
    "NegativeLogLikelihoodLoss": _nll,
}
# what runs where fastact does not: for integers, and for other norms
_BASES = {"Relu": Relu, "PRelu": PRelu, "Clip": Clip_11, "LpNormalization": LpNormalization}


def _operator(name, function):
    base = _BASES.get(name, OpRun)

    def _run(self, x, *inputs, **attributes):
        if base is not OpRun and (not is_float(x.dtype) or attributes.get("p", 2) != 2):
            return base._run(self, x, *inputs, **attributes)
        results = [function(x, *inputs, **attributes)]
        if len(self.onnx_node.output) == 2:  # of SoftmaxCrossEntropyLoss
            results.append(fa.log_softmax(x, axis=1))
        return tuple(np.asarray(result) for result in results)

    words = {"__doc__": f"{name} of ONNX on fastact.", "__module__": __name__}
    return type(name, (base,), {"_run": _run, "run": OpRun.run, "op_domain": ""} | words)


OPERATORS = [_operator(name, function) for name, function in _FUNCTIONS.items()]
