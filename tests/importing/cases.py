"""What the tests of importing share: the surroundings of the fixtures, and what is heard of a script."""

from __future__ import annotations

import re

from tests.support import paths
from voiceguide.errors import Source
from voiceguide.importing import Imported, Surroundings, translate
from voiceguide.routine import Routine, Sentence
from voiceguide.script import parse
from voiceguide.session.options import known_sounds

FIXTURES = paths.FIXTURES / "importing"
FILES = ("waves.wav", "gong.wav")
VOICES = {"en-GB-RyanNeural": "system:en-gb"}
AROUND = Surroundings(FILES.__contains__, VOICES)


def imported(text: str, name: str = "x.txt", around: Surroundings = AROUND) -> Imported:
    made, problems = translate(Source(name, text), around)
    assert [problem.render() for problem in problems] == []
    assert made is not None
    return made


def ssml(body: str) -> Imported:
    return imported(f"<speak>{body}</speak>", "x.ssml")


def body(made: Imported) -> str:
    """The script without its front matter, on one line."""
    return " ".join(re.sub(r"\A---\n.*?\n---\n", "", made.script, flags=re.DOTALL).split())


def rows(made: Imported, kind: str) -> list[tuple[str, str]]:
    return [(row.what, row.into) for row in made.report.rows if row.kind == kind]


def parsed(made: Imported) -> Routine:
    """The routine of an imported script that names no files. It must have no errors."""
    routine, findings = parse(Source("x.md", made.script), known_sounds())
    assert [finding.render() for finding in findings if finding.severity == "error"] == []
    return routine


def spoken(routine: Routine) -> str:
    """All that is said, and the titles of the chapters, which players show."""
    said = ["".join(str(part) for part in node.text) for node in routine.nodes() if isinstance(node, Sentence)]
    return " ".join([*(chapter.title or "" for chapter in routine.chapters), *said])


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
