"""docs/api.md and docs/tour.ipynb: what they show runs, and no public name is left out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import voiceguide
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
NOTEBOOK = json.loads((ROOT / "docs" / "tour.ipynb").read_text("utf-8"))


SHOWING = """
import ast

def run(cell):
    *statements, last = ast.parse(cell).body
    exec(compile(ast.Module(statements, []), "cell", "exec"), globals())
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), globals())
    return value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)
"""
"""Shows a cell's last value as a notebook does."""


def _run(code: str, folder: Path) -> None:
    """Runs a program in a fresh interpreter and an empty folder."""
    (folder / "program.py").write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "program.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_page_is_a_program_that_runs(tmp_path: Path) -> None:
    _run("\n".join(re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)), tmp_path)
    assert {"quiet.mp3", "sea.flac", "sea.vtt", "async.mp3", "public"} <= {path.name for path in tmp_path.iterdir()}
    assert not (tmp_path / "stopped.mp3").exists()


def test_every_public_name_has_its_line() -> None:
    table = PAGE[PAGE.index("## Every name") :]
    named = [name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(voiceguide.__all__)


def test_the_errors_are_those_that_there_are() -> None:
    shown = set(re.findall(r"[├└]─ (\w+)", PAGE))
    exported = {
        name
        for name in voiceguide.__all__
        if isinstance(value := getattr(voiceguide, name), type) and issubclass(value, Exception)
    }
    assert exported == shown | {"VoiceguideError"}


def test_the_notebook_runs_from_its_first_cell_to_its_last(tmp_path: Path) -> None:
    cells = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    _run(SHOWING + "\n".join(f"run({cell!r})" for cell in cells), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"program.py", "quiet.mp3", "quiet.vtt"}


def test_the_notebook_holds_no_outputs() -> None:
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in NOTEBOOK["cells"]}) == len(NOTEBOOK["cells"])
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
