"""Makes one session of a pack: its audio, captions, chapters, cover, and what was measured.

These functions run in other processes, perhaps on other machines, so their arguments and results can be pickled, and a
failure is returned as a value instead of raised.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voiceguide import __version__
from voiceguide.checks import check
from voiceguide.companions.captions import CAPTIONS
from voiceguide.companions.chapters import podcast_chapters
from voiceguide.encoder.choice import chosen
from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import CHAPTERS_SUFFIX, TEXT_TYPES
from voiceguide.errors import Diagnostic, OutputError, Source, SpeechError, VoiceguideError
from voiceguide.living.parts import living_files
from voiceguide.living.sound import Mastering
from voiceguide.packs.destination import put
from voiceguide.packs.jobs import Failed, Files, Job, Travelled, program_stamp, speech_hash
from voiceguide.packs.listened import Heard, files_of, listened
from voiceguide.packs.pictures import session_pictures
from voiceguide.progress import ReportStage, quiet
from voiceguide.publish.manifest import File, PackSession, Role
from voiceguide.scratch import scratch
from voiceguide.script.files import display_name
from voiceguide.session.casting import cast_script
from voiceguide.session.render import RUN, Report, kept_parts, origin_of, render, tags_of
from voiceguide.session.session import Session, SpokenScript, speak_script
from voiceguide.speech import Studio
from voiceguide.units import seconds

_NOT_OF_THE_PACK = (RUN, "output", "files")  # entries of a report that differ from run to run, or from place to place


def make(job: Job, folder: Path, output: Path, progress: ReportStage = quiet) -> PackSession | Failed:
    """Makes a session from the pack's files in ``folder``, and writes its files into the empty folder ``output``."""
    try:
        script, any_length = folder / job.script, job.living is not None
        with speak_script(script, job.options(folder), progress, any_length=any_length) as spoken:
            return _made(job, spoken, folder, output, progress)
    except VoiceguideError as error:
        return Failed(job.name, str(error))
    except OSError as error:
        return Failed(job.name, f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}.")
    except Exception as error:  # noqa: BLE001 (one session's fault stops no other)
        return Failed(job.name, f"This is a fault in the program ({type(error).__name__}: {error}); please report it.")


def make_from(job: Job, contents: Mapping[str, bytes], destination: str | None) -> Travelled | Failed:
    """Makes a session from its files' ``contents``, by their paths in the pack's folder.

    Its own files are written to ``destination``, a folder's URL, or come back when that is None.
    """
    with scratch() as work:
        folder, output = work / "pack", work / "made"
        try:
            output.mkdir()
            for path, data in contents.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(data)
            _require_same_program(job, folder)
        except (VoiceguideError, OSError) as error:
            return Failed(job.name, str(error))
        made = make(job, folder, output)
        if isinstance(made, Failed):
            return made
        files = {file.path: (output / file.path).read_bytes() for file in made.files.values()}
        if destination is None:
            return Travelled(made, files)
        try:
            _write(destination, files)
        except Exception as error:  # noqa: BLE001 (each kind of storage has exceptions of its own)
            return Failed(job.name, f"Its files could not be written to {destination}: {error}")
        return Travelled(made, {})


def _write(destination: str, files: Mapping[str, bytes]) -> None:
    from fsspec.core import url_to_fs

    storage, root = url_to_fs(destination)
    storage.makedirs(root, exist_ok=True)
    for path, data in files.items():
        put(storage, f"{root}/{path}", data)


def _require_same_program(job: Job, folder: Path) -> None:
    """Raises VoiceguideError if this machine has another version of a voice or of voiceguide: the bytes would
    differ."""
    if program_stamp() != job.program:
        raise OutputError(
            f"The machine that should make it has another version of voiceguide ({__version__} there). "
            "Install the same one on both."
        )
    cast = cast_script(folder / job.script, job.options(folder), any_length=job.living is not None)
    if speech_hash(cast, Studio()) != job.speech:
        names = " and ".join(sorted({full for _, full in job.cast}))
        raise SpeechError(
            f"The voice {names} has another version on the machine that should speak than on this one. "
            "Install the same packages and voices on both."
        )


