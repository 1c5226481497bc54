"""What stands among the words of a line, and whether it is a mark: brackets, tags, signs, capitals."""

from __future__ import annotations

import re
from fractions import Fraction

from voiceguide.importing.marks.words import WORDS, SpokenMark

_NUMBER = r"[0-9]{1,7}(?:\.[0-9]{1,3})?"
_TIMERS = "[\u23f8\u23ef\u23f3\u231b\u23f1\u23f2\U0001f550-\U0001f567]\ufe0f?"
_CAPITALS = "|".join(sorted(word.upper() for word in WORDS.pause | WORDS.hold if " " not in word))
_TIMES = "|".join(sorted(WORDS.times))
TOKEN = re.compile(
    rf"""
    (?P<comment><!--(?:(?!<!--).)*?-->)
  | (?P<literal>\\\[(?P<inliteral>[^\[\]\\]{{1,300}})\\\])
  | (?P<merged><<(?P<merge>[^<>]{{1,60}})>>|%(?P<merge2>[A-Za-z_]{{2,30}})%|\$\{{(?P<merge3>[^{{}}]{{1,60}})\}}
      |«(?P<merge4>[^«»]{{1,60}})»)
  | (?P<escape>\\(?P<escaped>[!-/:-@\[-`{{-~]))
  | (?P<slnc>\[\[\s*slnc\s+(?P<milliseconds>{_NUMBER})\s*\]\])
  | (?P<wiki>!?\[\[(?P<page>[^\[\]]{{1,300}})\]\])
  | (?P<rest><\#\s*(?P<seconds>{_NUMBER})\s*\#>)
  | (?P<break><\s*(?:break|silence)\b(?P<attributes>[^<>]{{0,200}})>)
  | (?P<modified>\((?P<words>[^()\[\]]{{1,300}})\)\[(?P<modifiers>[^\[\]]{{1,300}})\])
  | (?P<footnote>\^\[(?P<aside>[^\[\]]{{1,300}})\]|\[\^[^\[\]\s]{{1,100}}\])
  | (?P<link>!?\[(?P<label>[^\[\]]{{0,300}})\]\((?P<target>[^()\s]{{0,300}}(?:\s+["'][^"']{{0,200}}["'])?)\))
  | (?P<square>!?\[(?P<insquare>[^\[\]]{{1,300}})\](?:\[(?P<reference>[^\[\]]{{0,100}})\])?)
  | (?P<round>\((?P<inround>[^()]{{1,200}})\))
  | (?P<angle><(?P<inangle>[A-Za-z0-9][^<>]{{0,200}}|/[A-Za-z][^<>]{{0,100}}|[!?][A-Za-z\[][^<>]{{0,200}})>)
  | (?P<brace>\{{{{1,2}}(?P<inbrace>[^{{}}]{{1,100}})\}}{{1,2}})
  | (?P<plus>(?<!\w)(?P<sign>\+{{1,2}}|~)(?![\s+~])(?P<inplus>[^+~]{{1,300}}?)(?<![\s+~])(?P=sign)(?!\w))
  | (?P<code>(?<!`)(?P<ticks>`++)(?P<incode>[^`]{{1,300}})(?P=ticks)(?!`))
  | (?P<blank>_{{3,}})
  | (?P<aside_note>%%[^%]{{1,300}}%%)
  | (?P<anchor>(?<=\s)\^[\w-]{{1,60}}(?=\s*$))
  | (?P<timer>{_TIMERS}(?:\s*(?P<ontimer>[0-9]{{1,4}}(?:\s?[-–—]\s?[0-9]{{1,4}})?\s?[^\W\d_]{{1,12}}(?!\w)\.?))?)
  | (?P<dashed>(?<!\S)(?P<dash>[-–—*~]{{1,3}})[ ](?P<indash>[^\n]{{1,60}}?)[ ](?P=dash)(?!\S))
  | (?P<caps>(?<!\w)(?:{_CAPITALS})(?![\w'’-])(?:[ ]?[:–—-]?[ ]?\(?[0-9][^()\n.!?]{{0,20}}\)?)?[.]?)
  | (?P<entity>&\#?\w{{1,32}};)
  | (?P<times>(?<![\w.])[x×]\s?(?P<number>[0-9]{{1,3}})(?!\w)|(?<![\w.])(?P<number2>[0-9]{{1,3}})\s?[x×](?!\w)
      |(?<![\w.])(?P<number3>[0-9]{{1,3}})\s(?:{_TIMES})(?!\w))
  | (?P<dots>[ ]?(?:\.(?:[ ]{{0,2}}\.){{2,}}+|…+)+)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Everything in a line that is not plain words; of nested groups the outermost is the last to close."""

_VISIBLE = re.compile(r"\S")
_SENTENCE_END = re.compile(r"[.!?…:;。！？।][\"'”“’‘»«›‹)\]*_]*\s*$")
_LONGEST_ASIDE = Fraction(60)
"""Seconds of a pause in the middle of a sentence: more than that is told of, and not meant."""

LONGEST_TIME = Fraction(120)
"""Seconds of a time without further words that counts as a pause."""


def alone(text: str, start: int, end: int) -> bool:
    """Whether nothing of a sentence stands beside a place in a line."""
    return not _VISIBLE.search(text, 0, start) and not re.search(r"\w", text[end : end + 200])


def between_sentences(text: str, start: int, end: int) -> bool:
    """Whether a place lies between two sentences of a line, or at its start or end."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40].lstrip(" *_.…")
    starts = not before.strip(" *_-") or _SENTENCE_END.search(before) is not None or before.rstrip(" *_")[-1:] in ")]>}"
    return starts and (not after.strip() or not (after[0].islower() or after[0] in ",;"))


def is_meant(mark: SpokenMark, opening: str, *, between: bool) -> bool:
    """Whether brackets are a mark: those between sentences are, and those inside one if they can be nothing else."""
    if opening == "(" and not mark.sure and mark.seconds > LONGEST_TIME:
        return False
    if between:
        return True
    if opening == "(":
        return mark.sure and mark.seconds <= _LONGEST_ASIDE and mark.kind != "chime"
    return mark.sure or mark.kind != "pause" or mark.seconds <= _LONGEST_ASIDE
