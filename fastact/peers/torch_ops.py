"""PyTorch: the operators behind torch.nn.functional and autograd, called directly with outputs given."""

import numpy as np
import torch

_aten = torch.ops.aten
_SELU_SCALE, _SELU_ALPHA = 1.0507009873554804934, 1.6732632423543772848  # torch.selu and torch.celu are elu inside
_MEAN, _NO_LABEL_IGNORED = 1, -100


def _sigmoid_backward(g, x, o):
    torch.sigmoid(x, out=o)
    return _aten.sigmoid_backward.grad_input(g, o, grad_input=o)


def _tanh_backward(g, x, o):
    torch.tanh(x, out=o)
    return _aten.tanh_backward.grad_input(g, o, grad_input=o)


def _mean_squared_error_and_gradient(p, t, o):
    loss = _aten.mse_loss(p, t)
    _aten.mse_loss_backward.grad_input(torch.ones_like(loss), p, t, _MEAN, grad_input=o)
    return loss, o


def _and_gradient(loss):
    """The loss and its gradient as autograd has them."""

    def run(p, t, o):
        leaf = p.detach().requires_grad_()
        value = loss(leaf, t)
        return value.detach(), torch.autograd.grad(value, leaf)[0]

    return run


LOSSES = {
    "mean_absolute_error": torch.nn.functional.l1_loss,
    "huber": torch.nn.functional.huber_loss,
    "smooth_l1": torch.nn.functional.smooth_l1_loss,
    "binary_cross_entropy_with_logits": torch.nn.functional.binary_cross_entropy_with_logits,
    "binary_cross_entropy": torch.nn.functional.binary_cross_entropy,
    "kl_div": lambda z, t: _aten.kl_div(z, t, _MEAN),
    "logistic_margin": torch.nn.functional.soft_margin_loss,
    "half_poisson": torch.nn.functional.poisson_nll_loss,
    "poisson_nll": torch.nn.functional.poisson_nll_loss,
}


def _cross_entropy_and_gradient(z, k, o):
    log_probability = _aten._log_softmax(z, -1, False)
    loss, weight = _aten.nll_loss_forward(log_probability, k, None, _MEAN, _NO_LABEL_IGNORED)
    _aten.nll_loss_backward.grad_input(
        torch.ones_like(loss), log_probability, k, None, _MEAN, _NO_LABEL_IGNORED, weight, grad_input=o
    )
    return loss, _aten._log_softmax_backward_data(o, log_probability, -1, z.dtype)


def _prelu_backward(g, x, weight, o):
    dx, terms = _aten._prelu_kernel_backward(g, x, weight[None])
    return dx, terms.sum(0)


