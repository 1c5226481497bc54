"""German, as guidance is spoken in it: to a listener as 'du' or 'Sie', and as 'wir'."""

from __future__ import annotations

from voiceguide.checks.tables.de import actions, hands, places, safety, time, tone
from voiceguide.checks.words import together

WORDS = together(actions.WORDS, hands.WORDS, places.WORDS, safety.WORDS, time.WORDS, tone.WORDS)
