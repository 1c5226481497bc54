"""The words of pause marks and stage directions in French."""

from __future__ import annotations

from fractions import Fraction

from voiceguide.importing.marks.tables import (
    FEW,
    LONG,
    LONGER,
    MODERATE,
    SHORT,
    MarkWords,
    listed,
)

WORDS = MarkWords(
    pause=listed("pause pauses silence silences"),
    silent=listed(
        "attendre attendez attends repos silencieux arrêt temps rester restez relâchez relâchement tension "
        "détente intégration"
    ),
    fillers=listed(
        "de d du des la le les un une pendant environ ici maintenant en à et s'il vous plaît puis faire "
        "faites longue secondes durée laisser encore minimum"
    ),
    lengths={
        "courte": SHORT,
        "court": SHORT,
        "brève": SHORT,
        "bref": SHORT,
        "petite": SHORT,
        "petit": SHORT,
        "moment": MODERATE,
        "instant": MODERATE,
        "moyenne": MODERATE,
        "quelques": FEW,
        "longue": LONG,
        "long": LONG,
        "prolongée": LONGER,
    },
    numbers={
        "zéro": 0,
        "un": 1,
        "une": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "onze": 11,
        "douze": 12,
        "treize": 13,
        "quatorze": 14,
        "quinze": 15,
        "vingt": 20,
        "trente": 30,
        "quarante": 40,
        "soixante": 60,
        "une demi": 0.5,
        "une bonne": 1,
        "demi": 0.5,
    },
    units={
        "seconde": Fraction(1),
        "secondes": Fraction(1),
        "minute": Fraction(60),
        "minutes": Fraction(60),
        "heure": Fraction(3600),
        "heures": Fraction(3600),
        "milliseconde": Fraction(1, 1000),
        "millisecondes": Fraction(1, 1000),
    },
    breaths=listed("respiration respirations souffle souffles"),
    hold=listed("retenez retenir retiens tenir tenez maintenez bloquez"),
    breathe_in=listed("inspirez inspire inspirer inspiration"),
    breathe_out=listed("expirez expire expirer expiration"),
    breath_fillers=listed("profondément lentement par le nez la bouche doucement le souffle et"),
    sounds={"cloche": "bell", "clochette": "bell", "carillon": "", "bol": "bowl", "cymbales": "tingsha"},
    sound_fillers=listed("sonne sonner tintement chantant tibétain son coup doux la le un une de du faire"),
    directions=listed(
        "musique fondu narrateur narratrice bruit bruits son sons ambiance lentement doucement chuchoter voix "
        "fond vagues pluie oiseaux fin début répéter pause silence lire lisez"
    ),
    speakers=listed(
        "narrateur narratrice voix guide thérapeute animateur animatrice instructeur instructrice voix_off "
        "praticien praticienne enfants sophrologue"
    ),
    manners=listed("musique son sons bruit ambiance ton fond volume note indication consigne rythme durée"),
    person=listed("vous votre vos tu ton ta tes toi je mon ma mes nous notre nos"),
    placeholders=listed("nom prénom lieu date client cliente patient"),
    then=listed("puis ensuite avant pendant jusqu'à"),
    times=listed("fois cycles tours"),
    frequent=listed("et le la les de des du vous votre vos une un est dans que sur pour pas tu votre respirez laissez"),
)
