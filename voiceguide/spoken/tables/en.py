"""English."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("January February March April May June July August September October November December")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_ORDINALS |= {"twelve": "twelfth"}


def _words(number: int) -> str:
    return number_words(number, "en").replace(",", "")


def _ordinal(number: int, mark: str, around: Around) -> str:
    words = _words(number)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    return words[:start] + _ORDINALS.get(last, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def _half(whole: int, noun: str) -> str:
    if whole:
        return f"{_words(whole)} and a half {noun}".rstrip()
    if not noun or noun.endswith("s"):
        return f"one half {noun}".rstrip()
    return f"half {'an' if noun[0] in 'aeiou' or noun == 'hour' else 'a'} {noun}"


def _year(year: int) -> str:
    """``nineteen oh five``, ``twenty twenty-six``."""
    century, rest = divmod(year, 100)
    if year % 1000 < 10 or not 1100 <= year < 2100:
        return _words(year)
    tail = "hundred" if not rest else f"oh {_words(rest)}" if rest < 10 else _words(rest)
    return f"{_words(century)} {tail}"


def _decade(year: int) -> str:
    words = _year(year) if year > 99 else _words(year)
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    said = f"{_MONTHS[month - 1]} {_ordinal(day, '', around)}"
    return said if year is None else f"{said}, {_year(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    half = {"a": " a.m.", "p": " p.m."}.get(mark[:1], "")
    if not minute and hour > 12:
        return f"{_words(hour)} hundred{half}"
    if not minute:
        return f"{_words(hour)}{half}" if half else f"{_words(hour)} o'clock"
    return f"{_words(hour)} {'oh ' if minute < 10 else ''}{_words(minute)}{half}"


_UNITS = {
    "s": Unit("second", "seconds"),
    "sec": Unit("second", "seconds"),
    "secs": Unit("second", "seconds"),
    "min": Unit("minute", "minutes"),
    "mins": Unit("minute", "minutes"),
    "h": Unit("hour", "hours"),
    "hr": Unit("hour", "hours"),
    "hrs": Unit("hour", "hours"),
    "ms": Unit("millisecond", "milliseconds"),
    "mm": Unit("millimeter", "millimeters"),
    "cm": Unit("centimeter", "centimeters"),
    "m": Unit("meter", "meters"),
    "km": Unit("kilometer", "kilometers"),
    "ft": Unit("foot", "feet"),
    "yd": Unit("yard", "yards"),
    "mi": Unit("mile", "miles"),
    "mg": Unit("milligram", "milligrams"),
    "g": Unit("gram", "grams"),
    "kg": Unit("kilogram", "kilograms"),
    "lb": Unit("pound", "pounds"),
    "lbs": Unit("pound", "pounds"),
    "oz": Unit("ounce", "ounces"),
    "ml": Unit("milliliter", "milliliters"),
    "cl": Unit("centiliter", "centiliters"),
    "l": Unit("liter", "liters"),
    "tsp": Unit("teaspoon", "teaspoons"),
    "tbsp": Unit("tablespoon", "tablespoons"),
    "km/h": Unit("kilometer an hour", "kilometers an hour"),
    "mph": Unit("mile an hour", "miles an hour"),
    "m/s": Unit("meter a second", "meters a second"),
    "bpm": Unit("beat a minute", "beats a minute"),
    "Hz": Unit("hertz", "hertz"),
    "kHz": Unit("kilohertz", "kilohertz"),
    "dB": Unit("decibel", "decibels"),
    "kcal": Unit("kilocalorie", "kilocalories"),
    "cm²": Unit("square centimeter", "square centimeters"),
    "m²": Unit("square meter", "square meters"),
    "%": Unit("percent", "percent"),
    "‰": Unit("per mille", "per mille"),
    "°C": Unit("degree Celsius", "degrees Celsius"),
    "°F": Unit("degree Fahrenheit", "degrees Fahrenheit"),
    "°": Unit("degree", "degrees"),
    "$": Unit("dollar", "dollars"),
    "€": Unit("euro", "euros"),
    "£": Unit("pound", "pounds"),
}

TABLE = Table(
    tag="en",
    to="to",
    ratio="to",
    point="point",
    decimal=".",
    groups=",",
    minus="minus",
    plus="plus",
    about="about",
    once="once",
    times="{} times",
    by="by",
    number="number",
    out_of="out of",
    over="over",
    and_="and",
    ordinal=_ordinal,
    ordinal_marks=r"st|nd|rd|th",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("third", "thirds"),
            4: ("quarter", "quarters"),
            5: ("fifth", "fifths"),
            6: ("sixth", "sixths"),
            7: ("seventh", "sevenths"),
            8: ("eighth", "eighths"),
            9: ("ninth", "ninths"),
            12: ("twelfth", "twelfths"),
            16: ("sixteenth", "sixteenths"),
        }
    ),
    nouns=r"minutes?|hours?|seconds?|days?|cups?|teaspoons?|tablespoons?|breaths?|turns?|inch(?:es)?|liters?|meters?",
    counted=r"part|step|chapter|round|set|side|day|week|lesson|session|phase|level|page|track|exercise",
    dialled=r"call|dial|text|phone|ring",
    in_breath=r"breath|breathe|breathing|pattern|rhythm|ratio",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"sec", "secs", "mins", "hr", "hrs", "tsp", "tbsp", "lbs"}),
    signs=MappingProxyType(
        {
            "&": "and",
            "+": "plus",
            "=": "equals",
            "≠": "is not",
            "<": "less than",
            ">": "greater than",
            "≤": "at most",
            "≥": "at least",
            "≈": "about",
            "±": "plus or minus",
            "×": "times",
            "÷": "divided by",
            "@": "at",
            "%": "percent",
            "°": "degrees",
            "√": "the square root of",
            "²": "squared",
            "³": "cubed",
            "∞": "infinity",
            "§": "section",
            "↑": "up",
            "↓": "down",
            "↔": "and",
            "€": "euros",
            "$": "dollars",
            "£": "pounds",
        }
    ),
    before_number=MappingProxyType(
        {"~": "about", "≈": "about", "<": "less than", ">": "more than", "≤": "at most", "≥": "at least", "#": "number"}
    ),
    per="per",
    per_nouns=MappingProxyType(
        {
            "day": "",
            "week": "",
            "month": "",
            "night": "",
            "hour": "",
            "h": "hour",
            "minute": "",
            "min": "minute",
            "second": "",
            "sec": "second",
            "s": "second",
            "side": "",
            "set": "",
            "round": "",
            "session": "",
            "person": "",
            "cycle": "",
        }
    ),
    or_="or",
    then="then",
    dot="dot",
    months=_MONTHS,
    weekdays=row("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    date=_date,
    month_first=True,
    year=_year,
    decade=_decade,
    in_year=r"in|since|from|until|of|year|by",
    clock=_clock,
    clock_marks=r"a\.m\.|p\.m\.|am|pm|o['’]clock",
    clock_words=r"at|around|by",
    hour=_UNITS["h"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "e.g.": "for example",
            "i.e.": "that is",
            "etc.": "et cetera",
            "vs.": "versus",
            "approx.": "approximately",
            "incl.": "including",
            "max.": "maximum",
            "Dr.": "Doctor",
            "Mr.": "Mister",
            "Mrs.": "Missus",
            "Ms.": "Miz",
            "Prof.": "Professor",
            "cf.": "compare",
            "ca.": "about",
        }
    ),
    before_figures=MappingProxyType(
        {"No.": "number", "Nos.": "numbers", "Nr.": "number", "Fig.": "figure", "Vol.": "volume", "p.": "page"}
        | {"pp.": "pages", "Ch.": "chapter", "Pt.": "part"}
    ),
    after_figures=MappingProxyType({"in.": "inches"}),
    numbered=r"part|chapter|step|phase|section|volume|book|act|level|stage|week|day|session|round|lesson|module|unit",
    initialisms=words(
        "US USA UK EU UN TV DVD CD PC ID OK AI UV HIV PTSD ADHD OCD TMJ MRI CT CBT DBT BPM DNA RNA CEO UFO ATM BMI "
        "HRV RPM GPS URL HTML NLP TCM BBC CIA FBI NSDR MBSR MBCT USB PDF DJ FM DIY AC DC PT GP"
    ),
    spelled=words(
        "PMS LI SI KI LU HT LR LV TE CV GV SJ EMDR IQ IV IBS EFT VIP SOS ER ECG EEG NYC PE EMT ICU IFS ASMR FAQ"
    ),
    two_letters=words(
        "ah ai am an as at aw be by do eh er ex go ha he hi ho id if in is it lo ma me my no of oh ok on or "
        "ow ox pa so to uh um up us we ya ye yo"
    ),
    doubled=words(
        "good soon too moon smooth loose food foot feet look cool school room mood book floor spoon soothe sleep deep "
        "feel see keep free knee been three breeze between seen need knees teeth week all fall well still will full "
        "roll pull hello gently ball tall small call tell off soft less press grass little middle ease off yellow wall "
        "hill chill calmly still off puff coffee buzz loop wool root feeling sleepy deeply slowly really finally "
        "softness stillness loosen soften sweet sweep sheet green tree speed heel peel wheel reel steel fuller"
    ),
    hum="hmm",
    hush="hush",
    letters=MappingProxyType({"A": "A-", "a": "A-"}),
)
