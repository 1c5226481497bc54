"""A take chosen in a script: the cue goes before its sentence, and nothing else changes by a byte."""

from __future__ import annotations

import pytest

from tests.support.cases import NAMES
from voiceguide.editing.takes import with_take
from voiceguide.errors import Source
from voiceguide.routine import Sentence
from voiceguide.script import parse


def sentences(text: str) -> list[Sentence]:
    routine, _ = parse(Source("x.md", text), NAMES)
    return [node for node in routine.nodes() if isinstance(node, Sentence)]


def chosen(text: str, index: int, take: int) -> str | None:
    return with_take(text, sentences(text)[index], take, sentences)


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("Rest. Now rest.\n", 0, "[take 3] Rest. Now rest.\n"),
        ("Rest. Now rest.\n", 1, "Rest. [take 3] Now rest.\n"),
        ("---\r\ntitle: T\r\n---\r\nRest.\r\n\r\nAgain.\r\n", 1, "---\r\ntitle: T\r\n---\r\nRest.\r\n\r\n[take 3] Again.\r\n"),
        ("Rest.\rAgain.", 1, "Rest.\r[take 3] Again."),
        ("[take 12] Rest. [ TAKE  2 ] Again.\n", 1, "[take 12] Rest. [ TAKE  3 ] Again.\n"),
        ("[take 12]\n[repeat 2]\n[pause 1s] Rest.\n[end]\n", 0, "[take 3]\n[repeat 2]\n[pause 1s] Rest.\n[end]\n"),
        ("Rest.\n\n- **Feel** it.\n- _Softly._\n", 1, "Rest.\n\n- [take 3] **Feel** it.\n- _Softly._\n"),
        ("[each left, right]\nThe {each} side. Rest.\n[end]\n", 0, "[each left, right]\n[take 3] The {each} side. Rest.\n[end]\n"),
        ("Größe da. Ärger.  \n\n\nRest.", 1, "Größe da. [take 3] Ärger.  \n\n\nRest."),
    ],
)  # fmt: skip
def test_the_cue_is_written_before_its_sentence(text: str, index: int, expected: str) -> None:
    assert chosen(text, index, 3) == expected
    assert [one.take for one in sentences(expected)][index] == 3


def test_choosing_again_changes_the_number_alone() -> None:
    once = chosen("Rest. Now rest.\n", 1, 3)
    assert once
    assert chosen(once, 1, 45) == "Rest. [take 45] Now rest.\n"


def test_a_place_that_would_change_more_is_refused() -> None:
    one = sentences("Rest.\n")[0]
    assert with_take("Rest.\n", one, 3, lambda text: sentences(text.replace("take 3", "take 4"))) is None
