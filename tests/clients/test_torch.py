"""PyTorch: the functions of fastact.torch under its autograd, whose gradcheck compares their gradients with differences."""

import doctest

import numpy as np
import pytest
from adjoint_cases import LOSSES, NAMES, THROUGH_LOG_SOFTMAX, WITHOUT, arguments_of
from helpers import same_bits

import fastact as fa

torch = pytest.importorskip("torch")

import fastact.torch as fat  # noqa: E402


def tensors_of(name):
    """Tensors that share memory with the arguments; those with a gradient require one."""
    arguments, options = arguments_of(name)
    names = getattr(fat, name).differentiable
    given = fat.Adjoint(getattr(fa, name)).bind(arguments, options)
    made = {key: torch.from_numpy(value) if isinstance(value, np.ndarray) else value for key, value in given.items()}
    for key in names:
        if key in made:
            made[key].requires_grad_()
    return made, [key for key in names if key in made]


def checked(name, **options):
    given, names = tensors_of(name)

    def run(*tensors):
        if name in THROUGH_LOG_SOFTMAX:
            tensors = [fat.log_softmax(tensor) for tensor in tensors]
        random = arguments_of(name)[1] if name == "gumbel_softmax" else {}
        return getattr(fat, name)(**given | dict(zip(names, tensors)) | random | options)

    return torch.autograd.gradcheck(run, [given[key] for key in names], eps=1e-6, atol=1e-7, rtol=1e-5)


def test_examples():
    assert doctest.testmod(fat).failed == 0


@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_those_of_differences(name):
    assert checked(name)


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_of_losses_that_are_not_reduced(name):
    assert checked(name, reduction="none")


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_of_arrays(name):
    given, _ = tensors_of(name)
    arguments, options = arguments_of(name)
    same_bits(getattr(fat, name)(**given).detach().numpy(), getattr(fa, name)(*arguments, **options))


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("weight", [None, np.array([0.5, 2.0, 1.0, 3.0])])
def test_cross_entropy_with_weights_as_that_of_torch(reduction, weight):
    logits = torch.randn(4, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True)
    labels, upstream = torch.tensor([0, 2, 1, 4]), torch.tensor([0.3, -1.0, 2.0, 0.7], dtype=torch.float64)
    w = torch.ones(4, dtype=torch.float64) if weight is None else torch.from_numpy(weight)
    rows = w * torch.nn.functional.cross_entropy(logits, labels, reduction="none")
    theirs = {"mean": rows.sum() / w.sum(), "sum": rows.sum(), "none": rows}[reduction]
    ours = fat.cross_entropy(logits, labels, reduction=reduction, sample_weight=weight)
    torch.testing.assert_close(ours, theirs)
    slopes = [torch.autograd.grad((upstream * loss).sum() if reduction == "none" else 3 * loss, logits)[0] for loss in (ours, theirs)]
    torch.testing.assert_close(*slopes)


def test_parameters_that_broadcast_x():
    x = torch.randn(3, 1, dtype=torch.float64, requires_grad=True)
    slopes = np.array([0.1, 0.2, 0.5, 2.0])
    assert torch.autograd.gradcheck(lambda x: fat.leaky_relu(x, slopes), [x])


def test_memory_is_shared():
    x = torch.randn(1000)
    y = fat.identity(x)
    assert y.data_ptr() != x.data_ptr()
    np.testing.assert_array_equal(fat._to_numpy("f", "x", x), x.numpy())
    assert fat._to_numpy("f", "x", x).ctypes.data == x.data_ptr()
    assert fat._to_numpy("f", "x", x[::3]).strides == (12,)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_dtypes(dtype):
    pytest.importorskip("ml_dtypes")
    x = torch.linspace(-3, 3, 50).to(getattr(torch, dtype)).requires_grad_()
    y = fat.gelu(x)
    y.sum().backward()
    assert y.dtype == x.grad.dtype == x.dtype
    wide = x.detach().double()
    tolerance = {"float16": 1e-3, "bfloat16": 8e-3, "float32": 2e-7, "float64": 1e-15}[dtype]
    torch.testing.assert_close(y.detach().double(), torch.nn.functional.gelu(wide), rtol=tolerance, atol=1e-15)


