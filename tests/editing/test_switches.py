"""A rule that is switched off finds nothing any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voiceguide.checks import check
from voiceguide.editing.switches import off_everywhere, off_here
from voiceguide.errors import Diagnostic, Source
from voiceguide.script import parse
from voiceguide.session.options import known_sounds

LONG = "You " + "and you " * 30 + "rest."


def _found(text: str, rule: str = "long-sentence") -> list[Diagnostic]:
    routine, _ = parse(Source("x.md", text), known_sounds())
    return [one for one in check(routine).findings if one.rule == rule]


@pytest.mark.parametrize("before", ["", "# One\n", "---\nbed: rain\n---\n# One\n\nRest.\n", "- Rest.\n- "])
def test_off_for_a_place_and_for_the_script(before: str) -> None:
    text = f"{before}{LONG}\n\nRest. {LONG}\n"
    first, _ = _found(text)
    here, everywhere = off_here(first), off_everywhere(first)
    assert here is not None
    assert everywhere is not None
    assert len(_found(here.applied(text))) == 1
    assert _found(everywhere.applied(text)) == []


def test_what_no_rule_found_cannot_be_switched_off() -> None:
    (finding,) = _found(LONG)
    assert off_here(replace(finding, rule=None)) is None
    assert off_everywhere(replace(finding, rule=None)) is None
    settings = f"+++\nbed = 'rain'\n+++\n{LONG}"
    (finding,) = _found(settings)
    assert off_everywhere(finding) is None
    assert off_here(replace(finding, span=replace(finding.span, line=2))) is None
