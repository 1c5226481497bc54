"""Who may talk to the studio, and what its page may do."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.studio.running import running
from tests.support.waiting import HANGS
from voiceguide.studio.server import HOST, Studio
from voiceguide.studio.shelf import LARGEST


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Studio]:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    with running(folder) as studio:
        yield studio


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def _get(studio: Studio, path: str, **headers: str) -> Answer:
    with closing(http.client.HTTPConnection(HOST, studio.port, timeout=HANGS)) as connection:
        connection.request("GET", path, headers={"Host": f"{HOST}:{studio.port}", **headers})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def _post(studio: Studio, data: bytes, **headers: str) -> Answer:
    with closing(http.client.HTTPConnection(HOST, studio.port, timeout=HANGS)) as connection:
        own = {"Host": f"{HOST}:{studio.port}", "Content-Type": "audio/wav"}
        connection.request("POST", "/uploads", data, {**own, **headers})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def _cookie(studio: Studio) -> str:
    answer = _get(studio, f"/?token={studio.guard.token}")
    assert answer.status == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    return cookie.partition(";")[0]


def test_the_token_is_good_for_one_visit(opened: Studio) -> None:
    token = opened.guard.token
    cookie = _cookie(opened)
    assert _get(opened, f"/?token={token}").status == 403
    assert _get(opened, "/", Cookie=cookie).status == 200


@pytest.mark.parametrize("path", ["/", "/assets/main.js", "/ws", "/?token=", "/?token=wrong", "/?token=%00"])
def test_without_it_nothing_is_given_out(opened: Studio, path: str) -> None:
    answer = _get(opened, path)
    assert answer.status == 403
    assert b"import" not in answer.body


def test_another_host_or_origin_is_refused_with_the_cookie_too(opened: Studio) -> None:
    cookie = _cookie(opened)
    for headers in (
        {"Host": "evil.example"},
        {"Host": f"evil.example:{opened.port}"},
        {"Host": HOST},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://{HOST}:{opened.port}"},
    ):
        assert _get(opened, "/", Cookie=cookie, **headers).status == 403, headers
    own = {"Origin": f"http://{HOST}:{opened.port}"}
    assert _get(opened, "/", Cookie=cookie, **own).status == 200


def test_the_page_runs_no_script_but_its_own(opened: Studio) -> None:
    answer = _get(opened, "/", Cookie=_cookie(opened))
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
    assert _get(opened, f"/assets/{name}", Cookie=_cookie(opened)).status == 404


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
    cookie = _cookie(opened)
    own = f"http://{HOST}:{opened.port}"
    assert _connected(opened, Cookie=cookie, Origin=own)
    assert not _connected(opened, Origin=own)
    assert not _connected(opened, Cookie=cookie)
    assert not _connected(opened, Cookie=cookie, Origin="http://evil.example")
    assert not _connected(opened, Cookie="voiceguide-studio=guess", Origin=own)


def test_an_upload_needs_the_cookie_and_the_page_as_its_origin(opened: Studio) -> None:
    cookie = _cookie(opened)
    own = f"http://{HOST}:{opened.port}"
    assert _post(opened, b"RIFF", Cookie=cookie, Origin=own).status == 200
    assert _post(opened, b"RIFF", Cookie=cookie).status == 403
    assert _post(opened, b"RIFF", Origin=own).status == 403
    assert _post(opened, b"RIFF", Cookie=cookie, Origin="http://evil.example").status == 403


def test_an_upload_is_of_a_known_kind_and_size(opened: Studio) -> None:
    headers = {"Cookie": _cookie(opened), "Origin": f"http://{HOST}:{opened.port}"}
    assert _post(opened, b"<script>", **headers, **{"Content-Type": "text/html"}).status == 415
    assert _post(opened, bytes(LARGEST + 1), **headers).status == 413
    assert _get(opened, "/uploads", **headers).status == 405
    assert _get(opened, "/sounds/guess", **headers).status == 404