def test_what_was_saved_must_not_change():
    x = torch.ones(3, requires_grad=True)
    y = fat.softmax(x * 1)
    y.mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_a_network_learns_the_same_as_with_torch():
    """Three steps of gradient descent in float64 from the same start."""

    def trained(activation, loss):
        generator = torch.Generator().manual_seed(3)
        x, t = torch.randn(64, 8, generator=generator).double(), torch.randint(0, 3, (64,), generator=generator)
        w = [torch.randn(*shape, generator=generator).double().requires_grad_() for shape in ((8, 16), (16, 3))]
        losses = []
        for _ in range(3):
            value = loss(activation(x @ w[0]) @ w[1], t)
            for weight, slope in zip(w, torch.autograd.grad(value, w)):
                weight.data -= 0.1 * slope
            losses.append(value.item())
        return losses

    theirs = trained(torch.nn.functional.gelu, torch.nn.functional.cross_entropy)
    np.testing.assert_allclose(trained(fat.gelu, fat.cross_entropy), theirs, rtol=1e-13)


@pytest.mark.parametrize("log_target", [False, True])
@pytest.mark.parametrize("reduction", ["batchmean", "none"])
@pytest.mark.parametrize("learns", [("target",), ("pred", "target")])
def test_kl_div_by_its_target(learns, reduction, log_target):
    g, weight = torch.Generator().manual_seed(1), torch.arange(5, dtype=torch.float64)
    given = {"pred": torch.randn(4, 5, dtype=torch.float64, generator=g), "target": torch.rand(4, 5, dtype=torch.float64, generator=g)}
    for name in learns:
        given[name].requires_grad_()
    ours = fat.kl_div(given["pred"], given["target"], log_target=log_target, reduction=reduction)
    theirs = torch.nn.functional.kl_div(given["pred"], given["target"], log_target=log_target, reduction=reduction)
    assert fat.kl_div.differentiable == ("pred", "target")
    torch.testing.assert_close(ours, theirs)
    asked = [given[name] for name in learns]
    slopes = [torch.autograd.grad((weight * loss).sum(), asked) for loss in (ours, theirs)]
    torch.testing.assert_close(*slopes)


def test_activation_of_ones_own():
    pytest.importorskip("numba")
    serf = fat.wrap(fa.activation(lambda x: x * fa.tanh(fa.softplus(x) ** 2)))
    assert torch.autograd.gradcheck(serf, [torch.randn(20, dtype=torch.float64, requires_grad=True)])


def test_errors():
    x = torch.ones(3, requires_grad=True)
    with pytest.raises(TypeError, match="mean_squared_error: target requires a gradient; there are gradients of pred"):
        fat.mean_squared_error(torch.ones(3), x)
    with torch.no_grad():
        assert fat.mean_squared_error(torch.ones(3), x) == 0
    with pytest.raises(TypeError, match="gelu: there is no out here"):
        fat.gelu(x, out=x)
    with pytest.raises(TypeError, match="leaky_relu: negative_slope was given by position and by keyword"):
        fat.leaky_relu(x, 0.1, negative_slope=0.2)
    with pytest.raises(TypeError, match="gelu: x is a torch.sparse_coo tensor on cpu"):
        fat.gelu(x.detach().to_sparse())
    with pytest.raises(TypeError, match="gelu: x is a torch.strided tensor on meta"):
        fat.gelu(torch.ones(3, device="meta"))
    (slope,) = torch.autograd.grad((fat.square(x) * x).sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match="square: the gradient cannot be differentiated again"):
        slope.sum().backward()
    with pytest.raises(ValueError, match="logsumexp: return_sign is True"):
        fat.logsumexp(x, return_sign=True)
    with pytest.raises(ValueError, match="gumbel_softmax: hard is True"):
        fat.gumbel_softmax(x, hard=True)
    for name in WITHOUT:
        with pytest.raises(TypeError, match=f"{name}: there is no backward pass"):
            getattr(fat, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        fat.nothing  # noqa: B018
