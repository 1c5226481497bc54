"""English, as guidance is spoken in it."""

from __future__ import annotations

from voiceguide.checks.tables.en import actions, hands, places, safety, time, tone
from voiceguide.checks.words import together

WORDS = together(actions.WORDS, hands.WORDS, places.WORDS, safety.WORDS, time.WORDS, tone.WORDS)
