"""What a script is judged as, and which rules that leaves."""

from __future__ import annotations

import pytest

from tests.checks.page import findings_of, routine_of
from tests.support.cases import FIXTURES, plan
from voiceguide.checks import check
from voiceguide.rule_spec import KINDS, Kind
from voiceguide.rules import BY_NAME, RULES
from voiceguide.script import parse_file
from voiceguide.session.options import known_sounds

STYLES = FIXTURES / "checks" / "styles"


def _judged(script: str) -> tuple[str, str]:
    judged = check(routine_of(script)).judged
    return judged.kind, judged.reason


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("acupressure", "massage"),
        ("child", "massage"),
        ("deutsch-gesichtsmassage", "massage"),
        ("breathing-coach", "breathing"),
        ("numbers", "breathing"),
        ("deutsch-atmen", "breathing"),
        ("body-scan", "meditation"),
        ("beach", "meditation"),
        ("muscle-relaxation", "meditation"),
        ("deutsch-koerperreise", "meditation"),
        ("deutsch-muskelentspannung", "meditation"),
        ("stretching", "movement"),
        ("workout", "movement"),
        ("yoga", "movement"),
        ("deutsch-yoga", "movement"),
        ("yoga-nidra", "sleep"),
        ("deutsch-einschlafen", "sleep"),
    ],
)
def test_the_kind_is_found_in_the_text(style: str, kind: str) -> None:
    routine, _ = parse_file(STYLES / f"{style}.md", known_sounds())
    assert routine is not None
    assert check(routine).judged.kind == kind


@pytest.mark.parametrize(
    ("script", "kind", "reason"),
    [
        ("# Rest\nRest.\n", "meditation", "nothing in it says that it is anything else"),
        ("---\nkind: movement\n---\nRest.\n", "movement", "its front matter says so"),
        ("---\nsleep: true\n---\nRest.\n", "sleep", "it has 'sleep: true'"),
        ("# Yoga at noon\nRest.\n", "movement", "it calls itself “Yoga”"),
        ("# Yoga nidra\nRest.\n", "meditation", "nothing in it says that it is anything else"),
        ("---\ntags: [workout]\n---\nGo.\n", "movement", "it calls itself “workout”"),
        ("# A bedtime story\nRest.\n", "sleep", "it calls itself “bedtime”"),
        ("Rest. Good night.\n", "sleep", "it ends with “Good night”"),
        ("# Breathing space\nRest.\n", "breathing", "it calls itself “Breathing”"),
        ("Rest. [pause 5s] [breathe calm x3]\n", "breathing", "paced breathing takes most of its time"),
        ("Rest. [pause 50s] [breathe calm x3]\n", "meditation", "nothing in it says that it is anything else"),
        (
            "Bend your knees. Lift your arms. Turn your head. Step forward. Rest. [pause 5s]\n",
            "movement",
            "4 of its 5 sentences move the body",
        ),
        (
            "Bend your knees. Lift your arms. Turn your head. Rest.\n",
            "meditation",
            "nothing in it says that it is anything else",
        ),
        ("---\nlanguage: de\ntitle: Dehnen am Abend\n---\nRuhe.\n", "movement", "it calls itself “Dehnen”"),
        ("---\nlanguage: de\n---\nRuhe. Schlaf gut.\n", "sleep", "it ends with “Schlaf gut”"),
        ("---\nlanguage: it\n---\n[breathe calm x3]\n", "breathing", "paced breathing takes most of its time"),
    ],
)
def test_the_reason_is_given(script: str, kind: str, reason: str) -> None:
    assert _judged(script) == (kind, reason)


def test_a_massage_stays_one_when_it_is_for_the_night() -> None:
    script = (
        "---\nsleep: true\n---\nBring your fingertips to your forehead. [pause 5s] Sweep out to the temples. "
        "[pause 5s] Sweep once more. [pause 5s]\n"
    )
    assert _judged(script)[0] == "massage"


def test_the_kind_is_the_same_for_every_length() -> None:
    script = "---\nlength: 9s\n---\n# A\nRest. [pause 4s..8s]\n# Squats [optional]\nSquats. [pause 9s]\n"
    squats = script + "Bend your knees. Lift your arms. Turn your head. Step forward.\n"
    routine = routine_of(squats)
    timeline = plan(routine)[0]
    assert len(timeline.chapters) == 1
    assert check(routine, timeline).judged == check(routine).judged
    assert check(routine).judged.kind == "movement"


NO_SOFT_END = "Stand tall. [pause 40s]\nBend your knees. [pause 15s]\nStand tall. [pause 10s]\n"


@pytest.mark.parametrize(
    ("rule", "script"),
    [
        ("no-return", NO_SOFT_END),
        ("visual-reference", "Look over your right shoulder. [pause 8s] Look over your left shoulder. [pause 8s]\n"),
        ("visual-reference", "Check your shoulders in the mirror. [pause 4s]\n"),
        ("vague-place", "Place your hand here. [pause 4s]\n"),
        ("device-reference", "Pause the video if you need longer. [pause 4s]\n"),
        ("stacked-actions", "Press your hands into the floor, and bring your palms together. [pause 4s]\n"),
        ("action-time", "Bring your hands to your hips. Press your palms together.\n"),
    ],
)
def test_a_rule_for_sessions_at_rest_does_not_hold_for_movement(rule: str, script: str) -> None:
    told: dict[Kind, set[str | None]] = {
        kind: {d.rule for d in findings_of(f"---\nkind: {kind}\n---\n{script}")} for kind in ("meditation", "movement")
    }
    assert rule in told["meditation"]
    assert rule not in told["movement"]


def test_closed_eyes_are_asked_to_look_in_movement_only_after_they_were_closed() -> None:
    script = "---\nkind: movement\n---\nLook at your feet. Close your eyes. Look at your hands.\n"
    assert [(d.rule, d.span.column) for d in findings_of(script, text_only=True)] == [("visual-reference", 37)]


def test_a_massage_of_another_part_of_the_body_needs_a_word_on_safety_where_it_says_it_is_one() -> None:
    foot = "Take your left foot in both hands. [pause 5s]\nKnead the sole of your foot. [pause 5s]\n"
    told = [{d.rule for d in findings_of(f"{head}{foot}")} for head in ("", "---\nkind: massage\n---\n")]
    assert "missing-safety" not in told[0]
    assert "missing-safety" in told[1]


def test_a_chime_late_in_a_script_of_the_kind_sleep_is_told() -> None:
    script = "Rest. [pause 3m] [chime bell] Rest. [pause 20s]\n"
    assert "sleep-ending" not in {d.rule for d in findings_of(script)}
    assert "sleep-ending" in {d.rule for d in findings_of(f"---\nkind: sleep\n---\n{script}")}


def test_every_rule_holds_for_some_kind_and_the_kinds_differ() -> None:
    assert all(rule.kinds and set(rule.kinds) <= set(KINDS) for rule in RULES)
    assert BY_NAME["missing-safety"].kinds == ("massage",)
    rules = {kind: {rule.name for rule in RULES if kind in rule.kinds} for kind in KINDS}
    assert rules["movement"] < rules["sleep"] < rules["meditation"] == rules["breathing"] < rules["massage"]
