"""The recording sheet: a script's lines, numbered, to read aloud from."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voiceguide import planner
from voiceguide.errors import ScriptError, Span, printable
from voiceguide.routine import Routine
from voiceguide.session.options import SessionOptions
from voiceguide.speech.engines.recorded.voices import words_of

_LETTERS_A_SECOND = 11.0  # of calm reading


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line to be read: its number on the sheet from 1, its text as written, and where the script has it first."""

    number: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a script that one person reads."""

    title: str
    language: str
    lines: tuple[SheetLine, ...]

    @property
    def seconds(self) -> float:
        """About how long the reading takes, with a pause after each line."""
        letters = sum(unicodedata.category(c)[0] in "LN" for line in self.lines for c in line.text)
        return letters / _LETTERS_A_SECOND + 2.0 * len(self.lines)


ADVICE = (
    "Find a quiet room with curtains, cushions or clothes in it, and put the phone or microphone a hand's width from "
    "your mouth, a little to the side.",
    "Read calmly, more slowly than you talk, and leave two seconds of quiet after each line.",
    "When you slip, rest for two seconds and read the whole line again. The last good one is used.",
    "Record it all in one go, or one file for each line, named after its number: 001.wav, 002.wav and so on.",
)


def sheet(routine: Routine, options: SessionOptions, part: str | None) -> Sheet:
    """The lines of the script's own voice, or of the voice that ``[voice …]`` calls ``part``, each once.

    With lengths to fit these include lines that only other numbers of rounds need. Raises ScriptError.
    """
    names = {name: name for name in planner.voice_names(routine)}
    lines, problems = planner.lines(routine, names, any_length=bool(options.lengths))
    if problems:
        raise ScriptError(problems)
    wanted = routine.settings.voice if part is None else _part(part, names)
    found: dict[str, tuple[str, Span]] = {}
    for line, span in lines.items():
        if line.voice == wanted:
            found.setdefault(words_of(line.as_written), (line.as_written, span))
    numbered = tuple(SheetLine(number, text, span) for number, (text, span) in enumerate(found.values(), 1))
    return Sheet(routine.settings.title, routine.settings.language, numbered)


def _part(part: str, names: Mapping[str, str]) -> str:
    """The name as the script writes it, with or without the engine; ``part`` itself if the script has no such name."""
    wanted = part.strip().casefold().removeprefix("recorded:")
    return next((name for name in names if name.strip().casefold().removeprefix("recorded:") == wanted), part)


def has_part(routine: Routine, part: str) -> bool:
    """Whether the script gives lines to a voice of this name."""
    names = planner.voice_names(routine)
    return _part(part, {name: name for name in names}) in names


def as_text(found: Sheet) -> str:
    """The sheet as plain text."""
    width = len(str(len(found.lines)))
    rows = [f"{line.number:>{width}}  {printable(line.text)}\n" for line in found.lines]
    advice = "\n".join(f"- {sentence}" for sentence in ADVICE)
    return f"{printable(_head(found))}\n\n{advice}\n\n\n" + "\n".join(rows)


def _head(found: Sheet) -> str:
    minutes = max(1, round(found.seconds / 60))
    lines = "1 line" if len(found.lines) == 1 else f"{len(found.lines)} lines"
    return f"{found.title}: {lines} to read, about {minutes} minute{'' if minutes == 1 else 's'}"


_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.6rem/1.5 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.8rem; }
ul { font-size: 1.1rem; }
ol { padding-left: 3.5rem; }
li.line { margin: 0 0 1.4em; }
li.line::marker { font-size: 1.1rem; opacity: .7; }
@media print { li.line { break-inside: avoid; } body { margin: 0; font-size: 16pt; } }
"""


def as_html(found: Sheet) -> str:
    """The sheet as a page with large type, for screen or paper. The script's text is escaped."""
    rows = "\n".join(
        f'<li class="line" value="{line.number}">{html.escape(printable(line.text))}</li>' for line in found.lines
    )
    advice = "\n".join(f"<li>{html.escape(sentence)}</li>" for sentence in ADVICE)
    title = html.escape(printable(_head(found)))
    return (
        f'<!doctype html>\n<html lang="{html.escape(found.language, quote=True)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<ul lang="en">\n{advice}\n</ul>\n<ol>\n{rows}\n</ol>\n</body>\n</html>\n'
    )


def numbers_of(names: Sequence[str], count: int) -> tuple[int, ...] | None:
    """The line of each file of one line, by the number its name begins with, or by the files' order.

    None if the names say neither: a number that is on no line, or that two files share, or too many files.
    """
    numbers = [_number(name) for name in names]
    if all(number is not None and 1 <= number <= count for number in numbers) and len(set(numbers)) == len(numbers):
        return tuple(number for number in numbers if number is not None)
    if len(names) == count and not any(number is not None for number in numbers):
        return tuple(range(1, count + 1))
    return None


def _number(name: str) -> int | None:
    stem = name.casefold().removeprefix("line").lstrip(" -_")
    digits = ""
    for c in stem:
        if not c.isdecimal():
            break
        digits += c
    return int(digits) if digits and len(digits) < 7 else None
