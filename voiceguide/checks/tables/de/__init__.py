"""German, as guidance is spoken in it: to a listener as 'du' or 'Sie', and as 'wir'."""

from __future__ import annotations

from voiceguide.checks.tables.de import actions, places, safety, time
from voiceguide.checks.words import together

WORDS = together(actions.WORDS, places.WORDS, safety.WORDS, time.WORDS)
