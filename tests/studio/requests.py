"""Requests to a studio as a browser, or something else, sends them."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from tests.support.waiting import HANGS
from voiceguide.studio.server import HOST, Studio


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)


def send(studio: Studio, path: str, body: bytes | None = None, **headers: str) -> Answer:
    """GETs a path; with a body, POSTs that. Without other headers, the Host alone is the studio's."""
    with closing(http.client.HTTPConnection(HOST, studio.port, timeout=HANGS)) as connection:
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, {"Host": f"{HOST}:{studio.port}", **headers})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def cookie_of(studio: Studio) -> str:
    """The cookie that the token is good for."""
    answer = send(studio, f"/?token={studio.guard.token}")
    assert answer.status == 303
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    return cookie.partition(";")[0]


def as_page(studio: Studio) -> dict[str, str]:
    """The headers that the studio's own page sends."""
    return {"Cookie": cookie_of(studio), "Origin": f"http://{HOST}:{studio.port}"}
