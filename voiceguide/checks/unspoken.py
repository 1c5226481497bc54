"""What no voice can say: emoji and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.checks.subject import Subject, at, finding
from voiceguide.errors import Diagnostic
from voiceguide.rule_spec import Rule
from voiceguide.spoken import spoken_form
from voiceguide.spoken.unspoken import ADDRESS, EMOJI

_STOPS = ".,;:!?…"


def emoji(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        if found := EMOJI.search(said.text):
            then = "it is silent" if _written_out(subject) else "the voice may read its name"
            message = f"no voice can say “{found[0]}”; {then}"
            yield finding("warning", at(said, found[0]), message, "leave it out, or say in words what it stands for")


def address(subject: Subject, rule: Rule) -> Iterator[Diagnostic]:
    for said in subject.written:
        if found := ADDRESS.search(said.text):
            spoken = spoken_form(found[0].rstrip(_STOPS), subject.settings.language)
            then = f"the voice says “{spoken}”" if _written_out(subject) else "the voice may read every sign of it"
            message = f"nobody can write down an address with closed eyes; {then}"
            yield finding(
                "warning",
                at(said, found[0].rstrip(_STOPS)),
                message,
                "put it into the description, where it can be read",
            )


def _written_out(subject: Subject) -> bool:
    return subject.settings.spoken == "written-out"
