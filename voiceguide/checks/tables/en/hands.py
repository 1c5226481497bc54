"""Where the hands are and what is on them, tools on the skin, and sides in other words."""

from __future__ import annotations

from voiceguide.checks.tables.en.terms import HAND
from voiceguide.checks.words import Words, any_of

_BOTH = rf"(?:both (?:of )?(?:your |the )?(?:{HAND})|(?:fingers|fingertips|thumbs|palms) of both hands)"
_HANDS = r"(?:your |the |both )*(?:hands|palms|arms)"
_REST = (
    r"(?:(?:your|the) )?(?:lap|thighs?|knees?|legs?|belly|blanket|mattress|floor|bed|armrests?|sides?(?! of)"
    r"|you(?:r body)?)"
)
_EYES = r"(?:(?:your|the|both|closed|each|upper|whole) )*(?:eyes?(?! (?:sockets?|brows?))|eyelids?|lids?)"
_TOOL = r"(?:gua sha|stones?|rollers?|spoons?|scrapers?|jade|tools?)"
_PAIRED = r"(?:cheek|temple|eyebrow|brow|ear|earlobe|jaw|shoulder|cheekbone|nostril|eye|eyelid|half|side)"
_NO_PAIR = "".join(
    rf"(?<!{one} {place} )" for one in ("one", "hand", "palm") for place in ("above", "after", "over", "on")
)

