"""SSML to scripts: whole documents in the styles of four sources, each element by itself, hostile XML."""

from __future__ import annotations

import re
import xml.sax.saxutils
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.cases import AROUND, FILES, FIXTURES, body, imported, parsed, rows, spoken, ssml, words
from tests.support.command_line import Run
from tests.support.waiting import at_most
from voiceguide.errors import Source
from voiceguide.importing import Imported, translate
from voiceguide.script import parse
from voiceguide.session.options import known_sounds
from voiceguide.sounds.library import path_of

DOCUMENTS = sorted(FIXTURES.glob("*.ssml"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_whole_document(document: Path) -> None:
    made = imported(document.read_text("utf-8"), document.name)
    assert made.script == document.with_suffix(".md").read_text("utf-8")
    told = [f"{row.line} {row.kind}: {row.what} → {row.into} x{row.times}" for row in made.report.rows]
    assert told == document.with_suffix(".rows").read_text("utf-8").splitlines()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_word_of_a_document_is_spoken_or_told(document: Path) -> None:
    text = document.read_text("utf-8")
    made = imported(text, document.name)
    there = words(spoken(parse(Source("x.md", made.script), known_sounds())[0]))
    there += [word for row in made.report.rows for word in words(row.what)]
    plain = re.sub(r"<[^>]*>", " ", text).replace("&amp;", "&")
    assert [word for word in words(plain) if word not in there] == []


def test_the_documents_render(voiceguide: Run, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(path_of("release").read_bytes())
    scripts = []
    for document in DOCUMENTS:
        (tmp_path / document.name).write_bytes(document.read_bytes())
        result = voiceguide("import", document.name)
        assert result.returncode == 0, result.stderr
        scripts.append(document.with_suffix(".md").name)
    result = voiceguide("render", *scripts, "--voice", "system", "--format", "wav", "-q", "-o", tmp_path)
    assert result.returncode == 0, result.stderr
    assert [path.name for path in sorted(tmp_path.glob("*.wav")) if path.name not in FILES] == [
        document.with_suffix(".wav").name for document in DOCUMENTS
    ]


# -- one element after the other


@pytest.mark.parametrize(
    ("source", "script"),
    [
        ('A<break time="2s"/>b', "A [pause 2s] b"),
        ('A<break time="500ms"/>b', "A [pause 0.5s] b"),
        ('A<break time="+1.25s"/>b', "A [pause 1.25s] b"),
        ('A<break time="3s" strength="weak"/>b', "A [pause 3s] b"),
        ('A<break time="10s"/> <break time="10s"/>b', "A [pause 20s] b"),
        ('Sit down<break time="2s"/>. Rest.', "Sit down. [pause 2s] Rest."),
        ('A.<break strength="none"/>B.', "A. [pause 0s] B."),
        ('one <break strength="none"/>two', "one two"),
        ("<p>A.</p><p>B.</p>", "A. B."),
        ("<s>Sit</s><s>Rest</s>", "Sit. Rest."),
        ('re<mark name="here"/>member', "remember <!-- mark: here -->"),
        ('<prosody rate="80%">A.</prosody> B.', "[pace 0.8] A. [pace 1] B."),
        (
            '<prosody rate="80%">A. <prosody rate="90%">B.</prosody> C.</prosody>',
            "[pace 0.8] A. [pace 0.72] B. [pace 0.8] C.",
        ),
        ('<prosody rate="10%">A.</prosody> B.', "[pace 0.5] A. [pace 1] B."),
        ('<prosody rate="400%">A.</prosody>', "[pace 2] A."),
        ('<prosody rate="medium">A.</prosody> B.', "A. B."),
        ('<prosody rate="80%"><break time="1s"/></prosody>A.', "[pause 1s] A."),
        ('<audio src="gong.wav"/>', "[sound gong.wav]"),
        ('<audio src="gong.wav" soundLevel="+6dB"/>', "[sound gong.wav 6dB]"),
        ('<audio src="gong.wav" soundLevel="+90dB"/>', "[sound gong.wav 12dB]"),
        ('<audio src="gong.wav" repeatCount="3"/>', "[repeat 3] [sound gong.wav] [end]"),
        ('<audio src="gone.wav">Bong.</audio>', "<!-- sound: gone.wav --> Bong."),
        ('<audio src="../gong.wav"/>A.', "<!-- sound: ../gong.wav --> A."),
        ('<sub alias="World Wide Web">W3</sub> rules', "W3 rules"),
        ('<sub alias="one">A</sub> <sub alias="two">A</sub>', "one two"),
        ('<say-as interpret-as="characters">a1</say-as>', "A, one"),
        ('<say-as interpret-as="digits">105</say-as>', "one zero five"),
        ('<say-as interpret-as="telephone">+44 20</say-as>', "plus four four, two zero"),
        ('<say-as interpret-as="cardinal">1,250</say-as>', "one thousand, two hundred and fifty"),
        ('<say-as interpret-as="ordinal">3rd</say-as>', "third"),
        ('<say-as interpret-as="fraction">2+1/2</say-as>', "two and a half"),
        ('<say-as interpret-as="fraction">3/20</say-as>', "three over twenty"),
        ('<say-as interpret-as="date" format="dmy">5.3.2027</say-as>', "5 March 2027"),
        ('<say-as interpret-as="date" format="md">3/5</say-as>', "March 5"),
        ('<say-as interpret-as="date" format="ymd">20270305</say-as>', "March 5, 2027"),
        ('<say-as interpret-as="date" format="mdy">13/5/2027</say-as>', "13/5/2027"),
        ('<say-as interpret-as="time">1\'21"</say-as>', "1 minute 21 seconds"),
        ('<say-as interpret-as="currency">5 EUR</say-as>', "5 EUR"),
        ("<emphasis>Now</emphasis> rest", "Now rest"),
        ("<unheard-of>Now</unheard-of>", "Now"),
        ("5 * 3 [x] {y} `z` _w_ \\ &lt;!-- c --&gt;", "5 \\* 3 \\[x\\] \\{y\\} \\`z\\` \\_w\\_ \\\\ <\\!-- c -->"),
        ("# A", "\\# A"),
        ("- A", "\\- A"),
        ("1. A", "1\\. A"),
        ("&gt; A", "\\> A"),
    ],
)
def test_an_element(source: str, script: str) -> None:
    assert body(ssml(source)) == script


def test_paragraphs_and_sentences_keep_their_gaps() -> None:
    made = ssml("<p><s>Sit down</s><s>and rest</s></p><p><s>It is 5 p.m.</s><s>Sleep.</s></p>")
    opens = [(str(node.text[0]), node.opens_paragraph) for node in parsed(made).nodes()]  # type: ignore[union-attr]
    assert opens == [("Sit down.", True), ("and rest.", True), ("It is 5 p.m.", True), ("Sleep.", True)]
    assert ("a sentence that would run into the one before", "a paragraph of its own") in rows(made, "guessed")


def test_a_word_that_is_always_said_the_same_way_is_pronounced_so() -> None:
    made = ssml('<sub alias="gwah shah">gua sha</sub>. Then <sub alias="gwah shah">Gua  sha</sub>.')
    assert dict(parsed(made).settings.pronounce) == {"gua sha": "gwah shah"}
    assert spoken(parsed(made)).split() == ["gua", "sha.", "Then", "Gua", "sha."]


def test_a_known_voice_speaks_and_goes_again() -> None:
    made = ssml('<voice name="en-GB-RyanNeural">A.</voice> B. <voice name="Joanna">C.</voice>')
    assert body(made) == "[voice system:en-gb] A. [voice auto] B. <!-- voice: Joanna --> C."
    assert [what for what, _ in rows(made, "lost")] == ['<voice name="Joanna">']


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ('<break strength="strong"/>A', ('<break strength="strong">', "[pause 1.2s]; the length is ours")),
        ('<break time="750"/>A', ('<break time="750">', "[pause 0.75s]; taken as milliseconds, since it has no unit")),
        ('<break time="5"/>A', ('<break time="5">', "[pause 5s]; taken as seconds, since it has no unit")),
        ('<prosody rate="slow">A</prosody>', ('rate="slow"', "[pace 0.8]; the number is ours")),
        ('<prosody rate="9%">A</prosody>', ('rate="9%"', "[pace 0.5], the nearest that there is")),
    ],
)
def test_a_guess_says_what_was_chosen(source: str, row: tuple[str, str]) -> None:
    assert row in rows(ssml(source), "guessed")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('<prosody pitch="high">A</prosody>', 'pitch="high"'),
        ('<prosody volume="loud">A</prosody>', 'volume="loud"'),
        ('<break time="99h"/>A', '<break time="99h">'),
        ('<p colour="red">A</p>', 'colour="red" of <p>'),
        ("A<?page 3?>", "<?page 3?>"),
        ('<lang xml:lang="fr">A</lang>', 'xml:lang="fr"'),
        ('<audio src="gong.wav" speed="80%"/>', 'speed="80%" of <audio>'),
        ('<audio src="gong.wav" repeatCount="9999"/>', 'repeatCount="9999"'),
        ('A<mstts:audioduration value="20s"/>', '<mstts:audioduration value="20s">'),
        ("A <break/> — <break/> b", "“—”"),
    ],
)
def test_what_a_script_cannot_say_is_told(source: str, what: str) -> None:
    assert what in [lost for lost, _ in rows(ssml(source), "lost")]


