"""The session panel: the settings of the script that is open, heard and changed; its lengths; its people."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from voiceguide.editing.people import LARGEST_TABLE, People, read_people
from voiceguide.editing.settings import with_setting
from voiceguide.errors import Source, SpeechError, as_sentences
from voiceguide.live.plan import LivePlan
from voiceguide.mastering.profiles import PROFILES
from voiceguide.planner import Fitting
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.script.files import Folder
from voiceguide.script.values import parse_phrasing, parse_session_pace
from voiceguide.session.beside import sounds_beside
from voiceguide.session.options import known_sounds
from voiceguide.session.variables import variables_of
from voiceguide.sound_settings import ROOM_NAMES
from voiceguide.sounds.catalogue import SOUNDS, bed_names
from voiceguide.speech import Voice, resolve, voices
from voiceguide.studio import samples
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request, desk_of, sound_address
from voiceguide.studio.messages import edit_row
from voiceguide.studio.session_values import settings_row
from voiceguide.studio.shelf import wav
from voiceguide.units import format_clock, format_duration, frames, parse_duration, seconds
from voiceguide.vocabulary import BREATH_SETS

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection
    from voiceguide.studio.desk import Desk

_FITTING = threading.Lock()
_MOST_LOOKED = 120  # seconds to either side of a length that cannot be met


def _routine(desk: Desk) -> Routine:
    """The text as it was read, also with errors in it."""
    return parse(Source(desk.name, desk.text), known_sounds(), folder=Folder(desk.path.parent), path=desk.path)[0]


def _plan(desk: Desk) -> LivePlan:
    plan = desk.live.newest_plan
    if plan is None:
        raise CannotAnswer("The script has errors. The findings beside the text say where; mend them first.")
    return plan


# -- settings


async def _session(connection: Connection, request: Request) -> Any:
    """The settings that hold, the script's variables, and what there is to choose from."""
    desk = desk_of(connection)

    def found() -> dict[str, Any]:
        routine = _routine(desk)
        plan = desk.live.newest_plan
        names = variables_of(routine)
        return {
            "settings": settings_row(routine.settings),
            "speaks": None if plan is None else plan.voices.get(routine.settings.voice),
            "variables": [{"name": name, "value": value} for name, value in names.items()],
            "beds": [*bed_names(), *sounds_beside(desk.path.parent)],
            "chimes": [sound.name for sound in SOUNDS if sound.use == "chime"],
            "breaths": list(BREATH_SETS),
            "rooms": list(ROOM_NAMES),
            "profiles": {name: profile.loudness for name, profile in PROFILES.items()},
        }

    return await asyncio.to_thread(found)


async def _set(connection: Connection, request: Request) -> Any:
    """The edit that writes a setting (``path``: its key, or key and name) into the front matter; null removes it."""
    desk, path = desk_of(connection), request["path"]
    keys = (str(path[0]), str(path[1])) if isinstance(path, list) else str(path)
    edit = await asyncio.to_thread(with_setting, desk.text, keys, request["value"])
    return None if edit is None else edit_row(desk.text, edit)


async def _voices(connection: Connection, request: Request) -> Any:
    """The voices for the script's language, the best first."""
    desk = desk_of(connection)

    def found() -> dict[str, Any]:
        language = _routine(desk).settings.language
        try:
            best = resolve("auto", language)
        except SpeechError:
            best = ""
        return {"language": language, "best": best, "voices": [_voice(voice) for voice in voices(language)]}

    return await asyncio.to_thread(found)


def _voice(voice: Voice) -> dict[str, Any]:
    row = {"name": voice.name, "language": voice.language, "gender": voice.gender, "quality": voice.quality}
    return {**row, "fault": voice.fault}


async def _sample(connection: Connection, request: Request) -> Any:
    """Where a sample is to be heard: of a ``voice``, ``bed``, ``chime`` or ``breath``, by its ``name``."""
    desk, name = desk_of(connection), str(request["name"])

    def made() -> Any:
        match request["what"]:
            case "voice":
                return _spoken(desk, name, request)
            case "bed":
                return samples.bed_sample(name, Folder(desk.path.parent))
            case "chime":
                return samples.chime_sample(name)
            case _:
                return samples.breath_sample(name)

    item = wav(await asyncio.to_thread(made))
    return {"address": sound_address(connection, item)}


