from __future__ import annotations

import base64
import hashlib
import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import segno
from lxml import html
from pypdf import PdfReader

from tests.publish.published import pack, session, timeline
from tests.support.cases import plan
from tests.support.chromium import chromium
from tests.support.paths import ROUTINES
from voiceguide.publish.cue_sheet import STYLE, cue_sheet
from voiceguide.publish.timeline_document import Document
from voiceguide.reviews import Comment, Standing
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script, with_length

SCRIPT = """# Settle

Rest your hands. [pause ~4s]
[breathe 4-6 x~3 words none]
[hold 10s]

# Extra [optional]

Something more. [pause 30s]

# Move

[bed brown]
[repeat ~2]
Sweep to the temples, round {n}. [pause ~4s]
[end]
[chime bowl]
"""


def sheet(document: Any, **changes: Any) -> Any:
    return html.fromstring(cue_sheet(pack(), session("evening", **changes), Document.of(document)))


def rows(page: Any) -> list[list[str]]:
    """The cells of what is heard; the rows that name chapters have one cell."""
    table = page.xpath("//h2[.='What is heard']/following-sibling::table[1]")[0]
    return [
        [cell.text_content().partition("spoken: ")[0] for cell in row.xpath("./td|./th")]
        for row in table.xpath("./tbody/tr")
    ]


def items(page: Any, heading: str) -> list[str]:
    return [item.text_content() for item in page.xpath(f"//h2[.='{heading}']/following-sibling::ul[1]/li")]


def test_it_tells_what_is_heard_when_and_how_long() -> None:
    found = rows(sheet(timeline(SCRIPT)))
    assert found[:4] == [
        ["Settle"],
        ["0:01.0", "Rest your hands. pause 4s", "5.6s", ""],
        ["0:06.6", "breathe in 4, out 6: 3 times", "30s", ""],
        ["0:36.6", "hold", "10s", ""],
    ]
    assert ["Extra"] in found
    assert [row[1] for row in found[found.index(["Move"]) + 1 :]] == [
        "background: brown",
        "Sweep to the temples, round 1. pause 4s",
        "Sweep to the temples, round 2. pause 4s",
        "chime: bowl",
    ]


def test_every_event_of_a_real_script_is_told_once() -> None:
    routine = read_script(ROUTINES / "bedtime-unwind.md", SessionOptions()).routine
    document = plan(with_length(routine, 9 * 60))[0].to_json()
    found = rows(sheet(document))
    heard = [row for row in found if len(row) == 4]
    kinds = [event["kind"] for event in document["events"]]
    after_a_line = sum(pair == ("speech", "pause") for pair in pairwise(kinds))
    assert after_a_line > 20
    counted = ("Breathe in", "Breathe out")
    spoken = [event["text"] for event in document["events"] if event["kind"] == "speech"]
    said = [text for text in spoken if text not in counted]
    told = [row[1].partition(" pause ")[0] for row in heard]
    assert [text for text in told if text in set(said)] == said
    assert [row[0] for row in found if len(row) == 1] == [chapter["title"] for chapter in document["chapters"]]
    elastic = sum(bool(event.get("elastic")) for event in document["events"])
    assert elastic > 20
    assert [row[3] for row in heard if row[3]] == [
        "shortened" if document["fit"]["share"] < 0 else "stretched"
    ] * elastic


def test_breaths_and_counts_are_one_row_each() -> None:
    script = "Breathe with me. [breathe box x6]\n\nNow hold. [hold 9s countdown]\n\nCount. [count 4]\n\nGood.\n"
    assert [row[1] for row in rows(sheet(timeline(script)))] == [
        "Breathe with me.",
        "breathe in 4, hold 4, out 4, rest 4: 6 times (said: Breathe in, Hold, Breathe out, Rest)",
        "Now hold.",
        "hold (said: five, four, three, two, one)",
        "chime: release",
        "Count.",
        "count: one, two, three, four",
        "Good.",
    ]


def test_twenty_minutes_are_two_pages(tmp_path: Path) -> None:
    rounds = "Sweep slowly from the middle of the brow to the temples, and rest there for a moment. [pause 16s]\n\n" * 3
    chapters = "".join(f"# Part {number}\n\n{rounds}[breathe 4-6 x6]\n\n" for number in range(9))
    document = timeline(chapters)
    assert 1190 < document["seconds"] < 1400
    page = tmp_path / "sheet.html"
    page.write_bytes(cue_sheet(pack(), session("evening"), Document.of(document)))
    with chromium() as browser:
        shown = browser.new_page()
        shown.goto(page.as_uri())
        for paper in ("A4", "Letter"):
            assert len(PdfReader(io.BytesIO(shown.pdf(format=paper))).pages) <= 2


