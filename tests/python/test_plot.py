"""Pictures show the functions: their values, their slopes, where they break, and nothing where one dimension says nothing."""

import math
import shlex
import sys

import numpy as np
import pytest
from helpers import EVERY_FUNCTION, REQUIRED, run_python

import fastact as fa
from fastact import cli, curves
from fastact.subjects import subject_of

GIVEN = {"threshold": {"threshold": 1.0, "value": 0.5}, "pow": {"beta": 3.0}}
NOTHING_TO_SHOW = ["gumbel_softmax", "softmax_segments", "rrelu_train"]
NOTHING_TO_SHOW += ["linear_cross_entropy", "sampled_softmax", "nce", "adaptive_log_softmax"]
NOTHING_TO_SHOW += ["cosine_similarity_loss", "pairwise_distance", "triplet_margin", "tversky", "dice", "jaccard"]
OF_ONE_NUMBER = ("sparsemax_binary", "poly_binary_cross_entropy")  # and its target
NOTHING_TO_SHOW += [name for name, entry in EVERY_FUNCTION.items() if entry.kind == "composed_loss" and name not in OF_ONE_NUMBER]
SHOWN = [name for name in EVERY_FUNCTION if name not in NOTHING_TO_SHOW]


def subject(name):
    return curves.with_limits(subject_of(name, GIVEN.get(name, {})))


@pytest.mark.parametrize("name", SHOWN)
def test_slopes_are_those_of_the_values(name):
    """What is drawn as derivative, gradient and Hessian is what differences of the curve above it say."""
    shown = subject(name)
    low, high = shown.limits
    for curve in shown.curves:
        pairs = [(curve.value, curve.slope)]
        if curve.curvature:
            pairs.append((curve.slope, curve.curvature))
        for function, slope in pairs:
            places = [jump.at for each in (function, slope) for jump in curves.breaks(each, low, high)]
            x = np.linspace(low, high, 203)[1:-1]
            x = x[np.all([abs(x - place) > 1e-3 for place in places], axis=0)] if places else x
            h = 1e-5 * np.minimum(1, np.minimum(x - low, high - x))
            measured = (function(x + h) - function(x - h)) / (2 * h)
            exact = slope(x)
            assert np.isfinite(exact).all()
            np.testing.assert_allclose(measured, exact, rtol=2e-4, atol=2e-4 * max(1, np.median(abs(exact))))


@pytest.mark.parametrize("name", NOTHING_TO_SHOW)
def test_functions_without_a_picture_say_why(name):
    with pytest.raises(ValueError, match=f"plot: {name} has no picture of one dimension: \\w+"):
        fa.plot(name)


@pytest.mark.parametrize(
    "name, places",
    [
        ("relu", [0]), ("leaky_relu", [0]), ("relu6", [0, 6]), ("hard_tanh", [-1, 1]), ("hard_sigmoid", [-3, 3]), ("hard_swish", [-3, 3]),
        ("soft_shrink", [-0.5, 0.5]), ("selu", [0]), ("abs", [0]), ("prelu", [0]), ("sparse_sigmoid", [-1, 1]), ("hard_mish", [-2]),
        ("mean_absolute_error", [0]), ("hinge", [1]), ("pinball", [0]), ("epsilon_insensitive", [-0.1, 0.1]), ("l1_penalty", [0]),
        ("elu", []), ("celu", []), ("gelu", []), ("silu", []), ("mish", []), ("sigmoid", []), ("softsign", []), ("sparse_plus", []),
        ("huber", []), ("mean_squared_error", []), ("squared_hinge", []), ("hard_shrink", []),
    ],
)  # fmt: skip
def test_kinks_are_those_of_the_definitions(name, places):
    shown = subject(name)
    assert [kink.at for kink in curves.kinks(shown.curves[0], *shown.limits)] == places


@pytest.mark.parametrize("name, places", [("hard_shrink", [-0.5, 0.5]), ("thresholded_relu", [1]), ("step", [0]), ("relu", [])])
def test_jumps_are_those_of_the_definitions(name, places):
    shown = subject(name)
    assert [jump.at for jump in curves.breaks(shown.curves[0].value, *shown.limits)] == places


def test_a_break_knows_both_sides():
    (kink,) = curves.kinks(subject_of("leaky_relu", {"negative_slope": 0.25}).curves[0], -5, 5)
    assert (kink.before, kink.value, kink.after) == (0.25, 0.25, 1)
    (jump,) = curves.breaks(fa.step, -1, 1)
    assert (jump.at, jump.before, jump.value, jump.after) == (0, 0, 1, 1)


