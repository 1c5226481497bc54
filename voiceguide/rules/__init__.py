"""The rules of ``voiceguide check``, in a table for each subject: what each finds, why, its limits, and what it needs.

The reader of scripts, the command line and docs/checks.md read it. What a rule does is a function of the same name in
:mod:`voiceguide.checks`, which takes its limits from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voiceguide.rule_spec import Rule
from voiceguide.rules import breathing, doing, loudness, pacing, safety, sound, wording

RULES: tuple[Rule, ...] = (
    *wording.RULES,
    *safety.RULES,
    *breathing.RULES,
    *doing.RULES,
    *pacing.RULES,
    *loudness.RULES,
    *sound.RULES,
)

BY_NAME: Mapping[str, Rule] = MappingProxyType({each.name: each for each in RULES})
