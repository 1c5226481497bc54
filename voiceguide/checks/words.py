"""What the rules have to know of a language. Each language is a module of :mod:`voiceguide.checks.tables`.

Every pattern is found anywhere in a sentence unless its line says otherwise; small and large letters are the same.
A table need not be complete: a rule that comes to words it does not have is not applied, and named as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Side = Literal["left", "right"]
REMEMBERED = 4096
"""Sentences of which is remembered what was found in them: a script is checked again after each change, and hardly any
of its sentences is another then."""
_LONGEST_REMEMBERED = 400  # characters


class Pattern:
    """A regular expression that remembers where it was first found in a sentence. Safe in threads."""

    __slots__ = ("_first", "_search", "finditer", "fullmatch", "match", "sub")

    def __init__(self, expression: str) -> None:
        compiled = re.compile(expression, re.IGNORECASE)
        self._search = compiled.search
        self.finditer, self.fullmatch, self.match, self.sub = (
            compiled.finditer,
            compiled.fullmatch,
            compiled.match,
            compiled.sub,
        )
        self._first: dict[str, re.Match[str] | None] = {}

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where it is found."""
        try:
            return self._first[text]
        except KeyError:
            found = self._search(text)
            if len(text) <= _LONGEST_REMEMBERED:
                if len(self._first) >= REMEMBERED:
                    self._first = {}
                self._first[text] = found
            return found


def any_of(*patterns: str) -> Pattern:
    """A pattern that finds whole words, any of those given."""
    return Pattern(rf"\b(?:{'|'.join(patterns)})\b")


class MissingWords(LookupError):
    """A rule has come to words that the table of the script's language does not have."""


class _Missing:
    """Stands for what a table does not have: using it in any way raises MissingWords."""

    def __getattr__(self, name: str) -> Any:
        raise MissingWords

    def __iter__(self) -> Iterator[Any]:
        raise MissingWords

    def __getitem__(self, key: object) -> Any:
        raise MissingWords


