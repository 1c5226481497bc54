"""A long take, read by the neural voice with slips, coughs, a repeated and a skipped line, becomes a recorded voice.

What is here costs the recogniser's time once; rules that need no ears are tested beside their modules.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from scipy import signal

from tests.recording.reader import JOE, RATE, Reader
from tests.support.audio import decoded
from tests.support.command_line import Run
from tests.support.listening import AROUND, Understanding, understanding
from tests.support.waiting import HANGS
from voiceguide.audio.loudness import clip_loudness
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.recording.sheet import sheet
from voiceguide.recording.takes import opened
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script
from voiceguide.speech import Studio
from voiceguide.timeline import Line

SCRIPT = """---
title: Warm hands
bed: rain
pronounce: {gua sha: gwah shah}
---
Let your eyes close, and rest your hands in your lap.
[breathe 4-6 x2]
Warm some face oil between your palms.
[each left, right]
Slide slowly along the {each} side of your jaw.
[end]
Hold the gua sha stone flat. Stroke down to the collarbone, as light as a coin.
Lay your palms over your eyes, without any pressure. [hold 6s count]
Bring your fingertips to your temples.
Stretch your arms, and open your eyes.
"""
LINES = (
    "Let your eyes close, and rest your hands in your lap.",
    "Breathe in",
    "Breathe out",
    "Warm some face oil between your palms.",
    "Slide slowly along the left side of your jaw.",
    "Slide slowly along the right side of your jaw.",
    "Hold the gua sha stone flat.",
    "Stroke down to the collarbone, as light as a coin.",
    "Lay your palms over your eyes, without any pressure.",
    *("one", "two", "three", "four", "five", "six"),
    "Bring your fingertips to your temples.",
    "Stretch your arms, and open your eyes.",
)
SKIPPED, MISREAD, REPEATED = LINES[7], LINES[16], LINES[3]
SLIP = "Let your eyes close, and rest your, er."
WRONG = "Stretch your legs, and open your eyes."


def _read_aloud(path: Path) -> Reader:
    reader = Reader(noise=-60.0)
    reader.say(SLIP, rest=0.7).say(LINES[0]).cough()
    reader.say(*LINES[1:4]).cough(0.5).say(LINES[3])
    reader.say(LINES[4], rest=0.08).say(*LINES[5:7])  # two lines without a rest between them
    reader.say(*LINES[8:15], rest=0.7).cough().say(LINES[15]).say(WRONG)
    reader.take(path)
    return reader


@dataclass(frozen=True)
class Imported:
    folder: Path
    reader: Reader
    said: str
    environment: dict[str, str]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    import os
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("warm")
    (folder / "warm.md").write_text(SCRIPT, "utf-8")
    reader = _read_aloud(folder / "take.flac")
    environment = {"XDG_DATA_HOME": str(folder / "data")}
    command = [sys.executable, "-W", "error", "-m", "voiceguide", "voices", "import", "Anna", "--script", "warm.md"]
    result = subprocess.run(
        [*command, "take.flac"],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return Imported(folder, reader, result.stdout, environment)


@pytest.fixture
def again(imported: Imported, voiceguide: Run, tmp_path: Path) -> Run:
    """The command line once more, with the script and a copy of the voice."""
    import shutil

    shutil.copytree(imported.folder / "data", tmp_path / "data")
    (tmp_path / "warm.md").write_text(SCRIPT, "utf-8")
    return lambda *arguments, **options: voiceguide(*arguments, XDG_DATA_HOME=str(tmp_path / "data"), **options)


def _recordings(folder: Path) -> dict[str, Any]:
    table = json.loads((folder / "data" / "voiceguide" / "voices" / "anna" / "recordings.json").read_text("utf-8"))
    return {
        row["text"]: soundfile.read(folder / "data/voiceguide/voices/anna" / row["file"])[0] for row in table["lines"]
    }


def test_the_sheet_has_each_line_once_as_it_is_written(imported: Imported) -> None:
    routine = read_script(imported.folder / "warm.md", SessionOptions()).routine
    assert tuple(line.text for line in sheet(routine, SessionOptions(), None).lines) == LINES


def test_the_report_names_what_is_missing_and_what_is_misread_with_its_time(imported: Imported) -> None:
    said = imported.said
    assert said.startswith("recorded:Anna: 15 of 17 lines are recorded.\n")
    assert f"line 8 (warm.md:12:30): “{SKIPPED}”" in said
    found = re.search(r"line 17, take.flac at (\d+):(\d+\.\d): “Stretch your arms, and open your eyes.”", said)
    assert found
    assert int(found[1]) * 60 + float(found[2]) == pytest.approx(imported.reader.times[WRONG][0], abs=0.1)
    assert "heard: “Stretch your legs" in said
    sure, _, doubtful = said.partition("These are doubtful")
    assert sure.count("  line ") == 2
    assert all("gua sha" in row for row in doubtful.splitlines() if row.startswith("  line "))
    assert "import the same take again with its number: --accept 17" in said


def test_every_other_line_is_there_cut_where_it_was_read_for_the_last_time(imported: Imported) -> None:
    found = _recordings(imported.folder)
    assert set(found) == set(LINES) - {SKIPPED, MISREAD}
    with opened(imported.folder / "take.flac") as take:
        for text, clip in found.items():
            assert clip_loudness(clip.astype(np.float32)) == pytest.approx(VOICE_LOUDNESS, abs=0.6)
            assert abs(clip[0]) < 1e-4
            assert abs(clip[-1]) < 1e-3
            start = round(imported.reader.times[text][-1] * RATE)
            window = np.asarray(take.samples[start - RATE // 4 : start + len(clip) + RATE // 4])
            shape = signal.correlate(np.abs(window), np.abs(clip[: len(window)]), mode="valid", method="fft")
            assert np.argmax(shape) / RATE == pytest.approx(0.25, abs=0.06), text
            said = imported.reader.spoken_frames(text)
            assert len(clip) == pytest.approx(said, abs=0.2 * RATE), text


def test_the_session_that_is_made_of_it_can_be_understood(imported: Imported, again: Run, tmp_path: Path) -> None:
    alone = again("render", "warm.md", "--voice", "anna")
    assert alone.returncode == 1
    assert f"warm.md:12:30: error: the voice recorded:Anna could not say “{SKIPPED}”" in alone.stderr
    assert "help: record it, or let another voice say what is missing with --fallback-voice" in alone.stderr
    assert alone.stderr.count("error:") == 2
    result = again(
        "render", "warm.md", "--voice", "anna", "--fallback-voice", "joe", "-o", "a.wav", "--report", "r.json"
    )
    assert result.returncode == 0, result.stderr
    heard = _understood(tmp_path / "a.wav", tmp_path / "r.json")
    assert heard.lost <= heard.most_lost, heard
    assert heard.alone > 0.75  # far below what any machine recognises


def test_a_session_whose_bed_drowns_the_voice_would_not_pass(imported: Imported, again: Run, tmp_path: Path) -> None:
    drowned = SCRIPT.replace("bed: rain", "bed: rain\nlevels: {voice: -30dB, bed: +12dB}")
    assert drowned != SCRIPT
    (tmp_path / "warm.md").write_text(drowned, "utf-8")
    result = again(
        "render", "warm.md", "--voice", "anna", "--fallback-voice", "joe", "-o", "a.wav", "--report", "r.json"
    )
    assert result.returncode == 0, result.stderr
    heard = _understood(tmp_path / "a.wav", tmp_path / "r.json")
    assert heard.lost > 2 * heard.most_lost, heard


def _understood(audio: Path, report: Path) -> Understanding:
    """Each line as it sounds in the session, and as its reader said it before there was a take."""
    mono = decoded(audio).mean(axis=1)
    speech = [row for row in json.loads(report.read_text())["timeline"]["events"] if row["kind"] == "speech"]
    read = [Line(row["text"], JOE, 1.3, "en") for row in speech]
    spoken = Studio().speak(read, jobs=2)
    return understanding(
        (
            row["text"],
            spoken.samples(line),
            mono[max(0, round(row["start"] * RATE) - AROUND) : round(row["end"] * RATE) + AROUND],
        )
        for row, line in zip(speech, read, strict=True)
    )


def test_what_is_missing_can_be_read_later_one_file_for_each_line(
    imported: Imported, again: Run, tmp_path: Path
) -> None:
    before = _recordings(tmp_path)
    Reader().say(SKIPPED).take(tmp_path / "008.wav")
    Reader().say("Stretch your arms, and, no.", rest=0.8).say(MISREAD).take(tmp_path / "017 stretch.wav")
    result = again("voices", "import", "anna", "--script", "warm.md", "008.wav", "017 stretch.wav")
    assert result.stdout.startswith("recorded:Anna: 17 of 17 lines are recorded.\n"), result.stdout + result.stderr
    assert "Now: voiceguide render warm.md --voice anna" in result.stdout
    after = _recordings(tmp_path)
    assert set(after) == set(LINES)
    assert all(np.array_equal(after[text], clip) for text, clip in before.items())
    auto = again("plan", "warm.md", "--json")
    assert json.loads(auto.stdout)["voice"] == "recorded:Anna"  # complete, so it goes before any other


def test_a_misread_line_is_taken_when_its_reader_says_so(imported: Imported, again: Run, tmp_path: Path) -> None:
    Reader().say(WRONG).take(tmp_path / "17.wav")
    left = again("voices", "import", "Anna", "--script", "warm.md", "17.wav")
    assert "15 of 17" in left.stdout
    assert "17.wav at 0:01.0: “Stretch your arms" in left.stdout
    taken = again("voices", "import", "Anna", "--script", "warm.md", "17.wav", "--accept", "17")
    assert "16 of 17" in taken.stdout
    assert again("voices", "import", "Anna", "--script", "warm.md", "17.wav", "--accept", "18").returncode == 2


def test_a_changed_word_asks_for_one_new_recording_and_changed_signs_for_none(
    imported: Imported, again: Run, tmp_path: Path
) -> None:
    script = SCRIPT.replace(SKIPPED, "").replace("Stretch your arms, and open your eyes.", "")
    (tmp_path / "warm.md").write_text(script)
    assert again("plan", "warm.md", "--voice", "anna").returncode == 0
    (tmp_path / "warm.md").write_text(script.replace("oil between your palms.", "oil, between your palms!"))
    assert again("plan", "warm.md", "--voice", "anna").returncode == 0
    (tmp_path / "warm.md").write_text(script.replace("face oil", "face cream"))
    result = again("plan", "warm.md", "--voice", "anna")
    assert result.returncode == 1
    assert result.stderr.count("error:") == 1
    assert "“Warm some face cream between your palms.”" in result.stderr
