"""The report of an import, and how bytes become a text of a certain kind."""

from __future__ import annotations

import pytest

from voiceguide.errors import Source
from voiceguide.importing.decoding import decoded, form_of
from voiceguide.importing.report import Ledger, Row


def test_rows_that_say_the_same_are_counted_at_their_first_line() -> None:
    ledger = Ledger()
    ledger.lost(9, "<emphasis>", "plain words")
    ledger.guessed(5, "(pause)", "[pause ~3s]")
    ledger.lost(3, "<emphasis>", "plain words")
    ledger.translated(4, "[pause 2s]", "[pause 2s]")
    report = ledger.report("SSML")
    assert report.rows == (
        Row(3, "lost", "<emphasis>", "plain words", 2),
        Row(4, "translated", "[pause 2s]", "[pause 2s]"),
        Row(5, "guessed", "(pause)", "[pause ~3s]"),
    )
    assert report.counts == {"translated": 1, "guessed": 1, "lost": 2}
    assert report.to_json() == {
        "schema": "voiceguide.import/1",
        "form": "SSML",
        "counts": {"translated": 1, "guessed": 1, "lost": 2},
        "rows": [row.to_json() for row in report.rows],
    }
    assert report.rows[0].to_json() == {
        "line": 3,
        "kind": "lost",
        "what": "<emphasis>",
        "into": "plain words",
        "times": 2,
    }


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.txt", "Rest. [pause 5s]", "text"),
        ("a.txt", "<speak>Rest.</speak>", "ssml"),
        ("a.md", '<?xml version="1.0"?>\n<speak>Rest.</speak>', "ssml"),
        ("a.txt", 'Rest.<break time="1s"/> Sleep.', "fragment"),
        ("a.txt", "Rest. <pause 5> Sleep. <b>Now</b>", "text"),
        ("a.ssml", "Rest.", "fragment"),
        ("a.ssml", "<ssml>Rest.</ssml>", "ssml"),
    ],
)
def test_what_a_text_is_taken_for(name: str, text: str, form: str) -> None:
    assert form_of(Source(name, text)) == form


@pytest.mark.parametrize(
    "data",
    [
        "Müde?".encode(),
        "\ufeffMüde?".encode(),
        "\ufeffMüde?".encode("utf-16-le"),
        "\ufeffMüde?".encode("utf-16-be"),
    ],
)
def test_a_text_in_an_encoding_that_it_names(data: bytes) -> None:
    source, found = decoded("a.txt", data)
    assert (source.text, found) == ("Müde?", ())


def test_a_text_that_names_its_encoding_in_xml() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><speak>Müde?</speak>'
    source, found = decoded("a.ssml", text.encode("latin-1"))
    assert (source.text, found) == (text, ())


def test_an_old_text_is_read_as_windows_1252_and_that_is_told() -> None:
    source, found = decoded("a.txt", "“Müde?”".encode("cp1252"))
    assert source.text == "“Müde?”"
    assert [d.render() for d in found] == ["a.txt: warning: this file is not UTF-8 text; it was read as Windows-1252"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"RIFF\x00\x00", "this is a binary file, not a text"),
        (b"a" * (1024 * 1024 + 1), "this file is larger than 1 MiB"),
        (b'<?xml version="1.0" encoding="unicode_escape"?>', "the encoding unicode_escape that this file names"),
        (b'<?xml version="1.0" encoding="x-none"?>', "the encoding x-none that this file names"),
        (b"\x81\x8d\xff", "this file is not a text in any encoding that is known"),
    ],
)
def test_what_is_no_text(data: bytes, message: str) -> None:
    _, found = decoded("a.txt", data)
    assert message in found[0].render()
