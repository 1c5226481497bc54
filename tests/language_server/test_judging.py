"""What is found in one text after another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from voiceguide.errors import Source, has_errors
from voiceguide.language_server.judging import Judge
from voiceguide.script.paragraphs import ParagraphReader
from voiceguide.session.reading import ScriptText

LONG = "You " + "and you " * 30 + "rest."


@pytest.fixture
def judge() -> Iterator[Judge]:
    found = Judge()
    yield found
    found.close()


def _text(text: str) -> ScriptText:
    return ScriptText(Source("x.md", text))


def test_what_rules_found_stays_at_its_place_until_they_are_applied_again(judge: Judge) -> None:
    first = judge.judge(_text(f"# One\n{LONG}\n\n{LONG.replace('you', 'they')}\n"))
    assert [one.span.line for one in first.findings if one.rule == "long-sentence"] == [2, 4]
    changed = _text(f"# One\n[pase 3s]\n{LONG}\n\nRest.\n")
    again = judge.read(changed)
    assert has_errors(again.findings)
    assert [(one.span.line, one.rule) for one in again.findings if one.rule == "long-sentence"] == [
        (3, "long-sentence")
    ]
    assert {one.rule for one in judge.judge(changed).findings} == {None}


def test_a_judgement_does_not_depend_on_the_texts_before(judge: Judge) -> None:
    for text in (f"{LONG}\n\nRest.", f"Rest.\n\n{LONG} [pause 3s]", "Rest. [chime]", f"Rest.\n\n{LONG} [pause 3s]"):
        judge.read(_text(text))
        found = judge.judge(_text(text))
        fresh = Judge()
        assert found.findings == fresh.judge(_text(text)).findings
        fresh.close()


def test_after_a_key_only_the_changed_paragraph_is_read(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    read_paragraph = ParagraphReader._read

    def counted(reader: ParagraphReader, text: object, variables: object) -> object:
        read.append(text.chars)  # type: ignore[attr-defined]
        return read_paragraph(reader, text, variables)  # type: ignore[arg-type]

    monkeypatch.setattr(ParagraphReader, "_read", counted)
    text = "\n\n".join(f"Rest for {number} breaths. [pause 3s]" for number in range(700))
    judge.read(_text(text))
    assert len(read) == 700
    read.clear()
    judge.read(_text(text.replace("for 350 ", "for x350 ")))
    assert read == ["Rest for x350 breaths. [pause 3s]"]
