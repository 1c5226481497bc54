"""Where the hands are and what is on them, tools on the skin, and sides in other words."""

from __future__ import annotations

from voiceguide.checks.tables.de.terms import HAND, YOU
from voiceguide.checks.words import Words, any_of

_HANDS = r"(?:(?:die|deine|ihre|beide[nr]?) )*(?:hände|händen|handflächen|arme)"
_REST = (
    r"(?:im|in den|in deinen|in deinem|in ihren|auf den|auf die|auf deine|auf deinen|auf ihre|auf ihren|an den)"
    r" (?:schoß|oberschenkeln?|knien?|beinen?|bauch|decke|matratze|armlehnen?)"
)
_BOTH = r"(?:mit beiden (?:händen|handflächen|daumen)|mit den fingern beider hände)"
_EYES = (
    r"(?:(?:die|den|deine|deinen|ihre|ihren|beide|beiden|geschlossenen?) )*(?:augen(?!höhle\w*|braue\w*)"
    r"|augenlidern?|lidern?)"
)
_TOOL = r"(?:gua sha|steins?|rollers?|löffels?|schabers?)"
_PAIRED = (
    r"(?:wange|schläfe|augenbraue|braue|ohr|ohrläppchen|schulter|gesichtshälfte|hälfte|seite|kieferseite|auge"
    r"|wangenknochen)"
)

WORDS = Words(
    hands_away=any_of(
        rf"{_HANDS} (?:\w+ ){{0,3}}?(?:{_REST}|neben (?:dich|dir|sich|den körper|dem körper|deinen körper))",
        rf"{_HANDS} (?:\w+ ){{0,2}}?{_REST}",
        rf"(?:mit (?:den|deinen) händen) {_REST}",
        rf"(?:lass|lasse|lassen)(?: sie)? {_HANDS} (?:\w+ )?(?:sinken|fallen|ruhen,? neben)",
        rf"(?:nimm|nehmen sie) {_HANDS} (?:herunter|runter|nach unten)",
    ),
    hand_stays=any_of(
        r"(?:lass|lasse|lassen sie|behalte|behalt) (?:eine|die linke|die rechte|deine linke|deine rechte) (?:hand"
        r"|handfläche)"
    ),
    hands_stay=any_of(
        rf"(?:behalte|behalt) {_HANDS} (?:auf|an|über|dort)|(?:lass|lasse|lassen sie) beide (?:hände"
        rf"|handflächen) (?:auf|an|über"
        r"|dort)(?! (?:den schoß|der decke))"
    ),
    moves_hands=any_of(r"bring\w*|führ\w*|nimm|lös\w*|lass los|heb\w*|setz\w*"),
    works_with_both=any_of(_BOTH),
    holds_with_both=any_of(rf"(?:halt\w*|stütz\w*){YOU} {_BOTH}", rf"(?:halt\w*|stütz\w*) (?:\w+ ){{0,3}}{_BOTH}"),
    meanwhile=any_of("gleichzeitig|zugleich|währenddessen|während du"),
    oily=any_of(
        rf"(?:öl|creme|balsam|lotion|serum) (?:\w+ )?(?:auf|in|zwischen) (?:die|den|deine|deinen|beide"
        rf"|beiden) (?:{HAND})",
        r"(?:nimm|nehmen sie|verreib\w*|wärm\w*|verteil\w*|gib)(?: \w+){0,4} (?:öl|creme|balsam|lotion|serum)",
        rf"ölige\w* (?:{HAND})",
    ),
    wiped=any_of(
        rf"(?:wisch|wasch|trockn|reinig|säuber)\w* (?:\w+ ){{0,4}}(?:{HAND}|sie)",
        rf"(?:saubere\w*|trockene\w*|gewaschene\w*),? (?:\w+ )?(?:{HAND})",
        rf"(?:{HAND}) (?:\w+ ){{0,3}}(?:ab|sauber|trocken)(?=[.,;!]|$)",
    ),
    hair=any_of(r"haare?n?|kopfhaut|scheitel"),
    hair_kept=any_of(
        r"(?:nicht|kein öl) in die haare|haare? (?:sind|ist|zurück)|über (?:die|den|deine) haaren?|haarband"
    ),
    eye_cover=any_of(
        rf"(?:{HAND}|tuch|handtuch|kissen|maske) (?:(?!knochen|unter|neben|um)\w+ ){{0,3}}?(?:über|auf|an) {_EYES}",
        rf"(?:leg|setz|halt|press)\w* (?:sie )?(?:sanft )?(?:auf|über) {_EYES}",
        rf"(?:bedeck|verdeck)\w*{YOU} {_EYES}",
        rf"(?:streich|glätt|gleit|fahr)\w*{YOU} (?:(?!knochen|unter|neben|um)[\w-]+ ){{0,5}}?über {_EYES}",
        rf"(?:streich|glätt)\w*{YOU} (?:die|deine) (?:augen)?lider",
    ),
    lenses=any_of(r"kontaktlinsen?|linsen"),
    skin_tool=any_of(_TOOL),
    tool_away=any_of(rf"(?:leg|stell|räum)\w*{YOU} (?:den |das )?(?:{_TOOL}|ihn|es) (?:weg|beiseite|ab|zur seite|hin)"),
    tool_upright=any_of(r"(?:90|neunzig) ?(?:°|grad)|rechten winkel|senkrecht|hochkant|auf die kante|auf der kante"),
    tool_dry=any_of(
        r"(?:die|der|auf|über) trockene[nr]? (?:haut|wange|stirn)|(?:ohne|kein) öl(?! in)|haut (?:ist|muss"
        r"|soll) trocken"
    ),
    to_and_fro=any_of(r"hin und her|vor und zurück|auf und ab|hinauf und hinunter|in beide richtungen"),
    tool_on_lids=any_of(rf"(?:über|auf) {_EYES}|(?:streich|zieh)\w* (?:die|deine) (?:augen)?lider"),
    flat=any_of(r"flach|winkel|grad"),
    one_of_two=any_of(
        rf"(?<!von )(?<!mit )(?:die )?(?:eine|ein|einer|einem) {_PAIRED}(?! (?:nach|zur anderen))(?!,? (?:dann|und) )"
    ),
    other_of_two=any_of(
        rf"(?<!eine über )(?<!hand über )(?<!eine nach )(?<!hand nach )(?:die|der|das|den|dem) (?:andere|anderen"
        rf"|zweite|zweiten|gegenüberliegende[n]?)(?: {_PAIRED}\b|(?=[.,;:!]|$))"
    ),
)
