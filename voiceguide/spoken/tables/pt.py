"""Portuguese."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")
_FEMININE = words(
    "hora horas vez vezes mão mãos respiração respirações inspiração expiração xícara xícaras chávena chávenas colher "
    "colheres semana semanas série séries sessão sessões repetição repetições volta voltas pausa pausas gota gotas "
    "página páginas parte partes rodada rodadas libra libras quilocaloria quilocalorias perna pernas"
)
_ONES = ("", "primeiro", "segundo", "terceiro", "quarto", "quinto", "sexto", "sétimo", "oitavo", "nono")
_TENS = ("", *row("décimo vigésimo trigésimo quadragésimo quinquagésimo sexagésimo septuagésimo octogésimo nonagésimo"))


def _words(number: int) -> str:
    return number_words(number, "pt").replace(",", "")


def _agree(words: str, around: Around) -> str:
    """``uma vez``, ``duas mãos``, ``vinte e uma horas``."""
    if around.after not in _FEMININE:
        return words
    head, space, last = words.rpartition(" ")
    return f"{head}{space}{ {'um': 'uma', 'dois': 'duas'}.get(last, last) }"


def _ordinal(number: int, mark: str, around: Around) -> str:
    if not 0 < number < 100:
        return _words(number)
    said = f"{_TENS[number // 10]} {_ONES[number % 10]}".strip()
    if mark.endswith(("ª", "a")) or around.after in _FEMININE:
        return " ".join(f"{part[:-1]}a" for part in said.split())
    return said


def _half(whole: int, noun: str) -> str:
    feminine = noun.lower() in _FEMININE
    if whole:
        count = _agree(_words(whole), Around(after=noun.lower()))
        return f"{count} {noun} e mei{'a' if feminine else 'o'}".replace("  ", " ")
    return f"mei{'a' if feminine else 'o'} {noun}" if noun else "um meio"


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    said = f"{'primeiro' if day == 1 else _words(day)} de {_MONTHS[month - 1]}"
    return said if year is None else f"{said} de {_words(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    hours = _agree(_words(hour), Around(after="hora"))
    if not minute:
        return f"{hours} hora{'' if hour == 1 else 's'}"
    return f"{hours} e {_words(minute)}"


_UNITS = {
    "s": Unit("segundo", "segundos"),
    "seg": Unit("segundo", "segundos"),
    "min": Unit("minuto", "minutos"),
    "h": Unit("hora", "horas"),
    "ms": Unit("milissegundo", "milissegundos"),
    "mm": Unit("milímetro", "milímetros"),
    "cm": Unit("centímetro", "centímetros"),
    "m": Unit("metro", "metros"),
    "km": Unit("quilómetro", "quilómetros"),
    "mg": Unit("miligrama", "miligramas"),
    "g": Unit("grama", "gramas"),
    "kg": Unit("quilograma", "quilogramas"),
    "ml": Unit("mililitro", "mililitros"),
    "cl": Unit("centilitro", "centilitros"),
    "l": Unit("litro", "litros"),
    "km/h": Unit("quilómetro por hora", "quilómetros por hora"),
    "m/s": Unit("metro por segundo", "metros por segundo"),
    "Hz": Unit("hertz", "hertz"),
    "kHz": Unit("quilohertz", "quilohertz"),
    "dB": Unit("decibel", "decibéis"),
    "kcal": Unit("quilocaloria", "quilocalorias"),
    "cm²": Unit("centímetro quadrado", "centímetros quadrados"),
    "m²": Unit("metro quadrado", "metros quadrados"),
    "%": Unit("por cento", "por cento"),
    "‰": Unit("por mil", "por mil"),
    "°C": Unit("grau Celsius", "graus Celsius"),
    "ºC": Unit("grau Celsius", "graus Celsius"),
    "°F": Unit("grau Fahrenheit", "graus Fahrenheit"),
    "°": Unit("grau", "graus"),
    "$": Unit("dólar", "dólares"),
    "€": Unit("euro", "euros"),
    "£": Unit("libra", "libras"),
}

TABLE = Table(
    tag="pt",
    to="a",
    ratio="para",
    point="vírgula",
    decimal=",",
    minus="menos",
    plus="mais",
    about="cerca de",
    once="uma vez",
    times="{} vezes",
    by="por",
    number="número",
    out_of="de",
    over="sobre",
    and_="e",
    ordinal=_ordinal,
    ordinal_marks=r"\.?[ºª°](?!\s?[CF]\b)",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("terço", "terços"),
            4: ("quarto", "quartos"),
            5: ("quinto", "quintos"),
            6: ("sexto", "sextos"),
            7: ("sétimo", "sétimos"),
            8: ("oitavo", "oitavos"),
            9: ("nono", "nonos"),
            10: ("décimo", "décimos"),
        }
    ),
    agree=_agree,
    decimals_as_number=True,
    nouns=r"minutos?|segundos?|horas?|dias?|xícaras?|chávenas?|colher(?:es)?|litros?|metros?|voltas?|respiraç(?:ão|ões)",
    counted=r"parte|passo|capítulo|série|sessão|página|dia|semana|fase|nível|exercício|rodada",
    dialled=r"ligue|liga|disque|tel\.|telefone",
    in_breath=r"respiração|respire|respira|ritmo|padrão|ciclo",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"seg"}),
    signs=MappingProxyType(
        {
            "&": "e",
            "+": "mais",
            "=": "igual a",
            "≠": "diferente de",
            "<": "menor que",
            ">": "maior que",
            "≤": "no máximo",
            "≥": "no mínimo",
            "≈": "cerca de",
            "±": "mais ou menos",
            "×": "vezes",
            "÷": "dividido por",
            "@": "arroba",
            "%": "por cento",
            "°": "graus",
            "√": "raiz de",
            "²": "ao quadrado",
            "³": "ao cubo",
            "∞": "infinito",
            "§": "parágrafo",
            "↑": "para cima",
            "↓": "para baixo",
            "↔": "e",
            "€": "euros",
            "$": "dólares",
            "£": "libras",
        }
    ),
    before_number=MappingProxyType(
        {"~": "cerca de", "≈": "cerca de", "<": "menos de", ">": "mais de", "≤": "no máximo", "≥": "no mínimo"}
        | {"#": "número"}
    ),
    per="por",
    per_nouns=MappingProxyType(
        {
            "dia": "",
            "semana": "",
            "mês": "",
            "noite": "",
            "hora": "",
            "h": "hora",
            "minuto": "",
            "min": "minuto",
            "segundo": "",
            "s": "segundo",
            "lado": "",
            "sessão": "",
            "pessoa": "",
        }
    ),
    endings=words("a as o os"),
    or_="ou",
    then="depois",
    dot="ponto",
    months=_MONTHS,
    weekdays=row("segunda terça quarta quinta sexta sábado domingo"),
    date=_date,
    year=_words,
    in_year=r"desde|ano",
    clock=_clock,
    clock_marks=r"horas?|h(?![0-9])",
    clock_words=r"às?|pelas",
    hour=_UNITS["h"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "p. ex.": "por exemplo",
            "etc.": "et cetera",
            "aprox.": "aproximadamente",
            "máx.": "máximo",
            "mín.": "mínimo",
            "Sr.": "senhor",
            "Sra.": "senhora",
            "Dr.": "doutor",
            "Dra.": "doutora",
            "V. Ex.ª": "vossa excelência",
        }
    ),
    before_figures=MappingProxyType(
        {"n.º": "número", "nº": "número", "n°": "número", "núm.": "número", "pág.": "página", "fig.": "figura"}
        | {"vol.": "volume", "cap.": "capítulo"}
    ),
    numbered=r"parte|capítulo|passo|fase|secção|seção|volume|tomo|livro|ato|nível|semana|dia|sessão|lição|módulo",
    initialisms=words("TV DVD CD PC OK DNA GPS HTML PDF"),
    spelled=words("UE EUA ONU HIV VIH UV IA ID QI TDAH EMDR LI SI SP ST SOS"),
    two_letters=words(
        "ah ao aí as às da de do em eu fé há ir já lá lê má me na no nó oh os ou pé pó se sé só te tu um vá vê vi"
    ),
    doubled=words("passo passos isso nosso pessoa terra serra carro corre descanso caatinga leem creem veem"),
    hum="hum",
)
