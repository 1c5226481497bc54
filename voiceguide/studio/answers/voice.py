"""The sentence at the cursor: who says it, its takes, each to be heard, and the choice of one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from voiceguide.cue_spec import MOST_TAKES
from voiceguide.editing.edits import Edit
from voiceguide.errors import ScriptError
from voiceguide.routine import Sentence
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script
from voiceguide.session.sentences import lines_said, script_text, sentence_near, with_chosen_take
from voiceguide.speech import Studio, speak
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request, desk_of, sound_address
from voiceguide.studio.messages import edit_row
from voiceguide.studio.shelf import Item, wav
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection
    from voiceguide.studio.desk import Desk

_OPTIONS = SessionOptions()


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of the script, and how it is said, once for each time."""

    sentence: Sentence
    said: tuple[Line, ...]


def _place(desk: Desk, request: Request) -> _Place:
    """The sentence at a line and column. Raises CannotAnswer when there is none, or nothing says it."""
    try:
        read = read_script(script_text(desk.text, desk.path, desk.name), _OPTIONS)
        sentence = sentence_near(read.routine, int(request["line"]), int(request["column"]))
        if sentence is None:
            raise CannotAnswer("This script says nothing yet.")
        said = lines_said(read, _OPTIONS, sentence)
    except ScriptError as error:
        raise CannotAnswer("The script has errors. The findings beside the text say where; mend them first.") from error
    if not said:
        raise CannotAnswer("This sentence is never said, since its block is played no times.")
    return _Place(sentence, said)


async def _sentence(connection: Connection, request: Request) -> Any:
    """The sentence, its voice, which takes the session has of it, and whether there are others."""
    desk = desk_of(connection)

    def found() -> dict[str, Any]:
        place = _place(desk, request)
        first, span = place.said[0], place.sentence.span
        return {
            "text": first.as_written,
            "line": span.line,
            "column": span.column,
            "voice": first.voice,
            "varies": Studio().varies(first),
            "chosen": place.sentence.take,
            "takes": list(dict.fromkeys(line.take for line in place.said)),
            "most": MOST_TAKES,
        }

    return await asyncio.to_thread(found)


async def _hear(connection: Connection, request: Request) -> Any:
    """Speaks a take; what the gate found about it, and where it is to be heard."""
    desk, take = desk_of(connection), _number(request)

    def spoken() -> tuple[Item, dict[str, Any]]:
        line = replace(_place(desk, request).said[0], take=take)
        found = speak([line], jobs=1)
        verdict = found.verdict(line)
        refused = [one.reason for one in verdict.refused] if verdict else []
        kept = verdict.kept.reason if verdict and verdict.kept.faults else ""
        seconds = round(found.frames(line) / SAMPLE_RATE, 2)
        return wav(found.samples(line)), {"take": take, "seconds": seconds, "refused": refused, "doubt": kept}

    item, told = await asyncio.to_thread(spoken)
    return {**told, "address": sound_address(connection, item)}


async def _choose(connection: Connection, request: Request) -> Any:
    """The edit that writes the take into the script."""
    desk, take = desk_of(connection), _number(request)

    def edited() -> dict[str, Any]:
        sentence, text = _place(desk, request).sentence, desk.text
        changed = with_chosen_take(text, desk.path, _OPTIONS, sentence, take)
        if changed is None:
            raise CannotAnswer(f"There is no place for the cue here; please write [take {take}] yourself.")
        return edit_row(text, Edit.between(text, changed))

    return await asyncio.to_thread(edited)


def _number(request: Request) -> int:
    take = int(request["take"])
    if not 1 <= take <= MOST_TAKES:
        raise CannotAnswer(f"A sentence has the takes 1 to {MOST_TAKES}.")
    return take


SLOW: dict[str, Handler] = {
    "sentence": _sentence,
    "take_hear": _hear,
    "take_choose": _choose,
}
"""What a page can ask for, all of it slow."""
