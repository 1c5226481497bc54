"""Kokoro's files fetched from a real server on loopback; short stand-ins have their names."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from voiceguide.errors import OutputError, SpeechError
from voiceguide.speech import add_voice, resolve, voice_folders, voices
from voiceguide.speech.engines.kokoro import collection, engine, files
from voiceguide.speech.engines.kokoro import voices as listing

CONTENTS = {files.MODEL.name: bytes(range(256)) * 2000, files.STYLES.name: b"styles" * 50_000}
TOTAL = sum(map(len, CONTENTS.values()))


@dataclass
class Page:
    """What the page serves: ``contents`` cut after ``upto`` bytes; ``asked``: the files and ranges."""

    contents: dict[str, bytes] = field(default_factory=lambda: dict(CONTENTS))
    upto: int = 1 << 30
    status: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Page]:
    there = Page()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, asked = self.path.rpartition("/")[2], self.headers.get("Range", "")
            there.asked.append((name, asked))
            if there.status:
                self.send_error(there.status)
                return
            content = there.contents[name]
            start = int(asked.removeprefix("bytes=").rstrip("-") or 0)
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            self.wfile.write(content[start : there.upto])

        def log_message(self, *arguments: Any) -> None:
            pass

    stand_ins = tuple(
        files.File(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in CONTENTS.items()
    )
    for module in (files, collection, listing, engine):
        monkeypatch.setattr(module, "FILES", stand_ins)
    monkeypatch.delenv(voice_folders.VARIABLE, raising=False)
    monkeypatch.setattr(voice_folders.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        monkeypatch.setattr(collection, "PAGE", f"http://127.0.0.1:{server.server_port}/release/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield there
        server.shutdown()
        thread.join()


def folder() -> Path:
    return voice_folders.own_folder() / "kokoro"


def quiet(stage: str, done: int, total: int) -> None:
    pass


def test_both_files_are_named_with_size_and_hash() -> None:
    assert [file.size for file in files.FILES] == [92_361_271, 28_214_398]
    assert all(len(file.sha256) == 64 for file in files.FILES)
    assert files.PAGE.startswith("https://github.com/thewh1teagle/kokoro-onnx/releases/download/")


@pytest.mark.parametrize("name", ["kokoro", "Kokoro", "kokoro:af_heart", "BF_EMMA"])
def test_one_download_brings_every_voice(page: Page, name: str) -> None:
    told: list[tuple[str, int, int]] = []
    added = add_voice(name, lambda *step: told.append(step))
    assert (added.name, added.new, len(added.voices)) == ("kokoro", True, 54)
    assert {(voice.location, voice.licence, voice.size) for voice in added.voices} == {
        (str(folder()), "Apache-2.0", TOTAL)
    }
    assert (told[0], told[-1]) == (("Fetching", 0, TOTAL), ("Fetching", TOTAL, TOTAL))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert {path.name: path.read_bytes() for path in folder().iterdir()} == CONTENTS
    assert resolve("af_heart", "en") == resolve("kokoro", "en") == "kokoro:af_heart"
    assert add_voice(name, quiet).new is False
    assert page.asked == [(file, "") for file in CONTENTS]


def test_what_was_broken_off_is_continued(page: Page) -> None:
    page.upto = 400_000
    with pytest.raises(SpeechError, match=r"Kokoro's voices cannot be fetched from 127.0.0.1:\d+ \(it broke off"):
        add_voice("kokoro", quiet)
    assert voices("fr") == () or all(voice.engine != "kokoro" for voice in voices("fr"))
    page.upto = 1 << 30
    assert add_voice("kokoro", quiet).new
    (_, first), (again, second), (other, third) = page.asked
    assert (first, third) == ("", "")
    assert 0 < int(second.removeprefix("bytes=").rstrip("-")) <= 400_000
    assert (again, other) == tuple(CONTENTS)
    assert {path.name: path.read_bytes() for path in folder().iterdir()} == CONTENTS


def test_another_content_than_released_is_left_out(page: Page) -> None:
    page.contents[files.STYLES.name] = CONTENTS[files.STYLES.name][::-1]
    with pytest.raises(SpeechError, match="came damaged, and was left out"):
        add_voice("kokoro", quiet)
    assert [path.name for path in folder().iterdir()] == [files.MODEL.name]


def test_another_content_of_the_right_size_is_replaced(page: Page) -> None:
    add_voice("kokoro", quiet)
    (folder() / files.MODEL.name).write_bytes(CONTENTS[files.MODEL.name][::-1])
    page.asked.clear()
    assert add_voice("kokoro", quiet).new
    assert page.asked == [(files.MODEL.name, "")]
    assert {path.name: path.read_bytes() for path in folder().iterdir()} == CONTENTS


def test_a_missing_or_damaged_file_is_told_never_chosen_and_fetched_alone(page: Page) -> None:
    folder().mkdir(parents=True)
    (folder() / files.MODEL.name).write_bytes(CONTENTS[files.MODEL.name])
    (folder() / files.STYLES.name).write_bytes(b"short")
    faults = {voice.fault for voice in voices("en") if voice.engine == "kokoro"}
    assert len(faults) == 1
    assert f"are damaged or only partly there: {files.STYLES.name}. 'voiceguide voices add kokoro'" in faults.pop()
    assert resolve("auto", "en-GB") == "hibari:heart"
    with pytest.raises(SpeechError, match="only partly there"):
        resolve("af_heart", "en")
    assert add_voice("kokoro", quiet).new
    assert page.asked == [(files.STYLES.name, "")]
    assert resolve("auto", "en-GB") == "kokoro:bf_emma"


def test_no_page_no_room_and_no_package(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.status = 503
    by_hand = rf"\(it answers with status 503\).*put the files {files.MODEL.name} and {files.STYLES.name}, in a folder 'kokoro'"
    with pytest.raises(SpeechError, match=by_hand):
        add_voice("kokoro", quiet)
    page.status = 0
    folder().rmdir()
    folder().write_text("in the way")
    with pytest.raises(OutputError, match="cannot be kept in the folder"):
        add_voice("kokoro", quiet)
    monkeypatch.setattr(collection, "release", lambda: None)
    with pytest.raises(SpeechError, match=r"not installed yet.*pip install \"voiceguide\[kokoro\]\""):
        add_voice("kokoro", quiet)
