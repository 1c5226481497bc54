"""The table of cues is all that the parser, the help, completion and the language's page know of cues."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.script.page import PAGE, page
from tests.support.cases import NAMES
from tests.support.worked_example import copied, run, steps
from voiceguide.cue_spec import CueSpec, CueValues
from voiceguide.cues import BY_NAME, CUES
from voiceguide.errors import Source
from voiceguide.script import parse

NEED_FILES = {"sound", "include"}


def _written(spec: CueSpec, form: str) -> str:
    """A script in which a form of a cue stands as it should."""
    opening, closing = ("[repeat 1] " if form == "[end]" else ""), (" Hi. [end]" if spec.opens_block else "")
    return f"Hi. {opening}{form}{closing}\n"


@pytest.mark.parametrize("spec", CUES, ids=lambda spec: spec.name)
def test_every_form_in_the_table_is_understood(spec: CueSpec) -> None:
    for form in spec.forms:
        _, findings = parse(Source("x.md", _written(spec, form)), NAMES)
        messages = [finding.message for finding in findings]
        if spec.name in NEED_FILES:
            assert all(message.startswith(("unknown sound", "there is no script")) for message in messages)
        else:
            assert messages == []


@pytest.mark.parametrize("spec", [spec for spec in CUES if spec.options], ids=lambda spec: spec.name)
def test_every_option_in_the_table_is_understood(spec: CueSpec) -> None:
    shortest = re.sub(r" (x|for|every|under).*", "", spec.forms[0].strip("[]")).replace("gong.flac", "bell")
    for option in spec.options:
        needed = " x2" if spec.name == "breathe" and option.word in ("words", "swell") else ""
        _, findings = parse(Source("x.md", f"Hi. [{shortest}{needed} {option.form}]\n"), NAMES)
        assert [finding.message for finding in findings] == []


def test_a_row_cannot_lack_its_builder() -> None:
    (build,) = (field for field in dataclasses.fields(CueSpec) if field.name == "build")
    assert build.default is dataclasses.MISSING
    assert build.default_factory is dataclasses.MISSING
    assert {str(inspect.signature(spec.build)) for spec in CUES} == {"(cue: 'CueValues') -> 'Built'"}


def test_the_values_of_an_option_say_where_they_stand() -> None:
    _, findings = parse(Source("x.md", "[chime bell x3 every 50ms]\n"), NAMES)
    assert [(finding.span.column, finding.message) for finding in findings] == [
        (22, "the beat of 'every' is 100ms at least")
    ]
    whole = findings[0].span
    assert CueValues(whole, None, {}).at("every") is whole


def test_the_page_has_the_table_as_it_is() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.script.page writes it"
    shown = {match[1] for match in re.finditer(r"^\| `\[([a-z]+)\b", page(), re.MULTILINE)}
    assert shown - {"cue"} == set(BY_NAME)


_ROW = """@@
 CUES: tuple[CueSpec, ...] = (
+    CueSpec("rest", _pause, "rest", ("[rest 9s]",), "The same as a pause.", Value.ELASTIC, required=True),
     CueSpec(
         "pause",
"""

_KNOWS = """
import json, sys
from tests.script.page import table
from tests.support.cases import NAMES
from voiceguide.cli.cue_help import cue_help
from voiceguide.editing.completion import Names, completions
from voiceguide.cues import BY_NAME
name = sys.argv[1]
offered = completions(f"[{name[:2]}", 3, Names(NAMES))
form = BY_NAME[name].forms[0]
print(json.dumps([form in cue_help(), f"`{form}`" in table(), name in [one.label for one in offered]]))
"""


def _knows(package: Path, name: str) -> list[bool]:
    """Whether help, page and completion know a cue."""
    found: list[bool] = json.loads(run(package, "-c", _KNOWS, name))
    return found


def _events(package: Path, script: str) -> list[dict[str, Any]]:
    (package / "x.md").write_text(script, "utf-8")
    plan = json.loads(run(package, "-m", "voiceguide", "plan", "x.md", "--json", "--voice", "silent"))
    events: list[dict[str, Any]] = plan["events"]
    return events


def test_a_row_is_enough_for_a_cue(tmp_path: Path) -> None:
    package = copied(tmp_path, {"voiceguide/cues.py": _ROW})
    assert _knows(package, "rest") == [True, True, True]
    event = _events(package, "Lie down. [rest 9s] Sit up.\n")[1]
    assert (event["kind"], round(event["end"] - event["start"], 6)) == ("pause", 9)


def test_a_newcomer_adds_a_cue_as_the_page_shows(tmp_path: Path) -> None:
    diffs = steps("A new cue")
    assert len(diffs) + 1 <= 4, "with docs/language.md no more than four files"
    package = copied(tmp_path, diffs)
    assert _knows(package, "pulse") == [True, True, True]
    events = _events(package, "Step. [pulse 6s every 2s] Rest.\n")
    ticks = [event for event in events if event["kind"] == "chime"]
    assert [round(tick["start"] - ticks[0]["start"], 6) for tick in ticks] == [0, 2, 4]
