"""Sides of the body, closed eyes, and words that point."""

from __future__ import annotations

from voiceguide.checks.tables.de.terms import HAND, NO_LANDMARK, YOU, YOUR, one_side, verbs
from voiceguide.checks.words import Words, any_of

WORDS = Words(
    sides={"left": any_of(one_side("link")), "right": any_of(one_side("recht"))},
    both_sides=any_of(
        r"links (?:und|oder|dann) rechts|rechts (?:und|oder|dann) links|beide[nrs]?|beidseits|jeder seite|jede seite"
        r"|links, dann rechts|rechts, dann links|von seite zu seite|hin und her|jeweils"
    ),
    both_hands=any_of(rf"beide[n]? (?:{HAND})"),
    other_side=any_of(
        r"ander(?:e|en|es|er) (?:seite|wange|ohr|schläfe|schulter|arm|bein|hüfte|fuß|knie|hälfte|gesichtshälfte|hand)"
        r"|(?:seite|seiten|arme?|beine?|füße|hände) (?:wechseln|tauschen)|wechs\w* (?:\w+ )?(?:die |das |den )?(?:seite"
        r"|seiten|bein|beine|arm|arme|füße|hände)|seitenwechsel|beide[n]? seiten|gegenüberliegende[n]? seite|eine seite"
        r"|(?:dasselbe|das gleiche|genauso|ebenso) (?:\w+ ){0,2}(?:links|rechts|mit|auf|am|an)"
    ),
    eyes_close=any_of(
        rf"(?:schließ|verschließ)(?:e|en|t|st)?{YOU} (?:\w+ )?{YOUR}augen",
        r"(?:lass|lasse|lassen|lasst)(?: sie| nun| jetzt)* (?:die|deine|ihre) augen (?:\w+ )?(?:zufallen|zugehen|zu)",
        r"augen (?:sind |bleiben |nun |jetzt |sanft |ganz )*(?:geschlossen|schließen|zu)",
        r"mach\w* (?:\w+ )?(?:die|deine) augen zu",
    ),
    eyes_open=any_of(
        rf"öffn(?:e|en|et|est){YOU} (?:\w+ )*{YOUR}augen|augen (?:\w+ ){{0,2}}(?:öffnen|aufmachen|aufgehen|auf|offen)"
        r"|mach\w* (?:\w+ )?(?:die|deine) augen (?:\w+ )?auf"
    ),
    picture=any_of(
        r"wie (?:gezeigt|abgebildet|dargestellt)|(?:im|in den|in einem|in deinen) (?:spiegel|video|diagramm)"
        r"|(?:auf|an) (?:dem|den|deinem|deinen|ihrem) (?:bildschirm|display|bild|foto|monitor)|oben gezeigt\w*"
    ),
    looking=any_of(
        r"(?:schau|guck|blick)(?:e|en|t|st)?(?: (?:sie|du|dir|sich|euch|nun|jetzt|bitte|genau|mal|kurz))* (?:auf|an|in"
        r"|nach|zu|zur|zum|über|hinauf|hinunter|hinüber|umher|um|her|hin|hier|deine[nr]?|ihre[nr]?|die|den|das)",
        r"(?:sieh|sehen sie|seht) (?:dir |sich |euch )?(?:\w+ )?(?:an|auf|hin|die|den|das|deine[n]?|ihre[n]?|wie|wo)",
        r"(?:du kannst|sie können|du wirst|sie werden|kannst du|können sie) (?:\w+ ){0,4}sehen(?!,? (?:dass|ob))",
        r"(?:siehst du|sehen sie), (?:wie|wo)",
        rf"(?:betrachte|betrachten sie|beobachte|beobachten sie|beobachtet) (?:\w+ )?(?:{HAND})",
        rf"{verbs('mach|beweg|streich|drück|kreis|führ')} (?:\w+ ){{0,4}}so(?=[.,;:!]|$)",
    ),
    inner_looking=any_of(
        r"stell(?:e|en|t)? (?:dir|sie sich|euch)|vorstell\w*|inner\w*|innen|als ob|als wär\w*|wie ein\w*|arzt|ärztin"
        r"|atem\w*|gedanken?|gefühle?|empfindung\w*|dunkel\w*|hinter (?:den|deinen|ihren) (?:lidern|augen)|traum\w*"
        r"|träum\w*|erinnerung\w*|geist\w*|herz\w*|wellen?|wolken?|himmel|sternen?|mond|meer|see|horizont|fluss|bach"
        r"|blättern?|schnee|bauch\w*|brust\w*|kommt und geht|kommen und gehen|hebt und senkt|heben und senken|zurück"
        r"|(?:spür|fühl|anfühl)\w*|schultern?|voraus|nach dir selbst"
    ),
    scene=any_of(
        r"stell(?:e|en|t)? (?:dir|sie sich|euch)|vorstell\w*|mal(?:e|en|t)? (?:dir|sie sich)|inneren? augen?|traumreise"
        r"|fantasiereise|träum\w*|in (?:gedanken|deiner vorstellung|deiner fantasie|ihrer vorstellung)",
        r"(?:du|sie) (?:bist|sind|stehst|stehen|gehst|gehen|sitzt|sitzen|liegst|liegen|schwebst|schweben|läufst|laufen"
        r"|wanderst|wandern|treibst|treiben) (?:\w+ ){0,2}(?:auf|in|an|am|im|durch|über|unter|neben|vor) (?:eine[mrn]?"
        r"|einer) ",
        r"vor (?:dir|ihnen) (?:liegt|ist|steht|erscheint|breitet|siehst|sehen)|lass\w* (?:\w+ ){0,5}(?:entstehen"
        r"|auftauchen|erscheinen)|siehst du vor dir|sieh (?:eine?n?|dich)",
    ),
    device_touch=any_of(
        rf"(?:tipp|drück|berühr|klick|wisch)(?:e|en|t|st)?{YOU} (?:(?:auf|den|die|das|dein|deinen|über|am|an|der|dem"
        rf"|deinem) )*(?:bildschirm|display|knopf|taste|handy|telefon|gerät|app|pausentaste|pauseknopf|startknopf"
        rf"|starttaste|play|pause|stopp?)\b(?! (?:des|vom|von))"
    ),
    device_use=any_of(
        rf"(?:stopp|halt|pausier|unterbrich|unterbrech|spul|schalt|stell|dreh|nimm|nehm|greif|wiederhol|überspring"
        rf"|entsperr|prüf|öffn)\w*{YOU} (?:(?:die|das|den|dein|deine|deinen|ihr|ihre|zum|nach|am|diese|dem) )*"
        rf"(?:aufnahme|audio|audiodatei|datei|video|app|handy|telefon|lautstärke|timer|gerät|tablet|player|titel)\b"
        rf"(?! (?:weg|aus|stumm|lautlos|beiseite|auf lautlos|auf stumm|zur seite|in den|in die|vom|von|der|des|deiner"
        rf"|deines))"
    ),
    vague=any_of(
        r"(?<!von )(?<!noch )(?<!bleib )(?<!bleibe )(?:genau |direkt )?hier(?! (?:und|ist|sind|kommt|bin|bist|sein)\b)"
        + NO_LANDMARK,
        r"(?:genau |direkt )(?:da|dort)" + NO_LANDMARK,
        r"(?:diese[rnm]?|dies|jene[rn]?) (?:stelle|punkt|bereich|platz|region)(?=[.,;:!]|$| und\b| mit\b| für\b)"
        + NO_LANDMARK,
    ),
)
