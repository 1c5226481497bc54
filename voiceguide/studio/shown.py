"""Finished packs as listeners will see them: each under an address that only the page knows.

The pack's page runs in a sandbox without the studio's cookie (:mod:`voiceguide.studio.security`), so that what a
stranger has put into the folder can do nothing. Its own files would not be found from there with a cookie either: that
is why the address itself is the secret.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from voiceguide.encoder.kinds import KINDS, TEXT_TYPES

SHOWN = "/shown/"

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".json": "application/json",
    **{end: f"{kind}; charset=utf-8" if kind.startswith("text/") else kind for end, kind in TEXT_TYPES.items()},
    **{kind.suffix: kind.media_type for kind in KINDS.values()},
}
_MOST = 50  # packs that are shown at the same time


class Shown:
    """The folders that are shown, by their secrets."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}

    def address(self, folder: Path) -> str:
        """The path of a pack's page, the same for a folder as long as the studio runs."""
        for secret, known in self._folders.items():
            if known == folder:
                return f"{SHOWN}{secret}/index.html"
        if len(self._folders) >= _MOST:
            del self._folders[next(iter(self._folders))]
        secret = secrets.token_urlsafe(24)
        self._folders[secret] = folder
        return f"{SHOWN}{secret}/index.html"

    def end_of_secret(self, path: str) -> int:
        """Where, in a path of the studio, the address of a pack's folder ends; 0 when it is none."""
        secret = path.removeprefix(SHOWN).partition("/")[0]
        return len(SHOWN) + len(secret) + 1 if path.startswith(f"{SHOWN}{secret}/") and secret in self._folders else 0

    async def answer(self, request: Request) -> Response:
        """A file of a pack; no hidden one, and none outside of its folder."""
        secret, _, name = str(request.path_params["path"]).partition("/")
        folder = self._folders.get(secret)
        path = None if folder is None else _inside(folder, name)
        kind = None if path is None else next((kind for end, kind in _TYPES.items() if path.name.endswith(end)), None)
        if path is None or kind is None:
            return PlainTextResponse("There is no such file.", 404)
        return FileResponse(path, media_type=kind)


def _inside(folder: Path, name: str) -> Path | None:
    try:
        path = (folder / name).resolve(strict=True)
    except (OSError, ValueError):
        return None
    root = folder.resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    return None if any(part.startswith(".") for part in path.relative_to(root).parts) else path
