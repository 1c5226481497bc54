"""pack.yaml: what it may hold, and every mistake told at its place."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from voiceguide.packs.pack_file import Pack, default_settings, read_pack, schema
from voiceguide.packs.pack_model import slug
from voiceguide.publish.manifest import Week
from voiceguide.session.options import known_sounds

WHOLE = """\
title: Facial massage, eyes closed
description: For the evening.
author: A. Therapist
language: en-GB
link: https://example.org/face
published: 2026-11-23
voice: system
bed: brown
gaps: {sentence: 1s}
format: m4a
bitrate: 96
sessions:
  - script: calm.md
    lengths: [5m, 1:30]
    voices: [joe, system:en-gb]
  - {script: more/deep calm.md, name: deep}
  - wake.md
programme:
  weeks:
    - {title: Learn, sessions: [wake, calm], times_per_week: 3}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    for name in ("calm.md", "wake.md", "more/deep calm.md", "index.md"):
        (tmp_path / name).write_text("Breathe out.\n")
    return tmp_path


def read(folder: Path, text: str) -> tuple[Pack | None, list[str]]:
    (folder / "pack.yaml").write_text(text)
    pack, problems = read_pack(folder / "pack.yaml", known_sounds())
    return pack, [f"{p.span.line}:{p.span.column}+{p.span.length} {p.severity}: {p.message}" for p in problems]


def test_everything_that_a_pack_can_ask_for(folder: Path) -> None:
    pack, problems = read(folder, WHOLE)
    assert problems == []
    assert pack is not None
    assert [(entry.name, entry.script, entry.length, entry.voice) for entry in pack.entries] == [
        ("calm-5m-joe", "calm.md", Fraction(300), "joe"),
        ("calm-5m-system-en-gb", "calm.md", Fraction(300), "system:en-gb"),
        ("calm-1m30s-joe", "calm.md", Fraction(90), "joe"),
        ("calm-1m30s-system-en-gb", "calm.md", Fraction(90), "system:en-gb"),
        ("deep", "more/deep calm.md", None, None),
        ("wake", "wake.md", None, None),
    ]
    assert pack.programme == (Week("Learn", ("wake", "calm-5m-joe"), 3),)
    assert (pack.link, pack.published) == ("https://example.org/face/", date(2026, 11, 23))
    assert (pack.kind, pack.bitrate, pack.author, pack.language) == ("m4a", "96", "A. Therapist", "en-GB")


def test_settings_are_the_scripts_defaults_wherever_the_folder_is(folder: Path) -> None:
    (folder / "garden.flac").write_bytes(b"fLaC")
    pack, problems = read(folder, WHOLE.replace("bed: brown", "bed: garden.flac"))
    assert problems == []
    assert pack is not None
    settings = default_settings(pack.defaults, folder, known_sounds())
    assert settings.voice == "system"
    assert settings.gaps.sentence == 1
    assert settings.bed.sound is not None
    assert settings.bed.sound.path == (folder / "garden.flac").resolve()
    assert str(folder) not in pack.defaults


MINIMAL = "title: A\nsessions: [calm.md]\n"

