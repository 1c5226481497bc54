"""A real script becomes a real MP3, judged as decoded: lengths, places, loudness, chapters, words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen.mp3
import numpy as np
import pytest
from scipy import signal

from tests.support.audio import decoded, ebur128, ffmpeg
from tests.support.command_line import Run
from tests.support.listening import AROUND, Understanding, understanding
from tests.support.paths import ROUTINES
from tests.support.waiting import HANGS
from voiceguide.mixing.mixer import Mixer
from voiceguide.session.options import SessionOptions
from voiceguide.session.session import Session, planned
from voiceguide.sound_settings import Levels
from voiceguide.units import SAMPLE_RATE, frames, gain, parse_duration

NEURAL, SYSTEM = "piper:en_US-joe-medium", "system:en-us"
SESSIONS = (
    ("three-minute-wake", NEURAL),
    ("three-minute-wake", SYSTEM),
)
RECOGNISED = {NEURAL: 0.75, SYSTEM: 0.65}  # the share of the words without a mix, far below what any machine finds
MILLISECOND = SAMPLE_RATE // 1000


@dataclass(frozen=True)
class Rendered:
    """One routine, rendered by the command line."""

    script: Path
    voice: str
    mp3: Path
    report: dict[str, Any]
    audio: Any  # decoded by ffmpeg, (frames, 2)


@pytest.fixture(scope="module", params=SESSIONS, ids="-".join)
def rendered(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    import subprocess
    import sys

    name, voice = request.param
    folder = tmp_path_factory.mktemp(name)
    script = ROUTINES / f"{name}.md"
    mp3, report = folder / "session.mp3", folder / "report.json"
    command = [sys.executable, "-W", "error", "-m", "voiceguide", "render", script, "-o", mp3, "--report", report]
    command += ["--voice", voice]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=HANGS, check=False)
    assert result.returncode == 0, result.stderr
    return Rendered(script, voice, mp3, json.loads(report.read_text()), decoded(mp3))


def test_the_decoded_length_is_the_planned_one(rendered: Rendered) -> None:
    assert len(rendered.audio) == rendered.report["timeline"]["frames"]


def test_loudness_and_true_peak_keep_the_standard(rendered: Rendered) -> None:
    loudness, peak = ebur128(rendered.mp3)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1.0
    assert rendered.report["loudness_lufs"] == pytest.approx(loudness, abs=0.15)
    assert rendered.report["true_peak_dbtp"] == pytest.approx(peak, abs=0.2)


def _offset(audio: Any, mix: Any, clip: Any, start: int) -> int:
    """By how many frames the clip stands off ``start`` in the decoded audio: the peak of their cross-correlation.

    What else sounds at the same time, such as the voice over a breath's tone, is taken away first.
    """
    reach = 5 * MILLISECOND
    begin = max(0, start - reach)
    wanted = clip[: min(len(clip), SAMPLE_RATE, len(audio) - start - reach)]
    heard = audio[begin : start + len(wanted) + reach]
    others = mix[begin : begin + len(heard)].copy()
    others[start - begin : start - begin + len(wanted)] -= wanted
    factor = np.dot(heard, mix[begin : begin + len(heard)]) / np.dot(heard, heard)
    match = signal.correlate(heard * factor - others, wanted, mode="valid", method="fft")
    return int(np.argmax(match)) - (start - begin)


def _mono(samples: Any) -> Any:
    return samples if samples.ndim == 1 else samples.mean(axis=1)


def _times(timeline: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(event["kind"], event["start"], event["end"], event.get("text")) for event in timeline["events"]]


def test_every_clip_stands_within_a_millisecond_of_its_place(rendered: Rendered) -> None:
    mono = _mono(rendered.audio)
    off: list[str] = []
    with planned(rendered.script, SessionOptions(voice=rendered.voice)) as session:
        assert _times(session.timeline.to_json()) == _times(rendered.report["timeline"])
        mix = np.concatenate([_mono(block) for block in session.mixer().blocks()])
        for event, clip in session.timeline.sounding():
            samples = _mono(session.clips.samples(clip.source))[: clip.frames] * gain(clip.level)
            offset = _offset(mono, mix, samples, event.start)
            if abs(offset) > MILLISECOND:
                off.append(f"{event.kind} '{event.text}' at {event.start / SAMPLE_RATE:.3f} s: {offset} frames")
    assert not off


def test_a_line_is_heard_from_where_its_event_says(rendered: Rendered) -> None:
    """In the decoded file, less the bed: what comes in the 50 ms after a line's start is far louder than before it."""
    window = 50 * MILLISECOND
    mono = _mono(rendered.audio)
    events = rendered.report["timeline"]["events"]
    quiet_before = [
        event
        for event in events
        if event["kind"] == "speech"
        and not any(
            other is not event
            and other["kind"] != "bed"
            and other["kind"] not in ("pause", "hold")
            and other["start"] < event["start"] + 0.05
            and other["end"] > event["start"] - 0.1
            for other in events
        )
    ]
    assert len(quiet_before) >= 10
    high = signal.butter(4, 300, "highpass", fs=SAMPLE_RATE, output="sos")  # the bed lies mostly below
    heard = signal.sosfilt(high, mono)
    rises = []
    for event in quiet_before:
        start = round(event["start"] * SAMPLE_RATE)
        after, before = heard[start : start + window], heard[start - window : start]
        rises.append(10 * np.log10((after**2).mean() / (before**2).mean()))
    assert np.median(rises) > 10
    assert np.mean([rise > 3 for rise in rises]) > 0.9


