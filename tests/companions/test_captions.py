import re
from pathlib import Path

import click
import pytest

from tests.support.audio import ffmpeg
from voiceguide.cli.render import command
from voiceguide.companions.captions import CAPTIONS, lrc, webvtt
from voiceguide.encoder.tags import Tags
from voiceguide.timeline import Event, Timeline

RATE = 44_100


def spoken(*lines: tuple[float, float, str | None], seconds: float = 4000) -> Timeline:
    events = [Event("speech", "voice", round(a * RATE), round(b * RATE), None, text=text) for a, b, text in lines]
    events.append(Event("pause", "voice", round(2 * RATE), round(3 * RATE), None, text="not spoken"))
    return Timeline("t", "en", "v", round(seconds * RATE), (), tuple(sorted(events, key=lambda event: event.start)))


LINES = spoken(
    (1, 2.5, "Sit or lie down."), (3.0004, 5, "Breathe in,\n and <b>out</b> & --> rest."), (3661.236, 3662, "[End]")
)
TAGS = Tags("A [calm]\nsession", 4000 * RATE, artist="Ada", album="")


def test_webvtt_has_a_cue_for_each_line() -> None:
    assert webvtt(LINES, TAGS) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:02.500\nSit or lie down.\n\n"
        "00:00:03.000 --> 00:00:05.000\nBreathe in, and &lt;b&gt;out&lt;/b&gt; &amp; --&gt; rest.\n\n"
        "01:01:01.236 --> 01:01:02.000\n[End]\n"
    )


def test_lrc_has_tags_and_a_row_for_each_line() -> None:
    assert lrc(LINES, TAGS).splitlines() == [
        "[ti:A (calm) session]", "[ar:Ada]", "[length:66:40]",
        "[00:01.00]Sit or lie down.",
        "[00:03.00]Breathe in, and ‹b›out‹/b› & --› rest.",
        "[61:01.24](End)",
    ]  # fmt: skip


def test_ffmpeg_reads_both_as_they_were_meant(tmp_path: Path) -> None:
    for kind in CAPTIONS.values():
        file = tmp_path / f"x{kind.suffix}"
        file.write_text(kind.write(LINES, TAGS), "utf-8")
        read = ffmpeg("-v", "error", "-i", file, "-f", "webvtt", "pipe:1").stdout.decode()
        assert "00:01.000 -->" in read
        assert "Sit or lie down." in read
        assert len(re.findall(r"\d --> \d", read)) == 3


@pytest.mark.parametrize("kind", CAPTIONS)
def test_a_session_without_words_has_captions_without_lines(kind: str) -> None:
    text = CAPTIONS[kind].write(spoken((1, 2, None), (2, 3, "\0")), Tags("t", RATE))
    assert "-->" not in text
    assert "[00:0" not in text.replace("[length:66:40]", "")


def test_a_line_without_length_is_seen_for_a_moment() -> None:
    assert "00:00:01.000 --> 00:00:01.001" in webvtt(spoken((1, 1, "Now.")), TAGS)


def test_the_command_line_and_the_table_of_kinds_agree() -> None:
    choice = next(option for option in command.params if option.name == "captions").type
    assert isinstance(choice, click.Choice)
    assert list(choice.choices) == [*CAPTIONS, "none"]
    assert [kind.suffix for kind in CAPTIONS.values()] == [".vtt", ".lrc"]
