"""``pack.yaml`` to a :class:`Pack`: the sessions that it asks for, and a diagnostic for everything wrong in it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from voiceguide.errors import Diagnostic, Source, Span, did_you_mean
from voiceguide.packs.entries import Entry, at, entries_of
from voiceguide.packs.pack_model import (
    DEFAULTS,
    MOST_TIMES,
    OwnerEntry,
    PackFile,
    PackModel,
    ProgrammeEntry,
    SessionEntry,
    WeekEntry,
)
from voiceguide.publish.categories import category_of
from voiceguide.publish.manifest import Week
from voiceguide.routine import Settings
from voiceguide.script.files import Folder, read_source
from voiceguide.script.front_matter import settings_of
from voiceguide.script.sounds import SoundNames
from voiceguide.script.text import LineIndex, Text
from voiceguide.script.yaml_tree import Limits, Scalar, Sequence, YamlNode, parse_yaml
from voiceguide.script.yaml_tree import Mapping as Table

_LIMITS = Limits("pack file", 6, 4 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack file asks for. ``defaults`` holds the pack's settings, for scripts without their own, as JSON.

    ``cover`` is the pack's own picture.
    """

    folder: Path
    title: str
    description: str
    author: str
    language: str
    link: str | None
    published: datetime.date | None
    kind: str
    bitrate: str | None
    profile: str | None
    cover: Path | None
    defaults: str
    entries: tuple[Entry, ...]
    programme: tuple[Week, ...]
    owner: tuple[str, str] | None = None
    category: tuple[str, str] | None = None
    living: bool = False


