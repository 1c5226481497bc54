"""What ``pack.yaml`` may hold, as models: the keys, their kinds, and what an editor says about them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Annotated, Any, Literal, Self, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator

from voiceguide.encoder.kinds import DEFAULT, KINDS
from voiceguide.mastering.profiles import PROFILES
from voiceguide.publish.addresses import folder_address
from voiceguide.publish.categories import category_of
from voiceguide.script.values import parse_length
from voiceguide.units import format_duration
from voiceguide.vocabulary import FRONT_MATTER

MOST_TIMES = 21
"""How often at most a session is done in a week."""

_OF_ONE_SESSION = ("title", "description", "date")  # settings that make no sense for several


def _length(text: str) -> str:
    return format_duration(parse_length(text))


def _link(text: str) -> str:
    return folder_address(text)


def _category(text: str) -> str:
    return " / ".join(filter(None, category_of(text)))


def _day(value: Any) -> datetime.date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            return datetime.date.fromisoformat(str(value))
    except ValueError:
        pass
    raise ValueError(f"'{value}' is no date; write it like 2026-11-23")


def _script_alone(value: Any) -> Any:
    return {"script": value} if isinstance(value, str) else value


def slug(text: str) -> str:
    """A name for files that every system and address takes: letters, digits, ``-``, ``_`` and ``.``.

    It is the same however a file system spells accents.
    """
    kept = (c if c in "_.-" or unicodedata.category(c)[0] in "LNM" else " " for c in unicodedata.normalize("NFC", text))
    return "-".join("".join(kept).split()).strip("-.") or "session"


def _name(text: str) -> str:
    if text != slug(text):
        raise ValueError(f"'{text}' can't name files everywhere; '{slug(text)}' can")
    return text


_Text = Annotated[str, Field(min_length=1)]
_Bitrate = Annotated[str, Field(pattern=r"^([1-9][0-9]{1,2}|v[0-9])$")]
_Length = Annotated[str, AfterValidator(_length)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SessionEntry(_Model):
    """A script, made once for each of its lengths and voices, or people. The script's name alone will do."""

    script: Annotated[_Text, Field(description="the script's file, in the pack's folder or below it")]
    name: Annotated[str | None, AfterValidator(lambda text: text and _name(text))] = Field(
        None, description="what its files are called; else the script's name"
    )
    lengths: list[_Length] = Field([], description="durations such as 5m; a session is made for each")
    voices: list[_Text] = Field([], description="voices' names; a session is made for each")
    people: _Text | None = Field(
        None, description="a table (CSV) with values of the script's variables; a session is made for each row"
    )

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if self.people is not None and (len(self.lengths) > 1 or len(self.voices) > 1):
            raise ValueError(
                "a table of people goes with one length and one voice; the table can have columns for both"
            )
        return self


class WeekEntry(_Model):
    """A week of the practice plan."""

    title: str = Field("", description="what the week is about")
    sessions: list[_Text] = Field(description="sessions' names, or scripts' names without .md", min_length=1)
    times_per_week: int = Field(description="how many times each is done in the week", ge=1, le=MOST_TIMES)


class ProgrammeEntry(_Model):
    weeks: list[WeekEntry] = Field(min_length=1)


class OwnerEntry(_Model):
    """Whom podcast directories write to. It stands in the feed, where everyone can read it."""

    name: _Text
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class PackModel(_Model):
    """A pack of sessions. Any setting of a script's front matter can stand here too, as the default of all scripts."""

    title: _Text = Field(description="the pack's title, and the album of its sessions")
    description: str = Field("", description="a sentence or two about the pack")
    link: Annotated[str, AfterValidator(_link)] | None = Field(None, description="the address of the finished folder")
    published: Annotated[datetime.date, BeforeValidator(_day)] | None = Field(
        None, description="the day from which a feed counts, like 2026-11-23"
    )
    sessions: list[
        Annotated[SessionEntry, BeforeValidator(_script_alone, json_schema_input_type=str | SessionEntry)]
    ] = Field(min_length=1)
    programme: ProgrammeEntry | None = Field(None, description="a practice plan")
    living: bool = Field(
        False, description="whether listeners can have each session at any length, with volumes of their own"
    )
    owner: OwnerEntry | None = Field(None, description="whom podcast directories write to: {name: …, email: …}")
    category: Annotated[str, AfterValidator(_category)] | None = Field(
        None, description="one of Apple Podcasts', like Health & Fitness / Mental Health"
    )
    format: Literal[tuple(KINDS)] = Field(DEFAULT, description="the kind of audio file")  # type: ignore[valid-type]
    bitrate: Annotated[_Bitrate, BeforeValidator(str, json_schema_input_type=int | _Bitrate)] | None = Field(
        None, description="kbit/s, such as 96; for MP3 also v0 to v9"
    )
    profile: Literal[tuple(PROFILES)] | None = Field(None, description="how the sessions are mastered")  # type: ignore[valid-type]


DEFAULTS = tuple(key for key in FRONT_MATTER if key not in (*_OF_ONE_SESSION, "profile"))  # a pack has its own
PackFile: type[PackModel] = cast(
    "type[PackModel]",
    create_model(  # type: ignore[call-overload]
        "Pack",
        __base__=PackModel,
        __doc__=PackModel.__doc__,
        **{key: (Any, Field(None, description=FRONT_MATTER[key])) for key in DEFAULTS},
    ),
)
