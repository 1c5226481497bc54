"""Where a play head goes on when the text changes under it."""

from __future__ import annotations

import pytest

from tests.live.made import plan_of
from voiceguide.live.follow import Switch, follow
from voiceguide.live.places import Places

OLD = "One is here. [pause 4s] Two is here. Three is here.\n"


def _event(places: Places, text: str, kind: str = "speech") -> tuple[int, int]:
    event = next(event for event in places.events if event.kind == kind and (text == "" or event.text == text))
    return event.start, event.end


def _switched(new: str, text: str, into: int = 1000, *, kind: str = "speech") -> tuple[Switch, Places, Places]:
    old, changed = plan_of(OLD).places, plan_of(new).places
    return follow(old, changed, _event(old, text, kind)[0] + into), old, changed


def test_a_change_behind_the_play_head_moves_it_with_its_sentence() -> None:
    switch, old, new = _switched(OLD.replace("One", "One and a half"), "Two is here.")
    assert switch == Switch(_event(old, "Two is here.")[0] + 1000, _event(new, "Two is here.")[0] + 1000)


def test_a_change_ahead_leaves_it_where_it_is() -> None:
    switch, old, _ = _switched(OLD.replace("Three", "A third"), "One is here.")
    assert switch == Switch(_event(old, "One is here.")[0] + 1000, _event(old, "One is here.")[0] + 1000)


def test_a_sentence_that_is_changed_while_it_is_spoken_is_heard_to_its_end() -> None:
    switch, old, new = _switched(OLD.replace("Two is", "Two really is"), "Two is here.")
    assert switch == Switch(_event(old, "Two is here.")[1], _event(new, "Two really is here.")[1])


def test_a_sentence_that_is_removed_while_it_is_spoken_is_followed_by_the_next() -> None:
    switch, old, new = _switched(OLD.replace("Two is here. ", ""), "Two is here.")
    assert switch.at == _event(old, "Two is here.")[1]
    assert switch.to == _event(new, "", "pause")[1]


def test_a_sentence_put_in_right_behind_is_not_skipped() -> None:
    switch, _, new = _switched(OLD.replace("Two is here.", "Two is here. New is here."), "Two is here.")
    assert switch.to < _event(new, "New is here.")[0]


@pytest.mark.parametrize(("seconds", "into", "expected"), [("9s", 3.0, 3.0), ("2s", 3.0, 2.0), ("2s", 1.0, 1.0)])
def test_a_pause_goes_on_as_far_as_it_was(seconds: str, into: float, expected: float) -> None:
    switch, _, new = _switched(OLD.replace("4s", seconds), "", round(into * 44100), kind="pause")
    assert switch.to == _event(new, "", "pause")[0] + round(expected * 44100)


def test_when_all_is_rewritten_it_begins_with_the_new_text() -> None:
    switch, _, new = _switched("Wholly other words.\n\nAnd more.\n", "Three is here.")
    assert switch.to == new.events[0].start


def test_before_the_first_event_nothing_moves() -> None:
    old, new = plan_of(OLD).places, plan_of("Zero. " + OLD).places
    assert follow(old, new, 500) == Switch(500, 500)


def test_a_loop_with_fewer_rounds_goes_on_in_its_last() -> None:
    text = "---\ntakes: same\n---\n[repeat 5]\nSay this. [pause 1s]\n[end]\n\nThe end.\n"
    old, new = plan_of(text).places, plan_of(text.replace("5", "2")).places
    fourth = [event for event in old.events if event.text == "Say this."][3]
    second = [event for event in new.events if event.text == "Say this."][1]
    assert follow(old, new, fourth.start + 100).to == second.start + 100


def test_a_line_is_heard_to_its_end_where_it_is_read_otherwise_now() -> None:
    text = "[repeat 5]\nSay this. [pause 1s]\n[end]\n\nThe end.\n"
    old, new = plan_of(text).places, plan_of(text.replace("5", "2")).places
    fourth = [event for event in old.events if event.text == "Say this."][3]
    second = [event for event in new.events if event.text == "Say this."][1]
    assert follow(old, new, fourth.start + 100) == Switch(fourth.end, second.end)
