"""What a page can ask for: one module for each part of the page, each with its table of answers."""

from __future__ import annotations

from voiceguide.studio.answers import folder, making, packs, prompter, review, session, sound, text, voice
from voiceguide.studio.answers.request import Handler

ANSWERS: dict[str, Handler] = {
    **folder.ANSWERS,
    **text.ANSWERS,
    **sound.ANSWERS,
    **review.ANSWERS,
    **session.ANSWERS,
    **making.ANSWERS,
    **packs.ANSWERS,
}
"""Each op of a request with what answers it."""

SLOW: dict[str, Handler] = {
    **folder.SLOW,
    **prompter.SLOW,
    **voice.SLOW,
    **session.SLOW,
}
"""Ops that are answered while others are: they speak, recognise or read much."""
