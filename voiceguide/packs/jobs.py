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
from voiceguide.packs.entries import Entry
from voiceguide.packs.listened import Heard
from voiceguide.packs.pack_file import Pack, default_settings
from voiceguide.publish.manifest import PackSession
from voiceguide.resources import data_folder
from voiceguide.routine import Routine
from voiceguide.session.casting import CastScript, cast_script
from voiceguide.session.options import SessionOptions, known_sounds
from voiceguide.session.session import cover_of
from voiceguide.speech import Studio
from voiceguide.units import format_duration

AUDIO_VERSION = 7
"""Raised with every change to the audio or the companion files that are made for the same script."""


LIVING_VERSION = 1
"""Raised with every change to the files of living sessions."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that a session is made from. ``length`` is seconds; ``voice`` is as the pack names it; ``cast`` has
    the full name of every voice that is asked for. ``speech`` is a hash of what the lines' sound depends on,
    ``program`` of what everything else does.

    ``inputs`` are the files by their paths in the pack's folder, with the SHA-256 of what they hold. ``listen``: the
    finished file is heard, and refused when it is not as planned; no fingerprint depends on it. ``living``: the lengths
    of all sessions of the same script and voice, where this session brings the files from which the page makes it at
    any length; None where it does not. ``variables``: names and values of the script's variables.
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
    listen: bool = False
    living: tuple[Fraction | None, ...] | None = None
    variables: tuple[tuple[str, str], ...] = ()

    def options(self, folder: Path) -> SessionOptions:
        """The job for :mod:`voiceguide.session.session`, with the pack's files in ``folder``."""
        return SessionOptions(
            voice=self.voice,
            variables=dict(self.variables),
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
    """A job that failed; ``reason`` is a message for the user. ``heard``: what was heard of a file that was refused."""

    name: str
    reason: str
    heard: Heard | None = None


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
    preparing = _Preparing(pack, Files(pack.folder), Studio(), verify)
    return map(preparing.entry, pack.entries)


class _Preparing:
    """What the sessions of a pack share is read once: files, and scripts with a voice."""

    def __init__(self, pack: Pack, files: Files, studio: Studio, verify: bool | None) -> None:
        self._pack, self._files, self._studio, self._verify = pack, files, studio, verify
        self._defaults = default_settings(pack.defaults, pack.folder, known_sounds())
        self._casts: dict[tuple[str, str | None, bool, tuple[tuple[str, str], ...]], CastScript | str] = {}
        self._speech: dict[int, str] = {}

    def entry(self, entry: Entry) -> Prepared | Refused:
        if entry.problem is not None:
            return Refused(entry, entry.problem.render())
        cast = self._cast(entry)
        if isinstance(cast, str):
            return Refused(entry, cast)
        try:
            return Prepared(entry, cast, self._job(entry, cast))
        except (OSError, SpeechError) as error:
            return Refused(entry, str(error))

    def _cast(self, entry: Entry) -> CastScript | str:
        """The entry's script, or why there is none."""
        any_length = entry.length is not None or self._living(entry) is not None
        which = (entry.script, entry.voice, any_length, entry.variables)
        if which not in self._casts:
            pack = self._pack
            options = SessionOptions(
                voice=entry.voice,
                variables=dict(entry.variables),
                profile=pack.profile,
                album=pack.title,
                defaults=self._defaults,
                verify=self._verify,
            )
            self._casts[which] = _read(entry, options, any_length=any_length)
        return self._casts[which]

    def _speech_of(self, cast: CastScript) -> str:
        if id(cast) not in self._speech:
            self._speech[id(cast)] = speech_hash(cast, self._studio)
        return self._speech[id(cast)]

    def _living(self, entry: Entry) -> tuple[Fraction | None, ...] | None:
        """The lengths of :attr:`Job.living`, for the first session of a script and voice in a living pack."""
        alike = self._alike.get((entry.script, entry.voice), ())
        return tuple(one.length for one in alike) if alike and entry is alike[0] else None

    @functools.cached_property
    def _alike(self) -> Mapping[tuple[str, str | None], list[Entry]]:
        """The sessions of a living pack by script and voice; such a pack has no people."""
        found: dict[tuple[str, str | None], list[Entry]] = {}
        for entry in self._pack.entries if self._pack.living else ():
            found.setdefault((entry.script, entry.voice), []).append(entry)
        return found

    def _job(self, entry: Entry, cast: CastScript) -> Job:
        """Raises OSError and SpeechError."""
        pack = self._pack
        job = Job(
            name=entry.name,
            script=entry.script,
            length=entry.length,
            voice=entry.voice,
            cast=tuple(sorted(cast.voices.items())),
            kind=pack.kind,
            bitrate=pack.bitrate,
            profile=pack.profile,
            album=pack.title,
            defaults=pack.defaults,
            speech=self._speech_of(cast),
            program=program_stamp(),
            inputs=self._files.inputs(cast.routine),
            verify=self._verify,
            living=self._living(entry),
            variables=entry.variables,
        )
        return replace(job, fingerprint=_fingerprint(job))


def _fingerprint(job: Job) -> str:
    covered: dict[str, Any] = {
        own.name: getattr(job, own.name) for own in fields(job) if own.name not in ("fingerprint", "listen")
    }
    covered["length"] = job.length_name
    living = covered.pop("living")
    if living is not None:
        covered["living"] = [LIVING_VERSION, *(None if one is None else format_duration(one) for one in living)]
    if not job.variables:  # as before there were any, so that no pack is made again
        del covered["variables"]
    text = json.dumps(covered, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


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
