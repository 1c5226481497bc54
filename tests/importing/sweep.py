"""Imports very many texts, and looks for what a listener would notice: ``python -m tests.importing.sweep``.

Every word of a text is spoken, in a comment or in a row of the report; no markup is spoken; no pause is longer than what
the text's marks say; none takes longer than a second; and the script that comes out has no errors.

    python -m tests.importing.sweep --documents 5000 --seed 1 --commonmark spec.json

``--commonmark`` names the examples of the CommonMark specification (https://spec.commonmark.org, ``spec.json``).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from tests.importing.cases import AROUND, FIXTURES, words
from tests.support.cases import NAMES
from voiceguide.errors import Source, has_errors
from voiceguide.importing import Imported, translate
from voiceguide.routine import Pause, Routine, Sentence, walk
from voiceguide.script import parse

LONGEST = 1.0  # seconds of processor time for a text
MARKUP = re.compile(r"\*\*|__|~~|==|`|\]\(|\[\[|</?[a-z][a-z0-9]*[ />]|&[a-z]{2,8};|^\s*#{1,6}\s|\|\s*:?-{2,}|\{\w+\}")
"""What is never to be heard of a text that has no escapes."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to import. ``longest``: seconds of the longest pause that its marks allow; None if that is not known."""

    name: str
    text: str
    longest: Fraction | None = None
    plain: bool = True  # whether signs of markup cannot be meant as such


@dataclass(frozen=True, slots=True)
class Fault:
    document: Document
    what: str


# -- generated documents

_SAID = (
    "Close your eyes.", "Let your shoulders drop, and rest.", "Lass die Augen zufallen.", "Respira por la nariz.",
    "The body scan (10 minutes) comes first.", "Notice 3 things – no more.", "Hands & feet are warm.", "“Ready?” she said.",
    "Then comes a *pause* in the story.", "Make it **soft**, _very_ soft.", "Use ~~force~~ ease and ==care==.",
    "See [the page](http://example.org/a_b) or [[Notes|your notes]].", "A line<br>and another.", "5 &lt; 7 &amp; 7 &gt; 5.",
    "Rest <b>well</b>.", "Hello [CLIENT NAME], I am ____.", "Hold it for 30 seconds.", "Dr. Kim takes 2 * 3 drops.",
    "A footnote[^1] here.", "`Code` is a word.", "***Both*** at once, and **half *nested* here**.",
)  # fmt: skip
_MARKS: tuple[tuple[str, int], ...] = (
    ("[PAUSE:5]", 5), ("[pause 10 seconds]", 10), ("(pause)", 3), ("(5 Sekunden Pause)", 5), ("(pausa de 7 segundos)", 7),
    ("...", 3), ("…", 3), ("*long pause*", 6), ("PAUSE", 3), ("3 second pause", 3), ('<break time="2s"/>', 2), ("[[slnc 500]]", 1),
    ("(pause for two breaths)", 10), ("[half a minute pause]", 30), ("(10 seconds)", 10), ("{pause}", 3), ("(pausa di 4 secondi)", 4),
    ("(pause 5”)", 5), ("[stilte 8 seconden]", 8), ("[silence de 6 secondes]", 6), ("[pausa 9 segundos]", 9),
)  # fmt: skip
_BLOCKS = (
    "# Arrive", "## The **jaw**", "Title\n=====", "Part\n----", "---", "***", "> A quote to say.", "> [!note] For you\n> only.",
    "- one\n- two", "1. first\n2. second", "* [ ] a task", "```\ncode here\n```", "    indented words",
    "| a | b |\n|---|---|\n| c | d |", "[^1]: The footnote.", "[ref]: http://example.org", "<!-- a remark -->",
    "(Music fades in)", "[SFX: rain]", "Narrator: Breathe.", "**Voice:** soft", "5\n4\n3\n2\n1", "Drei…\nZwei…\nEins…",
    "[BREATHE IN 4] [HOLD 7] [BREATHE OUT 8] x4", "I am calm\nI am here\nI am well", "![a hand](hand.png)",
    "<div align=\"center\">\nWords inside.\n</div>", "| no table", "#tag #other", "+ plus item", "(softly) Speak now.",
)  # fmt: skip
_HEADS = ("", "", "", "---\ntitle: Calm\nlanguage: en\nlayout: post\n---\n", "+++\ntitle = 'Calm'\ndraft = true\n+++\n")


