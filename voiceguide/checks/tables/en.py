"""English, as guidance is spoken in it."""

from __future__ import annotations

import re

from voiceguide.checks.words import Words, any_of

_TEENS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen"
    "|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBERS = {word: number for number, word in enumerate(_TEENS.split("|"))} | {
    word: 10 * number for number, word in enumerate(_TENS.split("|"), 2)
}
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBER = rf"(?:[0-9]{{1,4}}|(?:{_WORDS})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
_UNITS = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), 60),
    **dict.fromkeys(("hour", "hours"), 3600),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))

_HAND = r"hands?|palms?|fingers?|finger-?tips?|finger-?pads?|thumbs?|knuckles?|fists?|forefingers?|heels? of"
_FACE = (
    r"faces?|foreheads?|brows?|eye-?brows?|temples?|cheeks?|cheekbones?|jaws?|jaw-?lines?|jaw muscles?"
    r"|chewing muscles?"
    r"|chins?|nose|nostrils?|lips?|mouth|eye sockets?|sockets?|eyelids?|ears?|earlobes?|scalp|hairline|neck|throat"
    r"|collarbones?|skull|bridge"
)
_BODY = (
    r"shoulders?|shoulder blades?|arms?|upper arms?|forearms?|elbows?|wrists?|legs?|thighs?|knees?|calf|calves"
    r"|shins?"
    r"|ankles?|foot|feet|toes?|heels?|hips?|buttocks?|back|spine|chest|ribs?|belly|stomach|waist|head|eyes?"
    r"|nape|lap"
)
_SIDED = rf"(?:{_FACE}|{_BODY})"
_NO_ADJECTIVE = (
    r"(?!(?:above|below|under|behind|beside|between|in|into|on|onto|at|to|over|from|by|near|next|your|the|its"
    r"|and|or|here"
    r"|there|now|then|where|through|across|around|along|before|after|as|with|side|down|up|out|away|" + _HAND + r")\b)"
)
_DOING = r"(?:gently |softly |firmly |lightly |slowly |deeply |carefully |straight |directly )?"
_YOUR = r"(?:the |your |both |closed |of |whole )*"
_WITH_HANDS = r"(?:(?!around|round|above|below|under|between|beside|near|beneath|bone|rim|edge|close)\w+ ){0,5}?"
_EYES = rf"{_YOUR}(?:eyeballs?|eyelids?|(?<!between )(?<!around )eyes)(?! sockets?| brows?)"
_NO_SHUTTING = r"(?! (?:\w+ )?(?:shut|closed|close|tight|tightly|together|firmly together)\b)"
_NO_LANDMARK = (
    r"(?!,? (?:below|above|beside|between|under|behind|on|at|in|where|near|next to|over|along|inside|just|right) )"
)


def _side(side: str) -> str:
    """A part of the body on that side, its side of a part, or the side alone when it is named as what comes."""
    return (
        rf"{side}(?:[ -]{_NO_ADJECTIVE}[\w'’]+){{0,2}} (?:{_SIDED})"
        rf"|{side}(?:-hand)? (?:side|half) of (?:the|your) (?:{_SIDED})"
        rf"|(?:{_SIDED}) on (?:the|your) {side}(?:(?:-hand)? side)?(?! (?:{_HAND}))"
        rf"|(?<!on )(?<!onto )(?<!over to )(?:the|your) {side}(?:-hand)? side"
        rf"|(?:then|now|next|comes?)(?: comes?| to| on| for)? (?:the|your) {side}(?=[.,;:!]|$)"
    )


