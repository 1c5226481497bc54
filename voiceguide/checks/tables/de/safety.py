"""What could harm, and what is said so that it does not."""

from __future__ import annotations

from voiceguide.checks.tables.de.terms import EYES, NUMBER, SOFTLY, YOU, YOUR
from voiceguide.checks.words import Pattern, Words, any_of

_MEDICINE = r"medikament\w*|medizin|\w*tabletten|pillen|arznei\w*|insulin|arzt\w*|ärzt\w*|therapie|schmerzmittel\w*"
_BUT_IF = r"(?:(?!keine|keinen|nicht|nie|wenn|falls|und|oder|nach)\w+ )"

WORDS = Words(
    claims=any_of(
        r"definitiv|(?:wirkt|hilft) (?:immer|garantiert|sicher)|hundertprozentig\w*|mit sicherheit|nie wieder (?:\w+ )?"
        r"(?:kopfschmerzen|schmerzen|falten|migräne)|(?:falten|schmerzen|kopfschmerzen|ängste) verschwinden"
        r"|heilt (?:(?!dein|deine|den|die|das|alle)\w+ ){0,3}(?:verspannung\w*|migräne|kopfschmerz\w*)"
        r"|entgift\w*|detox\w*|giftstoffe?n?|schlacken|entschlack\w*|heilt (?:dich|dein\w*|den|die|das|alle|jede\w*)"
        r"|wird (?:\w+ ){0,3}heilen|wundermittel|kuriert|garantier\w*|(?:klinisch|wissenschaftlich|medizinisch)"
        r" (?:bewiesen|erwiesen|belegt)|anti-?aging|verjüngt|stärkt (?:dein|das|ihr) (?:immunsystem|bindegewebe)"
        r"|(?:beseitigt|entfernt|glättet|löscht) (?:\w+ ){0,2}(?:falten|fältchen|cellulite|ängste|depressionen)"
        r"|verbrennt fett|(?:senkt|heilt|behandelt) (?:\w+ ){0,2}(?:blutdruck|entzündungen|migräne|depressionen)"
    ),
    modest=any_of("vielleicht|möglicherweise|könnte"),
    safety=any_of(
        r"arzt|ärztin|ärztlich\w*|schmerz\w*|wehtut|weh tut|tut (?:\w+ )?weh|fieber|infekt\w*|entzünd\w*|verletz\w*"
        r"|wunden?|ausschlag|krank\w*|schwanger\w*|thrombose\w*|herzschwäche|operiert|operation\w*|gereizt\w*"
        r"|lass\w* (?:\w+ ){1,6}(?:aus|weg)|überspring\w*|hör\w* (?:\w+ )?auf|brich (?:\w+ )?ab|unangenehm\w*"
        r"|unwohl\w*|schwind\w*|nie(?:mals)? (?:\w+ )?drücken|kein(?:en)? druck|nicht geeignet|sonnenbrand"
    ),
    force=any_of(
        r"so (?:fest|stark|tief|kräftig) (?:wie möglich|(?:du|sie|ihr) (?:nur )?(?:kannst|können|könnt)|wie (?:du|sie)"
        r" (?:nur )?(?:kannst|können))|mit (?:aller|voller|ganzer) (?:kraft|stärke)|(?:durch|in) den schmerz"
        r" (?:\w+ )?(?:atme\w*|drück\w*|hinein)"
        r"|schmerz\w* (?:bedeutet|bedeuten|zeigt|zeigen|heißt|ist ein gutes|sind ein gutes|ist gut|gehört)"
        r"|(?:soll|muss|darf ruhig) (?:(?!nicht|nie)\w+ ){0,2}wehtun|durch den schmerz|(?:wenn"
        r"|falls) es weh ?tut,? (?:machst|ist|wirkt|hilft)"
        r"|bis die haut (?:rot|wund)|bis es weh ?tut|bis es (?:richtig )?weh ?tut|auch wenn es weh ?tut"
        r"|je fester,? desto|ignoriere? den schmerz|beiß die zähne zusammen"
    ),
    needless=any_of(
        rf"(?:lass\w*|setz\w*|wirf|werfen sie|ersetzt|statt|anstelle|verzichte auf|vergiss) {_BUT_IF}{{0,3}}?"
        rf"(?:{_MEDICINE})(?: (?:weg|ab|aus|mehr|nicht))?(?! nie)",
        rf"(?:brauchst|brauchen) (?:\w+ ){{0,3}}?(?:{_MEDICINE})(?: mehr| nicht)?",
    ),
    still_breathing=any_of(r"atm\w* (?:\w+ )?weiter|atme dabei|weiteratmen"),
    held_breath=any_of(r"halt\w* (?:\w+ )?(?:den|deinen|ihren) atem|atem (?:\w+ )?an(?:halten)?|ohne zu atmen|luft an"),
    breathless=any_of(
        r"(?:luft|atem) an,? so lange|"
        r"(?:atem|luft) (?:\w+ )?so lange? (?:an,? )?(?:wie|du|sie)|atme\w* so schnell (?:wie|du|sie)|hyperventilier\w*"
        r"|bis du fast ohnmächtig"
    ),
    fast_breaths=Pattern(
        rf"\b(?P<number>{NUMBER}) (?:\w+ ){{0,2}}?(?:schnelle\w*|kräftige\w*|heftige\w*|starke\w*)"
        r" (?:atemzüge|atemzügen)\b",
    ),
    fast=any_of(r"schnell|kräftig|heftig|rasch"),
    dizzy=any_of(r"schwindl\w+|schwindel\w*|benommen|ohnmächtig|kribbel\w*|flau"),
    carry_on=any_of(
        r"(?:mach|atme|geh|mache|gehe) (?:\w+ ){0,3}?weiter|weiter(?:atmen|machen)|(?:hör\w*|höre) (?:\w+ )?nicht auf"
        r"|nicht aufhören|ignorier\w*|kein grund aufzuhören"
    ),
    relief=any_of(
        r"normal\w*|ruhig\w*|langsam\w*|öffne\w*|setz\w*|leg dich|pause|wie du magst|sanft\w*|ohne zu halten"
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
        r"|puls am hals|seite (?:des|deines|ihres) halses|seitlich in den hals"
        r"|seitlich (?:am|an|auf) (?:den |deinen |deinem |dem )?hals"
    ),
    neck_both=any_of(
        r"beide[n]? seiten (?:des|deines|ihres) halses|beide[n]? halsschlagadern|(?:hals|halses|kehle)(?:,? \w+){0,4},?"
        r" (?:links und rechts|von beiden seiten|zugleich)|von beiden seiten (?:\w+ ){0,3}(?:hals|kehle)"
    ),
    firm=any_of(r"kräftig|fest|hart|stark"),
    eye_press=any_of(
        rf"(?:drück|press|knet|massier|druck)\w*{YOU} (?:(?!um|unter|über|neben|zwischen|knochen|rand|rings)\w+ )"
        rf"{{0,6}}?(?:auf|gegen|in) {YOUR}{EYES}",
        rf"(?:drück|knet|massier|quetsch)\w*{YOU} {SOFTLY}{YOUR}{EYES}(?! (?:\w+ )?(?:zu|zusammen|aufeinander)\b)",
    ),
    eye_rub=any_of(rf"reib\w*{YOU} {SOFTLY}(?:über )?{YOUR}{EYES}"),
    nostril=any_of(
        rf"wechselatmung|(?:schließ|verschließ|halt|drück|deck)\w*{YOU} {SOFTLY}(?:das |dein |ihr |ein )?"
        r"(?:linke |rechte |linkes |rechtes |andere )?nasenloch(?: (?:zu|ab))?|nadi shodhana"
    ),
)
