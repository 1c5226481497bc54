"""``voiceguide play`` as a person meets it: every key in a terminal, plain lines without one, and what goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.command_line import Run
from tests.support.paths import ROOT
from tests.support.waiting import HANGS, until
from voiceguide.playing.device import VARIABLE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
if sys.platform != "win32":
    from tests.support.terminal import terminal

ROWS = 11
SCRIPT = """---
title: Evening
voice: silent
---
# Arrive
Sit down. [pause 5m]
Close your eyes. [pause 5m]

# Breathe
Breathe with me. [breathe 4-6 x30 words none]
"""
SHORT = """---
title: Short
voice: system
language: en
bed: brown
---
# One
Sit down.

# Two
Rest.
"""
SILENT = {VARIABLE: "none"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "evening.md").write_text(SCRIPT)
    (tmp_path / "short.md").write_text(SHORT)
    return tmp_path


def test_every_key_does_what_the_display_says(folder: Path) -> None:
    with terminal(folder, "play", "evening.md", **SILENT) as there:
        for keys, shown in (
            ("", "Sit down."),
            (" ", "paused"),
            ("\x1b[C", " 0:27 "),  # a long step is gone through in pieces
            ("\x1b[D", " 0:00 "),
            ("\x1b[B", "Breathe (2 of 2)"),
            (" ", "breath 1 of 30"),
            (" ", "paused"),
            ("\x1b[A\x1b[A", "Arrive (1 of 2)"),
            ("-", "bed -2 dB"),
            ("]", "voice +2 dB"),
            ("[[", "voice -2 dB"),
            ("+=", "bed +2 dB"),
            ("t", "ends in 5 min"),
            ("t", "ends in 10 min"),
            ("T", "ends in 20 min"),
        ):
            there.type(keys)
            there.until(shown, ROWS)
        assert there.mode() != there.before
        there.type("?q")
        assert there.wait() == 0
        assert there.mode() == there.before
        until(lambda: "To go on there: --from 0:" in there.text)
        assert there.written.rindex("\x1b[?25h") > there.written.rindex("\x1b[?25l"), "the cursor is back"


@pytest.mark.parametrize("how", ["Ctrl-C", "SIGTERM", "SIGHUP"])
def test_it_ends_softly_and_puts_the_terminal_back(how: str, folder: Path) -> None:
    with terminal(folder, "play", "evening.md", "--chapter", "2", "--sleep", "20m", **SILENT) as there:
        there.until("breath 1 of 30", ROWS)
        there.until("ends in 20 min", ROWS)
        if how == "Ctrl-C":
            there.type("\x03")
        else:
            there.process.send_signal(getattr(signal, how))
        assert there.wait() == 0
        assert there.mode() == there.before
        assert "Traceback" not in there.text


def test_a_narrow_terminal_without_colour(folder: Path) -> None:
    with terminal(folder, "play", "evening.md", "--from", "1m", size=(20, 36), NO_COLOR="1", **SILENT) as there:
        there.until("1:01", 13)
        rows = [row for row in there.text.replace("\r", "").split("\n") if "Sit down" in row or "left" in row]
        assert rows
        assert max(map(len, rows)) <= 36
        assert "\x1b[3" not in there.written
        there.type("qq")
        assert there.wait() == 0


def test_a_saved_change_is_heard_and_a_mistake_is_told(folder: Path) -> None:
    script = folder / "evening.md"
    with terminal(folder, "play", "evening.md", "--watch", **SILENT) as there:
        there.until("Sit down.", ROWS)
        script.write_text(SCRIPT.replace("Breathe with me.", "Breathe with the waves."))
        there.until("Breathe with the waves.", ROWS)
        script.write_text(SCRIPT.replace("[pause 5m]", "[puase 5m]"))
        until(lambda: "unknown cue 'puase' (did you mean 'pause'?)" in there.text)
        until(lambda: "What was heard before goes on" in there.text)
        script.write_text(SCRIPT.replace("Close your eyes.", "Let your eyes close."))
        there.until("Let your eyes close.", ROWS)
        there.type("qq")
        assert there.wait() == 0


def test_without_a_terminal_there_are_plain_lines_and_the_sound_of_the_file(voiceguide: Run, folder: Path) -> None:
    rendered = voiceguide("render", "short.md", "-o", "short.flac", "-q")
    assert rendered.returncode == 0, rendered.stderr
    result = voiceguide("play", "short.md", **{VARIABLE: "heard.wav"})
    assert (result.returncode, result.stderr) == (0, "")
    assert [line.split(maxsplit=1)[1] for line in result.stdout.splitlines()] == ["One", "Sit down.", "Two", "Rest."]
    heard, _ = soundfile.read(folder / "heard.wav", dtype="float32")
    expected, _ = soundfile.read(folder / "short.flac", dtype="float32")
    assert np.corrcoef(heard[: len(expected), 0], expected[:, 0])[0, 1] > 0.999
    assert np.abs(heard[: len(expected)] - expected).max() < 1e-5


def test_an_audio_file_is_heard_from_a_chapter_on(voiceguide: Run, folder: Path) -> None:
    voiceguide("render", "short.md", "-o", "short.mp3", "-q")
    result = voiceguide("play", "short.mp3", "--chapter", "tw", **SILENT)
    assert result.returncode == 0, result.stderr
    assert [line.split(maxsplit=1)[1] for line in result.stdout.splitlines()] == ["Two", "Rest."]


def test_with_q_nothing_is_shown(voiceguide: Run, folder: Path) -> None:
    result = voiceguide("play", "short.md", "-q", "--sleep", "1s", **SILENT)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_reader_that_goes_away_ends_it_with_a_sentence(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "voiceguide", "play", "short.md"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **SILENT},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read().decode()
    assert process.wait(HANGS) == 1
    assert told.startswith("Playing has ended, because the program that reads its output was closed.")
    assert told.count("\n") == 1
    process.stderr.close()


def test_a_missing_extra_and_a_wrong_device_are_told(voiceguide: Run, folder: Path) -> None:
    (folder / "without").mkdir()
    (folder / "without" / "miniaudio.py").write_text("raise ImportError('not here')")
    missing = voiceguide("play", "short.md", PYTHONPATH=f"{folder / 'without'}{os.pathsep}{ROOT}")
    assert missing.returncode == 1
    assert missing.stderr.startswith("Playing needs the extra 'play'")
    assert voiceguide("play", "short.md", **{VARIABLE: "loud"}).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("gone.md",), 1, "there is no such file"),
        (("gone.mp3",), 1, "There is no sound file gone.mp3."),
        (("evening.md", "--chapter", "breth"), 2, "There is no chapter 'breth' (did you mean 'Breathe'?)."),
        (("evening.md", "--chapter", "3"), 2, "There is no chapter 3: there are 2."),
        (("evening.md", "--from", "20m"), 2, "There is nothing to hear from there on: it lasts"),
        (("evening.md", "--from", "20"), 2, "'20' needs a unit"),
        (("evening.md", "--sleep", "0s"), 2, "--sleep needs a time"),
        (("evening.md", "--length", "9m", "--length", "8m"), 2, "give --length once"),
        (("short.mp3", "--watch"), 2, "--watch is for scripts"),
        (("evening.md", "--voice", "nobody"), 1, "There is no voice 'nobody'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_played_is_told(
    arguments: tuple[str, ...], status: int, message: str, voiceguide: Run, folder: Path
) -> None:
    result = voiceguide("play", *arguments, **SILENT)
    assert result.returncode == status
    assert message in result.stderr
    assert "Traceback" not in result.stderr
