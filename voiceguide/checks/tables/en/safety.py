"""What could harm, and what is said so that it does not."""

from __future__ import annotations

from voiceguide.checks.tables.en.terms import DOING, EYES, HAND, NO_SHUTTING, NUMBER, WITH_HANDS, YOUR
from voiceguide.checks.words import Pattern, Words, any_of

_MEDICINE = (
    r"(?:medicines?|medications?|pills?|tablets?|insulin|inhaler|antidepressants?|prescriptions?|painkillers?"
    r"|drugs?|doses?"
    r"|antibiotics|physiotherapy|surgeons?|medics?|chemotherapy|therapy|doctors?|physicians?|dentist|treatments?)"
)
_BUT_IF = r"(?:(?!if|nothing|no|after|unless|when|before|until|and|or|during|for|ask|because)[\w-]+ )"

WORDS = Words(
    claims=any_of(
        r"for good(?=[.,!]|$)|undo (?:\w+ ){0,3}(?:years|stress|damage)|clears? (?:every|all"
        r"|any) (?:\w+ )?(?:blockage|toxin)\w*"
        r"|ends? (?:migraines?|headaches?|insomnia|anxiety|pain)|within (?:days|hours|a week)|sure remedy"
        r"|no more pain|makes? you"
        r" (?:younger|thinner|healthy)|is proven|removes? (?:\w+ ){0,2}(?:bags|circles|wrinkles|scars)"
        r"|stimulates? (?:\w+ )?growth|"
        r"(?<!may )(?<!can )definitely|always works(?! by)|works? every time|(?:a )?(?:hundred|100) ?(?:percent|%)"
        r"|without fail|never failed|certainly (?:be|cure|heal|help|work|go|feel)|sure to (?:heal|cure|help|work|fix)"
        r"|never have (?:a |any )?(?:\w+ )?(?:headaches?|pain|wrinkles|trouble)\w* again|rejuvenat\w*|permanently"
        r"|(?:will|are going to) (?:be gone|disappear|vanish)|(?:makes?|made) (?:\w+ ){1,2}unnecessary"
        r"|(?:better|stronger) than (?:any |every )?(?:pills?|medicine|botox|surgery|drugs?)|for ever"
        r"|rebuilds?|melts? (?:away )?(?:\w+ )?(?:fat|chins?)|treats? (?:depression|anxiety|migraines?|insomnia)"
        r"|detox\w*|toxins?|cures?|heals (?:the|your|any|all|every|deep)"
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
    modest=any_of("perhaps|maybe|might|possibly"),
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
    force=any_of(
        r"(?:brutal(?:ly)?|merciless(?:ly)?|violent(?:ly)?|mash(?:es)?)|as (?:hard|firmly|strongly"
        r"|forcefully) as (?:you|your|they|it)"
        r" (?:can|allows?|possibly|manage|will|are able|could)|(?:hurting|pain|soreness) (?:means|heals|helps)"
        r"|(?:although|even"
        r" though|while) it (?:is painful|hurts)|so (?:firmly|hard|strongly) that|(?:should|must|will) be sore"
        r"|hurts? to (?:help|work|heal)"
        r"|"
        r"everything you(?:['’]ve| have) got|press (?:\w+ ){0,3}(?:whole|full|entire) (?:body ?)?weight|(?:whole"
        r"|full|entire) body ?weight"
        r"|the more it hurts|(?:if|when) it hurts,? (?:you|keep|do not)|(?:do not|don['’]t|never) stop (?:when|if"
        r"|because) it"
        r" hurts|bruises? (?:is|are) (?:a )?(?:normal|fine|good)|through (?:the |any |your )?pain|past (?:the "
        r"|your )?pain"
        r"|into the pain|(?:tolerate|stand|take|suffer|bear) (?:the |that |any )?pain|(?:and|to) bear it"
        r"|bite your teeth"
        r"|(?:crank|jerk|yank|wrench)|pain (?:\w+ ){0,3}(?:is|as) (?:a |your )?(?:good|friend)|only works if it hurts"
        r"|until (?:it is|it['’]s|it gets) painful|until you (?:cannot|can['’]t) (?:bear|stand|take)"
        r"|as much (?:pressure|force"
        r"|strength) as (?:you can|possible)|all (?:of )?your strength|no mercy|harder and harder|normal that (?:it"
        r"|this) hurts"
        r"|"
        r"(?:as (?:hard|firmly|strongly|deeply|forcefully|tightly)|with as much (?:force|pressure"
        r"|strength)) as (?:you (?:can|are able|possibly can)|possible)(?! with ease)|with (?:all"
        r"|full) (?:of )?(?:your )?(?:might"
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
        rf"(?:wean (?:yourself )?off|in place of|takes? the place of|no need (?:for|of|to see)|needs? no|leave out"
        rf"|leave off"
        rf"|leave|stop taking|stop|skip|do without|works? without|throw|throw away|flush|quit|why take"
        rf"|save yourself the trip to|come off|replace|replaces"
        rf"|put away|forget"
        rf"|cancel|reduce|lower|halve|instead of|rather than|better than|as good as|(?:do not|don['’]t|no longer"
        rf"|won['’]t"
        rf"|will not) (?:need|see)) {_BUT_IF}{{0,3}}{_MEDICINE}(?: unnecessary| needless| out| off| away| behind)?",
        rf"(?:makes?|made) {_BUT_IF}{{0,2}}(?:{_MEDICINE}|surgery) (?:unnecessary|needless|superfluous)",
        rf"{_MEDICINE} (?:can|may) (?:stay in|wait|be left)|doctors only want|cancel (?:the|your) appointment",
    ),
    held_breath=any_of(
        r"hold in (?:the|your) breath|breathing for|block your nose|"
        r"(?:hold|holding|keep|keeping) (?:your|the|this|that) breath|breath (?:is )?held|without (?:breathing"
        r"|a breath)|do not breathe|don['’]t breathe|breath[- ]hold\w*|hold it|retention|stop breathing|without air"
        r"|(?:breathe|exhale|inhale)\w* (?:\w+,? ){0,3}?(?:and|then) (?:\w+ )?hold|lungs empty|empty your lungs"
        r"|(?:stay|stays|remain) empty"
        r"|(?:hold|keep) the air in"
    ),
    still_breathing=any_of(r"keep breathing|breathe on|and breathe|go on breathing|breath (?:goes|flows) on"),
    breathless=any_of(
        r"(?:lungs|breath|air) (?:\w+ )?(?:for )?(?:as|so) long as (?:you can|possible)|until you (?:feel|are"
        r"|get) dizzy"
        r"|(?:fast|rapid|quick) breaths,? (?:\w+,? ){0,2}(?:a )?(?:hundred|[3-9][0-9]|thirty|forty|fifty|sixty)"
        r"|(?:a )?hundred (?:\w+ )?(?:fast|rapid|quick|forceful) breaths|"
        r"hold (?:your|the) breath (?:for )?(?:as|so) long as (?:you can|you are able|possible)|until you (?:have to"
        r"|must|need to) gasp|(?:breathe|breathing) (?:\w+ )?(?:as|so) (?:fast|hard|quickly|rapidly"
        r"|forcefully) as (?:you can|possible)|breathe (?:\w+ ){0,5}(?:fast|quickly|rapidly) as (?:you can"
        r"|possible)|hyperventilat\w+|(?:breathe|breathing) (?:fast|rapidly|quickly"
        r"|hard) for|pant (?:like|for|hard|fast)|keep breathing fast|(?:pinch|hold"
        r"|press) (?:your )?nose and (?:your )?mouth|ignore (?:the |any )?(?:dizziness|light-?headedness)"
        r"|until you (?:nearly |almost )?(?:faint|pass out|black out)"
    ),
    fast_breaths=Pattern(
        rf"\b(?P<number>{NUMBER}) (?:\w+ ){{0,2}}?(?:fast|quick|rapid|hard|strong|forceful|powerful|sharp|vigorous"
        rf"|violent)"
        r"(?:,? \w+)? (?:breaths|exhales|inhales|exhalations|inhalations)\b",
    ),
    fast=any_of(r"fast|rapidly|quickly|forcefully|hard"),
    dizzy=any_of(
        r"everything spins|dizzy|dizziness|light-?headed\w*|faint|woozy|head (?:spins|swims)"
        r"|vision (?:narrows|goes)|tingl\w+"
    ),
    carry_on=any_of(
        r"(?:keep|go|carry|push|press|breathe|move) (?:going|on|breathing|pushing|at it)|continue|persist|(?:do not"
        r"|don['’]t|never) (?:stop|give up|worry)|ignore it|stay with it|push through|just a sign|is working"
        r"|is fine|go on"
        r"|no reason to stop"
    ),
    relief=any_of(
        r"stop|pause|rest|normal\w*|usual|natural\w*|as you like|open your eyes|sit down|lie down|slow\w*"
        r"|without holding|gentl\w+|ease|easier|less|let go|skip|leave"
    ),
    preparation=any_of(
        "clean|cleansed?|wash(?:ed)?|rinsed?|oils?|oily|cream|balm|serum|lotion|moisturi[sz]er|bare skin|dry hands"
    ),
    driving=any_of("driv(?:e|es|ing|er)|wheel|car|traffic|machinery|machines?|vehicle"),
    lying=any_of("lie (?:down|on|back|flat|comfortably)|lying|in (?:your )?bed|your bed|pillow|mattress"),
    sitting=any_of("(?:sit|sitting)(?! up)|seat|seated|chair|(?<!feet )(?<!soles )(?:stand|standing)(?! up)"),
    letting=any_of(
        "stays? free|let|lets|letting|feel|feels|feeling|keep|keeping|notice|relax|relaxing|soften|softens|open"
        "|opens|breathe"
        "|breathing|so that|while|until|sense|lift|swallow"
    ),
    neck=any_of("neck|throat"),
    neck_front=any_of(
        "(?<!in )front of (?:the|your) (?:neck|throat)|(?:neck|throat) from the front"
        r"|(?<=squeeze )(?:your|the) neck|(?<=pinch )(?:your|the) neck|(?<=grip )(?:your|the) neck"
        r"|(?<!front of )(?<!front of the )(?<!front of your )throat|windpipe|adam['’]s apple|larynx|thyroid"
    ),
    neck_side=any_of(
        "sides? of (?:the|your) (?:neck|throat)|carotid|(?:the )?pulse (?:below|under|in|at|beats|beat)"
        "|(?:the )?artery|heartbeat in the neck|beside the (?:throat|windpipe)|(?:your|the) neck from the side"
        "|sideways into (?:the|your) neck"
    ),
    neck_both=any_of(
        r"both (?:sides|carotid\w*)(?: \w+){0,3} (?:neck|throat|arteries)|both carotid\w*",
        r"(?:neck|throat)(?:,? \w+){0,5},? (?:both sides|left and (?:on the )?right|one on each side"
        r"|from left and right)",
        r"(?:both sides|left and right)(?:,? \w+){0,3} (?:neck|throat|windpipe)",
    ),
    firm=any_of(r"deeply|lean your|firmly|hard|strongly|grip|grips"),
    eye_press=any_of(
        f"(?:press|push|squeeze|knead|dig|massage|pressure) {DOING}{WITH_HANDS}(?:on|onto|into|against"
        f"|upon|over|in on|to) {EYES}",
        f"(?:press|push|knead|dig|massage) {DOING}{EYES}{NO_SHUTTING}",
        rf"squeeze {DOING}{EYES}{NO_SHUTTING} (?:\w+ ){{0,2}}(?:with|between) (?:\w+ ){{0,3}}(?:{HAND})",
    ),
    eye_rub=any_of(f"rub {DOING}(?:{WITH_HANDS}(?:on|over|against) )?{YOUR}(?:eyeballs?|eyelids?|eyes)"),
    nostril=any_of(
        "alternate[- ]nostril"
        "|(?:close|closing|block|cover|pinch|shut|seal) (?:off )?(?:the |your )?(?:left|right|one|other|first"
        "|second|opposite) nostril"
        "|nadi shodhana"
    ),
)