WORDS = Words(
    clause_break=re.compile(r"[,;:–—]|\b(?:and then|and|then|or|but)\b", re.IGNORECASE),
    lead_in=re.compile(
        r"\s*(?:now|next|then|first|finally|again|once more|just|please|simply|also|still|slowly|\w+ly|let us|let's"
        r"|with(?: (?:the|your|both|two|three|a|an|light|soft|gentle|firm|flat|small|slow|even|steady|warm|right|left"
        rf"|index|middle|ring|pads|tips|backs|of|{_HAND}|pressure|touch|strokes?|circles?))+"
        r"|(?:on|at) (?:the|your|each|every) (?:exhale|inhale|out-?breath|in-?breath|next breath"
        r"|breath(?: (?:in|out))?)"
        r"|from (?:the|your) (?:\w+ ){1,3}|as you (?:breathe (?:in|out)|exhale|inhale))(?=\s|$)",
        re.IGNORECASE,
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
    no_action=re.compile(
        r"\w+(?: up)?\s*(?:(?:play|pause|stop|start|record|on with)\b|(?:\w+ ){0,2}(?:breath|breaths|air"
        r"|inhale|exhale)\b"
        r"|(?:strokes?|circles?|movements?|sweeps?|motions?|presses)\b|(?:sure|time|room|space|way|friends"
        r"|peace|yourself)\b"
        r"|(?:your|the) (?:time|attention|awareness|mind|focus|tongue|teeth|weight|seat|gaze)\b)"
        r"|(?:make|work|brush|run|take|put|set) it\b"
        r"|(?:drop|roll|draw|lower|tuck|push|pull|press|lift|move|rest|turn|bring|sink|shift|settle|slide)"
        r" (?:your|the) (?:chin|heads?|neck|lips|jaw|shoulders?|face)\b(?! with)",
        re.IGNORECASE,
    ),
    bare_place=re.compile(
        rf"\s*(?:\w+ ){{0,3}}?(?:{_HAND}) (?:to|on|onto|under|beside|between|at|against|over|in|into|above"
        rf"|below|behind|beneath)\b",
        re.IGNORECASE,
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
        rf"|whole) )?(?:{_BODY}|torso|trunk|body)",
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
    hand=any_of(_HAND),
    them=any_of("them|both|one on each|either"),
    face=any_of(_FACE),
    body=any_of(_BODY),
    oil=any_of(r"oils?|cream|balm|serum|lotion|\w+ oil|moisturi[sz]er"),
    tool=any_of("gua sha|stone|roller|tool|towel|cloth|spoon|brush|cup|ball|strap|belt"),
    attention=any_of("attention|awareness|focus|mind|gaze|thoughts?|breath|breathing|smile|warmth"),
    number_of=re.compile(r"\s*(?:number|no\.?) \w+", re.IGNORECASE),
    sides={"left": any_of(_side("left")), "right": any_of(_side("right"))},
    both_sides=any_of(
        "left (?:and|or|then|to) (?:the )?right|right (?:and|or|then|to) (?:the )?left|both|each side"
        "|either side|one side|left, then right|right, then left|side to side|each"
    ),
    both_hands=any_of(rf"both (?:of )?(?:your )?(?:{_HAND})"),
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
        r"(?<!from )(?<!still )(?<!be )(?:right |just |over )?here(?! (?:and|is|are|comes|we)\b)" + _NO_LANDMARK,
        r"(?:right|just|over|up|down) there" + _NO_LANDMARK,
        r"(?:this|that) (?:spot|point|place|area|zone|position)(?=[.,;:!]|$| and\b| with\b| for\b| now\b| until\b)"
        + _NO_LANDMARK,
    ),
    claims=any_of(
        r"detox\w*|toxins?|cures?|heals (?:the|your|any|all|every|deep)"
        "|will (?:cure|heal|erase|remove|reverse|tighten|fix|melt away|get rid of)|miracles?|miraculous"
        r"|guarante\w+|(?:clinically|scientifically|medically) proven|proven to"
        "|anti-?(?:age|ageing|aging|wrinkle)"
        r"|(?:boosts?|strengthens?) (?:your |the )?(?:immune|immunity|collagen|metabolism|thyroid)\w*"
        "|(?:removes?|erases?|eliminates?|gets? rid of|reverses?) (?:all |your |the |fine )*(?:wrinkles|lines"
        "|ageing|aging|cellulite|anxiety|depression|insomnia|migraines?)"
        "|burns? fat"
        "|(?:flush(?:es)?|drains?) (?:out |away )?(?:the |all |your )*(?:waste|poisons?|impurities)"
        "|(?:lowers?|reduces?|treats?) (?:your |the |high )*(?:blood pressure|cortisol|inflammation"
        "|depression|anxiety|migraines?|insomnia)"
    ),
    force=any_of(
        r"(?:as (?:hard|firmly|strongly|deeply|forcefully|tightly)|with as much (?:force|pressure"
        r"|strength)) as (?:you (?:can|are able|possibly can)|possible)|with (?:all|full) (?:of )?(?:your )?(?:might"
        r"|strength|force)|with (?:your )?full weight on|(?:as|so) (?:far|deep|hard) as (?:it|they) (?:will|can) go"
        r"|force (?:your|the) (?:\w+ )?(?:head|neck|jaw|leg|arm|knee|back|shoulder|hip)s?|so hard that|until (?:the"
        r"|your) skin (?:is|turns|gets|goes|burns|stings)(?: red| sore| raw)?|(?:stretch|go|move) past (?:the )?pain"
        r"|bruis(?:es|ing) (?:\w+ )?(?:is|are) (?:normal|fine|good)|(?:push|press|work|breathe|go|move"
        r"|stretch) (?:\w+ )?through (?:the |any |your )?pain|no pain,? no gain|pain (?:only )?(?:means|shows"
        r"|tells you|proves|is (?:a|the) (?:good sign|proof)|is good|is normal)|(?:if|when) it hurts,? (?:that|it"
        r"|this) (?:\w+ )?(?:works|is working|shows|means|helps)|(?:not be|be not"
        r"|don['’]t be) afraid of (?:the )?pain|(?:should|must|has to|needs to|is (?:meant|supposed) to"
        r"|ought to) (?:really )?(?:hurt|be painful)|until it (?:really |almost )?hurts|even (?:if|when"
        r"|though) it (?:really )?hurts|the harder(?: you press)?,? the better|(?:ignore|bear|endure|welcome|enjoy"
        r"|embrace) (?:the|any|all|that) pain|grit your teeth (?:and|now|through)|(?:maximum|full|all your) (?:force"
        r"|strength|pressure)"
    ),
    needless=any_of(
        r"(?:wean (?:yourself )?off|in place of|makes?|no need (?:for|of)|needs no|leave out|leave off|leave"
        r"|stop taking|stop|skip|do without|throw away|come off|replace|put away|forget|cancel|reduce|halve"
        r"|in ?stead of|better than|replaces|(?:do not|don['’]t|no longer|won['’]t"
        r"|will not) need) (?:\w+ ){0,2}(?:medicines?|medications?|pills|tablets|insulin|inhaler|antidepressants"
        r"|prescriptions?|painkillers|chemotherapy|doctors?|physicians?|treatment"
        r"|(?:appointments? )?with (?:\w+ )?doctor)(?: unnecessary| needless| out| off| away| behind)?"
    ),
    held_breath=any_of(
        r"(?:hold|holding|keep|keeping) (?:your|the|this|that) breath|breath (?:is )?held|without (?:breathing"
        r"|a breath)|do not breathe|don['’]t breathe|breath[- ]hold\w*|hold it|retention"
    ),
    breathless=any_of(
        r"hold (?:your|the) breath (?:for )?(?:as|so) long as (?:you can|you are able|possible)|until you (?:have to"
        r"|must|need to) gasp|(?:breathe|breathing) (?:\w+ )?(?:as|so) (?:fast|hard|quickly|rapidly"
        r"|forcefully) as (?:you can|possible)|hyperventilat\w+|(?:breathe|breathing) (?:fast|rapidly|quickly"
        r"|hard) for|pant (?:like|for|hard|fast)|keep breathing fast|(?:pinch|hold"
        r"|press) (?:your )?nose and (?:your )?mouth|ignore (?:the |any )?(?:dizziness|light-?headedness)"
        r"|until you (?:nearly |almost )?(?:faint|pass out|black out)"
    ),
    fast_breaths=re.compile(
        rf"\b(?P<number>{_NUMBER}) (?:\w+ ){{0,2}}?(?:fast|quick|rapid|hard|strong|forceful|powerful|sharp|vigorous)"
        r"(?:,? \w+)? (?:breaths|exhales|inhales|exhalations|inhalations)\b",
        re.IGNORECASE,
    ),
    dizzy=any_of(r"dizzy|dizziness|light-?headed\w*|faint|woozy|head (?:spins|swims)|vision (?:narrows|goes)|tingling"),
    carry_on=any_of(
        r"(?:keep|go|carry|push|press|breathe|move) (?:going|on|breathing|pushing|at it)|continue|persist|(?:do not"
        r"|don['’]t|never) (?:stop|give up|worry)|ignore it|stay with it|push through|just a sign|is working"
        r"|no reason to stop"
    ),
    relief=any_of(
        r"stop|pause|rest|normal\w*|usual|natural\w*|as you like|open your eyes|sit down|lie down|slow\w*"
        r"|without holding|gentl\w+|ease|easier|less|let go|skip|leave"
    ),
    safety=any_of(
        r"leave (?:\w+ ){1,5}out|leave (?:\w+ ){1,2}for (?:another|later)|let (?:\w+ ){1,3}wait"
        "|skip (?:it|this|them|that)|stop (?:if|when|as soon|at once|whenever)"
        "|ask (?:a|your) (?:doctor|physician|therapist)|doctor|physician|medical|never press"
        "|(?:do not|don['’]t) press|no pressure|hurts?|pain|painful|fever|infections?|blood clots?"
        "|heart failure|rash|ill|illness|sunburnt?|(?:broken|sore|irritated|infected|inflamed|damaged) skin"
        "|skin is (?:sore|broken|irritated)|wounds?|injur(?:y|ed|ies)|surgery|fillers?|pregnan(?:t|cy)"
        r"|not for you|not (?:suitable|advised)|unwell|dizzy|contraindicat\w+|uncomfortable|discomfort"
        "|light-?headed|at your own risk"
    ),
    preparation=any_of(
        "clean|cleansed?|wash(?:ed)?|rinsed?|oils?|oily|cream|balm|serum|lotion|moisturi[sz]er|bare skin|dry hands"
    ),
    driving=any_of("driv(?:e|es|ing|er)|wheel|car|traffic|machinery|machines?|vehicle"),
    lying=any_of("lie (?:down|on|back|flat|comfortably)|lying|in (?:your )?bed|your bed|pillow|mattress"),
    sitting=any_of("(?:sit|sitting)(?! up)|seat|seated|chair|(?<!feet )(?<!soles )(?:stand|standing)(?! up)"),
    neck=any_of("neck|throat"),
    neck_front=any_of(
        "(?<!in )front of (?:the|your) (?:neck|throat)"
        r"|(?<!front of )(?<!front of the )(?<!front of your )throat|windpipe|adam['’]s apple|larynx|thyroid"
    ),
    neck_side=any_of("sides? of (?:the|your) (?:neck|throat)|carotid"),
    eye_press=any_of(
        f"(?:press|push|squeeze|knead|dig|massage|pressure) {_DOING}{_WITH_HANDS}(?:on|onto|into|against"
        f"|upon|over|in on|to) {_EYES}",
        f"(?:press|push|knead|dig|massage) {_DOING}{_EYES}{_NO_SHUTTING}",
        rf"squeeze {_DOING}{_EYES}{_NO_SHUTTING} (?:\w+ ){{0,2}}(?:with|between) (?:\w+ ){{0,3}}(?:{_HAND})",
    ),
    letting=any_of(
        "let|lets|letting|feel|feels|feeling|keep|keeping|notice|relax|relaxing|soften|softens|open|opens|breathe"
        "|breathing|so that|while|until|sense|lift|swallow"
    ),
    eye_rub=any_of(f"rub {_DOING}(?:{_WITH_HANDS}(?:on|over|against) )?{_YOUR}(?:eyeballs?|eyelids?|eyes)"),
    nostril=any_of(
        "alternate[- ]nostril"
        "|(?:close|closing|block|cover|pinch|shut|seal) (?:off )?(?:the |your )?(?:left|right|one|other|first"
        "|second|opposite) nostril"
        "|nadi shodhana"
    ),
    hold=re.compile(
        r"(?:^|[,;:–—.]|\band|\bthen|\bnow|\bly)\s*(?:gently |softly |just |now |please |simply |slowly )?"
        r"(?:hold(?=\s*(?:[.,;:!]|$)|\s+(?:it|them|this|that|there|here|still|for|until|gently|steady|steadily"
        r"|softly|on|the (?:press|pressure|stretch|pose|position|points?|squeeze|tension))\b"
        r"(?! (?:(?:gently|softly|close|loosely) )?(?:in|to|near|close|against|before) (?:your|the|one|both) (?:\w+ )?"
        r"(?:hands?|arms?|palms?|heart|mind|chest|body|ears?|eyes?|fingers|fingertips))"
        r"(?! (?:\w+ )?(?:image|feeling|thought|picture|memory|intention|sense|wish|moment|light|word|place)\b))"
        r"|keep (?:pressing|holding|the pressure|squeezing))",
        re.IGNORECASE,
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
    numbers=_NUMBERS,
    units=_UNITS,
    duration=re.compile(
        rf"\b(?:(?P<half>half) an? |(?P<number>{_NUMBER})[ -]|an? |one full |one whole )(?:(?:full|whole|slow"
        rf"|long|quiet|easy|more) )?"
        rf"(?P<unit>{_UNIT})\b(?P<and_half> and a half)?",
        re.IGNORECASE,
    ),
    titled_duration=re.compile(
        rf"\b(?P<number>{_NUMBER})(?:(?: to |[-–—]"
        rf"| or )(?P<upto>{_NUMBER}))?[ -](?:[a-z]+ ){{0,2}}(?P<unit>{_UNIT})\b",
        re.IGNORECASE,
    ),
    times=re.compile(
        rf"\b(?P<number>twice|thrice|{_NUMBER})(?:(?<=twice)|(?<=thrice)| (?:\w+ )?(?:times|rounds|circles"
        rf"|strokes|sweeps|presses|taps|passes|repetitions|repeats|laps|cycles))\b",
        re.IGNORECASE,
    ),
    breaths=re.compile(rf"\b(?P<number>{_NUMBER}) (?:\w+ ){{0,2}}(?:breaths|rounds|cycles|times)\b", re.IGNORECASE),
    count_to=re.compile(
        rf"\bcount(?:ing)?(?: \w+)?(?: (?:from|down from|backwards from"
        rf"|back from) (?P<first>{_NUMBER}))?(?: \w+)? (?:to|of|until) (?P<number>{_NUMBER})\b",
        re.IGNORECASE,
    ),
    counted=any_of(
        "more|at least|up to|at most|about|around|remaining|left|of|or|to|last|first|side|sides|number|every|than"
    ),
)
