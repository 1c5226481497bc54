"""A script that is played while it is spoken, and may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voiceguide.audio.stream import Samples
from voiceguide.errors import ScriptError, has_errors
from voiceguide.live.plan import Balance
from voiceguide.live.session import LiveSession
from voiceguide.playing.moments import Knob, Place

SOFTEST, LOUDEST = -30.0, 12.0
"""dB by which a listener can change a level."""


class ScriptPlayable:
    """A live session as a playable. ``patient``: a line that no voice could say may still be changed, so waiting for
    it goes on; without it, reading ends with a ScriptError there."""

    def __init__(self, session: LiveSession, *, patient: bool = False) -> None:
        self._session, self._patient = session, patient
        self._balance = Balance()

    @property
    def place(self) -> Place:
        while True:  # the plan may change at any time, and its frames with it
            plan = self._session.plan
            frame, waiting = self._session.frame, self._session.waiting
            if self._session.plan is plan:
                return Place(plan.timeline, frame, waiting)

    @property
    def levels(self) -> Mapping[Knob, float]:
        return {"bed": self._balance.bed, "voice": self._balance.voice}

    def read(self, frames: int) -> Samples:
        samples = self._session.read(frames)
        if self._session.waiting and not self._patient and self._session.settle(0, spoken=True):
            findings = self._session.findings
            if has_errors(findings):
                raise ScriptError(findings)
        return samples

    def seek(self, frame: int) -> None:
        self._session.seek(frame, faded=False)

    def turn(self, knob: Knob, decibels: float) -> bool:
        if knob == "volume":
            return False
        level = self.levels[knob] + decibels
        if not SOFTEST <= level <= LOUDEST:
            return False
        self._balance = replace(self._balance, bed=level) if knob == "bed" else replace(self._balance, voice=level)
        self._session.set_balance(self._balance)
        return True
