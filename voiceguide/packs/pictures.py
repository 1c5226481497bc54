"""The pictures of a pack and of its sessions: for pages, and as large as podcast directories ask for."""

from __future__ import annotations

from voiceguide import __version__
from voiceguide.encoder import cover
from voiceguide.encoder.cover import Cover
from voiceguide.packs.destination import Destination
from voiceguide.packs.jobs import Job
from voiceguide.packs.pack_file import Pack
from voiceguide.publish.labels import label
from voiceguide.publish.manifest import File, Manifest, Role
from voiceguide.routine import Settings


def session_pictures(job: Job, settings: Settings) -> dict[Role, Cover]:
    """A session's two pictures. A drawn one says what tells the session from others of its script."""
    if settings.cover is not None:
        return {"cover": cover.load(settings.cover), "artwork": cover.load(settings.cover, cover.ARTWORK_SIDE)}
    told = label(job.length_name, job.voice, settings.language)
    return {
        "cover": cover.generate(settings.title, told),
        "artwork": cover.generate(settings.title, told, size=cover.ARTWORK_SIDE),
    }


def pack_pictures(pack: Pack, before: Manifest | None, destination: Destination) -> tuple[File, File]:
    """The pack's cover and its artwork; written unless they are there."""
    there = [one for one in (before.cover, before.artwork) if one] if before else []
    own, title, large = pack.cover, pack.title, cover.ARTWORK_SIDE
    same = before is not None and own is None and (before.title, before.version) == (title, __version__)
    if same and len(there) == 2 and destination.has({one.path: one.size for one in there}):
        return there[0], there[1]
    made = []
    for name, picture in (
        ("cover", cover.load(own) if own else cover.generate(title)),
        ("cover.artwork", cover.load(own, large) if own else cover.generate(title, size=large)),
    ):
        file = File.of(f"{name}{picture.suffix}", picture.data, picture.media_type)
        if file not in there or not destination.has({file.path: file.size}):
            destination.write(file.path, picture.data)
        made.append(file)
    return made[0], made[1]