def test_rows_name_the_lines_of_the_source() -> None:
    made = imported('<speak>\nA.\n<break time="1s"/>\nB.\n<emphasis>C</emphasis>\n</speak>\n', "x.ssml")
    assert [(row.line, row.what) for row in made.report.rows] == [(3, '<break time="1s">'), (5, "<emphasis>")]


def test_a_fragment_needs_no_element_around_it() -> None:
    made = imported('Rest.<break time="2s"/> And <emphasis>rest</emphasis>.')
    assert (body(made), made.report.form) == ("Rest. [pause 2s] And rest.", "SSML")


def test_tags_in_a_text_that_is_no_xml_are_understood_all_the_same() -> None:
    made = imported('Oil & water. <break time="1.5s" /> Rest.')
    assert (body(made), made.report.form) == ("Oil & water. [pause 1.5s] Rest.", "text with marks")


# -- what is refused

_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = [
    (
        f'<!DOCTYPE speak [<!ENTITY a0 "ha">{_BOMB}]><speak>&a11;</speak>',
        "this file defines entities, which are refused",
    ),
    ('<!DOCTYPE speak [<!ENTITY x SYSTEM "file:///etc/passwd">]><speak>&x;</speak>', "this file defines entities"),
    ('<!DOCTYPE speak [<!ENTITY % x SYSTEM "http://x.test/x.dtd"> %x;]><speak>A</speak>', "this file defines entities"),
    ('<!DOCTYPE speak SYSTEM "http://x.test/x.dtd"><speak>&nbsp;A</speak>', "the entity &nbsp; is not known"),
    (f"<speak>{'A ' * 1024 * 1024}</speak>", "this text is larger than 1 MiB"),
    (f"<speak>{'<p>' * 10_000}A{'</p>' * 10_000}</speak>", "tags stand inside each other more than 64 deep here"),
    (f"<speak>{'<s/>' * 150_000}</speak>", "up to here there are more than 100,000 tags"),
    ("<speak>Oil & water</speak>", "write &amp; for a & that is spoken"),
    ("<speak>A &nbsp; B</speak>", "write the character itself instead"),
    ("<speak>1 < 2</speak>", "write &lt; for a < that is spoken"),
    ('<speak>A <break time="1s"> B</speak>', "a tag that is opened before is not closed"),
    ("<speak>A", "the text ends before all tags are closed"),
    ('<?xml version="1.0"?>', "this is no well-formed XML"),
]


