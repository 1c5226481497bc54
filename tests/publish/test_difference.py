from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.publish.published import pack, session, timeline, write
from tests.support.waiting import at_most
from voiceguide.cli.pack.diff import command
from voiceguide.errors import OutputError
from voiceguide.publish.alignment import aligned, reworded
from voiceguide.publish.difference import Difference, difference
from voiceguide.publish.difference_text import described
from voiceguide.publish.manifest import File, Manifest, PackSession
from voiceguide.publish.timeline_document import Document

OLD = """# Settle

Rest your hands on your belly. [pause 4s]
Breathe out slowly.
[breathe 4-6 x2 words none]

# Move

Hold for ten seconds. [hold 10s]
Sweep out to the temples. [pause 2s]
Let go. [chime bowl]
"""

NEW = """# Settle

Rest both hands on your belly. [pause 6s]
[breathe 4-8 x2 words none]

# Move

Hold for twelve seconds. [hold 12s]
And again. [pause 1s]
Sweep out to the temples. [pause 2s]
Let go.
"""


def compared(old: str, new: str, old_session: PackSession | None = None, **changes: Any) -> Difference:
    """Two builds of a pack of one session, whose script was changed."""
    before = pack(old_session or session("evening", seconds=60.0))
    after = pack(session("evening", **{"sound": "other", "seconds": 60.0, **changes}))
    texts = {"old": timeline(old), "new": timeline(new)}
    return difference(before, after, lambda which, _: Document.of(texts[which]))


def nobody(which: Literal["old", "new"], each: PackSession) -> Document:
    raise AssertionError(f"the timeline of {each.name} is not needed")


def test_nothing_changed() -> None:
    found = difference(pack(), Manifest.from_json(pack().to_json()), nobody)
    assert found.nothing
    assert found.unchanged == ("first-lesson", "bedtime-unwind", "three-minute-wake")
    assert list(described(found)) == ["Nothing changed."]


def test_the_report_beside_the_audio_may_differ() -> None:
    """It tells how long the work took, which no listener hears."""
    each = session("evening")
    report = File("evening.report.json", 5, "ab" * 32, "application/json")
    again = session("evening", fingerprint="0" * 64, files={**each.files, "timeline": report})
    assert difference(pack(each), pack(again), nobody).nothing


def test_sessions_come_and_go() -> None:
    old = pack(session("a"), session("b"), session("c"))
    new = pack(session("d"), session("c"), session("a", "A new title"))
    found = difference(old, new, nobody)
    assert (found.added, found.removed, found.unchanged) == (("d",), ("b",), ("c",))
    assert [each.name for each in found.changed] == ["a"]
    assert list(described(found)) == [
        "Added: d",
        "Removed: b",
        "A new title (a)",
        "  title: A → A new title",
        "",
        "Unchanged: 1 session.",
    ]


def test_words_and_times_are_told_in_lines_of_text() -> None:
    assert list(described(compared(OLD, NEW, seconds=61.5, loudness_lufs=-16.5, voice="piper:joe"))) == [
        "Evening (evening)",
        "  voice: system:en-us → piper:joe",
        "  length: 1:00.0 → 1:01.5",
        "  loudness: −16.0 LUFS → −16.5 LUFS",
        "  Chapters:",
        "    ~ “Move” 0:29.9 → 0:34.0",
        "  Words:",
        "    - 0:01.0  Rest [-your-] hands on your belly.",
        "    + 0:01.0  Rest {+both+} hands on your belly.",
        "    - 0:08.0  Breathe out slowly.",
        "    - 0:29.9  Hold for [-ten-] seconds.",
        "    + 0:34.0  Hold for {+twelve+} seconds.",
        "    + 0:48.4  And again.",
        "  Times:",
        "    ~ 0:04.0  pause, 4s → 6s, after “Rest both hands on your belly.”",
        "    ~ 0:14.0  breathe out, breath 1, 6s → 8s, after “Rest both hands on your belly.”",
        "    ~ 0:26.0  breathe out, breath 2, 6s → 8s, after “Rest both hands on your belly.”",
        "    ~ 0:36.4  hold, 10s → 12s, after “Hold for twelve seconds.”",
        "    + 0:49.4  pause, 1s, after “And again.”",
        "    - 0:47.2  chime: bowl, 12s, after “Let go.”",
        "",
    ]


def test_each_kind_of_change_is_found() -> None:
    (found,) = compared(OLD, NEW).changed
    assert [(line.old, line.new) for line in found.lines] == [
        ("Rest your hands on your belly.", "Rest both hands on your belly."),
        ("Breathe out slowly.", None),
        ("Hold for ten seconds.", "Hold for twelve seconds."),
        (None, "And again."),
    ]
    told = [(event.what, event.old_seconds, event.new_seconds, event.after) for event in found.events]
    assert ("pause", 4.0, 6.0, "Rest both hands on your belly.") in told
    assert ("hold", 10.0, 12.0, "Hold for twelve seconds.") in told
    assert ("pause", None, 1.0, "And again.") in told
    assert [what for what, _, new, after in told if after == "Let go." and new is None] == ["chime: bowl"]


def test_breaths_of_another_length_are_found_and_sounds_that_ring_are_not() -> None:
    (found,) = compared("Go. [breathe 4-6 x1 words none]", "Go. [breathe 4-8 x1 words none]").changed
    assert [(event.what, event.old_seconds, event.new_seconds) for event in found.events] == [
        ("breathe out, breath 1", 6.0, 8.0)
    ]