def schema() -> dict[str, Any]:
    """The JSON Schema of a pack file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PackFile.model_json_schema()}


def default_settings(defaults: str, folder: Path, sounds: SoundNames) -> Settings:
    """The settings in :attr:`Pack.defaults`, which have been checked, with files below ``folder``."""
    tree, _ = parse_yaml(Text.of(LineIndex.of(Source("pack.yaml", defaults))), _LIMITS)
    entries = tree.entries if isinstance(tree, Table) else ()
    return settings_of(entries, Folder(folder), sounds, Settings(title=""))[0]


def _wrong_bitrate(model: PackModel, tree: Table) -> list[Diagnostic]:
    if model.bitrate is None:
        return []
    from voiceguide.encoder.choice import chosen

    try:
        chosen(model.format, model.bitrate, model.profile)
    except ValueError as error:
        return [Diagnostic(at(tree, ("bitrate",))[1], "error", str(error))]
    return []


def _living_people(model: PackModel, tree: Table) -> list[Diagnostic]:
    """The page would put one person's session together from the sounds of another's."""
    if not model.living or all(session.people is None for session in model.sessions):
        return []
    message = "a pack with 'people' cannot be living: its page could give one person's session to another"
    return [Diagnostic(at(tree, ("living",))[1], "error", message, "leave out 'living: true', or make two packs")]


def read_pack(path: Path, sounds: SoundNames) -> tuple[Pack | None, tuple[Diagnostic, ...]]:
    """The pack that a file asks for, None when it has errors, and all findings."""
    source, unreadable = read_source(path)
    if unreadable:
        return None, tuple(unreadable)
    text = Text.of(LineIndex.of(source))
    tree, problems = parse_yaml(text, _LIMITS)
    if not isinstance(tree, Table):
        if not problems:
            hint = "begin with 'title: …' and 'sessions:'"
            problems.append(Diagnostic(Span(source, 1, 1), "error", "this pack file asks for nothing", hint))
        return None, tuple(problems)
    folder = Folder(path.absolute().parent)
    own_defaults = [(key, node) for key, node in tree.entries if key.value in DEFAULTS]
    settings, more = settings_of(own_defaults, folder, sounds, Settings(title=""))
    problems += more
    try:
        model = PackFile.model_validate(_plain(tree))
    except ValidationError as error:
        return None, (*problems, *(_diagnostic(detail, tree) for detail in error.errors()))
    entries = entries_of(model, tree, folder, problems)
    weeks = _weeks(model, tree, entries, problems)
    problems += _wrong_bitrate(model, tree)
    problems += _living_people(model, tree)
    if any(problem.severity == "error" for problem in problems):
        return None, tuple(problems)
    return _asked_for(model, tree, folder.path, settings, entries, weeks), tuple(problems)


def _asked_for(
    model: PackModel, tree: Table, folder: Path, settings: Settings, entries: list[Entry], weeks: list[Week]
) -> Pack:
    values = _plain(tree)
    defaults = {key: values[key] for key in DEFAULTS if values.get(key) is not None}
    return Pack(
        folder,
        model.title,
        model.description,
        settings.author,
        settings.language,
        model.link,
        model.published,
        model.format,
        model.bitrate,
        model.profile,
        settings.cover,
        json.dumps(defaults, ensure_ascii=False, sort_keys=True),
        tuple(entries),
        tuple(weeks),
        (model.owner.name, model.owner.email) if model.owner else None,
        category_of(model.category) if model.category else None,
        model.living,
    )


def _plain(node: YamlNode) -> Any:
    match node:
        case Scalar(value):
            return None if value in ("", "null", "~") else value
        case Sequence(items):
            return [_plain(item) for item in items]
        case Table(entries):
            return {key.value: _plain(value) for key, value in entries}


_SENTENCES: Mapping[str, str] = {
    "list_type": "this must be a list",
    "string_type": "this must be text",
    "model_type": "this must be a table like {script: face.md}",
    "int_parsing": "this must be a whole number",
    "int_from_float": "this must be a whole number",
    "bool_parsing": "this must be true or false",
    "date_from_datetime_parsing": "this is no date; write it like 2026-11-23",
    "date_parsing": "this is no date; write it like 2026-11-23",
    "too_short": "there must be at least one here",
    "string_too_short": "this must not be empty",
}


def _diagnostic(detail: ErrorDetails, tree: Table) -> Diagnostic:
    keys = detail["loc"]
    node, span = at(tree, keys)
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Diagnostic(span, "error", f"the key '{keys[-1]}' is missing here")
    if kind == "extra_forbidden":
        parent, _ = at(tree, keys[:-1])
        named = (
            next((key.span for key, _ in parent.entries if key.value == keys[-1]), span)
            if isinstance(parent, Table)
            else span
        )
        known = _known(keys[:-1])
        return Diagnostic(named, "error", f"unknown key '{keys[-1]}'{did_you_mean(str(keys[-1]), known)}")
    if kind == "value_error":
        return Diagnostic(span, "error", str(context.get("error", detail["msg"])).rstrip("."))
    if kind == "literal_error":
        word = node.value if isinstance(node, Scalar) else ""
        return Diagnostic(span, "error", f"'{word}' is none of {context.get('expected', '')}")
    if kind in ("greater_than_equal", "less_than_equal"):
        return Diagnostic(span, "error", f"this must be 1 to {MOST_TIMES}")
    if kind == "string_pattern_mismatch":
        is_address = "email" in keys
        what = "an address like name@example.org" if is_address else "kbit/s, such as 96, or for an MP3 v0 to v9"
        return Diagnostic(span, "error", f"this must be {what}")
    return Diagnostic(span, "error", _SENTENCES.get(kind, detail["msg"]))


def _known(keys: tuple[int | str, ...]) -> tuple[str, ...]:
    model: type[BaseModel] = PackFile
    if keys[:1] == ("sessions",):
        model = SessionEntry
    elif keys[:2] == ("programme", "weeks"):
        model = WeekEntry
    elif keys[:1] == ("owner",):
        model = OwnerEntry
    elif keys[:1] == ("programme",):
        model = ProgrammeEntry
    return tuple(model.model_fields)


def _weeks(model: PackModel, tree: Table, entries: list[Entry], problems: list[Diagnostic]) -> list[Week]:
    by_name = {entry.name: entry.name for entry in reversed(entries)}
    by_script = {Path(entry.script).stem: entry.name for entry in reversed(entries)}
    known = {**by_script, **by_name}
    weeks: list[Week] = []
    for index, week in enumerate(model.programme.weeks if model.programme else ()):
        for number, session in enumerate(week.sessions):
            if session not in known:
                span = at(tree, ("programme", "weeks", index, "sessions", number))[1]
                message = f"the pack has no session '{session}'{did_you_mean(session, known)}"
                problems.append(Diagnostic(span, "error", message))
        sessions = tuple(known.get(session, session) for session in week.sessions)
        weeks.append(Week(week.title, sessions, week.times_per_week))
    return weeks
