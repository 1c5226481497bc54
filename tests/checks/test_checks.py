"""Every rule with scripts that it speaks up about and scripts that it lets pass, and whole scripts in many styles."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.checks.page import PAGE, findings_of, found, page, routine_of
from tests.support.cases import FIXTURES, NAMES, FixedLengths, parameters, plan, read_cases
from tests.support.waiting import at_most
from voiceguide.checks import CHECKS, check, tables
from voiceguide.checks.subject import Subject
from voiceguide.checks.tables.en import WORDS as ENGLISH
from voiceguide.checks.words import Words, any_of
from voiceguide.errors import Source
from voiceguide.rule_spec import KINDS, Limit, Rule
from voiceguide.rules import BY_NAME, RULES
from voiceguide.script import parse, parse_file
from voiceguide.session.options import known_sounds
from voiceguide.units import SAMPLE_RATE

FOLDER = FIXTURES / "checks"
STYLES = sorted((FOLDER / "styles").glob("*.md"))


@pytest.mark.parametrize(("script", "expected"), parameters("checks"))
def test_a_rule_tells_this_and_no_more(script: str, expected: str, request: pytest.FixtureRequest) -> None:
    rule = request.node.callspec.id.split(": ")[1]
    assert "\n".join(found(script, rule)) == expected


SOUND = {rule.name for rule in RULES if rule.needs == "sound"}
"""The rules that judge a mix; see ``test_mixed.py``."""

CASES = [
    (path.stem, *case) for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)
]  # file, title, script, expected


def test_every_rule_has_a_script_that_triggers_it_and_one_that_just_does_not() -> None:
    triggers = {title.split(":")[0] for _, title, _, expected in CASES if expected}
    passes = {title.split(":")[0] for _, title, _, expected in CASES if not expected}
    assert passes == set(BY_NAME) - SOUND
    assert set(BY_NAME) - triggers - SOUND == {"edges"}  # no script can bring the planner to it; see below


def test_every_rule_that_reads_words_has_both_in_german_too() -> None:
    german = [(title.split(":")[0], expected) for file, title, _, expected in CASES if file == "german"]
    reading = {rule.name for rule in RULES if rule.words}
    assert reading <= {rule for rule, expected in german if expected}
    assert reading <= {rule for rule, expected in german if not expected}


def test_every_rule_has_a_function_and_the_other_way_round() -> None:
    assert sorted(CHECKS) == sorted(rule.name for rule in RULES)
    topics = {inspect.getmodule(function) for function in CHECKS.values()}
    functions = {
        name.replace("_", "-")
        for topic in topics
        for name, function in inspect.getmembers(topic, inspect.isfunction)
        if list(inspect.signature(function).parameters) == ["subject", "rule"] and not name.startswith("_")
    }
    assert functions == set(CHECKS)


def test_edges_judges_a_plan_that_starts_and_ends_with_a_sound() -> None:
    routine = routine_of("Rest.\n")
    timeline = plan(routine)[0]
    (event,) = timeline.events
    early = replace(timeline, events=(replace(event, start=SAMPLE_RATE // 4),))
    late = replace(timeline, frames=event.end + SAMPLE_RATE // 2)
    assert [d.message for tight in (early, late) for d in check(routine, tight).findings] == [
        "the session begins with a sound after 0.25s; 0.5s are the least",
        "the session ends 0.50s after its last sound; 1s are the least",
    ]


# -- limits


ADVICE = {
    ("speech-rate", "understood"),
    ("speech-rate", "brisk"),
    ("articulation", "calm"),
    ("articulation", "calmest"),
    ("side-unannounced", "advised"),
    ("side-unannounced", "ample"),
    ("chime-too-loud", "usual"),
}
"""Limits that are only said."""


@cache
def _subjects(rule: str) -> tuple[Subject, ...]:
    """The scripts of a rule's cases, read and planned."""
    routines = [routine_of(script) for _, title, script, _ in CASES if title.split(":")[0] == rule]
    heard = FixedLengths().speaking
    return tuple(
        Subject(routine, tables.words_of(routine.settings.language), plan(routine)[0], speaking=heard)
        for routine in routines
    )


