"""The session that is measured: for every ten minutes 70 lines, paced breathing, chimes, a brown bed, in stereo."""

from __future__ import annotations

_LINES = (
    "Rest your hands on your cheeks",
    "Let your shoulders sink a little",
    "Stroke along the jaw, up to the ears",
    "Make small circles on both temples",
    "Sweep over the forehead to the sides",
    "Let the breath come and go",
    "Hold still, and notice what is different",
)


def script(minutes: int) -> str:
    """A script that lasts ``minutes`` exactly, with seven lines in each of them. No line is spoken twice."""
    head = f"---\ntitle: {minutes} minutes\nvoice: system\nbed: brown\nlength: {minutes}m\n---\n"
    return head + "\n".join(_minute(number) for number in range(1, minutes + 1))


def _minute(number: int) -> str:
    lines = " ".join(f"{line}, part {number}. [pause 300ms..9s]" for line in _LINES)
    return f"# Minute {number}\n\n{lines}\n[breathe 4-6 x1 words none]\n[chime bowl]\n"
