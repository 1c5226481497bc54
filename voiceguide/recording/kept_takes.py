"""The takes that a person recorded line by line, kept so that another one can be chosen later.

Each lies in a folder for its line, as it was recorded, with its judgement beside it. Which one is chosen is not written
down: it is the one whose clip the recorded voice holds.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from voiceguide.atomic import write_bytes, write_text
from voiceguide.errors import SoundError
from voiceguide.recording.judging import Judgement, judged
from voiceguide.recording.phrases import Phrase
from voiceguide.recording.sheet import Sheet, SheetLine
from voiceguide.recording.takes import opened
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.engines.recorded.voices import RecordedVoice, recorded, words_of
from voiceguide.speech.recognition import Recogniser
from voiceguide.units import SAMPLE_RATE

MOST_TAKES = 20
"""Takes of a line that are kept; of more, the oldest that is not chosen goes."""

LONGEST = 90.0
"""Seconds that a take of one line lasts at most."""

_KEY = re.compile(r"[0-9]{13}-[0-9a-f]{12}")
_RATES = range(8_000, 192_001)  # Hz


@dataclass(frozen=True, slots=True)
class KeptTake:
    """A take of a line: its key, when it was recorded (seconds since 1970), its judgement, and the SHA-256 of the file
    that a recorded voice keeps of it; empty when it cannot be a recording."""

    key: str
    at: float
    judgement: Judgement
    sha256: str

    def is_chosen(self, voice: RecordedVoice, text: str) -> bool:
        """Whether the voice says the line with this take."""
        recording = voice.recording(text)
        return recording is not None and recording.sha256 == self.sha256


class KeptTakes:
    """The takes of one voice, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, data: bytes, line: SheetLine, sheet: Sheet, recogniser: Recogniser | None) -> KeptTake:
        """Keeps and judges a take of a line: the bytes of a WAV file of one channel. Raises SoundError and
        OutputError."""
        flac = _flac(data)
        key = f"{round(time.time() * 1000):013d}-{hashlib.sha256(flac).hexdigest()[:12]}"
        path = self._place(line.text) / f"{key}.flac"
        write_bytes(path, flac)
        try:
            judgement, clip = judged(path, line.number, sheet, recogniser)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        sha256 = "" if clip is None else recorded(line.text, clip)[0].sha256
        document = {"text": line.text, "sha256": sha256, "judgement": asdict(judgement)}
        write_text(path.with_suffix(".json"), json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        return _kept(path, document)

    def of(self, text: str) -> tuple[KeptTake, ...]:
        """The takes of a line, the oldest first."""
        found = []
        with suppress(OSError):
            for path in sorted(self._place(text).glob("*.flac")):
                with suppress(OSError, ValueError, KeyError, TypeError):  # one that was not kept whole
                    found.append(_kept(path, json.loads(path.with_suffix(".json").read_text("utf-8"))))
        return tuple(found)

    def path(self, text: str, key: str) -> Path | None:
        """The file of a take; None when there is none."""
        path = self._place(text) / f"{key}.flac"
        return path if _KEY.fullmatch(key) and path.is_file() else None

    def clip(self, text: str, key: str) -> NDArray[np.float32] | None:
        """The line as a session has it, ``(frames,)`` at 44.1 kHz; None when there is no such take, or it cannot be
        one."""
        path = self.path(text, key)
        take = next((take for take in self.of(text) if take.key == key), None)
        if path is None or take is None or not take.judgement.useful:
            return None
        with opened(path) as sound:
            utterance = Utterance(sound.sound(Phrase(*take.judgement.stretch)), SAMPLE_RATE)
        return make_clip(utterance, text, 1.0)

    def remove(self, text: str, key: str) -> None:
        """Removes a take; a voice that has it keeps its clip."""
        path = self.path(text, key)
        for each in (path, path.with_suffix(".json")) if path else ():
            with suppress(OSError):
                each.unlink()

    def prune(self, text: str, voice: RecordedVoice) -> None:
        """Removes the oldest takes of a line beyond :data:`MOST_TAKES`, but not the chosen one."""
        takes = self.of(text)
        others = [take for take in takes if not take.is_chosen(voice, text)]
        for take in others[: max(0, len(takes) - MOST_TAKES)]:
            self.remove(text, take.key)

    def _place(self, text: str) -> Path:
        return self._folder / hashlib.sha256(words_of(text).encode()).hexdigest()[:32]


def _kept(path: Path, document: Any) -> KeptTake:
    """Raises KeyError, TypeError or ValueError."""
    told = document["judgement"]
    judgement = Judgement(**{**told, "faults": tuple(told["faults"]), "stretch": tuple(told["stretch"])})
    return KeptTake(path.stem, int(path.stem.partition("-")[0]) / 1000, judgement, str(document["sha256"]))


def _flac(data: bytes) -> bytes:
    """A recorded WAV file as FLAC of 24 bits. Raises SoundError."""
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            rate, seconds = file.samplerate, len(file) / file.samplerate
            if file.format != "WAV" or file.channels != 1 or rate not in _RATES or not 0 < seconds <= LONGEST:
                raise SoundError(f"A take is a WAV file of one channel, and lasts {LONGEST:g} seconds at most.")
            samples = file.read(dtype="float32")
    except (OSError, soundfile.LibsndfileError) as error:
        raise SoundError("What was recorded is no sound that can be read.") from error
    flac = io.BytesIO()
    soundfile.write(flac, np.clip(samples, -1.0, 1.0), rate, format="FLAC", subtype="PCM_24")
    return flac.getvalue()
