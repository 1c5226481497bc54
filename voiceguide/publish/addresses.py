"""The addresses of a pack that is served: of its folder, its files, and its sessions on the player's page."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from voiceguide.publish.manifest import File, PackSession
from voiceguide.publish.text import one_line

_PATH = "/%:@!$&'()*+,;=~"  # stand for themselves in the path of an address


def folder_address(link: str | None) -> str:
    """The address of a pack's folder, with a ``/`` at its end.

    Other letters than ASCII are encoded. Raises ValueError, with a sentence for the user, when there is no address, or
    one that no folder can have.
    """
    if not link:
        raise ValueError("a feed needs the address at which the pack will be served")
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # also of a host's name or a port that cannot be
        host = port = ""
    if not re.fullmatch(r"[a-z0-9.-]+|[0-9a-f:.]+", host) or parts.scheme not in ("http", "https"):
        raise ValueError(f"'{one_line(link)}' is no address; write it like https://example.org/face")
    if parts.query or parts.fragment:
        raise ValueError(f"'{one_line(link)}' should be the address of a folder, without '?' or '#'")
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}{port}{quote(parts.path, safe=_PATH).rstrip('/')}/"


def file_address(base: str, file: File) -> str:
    return base + quote(file.path)


def session_address(base: str, session: PackSession) -> str:
    """Where the player shows the session."""
    return f"{base}#/{quote(session.name, safe='')}"
