"""The documents as a site: mkdocs build --strict, in a copy without the package's sources, which would hide the installed one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import EVERY_FUNCTION, ROOT, where_installed

import fastact


@pytest.mark.parametrize("package", where_installed("mkdocs", ["mkdocs"]))
def test_site_builds(package, tmp_path):
    for name in ("docs", "tools", "src_c", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("build"))
    for file in (*ROOT.glob("*.md"), ROOT / "mkdocs.yml"):
        shutil.copy(file, tmp_path)
    path = os.pathsep.join(filter(None, [str(Path(fastact.__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "build" / "site"
    sections = {name for page in site.glob("functions/*/index.html") for name in re.findall(r'<h2 id="(\w+)"', page.read_text())}
    assert set(EVERY_FUNCTION) <= sections
    assert 'href="performance/' in (site / "index.html").read_text()  # a link of the README
    assert "fastact.torch" in (site / "clients" / "index.html").read_text()
