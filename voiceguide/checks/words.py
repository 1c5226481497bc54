"""What the rules have to know of a language. English stands in :mod:`voiceguide.checks.english`; another language is
another value of :class:`Words`, named in :data:`voiceguide.checks.tables.TABLES`.

Every pattern is found anywhere in a sentence unless its line says otherwise; small and large letters are the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Pattern = re.Pattern[str]
Side = Literal["left", "right"]


def any_of(*patterns: str) -> Pattern:
    """A pattern that finds whole words, any of those given."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A language. Verbs and lead-ins are matched where a clause begins, all else is searched."""

    # sentences
    clause_break: Pattern
    """Where one clause ends and the next begins."""
    lead_in: Pattern
    """What may stand in a clause before its verb: 'then', 'gently', 'with both thumbs'."""
    denial: Pattern
    """Makes the sentence say what not to do."""
    condition: Pattern
    """Makes it something that only some will do."""
    overview: Pattern
    """Makes it tell what will come later, or what holds for each time."""

    # actions of the hands: the verb of a command
    work: Pattern
    """To press, stroke, tap."""
    place: Pattern
    """To bring the hands somewhere."""
    fetch: Pattern
    """To take and spread oil."""
    take_up: Pattern
    """To take a tool."""
    stretch: Pattern
    """To move another part of the body: turn, tilt, reach."""
    no_action: Pattern
    """Such a verb and what follows it when it is none after all: 'press play', 'smooth strokes'."""
    bare_place: Pattern
    """A sentence that brings the hands somewhere without a verb: 'fingertips to the forehead'."""
    topic: Pattern
    """What a massage is called."""
    pressing: Pattern
    """The words for work that presses, anywhere in a sentence."""
    hand: Pattern
    them: Pattern
    """Words that stand for the hands."""
    face: Pattern
    """The places of a facial massage."""
    body: Pattern
    """Other parts of the body."""
    oil: Pattern
    tool: Pattern
    attention: Pattern
    """What is brought to a place when it is no hand."""
    number_of: Pattern
    """A stroke by its number: 'number 2 of 3'."""

    # sides
    sides: Mapping[Side, Pattern]
    """A part of the body on that side, or the side itself; hands do not count."""
    both_sides: Pattern
    both_hands: Pattern
    other_side: Pattern

    # closed eyes
    eyes_close: Pattern
    eyes_open: Pattern
    picture: Pattern
    """Things that are seen."""
    looking: Pattern
    """Words for looking."""
    inner_looking: Pattern
    """What makes looking something that closed eyes can do."""
    device_touch: Pattern
    device_use: Pattern
    vague: Pattern
    """Words that point."""

    # safety
    claims: Pattern
    safety: Pattern
    preparation: Pattern
    driving: Pattern
    lying: Pattern
    sitting: Pattern
    neck: Pattern
    neck_front: Pattern
    neck_side: Pattern
    eye_press: Pattern
    """Pressing on the eyes, the whole of it."""
    eye_rub: Pattern
    nostril: Pattern
    """Breathing with a finger at the nose."""

    # holds, silences and numbers
    hold: Pattern
    """A command to keep a press or a position."""
    stay: Pattern
    """Words for a time in which nothing changes."""
    release: Pattern
    promised_sound: Pattern
    """'until you hear the chime'."""
    announced: Pattern
    """Says, other than by a duration, that silence comes, or what ends it."""
    bounded: Pattern
    """What makes a duration a limit and no promise: 'at least', 'up to'."""
    roughly: Pattern
    over: Pattern
    """Says that a time has passed."""
    closing: Pattern
    """Ends a session."""
    numbers: Mapping[str, int]
    units: Mapping[str, int]
    """Seconds in a unit of time, by each of its names."""
    duration: Pattern
    """Groups ``half`` (of a unit), ``number``, ``unit`` and ``and_half``."""
    titled_duration: Pattern
    """The same in a title, with ``number``, ``upto`` and ``unit``."""
    times: Pattern
    """How often something is done: group ``number``."""
    breaths: Pattern
    """How many breaths: group ``number``."""
    count_to: Pattern
    """Counting aloud: group ``number`` (the last), and ``first`` where it is said."""
    counted: Pattern
    """Makes a number of times another number: 'two more', 'at least three'."""

    # pace, in words a minute
    fastest: int
    fast: int
    slow: int
    dense: int


def number_of(text: str, words: Words) -> int | None:
    """The whole number that a text is, in digits or in words (``twenty-five``); None when it is none."""
    if re.fullmatch("[0-9]{1,6}", text):
        return int(text)
    parts = [words.numbers.get(part.casefold()) for part in re.split(r"[\s-]+", text)]
    return sum(part for part in parts if part is not None) if parts and None not in parts else None


def said_duration(text: str, words: Words) -> tuple[float, re.Match[str]] | None:
    """The first duration that a sentence says, in seconds, and where."""
    for match in words.duration.finditer(text):
        unit = words.units[match["unit"].casefold()]
        number = number_of(match["number"], words) if match["number"] else 1
        if number is None:
            continue
        total = number * unit / (2 if match["half"] else 1)
        return total + (unit / 2 if match["and_half"] else 0), match
    return None
