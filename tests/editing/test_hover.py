"""What something in a script means."""

from __future__ import annotations

import pytest

from voiceguide.editing.hover import meaning_at
from voiceguide.errors import Source

SCRIPT = """---
bed: rain
variables: {name: Ben}
checks: {vague-place: off}
---
Rest, {name}. [hold 20s halfway] [breathe box x2] {who}
<!-- check: off long-sentence -->
[repeat 2] {n} of {total} [end] [each side: left, right] {side} [end]
"""


@pytest.mark.parametrize(
    ("at", "told", "about"),
    [
        ("bed:", "A bed's name, a file, or none.", "bed"),
        ("vague-place", "Finds ", "vague-place"),
        ("long-sentence", "Finds a long sentence.", "long-sentence"),
        ("name}.", "“Ben”", "name"),
        ("who}", "It has no value here", "who"),
        ("hold 20s", "The listener keeps still", "[hold 20s halfway]"),
        ("halfway", "halfway: a soft tick in the middle.", "halfway"),
        ("box", "box is in 4s, hold 4s, out 4s, rest 4s.", "[breathe box x2]"),
        ("n} of", "The number of the round.", "n"),
        ("side}", "Each word of [each side: left, right].", "side"),
    ],
)
def test_everything_that_is_written_has_a_meaning(at: str, told: str, about: str) -> None:
    found = meaning_at(Source("x.md", SCRIPT), SCRIPT.index(at))
    assert found is not None
    assert told in found.text
    assert SCRIPT[found.start : found.end] == about


def test_words_have_none() -> None:
    assert meaning_at(Source("x.md", SCRIPT), SCRIPT.index("Rest")) is None
    assert meaning_at(Source("x.md", SCRIPT), SCRIPT.index("rain")) is None
