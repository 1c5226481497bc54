"""Signs between words and before numbers, and tidying up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from voiceguide.spoken.table import Table

_ARROW = re.compile(
    r"(?<=[^\W\d_])\s>{1,2}\s(?=[^\W\d_])"
    r"|(?:<?[-=–—]{1,2}>|[→⇒➔➜➙➛➝➞➡⟶⇨↦►▶]\ufe0f?|[←⇐⟵⬅]\ufe0f?|[➤➥➧➨➩➪➯➱➲➾])+"
)
_NO_WORD = re.compile(r"[^\w\s]")
_OR = re.compile(r"(?<=[^\W\d_])/(?=([^\W\d_]+))")
_WITH = ((re.compile(r"(?<!\w)w/o(?!\w)"), "without"), (re.compile(r"(?<!\w)w/\s?(?=\w)"), "with "))
_BETWEEN_WORDS = re.compile(r".?\w ?[<>] ?\w|\w ?[<>] ?\w", re.DOTALL)
_BETWEEN = re.compile(r"(?<!\w)b/[wt](?!\w)")
_KEPT = frozenset(".,;:!?'\"’‘“”„‚«»‹›()…—–-¿¡·ʼ。、，！？：；（）「」『』।")
_FOOTNOTE = re.compile(r"(?<![\w)])[²³](?=\s?[^\W\d_ºª])|(?<=[^\W\d_ºª]{3})[²³]|(?<=[.!?…”])[²³]")
_HASHTAG = re.compile(r"(?<!\w)[#@](?=[^\W\d_])")


@lru_cache(maxsize=32)
def _before_number(table: Table) -> re.Pattern[str]:
    signs = "".join(re.escape(sign) for sign in _before_number_words(table))
    return re.compile(rf"(?<![\w+])([{signs}])\s?(?=[-+]?[0-9$€£])")


@lru_cache(maxsize=32)
def _before_number_words(table: Table) -> Mapping[str, str]:
    return {"+": table.plus, "±": table.signs["±"], **table.before_number}


def before_numbers(text: str, table: Table) -> str:
    """``~5``, ``> 5``, ``#5`` and ``+5``, while the digits still stand there. A subtraction is no range."""
    text = re.sub(r"(?:<=|=<)(?=\s?[0-9])", "≤", re.sub(r"(?:>=|=>)(?=\s?[0-9])", "≥", text))
    words = _before_number_words(table)
    text = _before_number(table).sub(lambda match: f"{words[match[1]]} ", text)
    text = re.sub(r"(?<=[0-9])\s[-–]\s(?=[0-9.,]+\s?=)", f" {table.minus} ", text)
    return re.sub(r"(?<=[0-9])\s?\+(?=\s|[.,;:!?)]|$)(?!\s?[0-9])", f" {table.plus}", text)


def arrows(text: str, table: Table) -> str:
    """``nose → belly`` as ``nose, then belly``; an arrow at an end is silent."""

    first, last = _inside(text)

    def arrow(match: re.Match[str]) -> str:
        return " " if match.start() <= first or match.end() >= last else f", {table.then} "

    return _ARROW.sub(arrow, text)


def _inside(text: str) -> tuple[int, int]:
    """Where the text begins and ends without white space."""
    return len(text) - len(text.lstrip()), len(text.rstrip())


def signs(text: str, table: Table) -> str:
    """Every other sign: its word, or silence for one that has none. What voices use for the melody stays."""
    for pattern, said in _WITH if table.tag == "en" else ():
        text = pattern.sub(said, _BETWEEN.sub("between", text))
    text = _OR.sub(
        lambda m: " " if m[1].casefold() == table.or_ else f" {table.or_} ",
        _HASHTAG.sub(lambda m: "" if m[0] == "#" else f"{table.signs['@']} ", text),
    )
    first, last = _inside(text)

    def sign(match: re.Match[str]) -> str:
        char = match[0]
        if char in _KEPT:
            return char
        if char in "[{":
            return "("
        if char in "]}":
            return ")"
        if char in "`´′″":
            return "'" if char != "″" else '"'
        word = table.signs.get(char)
        edge = match.start() <= first or match.end() >= last
        if char in "<>" and not _BETWEEN_WORDS.match(text, max(first, match.start() - 2)):
            return " "
        if word is None or (edge and char in "<>=&@×÷"):
            return " "
        return f" {word} "

    text = _FOOTNOTE.sub("", text)
    for power in "²³":
        text = text.replace(power, f" {table.signs[power]} ") if power in text else text
    return _NO_WORD.sub(sign, text.replace("_", " ").replace("º", " ").replace("ª", " "))


def tidy(text: str) -> str:
    """Single spaces, none before a comma or a stop that had none, and no two commas or stops in a row."""
    text = re.sub(r"\s{2,}", " ", text)
    text = re.sub(r"\s+([,.;:!?…)])(?=\W|$)", r"\1", text)
    text = re.sub(r",\s?(?=[.,;:!?…])", "", text)
    text = re.sub(r"(?<=\.[a-z]\.)\.(?!\.)", "", text)
    text = re.sub(r"\(\s*\)", "", text)
    return re.sub(r"\s{2,}", " ", text).strip()
