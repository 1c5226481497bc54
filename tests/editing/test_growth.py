"""What an outline and the places of variables cost: time in proportion to the text, for whatever text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from voiceguide.editing.outline import outline
from voiceguide.editing.variables import places
from voiceguide.errors import Source

_TIMES, _SLACK = 8.0, 0.1  # as long for four times the text, and seconds; a square would take sixteen times as long


@pytest.mark.parametrize("read", [outline, places], ids=["outline", "places"])
@pytest.mark.parametrize(
    "element",
    [
        "# T\n",
        "[repeat 2]\n{n} ",
        "[each a: b, c] {a} ",
        "[repeat 2]\n# T\n{n}\n[end]\n",
        "## T\n[end] {x} ",
        "# T\n\n\n\n\n",
    ],
)
def test_time_grows_with_the_text(element: str, read: Callable[[Source], object]) -> None:
    def seconds(characters: int) -> float:
        source = Source("x.md", element * (characters // len(element)))
        begin = time.process_time()
        read(source)
        return time.process_time() - begin

    small, large = (min(seconds(characters) for _ in range(3)) for characters in (4_096, 16_384))
    assert large < small * _TIMES + _SLACK
