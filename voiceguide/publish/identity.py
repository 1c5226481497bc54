"""Identifiers of a pack and its parts, independent of its address and of rebuilding."""

from __future__ import annotations

from uuid import UUID, uuid5

from voiceguide.publish.manifest import Manifest
from voiceguide.publish.text import one_line

_PACKS = UUID("7a1f3a0e-52d4-5c0b-9a55-0d5f2ad1f6c3")
"""The namespace of everything that :func:`identity` names. It must never change, or apps would treat everything as
new."""


def identity(manifest: Manifest, *parts: str | int) -> str:
    """A UUIDv5 for a part of a pack, from the pack's title and the part's own name.

    It does not depend on the address, so that a pack may move, nor on anything that a new build may change.
    """
    return str(uuid5(_PACKS, "\n".join((one_line(manifest.title).casefold(), *map(str, parts)))))
