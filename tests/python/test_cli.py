"""The command line as people type it."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import fastact
from fastact import _core, cli, peers, terminal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(capsys):
    """Run a command line in this process: (status, output, errors)."""

    def call(line):
        try:
            status = cli.main(shlex.split(line))
        except SystemExit as stop:
            status = stop.code
        return (status, *capsys.readouterr())

    return call


def test_machine_names_what_a_bug_report_needs(run):
    status, output, errors = run("")
    assert (status, errors) == (0, "")
    for word in ("fastact", "processor", "instruction set", _core.isa(), "threads", "float32", "NumPy", "Python"):
        assert word in output


def test_module_and_command_are_the_same_program(tmp_path):
    asked = subprocess.run(
        [sys.executable, "-m", "fastact", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert asked.stdout == f"fastact {fastact.__version__}\n"
    assert asked.stderr == ""


def test_list_has_one_line_for_each_function(run):
    _, output, _ = run("list")
    names = re.findall(r"^(\w+)\(", output, re.MULTILINE)
    assert names == list(fastact.functions())


@pytest.mark.parametrize("name", list(fastact.functions()))
def test_show_tells_everything(run, name):
    entry = fastact.functions()[name]
    status, output, _ = run(f"show {name}")
    assert status == 0
    assert entry.formula in output
    assert entry.derivative in output
    has_kernels = not entry.kind.startswith("composed")
    assert ("largest error, float32" in output) == has_kernels
    assert (f"fastact_{name}_f32(size_t " in output) == has_kernels
    assert output.rstrip().endswith(";") == has_kernels
    for parameter, default in entry.parameters.items():
        required = default is None and entry.kind == "elementwise"
        shown = f"{default:g}" if isinstance(default, float) else repr(default)
        assert (parameter if required else f"{parameter} = {shown}") in output
    for alias in entry.aliases:
        assert run(f"show {alias}")[1] == output
    if entry.kind == "elementwise":
        assert re.search(r"^x +-inf +-0 +0 +inf +nan$", output, re.MULTILINE)
        assert f"fastact_{name}_derivative_f32" in output


def test_show_prints_examples_that_hold(run):
    _, output, _ = run("show relu")
    assert ">>> fa.relu(x)\n  array([0., 0., 2.], dtype=float32)" in output
    assert ">>> fa.relu.derivative(x)\n  array([0., 0., 1.], dtype=float32)" in output


def test_show_prints_examples_of_composed_functions(run):
    calls = {
        "softmin": ("softmin(x)", "fa.softmin(x)"),
        "softmax_segments": ("softmax_segments(x, lengths)", "lengths = np.array([1, 2])"),
        "rrelu_train": ("rrelu_train(x, lower=0.125, upper=0.333333)", "fa.rrelu_train(x, rng=np.random.default_rng(1))"),
        "gumbel_softmax": ("gumbel_softmax(x, tau=1)", "fa.gumbel_softmax(x, rng=np.random.default_rng(1))"),
    }
    for name, (call, example) in calls.items():
        output = run(f"show {name}")[1]
        assert output.startswith(f"{call}\n")
        assert f">>> {example}" in output
        assert run(f"show {name}")[1] == output


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("show geluu", "did you mean gelu"),
        ("show xyzzy", "`fastact list` names them all"),
        ("speed sigmod", "did you mean sigmoid"),
        ("speed relu --peers nunpy", "did you mean numpy"),
        ("gallery digit", "did you mean digits"),
    ],
)
def test_unknown_names_suggest_close_ones(run, line, suggestion):
    status, output, errors = run(line)
    assert (status, output) == (2, "")
    assert errors.startswith("fastact: ")
    assert suggestion in errors


@pytest.mark.parametrize(
    "line", ["speed --size 0", "speed --size many", "speed --dtype int8", "tune --dtypes float16", "speed --spread -1", "dance"]
)
def test_wrong_options_end_with_usage(run, line):
    status, _, errors = run(line)
    assert status == 2
    assert "usage: fastact" in errors


def test_a_peer_that_is_not_installed_is_named(run, monkeypatch):
    monkeypatch.setattr(peers, "missing", lambda name: "torch")
    status, _, errors = run("speed relu --peers torch")
    assert status == 2
    assert "torch needs the package torch" in errors


def test_flags_for_compilers(run):
    _, output, _ = run("--cflags --libs")
    include, search, runpath, library = output.split()
    assert include == f"-I{fastact.get_include()}"
    assert Path(include[2:], "fastact.h").is_file()
    assert search == f"-L{fastact.get_lib()}"
    assert runpath == f"-Wl,-rpath,{fastact.get_lib()}"
    assert library == "-lfastact"


@pytest.mark.parametrize(("option", "file"), [("--pkgconfigdir", "fastact.pc"), ("--cmakedir", "fastact-config.cmake")])
def test_directories_hold_what_they_promise(run, option, file):
    _, output, _ = run(option)
    assert Path(output.strip(), file).is_file()


def test_speed_prints_every_pass_and_writes_json(run, tmp_path):
    target = tmp_path / "speed.json"
    status, output, _ = run(f"speed sigmoid mse --quick --size 1000 --peers numpy --wide --json {target}")
    assert status == 0
    for words in (
        "sigmoid +forward",
        "sigmoid +backward",
        "mean_squared_error +value ",
        "mean_squared_error +value and gradient",
    ):
        assert re.search(words, output)
    assert re.search(r"fastact is the fastest in \d of 5 rows", output)

    def no_constant(text):
        raise AssertionError(f"{text} is not JSON")

    measured = json.loads(target.read_text(), parse_constant=no_constant)
    assert [row["function"] for row in measured["rows"]] == ["sigmoid"] * 3 + ["mean_squared_error"] * 2
    for row in measured["rows"]:
        assert [timing["peer"] for timing in row["timings"]] == ["fastact", "numpy"]
        assert all(0 < timing["minimum"] <= timing["median"] for timing in row["timings"])
    assert all(0 < low <= middle for low, middle in measured["latency"].values())


def test_speed_alone_needs_no_other_library(run):
    status, output, _ = run("speed relu --quick --size 100 --peers none")
    assert status == 0
    assert "relu" in output


def test_plain_table_is_aligned(capsys):
    terminal.table(["name", "ns"], [["relu", "0.1"], ["sigmoid", "12.25"]])
    assert capsys.readouterr().out.splitlines() == [
        "name        ns",
        "-------  -----",
        "relu       0.1",
        "sigmoid  12.25",
    ]


def test_readme_has_one_command_to_run_and_one_to_test():
    commands = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2
    run_it, test_it = commands
    assert run_it.endswith("fastact speed")
    assert "'.[test]'" in test_it
    assert test_it.endswith(".venv/bin/pytest -n auto")


def test_ci_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"command=\$\(grep -F \"(.+)\" README.md\)", script).group(1)
    found = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if pattern in line]
    assert len(found) == 1
    assert found[0].startswith("python3 -m venv .venv && ")
    assert "pip install" not in script
