"""Decides about each take of a line: kept, or another one is spoken, or the line cannot be spoken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.clips import Unusable, make_clip
from voiceguide.speech.compression import compressed
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.gate.sound import sound_faults
from voiceguide.speech.gate.verdict import TRIES, Judged, Verdict, other_take
from voiceguide.speech.gate.words import Said, listen
from voiceguide.timeline import Line

Put = Callable[[Line, NDArray[np.float32], bytes], None]
"""Keeps a line's clip, with what was found about it."""


@dataclass(frozen=True, slots=True)
class _Trial:
    judged: Judged
    clip: NDArray[np.float32]
    misread: bool


@dataclass(frozen=True, slots=True)
class Judge:
    """``gated`` lines are checked. Those of voices that ``vary`` get further takes; ``put`` keeps what is good."""

    gated: Callable[[Line], bool]
    vary: Callable[[Line], bool]
    put: Put
    _trials: dict[Line, list[_Trial]] = field(default_factory=dict)

    def accept(self, asked: Line, said: Line, utterance: Utterance) -> Line | None:
        """As :data:`~voiceguide.speech.workers.Accept`. Of takes that all have faults the one with the fewest is kept,
        if its words are right or unknown; else Unusable is raised."""
        clip = make_clip(utterance, said.text, said.pace)
        if not self.gated(asked):
            self.put(asked, compressed(clip), b"")
            return None
        trial = _trial(said, utterance, clip)
        before = [] if said.take == asked.take else self._trials[asked]  # none that an interrupted attempt has left
        trials = self._trials[asked] = [*before, trial]
        if trial.judged.faults and len(trials) < TRIES and self.vary(asked):
            return replace(asked, take=other_take(asked.take, len(trials)))
        del self._trials[asked]
        best = min(trials, key=lambda one: (one.misread, len(one.judged.faults)))
        if best.misread:
            times = f" in each of {len(trials)} takes" if len(trials) > 1 else ""
            raise Unusable(f"does not say the words{times}: it {best.judged.reason}", final=True)
        refused = tuple(one.judged for one in trials if one is not best)
        self.put(asked, compressed(best.clip), Verdict(best.judged, refused).to_bytes())
        return None


def _trial(said: Line, utterance: Utterance, clip: NDArray[np.float32]) -> _Trial:
    words = listen(clip, (said.text, said.as_written), said.language) if said.verify else Said()
    faults = (*sound_faults(utterance, said.text, said.pace), *words.faults)
    return _Trial(Judged(said.take, tuple(dict.fromkeys(faults)), words.heard), clip, words.misread)
