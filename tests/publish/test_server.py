"""The server of a finished pack: ranges, and nothing outside the folder."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.support.command_line import Run
from tests.support.waiting import HANGS
from voiceguide.publish.server import server

DATA = bytes(range(256)) * 4


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "pack"
    (folder / "transcripts").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Pack</title>")
    (folder / "a b.mp3").write_bytes(DATA)
    (folder / "x.chapters.json").write_text("{}")
    (folder / ".making").mkdir()
    (folder / ".making" / "secret").write_text("hidden")
    (tmp_path / "outside").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "outside")
    with server(folder) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def asked(address: str, **headers: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=HANGS) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_files_are_given_whole_with_their_kind(address: str) -> None:
    status, headers, body = asked(f"{address}/a%20b.mp3")
    assert (status, body) == (200, DATA)
    assert (headers["Content-Type"], headers["Accept-Ranges"]) == ("audio/mpeg", "bytes")
    assert asked(f"{address}/")[2] == b"<title>Pack</title>"
    assert asked(f"{address}/x.chapters.json")[1]["Content-Type"] == "application/json+chapters"


@pytest.mark.parametrize(
    ("asked_for", "status", "told", "body"),
    [
        ("bytes=0-0", 206, "bytes 0-0/1024", DATA[:1]),
        ("bytes=10-19", 206, "bytes 10-19/1024", DATA[10:20]),
        ("bytes=1000-", 206, "bytes 1000-1023/1024", DATA[1000:]),
        ("bytes=1000-5000", 206, "bytes 1000-1023/1024", DATA[1000:]),
        ("bytes=-4", 206, "bytes 1020-1023/1024", DATA[-4:]),
        ("bytes=1024-", 416, "bytes */1024", b""),
        ("bytes=0-1,5-6", 200, None, DATA),
        ("bytes=5-2", 200, None, DATA),
        (f"bytes={'9' * 5000}-", 200, None, DATA),
        ("lines=1-2", 200, None, DATA),
    ],
)
def test_ranges(address: str, asked_for: str, status: int, told: str | None, body: bytes) -> None:
    answer = asked(f"{address}/a%20b.mp3", Range=asked_for)
    assert (answer[0], answer[1]["Content-Range"], answer[2]) == (status, told, body)


@pytest.mark.parametrize("path", ["../outside", "%2e%2e/outside", "link", ".making/secret", "transcripts/", "none.mp3"])
def test_nothing_else_is_given(address: str, path: str) -> None:
    status, _, body = asked(f"{address}/{path}")
    assert status == 404
    assert b"secret" not in body


def test_a_folder_without_a_pack_is_told(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("pack", "serve", tmp_path)
    assert result.returncode == 1
    assert "holds no finished pack: there is no index.html in it." in result.stderr


def test_the_schema_is_printed(voiceguide: Run) -> None:
    assert '"sessions"' in voiceguide("pack", "schema").stdout
