"""Sides of the body, closed eyes, and words that point."""

from __future__ import annotations

from voiceguide.checks.tables.en.terms import HAND, NO_LANDMARK, one_side
from voiceguide.checks.words import Words, any_of

WORDS = Words(
    sides={"left": any_of(one_side("left")), "right": any_of(one_side("right"))},
    both_sides=any_of(
        "left (?:and|or|then|to) (?:the )?right|right (?:and|or|then|to) (?:the )?left|both|each side"
        "|either side|one side|left, then right|right, then left|side to side|each"
    ),
    both_hands=any_of(rf"both (?:of )?(?:your )?(?:{HAND})"),
    other_side=any_of(
        "(?:the|your) (?:other|second|opposite) (?:side|cheek|ear|jaw|temple|shoulder|arm|leg|hip|foot|knee|half)"
        "|(?:switch|change|swap)(?: over)?(?: to)?(?: the)? sides?|other side|one side|each side|both sides"
        "|either side|opposite side|(?:switch|change|swap)(?: the| your)? (?:arms?|legs?|feet|hands?|knees?|hips?)"
        r"|same (?:\w+ ){0,2}(?:on|with|for|to) (?:the|your) (?:left|right|other|second)"
    ),
    eyes_close=any_of(
        "(?:close|shut) (?:your|the|both) eyes"
        r"|(?:let|allow|rest) (?:your|the) eyes (?:to )?(?:\w+ )?(?:close|shut|closed)"
        "|eyes (?:are |stay |remain |now |softly |gently )*(?:closed|shut|close)"
    ),
    eyes_open=any_of(
        r"open (?:your|the|both) eyes|(?:let|allow) (?:your|the) eyes (?:to )?(?:\w+ )?open"
        r"|eyes (?:\w+ )?(?:open|opening)"
    ),
    picture=any_of(
        "as (?:shown|pictured|illustrated|demonstrated)"
        "|(?:in|into|at) (?:the|a|your) (?:mirror|picture|video|diagram|photo|image|illustration)"
        "|(?:on|at) (?:the|your) (?:screen|display)|shown (?:here|above|below)"
    ),
    looking=any_of(
        "look (?:at|here|closely|in|into|for|around|up|down|to|left|right|straight|over|out)"
        "|watch (?:the|how|your|this|that|me|as|for|it|them|what)"
        "|(?:you (?:can|will|should)(?: now)?|you['’]ll) see(?! (?:that|whether|a difference|results?|it as))"
        "|see (?:how|where) (?:the|your|my|this|that)"
        "|(?:do|done|goes|like|looks?) (?:it )?like (?:this|so)|just like this|like this"
    ),
    inner_looking=any_of(
        "imagine|picture|mind['’]s eye|inner|inside|inward|inwards|as if|as though|doctor|physician|breath"
        "|breathing|thoughts?|feelings?|sensations?|dark|darkness|behind your|eyelids|forward to"
        "|after yourself|image|memory|look for|care|dream|mind|heart|thought"
        r"|rise and fall|rises? and falls?|come and go|comes? and goes?|bell(?:y|ies)|chest|abdomen|ribs?"
        r"|waves?|clouds?|sky|stars?|moon|sea|ocean|horizon|river|stream|leaves|snow|tide"
        r"|(?:how|what|see|watch|notice) (?:\w+ ){0,3}feels?|see how (?:your|the) (?:\w+ )?(?:shoulders?|body|muscles?"
        r"|jaw|tension|weight|legs?|arms?|back|belly|neck|forehead|face) (?:\w+ ){0,2}(?:sinks?|softens?|lets?|gives?"
        r"|relax(?:es)?|melts?|gets?|becomes?|drops?|loosens?|widens?|spreads?|rests?)"
        r"|(?:breath\w*|stay\w*|sit\w*|lie|lying|rest\w*|remain\w*|go on|continu\w*|feel\w*|days?|nights?"
        r"|evenings?|moments?|times?|sound\w*|hum\w*) (?:\w+ ){0,3}like this"
    ),
    scene=any_of(
        r"imagin\w+|visuali[sz]\w+|picture (?:a|an|the|your|yourself)|mind['’]s eye|in your mind|inner eye"
        r"|see yourself|dream\w*|you find yourself|let (?:a|an|your|the) (?:\w+ )?(?:place|scene|image|picture"
        "|landscape|room|garden) (?:appear|arise|come|form)"
        r"|you (?:are|now) ?(?:standing|walking|sitting|lying|floating|drifting|flying|swimming)? (?:on|in|by|at"
        r"|through|along|under|over|beside) (?:a|an) |you drift|in front of you (?:is|are|lies?|stands?|appears?)"
        "|before you (?:is|are|lies?|stands?|appears?)",
        r"(?<![\w,] )(?<!\w)see (?:a|an|the|before you) (?!picture|screen|mirror|video|diagram|image|photo)\w+",
    ),
    device_touch=any_of(
        "(?:tap|press|touch|swipe|hit|click)(?: (?:on|down|the|your|a|pause|play|stop|home|volume|big|red"
        "|round|next|skip))* (?:screen|button|phone|device|icon|app|display)"
        "|(?:press|hit|tap|click|push) (?:play|pause|stop|rewind|record|skip)(?! on| for)"
    ),
    device_use=any_of(
        r"(?:pause|stop|rewind|restart|replay|skip|fast-?forward|turn (?:up|down)|unlock"
        r"|pick up|reach for|check|look at|adjust)(?: \w+)? (?:the |this |your )?(?:recording|audio|track"
        r"|video|app|phone|player|volume|session|file|timer|device|tablet|screen)(?! of (?!(?:the |this |your )*"
        r"(?:recording|audio|track|session|video|phone)))"
        "|turn (?:the|your) (?:volume|recording|audio) (?:up|down|off)"
    ),
    vague=any_of(
        r"(?<!from )(?<!still )(?<!be )(?:right |just |over )?here(?! (?:and|is|are|comes|we)\b)" + NO_LANDMARK,
        r"(?:right|just|over|up|down) there" + NO_LANDMARK,
        r"(?:this|that) (?:spot|point|place|area|zone|position)(?=[.,;:!]|$| and\b| with\b| for\b| now\b| until\b)"
        + NO_LANDMARK,
    ),
)
