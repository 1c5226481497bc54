"""Another name for a variable, wherever it stands and nowhere else."""

from __future__ import annotations

import pytest

from voiceguide.editing.edits import CannotEdit, applied
from voiceguide.editing.variables import renamed, renamed_elsewhere, variable_at
from voiceguide.errors import Source

SCRIPT = """---
variables: {name: Ben, "oil": jojoba}
---
# For {name}
{name} takes {oil}. \\{name} `{name}` <!-- {name} -->
[each side: left, right]
The {side} of {name}, round {n}.
[end]
[repeat 2] {n} of {total}. [each leg, arm] {each}. [end] [end]
{side}
"""


def _renamed(text: str, new: str) -> str:
    """The script after a new name for the variable at the mark ``|``."""
    source = Source("x.md", text.replace("|", ""))
    place = variable_at(source, text.index("|"))
    assert place is not None
    return applied(source.text, renamed(source, place, new))


def test_a_value_of_the_script_is_renamed_where_it_is_asked_for() -> None:
    text = _renamed(SCRIPT.replace("{name} takes", "{na|me} takes"), "who")
    assert text == SCRIPT.replace("name: Ben", "who: Ben").replace("For {name}", "For {who}").replace(
        "{name} takes", "{who} takes"
    ).replace("of {name}", "of {who}")
    assert text == _renamed(SCRIPT.replace("{name: Ben", "{name|: Ben"), "who")
    assert '"balm": jojoba' in _renamed(SCRIPT.replace("{oil}", "{|oil}"), "balm")


def test_what_a_block_fills_in_is_renamed_in_the_block() -> None:
    text = _renamed(SCRIPT.replace("The {side}", "The {side|}"), "hand")
    assert text == SCRIPT.replace("each side:", "each hand:").replace("The {side}", "The {hand}")
    assert text == _renamed(SCRIPT.replace("each side:", "each |side:"), "hand")


@pytest.mark.parametrize(
    ("at", "new", "message"),
    [
        ("of {to|tal}", "all", "the number of rounds"),
        ("{each|}.", "part", "the word of the round"),
        ("The {si|de}", "a b", "is no name"),
        ("The {si|de}", "name", "already"),
        ("{|oil}", "n", "already"),
    ],
)
def test_a_name_that_cannot_be(at: str, new: str, message: str) -> None:
    with pytest.raises(CannotEdit, match=message):
        _renamed(SCRIPT.replace(at.replace("|", ""), at), new)


def test_words_are_no_variable() -> None:
    assert variable_at(Source("x.md", SCRIPT), SCRIPT.index("takes") + 1) is None
    assert variable_at(Source("x.md", SCRIPT), SCRIPT.index("\\{name}") + 3) is None


def test_an_included_script_keeps_what_it_fills_in_itself() -> None:
    part = Source("part.md", "Rest, {name}. [each name: one, two] {name} [end]\n")
    assert applied(part.text, renamed_elsewhere(part, "name", "who")) == part.text.replace("{name}.", "{who}.")
    assert renamed_elsewhere(part, "oil", "name") == ()
    with pytest.raises(CannotEdit, match="already"):
        renamed_elsewhere(Source("part.md", "{name} and {who}"), "name", "who")