OPERATORS = {
    ("identity", "forward"): lambda x, o: o.copy_(x),
    ("identity", "backward"): lambda g, x, o: o.copy_(g),
    ("sigmoid", "forward"): lambda x, o: torch.sigmoid(x, out=o),
    ("sigmoid", "backward"): _sigmoid_backward,
    ("sigmoid", "backward_from_output"): lambda g, y, o: _aten.sigmoid_backward.grad_input(g, y, grad_input=o),
    ("tanh", "forward"): lambda x, o: torch.tanh(x, out=o),
    ("tanh", "backward"): _tanh_backward,
    ("tanh", "backward_from_output"): lambda g, y, o: _aten.tanh_backward.grad_input(g, y, grad_input=o),
    # aten.relu.out makes a temporary and copies it; clamp_min does not
    ("relu", "forward"): lambda x, o: torch.clamp_min(x, 0, out=o),
    ("relu", "backward"): lambda g, x, o: _aten.threshold_backward.grad_input(g, x, 0, grad_input=o),
    ("leaky_relu", "forward"): lambda x, o: _aten.leaky_relu.out(x, 0.01, out=o),
    ("leaky_relu", "backward"): lambda g, x, o: _aten.leaky_relu_backward.grad_input(g, x, 0.01, False, grad_input=o),
    ("relu6", "forward"): lambda x, o: torch.clamp(x, 0, 6, out=o),
    ("relu6", "backward"): lambda g, x, o: _aten.hardtanh_backward.grad_input(g, x, 0, 6, grad_input=o),
    ("abs", "forward"): lambda x, o: torch.abs(x, out=o),
    ("square", "forward"): lambda x, o: torch.square(x, out=o),
    ("log_sigmoid", "forward"): lambda x, o: _aten.log_sigmoid.out(x, out=o),
    ("hard_shrink", "forward"): lambda x, o: _aten.hardshrink.out(x, 0.5, out=o),
    ("hard_shrink", "backward"): lambda g, x, o: _aten.hardshrink_backward.grad_input(g, x, 0.5, grad_input=o),
    ("soft_shrink", "forward"): lambda x, o: _aten.softshrink.out(x, 0.5, out=o),
    ("soft_shrink", "backward"): lambda g, x, o: _aten.softshrink_backward.grad_input(g, x, 0.5, grad_input=o),
    ("thresholded_relu", "forward"): lambda x, o: _aten.threshold.out(x, 1, 0, out=o),
    ("thresholded_relu", "backward"): lambda g, x, o: _aten.threshold_backward.grad_input(g, x, 1, grad_input=o),
    ("threshold", "forward"): lambda x, o: _aten.threshold.out(x, 0.25, 0.25, out=o),
    ("threshold", "backward"): lambda g, x, o: _aten.threshold_backward.grad_input(g, x, 0.25, grad_input=o),
    ("clip", "forward"): lambda x, o: torch.clamp(x, -1, 1, out=o),
    ("hard_tanh", "forward"): lambda x, o: _aten.hardtanh.out(x, -1, 1, out=o),
    ("hard_tanh", "backward"): lambda g, x, o: _aten.hardtanh_backward.grad_input(g, x, -1, 1, grad_input=o),
    ("hard_sigmoid", "forward"): lambda x, o: _aten.hardsigmoid.out(x, out=o),
    ("hard_sigmoid", "backward"): lambda g, x, o: _aten.hardsigmoid_backward.grad_input(g, x, grad_input=o),
    ("hard_swish", "forward"): lambda x, o: _aten.hardswish.out(x, out=o),
    ("hard_swish", "backward"): lambda g, x, o: _aten.hardswish_backward(g, x),
    ("rrelu", "forward"): lambda x, o: _aten.leaky_relu.out(x, (1 / 8 + 1 / 3) / 2, out=o),
    ("rrelu", "backward"): lambda g, x, o: _aten.leaky_relu_backward.grad_input(g, x, (1 / 8 + 1 / 3) / 2, False, grad_input=o),
    ("round", "forward"): lambda x, o: torch.round(x, out=o),
    ("elu", "forward"): lambda x, o: _aten.elu.out(x, out=o),
    ("elu", "backward"): lambda g, x, o: _aten.elu_backward.grad_input(g, 1, 1, 1, False, x, grad_input=o),
    ("selu", "forward"): lambda x, o: _aten.elu.out(x, _SELU_ALPHA, _SELU_SCALE, out=o),
    ("selu", "backward"): lambda g, x, o: _aten.elu_backward.grad_input(g, _SELU_ALPHA, _SELU_SCALE, 1, False, x, grad_input=o),
    ("celu", "forward"): lambda x, o: _aten.elu.out(x, out=o),
    ("celu", "backward"): lambda g, x, o: _aten.elu_backward.grad_input(g, 1, 1, 1, False, x, grad_input=o),
    ("softplus", "forward"): lambda x, o: _aten.softplus.out(x, out=o),
    ("softplus", "backward"): lambda g, x, o: _aten.softplus_backward.grad_input(g, x, 1, 20, grad_input=o),
    ("mish", "forward"): lambda x, o: _aten.mish.out(x, out=o),
    ("mish", "backward"): lambda g, x, o: _aten.mish_backward(g, x),
    ("gelu", "forward"): lambda x, o: _aten.gelu.out(x, out=o),
    ("gelu", "backward"): lambda g, x, o: _aten.gelu_backward.grad_input(g, x, grad_input=o),
    ("gelu_tanh", "forward"): lambda x, o: _aten.gelu.out(x, approximate="tanh", out=o),
    ("gelu_tanh", "backward"): lambda g, x, o: _aten.gelu_backward.grad_input(g, x, approximate="tanh", grad_input=o),
    ("silu", "forward"): lambda x, o: _aten.silu.out(x, out=o),
    ("silu", "backward"): lambda g, x, o: _aten.silu_backward.grad_input(g, x, grad_input=o),
    ("sqrt", "forward"): lambda x, o: torch.sqrt(x, out=o),
    ("softsign", "forward"): lambda x, o: torch.nn.functional.softsign(x),
    ("tanh_shrink", "forward"): lambda x, o: torch.nn.functional.tanhshrink(x),
    ("exponential", "forward"): lambda x, o: torch.exp(x, out=o),
    ("exponential", "backward"): lambda g, x, o: torch.exp(x, out=o).mul_(g),
    ("exponential", "backward_from_output"): lambda g, y, o: torch.mul(g, y, out=o),
    ("pow", "forward"): lambda x, o: torch.pow(x, 0.25, out=o),
    ("log", "forward"): lambda x, o: torch.log(x, out=o),
    ("log", "backward"): lambda g, x, o: torch.div(g, x, out=o),
    ("logit", "forward"): lambda x, o: torch.logit(x, out=o),
    ("logit", "backward"): lambda g, x, o: _aten.logit_backward.grad_input(g, x, grad_input=o),
    ("swiglu", "forward"): lambda a, b, o: _aten.silu.out(a, out=o).mul_(b),
    ("glu", "forward"): lambda a, b, o: torch.sigmoid(b, out=o).mul_(a),
    ("geglu", "forward"): lambda a, b, o: _aten.gelu.out(a, out=o).mul_(b),
    ("geglu_tanh", "forward"): lambda a, b, o: _aten.gelu.out(a, approximate="tanh", out=o).mul_(b),
    ("reglu", "forward"): lambda a, b, o: torch.clamp_min(a, 0, out=o).mul_(b),
    ("bilinear", "forward"): lambda a, b, o: torch.mul(a, b, out=o),
    ("swiglu", "backward"): lambda g, a, b, o: (_aten.silu_backward.grad_input(g * b, a, grad_input=o), g * _aten.silu(a)),
    ("geglu", "backward"): lambda g, a, b, o: (_aten.gelu_backward.grad_input(g * b, a, grad_input=o), g * _aten.gelu(a)),
    ("reglu", "backward"): lambda g, a, b, o: (_aten.threshold_backward.grad_input(g * b, a, 0, grad_input=o), g * torch.relu(a)),
    ("bilinear", "backward"): lambda g, a, b, o: (torch.mul(g, b, out=o), g * a),
    ("prelu", "forward"): lambda x, weight, o: torch.prelu(x, weight),
    ("prelu", "backward"): _prelu_backward,
    ("softmax", "forward"): lambda x, o: _aten._softmax.out(x, -1, False, out=o),
    ("softmax", "backward"): lambda g, y, o: _aten._softmax_backward_data.out(g, y, -1, y.dtype, grad_input=o),
    ("log_softmax", "forward"): lambda x, o: _aten._log_softmax.out(x, -1, False, out=o),
    ("log_softmax", "backward"): lambda g, y, o: _aten._log_softmax_backward_data.out(g, y, -1, y.dtype, out=o),
    ("maxout", "forward"): lambda x, o: torch.amax(x.view(*x.shape[:-1], -1, 4), -1, out=o),
    ("logsumexp", "forward"): lambda x, o: torch.logsumexp(x, -1, out=o),
    ("logsumexp", "backward"): lambda g, x, o: torch.softmax(x, -1, out=o).mul_(g.unsqueeze(-1)),
    ("l2_normalize", "forward"): lambda x, o: torch.nn.functional.normalize(x, dim=-1, out=o),
    ("mean_squared_error", "value"): lambda p, t, o: _aten.mse_loss(p, t),
    ("mean_squared_error", "value_and_gradient"): _mean_squared_error_and_gradient,
    ("cross_entropy", "value"): lambda z, k, o: torch.nn.functional.cross_entropy(z, k),
    ("cross_entropy", "value_and_gradient"): _cross_entropy_and_gradient,
}
OPERATORS |= {(name, "value"): lambda p, t, o, loss=loss: loss(p, t) for name, loss in LOSSES.items()}
OPERATORS |= {(name, "value_and_gradient"): _and_gradient(loss) for name, loss in LOSSES.items()}


def _tensor(array):
    """A tensor over the memory of an array."""
    if array.dtype.name == "bfloat16":
        return torch.from_numpy(array.view(np.int16)).view(torch.bfloat16)
    return torch.from_numpy(array)


class Peer:
    name = "torch"
    fresh = False

    def __init__(self):
        torch.set_num_threads(1)
        self.version = torch.__version__

    def offers(self, cell):
        return cell.key in OPERATORS

    def prepare(self, cell, data):
        operator = OPERATORS[cell.key]
        arguments, out = [_tensor(array) for array in data.arguments], _tensor(data.out)
        return lambda: operator(*arguments, out)
