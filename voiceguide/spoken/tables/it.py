"""Italian."""

from __future__ import annotations

from types import MappingProxyType

from voiceguide.languages import number_words
from voiceguide.spoken.table import Around, Table, Unit, row, words

_MONTHS = row("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")
_FEMININE = words(
    "ora ore volta volte mano mani tazza tazze settimana settimane serie sessione sessioni ripetizione ripetizioni "
    "pausa pause goccia gocce pagina pagine parte parti inspirazione espirazione respirazione respirazioni sterlina "
    "sterline chilocaloria chilocalorie rotazione rotazioni fase fasi lezione mezza"
)
_MASCULINE = words(
    "secondo secondi minuto minuti giorno giorni metro metri centimetro centimetri millimetro millimetri chilometro "
    "chilometri litro litri grammo grammi chilogrammo chilogrammi respiro respiri ciclo cicli dito mese mesi grado "
    "gradi euro dollaro dollari terzo quarto quinto sesto settimo ottavo nono giro giri cucchiaio cucchiai cucchiaino "
    "momento"
)


def _words(number: int) -> str:
    return number_words(number, "it")


def _agree(words: str, around: Around) -> str:
    """``un minuto``, ``un'ora``, ``una volta``."""
    if words != "uno":
        return words
    if around.after in _FEMININE:
        return "una"
    return "un" if around.after in _MASCULINE else words


def _ordinal(number: int, mark: str, around: Around) -> str:
    from num2words import num2words

    said = str(num2words(number, lang="it", to="ordinal"))
    return f"{said[:-1]}a" if mark in ("ª", "a") or around.after in _FEMININE else said


def _half(whole: int, noun: str) -> str:
    feminine = noun.lower() in _FEMININE
    if whole:
        count = _agree(_words(whole), Around(after=noun.lower()))
        return f"{count} {noun} e mezz{'a' if feminine else 'o'}".replace("  ", " ")
    if noun.lower() == "ora":
        return "mezz'ora"
    return f"mezz{'a' if feminine else 'o'} {noun}" if noun else "un mezzo"


def _date(day: int, month: int, year: int | None, around: Around) -> str:
    said = f"{'primo' if day == 1 else _words(day)} {_MONTHS[month - 1]}"
    return said if year is None else f"{said} {_words(year)}"


def _clock(hour: int, minute: int, mark: str) -> str:
    hours = "una" if hour == 1 else _words(hour)
    return f"{hours} e {_words(minute)}" if minute else hours


_UNITS = {
    "s": Unit("secondo", "secondi"),
    "sec": Unit("secondo", "secondi"),
    "min": Unit("minuto", "minuti"),
    "h": Unit("ora", "ore"),
    "ms": Unit("millisecondo", "millisecondi"),
    "mm": Unit("millimetro", "millimetri"),
    "cm": Unit("centimetro", "centimetri"),
    "m": Unit("metro", "metri"),
    "km": Unit("chilometro", "chilometri"),
    "mg": Unit("milligrammo", "milligrammi"),
    "g": Unit("grammo", "grammi"),
    "kg": Unit("chilogrammo", "chilogrammi"),
    "ml": Unit("millilitro", "millilitri"),
    "cl": Unit("centilitro", "centilitri"),
    "l": Unit("litro", "litri"),
    "km/h": Unit("chilometro all'ora", "chilometri all'ora"),
    "m/s": Unit("metro al secondo", "metri al secondo"),
    "Hz": Unit("hertz", "hertz"),
    "kHz": Unit("chilohertz", "chilohertz"),
    "dB": Unit("decibel", "decibel"),
    "kcal": Unit("chilocaloria", "chilocalorie"),
    "cm²": Unit("centimetro quadrato", "centimetri quadrati"),
    "m²": Unit("metro quadrato", "metri quadrati"),
    "%": Unit("per cento", "per cento"),
    "‰": Unit("per mille", "per mille"),
    "°C": Unit("grado Celsius", "gradi Celsius"),
    "°F": Unit("grado Fahrenheit", "gradi Fahrenheit"),
    "°": Unit("grado", "gradi"),
    "$": Unit("dollaro", "dollari"),
    "€": Unit("euro", "euro"),
    "£": Unit("sterlina", "sterline"),
}

