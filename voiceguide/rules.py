"""The rules of ``voiceguide check``, in one table: what each finds, why, and what it has to know for that.

The reader of scripts, the command line and docs/checks.md read it. What a rule does is a function of the same name in
:mod:`voiceguide.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Needs = Literal["text", "plan"]
"""``text``: the routine is enough. ``plan``: measured lengths are needed, so a voice has to speak the lines."""

Level = Literal["off", "warning", "error"]
"""What a script can say of a rule: nothing is told, or all it finds is a warning, or an error."""

LEVELS: tuple[Level, ...] = ("off", "warning", "error")


@dataclass(frozen=True, slots=True)
class Rule:
    """``words``: it understands words, so it can judge only scripts in a language that has a table of them.

    ``severity`` says in a few words when it warns and when it finds an error.
    """

    name: str
    needs: Needs
    words: bool
    finds: str
    severity: str
    reason: str


RULES: tuple[Rule, ...] = (
    Rule(
        "stacked-actions",
        "text",
        True,
        "a sentence with more than one action of the hands",
        "warning",
        "While the hands do the first, the second is forgotten.",
    ),
    Rule(
        "long-sentence",
        "text",
        True,
        "a long sentence",
        "warning over 20 words, error over 28",
        "A listener cannot read a sentence again.",
    ),
    Rule(
        "visual-reference",
        "text",
        True,
        "words that ask closed eyes to look",
        "warning; error for a picture, a mirror or a screen",
        "Nothing can be seen; a place or movement has to be felt.",
    ),
    Rule(
        "device-reference",
        "text",
        True,
        "words that ask for a touch on the device",
        "warning; error for a tap or press on it",
        "The hands are busy and oily, and the device is out of reach.",
    ),
    Rule(
        "vague-place",
        "text",
        True,
        "a hand sent to “here” or “this spot”",
        "warning",
        "Closed eyes find a place by a landmark of the body only.",
    ),
    Rule(
        "health-claim",
        "text",
        True,
        "a promise that nobody can keep, such as a cure or a detox",
        "warning",
        "A routine may feel good; it treats nothing. Say “may” or “many people find”.",
    ),
    Rule(
        "missing-safety",
        "text",
        True,
        "a massage whose first touch comes before any word on when to leave it out or stop",
        "warning; error when it presses and holds, or works on the neck",
        "Who should not do it has to hear so while the hands are still.",
    ),
    Rule(
        "neck-risk",
        "text",
        True,
        "pressure on the neck below the jaw",
        "error on the front, warning on the sides",
        "The windpipe and the large vessels lie there.",
    ),
    Rule(
        "eye-risk",
        "text",
        True,
        "pressure on the eyes",
        "error; warning for rubbing them",
        "Pressure on an eyeball can harm it and slows the heart.",
    ),
    Rule(
        "breath-hands",
        "text",
        True,
        "in a massage, breathing that needs a hand at the nose",
        "warning",
        "The hands are busy and oily.",
    ),
    Rule(
        "no-drive-note",
        "text",
        True,
        "a minute of paced breathing, or a breath held, without a word on driving",
        "warning",
        "Paced breathing makes sleepy and sometimes light-headed; sessions are heard in cars too.",
    ),
    Rule(
        "breath-hold",
        "text",
        False,
        "a breath held for long, or many rounds of 4-7-8",
        "warning over 7 s, error over 10 s; warning over 4 rounds of 4-7-8, error over 8",
        "Long holds make light-headed, most of all beginners.",
    ),
    Rule(
        "breath-rate",
        "text",
        False,
        "breathing that is very fast or very slow",
        "warning over 20 or below 3 breaths a minute",
        "The one makes dizzy, the other short of breath.",
    ),
    Rule(
        "side-missing",
        "text",
        True,
        "one side of the body worked on and the other left out, or given less time",
        "error when it is left out or gets over 30 % less time, warning over 15 %",
        "A listener follows, and ends lopsided.",
    ),
    Rule(
        "side-unannounced",
        "plan",
        True,
        "work that goes to the other side without a word ahead",
        "warning below 3 s",
        "With closed eyes nobody sees which side comes next; hands change over in 5 to 8 s.",
    ),
    Rule(
        "hold-mismatch",
        "plan",
        True,
        "a hold or silence that lasts another time than the voice says",
        "warning over 10 %, error over 25 %",
        "A listener who counts along is left behind, or left hanging.",
    ),
    Rule(
        "hold-no-release",
        "text",
        True,
        "a hold that nothing ends, or a chime promised that never comes",
        "warning",
        "Without a signal nobody knows when to let go.",
    ),
    Rule(
        "count-mismatch",
        "text",
        True,
        "a number said that is not the number done",
        "warning",
        "A listener who counts loses trust, and the place.",
    ),
    Rule(
        "missing-preparation",
        "plan",
        True,
        "a massage without clean hands, clean skin or oil in its first 90 s",
        "warning",
        "Once the eyes are closed and the hands on the face it is too late.",
    ),
    Rule(
        "action-time",
        "plan",
        True,
        "too little time to carry out what was said",
        "warning below 2 s for a stroke, 4 s to move the hands, 7 s for a side or tool, 10 s for oil",
        "The listener is left behind.",
    ),
    Rule(
        "silence-gap",
        "plan",
        False,
        "a long silence without voice, chime, breath or bed",
        "warning over 25 s, error over 45 s; over 120 s when it was announced",
        "The listener wonders whether it has stopped, and opens the eyes.",
    ),
    Rule(
        "speech-rate",
        "plan",
        True,
        "a voice that speaks too fast or too slowly to follow",
        "warning over 130 or below 85 words a minute, error over 150",
        "Guidance is understood at 105 to 125 words a minute.",
    ),
    Rule(
        "density",
        "plan",
        True,
        "a chapter of practice with hardly any silence",
        "warning over 85 words a minute, pauses included",
        "There is no time left to do and to feel it.",
    ),
    Rule(
        "no-return",
        "plan",
        True,
        "a session that breaks off: nothing closes it in its last 60 s",
        "warning; not in a session for sleep",
        "The listener lies there and waits.",
    ),
    Rule(
        "sleep-ending",
        "plan",
        False,
        "a chime in the last two minutes of a session for sleep",
        "warning",
        "It wakes whoever has just fallen asleep.",
    ),
    Rule(
        "title-duration",
        "plan",
        True,
        "a title that names another length than the session has",
        "warning over 5 %, error over 10 %",
        "People choose a session by the time they have.",
    ),
    Rule(
        "edges",
        "plan",
        False,
        "a session that starts or ends with a sound at its very edge",
        "warning below 0.5 s at the start or 1 s at the end",
        "Players and shops cut the edges.",
    ),
    Rule(
        "bed-too-loud",
        "plan",
        False,
        "a bed that is hardly softer than the voice over it",
        "warning less than 20 dB under the voice, error less than 15 dB",
        "The words get lost, first for those who hear less well (WCAG 1.4.7).",
    ),
    Rule(
        "chime-too-loud",
        "plan",
        False,
        "a chime or sound that is as loud as the voice",
        "warning less than 3 LU under the voice, error when louder",
        "It startles.",
    ),
)

BY_NAME: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in RULES})
