"""Scripts made up at random, of every cue and in every way of writing it."""

from __future__ import annotations

import random

WORDS = [
    "rest",
    "sit",
    "breathe",
    "feet",
    "Füße",
    "hands",
    "😀",
    "jaw",
    "slowly",
    "now",
    "again",
    "softly",
    "shoulders",
    "naïve",
    "calm",
]
_FRONT = (
    "title: At random   # kept",
    "bed: brown",
    "pace: 0.9",
    "gaps: {sentence: 0.8s}",
    "levels: {bed: -3dB}  # softer",
    "# a comment of its own",
    "tags: [calm, evening]",
    "description: >-\n  Two lines\n  of words.",
)


def script(chance: random.Random) -> str:
    """A script without errors; its last chapter, which is long enough for every sound to ring out, is always the same."""
    front = [each for each in _FRONT if chance.random() < 0.6]
    head = "---\n" + "\n".join(front) + "\n---\n" if front else ""
    chapters = [_chapter(chance, number) for number in range(1, chance.randint(2, 4))]
    return head + "\n\n".join(chapters) + f"\n\n{LAST}\n\nRest now. [pause 40s] Done. [pause 20s]\n"


LAST = "# The last one"


def _chapter(chance: random.Random, number: int) -> str:
    mark = chance.choice(("", "", " [optional]", " [optional 3]", " [required]", " ##", "  "))
    parts = [_paragraph(chance) for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.6:
        parts.append(_block(chance))
    chance.shuffle(parts)
    return f"# Part {number} {chance.choice(WORDS)}{mark}\n\n" + "\n\n".join(parts)


def _paragraph(chance: random.Random) -> str:
    pieces = [_sentence(chance)]
    pieces += [(_sentence if chance.random() < 0.5 else _cue)(chance) for _ in range(chance.randint(0, 4))]
    opening = chance.choice(("", "", "- ", "> A note that nobody hears: [pause 5s]\n\n"))
    return opening + chance.choice((" ", "\n", "  ")).join(pieces)


def _sentence(chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 6)))
    return f"{words[:1].upper()}{words[1:]}."


def _block(chance: random.Random) -> str:
    inside = "\n".join(_paragraph(chance).removeprefix("- ") for _ in range(chance.randint(1, 2)))
    opening = chance.choice(
        ("[repeat 3]", "[repeat ~2]", "[Repeat  2..4]", "[each left, right]", "[within 9m]", "[within 8m..20m]")
    )
    return f"{opening}\n{inside}\n[end]"


def _cue(chance: random.Random) -> str:
    return chance.choice((_pause, _hold, _chime, _breathe, _count, _bed))(chance)


def _duration(chance: random.Random, least: int, most: int) -> str:
    seconds = chance.randint(least, most)
    plain = chance.choice((f"{seconds}s", f"{seconds}.5s", f"0:{seconds:02d}" if seconds < 60 else f"{seconds}s"))
    return chance.choice((plain, plain, f"~{seconds}s", f"{seconds}s..{3 * seconds}s", f"{seconds * 1000}ms"))


def _pause(chance: random.Random) -> str:
    return f"[{chance.choice(('pause ', 'Pause ', ' pause  '))}{_duration(chance, 1, 20)}{chance.choice(('', ' '))}]"


def _hold(chance: random.Random) -> str:
    return f"[hold {_duration(chance, 8, 30)}{chance.choice(('', ' countdown', ', halfway', ' halfway countdown'))}]"


def _chime(chance: random.Random) -> str:
    return f"[chime{chance.choice(('', ' bell', ' bowl x2 every 4s', ' bowl -6dB', ' bell x3 -3.5dB', ' under'))}]"


def _breathe(chance: random.Random) -> str:
    pattern = chance.choice(("4-6", "box", "4-7-8", "5.5-5.5", "calm"))
    return f"[breathe {pattern} {chance.choice(('x2', 'x4..8', 'for 1m', 'for ~2m', 'x3 words none', 'words all, x2 swell'))}]"


def _count(chance: random.Random) -> str:
    return f"[count {chance.choice(('5', '5 to 1', '10 every 1.5s', '3 every 2s'))}]"


def _bed(chance: random.Random) -> str:
    return f"[bed {chance.choice(('pink', 'brown -20dB', 'pink -24dB fade 6s', 'none', 'brown fade 0:03'))}]"
