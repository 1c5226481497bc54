"""A pack file changed by its form: what was asked for, and nothing else."""

from __future__ import annotations

import difflib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.editing.edits import CannotEdit
from voiceguide.editing.pack_edits import SETTINGS, PackForm, SessionRow, WeekRow, form_of, with_form

TEXT = """\
# My evenings
title:  "Face"    # shown above all
description: >
  Long
  text
sessions:
  # the short one
  - wake.md   # three minutes
  # the long one
  - script: 'b.md'
    lengths: [5m,10m]   # two
    voices:
      - joe
      - system # as well
  - {script: c.md, lengths: [3m]}
room: dry
programme:
  weeks:
    - title: Learn
      sessions: [wake, b-5m]
      times_per_week: 3
    # then
    - {title: More, sessions: [c-3m], times_per_week: 4}
# end
"""
FORM = form_of(TEXT)
WAKE, LONG, SMALL = FORM.sessions
LEARN, MORE = FORM.weeks


def _changed(form: PackForm, text: str = TEXT) -> list[str]:
    """The lines that a form changes: those that go with '-', those that come with '+'."""
    rows = difflib.ndiff(text.splitlines(), with_form(text, form).splitlines())
    return [f"{row[0]}{row[2:]}" for row in rows if row[0] in "+-"]


def test_a_form_shows_what_the_file_says() -> None:
    assert FORM.settings["title"] == "Face"
    assert FORM.settings["author"] == ""
    assert SessionRow("wake.md", was=0) == WAKE
    assert SessionRow("b.md", ("5m", "10m"), ("joe", "system"), was=1) == LONG
    assert WeekRow("More", ("c-3m",), 4, was=1) == MORE


def test_an_unchanged_form_changes_no_byte() -> None:
    assert with_form(TEXT, FORM) == TEXT
    windows = TEXT.replace("\n", "\r\n")
    assert with_form(windows, form_of(windows)) == windows
    assert with_form(TEXT.rstrip("\n"), FORM) == TEXT.rstrip("\n")


def test_a_setting_is_changed_added_and_removed() -> None:
    settings = {**FORM.settings, "title": "New: faces", "author": "Ada", "description": ""}
    assert _changed(replace(FORM, settings=settings)) == [
        '-title:  "Face"    # shown above all',
        '+title:  "New: faces"    # shown above all',
        "-description: >",
        "-  Long",
        "-  text",
        "+author: Ada",
    ]


def test_a_sessions_own_values_are_changed_where_they_stand() -> None:
    rows = (replace(WAKE, lengths=("5m",)), replace(LONG, lengths=("7m",)), replace(SMALL, lengths=()))
    assert _changed(replace(FORM, sessions=rows)) == [
        "-  - wake.md   # three minutes",
        "+  - {script: wake.md, lengths: [5m]}   # three minutes",
        "-    lengths: [5m,10m]   # two",
        "+    lengths: [7m]   # two",
        "-  - {script: c.md, lengths: [3m]}",
        "+  - {script: c.md}",
    ]


def test_rows_are_moved_added_and_removed_with_their_comments() -> None:
    text = with_form(TEXT, replace(FORM, sessions=(LONG, SessionRow("d.md", ("4m",)), WAKE)))
    assert text.partition("sessions:\n")[2].partition("room:")[0] == (
        "  # the short one\n"
        "  # the long one\n"
        "  - script: 'b.md'\n"
        "    lengths: [5m,10m]   # two\n"
        "    voices:\n"
        "      - joe\n"
        "      - system # as well\n"
        "  - script: d.md\n"
        "    lengths: [4m]\n"
        "  - wake.md   # three minutes\n"
    )
    assert "# the long one" in with_form(TEXT, replace(FORM, sessions=(WAKE, SMALL)))


