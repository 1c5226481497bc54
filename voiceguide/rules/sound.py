"""What only the mix can tell."""

from __future__ import annotations

from voiceguide.rule_spec import Limit, Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "bed-masks",
        "a line that the bed, as mixed, comes close to",
        "warning less than {over} under the voice, error less than {barely}",
        "A bed swells and ebbs; where it is loudest, words get lost.",
        needs="sound",
        words=False,
        over=Limit(15, "LU"),
        barely=Limit(10, "LU"),
    ),
    rule(
        "sound-masks",
        "a line through which a chime or breath sound rings",
        "warning less than {over} under the voice at its loudest, error when louder than the voice",
        "Words under a chime are not understood.",
        needs="sound",
        words=False,
        over=Limit(3, "LU"),
    ),
    rule(
        "loudness-jump",
        "a sound or line that comes much louder out of the bed than all before it",
        "warning over {awake}, in a session for sleep over {asleep}",
        "It startles, and wakes.",
        needs="sound",
        words=False,
        note="It is about what begins while a bed plays; out of silence everything is a jump.",
        awake=Limit(26, "LU"),
        asleep=Limit(22, "LU"),
    ),
    rule(
        "phone-lost",
        "a chime, breath sound or bed that a phone's loudspeaker does not play",
        "warning over {sound} under the voice in the band that phones play, for a bed over {bed}",
        "Most sessions are heard on a phone, which has no bass; a release that is not heard ends no hold.",
        needs="sound",
        words=False,
        note="A bed that lies more than {meant} under the voice on every loudspeaker is meant to be hardly heard.",
        sound=Limit(24, "dB"),
        bed=Limit(32, "dB"),
        meant=Limit(30, "LU"),
    ),
    rule(
        "cut-edges",
        "a mix that begins or ends in the middle of a sound",
        "warning less than {under} under the voice at its very first or last moment",
        "It clicks.",
        needs="sound",
        words=False,
        under=Limit(40, "dB"),
    ),
    rule(
        "misheard",
        "words that speech recognition takes for others, as the voice says them alone",
        "warning",
        "“Outer end” sounds like “other end”; listeners fall for the same.",
        needs="sound",
        words=False,
        note="It needs the extra `listen`; without it `check` says that the rule was not applied.",
    ),
)
