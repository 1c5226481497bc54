"""Words understood in finished sessions: ``python -m tests.benchmarks.heard [VOICE…] [--pack NAME…]``.

Renders every routine of the packs as an MP3, cuts it where the plan says that a line is heard, with what else sounds at
that time, and counts the words that a recogniser hears (``voices`` says which). Lines of one or two words, and those
that count, are told apart: a recogniser is given nothing to expect of them. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np

import voiceguide
from tests.benchmarks.voices import listener
from tests.support.listening import AROUND, recognised, words
from voiceguide.speech.recognition import Recogniser
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE

_SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
_COUNTS = {
    *[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "and",
    ]
}
_FEW = 2  # words


def _decoded(path: Path) -> Any:
    """A file as one channel, float32 at 44.1 kHz."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path)]
    raw = subprocess.run(
        [*command, "-ac", "1", "-ar", str(SAMPLE_RATE), "-f", "f32le", "-"], check=True, capture_output=True
    )
    return np.frombuffer(raw.stdout, np.float32)


def _lines(events: tuple[Event, ...]) -> Iterator[tuple[str, str, Event]]:
    """Each line's kind, the words that are said, and the event."""
    for event in events:
        if event.kind != "speech":
            continue
        text = event.spoken or event.text or ""
        said = words(text)
        if said:
            single = len(said) <= _FEW or all(word in _COUNTS for word in said)
            yield "single" if single else "sentence", text, event


def measured(script: Path, voice: str, ear: Recogniser) -> tuple[Counter[str], Counter[str], list[str]]:
    """For each kind of line the words that were said and those that were heard, and the lines that were misheard."""
    said, heard, missed = Counter[str](), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder, voiceguide.plan(script, voice=voice) as session:
        path = Path(folder) / "session.mp3"
        session.render(path)
        sound = np.pad(_decoded(path), AROUND)
        for kind, text, event in _lines(session.timeline.events):
            count = len(words(text))
            understood = recognised(ear, text, sound[event.start : event.end + 2 * AROUND])
            said[kind] += count
            heard[kind] += understood
            if understood < count:
                missed.append(f"{understood}/{count} {text}")
    return said, heard, missed


def _share(heard: int, said: int) -> str:
    return f"{heard / said:.1%}".replace("%", " %") if said else "–"


_PACKS = ["breathing", "deep-rest", "expecting", "facial-massage", "for-two", "head-and-hands", "stretching"]
"""Those in English, which is the language of the voices and of the recogniser."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("voices", nargs="*", default=["heart", "system"])
    parser.add_argument("--pack", nargs="*", default=_PACKS)
    options = parser.parse_args()
    print("| voice | routine | words in sentences | understood | counting, single words | understood |")
    print("|---|---|---:|---:|---:|---:|")
    with listener() as ear:
        for voice in options.voices:
            for script in sorted(path for pack in options.pack for path in (_SCRIPTS / pack).glob("*.md")):
                said, heard, missed = measured(script, voice, ear)
                cells = [str(said["sentence"]), _share(heard["sentence"], said["sentence"])]
                cells += [str(said["single"]), _share(heard["single"], said["single"])]
                print(f"| `{voice}` | {script.stem} | {' | '.join(cells)} |", flush=True)
                for line in missed:
                    print("   ", line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
