"""The practice plan as calendar entries: iCalendar (RFC 5545), which every calendar can import.

Times are floating, that is, without a time zone: eight in the evening is local time everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from voiceguide.publish.addresses import folder_address, session_address
from voiceguide.publish.identity import identity
from voiceguide.publish.labels import length_in_words
from voiceguide.publish.manifest import Manifest, PackSession
from voiceguide.publish.text import one_line, paragraphs
from voiceguide.publish.words import wording

NAME = "programme.ics"
_DAYS = 7
_REMINDER = timedelta(minutes=10)  # before the practice
_SPREAD = timedelta(hours=12)  # over which several practices of a day are spread


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice of a plan: ``week``, and ``number`` of the ``count`` in that week, from 1; ``at`` is local time."""

    week: int
    title: str
    number: int
    count: int
    session: PackSession
    at: datetime


def programme(manifest: Manifest, start: date, at: time = time(20, 0)) -> bytes:
    """The pack's ``programme.ics``: an entry with a reminder for each practice, from the day ``start`` on.

    ``at`` is the time of day. The same arguments give the same bytes. An entry keeps its UID when the plan is made
    again with another start, so that a calendar that imports it moves the entries instead of duplicating them.

    Raises ValueError, with a sentence for the user, when there is nothing to practise, a week names a session that the
    pack does not have, or the pack's ``link`` is no address.
    """
    found = tuple(practices(manifest, start, at))
    if not found:
        raise ValueError("the pack has no practice plan")
    calendar = Calendar()
    calendar.add(
        "prodid", f"-//voiceguide//voiceguide {one_line(manifest.version)}//{wording(manifest.language).tongue.upper()}"
    )
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):  # RFC 7986 has the first, most calendars read the second
        calendar.add(name, one_line(manifest.title))
    for practice in found:
        calendar.add_component(_entry(manifest, practice, start))
    written: bytes = calendar.to_ical()
    return written


def practices(manifest: Manifest, start: date, at: time) -> Iterator[Practice]:
    """The practices in order of time.

    Each session of a week is done ``times_per_week`` times. The sessions take turns, in the order of the week, and all
    practices of the week are spread evenly over its seven days: two are on days 1 and 4, three on 1, 3 and 5. Several
    on one day are spread over the twelve hours that end at ``at``, or begin there when it is before noon.

    Raises ValueError as :func:`programme` does.
    """
    sessions = {session.name: session for session in manifest.sessions}
    own = wording(manifest.language)
    for index, week in enumerate(manifest.programme):
        count = len(week.sessions) * max(0, week.times_per_week)
        for number in range(count):
            name = week.sessions[number % len(week.sessions)]
            if name not in sessions:
                raise ValueError(
                    f"week {index + 1} of the plan names '{one_line(name)}', which is no session of the pack"
                )
            day = number * _DAYS // count
            first, after = _first(day, count), _first(day + 1, count)
            moment = datetime.combine(start + timedelta(weeks=index, days=day), at.replace(tzinfo=None))
            moment += _within_day(number - first, after - first, at)
            title = one_line(week.title) or own.said("week", number=index + 1)
            yield Practice(index + 1, title, number + 1, count, sessions[name], moment)


def _first(day: int, count: int) -> int:
    """The number, from 0, of the first practice on a day of the week or after it."""
    return -(-day * count // _DAYS)


def _within_day(index: int, count: int, at: time) -> timedelta:
    apart = _SPREAD / count
    return index * apart if at.hour < 12 else (index + 1 - count) * apart


def _entry(manifest: Manifest, practice: Practice, start: date) -> Event:
    session, title = practice.session, one_line(practice.session.title)
    entry = Event()
    entry.add("uid", identity(manifest, "practice", practice.week, practice.number))
    entry.add("dtstamp", datetime.combine(start, time(), UTC))  # the plan's own day; no clock is read
    entry.add("dtstart", practice.at)
    entry.add("duration", timedelta(seconds=max(1, round(session.seconds))))
    entry.add("summary", title)
    own = wording(manifest.language)
    heading = own.said("practice", title=practice.title, number=practice.number, count=practice.count)
    length = f"{title}, {length_in_words(session.seconds, manifest.language)}"
    address = session_address(folder_address(manifest.link), session) if manifest.link else ""
    rows = (heading, length, paragraphs(session.description), address)
    entry.add("description", "\n".join(row for row in rows if row))
    if address:
        entry.add("url", address)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -_REMINDER)
    entry.add_component(alarm)
    return entry
