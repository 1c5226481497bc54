"""The front matter keeps its comments, its order and its other lines."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.cases import NAMES
from voiceguide.editing.edits import CannotEdit
from voiceguide.editing.settings import Setting, setting, with_setting
from voiceguide.errors import Source
from voiceguide.script import parse

TEXT = """---
title: Evening  # the name
variables: {name: Ben, side: left}
levels:
  bed: -3dB # soft
  voice: 1dB
description: |
  Two lines
  of text.
sleep: true
---
Hello, {name}.
"""


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        ("title", "Morning", ("Evening  #", "Morning  #")),
        ("title", "Morning: slow", ("Evening  #", '"Morning: slow"  #')),
        ("voice", "heart", ("sleep: true\n", "sleep: true\nvoice: heart\n")),
        (("variables", "side"), "right", ("side: left", "side: right")),
        (("variables", "day"), "Monday", ("left}", "left, day: Monday}")),
        (("variables", "name"), None, ("{name: Ben, ", "{")),
        (("levels", "bed"), "-6dB", ("-3dB #", "-6dB #")),
        (("levels", "breath"), "-1dB", ("  voice: 1dB\n", "  voice: 1dB\n  breath: -1dB\n")),
        (("levels", "bed"), None, ("  bed: -3dB # soft\n", "")),
        ("levels", None, ("levels:\n  bed: -3dB # soft\n  voice: 1dB\n", "")),
        ("sleep", None, ("sleep: true\n", "")),
        ("sleep", False, ("sleep: true", "sleep: false")),
        ("description", "Short.", (" |\n  Two lines\n  of text.", " Short.")),
        (("gaps", "sentence"), "1s", ("sleep: true\n", "sleep: true\ngaps: {sentence: 1s}\n")),
        ("author", None, ("", "")),
        ("title", "Evening", ("", "")),
    ],
)
def test_one_setting_changes(path: str | tuple[str, str], value: Setting | None, changed: tuple[str, str]) -> None:
    edit = with_setting(TEXT, path, value)
    assert (edit.applied(TEXT) if edit else TEXT) == TEXT.replace(*changed, 1)


def test_a_script_without_front_matter_gets_one() -> None:
    edit = with_setting("# Hello\n", "voice", "heart")
    assert edit is not None
    assert edit.applied("# Hello\n") == "---\nvoice: heart\n---\n# Hello\n"


def test_an_empty_front_matter_is_filled() -> None:
    edit = with_setting("---\n---\nHi.\n", ("variables", "name"), "Ben")
    assert edit is not None
    assert edit.applied("---\n---\nHi.\n") == "---\nvariables: {name: Ben}\n---\nHi.\n"


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
)
def test_any_title_is_read_back(title: str) -> None:
    title = " ".join(title.split())
    assume(title not in ("", "null", "~"))  # these mean: no title
    edit = with_setting(TEXT, "title", title)
    routine, _ = parse(Source("x.md", edit.applied(TEXT) if edit else TEXT), NAMES)
    assert routine.settings.title == title


def test_settings_are_read_as_written() -> None:
    assert setting(TEXT, "title") == "Evening"
    assert setting(TEXT, ("levels", "bed")) == "-3dB"
    assert setting(TEXT, "variables") == "{name: Ben, side: left}"
    assert setting(TEXT, "voice") is None


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        (TEXT, "colour", "no setting 'colour'"),
        ("---\ntitle: x\n", "title", "never closed"),
        ("---\ntitle: [x\n---\n", "title", "cannot be read"),
        ("---\njust words\n---\n", "title", "no settings"),
    ],
)
def test_what_cannot_be_set_is_said(text: str, path: str, message: str) -> None:
    with pytest.raises(CannotEdit, match=message):
        with_setting(text, path, "x")