TABLE = Table(
    tag="it",
    to="a",
    ratio="a",
    point="virgola",
    decimal=",",
    minus="meno",
    plus="più",
    about="circa",
    once="una volta",
    times="{} volte",
    by="per",
    number="numero",
    out_of="su",
    over="su",
    and_="e",
    ordinal=_ordinal,
    ordinal_marks=r"[ºª]|°(?=\s+(?!C\b|F\b)[^\W\d_])",
    half=_half,
    parts=MappingProxyType(
        {
            3: ("terzo", "terzi"),
            4: ("quarto", "quarti"),
            5: ("quinto", "quinti"),
            6: ("sesto", "sesti"),
            7: ("settimo", "settimi"),
            8: ("ottavo", "ottavi"),
            9: ("nono", "noni"),
            10: ("decimo", "decimi"),
        }
    ),
    agree=_agree,
    decimals_as_number=True,
    nouns=r"minut[oi]|second[oi]|or[ae]|giorn[oi]|tazz[ae]|cucchiai(?:no)?|litr[oi]|metr[oi]|gir[oi]|respir[oi]",
    counted=r"parte|passo|capitolo|serie|sessione|pagina|giorno|settimana|fase|livello|esercizio|giro",
    dialled=r"chiama|chiami|chiamate|componi|tel\.|telefono",
    in_breath=r"respirazione|respiro|respira|respiri|ritmo|schema|ciclo",
    units=MappingProxyType(_UNITS),
    alone=frozenset({"sec"}),
    signs=MappingProxyType(
        {
            "&": "e",
            "+": "più",
            "=": "uguale a",
            "≠": "diverso da",
            "<": "minore di",
            ">": "maggiore di",
            "≤": "al massimo",
            "≥": "almeno",
            "≈": "circa",
            "±": "più o meno",
            "×": "per",
            "÷": "diviso",
            "@": "chiocciola",
            "%": "per cento",
            "°": "gradi",
            "√": "radice di",
            "²": "al quadrato",
            "³": "al cubo",
            "∞": "infinito",
            "§": "paragrafo",
            "↑": "in su",
            "↓": "in giù",
            "↔": "e",
            "€": "euro",
            "$": "dollari",
            "£": "sterline",
        }
    ),
    before_number=MappingProxyType(
        {"~": "circa", "≈": "circa", "<": "meno di", ">": "più di", "≤": "al massimo", "≥": "almeno", "#": "numero"}
    ),
    per="per",
    per_nouns=MappingProxyType(
        {
            "giorno": "",
            "settimana": "",
            "mese": "",
            "notte": "",
            "ora": "",
            "h": "ora",
            "minuto": "",
            "min": "minuto",
            "secondo": "",
            "s": "secondo",
            "lato": "",
            "seduta": "",
            "persona": "",
        }
    ),
    endings=words("a o i e trice"),
    or_="o",
    then="poi",
    dot="punto",
    months=_MONTHS,
    weekdays=row("lunedì martedì mercoledì giovedì venerdì sabato domenica"),
    date=_date,
    year=_words,
    in_year=r"nel|dal|anno",
    clock=_clock,
    clock_marks=r"(?!)",
    clock_words=r"alle|alla|ore|dalle|verso le",
    hour=_UNITS["h"],
    minute=_UNITS["min"],
    second=_UNITS["s"],
    abbreviations=MappingProxyType(
        {
            "p. es.": "per esempio",
            "ad es.": "ad esempio",
            "ecc.": "eccetera",
            "etc.": "eccetera",
            "ca.": "circa",
            "max.": "massimo",
            "min.": "minimo",
            "cfr.": "confronta",
            "Sig.": "signor",
            "Sig.ra": "signora",
            "Dott.": "dottor",
            "Dott.ssa": "dottoressa",
            "Dr.": "dottor",
        }
    ),
    before_figures=MappingProxyType(
        {"n.": "numero", "n°": "numero", "nº": "numero", "pag.": "pagina", "fig.": "figura", "vol.": "volume"}
        | {"cap.": "capitolo"}
    ),
    numbered=r"parte|capitolo|passo|fase|sezione|volume|tomo|libro|atto|livello|settimana|giorno|sessione|lezione"
    r"|modulo",
    initialisms=words("TV DVD CD PC OK DNA GPS HTML PDF"),
    spelled=words("UE USA ONU HIV UV IA ID QI TAC EMDR LI SP ST VB SOS"),
    two_letters=words(
        "ad ah al ci da di do ed eh fa fu ha ho il in io la le li lì lo ma me mi ne no oh or sa se sé si sì "
        "so su sù te ti tu tè un va vi"
    ),
    doubled=words(
        "bello bella quello quella palla stella spalla spalle collo mille nulla mamma fiamma gamma sonno nonno "
        "anno rosso basso passo lasso abbasso petto tutto letto notte sotto latte mette bocca occhi braccio faccia "
        "ghiaccio freddo terra serra"
    ),
    hum="hum",
)
