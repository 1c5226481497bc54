"""The table of cues is all that the parser, the help, completion and the language's page know of cues."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import pytest

from tests.script.page import PAGE, page
from tests.support.cases import NAMES
from tests.support.walkthrough import Checkout, Walkthrough
from voiceguide.cue_spec import CueSpec, CueValues
from voiceguide.cues import BY_NAME, CUES
from voiceguide.errors import Source
from voiceguide.script import parse

NEED_FILES = {"sound", "include"}


def _written(spec: CueSpec, form: str) -> str:
    """A script in which a form of a cue stands as it should."""
    opening = {"[end]": "[repeat 1] ", "[hold rest]": "[within 20s] "}.get(form, "")
    closing = " Hi. [end]" if spec.opens_block else " [end] Hi." if form == "[hold rest]" else " Hi."
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
        needed = {"words": " x2", "swell": " x2", "held": " x2", "tick": " every 15s"}.get(option.word or "", "")
        closing = " Hi. [end]" if spec.opens_block else ""
        _, findings = parse(Source("x.md", f"Hi. [{shortest}{needed} {option.form}]{closing}\n"), NAMES)
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


_ROW = """\
 CUES: tuple[CueSpec, ...] = (
+    CueSpec("rest", _pause, "rest", ("[rest 9s]",), "The same as a pause.", Value.ELASTIC, required=True),
     CueSpec(
         "pause",
"""

_OFFERED = """
from tests.support.cases import NAMES
from voiceguide.editing.completion import Names, completions
print(*(one.label for one in completions("[res", 4, Names(NAMES))))
"""


def test_a_row_is_enough_for_parser_help_page_and_completion(tmp_path: Path) -> None:
    checkout = Checkout.at(tmp_path)
    checkout.follow(Walkthrough((("voiceguide/cues.py", (_ROW,)),), ("python -m tests.script.page",)))
    assert "[rest 9s]" in (tmp_path / "docs" / "language.md").read_text("utf-8")
    assert "[rest 9s]" in checkout.run("-m", "voiceguide", "render", "--help")
    assert checkout.run("-c", _OFFERED).split() == ["rest"]
    (tmp_path / "x.md").write_text("Lie down. [rest 9s] Sit up.\n", "utf-8")
    assert re.search(r"9s +voice +pause", checkout.run("-m", "voiceguide", "plan", "x.md", "--voice", "silent"))