_MISSING: Any = _Missing()


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A language. Verbs and lead-ins are matched where a clause begins, all else is searched."""

    # sentences
    clause_break: Pattern = _MISSING
    """Where one clause ends and the next begins."""
    lead_in: Pattern = _MISSING
    """What may stand in a clause before its verb: 'then', 'gently', 'with both thumbs'."""
    denial: Pattern = _MISSING
    """Makes the sentence say what not to do."""
    condition: Pattern = _MISSING
    """Makes it something that only some will do."""
    overview: Pattern = _MISSING
    """Makes it tell what will come later, or what holds for each time."""

    # actions of the hands: the verb of a command
    work: Pattern = _MISSING
    """To press, stroke, tap."""
    place: Pattern = _MISSING
    """To bring the hands somewhere."""
    fetch: Pattern = _MISSING
    """To take and spread oil."""
    take_up: Pattern = _MISSING
    """To take a tool."""
    stretch: Pattern = _MISSING
    """To move another part of the body: turn, tilt, reach."""
    no_action: Pattern = _MISSING
    """Such a verb and what follows it when it is none after all: 'press play', 'smooth strokes'."""
    bare_place: Pattern = _MISSING
    """A sentence that brings the hands somewhere without a verb: 'fingertips to the forehead'."""
    topic: Pattern = _MISSING
    """What a massage is called."""
    exercise: Pattern = _MISSING
    """What exercise is called, and its exercises: yoga, squats, the cat."""
    move: Pattern = _MISSING
    """Moves the body: 'bend your knees', 'step forward'."""
    night: Pattern = _MISSING
    """What a session for sleep is called."""
    good_night: Pattern = _MISSING
    """How it ends."""
    breathing: Pattern = _MISSING
    """What a session of breathing is called."""
    pressing: Pattern = _MISSING
    """The words for work that presses, anywhere in a sentence."""
    hand: Pattern = _MISSING
    them: Pattern = _MISSING
    """Words that stand for the hands."""
    face: Pattern = _MISSING
    """The places of a facial massage."""
    body: Pattern = _MISSING
    """Other parts of the body."""
    oil: Pattern = _MISSING
    tool: Pattern = _MISSING
    attention: Pattern = _MISSING
    """What is brought to a place when it is no hand."""
    number_of: Pattern = _MISSING
    """A stroke by its number: 'number 2 of 3'."""

    # sides
    sides: Mapping[Side, Pattern] = _MISSING
    """A part of the body on that side, or the side itself; hands do not count."""
    both_sides: Pattern = _MISSING
    both_hands: Pattern = _MISSING
    other_side: Pattern = _MISSING

    one_of_two: Pattern = _MISSING
    """A side by a part that people have two of: 'one cheek'."""
    other_of_two: Pattern = _MISSING
    """Its counterpart: 'the other one'."""

    # where the hands are, and what is on them
    hands_away: Pattern = _MISSING
    """Takes the hands from where they work: 'let your hands sink into your lap'."""
    hand_stays: Pattern = _MISSING
    """Keeps one hand where it is, so that it cannot work elsewhere."""
    hands_stay: Pattern = _MISSING
    """Keeps both hands where they are."""
    moves_hands: Pattern = _MISSING
    """Verbs that end such a stay."""
    works_with_both: Pattern = _MISSING
    """Both hands, as what works."""
    holds_with_both: Pattern = _MISSING
    """Both hands hold something."""
    meanwhile: Pattern = _MISSING
    oily: Pattern = _MISSING
    """Brings oil on the hands."""
    wiped: Pattern = _MISSING
    """Takes it off."""
    hair: Pattern = _MISSING
    hair_kept: Pattern = _MISSING
    """Says that the hair gets nothing."""
    eye_cover: Pattern = _MISSING
    """Hands or cloths over the eyes, or on the lids."""
    lenses: Pattern = _MISSING

    # tools on the skin
    skin_tool: Pattern = _MISSING
    tool_away: Pattern = _MISSING
    tool_upright: Pattern = _MISSING
    """An edge that cuts in."""
    tool_dry: Pattern = _MISSING
    """Skin without oil."""
    to_and_fro: Pattern = _MISSING
    tool_on_lids: Pattern = _MISSING
    flat: Pattern = _MISSING
    """The angle of a tool."""

    # closed eyes
    eyes_close: Pattern = _MISSING
    eyes_open: Pattern = _MISSING
    picture: Pattern = _MISSING
    """Things that are seen."""
    looking: Pattern = _MISSING
    """Words for looking."""
    inner_looking: Pattern = _MISSING
    """What makes looking something that closed eyes can do."""
    scene: Pattern = _MISSING
    """Begins a scene before the inner eye, in which the sentences after it look around."""
    device_touch: Pattern = _MISSING
    device_use: Pattern = _MISSING
    vague: Pattern = _MISSING
    """Words that point."""

    # safety
    claims: Pattern = _MISSING
    modest: Pattern = _MISSING
    """What makes a claim a hope: 'perhaps'."""
    safety: Pattern = _MISSING
    force: Pattern = _MISSING
    """All one's strength, or pain that is welcome."""
    needless: Pattern = _MISSING
    """Does without medicine or a doctor; what forbids it stands before it."""
    held_breath: Pattern = _MISSING
    """A breath that is held, for a time that the sentence says."""
    still_breathing: Pattern = _MISSING
    """Says that the breath goes on while something else is held."""
    breathless: Pattern = _MISSING
    """Breathing without a measure: 'as long as you can'."""
    fast_breaths: Pattern = _MISSING
    """So many breaths that are fast: group ``number``."""
    fast: Pattern = _MISSING
    """How fast breathing goes when that is fast."""
    dizzy: Pattern = _MISSING
    carry_on: Pattern = _MISSING
    """Goes on all the same."""
    relief: Pattern = _MISSING
    """What to do when dizzy."""
    preparation: Pattern = _MISSING
    driving: Pattern = _MISSING
    lying: Pattern = _MISSING
    sitting: Pattern = _MISSING
    letting: Pattern = _MISSING
    """Verbs that press on nothing: 'let', 'feel', 'keep'."""
    neck: Pattern = _MISSING
    neck_front: Pattern = _MISSING
    neck_side: Pattern = _MISSING
    neck_both: Pattern = _MISSING
    """Both sides of the neck at once."""
    firm: Pattern = _MISSING
    """Words that make a stroke one that presses: 'firmly', 'hard'."""
    eye_press: Pattern = _MISSING
    """Pressing on the eyes, the whole of it."""
    eye_rub: Pattern = _MISSING
    nostril: Pattern = _MISSING
    """Breathing with a finger at the nose."""

    # holds, silences and numbers
    hold: Pattern = _MISSING
    """A command to keep a press or a position."""
    stay: Pattern = _MISSING
    """Words for a time in which nothing changes."""
    release: Pattern = _MISSING
    promised_sound: Pattern = _MISSING
    """'until you hear the chime'."""
    promised: Pattern = _MISSING
    """Promises a sound in any other way: 'a bell will tell you'."""
    not_promised: Pattern = _MISSING
    """What makes such words something else: 'imagine a bell'."""
    announced: Pattern = _MISSING
    """Says, other than by a duration, that silence comes, or what ends it."""
    bounded: Pattern = _MISSING
    """What makes a duration a limit and no promise: 'at least', 'up to'."""
    roughly: Pattern = _MISSING
    over: Pattern = _MISSING
    """Says that a time has passed."""
    closing: Pattern = _MISSING
    """Ends a session."""
    numbers: Mapping[str, int] = _MISSING
    units: Mapping[str, int] = _MISSING
    """Seconds in a unit of time, by each of its names."""
    duration: Pattern = _MISSING
    """Groups ``half`` (of a unit), ``number``, ``unit`` and ``and_half``."""
    titled_duration: Pattern = _MISSING
    """The same in a title, with ``number``, ``upto`` and ``unit``."""
    times: Pattern = _MISSING
    """How often something is done: group ``number``."""
    tapping: Pattern = _MISSING
    """What is done in no time: taps."""
    not_now: Pattern = _MISSING
    """Makes a number of times one that is not done here and now: 'ten times a week'."""
    breaths: Pattern = _MISSING
    """How many breaths, or rounds: group ``number``."""
    breath_times: Pattern = _MISSING
    """How many breaths alone: group ``number``."""
    count_to: Pattern = _MISSING
    """Counting aloud: group ``number`` (the last), and ``first`` where it is said."""
    counted: Pattern = _MISSING
    """Makes a number of times another number: 'two more', 'at least three'."""

    # tone
    phase: Pattern = _MISSING
    """A sentence that leads the breath in a word: 'in'."""
    commanding: Pattern = _MISSING
    """Orders about, wherever it stands."""
    commanding_alone: Pattern = _MISSING
    """Orders about, in a sentence that gives no reason."""
    waking: Pattern = _MISSING
    """Brings somebody back from the verge of sleep."""
    sleeps_on: Pattern = _MISSING
    """What makes such words harmless: 'tomorrow you will wake up'."""

    word_rate: float = 1.0
    """Words in a minute, against English spoken at the same speed: less for a language of longer words. The limits of
    the rules are those for English."""

    def has(self, *names: str) -> bool:
        """Whether the table has all of these fields."""
        return not any(getattr(self, name) is _MISSING for name in names)


def together(*parts: Words) -> Words:
    """One table of several parts, each with some of the fields. Raises ValueError when two have the same one."""
    found: dict[str, Any] = {}
    for part in parts:
        for field in fields(part):
            value = getattr(part, field.name)
            if value is field.default:
                continue
            if field.name in found:
                raise ValueError(f"two parts of a table have {field.name}")
            found[field.name] = value
    return Words(**found)


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