WRONG = [
    ("", "1:1+1 error: this pack file asks for nothing"),
    ("sessions: [calm.md]\n", "1:1+1 error: the key 'title' is missing here"),
    ("title: A\n", "1:1+1 error: the key 'sessions' is missing here"),
    ("title: A\nsessions: []\n", "2:1+8 error: there must be at least one here"),
    (MINIMAL + "sesions: 1\n", "3:1+7 error: unknown key 'sesions' (did you mean 'sessions'?)"),
    (
        MINIMAL + "pace: fast\n",
        "3:7+4 error: 'fast' is no pace; write a number from 0.5 to 2, where 1 is calm",
    ),
    (MINIMAL + "link: example\n", "3:7+7 error: 'example' is no address; write it like https://example.org/face"),
    (MINIMAL + "published: soon\n", "3:12+4 error: 'soon' is no date; write it like 2026-11-23"),
    (MINIMAL + "format: ogg\n", "3:9+3 error: 'ogg' is none of 'mp3', 'm4a', 'm4b', 'opus', 'flac', 'wav' or 'mp4'"),
    (MINIMAL + "bitrate: loud\n", "3:10+4 error: this must be kbit/s, such as 96, or for an MP3 v0 to v9"),
    (MINIMAL + "format: flac\nbitrate: 96\n", "4:10+2 error: flac keeps every sample, so it has no bit rate to choose"),
    (MINIMAL + "published: 20261123\n", "3:12+8 error: '20261123' is no date; write it like 2026-11-23"),
    (MINIMAL + "published: 0\n", "3:12+1 error: '0' is no date; write it like 2026-11-23"),
    (
        f"title: A\nsessions:\n  - {{script: calm.md, name: {'x' * 201}}}\n",
        "3:14+7 error: its name is too long for files",
    ),
    (
        "title: A\nsessions:\n  - {script: calm.md, name: aux}\n",
        "3:14+7 error: 'aux' is a name of a device on Windows",
    ),
    (
        "title: A\nsessions:\n  - {script: calm.md, name: icon-512}\n",
        "3:14+7 error: 'icon-512' is a name of the pack's own files",
    ),
    ("title: A\nsessions: [calm.md, calm.md]\n", "2:21+7 error: another session is called 'calm' too, in line 2"),
    ("title: A\nsessions: [index.md]\n", "2:12+8 error: 'index' is a name of the pack's own files"),
    (
        "title: A\nsessions:\n  - {script: calm.md, lengths: [5]}\n",
        "3:33+1 error: '5' needs a unit: write 5s for seconds or 5m for minutes",
    ),
    (
        "title: A\nsessions:\n  - {script: calm.md, length: 5m}\n",
        "3:23+6 error: unknown key 'length' (did you mean 'lengths'?)",
    ),
    ("title: A\nsessions:\n  - {lengths: [5m]}\n", "3:5+1 error: the key 'script' is missing here"),
    (
        "title: A\nsessions:\n  - {script: calm.md, name: a/b}\n",
        "3:29+3 error: 'a/b' can't name files everywhere; 'a-b' can",
    ),
    (
        MINIMAL + "programme:\n  weeks:\n    - {sessions: [clam], times_per_week: 2}\n",
        "5:19+4 error: the pack has no session 'clam' (did you mean 'calm'?)",
    ),
    (
        MINIMAL + "programme:\n  weeks:\n    - {sessions: [calm], times_per_week: 99}\n",
        "5:42+2 error: this must be 1 to 21",
    ),
    (MINIMAL + "x: &a 1\n", "3:4+4 error: anchors and aliases (& and *) are not used in a pack file"),
]


@pytest.mark.parametrize(("text", "problem"), WRONG)
def test_a_mistake_is_told_at_its_place(folder: Path, text: str, problem: str) -> None:
    pack, problems = read(folder, text)
    assert problem in problems
    assert pack is None


def test_all_mistakes_are_told_together(folder: Path) -> None:
    _, problems = read(folder, "title: A\npace: fast\nsessions: [wake.md, wake.md, index.md]\n")
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("calms.md", "there is no script 'calms.md' in the pack's folder"),
        ("../x.md", "'../x.md' leaves the pack's folder; only files in it or below it may be named"),
        ("link.md", "'link.md' is a link that leaves the pack's folder"),
    ],
)
def test_a_script_that_is_not_there_is_one_session_s_problem(folder: Path, script: str, problem: str) -> None:
    (folder / "link.md").symlink_to("/etc/hostname")
    pack, problems = read(folder, f"title: A\nsessions: [{script}, calm.md]\n")
    assert problems == []
    assert pack is not None
    assert [entry.problem and entry.problem.message for entry in pack.entries] == [problem, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("deep calm", "deep-calm"),
        ("Äbte & Co.", "Äbte-Co"),
        ("e\u0301vening", "évening"),
        ("ध्यान", "ध्यान"),
        ("..", "session"),
        ("a_b-1.2", "a_b-1.2"),
    ],
)
def test_names_for_files(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_the_schema_accepts_what_the_reader_accepts_and_no_typing_error(folder: Path) -> None:
    from ruamel.yaml import YAML

    document = json.loads(json.dumps(schema()))
    Draft202012Validator.check_schema(document)
    validator = Draft202012Validator(document)
    whole = json.loads(json.dumps(YAML(typ="safe", pure=True).load(WHOLE), default=str))
    assert not list(validator.iter_errors(whole))
    assert list(validator.iter_errors({**whole, "sesions": []}))
    assert {"title", "voice", "bed", "programme"} <= set(document["properties"])
