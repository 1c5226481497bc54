"""What is written below a video."""

from __future__ import annotations

from voiceguide.companions.description import description
from voiceguide.encoder.origin import Origin
from voiceguide.encoder.tags import Tags
from voiceguide.timeline import ChapterRange

RATE = 44_100


def test_chapters_begin_rows_with_their_time_and_the_first_with_the_video() -> None:
    edges = (RATE, 70 * RATE + 44_000, 80 * RATE)
    chapters = tuple(ChapterRange(title, edges[n], edges[n + 1]) for n, title in enumerate(("Arrive", "Rest")))
    text = description(Tags("Calm", edges[-1], comment="For bedtime.", artist="Ada", chapters=chapters))
    assert text == "Calm\n\nFor bedtime.\n\nAda\n\n0:00 Arrive\n1:10 Rest\n"


def test_hours_are_counted_and_the_voice_is_named() -> None:
    chapters = (ChapterRange("One", 0, 3_700 * RATE), ChapterRange("Two", 3_700 * RATE, 4_000 * RATE))
    origin = Origin.of(["joe (1)"], recorded=False, trained=True)
    text = description(Tags("Long", 4_000 * RATE, chapters=chapters, origin=origin))
    assert text == "Long\n\n0:00:00 One\n1:01:40 Two\n\nVoice: synthetic.\n"
