"""English terms from which the patterns are made: numbers, parts of the body, hands."""

from __future__ import annotations

TEENS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen"
    "|eighteen|nineteen"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
NUMBERS = {word: number for number, word in enumerate(TEENS.split("|"))} | {
    word: 10 * number for number, word in enumerate(TENS.split("|"), 2)
}
NUMBER_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBER = rf"(?:[0-9]{{1,4}}|(?:{NUMBER_WORDS})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
UNITS = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), 60),
    **dict.fromkeys(("hour", "hours"), 3600),
}
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))

HAND = r"hands?|palms?|fingers?|finger-?tips?|finger-?pads?|thumbs?|knuckles?|fists?|forefingers?|heels? of"
FACE = (
    r"faces?|foreheads?|brows?|eye-?brows?|temples?|cheeks?|cheekbones?|jaws?|jaw-?lines?|jaw muscles?"
    r"|chewing muscles?"
    r"|chins?|nose|nostrils?|lips?|mouth|eye sockets?|sockets?|eyelids?|ears?|earlobes?|scalp|hairline|neck|throat"
    r"|collarbones?|skull|bridge"
)
BODY = (
    r"shoulders?|shoulder blades?|arms?|upper arms?|forearms?|elbows?|wrists?|legs?|thighs?|knees?|calf|calves"
    r"|shins?"
    r"|ankles?|foot|feet|toes?|heels?|hips?|buttocks?|back|spine|chest|ribs?|belly|stomach|waist|head|eyes?"
    r"|nape|lap"
)
SIDED = rf"(?:{FACE}|{BODY})"
NO_ADJECTIVE = (
    r"(?!(?:above|below|under|behind|beside|between|in|into|on|onto|at|to|over|from|by|near|next|your|the|its"
    r"|and|or|here"
    r"|there|now|then|where|through|across|around|along|before|after|as|with|side|down|up|out|away|" + HAND + r")\b)"
)
DOING = r"(?:gently |softly |firmly |lightly |slowly |deeply |carefully |straight |directly )?"
YOUR = r"(?:the |your |both |closed |of |whole )*"
WITH_HANDS = r"(?:(?!around|round|above|below|under|between|beside|near|beneath|bone|rim|edge|close)\w+ ){0,5}?"
EYES = rf"{YOUR}(?:eyeballs?|eyelids?|(?<!between )(?<!around )eyes)(?! sockets?| brows?)"
NO_SHUTTING = r"(?! (?:\w+ )?(?:shut|closed|close|tight|tightly|together|firmly together)\b)"
NO_LANDMARK = (
    r"(?!,? (?:below|above|beside|between|under|behind|on|at|in|where|near|next to|over|along|inside|just|right) )"
)


def one_side(side: str) -> str:
    """A part of the body on that side, its side of a part, or the side alone when it is named as what comes."""
    return (
        rf"{side}(?:[ -]{NO_ADJECTIVE}[\w'’]+){{0,2}} (?:{SIDED})"
        rf"|{side}(?:-hand)? (?:side|half) of (?:the|your) (?:{SIDED})"
        rf"|(?:{SIDED}) on (?:the|your) {side}(?:(?:-hand)? side)?(?! (?:{HAND}))"
        rf"|(?<!on )(?<!onto )(?<!over to )(?:the|your) {side}(?:-hand)? side"
        rf"|(?:then|now|next|comes?)(?: comes?| to| on| for)? (?:the|your) {side}(?=[.,;:!]|$)"
    )
