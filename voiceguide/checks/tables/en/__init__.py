"""English, as guidance is spoken in it."""

from __future__ import annotations

from voiceguide.checks.tables.en import actions, places, safety, time
from voiceguide.checks.words import together

WORDS = together(actions.WORDS, places.WORDS, safety.WORDS, time.WORDS)
