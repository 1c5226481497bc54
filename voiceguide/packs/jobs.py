"""What each session of a pack depends on, known before it is made: its job, with a fingerprint.

A job has no path of this machine, so another machine can do it with the job and its files alone.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from voiceguide.errors import Diagnostic, ScriptError, SpeechError, VoiceguideError
from voiceguide.packs.pack_file import Entry, Pack, default_settings
from voiceguide.publish.manifest import PackSession
from voiceguide.resources import data_folder
from voiceguide.routine import Routine
from voiceguide.session.casting import CastScript, cast_script
from voiceguide.session.options import SessionOptions, known_sounds
from voiceguide.session.session import cover_of
from voiceguide.speech import Studio
from voiceguide.units import format_duration

AUDIO_VERSION = 3
"""Raised with every change to the audio or the companion files that are made for the same script."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a session is made from. ``length`` is seconds; ``voice`` is as the pack names it; ``cast`` has
    the full name of every voice that is asked for. ``speech`` is a hash of what the lines' sound depends on,
    ``program`` of what everything else does.

    ``inputs`` are the files by their paths in the pack's folder, with the SHA-256 of what they hold.
    """

    name: str
    script: str
    length: Fraction | None
    voice: str | None
    cast: tuple[tuple[str, str], ...]
    kind: str
    bitrate: str | None
    profile: str | None
    album: str
    defaults: str
    speech: str
    program: str
    inputs: tuple[tuple[str, str], ...]
    verify: bool | None = None
    fingerprint: str = ""

    def options(self, folder: Path) -> SessionOptions:
        """The job for :mod:`voiceguide.session.session`, with the pack's files in ``folder``."""
        return SessionOptions(
            voice=self.voice,
            lengths=() if self.length is None else (self.length,),
            profile=self.profile,
            album=self.album,
            cast=dict(self.cast),
            defaults=default_settings(self.defaults, folder, known_sounds()),
            verify=self.verify,
        )

    @property
    def length_name(self) -> str | None:
        return None if self.length is None else format_duration(self.length)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session that can be made: its script, read and cast, and its job."""

    entry: Entry
    cast: CastScript
    job: Job


@dataclass(frozen=True, slots=True)
class Refused:
    """A session that can't be made; ``reason`` is a message for the user."""

    entry: Entry
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that failed; ``reason`` is a message for the user."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Travelled:
    """A session made elsewhere, with its files' contents by path, unless they have been written already."""

    session: PackSession
    contents: Mapping[str, bytes] = field(repr=False)


@dataclass(slots=True)
class Files:
    """The hashes of files, each read once. ``folder`` is the pack's."""

    folder: Path
    _known: dict[Path, str] = field(default_factory=dict)

    def sha256(self, path: Path) -> str:
        """Raises OSError."""
        if path not in self._known:
            with path.open("rb") as file:
                self._known[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._known[path]

    def inputs(self, routine: Routine) -> tuple[tuple[str, str], ...]:
        """The files that a routine was read from and needs, by their paths in the folder. Raises OSError."""
        root = self.folder.resolve()
        named = {path.resolve().relative_to(root).as_posix(): path for path in routine.files()}
        return tuple((name, self.sha256(path)) for name, path in sorted(named.items()))


def prepared(pack: Pack, verify: bool | None = None) -> Iterator[Prepared | Refused]:
    """Every session of a pack in its order, with what it depends on. Nothing has been spoken yet. ``verify`` is that of
    :class:`~voiceguide.session.options.SessionOptions`."""
    files, library = Files(pack.folder), program_stamp()
    defaults = default_settings(pack.defaults, pack.folder, known_sounds())
    casts: dict[tuple[str, str | None, bool], CastScript | str] = {}
    studio = Studio()
    speech: dict[int, str] = {}
    for entry in pack.entries:
        if entry.problem is not None:
            yield Refused(entry, entry.problem.render())
            continue
        which = (entry.script, entry.voice, entry.length is not None)
        if which not in casts:
            options = SessionOptions(
                voice=entry.voice, profile=pack.profile, album=pack.title, defaults=defaults, verify=verify
            )
            casts[which] = _read(entry, options, any_length=which[2])
        cast = casts[which]
        if isinstance(cast, str):
            yield Refused(entry, cast)
            continue
        try:
            if id(cast) not in speech:
                speech[id(cast)] = speech_hash(cast, studio)
            yield Prepared(entry, cast, _job(pack, entry, cast, speech[id(cast)], files, library, verify))
        except (OSError, SpeechError) as error:
            yield Refused(entry, str(error))


def _read(entry: Entry, options: SessionOptions, *, any_length: bool) -> CastScript | str:
    try:
        cast = cast_script(entry.path, options, any_length=any_length)
        cover_of(cast.routine)
    except ScriptError as error:
        return str(error)
    except VoiceguideError as error:
        return Diagnostic(entry.span, "error", str(error).rstrip(".")).render()
    return cast


def speech_hash(cast: CastScript, studio: Studio) -> str:
    """A hash of what the sound of a script's lines depends on: text, voice, its model, pace. Raises SpeechError."""
    return hashlib.sha256("\n".join(sorted(studio.key(line) for line in cast.lines)).encode()).hexdigest()


@functools.cache
def program_stamp() -> str:
    """A hash of what all other sound depends on: :data:`AUDIO_VERSION` and the sound library."""
    digest = hashlib.sha256(str(AUDIO_VERSION).encode())
    for path in sorted(data_folder("sounds").rglob("*.flac")):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _job(
    pack: Pack, entry: Entry, cast: CastScript, speech: str, files: Files, library: str, verify: bool | None
) -> Job:
    job = Job(
        entry.name,
        entry.script,
        entry.length,
        entry.voice,
        tuple(sorted(cast.voices.items())),
        pack.kind,
        pack.bitrate,
        pack.profile,
        pack.title,
        pack.defaults,
        speech,
        library,
        files.inputs(cast.routine),
        verify,
    )
    covered: dict[str, Any] = {own.name: getattr(job, own.name) for own in fields(job) if own.name != "fingerprint"}
    covered["length"] = job.length_name
    text = json.dumps(covered, ensure_ascii=True, sort_keys=True)
    return replace(job, fingerprint=hashlib.sha256(text.encode()).hexdigest())
