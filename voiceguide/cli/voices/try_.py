"""``voiceguide voices try``: makes a sample of a voice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import voice_folder_option
from voiceguide.encoder.kinds import BY_SUFFIX, DEFAULT, KINDS
from voiceguide.languages import sample_text
from voiceguide.routine import OpeningBed
from voiceguide.scratch import scratch
from voiceguide.session.options import SessionOptions

if TYPE_CHECKING:
    from voiceguide.speech import Voice


@click.command("try")
@click.argument("name")
@click.argument("text", nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Writes the sample, and plays nothing. Where nothing can be played, it is written to "
    f"sessions/<the voice's name>{KINDS[DEFAULT].suffix}.",
)
@voice_folder_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(name: str, text: tuple[str, ...], output: Path | None, quiet: bool) -> None:
    """Lets the voice NAME say TEXT, or a sentence of guidance in its language.

    With -o, or where nothing can be played, the sample is written to a file.
    """
    from voiceguide.session.render import render
    from voiceguide.session.session import planned
    from voiceguide.speech import resolve, voices

    full = resolve(name, "en") if name.strip().casefold() != "auto" else "auto"
    voice = next((voice for voice in voices() if voice.name == full), None)
    said = " ".join(" ".join(text).split()) or _sample(voice)
    if not any(c.isalnum() for c in said):
        raise click.UsageError(f"There is nothing to speak in '{said}'.")
    heard = output is None and _can_be_heard()
    path = output or Path("sessions") / (re.sub(r"[^\w+-]+", "-", full) + KINDS[DEFAULT].suffix)
    kind = BY_SUFFIX.get(path.suffix.casefold())
    if kind is None:
        raise click.UsageError(f"{path} should end in {', '.join(BY_SUFFIX)}, which says what kind of file it will be.")
    with scratch() as folder:
        script = folder / "sample.md"
        script.write_text(_script(said, voice), "utf-8")
        options = SessionOptions(voice=full, bed=OpeningBed())
        if heard:
            _play(script, said, options)
            return
        with shown(path.name, quiet=quiet) as progress, planned(script, options, progress) as session:
            render(session, path, kind.format(), progress)
    click.echo(f"Wrote {path}: the voice {session.timeline.voice} says “{said}”", err=True)


def _can_be_heard() -> bool:
    """Whether there is a device to play on, and the extra for it."""
    from voiceguide.errors import DeviceError
    from voiceguide.playing.device import can_play, open_device

    if not can_play():
        return False
    try:
        open_device().close()
    except DeviceError:
        return False
    return True


def _play(script: Path, said: str, options: SessionOptions) -> None:
    from voiceguide.api.session import sessions
    from voiceguide.playing.playback import Playback
    from voiceguide.playing.streams import StreamPlayable
    from voiceguide.progress import quiet
    from voiceguide.session.reading import read_script

    (session,) = sessions(read_script(script, options), options, quiet)
    click.echo(f"The voice {session.timeline.voice} says “{said}”", err=True)
    with session, Playback(StreamPlayable(session, session.timeline)) as playback:
        playback.finish()


def _sample(voice: Voice | None) -> str:
    """The default sample text of a voice; for a recorded one, a line that it has."""
    if voice is not None and voice.quality == "recorded":
        from voiceguide.speech.engines.recorded.voices import find_recorded_voice

        found = next(iter(find_recorded_voice(voice.name).recordings.values()), None)
        if found is None:
            raise click.ClickException(f"The voice {voice.name} has no recordings yet.")
        return found.text
    text = sample_text(voice.language if voice else "en")
    if not text:
        raise click.UsageError(
            f"Please give a text in the language of the voice, which is '{voice and voice.language}'."
        )
    return text


def _script(said: str, voice: Voice | None) -> str:
    """A script that speaks a text literally, with its marks escaped."""
    plain = re.sub(r"([\\\[\]{}*_`#>])", r"\\\1", said)
    language = voice.language if voice is not None and voice.language not in ("mul", "und") else "en"
    return f"---\ntitle: Sample\nlanguage: {language}\n---\n{plain}\n"
