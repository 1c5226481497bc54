"""What the words in a cue mean. Every reader raises ValueError with a sentence for the user."""

from __future__ import annotations

import re
from fractions import Fraction

from voiceguide.cue_spec import MOST_TAKES
from voiceguide.errors import did_you_mean
from voiceguide.routine import Pace, Phase, PhaseKind
from voiceguide.units import FASTEST_PACE, FILE_RATES, PACES, SLOWEST_PACE, Whole, parse_duration, parse_whole
from voiceguide.vocabulary import PATTERNS

LONGEST_COUNT = 1000
LONGEST_PHASE = 60  # seconds
SHORTEST_BREATH = 1  # seconds
LONGEST_PHRASING = 3  # seconds
_SECONDS = r"[0-9]{1,3}(?:\.[0-9]{1,6})?"


def parse_pace(text: str) -> Fraction:
    """``0.9``, from :data:`~voiceguide.units.SLOWEST_PACE` to :data:`~voiceguide.units.FASTEST_PACE`."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", text):
        raise ValueError(f"'{text}' is no pace; write a number from {PACES}, where 1 is calm")
    pace = Fraction(text)
    if not SLOWEST_PACE <= pace <= FASTEST_PACE:
        raise ValueError(f"a pace of {text} is outside {PACES}")
    return pace


def parse_take(text: str) -> int:
    """The number of a reading: ``3``, from 1 to :data:`~voiceguide.cue_spec.MOST_TAKES`."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= MOST_TAKES:
        raise ValueError(f"'{text}' is no take; write a number from 1 to {MOST_TAKES}")
    return int(text)


def parse_session_pace(text: str) -> Pace:
    """``0.9``, or ``1..0.9`` for a session that begins at one pace and ends at another."""
    first, dots, last = text.partition("..")
    begin = parse_pace(first.strip())
    return Pace(begin, parse_pace(last.strip()) if dots else begin)


def parse_phrasing(text: str) -> Fraction:
    """Seconds of a pause at a comma; ``none`` (0) leaves what the voice made."""
    if text.casefold() in ("none", "0"):
        return Fraction(0)
    seconds = parse_duration(text)
    if seconds > LONGEST_PHRASING:
        raise ValueError(f"a pause at a comma can last {LONGEST_PHRASING}s at most; write a longer one as [pause …]")
    return seconds


def parse_length(text: str) -> Fraction:
    """A session's length in seconds, more than 0."""
    length = parse_duration(text)
    if not length:
        raise ValueError("a session's length must be more than nothing")
    return length


def parse_sample_rate(text: str) -> int:
    """One of :data:`~voiceguide.units.FILE_RATES` in Hz; ``48 kHz`` and ``44.1 kHz`` are understood too."""
    number, kilo = re.subn(r"\s*kHz$", "", text.strip(), flags=re.IGNORECASE)
    number = re.sub(r"\s*Hz$", "", number, flags=re.IGNORECASE)
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", number):
        rate = Fraction(number) * (1000 if kilo else 1)
        if rate in FILE_RATES:
            return int(rate)
    raise ValueError(f"'{text}' is no sample rate that a file can have; there are {' and '.join(map(str, FILE_RATES))}")


def parse_times(text: str) -> Whole:
    """``x6``, ``x~6`` or ``x4..8``."""
    return parse_whole(text[1:])


def parse_words(text: str) -> int | None:
    """The number of cycles whose phases are named: ``2``, ``none`` (0) or ``all`` (None)."""
    folded = text.casefold()
    if folded in ("all", "none"):
        return None if folded == "all" else 0
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(f"'words {text}' should be a number of cycles, 'words all' or 'words none'")
    return int(text)


def parse_numbers(text: str) -> tuple[int, int]:
    """``5`` (one to five) or ``10 to 1``."""
    match = re.fullmatch(r"([0-9]{1,6})(?:\s+to\s+([0-9]{1,6}))?", text.strip(), re.IGNORECASE)
    if not match:
        raise ValueError(f"'{text}' is nothing to count; write [count 5] or [count 10 to 1]")
    first, last = (1, int(match[1])) if match[2] is None else (int(match[1]), int(match[2]))
    if match[2] is None and last == 0:
        raise ValueError("[count 0] would count nothing; the least is [count 1]")
    if abs(last - first) >= LONGEST_COUNT:
        raise ValueError(f"a count can have {LONGEST_COUNT} numbers at most")
    return first, last


_KINDS: dict[int, tuple[PhaseKind, ...]] = {
    2: ("in", "out"),
    3: ("in", "hold", "out"),
    4: ("in", "hold", "out", "rest"),
}


def parse_pattern(text: str) -> tuple[Phase, ...]:
    """``4-6``, ``4-7-8``, ``4-4-4-4``, ``(2+1)-6`` or the name of a pattern. A phase of 0 s is left out."""
    if named := PATTERNS.get(text.casefold()):
        return tuple(Phase(kind, seconds) for kind, seconds in named)
    if re.fullmatch(r"[^\W\d]\w*", text):
        names = ", ".join(PATTERNS)
        raise ValueError(f"unknown breathing pattern '{text}'{did_you_mean(text, PATTERNS)}; there are {names}")
    parts = text.split("-")
    if len(parts) not in _KINDS or not all(
        re.fullmatch(rf"{_SECONDS}|\({_SECONDS}(\+{_SECONDS})+\)", part) for part in parts
    ):
        raise ValueError(
            f"'{text}' is no breathing pattern; write 2 to 4 numbers of seconds like 4-6 (in-out), "
            "4-7-8 (in-hold-out) or 4-4-4-4 (in-hold-out-rest), or a name like box"
        )
    phases = []
    for kind, part in zip(_KINDS[len(parts)], parts, strict=True):
        for number in part.strip("()").split("+"):
            seconds = Fraction(number)
            if seconds > LONGEST_PHASE:
                raise ValueError(f"a breath phase of {number} s is longer than {LONGEST_PHASE} s, the most it may be")
            if seconds == 0 and kind in ("in", "out"):
                raise ValueError(f"'{text}' leaves no time to breathe {kind}")
            if seconds:
                phases.append(Phase(kind, seconds))
    if sum((phase.seconds for phase in phases), Fraction(0)) < SHORTEST_BREATH:
        raise ValueError(f"'{text}' is a breath of less than {SHORTEST_BREATH} s")
    return tuple(phases)


def parse_heading_mark(text: str) -> int | None:
    """``optional`` (1) or ``optional 2`` after a heading: which chapters may be left out, higher numbers first; None
    for ``required``, which keeps a chapter at any length."""
    match = re.fullmatch(r"\s*(\w+)(?:\s+([0-9]{1,4}))?\s*", text)
    word = match[1].casefold() if match else ""
    if match and word == "required" and match[2] is None:
        return None
    if not match or word != "optional":
        near = did_you_mean(text.split()[0], ("optional", "required")) if text.split() else ""
        raise ValueError(f"'[{text}]' cannot stand in a heading{near}; only [optional], [optional 2] or [required] can")
    if match[2] is not None and int(match[2]) == 0:
        raise ValueError("an optional chapter's number is 1 or more")
    return int(match[2] or 1)
