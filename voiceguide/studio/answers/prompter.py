"""The prompter: the lines of the script that is open, recorded one by one with a person's own voice."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.editing.settings import setting, with_setting
from voiceguide.errors import ScriptError
from voiceguide.recording.importing import voice_to_fill
from voiceguide.recording.kept_takes import KeptTake, KeptTakes
from voiceguide.recording.prompter import prompted
from voiceguide.recording.sheet import Sheet, SheetLine, has_part, sheet
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script
from voiceguide.session.sentences import script_text
from voiceguide.speech import recognition
from voiceguide.speech.engines.recorded.voices import RecordedVoice, recorded_voices
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request, desk_of, sound_address
from voiceguide.studio.messages import edit_row
from voiceguide.studio.shelf import Item, wav
from voiceguide.studio.workspace import OWN

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection
    from voiceguide.studio.desk import Desk

_FILLING = threading.Lock()  # of recorded voices: two pages may record the same one


@dataclass(frozen=True, slots=True)
class _Booth:
    """A script's lines, the voice that is recorded, and its takes."""

    sheet: Sheet
    voice: RecordedVoice
    takes: KeptTakes
    is_part: bool

    def line(self, request: Request) -> SheetLine:
        """The line that a request means. Raises CannotAnswer when the script has changed meanwhile."""
        text = str(request["text"])
        found = next((line for line in self.sheet.lines if line.text == text), None)
        if found is None:
            raise CannotAnswer("The script has changed meanwhile, and has no such line any more.")
        return found


def _booth(desk: Desk, name: str, *, or_none: bool = False) -> _Booth:
    """``or_none``: without a name, a voice that has nothing."""
    try:
        routine = read_script(script_text(desk.text, desk.path, desk.name), SessionOptions()).routine
        is_part = has_part(routine, name)
        lines = sheet(routine, SessionOptions(), name if is_part else None)
    except ScriptError as error:
        raise CannotAnswer("The script has errors. The findings beside the text say where; mend them first.") from error
    nobody = or_none and not name.strip()
    voice = RecordedVoice(Path(), "", lines.language) if nobody else voice_to_fill(name, lines.language, None)
    return _Booth(lines, voice, KeptTakes(desk.workspace.folder / OWN / "takes" / voice.folder.name), is_part)


async def _open(connection: Connection, request: Request) -> Any:
    """The voices that can be recorded, and the script's lines with what the chosen one has of each."""
    desk, name = desk_of(connection), str(request["voice"])

    def found() -> dict[str, Any]:
        booth = _booth(desk, name, or_none=True)
        names = [one.name for one in recorded_voices() if one.speaks(booth.sheet.language) and not one.fault]
        checked = recognition.can_recognise(booth.sheet.language)
        return {"voices": names, "language": booth.sheet.language, "checked": checked, **_lines(desk, booth)}

    return await asyncio.to_thread(found)


async def _ready(connection: Connection, request: Request) -> Any:
    """Loads what recognises speech, so that the first take is judged at once."""
    desk, name = desk_of(connection), str(request["voice"])

    def loaded() -> None:
        language = _booth(desk, name).sheet.language
        if recognition.can_recognise(language):
            recognition.recogniser(language)

    return await asyncio.to_thread(loaded)


async def _record(connection: Connection, request: Request) -> Any:
    """Keeps and judges a take that was uploaded."""
    desk, name = desk_of(connection), str(request["voice"])
    item = connection.uploads.take(str(request["upload"]))
    if item is None:
        raise CannotAnswer("The recording did not arrive; please record it again.")

    def kept() -> dict[str, Any]:
        booth = _booth(desk, name)
        line, language = booth.line(request), booth.sheet.language
        recogniser = recognition.recogniser(language) if recognition.can_recognise(language) else None
        take = booth.takes.add(item.data, line, booth.sheet, recogniser)
        booth.takes.prune(line.text, booth.voice)
        return {"take": take.key, "takes": _takes(booth, line)}

    return await asyncio.to_thread(kept)


