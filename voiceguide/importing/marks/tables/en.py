"""The words of pause marks and stage directions in English."""

from __future__ import annotations

from fractions import Fraction

from voiceguide.importing.marks.tables import (
    BEAT,
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
    pause=listed("pause pauses pausing silence beat slnc"),
    silent=listed(
        "silent wait waits rest break stop stillness silently quiet quietly stay stays remain relax relaxation "
        "tense tension release phase settle"
    ),
    fillers=listed(
        "for of about approximately approx around here now the a an in to at this and please just count "
        "counts hold take long full another allow give leave minimum at_least second seconds sec secs "
        "minute minutes moment moments"
    ),
    lengths={
        "beat": BEAT,
        "short": SHORT,
        "brief": SHORT,
        "briefly": SHORT,
        "quick": SHORT,
        "little": SHORT,
        "small": SHORT,
        "moment": MODERATE,
        "moments": MODERATE,
        "medium": MODERATE,
        "few": FEW,
        "couple": FEW,
        "long": LONG,
        "longer": LONGER,
        "extended": EXTENDED,
        "several": EXTENDED,
    },
    numbers={
        "zero": 0,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "a": 1,
        "an": 1,
        "a full": 1,
        "one full": 1,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "forty-five": 45,
        "sixty": 60,
        "ninety": 90,
        "half a": 0.5,
        "half": 0.5,
        "a couple of": 2,
    },
    units={
        "second": Fraction(1),
        "seconds": Fraction(1),
        "sec": Fraction(1),
        "secs": Fraction(1),
        "s": Fraction(1),
        "count": Fraction(1),
        "counts": Fraction(1),
        "beat": Fraction(1),
        "beats": Fraction(1),
        "minute": Fraction(60),
        "minutes": Fraction(60),
        "min": Fraction(60),
        "mins": Fraction(60),
        "m": Fraction(60),
        "hour": Fraction(3600),
        "hours": Fraction(3600),
        "h": Fraction(3600),
        "millisecond": Fraction(1, 1000),
        "milliseconds": Fraction(1, 1000),
        "msec": Fraction(1, 1000),
        "msecs": Fraction(1, 1000),
        "ms": Fraction(1, 1000),
    },
    breaths=listed("breath breaths"),
    hold=listed("hold holds"),
    breathe_in=listed("inhale inhales breathe_in breath_in"),
    breathe_out=listed("exhale exhales breathe_out breath_out"),
    breath_fillers=listed("out breath deep deeply slowly slow your through nose mouth the and"),
    sounds={
        "bell": "bell",
        "chime": "",
        "chimes": "",
        "gong": "gong",
        "bowl": "bowl",
        "tingsha": "tingsha",
        "ding": "bell",
    },
    sound_fillers=listed(
        "ring rings ringing sound sounds singing strike strikes struck plays play the a once soft softly tibetan "
        "sfx gently of"
    ),
    directions=listed(
        "music fade fades fading sfx sound sounds background ambient narrator voiceover tone volume softly "
        "whisper whispers whispering slowly louder quieter cue intro outro instrumental waves birdsong rain "
        "drum drums flute pause silence bell gong chime transition scene camera visual screen text note "
        "facilitator therapist client participants begin end continue repeat script track speak spoken reader "
        "read"
    ),
    speakers=listed(
        "narrator speaker voice guide therapist facilitator instructor teacher coach host presenter hypnotist "
        "practitioner leader voiceover voice-over children child student students group all everyone v.o."
    ),
    manners=listed(
        "music sound sounds sfx fx tone background ambience ambient volume note notes direction directions "
        "action visual visuals camera tempo setting pace style mood duration length"
    ),
    person=listed("you your yours yourself i my me we our us let's"),
    placeholders=listed(
        "name client place date time first last patient insert their his her goal issue colour color number"
    ),
    then=listed("then before while until after"),
    times=listed("times time rounds round cycles"),
    frequent=listed("the and your you of to in is that with let feel breathe now into for as it are this from"),
)
