"""The dispatch table: what is measured and chosen, where it is kept, and that a bad file is as none."""

import json
import os
import stat
import subprocess
import sys
import threading
from importlib.util import find_spec

import numpy as np
import pytest
from helpers import run_python, same_bits

import fastact as fa
from fastact import _core, measuring, tuning
from fastact.peers import Cell

X = np.random.default_rng(0).normal(0, 3, 30_000).astype(np.float32)
GELU = ("gelu", "value", "float32")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty folder of tables, in use for the test alone."""
    monkeypatch.delenv("FASTACT_TUNING", raising=False)
    monkeypatch.setenv("FASTACT_CACHE_DIR", str(tmp_path / "cache"))
    forget()
    yield tmp_path / "cache"
    monkeypatch.undo()
    forget()
    fa.set_backend("auto")


def forget():
    tuning._put_in_use({})
    tuning._loaded_for = tuning._source = None


def again():
    """As in a new process."""
    forget()
    tuning.load()


def start_of(entry):
    name, pass_, dtype = entry
    return _core.threads_from(name, pass_, tuning.FORMS[dtype])


def written(cache, choices=None, **changes):
    """A file as tune leaves it, with changes."""
    choices = {"gelu": {"value": {"float32": ["c", 54321]}}} if choices is None else choices
    table = {"format": tuning.FORMAT, "key": tuning.key(), "choices": choices}
    cache.mkdir(exist_ok=True)
    file = cache / os.path.basename(tuning.path())
    file.write_text(json.dumps(table | changes))
    return file


def test_a_table_is_used(cache):
    before = start_of(GELU)
    file = written(cache)
    again()
    assert start_of(GELU) == 54321 != before and tuning.source() == str(file)
    with fa.threads(2):
        found = fa.explain(fa.gelu, 54320)
        assert found.threads == 1 and "worth it from 54321 on (measured by tune)" in found.reason and "as tune measured" in found.reason
        assert "(built in)" in fa.explain(fa.gelu.backward, 10).reason and "(built in)" in fa.explain(fa.gelu, np.zeros(5)).reason
    file.unlink()
    again()
    assert start_of(GELU) == before and tuning.source() is None


def test_what_is_built_in_stays_whole(cache):
    """From how many elements on is told by what one costs, which a table does not know."""
    tuning.load()
    built_in, asked, real = start_of(GELU), [], _core.set_threads_from
    written(cache, {"gelu": {"value": {"float32": ["c", built_in]}, "backward": {"float32": ["c", built_in + 1]}}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_core, "set_threads_from", lambda *what: (asked.append(what), real(*what)))
        again()
    assert [what for what in asked if what[-1]] == [("gelu", "backward", "f32", built_in + 1)]


def test_never(cache):
    written(cache, {"gelu": {"value": {"float32": ["c", None]}}})
    again()
    with fa.threads(2):
        fa.relu(np.zeros(10**6))
        assert fa.explain(fa.gelu, 10**9).threads == 1 and "never faster (measured by tune)" in fa.explain(fa.gelu, 10**9).reason
        assert fa.explain(fa.gelu.derivative, 10**9).threads == 2


BAD_KEYS = [("version", "0.0.9"), ("processor", "another"), ("instruction set", "sse2"), ("processors", 4096)]


@pytest.mark.parametrize("field,value", BAD_KEYS)
def test_a_table_for_others_is_ignored(cache, field, value):
    written(cache, key=tuning.key() | {field: value})
    again()
    assert tuning.source() is None and tuning.choice(*GELU) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"gelu"',
        "\x00\xff",
        "[" * 100_000,
        {"format": 2},
        {"choices": []},
        {"choices": {"gelu": 1}},
        {"choices": {"no_such": {"value": {"float32": ["c", 10]}}}},
        {"choices": {"swish": {"value": {"float32": ["c", 10]}}}},
        {"choices": {"gelu": {"values": {"float32": ["c", 10]}}}},
        {"choices": {"gelu": {"value": {"float31": ["c", 10]}}}},
        {"choices": {"gelu": {"value": {"float32": ["cuda", 10]}}}},
        {"choices": {"gelu": {"value": {"float32": ["c", 0]}}}},
        {"choices": {"gelu": {"value": {"float32": ["c", -5]}}}},
        {"choices": {"gelu": {"value": {"float32": ["c", 1.5]}}}},
        {"choices": {"gelu": {"value": {"float32": ["c", 2**70]}}}},
        {"choices": {"gelu": {"value": {"float32": ["c"]}}}},
        {"choices": {"relu": {"value": {"float32": ["c", 12345]}}, "gelu": {"value": {"float32": ["c", "many"]}}}},
    ],
    ids=str,
)
def test_a_damaged_table_is_ignored(cache, text):
    """All of it."""
    file = written(cache, **(text if isinstance(text, dict) else {}))
    if isinstance(text, str):
        file.write_text(text, encoding="latin-1")
    before = start_of(("relu", "value", "float32"))
    again()
    assert tuning.source() is None and tuning.choice(*GELU) is None and start_of(("relu", "value", "float32")) == before
    assert np.all(np.isfinite(fa.gelu(X)))


def test_a_table_that_cannot_be_read(cache):
    os.makedirs(cache / os.path.basename(tuning.path()))  # a folder of that name
    again()
    assert tuning.source() is None


def test_numba_where_the_table_says_so(cache):
    pytest.importorskip("numba")
    with fa.backend("c"):
        wanted = fa.hard_mish(X), fa.hard_mish.derivative(X), fa.hard_mish(X.astype(np.float64)), fa.gelu(X), fa.softmax(X)
    written(cache, {"hard_mish": {"value": {"float32": ["numba", 20_000]}}})
    again()
    assert fa.get_backend() == "auto" and fa.explain(fa.hard_mish, 10).backend == "numba"
    assert fa.warmup() == 1 and fa.warmup(dtypes="float64") == 0
    assert fa.explain(fa.hard_mish.derivative, 10).backend == fa.explain(fa.gelu, 10).backend == fa.explain(fa.softmax, 10).backend == "c"
    asked, maker = [], tuning.maker()
    _core.use_kernels_of(lambda *what: asked.append((*what, maker(*what) is not None)) and None or maker(*what))
    for count in (1, 2):
        with fa.threads(count):
            got = fa.hard_mish(X), fa.hard_mish.derivative(X), fa.hard_mish(X.astype(np.float64)), fa.gelu(X), fa.softmax(X)
            for one, other in zip(got, wanted, strict=True):
                same_bits(one, other)
            for n in (0, 1, 17):
                same_bits(fa.hard_mish(X[:n]), wanted[0][:n])
    assert ("hard_mish", "value", "f32", False, True) in asked and ("gelu", "value", "f32", False, False) in asked
    assert {what[:3] for what in asked if what[-1]} == {("hard_mish", "value", "f32")}
    with fa.backend("c"):
        assert fa.explain(fa.hard_mish, 10).backend == "c" and "set_backend" in fa.explain(fa.hard_mish, 10).reason
    assert fa.explain(fa.hard_mish, 10).backend == "numba"


def test_rows_by_numba_where_the_table_says_so(cache):
    pytest.importorskip("numba")
    x = X.reshape(300, 100)
    with fa.backend("c"):
        wanted = fa.softmax(x), fa.softmax(x.astype(np.float16)), fa.softmax.backward(x, x)
    written(cache, {"softmax": {"value": {"float32": ["numba", 20_000]}}})
    again()
    assert fa.explain(fa.softmax, x).backend == "numba" and fa.explain(fa.softmax.backward, x).backend == "c"
    asked, maker = {}, tuning.maker()
    _core.use_kernels_of(lambda *what: asked.setdefault(what[:3], maker(*what)))
    for got, one in zip((fa.softmax(x), fa.softmax(x.astype(np.float16)), fa.softmax.backward(x, x)), wanted, strict=True):
        same_bits(got, one)
    assert asked["softmax", "value", "f32"] and asked["softmax", "backward", "f32"] is None


def test_what_is_added_is_kept_beside_the_rest(cache):
    first = tuning.add({GELU: tuning.Choice("c", 20_000)})
    second = tuning.add({("relu", "backward", "float64"): tuning.Choice("c", None)})
    assert first == second == tuning.path() and os.listdir(cache) == [os.path.basename(first)]
    again()
    assert tuning.choice(*GELU) == tuning.Choice("c", 20_000) and tuning.choice("relu", "backward", "float64") == tuning.Choice("c", None)
    assert start_of(GELU) == 20_000 and start_of(("relu", "backward", "float64")) == _core.NEVER


def test_a_folder_that_cannot_be_written(cache, tmp_path, monkeypatch):
    """Nothing is said, and this process still uses what it has measured."""
    cache.write_text("a file where the folder should be")
    assert tuning.add({GELU: tuning.Choice("c", 20_000)}) is None and start_of(GELU) == 20_000
    if os.geteuid():
        folder = tmp_path / "read-only"
        folder.mkdir()
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        monkeypatch.setenv("FASTACT_CACHE_DIR", str(folder))
        assert tuning.add({GELU: tuning.Choice("c", 30_000)}) is None and os.listdir(folder) == []
    monkeypatch.setattr(os, "replace", lambda *names: (_ for _ in ()).throw(OSError("disk full")))
    monkeypatch.setenv("FASTACT_CACHE_DIR", str(tmp_path / "other"))
    assert tuning.add({GELU: tuning.Choice("c", 30_000)}) is None and os.listdir(tmp_path / "other") == []


WRITER = """
import sys, fastact as fa
from fastact import tuning
name = sys.argv[1]
for k in range(60):
    assert tuning.add({(name, "value", "float32"): tuning.Choice("c", 10_000 + k)})
    assert tuning._read(tuning.path())