def test_saturated_ends():
    """Where s * (1 - s) = 1 / 80, a twentieth of the slope at 0."""
    border = math.log((1 + math.sqrt(0.95)) / (1 - math.sqrt(0.95)))
    (left, low), (right, high) = curves.saturation(subject("sigmoid").curves[0], -6, 6)
    assert abs(left + border) < 0.02 and abs(right - border) < 0.02
    assert (low, high) == (0, 1)
    assert list(curves.saturation(subject("relu").curves[0], -5, 5))[1] is None
    assert list(curves.saturation(subject("leaky_relu").curves[0], -5, 5)) == [None, None]


def test_one_function_with_its_derivative():
    figure = fa.plot(fa.relu)
    (axes,) = figure.axes
    lines = {line.get_label(): line for line in axes.lines}
    x, y = lines["relu"].get_data()
    np.testing.assert_array_equal(y, np.maximum(x, 0))
    x, slope = lines["derivative"].get_data()
    np.testing.assert_array_equal(slope[x != 0], (x > 0)[x != 0])
    assert np.isnan(slope[x == 0]).all() and (x == 0).any()
    hollow, filled = (dots.get_offsets().tolist() for dots in axes.collections)
    assert (hollow, filled) == ([[0, 1]], [[0, 0]])
    words = figure.legends[0].get_texts()
    assert [text.get_text() for text in words] == ["relu", "derivative", "saturated"]
    assert "max(x, 0)" in figure.get_supxlabel() and "kink at 0 (derivative there 0)" in figure.get_supxlabel()


def test_the_legend_covers_no_curve():
    for names in (["gelu"], ["gelu", "silu", "mish", "relu", "elu", "tanh", "sigmoid", "softplus"], ["binary_cross_entropy_with_logits"]):
        figure = fa.plot(*names)
        figure.draw_without_rendering()
        box = figure.legends[0].get_window_extent()
        assert box.y1 <= figure.bbox.y1 and box.x0 >= 0 and box.x1 <= figure.bbox.x1, names
        for axes in figure.axes:
            assert not box.overlaps(axes.get_window_extent()), names


def test_several_functions_share_two_panels():
    figure = fa.plot("gelu", fa.silu, "hardswish")
    values, slopes = figure.axes
    assert [line.get_label() for line in values.lines][:3] == ["gelu", "silu", "hard_swish"]
    assert (values.get_title(), slopes.get_title()) == ("value", "derivative")
    assert values.get_xlim() == slopes.get_xlim()
    assert len({line.get_color() for line in values.lines[:3]}) == 3
    assert len(fa.plot("gelu", "silu", derivative=False).axes) == 1


def test_strips_say_where_each_of_several_functions_saturates():
    values, slopes = fa.plot("relu", "leaky_relu", "sigmoid", limits=(-6, 6)).axes
    strips = [(line.get_color(), *map(float, line.get_xdata())) for line in values.lines if len(line.get_xdata()) == 2][-3:]
    colours = [line.get_color() for line in values.lines[:3]]
    assert strips[0] == (colours[0], -6, 0)
    assert [(strip[0], strip[1]) for strip in strips[1:]] == [(colours[2], -6), (colours[2], 6)]
    assert strips[1][2] == pytest.approx(-strips[2][2], abs=0.02)
    assert "strips" in values.figure.get_supxlabel()
    assert fa.plot("leaky_relu", "identity").get_supxlabel() == ""


