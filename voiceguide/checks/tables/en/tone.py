"""The tone of a voice, what wakes, and what is promised."""

from __future__ import annotations

from voiceguide.checks.words import Pattern, Words, any_of

_SOUND = (
    r"(?:(?:low|soft|little|small|deep|quiet|singing|rising|falling|next|last|first|second|final|gentle|clear) )?"
    r"(?:chimes?|bells?|gongs?|bowls?(?! of)|tones?(?! of))"
)

WORDS = Words(
    commanding=any_of(
        r"stop (?:fidgeting|moving|talking|thinking)|whether you like it or not|i said|do not even think"
        r"|don['’]t even think",
        r"(?<!nothing )(?<!whatever )(?<!think )(?<!what )you must(?! not do)|(?<!that )you have to(?! (?:do|cough))"
        r"|you['’]ve got to|you need to obey|obey\w*|do (?:exactly |just )?(?:as|what) i (?:say|tell)",
        r"i (?:want|order|command|expect) you to|that['’]s an order|no (?:talking|cheating|excuses|breaks|moving"
        r"|complaining|whining)|without question|not allowed to|is forbidden|under no circumstances",
        r"(?:move|stop|press|go|hold|release) (?:it |that |this )?(?:immediately|at once)|immediately|hurry up"
        r"|try harder|harder, (?:come on|go)|don['’]t be (?:lazy|weak|silly)|don['’]t you dare|shut up|pay attention"
        r"|concentrate(?=[.!])|you (?:can|could) do better|you had better|you['’]d better|doing it wrong"
        r"|i will (?:only )?say this (?:only )?once|only once, so|make no mistake|do it properly",
        r"(?:faster|quicker|harder|deeper|higher|stronger)! (?:faster|quicker|harder|deeper|higher|stronger)",
        r"(?:relax|press|stop|move|breathe|hold|sit|lie|sleep)!(?= now| i )",
    ),
    commanding_alone=Pattern(
        r"(?:^|\s)(?:(?:don['’]t|do not) move!|quick(?:ly)?, to\b|(?:faster|quicker|harder|stronger)!"
        r"|(?:relax|concentrate|obey|attention)!|stop that at once\b|wrong\. |(?:silence|quiet|focus)!|[^?]*, now!)",
    ),
    phase=any_of("in|out|inhale|exhale|hold|rest|pause|breathe (?:in|out)|and (?:in|out)"),
    waking=any_of(
        r"(?:open|opening) (?:your |the |both )?eyes|eyes (?:\w+ )?open|wak(?:e|es|ing) up|wake (?:your|the)|awake\w*"
        r"|wakefulness|alert|refreshed|full of energy|(?:your|the) day ahead|start (?:your|the) day",
        r"come back (?:to (?:the|your) (?:room|day|world|senses)|to (?:wakefulness|yourself)|into|gently|slowly|now"
        r"|here)"
        r"|come(?:s)? back(?=[.,!]|$)|bring (?:\w+ ){0,3}back to the room",
        r"open both eyes|sit upright|shake out|time to rise|(?<!to )rise(?:=[.,])|greet the|get moving|move again"
        r"|edge of the bed"
        r"|return to (?:the|your) (?:room|day|world)|sit up|get up|stand up|out of bed|roll to (?:one|your) side"
        r"|(?<!the )stretch(?! is)|yawn|blink|wiggle|clap your|rub your eyes|look around|move your (?:hands|fingers"
        r"|toes"
        r"|feet)|bring movement",
        r"(?:turn|switch) (?:off|on) the (?:light|lamp)|(?:press|push) (?:stop|play|pause)|put (?:the|your) phone"
        r"|your phone(?! is)(?! is)|write down|brush your|drink a|subscribe|review|nice day|(?:wonderful|lovely"
        r"|good|great|nice) day",
    ),
    sleeps_on=any_of(
        r"tomorrow|morning|can wait|nobody|need not|no need|until then|by itself|if|even|stay|not|nothing|never"
        r"|no one|without"
    ),
    promised=any_of(
        rf"(?:until|till|before|when|once|as soon as|after|at|on|with|each time|every time|whenever|listen (?:for|to)"
        rf"|wait for|hear|follow|by|let)(?: \w+){{0,4}}? {_SOUND}",
        rf"{_SOUND}(?: \w+)? (?:will|tells?|ends?|marks?|rings?|sounds?|calls?|guides?|brings?|strikes?|goes|means?"
        r"|is the sign|leads?|announces?|lets?|counts?|closes?|begins?|comes?)",
        rf"(?:ring|strike|sound|get|another|each|every|one more) (?:a |the )?{_SOUND}",
        r"strokes? of the gong",
    ),
    not_promised=any_of(
        r"if|imagin\w*|remember|far away|as a|muscle tone|tone of|clear as|ring finger|has rung|has sounded, |was the"
        r"|there is no|fill |memory|outside|in your mind|like a|made? of|form\w*|make a|hands?,|bowls? over"
    ),
)
