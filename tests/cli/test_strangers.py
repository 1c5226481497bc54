"""A script whose title, words and file name would drive a terminal, or make text read as another."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import mutagen
import pytest

from tests.support.command_line import Run
from voiceguide.cli.json_output import json_text
from voiceguide.errors import TURNS_TEXT_AROUND

TURNED = "a\u202eb\u2066c\ufeffd"
DRIVING = f"\x9b31m{TURNED}\x85"
TEXTS = {".vtt", ".lrc", ".html", ".xml", ".ics", ".js", ".txt", ".webmanifest"}

SCRIPT = f"""---
voice: silent
title: "{TURNED}"
author: "{TURNED}"
description: "{TURNED}"
variables: {{who: "{TURNED}"}}
---
# First {TURNED}

Rest {TURNED}, {{who}}. [pause 2s]

# Second {TURNED}

[hold 3s]
"""


def _strange(text: str) -> list[str]:
    return [
        hex(ord(c))
        for c in text
        if c in TURNS_TEXT_AROUND or (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t")
    ]


@pytest.fixture
def script(tmp_path: Path) -> str:
    name = f"{DRIVING}.md"
    (tmp_path / name).write_text(SCRIPT)
    return name


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--text-only"),
        ("check", "--text-only", "--json"),
        ("plan",),
        ("plan", "--json"),
        ("plan", "--spoken"),
        ("record",),
        ("render", "--captions", "lrc", "-o", "x.mp3"),
    ],
    ids=" ".join,
)
def test_a_terminal_is_not_driven(command: tuple[str, ...], script: str, voiceguide: Run) -> None:
    done = voiceguide(*command, script)
    assert done.returncode == 0, done.stderr
    assert _strange(done.stdout + done.stderr) == []


def test_what_json_hides_is_still_there() -> None:
    assert json.loads(json_text([DRIVING])) == [DRIVING]
    assert _strange(json_text([DRIVING])) == []


def test_neither_pages_nor_tags_nor_captions_are_turned_around(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(SCRIPT)
    (tmp_path / "pack.yaml").write_text(
        f'title: "{TURNED}"\nauthor: "{TURNED}"\nlink: https://example.org/x\nsessions: [{{script: x.md}}]\n'
    )
    done = voiceguide("pack", "build", "pack.yaml", "-o", "built")
    assert done.returncode == 0, done.stderr
    found = [path for path in (tmp_path / "built").rglob("*") if path.suffix in TEXTS]
    assert {path.suffix for path in found} >= {".vtt", ".html", ".xml", ".js"}
    assert {path.name: _strange(path.read_text("utf-8")) for path in found} == {path.name: [] for path in found}
    (audio,) = (tmp_path / "built").glob("*.mp3")
    assert _strange("".join(_tags(audio))) == []


def _tags(audio: Path) -> Iterator[str]:
    tags = mutagen.File(audio).tags
    frames = list(tags.values())
    for frame in (*frames, *(inner for chapter in tags.getall("CHAP") for inner in chapter.sub_frames.values())):
        text = getattr(frame, "text", [])
        yield from (text if isinstance(text, str) else map(str, text))
