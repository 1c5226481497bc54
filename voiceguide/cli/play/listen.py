"""Plays until the end, with keys and a display."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from voiceguide.cli.play.terminal import Endings, keyboard
from voiceguide.errors import OutputError, ScriptError
from voiceguide.live.session import LiveSession
from voiceguide.playing.device import open_device
from voiceguide.playing.moments import Moment, Playable
from voiceguide.playing.playback import Playback
from voiceguide.playing.scripts import ScriptPlayable
from voiceguide.script.files import Folder, read_source
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE

_LOOK = 0.08  # seconds between two looks at what is heard; a breathing bar moves smoothly enough


@dataclass(frozen=True, slots=True)
class Choices:
    """How it is played: ``begin`` gives the first frame, ``timer`` is the sleep timer's frames, ``quiet`` shows only
    what went wrong."""

    begin: Callable[[Timeline], int]
    timer: int | None
    quiet: bool


def play_script(path: Path, options: SessionOptions, choices: Choices, *, watch: bool) -> None:
    """Plays a script while it is spoken. Raises VoiceguideError."""
    source, problems = read_source(path)
    if problems:
        raise ScriptError(problems)
    device = open_device()
    with ExitStack() as held:
        held.callback(device.close)
        script = ScriptText(source, Folder(path.parent), path)
        session = held.enter_context(LiveSession(script, options, changes=watch))
        playable = ScriptPlayable(session, patient=watch)
        _begin(playable, choices)
        playback = held.enter_context(Playback(playable, timer=choices.timer, device=device))
        warnings = [] if choices.quiet else [finding.render() for finding in session.findings]
        look = None
        with _Listening(playback, path, choices) as listening:
            for warning in warnings:
                listening.tell(warning)
            if watch:
                from voiceguide.cli.play.watch import Watch

                look = Watch(path, session, playback.player.go, listening.tell).look
            listening.listen(look)


def play_file(path: Path, choices: Choices) -> None:
    """Plays an audio file. Raises VoiceguideError."""
    from voiceguide.encoder.listening import AudioFile
    from voiceguide.playing.streams import StreamPlayable, timeline_of

    file = AudioFile.of(path)
    playable = StreamPlayable(file, timeline_of(file))
    _begin(playable, choices)
    with Playback(playable, timer=choices.timer) as playback, _Listening(playback, path, choices) as listening:
        listening.listen(None)


def _begin(playable: Playable, choices: Choices) -> None:
    if frame := choices.begin(playable.place.timeline):
        playable.seek(frame)


class _Listening:
    """The display and the keys while something is played."""

    def __init__(self, playback: Playback, path: Path, choices: Choices) -> None:
        from voiceguide.cli.play.display import Lines, Panel, Screen

        self._playback, self._path, self._quiet = playback, path, choices.quiet
        self._held = ExitStack()
        self._endings = Endings()
        self._screen: Screen
        self._held.enter_context(self._endings.counted())
        self._keyboard = self._held.enter_context(keyboard())
        drawn = not choices.quiet and sys.stdout is not None and Panel.suits()
        self._screen = Panel(keys=sys.stdin is not None and sys.stdin.isatty()) if drawn else Lines()
        self._held.callback(self._screen.close)

    def __enter__(self) -> _Listening:
        return self

    def __exit__(self, *exception: object) -> None:
        self._held.close()

    def tell(self, text: str) -> None:
        """Prints a message beside the display."""
        self._screen.tell(text)

    def listen(self, look: Callable[[], None] | None) -> None:
        """Plays to the end; calls ``look`` now and then. Raises VoiceguideError."""
        asked = 0
        while not self._playback.wait(0):
            for command in self._keyboard.read(_LOOK):
                self._playback.player.send(command)
            while asked < self._endings.asked:
                asked += 1
                self._playback.player.send("quit")
            if look is not None:
                look()
            self._show()
        self._playback.finish()
        self._held.close()
        self._tell_the_end()

    def _show(self) -> None:
        moment = self._playback.moment
        if moment is None or self._quiet:
            return
        try:
            self._screen.show(moment)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains as it ends
            raise OutputError(
                "Playing has ended, because the program that reads its output was closed. With -q nothing is shown."
            ) from None

    def _tell_the_end(self) -> None:
        from voiceguide.cli.play.display import clock

        moment, count = self._playback.moment, self._playback.buffer.underruns
        if count:
            times = "once" if count == 1 else f"{count} times"
            click.echo(f"The sound broke off {times}, because the computer was too busy.", err=True)
        if not self._quiet and moment is not None and _before_the_end(moment):
            click.echo(f"Ended at {clock(moment.frame)}. To go on there: --from {clock(moment.frame)}", err=True)


def _before_the_end(moment: Moment) -> bool:
    return moment.timeline.frames - moment.frame > SAMPLE_RATE
