"""Imports go one way, heavy libraries load late, and every room has a name and a size."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from voiceguide.speech.cache import VARIABLE

PACKAGE = ROOT / "voiceguide"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)

LAYERS = (
    ("mix_levels", "rule_spec", "scratch"),
    ("errors", "units", "sound_settings", "resources", "rules", "progress", "entries", "recent"),
    ("routine", "atomic", "kept"),
    ("vocabulary", "cue_spec", "languages", "configuration", "timeline"),
    ("cues", "syllables"),
    ("audio", "spoken"),
    ("script", "sounds"),
    ("planner", "checks", "editing", "picture", "translation"),
    ("speech", "mixing", "reviews"),
    ("mastering",),
    ("encoder", "importing"),
    ("documents",),
    ("publish",),
    ("session",),
    ("companions", "recording", "examples", "live", "living"),
    ("playing", "listening"),
    ("packs",),
    ("api",),
    ("studio", "language_server"),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A module may import from layers below its own, and from its own package."""

STRANGERS = {
    "planner": {"speech", "sounds", "script", "mixing", "audio"},
    "checks": {"planner", "script", "speech", "mixing"},
    "translation": {"planner", "speech", "sounds", "script", "mixing"},
    "picture": {"planner", "speech", "sounds", "script", "mixing"},
    "mixing": {"speech", "sounds", "planner", "script"},
    "mastering": {"speech", "sounds", "planner", "script"},
    "speech": {"script", "vocabulary", "planner", "sounds"},
    "recording": {"script", "vocabulary", "mixing", "encoder", "mastering"},
    "sounds": {"script", "vocabulary", "speech", "planner"},
    "importing": {"speech", "sounds", "planner", "mixing"},
    "encoder": {"speech", "sounds", "planner", "script", "mixing"},
}
"""What a room must not know, whatever the layers allow."""


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    yield from _imported_by(ast.parse(path.read_text("utf-8")))


def _imported_by(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "voiceguide"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "voiceguide" and len(parts) > 1 and parts[1] != "__version__":
                yield parts[1]


def _level(room: str) -> int:
    return next(level for level, rooms in enumerate(LAYERS) if room in rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down_only(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        statements = ast.parse(path.read_text("utf-8")).body
        loaded = [
            node for node in statements if not isinstance(node, ast.If) or ast.unparse(node.test) != "TYPE_CHECKING"
        ]
        assert [room for node in loaded for room in _imported_by(node)] == [], (
            "the front door loads what it is asked for"
        )
        return
    for imported in _imports(path):
        assert imported == room or _level(imported) < _level(room), f"{room} imports {imported}"
        assert imported not in STRANGERS.get(room, set()), f"{room} must not know {imported}"


def test_the_checks_know_of_the_sounds_only_what_the_catalogue_says() -> None:
    wanted = {"voiceguide.sounds.catalogue"}
    for path in (PACKAGE / "checks").rglob("*.py"):
        found = {
            node.module
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("voiceguide.sounds")
        }
        assert found <= wanted, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_rooms_are_of_a_size_to_take_in(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 50, node.name
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name):
                    assert inner.func.id != "print", "messages go through the command line"


@pytest.mark.parametrize("name", ["Heard", "Progress", "Reading", "Samples"])
def test_a_name_stands_for_one_thing(name: str) -> None:
    defined = []
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [node.name] if isinstance(node, ast.ClassDef | ast.FunctionDef) else []
            if isinstance(node, ast.Assign):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            defined += [path for found in names if found == name]
    assert len(defined) <= 1


def test_no_drawer_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "helpers", "core", "common", "misc", "tools"}
    assert [
        path for path in MODULES if {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts} & nothing
    ] == []


@pytest.mark.parametrize(
    "module", ["voiceguide", "voiceguide.cli", "voiceguide.cli.render", "voiceguide.script", "voiceguide.api.checking"]
)
def test_light_modules_load_nothing_heavy(module: str) -> None:
    heavy = {
        "numpy",
        "scipy",
        "soundfile",
        "pydub",
        "pyttsx3",
        "mutagen",
        "PIL",
        "num2words",
        "rich",
        "lameenc",
        "matplotlib",
    }
    code = f"import sys, {module}; print(*({heavy!r} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.split() == []


def _prose(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


_ADDED_BY_AN_EXAMPLE = {"voiceguide/encoder/aiff.py", "hum_voice.py", "pyproject.toml"}


def _paths_named() -> list[str]:
    words = re.findall(r"`([\w./]+)`", _prose(ROOT / "docs" / "architecture.md"))
    found = {word for word in words if word.endswith((".py", "/")) or "/" in word}
    return sorted(found - _ADDED_BY_AN_EXAMPLE)


def _names_named() -> list[str]:
    words = re.findall(r"`([\w/]+\.\w+)`", _prose(ROOT / "docs" / "architecture.md"))
    return sorted(
        {word for word in words if not word.endswith((".py", ".md", ".yaml", ".toml"))} - {"voiceguide.voices"}
    )


def _exists(word: str) -> bool:
    """Whether a path stands in the checkout, in the package, or in one of its rooms; a module may lack its ``.py``."""
    folders = (ROOT, PACKAGE, *(path for path in PACKAGE.iterdir() if path.is_dir()))
    return any((folder / word).exists() or (folder / f"{word}.py").is_file() for folder in folders)


@pytest.mark.parametrize("word", _paths_named())
def test_every_path_of_the_page_exists(word: str) -> None:
    owner, _, name = word.rpartition(".")
    assert _exists(word) or (name != "py" and _exists(owner))


@pytest.mark.parametrize("word", _names_named())
def test_every_name_of_the_page_exists(word: str) -> None:
    """``planner.plan`` is a module's or a package's, ``Mixer.blocks`` a class's."""
    owner, name = word.split(".")
    owner = owner.rpartition("/")[2]
    modules = [path for path in MODULES if owner in (path.stem, path.parent.name if path.stem == "__init__" else None)]
    trees = [ast.parse(path.read_text("utf-8")) for path in modules]
    classes = [
        node
        for path in MODULES
        if owner[0].isupper()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and node.name == owner
    ]
    assert any(name in _defined(tree.body) for tree in (*trees, *classes)), f"nothing defines {word}"


def _defined(body: list[ast.stmt]) -> set[str]:
    """The names that statements define or import."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.If):  # what only type checkers import
            found |= _defined(node.body)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_a_plan_of_kept_lines_loads_nothing_that_makes_sound(tmp_path: Path) -> None:
    """Not even numpy, which takes as long to load as such a plan itself."""
    script = tmp_path / "short.md"
    script.write_text("---\nvoice: system\nbed: rain\n---\n# A\n\nRest, softly. [pause ~3s] [chime] [breathe 4-6 x2]\n")
    code = (
        "import sys\nfrom voiceguide.cli import main\n"
        f"try:\n    main(['plan', {str(script)!r}])\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('loaded:', *({'numpy', 'scipy', 'soundfile', 'soxr', 'pyttsx3'} & set(sys.modules)), file=sys.stderr)"
    )
    environment = os.environ | {VARIABLE: str(tmp_path / "cache")}
    for _ in range(2):  # the second time all is kept
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
        )
    assert done.stderr.splitlines()[-1] == "loaded:"
