"""The table of cues is what the parser takes and what the language's page shows."""

from __future__ import annotations

import re

import pytest

from tests.support.cases import NAMES
from tests.support.paths import ROOT
from voiceguide.errors import Source
from voiceguide.script import parse
from voiceguide.session.options import known_sounds
from voiceguide.vocabulary import BY_NAME, CUES, FRONT_MATTER, PATTERNS, CueSpec, Option, Value

PAGE = (ROOT / "docs" / "language.md").read_text("utf-8")
NEED_FILES = {Value.FILE, Value.SCRIPT}
LASTING = {Value.TIMES, Value.ELASTIC}


@pytest.mark.parametrize("spec", CUES, ids=lambda spec: spec.name)
def test_every_form_in_the_table_is_understood(spec: CueSpec) -> None:
    for form in spec.forms:
        closing = " Hi. [end]" if spec.opens_block else ""
        opening = "[repeat 1] " if form == "[end]" else ""
        _, findings = parse(Source("x.md", f"Hi. {opening}{form}{closing}\n"), NAMES)
        messages = [finding.message for finding in findings]
        if spec.argument in NEED_FILES:
            assert all(message.startswith(("unknown sound", "there is no script")) for message in messages)
        else:
            assert messages == []


def _shortest(spec: CueSpec) -> str:
    """A cue without options: its name and the argument of its first form."""
    return " ".join(spec.forms[0].strip("[]").split()[:2])


@pytest.mark.parametrize(
    ("spec", "option"),
    [pytest.param(spec, option, id=f"{spec.name} {option.form}") for spec in CUES for option in spec.options],
)
def test_every_option_in_the_table_is_understood(spec: CueSpec, option: Option) -> None:
    """Paced breathing says how long it lasts, with one option or another."""
    lasts = next((other.form for other in spec.options if spec.argument is Value.PATTERN), "")
    needed = "" if option.value in LASTING else f" {lasts}".rstrip()
    _, findings = parse(Source("x.md", f"Hi. [{_shortest(spec)}{needed} {option.form}]\n"), known_sounds())
    assert [finding.message for finding in findings] == []


def test_the_page_shows_every_cue_option_setting_and_pattern() -> None:
    wanted = [form for spec in CUES for form in spec.forms]
    wanted += [option.form for spec in CUES for option in spec.options]
    wanted += [*FRONT_MATTER, *PATTERNS]
    assert [form for form in wanted if f"`{form}`" not in PAGE] == []


def test_the_page_shows_no_cue_that_is_unknown() -> None:
    reference = PAGE[PAGE.index("## Reference") :]
    shown = {match[1].lower() for match in re.finditer(r"^\| `\[([a-z]+)\b", reference, re.MULTILINE)}
    assert shown - {"cue"} == set(BY_NAME)
