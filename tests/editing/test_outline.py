"""The parts of a script, as an editor's outline shows them."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.editing.outline import Part, outline
from voiceguide.errors import Source

SCRIPT = """---
title: Calm
---
# Begin with {name} [optional 2]
Rest. [repeat 3]
# In between
[each left, right]
Rest.
[end]
[end]

## Deeper

Rest.

# End [required]
[within 10s] Rest
"""


def _shown(parts: tuple[Part, ...], text: str, depth: int = 0) -> list[str]:
    rows = []
    for part in parts:
        end = text[: part.end].rpartition("\n")[2]
        rows.append(f"{'  ' * depth}{part.title}|{part.detail}|{end}")
        rows += _shown(part.inside, text, depth + 1)
    return rows


def test_chapters_hold_chapters_and_blocks() -> None:
    assert _shown(outline(Source("x.md", SCRIPT)), SCRIPT) == [
        "Begin with {name}|optional 2|Rest.",
        "  [repeat 3]||[end]",
        "    In between||[end]",
        "      [each left, right]||[end]",
        "  Deeper||Rest.",
        "End|required|[within 10s] Rest",
        "  [within 10s]||[within 10s] Rest",
    ]


def test_a_heading_without_words_has_a_name() -> None:
    assert [part.title for part in outline(Source("x.md", "#\nRest.\n"))] == ["(no title)"]


@given(
    st.lists(st.sampled_from(["# One\n", "## Two\n", "[repeat 2] ", "[end]\n", "Rest.\n\n", "[pase", "```\n", "😀 "]))
)
def test_every_part_lies_in_the_one_around_it(pieces: list[str]) -> None:
    text = "".join(pieces)

    def holds(parts: tuple[Part, ...], start: int, end: int) -> None:
        for part in parts:
            assert start <= part.start <= part.head_end
            assert part.start <= part.end <= end
            holds(part.inside, part.start, part.end)
        assert all(one.end <= other.start for one, other in itertools.pairwise(parts))

    holds(outline(Source("x.md", text)), 0, len(text))