def test_weeks_come_and_go() -> None:
    assert _changed(replace(FORM, weeks=(replace(LEARN, title="", times_per_week=2), MORE))) == [
        "-    - title: Learn",
        "-      sessions: [wake, b-5m]",
        "+    - sessions: [wake, b-5m]",
        "-      times_per_week: 3",
        "+      times_per_week: 2",
    ]
    without = with_form(TEXT, replace(FORM, weeks=()))
    assert "programme" not in without
    again = with_form(without, replace(form_of(without), weeks=(WeekRow("Learn", ("wake",), 3),)))
    assert again.endswith("programme:\n  weeks:\n    - title: Learn\n      sessions: [wake]\n      times_per_week: 3\n")


def test_a_new_file_is_written_from_the_form() -> None:
    form = PackForm({"title": "Evenings", "language": "de"}, (SessionRow("a b.md", ("5m",)),))
    assert with_form("", form) == ("title: Evenings\nlanguage: de\nsessions:\n  - script: a b.md\n    lengths: [5m]\n")


def test_sessions_in_brackets_stay_in_brackets() -> None:
    text = "title: x\nsessions: [a.md, {script: b.md}]  # two\n"
    a, b = form_of(text).sessions
    assert with_form(text, replace(form_of(text), sessions=(b, a, SessionRow("c.md")))) == (
        "title: x\nsessions: [{script: b.md}, a.md, {script: c.md}]  # two\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "- a\n",
        "title: [x\n",
        "title: {a: b}\nsessions: [a.md]\n",
        "title: x\nsessions: [a.md]\nprogramme: {weeks: [x]}\n",
        "title: x\nsessions:\n  - script: a.md\n    lengths: [[5m]]\n",
    ],
)
def test_what_a_form_cannot_show_is_said(text: str) -> None:
    with pytest.raises(CannotEdit, match=r"as text|mend"):
        form_of(text)


def test_a_form_of_an_older_text_and_one_without_sessions_are_refused() -> None:
    with pytest.raises(CannotEdit, match="changed meanwhile"):
        with_form("title: x\nsessions: [a.md]\n", FORM)
    with pytest.raises(CannotEdit, match="one session"):
        with_form(TEXT, replace(FORM, sessions=()))


NAMES = st.text(alphabet="ab #:-'\"é{[,0yes", min_size=1, max_size=8).map(str.strip).filter(bool)
LENGTHS = st.lists(st.sampled_from(["5m", "10m", "1:30", "7m30s"]), max_size=2).map(tuple)


def _rows(known: int) -> st.SearchStrategy[list[int | None]]:
    places: st.SearchStrategy[list[int | None]] = st.permutations(range(known)).map(list)
    return st.builds(
        lambda kept, count, new: [*kept[:count], *[None] * new], places, st.integers(0, known), st.integers(0, 2)
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_form_is_reached_and_every_comment_outside_changed_values_stays(data: st.DataObject) -> None:
    sessions = tuple(
        SessionRow(data.draw(NAMES), data.draw(LENGTHS), tuple(data.draw(st.lists(NAMES, max_size=2))), was=was)
        if was is None or data.draw(st.booleans())
        else FORM.sessions[was]
        for was in data.draw(_rows(3).filter(bool))
    )
    weeks = tuple(
        WeekRow(
            data.draw(NAMES),
            tuple(data.draw(st.lists(NAMES, min_size=1, max_size=2))),
            data.draw(st.integers(1, 21)),
            was,
        )
        for was in data.draw(_rows(2))
    )
    values = {key: data.draw(st.just("") | NAMES) if key != "title" else data.draw(NAMES) for key in SETTINGS}
    text = with_form(TEXT, PackForm(values, sessions, weeks))
    again = form_of(text)
    assert again.settings == values
    assert [replace(row, was=None) for row in again.sessions] == [replace(row, was=None) for row in sessions]
    assert [replace(row, was=None) for row in again.weeks] == [replace(row, was=None) for row in weeks]
    for comment in (
        "# My evenings",
        "# shown above all",
        "  # the short one",
        "  # the long one",
        "room: dry",
        "# end",
    ):
        assert comment in text
    assert with_form(text, again) == text
