"""How a file says, for machines to read, what made its voice.

The name and the values of ``DIGITALSOURCETYPE`` are IPTC's (Digital Source Type NewsCodes), which other programs look
for; ``VOICE`` and ``VOICE_ENGINE`` say it to people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

VoiceKind = Literal["synthetic", "recorded", "recorded and synthetic"]
SourceType = Literal[
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "algorithmicMedia",
    "compositeSynthetic",
    "digitalCapture",
]
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""The address before a source type's name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What made a file's voice. ``engines``: each synthetic voice with its engine's version."""

    voice: VoiceKind
    source_type: SourceType
    engines: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.voice not in get_args(VoiceKind) or self.source_type not in get_args(SourceType):
            raise ValueError(f"no such origin: {self.voice}, {self.source_type}")

    @classmethod
    def of(cls, engines: Sequence[str], *, recorded: bool, trained: bool) -> Origin:
        """For a voice that is ``recorded``, or said by ``engines``, or both; ``trained``: one of them has learned to
        speak from recordings."""
        if not engines:
            return cls("recorded", "digitalCapture")
        if recorded:
            mixed: SourceType = "compositeWithTrainedAlgorithmicMedia" if trained else "compositeSynthetic"
            return cls("recorded and synthetic", mixed, tuple(engines))
        return cls("synthetic", "trainedAlgorithmicMedia" if trained else "algorithmicMedia", tuple(engines))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Names and values for a file's tags."""
        pairs = (
            ("VOICE", self.voice),
            ("DIGITALSOURCETYPE", IPTC + self.source_type),
            ("VOICE_ENGINE", "; ".join(self.engines)),
        )
        return tuple((name, value) for name, value in pairs if value)
