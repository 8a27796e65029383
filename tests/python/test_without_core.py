"""The package made without the compiled core: Numba's kernels carry all functions, with the core's bits."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import fastact as fa

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs code beside a package without the core."""
    folder = tmp_path_factory.mktemp("package")
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(folder), str(ROOT)]
    environment = {**os.environ, "FASTACT_NO_CORE": "1", "PYTHONPATH": str(folder), "CC": "false"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [path for path in (folder / "fastact").rglob("*.so*")]

    def call(code):
        begin = "import sys, numpy as np, fastact as fa\n"
        done = subprocess.run([sys.executable, "-c", begin + code], cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


def test_bits(run, tmp_path):
    x = np.random.default_rng(1).normal(0, 4, (300, 41)).astype(np.float32)
    g, slopes = x[::-1].copy(), np.linspace(0.5, 2, 41, dtype=np.float32)
    expressions = ["fa.gelu(x)", "fa.mish.derivative(x)", "fa.silu.backward(g, x, 1.5)", "fa.tanh.backward_from_output(g, fa.tanh(x))",
                   "fa.elu(x, slopes)", "fa.softplus(x.astype(float))", "fa.relu(x[::2, ::-3])", "fa.sigmoid(x.astype(np.float16))",
                   "fa.gelu(np.arange(-3, 4))", "fa.gelu(x, approximate='tanh')", "fa.elu(x, alpha=0.5)", "fa.mish(np.tile(x, (40, 1)))",
                   "fa.clip(x, -1, 1, out=np.zeros_like(x), where=x > 0)", "fa.activation(lambda x: x * fa.tanh(x))(x)",
                   "fa.softmax(x)", "fa.softmax.backward(g, fa.softmax(x))", "fa.log_softmax(x.astype(float), axis=0)",
                   "fa.softmax(x.astype(np.float16), where=x > 0, scale=0.5)", "fa.softmax(np.tile(x, (40, 1)))", "fa.maxout(x.T, 3)",
                   "fa.maxout.backward(g.T[:, ::3].copy(), x.T, 3)", "fa.l2_normalize(x)", "fa.l2_normalize.backward(g, x, eps=2.0)",
                   "fa.logsumexp(x)", "fa.sparsemax.backward(g, fa.softmax(x))", "fa.entmax(x[:, :5], 1)",
                   "fa.hardmax(x, axis=None)", "fa.softmin(x)", "fa.logmeanexp(x)",
                   "fa.swiglu(x[:, :40])", "fa.swiglu(x, g, beta=1.5)", "fa.glu(x[:40], axis=0)", "fa.geglu(x[::2], g[::2])",
                   "fa.reglu(x.T, g.T)",
                   "fa.bilinear(x.astype(np.float16), g.astype(np.float16))", "fa.swiglu_clamped(x.astype(float)[:, 1:], gate='second')",
                   "fa.swiglu.backward(g[:, :20].copy(), x[:, :40])", "fa.geglu.backward(x, g, x)[1]",
                   "fa.glu(np.tile(x, (40, 1)), np.tile(g, (40, 1)))",
                   "fa.huber(x, g)", "fa.huber.value_and_gradient(x, g, delta=0.5, sample_weight=g**2, where=x > 0, reduction='sum')",
                   "fa.huber.gradient(x[:, ::2], g[:, ::2], out=np.zeros((300, 21), np.float16))", "fa.huber(x.astype(np.float16), g)",
                   "fa.huber.gradient_and_hessian(x.T, g.T)", "fa.huber(x, g, reduction='none', out=x.copy())", "fa.huber(1, 2.0)",
                   "fa.huber.ufunc(x, g[0], slopes)", "fa.huber.gradient.ufunc(x, g, 0.5)", "fa.huber(x[:0], g[:0], empty='zero')",
                   "fa.huber.value_and_gradient(np.tile(x, (40, 1)), np.tile(g, (40, 1)))", "fa.hinge(x, x > 0, labels='01')",
                   "fa.cross_entropy(x, labels, label_smoothing=0.1)", "fa.cross_entropy.value_and_gradient(x, labels, ignore_index=3)",
                   "fa.cross_entropy.gradient(x, fa.softmax(g), class_weight=slopes)", "fa.cross_entropy.gradient_and_hessian(x, labels)",
                   "fa.cross_entropy.value_and_gradient(np.tile(x, (40, 1)), np.tile(labels, 40), class_weight=slopes)",
                   "fa.nll.gradient(x.T, labels, axis=0, class_weight=slopes)", "fa.dice(abs(x) % 1, abs(g) % 1)",
                   "fa.l2_penalty.gradient(x)",
                   "fa.margin_ranking.value_and_gradient(x, g, x > 0)", "fa.linear_cross_entropy(x, g[:, :41], labels % 300)",
                   "fa.prelu(x, slopes)", "fa.prelu.backward(g, x, slopes)",
                   "fa.prelu.backward(np.tile(g, (40, 1)), np.tile(x, (40, 1)), 0.5)",
                   "fa.prelu(x, 0.25, out=x.copy())", "fa.prelu.backward(g.T, x.T, slopes, axis=0)",
                   "fa.swiglu(np.zeros((0, 4)))", "fa.softmax(np.zeros((0, 3)))", "fa.logsumexp(np.zeros((2, 0)))",
                   "fa.log_softmax(x, out=x.copy())"]  # fmt: skip
    labels = np.arange(300) * 7 % 41
    given = {"x": x, "g": g, "slopes": slopes, "labels": labels}
    np.savez(tmp_path / "inputs.npz", **given)
    each = "one for text in texts for made in [eval(text)] for one in (made if isinstance(made, tuple) else (made,))"
    code = f"globals().update(np.load({str(tmp_path / 'inputs.npz')!r})); texts = {expressions!r}\n"
    run(code + f"np.savez({str(tmp_path / 'results.npz')!r}, *[{each}])")
    found = iter(np.load(tmp_path / "results.npz").values())
    for text in expressions:
        made = eval(text, {"fa": fa, "np": np, **given})
        for wanted in map(np.asarray, made if isinstance(made, tuple) else (made,)):
            got, kind = next(found), f"u{wanted.dtype.itemsize}"
            assert got.dtype == wanted.dtype and got.shape == wanted.shape, text
            assert np.array_equal(np.ascontiguousarray(got).view(kind), np.ascontiguousarray(wanted).view(kind)), text


def test_documentation_compiles_nothing_before_it_is_read(run):
    code = "from fastact.jit import kernels\nf, count = fa.mish.derivative, kernels._compiled.cache_info\n"
    code += "print(count().currsize, 'fa.mish.derivative(0.5)' in f.__doc__, count().currsize)"
    assert run(code).split() == ["0", "True", "1"]


def test_import_is_light_and_says_what_runs(run):
    said = run("fa.gelu, fa.huber, fa.nll, fa.prelu; print(fa.isa(), 'numba' in sys.modules, len(fa.functions()))")
    assert said.split() == ["numba", "False", str(len(fa.functions()))]
    assert run("print(fa.explain(fa.gelu, 10))").startswith("numba, what Numba finds, 1 thread")


@pytest.mark.parametrize("code,words", [
    ("fa.huber(np.zeros(2), np.zeros(3))", "huber: pred has shape (2,) and target (3,); equal shapes are accepted"),
    ("fa.huber(np.zeros(2), np.zeros(2), delta=-1)", "huber: delta is -1"),
    ("fa.cross_entropy(np.zeros((2, 3)), [0, 3])", "cross_entropy: labels[1] is 3; 0 to 2 are accepted"),
    ("fa.prelu(np.zeros((2, 3)), np.zeros(2))", "prelu: weight has shape (2,); a scalar or (3,) is accepted"),
    ("fa.softmax('a')", "softmax: x has dtype <U1"),
    ("fa.gelu('a')", "gelu: x has dtype <U1"),
    ("fa.gelu(np.zeros(3), beta=1)", "there is no keyword 'beta'"),
    ("fa.gelu(np.zeros(3), out=np.zeros(4))", "gelu"),
    ("fa.pow(2.0)", "beta is required"),
    ("fa.set_backend('c')", "without the compiled core"),
])  # fmt: skip
def test_refusals(run, code, words):
    text = run(f"try:\n    {code}\nexcept (TypeError, ValueError, AttributeError, ImportError) as error:\n    print(error)")
    assert words in text
