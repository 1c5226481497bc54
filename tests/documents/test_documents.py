"""Documents as people have them, read by what they hold; what holds no text is refused as what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.documents.made import DIRECTIONS, document, packed, pdf, replaced
from tests.support.waiting import at_most
from voiceguide.cli import cli
from voiceguide.documents import read_document

KINDS = {
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "rtf": "a Rich Text file",
    "html": "a web page",
    "epub": "an EPUB book",
}


def _said(name: str, data: bytes) -> list[str]:
    """Why a file is refused, and what to do."""
    _, problems = read_document(name, data)
    return [text for d in problems if d.severity == "error" for text in (d.message, d.hint) if text]


@pytest.mark.parametrize("form", KINDS)
@pytest.mark.parametrize("name", ["talk.{}", "talk.txt"], ids=["its name", "another name"])
def test_a_document_is_read_with_its_headings_and_directions(form: str, name: str) -> None:
    read, problems = read_document(name.format(form), document(form))
    assert [d for d in problems if d.severity == "error"] == []
    assert read.form == KINDS[form]
    text = read.source.text
    assert "# Arriving\n\nSit down, and let both feet stand on the floor.\n\n[Pause 5 seconds]\n\n" in text
    assert "*Pause for ten seconds*\n\n# Shoulders\n\n- Lift them.\n- Let them sink.\n\nOpen your eyes." in text
    assert "Breathe in & out." in text
    assert "Through the nose." in text or [d.message for d in problems] == [
        "footnotes of a Rich Text file are not read; a .docx or .odt file keeps them"
    ]
    assert form not in ("docx", "epub") or text.startswith('---\ntitle: "Evening"\n---\n')
    assert "\\" not in text


@pytest.mark.parametrize("form", [*KINDS, "pdf"])
def test_import_makes_a_script_of_a_document(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = pdf(*DIRECTIONS.replace("# ", "").replace("**", "").split("\n")) if form == "pdf" else document(form)
    Path(f"talk.{form}").write_bytes(data)
    result = CliRunner().invoke(cli, ["import", f"talk.{form}"])
    assert result.exit_code == 0, result.output
    assert f"was read as {KINDS.get(form, 'a PDF document')}" in result.stdout
    script = Path("talk.md").read_text("utf-8")
    assert "[pause 5s]" in script
    assert "[pause 10s]" in script
    assert "Sit down, and let both feet stand on the floor." in script
    assert CliRunner().invoke(cli, ["check", "--text-only", "talk.md"]).exit_code == 0


def test_what_a_text_cannot_show_is_told() -> None:
    text = "A.[^1]\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: A note.\n"
    read, problems = read_document("x.docx", document("docx", text))
    assert read.source.text.split("\n\n")[-3:] == [
        '---\ntitle: "Evening"\n---\nA.',
        "A note.",
        "| a | b |\n|---|---|\n| c | d |\n",
    ]
    assert [d.message for d in problems] == [
        "this document has a footnote, which is read after its paragraph",
        "this document has a table, which is not spoken unless most of the words are in it",
    ]


# -- PDF


def test_lines_of_a_pdf_are_joined_to_sentences() -> None:
    read, problems = read_document("x.pdf", pdf("Sit down and let both of your feet stand", "on the floor.", "Rest."))
    assert problems == ()
    assert read.source.text == "Sit down and let both of your feet stand on the floor.\n\nRest.\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(), "this PDF holds pictures of pages and no text: it was scanned"),
        (b"%PDF-1.7\nnothing", "this PDF is damaged, or too large to read"),
    ],
    ids=["scanned", "damaged"],
)
def test_a_pdf_without_text_says_so(data: bytes, said: str) -> None:
    assert _said("x.pdf", data)[0] == said


# -- no text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"ID3\x04\x00rest", "an MP3 recording"),
        (b"\xff\xfb\x90\x00", "an MP3 recording"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a recording"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a picture (WebP)"),
        (b"\x00\x00\x00\x20ftypM4A ", "an MPEG-4 film or recording"),
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
        (b"\x1f\x8b\x08", "a packed file (gzip)"),
        (b"PK\x03\x04broken", "a damaged zip archive"),
        (packed(notes=b"Rest."), "a zip archive"),
        (packed(**{"[Content_Types].xml": b"", "xl__workbook.xml": b""}), "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("name", ["x.txt", "x.docx"])
def test_what_is_no_text_is_refused_as_what_it_is(name: str, data: bytes, said: str) -> None:
    assert _said(name, data)[0] == f"this is {said}, which holds no text to import"


def test_a_plain_text_is_read_as_one_whatever_its_name() -> None:
    read, problems = read_document("x.docx", b"Rest. [pause 5s]\n")
    assert (read.form, read.source.text, problems) == ("", "Rest. [pause 5s]\n", ())


# -- hostile documents


def test_a_document_that_unpacks_without_bound_is_not_opened() -> None:
    bomb = replaced(document("docx"), "word/document.xml", b" " * (160 * 1024 * 1024))
    with at_most(5):
        assert _said("x.docx", bomb)[0] == "this document is far larger unpacked than packed, so it is not opened"


def test_entities_that_multiply_run_away_with_nothing() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    body = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>"
    xml = f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]>{body}&e9;</w:t></w:r></w:p></w:body></w:document>'
    hostile = replaced(document("docx"), "word/document.xml", xml.encode())
    read, problems = read_document("x.docx", hostile)
    assert len(read.source.text) < 10_000
    assert problems


def test_a_file_of_the_machine_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    page = (
        f"<html><body><p>Rest.</p><iframe src='{secret.as_uri()}'></iframe><img src='{secret.as_uri()}'></body></html>"
    )
    read, _ = read_document("x.html", page.encode())
    assert "secret" not in read.source.text
    assert "Rest." in read.source.text


def test_deep_nesting_ends_within_bounds() -> None:
    read_document("x.html", b"<html>" + b"<div>" * 5000 + b"Rest.")
    read_document("x.rtf", b"{\\rtf1" + b"{" * 20000 + b"Rest.")


# -- without the extra


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = document("docx")

    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("voiceguide.documents.pandoc.import_module", missing)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    install = 'install it: pip install "voiceguide[documents]"'
    assert _said("x.docx", data) == ["such documents are read by pandoc, which is not installed", install]
    assert _said("x.pdf", pdf("Rest.")) == ["PDF documents are read by pypdf, which is not installed", install]
    assert len(_said("x.srt", b"1\n00:00:01,000 --> 00:00:02,000\nRest.\n")) == 0


# -- web pages

_PAGE = """<!DOCTYPE html><html><head><title>Calm</title></head><body>
<nav><ul><li>Home</li></ul></nav>
<div class="ad-slot"><p>Buy now</p></div>
<h1>Jaw</h1><p>Let it hang. <s>Push.</s></p>
<figure><img src="x.jpg" alt="a jaw"><figcaption>By A. B.</figcaption></figure>
<aside><h2>More</h2><aside><p>Deeper</p></aside><p>Others</p></aside>
<form><button>Send</button></form><p>Rest.</p><footer>All rights</footer></body></html>"""


def test_what_stands_beside_the_text_of_a_web_page_is_left_out_and_told() -> None:
    read, problems = read_document("x.html", _PAGE.encode())
    assert read.source.text.endswith("---\n# Jaw\n\nLet it hang.\n\n[By A. B.]\n\nRest.\n")
    said = [d.message for d in problems]
    assert "this document has words that are struck out, which are left out" in said
    assert said[-1] == (
        "what stands beside the text of this page is left out: Home Buy now More Deeper Others Send All rights"
    )


def test_a_page_of_nothing_else_is_its_text() -> None:
    read, problems = read_document("x.html", b"<html><body><aside><p>Let your jaw hang.</p></aside></body></html>")
    assert read.source.text == "Let your jaw hang.\n"
    assert [d.message for d in problems] == []


def test_only_the_main_part_of_a_page_is_read_if_it_names_one() -> None:
    read, problems = read_document("x.html", b"<html><body><p>Skip</p><main><p>Rest.</p></main></body></html>")
    assert read.source.text == "Rest.\n"
    assert [d.message for d in problems] == ["only the main part of this page is read, as the page names it"]


def test_a_script_in_a_table_of_a_document_is_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    table = "| Time | Words |\n|---|---|\n| 0:00 | Close both eyes now. |\n| 0:20 | Let every finger rest. |\n"
    Path("talk.docx").write_bytes(document("docx", table))
    assert CliRunner().invoke(cli, ["import", "talk.docx"]).exit_code == 0
    script = Path("talk.md").read_text("utf-8")
    assert script.endswith(
        "<!-- Time --> <!-- Words -->\n\n<!-- 0:00 --> Close both eyes now.\n\n<!-- 0:20 --> Let every finger rest.\n"
    )