"""


def test_two_processes_at_once(cache):
    """Whoever reads finds a whole table at any time."""
    environment = os.environ | {"FASTACT_CACHE_DIR": str(cache), "PYTHONPATH": os.path.dirname(os.path.dirname(fa.__file__))}
    start = {"cwd": cache.parent, "env": environment, "stderr": subprocess.PIPE}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name], **start) for name in ("gelu", "tanh")]
    seen = 0
    while any(writer.poll() is None for writer in writers):
        if cache.is_dir() and os.path.exists(tuning.path()):
            assert tuning._read(tuning.path())
            seen += 1
    assert [writer.communicate()[1] for writer in writers] == [b"", b""] and seen
    assert len(os.listdir(cache)) == 1 and max(one.threads_from for one in tuning._read(tuning.path()).values()) == 10_059


def test_environment(cache, tmp_path):
    file = written(cache)
    code = "import fastact as fa, sys; from fastact import tuning; fa.gelu; print(tuning.source()); print(fa.explain(fa.gelu, 5).reason)"
    said = run_python(code, tmp_path, FASTACT_CACHE_DIR=str(cache)).splitlines()
    assert said[0] == str(file) and "measured" in said[1]
    assert run_python(code, tmp_path, FASTACT_CACHE_DIR=str(cache), FASTACT_TUNING="off").splitlines()[0] == "None"
    moved = tmp_path / "table of mine.json"
    file.rename(moved)
    assert run_python(code, tmp_path, FASTACT_TUNING=str(moved)).splitlines()[0] == str(moved)
    assert run_python(code, tmp_path, FASTACT_TUNING=str(tmp_path / "none")).splitlines()[0] == "None"
    home = tmp_path / "home" / "fastact"
    home.mkdir(parents=True)
    moved.rename(home / file.name)
    assert run_python(code, tmp_path, XDG_CACHE_HOME=str(tmp_path / "home")).splitlines()[0] == str(home / file.name)
    # the import itself reads nothing; the first function does
    code = "import sys, fastact; from fastact import tuning; print(tuning._loaded_for); fastact.gelu; print(tuning._loaded_for)"
    assert run_python(code, tmp_path, XDG_CACHE_HOME=str(tmp_path / "home")).split() == ["None", fa.isa()]


def test_another_instruction_set_has_its_own_table(cache):
    first = fa.isa()
    tuning.add({GELU: tuning.Choice("c", 20_000)})
    try:
        fa.set_isa("scalar")
        assert (start_of(GELU) == 20_000) == (first == "scalar")
        fa.set_isa(first)
        assert start_of(GELU) == 20_000
    finally:
        fa.set_isa(first)


# ---- what is chosen


def ratios(*of_threads, numba=None):
    """Times of two threads over those of one, at 16384, 65536 and so on."""
    found = {16384 * 4**k: {("c", "c threads"): ratio} for k, ratio in enumerate(of_threads)}
    for k, (at, ratio) in enumerate(zip(found.values(), numba or ())):
        at |= {("c", "numba"): ratio, ("numba", "numba threads"): of_threads[k]}
    return found


@pytest.mark.parametrize(
    "of_threads,built_in,expected",
    [
        ((1.0, 0.7, 0.6, 0.55), 30_000, 30_000),  # as built in
        ((0.97, 1.02, 0.6, 0.55), 30_000, 30_000),  # nothing clear speaks against it
        ((0.99, 1.0, 1.01, 1.04), 30_000, 30_000),
        ((2.0, 1.2, 1.1, 1.06), 30_000, None),
        ((0.6, 0.6, 0.5, 0.5), 30_000, 16384),
        ((0.6, 0.6, 0.5, 0.5), 9000, 9000),
        ((1.3, 1.2, 0.6, 0.5), 9000, (65536, 262144)),
        ((1.3, 1.2, 0.6, 1.3), 9000, None),  # not at the largest
        ((1.3, 0.6, 1.3, 0.5), 9000, (262144, 1048576)),
    ],
)
def test_threads_are_chosen_where_they_clearly_win(of_threads, built_in, expected):
    chosen = measuring.choose(ratios(*of_threads), built_in)
    assert chosen.backend == "c"
    if isinstance(expected, tuple):
        assert expected[0] < chosen.threads_from < expected[1]
    else:
        assert chosen.threads_from == expected


def test_the_start_lies_where_the_margin_is_reached():
    """Threads that cost 12000 ns and halve the time, of 1 ns an element: 5 % are won from 26667 elements on."""
    of_threads = [12_000 / n + 0.5 for n in (16384, 65536, 262144)]
    assert abs(measuring.choose(ratios(*of_threads), 9000).threads_from - 26_667) < 100


@pytest.mark.parametrize("numba,backend", [((0.9, 0.8, 0.94), "numba"), ((0.9, 0.96, 0.8), "c"), ((1.0, 1.0, 1.0), "c"), (None, "c")])
def test_numba_is_chosen_where_it_wins_everywhere(numba, backend):
    assert measuring.choose(ratios(1.0, 0.7, 0.6, numba=numba), 30_000) == tuning.Choice(backend, 30_000)


def test_numba_is_not_chosen_where_a_size_was_left_out():
    found = ratios(1.0, 0.7, 0.6, numba=(0.5,))  # the others without it
    assert measuring.choose(found, 30_000) == tuning.Choice("c", 30_000)


@pytest.mark.parametrize("of_turns,clear", [
    ((0.5, 0.9, 0.6), True), ((1.2, 1.9, 1.1), True), ((0.98, 1.0, 1.02), True), ((0.8, 1.2, 0.9), False), ((0.9, 0.97, 0.92), False),
])  # fmt: skip
def test_turns_end_when_more_would_say_the_same(of_turns, clear):
    assert measuring._is_clear(np.array(of_turns)) == clear


@pytest.mark.parametrize("ratio,second", [(1.2, ["c"]), (0.97, ["c"]), (0.9, ["c", "numba"])])
def test_numba_is_left_out_where_it_has_lost(monkeypatch, ratio, second):
    """Of the largest size it is measured, which has to be won too."""
    asked = []

    def measure(cell, ways, seconds):
        asked.append((cell.size, [label for label, *_ in ways]))
        return {}, {("c", "numba"): ratio} if len(ways) == 2 else {}

    monkeypatch.setattr(measuring, "_measure", measure)
    monkeypatch.setattr(measuring, "_candidates", lambda cell, threads: [("c", "c", 1), ("numba", "numba", 1)])
    cells = [Cell("gelu", "elementwise", "forward", "float32", size) for size in (16384, 1048576)]
    assert list(measuring._measure_all(cells, 2, 0.1)) == [1048576, 16384]
    assert asked == [(1048576, ["c", "numba"]), (16384, second)]


def test_what_shows_once_does_not_count():
    first, second = ratios(1.5, 0.6, 0.4), ratios(0.98, 1.4, 0.5)
    assert [at["c", "c threads"] for at in measuring._twice(first, second).values()] == [0.98, 1.4, 0.5]


# ---- measuring


def test_tune(cache):
    fa.set_backend("c")
    with fa.threads(2):
        found = fa.tune(["swish", "softmax", "mse"], dtypes="float32", sizes=[2048, 20_000], seconds=0.005)
        assert fa.get_num_threads() == 2 and fa.get_backend() == "c"
    entries = {(name, pass_, "float32") for name in ("softmax", "mean_squared_error") for pass_ in ("value", "backward")}
    entries |= {("silu", pass_, "float32") for pass_ in ("value", "derivative", "backward")}
    assert set(found.choices) == set(found.nanoseconds) == entries
    assert all(set(sizes) == {2048, 20_000} for sizes in found.nanoseconds.values())
    silu = found.nanoseconds["silu", "value", "float32"][2048]
    assert {"c", "c threads", "numpy"} <= set(silu) and min(silu.values()) > 0 and silu["numpy"] > silu["c"]
    if find_spec("numba"):
        assert all("numba" in of_sizes[20_000] for of_sizes in found.nanoseconds.values())  # at least where it has to win first
    assert found.path == tuning.path() and str(found).startswith("7 measured, ") and found.path in str(found)
    for entry, chosen in found.choices.items():
        assert tuning.choice(*entry) == chosen
        assert start_of(entry) == (_core.NEVER if chosen.threads_from is None else max(chosen.threads_from, 1025))
    kept = dict(found.choices)
    again()
    assert {entry: tuning.choice(*entry) for entry in kept} == kept


def test_functions_and_dtypes_are_accepted_for_their_names(cache):
    found = fa.tune(fa.swish, dtypes=np.float32, sizes=2048, seconds=0.001)
    assert set(found.choices) == {("silu", pass_, "float32") for pass_ in ("value", "derivative", "backward")}
    found = fa.tune([fa.mse, "mse"], dtypes=[np.dtype("float64"), "float64"], sizes=(2048,), seconds=0.001)
    assert set(found.choices) == {("mean_squared_error", pass_, "float64") for pass_ in ("value", "backward")}


def test_an_interruption_keeps_what_was_measured(cache, monkeypatch):
    found = iter([(tuning.Choice("c", 20_000), {}), (tuning.Choice("c", None), {})])

    def decide(*arguments):
        try:
            return next(found)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(measuring, "_decide", decide)
    with pytest.raises(KeyboardInterrupt):
        fa.tune("gelu", dtypes="float32")
    again()
    assert [tuning.choice("gelu", which, "float32") for which in ("value", "derivative", "backward")] == [
        tuning.Choice("c", 20_000),
        tuning.Choice("c", None),
        None,
    ]


def test_tuning_does_not_change_results(cache):
    calls = []
    stop = threading.Event()
    wanted = fa.silu(X)

    def meanwhile():
        while not stop.is_set():
            calls.append(np.array_equal(fa.silu(X), wanted))

    other = threading.Thread(target=meanwhile)
    other.start()
    try:
        fa.tune("silu", dtypes=["float32"], sizes=[16384], seconds=0.01)
    finally:
        stop.set()
        other.join()
    assert calls and all(calls)


@pytest.mark.parametrize(
    "arguments,words",
    [
        ({"names": "no_such"}, "names has 'no_such'"),
        ({"names": ["circle"]}, "names has 'circle'"),
        ({"names": "gelu", "dtypes": "float16"}, "dtypes has 'float16'"),
        ({"names": "gelu", "sizes": []}, "sizes is"),
        ({"names": "gelu", "sizes": [10]}, "sizes is"),
        ({"names": "gelu", "sizes": [2048, 2048.5]}, "sizes is"),
        ({"names": "gelu", "sizes": "many"}, "sizes is 'many'"),
        ({"names": "gelu", "seconds": 0}, "seconds is 0"),
        ({"names": "gelu", "seconds": "long"}, "seconds is 'long'"),
        ({"names": 3}, "names has 3"),
        ({"names": [np.tanh]}, "names has <ufunc 'tanh'>"),
        ({"names": "gelu", "dtypes": np.int32}, "dtypes has <class 'numpy.int32'>; 'float32', 'float64' are accepted"),
    ],
)
def test_refusals(cache, arguments, words):
    with pytest.raises(ValueError, match=f"tune: .*{words}"):
        fa.tune(**arguments)
    assert not cache.exists()


def test_command(cache, capsys):
    from fastact import cli

    assert cli.main(["tune", "relu", "--sizes", "16384", "--dtypes", "float32", "--seconds", "0.004"]) == 0
    said = capsys.readouterr().out
    assert "relu" in said and "backward" in said and "threads from" in said and str(cache) in said
    assert cli.main([]) == 0 and tuning.path() in capsys.readouterr().out
    assert cli.main(["tune", "relu", "--sizes", "16"]) == 2 and "from 1024" in capsys.readouterr().err
    assert cli.main(["tune", "rellu"]) == 2 and "did you mean relu" in capsys.readouterr().err
