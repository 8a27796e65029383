"""docs/gallery.md and its pictures say and show what the package does now."""

import re
import runpy
from io import BytesIO

import numpy as np
import pytest
from helpers import EVERY_FUNCTION, ROOT

import fastact as fa
from fastact import cli
from fastact.advice import ADVICE

TOOL = ROOT / "tools" / "write_gallery.py"
PAGE = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "pictures"
FIRST_TIER = """identity sigmoid tanh relu leaky_relu prelu elu softmax silu swish_learned maxout softplus mish gelu mean_squared_error
    mean_absolute_error binary_cross_entropy cross_entropy categorical_cross_entropy l1_penalty l2_penalty""".split()


def curves(svg):
    """Name -> points of every named curve in a picture, in points; its gaps cut out."""
    found = {}
    for name, path in re.findall(r'<g id="([^"]+)">\s*<path d="([^"]+)"[^>]*clip-path', svg):
        if not re.match(r"(patch|line2d|text|legend|xtick|ytick|PathCollection|matplotlib)", name):
            found[name] = np.array(re.findall(r"[ML] (\S+) (\S+)", path), float)
    return found


def test_every_function_of_the_first_tier_has_an_entry():
    assert set(ADVICE) == set(FIRST_TIER)
    assert re.findall(r"^## (\w+)$", PAGE, re.MULTILINE)[:-1] == list(ADVICE)
    for advice in ADVICE.values():
        for words in (advice.use, advice.mind):
            assert words[0].isupper() and words.endswith(".") and len(words) > 40


def test_the_page_is_current():
    assert runpy.run_path(TOOL)["text"]() == PAGE, "docs/gallery.md is stale: run tools/write_gallery.py"


def test_the_page_takes_its_figures_from_where_they_are():
    performance = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    row = re.search(r"^\| sigmoid \| forward \| \**([\d.]+)", performance, re.MULTILINE)
    entry = PAGE.partition("## sigmoid\n")[2].partition("\n## ")[0]
    assert f"value {row.group(1)} (NumPy " in entry
    assert f"`{EVERY_FUNCTION['sigmoid'].formula}`" in entry and f"`{EVERY_FUNCTION['sigmoid'].derivative}`" in entry
    assert "values from 0 to 1; 0.5 at 0, with slope 0.25; largest slope 0.25 at 0" in entry
    assert "lowest at -0.752" in PAGE.partition("## gelu\n")[2].partition("\n## ")[0]


def shares(points, all_points):
    """Points in units of the picture's width and height, as other releases of Matplotlib lay it out a little differently."""
    whole = np.concatenate(list(all_points))
    low, high = whole.min(axis=0), whole.max(axis=0)
    return (points - low) / (high - low)


@pytest.mark.parametrize("name", FIRST_TIER)
def test_pictures_are_current(name):
    """The curves of the committed picture are those that are drawn now, to a hundredth of its size."""
    committed = curves((PICTURES / f"{name}.svg").read_text(encoding="utf-8"))
    file = BytesIO()
    fa.plot(name).savefig(file, format="svg")
    drawn = curves(file.getvalue().decode())
    assert drawn and committed.keys() == drawn.keys()
    for label in drawn:
        now, then = (shares(each[label], each.values()) for each in (drawn, committed))
        assert len(now) > 1
        x = np.linspace(max(now[0, 0], then[0, 0]), min(now[-1, 0], then[-1, 0]), 50)
        apart = np.abs(np.interp(x, *now.T) - np.interp(x, *then.T))
        assert np.median(apart) < 0.01, f"docs/pictures/{name}.svg is stale: run tools/write_gallery.py"


def test_pictures_are_few_and_small():
    files = sorted(path.name for path in PICTURES.iterdir() if not path.name.startswith("sizes"))  # docs/sizes.md shows these
    assert files == sorted(f"{name}.svg" for name in (*FIRST_TIER, "activations"))
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1.5e6
    for name in files:
        assert f"pictures/{name}" in PAGE + (ROOT / "README.md").read_text(encoding="utf-8")


def test_show_gives_the_same_advice(capsys):
    assert cli.main(["show", "relu"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert f"for {ADVICE['relu'].use} mind {ADVICE['relu'].mind}" in printed
