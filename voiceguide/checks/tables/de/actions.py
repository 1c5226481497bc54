"""How sentences are put, what hands are told to do, and what a session is called."""

from __future__ import annotations

from voiceguide.checks.tables.de.terms import BODY, FACE, HAND, YOU, verbs
from voiceguide.checks.words import Pattern, Words, any_of

WORDS = Words(
    clause_break=Pattern(r"[,;:–—]|\b(?:und dann|und|dann|oder|aber)\b"),
    lead_in=Pattern(
        r"\s*(?:jetzt|nun|dann|zuerst|zunächst|danach|anschließend|schließlich|wieder|noch einmal|bitte|einfach|auch"
        r"|langsam|sanft|leicht|vorsichtig|behutsam|ruhig|ganz|sehr|als nächstes|zum schluss"
        rf"|mit(?: (?:den|dem|der|deinen|deiner|ihren|ihrer|beiden|zwei|drei|flachen|flacher|weichen|warmen|etwas"
        rf"|leichtem|sanftem|wenig|rechten|linken|rechter|linker|einem|einer|der spitze|{HAND}|druck))+"
        r"|(?:beim|mit dem|mit jedem) (?:nächsten )?(?:ausatmen|einatmen|atemzug)"
        r"|von (?:der|den|dem|deiner|deinen|deinem)(?: \w+){1,2})(?=\s|$)",
    ),
    denial=any_of(r"nie|niemals|nicht|nichts|keine?[nrsm]?|ohne|weder|statt|anstatt|vermeide\w*|niemand|kaum"),
    condition=any_of("wenn|falls|sobald|sofern|sollte|solltest|sollten"),
    overview=any_of(
        "jedes mal|wir werden|du wirst|sie werden|später|immer|jederzeit|die ganze zeit|von nun an|in dieser"
        " (?:sitzung|übung|massage)|gleich"
    ),
    work=any_of(
        verbs(
            "drück|press|streich|gleit|kreis|knet|tipp|klopf|zupf|kneif|reib|verreib|massier|roll|glätt|zieh|schieb"
            "|wisch"
            "|bürst|fahr|führ|trommel|trommle|tätschel|tätschle|zeichn|mal|arbeit|schab|vibrier|kämm"
        )
    ),
    place=any_of(verbs("leg|setz|bring|platzier|heb|senk|ruh|beweg|führ|schließ|umfass|stütz|nimm|nehm")),
    fetch=any_of(verbs("nimm|nehm|wärm|erwärm|gieß|gib|geb|verteil|verreib|tropf|trag|reib|hol|gib|massier")),
    take_up=any_of(verbs("nimm|nehm|greif|ergreif|hol|benutz|verwend")),
    stretch=any_of(
        verbs(
            "dreh|neig|lehn|beug|reck|streck|heb|roll|dehn|zieh|senk|kreis|wend|schieb|drück|press|falt|öffn|schüttel"
            "|schüttle|spann|ball|schwing|steig|lass|kipp|heb"
        )
        + r"|schau(?:e|en|t)?(?: sie)?(?= über)"
    ),
    no_action=Pattern(
        rf"\w+{YOU} (?:auf )?(?:play|pause|start|stopp?)\b"
        rf"|\w+{YOU} (?:\w+ ){{0,2}}(?:atem\w*|luft)\b"
        rf"|(?:nimm|nehmt?|nehmen){YOU} (?:\w+ ){{0,3}}(?:zeit|platz|wahr|raum)\b"
        r"|(?:leg|setz|stell)\w* (?:dich|sie sich|euch|uns)\b"
        rf"|(?:bring|richt|lenk|führ|leg|beweg)\w*{YOU} (?:\w+ ){{0,2}}(?:aufmerksamkeit|blick|bewusstsein|gedanken)\b"
        rf"|(?:drück|press|leg|neig|senk|dreh|roll|zieh|heb|beweg|schieb|lass)\w*{YOU} (?:den|deinen|dein|das|die"
        r"|deine|ihren|ihr|ihre|beide) (?:kopf|hinterkopf|kinn|nacken|lippen|kiefer|schultern?|gesicht|zunge|zähne"
        r"|füße|fersen|beine|rücken)\b(?! mit)"
        r"|(?:mach|mal)\w* (?:es )?(?:dir|euch|sich)\b",
    ),
    bare_place=Pattern(
        rf"\s*(?:\w+ ){{0,3}}?(?:{HAND}) (?:auf|an|unter|neben|zwischen|über|in|hinter|zu|zur|zum|ans|aufs)\b",
    ),
    topic=any_of(r"\w*massagen?|gua sha|akupressur|lymph\w*"),
    exercise=any_of(
        r"yoga(?! nidra)|pilates|workouts?|gymnastik|stretching|dehnübungen|dehnen|kraftübungen|tabata|tai chi"
        r"|qi ?gong|kniebeugen?|liegestützen?|ausfallschritte?|sit-?ups?|burpees?|hampelmänner|hampelmann|planks?"
        r"|unterarmstütz|herabschauende[rn]? hund|krieger|katze-kuh|kobra|sonnengruß|kindhaltung|haltung des kindes"
        r"|wiederholungen"
    ),
    move=any_of(
        rf"(?:beug|streck|heb|dreh|neig|kreis|schwing|senk|dehn|roll|zieh|reck|öffn)\w*{YOU} (?:die|den|das|deine[n]?"
        rf"|dein|ihre[n]?|ihr|beide|ein|einen)(?: (?:linke|rechte|vordere|hintere|andere|obere)[nsr]?)? (?:{BODY})",
        r"mach\w* (?:\w+ )?(?:einen )?(?:großen )?schritt|steh\w* auf|spring\w*|marschier\w*|lauf\w* auf der stelle"
        r"|in den vierfüßlerstand|vierfüßlerstand|beug\w* dich (?:nach )?(?:vor|vorn|vorne)|schau\w* über (?:die|deine)"
        r" (?:linke |rechte )?schulter",
    ),
    night=any_of(r"schlaf|schlafen\w*|einschlaf\w*|durchschlaf\w*|gute nacht|nacht|bettzeit|zur nacht|schlafenszeit"),
    good_night=any_of(
        r"schlaf\w* (?:gut|schön)|gute nacht|süße träume|gleit\w* (?:\w+ ){0,2}in den schlaf|schlaf\w* ein"
    ),
    breathing=any_of(r"atem\w*|atmen|atmung|\w+atmung|pranayama"),
    pressing=any_of(r"drück\w*|press\w*|quetsch\w*|knet\w*|kneif\w*|zwick\w*|druck|akupressur|bohr\w*|schieb\w*"),
    hand=any_of(HAND),
    them=any_of("(?-i:sie)|beide|je eine"),
    face=any_of(FACE),
    body=any_of(BODY),
    oil=any_of(r"öl|öls|\w+öl|creme|balsam|serum|lotion|feuchtigkeitscreme"),
    tool=any_of("gua sha|stein|roller|tuch|handtuch|löffel|bürste|ball|gurt|band"),
    attention=any_of(r"aufmerksamkeit|bewusstsein|fokus|blick|gedanken?|atem\w*|lächeln|wärme|gefühl"),
    number_of=Pattern(r"\s*(?:nummer|nr\.?) \w+"),
)
