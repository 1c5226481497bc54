"""Sessions with one fault each, as an editor, another program or another reader could make them.

Each takes a planned session, and gives the sound of a faulty one: float32 ``(frames, 2)`` at 44.1 kHz.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import voiceguide
from voiceguide import SAMPLE_RATE, Event, Session, Timeline

Fault = Callable[[Session], Any]


def sound(session: Session) -> Any:
    """The whole session, mastered."""
    return np.concatenate(list(session.blocks()))


def lines(session: Session) -> list[Event]:
    return [event for event in session.timeline.events if event.kind == "speech"]


def long_line(session: Session) -> Event:
    """A line in the middle of the session, with a pause after it and of some words."""
    events, spoken = session.timeline.events, lines(session)
    pauses = {event.start for event in events if event.kind in ("pause", "hold")}
    fit = [line for line in spoken if line.end in pauses and len((line.text or "").split()) >= 5]
    return fit[len(fit) // 2]


def pause(session: Session) -> Event:
    """A pause of at least three seconds in the middle of the session."""
    spoken = lines(session)
    pauses = [
        event
        for event in session.timeline.events
        if event.kind == "pause"
        and event.end - event.start >= 3 * SAMPLE_RATE
        and spoken[2].start < event.start < spoken[-3].start
    ]
    return pauses[len(pauses) // 2]


def _with(session: Session, timeline: Timeline) -> Any:
    return sound(session.with_timeline(timeline))


def _without(session: Session, event: Event) -> Timeline:
    return session.timeline.with_events(other for other in session.timeline.events if other is not event)


def removed(session: Session) -> Any:
    """A line is silent; all else stays in its place."""
    return _with(session, _without(session, long_line(session)))


def cut_out(session: Session) -> Any:
    """A line is cut out, with its time."""
    line, whole = long_line(session), sound(session)
    return np.concatenate((whole[: line.start], whole[line.end :]))


def doubled(session: Session) -> Any:
    """A line is said twice."""
    line, whole = long_line(session), sound(session)
    return np.concatenate((whole[: line.end], whole[line.start :]))


def swapped(session: Session) -> Any:
    """Two neighbouring lines have changed places, each with what follows it."""
    spoken, whole = lines(session), sound(session)
    at = spoken.index(long_line(session))
    one, two, three = (event.start for event in spoken[at : at + 3])
    return np.concatenate((whole[:one], whole[two:three], whole[one:two], whole[three:]))


def short_pause(session: Session) -> Any:
    """A pause is 2 s shorter."""
    event = pause(session)
    return _with(session, session.timeline.with_room(event.end - SAMPLE_RATE // 2, -2 * SAMPLE_RATE))


def no_chime(session: Session) -> Any:
    """The last chime is left out."""
    chime = [event for event in session.timeline.events if event.kind == "chime"][-1]
    return _with(session, _without(session, chime))


def late_breath(session: Session) -> Any:
    """A breath sound comes 200 ms late."""
    breath = [event for event in session.timeline.events if event.kind == "breath" and event.clip][2]
    moved = [other for other in session.timeline.events if other is not breath] + [breath.moved(SAMPLE_RATE // 5)]
    return _with(session, session.timeline.with_events(moved))


def loud_bed(session: Session) -> Any:
    """The background is 10 dB louder."""
    events = session.timeline.events
    return _with(session, session.timeline.with_events(event.louder(10.0) if event.bed else event for event in events))


def broken_off(session: Session) -> Any:
    """The file ends after three quarters."""
    whole = sound(session)
    return whole[: len(whole) * 3 // 4]


def strange_voice(session: Session) -> Any:
    """A line is said by another voice."""
    line = long_line(session)
    other, _ = voiceguide.speak(line.text or "", voice="system"), None
    samples = np.asarray(getattr(other, "samples", other), np.float32)
    whole = _with(session, _without(session, line))
    room = np.zeros((len(samples), 2), np.float32)
    level = 10 ** (7 / 20)  # about what mastering multiplied by
    room += (samples[:, np.newaxis] if samples.ndim == 1 else samples) * np.float32(level)
    end = min(len(whole), line.start + len(room))
    whole[line.start : end] += room[: end - line.start]
    return whole


def late_line(session: Session) -> Any:
    """A line begins 120 ms late."""
    line = long_line(session)
    moved = [other for other in session.timeline.events if other is not line]
    return _with(session, session.timeline.with_events([*moved, line.moved(SAMPLE_RATE * 12 // 100)]))


def loud_chime(session: Session) -> Any:
    """The last chime is 9 dB louder."""
    chime = [event for event in session.timeline.events if event.kind == "chime"][-1]
    events = [event.louder(9.0) if event is chime else event for event in session.timeline.events]
    return _with(session, session.timeline.with_events(events))


def shifted(session: Session) -> Any:
    """Half a second of silence comes before all."""
    return np.concatenate((np.zeros((SAMPLE_RATE // 2, 2), np.float32), sound(session)))