def test_it_tells_how_a_voice_got_a_line_where_that_differs() -> None:
    page = sheet(timeline("Rest for 5 min.\n\nNow rest.\n"))
    assert [each.text_content() for each in page.xpath("//span[@class='cue']")] == ["spoken: Rest for five minutes."]


def test_it_marks_what_was_done_to_meet_a_length() -> None:
    document = timeline(SCRIPT, "150")
    page = sheet(document, length="2m30s")
    marks = {row[1]: row[3] for row in rows(page) if len(row) == 4 and row[3]}
    told = items(page, "How it came to its length")
    for rounds in document["fit"]["rounds"]:
        unit = {"repeat": "rounds", "breathe": "breaths"}[rounds["cue"]]
        words = f"{rounds['chosen']} {unit} instead of {rounds['written']}"
        place = {"repeat": "Sweep to the temples, round 1. ", "breathe": "breathe in 4, out 6: "}[rounds["cue"]]
        assert next(mark for row, mark in marks.items() if row.startswith(place)).split(", ")[0] == words
        assert f"{words}, in line {rounds['line']} of x.md." in told
    assert {rounds["cue"] for rounds in document["fit"]["rounds"]} == {"repeat", "breathe"}


def test_it_tells_which_chapters_were_left_out() -> None:
    document = timeline(SCRIPT, "60")
    told = items(sheet(document), "How it came to its length")
    assert told[0] == "Left out: “Extra”."
    assert re.fullmatch(
        r"Elastic pauses and holds are (stretched|shortened), \d+ % of the way to their \w+\.", told[-1]
    )
    natural = {**document, "fit": {"left_out": [], "rounds": [], "share": 0.0}}
    assert items(sheet(natural), "How it came to its length") == ["Elastic pauses and holds keep their natural length."]
    assert items(sheet(timeline(SCRIPT)), "How it came to its length") == []


def test_it_gives_the_facts_and_the_chapters() -> None:
    page = sheet(timeline(SCRIPT), length="10m", warnings=("The bed is loud.",))
    facts = {row[0].text_content(): row[1].text_content() for row in page.xpath("//table[@class='facts']//tr")}
    assert facts == {
        "Length": "1:44.5",
        "Asked for": "10m",
        "Script": "evening",
        "Author": "A. Therapist",
        "Language": "en",
        "Voice": "system:en-us",
        "Loudness": "−16.0 LUFS",
        "True peak": "−1.2 dBTP",
        "File": "evening.mp3",
        "SHA-256 of the file": "6576656e696e",
        "Fingerprint": "f00df00df00d",
    }
    chapters = page.xpath("//h2[.='Chapters']/following-sibling::table[1]/tbody/tr")
    assert [row[1].text_content() for row in chapters] == ["Settle", "Extra", "Move"]
    assert chapters[0][0].text_content() == "0:00.0"
    assert items(page, "Warnings") == ["The bed is loud."]
    assert "not measured" in sheet(timeline(SCRIPT), loudness_lufs=None).text_content()


def test_a_script_without_chapters_is_one_table() -> None:
    page = sheet(timeline("Rest. [pause 1s]"))
    assert [row[1] for row in rows(page)] == ["Rest. pause 1s"]
    assert not page.xpath("//h2[.='Chapters']")


