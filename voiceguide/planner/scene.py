"""What an exercise needs to place its events: the settings, the lengths, who speaks, and where events go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from voiceguide.errors import Diagnostic, Span
from voiceguide.languages import number_words, phase_words
from voiceguide.planner.takes import BEAT_TAKES, SENTENCE_TAKES, Takes
from voiceguide.planner.visitor import Visitor
from voiceguide.routine import PhaseKind, Sentence, Settings, SoundRef
from voiceguide.spoken import SpokenForms
from voiceguide.timeline import Clip, Event, Line
from voiceguide.units import SAMPLE_RATE, format_duration
from voiceguide.vocabulary import BREATH_SETS

RELEASE = SoundRef("release")
HALFWAY = SoundRef("halfway")

CUT_FADE = SAMPLE_RATE * 15 // 1000
"""Frames of fade where a clip is cut short."""

CUT_BREATH_FADE = SAMPLE_RATE // 4
"""Frames of fade where a breath sound is cut short by a short phase: it ends softly, as the breath does."""


class Lengths(Protocol):
    """How long clips are, in frames."""

    def line(self, line: Line) -> int: ...

    def sound(self, sound: SoundRef) -> int: ...


@dataclass(slots=True)
class Speaker:
    """The current voice, its pace, and the session's language and phrasing."""

    voice: str
    pace: float
    language: str
    phrasing: float | None = None
    verify: bool = False

    def line(self, said: str, written: str = "", take: int = 1) -> Line:
        written = "" if written == said else written
        return Line(said, self.voice, self.pace, self.language, written, self.phrasing, take, self.verify)


@dataclass(slots=True)
class Scene:
    """Everything an exercise needs. ``visitor`` takes each event; ``in_block``: inside a block of a given length."""

    settings: Settings
    lengths: Lengths
    spoken: SpokenForms
    speaker: Speaker
    visitor: Visitor
    takes: Takes
    in_block: bool = False

    def warn(self, span: Span, message: str, hint: str | None = None) -> None:
        self.visitor.report(Diagnostic(span, "warning", message, hint))

    def speak(self, text: str, start: int, sentence: Sentence) -> int:
        """Places a spoken sentence; returns its end."""
        line = self.speaker.line(self.spoken(text), text, sentence.take or 1)
        if sentence.take is None:
            line = self.takes.of(line, most=SENTENCE_TAKES, said=sentence.said)
        clip = Clip(line, self.lengths.line(line))
        self.visitor.add(Event("speech", "voice", start, start + clip.frames, sentence.span, text=text, clip=clip))
        return start + clip.frames

    def speak_on_beat(self, text: str, start: int, room: int | None, span: Span) -> int:
        """Places a number or a phase's name with ``room`` frames until the next; returns its end.

        A longer one is cut, with a warning, so that no two voices overlap.
        """
        line = self.takes.of(self.speaker.line(text), most=BEAT_TAKES)
        frames = self.lengths.line(line)
        fade = 0
        if room is not None and frames > room:
            over = format_duration(round((frames - room) / SAMPLE_RATE, 2))
            message = f"'{text}' takes {over} longer to say than its beat lasts, so its end is cut"
            self.warn(span, message, "leave more time, or let it be said faster with [pace 1.2]")
            frames, fade = room, min(room, CUT_FADE)
        clip = Clip(line, frames, fade_out=fade)
        self.visitor.add(Event("speech", "voice", start, start + frames, span, text=text, clip=clip))
        return start + frames

    def strike(self, sound: SoundRef, start: int, span: Span, level: float = 0.0, room: int | None = None) -> None:
        """Places a chime that rings out, or fades within ``room`` frames."""
        frames = self.lengths.sound(sound)
        fade = 0
        if room is not None and frames > room:
            frames, fade = room, min(room, CUT_FADE)
        clip = Clip(sound, frames, level, fade)
        self.visitor.add(Event("chime", "chimes", start, start + frames, span, text=sound.name, clip=clip))

    def breath_sound(self, kind: PhaseKind) -> SoundRef:
        """What begins a phase, from the session's set of breath sounds."""
        return SoundRef(BREATH_SETS[self.settings.chimes.breath][kind])

    def number(self, number: int) -> str:
        return number_words(number, self.settings.language)

    def phase_name(self, kind: PhaseKind, *, again: bool) -> str | None:
        """What is said when a phase begins (``again``: a second inhale); None in a language without names for it."""
        words = phase_words(self.settings.language)
        return words.of(kind, again=again) if words else None
