"""The picture of a timeline: what it shows, that any text is safe in it, and that it stays one thing for one timeline."""

from __future__ import annotations

import math
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.cases import NAMES, plan
from tests.support.paths import ROOT
from voiceguide.errors import OutputError, Source
from voiceguide.picture import draw as picture
from voiceguide.picture import things
from voiceguide.picture.drawing import Label, between
from voiceguide.picture.png import figure_of
from voiceguide.picture.text import advance, clean, wrapped
from voiceguide.script import parse
from voiceguide.timeline import ChapterRange, Event, Timeline
from voiceguide.units import SAMPLE_RATE

SVG = "{http://www.w3.org/2000/svg}"
SCRIPT = """---
title: Calm
bed: brown
---
# One
Sit down comfortably now. [pause 4s] Rest. [pause ~4s] Rest again. [pause 2s..6s] [hold 3s] [hold ~3s] [hold 4s]
[breathe 4-2-4-2 x2 swell]
# Two
[chime bell] [sound tick] Good. [bed pink -18dB fade 2s] [breathe sigh x2 words none] [pause 8s]
"""
ROUND = """
# Round {n} of many
Stroke along the jaw. [pause 6s] And once more. [pause ~20s]
[hold 20s countdown] [breathe box for 1m words 1 swell] [chime bell x2]
"""


def _timeline(script: str) -> Timeline:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert routine is not None, findings
    timeline, _ = plan(routine)
    assert isinstance(timeline, Timeline)
    return timeline


