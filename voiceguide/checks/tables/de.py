"""German, as guidance is spoken in it: to a listener as 'du' or 'Sie', and as 'wir'."""

from __future__ import annotations

import re

from voiceguide.checks.words import Words, any_of

_DIGITS = "ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun"
_ONES = "null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
_TEENS = "dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn"
_TENS = "zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig"
_NUMBERS = {word: number for number, word in enumerate(f"{_ONES}|{_TEENS}".split("|"))}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS.split("|"), 2)}
_NUMBERS |= {
    f"{one}und{ten}": 10 * tens + number
    for tens, ten in enumerate(_TENS.split("|"), 2)
    for number, one in enumerate(_DIGITS.split("|"), 1)
}
_NUMBERS |= dict.fromkeys(("ein", "eine", "einen", "einem", "einer"), 1) | {"zwo": 2, "hundert": 100}
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBERS = {word.casefold(): number for word, number in _NUMBERS.items()}
_NUMBER = rf"(?:[0-9]{{1,4}}|{_WORDS})"
_UNITS = {
    **dict.fromkeys(("sekunde", "sekunden", "sek"), 1),
    **dict.fromkeys(("minute", "minuten", "min", "minütige", "minütiger", "minütiges", "minütigen"), 60),
    **dict.fromkeys(("stunde", "stunden"), 3600),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))

_HAND = (
    r"hand|hände|händen|handflächen?|handballen|handrücken|handkanten?|finger|fingern|fingerspitzen?"
    r"|fingerkuppen?|fingerknöcheln?|daumen|zeigefingern?|mittelfingern?|ringfingern?|faust|fäusten?"
)
_FACE = (
    r"gesichts?|gesichtshälften?|stirn|brauen?|augenbrauen?|schläfen?|wangen?|wangenknochen|backen|kiefers?"
    r"|unterkiefers?|kiefergelenke?n?|kaumuskeln?|kinns?|nase|nasenflügeln?|nasenrücken|nasenlöchern?|lippen?"
    r"|mund|mundwinkeln?|augenhöhlen?|lider|lidern|augenlidern?|ohr|ohren|ohrläppchen|kopfhaut|haaransatz"
    r"|hals|halses|nacken|nackens|kehle|schlüsselbeine?n?|schädels?|schädelrand"
)
_BODY = (
    r"schultern?|schulterblatt|schulterblättern?|arm|arme|armen|oberarme?n?|unterarme?n?|ellbogen|handgelenke?n?"
    r"|bein|beine|beinen|oberschenkeln?|unterschenkeln?|knie|knien|waden?|schienbeine?n?|knöcheln?|fuß|fußes|füße"
    r"|füßen|fußsohlen?|zehen?|fersen?|hüften?|po|gesäß|becken|rücken|rückens|wirbelsäule|brust|brustkorb|rippen"
    r"|bauch|bauches|taille|kopf|kopfes|auge|augen|schoß|oberkörpers?|rumpf"
)
_SIDED = rf"(?:{_FACE}|{_BODY})"
_YOU = r"(?: (?:du|dir|dich|sie|sich|ihr|euch|wir|uns|nun|jetzt|bitte|dann|dabei|einfach))*"
_YOUR = r"(?:(?:die|den|dem|der|das|deine[nmrs]?|dein|ihre[nmrs]?|ihr|beide[nr]?|geschlossenen?|unsere[n]?) )*"
_SOFTLY = (
    r"(?:(?:sanft|leicht|fest|vorsichtig|langsam|behutsam|kräftig|ganz|sehr|zart|weich|ruhig|erneut|noch einmal) )*"
)
_NO_LANDMARK = (
    r"(?!,? (?:unter|über|neben|zwischen|hinter|an|am|auf|im|in|bei|wo|vor|entlang|oberhalb|unterhalb|direkt|gleich) )"
)
_EYES = r"(?:augäpfel|augapfel|augenlider|lider|augen)"


def _verbs(stems: str) -> str:
    """The forms in which a verb can begin a clause: 'drück', 'drücke', 'drückst du', 'drücken Sie'."""
    return rf"(?:{stems})(?:e|st|est|en|t|et)?{_YOU}"