async def _of_line(connection: Connection, request: Request) -> Any:
    desk, name = desk_of(connection), str(request["voice"])

    def found() -> list[dict[str, Any]]:
        booth = _booth(desk, name)
        return _takes(booth, booth.line(request))

    return await asyncio.to_thread(found)


async def _choose(connection: Connection, request: Request) -> Any:
    """Makes a take the voice's recording of its line."""
    desk, name = desk_of(connection), str(request["voice"])

    def chosen() -> dict[str, Any]:
        with _FILLING:
            booth = _booth(desk, name)
            line = booth.line(request)
            clip = booth.takes.clip(line.text, str(request["take"]))
            if clip is None:
                raise CannotAnswer("This take cannot be used; please record the line again.")
            booth.voice.with_recording(line.text, clip).save()
        booth = _booth(desk, name)
        return {**_lines(desk, booth), "takes": _takes(booth, line)}

    told = await asyncio.to_thread(chosen)
    if connection.desk is desk:
        desk.live.update(desk.text)  # it may be the voice that the script is heard with
    return told


async def _drop(connection: Connection, request: Request) -> Any:
    desk, name = desk_of(connection), str(request["voice"])

    def dropped() -> list[dict[str, Any]]:
        booth = _booth(desk, name)
        line = booth.line(request)
        booth.takes.remove(line.text, str(request["take"]))
        return _takes(booth, line)

    return await asyncio.to_thread(dropped)


async def _hear(connection: Connection, request: Request) -> Any:
    """A take as a session has it, or as it was recorded where it cannot be in one; without a take, what the voice
    has."""
    desk, name = desk_of(connection), str(request["voice"])

    def sound() -> Item:
        booth = _booth(desk, name)
        line, key = booth.line(request), request.get("take")
        if key is None:
            recording = booth.voice.recording(line.text)
            path = booth.voice.folder / recording.file if recording else None
        else:
            clip = booth.takes.clip(line.text, str(key))
            if clip is not None:
                return wav(clip)
            path = booth.takes.path(line.text, str(key))
        if path is None:
            raise CannotAnswer("There is no recording of this line any more.")
        return Item(path.read_bytes(), "audio/flac")

    return {"address": sound_address(connection, await asyncio.to_thread(sound))}


async def _speak_with(connection: Connection, request: Request) -> Any:
    """The edit that gives the script this voice; None when it has it."""
    desk, name = desk_of(connection), str(request["voice"])

    def edited() -> dict[str, Any] | None:
        booth = _booth(desk, name)
        text = desk.text
        edit = None if booth.is_part else with_setting(text, "voice", booth.voice.name)
        return edit_row(text, edit) if edit else None

    return await asyncio.to_thread(edited)


def _lines(desk: Desk, booth: _Booth) -> dict[str, Any]:
    """What the voice has, without a line's takes."""
    rows = [
        {"text": one.line.text, "line": one.line.span.line, "state": one.state, "was": one.was}
        for one in prompted(booth.sheet, booth.voice)
    ]
    spoken = booth.is_part or (setting(desk.text, "voice") or "").casefold().removeprefix("recorded:") == (
        booth.voice.name.casefold()
    )
    return {"voice": booth.voice.name, "lines": rows, "speaks": spoken}


def _takes(booth: _Booth, line: SheetLine) -> list[dict[str, Any]]:
    return [_take(take, booth.voice, line.text) for take in booth.takes.of(line.text)]


def _take(take: KeptTake, voice: RecordedVoice, text: str) -> dict[str, Any]:
    judgement = asdict(take.judgement) | {"useful": take.judgement.useful}
    del judgement["stretch"]
    return {"key": take.key, "at": take.at, "chosen": take.is_chosen(voice, text), **judgement}


SLOW: dict[str, Handler] = {
    "prompter": _open,
    "prompter_ready": _ready,
    "record": _record,
    "recorded_takes": _of_line,
    "recorded_choose": _choose,
    "recorded_drop": _drop,
    "recorded_hear": _hear,
    "recorded_voice": _speak_with,
}
"""What a page can ask for, all of it slow."""
