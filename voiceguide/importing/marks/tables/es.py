"""The words of pause marks and stage directions in Spanish."""

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
    pause=listed("pausa pausas silencio"),
    silent=listed(
        "espera esperar espere descanso descansar quietud alto quédate quédese permanecer relajar relajación "
        "tensar tensión"
    ),
    fillers=listed(
        "de del la el los las un una unos por durante aproximadamente unos aquí ahora en a y favor hacer "
        "haga haz larga segundos minutos completo completa más otra mínimo"
    ),
    lengths={
        "corta": SHORT,
        "corto": SHORT,
        "breve": SHORT,
        "pequeña": SHORT,
        "momento": MODERATE,
        "media": MODERATE,
        "instante": MODERATE,
        "pocos": FEW,
        "unos": FEW,
        "larga": LONG,
        "largo": LONG,
        "prolongada": LONGER,
    },
    numbers={
        "cero": 0,
        "uno": 1,
        "un": 1,
        "una": 1,
        "dos": 2,
        "tres": 3,
        "cuatro": 4,
        "cinco": 5,
        "seis": 6,
        "siete": 7,
        "ocho": 8,
        "nueve": 9,
        "diez": 10,
        "once": 11,
        "doce": 12,
        "trece": 13,
        "catorce": 14,
        "quince": 15,
        "veinte": 20,
        "treinta": 30,
        "cuarenta": 40,
        "sesenta": 60,
        "medio": 0.5,
        "un minuto completo": 1,
    },
    units={
        "segundo": Fraction(1),
        "segundos": Fraction(1),
        "seg": Fraction(1),
        "segs": Fraction(1),
        "minuto": Fraction(60),
        "minutos": Fraction(60),
        "hora": Fraction(3600),
        "horas": Fraction(3600),
        "milisegundo": Fraction(1, 1000),
        "milisegundos": Fraction(1, 1000),
    },
    breaths=listed("respiración respiraciones aliento"),
    hold=listed("mantén mantenga mantener sostén sostener retén retener"),
    breathe_in=listed("inhala inhale inhalar inspira inspirar inhalación"),
    breathe_out=listed("exhala exhale exhalar espira exhalación"),
    breath_fillers=listed("profundamente lentamente por la nariz boca suavemente el aire y"),
    sounds={"campana": "bell", "campanilla": "bell", "cuenco": "bowl", "gongo": "gong"},
    sound_fillers=listed("suena tibetano sonido suave la el un una tañido tocar toque de del"),
    directions=listed(
        "música narrador narradora sonido sonidos fondo desvanece lentamente suavemente susurro olas lluvia "
        "pájaros voz fin inicio repetir pausa silencio leer lea lee"
    ),
    speakers=listed(
        "narrador narradora locutor locutora voz guía terapeuta instructor instructora facilitador facilitadora "
        "voz_en_off niños grupo"
    ),
    manners=listed("música sonido sonidos ambiente tono fondo volumen nota indicación ritmo duración"),
    person=listed("tú tu tus ti te usted su sus yo mi mis me nosotros nuestro nuestra"),
    placeholders=listed("nombre apellido lugar fecha cliente paciente"),
    then=listed("luego después antes mientras hasta"),
    times=listed("veces vueltas ciclos"),
    frequent=listed("y el la los las de del que en tu tus un una con por para se siente respira ahora como es"),
)