def generated(count: int, seed: int) -> Iterator[Document]:
    """Documents of mixed kinds, the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        parts = [chance.choice(_HEADS)] if number % 3 == 0 else [""]
        longest = 3  # of dots
        for _ in range(chance.randint(1, 9)):
            kind = chance.random()
            if kind < 0.35:
                parts.append(chance.choice(_BLOCKS))
                continue
            line = []
            for _ in range(chance.randint(1, 4)):
                line.append(chance.choice(_SAID))
                if chance.random() < 0.4:
                    mark, seconds = chance.choice(_MARKS)
                    alone = not mark.startswith(tuple("[(<{*…."))
                    line.append(f"\n{mark}\n" if alone else mark)
                    longest = max(longest, seconds)
            parts.append(chance.choice((" ", " ", "\n")).join(line).replace(" \n", "\n").replace("\n ", "\n"))
        ending = chance.choice((".txt", ".md"))
        yield Document(f"{number}{ending}", "\n\n".join(parts) + "\n", Fraction(longest))


def fixtures() -> Iterator[Document]:
    for path in sorted(FIXTURES.iterdir()):
        if path.suffix in (".txt", ".smd", ".ssml", ".markdown"):
            yield Document(path.name, path.read_text("utf-8"), plain=path.suffix != ".ssml")


def commonmark(path: Path) -> Iterator[Document]:
    for example in json.loads(path.read_text("utf-8")):
        yield Document(f"commonmark-{example['example']}.md", example["markdown"], plain=False)


# -- what is looked for


def faults(document: Document) -> list[Fault]:
    begin = time.process_time()
    made, problems = translate(Source(document.name, document.text), AROUND)
    seconds = time.process_time() - begin
    found = [f"it took {seconds:.2f} s"] if seconds > LONGEST else []
    if made is None:
        return [Fault(document, what) for what in (*found, f"it was refused: {problems[0].message}")]
    routine, findings = parse(Source("x.md", made.script), NAMES)
    wrong = [finding.render() for finding in findings if finding.severity == "error"]
    wrong = [
        text
        for text in wrong
        if "says and does nothing" not in text and not re.search("unknown (?:bed|sound) '(?:waves|gong)", text)
    ]
    found += [f"the script has an error: {text}" for text in wrong]
    if not has_errors(findings):
        said = [
            _said(node) for chapter in routine.chapters for node in walk(chapter.body) if isinstance(node, Sentence)
        ]
        titles = [chapter.title or "" for chapter in routine.chapters]
        found += [f"“{text}” has markup" for text in (*said, *titles) if document.plain and MARKUP.search(text)]
        found += _pauses(document, routine)
    lost = _lost(document, made)
    found += [f"the words {lost} went without a row"] if lost else []
    return [Fault(document, what) for what in found]


def _said(node: Sentence) -> str:
    return "".join(part if isinstance(part, str) else part.name for part in node.text)


def _pauses(document: Document, routine: Routine) -> list[str]:
    if document.longest is None:
        return []
    nodes = [node for chapter in routine.chapters for node in walk(chapter.body)]
    longest = max((node.duration.natural for node in nodes if isinstance(node, Pause)), default=Fraction(0))
    return [f"a pause lasts {float(longest):g} s"] if longest > document.longest else []


def _lost(document: Document, made: Imported) -> list[str]:
    """The words that are neither in the script nor in the report, and those of tags left out."""
    there = _plain_words(made.script)
    for row in made.report.rows:
        there += _plain_words(f"{row.what} {row.into}")
    if document.name.endswith(".ssml"):  # tests/importing/test_ssml.py looks at these
        return []
    text = re.sub(r"^[> \t]*(?:[0-9]+[.)][ \t]*)+", "", document.text, flags=re.MULTILINE)  # numbers of lists
    wanted = dict.fromkeys(_plain_words(re.sub(r"</?[A-Za-z][^<>]*>|&#?\w+;", " ", text)))
    joined = "".join(there)
    return [word for word in wanted if word not in joined]


def _plain_words(text: str) -> list[str]:
    return [word.casefold() for word in words(text)]


@dataclass(slots=True)
class Sweep:
    """What a sweep looked at and found."""

    documents: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    def add(self, documents: Iterator[Document]) -> None:
        for document in documents:
            begin = time.process_time()
            self.faults += faults(document)
            spent = time.process_time() - begin
            self.documents += 1
            self.seconds += spent
            self.slowest = max(self.slowest, spent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--commonmark", type=Path)
    given = parser.parse_args()
    sweep = Sweep()
    sweep.add(generated(given.documents, given.seed))
    sweep.add(fixtures())
    if given.commonmark:
        sweep.add(commonmark(given.commonmark))
    for fault in sweep.faults[:40]:
        print(f"{fault.document.name}: {fault.what}\n    {fault.document.text!r}")
    print(
        f"{sweep.documents:,} documents, {len(sweep.faults):,} faults, "
        f"{sweep.seconds:.1f} s of processor time, {sweep.slowest:.2f} s for the slowest"
    )
    return 1 if sweep.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
