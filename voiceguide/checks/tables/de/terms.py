"""German terms from which the patterns are made: numbers, parts of the body, hands."""

from __future__ import annotations

DIGITS = "ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun"
ONES = "null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
TEENS = "dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn"
TENS = "zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig"
NUMBERS = {word: number for number, word in enumerate(f"{ONES}|{TEENS}".split("|"))}
NUMBERS |= {word: 10 * number for number, word in enumerate(TENS.split("|"), 2)}
NUMBERS |= {
    f"{one}und{ten}": 10 * tens + number
    for tens, ten in enumerate(TENS.split("|"), 2)
    for number, one in enumerate(DIGITS.split("|"), 1)
}
NUMBERS |= dict.fromkeys(("ein", "eine", "einen", "einem", "einer"), 1) | {"zwo": 2, "hundert": 100}
NUMBER_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBERS = {word.casefold(): number for word, number in NUMBERS.items()}
NUMBER = rf"(?:[0-9]{{1,4}}|{NUMBER_WORDS})"
UNITS = {
    **dict.fromkeys(("sekunde", "sekunden", "sek"), 1),
    **dict.fromkeys(("minute", "minuten", "min", "minütige", "minütiger", "minütiges", "minütigen"), 60),
    **dict.fromkeys(("stunde", "stunden"), 3600),
}
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))

HAND = (
    r"hand|hände|händen|handflächen?|handballen|handrücken|handkanten?|finger|fingern|fingerspitzen?"
    r"|fingerkuppen?|fingerknöcheln?|daumen|zeigefingern?|mittelfingern?|ringfingern?|faust|fäusten?"
)
FACE = (
    r"gesichts?|gesichtshälften?|stirn|brauen?|augenbrauen?|schläfen?|wangen?|wangenknochen|backen|kiefers?"
    r"|unterkiefers?|kiefergelenke?n?|kaumuskeln?|kinns?|nase|nasenflügeln?|nasenrücken|nasenlöchern?|lippen?"
    r"|mund|mundwinkeln?|augenhöhlen?|lider|lidern|augenlidern?|ohr|ohren|ohrläppchen|kopfhaut|haaransatz"
    r"|hals|halses|nacken|nackens|kehle|schlüsselbeine?n?|schädels?|schädelrand"
)
BODY = (
    r"schultern?|schulterblatt|schulterblättern?|arm|arme|armen|oberarme?n?|unterarme?n?|ellbogen|handgelenke?n?"
    r"|bein|beine|beinen|oberschenkeln?|unterschenkeln?|knie|knien|waden?|schienbeine?n?|knöcheln?|fuß|fußes|füße"
    r"|füßen|fußsohlen?|zehen?|fersen?|hüften?|po|gesäß|becken|rücken|rückens|wirbelsäule|brust|brustkorb|rippen"
    r"|bauch|bauches|taille|kopf|kopfes|auge|augen|schoß|oberkörpers?|rumpf"
)
SIDED = rf"(?:{FACE}|{BODY})"
YOU = r"(?: (?:du|dir|dich|sie|sich|ihr|euch|wir|uns|nun|jetzt|bitte|dann|dabei|einfach))*"
YOUR = r"(?:(?:die|den|dem|der|das|deine[nmrs]?|dein|ihre[nmrs]?|ihr|beide[nr]?|geschlossenen?|unsere[n]?) )*"
SOFTLY = (
    r"(?:(?:sanft|leicht|fest|vorsichtig|langsam|behutsam|kräftig|ganz|sehr|zart|weich|ruhig|erneut|noch einmal) )*"
)
NO_LANDMARK = (
    r"(?!,? (?:unter|über|neben|zwischen|hinter|an|am|auf|im|in|bei|wo|vor|entlang|oberhalb|unterhalb|direkt|gleich) )"
)
EYES = r"(?:augäpfel|augapfel|augenlider|lider|augen)"


def verbs(stems: str) -> str:
    """The forms in which a verb can begin a clause: 'drück', 'drücke', 'drückst du', 'drücken Sie'."""
    return rf"(?:{stems})(?:e|st|est|en|t|et)?{YOU}"


def one_side(ending: str) -> str:
    """A part of the body on that side, its half of a part, or the side alone when it is named as what comes."""
    return (
        rf"{ending}(?:e|en|er|es|em) (?:(?!{HAND})\w+ )?(?:{SIDED})"
        rf"|{ending}(?:e|en) (?:seite|hälfte) (?:der|des|deines|deiner|ihres|ihrer) (?:{SIDED})"
        rf"|(?:{SIDED}) (?:auf der )?{ending}(?:s|en seite)(?! und)(?! (?:{HAND}))"
        rf"|(?<!auf der )(?<!auf die )(?<!auf deine )(?<!auf deiner )(?:die|der|zur|deine|ihre) {ending}(?:e|en) \w*"
        rf"(?:seite|hälfte)"
        rf"|(?:dann|nun|jetzt|kommt|folgt)(?: kommt| folgt| ist)? (?:die )?{ending}(?:e|s)(?: dran)?(?=[.,;:!]|$)"
    )
