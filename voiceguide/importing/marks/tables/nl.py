"""The words of pause marks and stage directions in Dutch."""

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
    pause=listed("pauze pauzes stilte"),
    silent=listed("wacht wachten rust stil zwijgen blijf blijven ontspan ontspannen ontspanning aanspannen"),
    fillers=listed(
        "van voor ongeveer circa hier nu de het een in te en alstublieft maken lange seconden minuten hele volle nog"
    ),
    lengths={
        "kort": SHORT,
        "korte": SHORT,
        "kleine": SHORT,
        "moment": MODERATE,
        "ogenblik": MODERATE,
        "enkele": FEW,
        "paar": FEW,
        "lang": LONG,
        "lange": LONG,
        "langere": LONGER,
    },
    numbers={
        "nul": 0,
        "een": 1,
        "één": 1,
        "twee": 2,
        "drie": 3,
        "vier": 4,
        "vijf": 5,
        "zes": 6,
        "zeven": 7,
        "acht": 8,
        "negen": 9,
        "tien": 10,
        "elf": 11,
        "twaalf": 12,
        "dertien": 13,
        "veertien": 14,
        "vijftien": 15,
        "twintig": 20,
        "dertig": 30,
        "veertig": 40,
        "zestig": 60,
        "een halve": 0.5,
        "een hele": 1,
    },
    units={
        "seconde": Fraction(1),
        "seconden": Fraction(1),
        "minuut": Fraction(60),
        "minuten": Fraction(60),
        "uur": Fraction(3600),
        "uren": Fraction(3600),
        "milliseconde": Fraction(1, 1000),
        "milliseconden": Fraction(1, 1000),
    },
    breaths=listed("ademhaling ademhalingen ademteug ademteugen"),
    hold=listed("vasthouden houd_vast"),
    breathe_in=listed("inademen inademing adem_in"),
    breathe_out=listed("uitademen uitademing adem_uit"),
    breath_fillers=listed("diep langzaam rustig door de neus mond je uw en"),
    sounds={"bel": "bell", "belletje": "bell", "klok": "bell", "klankschaal": "bowl", "schaal": "bowl"},
    sound_fillers=listed("klinkt luidt zacht geluid de een slag"),
    directions=listed(
        "muziek verteller geluid geluiden achtergrond langzaam zacht fluisterend golven regen vogels stem "
        "einde begin herhalen pauze stilte lees lezen voorlezen"
    ),
    speakers=listed("verteller spreker stem begeleider therapeut instructeur voice-over kinderen groep leerkracht"),
    manners=listed("muziek geluid geluiden toon achtergrond volume opmerking aanwijzing tempo duur"),
    person=listed("je jij jou jouw u uw ik mijn me wij ons onze"),
    placeholders=listed("naam voornaam achternaam plaats datum cliënt patiënt"),
    then=listed("dan daarna voordat terwijl tot"),
    times=listed("keer rondes"),
    frequent=listed("en de het een je jouw van in is dat met voor op niet zijn adem laat voel nu naar"),
)
