"""A person's recordings of lines, kept so that a line finds its own: one folder for each voice.

The folder holds a FLAC for each line, named after its content, and ``recordings.json``, which says which is whose:

    {"schema": "voiceguide.recordings/1", "name": "Anna", "language": "en", "gender": "female",
     "languages": ["de"],
     "lines": [{"text": "Rest your hands.", "file": "5f0c….flac", "sha256": "…"}]}

A line is found by its words: capitals and punctuation may change without a new recording.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, cast

from voiceguide.atomic import write_bytes, write_text
from voiceguide.errors import SpeechError
from voiceguide.languages import base_language
from voiceguide.speech.engines.engine import Voice
from voiceguide.speech.voice_folders import chosen_folders, own_folder
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCHEMA = "voiceguide.recordings/1"
TABLE = "recordings.json"
NAME = re.compile(r"[^\W_][\w -]{0,38}[^\W_]|[^\W_]")
"""What a recorded voice may be called: letters, digits, spaces, hyphens."""

LONGEST_CONSENT = 300
"""Characters of the note on what a speaker has agreed to."""

_LARGEST_TABLE = 1 << 26  # bytes
_SUBTYPE = "PCM_24"


@dataclass(frozen=True, slots=True)
class Recording:
    """One line as it was read: the text, the name of its file in the voice's folder, and that file's SHA-256."""

    text: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordedVoice:
    """A person's voice. ``recordings`` by :func:`words_of` their texts; ``fault`` as in :class:`Voice`; ``consent``:
    what the speaker has agreed to, where it was noted; ``languages``: those that it speaks besides its own."""

    folder: Path
    name: str
    language: str
    gender: Literal["female", "male"] | None = None
    recordings: Mapping[str, Recording] = field(default_factory=lambda: MappingProxyType({}))
    fault: str = ""
    consent: str = ""
    languages: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"recorded:{self.name}"

    def voice(self) -> Voice:
        size = 0
        with suppress(OSError):
            size = sum((self.folder / recording.file).stat().st_size for recording in self.recordings.values())
        return Voice(
            self.full_name,
            "recorded",
            self.language,
            self.gender,
            "recorded",
            self.languages,
            licence=self.consent or "your own",
            size=size,
            location=str(self.folder),
            fault=self.fault,
        )

    def speaking(self, language: str) -> RecordedVoice:
        """The voice with one more language, if it does not speak it yet."""
        known = map(base_language, (self.language, *self.languages))
        if base_language(language) in known:
            return self
        return replace(self, languages=(*self.languages, language))

    def speaks(self, language: str) -> bool:
        return self.speaking(language) == self

    def recording(self, text: str) -> Recording | None:
        """The recording of a line, if there is one and its file exists."""
        found = self.recordings.get(words_of(text))
        return found if found and (self.folder / found.file).is_file() else None

    def with_recording(self, text: str, samples: NDArray[np.float32]) -> RecordedVoice:
        """The voice with a line more, or a line anew; its file is written, the table not yet (:meth:`save`).

        ``samples``: ``(frames,)`` at 44.1 kHz, at most ±1. Raises OutputError.
        """
        recording, data = recorded(text, samples)
        write_bytes(self.folder / recording.file, data)
        return replace(self, recordings=MappingProxyType({**self.recordings, words_of(text): recording}))

    def save(self) -> None:
        """Writes the table, and then removes recordings that are in it no more. Raises OutputError."""
        rows = [{"text": r.text, "file": r.file, "sha256": r.sha256} for r in self.recordings.values()]
        head: dict[str, Any] = {"schema": SCHEMA, "name": self.name, "language": self.language, "gender": self.gender}
        if self.languages:
            head["languages"] = list(self.languages)
        if self.consent:
            head["consent"] = self.consent
        write_text(self.folder / TABLE, json.dumps({**head, "lines": rows}, ensure_ascii=False, indent=1) + "\n")
        kept = {recording.file for recording in self.recordings.values()}
        for path in self.folder.glob("*.flac"):
            if path.name not in kept and re.fullmatch(r"[0-9a-f]{32}\.flac", path.name):
                with suppress(OSError):
                    path.unlink()


def recorded(text: str, samples: NDArray[np.float32]) -> tuple[Recording, bytes]:
    """A line's recording, and the FLAC that it is kept as. ``samples`` as for :meth:`RecordedVoice.with_recording`."""
    import soundfile

    flac = io.BytesIO()
    soundfile.write(flac, samples, SAMPLE_RATE, format="FLAC", subtype=_SUBTYPE)
    digest = hashlib.sha256(flac.getvalue()).hexdigest()
    return Recording(text, f"{digest[:32]}.flac", digest), flac.getvalue()


