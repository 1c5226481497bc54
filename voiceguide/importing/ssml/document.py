"""Speech Synthesis Markup Language (W3C, version 1.1) to a script, with the additions of large speech services.

An element without a counterpart is reported as lost, and its words are spoken. Attributes that no function reads are
reported as well, so that nothing is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from voiceguide.errors import Diagnostic, Source
from voiceguide.importing.report import Report
from voiceguide.importing.ssml.media import MEDIA
from voiceguide.importing.ssml.vendors import VENDORS
from voiceguide.importing.ssml.walk import Walk, inside, opening_tag
from voiceguide.importing.ssml.xml_tree import Characters, Element, parse_xml
from voiceguide.importing.state import ImportState, Surroundings

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MOST_PRONOUNCED = 1000
_LONGEST_PRONOUNCED = 200  # characters
_NO_CHANGE = re.compile(r"medium|default|[+-]?0(\.0+)?(%|st|Hz|dB)?", re.IGNORECASE)
_SOUND_OF_A_VOICE = ("pitch", "contour", "range", "volume", "duration")


def read_ssml(
    source: Source, around: Surroundings, text: str | None = None
) -> tuple[tuple[str, Report] | None, tuple[Diagnostic, ...]]:
    """The script for a document, and the report; or what is wrong with the document.

    ``text`` is read instead of the source's if given; it may differ from it within lines only.
    """
    state = ImportState(around)
    problems = speak_document(state, source, source.text if text is None else text)
    return (None, problems) if problems else ((state.writer.script(), state.ledger.report("SSML")), ())


def speak_document(state: ImportState, source: Source, text: str) -> tuple[Diagnostic, ...]:
    """Adds a document to a script; what is wrong with it otherwise. Its lines are numbered as in ``source``."""
    root, problems = parse_xml(source, text)
    if root is None:
        return problems
    walk = Walk(state, HANDLERS, _pronounced(root))
    _document(walk, root)
    walk.element(root)
    if walk.pronounced:
        before = state.writer.settings.get("pronounce", {})
        assert isinstance(before, dict)
        state.writer.settings["pronounce"] = {**walk.pronounced, **before}
    return ()


def _document(walk: Walk, root: Element) -> None:
    """The language of the document: the root's, or else its first voice's."""
    tags = (element.attributes.get("xml:lang", "") for element in _elements(root) if element.name in ("speak", "voice"))
    tag = next((tag.strip() for tag in tags if _LANGUAGE.fullmatch(tag.strip())), None)
    if tag:
        walk.state.language = tag
        walk.state.writer.settings.setdefault("language", tag)


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from _elements(child)


def _pronounced(root: Element) -> Mapping[str, str]:
    """The words that have one pronunciation throughout, and never occur without it."""
    aliases: dict[str, set[str]] = {}
    written: dict[str, str] = {}
    for element in _elements(root):
        if element.name == "sub":
            form = element.text()
            written.setdefault(form.casefold(), form)
            aliases.setdefault(form.casefold(), set()).add(" ".join(element.attributes.get("alias", "").split()))
    elsewhere = " ".join(_outside_sub(root)).casefold()
    found: dict[str, str] = {}
    for folded, says in aliases.items():
        alias = next(iter(says))
        whole_word = re.fullmatch(r"\w(?:.*\w)?", folded) and len(folded) <= _LONGEST_PRONOUNCED
        if len(says) == 1 and alias and whole_word and len(found) < _MOST_PRONOUNCED:
            inside_other = any(folded != other and folded in other for other in aliases)
            if not inside_other and not re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", elsewhere):
                found[written[folded]] = alias
    return MappingProxyType(found)


def _outside_sub(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Characters):
            yield child.text
        elif isinstance(child, Element) and child.name != "sub":
            yield from _outside_sub(child)


# -- one function for each element


def _speak(walk: Walk, element: Element) -> None:
    element.take("xml:lang", "onlangfailure")
    walk.inside(element)


def _paragraph(walk: Walk, element: Element) -> None:
    walk.state.writer.paragraph()
    walk.language_of(element)
    walk.inside(element)
    walk.state.writer.paragraph()
    walk.state.ledger.translated(element.line, f"<{element.name}>", "a paragraph")


def _sentence(walk: Walk, element: Element) -> None:
    walk.state.writer.sentence(element.line)
    walk.language_of(element)
    walk.inside(element)
    walk.state.writer.sentence(element.line)
    walk.state.writer.words(" ", element.line)
    walk.state.ledger.translated(element.line, f"<{element.name}>", "a sentence")


def _break(walk: Walk, element: Element) -> None:
    what = opening_tag(element)
    walk.state.break_(element.line, what, element.take("time"), element.take("strength"))
    walk.inside(element)


def _prosody(walk: Walk, element: Element) -> None:
    state = walk.state
    pace, voice = state.pace, state.voice
    rate = element.take("rate")
    if rate is not None:
        state.rate(element.line, f'rate="{rate}"', rate)
    for name in _SOUND_OF_A_VOICE:
        value = element.take(name)
        if value is None:
            continue
        if _NO_CHANGE.fullmatch(value):
            state.ledger.translated(element.line, f'{name}="{value}"', "no change")
        else:
            state.ledger.lost(element.line, f'{name}="{value}"', "the same words, as the voice says them by itself")
    walk.inside(element)
    state.restore(pace, voice)


def _voice(walk: Walk, element: Element) -> None:
    state = walk.state
    pace, voice = state.pace, state.voice
    name = element.take("name")
    walk.language_of(element)
    for attribute in ("gender", "age", "variant", "languages", "required", "effect"):
        value = element.take(attribute)
        if value is not None:
            state.ledger.lost(element.line, f'{attribute}="{value}" of a voice', "nothing; [voice NAME] chooses one")
    if name:
        state.named_voice(element.line, f'<voice name="{name}">', name)
    walk.inside(element)
    state.restore(pace, voice)


def _lang(walk: Walk, element: Element) -> None:
    walk.language_of(element)
    element.take("onlangfailure")
    walk.inside(element)


def _emphasis(walk: Walk, element: Element) -> None:
    level = element.take("level")
    walk.state.ledger.lost(element.line, "<emphasis>" if level != "none" else '<emphasis level="none">', "plain words")
    walk.inside(element)


def _sub(walk: Walk, element: Element) -> None:
    alias = element.take("alias")
    form = element.text()
    state = walk.state
    if not alias:
        state.ledger.lost(element.line, f"<sub> around “{form}” without an alias", "the words as they are written")
        walk.inside(element)
    elif walk.pronounced.get(walk.written(form)) == " ".join(alias.split()):
        state.ledger.translated(element.line, f"<sub>: “{form}”", f"pronounce: “{alias}”")
        state.writer.words(form, element.line)
    else:
        state.ledger.guessed(element.line, f"<sub>: “{form}”", f"the words “{alias}”")
        state.writer.words(alias, element.line)


def _say_as(walk: Walk, element: Element) -> None:
    kind, form, detail = element.take("interpret-as") or "", element.take("format") or "", element.take("detail")
    what = f"say-as {kind}".strip()
    if detail:
        walk.state.ledger.lost(element.line, f'detail="{detail}" of {what}', "nothing")
    walk.state.say_as(element.line, what, kind, form, element.text())


def _phoneme(walk: Walk, element: Element) -> None:
    sound = element.take("ph") or ""
    alphabet = element.take("alphabet")
    what = f"<phoneme>: “{element.text()}” as {sound}" + (f" ({alphabet})" if alphabet else "")
    walk.state.ledger.lost(element.line, what, "the words; pronounce: in the settings can say how, in plain letters")
    walk.inside(element)


def _mark(walk: Walk, element: Element) -> None:
    name = element.take("name", "mark") or ""
    walk.state.writer.comment(f"mark: {name}")
    walk.state.ledger.lost(element.line, f'<{element.name}> "{name}"', "a comment at this place")
    walk.inside(element)


def _unheard(walk: Walk, element: Element) -> None:
    """Metadata of the document: reported, and kept as a comment."""
    said = " ".join(filter(None, (opening_tag(element), element.text())))
    for name in element.attributes:
        element.take(name)
    walk.state.writer.comment(said)
    walk.state.ledger.lost(element.line, said, "a comment")


def _words_only(walk: Walk, element: Element) -> None:
    element.take("role")
    walk.inside(element)


HANDLERS: Mapping[str, Callable[[Walk, Element], None]] = MappingProxyType(
    {
        "speak": _speak,
        "p": _paragraph,
        "paragraph": _paragraph,
        "s": _sentence,
        "sentence": _sentence,
        "break": _break,
        "prosody": _prosody,
        "voice": _voice,
        "lang": _lang,
        "emphasis": _emphasis,
        "sub": _sub,
        "say-as": _say_as,
        "phoneme": _phoneme,
        "mark": _mark,
        "bookmark": _mark,
        "w": _words_only,
        "token": _words_only,
        "lookup": inside,
        "lexicon": _unheard,
        "meta": _unheard,
        "metadata": _unheard,
        "desc": _unheard,
        **MEDIA,
        **VENDORS,
    }
)
