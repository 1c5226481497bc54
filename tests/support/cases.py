"""Fixture files as readable specification: many small cases in one text file.

A case is a line ``=== title``, a script, a line ``---->``, and what is expected. ``python -m tests.support.cases`` writes
what the code gives now into the files, to be read and judged before it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.support.paths import FIXTURES
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.planner import Lengths
from voiceguide.routine import Node, Phase, Routine, Slot, SoundRef
from voiceguide.script import parse
from voiceguide.script.sounds import SoundNames
from voiceguide.speech.tempo import CALM
from voiceguide.syllables import syllables
from voiceguide.timeline import Event, Line
from voiceguide.units import SAMPLE_RATE, Elastic, Whole

NAMES = SoundNames(("bowl", "bell", "rise", "fall", "tick", "release", "halfway"), ("brown", "pink"))
Case = tuple[str, str, str]


def read_cases(path: Path) -> list[Case]:
    """Title, script and expectation of each case."""
    cases = []
    for part in path.read_text("utf-8").split("\n=== ")[1:]:
        title, _, rest = part.partition("\n")
        script, _, expected = rest.partition("\n---->\n")
        cases.append((title, script + "\n", expected.strip("\n")))
    return cases


def parameters(folder: str) -> list[Any]:
    return [
        pytest.param(script, expected, id=f"{path.stem}: {title}")
        for path in sorted((FIXTURES / folder).glob("*.txt"))
        for title, script, expected in read_cases(path)
    ]


# -- a routine as an outline


def _shown(value: Any) -> str:
    match value:
        case Elastic():
            return f"{float(value.natural):g}s" + (
                f" ({float(value.shortest):g}..{float(value.longest):g})" if value.elastic else ""
            )
        case Whole():
            return f"x{value.natural}" + (f" ({value.fewest}..{value.most})" if value.elastic else "")
        case Fraction():
            return f"{float(value):g}"
        case SoundRef():
            return value.name
        case Slot():
            return f"{{{value.name}}}"
        case Phase():
            return f"{value.kind} {float(value.seconds):g}"
        case tuple():
            return "[" + ", ".join(_shown(item) for item in value) + "]"
        case _:
            return str(value)


def _node(node: Node, depth: int) -> list[str]:
    place = f"{node.span.line}:{node.span.column}+{node.span.length}" if node.span else ""
    if type(node).__name__ == "Sentence":
        text = "".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in node.text)  # type: ignore[union-attr]
        mark = "¶ " if node.opens_paragraph else ""  # type: ignore[union-attr]
        return [f"{'  ' * depth}{place} {mark}{text}"]
    values = [
        f"{field.name}={_shown(value)}"
        for field in fields(node)
        if field.name not in ("span", "body") and (value := getattr(node, field.name)) not in (None, False, 0.0)
    ]
    rows = [f"{'  ' * depth}{place} {type(node).__name__} {' '.join(values)}".rstrip()]
    for inner in getattr(node, "body", ()):
        rows += _node(inner, depth + 1)
    return rows


def outline(routine: Routine) -> list[str]:
    rows = []
    for chapter in routine.chapters:
        if chapter.title is not None:
            optional = f" optional {chapter.optional}" if chapter.optional else ""
            rows.append(f"{'#' * chapter.level} {chapter.title}{optional}")
        for node in chapter.body:
            rows += _node(node, 1)
    return rows


def parsed(script: str) -> str:
    """The findings of a script, and its outline when it has no errors."""
    routine, findings = parse(Source("x.md", script), NAMES)
    rows = [finding.render() for finding in findings]
    if not any(finding.severity == "error" for finding in findings):
        rows += outline(routine)
    return "\n".join(rows)


# -- a timeline as a table


class FixedLengths:
    """A tenth of a second for each letter of a line; round numbers for the sounds."""

    SECONDS: ClassVar = {
        "bowl": 12.0,
        "bell": 5.0,
        "rise": 1.0,
        "fall": 1.0,
        "tick": 0.2,
        "release": 2.0,
        "halfway": 1.5,
    }

    def line(self, line: Line) -> int:
        return round(len(line.text) * SAMPLE_RATE / 10 / line.pace)

    def speaking(self, line: Line) -> float:
        """Seconds in which a line is spoken: as calm as every voice at pace 1."""
        return syllables(line.text, line.language) / (CALM * line.pace)

    def sound(self, sound: SoundRef) -> int:
        return round(self.SECONDS.get(sound.name, 20.0) * SAMPLE_RATE)


def plan(routine: Routine, lengths: Lengths | None = None) -> Any:
    voices = {name: f"full-{name}" for name in planner.voice_names(routine)}
    return planner.plan(routine, voices, lengths or FixedLengths())


def _event(event: Event) -> str:
    what = [event.kind]
    if event.phase:
        what.append(f"{event.phase} {event.cycle}")
    if event.text is not None:
        what.append(event.text)
    if event.elastic:
        what.append("(elastic)")
    if event.clip is not None and isinstance(event.clip.source, Line):
        line = event.clip.source
        what += [f"[{line.voice}]"] if line.voice != "full-auto" else []
        what += [f"[pace {line.pace:g}]"] if line.pace != 1 else []
        what += [f"[said: {line.text}]"] if line.text != event.text else []
    if event.clip is not None and event.clip.level:
        what.append(f"{event.clip.level:+g}dB")
    if event.clip is not None and event.clip.fade_out:
        what.append("fading")
    if event.kind == "bed":
        what.append(f"{event.level:+g}dB in {event.fade_in / SAMPLE_RATE:g}s out {event.fade_out / SAMPLE_RATE:g}s")
    return f"{event.start / SAMPLE_RATE:8.3f} {event.end / SAMPLE_RATE:8.3f} {event.track:6} {' '.join(what)}"


def planned(script: str) -> str:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert not [finding.render() for finding in findings if finding.severity == "error"]
    timeline, problems = plan(routine)
    rows = [problem.render() for problem in problems]
    if fit := timeline.fit:
        rows += [f"left out: {title}" for title, _ in fit.left_out]
        rows += [f"{r.chosen} {r.cue} instead of {r.written} at {r.span.line}:{r.span.column}" for r in fit.rounds]
        rows.append(f"share {fit.share:+.4f}")
    rows += [_event(event) for event in timeline.events]
    rows += [f"chapter {c.start / SAMPLE_RATE:.3f}..{c.end / SAMPLE_RATE:.3f} {c.title}" for c in timeline.chapters]
    rows.append(f"{timeline.frames / SAMPLE_RATE:8.3f} end")
    return "\n".join(rows)


def rewrite(folder: str, give: Callable[[str], str]) -> None:
    for path in sorted((FIXTURES / folder).glob("*.txt")):
        head = path.read_text("utf-8").split("\n=== ")[0]
        cases = (
            f"=== {title}\n{script.rstrip(chr(10))}\n---->\n{give(script)}\n" for title, script, _ in read_cases(path)
        )
        path.write_text(head + "\n" + "\n".join(cases), "utf-8")


if __name__ == "__main__":
    rewrite("script", parsed)
    rewrite("plan", planned)