def test_chapters_and_tags_are_read_back(rendered: Rendered) -> None:
    planned_chapters = rendered.report["timeline"]["chapters"]
    assert len(planned_chapters) >= 3
    tags = mutagen.mp3.MP3(rendered.mp3).tags
    assert tags is not None
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert [chapter.sub_frames["TIT2"].text[0] for chapter in chapters] == [c["title"] for c in planned_chapters]
    for chapter, planned_chapter in zip(chapters, planned_chapters, strict=True):
        assert chapter.start_time / 1000 == pytest.approx(planned_chapter["start"], abs=0.001)
        assert chapter.end_time / 1000 == pytest.approx(planned_chapter["end"], abs=0.001)
    assert str(tags["TIT2"]) == rendered.report["timeline"]["title"]
    assert str(tags["TPE1"]) == "voiceguide"
    assert str(tags["TLEN"]) == str(round(rendered.report["timeline"]["seconds"] * 1000))
    assert tags.getall("APIC")[0].data[:2] == b"\xff\xd8"
    metadata = ffmpeg("-v", "error", "-i", rendered.mp3, "-f", "ffmetadata", "-").stdout.decode()
    assert re.findall(r"\[CHAPTER\][^\[]*?title=([^\n]*)", metadata) == [c["title"] for c in planned_chapters]


@pytest.mark.timeout(1800)
def test_speech_recognition_understands_the_words(rendered: Rendered) -> None:
    """Each line as it sounds in the finished session, with all that is mixed to it."""
    with planned(rendered.script, SessionOptions(voice=rendered.voice)) as session:
        heard = _understood(session, _mono(rendered.audio))
    assert heard.lost <= heard.most_lost, heard
    assert heard.alone > RECOGNISED[rendered.voice], heard


def test_a_mix_whose_bed_drowns_the_voice_would_not_pass() -> None:
    """Otherwise the test above would prove nothing."""
    with planned(ROUTINES / "three-minute-wake.md", SessionOptions(voice=NEURAL)) as session:
        mixer = Mixer(session.timeline, session.clips, session.routine.settings.ducking, Levels(bed=42.0))
        heard = _understood(session, np.concatenate([_mono(block) for block in mixer.blocks()]), most=8)
    assert heard.lost > 2 * heard.most_lost, heard


def _understood(session: Session, mono: Any, most: int | None = None) -> Understanding:
    spoken = [(event, clip) for event, clip in session.timeline.sounding() if event.kind == "speech"]
    return understanding(
        (
            event.text,
            _mono(session.clips.samples(clip.source)),
            mono[max(0, event.start - AROUND) : event.start + clip.frames + AROUND],
        )
        for event, clip in spoken[:most]
    )


LENGTHS = ("6m30s", "9m", "15m")


def test_one_script_at_three_lengths_is_exact_and_spoken_once(voiceguide: Run, tmp_path: Path) -> None:
    asked = [part for length in LENGTHS for part in ("--length", length)]
    script = ROUTINES / "bedtime-unwind.md"
    arguments = ("-o", "b.mp3", "--report", "r.json", "--voice", "system")
    result = voiceguide("render", script, *asked, *arguments)
    assert result.returncode == 0, result.stderr
    reports = [json.loads((tmp_path / f"r-{length}.json").read_text()) for length in LENGTHS]
    for length, report in zip(LENGTHS, reports, strict=True):
        assert len(decoded(tmp_path / f"b-{length}.mp3")) == frames(parse_duration(length))
        assert report["timeline"]["frames"] == frames(parse_duration(length))
    total = sum(reports[0]["run"]["lines"].values())
    assert [report["run"]["lines"] for report in reports[1:]] == [{"spoken": 0, "from_cache": total}] * 2
    shares = {length: report["timeline"]["fit"]["share"] for length, report in zip(LENGTHS, reports, strict=True)}
    assert shares["6m30s"] < 0 < shares["15m"]
    assert reports[0]["timeline"]["fit"]["left_out"][:1] == ["Temples"]
    assert reports[2]["timeline"]["fit"]["left_out"] == []
