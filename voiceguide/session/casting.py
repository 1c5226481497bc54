"""Chooses a script's voices and finds the lines that each has to say, before any of them is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from voiceguide import planner
from voiceguide.errors import Diagnostic, ScriptError, Span, SpeechError
from voiceguide.routine import Routine
from voiceguide.session.options import SessionOptions
from voiceguide.session.preferences import preferred_voice, setting
from voiceguide.session.reading import ReadScript, read_script
from voiceguide.speech import FailedLinesError, resolve
from voiceguide.timeline import Line


@dataclass(frozen=True, slots=True)
class CastScript:
    """A script that has been read and cast.

    ``voices`` maps every voice that it names to its full name, ``lines`` every line to the span that needs it first,
    and ``fallback`` is the full name of the voice that says the lines a recorded voice lacks.
    """

    routine: Routine
    findings: tuple[Diagnostic, ...]
    voices: Mapping[str, str]
    lines: Mapping[Line, Span]
    fallback: str | None

    def failures(self, error: FailedLinesError) -> tuple[Diagnostic, ...]:
        """An error, with its span, for each failed line of this script."""
        return tuple(
            Diagnostic(
                self.lines[line],
                "error",
                f"the voice {line.voice} could not say “{line.as_written}”: it {why}",
                error.advice,
            )
            for line, why in error.failures
            if line in self.lines
        )


def cast_script(
    script: Path | ReadScript,
    options: SessionOptions,
    *,
    any_length: bool = False,
    memory: planner.Memory | None = None,
) -> CastScript:
    """Chooses a script's voices, reading it first if need be; ``any_length`` also finds the lines that only other
    lengths need. With the ``memory`` of the plan before, only changed chapters are looked through.

    Raises ScriptError and SpeechError.
    """
    known = read_script(script, options) if isinstance(script, Path) else script
    routine, findings = known.routine, known.findings
    every_length = any_length or bool(options.lengths)
    if options.cast is None:
        voices, fallback = _cast(routine, options, any_length=every_length)
    else:
        voices, fallback = dict(options.cast), None
    lines, problems = planner.lines(routine, voices, any_length=every_length, memory=memory)
    if problems:
        raise ScriptError(problems)
    return CastScript(routine, findings, voices, lines, fallback)


def _cast(routine: Routine, options: SessionOptions, *, any_length: bool) -> tuple[dict[str, str], str | None]:
    """The full name of every voice that the routine names, and of the fallback voice.

    Raises ScriptError where the script names a missing one, and SpeechError where an option or the configuration does.
    """

    @cache
    def lines() -> tuple[Line, ...]:
        """With the voices' names as written; only a recorded voice has to know them to be chosen."""
        unnamed = {name: name for name in planner.voice_names(routine)}
        return tuple(planner.lines(routine, unnamed, any_length=any_length)[0])

    def texts(name: str) -> tuple[str, ...]:
        return tuple(line.as_written for line in lines() if line.voice == name)

    language = routine.settings.language
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name, span in planner.voice_names(routine).items():
        try:
            found[name] = resolve(name, language, partial(texts, name))
        except SpeechError as error:
            if span is None and (asked_by := _asked_by(name, routine, options)):
                error.asked_by = asked_by
                raise
            span = span or routine.settings.spans.get("language")
            if span is None:
                raise
            problems.append(Diagnostic(span, "error", str(error).rstrip(".")))
    if problems:
        raise ScriptError(problems)
    try:
        return found, options.fallback_voice and resolve(options.fallback_voice, language)
    except SpeechError as error:
        error.asked_by = "fallback_voice"
        raise


def _asked_by(name: str, routine: Routine, options: SessionOptions) -> str:
    """What asks for a voice that the script does not name; empty for ``auto``, which is what nobody asks for."""
    if name == options.voice:
        return "voice"
    if options.defaults is None and name == preferred_voice(routine.settings.language):
        return setting("voice")
    return ""
