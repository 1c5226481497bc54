"""The table of cues is what the parser takes and what the language's page shows."""

from __future__ import annotations

import re

import pytest

from tests.support.cases import NAMES
from tests.support.paths import ROOT
from voiceguide.cues import BY_NAME, CUES
from voiceguide.errors import Source
from voiceguide.script import parse
from voiceguide.vocabulary import FRONT_MATTER, PATTERNS

PAGE = (ROOT / "docs" / "language.md").read_text("utf-8")
NEED_FILES = {"sound", "include"}


@pytest.mark.parametrize("spec", CUES, ids=lambda spec: spec.name)
def test_every_form_in_the_table_is_understood(spec: object) -> None:
    assert spec in CUES
    for form in spec.forms:  # type: ignore[attr-defined]
        closing = " Hi. [end]" if spec.opens_block else ""  # type: ignore[attr-defined]
        opening = "[repeat 1] " if form == "[end]" else ""
        _, findings = parse(Source("x.md", f"Hi. {opening}{form}{closing}\n"), NAMES)
        messages = [finding.message for finding in findings]
        if spec.name in NEED_FILES:  # type: ignore[attr-defined]
            assert all(message.startswith(("unknown sound", "there is no script")) for message in messages)
        else:
            assert messages == []


@pytest.mark.parametrize("spec", [spec for spec in CUES if spec.options], ids=lambda spec: spec.name)
def test_every_option_in_the_table_is_understood(spec: object) -> None:
    base = {
        "chime": "chime bell",
        "sound": "sound bell",
        "bed": "bed brown",
        "breathe": "breathe 4-6",
        "count": "count 3",
    }
    for option in spec.options:  # type: ignore[attr-defined]
        start = base.get(spec.name, f"{spec.name} 5s")  # type: ignore[attr-defined]
        cycles = " x2" if spec.name == "breathe" and option.word in ("words", "swell") else ""  # type: ignore[attr-defined]
        _, findings = parse(Source("x.md", f"Hi. [{start}{cycles} {option.form}]\n"), NAMES)
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
