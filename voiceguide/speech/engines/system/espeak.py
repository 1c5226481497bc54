"""Finds eSpeak NG's library and data, and lists the voices in the data.

The system's own library is used if there is one with its data, else that of the ``espeakng-loader`` wheel. Nothing
here initialises the library.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import importlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from voiceguide.errors import SpeechError
from voiceguide.languages import base_language

_SONAME = "libespeak-ng.so.1"
_WORD_GAP = 7  # espeakWORDGAP of speak_lib.h
_RATE = 1  # espeakRATE
_FEMALE = "steph"
"""The variant that serves as each language's female voice. Of twelve tried on 30 English sentences, Whisper tiny.en
understood it, f2, f3 and f5 about equally well (94.7 to 95.6% of the words), and several others far worse."""

_FIRST = {"en": "en-us"}
"""The voice for a bare language where ours differs from eSpeak's. Whisper tiny.en got 96.9% of the words of 30
sentences with en-us and 95.3% with en-gb, which is no sure difference."""


@dataclass(frozen=True, slots=True)
class Home:
    """A library with its data. ``wheel`` is the library's path if it is the wheel's, None for the system's own."""

    wheel: str | None
    data: Path
    release: str


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """A voice as eSpeak's data define it. ``inner`` is what ``espeak_SetVoiceByName`` takes."""

    name: str
    inner: str
    language: str
    serves: tuple[str, ...]
    gender: Literal["female", "male"]


@functools.cache
def home() -> Home:
    """Raises SpeechError if there is no eSpeak NG."""
    return _system() or _wheel()


def _info(library: ctypes.CDLL) -> tuple[str, str]:
    """The release, and the data folder that the library has in mind."""
    library.espeak_Info.restype = ctypes.c_char_p
    folder = ctypes.c_char_p()
    release = library.espeak_Info(ctypes.byref(folder))
    return release.decode(), os.fsdecode(folder.value or b"")


def _system() -> Home | None:
    try:
        library = ctypes.CDLL(_SONAME)
        library.espeak_ng_InitializePath(None)
        release, folder = _info(library)
    except (OSError, AttributeError):
        return None
    data = Path(folder)
    return Home(None, data, release) if (data / "phontab").is_file() else None


def _wheel() -> Home:
    try:
        import espeakng_loader

        data = Path(espeakng_loader.get_data_path())
        path = espeakng_loader.get_library_path()
        path = f"{path}.1" if Path(f"{path}.1").exists() else path
        release, _ = _info(ctypes.CDLL(path))
    except (ImportError, OSError, AttributeError, RuntimeError) as error:
        raise SpeechError(
            f"eSpeak NG, the system's voice, cannot be loaded: {error}. Install it with 'pip install espeakng-loader', "
            "or install your system's package espeak-ng."
        ) from error
    return Home(path, data, release)


def prepare() -> None:
    """Makes pyttsx3 find the library: it asks for the soname, which a library already loaded answers to."""
    wheel = home().wheel
    if wheel is not None:
        ctypes.CDLL(wheel)


def enter_data_folder() -> None:
    """Points the library at the wheel's data, for a process of ours that speaks one line.

    By a relative path, because eSpeak cuts a path off after 160 bytes and then finds nothing.
    """
    found = home()
    if found.wheel is not None:
        os.chdir(found.data.parent)
        os.environ["ESPEAK_DATA_PATH"] = found.data.name


def settle(rate: int, gap: int) -> None:
    """Sets the gap between words and waits until eSpeak's thread has taken all settings. Raises SpeechError."""
    driver = importlib.import_module("pyttsx3.drivers._espeak")
    driver.SetParameter(_WORD_GAP, gap, 0)
    driver.Synchronize()
    current = driver.dll.espeak_GetParameter(_RATE, 1)
    if current != rate:
        raise SpeechError(f"eSpeak NG speaks at {current} words a minute instead of {rate}")


@functools.cache
def voices() -> tuple[LanguageFile, ...]:
    """Every language of the data, by language; in each one the preferred voice first, and after it its female form.

    A language without a dictionary, which could say nothing, is left out.
    """
    data = home().data
    dictionaries = {path.name for path in data.glob("*_dict")}
    female = (data / "voices" / "!v" / _FEMALE).is_file()
    found: dict[str, tuple[tuple[str, int, str], LanguageFile]] = {}
    for path in sorted((data / "lang").rglob("*")):
        tags, dictionary = _definition(path) if path.is_file() else ([], "")
        if not tags or dictionary not in dictionaries:
            continue
        tag, base = tags[0][0], base_language(tags[0][0])
        name = path.name.lower() if tag in found else tag
        priority = min((number for other, number in tags if other == base), default=99)
        rank = (base, 0 if _FIRST.get(base) == tag else priority, name)
        inner = path.relative_to(data / "lang").as_posix()
        serves = tuple(other for other, _ in tags[1:])
        found[name] = (rank, LanguageFile(name, inner, tag, serves, "male"))
    ordered = [voice for _, voice in sorted(found.values(), key=lambda item: item[0])]
    return tuple(form for voice in ordered for form in _forms(voice, female=female))


def _forms(voice: LanguageFile, *, female: bool) -> tuple[LanguageFile, ...]:
    if not female:
        return (voice,)
    variant = f"+{_FEMALE}"
    return (voice, replace(voice, name=voice.name + variant, inner=voice.inner + variant, gender="female"))


def _definition(path: Path) -> tuple[list[tuple[str, int]], str]:
    """A voice file's language tags with their priorities (lower is better, 5 if not said), and its dictionary's name:
    the one it gives, else its base language."""
    tags = []
    dictionary = ""
    for row in path.read_bytes().split(b"\n"):
        if row.startswith((b"language", b"dictionary")):
            key, *words = row.decode("ascii", errors="replace").split()
            if key == "language" and words:
                tags.append((words[0].lower(), int(words[1]) if words[1:] and words[1].isdigit() else 5))
            elif key == "dictionary" and words:
                dictionary = words[0]
    return tags, f"{dictionary or base_language(tags[0][0] if tags else '')}_dict"


@functools.cache
def version(inner: str) -> str:
    """The release and a fingerprint of the data that a voice reads."""
    found = home()
    name, _, variant = inner.partition("+")
    definition = found.data / "lang" / name
    digest = hashlib.sha256()
    files = [found.data / part for part in ("phontab", "phondata", "phonindex", "intonations")]
    # English too: eSpeak falls back to it for words in Latin letters
    files += [definition, found.data / _definition(definition)[1], found.data / "en_dict"]
    files += [found.data / "voices" / "!v" / variant] if variant else []
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return f"{found.release} {digest.hexdigest()[:16]}"