def _session(seconds: float, *events: Event, title: str = "x", chapters: tuple[str, ...] = ()) -> Timeline:
    frames = round(seconds * SAMPLE_RATE)
    ranges = tuple(
        ChapterRange(name, frames * n // len(chapters), frames * (n + 1) // len(chapters))
        for n, name in enumerate(chapters)
    )
    return Timeline(title, "en", "system:en", frames, ranges, events)


def _said(start: float, end: float, text: str) -> Event:
    return Event("speech", "voice", round(start * SAMPLE_RATE), round(end * SAMPLE_RATE), None, text=text)


def _svg(tmp_path: Path, timeline: Timeline, loudness: list[tuple[float, float]] | None = None) -> ET.Element:
    path = tmp_path / "p.svg"
    picture.draw(timeline, path, loudness or [])
    return ET.parse(path).getroot()


def _texts(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def _groups(root: ET.Element, look: str) -> list[ET.Element]:
    """What holds the shapes of one look, in all rows."""
    return [g for g in root.iter(f"{SVG}g") if g.get("id", "").rpartition("-")[0] == look]


def _shapes(root: ET.Element, look: str) -> list[ET.Element]:
    return [shape for group in _groups(root, look) for shape in group.iter(f"{SVG}path")]


# -- what it shows


def test_a_png_is_wide_and_not_empty(tmp_path: Path) -> None:
    path = tmp_path / "p.png"
    picture.draw(_timeline(SCRIPT), path)
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert "Software" not in image.info  # a version there would change the bytes
        assert 1500 <= image.width <= 3000
        assert 200 <= image.height <= image.width / 2
        assert image.getpixel((0, 0))[:3] == (255, 255, 255)
        assert len(image.convert("RGB").getcolors(1 << 24)) > 100


def test_chapters_lines_and_names_can_be_read_in_an_svg(tmp_path: Path) -> None:
    texts = _texts(_svg(tmp_path, _timeline(SCRIPT)))
    for text in ("Calm", "One", "Two", "Sit down", "Good.", "bell", "brown, −17 dB", "pink, −18 dB"):
        assert any(shown.startswith(text) for shown in texts), text
    assert any("voice full-auto" in shown and "1:" in shown for shown in texts)
    assert {"0:00", "0:10", "1:00", "voice", "pauses", "breath", "chimes", "bed"} <= set(texts)


def test_the_legend_names_what_occurs_and_nothing_else(tmp_path: Path) -> None:
    whole = [
        "chapter", "voice", "pause", "elastic pause", "hold", "elastic hold", "breath, rising with the inhale",
        "breath with a swell", "chime, ringing out", "sound", "bed", "short-term loudness (LUFS)",
    ]  # fmt: skip
    full = _texts(_svg(tmp_path, _timeline(SCRIPT), [(1.0, -20.0), (2.0, -21.0)]))
    assert [text for text in full if text in whole and text not in ("bed", "voice")] == [
        name for name in whole if name not in ("bed", "voice")
    ]
    assert full[-len(whole) :] == whole
    bare = _texts(_svg(tmp_path, _timeline("Hi.\n")))
    assert bare[-1] == "voice"
    assert not (set(whole) - {"voice"}) & set(bare)


def test_every_event_has_its_shape_and_elastic_ones_look_different(tmp_path: Path) -> None:
    timeline = _timeline(SCRIPT)
    root = _svg(tmp_path, timeline)
    for kind in ("pause", "hold"):
        for elastic, look in ((False, kind), (True, f"elastic-{kind}")):
            events = [event for event in timeline.events if event.kind == kind and event.elastic is elastic]
            assert len(_shapes(root, look)) == len(events) > 0, look
        rigid, stretching = (_groups(root, look)[0].attrib for look in (kind, f"elastic-{kind}"))
        assert rigid["fill"] == rigid["stroke"] == stretching["stroke"] != stretching["fill"]
    for look, kinds in (("speech", ["speech"]), ("chime", ["chime"]), ("bed", ["bed"])):
        assert len(_shapes(root, look)) == sum(event.kind in kinds for event in timeline.events), look
    swells = sum(event.text == "swell" for event in timeline.events)
    breaths = sum(event.kind == "breath" for event in timeline.events)
    assert (len(_shapes(root, "swell")), len(_shapes(root, "breath"))) == (swells, breaths - swells) == (4, 10)
    assert len(_shapes(root, "chapter")) == len(_shapes(root, "next-chapter")) == 1


def test_breath_rises_and_falls_and_a_double_inhale_shares_one_rise() -> None:
    heights = [
        (round(t.outline[1][1], 3), round(t.outline[-2][1], 3))
        for t in things.breaths(_timeline("[breathe sigh x2 words none]").events)
    ]
    assert heights == [(0, 0.667), (0.667, 1), (1, 0)] * 2
    box = things.breaths(_timeline("[breathe box x2 words none]").events)
    assert [(t.outline[1][1], t.outline[-2][1]) for t in box] == [(0, 1), (1, 1), (1, 0), (0, 0)] * 2


def test_a_chime_rings_on_and_a_bed_fades() -> None:
    lanes = picture._lanes(_timeline("---\nbed: brown\n---\n[chime bowl] Hi. [pause 30s]\n"))
    (chime,), (bed,) = lanes["chimes"], lanes["bed"]
    assert chime.end - chime.start == 12.0
    assert (bed.outline[0][1], bed.outline[-1][1]) == (0, 0)
    assert bed.outline[8][0] - bed.start == 1.0
    assert bed.end - bed.room[1] == 10.0


def _vertices(path: ET.Element) -> list[tuple[float, float]]:
    numbers = [word for word in path.get("d", "").split() if word[0].isdigit()]
    return list(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True))


def test_loudness_is_a_curve_with_gaps_for_silence(tmp_path: Path) -> None:
    timeline = _timeline(SCRIPT)
    course = [(t / 2, -math.inf if 20 <= t / 2 < 30 else -20.0 - t % 7) for t in range(100)]
    root = _svg(tmp_path, timeline, course)
    assert [text for text in _texts(root) if "−" in text and "dB" not in text] == ["LUFS  −10", "−20", "−30"]
    (curve,) = _shapes(root, "loudness")
    assert curve.get("d", "").count("M") == 2
    xs = sorted(x for x, _ in _vertices(curve))
    left, across = 0.95 * 72, (18.0 - 0.95 - 0.25) * 72
    second = across / (timeline.frames / SAMPLE_RATE)
    gap = max(after - before for before, after in pairwise(xs))
    assert xs[0] == pytest.approx(left, abs=0.1)
    assert gap == pytest.approx(10.5 * second, rel=0.01)
    assert _shapes(_svg(tmp_path, timeline, [(1.0, -math.inf)]), "loudness") == []


# -- the time axis


@pytest.mark.parametrize(
    ("minutes", "rows"), [(0, 1), (0.5, 1), (3, 1), (6, 1), (10, 2), (10.04, 2), (60, 6), (61, 6), (180, 9), (720, 8)]
)
def test_long_sessions_are_wrapped_into_a_few_rows_without_a_scrap_at_the_end(minutes: float, rows: int) -> None:
    row = picture._row_seconds(minutes * 60)
    assert max(1, math.ceil(minutes * 60 / row)) == rows
    last = minutes * 60 - (rows - 1) * row
    assert minutes == 0 or last >= row / 3


def test_any_length_has_few_rows_and_no_scrap() -> None:
    for seconds in range(1, 43_201, 13):
        row = picture._row_seconds(float(seconds))
        rows = math.ceil(seconds / row)
        assert rows <= 9, seconds
        assert seconds - (rows - 1) * row >= row / 3, seconds


def test_clock_times_have_hours_from_one_hour_on(tmp_path: Path) -> None:
    short = _texts(_svg(tmp_path, _session(3599)))
    long = _texts(_svg(tmp_path, _session(3600)))
    assert "10:00" in short
    assert "59:59  ·  voice system:en" in short
    assert "0:10:00" in long
    assert "1:00:00  ·  voice system:en" in long
    assert "10:00" not in long


def test_an_event_across_rows_is_drawn_in_each(tmp_path: Path) -> None:
    bed = Event("bed", "bed", 0, 600 * SAMPLE_RATE, None, text="brown", level=-24.0)
    timeline = _session(600, bed, _said(290, 340, "Across the end of the row."), chapters=("Whole",))
    root = _svg(tmp_path, timeline)
    assert len(_shapes(root, "bed")) == len(_shapes(root, "speech")) == len(_shapes(root, "chapter")) == 2
    texts = _texts(root)
    assert [text for text in texts if "Whole" in text] == ["Whole", "… Whole"]


def test_hours_of_events_need_few_artists(tmp_path: Path) -> None:
    timeline = _timeline("---\nbed: brown\n---\n[repeat 200]" + ROUND + "[end]\n")
    assert len(timeline.events) > 8_000
    assert timeline.frames > 6 * 3600 * SAMPLE_RATE
    path = tmp_path / "p.png"
    picture.draw(timeline, path)
    with Image.open(path) as image:
        assert image.width * image.height < 10_000_000
    drawing = picture.drawn(timeline)
    assert len({label.y for label in drawing.labels() if label.text == "voice"}) <= 10  # nine rows, and the legend
    assert sum(not isinstance(part, Label) for part in drawing.parts) < 200
    assert len(list(drawing.labels())) < 3000


# -- texts


def _drawn(timeline: Timeline) -> list[tuple[float, float, float]]:
    """Each text's left and right edge in inches as truly drawn, and the height of its base line."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    drawing = picture.drawn(timeline)
    figure = figure_of(drawing)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    assert all(box.x0 >= 0 and box.x1 <= drawing.width * figure.dpi for box in boxes), "a text leaves the picture"
    return [(box.x0, box.x1, label.y) for box, label in zip(boxes, drawing.labels(), strict=True)]


@pytest.mark.parametrize("seconds", [40, 200, 700, 3000])
def test_texts_never_overlap(seconds: int) -> None:
    text = "Lay both palms on your cheeks, with the fingertips at your temples, WWW MMM, as light as a coin."
    starts = np.cumsum(np.random.default_rng(1).uniform(1, 15, 400))
    lines = [_said(s, s + 1, text[n % 40 :]) for n, s in enumerate(starts) if s < seconds]
    strikes = [Event("chime", "chimes", e.start, e.end, None, text="halfway") for e in lines]
    chapters = tuple(f"Chapter {n} of them all" for n in range(40))
    events = sorted([*lines, *strikes], key=lambda event: event.start)
    texts = _drawn(_session(seconds, *events, chapters=chapters, title="Wide and heavy " * 20))
    for level in {height for *_, height in texts}:
        spans = sorted((left, right) for left, right, height in texts if height == level)
        assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert len(texts) > 10


def test_a_narrow_chapter_has_a_shortened_title_or_none(tmp_path: Path) -> None:
    title = "A title that is rather long for its chapter"
    wide = _texts(_svg(tmp_path, _session(60, chapters=(title,) * 3)))
    narrow = _texts(_svg(tmp_path, _session(60, chapters=(title,) * 12)))
    scraps = _texts(_svg(tmp_path, _session(60, chapters=(title,) * 100)))
    assert wide.count(title) == 3
    assert title not in narrow
    assert sum(text.endswith("…") and title.startswith(text[:-1]) for text in narrow) == 12
    assert not any(text.startswith("A t") for text in scraps)


NASTY = [
    "$x_2$ and $\\frac{1}{2}$",
    "costs $5 or $6",
    "<script>alert('x')</script> & \"more\" ]]>",
    "顔のマッサージ、目を閉じて",
    "العربية עברית ไทย हिन्दी 😀",
    "null \0 bell \a surrogate \ud800 odd \ufffe\uffff\u2028 tab\tline\nend",
    "",
    " ",
    "{name} %s \\n",
    "W" * 50_000,
    "字" * 50_000,
]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_any_text_is_shown_as_it_is(tmp_path: Path, text: str) -> None:
    chime = Event("chime", "chimes", 60 * SAMPLE_RATE, 62 * SAMPLE_RATE, None, text=text)
    timeline = _session(120, _said(1, 30, text), chime, title=text, chapters=(text, "b"))
    picture.draw(timeline, tmp_path / "p.png")
    root = _svg(tmp_path, timeline)
    assert list(root.iter("script")) == list(root.iter(f"{SVG}script")) == []
    texts = _texts(root)
    shown = clean(text)
    if 0 < len(shown) < 40:
        assert texts.count(shown) >= 2  # the title and the chapter, one as it was written
    assert "b" in texts


def test_wide_characters_are_wrapped_without_spaces() -> None:
    room = 10.5 * advance("字") * 7
    lines = wrapped("字" * 25, 7, room, 4)
    assert [len(line) for line in lines] == [10, 10, 5]
    assert wrapped("字" * 99, 7, room, 2)[1].endswith("…")


# -- the file


@pytest.mark.parametrize("suffix", picture.SUFFIXES)
def test_the_same_timeline_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    course = [(t / 10, -20.0 - t % 13) for t in range(300)]
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    picture.draw(_timeline(SCRIPT), one, course)
    code = (
        "import sys; import matplotlib; matplotlib.rcParams.update({'font.size': 20, 'lines.linewidth': 9});"
        "from pathlib import Path; from tests.picture.test_draw import SCRIPT, _timeline; from voiceguide.picture import draw as picture;"
        f"picture.draw(_timeline(SCRIPT), Path({str(two)!r}), {course!r});"
        "assert matplotlib.rcParams['font.size'] == 20; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT)
    assert one.read_bytes() == two.read_bytes()
    other = tmp_path / f"other{suffix}"
    picture.draw(_timeline(SCRIPT.replace("pause 4s", "pause 5s")), other, course)
    assert other.read_bytes() != one.read_bytes()


def test_a_kind_may_be_named_when_the_path_does_not_tell_it(tmp_path: Path) -> None:
    timeline = _timeline("Hi.\n")
    part = tmp_path / ".p.svg.1234.part"
    picture.draw(timeline, part, kind="svg")
    assert ET.parse(part).getroot().tag == f"{SVG}svg"
    picture.draw(timeline, part, kind="png")
    assert part.read_bytes().startswith(b"\x89PNG\r\n")
    picture.draw(timeline, tmp_path / "P.PNG")
    assert (tmp_path / "P.PNG").read_bytes() == part.read_bytes()


@pytest.mark.parametrize("name", ["p.pdf", "p", "p.part"])
def test_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="a picture is a png or an svg file, not"):
        picture.draw(_timeline("Hi.\n"), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_timeline_has_a_picture_too(tmp_path: Path) -> None:
    assert "0:00  ·  voice system:en" in _texts(_svg(tmp_path, _session(0)))
    picture.draw(_session(0), tmp_path / "p.png", [(0.0, -math.inf)])
    assert (tmp_path / "p.png").stat().st_size > 1000


def test_only_a_png_needs_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    picture.draw(_timeline("Hi.\n"), tmp_path / "p.svg")
    with pytest.raises(OutputError) as caught:
        picture.draw(_timeline("Hi.\n"), tmp_path / "p.png")
    assert str(caught.value) == (
        "A PNG needs matplotlib, which is not installed; an SVG needs nothing. "
        'Install it with: pip install "voiceguide[plot]"'
    )
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]


def test_nothing_heavy_is_loaded_for_an_svg() -> None:
    code = (
        "import sys; from voiceguide.picture import draw; from voiceguide.timeline import Timeline;"
        "draw.svg_file(draw.drawn(Timeline('x', 'en', 'v', 44100, (), ())));"
        "print(*({'matplotlib', 'numpy', 'PIL'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.split() == []


def test_no_text_is_wider_than_is_thought() -> None:
    """matplotlib measures the same font."""
    from matplotlib.textpath import TextPath

    signs = [chr(code) for code in (*range(33, 127), *range(0xC0, 0x180), *range(0x391, 0x3C9), *range(0x410, 0x450))]
    for sign in {*signs, *"…−–—“”‘’·→"} - {"$"}:  # a dollar begins a formula there
        pair, alone = (TextPath((0, 0), text, size=50).get_extents().width for text in (f"n{sign}n", "nn"))
        assert (pair - alone) / 50 <= advance(sign) * 72 + 0.02, sign


def test_a_line_is_cut_at_the_edges() -> None:
    hill = [(0.0, 0.0), (0.0, 1.0), (4.0, 3.0), (8.0, 1.0)]
    assert between(hill, 2.0, 6.0) == [(2.0, 2.0), (4.0, 3.0), (6.0, 2.0)]
    assert between(hill, -1.0, 9.0) == hill
    assert between(hill, 0.0, 4.0) == hill[:3]
    assert between(hill, 9.0, 10.0) == between([], 0.0, 1.0) == []
