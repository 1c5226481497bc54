"""The server of a finished pack: ranges, and nothing outside the folder."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from email.message import Message
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.command_line import Run
from tests.support.waiting import HANGS, until
from voiceguide.cli.pack.serve import command
from voiceguide.publish.server import THREADS, Server, new_secret, server

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


def test_what_has_not_changed_is_not_sent_again(address: str) -> None:
    path = f"{address}/a%20b.mp3"
    headers = asked(path)[1]
    tag, day = headers["ETag"], headers["Last-Modified"]
    for condition in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": day}):
        status, told, body = asked(path, **condition)
        assert (status, told["ETag"], body) == (304, tag, b""), condition
    for condition in ({"If-None-Match": '"x"'}, {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"}):
        assert asked(path, **condition)[0] == 200, condition
    assert asked(path, **{"If-None-Match": '"x"', "If-Modified-Since": day})[0] == 200  # the tag counts


def test_a_part_is_only_of_the_version_that_was_begun(address: str) -> None:
    path = f"{address}/a%20b.mp3"
    headers = asked(path)[1]
    for version in (headers["ETag"], headers["Last-Modified"]):
        assert asked(path, **{"Range": "bytes=0-3", "If-Range": version})[::2] == (206, DATA[:4])
    for version in ('"other"', "Mon, 01 Jan 2001 00:00:00 GMT"):
        assert asked(path, **{"Range": "bytes=0-3", "If-Range": version})[::2] == (200, DATA)


def test_text_goes_compressed_to_those_who_take_it(address: str) -> None:
    status, headers, body = asked(f"{address}/", **{"Accept-Encoding": "br, gzip;q=0.5"})
    assert (status, headers["Content-Encoding"], gzip.decompress(body)) == (200, "gzip", b"<title>Pack</title>")
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"] != asked(f"{address}/")[1]["ETag"]
    assert asked(f"{address}/", **{"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]})[0] == 304
    for path, accepted in (("", "identity"), ("", "gzip;q=0"), ("a%20b.mp3", "gzip")):
        assert asked(f"{address}/{path}", **{"Accept-Encoding": accepted})[1]["Content-Encoding"] is None


def test_on_the_network_the_folder_is_behind_a_secret(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>Pack</title>")
    secret = new_secret()
    assert secret != new_secret()
    with server(tmp_path, secret=secret) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{serving.server_port}"
        for path in ("", "index.html", f"{secret[:-1]}x/", secret, f"x/{secret}/"):
            assert asked(f"{root}/{path}")[0] == 404, path
        assert asked(f"{root}/{secret}/", Host="phone.example:80")[::2] == (200, b"<title>Pack</title>")
        serving.shutdown()


def test_only_so_many_are_answered_at_the_same_time(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("x")
    with server(tmp_path) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        silent = [socket.create_connection(serving.server_address) for _ in range(THREADS + 8)]
        until(lambda: threads_of("process_request_thread") == THREADS, "all threads are taken")
        for one in silent:
            one.close()
        assert asked(f"http://127.0.0.1:{serving.server_port}/")[0] == 200
        serving.shutdown()


@pytest.mark.parametrize("begin", [b"", b"G", b"GET / HTTP/1.1\r\nX: "], ids=["silent", "a letter", "half a head"])
def test_connections_that_are_slow_keep_nobody_else_out(
    begin: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("x")
    monkeypatch.setattr("voiceguide.publish.server._HEAD", 1.0)
    monkeypatch.setattr("voiceguide.publish.server._CROWDED_IDLE", 0.5)
    with server(tmp_path) as serving, ExitStack() as held:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        slow = [held.enter_context(socket.create_connection(("127.0.0.1", serving.server_port))) for _ in range(60)]
        ended = threading.Event()

        def trickle() -> None:
            while not ended.wait(0.1):
                for one in slow:
                    with suppress(OSError):
                        one.sendall(begin[-1:])

        for one in slow:
            one.sendall(begin)
        until(lambda: threads_of("process_request_thread") == THREADS, "all threads are taken")
        trickling = threading.Thread(target=trickle)
        trickling.start()
        assert asked(f"http://127.0.0.1:{serving.server_port}/")[0] == 200
        ended.set()
        trickling.join(HANGS)
        serving.shutdown()


def threads_of(name: str) -> int:
    return sum(name in thread.name for thread in threading.enumerate())


def test_a_phone_is_shown_where_to_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text("x")
    monkeypatch.setattr(Server, "serve_forever", lambda self: None)
    monkeypatch.setattr("voiceguide.publish.server.home_address", lambda: "192.168.1.20")
    result = CliRunner().invoke(command, [str(tmp_path), "--lan", "--port", "0"])
    assert re.fullmatch(r"http://192\.168\.1\.20:\d+/[\w-]{16}/\n", result.stdout)
    square = [line for line in result.stderr.splitlines() if set(line) & set("▀▄█")]
    assert len(square) > 10
    assert "Open this address on a device in the same network" in result.stderr
    monkeypatch.setattr("voiceguide.publish.server.home_address", lambda: None)
    failed = CliRunner().invoke(command, [str(tmp_path), "--lan"])
    assert "in no network now" in str(failed.exception)


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
