"""The sound of every source that a timeline names: lengths for the planner, samples for the mixer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.routine import SoundRef
from voiceguide.sounds.catalogue import sound_level
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Spoken
from voiceguide.timeline import BreathCue, ClipSource, Line, Swell

if TYPE_CHECKING:
    from voiceguide.audio.envelope import Envelope
    from voiceguide.audio.stream import Samples
    from voiceguide.mixing.placing import BedSource


@dataclass(frozen=True, slots=True)
class Clips:
    """Spoken lines, sounds and beds. Valid as long as the sound store is open.

    It is the planner's :class:`~voiceguide.planner.Lengths` and the mixer's :class:`~voiceguide.mixing.mixer.Sources`.
    """

    spoken: Spoken
    sounds: SoundStore

    def line(self, line: Line) -> int:
        """A line's length in frames."""
        return self.spoken.frames(line)

    def sound(self, sound: SoundRef) -> int:
        """A sound's length in frames."""
        return self.sounds.frames(sound)

    def sound_level(self, sound: SoundRef) -> float:
        """LU of a sound's loudest 400 ms against the voice; of a person's file as measured."""
        if sound.path is None:
            return sound_level(sound)
        return self.sounds.file(sound).loudest - VOICE_LOUDNESS

    def speaking(self, line: Line) -> float:
        """The seconds of a line without the pauses in it."""
        return self.spoken.speaking(line)

    def samples(self, source: ClipSource) -> Samples:
        """float32, ``(frames,)`` for both channels alike or ``(frames, 2)``, at 44.1 kHz."""
        match source:
            case Line():
                return self.spoken.samples(source)
            case Swell():
                from voiceguide.sounds.swells import swell

                return swell(source)
            case BreathCue():
                from voiceguide.sounds.breath_cues import breath_cue

                return breath_cue(source)
            case _:
                return self.sounds.samples(source)

    def envelope(self, source: ClipSource) -> Envelope:
        """A source's power over time and peak; for a spoken line read from the cache, without its samples."""
        if isinstance(source, Line):
            return self.spoken.envelope(source)
        from voiceguide.audio.envelope import envelope

        return envelope(self.samples(source))

    def bed(self, ref: SoundRef) -> BedSource:
        """The endless bed that a reference names."""
        from voiceguide.sounds.beds import bed

        return bed(ref, self.sounds)