def test_parameters_and_limits():
    (axes,) = fa.plot("leaky_relu", negative_slope=0.5, limits=(-4, 1)).axes
    assert axes.get_xlim() == (-4, 1)
    assert axes.lines[0].get_ydata()[0] == pytest.approx(-2)
    labels = [line.get_label() for line in fa.plot("silu", "gelu", beta=np.array([0.5, 2])).axes[0].lines]
    assert labels[:3] == ["silu, beta = 0.5", "silu, beta = 2", "gelu"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("limits", [(-2, -1), (-1, 1), (0, 1e-30), (1e30, 2e30), (-1e300, 1e300)])
def test_any_limits_are_drawn_without_a_warning(limits):
    for name in ("log", "logit", "relu", "sigmoid", "exponential", "binary_cross_entropy"):
        figure = fa.plot(name, limits=limits)
        assert figure.axes[0].get_xlim() == limits
        figure.draw_without_rendering()


def test_losses_show_gradient_and_hessian():
    (axes,) = fa.plot("huber", delta=0.5).axes
    assert [line.get_label() for line in axes.lines if line.get_label()[0] != "_"] == ["huber", "gradient", "Hessian"]
    assert axes.get_xlabel() == "d = prediction - target"
    three = fa.plot("binary_cross_entropy_with_logits").axes
    assert [axes.get_title() for axes in three] == ["loss", "gradient", "Hessian"]
    assert [line.get_label()[-5:] for line in three[0].lines[:2]] == ["t = 1", "t = 0"]


def test_activations_of_users_are_drawn():
    own = fa.activation(lambda x: x * fa.tanh(x), name="own")
    (axes,) = fa.plot(own).axes
    x, y = axes.lines[0].get_data()
    np.testing.assert_allclose(y, x * np.tanh(x), rtol=1e-12)


@pytest.mark.parametrize(
    "arguments, parameters, error, words",
    [
        ((), {}, TypeError, "there is no function"),
        (("nothing",), {}, ValueError, "no function 'nothing'"),
        ((np.exp,), {}, TypeError, "function is exp"),
        ((3,), {}, TypeError, "function is 3"),
        ((fa.gelu.derivative,), {}, TypeError, "gelu.derivative.*draw the function itself"),
        (("gelu", "mse"), {}, ValueError, "gelu is drawn over x, mean_squared_error over d"),
        (("pow",), {}, ValueError, "pow needs beta"),
        (("relu",), {"negative_slope": 1}, TypeError, "no parameter 'negative_slope'"),
        (("elu", "celu"), {"beta": 1}, TypeError, "elu has alpha"),
        (("elu",), {"alpha": []}, ValueError, "alpha is of shape .0,."),
        (("elu",), {"alpha": np.ones((2, 2))}, ValueError, "alpha is of shape .2, 2."),
        (("scaled_tanh",), {"scale_a": [1, 2], "scale_b": [1, 2]}, ValueError, "scale_a and scale_b are lists"),
        (("silu",), {"beta": list(range(13))}, ValueError, "13 curves"),
        (("relu",), {"limits": (1, 1)}, ValueError, "limits is .1, 1."),
        (("relu",), {"limits": 3}, ValueError, "limits is 3"),
        (("relu",), {"limits": (0, np.inf)}, ValueError, "two increasing finite numbers"),
    ],
)
def test_errors(arguments, parameters, error, words):
    with pytest.raises(error, match=f"^plot: .*{words}"):
        fa.plot(*arguments, **parameters)


def test_required_parameters_are_those_of_the_registry():
    for name in REQUIRED:
        with pytest.raises(ValueError, match=f"{name} needs"):
            fa.plot(name)


def test_files_are_written_the_same_way_every_time(tmp_path):
    for k in range(2):
        fa.plot("gelu", "relu").savefig(tmp_path / f"{k}.svg")
    assert (tmp_path / "0.svg").read_bytes() == (tmp_path / "1.svg").read_bytes()
    assert fa.plot("gelu")._repr_png_()[:4] == b"\x89PNG"


def test_matplotlib_is_imported_by_the_first_picture_alone(tmp_path):
    code = "import sys; from fastact import *; import fastact.cli; before = 'matplotlib' in sys.modules\n"
    code += "plot('relu'); print(before, 'matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    assert run_python(code, tmp_path).split() == ["False", "True", "False"]


def test_without_matplotlib_an_error_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "fastact.pictures")
    monkeypatch.delattr(fa, "pictures")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"plot needs Matplotlib.*pip install 'fastact\[plot\]'"):
        fa.plot("relu")


# ---- the command


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(line):
        try:
            status = cli.main(shlex.split(line))
        except SystemExit as stop:
            status = stop.code
        return (status, *capsys.readouterr())

    return call


@pytest.mark.parametrize("file, start", [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")])
def test_command_writes_every_format(run, tmp_path, file, start):
    assert run(f"plot swish beta=0.5,1 --limits=-4,4 -o {file}") == (0, f"{file}\n", "")
    assert (tmp_path / file).read_bytes().startswith(start)


def test_command_names_its_file(run, tmp_path):
    assert run("plot hardtanh mae --no-derivative")[0] == 2
    assert run("plot hardtanh relu6 --no-derivative") == (0, "fastact-hard_tanh-relu6.png\n", "")
    assert (tmp_path / "fastact-hard_tanh-relu6.png").stat().st_size > 1000


@pytest.mark.parametrize(
    "line, words",
    [
        ("plot gellu", "did you mean gelu"),
        ("plot ctc", "ctc has no picture of one dimension"),
        ("plot beta=1", "no function to draw"),
        ("plot silu beta=x", "'beta=x' is no parameter"),
        ("plot silu -o silu.jpg", "silu.jpg ends in none of .png, .svg, .pdf"),
        ("plot silu -o nowhere/silu.png", "there is no directory nowhere"),
        ("plot silu --limits=3,1", "limits is (3.0, 1.0)"),
    ],
)
def test_command_says_what_is_wrong(run, line, words):
    status, output, errors = run(line)
    assert (status, output) == (2, "")
    assert errors.startswith("fastact: ") and words in errors
    assert "plot: " not in errors


def test_a_file_that_cannot_be_written(run, tmp_path):
    (tmp_path / "taken.png").mkdir()
    status, _, errors = run("plot relu -o taken.png")
    assert status == 2
    assert errors == "fastact: taken.png cannot be written: Is a directory\n"