def test_somebody_can_sign_it() -> None:
    page = sheet(timeline(SCRIPT))
    fields = page.xpath("//section[@aria-labelledby='sign-off']//th[@scope='row']/text()")
    assert fields == ["Name", "Date", "Signature", "Notes"]


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    written = cue_sheet(pack(), session("evening"), Document.of(timeline(SCRIPT))).decode()
    page = html.fromstring(written)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = re.search("<style>(.*?)</style>", written, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not page.xpath("//script|//link|//img|//iframe|//@style|//@src|//@href")
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_a_phone_finds_the_session_by_its_square(tmp_path: Path) -> None:
    square = sheet(timeline(SCRIPT)).xpath("//figure[@class='scan']")[0]
    assert square.text_content() == "Scan it to listen: https://example.org/face/#/evening"
    drawn = square.xpath(".//*[local-name()='path']/@d")
    expected = segno.make("https://example.org/face/#/evening", error="m", micro=False).svg_inline(border=4)
    assert drawn
    assert drawn[-1] in expected
    page = html.fromstring(cue_sheet(pack(link=None), session("evening"), Document.of(timeline(SCRIPT))))
    assert not page.xpath("//figure")


def test_it_is_in_the_language_of_the_pack() -> None:
    standing = Standing("in review", "Ben", 1_796_000_000.0)
    document = Document.of(timeline(SCRIPT, "120"))
    page = html.fromstring(cue_sheet(pack(language="fr"), session("evening"), document, standing))
    assert page.get("lang") == "fr"
    text = page.text_content()
    assert "Feuille de route d’une séance de « Facial massage, eyes closed »." in text.replace("\u00a0", " ")
    assert "en relecture par Ben, le 2026-11-30" in text
    assert "respirez : inspirez 4, expirez 6 : 3 fois" in text.replace("\u00a0", " ")
    assert "−16,0 LUFS" in text


def test_hostile_text_stays_text() -> None:
    hostile = "</title></style><script>alert(\"1\")</script><b a='x'> & {x} %s \u202e\0"
    kept = hostile.removesuffix("\u202e\0") + "\ufffd"
    document = timeline(SCRIPT)
    document["chapters"][0]["title"] = hostile
    for event in document["events"]:
        if "text" in event:
            event["text"] = hostile
    document["fit"] = {"left_out": [hostile], "rounds": [], "share": 0.5}
    written = cue_sheet(
        pack(title=hostile),
        session("a", hostile, author=hostile, script=hostile, voice=hostile, language=hostile, warnings=(hostile,)),
        Document.of(document),
    )
    page = html.fromstring(written)
    assert not page.xpath("//script|//b")
    assert len(page.xpath("//style")) == 1
    assert page.findtext(".//title") == f"{kept}: cue sheet"
    assert page.findtext(".//h1/span") == kept
    assert rows(page)[0] == [kept]
    assert rows(page)[1][1] == f"{kept} pause 4s"
    assert items(page, "Warnings") == [kept]
    assert items(page, "How it came to its length")[0] == f"Left out: “{kept}”."


def test_a_screen_reader_finds_its_way() -> None:
    page = sheet(timeline(SCRIPT), language="de")
    assert page.get("lang") == "en"
    assert page.xpath("//h1/span/@lang") == ["de"]
    assert {element.tag for element in page.xpath("//*[@lang='de']")} == {"span"}
    assert page.xpath("count(//h1)") == 1
    assert page.xpath("count(//main)") == 1
    assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in page.xpath("//th"))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3")]
    assert levels == sorted(levels)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    pairs = re.findall("..", digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(p, 16) / 255 for p in pairs)
    ]
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def test_colours_have_the_contrast_that_wcag_asks_for() -> None:
    themes = [dict(re.findall(r"--(\w+): (#[0-9a-f]+)", block)) for block in re.findall(r":root \{(.*?)\}", STYLE)]
    assert len(themes) == 3  # light, dark and paper
    for theme in themes:
        page = _luminance(theme.pop("page"))
        for name, colour in theme.items():
            light, dark = sorted((page, _luminance(colour)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= (3 if name == "rule" else 4.5), (name, colour)


def test_the_same_session_gives_the_same_bytes() -> None:
    first, second = (cue_sheet(pack(), session("a"), Document.of(timeline(SCRIPT))) for _ in range(2))
    assert first == second


def test_it_tells_where_its_script_stands_and_what_is_open() -> None:
    comments = (
        Comment("k1", "Softer?", line=3, quote="Rest your hands.", author="Ada"),
        Comment("k2", "Too long.", seconds=12.5),
    )
    standing = Standing("approved", "Ben", 1_796_000_000.0, comments=comments)
    page = html.fromstring(cue_sheet(pack(), session("evening"), Document.of(timeline(SCRIPT)), standing))
    facts = dict(zip(*(page.xpath(f"//table[@class='facts']//{tag}/text()") for tag in ("th", "td")), strict=True))
    assert facts["State"] == "approved by Ben on 2026-11-30"
    assert items(page, "Open comments") == [
        "Line 3, “Rest your hands.”: Softer? (Ada)",
        "At 0:12.5: Too long.",
    ]
    changed = Standing("draft", "Ben", 1_796_000_000.0, changed=True)
    page = html.fromstring(cue_sheet(pack(), session("evening"), Document.of(timeline(SCRIPT)), changed))
    assert "draft; its text has been changed since its review" in page.text_content()
    assert not items(page, "Open comments")
