"""The words of pause marks and stage directions in Italian."""

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
    pause=listed("pausa pause silenzio"),
    silent=listed("aspetta aspettare attendi riposo quiete fermo resta restate rimani rilassa rilassamento tensione"),
    fillers=listed(
        "di del della la il lo gli le un una per circa qui ora in a e favore fare lunga secondi minuti "
        "intero intera ancora"
    ),
    lengths={
        "breve": SHORT,
        "corta": SHORT,
        "corto": SHORT,
        "piccola": SHORT,
        "momento": MODERATE,
        "istante": MODERATE,
        "media": MODERATE,
        "pochi": FEW,
        "alcuni": FEW,
        "lunga": LONG,
        "lungo": LONG,
        "prolungata": LONGER,
    },
    numbers={
        "zero": 0,
        "uno": 1,
        "un": 1,
        "una": 1,
        "due": 2,
        "tre": 3,
        "quattro": 4,
        "cinque": 5,
        "sei": 6,
        "sette": 7,
        "otto": 8,
        "nove": 9,
        "dieci": 10,
        "undici": 11,
        "dodici": 12,
        "tredici": 13,
        "quattordici": 14,
        "quindici": 15,
        "venti": 20,
        "trenta": 30,
        "quaranta": 40,
        "sessanta": 60,
        "mezzo": 0.5,
    },
    units={
        "secondo": Fraction(1),
        "secondi": Fraction(1),
        "minuto": Fraction(60),
        "minuti": Fraction(60),
        "ora": Fraction(3600),
        "ore": Fraction(3600),
        "millisecondo": Fraction(1, 1000),
        "millisecondi": Fraction(1, 1000),
    },
    breaths=listed("respiro respiri"),
    hold=listed("trattieni trattenere trattenete mantieni tieni"),
    breathe_in=listed("inspira inspirare inspirate"),
    breathe_out=listed("espira espirare espirate"),
    breath_fillers=listed("profondamente lentamente dal naso dalla bocca dolcemente e"),
    sounds={"campana": "bell", "campanella": "bell", "ciotola": "bowl"},
    sound_fillers=listed("suona tibetana suono dolce la il un una rintocco della del di campane"),
    directions=listed(
        "musica narratore narratrice suono suoni sottofondo dissolvenza lentamente sottovoce onde pioggia "
        "uccelli voce fine inizio ripetere pausa silenzio leggi leggere leggete"
    ),
    speakers=listed(
        "narratore narratrice voce guida terapeuta istruttore istruttrice conduttore conduttrice voce_fuori_campo "
        "bambini gruppo"
    ),
    manners=listed("musica suono suoni ambiente tono sottofondo volume nota indicazione ritmo durata"),
    person=listed("tu tuo tua tuoi tue ti te lei suo sua io mio mia mi noi nostro voi vostro"),
    placeholders=listed("nome cognome luogo data cliente paziente"),
    then=listed("poi quindi prima mentre fino"),
    times=listed("volte giri cicli"),
    frequent=listed("e il la le gli di del della che in il tuo la tua un una con per senti respira ora come non è"),
)