def _side(ending: str) -> str:
    """A part of the body on that side, its half of a part, or the side alone when it is named as what comes."""
    return (
        rf"{ending}(?:e|en|er|es|em) (?:(?!{_HAND})\w+ )?(?:{_SIDED})"
        rf"|{ending}(?:e|en) (?:seite|hälfte) (?:der|des|deines|deiner|ihres|ihrer) (?:{_SIDED})"
        rf"|(?:{_SIDED}) (?:auf der )?{ending}(?:s|en seite)(?! und)(?! (?:{_HAND}))"
        rf"|(?<!auf der )(?<!auf die )(?<!auf deine )(?<!auf deiner )(?:die|der|zur|deine|ihre) {ending}(?:e|en) \w*"
        rf"(?:seite|hälfte)"
        rf"|(?:dann|nun|jetzt|kommt|folgt)(?: kommt| folgt| ist)? (?:die )?{ending}(?:e|s)(?: dran)?(?=[.,;:!]|$)"
    )


WORDS = Words(
    clause_break=re.compile(r"[,;:–—]|\b(?:und dann|und|dann|oder|aber)\b", re.IGNORECASE),
    lead_in=re.compile(
        r"\s*(?:jetzt|nun|dann|zuerst|zunächst|danach|anschließend|schließlich|wieder|noch einmal|bitte|einfach|auch"
        r"|langsam|sanft|leicht|vorsichtig|behutsam|ruhig|ganz|sehr|als nächstes|zum schluss"
        rf"|mit(?: (?:den|dem|der|deinen|deiner|ihren|ihrer|beiden|zwei|drei|flachen|flacher|weichen|warmen|etwas"
        rf"|leichtem|sanftem|wenig|rechten|linken|rechter|linker|einem|einer|der spitze|{_HAND}|druck))+"
        r"|(?:beim|mit dem|mit jedem) (?:nächsten )?(?:ausatmen|einatmen|atemzug)"
        r"|von (?:der|den|dem|deiner|deinen|deinem)(?: \w+){1,2})(?=\s|$)",
        re.IGNORECASE,
    ),
    denial=any_of(r"nie|niemals|nicht|nichts|keine?[nrsm]?|ohne|weder|statt|anstatt|vermeide\w*|niemand|kaum"),
    condition=any_of("wenn|falls|sobald|sofern|sollte|solltest|sollten"),
    overview=any_of(
        "jedes mal|wir werden|du wirst|sie werden|später|immer|jederzeit|die ganze zeit|von nun an|in dieser"
        " (?:sitzung|übung|massage)|gleich"
    ),
    work=any_of(
        _verbs(
            "drück|press|streich|gleit|kreis|knet|tipp|klopf|zupf|kneif|reib|verreib|massier|roll|glätt|zieh|schieb|wisch"
            "|bürst|fahr|führ|trommel|trommle|tätschel|tätschle|zeichn|mal|arbeit|schab|vibrier|kämm"
        )
    ),
    place=any_of(_verbs("leg|setz|bring|platzier|heb|senk|ruh|beweg|führ|schließ|umfass|stütz|nimm|nehm")),
    fetch=any_of(_verbs("nimm|nehm|wärm|erwärm|gieß|gib|geb|verteil|verreib|tropf|trag|reib|hol|gib|massier")),
    take_up=any_of(_verbs("nimm|nehm|greif|ergreif|hol|benutz|verwend")),
    stretch=any_of(
        _verbs(
            "dreh|neig|lehn|beug|reck|streck|heb|roll|dehn|zieh|senk|kreis|wend|schieb|drück|press|falt|öffn|schüttel"
            "|schüttle|spann|ball|schwing|steig|lass|kipp|heb"
        )
        + r"|schau(?:e|en|t)?(?: sie)?(?= über)"
    ),
    no_action=re.compile(
        rf"\w+{_YOU} (?:auf )?(?:play|pause|start|stopp?)\b"
        rf"|\w+{_YOU} (?:\w+ ){{0,2}}(?:atem\w*|luft)\b"
        rf"|(?:nimm|nehmt?|nehmen){_YOU} (?:\w+ ){{0,3}}(?:zeit|platz|wahr|raum)\b"
        r"|(?:leg|setz|stell)\w* (?:dich|sie sich|euch|uns)\b"
        rf"|(?:bring|richt|lenk|führ|leg|beweg)\w*{_YOU} (?:\w+ ){{0,2}}(?:aufmerksamkeit|blick|bewusstsein|gedanken)\b"
        rf"|(?:drück|press|leg|neig|senk|dreh|roll|zieh|heb|beweg|schieb|lass)\w*{_YOU} (?:den|deinen|dein|das|die"
        r"|deine|ihren|ihr|ihre|beide) (?:kopf|hinterkopf|kinn|nacken|lippen|kiefer|schultern?|gesicht|zunge|zähne"
        r"|füße|fersen|beine|rücken)\b(?! mit)"
        r"|(?:mach|mal)\w* (?:es )?(?:dir|euch|sich)\b",
        re.IGNORECASE,
    ),
    bare_place=re.compile(
        rf"\s*(?:\w+ ){{0,3}}?(?:{_HAND}) (?:auf|an|unter|neben|zwischen|über|in|hinter|zu|zur|zum|ans|aufs)\b",
        re.IGNORECASE,
    ),
    topic=any_of(r"\w*massagen?|gua sha|akupressur|lymph\w*"),
    exercise=any_of(
        r"yoga(?! nidra)|pilates|workouts?|gymnastik|stretching|dehnübungen|dehnen|kraftübungen|tabata|tai chi"
        r"|qi ?gong|kniebeugen?|liegestützen?|ausfallschritte?|sit-?ups?|burpees?|hampelmänner|hampelmann|planks?"
        r"|unterarmstütz|herabschauende[rn]? hund|krieger|katze-kuh|kobra|sonnengruß|kindhaltung|haltung des kindes"
        r"|wiederholungen"
    ),
    move=any_of(
        rf"(?:beug|streck|heb|dreh|neig|kreis|schwing|senk|dehn|roll|zieh|reck|öffn)\w*{_YOU} (?:die|den|das|deine[n]?"
        rf"|dein|ihre[n]?|ihr|beide|ein|einen)(?: (?:linke|rechte|vordere|hintere|andere|obere)[nsr]?)? (?:{_BODY})",
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
    hand=any_of(_HAND),
    them=any_of("(?-i:sie)|beide|je eine"),
    face=any_of(_FACE),
    body=any_of(_BODY),
    oil=any_of(r"öl|öls|\w+öl|creme|balsam|serum|lotion|feuchtigkeitscreme"),
    tool=any_of("gua sha|stein|roller|tuch|handtuch|löffel|bürste|ball|gurt|band"),
    attention=any_of(r"aufmerksamkeit|bewusstsein|fokus|blick|gedanken?|atem\w*|lächeln|wärme|gefühl"),
    number_of=re.compile(r"\s*(?:nummer|nr\.?) \w+", re.IGNORECASE),
    sides={"left": any_of(_side("link")), "right": any_of(_side("recht"))},
    both_sides=any_of(
        r"links (?:und|oder|dann) rechts|rechts (?:und|oder|dann) links|beide[nrs]?|beidseits|jeder seite|jede seite"
        r"|links, dann rechts|rechts, dann links|von seite zu seite|hin und her|jeweils"
    ),
    both_hands=any_of(rf"beide[n]? (?:{_HAND})"),
    other_side=any_of(
        r"ander(?:e|en|es|er) (?:seite|wange|ohr|schläfe|schulter|arm|bein|hüfte|fuß|knie|hälfte|gesichtshälfte|hand)"
        r"|(?:seite|seiten|arme?|beine?|füße|hände) (?:wechseln|tauschen)|wechs\w* (?:\w+ )?(?:die |das |den )?(?:seite"
        r"|seiten|bein|beine|arm|arme|füße|hände)|seitenwechsel|beide[n]? seiten|gegenüberliegende[n]? seite|eine seite"
        r"|(?:dasselbe|das gleiche|genauso|ebenso) (?:\w+ ){0,2}(?:links|rechts|mit|auf|am|an)"
    ),
    eyes_close=any_of(
        rf"(?:schließ|verschließ)(?:e|en|t|st)?{_YOU} (?:\w+ )?{_YOUR}augen",
        r"(?:lass|lasse|lassen|lasst)(?: sie| nun| jetzt)* (?:die|deine|ihre) augen (?:\w+ )?(?:zufallen|zugehen|zu)",
        r"augen (?:sind |bleiben |nun |jetzt |sanft |ganz )*(?:geschlossen|schließen|zu)",
        r"mach\w* (?:\w+ )?(?:die|deine) augen zu",
    ),
    eyes_open=any_of(
        rf"öffn(?:e|en|et|est){_YOU} (?:\w+ )*{_YOUR}augen|augen (?:\w+ ){{0,2}}(?:öffnen|aufmachen|aufgehen|auf|offen)"
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
        rf"(?:betrachte|betrachten sie|beobachte|beobachten sie|beobachtet) (?:\w+ )?(?:{_HAND})",
        rf"{_verbs('mach|beweg|streich|drück|kreis|führ')} (?:\w+ ){{0,4}}so(?=[.,;:!]|$)",
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
        rf"(?:tipp|drück|berühr|klick|wisch)(?:e|en|t|st)?{_YOU} (?:(?:auf|den|die|das|dein|deinen|über|am|an|der|dem"
        rf"|deinem) )*(?:bildschirm|display|knopf|taste|handy|telefon|gerät|app|pausentaste|pauseknopf|startknopf"
        rf"|starttaste|play|pause|stopp?)\b(?! (?:des|vom|von))"
    ),
    device_use=any_of(
        rf"(?:stopp|halt|pausier|unterbrich|unterbrech|spul|schalt|stell|dreh|nimm|nehm|greif|wiederhol|überspring"
        rf"|entsperr|prüf|öffn)\w*{_YOU} (?:(?:die|das|den|dein|deine|deinen|ihr|ihre|zum|nach|am|diese|dem) )*"
        rf"(?:aufnahme|audio|audiodatei|datei|video|app|handy|telefon|lautstärke|timer|gerät|tablet|player|titel)\b"
        rf"(?! (?:weg|aus|stumm|lautlos|beiseite|auf lautlos|auf stumm|zur seite|in den|in die|vom|von|der|des|deiner"
        rf"|deines))"
    ),
    vague=any_of(
        r"(?<!von )(?<!noch )(?<!bleib )(?<!bleibe )(?:genau |direkt )?hier(?! (?:und|ist|sind|kommt|bin|bist|sein)\b)"
        + _NO_LANDMARK,
        r"(?:genau |direkt )(?:da|dort)" + _NO_LANDMARK,
        r"(?:diese[rnm]?|dies|jene[rn]?) (?:stelle|punkt|bereich|platz|region)(?=[.,;:!]|$| und\b| mit\b| für\b)"
        + _NO_LANDMARK,
    ),
    claims=any_of(
        r"entgift\w*|detox\w*|giftstoffe?n?|schlacken|entschlack\w*|heilt (?:dich|dein\w*|den|die|das|alle|jede\w*)"
        r"|wird (?:\w+ ){0,3}heilen|wundermittel|kuriert|garantier\w*|(?:klinisch|wissenschaftlich|medizinisch)"
        r" (?:bewiesen|erwiesen|belegt)|anti-?aging|verjüngt|stärkt (?:dein|das|ihr) (?:immunsystem|bindegewebe)"
        r"|(?:beseitigt|entfernt|glättet|löscht) (?:\w+ ){0,2}(?:falten|fältchen|cellulite|ängste|depressionen)"
        r"|verbrennt fett|(?:senkt|heilt|behandelt) (?:\w+ ){0,2}(?:blutdruck|entzündungen|migräne|depressionen)"
    ),
    force=any_of(
        r"so (?:fest|stark|tief|kräftig) (?:wie möglich|(?:du|sie|ihr) (?:nur )?(?:kannst|können|könnt)|wie (?:du|sie)"
        r" (?:nur )?(?:kannst|können))|mit (?:aller|voller|ganzer) (?:kraft|stärke)|(?:durch|in) den schmerz"
        r" (?:\w+ )?(?:atme\w*|drück\w*|hinein)"
        r"|schmerz\w* (?:bedeutet|bedeuten|zeigt|zeigen|heißt|ist ein gutes|sind ein gutes|ist gut|gehört)"
        r"|(?:soll|muss|darf ruhig) (?:\w+ ){0,2}wehtun|bis es (?:richtig )?weh ?tut|auch wenn es weh ?tut"
        r"|je fester,? desto|ignoriere? den schmerz|beiß die zähne zusammen"
    ),
    needless=any_of(
        r"(?:lass\w*|setz\w*|wirf|brauchst|brauchen|ersetzt|statt|anstelle|verzichte auf) (?:\w+ ){0,3}?"
        r"(?:medikament\w*|medizin|tabletten|pillen|arznei\w*|insulin|arzt\w*|ärzt\w*)(?: (?:weg|ab|aus|mehr|nicht))?"
    ),
    held_breath=any_of(r"halt\w* (?:\w+ )?(?:den|deinen|ihren) atem|atem (?:\w+ )?an(?:halten)?|ohne zu atmen|luft an"),
    breathless=any_of(
        r"(?:atem|luft) (?:\w+ )?so lange? (?:an,? )?(?:wie|du|sie)|atme\w* so schnell (?:wie|du|sie)|hyperventilier\w*"
        r"|bis du fast ohnmächtig"
    ),
    fast_breaths=re.compile(
        rf"\b(?P<number>{_NUMBER}) (?:\w+ ){{0,2}}?(?:schnelle\w*|kräftige\w*|heftige\w*|starke\w*)"
        r" (?:atemzüge|atemzügen)\b",
        re.IGNORECASE,
    ),
    dizzy=any_of(r"schwindl\w+|schwindel\w*|benommen|ohnmächtig|kribbel\w*|flau"),
    carry_on=any_of(
        r"(?:mach|atme|geh|mache|gehe) (?:\w+ ){0,3}?weiter|weiter(?:atmen|machen)|(?:hör\w*|höre) (?:\w+ )?nicht auf"
        r"|nicht aufhören|ignorier\w*|kein grund aufzuhören"
    ),
    relief=any_of(
        r"normal\w*|ruhig\w*|langsam\w*|öffne\w*|setz\w*|leg dich|pause|wie du magst|sanft\w*|ohne zu halten"
    ),
    safety=any_of(
        r"arzt|ärztin|ärztlich\w*|schmerz\w*|wehtut|weh tut|tut (?:\w+ )?weh|fieber|infekt\w*|entzünd\w*|verletz\w*"
        r"|wunden?|ausschlag|krank\w*|schwanger\w*|thrombose\w*|herzschwäche|operiert|operation\w*|gereizt\w*"
        r"|lass\w* (?:\w+ ){1,6}(?:aus|weg)|überspring\w*|hör\w* (?:\w+ )?auf|brich (?:\w+ )?ab|unangenehm\w*"
        r"|unwohl\w*|schwind\w*|nie(?:mals)? (?:\w+ )?drücken|kein(?:en)? druck|nicht geeignet|sonnenbrand"
    ),
    preparation=any_of(
        r"sauber\w*|gewaschen\w*|wasch\w*|gereinigt\w*|öl|öls|\w+öl|ölig\w*|creme|balsam|serum|lotion"
        r"|trockene\w* händen?"
    ),
    driving=any_of(
        r"auto|autos|autofahr\w*|(?:beim|am) (?:fahren|steuer)|fährst|fahrt|lenkrad|straßenverkehr|maschinen?"
    ),
    lying=any_of(
        r"leg(?:e|en|t)? (?:dich|sie sich|euch)|lieg\w*|hinlegen|bett|bettes|kissen|matratze|rückenlage|unter der decke"
    ),
    sitting=any_of(
        r"sitz(?!en bleiben)\w*|(?:setz|hinsetz)\w* (?:dich|sie sich|euch)(?! auf)|stuhl|sessel|hocker"
        r"|(?<!füße )(?<!fußsohlen )(?<!sohlen )(?<!knie )steh(?:e|st|en|t)?(?! (?:auf|fest|flach|neben))"
    ),
    letting=any_of(
        r"lass\w*|lässt|spür\w*|fühl\w*|halt\w*|merk\w*|entspann\w*|lös\w*|öffn\w*|atm\w*|während|bis|damit|sodass"
        r"|schluck\w*|ist|wird|bleib\w*|heb\w*"
    ),
    neck=any_of(r"hals|halses|nacken|nackens|kehle"),
    neck_front=any_of(
        r"kehle|kehlkopf\w*|luftröhre|adamsapfel|schilddrüse|vorderseite (?:des|deines|ihres) halses"
        r"|vorderen? (?:seite (?:des|deines|ihres) halses|halsseite|hals)|halsvorderseite"
    ),
    neck_side=any_of(
        r"seiten? (?:des|deines|ihres) halses|halsseiten?|seitliche?n? (?:am )?hals\w*|halsschlagadern?"
        r"|seitlich (?:am|an|auf) (?:den |deinen |deinem |dem )?hals"
    ),
    eye_press=any_of(
        rf"(?:drück|press|knet|massier|druck)\w*{_YOU} (?:(?!um|unter|über|neben|zwischen|knochen|rand|rings)\w+ )"
        rf"{{0,6}}?(?:auf|gegen|in) {_YOUR}{_EYES}",
        rf"(?:drück|knet|massier|quetsch)\w*{_YOU} {_SOFTLY}{_YOUR}{_EYES}(?! (?:\w+ )?(?:zu|zusammen|aufeinander)\b)",
    ),
    eye_rub=any_of(rf"reib\w*{_YOU} {_SOFTLY}(?:über )?{_YOUR}{_EYES}"),
    nostril=any_of(
        rf"wechselatmung|(?:schließ|verschließ|halt|drück|deck)\w*{_YOU} {_SOFTLY}(?:das |dein |ihr |ein )?"
        r"(?:linke |rechte |linkes |rechtes |andere )?nasenloch(?: (?:zu|ab))?|nadi shodhana"
    ),
    hold=re.compile(
        r"(?:^|[,;:–—.]|\bund|\bdann|\bjetzt|\bnun)\s*(?:sanft |leicht |nun |jetzt |bitte )?"
        r"(?:halt(?:e|en|et)?(?: sie)?(?=\s*(?:[.,;:!]|$)|\s+(?:ihn|sie|es|das|hier|dort|so|still|weiter|an"
        r"|(?:den|die|diese[n]?) (?:druck|spannung|position|dehnung|haltung|punkt|stellung))\b)"
        r"|drück(?:e|en|t)?(?: sie)? weiter|bleib(?:e|en|t)?(?: sie)? (?:so|in der (?:haltung|dehnung|spannung)))",
        re.IGNORECASE,
    ),
    stay=any_of(
        r"halt\w*|hält\w*|bleib\w*|drück\w*|ruh\w*|wart\w*|verweil\w*|lieg\w*|sitz\w*|still\w*|schweig\w*|press\w*"
        r"|spann\w*|lausch\w*|pause"
    ),
    release=any_of(
        r"lös\w*|los|loslass\w*|lass\w*(?: \w+){0,4} (?:los|locker|sinken|fallen|weich|gehen|ruhen|kommen)|entspann\w*"
        r"|locker\w*|ausatm\w*|aus|zurück\w*|senk\w*|sink\w*|heb\w*|weich\w*|ruh\w*|fertig|genug|öffn\w*|nochmal"
        r"|noch einmal|nächste\w*|andere\w*|ab|auf|wechs\w*|runter|hoch|vorbei"
    ),
    promised_sound=any_of(
        r"(?:bis|bevor)(?: \w+){0,4} (?:klang|klänge|gong|glocke|glocken|schale|ton|klangschale|klingt|ertönt|läutet"
        r"|erklingt)"
    ),
    announced=any_of(
        r"bis|still\w*|schweig\w*|keine worte|ohne worte|kein wort|in deinem (?:eigenen )?tempo|in ihrem (?:eigenen )?"
        r"tempo|für dich allein|hol\w* (?:dich|sie) zurück|schlaf\w* gut|sage (?:jetzt )?nichts|gute nacht"
    ),
    bounded=any_of(
        r"mindestens|höchstens|bis zu|oder mehr|oder länger|länger als|nicht mehr als|mehr als|weniger als|zwischen"
        r"|bis|oder|alle|jede\w*|paar|weitere\w*|letzte\w*|erste\w*|noch|übrig|innerhalb|alt|vor|wenige\w*"
    ),
    roughly=any_of("etwa|ungefähr|rund|circa|ca|knapp|fast"),
    over=any_of(
        r"vorbei|vergangen|verstrichen|sind um|ist um|war|waren|insgesamt|sitzung|übung|einheit|programm|die hälfte"
        "|dauert"
    ),
    closing=any_of(
        r"öffn\w*|augen (?:\w+ )?auf|zurück\w*|ende|endet|beend\w*|fertig|geschafft|vorbei|dank\w*|tschüss"
        r"|auf wiedersehen|bis zum nächsten mal|wenn du (?:so weit|soweit|bereit|magst|möchtest)"
        r"|wenn sie (?:so weit|soweit|bereit|mögen|möchten)|sobald du|das war\w*|genieß\w*|schöne[nr]? (?:tag|abend"
        r"|morgen|nacht)|gute nacht|guten (?:tag|abend|morgen)|schlaf\w* gut|wach\w*|steh\w* auf|streck\w*|räkel\w*"
        r"|zum (?:abschluss|schluss)|letzte[nrs]?|senk\w* (?:\w+ ){0,2}hände|hände (?:\w+ )?(?:sinken|ruhen)|namaste"
        r"|nimm (?:\w+ ){0,5}mit"
    ),
    numbers=_NUMBERS,
    units=_UNITS,
    duration=re.compile(
        rf"\b(?:(?P<half>(?:eine )?halben?) |(?P<and_half>anderthalb|eineinhalb) |(?P<number>{_NUMBER})[ -]?)"
        rf"(?:(?:ganze|volle|lange|ruhige|langsame|weitere)[nr]? )?(?P<unit>{_UNIT})\b",
        re.IGNORECASE,
    ),
    titled_duration=re.compile(
        rf"\b(?P<number>{_NUMBER})(?:(?: bis |[-–—]| oder )(?P<upto>{_NUMBER}))?[ -]?(?:[a-zäöüß]+ ){{0,2}}"
        rf"(?P<unit>{_UNIT})\b",
        re.IGNORECASE,
    ),
    times=re.compile(
        rf"\b(?P<number>{_NUMBER})(?:mal| (?:\w+ )?(?:mal|male|malen|runden|kreise|kreisen|striche|strichen"
        rf"|wiederholungen|durchgänge))\b",
        re.IGNORECASE,
    ),
    breaths=re.compile(
        rf"\b(?P<number>{_NUMBER})(?:mal|(?: \w+){{0,2}} (?:atemzüge|atemzügen|runden|zyklen|mal|male))\b",
        re.IGNORECASE,
    ),
    count_to=re.compile(
        rf"\bzähl\w*(?: \w+){{0,2}}?(?: (?:von|rückwärts von) (?P<first>{_NUMBER}))?(?: \w+)?? (?:bis|auf)"
        rf" (?P<number>{_NUMBER})\b",
        re.IGNORECASE,
    ),
    counted=any_of(
        r"noch|mindestens|höchstens|bis|etwa|ungefähr|übrig|von|oder|letzte\w*|erste\w*|seiten?|nummer|jede\w*|als"
        r"|weitere\w*|mehr"
    ),
    word_rate=0.8,  # read aloud, 179 words a minute against 228 (Trauzettel-Klosinski and Dietz 2012)
)
