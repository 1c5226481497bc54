"""The words of pause marks and stage directions in German."""

from __future__ import annotations

from fractions import Fraction

from voiceguide.importing.marks.tables import (
    EXTENDED,
    FEW,
    LONG,
    LONGER,
    MODERATE,
    SHORT,
    MarkWords,
    listed,
)

WORDS = MarkWords(
    pause=listed("pause pausen stille schweigen ruhepause"),
    silent=listed(
        "warten warte ruhe ruhen still schweigend innehalten stopp atempause lassen bleiben verweilen nachspüren "
        "anspannen anspannung entspannen entspannung loslassen"
    ),
    fillers=listed(
        "für von etwa ca circa ungefähr hier jetzt die der das ein eine einer einen eines in zu und bitte "
        "nun machen lang lange volle ganze sek sekunden minuten dauer noch weitere halten von mindestens"
    ),
    lengths={
        "kurz": SHORT,
        "kurze": SHORT,
        "kurzen": SHORT,
        "kurzer": SHORT,
        "kleine": SHORT,
        "kleiner": SHORT,
        "moment": MODERATE,
        "mittlere": MODERATE,
        "wenige": FEW,
        "einige": FEW,
        "paar": FEW,
        "lange": LONG,
        "langer": LONG,
        "langen": LONG,
        "längere": LONGER,
        "längerer": LONGER,
        "ausgedehnte": EXTENDED,
        "ausgiebige": EXTENDED,
    },
    numbers={
        "null": 0,
        "eins": 1,
        "ein": 1,
        "eine": 1,
        "einer": 1,
        "einen": 1,
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
        "sechs": 6,
        "sieben": 7,
        "acht": 8,
        "neun": 9,
        "zehn": 10,
        "elf": 11,
        "zwölf": 12,
        "dreizehn": 13,
        "vierzehn": 14,
        "fünfzehn": 15,
        "zwanzig": 20,
        "dreißig": 30,
        "dreissig": 30,
        "vierzig": 40,
        "fünfundvierzig": 45,
        "sechzig": 60,
        "eine volle": 1,
        "eine ganze": 1,
        "eine halbe": 0.5,
        "einer halben": 0.5,
        "halbe": 0.5,
    },
    units={
        "sekunde": Fraction(1),
        "sekunden": Fraction(1),
        "sek": Fraction(1),
        "minute": Fraction(60),
        "minuten": Fraction(60),
        "min": Fraction(60),
        "stunde": Fraction(3600),
        "stunden": Fraction(3600),
        "std": Fraction(3600),
        "millisekunde": Fraction(1, 1000),
        "millisekunden": Fraction(1, 1000),
    },
    breaths=listed("atemzug atemzüge atemzügen"),
    hold=listed("halten halte anhalten"),
    breathe_in=listed("einatmen einatmung atme_ein atmen_sie_ein"),
    breathe_out=listed("ausatmen ausatmung atme_aus atmen_sie_aus"),
    breath_fillers=listed("tief langsam durch die nase den mund atem sanft auf zählen bis und"),
    sounds={
        "glocke": "bell",
        "glöckchen": "bell",
        "klangschale": "bowl",
        "schale": "bowl",
        "zimbel": "tingsha",
        "klang": "",
    },
    sound_fillers=listed(
        "ertönt erklingt klingt anschlagen schlagen eine die der leise sanft ton schlag läuten läutet"
    ),
    directions=listed(
        "musik einblenden ausblenden leiser lauter sprecher sprecherin geräusch geräusche klang regen meer "
        "wellen vogelgezwitscher langsam flüsternd leise ton hinweis anleitung wiederholen ende beginn pause "
        "stille hintergrund musikeinsatz lesen vorlesen lies"
    ),
    speakers=listed(
        "sprecher sprecherin erzähler erzählerin stimme therapeut therapeutin leiter leiterin anleiter anleiterin "
        "kursleiter kursleiterin kinder gruppe alle lehrer lehrerin"
    ),
    manners=listed(
        "musik klang geräusch geräusche ton hintergrund lautstärke hinweis regie anweisung tempo stimmung dauer länge"
    ),
    person=listed(
        "du dein deine deinen deiner deinem dir dich sie ihr ihre ihren ihrem ihnen ich mein meine mich mir wir unser"
    ),
    placeholders=listed("name vorname nachname ort datum klient klientin patient einfügen"),
    then=listed("dann danach bevor während bis"),
    times=listed("mal runden durchgänge"),
    frequent=listed(
        "und die der das ist du dein deine sie nicht mit ein eine den dem zu auf dich wie spüre atme lass jetzt"
    ),
)
