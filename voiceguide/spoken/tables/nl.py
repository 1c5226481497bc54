"""Dutch."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("januari februari maart april mei juni juli augustus september oktober november december")
_NEUTER = words("uur kopje glas keer blok pond")


def _words(number: int) -> str:
    return number_words(number, "nl")


def _ordinal(number: int, mark: str, around: Around) -> str:
    from num2words import num2words

    return str(num2words(number, lang="nl", to="ordinal"))


def _half(whole: int, noun: str) -> str:
    half = "half" if noun.lower() in _NEUTER or not noun else "halve"
    if whole:
        return f"{_words(whole)} en een {half} {noun}".rstrip()
    return f"een {half} {noun}".rstrip()


def _year(year: int) -> str:
    century, rest = divmod(year, 100)
    if not 1100 <= year < 2000:
        return _words(year)
    return f"{_words(century)}{'honderd' if not rest else _words(rest)}" if rest > 9 or not rest else _words(year)


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    said = f"{_words(day)} {_MONTHS[month - 1]}"
    return said if year is None else f"{said} {_year(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    return f"{_words(hour)} uur {_words(minute)}" if minute else f"{_words(hour)} uur"


_UNITS = {
    "s": Unit("seconde", "seconden"),
    "sec": Unit("seconde", "seconden"),
    "min": Unit("minuut", "minuten"),
    "u": Unit("uur", "uur"),
    "h": Unit("uur", "uur"),
    "ms": Unit("milliseconde", "milliseconden"),
    "mm": Unit("millimeter", "millimeter"),
    "cm": Unit("centimeter", "centimeter"),
    "m": Unit("meter", "meter"),
    "km": Unit("kilometer", "kilometer"),
    "mg": Unit("milligram", "milligram"),
    "g": Unit("gram", "gram"),
    "kg": Unit("kilogram", "kilogram"),
    "ml": Unit("milliliter", "milliliter"),
    "cl": Unit("centiliter", "centiliter"),
    "l": Unit("liter", "liter"),
    "km/u": Unit("kilometer per uur", "kilometer per uur"),
    "km/h": Unit("kilometer per uur", "kilometer per uur"),
    "m/s": Unit("meter per seconde", "meter per seconde"),
    "Hz": Unit("hertz", "hertz"),
    "kHz": Unit("kilohertz", "kilohertz"),
    "dB": Unit("decibel", "decibel"),
    "kcal": Unit("kilocalorie", "kilocalorieën"),
    "cm²": Unit("vierkante centimeter", "vierkante centimeter"),
    "m²": Unit("vierkante meter", "vierkante meter"),
    "%": Unit("procent", "procent"),
    "‰": Unit("promille", "promille"),
    "°C": Unit("graad Celsius", "graden Celsius"),
    "°F": Unit("graad Fahrenheit", "graden Fahrenheit"),
    "°": Unit("graad", "graden"),
    "$": Unit("dollar", "dollar"),
    "€": Unit("euro", "euro"),
    "£": Unit("pond", "pond"),
}

TABLE = Table(
    tag="nl",
    to="tot",
    ratio="op",
    point="komma",
    decimal=",",
    minus="min",
    plus="plus",
    about="ongeveer",
    once="één keer",
    times="{} keer",
    by="bij",
    number="nummer",
    out_of="van de",
    over="op",
    and_="en",
    ordinal=_ordinal,
    ordinal_marks=r"ste|de|e",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("derde", "derde"),
            4: ("kwart", "kwart"),
            5: ("vijfde", "vijfde"),
            6: ("zesde", "zesde"),
            7: ("zevende", "zevende"),
            8: ("achtste", "achtste"),
            9: ("negende", "negende"),
            10: ("tiende", "tiende"),
        }
    ),
    decimals_as_number=True,
    nouns=r"minu(?:ut|ten)|seconden?|uur|uren|dag(?:en)?|kopjes?|liter|meter|rondes?|ademhaling(?:en)?|theelepels?|eetlepels?",
    counted=r"deel|stap|hoofdstuk|ronde|set|pagina|dag|week|fase|niveau|oefening",
    dialled=r"bel|belt|tel\.|telefoon",
    in_breath=r"ademhaling|adem|ademen|ritme|patroon|cyclus",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"sec", "min"}),
    signs=MappingProxyType(
        {
            "&": "en",
            "+": "plus",
            "=": "is",
            "≠": "is niet",
            "<": "kleiner dan",
            ">": "groter dan",
            "≤": "hoogstens",
            "≥": "minstens",
            "≈": "ongeveer",
            "±": "ongeveer",
            "×": "keer",
            "÷": "gedeeld door",
            "@": "apenstaartje",
            "%": "procent",
            "°": "graden",
            "√": "wortel van",
            "²": "in het kwadraat",
            "³": "tot de derde",
            "∞": "oneindig",
            "§": "paragraaf",
            "↑": "omhoog",
            "↓": "omlaag",
            "↔": "en",
            "€": "euro",
            "$": "dollar",
            "£": "pond",
        }
    ),
    before_number=MappingProxyType(
        {"~": "ongeveer", "≈": "ongeveer", "<": "minder dan", ">": "meer dan", "≤": "hoogstens", "≥": "minstens"}
        | {"#": "nummer", "±": "ongeveer"}
    ),
    per="per",
    per_nouns=MappingProxyType(
        {
            "dag": "",
            "week": "",
            "maand": "",
            "nacht": "",
            "uur": "",
            "u": "uur",
            "minuut": "",
            "min": "minuut",
            "seconde": "",
            "sec": "seconde",
            "s": "seconde",
            "kant": "",
            "zijde": "",
            "ronde": "",
            "persoon": "",
        }
    ),
    endings=words("in ster e"),
    or_="of",
    then="dan",
    dot="punt",
    months=_MONTHS,
    weekdays=row("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
    short_day=2,
    date=_date,
    year=_year,
    in_year=r"in|sinds|jaar",
    clock=_clock,
    clock_marks=r"uur|u(?![0-9])",
    clock_words=r"om|rond",
    hour=_UNITS["u"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "bijv.": "bijvoorbeeld",
            "bv.": "bijvoorbeeld",
            "d.w.z.": "dat wil zeggen",
            "o.a.": "onder andere",
            "m.b.v.": "met behulp van",
            "i.p.v.": "in plaats van",
            "t/m": "tot en met",
            "enz.": "enzovoort",
            "etc.": "et cetera",
            "ca.": "circa",
            "evt.": "eventueel",
            "incl.": "inclusief",
            "max.": "maximaal",
            "dr.": "dokter",
            "dhr.": "de heer",
            "mevr.": "mevrouw",
        }
    ),
    before_figures=MappingProxyType(
        {"nr.": "nummer", "blz.": "bladzijde", "fig.": "figuur", "hfst.": "hoofdstuk", "p.": "pagina"}
    ),
    numbered=r"deel|hoofdstuk|stap|fase|sectie|boek|akte|niveau|week|dag|sessie|ronde|les|module|eenheid",
    initialisms=words("TV DVD CD PC OK GPS HTML PDF"),
    spelled=words("BMI DNA EU USA VS VN HIV UV AI ID IQ ADHD PTSS OCD MRI EMDR LI SI SP ST GB SOS"),
    two_letters=words("af ah al de en er ga ha he ik in is ja je me na nu of oh om on op te uw we zo"),
    doubled=words(
        "een twee drie zee thee mee alleen been benen heen steen adem maan gaan staan laat laten maak haal kaak slaap "
        "goed voor oog oor hoor stoom mooi rood hoog droom boom muur uur vuur duur naar daar haar waar langzaam zacht "
        "heel veel geel deel keel meer weer zeer alle allemaal bal ballen lekker stil stilte"
    ),
    hum="hum",
)
