"""Spanish."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_FEMININE = words(
    "hora horas vez veces respiración respiraciones inhalación exhalación mano manos taza tazas cucharada cucharadas "
    "cucharadita cucharaditas semana semanas serie series sesión sesiones repetición repeticiones vuelta vueltas pausa "
    "gota gotas página páginas parte partes ronda rondas libra libras kilocaloría kilocalorías rodilla rodillas"
)
_MASCULINE = words(
    "segundo segundos minuto minutos día días metro metros centímetro centímetros milímetro milímetros kilómetro "
    "kilómetros litro litros gramo gramos kilogramo kilogramos paso pasos ciclo ciclos dedo dedos mes meses año años "
    "grado grados euro euros dólar dólares tercio cuarto quinto sexto séptimo octavo noveno giro giros momento"
)
_TENS = ("", *row("décimo vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo"))
_ONES = ("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno")


def _words(number: int) -> str:
    return number_words(number, "es")


def _agree(words: str, around: Around) -> str:
    """``un minuto``, ``una vez``, ``veintiún días``."""
    if not words.endswith("uno"):
        return words
    if around.after in _FEMININE:
        return f"{words[:-1]}a"
    if around.after in _MASCULINE:
        return f"{words[:-3]}ún" if words == "veintiuno" else words[:-1]
    return words


def _ordinal(number: int, mark: str, around: Around) -> str:
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return _words(number)
    said = {11: "undécimo", 12: "duodécimo"}.get(number) or f"{_TENS[tens]} {_ONES[ones]}".strip()
    if mark.endswith(("ª", "a")) or around.after in _FEMININE:
        return " ".join(f"{part[:-1]}a" for part in said.split())
    short = mark in ("er", ".er") or around.after in _MASCULINE
    return said[:-1] if short and ones in (1, 3) and number not in (11,) else said


def _half(whole: int, noun: str) -> str:
    feminine = noun.lower() in _FEMININE
    if whole:
        count = _agree(_words(whole), Around(after=noun.lower()))
        return f"{count} {noun} y medi{'a' if feminine else 'o'}".replace("  ", " ")
    return f"medi{'a' if feminine else 'o'} {noun}" if noun else "un medio"


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    said = f"{'primero' if day == 1 else _words(day)} de {_MONTHS[month - 1]}"
    return said if year is None else f"{said} de {_words(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    hours = "una" if hour == 1 else _words(hour)
    tail = {"a": " de la mañana", "p": " de la tarde"}.get(mark[:1], " horas" if mark[:1] == "h" else "")
    if not minute:
        return f"{hours}{tail}"
    return f"{hours} y {_words(minute)}{tail}"


_UNITS = {
    "s": Unit("segundo", "segundos"),
    "seg": Unit("segundo", "segundos"),
    "sec": Unit("segundo", "segundos"),
    "min": Unit("minuto", "minutos"),
    "h": Unit("hora", "horas"),
    "hs": Unit("hora", "horas"),
    "ms": Unit("milisegundo", "milisegundos"),
    "mm": Unit("milímetro", "milímetros"),
    "cm": Unit("centímetro", "centímetros"),
    "m": Unit("metro", "metros"),
    "km": Unit("kilómetro", "kilómetros"),
    "mg": Unit("miligramo", "miligramos"),
    "g": Unit("gramo", "gramos"),
    "kg": Unit("kilogramo", "kilogramos"),
    "ml": Unit("mililitro", "mililitros"),
    "cl": Unit("centilitro", "centilitros"),
    "l": Unit("litro", "litros"),
    "km/h": Unit("kilómetro por hora", "kilómetros por hora"),
    "m/s": Unit("metro por segundo", "metros por segundo"),
    "Hz": Unit("hercio", "hercios"),
    "kHz": Unit("kilohercio", "kilohercios"),
    "dB": Unit("decibelio", "decibelios"),
    "kcal": Unit("kilocaloría", "kilocalorías"),
    "cm²": Unit("centímetro cuadrado", "centímetros cuadrados"),
    "m²": Unit("metro cuadrado", "metros cuadrados"),
    "%": Unit("por ciento", "por ciento"),
    "‰": Unit("por mil", "por mil"),
    "°C": Unit("grado Celsius", "grados Celsius"),
    "ºC": Unit("grado Celsius", "grados Celsius"),
    "°F": Unit("grado Fahrenheit", "grados Fahrenheit"),
    "°": Unit("grado", "grados"),
    "$": Unit("dólar", "dólares"),
    "€": Unit("euro", "euros"),
    "£": Unit("libra", "libras"),
}

TABLE = Table(
    tag="es",
    to="a",
    ratio="a",
    point="coma",
    decimal=",",
    minus="menos",
    plus="más",
    about="unos",
    once="una vez",
    times="{} veces",
    by="por",
    number="número",
    out_of="de",
    over="sobre",
    and_="y",
    ordinal=_ordinal,
    ordinal_marks=r"\.?(?:[ºª°](?!\s?[CF]\b)|er)|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("tercio", "tercios"),
            4: ("cuarto", "cuartos"),
            5: ("quinto", "quintos"),
            6: ("sexto", "sextos"),
            7: ("séptimo", "séptimos"),
            8: ("octavo", "octavos"),
            9: ("noveno", "novenos"),
            10: ("décimo", "décimos"),
        }
    ),
    agree=_agree,
    decimals_as_number=True,
    nouns=r"minutos?|segundos?|horas?|días?|tazas?|cucharad(?:it)?as?|litros?|metros?|vueltas?|respiraci(?:ón|ones)",
    counted=r"parte|paso|capítulo|serie|sesión|página|día|semana|fase|nivel|ejercicio|ronda",
    dialled=r"llama|llame|marca|marque|tel\.|teléfono",
    in_breath=r"respiración|respira|respire|ritmo|patrón|ciclo",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"seg"}),
    signs=MappingProxyType(
        {
            "&": "y",
            "+": "más",
            "=": "igual a",
            "≠": "distinto de",
            "<": "menor que",
            ">": "mayor que",
            "≤": "como máximo",
            "≥": "como mínimo",
            "≈": "aproximadamente",
            "±": "más o menos",
            "×": "por",
            "÷": "dividido por",
            "@": "arroba",
            "%": "por ciento",
            "°": "grados",
            "√": "raíz de",
            "²": "al cuadrado",
            "³": "al cubo",
            "∞": "infinito",
            "§": "párrafo",
            "↑": "hacia arriba",
            "↓": "hacia abajo",
            "↔": "y",
            "€": "euros",
            "$": "dólares",
            "£": "libras",
        }
    ),
    before_number=MappingProxyType(
        {
            "~": "unos",
            "≈": "unos",
            "<": "menos de",
            ">": "más de",
            "≤": "como máximo",
            "≥": "como mínimo",
            "#": "número",
        }
    ),
    per="por",
    per_nouns=MappingProxyType(
        {
            "día": "",
            "semana": "",
            "mes": "",
            "noche": "",
            "hora": "",
            "h": "hora",
            "minuto": "",
            "min": "minuto",
            "segundo": "",
            "s": "segundo",
            "lado": "",
            "sesión": "",
            "persona": "",
        }
    ),
    endings=words("a as o os"),
    or_="o",
    then="luego",
    dot="punto",
    months=_MONTHS,
    weekdays=row("lunes martes miércoles jueves viernes sábado domingo"),
    date=_date,
    year=_words,
    in_year=r"desde|año",
    clock=_clock,
    clock_marks=r"a\.\s?m\.|p\.\s?m\.|am|pm|horas|h",
    clock_words=r"a las?|las",
    hour=_UNITS["h"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "p. ej.": "por ejemplo",
            "EE. UU.": "Estados Unidos",
            "etc.": "etcétera",
            "aprox.": "aproximadamente",
            "máx.": "máximo",
            "mín.": "mínimo",
            "Sr.": "señor",
            "Sra.": "señora",
            "Srta.": "señorita",
            "Dr.": "doctor",
            "Dra.": "doctora",
            "Ud.": "usted",
            "Uds.": "ustedes",
        }
    ),
    before_figures=MappingProxyType(
        {"n.º": "número", "nº": "número", "n°": "número", "núm.": "número", "pág.": "página", "fig.": "figura"}
        | {"vol.": "volumen", "cap.": "capítulo"}
    ),
    numbered=r"parte|capítulo|paso|fase|sección|volumen|tomo|libro|acto|nivel|semana|día|sesión|lección|módulo",
    initialisms=words("TV DVD CD PC OK GPS HTML PDF DNI"),
    spelled=words("ADN UE ONU VIH UV IA ID TOC TDAH LI SI IG EMDR TEPT IMC SOS"),
    two_letters=words(
        "ah al ay da de di el en es fe ha he ir ja la le lo me mi ni no oh os se si sí su te ti tu tú un va ve vi ya yo"
    ),
    doubled=words(
        "leer creer cree lee ella ello ellos ellas brilla rodilla mejilla silla calle lluvia lleva llena perro tierra "
        "cierra guerra torre cooperar"
    ),
    hum="hum",
)
