"""Who may talk to the studio: this computer's browser, after it has come with the one-time token.

A page of the internet could send requests to this computer, or have its own name resolved to it (DNS rebinding). So the
Host of every request, and the Origin of every one that has one, must be the studio's own; and all but the first visit
need a cookie that only that visit gives out. What changes something also needs an Origin: a form of another page that
sends none is not let through.

A finished pack is shown with its own scripts, which may be a stranger's. It gets no cookie (its address is a secret
instead, ``shown``), and a policy that keeps it in a sandbox: an origin of its own, from which neither the studio nor
anything else can be reached.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "voiceguide-studio"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self' ws://{host}; worker-src 'self'; "
    "frame-src http://{host}/shown/; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
_SHOWN_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src {own}; style-src {own} 'unsafe-inline'; "
    "img-src {own} data:; media-src {own}; frame-ancestors http://{host}; form-action 'none'; base-uri 'none'"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"microphone=(self), camera=(), geolocation=()"),
    (b"cache-control", b"no-store"),
)
_SHOWN_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),  # to the sandbox, its own files are another origin's
    (b"permissions-policy", b"microphone=(), camera=(), geolocation=()"),
    (b"cache-control", b"no-store"),
)


class Guard:
    """Lets requests through to ``app`` as the module says; ``token`` is good for one visit, and then gone. ``shown``
    says where the secret part of a path to a finished pack ends; 0 for all other paths."""

    def __init__(self, app: App, port: Callable[[], int], shown: Callable[[str], int] = lambda _: 0) -> None:
        self._app, self._port, self._shown = app, port, shown
        self._secret = secrets.token_urlsafe(32)
        self.token: str | None = secrets.token_urlsafe(24)

    def renew(self) -> str:
        """A new token, for another browser of this computer."""
        self.token = secrets.token_urlsafe(24)
        return self.token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if reads and host in self._hosts() and (end := self._shown(scope["path"])):
            await self._app(scope, receive, _with_shown_headers(send, host, scope["path"][:end]))
        elif host not in self._hosts() or headers.get("origin", f"http://{host}") != f"http://{host}":
            await _refuse(scope, receive, send, 403, "This address is not the studio's.")
        elif not reads and "origin" not in headers:
            await _refuse(scope, receive, send, 403, "The studio is used from its own page.")
        elif self._knows(headers.get("cookie", "")):
            await self._app(scope, receive, _with_headers(send, host, scope))
        elif scope["type"] == "http" and scope["path"] == "/" and self._takes_token(scope):
            cookie = f"{self._cookie}={self._secret}; HttpOnly; SameSite=Strict; Path=/"
            await _answer(send, 303, b"", ((b"location", b"/"), (b"set-cookie", cookie.encode())))
        else:
            text = "This page opens with the address that 'voiceguide studio' printed; it is good for one browser."
            await _refuse(scope, receive, send, 403, text)

    def _hosts(self) -> tuple[str, ...]:
        return tuple(f"{name}:{self._port()}" for name in ("127.0.0.1", "localhost"))

    @property
    def _cookie(self) -> str:
        """Its name has the port in it: cookies are shared by all ports, and there may be two studios."""
        return f"{COOKIE}-{self._port()}"

    def _knows(self, cookies: str) -> bool:
        try:
            morsel = SimpleCookie(cookies).get(self._cookie)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._secret.encode())

    def _takes_token(self, scope: Scope) -> bool:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if self.token is None or not hmac.compare_digest(given.encode(), self.token.encode()):
            return False
        self.token = None
        return True


def _with_headers(send: Send, host: str, scope: Scope) -> Send:
    """Adds the headers of safety to an answer; the page learns its nonce from ``scope["state"]``."""
    nonce = secrets.token_urlsafe(16)
    scope.setdefault("state", {})["nonce"] = nonce
    policy = _POLICY.format(nonce=nonce, host=host).encode()

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"content-security-policy", policy), *_HEADERS]
        await send(message)

    return sent


def _with_shown_headers(send: Send, host: str, folder: str) -> Send:
    """Adds the headers of a finished pack to an answer: all that it may load lies in its ``folder``."""
    policy = _SHOWN_POLICY.format(own=f"http://{host}{folder}", host=host).encode()

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = (b"content-security-policy", policy)
            message["headers"] = [*message.get("headers", ()), own, *_SHOWN_HEADERS]
        await send(message)

    return sent


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await _answer(send, status, text.encode(), ((b"content-type", b"text/plain; charset=utf-8"),))


async def _answer(send: Send, status: int, body: bytes, headers: tuple[tuple[bytes, bytes], ...]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *_HEADERS]})
    await send({"type": "http.response.body", "body": body})
