"""The sentence at a place, how it is said, and the choice of another take."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script
from voiceguide.session.sentences import lines_said, own_sentences, script_text, sentence_near, with_chosen_take

TEXT = "---\nvoice: silent\n---\n# One\n\nRest your hands. Let go.\n\n[include more.md]\n[repeat 2]\nRest your hands.\n[end]\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "more.md").write_text("Elsewhere.\n")
    return tmp_path / "x.md"


def test_the_sentence_at_a_place_is_the_last_that_begins_before_it(path: Path) -> None:
    routine = read_script(script_text(TEXT, path, "x.md"), SessionOptions()).routine
    assert [one.span.line for one in own_sentences(routine)] == [6, 6, 10]
    for (line, column), wanted in {
        (1, 1): (6, 1),
        (6, 5): (6, 1),
        (6, 18): (6, 18),
        (8, 3): (6, 18),
        (11, 1): (10, 1),
    }.items():
        found = sentence_near(routine, line, column)
        assert found is not None
        assert (found.span.line, found.span.column) == wanted


def test_it_is_said_once_for_each_time_and_gets_its_take(path: Path) -> None:
    read = read_script(script_text(TEXT, path, "x.md"), SessionOptions())
    sentence = own_sentences(read.routine)[2]
    said = lines_said(read, SessionOptions(), sentence)
    assert [line.take for line in said] == [2, 3]
    crlf = TEXT.replace("\n", "\r\n")
    changed = with_chosen_take(crlf, path, SessionOptions(), sentence, 5)
    assert changed == crlf.replace("2]\r\nRest", "2]\r\n[take 5] Rest")
