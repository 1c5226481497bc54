"""The rules in docs/checks.md, printed from their rows and the cases of ``shown.txt``.

``python -m tests.checks.page`` writes the page; with ``--cases`` also, into the cases of all rules, what they say now.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable

from tests.support.cases import FIXTURES, FixedLengths, plan, read_cases
from tests.support.paths import ROOT
from voiceguide.checks import check
from voiceguide.errors import Diagnostic, Source
from voiceguide.routine import Routine
from voiceguide.rule_spec import KINDS, Rule
from voiceguide.rules import RULES
from voiceguide.script import parse
from voiceguide.session.options import known_sounds

PAGE = ROOT / "docs" / "checks.md"
CASES = FIXTURES / "checks" / "shown.txt"
MARK = "from voiceguide/rules and tests/fixtures/checks/shown.txt. -->\n"
WIDTH = 118


def routine_of(script: str) -> Routine:
    routine, findings = parse(Source("x.md", script), known_sounds())
    assert [finding.render() for finding in findings if finding.severity == "error"] == []
    return routine


def findings_of(script: str, *, text_only: bool = False) -> tuple[Diagnostic, ...]:
    routine = routine_of(script)
    if text_only:
        return check(routine).findings
    return check(routine, plan(routine)[0], speaking=FixedLengths().speaking).findings


def found(script: str, rule: str) -> list[str]:
    """What a rule says of a script, as it is shown."""
    return [finding.render() for finding in findings_of(script) if finding.rule == rule]


def _kinds(rule: Rule) -> str:
    """For which kinds of session a rule holds; nothing when it holds for all."""
    if rule.kinds == KINDS:
        return ""
    left_out = [f"`{kind}`" for kind in KINDS if kind not in rule.kinds]
    if len(left_out) <= len(rule.kinds):
        return f" Not for {' and '.join(left_out)}."
    return f" For {' and '.join(f'`{kind}`' for kind in rule.kinds)} only."


def _section(rule: Rule, cases: dict[str, str]) -> str:
    severity = rule.severity[0].upper() + rule.severity[1:]
    needs = {"text": "", "plan": " Needs the plan.", "sound": " Needs the mix: `--sound`."}[rule.needs]
    prose = [f"Finds {rule.finds}. {severity}. {rule.reason}{needs}{_kinds(rule)}", *([rule.note] if rule.note else [])]
    parts = [f"### {rule.name}", *(textwrap.fill(text, WIDTH, break_on_hyphens=False) for text in prose)]
    if shown := cases.get(f"{rule.name}: shown"):
        said = "\n".join(found(shown, rule.name)).replace("x.md", "face.md")
        better = cases[f"{rule.name}: better"]
        parts += [f"```markdown\n{shown}```", f"```text\n{said}\n```", "Better:", f"```markdown\n{better}```"]
    return "\n\n".join(parts)


def rules_section(rules: Iterable[Rule] = RULES) -> str:
    """The part of the page that is printed."""
    cases = {title: script for title, script, _ in read_cases(CASES)}
    head = "In the examples a voice that needs a tenth of a second for each letter speaks, as calmly as every voice at pace 1."
    return "\n" + "\n\n".join([head, *(_section(rule, cases) for rule in rules)]) + "\n"


def page(rules: Iterable[Rule] = RULES) -> str:
    written, _, _ = PAGE.read_text("utf-8").partition(MARK)
    return written + MARK + rules_section(rules)


def write_expectations() -> None:
    """Writes what each rule says now into the cases, to be read and judged before it is committed."""
    for path in sorted((FIXTURES / "checks").glob("*.txt")):
        head = path.read_text("utf-8").split("\n=== ")[0]
        cases = (
            f"=== {title}\n{script.rstrip(chr(10))}\n---->\n"
            + "".join(f"{row}\n" for row in found(script, title.split(":")[0]))
            for title, script, _ in read_cases(path)
        )
        path.write_text(head + "\n" + "\n".join(cases), "utf-8")


if __name__ == "__main__":
    if "--cases" in sys.argv:
        write_expectations()
    PAGE.write_text(page(), "utf-8")
