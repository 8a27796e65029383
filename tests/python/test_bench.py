"""The benchmarks are found when asked for, compare like with like, and make a report that keeps what was lost."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import fastact
from fastact import peers, speed
from fastact.peers import formulas, reference

ROOT = Path(__file__).resolve().parents[2]
CELLS = peers.cells(peers.compared_functions(), size=4096)


def collected(*options):
    line = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *options]
    alone = {word: value for word, value in os.environ.items() if not word.startswith("PYTEST_XDIST")}  # workers measure nothing
    return subprocess.run(line, cwd=ROOT, env=alone, capture_output=True, text=True, timeout=300).stdout


def test_numpy_formulas_do_without_scipy(monkeypatch):
    def absent(x):
        raise ModuleNotFoundError("scipy")

    monkeypatch.setattr(formulas, "erf", absent)
    monkeypatch.setattr(formulas.importlib.util, "find_spec", lambda name: None)
    peer = formulas.Peer()
    offered = [cell for cell in CELLS if peer.offers(cell)]
    assert {cell.function for cell in CELLS} - {cell.function for cell in offered} == {"gelu", "geglu"}
    for cell in offered:
        with np.errstate(all="ignore"):
            peer.prepare(cell, peers.Data.of(cell))()


def test_benchmarks_are_found_when_asked_for():
    found = collected("--benchmark-only", "--bench-peers", "numpy")
    assert "tests/" not in found
    for cell in peers.cells(peers.compared_functions()):
        for name in ("fastact", "numpy"):
            assert f"[{cell.function}-{cell.pass_}-float32-65536-{name}]" in found
    assert "fa.gelu(x, out=o)" in found


def test_benchmarks_stay_out_of_a_plain_run():
    found = collected()
    assert "test_benchmarks_stay_out_of_a_plain_run" in found
    assert "bench_" not in found


def test_every_founding_function_is_compared():
    assert peers.compared_functions() == [name for name, entry in fastact.functions().items() if not entry.kind.startswith("composed")]


@pytest.mark.parametrize("cell", CELLS, ids=str)
@pytest.mark.parametrize("name", ["fastact", "numpy"])
def test_candidates_compute_the_exact_function(cell, name):
    data, peer = peers.Data.of(cell), peers.load(name)
    if not peer.offers(cell):
        assert (name, cell.function) == ("numpy", "gelu")
        return
    results = peer.prepare(cell, data)()
    error, agrees = reference.judge(
        cell, results if isinstance(results, tuple) else (results,), reference.expected(cell, data)
    )
    assert agrees
    if name == "fastact" and cell.kind == "elementwise" and cell.pass_ != "backward_from_output":
        assert error <= (1 if cell.pass_ == "forward" else 2)


def test_a_wrong_result_is_left_out():
    class Liar:
        name, fresh, version = "liar", True, "1"

        def offers(self, cell):
            return True

        def prepare(self, cell, data):
            return lambda: np.full_like(data.x, np.nan)

    cell = peers.cells(["sigmoid"], size=1000)[0]
    row = speed.measure(cell, [peers.load("fastact"), Liar()], speed.QUICK)
    assert [timing.peer for timing in row.timings] == ["fastact"]
    assert row.left_out == {"liar": None}
    assert "liar (sigmoid forward)" in speed.verdict([row])


def test_judge_counts_units_in_the_last_place():
    cell = peers.cells(["relu"], size=8)[0]
    data = peers.Data.of(cell)
    off = np.maximum(data.x, 0)
    largest = off.argmax()
    off[largest] = np.nextafter(np.nextafter(off[largest], np.float32(9)), np.float32(9))
    assert reference.judge(cell, (off,), reference.expected(cell, data)) == (2, True)


def test_candidates_take_turns():
    order = []
    speed.take_turns(
        {name: (lambda name=name: order.append(name)) for name in "abc"}, speed.Effort(samples=3, sample_seconds=1e-9)
    )
    turns = [order[-18:][at : at + 6] for at in (0, 6, 12)]
    for turn in turns:  # one untimed call and one timed, by each
        assert turn[::2] == turn[1::2] and sorted(turn) == list("aabbcc")
    assert len({tuple(turn) for turn in turns}) > 1


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "bench" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scaling(tmp_path, capsys, monkeypatch):
    """A column for each function and size, a line for each number of threads, which are those that the call has."""
    scaling, used = script("scaling"), []
    assert scaling.counts_up_to(1) == [1] and scaling.counts_up_to(2) == [1, 2]
    assert scaling.counts_up_to(16) == [1, 2, 3, 4, 5, 6, 7, 8, 12, 16] and scaling.counts_up_to(64)[-3:] == [40, 56, 64]
    monkeypatch.setattr(scaling.machine, "usable_processors", lambda: 4)
    monkeypatch.setattr(scaling, "TURN_SECONDS", 1e-6)
    monkeypatch.setattr(scaling, "TURNS", 1)
    real = scaling.seconds_of
    monkeypatch.setattr(scaling, "seconds_of", lambda call, count: used.append(count) or 0 * real(call, count) + 3e-3 / count)
    scaling.main(scaling.FUNCTIONS, [3000], tmp_path)
    text = (tmp_path / "scaling.md").read_text(encoding="utf-8")
    assert "| threads | gelu, 3,000 | cross_entropy, 3,000 |" in text and "| 4 | 250.0000 (4.00) | 250.0000 (4.00) |" in text
    assert used == [1, 2, 3, 4] * 2 and "| 1 | 1000.0000 (1.00)" in capsys.readouterr().out
    pytest.importorskip("matplotlib")
    assert "gelu, 3,000" in (tmp_path / "scaling.svg").read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="scaling: mse is of kind none"):
        scaling.main(["mse"], [3000], None)


def timing(peer, minimum, ulp=0.5):
    return {"peer": peer, "minimum": minimum, "median": minimum, "max_ulp": ulp, "fresh": peer == "numpy"}


def test_report_keeps_the_rows_that_are_lost(tmp_path):
    report = script("report")
    common = {"kind": "elementwise", "pass_": "forward", "dtype": "float32", "size": 64}
    measured = {
        "machine": {
            "processor": "a processor",
            "instruction set": "avx2",
            "caches": {"L2": "1024K"},
            "system": "Linux x86_64",
            "python": "3.12.0",
        },
        "versions": {"fastact": "0.1.0", "numpy": "2.2.0", "torch": "2.9"},
        "spread": 1.0,
        "rows": [
            common
            | {
                "function": "relu",
                "timings": [timing("fastact", 0.2), timing("numpy", 0.4), timing("torch", 0.1)],
                "left_out": {},
            },
            common
            | {
                "function": "gelu",
                "timings": [timing("fastact", 0.3), timing("numpy", 9.0, 2e4)],
                "left_out": {"torch": None},
            },
        ],
        "latency": {"fa.relu(x)": [80.0, 90.0]},
    }
    text = "\n".join(report.report([measured]))
    assert "| relu | forward | 0.200 (0.5) | 0.400 (0.5) | **0.100** (0.5) | 2.00 | 0.50 |" in text
    assert "| gelu | forward | **0.300** (0.5) | 9.000 (2e4) |  | 30.00 | 30.00 |" in text
    assert "fastact is first in 1 of 2 rows; not in relu forward." in text
    assert "Left out as wrong: torch in gelu forward (NaN or infinite ulp)." in text
    assert "| `fa.relu(x)` | 80 | 90 |" in text
    assert "a processor, avx2" in text
