"""Holds, silences, numbers and durations."""

from __future__ import annotations

from voiceguide.checks.tables.en.terms import NUMBER, NUMBERS, UNIT, UNITS
from voiceguide.checks.words import Pattern, Words, any_of

WORDS = Words(
    hold=Pattern(
        r"(?:^|[,;:–—.]|\band|\bthen|\bnow|\bly)\s*(?:gently |softly |just |now |please |simply |slowly )?"
        r"(?:hold(?=\s*(?:[.,;:!]|$)|\s+(?:it|them|this|that|there|here|still|for|until|gently|steady|steadily"
        r"|softly|on|the (?:press|pressure|stretch|pose|position|points?|squeeze|tension))\b"
        r"(?! (?:(?:gently|softly|close|loosely) )?(?:in|to|near|close|against|before) (?:your|the|one|both) (?:\w+ )?"
        r"(?:hands?|arms?|palms?|heart|mind|chest|body|ears?|eyes?|fingers|fingertips))"
        r"(?! (?:\w+ )?(?:image|feeling|thought|picture|memory|intention|sense|wish|moment|light|word|place)\b))"
        r"|keep (?:pressing|holding|the pressure|squeezing))",
    ),
    stay=any_of(
        "hold|holds|maintain|stay|keep|rest|press|remain|wait|pause|be still|linger|sit|lie|leave|silence"
        "|quiet|stillness|squeeze|tense|listen"
    ),
    release=any_of(
        r"let (?:\w+ ){0,3}go|letting go|release|releases|relax|ease|soften|lift|lower"
        r"|let (?:\w+ ){1,4}(?:sink|fall|drop|rest|down|soften|come|open|melt|return|float|be)|breathe out"
        "|exhale|return|come back|rest|lighten|loosen|open|unclench|undo|enough|done|over|sink|slide|drop"
        "|move|again|next|other|up|down|lower|switch|change|straighten|step|middle|centre|center"
    ),
    promised_sound=any_of(r"(?:until|till|before)(?: \w+){0,4} (?:chimes?|bells?|gong|bowl|ring|rings|strike)"),
    announced=any_of(
        "until|till|silence|silent|in quiet|stillness|no more (?:words|from me)|say no more|in your own time"
        "|at your own pace|on your own|by yourself|no words|stay quiet|be quiet|call you back|bring you back"
        "|sleep well|drift"
    ),
    bounded=any_of(
        "at least|up to|at most|or more|or so|or longer|longer than|no more than|more than"
        "|less than|between|to|or|every|few|another|last|first|remaining|left|more|within|half of|ago|old"
    ),
    roughly=any_of("about|around|roughly|some|nearly|almost|close to"),
    over=any_of(
        "is over|are over|has passed|have passed|is up|are up|is done|was|were|gone|halfway|in total"
        "|altogether|session|routine|practice"
    ),
    closing=any_of(
        r"open (?:your|the|both) eyes|eyes (?:\w+ )?open|return|come back|coming back|end|ends|ending|ended"
        "|finish|finished|complete|completed|done|close|thank you|thanks|good ?bye|well done"
        "|when you are ready|when you['’]re ready|whenever you|is over|that is all|that['’]s all|that['’]s it"
        "|enjoy (?:the rest of )?your|have a|carry this|take this|rest of (?:the|your) day|goodnight"
        "|good night|sleep well|namaste|see you|until next time|awake|wake|get up|sit up"
        "|good (?:morning|day|evening|luck)|step back|you are ready|you['’]re ready"
        "|let your hands (?:sink|rest|fall|drop|come)|lower your hands|rest your hands|one last|a last"
        "|the last|stretch|last breath"
    ),
    numbers=NUMBERS,
    units=UNITS,
    duration=Pattern(
        rf"\b(?:(?P<half>half) an? |(?P<number>{NUMBER})[ -]|an? |one full |one whole )(?:(?:full|whole|slow"
        rf"|long|quiet|easy|more) )?"
        rf"(?P<unit>{UNIT})\b(?P<and_half> and a half)?",
    ),
    titled_duration=Pattern(
        rf"\b(?P<number>{NUMBER})(?:(?: to |[-–—]"
        rf"| or )(?P<upto>{NUMBER}))?[ -](?:[a-z]+ ){{0,2}}(?P<unit>{UNIT})\b",
    ),
    times=Pattern(
        rf"\b(?P<number>twice|thrice|{NUMBER})(?:(?<=twice)|(?<=thrice)| (?:\w+ )?(?:times|rounds|circles"
        rf"|strokes|sweeps|presses|taps|passes|repetitions|repeats|laps|cycles))\b",
    ),
    breaths=Pattern(rf"\b(?P<number>{NUMBER}) (?:\w+ ){{0,2}}(?:breaths|rounds|cycles|times)\b"),
    breath_times=Pattern(
        rf"\b(?:(?P<number>{NUMBER}) (?:\w+,? ){{0,2}}breaths|breathe (?:\w+ ){{0,3}}?(?P<often>{NUMBER}) times"
        rf"|breathe in and out(?: \w+)?,? (?P<both>{NUMBER}) times)\b",
    ),
    tapping=any_of("tap|taps|tapping|drum|drumming|pat|pats|flick|flicks"),
    not_now=any_of(
        r"a (?:day|week|month|year|minute)|per (?:day|week)|this (?:week|month|year)|as (?:slow|long|slowly)|later|have"
        r"|between|has|had|is|are|was|were|will|than|of (?:two|three|four|five|six|seven|eight|nine|ten)|or"
    ),
    count_to=Pattern(
        rf"\bcount(?:ing)?(?: \w+)?(?: (?:from|down from|backwards from"
        rf"|back from) (?P<first>{NUMBER}))?(?: \w+)? (?:to|of|until) (?P<number>{NUMBER})\b",
    ),
    counted=any_of(
        "more|at least|up to|at most|about|around|remaining|left|of|or|to|last|first|side|sides|number|every|than"
    ),
)