def _spoken(desk: Desk, name: str, request: Request) -> Any:
    settings = _routine(desk).settings
    line = samples.first_line(_plan(desk))
    if line is None:
        raise CannotAnswer("This script says nothing yet.")
    pace = parse_session_pace(str(request["pace"])) if "pace" in request else settings.pace
    phrasing = settings.phrasing
    if "phrasing" in request:
        phrasing = None if request["phrasing"] is None else parse_phrasing(str(request["phrasing"]))
    return samples.said_by(line, name, pace, phrasing)


# -- the length


async def _lengths(connection: Connection, request: Request) -> Any:
    """The shortest, natural and longest length, in seconds."""
    desk = desk_of(connection)

    def found() -> dict[str, Any]:
        plan = _plan(desk)
        with _FITTING:
            known = plan.fitting.range()
        row = {"shortest": known.shortest, "natural": known.natural, "longest": known.longest}
        length = plan.routine.settings.length
        own = None if length is None else float(length)
        return {**{key: seconds(value) for key, value in row.items()}, "length": own}

    return await asyncio.to_thread(found)


async def _fit(connection: Connection, request: Request) -> Any:
    """What a length would leave out and stretch; null when no choice gives it."""
    desk, wanted = desk_of(connection), Fraction(round(float(request["seconds"])))

    def fitted() -> dict[str, Any] | None:
        plan = _plan(desk)
        with _FITTING:
            found = plan.fitting.fitted(frames(wanted))
        return None if found is None else found.fit.to_json()

    return await asyncio.to_thread(fitted)


async def _set_length(connection: Connection, request: Request) -> Any:
    """The edit that has the session last so many ``seconds``, or a ``length`` as scripts write it, or the nearest that
    is possible in steps of a second; null: naturally."""
    desk, wanted = desk_of(connection), _wanted(request)

    def edited() -> dict[str, Any] | None:
        text = desk.text
        value = None
        if wanted is not None:
            with _FITTING:
                value = format_duration(_possible(_plan(desk).fitting, wanted))
        edit = with_setting(text, "length", value)
        return None if edit is None else edit_row(text, edit)

    return await asyncio.to_thread(edited)


def _wanted(request: Request) -> Fraction | None:
    if "length" not in request:
        return None if request["seconds"] is None else Fraction(round(float(request["seconds"])))
    try:
        return parse_duration(str(request["length"]))
    except ValueError as error:
        raise CannotAnswer(as_sentences(str(error))) from error


def _possible(fitting: Fitting, wanted: Fraction) -> Fraction:
    for length in _nearby(wanted):
        if length > 0 and fitting.fitted(frames(length)) is not None:
            return length
    known = fitting.range()
    shortest, longest = (format_clock(seconds(each)) for each in (known.shortest, known.longest))
    raise CannotAnswer(f"This session can last from {shortest} to {longest}; elastic pauses like ~5s give it room.")


def _nearby(wanted: Fraction) -> Iterator[Fraction]:
    yield wanted
    for by in range(1, _MOST_LOOKED):
        yield from (wanted - by, wanted + by)


# -- people


async def _people(connection: Connection, request: Request) -> Any:
    """The table of the script's people, after taking a new one where the request has a ``text``."""
    desk = desk_of(connection)

    def read() -> dict[str, Any]:
        if "text" in request:
            if len(str(request["text"])) > LARGEST_TABLE:
                raise CannotAnswer(f"A table can have {LARGEST_TABLE // 2**20} MiB at most.")
            connection.workspace.tables.write(desk.name, str(request["text"]))
        text, table = people_of(connection)
        return {"text": text, **people_row(table)}

    return await asyncio.to_thread(read)


def people_of(connection: Connection) -> tuple[str, People]:
    """The table of the open script's people, as it was pasted and as it was read; empty where there is none."""
    desk = desk_of(connection)
    text = connection.workspace.tables.read(desk.name)
    names, stem = variables_of(_routine(desk)), PurePosixPath(desk.name).stem
    return text, read_people(text, names, stem) if text else People()


def people_row(table: People) -> dict[str, Any]:
    """A table as a page gets it; lengths as scripts write them."""
    return {
        "columns": list(table.columns),
        "people": [
            {
                "row": one.row,
                "file": one.file,
                "variables": dict(one.variables),
                "length": None if one.length is None else format_duration(one.length),
                "voice": one.voice,
            }
            for one in table.people
        ],
        "problems": [{"row": one.row, "message": one.message} for one in table.problems],
    }


ANSWERS: dict[str, Handler] = {
    "set": _set,
    "people": _people,
}
"""What a page can ask for."""

SLOW: dict[str, Handler] = {
    "session": _session,
    "voices": _voices,
    "sample": _sample,
    "lengths": _lengths,
    "fit": _fit,
    "set_length": _set_length,
}
"""Of these, what may take a while."""
