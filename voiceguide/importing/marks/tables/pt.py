"""The words of pause marks and stage directions in Portuguese."""

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
    pause=listed("pausa pausas silêncio"),
    silent=listed("espera esperar espere aguarde descanso quietude fique permaneça relaxe relaxamento tensione tensão"),
    fillers=listed(
        "de do da o a os as um uma por durante cerca aqui agora em e favor fazer faça longa segundos "
        "minutos completo completa mais"
    ),
    lengths={
        "curta": SHORT,
        "curto": SHORT,
        "breve": SHORT,
        "pequena": SHORT,
        "momento": MODERATE,
        "instante": MODERATE,
        "média": MODERATE,
        "poucos": FEW,
        "alguns": FEW,
        "longa": LONG,
        "longo": LONG,
        "prolongada": LONGER,
    },
    numbers={
        "zero": 0,
        "um": 1,
        "uma": 1,
        "dois": 2,
        "duas": 2,
        "três": 3,
        "quatro": 4,
        "cinco": 5,
        "seis": 6,
        "sete": 7,
        "oito": 8,
        "nove": 9,
        "dez": 10,
        "onze": 11,
        "doze": 12,
        "treze": 13,
        "catorze": 14,
        "quinze": 15,
        "vinte": 20,
        "trinta": 30,
        "quarenta": 40,
        "sessenta": 60,
        "meio": 0.5,
    },
    units={
        "segundo": Fraction(1),
        "segundos": Fraction(1),
        "seg": Fraction(1),
        "minuto": Fraction(60),
        "minutos": Fraction(60),
        "hora": Fraction(3600),
        "horas": Fraction(3600),
        "milissegundo": Fraction(1, 1000),
        "milissegundos": Fraction(1, 1000),
    },
    breaths=listed("respiração respirações"),
    hold=listed("segure segurar mantenha mantém prenda"),
    breathe_in=listed("inspire inspirar inspira inale"),
    breathe_out=listed("expire expirar expira exale"),
    breath_fillers=listed("profundamente lentamente pelo pela nariz boca suavemente o ar e"),
    sounds={"sino": "bell", "sininho": "bell", "taça": "bowl", "gongo": "gong"},
    sound_fillers=listed("toca soa tibetana som suave o a um uma tocar toque do da"),
    directions=listed(
        "música narrador narradora som sons fundo lentamente suavemente sussurro ondas chuva pássaros voz fim "
        "início repetir pausa silêncio ler leia"
    ),
    speakers=listed(
        "narrador narradora voz guia terapeuta instrutor instrutora facilitador facilitadora voz_off crianças grupo"
    ),
    manners=listed("música som sons ambiente tom fundo volume nota indicação ritmo duração"),
    person=listed("você seu sua seus suas tu teu tua te ti eu meu minha me nós nosso nossa"),
    placeholders=listed("nome sobrenome apelido lugar data cliente paciente"),
    then=listed("depois então antes enquanto até"),
    times=listed("vezes ciclos"),
    frequent=listed("e o a os as de do da que em seu sua um uma com por para sinta respire agora como não você"),
)
