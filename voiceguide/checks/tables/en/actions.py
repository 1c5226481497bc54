"""How sentences are put, what hands are told to do, and what a session is called."""

from __future__ import annotations

from voiceguide.checks.tables.en.terms import BODY, FACE, HAND
from voiceguide.checks.words import Pattern, Words, any_of

WORDS = Words(
    clause_break=Pattern(r"[,;:–—]|\b(?:and then|and|then|or|but)\b"),
    lead_in=Pattern(
        r"\s*(?:now|next|then|first|finally|again|once more|just|please|simply|also|still|slowly|(?!apply)\w+ly"
        r"|let us|let's"
        r"|with(?: (?:the|your|both|two|three|a|an|light|soft|gentle|firm|flat|small|slow|even|steady|warm|right|left"
        rf"|index|middle|ring|pads|tips|backs|of|{HAND}|pressure|touch|strokes?|circles?))+"
        r"|(?:on|at) (?:the|your|each|every) (?:exhale|inhale|out-?breath|in-?breath|next breath"
        r"|breath(?: (?:in|out))?)"
        r"|from (?:the|your) (?:\w+ ){1,3}|as you (?:breathe (?:in|out)|exhale|inhale))(?=\s|$)",
    ),
    denial=any_of(
        r"never|not|no|\w+n['’]t|avoid|without|nor|instead of|rather than|nothing|none|cannot|keep off"
        "|stay off|keep clear|keep away|away from|leave out|neither"
    ),
    condition=any_of("if|unless|whenever|in case|should you"),
    overview=any_of(
        "each time|every time|we will|you will|we['’]ll|you['’]ll|we are going to|in this session|later"
        "|throughout|always|at any time|the whole time|all the while|from now on"
    ),
    work=any_of(
        "press|stroke|sweep|slide|glide|circle|knead|tap|pinch|rub|massage|roll|smooth|trace|draw|pull|push"
        "|squeeze|drum|pat|brush|work|run|comb|scrape|drag|lift up|make|apply pressure|pluck|vibrate"
        "|flick|iron|wring"
    ),
    place=any_of(
        "place|lay|bring|put|set|rest|move|cup|position|lift|lower|return|take|shift|wrap|cover|float|settle|point"
    ),
    fetch=any_of("take|warm|pour|drop|spread|add|apply|pick up|rub|put|use|reach for|scoop|pump|work|smooth|massage"),
    take_up=any_of("take|pick up|reach for|use|grab|get"),
    stretch=any_of(
        "turn|tilt|lean|bend|reach|raise|roll|stretch|extend|straighten|draw|let|drop|rotate|twist|lift"
        "|look(?= (?:over|behind|back over))|circle|hug|tuck|push|pull|press|fold|open|step"
        "|slide|lower|shake|squeeze|tense|clench|shrug|tip"
    ),
    no_action=Pattern(
        r"\w+(?: up)?\s*(?:(?:play|pause|stop|start|record|on with)\b|(?:\w+ ){0,2}(?:breath|breaths|air"
        r"|inhale|exhale)\b"
        r"|(?:strokes?|circles?|movements?|sweeps?|motions?|presses)\b|(?:sure|time|room|space|way|friends"
        r"|peace|yourself)\b"
        r"|(?:your|the) (?:time|attention|awareness|mind|focus|tongue|teeth|weight|seat|gaze)\b)"
        r"|(?:make|work|brush|run|take|put|set) it\b"
        r"|(?:drop|roll|draw|lower|tuck|push|pull|press|lift|move|rest|turn|bring|sink|shift|settle|slide)"
        r" (?:your|the) (?:chin|heads?|neck|lips|jaw|shoulders?|face)\b(?! with)",
    ),
    bare_place=Pattern(
        rf"\s*(?:\w+ ){{0,3}}?(?:{HAND}) (?:to|on|onto|under|beside|between|at|against|over|in|into|above"
        rf"|below|behind|beneath)\b",
    ),
    topic=any_of("massage|massages|gua sha|acupressure|facial|lymph|lymphatic"),
    exercise=any_of(
        "yoga(?! nidra)|pilates|workout|workouts|exercise class|gymnastics|stretching|stretches|calisthenics|hiit"
        "|tabata|tai chi|qi ?gong|barre|squats?|push-?ups?|pull-?ups?|sit-?ups?|crunch(?:es)?|burpees?|lunges?"
        "|planks?|jumping jacks?|mountain climbers?|high knees|deadlifts?|downward(?:-facing)? dog|warrior (?:one|two"
        "|three|i|ii|iii)|child['’]s pose|cat[- ]cow|cobra|sun salutations?|tree pose|bridge pose|triangle pose|reps"
    ),
    move=any_of(
        rf"(?:bend|straighten|lift|raise|stretch|extend|rotate|swing|kick|lower|reach|roll|circle|turn|tilt|twist|arch"
        rf"|round|open) (?:up |out |forward |back )?(?:your|the|both|one) (?:(?:left|right|front|back|other|upper"
        rf"|whole) )?(?:{BODY}|torso|trunk|body)",
        "step (?:your|the|forward|back|to|out|wide)|fold forward|lean (?:over|to|back|forward)|jump|march|jog|run on"
        "|reach (?:up|forward|out|over)|come (?:back )?(?:up|onto|to (?:standing|your hands))|stand up|sit up"
        "|on all fours|push (?:up|back|through)|look over (?:your|the) (?:left |right )?shoulder",
    ),
    night=any_of("sleep|sleeping|bedtime|insomnia|lullaby|good ?night|nighttime|falling asleep|for the night"),
    good_night=any_of(
        r"sleep well|good ?night|sweet dreams|(?:drift|fall|sink) (?:\w+ ){0,2}(?:(?:in)?to sleep|asleep)"
    ),
    breathing=any_of("breathing|breathe|breath|breaths|breathwork|pranayama"),
    pressing=any_of("press|presses|pressing|push|pinch|squeeze|knead|dig|pressure|acupressure"),
    hand=any_of(HAND),
    them=any_of("them|both|one on each|either"),
    face=any_of(FACE),
    body=any_of(BODY),
    oil=any_of(r"oils?|cream|balm|serum|lotion|\w+ oil|moisturi[sz]er"),
    tool=any_of("gua sha|stone|roller|tool|towel|cloth|spoon|brush|cup|ball|strap|belt"),
    attention=any_of("attention|awareness|focus|mind|gaze|thoughts?|breath|breathing|smile|warmth"),
    number_of=Pattern(r"\s*(?:number|no\.?) \w+"),
)
