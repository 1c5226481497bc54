"""Starts the Firefox of the system for Playwright, and stands between the two.

Playwright speaks WebDriver BiDi with it, and knows commands for emulation (of colour schemes, of screens) that a Firefox
of an extended support release does not have yet; it would give up at the first of them. The relay passes everything on
as it is, and answers for the browser where an ``emulation`` command is unknown. Run as
``python bidi_relay.py FIREFOX ARGUMENTS...``, it says where it listens as Firefox does.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


async def _run(command: list[str]) -> int:
    browser = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    assert browser.stderr is not None
    address = ""
    while not address:
        line = (await browser.stderr.readline()).decode("utf-8", "replace")
        if not line:
            return await browser.wait()
        found = _LISTENS.search(line)
        address = found[1] if found else ""

    async def relay(page: ServerConnection) -> None:
        async with connect(f"{address}/session", max_size=None, compression=None) as firefox:
            asked: dict[int, str] = {}
            ends = (asyncio.create_task(_up(page, firefox, asked)), asyncio.create_task(_down(firefox, page, asked)))
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            for end in ends:
                end.cancel()

    async with serve(relay, "127.0.0.1", 0, max_size=None, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stderr.write(f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n")
        sys.stderr.flush()
        while await browser.stderr.read(65536):
            pass
        return await browser.wait()


async def _up(page: ServerConnection, firefox: ClientConnection, asked: dict[int, str]) -> None:
    try:
        async for text in page:
            command = json.loads(text)
            if str(command.get("method", "")).startswith("emulation."):
                asked[command["id"]] = command["method"]
            await firefox.send(text)
    except ConnectionClosed:
        pass


async def _down(firefox: ClientConnection, page: ServerConnection, asked: dict[int, str]) -> None:
    try:
        async for text in firefox:
            await page.send(_forgiven(text, asked) if asked else text)
    except ConnectionClosed:
        pass


def _forgiven(text: str | bytes, asked: dict[int, str]) -> str | bytes:
    """A message of the browser, or a success where it does not know how to emulate what was asked."""
    answer: dict[str, Any] = json.loads(text)
    if asked.pop(answer.get("id") or -1, None) and answer.get("error") == "unknown command":
        return json.dumps({"type": "success", "id": answer["id"], "result": {}})
    return text


if __name__ == "__main__":
    sys.exit(asyncio.run(_run(sys.argv[1:])))
