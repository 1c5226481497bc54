"""Breath: paced, and in prose."""

from __future__ import annotations

from voiceguide.rule_spec import Limit, Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "unsafe-breath",
        "breathing in prose that can make somebody faint: a breath held for {held} or more, {fast} or more that are "
        "fast, as long as one can, or on and on though dizzy",
        "error",
        "It lowers the carbon dioxide in the blood, or the oxygen, until listeners faint, alone and with closed eyes.",
        note="“If you get dizzy, stop” is what it should be.",
        held=Limit(45, "s"),
        fast=Limit(15, "breaths"),
    ),
    rule(
        "breath-hands",
        "breathing that needs a hand at the nose",
        "warning",
        "The hands are busy and oily.",
        kinds=("massage",),
    ),
    rule(
        "no-drive-note",
        "{paced} of paced breathing, or {held} with a held breath, without a word on driving",
        "warning",
        "Paced breathing makes sleepy and sometimes light-headed; sessions are heard in cars too.",
        kinds=("massage", "breathing", "meditation"),
        note="A script that says to lie down needs no word on driving.",
        paced=Limit(60, "s"),
        held=Limit(20, "s"),
    ),
    rule(
        "breath-hold",
        "a breath held for long, or many rounds of 4-7-8",
        "warning over {long}, error over {too_long}; warning over {many} of 4-7-8, error over {too_many:n}",
        "Long holds make light-headed, most of all beginners.",
        words=False,
        long=Limit(7, "s"),
        too_long=Limit(10, "s"),
        many=Limit(4, "rounds"),
        too_many=Limit(8, "rounds"),
    ),
    rule(
        "breath-rate",
        "breathing that is very fast or very slow",
        "warning over {fastest:n} or below {slowest}",
        "The one makes dizzy, the other short of breath.",
        words=False,
        note="A single slow breath is fine.",
        fastest=Limit(20, "breaths a minute"),
        slowest=Limit(3, "breaths a minute"),
    ),
)
