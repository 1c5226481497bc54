from __future__ import annotations

import base64
import io
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import soundfile

import voiceguide
from tests.api.scripts import HOSTILE
from voiceguide import SAMPLE_RATE, Session
from voiceguide.api import notebook

LARGEST = 100_000  # characters of HTML
HARMLESS = {
    *("div", "p", "strong", "br", "audio", "ul", "li"),
    *("svg", "title", "defs", "g", "path", "text", "use", "rect", "clippath", "tspan"),
}


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]


def _elements(html: str) -> _Elements:
    parser = _Elements()
    parser.feed(html)
    return parser


@pytest.fixture(scope="module")
def session() -> Any:
    with voiceguide.plan(voiceguide.read_text(HOSTILE)) as planned:
        yield planned


def test_no_text_of_a_script_becomes_markup(session: Session, tmp_path: Path) -> None:
    report = session.render(tmp_path / 'odd "name" <b>.mp3')
    for html in (session._repr_html_(), report._repr_html_()):
        found = _elements(html)
        assert found.names <= HARMLESS
        assert not {name for name in found.attributes if name.startswith("on")}
        assert "<title>&lt;/title&gt;&lt;script&gt;" in html


def test_it_is_small_and_several_pictures_can_stand_in_one_page(session: Session) -> None:
    html = session._repr_html_()
    assert "<svg" in html
    assert "<style" not in html
    assert "<audio" not in html
    assert len(html) < LARGEST
    assert _elements(html).ids == []


def test_the_picture_needs_no_extra(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    svg = session._repr_html_()
    assert ElementTree.fromstring(svg[svg.index("<svg") : svg.index("</svg>") + len("</svg>")]).get("viewBox")


def test_a_preview_plays_the_part_that_was_asked_for(session: Session) -> None:
    preview = session.preview(start=1.0, length=3.0)
    html = preview._repr_html_()
    assert len(html) < LARGEST
    found = re.search(r'src="data:audio/mpeg;base64,([^"]+)"', html)
    assert found
    heard, rate = soundfile.read(io.BytesIO(base64.b64decode(found[1])))
    assert (rate, len(heard), preview.seconds) == (SAMPLE_RATE, 3 * SAMPLE_RATE, 3.0)
    assert session.preview(start=session.seconds - 1).seconds == 1.0


def test_a_small_file_is_embedded_and_a_large_one_linked(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = session.render(tmp_path / 'a "b".mp3')
    assert 'src="data:audio/mpeg;base64,' in report._repr_html_()
    monkeypatch.setattr(notebook, "LARGEST_EMBEDDED", 1)
    assert 'a%20%22b%22.mp3"></audio>' in report._repr_html_()