def _judged(rule: Rule) -> list[list[tuple[int, int, str]]]:
    """Where a rule has findings in its cases, and how severe they are."""
    return [
        sorted((d.span.line, d.span.column, d.severity) for d in CHECKS[rule.name](subject, rule))
        for subject in _subjects(rule.name)
    ]


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        pytest.param(rule, name, id=f"{rule.name}: {name}")
        for rule in RULES
        if rule.name not in SOUND
        for name in rule.limits
    ],
)
def test_every_limit_decides_some_case(rule: Rule, name: str) -> None:
    """A threshold that nothing reads is a promise that nobody keeps."""
    limit = rule.limits[name]
    moved = [
        replace(rule, limits={**rule.limits, name: Limit(round(limit.value * factor, 6), limit.unit)})
        for factor in (0.5, 2, 0.01, 100)
    ]
    decides = any(_judged(other) != _judged(rule) for other in moved)
    assert decides == ((rule.name, name) not in ADVICE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_text_of_a_rule_repeats_a_number_by_hand(rule: Rule) -> None:
    texts = (rule.finds, rule.severity, rule.reason, rule.note)
    filled_in = sorted((f"{limit:n}" for limit in rule.limits.values()), key=len, reverse=True)
    for number in ("4-7-8", "WCAG 1.4.7", "“5 to 10 minutes”", *filled_in):
        texts = tuple(text.replace(number, "") for text in texts)
    assert [text for text in texts if re.search(r"\d", text)] == []


def test_a_limit_that_is_moved_moves_the_finding_and_the_page() -> None:
    row = BY_NAME["long-sentence"]
    script = "One two three four five six.\n"
    subject = Subject(routine_of(script), ENGLISH, None)
    assert list(CHECKS["long-sentence"](subject, row)) == []
    stricter = replace(row, limits={**row.limits, "long": Limit(5, "words")})
    (finding,) = CHECKS["long-sentence"](subject, stricter)
    assert finding.message == "this sentence has 6 words; 5 are about what a listener can take in"


@pytest.mark.parametrize(
    ("limit", "whole", "number"),
    [
        (Limit(7, "s"), "7 s", "7"),
        (Limit(0.15, "%"), "15 %", "15"),
        (Limit(0.5, "s"), "0.5 s", "0.5"),
        (Limit(85, "words a minute"), "85 words a minute", "85"),
    ],
)
def test_a_limit_as_people_read_it(limit: Limit, whole: str, number: str) -> None:
    assert f"{limit}" == whole
    assert f"{limit:n}" == number


# -- the page


def test_the_page_is_what_the_rows_and_the_cases_give() -> None:
    """``python -m tests.checks.page`` prints it anew."""
    assert PAGE.read_text("utf-8") == page()


def test_the_page_shows_every_rule_that_a_script_can_trigger() -> None:
    shown = {title.split(":")[0] for file, title, _, expected in CASES if file == "shown" and expected}
    assert set(BY_NAME) - shown == {"edges"} | SOUND


# -- false alarms


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_scripts_in_many_styles_have_no_error_and_hardly_a_warning(path: Path) -> None:
    script = path.read_text("utf-8")
    assert len(script.splitlines()) > 15
    findings = findings_of(script)
    assert [d.render() for d in findings if d.severity == "error"] == []
    assert len(findings) <= 1, [d.render() for d in findings]


def test_all_styles_together_have_few_warnings() -> None:
    assert len(STYLES) >= 15
    told = Counter(d.rule for path in STYLES for d in findings_of(path.read_text("utf-8")))
    del told["speech-rate"]  # lengths by the letter are no voice
    assert told == {"long-sentence": 1, "missing-safety": 1, "missing-preparation": 1}


def test_the_scripts_of_the_other_fixtures_bring_no_rule_down() -> None:
    for path in [*(FIXTURES / "plan").glob("*.txt"), *(FIXTURES / "script").glob("*.txt")]:
        for _, script, _ in read_cases(path):
            routine, findings = parse(Source("x.md", script), NAMES)
            if not any(finding.severity == "error" for finding in findings):
                check(routine, plan(routine)[0])


SENTENCES = FOLDER / "sentences"


def test_harmless_sentences_are_let_pass_with_eyes_open_and_closed() -> None:
    """Each holds a word that a rule looks for, in another sense."""
    harmless = (SENTENCES / "harmless.md").read_text("utf-8").splitlines()
    assert len(harmless) >= 75
    told = [
        (sentence, finding.rule)
        for sentence in harmless
        for script in (f"{sentence}\n", f"Close your eyes. {sentence}\n")
        for finding in findings_of(script, text_only=True)
    ]
    assert told == []


HARMLESS = sorted((FOLDER / "harmless").rglob("*.md"))


def _passages(path: Path) -> list[str]:
    """The passages of a file, one a line, as scripts in the language of its folder."""
    head = "" if path.parent == FOLDER / "harmless" else f"---\nlanguage: {path.parent.name}\n---\n"
    return [head + row.replace(" [newline] ", "\n\n") + "\n" for row in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", HARMLESS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_harmless_passages_of_every_kind_are_let_pass_by_all_rules(path: Path) -> None:
    told = {script: [d.rule for d in findings] for script in _passages(path) if (findings := findings_of(script))}
    assert told == {}


def test_there_are_many_harmless_passages_of_every_kind_and_language() -> None:
    assert {path.stem for path in HARMLESS} == {*KINDS, "all"}
    assert len([row for path in HARMLESS for row in _passages(path)]) >= 300


def test_troubling_sentences_are_told_of_by_their_rule_alone() -> None:
    rows = [row.split(": ", 1) for row in (SENTENCES / "troubling.md").read_text("utf-8").splitlines()]
    assert len(rows) >= 40
    told = {sentence: {d.rule for d in findings_of(f"{sentence}\n", text_only=True)} for _, sentence in rows}
    assert told == {sentence: {rule} for rule, sentence in rows}


# -- what a script can say of rules

HERE = "Press your fingertips here."


def _severities(script: str) -> list[tuple[str | None, str]]:
    return [(d.rule, d.severity) for d in findings_of(script, text_only=True)]


@pytest.mark.parametrize(
    ("level", "severities"),
    [("off", []), ("warning", [("vague-place", "warning")]), ("error", [("vague-place", "error")])],
)
def test_the_front_matter_sets_the_severity_of_a_rule(level: str, severities: list[tuple[str, str]]) -> None:
    assert _severities(f"---\nchecks: {{vague-place: {level}}}\n---\n{HERE}\n") == severities


def test_a_rule_that_is_not_mentioned_keeps_its_severity() -> None:
    script = f"---\nchecks: {{vague-place: error}}\n---\n{HERE}\n\nIn the mirror.\n"
    assert _severities(script) == [("vague-place", "error"), ("visual-reference", "error")]


def test_a_comment_keeps_a_rule_out_of_a_place() -> None:
    script = f"{HERE}\n\n<!-- check: off vague-place -->\n{HERE}\n\n{HERE}\n"
    assert [d.span.line for d in findings_of(script, text_only=True)] == [1, 6]


def test_of_a_place_that_is_done_several_times_the_worst_is_told_once() -> None:
    script = "[repeat 3] Hold for ten seconds. [hold 11.5s] [end]\n"
    script += "[repeat 2] Hold for ten seconds. [hold 20s] [end]\n"
    told = [(d.span.line, d.severity) for d in findings_of(script) if d.rule == "hold-mismatch"]
    assert told == [(1, "warning"), (2, "error")]


# -- languages


def test_a_language_without_a_table_skips_the_rules_that_read_words() -> None:
    routine = routine_of(f"---\nlanguage: it\n---\n{HERE} [pause 121s] [breathe 4-12-4 x2]\n")
    checked = check(routine, plan(routine)[0])
    assert [d.rule for d in checked.findings] == ["silence-gap", "breath-hold"]
    assert set(checked.unread) == {rule.name for rule in RULES if rule.words}


def _in_german(monkeypatch: pytest.MonkeyPatch, words: Words) -> None:
    monkeypatch.setattr(tables, "LANGUAGES", {*tables.LANGUAGES, "de"})
    monkeypatch.setattr(tables, "_table", {"de": words}.__getitem__)


def test_another_language_is_another_table(monkeypatch: pytest.MonkeyPatch) -> None:
    german = replace(
        ENGLISH,
        place=any_of("legen Sie"),
        work=any_of("drücken Sie|streichen Sie"),
        clause_break=re.compile(r"[,;:]|\bund\b"),
        hand=any_of("Fingerspitzen|Hände|Daumen"),
        face=any_of("Stirn|Wangen?|Schläfen?"),
        vague=any_of("hier"),
    )
    _in_german(monkeypatch, german)
    script = (
        "---\nlanguage: de-AT\n---\nDrücken Sie die Daumen hier. Legen Sie die Hände auf die Wangen und "
        "streichen Sie zu den Schläfen.\n"
    )
    told = [(d.rule, d.message) for d in findings_of(script, text_only=True)]
    assert told[:2] == [
        ("vague-place", "“hier” names no place that closed eyes can find"),
        ("stacked-actions", "this sentence has 2 actions of the hands: 'legen sie' and 'streichen sie'"),
    ]


def test_a_rule_for_which_a_table_lacks_words_is_named_and_not_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    _in_german(monkeypatch, Words(denial=any_of("nicht|kein"), claims=any_of("entgiftet")))
    routine = routine_of(f"---\nlanguage: de\n---\nDas entgiftet. {HERE} [pause 30s] Gut. [pause 121s] Gut.\n")
    checked = check(routine, plan(routine)[0])
    assert [d.rule for d in checked.findings] == ["health-claim", "silence-gap"]
    assert {"visual-reference", "vague-place", "hold-mismatch", "no-return"} <= set(checked.unread)
    assert not {"health-claim", "long-sentence", "silence-gap", "breath-hold"} & set(checked.unread)


def test_a_language_of_longer_words_is_spoken_in_fewer_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Gently lower both elbows toward the floor. " * 4
    assert found(f"[pace 1.59] {sentence}\n", "speech-rate") == []
    _in_german(monkeypatch, replace(ENGLISH, word_rate=0.9))
    (slower,) = found(f"---\nlanguage: de\n---\n[pace 1.59] {sentence}\n", "speech-rate")
    assert "too fast" in slower


# -- sounds as they are measured


def test_a_persons_own_sound_is_judged_by_what_it_measures(tmp_path: Path) -> None:
    (tmp_path / "click.wav").write_bytes(b"")
    script = tmp_path / "x.md"
    script.write_text("[sound click.wav 6dB] Rest.\n")
    routine, findings = parse_file(script, known_sounds())
    assert findings == ()
    timeline = plan(routine)[0]
    assert [d.severity for d in check(routine, timeline).findings] == ["error"]  # as loud as a file can be
    assert [d.severity for d in check(routine, timeline, lambda sound: -8.0).findings] == ["warning"]
    assert check(routine, timeline, lambda sound: -9.0).findings == ()


# -- plans of a given length


def test_the_numbers_that_a_length_chose_are_judged() -> None:
    script = "---\nlength: {}\n---\nWe take four breaths. [breathe 4-6 x~4 words none]\n"
    assert found(script.format("45.1s"), "count-mismatch") == []
    longer = found(script.format("1m25.1s"), "count-mismatch")
    assert [row.splitlines()[0] for row in longer] == [
        "x.md:4:9: warning: “four breaths” is said, but 8 breaths follow [count-mismatch]"
    ]


def test_a_chapter_that_is_left_out_is_not_judged() -> None:
    script = "---\nlength: 8s\n---\n# A\nRest. [pause 4s..5s]\n# B [optional]\nPress your fingertips here. [pause 9s]\n"
    routine = routine_of(script)
    assert [d.rule for d in check(routine).findings] == ["vague-place"]
    assert check(routine, plan(routine)[0]).findings == ()


# -- texts made to take long


@pytest.mark.parametrize(
    "text",
    [
        "Press," + "press," * 800 + ". ",
        "Let " + "let a a a " * 450 + ". ",
        "With " + "fingertips" * 450 + ". ",
        "Left " + "left a " * 700 + ". ",
    ],
    ids=lambda text: text[:6],
)
def test_long_sentences_take_no_long_time(text: str) -> None:
    routine = routine_of(text * 30)
    with at_most(3):  # a fifth of a second on an idle machine
        check(routine, plan(routine)[0])