def test_a_longer_session_moves_no_more_than_it_must() -> None:
    (found,) = compared("# A\n\nOne. [pause 2s]\n\n# B\n\nTwo.", "# A\n\nOne. [pause 5s]\n\n# B\n\nTwo.").changed
    assert found.lines == ()
    assert [(event.old_seconds, event.new_seconds) for event in found.events] == [(2.0, 5.0)]
    assert [(each.title, each.old_start, each.new_start) for each in found.chapters] == [("B", 3.4, 6.4)]


def test_what_no_listener_notices_is_no_change() -> None:
    (found,) = compared("One. [pause 2s] Two. [pause 2s]", "One. [pause 2.04s] Two. [pause 2s]").changed
    assert (found.lines, found.events, found.chapters) == ((), (), ())
    assert list(described(compared("One.", "One.")))[1] == "  The sound differs; words and times do not."


@pytest.mark.parametrize(("new", "told"), [(-16.1, False), (-15.9, False), (-16.11, True), (None, True)])
def test_loudness_is_told_from_a_tenth_on(new: float | None, told: bool) -> None:
    found = difference(pack(session("a", loudness_lufs=-16.0)), pack(session("a", loudness_lufs=new)), nobody)
    assert [change.what for each in found.changed for change in each.values] == ["loudness"] * told


def test_what_the_pack_says_of_itself_is_compared() -> None:
    cover = File("cover.png", 1, "ab" * 32, "image/png")
    found = difference(pack(), pack(title="New", link=None, cover=cover, published=None), nobody)
    assert list(described(found))[:6] == [
        "The pack",
        "  title: Facial massage, eyes closed → New",
        "  link: https://example.org/face → none",
        "  published: 2026-11-23 → none",
        "  cover: c0c0c0c0c0c0 → abababababab",
        "",
    ]


def test_nothing_of_a_pack_drives_the_terminal() -> None:
    hostile = "\x1b[2J\x07Hi\nthere"
    each = session("a", hostile, description=hostile, voice=hostile, sound="other")
    texts = timeline("One."), timeline("Two.")
    for text in texts:
        text["events"][0]["text"] += hostile
        text["chapters"] = [{"title": hostile + text["events"][0]["text"], "start": 0, "end": 1}]
    old, new = pack(session("a"), title="T"), pack(each, title=hostile)
    found = difference(old, new, lambda which, _: Document.of(texts[which == "new"]))
    rows = list(described(found))
    assert len(rows) > 10
    assert not [row for row in rows if not row.isprintable()]


def test_as_json_it_has_everything() -> None:
    found = json.loads(json.dumps(compared(OLD, NEW).to_json()))
    assert found["schema"] == "voiceguide.difference/1"
    assert found["changed"][0]["lines"][3] == {
        "old": None,
        "new": "And again.",
        "old_start": None,
        "new_start": found["changed"][0]["lines"][3]["new_start"],
    }
    assert found["changed"][0]["audio"] is True


def test_a_long_script_written_anew_is_compared_in_a_moment() -> None:
    old = "\n".join(f"Old words {n} here. [pause 1s]" for n in range(1000)) + "\n[count 500]"
    new = "\n".join(f"Something else {n}. [pause 2s]" for n in range(1000)) + "\n[count 500]"
    with at_most(10):  # under two seconds on an idle machine
        (found,) = compared(old, new).changed
    assert len(found.lines) >= 1000


words = st.lists(st.sampled_from(["a", "b", "c c", "c d", ""]), max_size=8)


@given(words, words, st.booleans())
def test_alignment_loses_nothing_and_keeps_the_order(old: list[str], new: list[str], near: bool) -> None:
    pairs = list(aligned(old, new, str, near=near))
    assert [before for before, _ in pairs if before is not None] == old
    assert [after for _, after in pairs if after is not None] == new
    assert all(pair != (None, None) for pair in pairs)


@given(st.text(max_size=40), st.text(max_size=40))
def test_rewording_keeps_both_lines(old: str, new: str) -> None:
    parts = reworded(old, new)
    assert "".join(text for kind, text in parts if kind != "new") == old
    assert "".join(text for kind, text in parts if kind != "old") == new


# -- the command


def built(tmp_path: Path) -> tuple[Path, Path]:
    old, new = pack(session("evening")), pack(session("evening", sound="other"))
    return write(tmp_path / "old", old, {"evening": timeline(OLD)}), write(
        tmp_path / "new", new, {"evening": timeline(NEW)}
    )


def test_the_command_compares_two_folders(tmp_path: Path) -> None:
    old, new = built(tmp_path)
    shown = CliRunner().invoke(command, [str(old), str(new)])
    assert shown.exit_code == 0
    assert "    + 0:01.0  Rest {+both+} hands on your belly.\n" in shown.output
    same = CliRunner().invoke(command, [str(old), str(old)])
    assert (same.exit_code, same.output) == (0, "Nothing changed.\n")
    as_json = CliRunner().invoke(command, [str(old), str(new), "--json"])
    assert json.loads(as_json.output)["changed"][0]["name"] == "evening"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("manifest.json", None, "holds no finished pack"),
        ("manifest.json", "{", "can't be read"),
        ("evening.report.json", "{}", "can't be read"),
        ("evening.report.json", '{"timeline": {}}', "can't be compared: the timeline is damaged"),
    ],
)
def test_a_pack_that_cannot_be_read_is_told(tmp_path: Path, file: str, content: str | None, said: str) -> None:
    old, new = built(tmp_path)
    if content is None:
        (new / file).unlink()
    else:
        (new / file).write_text(content)
    result = CliRunner().invoke(command, [str(old), str(new)])
    assert result.exit_code == 1
    assert isinstance(result.exception, OutputError)
    assert said in str(result.exception)
