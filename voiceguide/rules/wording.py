"""How a sentence is put: for ears alone, hands busy, eyes closed."""

from __future__ import annotations

from voiceguide.rule_spec import AT_REST, Limit, Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "stacked-actions",
        "a sentence with more than one action of the hands",
        "warning",
        "While the hands do the first, the second is forgotten.",
        kinds=AT_REST,
        note="A verb of the hands at the start of each clause counts; “press and hold” is one.",
    ),
    rule(
        "long-sentence",
        "a long sentence",
        "warning over {long}, error over {too_long:n}",
        "A listener cannot read a sentence again.",
        long=Limit(20, "words"),
        too_long=Limit(28, "words"),
    ),
    rule(
        "visual-reference",
        "words that ask closed eyes to look",
        "warning; error for a picture, a mirror or a screen",
        "Nothing can be seen; a place or movement has to be felt.",
        note="What the inner eye sees is fine (“imagine”, “watch your breath”), also in the sentences after it, up to "
        "the next action or heading. So is what comes before the eyes close or after they open. In movement they are "
        "open until the script closes them.",
    ),
    rule(
        "device-reference",
        "words that ask for a touch on the device",
        "warning; error for a tap or press on it",
        "The hands are busy and oily, and the device is out of reach.",
        kinds=AT_REST,
        note="To put the phone away or to silence it is fine.",
    ),
    rule(
        "vague-place",
        "a hand sent to “here” or “this spot”",
        "warning",
        "Closed eyes find a place by a landmark of the body only.",
        kinds=AT_REST,
        note="“Rest here” and “here and now” are fine: nothing has to be found. So is “here, below the cheekbone”.",
    ),
    rule(
        "health-claim",
        "a promise that nobody can keep, such as a cure or a detox",
        "warning",
        "A routine may feel good; it treats nothing. Say “may” or “many people find”.",
    ),
    rule(
        "telegraphic",
        "a stretch of guidance in single words: {short} out of {of} have {few} at most",
        "warning",
        "It is hard to follow, and sounds like a machine.",
        kinds=AT_REST,
        note="The words that lead a breath, “in” and “out”, do not count.",
        few=Limit(2, "words"),
        of=Limit(8, "sentences"),
        short=Limit(6, "sentences"),
    ),
    rule(
        "commanding",
        "words that order the listener about",
        "warning",
        "Nobody relaxes on command.",
        kinds=AT_REST,
        note="What safety asks for may be said firmly: “Stop at once if you feel dizzy.”",
    ),
    rule(
        "emoji",
        "an emoji in a sentence",
        "warning",
        "It has no sound. It is left out, so that no voice reads “face with tears of joy” into a quiet moment.",
        words=False,
    ),
    rule(
        "address",
        "a web or e-mail address in a sentence",
        "warning",
        "It cannot be clicked or noted. The voice says its host alone.",
        words=False,
    ),
)
