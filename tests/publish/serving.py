"""The server that ``pack serve`` starts, which tells what it was asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voiceguide.publish.server import Handler, server


@dataclass
class Served:
    """A folder at an ``address`` that ends in a slash; ``stop`` takes the network away."""

    address: str
    stop: Any
    requests: list[str] = field(default_factory=list)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    requests: list[str] = []

    class Recording(Handler):
        protocol_version = "HTTP/1.0"  # a connection for each request, so that none outlives the server

        def do_GET(self) -> None:  # noqa: N802 (the library's name)
            requests.append(self.path)
            super().do_GET()

    serves = server(folder, handler=Recording)
    thread = threading.Thread(target=serves.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def stop() -> None:
        serves.shutdown()
        serves.server_close()
        thread.join()

    try:
        yield Served(f"http://127.0.0.1:{serves.server_port}/", stop, requests)
    finally:
        stop()