def words_of(text: str) -> str:
    """A line's words alone, in small letters: what tells lines apart for a person who reads them aloud."""
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text.replace("’", "").replace("'", ""))
    return " ".join(unicodedata.normalize("NFKC", kept).casefold().split()) or text.strip()


def recorded_voices() -> tuple[RecordedVoice, ...]:
    """Every recorded voice, by name, and of a name the first one in the folders with voices."""
    found: dict[str, RecordedVoice] = {}
    for folder in (*chosen_folders(), own_folder()):
        for path in _tables(folder):
            voice = _voice(path)
            if voice is not None:
                found.setdefault(voice.name.casefold(), voice)
    return tuple(found[name] for name in sorted(found))


def _tables(folder: Path) -> Iterator[Path]:
    with suppress(OSError):  # a folder that may not be read has no voices for us
        yield from sorted((*folder.glob(TABLE), *folder.glob(f"*/{TABLE}")))


def _voice(path: Path) -> RecordedVoice | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _read(path, status.st_size, status.st_mtime_ns)


@functools.lru_cache(maxsize=32)
def _read(path: Path, size: int, changed: int) -> RecordedVoice:
    try:
        if size > _LARGEST_TABLE:
            raise ValueError("too large")
        return _described(path.parent, json.loads(path.read_bytes().decode("utf-8")))
    except OSError as error:
        fault = f"The list of recordings {path} cannot be read: {error.strerror or error}."
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        fault = (
            f"The list of recordings {path} is damaged. Put back a copy of it; or rename the folder {path.parent}, and "
            "import the recordings again."
        )
    return RecordedVoice(path.parent, path.parent.name, "und", fault=fault)


def _described(folder: Path, table: Any) -> RecordedVoice:
    """Raises one of the exceptions that :func:`_read` catches if something is missing or of a wrong kind."""
    name, language, gender = table["name"], table["language"], table.get("gender")
    if table["schema"] != SCHEMA or not NAME.fullmatch(name) or not isinstance(language, str):
        raise ValueError("another schema")
    recordings = {}
    for row in table["lines"]:
        recording = Recording(str(row["text"]), str(row["file"]), str(row["sha256"]))
        if not re.fullmatch(r"[0-9a-f]{32}\.flac", recording.file):  # nothing outside of the folder is read
            raise ValueError("not a recording's name")
        recordings[words_of(recording.text)] = recording
    if gender not in (None, "female", "male"):
        raise ValueError("no such gender")
    gender = cast("Literal['female', 'male'] | None", gender)
    languages = tuple(map(str, table.get("languages", ())))
    consent = " ".join(str(table.get("consent", "")).split())[:LONGEST_CONSENT]
    return RecordedVoice(folder, name, language, gender, MappingProxyType(recordings), "", consent, languages)


def find_recorded_voice(name: str) -> RecordedVoice:
    """The voice of a full name. Raises SpeechError if there is none, or it cannot be used."""
    for voice in recorded_voices():
        if voice.full_name == name:
            if voice.fault:
                raise SpeechError(voice.fault)
            return voice
    raise SpeechError(f"There is no voice '{name}' on this computer.")
