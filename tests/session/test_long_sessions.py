"""An hour: in the memory of ten minutes, and on the beat to the end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import signal

from tests.support.command_line import Run
from tests.support.paths import ROOT
from voiceguide.audio.stream import Samples
from voiceguide.encoder.decoding import decode
from voiceguide.sounds import library
from voiceguide.sounds.breath_cues import breath_cue
from voiceguide.timeline import BreathCue
from voiceguide.units import SAMPLE_RATE

MINUTE = """# Minute {minute}
Let your hands rest on your cheeks. [pause 3s] Feel their warmth. [pause 3s]
Stroke along the jaw, up to the ears. [pause 4s] And once more. [pause 4s]
[breathe 5.5-5.5 x1 words all]
Let your shoulders sink. [pause 3s] Minute {minute} is over.
[within 15s]
[chime bowl]
[end]
"""


def _rendered(minutes: int, folder: Path) -> tuple[dict[str, Any], int]:
    """The report of a session of so many minutes, and the peak memory of the process in KiB."""
    text = "---\nvoice: system\nbed: brown\n---\n" + "\n".join(MINUTE.format(minute=n) for n in range(1, minutes + 1))
    (folder / f"{minutes}.md").write_text(text)
    code = (
        "import resource, sys\n"
        "import voiceguide.cli as cli\n"
        "try:\n    cli.main(sys.argv[1:])\n"
        "finally:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    arguments = ("render", f"{minutes}.md", "-o", f"{minutes}.mp3", "--report", f"{minutes}.json", "-q")
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=3500,
    )
    return json.loads((folder / f"{minutes}.json").read_text()), int(result.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="measures memory by getrusage")
@pytest.mark.timeout(7200)
def test_an_hour_needs_no_more_memory_than_ten_minutes_and_ends_on_the_beat(tmp_path: Path) -> None:
    """Within a tenth, some 10 MB: of 50 minutes more, neither the samples (1,000 MB) nor the MP3 (48 MB) are held."""
    short, short_memory = _rendered(10, tmp_path)
    long, long_memory = _rendered(66, tmp_path)
    assert long["timeline"]["seconds"] > 3600
    assert long_memory < 1.1 * short_memory
    assert long["loudness_lufs"] == pytest.approx(short["loudness_lufs"], abs=0.2)

    chime = [event for event in long["timeline"]["events"] if event["kind"] == "chime"][-1]
    off, frames = _stands_off(tmp_path / "66.mp3", library.samples("bowl"), round(chime["start"] * SAMPLE_RATE))
    assert frames == long["timeline"]["frames"]
    assert off <= SAMPLE_RATE // 1000


def _stands_off(path: Path, sound: Samples, start: int) -> tuple[int, int]:
    """By how many frames a sound stands off its place in a file, and how long the file is."""
    wanted = sound.mean(axis=1)
    reach = SAMPLE_RATE // 20
    heard, frames, first = np.zeros(0, np.float32), 0, 0
    for block in decode(path):
        if frames + len(block) > start - reach and frames < start + len(wanted) + reach:
            heard = np.concatenate((heard, block.mean(axis=1)))
            first = frames + len(block) - len(heard)
        frames += len(block)
    match = signal.correlate(heard, wanted, mode="valid", method="fft")
    return abs(first + int(np.argmax(match)) - start), frames


def test_breathing_ends_on_the_beat_though_no_phase_is_a_whole_number_of_frames(
    voiceguide: Run, tmp_path: Path
) -> None:
    """Were each phase rounded by itself, 240 of them would end 2 ms late."""
    (tmp_path / "breath.md").write_text("[breathe 5.123-4.877 x120 words none]\n")
    result = voiceguide("render", "breath.md", "-o", "b.flac", "--report", "r.json")
    assert result.returncode == 0, result.stderr
    events = json.loads((tmp_path / "r.json").read_text())["timeline"]["events"]
    breaths = [event for event in events if event["kind"] == "breath"]
    assert len(breaths) == 240
    last = 1 + 119 * 10 + 5.123  # by the script's own numbers, after the session's second of quiet
    assert breaths[-1]["start"] == pytest.approx(last, abs=0.5 / SAMPLE_RATE)
    cue = breath_cue(
        BreathCue("plain", "out", round(4.38 * SAMPLE_RATE))
    )  # nine tenths, in whole hundredths of a second
    off, frames = _stands_off(tmp_path / "b.flac", cue, round(last * SAMPLE_RATE))
    assert off <= 1
    assert frames == (1 + 1200 + 2) * SAMPLE_RATE
