"""Piper's collection of voices on the internet, from which Piper's own downloader fetches them.

A voice is downloaded into a temporary folder, verified, and then moved in.
"""

from __future__ import annotations

import hashlib
import json
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from voiceguide.errors import SpeechError, did_you_mean, printable
from voiceguide.progress import ReportStage
from voiceguide.speech.engines.download import Added, counting, keeping, reaching, scratch
from voiceguide.speech.engines.piper.engine import piper_module
from voiceguide.speech.engines.piper.voices import HINT, NAME, SAMPLES, Model, model_at, models, piper_release
from voiceguide.speech.voice_folders import new_voice_folder

_CARD = "MODEL_CARD"
_LARGEST_CARD = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice of the collection: its model's size in bytes and MD5 (hex), and its card's path, if it has one."""

    name: str
    size: int
    md5: str
    card: str

    @property
    def short(self) -> str:
        match = NAME.fullmatch(self.name)
        return match["short"] if match else ""


def add(name: str, progress: ReportStage) -> Added:
    """Downloads a voice of the collection by its full or short name unless it is installed.

    A new one is put into the first folder that the user names for voices, else into voiceguide's own; a damaged one is
    replaced. Raises SpeechError for a name of no voice or of several, if the collection cannot be reached, and if the
    download is no voice; OutputError if it cannot be written.
    """
    wanted = name.strip().removeprefix("piper:").partition("#")[0]
    if piper_release() is None:
        raise SpeechError(f"Voices are fetched by Piper, which is not installed yet. {HINT}")
    if (there := _installed(wanted)) and not there.fault:
        return _added(there, new=False)
    collection = piper_module("piper.download_voices")
    with reaching(collection.VOICES_JSON, "Piper's voices", "its two files, NAME.onnx and NAME.onnx.json,"):
        with counting(lambda done: None):
            offer = _named(_offers(collection.VOICES_JSON), wanted)
        there = _installed(offer.name)
        if there and not there.fault:
            return _added(there, new=False)
        base = there.path.parent if there else new_voice_folder()
        with scratch(base, offer.name, offer.size, progress) as folder:
            if (fetched := _installed(offer.name)) and not fetched.fault:  # by another process, meanwhile
                return _added(fetched, new=False)
            _fetch(collection, offer, folder, progress)
            _verify(offer, folder)
            _move_in(offer, folder, base if there else base / offer.name)
    added = _installed(offer.name)
    assert added is not None
    return _added(added, new=True)


def _added(model: Model, *, new: bool) -> Added:
    return Added(model.full_name, tuple(model.voices()), new)


def _installed(name: str) -> Model | None:
    return next((model for model in models() if model.path.stem.casefold() == name.casefold()), None)


def _offers(address: str) -> tuple[Offer, ...]:
    """The voices of the collection, in its order. Raises OSError, HTTPException, and SpeechError for an invalid
    list."""
    with urllib.request.urlopen(address) as answer:
        content = answer.read()
    offers: list[Offer] = []
    with suppress(ValueError, AttributeError, RecursionError):
        for name, described in json.loads(content).items():
            with suppress(ValueError, KeyError, TypeError, AttributeError):  # a malformed row is left out
                if NAME.fullmatch(name):
                    offers.append(_offer(name, described["files"]))
    if not offers:
        raise SpeechError(
            f"The list of Piper's voices at {address} cannot be understood. Please try again later, or with a newer "
            "release of voiceguide."
        )
    return tuple(offers)


def _offer(name: str, files: Mapping[str, Mapping[str, Any]]) -> Offer:
    (model,) = (described for path, described in files.items() if path.endswith(f"/{name}.onnx"))
    card = next((path for path in files if path.endswith(f"/{_CARD}")), "")
    return Offer(name, int(model["size_bytes"]), str(model["md5_digest"]), card)


def _named(offers: tuple[Offer, ...], wanted: str) -> Offer:
    """The one voice of a name: ``de_DE-thorsten-medium``, or ``thorsten`` if there is but one."""
    name = wanted.casefold()
    for offer in offers:
        if offer.name.casefold() == name:
            return offer
    found = [offer for offer in offers if name and offer.short.casefold() == name]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(offer.name for offer in found)
        raise SpeechError(f"There are {len(found)} voices '{wanted}': {names}. Please write one of these names.")
    known = {offer.name if "-" in name or "_" in name else offer.short for offer in offers}
    raise SpeechError(
        f"Piper's collection has no voice '{printable(wanted)}'{did_you_mean(wanted, sorted(known - {''}))}. "
        f"All of its voices can be heard at {SAMPLES}"
    )


def _fetch(collection: Any, offer: Offer, scratch: Path, progress: ReportStage) -> None:
    """Fetches a voice into a folder. Raises OSError and HTTPException."""
    progress("Fetching", 0, offer.size)
    with counting(lambda done: progress("Fetching", min(done, offer.size), offer.size)):
        collection.download_voice(offer.name, scratch)
    with suppress(OSError, HTTPException), counting(lambda done: None):  # the card is optional
        with urllib.request.urlopen(urljoin(collection.VOICES_JSON, offer.card)) as answer:
            card = answer.read(_LARGEST_CARD)
        (scratch / _CARD).write_bytes(card)


def _verify(offer: Offer, scratch: Path) -> None:
    """Raises SpeechError if the download is not the voice, or the voice cannot be used."""
    model = scratch / f"{offer.name}.onnx"
    with model.open("rb") as file:  # not of the description, which is sometimes corrected without an update of the list
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    found = model_at(model)
    if digest != offer.md5 or found is None or str(scratch) in found.fault:
        raise SpeechError(f"The voice {offer.name} came damaged, and was left out. Please try again.")
    if found.fault:
        raise SpeechError(found.fault)


def _move_in(offer: Offer, scratch: Path, folder: Path) -> None:
    """Moves a voice into its folder, the description last, since without it a model is no voice yet."""
    with keeping(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in (_CARD, f"{offer.name}.onnx", f"{offer.name}.onnx.json"):
            if (scratch / name).exists():
                (scratch / name).replace(folder / name)
