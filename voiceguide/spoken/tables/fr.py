"""French."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
_FEMININE = words(
    "minute minutes seconde secondes heure heures fois respiration respirations inspiration expiration main mains "
    "tasse cuillère cuillères semaine série séance répétition étape partie pause goutte page"
)


def _words(number: int) -> str:
    return number_words(number, "fr")


def _agree(words: str, around: Around) -> str:
    """``une minute``, ``vingt et une minutes``."""
    if around.after in _FEMININE and (words == "un" or words.endswith((" un", "-un"))):
        return f"{words}e"
    return words


def _ordinal(number: int, mark: str, around: Around) -> str:
    from num2words import num2words

    if number == 1:
        return "première" if mark in ("re", "ère", "ere") or around.after in _FEMININE else "premier"
    if mark in ("nd", "nde"):
        return "seconde" if mark == "nde" else "second"
    return str(num2words(number, lang="fr", to="ordinal"))


def _half(whole: int, noun: str) -> str:
    feminine = noun.lower() in _FEMININE
    if whole:
        count = _agree(_words(whole), Around(after=noun.lower()))
        return f"{count} {noun} et demi{'e' if feminine else ''}".replace("  ", " ")
    return f"{'une' if feminine else 'un'} demi{f'-{noun}' if noun else ''}"


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    said = f"{'premier' if day == 1 else _words(day)} {_MONTHS[month - 1]}"
    return said if year is None else f"{said} {_words(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    said = f"{_agree(_words(hour), Around(after='heure'))} heure{'s' if hour > 1 else ''}"
    return f"{said} {_words(minute)}" if minute else said


_UNITS = {
    "s": Unit("seconde", "secondes"),
    "sec": Unit("seconde", "secondes"),
    "min": Unit("minute", "minutes"),
    "mn": Unit("minute", "minutes"),
    "h": Unit("heure", "heures"),
    "ms": Unit("milliseconde", "millisecondes"),
    "mm": Unit("millimètre", "millimètres"),
    "cm": Unit("centimètre", "centimètres"),
    "m": Unit("mètre", "mètres"),
    "km": Unit("kilomètre", "kilomètres"),
    "mg": Unit("milligramme", "milligrammes"),
    "g": Unit("gramme", "grammes"),
    "kg": Unit("kilogramme", "kilogrammes"),
    "ml": Unit("millilitre", "millilitres"),
    "cl": Unit("centilitre", "centilitres"),
    "l": Unit("litre", "litres"),
    "km/h": Unit("kilomètre à l'heure", "kilomètres à l'heure"),
    "m/s": Unit("mètre par seconde", "mètres par seconde"),
    "Hz": Unit("hertz", "hertz"),
    "kHz": Unit("kilohertz", "kilohertz"),
    "dB": Unit("décibel", "décibels"),
    "kcal": Unit("kilocalorie", "kilocalories"),
    "cm²": Unit("centimètre carré", "centimètres carrés"),
    "m²": Unit("mètre carré", "mètres carrés"),
    "%": Unit("pour cent", "pour cent"),
    "‰": Unit("pour mille", "pour mille"),
    "°C": Unit("degré Celsius", "degrés Celsius"),
    "°F": Unit("degré Fahrenheit", "degrés Fahrenheit"),
    "°": Unit("degré", "degrés"),
    "$": Unit("dollar", "dollars"),
    "€": Unit("euro", "euros"),
    "£": Unit("livre", "livres"),
}

TABLE = Table(
    tag="fr",
    to="à",
    ratio="pour",
    point="virgule",
    decimal=",",
    groups=" .\u00a0\u202f",
    minus="moins",
    plus="plus",
    about="environ",
    once="une fois",
    times="{} fois",
    by="sur",
    number="numéro",
    out_of="sur",
    over="sur",
    and_="et",
    ordinal=_ordinal,
    ordinal_marks=r"ers?|res?|ères?|eres?|es?|i?[èe]mes?|nde?s?",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("tiers", "tiers"),
            4: ("quart", "quarts"),
            5: ("cinquième", "cinquièmes"),
            6: ("sixième", "sixièmes"),
            7: ("septième", "septièmes"),
            8: ("huitième", "huitièmes"),
            9: ("neuvième", "neuvièmes"),
            12: ("douzième", "douzièmes"),
            16: ("seizième", "seizièmes"),
        }
    ),
    agree=_agree,
    decimals_as_number=True,
    nouns=r"minutes?|secondes?|heures?|jours?|tasses?|litres?|mètres?|tours?|respirations?|cuillères?",
    counted=r"partie|étape|chapitre|série|séance|page|jour|semaine|phase|niveau|exercice",
    dialled=r"appelez|appelle|composez|tél\.|téléphone",
    in_breath=r"respiration|respirez|respire|rythme|cycle|souffle|schéma",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"sec"}),
    signs=MappingProxyType(
        {
            "&": "et",
            "+": "plus",
            "=": "égale",
            "≠": "différent de",
            "<": "inférieur à",
            ">": "supérieur à",
            "≤": "au plus",
            "≥": "au moins",
            "≈": "environ",
            "±": "plus ou moins",
            "×": "fois",
            "÷": "divisé par",
            "@": "arobase",
            "%": "pour cent",
            "°": "degrés",
            "√": "racine de",
            "²": "au carré",
            "³": "au cube",
            "∞": "infini",
            "§": "paragraphe",
            "↑": "vers le haut",
            "↓": "vers le bas",
            "↔": "et",
            "€": "euros",
            "$": "dollars",
            "£": "livres",
        }
    ),
    before_number=MappingProxyType(
        {"~": "environ", "≈": "environ", "<": "moins de", ">": "plus de", "≤": "au plus", "≥": "au moins"}
        | {"#": "numéro"}
    ),
    per="par",
    per_nouns=MappingProxyType(
        {
            "jour": "",
            "semaine": "",
            "mois": "",
            "nuit": "",
            "heure": "",
            "h": "heure",
            "minute": "",
            "min": "minute",
            "seconde": "",
            "s": "seconde",
            "côté": "",
            "séance": "",
            "cycle": "",
            "personne": "",
        }
    ),
    endings=words("e es ne nes trice"),
    or_="ou",
    then="puis",
    dot="point",
    months=_MONTHS,
    weekdays=row("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    date=_date,
    year=_words,
    in_year=r"en|depuis|année",
    clock=_clock,
    clock_marks=r"heures?|h(?![0-9])",
    clock_words=r"à|vers|dès",
    hour=_UNITS["h"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "p. ex.": "par exemple",
            "c.-à-d.": "c'est-à-dire",
            "etc.": "et cetera",
            "env.": "environ",
            "max.": "maximum",
            "min.": "minimum",
            "cf.": "voir",
            "Dr.": "docteur",
            "M.": "monsieur",
            "Mme": "madame",
            "Mlle": "mademoiselle",
        }
    ),
    before_figures=MappingProxyType(
        {
            "n°": "numéro",
            "no": "numéro",
            "no.": "numéro",
            "nº": "numéro",
            "p.": "page",
            "fig.": "figure",
            "vol.": "volume",
        }
    ),
    numbered=r"partie|chapitre|étape|phase|section|volume|tome|livre|acte|niveau|semaine|jour|séance|leçon|module",
    initialisms=words("TV DVD CD PC OK USA ADN GPS HTML PDF CV TGV SMS"),
    spelled=words("ID UE ONU VIH UV IA QI IRM TOC LI SI GI RP TDAH EMDR ESPT SOS"),
    two_letters=words(
        "ah ai as au ça ce ci de du eh en es et eu fi ha il je la le lu ma me mi mu ne ni nu oh on or os où "
        "ou pu qu sa se si su ta te tu un us va vu"
    ),
    doubled=words("elle elles belle balle ville mille calme bonne donne comme pomme homme laisse baisse"),
    hum="hmm",
    hush="chut",
)
