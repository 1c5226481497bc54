"""Piper's collection of voices on the internet, from which Piper's own downloader fetches them.

A voice is downloaded into a temporary folder, verified, and then moved in.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from ssl import SSLError
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit

from voiceguide.errors import OutputError, SpeechError, did_you_mean, printable
from voiceguide.progress import ReportStage
from voiceguide.speech.engines.piper.engine import piper_module
from voiceguide.speech.engines.piper.voices import HINT, NAME, Model, model_at, models, piper_release
from voiceguide.speech.voice_folders import chosen_folders, own_folder

SAMPLES = "https://rhasspy.github.io/piper-samples/"
"""The page with samples of Piper's voices."""

_READ_TIMEOUT = 30.0  # seconds without a byte
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


def add(name: str, progress: ReportStage) -> tuple[Model, bool]:
    """Downloads a voice of the collection by its full or short name unless it is installed; True if it is new.

    A new one is put into the first folder that the user names for voices, else into voiceguide's own; a damaged one is
    replaced. Raises SpeechError for a name of no voice or of several, if the collection cannot be reached, and if the
    download is no voice; OutputError if it cannot be written.
    """
    wanted = name.strip().removeprefix("piper:").partition("#")[0]
    if piper_release() is None:
        raise SpeechError(f"Voices are fetched by Piper, which is not installed yet. {HINT}")
    if (there := _installed(wanted)) and not there.fault:
        return there, False
    collection = piper_module("piper.download_voices")
    with _reaching(urlsplit(collection.VOICES_JSON).netloc):
        with _counting(lambda done: None):
            offer = _named(_offers(collection.VOICES_JSON), wanted)
        there = _installed(offer.name)
        if there and not there.fault:
            return there, False
        base = there.path.parent if there else next(iter(chosen_folders()), own_folder())
        with _scratch(base, offer.name) as scratch:
            _fetch(collection, offer, scratch, progress)
            _verify(offer, scratch)
            _move_in(offer, scratch, base if there else base / offer.name)
    added = _installed(offer.name)
    assert added is not None
    return added, True


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
    with _counting(lambda done: progress("Fetching", min(done, offer.size), offer.size)):
        collection.download_voice(offer.name, scratch)
    with suppress(OSError, HTTPException), _counting(lambda done: None):  # the card is optional
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
    with _keeping(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in (_CARD, f"{offer.name}.onnx", f"{offer.name}.onnx.json"):
            if (scratch / name).exists():
                (scratch / name).replace(folder / name)


@contextmanager
def _scratch(base: Path, name: str) -> Iterator[Path]:
    """A new folder inside another one, removed at the end, and before if a killed run left it."""
    folder = base / f".adding-{name}"
    with _keeping(base):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _keeping(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _not_kept(folder, error) from error


def _not_kept(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"The voice cannot be kept in the folder {folder}: {error.strerror or error}. Make room there or allow "
        "writing to it, or choose another folder with --voice-dir."
    )


@contextmanager
def _reaching(host: str) -> Iterator[None]:
    """Raises SpeechError for failures of the network, OutputError for failures of the disk."""
    try:
        yield
    except HTTPError as error:
        error.close()
        raise _unreachable(host, f"it answers with status {error.code}") from error
    except (URLError, ConnectionError, TimeoutError, SSLError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        late = isinstance(reason, TimeoutError)
        words = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
        why = f"no answer within {_READ_TIMEOUT:g} seconds" if late else words or type(error).__name__
        raise _unreachable(host, why) from error
    except OSError as error:
        raise _not_kept(next(iter(chosen_folders()), own_folder()), error) from error


def _unreachable(host: str, why: str) -> SpeechError:
    return SpeechError(
        f"Piper's voices cannot be fetched from {host} ({printable(why)}). Please check the internet connection, and "
        "try again. Voices that are on this computer need no connection; to bring one from another computer, put its "
        f"two files, NAME.onnx and NAME.onnx.json, into the folder {next(iter(chosen_folders()), own_folder())}."
    )


@contextmanager
def _counting(tell: Callable[[int], None]) -> Iterator[None]:
    """Gives Python's ``urlopen``, which Piper's downloader uses, a timeout, and reports the bytes received."""
    urllib.request.install_opener(urllib.request.build_opener(_Watch(tell)))
    try:
        yield
    finally:
        urllib.request.install_opener(None)  # the next call installs the default one


class _Watch(urllib.request.BaseHandler):
    def __init__(self, report: Callable[[int], None]) -> None:
        self._report, self._done = report, 0

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        request.timeout = _READ_TIMEOUT
        return request

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        return _CountedResponse(response, self._came) if 200 <= response.status < 300 else response

    https_request, https_response = http_request, http_response

    def _came(self, count: int) -> None:
        self._done += count
        self._report(self._done)


class _CountedResponse:
    """A response that reports every read, and raises an error at an early end, which http.client ignores."""

    def __init__(self, answer: Any, came: Callable[[int], None]) -> None:
        self._answer, self._came = answer, came

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)

    def __enter__(self) -> _CountedResponse:
        return self

    def __exit__(self, *error: object) -> None:
        self._answer.close()

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._answer.read(size) if size >= 0 else self._answer.read()
        if not content and size and self._answer.length:  # bytes of the announced length that have not arrived
            raise ConnectionError("it broke off in the middle")
        self._came(len(content))
        return content
