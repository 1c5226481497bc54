"""Tables of people, as spreadsheets give them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.editing.people import MOST_PEOPLE, People, read_people

NAMES = ("name", "oil")


@pytest.mark.parametrize(
    "text",
    [
        "name,oil\nAnna,jojoba\nBen,almond\n",
        "name;oil\r\nAnna;jojoba\r\nBen;almond\r\n",
        "name\toil\nAnna\tjojoba\nBen\talmond",
        '\ufeff"name","oil"\n\n"Anna","jojoba"\nBen , almond\n,\n',
        "{name},oil\nAnna,jojoba\nBen,almond\n",
    ],
)
def test_copied_and_saved_tables_are_read_alike(text: str) -> None:
    table = read_people(text, NAMES, "evening")
    assert table.problems == ()
    assert [(one.file, dict(one.variables)) for one in table.people] == [
        ("evening-anna", {"name": "Anna", "oil": "jojoba"}),
        ("evening-ben", {"name": "Ben", "oil": "almond"}),
    ]


def test_a_row_can_say_its_file_length_and_voice() -> None:
    table = read_people("Datei;name;Länge;Stimme\nfür Anna.mp3;Anna;12m;heart\nb;Ben;;\n", NAMES)
    anna, ben = table.people
    assert (anna.row, anna.file, anna.length, anna.voice) == (2, "für Anna", Fraction(720), "heart")
    assert (ben.row, ben.file, ben.length, ben.voice) == (3, "b", None, None)


def test_a_cell_can_hold_the_delimiter() -> None:
    table = read_people('name,oil\n"Anna, dear","a ""good"" one"\n', NAMES)
    assert dict(table.people[0].variables) == {"name": "Anna, dear", "oil": 'a "good" one'}
    assert table.people[0].file == "session-anna-dear"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["row 1: this table is empty; its first row names the variables"]),
        ("name\n", ["row 1: no person follows the names of the columns"]),
        ("nmae\nAnna\n", ["row 1: the script has no variable 'nmae' (did you mean 'name'?)"]),
        ("client\nAnna\n", ["row 1: the script has no variable 'client'; it has name, oil"]),
        ("name,,oil\nA,B,C\n", ["row 1: a column has no name; write a variable's name in the first row"]),
        ("name,name\nA,B\n", ["row 1: the column 'name' is there twice"]),
        ("voice\nheart\n", ["row 1: no column says who or what a file is for; name a variable, or 'file'"]),
        (
            "first name\nA\n",
            ["row 1: 'first name' is no name for a variable; use letters, digits, _ and -, a letter first"],
        ),
        ("name,oil\nAnna,\nBen,x\n,y\n", ["row 2: 'oil' has no value", "row 4: 'name' has no value"]),
        (
            "name\nAnna\nanna\n",
            ["row 3: the file 'session-anna' is that of row 2 already; a column 'file' can name both"],
        ),
        ("name,length\nAnna,10\n", ["row 2: '10' needs a unit: write 10s for seconds or 10m for minutes"]),
        ("name,file\nAnna,../x\n", ["row 2: '../x' cannot be the name of a file"]),
        ("name,file\nAnna,CON\n", ["row 2: 'CON' cannot be the name of a file"]),
        ("name,oil\nAnna,x,y\n", ["row 2: there are 3 cells, but 2 columns; put quotes around what has a comma"]),
        ("name\nA\u202eB\n", ["row 2: the value of 'name' holds signs that cannot be read"]),
    ],
)
def test_what_is_wrong_is_told_by_row(text: str, problems: list[str]) -> None:
    assert [str(problem) for problem in read_people(text, NAMES).problems] == problems


def test_rows_without_a_problem_are_read_beside_the_others() -> None:
    table = read_people("name,length\nAnna,10\nBen,5m\n", NAMES)
    assert [one.row for one in table.people] == [3]
    assert [one.row for one in table.problems] == [2]


def test_very_many_rows_are_refused() -> None:
    text = "name\n" + "\n".join(f"p{number}" for number in range(MOST_PEOPLE + 1))
    assert [str(one) for one in read_people(text, NAMES).problems] == ["row 502: a table can have 500 people at most"]


@given(st.text(alphabet='nameoil,;\t\n\r"A \u202e.\\/{}', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    table = read_people(text, NAMES)
    assert isinstance(table, People)
    files = [one.file.casefold() for one in table.people]
    assert len(set(files)) == len(files)
    assert table.problems or table.people
