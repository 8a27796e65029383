"""PyTorch: the operators behind torch.nn.functional and autograd, called directly with outputs given."""

import torch

_aten = torch.ops.aten
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


def _cross_entropy_and_gradient(z, k, o):
    log_probability = _aten._log_softmax(z, -1, False)
    loss, weight = _aten.nll_loss_forward(log_probability, k, None, _MEAN, _NO_LABEL_IGNORED)
    _aten.nll_loss_backward.grad_input(
        torch.ones_like(loss), log_probability, k, None, _MEAN, _NO_LABEL_IGNORED, weight, grad_input=o
    )
    return loss, _aten._log_softmax_backward_data(o, log_probability, -1, z.dtype)


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
    ("elu", "forward"): lambda x, o: _aten.elu.out(x, out=o),
    ("elu", "backward"): lambda g, x, o: _aten.elu_backward.grad_input(g, 1, 1, 1, False, x, grad_input=o),
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
    ("prelu", "forward"): lambda x, weight, o: torch.prelu(x, weight),
    ("softmax", "forward"): lambda x, o: _aten._softmax.out(x, -1, False, out=o),
    ("softmax", "backward"): lambda g, y, o: _aten._softmax_backward_data.out(g, y, -1, y.dtype, grad_input=o),
    ("log_softmax", "forward"): lambda x, o: _aten._log_softmax.out(x, -1, False, out=o),
    ("log_softmax", "backward"): lambda g, y, o: _aten._log_softmax_backward_data.out(g, y, -1, y.dtype, out=o),
    ("mean_squared_error", "value"): lambda p, t, o: _aten.mse_loss(p, t),
    ("mean_squared_error", "value_and_gradient"): _mean_squared_error_and_gradient,
    ("cross_entropy", "value"): lambda z, k, o: torch.nn.functional.cross_entropy(z, k),
    ("cross_entropy", "value_and_gradient"): _cross_entropy_and_gradient,
}


class Peer:
    name = "torch"
    fresh = False

    def __init__(self):
        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        self.version = torch.__version__

    def offers(self, cell):
        return cell.key in OPERATORS

    def prepare(self, cell, data):
        operator = OPERATORS[cell.key]
        arguments = [torch.from_numpy(array) for array in data.arguments]
        out = torch.from_numpy(data.out)
        return lambda: operator(*arguments, out)
