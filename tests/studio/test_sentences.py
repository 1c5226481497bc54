"""The page's words in both languages, and what the programs say as the German page shows it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.studio.visits import Visit
from tests.support.paths import ROOT

ASSETS = ROOT / "voiceguide" / "studio" / "assets"
TABLES = sorted(ASSETS.glob("messages-*.json"))
PLACE = re.compile(r"\{(\d+)(?::(?:or|and))?\}")

COMPLETE = ("studio", "editing", "script", "checks", "planner")
"""Rooms of which a table has everything that they say."""

SAYING = {
    "CannotAnswer", "CannotEdit", "CannotMake", "CueError", "Diagnostic", "NoSuchName", "OutputError", "Problem", "ValueError",
    "_Refused", "_Wrong", "_error", "_told", "_warn", "error", "failed", "finding", "stop", "warn",
}  # fmt: skip
"""What is called with a sentence for a person."""

ELSEWHERE = {
    "window.py",
    "security.py",
    "pack_desk.py: too many rows",
    "presence.py: no note of a studio",
    "completion.py: the caret {0} is outside of the text, which has {1} characters",
    "stretch.py: the part cannot last {0} frames",
}
"""What no page shows."""


def _template(node: ast.expr) -> str | None:
    """A text with {0}, {1} … in the places of what is put in; None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts, number = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            parts.append(f"{{{number}}}")
            number += 1
    return "".join(parts)


def _texts(node: ast.AST) -> Iterator[str]:
    """Every text below a node."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.expr) and (text := _template(inner)) is not None:
            yield text


def _files(room: str) -> list[Path]:
    place = ROOT / room
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _chosen(node: ast.expr) -> Iterator[ast.expr]:
    """The texts that an expression may be: of a choice all."""
    if isinstance(node, ast.IfExp):
        yield from (*_chosen(node.body), *_chosen(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _chosen(value)
    else:
        yield node


def _said(path: Path) -> Iterator[str]:
    """What a module says to a person: sentences with which something of ``SAYING`` is called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            for choice in _chosen(argument):
                text = _template(choice)
                if name in SAYING and text is not None and re.search(r"[a-z] ", text):
                    yield text


def test_both_languages_have_the_same_words(visit: Visit) -> None:
    page = visit()
    tables = page.evaluate(
        """async () => Promise.all(["en", "de"].map(async (language) => {
             const flat = (words, before) => Object.entries(words).flatMap(([key, value]) => typeof value === "string"
               ? [[before + key, (value.match(/\\{\\w+\\}/g) ?? []).sort().join()]] : flat(value, `${before}${key}.`));
             return flat((await import(`/assets/words-${language}.js`)).words, "");
           }))"""
    )
    english, german = (dict(table) for table in tables)
    assert english.keys() == german.keys()
    assert {key for key in english if set(english[key].split(",")) != set(german[key].split(","))} <= {
        "prompter.faults.doubtful"
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_table_has_what_the_programs_say_and_nothing_else(table: Path) -> None:
    rooms = json.loads(table.read_text("utf-8"))
    for room, sentences in rooms.items():
        known = {text for path in _files(room) for text in _texts(ast.parse(path.read_text("utf-8")))}
        assert [text for text in sentences if text not in known] == [], room
        for text, other in sentences.items():
            assert set(PLACE.findall(other)) <= set(PLACE.findall(text)), text
            assert other.strip() == other or text.strip() != text, text


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("room", COMPLETE)
def test_all_that_a_room_says_is_in_the_table(table: Path, room: str) -> None:
    known = {text for sentences in json.loads(table.read_text("utf-8")).values() for text in sentences}
    missing = {
        f"{path.name}: {text}"
        for path in _files(f"voiceguide/{room}")
        for text in _said(path)
        if text not in known and path.name not in ELSEWHERE
    }
    assert missing - ELSEWHERE == set()
