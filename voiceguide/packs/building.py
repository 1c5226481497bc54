"""Builds a pack: makes the sessions that changed, keeps the others, and publishes them.

::

    Pack ─prepared─▶ jobs ─speak─▶ ─executor─▶ sessions ─▶ manifest ─pages─▶ player, feed, plan, cue sheets
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from voiceguide import __version__
from voiceguide.errors import Cancelled, OutputError, VoiceguideError
from voiceguide.packs.destination import Destination, LocalFolder
from voiceguide.packs.executors import processes, results, threads
from voiceguide.packs.jobs import Failed, Job, Prepared, Refused, Travelled, prepared
from voiceguide.packs.listened import Heard, all_heard, require_recogniser
from voiceguide.packs.pack_file import Pack
from voiceguide.packs.pages import pages, pages_hash
from voiceguide.packs.pictures import pack_pictures
from voiceguide.progress import ReportStage, quiet
from voiceguide.publish.manifest import NAME, File, Manifest, PackSession, timeline_of
from voiceguide.reviews import Standing, standing, unapproved
from voiceguide.speech import FailedLinesError, speak

_SAVED_EVERY = 5.0  # seconds between two times that the manifest is written while sessions are made


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """``jobs`` sessions are made at the same time; on a ``cluster`` when it is given. ``start`` is the day on which
    the practice plan begins; ``prune`` removes files that no session needs any more. Without ``processes`` sessions
    are made in threads of this process: slower, but no process is started that imports the program's main module.
    ``verify``: speech recognition checks every line's words, whatever the pack and its scripts say (None: as they
    say). ``approved_only``: leaves out the sessions whose scripts are not approved as they are now. ``listen``: every
    session is heard, and taken into the pack only when it is as planned."""

    jobs: int = 1
    cluster: Callable[[], AbstractContextManager[Executor]] | None = None
    start: date | None = None
    prune: bool = False
    processes: bool = True
    verify: bool | None = None
    approved_only: bool = False
    listen: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one session: ``session`` is the one in the pack now, made in this build or kept (None: there is
    none); ``failure`` says why it is not as the pack asks, ``left_out`` why it is not approved, where only what is
    approved was asked for."""

    name: str
    session: PackSession | None
    made: bool
    failure: str | None = None
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a build. ``left_over`` are files in the folder that no session needs, ``removed`` the removed
    ones. ``heard``: what was heard of each session, when it was to be heard."""

    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]
    left_over: tuple[str, ...]
    removed: tuple[str, ...]
    heard: tuple[Heard, ...] = ()

    @property
    def whole(self) -> bool:
        return all(outcome.failure is None for outcome in self.outcomes)


def build(pack: Pack, destination: Destination, options: BuildOptions, progress: ReportStage = quiet) -> Built:
    """Brings ``destination`` up to date with the pack. A session that fails stops no other.

    Raises VoiceguideError if no session can be made at all.
    """
    if options.listen:
        require_recogniser()
    with destination.claimed():
        return _Build(pack, destination, options, progress).run()


@dataclass(slots=True)
class _Build:
    pack: Pack
    destination: Destination
    options: BuildOptions
    progress: ReportStage
    there: dict[str, PackSession] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Heard] = field(default_factory=dict)
    standings: dict[str, Standing] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    orphans: set[str] = field(default_factory=set)
    pictures: tuple[File, File] | None = None
    saved: float = 0.0

    def run(self) -> Built:
        before = self.destination.manifest()
        self._require_own_folder(before)
        self.there = {session.name: session for session in before.sessions} if before else {}
        wanted = self._wanted()
        asked = {one.job.name: one.job.fingerprint for one in wanted}
        self.there |= {session.name: session for session in self.destination.left_by_others(asked)}
        self.orphans = set(self.destination.orphans(asked))
        if before is None:
            self._save(self._empty())
        changed = [one for one in wanted if not self._is_current(one.job)]
        for job, result in self._results(self._spoken(changed)):
            self._accept(job, result, before)
        self.there = {name: one for name, one in self.there.items() if name in self.made or self._is_whole(one)}
        manifest, notes = self._published(before)
        manifest, removed = self._tidied(manifest, before)
        if manifest != before:
            self._save(manifest)
        self.destination.clear()
        heard = self._heard() if self.options.listen else ()
        return Built(tuple(map(self._outcome, self._names())), notes, manifest.left_over, removed, heard)

    def _heard(self) -> tuple[Heard, ...]:
        return tuple(all_heard(self._names(), self.refused, self.there, self.destination.read))

    def _names(self) -> Iterator[str]:
        return (entry.name for entry in self.pack.entries)

    def _outcome(self, name: str) -> Outcome:
        why = self.left_out.get(name)
        return Outcome(name, self.there.get(name), name in self.made, self.failures.get(name), why)

    def _wanted(self) -> list[Prepared]:
        found: list[Prepared] = []
        for number, one in enumerate(prepared(self.pack, self.options.verify), start=1):
            if self._is_left_out(one):
                self.there.pop(one.entry.name, None)
            elif isinstance(one, Refused):
                self.failures[one.entry.name] = one.reason
            else:
                found.append(one)
            self.progress("Reading", number, len(self.pack.entries))
        return found

    def _is_left_out(self, one: Prepared | Refused) -> bool:
        """Whether only what is approved is asked for, and this is not. Takes down where its script stands."""
        name, script = one.entry.name, one.entry.path
        with suppress(ValueError):  # a review that cannot be read says nothing, and approves nothing
            if stands := standing(script):
                self.standings[name] = stands
        if not self.options.approved_only:
            return False
        why = unapproved((script,) if isinstance(one, Refused) else one.cast.routine.scripts)
        if why is not None:
            self.left_out[name] = why
        return why is not None

    def _is_current(self, job: Job) -> bool:
        session = self.there.get(job.name)
        if session is None or (self.options.listen and "listening" not in session.files):
            return False
        return session.fingerprint == job.fingerprint and self._is_whole(session)

    def _is_whole(self, session: PackSession) -> bool:
        """Whether its files are there, and the timeline, from which pages are made, is as it was written."""
        if not self.destination.has({file.path: file.size for file in session.files.values()}):
            return False
        timeline = session.files["timeline"]
        remote = self.destination.url is not None
        return remote or sha256(self.destination.read(timeline.path)).hexdigest() == timeline.sha256

    def _require_own_folder(self, before: Manifest | None) -> None:
        """Raises OutputError if this pack would overwrite files that are not its own."""
        folder = self.destination
        if not isinstance(folder, LocalFolder):
            return
        if folder.path.resolve() == self.pack.folder.resolve():
            raise OutputError(f"{folder.path} holds the scripts. Name another folder for the finished pack.")
        names = set(self._names())
        if before is None:
            endings = (f".{self.pack.kind}", ".html", ".jpg", ".vtt")
            files = ["index.html", "cover.jpg", "player.js", *(name + end for name in names for end in endings)]
            if found := next((file for file in files if folder.exists(file)), None):
                raise OutputError(
                    f"{folder.path} holds files that are not a pack's, such as {found}. Name another folder."
                )
        elif before.sessions and before.title != self.pack.title and not names & {one.name for one in before.sessions}:
            raise OutputError(
                f"{folder.path} holds another pack, “{before.title}”. Name another folder, or remove that one first."
            )

    def _empty(self) -> Manifest:
        pack = self.pack
        return Manifest(pack.title, pack.description, pack.author, pack.language, pack.link, pack.published, ())

    def _spoken(self, changed: Sequence[Prepared]) -> list[Job]:
        """Speaks the lines, and returns the jobs that have all of theirs. On a cluster, the workers speak."""
        if self.options.cluster is not None:
            return [one.job for one in changed]
        good = list(changed)
        while good:
            lines = {line: span for one in good for line, span in one.cast.lines.items()}
            try:
                speak(lines, jobs=self.options.jobs, progress=self.progress)
                break
            except FailedLinesError as error:
                silent = {one.job.name: one.cast.failures(error) for one in good}
                for name, problems in silent.items():
                    if problems:
                        self.failures[name] = "\n".join(problem.render() for problem in problems)
                good = [one for one in good if not silent[one.job.name]]
        return [one.job for one in good]

    def _results(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Any]]:
        if not jobs:
            return
        jobs = [replace(job, listen=self.options.listen) for job in jobs]
        count, stop = min(self.options.jobs, len(jobs)), threading.Event()
        here = partial(processes, count) if self.options.processes else partial(threads, count, stop)
        executors = self.options.cluster or here
        work, arguments = self._work(stop)
        at_once = self.options.jobs if self.options.cluster is None else max(self.options.jobs, 64)
        done = 0

        def report() -> None:
            self.progress("Making", done, len(jobs))

        report()
        for job, result in results(executors, work, arguments, jobs, at_once, report):
            yield job, result
            done += 1
            report()

    def _work(self, stop: threading.Event) -> tuple[Callable[..., Any], Callable[[Job], tuple[Any, ...]]]:
        """The function that makes a session, and its arguments for a job: the pack's folder, or the files' contents."""
        from voiceguide.packs.session import make, make_from

        folder, destination = self.pack.folder, self.destination
        if self.options.cluster is None and isinstance(destination, LocalFolder):
            progress = quiet if self.options.processes else partial(_until, stop)
            return make, lambda job: (job, folder, destination.work_folder(job.name), progress)
        return make_from, lambda job: (
            job,
            {path: (folder / path).read_bytes() for path, _ in job.inputs},
            destination.url,
        )

    def _accept(self, job: Job, result: Any, before: Manifest | None) -> None:
        if isinstance(result, VoiceguideError | OSError):
            self.failures[job.name] = str(result)
            return
        if isinstance(result, Exception):
            fault = f"{type(result).__name__}: {result}"
            self.failures[job.name] = f"This is a fault in the program ({fault}); please report it."
            return
        if isinstance(result, Failed):
            self.failures[job.name] = result.reason
            if result.heard is not None:
                self.refused[job.name] = result.heard
            return
        session, contents = (result.session, result.contents) if isinstance(result, Travelled) else (result, {})
        try:
            self.destination.take(session, contents)
        except OSError as error:
            why = f"{error.strerror or error} ({error.filename2 or error.filename})"
            self.failures[job.name] = f"Its files could not be moved into the pack's folder: {why}."
            return
        self.there[job.name] = session
        self.made.add(job.name)
        if time.monotonic() - self.saved > _SAVED_EVERY:
            self._save(self._manifest(before))
            self.saved = time.monotonic()

    def _manifest(self, before: Manifest | None) -> Manifest:
        """The manifest of the sessions that are there now, with the pages of the last build."""
        pack = self.pack
        pictures = self.pictures = self.pictures or pack_pictures(pack, before, self.destination)
        sessions = tuple(self.there[name] for name in self._names() if name in self.there)
        return Manifest(
            pack.title,
            pack.description,
            pack.author,
            pack.language,
            pack.link,
            pack.published,
            sessions,
            tuple(replace(week, sessions=present) for week in pack.programme if (present := _present(week, sessions))),
            pictures[0],
            __version__,
            before.pages if before else MappingProxyType({}),
            before.pages_hash if before else "",
            self._left_over(before, sessions, pictures),
            self._earlier(before, sessions),
            pictures[1],
            pack.owner,
            pack.category,
        )

    def _earlier(self, before: Manifest | None, sessions: Sequence[PackSession]) -> Mapping[str, str]:
        """The audio file of each session's last version: that of the build before, where this one has another, else the
        one that was kept until now."""
        if before is None:
            return MappingProxyType({})
        was = {session.name: session.audio.path for session in before.sessions}
        found = {}
        for session in sessions:
            old = was.get(session.name)
            path = before.earlier.get(session.name) if old in (None, session.audio.path) else old
            if path is not None and path != session.audio.path and self.destination.exists(path):
                found[session.name] = path
        return MappingProxyType(found)

    def _left_over(
        self, before: Manifest | None, sessions: Sequence[PackSession], pictures: Collection[File]
    ) -> tuple[str, ...]:
        """Files of sessions that are in the folder and that no session needs."""
        old = {file.path for session in before.sessions for file in session.files.values()} if before else set()
        old |= self.orphans | (set(before.left_over) if before else set())
        old |= {file.path for file in (before.cover, before.artwork) if file} if before else set()
        old |= set(before.earlier.values()) if before else set()
        needed = {file.path for session in sessions for file in session.files.values()}
        needed |= {file.path for file in pictures}
        needed |= set(self._earlier(before, sessions).values())
        pages = before.pages if before else ()
        return tuple(path for path in sorted(old - needed) if path not in pages and self.destination.exists(path))

    def _published(self, before: Manifest | None) -> tuple[Manifest, tuple[str, ...]]:
        """The manifest with its pages, which are written unless they are there already."""
        manifest = self._manifest(before)
        stamp = pages_hash(manifest, self.options.start, __version__, self.standings)
        if before and before.pages_hash == stamp and self.destination.has(manifest.pages):
            return manifest, ()
        if not manifest.sessions:
            return manifest, ("There is no page, because there is no session yet.",)
        made = pages(manifest, self._timeline, self.options.start, self.standings)
        sizes: dict[str, int] = {}
        most = 2 * len(manifest.sessions)  # files of single sessions, besides a handful
        for path, data in made.files:
            self.destination.write(path, data)
            sizes[path] = len(data)
            self.progress("Publishing", min(len(sizes), most), most)
        gone = [path for path in ("feed.xml", "programme.ics") if path in manifest.pages and path not in sizes]
        notes = (*made.notes, *(f"{path} of an earlier build was removed." for path in gone))
        return replace(manifest, pages=MappingProxyType(dict(sorted(sizes.items()))), pages_hash=stamp), notes

    def _timeline(self, session: PackSession) -> Mapping[str, Any]:
        return timeline_of(self.destination.read(session.files["timeline"].path))

    def _tidied(self, manifest: Manifest, before: Manifest | None) -> tuple[Manifest, tuple[str, ...]]:
        """Removes pages of the last build that are gone now and, with ``prune``, the files that no session needs."""
        old = set(before.pages if before else ()) - set(manifest.pages)
        self.destination.remove(sorted(old))
        manifest = self._without_old_sound(manifest, before)
        unneeded = (*manifest.left_over, *sorted(manifest.earlier.values()))
        if not self.options.prune or not unneeded:
            return manifest, ()
        self.destination.remove(unneeded)
        return replace(manifest, left_over=(), earlier=MappingProxyType({})), unneeded

    def _without_old_sound(self, manifest: Manifest, before: Manifest | None) -> Manifest:
        """Removes the audio of sessions that have had two versions since; pages that old are gone."""
        if before is None:
            return manifest
        present = {session.name for session in manifest.sessions}
        older = {path for name, path in before.earlier.items() if name in present} - set(manifest.earlier.values())
        gone = older & set(manifest.left_over)
        self.destination.remove(sorted(gone))
        return replace(manifest, left_over=tuple(path for path in manifest.left_over if path not in gone))

    def _save(self, manifest: Manifest) -> None:
        self.destination.write(NAME, (json.dumps(manifest.to_json(), ensure_ascii=False, indent=1) + "\n").encode())
        self.destination.forget()


def _until(stop: threading.Event, stage: str, done: int, total: int) -> None:
    """The progress of a session that is not made to its end once ``stop`` is set."""
    if stop.is_set():
        raise Cancelled("The build has ended.")


def _present(week: Any, sessions: Collection[PackSession]) -> tuple[str, ...]:
    names = {session.name for session in sessions}
    return tuple(name for name in week.sessions if name in names)
