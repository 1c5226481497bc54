"""What ``import voiceguide`` promises: its names, its types, and that it costs next to nothing."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import voiceguide
from tests.support.paths import ROOT

PACKAGE = ROOT / "voiceguide"


def _typed() -> dict[str, str]:
    """Each name that type checkers see, with its module."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom) and node.module != "typing"]
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def test_every_public_name_is_there_and_type_checkers_see_the_same_one() -> None:
    typed = _typed()
    assert sorted(voiceguide.__all__) == sorted([*typed, "__version__"])
    for name, module in typed.items():
        assert getattr(voiceguide, name) is getattr(importlib.import_module(module), name)
    assert set(voiceguide.__all__) <= set(dir(voiceguide))


def test_no_public_name_is_hidden_by_a_module() -> None:
    assert not set(voiceguide.__all__) & {module.name for module in pkgutil.iter_modules(voiceguide.__path__)}


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="'voiceguide' has no attribute 'rendr'"):
        _ = voiceguide.rendr


def test_every_public_name_says_what_it_is() -> None:
    for name in voiceguide.__all__:
        value = getattr(voiceguide, name)
        if callable(value):
            assert value.__doc__, name
            assert not value.__doc__.startswith(f"{name}("), f"{name} has only what a dataclass says of itself"


def test_the_import_takes_less_than_20_ms_of_work_and_loads_no_numpy() -> None:
    code = (
        "import time, sys; begin = time.process_time(); import voiceguide; "
        "print(time.process_time() - begin, 'numpy' in sys.modules, 'voiceguide.api' in sys.modules)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(3)
    ]
    assert min(float(seconds) for seconds, _, _ in runs) < 0.02
    assert {tuple(loaded) for _, *loaded in runs} == {("False", "False")}


def test_reading_a_script_loads_no_numpy_either() -> None:
    code = "import sys, voiceguide; voiceguide.read_text('Sit.'); print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_type_checker_knows_what_a_program_does(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import voiceguide\n"
        "with voiceguide.plan('x.md', length='10m', pace=0.9) as session:\n"
        "    reveal_type(session.render('x.mp3').loudness_lufs)\n"
        "    reveal_type(next(session.blocks()))\n"
        "    voiceguide.plan('x.md', lenght='10m')\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), str(program)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert re.search(r'Revealed type is "(builtins\.)?float"', told), told
    assert 'Revealed type is "numpy.ndarray[' in told
    assert re.search(r'program.py:5: error: Unexpected keyword argument "lenght" for "plan"', told), told
