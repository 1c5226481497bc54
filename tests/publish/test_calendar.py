from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import ics
import pytest
from icalendar import Calendar

from tests.publish.published import LINK, pack, session
from voiceguide.publish.calendar import practices, programme
from voiceguide.publish.manifest import Manifest, Week

MONDAY = date(2026, 11, 30)


def entries(manifest: Manifest, start: date = MONDAY, at: time = time(20, 0)) -> list[Any]:
    return list(Calendar.from_ical(programme(manifest, start, at)).walk("VEVENT"))


def days(times: int, *names: str, at: time = time(20, 0)) -> list[tuple[int, str, str]]:
    """Day from 1, time of day, and session of each practice in a plan of one week."""
    names = names or ("first-lesson",)
    manifest = pack(programme=(Week("W", names, times),))
    found = practices(manifest, MONDAY, at)
    return [((each.at.date() - MONDAY).days + 1, f"{each.at:%H:%M}", each.session.name) for each in found]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (1, [1]),
        (2, [1, 4]),
        (3, [1, 3, 5]),
        (4, [1, 2, 4, 6]),
        (5, [1, 2, 3, 5, 6]),
        (6, [1, 2, 3, 4, 5, 6]),
        (7, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_practices_are_spread_over_the_week(times: int, expected: list[int]) -> None:
    assert [day for day, _, _ in days(times)] == expected


def test_several_sessions_take_turns_and_each_is_done_as_often() -> None:
    assert days(2, "first-lesson", "bedtime-unwind") == [
        (1, "20:00", "first-lesson"),
        (2, "20:00", "bedtime-unwind"),
        (4, "20:00", "first-lesson"),
        (6, "20:00", "bedtime-unwind"),
    ]


def test_several_on_a_day_are_spread_over_half_of_it() -> None:
    assert days(7, "first-lesson", "bedtime-unwind")[:3] == [
        (1, "14:00", "first-lesson"),
        (1, "20:00", "bedtime-unwind"),
        (2, "14:00", "first-lesson"),
    ]
    assert [moment for _, moment, _ in days(21, at=time(7, 30))][:4] == ["07:30", "11:30", "15:30", "07:30"]
    assert days(9)[-1][0] == 7


def test_a_calendar_reads_the_plan() -> None:
    found = entries(pack())
    assert len(found) == 3 + 4
    assert [entry["summary"] for entry in found[:4]] == ["First lesson"] * 4
    assert [entry.decoded("dtstart") for entry in found[:4]] == [
        datetime(2026, 11, 30, 20),
        datetime(2026, 12, 2, 20),
        datetime(2026, 12, 4, 20),
        datetime(2026, 12, 7, 20),
    ]
    first = found[0]
    assert first.decoded("duration") == timedelta(seconds=600)
    assert first.decoded("dtstamp") == datetime(2026, 11, 30, tzinfo=UTC)
    assert first["url"] == f"{LINK}/#/first-lesson"
    assert first["description"].split("\n") == [
        "Learn: practice 1 of 3",
        "First lesson, 10 minutes",
        "For closed eyes.",
        f"{LINK}/#/first-lesson",
    ]
    (alarm,) = first.walk("VALARM")
    assert (alarm["action"], alarm.decoded("trigger"), alarm["description"]) == (
        "DISPLAY",
        timedelta(minutes=-10),
        "First lesson",
    )


def test_it_speaks_the_language_of_the_pack() -> None:
    manifest = pack(language="de", programme=(Week("", ("first-lesson",), 2),))
    first = entries(manifest)[0]
    assert first["description"].split("\n")[:2] == ["Woche 1: 1. von 2", "First lesson, 10 Minuten"]
    assert b"//DE\r\n" in programme(manifest, MONDAY)


def test_another_calendar_library_reads_the_same() -> None:
    calendar = ics.Calendar(programme(pack(), MONDAY).decode())
    found = sorted(calendar.events)
    assert len(found) == 7
    assert found[1].name == "First lesson"
    assert found[1].begin.naive == datetime(2026, 12, 2, 20)
    assert found[1].duration == timedelta(seconds=600)
    assert [alarm.trigger for alarm in found[1].alarms] == [timedelta(minutes=-10)]
    assert f"For closed eyes.\n{LINK}/#/first-lesson" in found[1].description


def test_times_are_of_no_time_zone() -> None:
    written = programme(pack(), MONDAY, time(7, 5, tzinfo=UTC))
    assert b"DTSTART:20261130T070500\r\n" in written
    assert b"TZID" not in written


def test_an_entry_keeps_its_uid_when_the_plan_begins_on_another_day() -> None:
    before, after = entries(pack()), entries(pack(link=None), MONDAY + timedelta(days=30), time(6))
    assert [entry["uid"] for entry in before] == [entry["uid"] for entry in after]
    assert len({entry["uid"] for entry in before}) == 7
    assert before[0]["uid"] == "4343c875-2f1a-5031-b17c-44d3c30517bc"  # as it was published once
    assert entries(pack(title="Other"))[0]["uid"] != before[0]["uid"]
    assert after[0].decoded("dtstamp") > before[0].decoded("dtstamp")  # calendars take the later one


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert programme(pack(), MONDAY) == programme(Manifest.from_json(pack().to_json()), MONDAY)


def test_hostile_and_long_text_stays_text() -> None:
    title = "END:VEVENT;,\\\r\nATTACH:x\0\u202e " + "ä頬" * 60
    each = session("a", title, description="one\r\ntwo; three")
    manifest = pack(each, title=title, programme=(Week(title, ("a",), 1),))
    written = programme(manifest, MONDAY)
    assert all(len(row) <= 75 for row in written.split(b"\r\n"))
    assert written.count(b"\nEND:VEVENT") == 1
    assert not re.search(rb"(?m)^ATTACH", written)
    assert b"\r\n" in written
    assert b"\n" not in written.replace(b"\r\n", b"")
    (entry,) = entries(manifest)
    shown = "END:VEVENT;,\\ ATTACH:x\ufffd " + "ä頬" * 60
    assert entry["summary"] == shown
    assert entry["description"].split("\n")[2:4] == ["one", "two; three"]


def test_a_short_session_still_has_a_length() -> None:
    (entry,) = entries(pack(session("a", seconds=0.2), programme=(Week("", ("a",), 1),)))
    assert entry.decoded("duration") == timedelta(seconds=1)
    assert entry["description"].startswith("Week 1: practice 1 of 1\n")


def test_without_a_plan_there_is_no_calendar() -> None:
    for weeks in ((), (Week("W", (), 3),), (Week("W", ("first-lesson",), 0),)):
        with pytest.raises(ValueError, match="the pack has no practice plan"):
            programme(pack(programme=weeks), MONDAY)


def test_a_session_that_is_not_there_is_told() -> None:
    weeks = (Week("W", ("first-lesson",), 1), Week("W", ("first-lesson", "gone"), 1))
    with pytest.raises(ValueError, match="week 2 of the plan names 'gone'"):
        programme(replace(pack(), programme=weeks), MONDAY)
