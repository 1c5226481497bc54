"""The state of an import while a text is read, and the translations that all forms share."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from urllib.parse import unquote

from voiceguide.importing.escaping import quoted
from voiceguide.importing.quantities import BREAKS, Quantity, read_rate, read_time, within_paces
from voiceguide.importing.report import Ledger
from voiceguide.importing.ssml.say_as import said_as
from voiceguide.importing.writing import ScriptWriter
from voiceguide.languages import base_language
from voiceguide.units import format_duration


def _nothing_there(name: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known besides the text.

    ``has_file`` tells whether a script may play the file of that name; ``voices`` maps the text's names of voices to
    names here.
    """

    has_file: Callable[[str], bool] = _nothing_there
    voices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class ImportState:
    """The script that is being written, its report, and the pace, voice and language at this point of the source."""

    around: Surroundings
    ledger: Ledger = field(default_factory=Ledger)
    writer: ScriptWriter = field(init=False)
    pace: Fraction = Fraction(1)
    voice: str = ""
    language: str = "en"
    outer_paces: list[Fraction] = field(default_factory=list)
    """Of the elements that are open in a text that is no XML document."""

    placeholders: dict[str, str] = field(default_factory=dict)
    """How each variable was first written."""

    def __post_init__(self) -> None:
        self.writer = ScriptWriter(self.ledger)

    def break_(self, line: int, what: str, time: str | None, strength: str | None) -> None:
        """Writes a pause of a time or of a strength; by default a medium one."""
        if time is not None:
            found = read_time(time)
            if found is not None:
                self._pause(line, what, found)
                return
            self.ledger.lost(line, what, f"'{time}' is no time up to 12 hours, so the strength counts")
        strength = (strength or "medium").lower()
        if strength == "none":
            if self.writer.at_sentence_start():
                self.writer.silence(Fraction(0))
            self.ledger.translated(line, what, "no rest at this place")
            return
        known = strength if strength in BREAKS else "medium"
        self._pause(line, what, Quantity(BREAKS[known], False, "the length is ours"))

    def _pause(self, line: int, what: str, quantity: Quantity) -> None:
        into = f"[pause {format_duration(quantity.value)}]"
        if quantity.sure:
            self.ledger.translated(line, what, into)
        else:
            self.ledger.guessed(line, what, f"{into}; {quantity.why}")
        self.writer.silence(quantity.value)

    def rate(self, line: int, what: str, rate: str) -> bool:
        """Changes the pace, relative to the current one. False if the rate is not understood."""
        found = read_rate(rate)
        if found is None:
            self.ledger.lost(line, what, f"nothing; '{rate}' is no rate")
            return False
        self.pace *= found.value
        pace = within_paces(self.pace)
        into = f"[pace {float(pace):.3g}]"
        if pace != self.pace:
            self.ledger.guessed(line, what, f"{into}, the nearest that there is")
        elif not found.sure:
            self.ledger.guessed(line, what, f"{into}; {found.why}")
        else:
            self.ledger.translated(line, what, into)
        self.writer.pace(pace)
        return True

    def restore(self, pace: Fraction, voice: str) -> None:
        """Returns to an earlier pace and voice."""
        self.pace, self.voice = pace, voice
        self.writer.pace(within_paces(pace))
        self.writer.voice(voice)

    def named_voice(self, line: int, what: str, name: str) -> None:
        """Changes the voice, if its name here is known."""
        if name in self.around.voices:
            self.voice = self.around.voices[name]
            self.writer.voice(self.voice)
            self.ledger.translated(line, what, f"[voice {self.voice}]")
        else:
            self.writer.comment(f"voice: {name}")
            self.ledger.lost(line, what, f"a comment; --voice {shlex.quote(name)}=NAME gives it a voice from here")

    def foreign(self, line: int, what: str, tag: str) -> None:
        """Reports words in another language (a BCP 47 tag), which the session's voice reads nevertheless."""
        if base_language(tag) == base_language(self.language):
            self.ledger.translated(line, what, "the session's language")
        else:
            self.ledger.lost(line, what, "the words; [voice NAME] can bring a voice of that language")

    def say_as(self, line: int, what: str, kind: str, form: str, text: str) -> None:
        """Writes words that have to be read in a particular way."""
        said = said_as(kind, form, text, self.language)
        if not said.spoken:
            self.writer.comment(text)
            self.ledger.lost(line, f"{what}: “{text}”", "a comment; it is not spoken")
        elif said.words is None:
            self.writer.words(text, line)
            self.ledger.guessed(line, f"{what}: “{text}”", "the same words; the voice decides how to read them")
        else:
            self.writer.words(said.words, line)
            self.ledger.guessed(line, f"{what}: “{text}”", f"“{said.words}”")

    def file(self, name: str | None) -> str | None:
        """A file's name as a cue has it, if a script may play that file."""
        for candidate in dict.fromkeys((name or "", unquote(name or ""))):
            try:
                if candidate and self.around.has_file(candidate):
                    return quoted(candidate)
            except ValueError:
                continue
        return None
