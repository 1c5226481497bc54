"""What is understood of English: numbers, durations, sides, and the commands to the hands."""

from __future__ import annotations

import pytest

from voiceguide.checks.actions import actions
from voiceguide.checks.tables.en import WORDS as ENGLISH
from voiceguide.checks.words import REMEMBERED, any_of, number_of, said_duration


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4), ("four", 4), ("Twelve", 12), ("twenty-five", 25), ("ninety", 90), ("some", None), ("", None), ("twenty-odd", None)],
)  # fmt: skip
def test_numbers(text: str, number: int | None) -> None:
    assert number_of(text, ENGLISH) == number


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Hold for eight seconds.", 8),
        ("Hold for 8 seconds.", 8),
        ("Rest for half a minute.", 30),
        ("Stay for one minute.", 60),
        ("Stay a minute and a half.", 90),
        ("Stay for one full minute.", 60),
        ("Take twenty-five slow seconds.", 25),
        ("It takes 2 minutes and a half.", 150),
        ("A thirty-second rest.", 30),
        ("It lasts an hour.", 3600),
        ("In a second part we go on.", 1),
        ("Stay for a moment.", None),
        ("Every few seconds.", None),
    ],
)
def test_durations(text: str, seconds: float | None) -> None:
    found = said_duration(text, ENGLISH)
    assert (found[0] if found else None) == seconds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Place both palms on your cheeks.", ["place"]),
        ("Now, with your ring fingers, stroke along the brows.", ["work"]),
        ("Slowly and gently, slide up to the ears.", ["work"]),
        ("Then press and hold.", ["work"]),
        ("Press number 2 of 3, gentle and steady.", ["work"]),
        ("Rub a little oil between your palms.", ["oil"]),
        ("Pick up the stone.", ["tool"]),
        ("Fingertips to your temples.", ["place"]),
        ("Three fingers under each cheekbone.", ["place"]),
        ("Bring them to your temples.", ["place"]),
        ("Tilt your head to the left.", ["stretch"]),
        ("Bring your attention to your forehead.", []),
        ("Take one deep breath.", []),
        ("Feel how your fingertips rest on your skin.", []),
        ("Smooth strokes are best.", []),
        ("The palms are warm.", []),
        ("Rest.", []),
    ],
)
def test_commands_to_the_hands(text: str, kinds: list[str]) -> None:
    assert [action.kind for action in actions(text, ENGLISH, massage=True)] == kinds


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Stroke your left cheek.", ["left"]),
        ("Next comes the right side of your jaw.", ["right"]),
        ("The muscle in front of the ear on the left.", ["left"]),
        ("One more, then the right.", ["right"]),
        ("Let your left ear sink to your left shoulder.", ["left"]),
        ("Stroke your right upper arm.", ["right"]),
        ("With your left hand, stroke your right cheek.", ["right"]),
        ("Roll onto your right side.", []),
        ("Rest your left hand on your belly.", []),
        ("Press right below the cheekbone.", []),
        ("Breathe right into the belly.", []),
        ("What is left of the day can wait.", []),
    ],
)
def test_sides_of_the_body(text: str, sides: list[str]) -> None:
    assert [side for side, pattern in ENGLISH.sides.items() if pattern.search(text)] == sides


def test_what_was_found_in_a_sentence_is_remembered_and_the_memory_is_bounded() -> None:
    pattern = any_of("jaw")
    assert pattern.search("Soften the jaw.") is pattern.search("Soften the jaw.") is not None
    assert pattern.search("Soften the chin.") is None
    for number in range(2 * REMEMBERED):
        assert pattern.search(f"Sentence {number} of the jaw.") is not None
    assert len(pattern._first) <= REMEMBERED
    assert pattern.search("jaw " * 1000) is not None
    assert not any(len(text) > 1000 for text in pattern._first)
