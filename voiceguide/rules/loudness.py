"""How loud everything is against the voice."""

from __future__ import annotations

from voiceguide.mix_levels import CHIME_LEVEL
from voiceguide.rule_spec import Limit, Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "bed-too-loud",
        "a bed that is hardly softer than the voice over it",
        "warning less than {under} under the voice, error less than {barely}",
        "The words get lost, first for those who hear less well (WCAG 1.4.7).",
        needs="plan",
        words=False,
        note="What counts is how loud the bed is planned to be while the voice speaks: the level of its cue, the bed's"
        " own level, `levels`, and `ducking`. A bed that nobody speaks over may be louder.",
        under=Limit(20, "dB"),
        barely=Limit(15, "dB"),
    ),
    rule(
        "chime-too-loud",
        "a chime or sound that is as loud as the voice",
        "warning less than {under} under the voice, error when louder than the voice",
        "It startles.",
        needs="plan",
        words=False,
        note="What counts is how loud the sound is by itself, the level of its cue, and `levels`. Most chimes are "
        "{usual} under the voice; `wood` and the sounds of breaths and holds are softer, and so may be raised "
        "further.",
        under=Limit(3, "LU"),
        usual=Limit(-CHIME_LEVEL, "LU"),
    ),
)
