"""German."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
_FEMININE = words(
    "minute sekunde stunde tasse runde woche seite hand übung wiederholung drehung atmung phase pause fingerbreite "
    "handbreite einheit sitzung bahn bewegung schale wärmflasche decke matte kugel rolle person"
)
_NEUTER = words(
    "viertel drittel fünftel sechstel siebtel achtel neuntel zwölftel sechzehntel mal "
    "kissen handtuch öl glas kapitel bein auge ohr knie jahr pfund kilogramm gramm grad"
)
_MASCULINE = words(
    "atemzug meter zentimeter millimeter kilometer liter milliliter tag monat finger daumen tropfen teelöffel "
    "esslöffel schritt durchgang zyklus satz teil schluck kreis strich druck euro punkt arm fuß löffel moment"
)
_DATIVE = words("in nach mit von vor aus bei zu seit ab binnen")
_WEAK_N = words("am dem den des zum beim vom im einem einen jedem jeden deinem meinem ihrem diesem diesen")
_TO_DATIVE = words("in an auf mit bei nach seit von zu aus vor unter über neben zwischen ab zur")
_STRONG_R = words("ein kein mein dein sein ihr unser euer")


def _words(number: int) -> str:
    return number_words(number, "de")


def _ordinal(number: int, mark: str, around: Around) -> str:
    from num2words import num2words

    stem = str(num2words(number, lang="de", to="ordinal"))
    before = around.before
    if before in _WEAK_N or before == "zur" or (before == "der" and around.second_before in _TO_DATIVE):
        return f"{stem}n"
    masculine = around.after in _MASCULINE or around.after in _MONTHS_SMALL
    if before in _STRONG_R or before not in _ARTICLES:
        if masculine:
            return f"{stem}r"
        if around.after in _NEUTER:
            return f"{stem}s"
    return stem


_MONTHS_SMALL = frozenset(month.lower() for month in _MONTHS)
_ARTICLES = words("der die das jeder jede jedes dieser diese dieses eine keine meine deine seine ihre unsere")


def _agree(words: str, around: Around) -> str:
    """``eine Minute``, ``in einer Minute``, ``ein Atemzug``, ``einundzwanzig``."""
    if words != "eins":
        return words
    noun, dative = around.after, around.before in _DATIVE
    if noun in _FEMININE:
        return "einer" if dative else "eine"
    if noun in _MASCULINE or noun in _NEUTER:
        return "einem" if dative else "ein"
    return words


def _half(whole: int, noun: str) -> str:
    small = noun.lower().removesuffix("n")
    if whole:
        return f"{'ein' if whole == 1 else _words(whole)}einhalb {noun}".rstrip()
    if small in _FEMININE:
        return f"eine halbe {noun}"
    if not noun:
        return "ein halb"
    return f"ein {'halber' if noun.lower() in _MASCULINE else 'halbes'} {noun}"


def _year(year: int) -> str:
    century, rest = divmod(year, 100)
    if not 1100 <= year < 2000:
        return _words(year)
    return f"{_words(century)}hundert{_words(rest) if rest else ''}"


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    name = _MONTHS[month - 1]
    said = f"{_ordinal(day, '.', Around(around.before, around.second_before, name.lower()))} {name}"
    return said if year is None else f"{said} {_year(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    said = f"{'ein' if hour == 1 else _words(hour)} Uhr"
    return f"{said} {_words(minute)}" if minute else said


_UNITS = {
    "s": Unit("Sekunde", "Sekunden"),
    "sec": Unit("Sekunde", "Sekunden"),
    "sek": Unit("Sekunde", "Sekunden"),
    "Sek": Unit("Sekunde", "Sekunden"),
    "min": Unit("Minute", "Minuten"),
    "Min": Unit("Minute", "Minuten"),
    "h": Unit("Stunde", "Stunden"),
    "Std": Unit("Stunde", "Stunden"),
    "ms": Unit("Millisekunde", "Millisekunden"),
    "mm": Unit("Millimeter", "Millimeter"),
    "cm": Unit("Zentimeter", "Zentimeter"),
    "m": Unit("Meter", "Meter"),
    "km": Unit("Kilometer", "Kilometer"),
    "mg": Unit("Milligramm", "Milligramm"),
    "g": Unit("Gramm", "Gramm"),
    "kg": Unit("Kilogramm", "Kilogramm"),
    "ml": Unit("Milliliter", "Milliliter"),
    "cl": Unit("Zentiliter", "Zentiliter"),
    "l": Unit("Liter", "Liter"),
    "TL": Unit("Teelöffel", "Teelöffel"),
    "EL": Unit("Esslöffel", "Esslöffel"),
    "km/h": Unit("Kilometer pro Stunde", "Kilometer pro Stunde"),
    "m/s": Unit("Meter pro Sekunde", "Meter pro Sekunde"),
    "Hz": Unit("Hertz", "Hertz"),
    "kHz": Unit("Kilohertz", "Kilohertz"),
    "dB": Unit("Dezibel", "Dezibel"),
    "kcal": Unit("Kilokalorie", "Kilokalorien"),
    "cm²": Unit("Quadratzentimeter", "Quadratzentimeter"),
    "m²": Unit("Quadratmeter", "Quadratmeter"),
    "%": Unit("Prozent", "Prozent"),
    "‰": Unit("Promille", "Promille"),
    "°C": Unit("Grad Celsius", "Grad Celsius"),
    "°F": Unit("Grad Fahrenheit", "Grad Fahrenheit"),
    "°": Unit("Grad", "Grad"),
    "$": Unit("Dollar", "Dollar"),
    "€": Unit("Euro", "Euro"),
    "£": Unit("Pfund", "Pfund"),
}

TABLE = Table(
    tag="de",
    to="bis",
    ratio="zu",
    point="Komma",
    decimal=",",
    minus="minus",
    plus="plus",
    about="etwa",
    once="einmal",
    times="{}mal",
    by="mal",
    number="Nummer",
    out_of="von",
    over="zu",
    and_="und",
    ordinal=_ordinal,
    ordinal_marks=r"(?!)",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("Drittel", "Drittel"),
            4: ("Viertel", "Viertel"),
            5: ("Fünftel", "Fünftel"),
            6: ("Sechstel", "Sechstel"),
            7: ("Siebtel", "Siebtel"),
            8: ("Achtel", "Achtel"),
            9: ("Neuntel", "Neuntel"),
            12: ("Zwölftel", "Zwölftel"),
            16: ("Sechzehntel", "Sechzehntel"),
        }
    ),
    agree=_agree,
    nouns=r"Minuten?|Stunden?|Sekunden?|Tage?|Tassen?|Teelöffel|Esslöffel|Atemz[uü]ge?|Liter|Meter|Drehung(?:en)?|Runden?",
    dotted=True,
    dotted_ordinal=r"am|an|der|die|das|den|dem|des|zum|zur|beim|vom|im|ab|bis|jeder|jede|jeden|jedes|jedem|ein|eine"
    r"|einen|einem|einer|kein|sein|seine|seinen|seinem|seiner|dein|deine|deinen|deinem|deiner|ihr|ihre|ihren|ihrem|unser|mein"
    r"|meine|dieser|diese|diesem|diesen",
    openers=words(
        "dann nun jetzt und danach atme atmen lass lassen spüre spüren lege legen halte halten entspanne entspannen "
        "bleibe bleib öffne öffnen schließe schließen wenn zum am im sehr gut weiter nochmal noch ganz alle"
    ),
    counted=r"Teil|Schritt|Kapitel|Runde|Satz|Seite|Tag|Woche|Übung|Phase|Stufe",
    dialled=r"rufe?|wähle?|Tel\.|Telefon|Notruf",
    in_breath=r"Atmung|Atem|atme|atmen|Atemmuster|Muster|Rhythmus|Atemrhythmus|Verhältnis",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"Sek", "Min", "Std"}),
    signs=MappingProxyType(
        {
            "&": "und",
            "+": "plus",
            "=": "gleich",
            "≠": "ungleich",
            "<": "kleiner als",
            ">": "größer als",
            "≤": "höchstens",
            "≥": "mindestens",
            "≈": "etwa",
            "±": "plus minus",
            "×": "mal",
            "÷": "geteilt durch",
            "@": "at",
            "%": "Prozent",
            "°": "Grad",
            "√": "Wurzel aus",
            "²": "hoch zwei",
            "³": "hoch drei",
            "∞": "unendlich",
            "§": "Paragraf",
            "↑": "nach oben",
            "↓": "nach unten",
            "↔": "und",
            "€": "Euro",
            "$": "Dollar",
            "£": "Pfund",
        }
    ),
    before_number=MappingProxyType(
        {"~": "etwa", "≈": "etwa", "<": "weniger als", ">": "mehr als", "≤": "höchstens", "≥": "mindestens"}
        | {"#": "Nummer"}
    ),
    per="pro",
    per_nouns=MappingProxyType(
        {
            "Tag": "",
            "Woche": "",
            "Monat": "",
            "Nacht": "",
            "Stunde": "",
            "Std": "Stunde",
            "h": "Stunde",
            "Minute": "",
            "Min": "Minute",
            "Sekunde": "",
            "Sek": "Sekunde",
            "s": "Sekunde",
            "Seite": "",
            "Satz": "",
            "Runde": "",
            "Person": "",
        }
    ),
    endings=words("in innen r n e"),
    or_="oder",
    then="dann",
    dot="Punkt",
    months=_MONTHS,
    weekdays=row("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
    short_day=2,
    date=_date,
    year=_year,
    in_year=r"Jahr|Jahre|seit|Anno",
    clock=_clock,
    clock_marks=r"Uhr",
    clock_words=r"um|gegen",
    hour=_UNITS["h"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "z. B.": "zum Beispiel",
            "d. h.": "das heißt",
            "u. a.": "unter anderem",
            "o. ä.": "oder ähnlich",
            "v. a.": "vor allem",
            "i. d. R.": "in der Regel",
            "bzw.": "beziehungsweise",
            "ca.": "circa",
            "usw.": "und so weiter",
            "etc.": "et cetera",
            "ggf.": "gegebenenfalls",
            "evtl.": "eventuell",
            "inkl.": "inklusive",
            "max.": "maximal",
            "mind.": "mindestens",
            "vgl.": "vergleiche",
            "sog.": "sogenannt",
            "Dr.": "Doktor",
            "Prof.": "Professor",
            "Hr.": "Herr",
            "Fr.": "Frau",
        }
    ),
    before_figures=MappingProxyType(
        {"Nr.": "Nummer", "Nrn.": "Nummern", "Abb.": "Abbildung", "Bd.": "Band", "S.": "Seite", "Kap.": "Kapitel"}
    ),
    numbered=r"Teil|Kapitel|Schritt|Phase|Abschnitt|Band|Buch|Akt|Stufe|Woche|Tag|Sitzung|Runde|Lektion|Modul|Einheit",
    initialisms=words("TV DVD CD PC OK PTBS DNA BMI GPS HTML PDF BRD DDR LKW PKW"),
    spelled=words(
        "ADHS HIV ID UKW US USA EU UNO UV KI AI LI SI LU HT GB SP ST IQ EKG EEG MRT CT BH EMDR ICE WC SOS TCM"
    ),
    two_letters=words("ab ah am an au da du eh ei er es he im in ja je na no ob oh oi so um wo zu"),
    doubled=words(
        "alle soll voll still fall ball halle welle wolle kommen komm dann kann immer stimme sonne innen langsamm see "
        "meer tee leer haar paar boot moos seele treppe lippe lippen rücken nacken decke bett matte mitte bitte wasser "
        "lassen loslassen lass kissen fassen besser essen"
    ),
    tripled=r"\w*(?:(?P<t>[bdfglmnprst])(?P=t){2}\w{2,}|(?:s|t|kaff|all|id|arm|schn|kl)eee\w{2,})",
    hum="hm",
)
