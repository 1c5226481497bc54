"""The tone of a voice, what wakes, and what is promised."""

from __future__ import annotations

from voiceguide.checks.words import Pattern, Words, any_of

_SOUND = (
    r"(?:(?:leiser?|tiefe[rn]?|kleine[rn]?|steigende[rn]?|fallende[rn]?) )?"
    r"(?:klangschalen?|schale|glocken?|gongs?|klang|töne|tons?)"
)

WORDS = Words(
    commanding=any_of(
        r"du musst (?!nichts|nicht|gar)|gib dir (?:\w+ )?mühe|sie müssen (?!nichts|nicht)|tu(?:n sie)? (?:genau"
        r"|sofort)?,? ?was ich"
        r"|gehorch\w*",
        r"du darfst (?:\w+ ){0,4}nicht|streng dich|keine ausreden|beeil dich|reiß dich zusammen|das ist ein befehl"
        r"|ich will"
        r",? dass du|los jetzt|ohne widerrede|auf keinen fall",
        r"(?:schneller|fester|tiefer|härter)! (?:schneller|fester|tiefer|härter)",
    ),
    commanding_alone=Pattern(
        r"(?:^|\s)(?:sofort (?:\w+)!|nicht (?:bewegen|reden|sprechen)!|(?:schneller|fester|härter|ruhe jetzt)!"
        r"|(?:konzentrier dich|entspann dich|aufpassen|achtung)!|falsch\. )",
    ),
    phase=any_of("ein|aus|einatmen|ausatmen|halten|pause|und (?:ein|aus)|atme (?:ein|aus)"),
    waking=any_of(
        r"mach\w* die augen auf|setz\w* dich (?:an|auf)|an den bettrand|im raum an|öffn\w* (?:\w+ ){0,2}augen"
        r"|augen (?:auf|öffnen)|wach\w* (?:\w+ )?auf|aufwach\w*|hellwach|erfrischt|munter"
        r"|komm\w* (?:\w+ )?zurück(?! zu[mr]? (?:atem|ruhe))|zurückzukommen|setz\w* dich (?:\w+ )?auf|setz\w* dich auf"
        r"|steh\w* (?:\w+ )?auf|aufzustehen|(?:reck|streck)\w* (?:und streck )?dich|reck und"
        r"|beweg\w* (?:\w+ ){0,2}(?:finger"
        r"|zehen|hände|füße)|gähn\w*|licht aus|handy|schönen tag|guten morgen"
    ),
    sleeps_on=any_of(r"morgen|nicht|nichts|wenn|auch|bis dahin|kein\w*|von selbst|nie"),
    promised=any_of(
        rf"(?:bis|wenn|sobald|nach|bei|beim|jedes mal|wart\w* auf|hör\w*|lausch\w*)(?: \w+){{0,4}}? {_SOUND}",
        rf"{_SOUND}(?: \w+)? (?:sagt|beendet|beenden|ruft|rufen|klingt|klingen|ertönt|markiert|zeigt|bringt|führt|heißt"
        r"|bedeutet|leitet)",
    ),
    not_promised=any_of(
        r"falls|stell\w* (?:dir|ihnen|sie sich)|vorstell\w*|erinner\w*|draußen|wie eine|keine\w*|form\w*"
        r"|klang der (?:wellen"
        r"|stimme|stille)|war das|war der|tonfall"
    ),
)