@pytest.mark.parametrize(("text", "message"), HOSTILE, ids=[message for _, message in HOSTILE])
def test_hostile_and_broken_xml_is_refused_at_its_place(text: str, message: str) -> None:
    with at_most(2):
        made, problems = translate(Source("x.ssml", text), AROUND)
    assert made is None
    assert message in problems[0].render()
    assert str(problems[0].span).startswith("x.ssml:1:")


def test_the_place_of_a_mistake() -> None:
    _, problems = translate(Source("x.ssml", "<speak>\nA.\nOil & water.\n</speak>"), AROUND)
    assert problems[0].span.line == 3


# -- whatever comes

_TEXT = st.text(st.sampled_from("ab1.!…,# >-*_[]{}`\\<&\n\"'é。"), max_size=12).map(xml.sax.saxutils.escape)
_LEAVES = st.sampled_from(
    ["<break/>", '<break time="1s"/>', '<break strength="none"/>', '<mark name="m"/>', "<!-- c -->"]
)
_OPEN = st.sampled_from(
    ["p", "s", "emphasis", "prosody rate='90%'", "voice name='x'", "par", "media", "amazon:x", "desc"]
)


def _wrap(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(_OPEN, st.lists(inner, max_size=4)).map(lambda p: f"<{p[0]}>{''.join(p[1])}</{p[0].split()[0]}>")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.recursive(_TEXT | _LEAVES, _wrap, max_leaves=8), max_size=5).map("".join))
def test_no_word_of_any_document_goes_away_in_silence(source: str) -> None:
    made: Imported = ssml("Here " + source)
    told = " ".join(row.what for row in made.report.rows)
    there = "".join(words(spoken(parsed(made)))) + "".join(words(told))
    plain = xml.sax.saxutils.unescape(re.sub(r"<!--.*?-->|<[^>]*>", " ", source))
    assert [word for word in words(plain) if word not in there] == []