def _made(job: Job, spoken: SpokenScript, folder: Path, output: Path, progress: ReportStage) -> PackSession | Failed:
    session = spoken.sessions()[0]
    names = {display_name(path): path for path in session.routine.scripts}
    own = {shown: path.resolve().relative_to(folder.resolve()).as_posix() for shown, path in names.items()}
    settings = session.routine.settings
    writer = _writer(job, session)
    unnamed = output / f"{job.name}{writer.kind.suffix}"
    # A pack keeps its files itself; its many parts would only drive out those of the script that is being written.
    report = render(session, unnamed, writer, progress, jobs=0, kept=kept_parts(adds=False))
    audio = unnamed.replace(output / hashed_name(job.name, report.sha256, writer.kind.suffix))
    heard = listened(job.name, session, audio, own, progress) if job.listen else None
    if heard is not None and not heard.ok:
        return Failed(job.name, heard.reason, heard)
    clips = session.clips
    checked = check(session.routine, session.timeline, clips.sound_level, clips.speaking)
    findings = (*session.warnings, *checked.findings)
    warnings = tuple(dict.fromkeys(_headline(finding, own) for finding in findings))
    document = _document(report, audio.name, own, (*warnings, *report.notes))
    files: dict[Role, File] = {"audio": File(audio.name, report.encoded.size, report.sha256, writer.kind.media_type)}
    for role, ending, media_type, data in _beside(job, session, document, heard):
        files[role] = _written(output, f"{job.name}{ending}", data, media_type)
    if job.living is not None:
        files |= _living(job, spoken, report, output)
    if Files(folder).inputs(session.routine) != job.inputs:
        raise OutputError("One of its files was changed while it was being made. Build the pack again.")
    return PackSession(
        name=job.name,
        title=session.timeline.title,
        description=settings.description,
        author=settings.author,
        language=settings.language,
        script=Path(job.script).stem,
        voice=session.timeline.voice,
        length=job.length_name,
        seconds=seconds(session.timeline.frames),
        loudness_lufs=document["loudness_lufs"],
        true_peak_dbtp=document["true_peak_dbtp"],
        fingerprint=job.fingerprint,
        inputs=MappingProxyType(dict(job.inputs)),
        files=MappingProxyType(files),
        tags=settings.tags,
        warnings=(*warnings, *report.notes),
        origin=origin_of(session),
        rms_db=report.mastering.get("rms_db"),
    )


def _written(output: Path, name: str, data: bytes, media_type: str) -> File:
    (output / name).write_bytes(data)
    return File.of(name, data, media_type)


def _living(job: Job, spoken: SpokenScript, report: Report, output: Path) -> dict[Role, File]:
    """The files from which the page makes the session at any length. Their names have their hashes, as that of the
    audio has."""
    mastering = Mastering(report.mastering["gain_db"], report.mastering["ceiling_dbtp"])
    made = living_files(spoken, report.session, mastering, job.living or ())
    rows: tuple[tuple[Role, str, bytes, str], ...] = (
        ("living", ".living.json", made.document, "application/json"),
        ("living opus", ".opus.clips", made.opus, "application/octet-stream"),
        ("living aac", ".aac.clips", made.aac, "application/octet-stream"),
    )
    return {
        role: _written(output, hashed_name(job.name, hashlib.sha256(data).hexdigest(), ending), data, media_type)
        for role, ending, data, media_type in rows
    }


def _beside(
    job: Job, session: Session, document: Mapping[str, Any], heard: Heard | None
) -> Iterator[tuple[Role, str, str, bytes]]:
    """The files beside the audio: role, ending, media type, content."""
    tags, captions = tags_of(session), CAPTIONS["vtt"]
    yield "captions", captions.suffix, captions.media_type, captions.write(session.timeline, tags).encode()
    yield "chapters", CHAPTERS_SUFFIX, TEXT_TYPES[CHAPTERS_SUFFIX], _json(podcast_chapters(tags))
    yield "timeline", ".report.json", "application/json", _json(document)
    for role, picture in session_pictures(job, session.routine.settings).items():
        ending = picture.suffix if role == "cover" else f".artwork{picture.suffix}"
        yield role, ending, picture.media_type, picture.data
    if heard is not None:
        yield from files_of(heard)


def _writer(job: Job, session: Session) -> Format:
    profile = job.profile if job.profile or job.bitrate else session.routine.settings.profile
    return chosen(job.kind, job.bitrate, profile, session.timeline.sample_rate)


def _headline(finding: Diagnostic, own: Mapping[str, str]) -> str:
    """A finding on one line, with the script's path in the pack."""
    span = replace(finding.span, source=Source(own.get(finding.span.file, finding.span.file), ""))
    return replace(finding, span=span, severity="warning").headline


def hashed_name(name: str, sha256: str, suffix: str) -> str:
    """``evening-5m.3f9a1c2b.mp3``: what a file is called by what it holds.

    A page that was made for other sound, open or stored in a browser, finds that sound or none, and never this."""
    return f"{name}.{sha256[:8]}{suffix}"


def _document(report: Report, output: str, own: Mapping[str, str], warnings: tuple[str, ...]) -> dict[str, Any]:
    """The report without what differs from run to run, and with the scripts' paths in the pack."""
    document = {key: value for key, value in report.to_json().items() if key not in _NOT_OF_THE_PACK}
    document["output"] = output
    document["warnings"] = list(warnings)
    timeline = document["timeline"]
    for row in (*timeline["events"], *timeline.get("fit", {}).get("rounds", ())):
        if "file" in row:
            row["file"] = own.get(row["file"], row["file"])
    return document


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
