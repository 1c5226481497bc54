"""Where the hands are, what is on them, and the tool in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voiceguide.checks.steps import Step
from voiceguide.checks.subject import StepSentence, Subject, at, finding
from voiceguide.checks.words import Pattern
from voiceguide.errors import Diagnostic, Severity, Span
from voiceguide.routine import Breathe, Hold, Pause
from voiceguide.rule_spec import Rule


def hands_lost(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    away, stays = False, _Staying()
    for said in subject.sentences:
        words, text = subject.words, said.text
        if subject.denies(text) or words.condition.search(text):
            continue
        works = any(action.kind == "work" for action in subject.actions(text))
        if found := _in_two_places(subject, text):
            yield _two_places(said, found)
        elif words.hands_away.search(text):
            away, stays = True, _Staying()
            continue
        elif away and works and not words.hand.search(text):
            message = "the hands have been laid aside, and nothing brings them back for this"
            yield finding("warning", said.span, message, "say first: “Bring your fingertips to your jaw.” [pause 5s]")
        elif stays.holds(subject, said) and (found := stays.broken_by(subject, text)):
            yield _two_places(said, found)
            stays = _Staying()
        away = away and not works and not _brings_back(subject, text)
        stays = stays.after(subject, said)


def _two_places(said: StepSentence, found: re.Match[str]) -> Diagnostic:
    message = f"“{found[0]}” needs a hand that was told to stay elsewhere"
    return finding("warning", at(said, found[0]), message, "let go of the first place before the next begins")


def _in_two_places(subject: Subject, text: str) -> re.Match[str] | None:
    """What in a sentence asks both hands for two things at a time."""
    words = subject.words
    both = list(words.works_with_both.finditer(text))
    if len(both) > 1:
        return both[1]
    return words.meanwhile.search(text) if words.holds_with_both.search(text) else None


def _brings_back(subject: Subject, text: str) -> bool:
    kinds = {action.kind for action in subject.actions(text)}
    words = subject.words
    shown = words.face.search(text) and (words.hand.search(text) or words.them.search(text))
    return bool(kinds & {"place", "oil", "tool"} or (shown and words.moves_hands.search(text)))


class _Staying:
    """A hand, or both, that was told to stay where it is: ``said`` last, in a sentence that lies in ``heading``."""

    def __init__(self, said: StepSentence | None = None, *, both: bool = False) -> None:
        self._said, self._both = said, both

    def holds(self, subject: Subject, said: StepSentence) -> bool:
        """Whether it still stays; both hands do so up to the next pause."""
        own = self._said
        if own is None or own.heading != said.heading:
            return False
        return not (self._both and any(map(_lasts, subject.steps[own.index : said.index])))

    def broken_by(self, subject: Subject, text: str) -> re.Match[str] | None:
        """What in a sentence needs a hand that stays."""
        words = subject.words
        kinds = {action.kind for action in subject.actions(text)}
        if not kinds & {"work", "place"} or words.moves_hands.match(text):
            return None
        if self._both:
            return words.face.search(text) if "work" in kinds else None
        return words.works_with_both.search(text)

    def after(self, subject: Subject, said: StepSentence) -> _Staying:
        """What stays after a sentence."""
        words, text = subject.words, said.text
        if words.hands_stay.search(text):
            return _Staying(said, both=True)
        if words.hand_stays.search(text):
            return _Staying(said)
        ends = words.moves_hands.match(text) or words.release.search(text) or not self.holds(subject, said)
        return _Staying() if ends else self


def _lasts(step: Step) -> bool:
    return isinstance(step.node, Pause | Hold | Breathe)


# -- oil


def oily_hands(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words, oily = subject.words, False
    for said in subject.sentences:
        text = said.text
        if words.wiped.search(text):
            oily = False
            continue
        if subject.denies(text):
            continue
        place = _oil_harms(subject, text) if oily else None
        if place is not None:
            message = f"“{place[0]}”: the hands still have oil on them"
            hint = "let them be wiped first: “Wipe your palms on the towel.” [pause ~8s]"
            yield finding("warning", at(said, place[0]), message, hint)
            oily = False  # once is enough for all that follows
        if words.oily.search(text) or any(action.kind == "oil" for action in subject.actions(text)):
            oily = True


def _oil_harms(subject: Subject, text: str) -> re.Match[str] | None:
    """Where in a sentence oily hands should not go: into the hair, over the eyes."""
    words = subject.words
    if found := words.eye_cover.search(text):
        return found
    found = words.hair.search(text)
    if found is None or words.hair_kept.search(text):
        return None
    return found if subject.handled(text) or words.hand.search(text) or " " in found[0] else None


def lenses_in(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    for said in subject.sentences:
        if words.lenses.search(said.text):
            return
        found = words.eye_cover.search(said.text)
        if found and not subject.forbids(said.text, found):
            message = f"“{found[0]}” comes before any word on contact lenses"
            hint = "say at the beginning: “Your contact lenses are out.”"
            yield finding("warning", at(said, found[0]), message, hint)
            return


# -- tools


def with_tools(subject: Subject) -> Iterator[tuple[StepSentence, bool]]:
    """Every sentence, and whether a tool for the skin is in the hand then, or spoken of."""
    words, inside = subject.words, False
    for said in subject.sentences:
        inside = inside or bool(words.skin_tool.search(said.text))
        yield said, inside
        if words.tool_away.search(said.text):
            inside = False


def tool_use(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    words = subject.words
    flat = "it lies nearly flat, at 15 to 45 degrees"
    risks: tuple[tuple[Pattern, Severity, str, str], ...] = (
        (words.tool_on_lids, "error", "takes a tool over the eyes", "stay on the bone around them"),
        (words.tool_upright, "error", "sets the edge of a tool into the skin", flat),
        (words.tool_dry, "warning", "has a tool drag on dry skin", "spread oil first"),
        (words.to_and_fro, "warning", "rubs the skin to and fro", "one way only: glide, lift, begin again"),
    )
    told: set[Span] = set()
    sentences = tuple(with_tools(subject))
    last = max((said.index for said, inside in sentences if inside), default=0)
    for said, inside in sentences:
        if not (inside or (said.index < last and words.tool_dry.search(said.text))):
            continue
        if said.span in told or words.condition.search(said.text) or not _about_tool(subject, said.text):
            continue
        for pattern, severity, message, hint in risks:
            found = pattern.search(said.text)
            if found and not subject.forbids(said.text, found):
                told.add(said.span)
                yield finding(severity, at(said, found[0]), f"“{found[0]}” {message}", hint)
                break


def _about_tool(subject: Subject, text: str) -> bool:
    """Whether a sentence tells what to do with a tool, or how it is, and nothing of the rest of the body."""
    words = subject.words
    return bool(words.skin_tool.search(text) or words.tool_dry.search(text) or subject.actions(text)) or bool(
        words.tool_upright.search(text) and not words.body.search(text)
    )
