"""A pack of long sessions: real timelines, silent sound."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

from tests.publish.published import timeline
from tests.publish.visits import Pack, session
from voiceguide.publish.manifest import Manifest, Week

SCRIPTS = {
    "resonant": "# Resonant\n\nBreathe with the tones.\n\n[breathe resonant for 4m words none]\n\n# End\n\nGood.\n",
    "box-3m": "# Box\n\nBreathe with me. [breathe box x11 words none]\n",
    "box-2m": "# Box\n\nBreathe with me. [breathe box x7 words none]\n",
    "still": "# Still\n\nRest. [pause 100s]\n\nNow hold. [hold 70s]\n\nGood.\n",
}
RATE = 4000  # Hz: silence needs no more


def silence(path: Path, seconds: float) -> None:
    with wave.open(str(path), "wb") as written:
        written.setparams((1, 1, RATE, 0, "NONE", ""))
        written.writeframes(b"\x80" * int(RATE * seconds))


def long_pack(folder: Path) -> Pack:
    """A published pack of the scripts."""
    sessions, timelines = [], {}
    for name, script in SCRIPTS.items():
        timelines[name] = timeline(script)
        seconds = timelines[name]["seconds"]
        silence(folder / f"{name}.wav", seconds)
        made = session(folder, name, name.partition("-")[0].title(), f"{name}.wav", seconds=seconds)
        sessions.append(replace(made, script=name.partition("-")[0]))
    weeks = (Week("Learn", ("still", "box-2m"), 1),)
    made_pack = Pack(folder, Manifest("Long ones", "", "Ada", "en", None, None, tuple(sessions), weeks), timelines)
    made_pack.write(folder)
    return made_pack


def breaths(pack: Pack, name: str = "resonant") -> list[float]:
    return [row["start"] for row in pack.timelines[name]["events"] if row["kind"] == "breath" and row["phase"] == "in"]
