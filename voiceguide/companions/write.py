"""Writes the files beside a session's audio: captions, chapters, a description, stems, a project, a file for each
chapter, and the session in a library."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from voiceguide.atomic import Written, atomic, write_text
from voiceguide.companions.captions import CAPTIONS
from voiceguide.companions.chapters import podcast_chapters
from voiceguide.companions.description import description
from voiceguide.companions.library import lay_into
from voiceguide.companions.paths import BUSES, Companions
from voiceguide.companions.projects.kinds import PROJECTS
from voiceguide.companions.projects.lanes import project_of, without_outer_fades
from voiceguide.companions.stems import labels, write_stem
from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.split import parts, playlist, split
from voiceguide.mixing.mixer import Mixer
from voiceguide.progress import ReportStage
from voiceguide.session.render import tags_of
from voiceguide.session.session import Session

_LARGEST_PLAYLIST = 2**20  # bytes; ours are far smaller
_PART = re.compile(rf"[0-9]{{2,}}(-[^/\\]*)?\.({'|'.join(map(re.escape, KINDS))})")  # as encoder.split names them


@contextmanager
def beside(session: Session, wanted: Companions, progress: ReportStage) -> Iterator[tuple[Written, ...]]:
    """Captions, chapters and stems: written to temporary files on entry, which replace the older files when the block
    ends without an error.

    Raises OutputError; then, and when the block fails, older files are unchanged.
    """
    with ExitStack() as held:
        texts = [(kind, path, held.enter_context(atomic(path)), text) for kind, path, text in _texts(session, wanted)]
        stems = [(path, held.enter_context(atomic(path))) for path in wanted.stem_paths[: len(BUSES)]]
        for _, _, temporary, text in texts:
            temporary.write_bytes(text.encode())
        if stems:
            with session.stopwatch.stage("stems"):
                mixer = _for_project(session.mix.mixer) if wanted.project else session.mix.mixer
                _write_stems(mixer, [temporary for _, temporary in stems], progress)
        yield (
            *(Written.of(kind, path, temporary) for kind, path, temporary, _ in texts),
            *(Written.of("stem", path, temporary) for path, temporary in stems),
        )


def _texts(session: Session, wanted: Companions) -> Iterator[tuple[str, Path, str]]:
    """The kind, path and content of each text that is wanted."""
    timeline, tags = session.timeline, tags_of(session)
    if wanted.captions:
        captions = CAPTIONS[wanted.captions.suffix.removeprefix(".")]
        yield "captions", wanted.captions, captions.write(timeline, tags)
    if wanted.chapters:
        text = json.dumps(podcast_chapters(tags), ensure_ascii=False, indent=2)
        yield "chapters", wanted.chapters, f"{text}\n"
    if wanted.description:
        yield "description", wanted.description, description(tags)
    if wanted.project and wanted.stems:
        kind = next(kind for kind in PROJECTS.values() if kind.suffix == wanted.project.suffix)
        made = project_of(timeline, session.mix.mixer.arrangement, wanted.stems.name)
        yield "project", wanted.project, kind.write(made)
    if wanted.stems:
        yield "labels", wanted.stem_paths[-1], labels(timeline)


def _for_project(mixer: Mixer) -> Mixer:
    """The mix without the fades that its project has instead."""
    return replace(mixer, timeline=without_outer_fades(mixer.timeline))


def _write_stems(mixer: Mixer, temporaries: list[Path], progress: ReportStage) -> None:
    frames, before = mixer.frames, 0

    def report_frames(done: int) -> None:
        progress("Stems of", before + done, len(BUSES) * frames)

    for bus, temporary in zip(BUSES, temporaries, strict=True):
        write_stem(mixer, bus, temporary, report_frames)
        before += frames


def chapters_apart(
    session: Session, audio: Path, writer: Format, wanted: Companions, progress: ReportStage
) -> tuple[Written, ...]:
    """Writes a file for each chapter of the finished ``audio``, and a playlist of them, if they are wanted.

    ``writer`` is the format of ``audio``. Parts that only an older playlist names are removed. Raises OutputError.
    """
    if wanted.playlist is None:
        return ()
    tags = tags_of(session)
    folder = wanted.playlist.parent
    wanted_parts = parts(tags, wanted.playlist.with_suffix(""), writer.kind.suffix)
    old = _parts_of(wanted.playlist)
    written = []
    with session.stopwatch.stage("split"):
        for number, (part, _) in enumerate(split(audio, writer, wanted_parts), start=1):
            written.append(Written.of("part", part.path))
            progress("Splitting", number, len(wanted_parts))
        write_text(wanted.playlist, playlist(tags.title, wanted_parts, folder))
    for path in old - {part.path for part in wanted_parts}:
        with contextlib.suppress(OSError):
            path.unlink()
    return (*written, Written.of("playlist", wanted.playlist))


def in_library(session: Session, audio: Path, wanted: Companions) -> tuple[Written, ...]:
    """Lays the finished ``audio`` into a library, if that is wanted. Raises OutputError."""
    if wanted.library is None:
        return ()
    return lay_into(wanted.library, audio, tags_of(session), session.routine.settings.tags)


def _parts_of(playlist: Path) -> set[Path]:
    """The parts that an older playlist names: files in its own folder whose names begin with a number."""
    found: set[Path] = set()
    with contextlib.suppress(OSError, UnicodeDecodeError):
        if playlist.stat().st_size <= _LARGEST_PLAYLIST:
            folder = playlist.with_suffix("")
            for row in playlist.read_text("utf-8").splitlines():
                name = row.removeprefix("./").removeprefix(f"{folder.name}/")
                if _PART.fullmatch(name):
                    found.add(folder / name)
    return found
