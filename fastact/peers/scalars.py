"""Elementwise formulas as text, for the libraries that compile text or loops: numexpr and Numba.

Numbers have names, because a literal would widen float32 to float64 in both.
"""

import math

CONSTANTS = {
    "zero": 0.0,
    "six": 6.0,
    "half": 0.5,
    "one": 1.0,
    "two": 2.0,
    "slope": 0.01,
    "scale": 1.0507009873554804934,
    "limit": 1.7580993408473768599,  # scale * alpha of SELU
    "steep": 1.702,
    "root_half": math.sqrt(0.5),
    "density": 1 / math.sqrt(2 * math.pi),
    "root": math.sqrt(2 / math.pi),
    "cubic": 0.044715,
    "square": 0.134145,
}

_SIGMOID = "one / (one + exp(-x))"
_QUICK = "one / (one + exp(-steep * x))"
_CUMULATIVE = "half * (one + erf(x * root_half))"
_TANH = "tanh(root * (x + cubic * x * x * x))"
_WEIGHT = "(exp(x) * (exp(x) + two))"

EXPRESSIONS = {
    ("identity", "forward"): "x",
    ("identity", "backward"): "g",
    ("sigmoid", "forward"): _SIGMOID,
    ("sigmoid", "backward"): "g * exp(-x) / ((one + exp(-x)) * (one + exp(-x)))",
    ("sigmoid", "backward_from_output"): "g * x * (one - x)",
    ("tanh", "forward"): "tanh(x)",
    ("tanh", "backward"): "g * (one - tanh(x) * tanh(x))",
    ("tanh", "backward_from_output"): "g * (one - x * x)",
    ("relu", "forward"): "where(x > zero, x, zero)",
    ("relu", "backward"): "where(x > zero, g, zero)",
    ("leaky_relu", "forward"): "where(x > zero, x, slope * x)",
    ("leaky_relu", "backward"): "where(x > zero, g, slope * g)",
    ("relu6", "forward"): "where(x > zero, where(x < six, x, six), zero)",
    ("relu6", "backward"): "where(x > zero, where(x < six, g, zero), zero)",
    ("abs", "forward"): "where(x < zero, -x, x)",
    ("abs", "backward"): "where(x > zero, g, where(x < zero, -g, zero))",
    ("square", "forward"): "x * x",
    ("square", "backward"): "two * g * x",
    ("relu_squared", "forward"): "where(x > zero, x * x, zero)",
    ("relu_squared", "backward"): "where(x > zero, two * g * x, zero)",
    ("log_sigmoid", "forward"): "-log1p(exp(-x))",
    ("log_sigmoid", "backward"): "g / (one + exp(x))",
    ("hard_shrink", "forward"): "where(x > half, x, where(x < -half, x, zero))",
    ("hard_shrink", "backward"): "where(x > half, g, where(x < -half, g, zero))",
    ("soft_shrink", "forward"): "where(x > half, x - half, where(x < -half, x + half, zero))",
    ("soft_shrink", "backward"): "where(x > half, g, where(x < -half, g, zero))",
    ("thresholded_relu", "forward"): "where(x > one, x, zero)",
    ("thresholded_relu", "backward"): "where(x > one, g, zero)",
    ("elu", "forward"): "where(x > zero, x, expm1(x))",
    ("elu", "backward"): "where(x > zero, g, g * exp(x))",
    ("selu", "forward"): "where(x > zero, scale * x, limit * expm1(x))",
    ("selu", "backward"): "where(x > zero, scale * g, limit * g * exp(x))",
    ("celu", "forward"): "where(x > zero, x, expm1(x))",
    ("celu", "backward"): "where(x > zero, g, g * exp(x))",
    ("quick_gelu", "forward"): "x / (one + exp(-steep * x))",
    ("quick_gelu", "backward"): f"g * ({_QUICK}) * (one + steep * x * (one - {_QUICK}))",
    ("softplus", "forward"): "log1p(exp(x))",
    ("softplus", "backward"): f"g * ({_SIGMOID})",
    ("mish", "forward"): f"x * {_WEIGHT} / ({_WEIGHT} + two)",
    (
        "mish",
        "backward",
    ): f"g * ({_WEIGHT} + two * two * x * exp(x) * (one + exp(x)) / ({_WEIGHT} + two)) / ({_WEIGHT} + two)",
    ("gelu", "forward"): f"x * {_CUMULATIVE}",
    ("gelu", "backward"): f"g * ({_CUMULATIVE} + x * density * exp(-half * x * x))",
    ("gelu_tanh", "forward"): f"half * x * (one + {_TANH})",
    (
        "gelu_tanh",
        "backward",
    ): f"g * half * (one + {_TANH} + x * (one - {_TANH} * {_TANH}) * root * (one + square * x * x))",
    ("silu", "forward"): "x / (one + exp(-x))",
    ("silu", "backward"): f"g * ({_SIGMOID}) * (one + x * (one - {_SIGMOID}))",
}