WORDS = Words(
    hands_away=any_of(
        rf"{_HANDS}(?: \w+){{0,4}}? (?:in|into|to|on|onto|beside|by|at|alongside) {_REST}",
        rf"(?:lower|drop) {_HANDS}(?! to)",
        rf"(?:let|take|bring|lay) {_HANDS} (?:\w+ )?(?:down|fall|drop)(?=[.;!]|$| and\b| beside you\b)",
        rf"(?:let|take|bring|lay) {_HANDS} (?:sink|float)(?=[.;!]|$| and)",
        r"(?<!\w )hands (?:down|back to your lap)|(?:settle|slip) (?:both |your )+(?:hands|palms) (?:on|under|into)",
        r"rest them (?:on|in) (?:your|the) (?:thighs|lap|knees)|arms go limp|hands? to lie in",
    ),
    hand_stays=any_of(
        r"one hand stays|(?:keep|leave) your (?:left|right) (?:hand|palm)",
        rf"(?:keep|leave) (?:one|your left|your right|the left|the right) (?:{HAND})",
        rf"let (?:one|your left|your right|the left|the right) (?:{HAND}) (?:stay|remain|lie)",
    ),
    hands_stay=any_of(
        rf"(?:keep|leave|hold) (?:both|your|the) (?:of your )?(?:{HAND}) (?:pressed )?(?:on|over|at|there|where"
        rf"|against|around)",
        rf"let (?:both|your|the) (?:{HAND}) (?:stay|remain)",
    ),
    moves_hands=any_of(r"(?:now )?(?:bring|move|take|return|lift|raise|lower|let go|release)"),
    works_with_both=any_of(_BOTH, "both hands", "two hands"),
    holds_with_both=any_of(rf"(?:hold|support|cradle|carry) (?:\w+ ){{1,7}}?(?:with|in) {_BOTH}"),
    meanwhile=any_of("at the same time|simultaneously|meanwhile|while you|as you"),
    oily=any_of(
        rf"(?:oil|cream|balm|serum|lotion)(?: is| are)? (?:now )?(?:on|onto|into|in|between) (?:your |the |both |one )*"
        rf"(?:{HAND})",
        rf"with (?:a little |some |a few drops of |the )?(?:\w+ )?(?:oil|cream|balm) (?:on|in) your (?:{HAND})",
        rf"oil(?:y|ed) (?:{HAND})",
        rf"(?:{HAND}) are (?:now )?oily",
        rf"oil your (?:{HAND})",
        rf"(?:coat|rub|smear) (?:your |the )?(?:{HAND}) with (?:\w+ ){{0,2}}(?:oil|cream|balm|serum|lotion)",
        r"(?:massage|smear|spread|press|drop) (?:\w+ ){0,4}(?:oil|cream|balm|serum|lotion)",
        r"rub in the (?:oil|cream|balm|serum|lotion)",
        r"warm (?:the|some|a little) (?:\w+ )?oil",
        r"(?:take|reach for|pick up|add) (?:\w+ ){0,4}(?:oil|cream|balm|serum|lotion)(?! off| away)",
    ),
    wiped=any_of(
        rf"(?:wip|dry|dri|wash|clean|rins)\w* (?:\w+ ){{0,4}}(?:{HAND}|them)",
        rf"(?:{HAND}) (?:are |is )?(?:\w+ )?(?:dry|clean|wiped|washed)",
        r"(?:rub|take|wipe|wash) (?:\w+ )?off (?:\w+ ){0,5}(?:oil|cream|balm)|wipe the oil|free of oil"
        r"|take off the oil",
    ),
    hair=any_of(
        r"comb|ruffle|rake|scratch|tug (?:\w+ ){0,5}hair|hair(?! ?(?:line|band|tie|net))(?! (?:is|back))|scalp"
        r"|crown|head all over"
    ),
    hair_kept=any_of(r"hair (?:is|band|fall)|(?:over|from|off|away from|out of) (?:your|the) hair|(?:gets?|get) into"),
    eye_cover=any_of(
        rf"(?:{HAND}|cloth|towel|pad|compress|mask) (?:(?!bone|below|under|around|beside"
        rf"|above)\w+,? ){{0,4}}?(?:over|on"
        rf"|onto|upon|across|to|against) {_EYES}(?! (?:bone|brow))",
        rf"(?:put|lay|place|hold|cup|rest|press)(?: them| it)? (?:softly |lightly |gently )?(?:over|on|onto"
        rf"|across) {_EYES}",
        rf"(?:cover|covers|cup|cups|shield|mask) {_EYES}",
        r"(?:stroke|smooth|sweep|glide|slide|draw|brush)(?: \w+)?(?: \w+)?(?: (?:over|across|along))? (?:the|your|both"
        r"|closed|upper) (?:upper |closed )?(?:eye)?lids?",
        rf"(?:stroke|sweep|glide|slide|draw) (?:(?!bone|below|under|around|beside|above|brow)\w+ ){{0,4}}(?:over"
        rf"|across)"
        rf" {_EYES}",
        rf"(?:trace|dab|pat|rub|tap|press) (?:\w+ )?(?:the|your|both) (?:closed )?(?:eye)?lids|hide {_EYES}"
        rf"|onto each eyelid",
        r"(?:fingers|hands|palms|them) (?:over|across|upon) (?:both |the |your )*(?:closed )?eyes|(?:cup"
        r"|cover) both eyes",
        r"one palm over each eye|cupped palms (?:above|over)",
    ),
    lenses=any_of(r"lens|lenses|contacts"),
    skin_tool=any_of(_TOOL),
    tool_away=any_of(
        rf"(?:put|lay|set) (?:down |away |aside )?(?:the |your )?(?:{_TOOL}|it)(?: (?:down|away|aside))",
        rf"(?:put|lay|set) (?:down|away|aside) (?:the |your )?(?:{_TOOL}|it|what you hold)",
    ),
    tool_upright=any_of(
        r"(?:90|ninety)[- ]?(?:°|degrees?)|right angle|perpendicular\w*|vertical(?:ly)?",
        r"(?:upright|straight up|stands?|stand) on (?:its|the) edge|set (?:the )?(?:stone|tool|it) upright",
        rf"stand (?:the |your )?(?:{_TOOL}|it) on (?:its|the) edge|stands? (?:straight )?up(?:right)? on",
    ),
    tool_dry=any_of(
        r"(?:on|over|the|bare,?|across) dry (?:\w+ )?(?:skin|cheeks?|forehead|face|neck|jaw|brow)",
        r"skin (?:is|should be|must be|has to be) (?:quite |fully )?dry|dry skin is (?:best|better|fine)",
        r"(?:without|no) (?:any )?(?:\w+ )?oil(?! gets)|(?:skip|forget|leave out) the oil",
        rf"(?:use|pull|glide|slide|draw) (?:the |your )?{_TOOL} dry",
    ),
    to_and_fro=any_of(
        r"back and forth|forth and back|to and fro|up and down|backwards? and forwards?|forwards? and backwards?"
        r"|in both directions|and back again"
    ),
    tool_on_lids=any_of(
        rf"(?:over|on|onto|across|along|on top of|right over) {_EYES.replace('eyes?', 'eyes|eyeballs?')}",
        r"(?:stroke|smooth|sweep|draw|pull) (?:the|your|both) (?:closed )?(?:eye)?lids",
    ),
    flat=any_of(r"flat|angle|degrees?"),
    one_of_two=any_of(
        rf"(?<!from )(?<!at )(?<!with )(?<!to )one (?:{_PAIRED})(?! (?:after|by|at|over|and))(?!,? (?:then|and) )",
    ),
    other_of_two=any_of(
        rf"{_NO_PAIR}(?:the|your) (?:other|second|opposite)(?: (?:one|{_PAIRED})\b|(?=[.,;:!]|$| as well))",
        r"(?:the )?other side",
    ),
)
