"""Voices of hibari fetched from a real server on loopback. All have the form of the one that comes along, whose model
stands in for theirs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hibari.voices
import pytest

from voiceguide.errors import OutputError, SpeechError
from voiceguide.speech import add_voice, resolve, voice_folders, voices
from voiceguide.speech.engines.hibari import collection, engine
from voiceguide.speech.engines.hibari import voices as listing
from voiceguide.speech.engines.hibari.engine import HibariEngine

EMMA = "bf_emma.int8.onnx"
_REGISTRY = listing.registry()
_ASSETS = listing.assets()
assert _ASSETS is not None
MODEL = (_ASSETS / _REGISTRY[0].file).read_bytes()


@dataclass
class Page:
    """What the page serves: ``content`` cut after ``upto`` bytes; ``ranges``: the ranges that were asked for."""

    content: bytes = MODEL
    upto: int = len(MODEL)
    status: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Page]:
    there = Page()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            there.asked.append((self.path, asked))
            if there.status:
                self.send_error(there.status)
                return
            start = int(asked.removeprefix("bytes=").rstrip("-") or 0)
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(there.content) - start))
            self.end_headers()
            self.wfile.write(there.content[start : there.upto])

        def log_message(self, *arguments: Any) -> None:
            pass

    models = tuple(
        model if model.in_package else replace(model, size=len(MODEL), sha256=_REGISTRY[0].sha256)
        for model in _REGISTRY
    )
    for module in (listing, collection, engine):
        monkeypatch.setattr(module, "registry", lambda: models)
    monkeypatch.delenv(voice_folders.VARIABLE, raising=False)
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path / "none"))
    monkeypatch.setattr(voice_folders.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        monkeypatch.setattr(hibari.voices, "BASE_URL", f"http://127.0.0.1:{server.server_port}/voices/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield there
        server.shutdown()
        thread.join()


def folder() -> Path:
    return voice_folders.own_folder() / "hibari"


def quiet(stage: str, done: int, total: int) -> None:
    pass


def test_every_voice_of_the_package_is_listed_with_its_hash() -> None:
    assert [model.short for model in _REGISTRY] == ["heart", "emma", "fenrir", "fable", "kore"]
    assert all(len(model.sha256) == 64 and model.size > 7_000_000 for model in _REGISTRY)


def test_a_voice_is_fetched_once_and_speaks_british_english(page: Page) -> None:
    told: list[tuple[str, int, int]] = []
    added = add_voice("Emma", lambda *step: told.append(step))
    assert (added.name, added.new) == ("hibari:emma", True)
    assert [(voice.location, voice.licence) for voice in added.voices] == [(str(folder()), "Apache-2.0")]
    assert (told[0], told[-1]) == (("Fetching", 0, len(MODEL)), ("Fetching", len(MODEL), len(MODEL)))
    assert [path.name for path in folder().iterdir()] == [EMMA]
    assert resolve("auto", "en-GB") == resolve("emma", "en") == "hibari:emma"
    assert resolve("auto", "en") == "hibari:heart"
    speaker = HibariEngine()
    assert len(speaker.speak("Tomato.", "hibari:emma", 1.0).samples) > 0
    assert engine._speaker(engine._model("hibari:emma"), folder() / EMMA).phonemize("Tomato.") != engine._speaker(
        _REGISTRY[0], _ASSETS / _REGISTRY[0].file
    ).phonemize("Tomato.")
    assert add_voice("hibari:emma", quiet).new is False
    assert len(page.asked) == 1
    assert add_voice("heart", quiet).new is False


def test_what_was_broken_off_is_continued(page: Page) -> None:
    page.upto = 3_000_000
    with pytest.raises(SpeechError, match=r"hibari's voices cannot be fetched from 127.0.0.1:\d+ \(it broke off"):
        add_voice("emma", quiet)
    assert resolve("auto", "en-GB") == "hibari:heart"
    page.upto = len(MODEL)
    assert add_voice("emma", quiet).new
    (_, first), (_, second) = page.asked
    assert first == ""
    assert 0 < int(second.removeprefix("bytes=").rstrip("-")) <= 3_000_000
    assert (folder() / EMMA).read_bytes() == MODEL


@pytest.mark.parametrize("content", [MODEL[::-1], MODEL + b"more", b""])
def test_another_content_than_listed_is_left_out(page: Page, content: bytes) -> None:
    page.content, page.upto = content, len(content)
    with pytest.raises(SpeechError, match="came damaged, and was left out"):
        add_voice("emma", quiet)
    assert list(folder().iterdir()) == []


def test_a_damaged_voice_is_told_never_chosen_and_fetched_again(page: Page) -> None:
    folder().mkdir(parents=True)
    (folder() / EMMA).write_bytes(MODEL[:1000])
    (emma,) = (voice for voice in voices("en") if voice.name == "hibari:emma")
    assert "is damaged or only partly there. 'voiceguide voices add emma' fetches it again." in emma.fault
    assert resolve("auto", "en-GB") == "hibari:heart"
    assert add_voice("emma", quiet).new
    assert resolve("auto", "en-GB") == "hibari:emma"


def test_no_page_and_no_room(page: Page) -> None:
    page.status = 503
    with pytest.raises(
        SpeechError, match=rf"\(it answers with status 503\).*put the file {EMMA}, in a folder 'hibari'"
    ):
        add_voice("emma", quiet)
    page.status = 0
    folder().rmdir()
    folder().write_text("in the way")
    with pytest.raises(OutputError, match="cannot be kept in the folder"):
        add_voice("emma", quiet)
