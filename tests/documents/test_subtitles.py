"""Subtitles in both forms: what is said, and the time between as pauses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from voiceguide.cli import cli
from voiceguide.documents import read_document
from voiceguide.documents.subtitles import read_subtitles

SUBRIP = """\
1
00:00:01,000 --> 00:00:03,500
Sit down, and let your
<i>eyes</i> close.

2
00:00:08,250 --> 00:00:10,000
Breathe in through

3
00:00:10,100 --> 00:00:11,000
{\\an8}your nose.

4
00:01:31,000 --> 00:01:33,000
And out &amp; rest.
"""
WEBVTT = """\
WEBVTT - Evening

STYLE
::cue { color: white }

NOTE made by hand

intro
00:01.000 --> 00:03.500 align:start
<v Anna>Sit down, and let your <b>eyes</b> close.

00:08.250 --> 00:11.000
Breathe in through your nose.

00:01:31.000 --> 00:01:33.000
And out &amp; rest.
"""
SAID = (
    "Sit down, and let your eyes close.\n\n[pause 4.75s]\n\nBreathe in through your nose.\n\n[pause 80s]\n\n"
    "And out & rest.\n"
)


@pytest.mark.parametrize("text", [SUBRIP, WEBVTT, SUBRIP.replace("\n", "\r\n")], ids=["srt", "vtt", "Windows"])
def test_times_become_pauses(text: str) -> None:
    assert read_subtitles(text) == SAID


@pytest.mark.parametrize(("name", "text", "form"), [("a.srt", SUBRIP, "SubRip"), ("b.txt", WEBVTT, "WebVTT")])
def test_subtitles_are_known_by_what_they_hold(name: str, text: str, form: str) -> None:
    read, problems = read_document(name, text.encode())
    assert (read.form, read.source.text, problems) == (f"subtitles ({form})", SAID, ())


def test_import_makes_exact_pauses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("evening.srt").write_text(SUBRIP)
    result = CliRunner().invoke(cli, ["import", "evening.srt"])
    assert result.exit_code == 0, result.output
    script = Path("evening.md").read_text()
    assert "[pause 4.75s]" in script
    assert "[pause 1m20s]" in script


def test_times_that_overlap_or_go_back_make_no_pause() -> None:
    text = "1\n00:00:05,000 --> 00:00:09,000\nOne.\n\n2\n00:00:07,000 --> 00:00:08,000\nTwo.\n\n"
    text += "3\n00:00:09,100 --> 00:00:10,000\nThree.\n"
    assert read_subtitles(text) == "One.\n\nTwo.\n\nThree.\n"


def test_music_songs_noises_and_credits_are_not_spoken_and_take_part_in_the_pause() -> None:
    text = """\
1
00:00:01,000 --> 00:00:02,000
- Let the jaw hang.
>> Let it rest.

2
00:00:03,000 --> 00:00:05,000
♪ ♪

3
00:00:05,000 --> 00:00:06,000
♪ Sleep [now] ♪

4
00:00:08,000 --> 00:00:09,000
[bell]

5
00:00:10,000 --> 00:00:11,000
ANNA KAY: Wake up.

6
00:00:11,100 --> 00:00:12,000
Subtitles made by somebody
www.example.org
"""
    assert read_subtitles(text).split("\n\n") == [
        "Let the jaw hang. Let it rest.",
        "[music]",
        "[Sleep (now)]",
        "[pause 6s]",
        "[bell]",
        "[pause 1s]",
        "[ANNA KAY:] Wake up.",
        "[Subtitles made by somebody www.example.org]\n",
    ]
