"""Who may talk to the studio, and what its page may do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.studio.requests import cookie_of, send
from tests.studio.running import running
from voiceguide.studio.server import HOST, Studio
from voiceguide.studio.shelf import LARGEST

WAV = {"Content-Type": "audio/wav"}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Studio]:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    with running(folder) as studio:
        yield studio


def test_the_token_is_good_for_one_visit(opened: Studio) -> None:
    token = opened.guard.token
    cookie = cookie_of(opened)
    assert send(opened, f"/?token={token}").status == 403
    assert send(opened, "/", Cookie=cookie).status == 200


@pytest.mark.parametrize("path", ["/", "/assets/main.js", "/ws", "/?token=", "/?token=wrong", "/?token=%00"])
def test_without_it_nothing_is_given_out(opened: Studio, path: str) -> None:
    answer = send(opened, path)
    assert answer.status == 403
    assert b"import" not in answer.body


def test_another_host_or_origin_is_refused_with_the_cookie_too(opened: Studio) -> None:
    cookie = cookie_of(opened)
    for headers in (
        {"Host": "evil.example"},
        {"Host": f"evil.example:{opened.port}"},
        {"Host": HOST},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://{HOST}:{opened.port}"},
    ):
        assert send(opened, "/", Cookie=cookie, **headers).status == 403, headers
    own = {"Origin": f"http://{HOST}:{opened.port}"}
    assert send(opened, "/", Cookie=cookie, **own).status == 200


def test_what_changes_something_needs_the_pages_origin(opened: Studio) -> None:
    cookie, own = cookie_of(opened), f"http://{HOST}:{opened.port}"
    for headers in ({}, {"Origin": "null"}, {"Origin": "http://evil.example"}, {"Origin": own.replace("127", "128")}):
        answer = send(opened, "/import?name=x.txt", b"Rest.", Cookie=cookie, **headers)
        assert answer.status == 403, headers
    assert send(opened, "/import?name=x.txt", b"Rest.", Origin=own).status == 403
    assert send(opened, "/import?name=x.txt", b"Rest.", Cookie=cookie, Origin=own).status == 200


def test_the_page_runs_no_script_but_its_own(opened: Studio) -> None:
    answer = send(opened, "/", Cookie=cookie_of(opened))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    page = answer.body.decode()
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert nonce in page
    assert "{nonce}" not in page
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "name",
    [
        "../server.py",
        "..%2fserver.py",
        "%2e%2e/server.py",
        "/etc/passwd",
        "vendor/../../server.py",
        "index.html",
        "nothing.js",
    ],
)
def test_no_other_file_is_given_out(opened: Studio, name: str) -> None:
    assert send(opened, f"/assets/{name}", Cookie=cookie_of(opened)).status == 404


def _connected(studio: Studio, **headers: str) -> bool:
    async def tried() -> bool:
        origin = headers.pop("Origin", None)
        try:
            async with connect(f"ws://{HOST}:{studio.port}/ws", origin=origin, additional_headers=headers):  # type: ignore[arg-type]
                return True
        except InvalidStatus:
            return False

    return asyncio.run(tried())


def test_a_connection_needs_the_cookie_and_the_page_as_its_origin(opened: Studio) -> None:
    cookie = cookie_of(opened)
    own = f"http://{HOST}:{opened.port}"
    assert _connected(opened, Cookie=cookie, Origin=own)
    assert not _connected(opened, Origin=own)
    assert not _connected(opened, Cookie=cookie)
    assert not _connected(opened, Cookie=cookie, Origin="http://evil.example")
    assert not _connected(opened, Cookie="voiceguide-studio=guess", Origin=own)


def test_an_upload_needs_the_cookie_and_the_page_as_its_origin(opened: Studio) -> None:
    cookie = cookie_of(opened)
    own = f"http://{HOST}:{opened.port}"
    assert send(opened, "/uploads", b"RIFF", Cookie=cookie, Origin=own, **WAV).status == 200
    assert send(opened, "/uploads", b"RIFF", Cookie=cookie, **WAV).status == 403
    assert send(opened, "/uploads", b"RIFF", Origin=own, **WAV).status == 403
    assert send(opened, "/uploads", b"RIFF", Cookie=cookie, Origin="http://evil.example", **WAV).status == 403


def test_an_upload_is_of_a_known_kind_and_size(opened: Studio) -> None:
    headers = {"Cookie": cookie_of(opened), "Origin": f"http://{HOST}:{opened.port}"}
    assert send(opened, "/uploads", b"<script>", **headers, **{"Content-Type": "text/html"}).status == 415
    assert send(opened, "/uploads", bytes(LARGEST + 1), **headers, **WAV).status == 413
    assert send(opened, "/uploads", **headers).status == 405
    assert send(opened, "/sounds/guess", **headers).status == 404
