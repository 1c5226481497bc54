"""``voiceguide render``: scripts to audio files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.as_options import as_options
from voiceguide.cli.cue_help import cue_help
from voiceguide.cli.findings import print_first_findings
from voiceguide.cli.kinds import CompanionOptions, KindOptions, kind_options
from voiceguide.cli.people import options_for, people_in, people_option
from voiceguide.cli.plot_option import plot_option
from voiceguide.cli.progress import shown
from voiceguide.cli.replaced import Earlier, earlier_at
from voiceguide.cli.script_argument import script_argument
from voiceguide.cli.session_options import variant_options
from voiceguide.cli.variants import Choices, NameParts, Variant, named
from voiceguide.companions.paths import Companions, require_apart
from voiceguide.configuration import configuration
from voiceguide.editing.people import Person
from voiceguide.encoder.kinds import BY_SUFFIX, DEFAULT, KINDS
from voiceguide.errors import ScriptError, VoiceguideError, count_mistakes, printable, printable_rows, rendered
from voiceguide.progress import ReportStage
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript, read_script
from voiceguide.units import format_duration, seconds

if TYPE_CHECKING:
    from voiceguide.api.rendering import Report
    from voiceguide.api.session import Session
    from voiceguide.atomic import Written


@click.command("render", epilog=cue_help())
@script_argument("scripts", several=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    help=f"Where to write; sessions/<script's name>{KINDS[DEFAULT].suffix} when left out.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.json",
    help="Writes what was made and measured, with the timeline.",
)
@plot_option
@people_option
@kind_options
@variant_options
def command(
    scripts: tuple[Path, ...],
    output: str | None,
    kind: KindOptions,
    companions: CompanionOptions,
    report: Path | None,
    plot: Path | None,
    people: Path | None,
    options: SessionOptions,
    choices: Choices,
    quiet: bool,
) -> int:
    """Writes the session of each SCRIPT as an audio file.

    The file is written atomically: it appears when it is complete. --length and --set have their place in its name,
    as in name-ben-5m.mp3, so that no session takes another's place. With several --length, --voice, --profile or
    values of --set there is a file for each combination.
    """
    written = (("--report", report), ("--plot", plot), ("--stems", companions.stems))
    of_one = [option for option, path in written if path is not None]
    if of_one and len(scripts) > 1:
        raise click.UsageError(f"{of_one[0]} takes one script at a time.")
    if people is not None:
        _require_folder(scripts, output, of_one, options, choices)
        everyone = people_in(people, scripts[0], options)
        return _rendered_for(everyone, scripts[0], output, kind, companions, options, quiet)
    if plot is not None and report is not None and plot.parent == Path():
        plot = report.parent / plot
    variants = choices.variants(options)
    jobs = [
        _Job(script, one.options, _outputs(one, audio, report, plot, companions, exact=_is_file(output)))
        for script, audio in _audio_paths(scripts, output, kind.name).items()
        for one in variants
    ]
    for job in jobs:
        if job.outputs[0].audio.suffix:  # the folder "." gives no name to a file, which is told when it is read
            kind.of(job.outputs[0].audio, job.options.profile)  # its mistakes are told before any work
    _check_apart(scripts, (outputs for job in jobs for outputs in job.outputs))
    readable = _readable(jobs)
    done = [job for job, known in readable if _rendered(job, known, kind, quiet)]
    return 0 if len(done) == len(jobs) else 1


def _require_folder(
    scripts: Sequence[Path],
    output: str | None,
    of_one: Sequence[str],
    options: SessionOptions,
    choices: Choices,
) -> None:
    """Raises UsageError for options that cannot go together with a table of people, as those ``of_one`` session."""
    if len(scripts) > 1 or len(options.lengths) > 1 or len(choices.variants(options)) > 1:
        raise click.UsageError("--people takes one script, and one --length, --voice and --profile at most.")
    if of_one:
        raise click.UsageError(f"{of_one[0]} is for one session, but --people makes many.")
    if output is not None and Path(output).suffix.casefold() in BY_SUFFIX:
        raise click.UsageError(f"-o {output} is one file, but --people makes many; name a folder.")


def _rendered_for(
    people: Sequence[Person],
    script: Path,
    output: str | None,
    kind: KindOptions,
    companions: CompanionOptions,
    options: SessionOptions,
    quiet: bool,
) -> int:
    """A session for each person; what fails for one stops no other."""
    folder, ending = _target(output), KINDS[kind.name or DEFAULT].suffix
    jobs = []
    for person in people:
        audio = folder / f"{person.file}{ending}"
        jobs.append(_Job(script, options_for(person, options), (_Outputs(audio, None, None, companions.of(audio)),)))
    _check_apart([script], (outputs for job in jobs for outputs in job.outputs))
    readable = _readable(jobs)
    with shown(script.name, quiet=quiet) as progress:
        from voiceguide.session.ahead import speak_ahead

        spoken, kept = speak_ahead([(known, job.options) for job, known in readable], options.jobs, progress)
    if not quiet:
        click.echo(f"{spoken} lines spoken for all of them, {kept} kept from before.", err=True)
    done = sum(_rendered(job, known, kind, quiet) for job, known in readable)
    if not quiet:
        click.echo(f"{done} of {len(people)} sessions are made; they lie in {folder}.", err=True)
    return 0 if people and done == len(people) else 1


@dataclass(frozen=True, slots=True)
class _Outputs:
    """The files of one session."""

    audio: Path
    report: Path | None
    plot: Path | None
    companions: Companions


@dataclass(frozen=True, slots=True)
class _Job:
    """A script with one set of options; ``outputs`` are the files for each of their lengths."""

    script: Path
    options: SessionOptions
    outputs: tuple[_Outputs, ...]


def _outputs(
    variant: Variant, audio: Path, report: Path | None, plot: Path | None, companions: CompanionOptions, *, exact: bool
) -> tuple[_Outputs, ...]:
    """The files of a variant; the name of the audio is ``exact`` where nothing but the command's other sessions can
    be taken for this one."""

    def of(parts: NameParts) -> _Outputs:
        own = named(audio, parts.apart if exact else parts.whole)
        return _Outputs(
            own,
            report and named(report, parts.apart),
            plot and named(plot, parts.apart),
            companions.of(own, parts.apart),
        )

    return tuple(map(of, variant.names))


def _check_apart(scripts: Iterable[Path], every: Iterable[_Outputs]) -> None:
    """Raises UsageError if one file would be written over another, or over a script."""
    paths = ((outputs.audio, outputs.report, outputs.plot, *outputs.companions.paths) for outputs in every)
    try:
        require_apart((path for group in paths for path in group if path is not None), dict.fromkeys(scripts))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _readable(jobs: Iterable[_Job]) -> list[tuple[_Job, ReadScript]]:
    """The jobs whose scripts have no errors, all read before any work; the errors of a script are told once."""
    found, wrong = [], set()
    for job in jobs:
        if job.script in wrong:
            continue
        known = _read(job.script, job.options)
        if known is None:
            wrong.add(job.script)
        else:
            found.append((job, known))
    return found


def _read(script: Path, options: SessionOptions) -> ReadScript | None:
    """Reads a script before any work is begun, and prints all its errors; None if it has any."""
    try:
        return read_script(script, options)
    except ScriptError as error:
        errors = count_mistakes(error.diagnostics, "error")
        click.echo(str(error), err=True)
        count = f"{errors} {'error' if errors == 1 else 'errors'}"
        click.echo(printable(f"{script.name or script} has {count}; nothing was written for it."), err=True)
        return None


def _rendered(job: _Job, known: ReadScript, kind: KindOptions, quiet: bool) -> bool:
    from voiceguide.api.session import sessions

    try:
        with shown(job.script.name, quiet=quiet) as progress:
            planned = sessions(known, job.options, progress)
            earlier = [None if quiet else earlier_at(files.audio) for files in job.outputs]
            reports = [
                _written(session, files, kind, progress, job.options.jobs)
                for session, files in zip(planned, job.outputs, strict=True)
            ]
    except VoiceguideError as error:
        click.echo(printable_rows(as_options(str(error))), err=True)
        return False
    if not quiet:
        _summarise(planned, reports, earlier)
    return True


def _written(session: Session, files: _Outputs, kind: KindOptions, progress: ReportStage, jobs: int) -> Report:
    from voiceguide.api.rendering import Outputs, draw, write

    profile, rate = session.planned.routine.settings.profile, session.timeline.sample_rate
    writer = kind.of(files.audio, profile, rate)
    report = write(session, Outputs(files.audio, writer, files.companions, files.report), jobs, progress)
    if files.plot is not None:
        draw(session.timeline, files.plot, report.loudness_curve)
    return report


def _summarise(sessions: Sequence[Session], reports: Sequence[Report], earlier: Sequence[Earlier | None]) -> None:
    if warnings := rendered(dict.fromkeys(warning for session in sessions for warning in session.findings)):
        click.echo(warnings, err=True)
    print_first_findings(sessions)
    for report, before in zip(reports, earlier, strict=True):
        length = format_duration(round(seconds(report.timeline.frames), 1))
        click.echo(
            f"Wrote {printable(str(report.output))}: {length}, {report.size / 1e6:.1f} MB, "
            f"{report.loudness}; "
            f"{report.lines_spoken} lines spoken, {report.lines_kept} kept from before.",
            err=True,
        )
        if before is not None and before.sha256 != report.sha256:
            click.echo(f"It takes the place of {before}.", err=True)
        if others := _named(report.files):
            click.echo(printable(f"Beside it: {others}."), err=True)
        for note in report.notes:
            click.echo(f"warning: {note}", err=True)


def _named(files: Sequence[Written]) -> str:
    """The files by name; those of chapters by their number and folder."""
    parts = [file.path for file in files if file.kind == "part"]
    named = [str(file.path) for file in files if file.kind != "part"]
    if parts:
        named.append(f"{len(parts)} {'file' if len(parts) == 1 else 'files'} in {parts[0].parent}")
    return ", ".join(named)


def _target(output: str | None) -> Path:
    """Where to write: what the command line says, or the configuration, or the folder ``sessions`` here."""
    return Path(output) if output is not None else configuration().preferences.output or Path("sessions")


def _is_file(output: str | None) -> bool:
    """Whether ``-o`` names a file."""
    if output is None or output.endswith(("/", "\\")):
        return False
    return Path(output).suffix != "" and not Path(output).is_dir()


def _audio_paths(scripts: tuple[Path, ...], output: str | None, kind: str | None) -> dict[Path, Path]:
    """The file that each script is written to. Raises UsageError if that is ambiguous."""
    target = _target(output)
    if not _is_file(output):
        paths = {script: target / f"{script.stem}{KINDS[kind or DEFAULT].suffix}" for script in dict.fromkeys(scripts)}
        if len(set(paths.values())) < len(paths):
            raise click.UsageError("Two of these scripts have the same name; render them to different folders.")
        return paths
    if len(scripts) > 1:
        raise click.UsageError(f"-o {output} is one file, but there are {len(scripts)} scripts; name a folder.")
    suffix = target.suffix.casefold()
    if suffix not in BY_SUFFIX:
        endings = ", ".join(BY_SUFFIX)
        raise click.UsageError(f"{target} should end in {endings}, which says what kind of file it will be.")
    if kind is not None and suffix != KINDS[kind].suffix:
        raise click.UsageError(f"{target} ends in {suffix}, but --format says {kind}; leave one of them out.")
    return {scripts[0]: target}
