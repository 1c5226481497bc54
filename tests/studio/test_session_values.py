"""What the session panel shows of a script."""

from __future__ import annotations

from voiceguide.errors import Source
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.session.options import known_sounds
from voiceguide.session.variables import variables_of
from voiceguide.studio.session_values import settings_row


def _routine(text: str) -> Routine:
    return parse(Source("x.md", text), known_sounds())[0]


def test_settings_are_shown_whether_written_or_not() -> None:
    row = settings_row(_routine("---\npace: 1..0.9\nbed: rain\nlevels: {bed: 2dB}\nlength: 3m\n---\nHi.").settings)
    assert row["written"] == ["bed", "length", "levels", "pace"]
    assert (row["pace"], row["bed"], row["levels"]["bed"], row["length"]) == ([1.0, 0.9], "rain", 2.0, 180.0)
    assert (row["voice"], row["phrasing"], row["profile"], row["chimes"]["struck"]) == ("auto", None, "podcast", "bowl")
    assert row["room"] == "small"


def test_the_names_that_a_script_asks_for() -> None:
    text = "---\nvariables: {unused: x, name: Ben}\n---\n{oil} for {name}. \\{no} <!-- {none} -->\n\n"
    text += "[repeat 2]\n{n} of {total}. [each side: left, right]\n{side}.\n[end]\n[end]\n"
    names = variables_of(_routine(text))
    assert list(names.items()) == [("oil", None), ("name", "Ben"), ("unused", "x")]
