"""The sounds of several plans, each once."""

from __future__ import annotations

from voiceguide.audio.rooms import ROOMS
from voiceguide.living.clips import ClipTable, Placement
from voiceguide.mixing.placing import PlacedClip
from voiceguide.routine import SoundRef
from voiceguide.timeline import Clip, Event, Line, Track

BOWL, LINE = SoundRef("bowl"), Line("Rest.", "system:en", 1.0, "en")


def placed(clip: Clip, start: int, session: int, track: Track = "chimes", room: str = "none") -> PlacedClip:
    kind = "speech" if track == "voice" else "chime"
    event = Event(kind, track, start, start + clip.frames, None, clip=clip)
    return PlacedClip.of(event, clip, session, ROOMS["small"] if room == "small" else None)


def test_what_sounds_dry_is_carried_as_long_as_it_is_needed() -> None:
    table = ClipTable()
    first = table.placements([placed(Clip(BOWL, 5_000), 0, 2_000)])
    second = table.placements([placed(Clip(BOWL, 5_000), 100, 90_000), placed(Clip(BOWL, 5_000, -6.0), 100, 90_000)])
    assert [one.sound for one in (*first, *second)] == [0, 0, 1]
    assert first == [Placement(0, 0, 2_000, 441)]  # cut by the end of the session, under a fade
    assert second[0] == Placement(0, 100, 5_000, 0)
    assert table.frames(0) == 5_000


def test_a_voice_in_a_room_is_carried_as_it_was_cut() -> None:
    table, room = ClipTable(), ROOMS["small"]
    assert room is not None
    whole, cut = Clip(LINE, 9_000), Clip(LINE, 4_000, fade_out=600)
    rows = table.placements([placed(one, 50, 90_000, "voice", "small") for one in (whole, cut, whole)])
    assert [row.sound for row in rows] == [0, 1, 0]
    assert [table.frames(number) for number in (0, 1)] == [9_000 + room.tail, 4_000 + room.tail]
    assert {row.fade for row in rows} == {0}
