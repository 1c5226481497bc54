"""What can be written next comes from the tables that the parser reads, and the parser takes what is offered."""

from __future__ import annotations

import pytest

from tests.support.cases import NAMES
from voiceguide.cues import CUES
from voiceguide.editing.completion import Completion, Names, completions
from voiceguide.errors import Source
from voiceguide.script import parse
from voiceguide.vocabulary import FRONT_MATTER, PATTERNS

KNOWN = Names(NAMES, ("joe", "anna"))


def _offered(text: str) -> list[Completion]:
    """What is offered at the mark ``|``."""
    caret = text.index("|")
    return list(completions(text.replace("|", ""), caret, KNOWN))


def _labels(text: str) -> list[str]:
    return [completion.label for completion in _offered(text)]


def test_every_cue_is_offered_after_a_bracket() -> None:
    assert _labels("Breathe. [|") == [spec.name for spec in CUES]
    assert _labels("Breathe. [Pau|") == ["pause"]
    assert _labels("Breathe. [zzz|") == []


@pytest.mark.parametrize("spec", [spec for spec in CUES if spec.options], ids=lambda spec: spec.name)
def test_every_option_of_a_cue_is_offered(spec: object) -> None:
    labels = _labels(f"[{spec.name} 4 |")  # type: ignore[attr-defined]
    assert [option.form for option in spec.options if option.form not in labels] == []  # type: ignore[attr-defined]


def test_an_option_is_offered_once() -> None:
    assert "halfway" in _labels("[hold 20s count |")
    assert "count" not in _labels("[hold 20s count |")


def test_names_are_offered_where_a_name_can_stand() -> None:
    assert _labels("[bed |") == ["none", *NAMES.beds]
    assert set(NAMES.sounds) <= set(_labels("[chime |"))
    assert _labels("[voice |") == ["joe", "anna"]
    assert _labels("[breathe b|") == [name for name in PATTERNS if name.startswith("b")]
    assert _labels("[breathe box for |") == ["2m"]
    assert _labels("[pause |") == ["5s", "~5s", "3s..10s"]


def test_settings_are_offered_in_the_front_matter_only() -> None:
    assert _labels("---\n|\n---\nHi.\n") == list(FRONT_MATTER)
    assert "title" not in _labels("---\ntitle: Calm\n|\n---\nHi.\n")
    assert _labels("---\nbed: |\n---\n") == ["none", *NAMES.beds]
    assert _labels("---\nvoice: an|\n") == ["anna"]
    assert _labels("---\nspoken: as|\n") == ["as-written"]
    assert _labels("---\ntitle: Calm\n---\nti|\n") == []


def test_nothing_is_offered_in_running_text() -> None:
    assert _labels("Close your eyes| and rest.") == []
    assert _labels("A bracket \\[|") == []
    assert _labels("[pause 5s] and then|") == []


def test_what_is_offered_takes_the_place_of_what_is_written() -> None:
    (only,) = _offered("Rest. [pau|")
    assert (only.insert, only.start) == ("pause", len("Rest. ["))
    assert "silence" in only.meaning.casefold()


@pytest.mark.parametrize("spec", [spec for spec in CUES if spec.argument], ids=lambda spec: spec.name)
def test_the_parser_takes_what_is_offered_first(spec: object) -> None:
    name = spec.name  # type: ignore[attr-defined]
    if name in ("sound", "include", "voice"):  # need a file or a voice that is there
        return
    value = _offered(f"[{name} |")[0].insert
    more = " x2" if name == "breathe" else ""
    closing = " Hi. [end]" if spec.opens_block else ""  # type: ignore[attr-defined]
    _, findings = parse(Source("x.md", f"Hi. [{name} {value}{more}]{closing or ' Hi.'}\n"), NAMES)
    assert [finding.message for finding in findings] == []


@pytest.mark.parametrize("caret", [-1, 4])
def test_a_caret_outside_the_text_is_an_error(caret: int) -> None:
    with pytest.raises(ValueError, match="outside of the text"):
        completions("Hi.", caret, KNOWN)


def test_variables_are_offered_in_braces() -> None:
    text = "---\nvariables: {name: Ben, oil: x}\n---\n{|\n"
    assert _labels(text) == ["name", "oil"]
    assert _labels(text.replace("{|", "Rest, {na|}")) == ["name"]
    assert _labels(text.replace("{|", "\\{|")) == []
    assert _labels("[each side: left, right]\n[repeat 2]\n{|\n[end]\n[end]\n") == ["side", "n", "total"]
    assert _labels("[repeat 2]\nRest.\n[end]\n{|") == []


def test_rules_are_offered_where_they_are_switched() -> None:
    assert _labels("---\nchecks:\n  vague-p|\n---\n") == ["vague-place"]
    assert _labels("---\nchecks: {long-sentence: off, vague-p|\n---\n") == ["vague-place"]
    assert _labels("Rest.\n<!-- check: off vague-p|") == ["vague-place"]
    assert _labels("---\nlevels:\n  vague-p|\n---\n") == []


def test_files_and_marks_of_headings() -> None:
    known = Names(NAMES, files=("own/sea.mp3",), scripts=("parts/end.md",))
    assert [one.insert for one in completions("[include ", 9, known)] == ["parts/end.md"]
    assert "own/sea.mp3" in [one.insert for one in completions("[sound o", 8, known)]
    assert [one.insert for one in completions("---\nbed: own", 12, known)] == ["own/sea.mp3"]
    assert _labels("## Deeper [op|") == ["optional", "optional 2"]
