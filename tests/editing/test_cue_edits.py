"""A cue's value changes, and nothing else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from voiceguide.editing import cue_edits
from voiceguide.editing.edits import CannotEdit

TEXT = "Sit. [ Hold  ~20s, countdown ] Rest. [breathe box for 2m words all]\n[bed rain -20dB fade 6s][chime bowl]\n"


def _at(word: str) -> int:
    return TEXT.index(word)


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (cue_edits.with_duration(TEXT, _at("Hold"), Fraction(25)), ("~20s", "~25s")),
        (cue_edits.with_duration(TEXT, _at("box"), Fraction(90)), ("2m", "1m30s")),
        (cue_edits.with_times(TEXT, _at("box"), 6), ("for 2m", "x6")),
        (cue_edits.with_level(TEXT, _at("rain"), -17.5), ("-20dB", "-17.5dB")),
        (cue_edits.with_level(TEXT, _at("bowl"), -3), ("bowl]", "bowl -3dB]")),
        (cue_edits.with_fade(TEXT, _at("rain"), Fraction(2)), ("6s", "2s")),
        (cue_edits.with_value(TEXT, _at("bowl"), cue_edits.ARGUMENT, "bell"), ("bowl", "bell")),
        (cue_edits.with_value(TEXT, _at("bowl"), "every", "3s"), ("bowl]", "bowl every 3s]")),
        (cue_edits.with_word(TEXT, _at("Hold"), "countdown", on=False), (", countdown ]", " ]")),
        (cue_edits.with_word(TEXT, _at("Hold"), "halfway", on=True), ("countdown ]", "countdown halfway ]")),
        (cue_edits.without(TEXT, _at("box"), "words"), (" words all]", "]")),
        (cue_edits.without(TEXT, _at("rain"), "fade"), (" fade 6s]", "]")),
    ],
)
def test_only_what_is_meant_changes(edit: cue_edits.Edit, changed: tuple[str, str]) -> None:
    assert TEXT.count(changed[0]) == 1
    assert edit.applied(TEXT) == TEXT.replace(*changed)


def test_a_word_that_is_as_wanted_needs_no_edit() -> None:
    assert cue_edits.with_word(TEXT, _at("Hold"), "countdown", on=True) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [("No cue here.", "no cue"), ("[puase 3s]", "Unknown cue"), ("\\[pause 3s]", "no cue"), ("[pause 3s", "no cue")],
)
def test_what_is_no_cue_is_said(text: str, message: str) -> None:
    with pytest.raises(CannotEdit, match=message):
        cue_edits.with_duration(text, 3, Fraction(1))


def test_an_option_that_a_cue_does_not_know_is_said() -> None:
    with pytest.raises(CannotEdit, match="no such option"):
        cue_edits.with_level("[pause 3s]", 2, -3)
    with pytest.raises(CannotEdit, match="needs"):
        cue_edits.without("[pause 3s]", 2, cue_edits.ARGUMENT)
    with pytest.raises(CannotEdit, match="no duration"):
        cue_edits.with_duration("[chime]", 2, Fraction(3))
    with pytest.raises(CannotEdit, match="longer than nothing"):
        cue_edits.with_duration("[hold 3s]", 2, Fraction(0))
