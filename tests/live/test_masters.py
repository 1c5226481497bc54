"""How a session was mastered is found again only for the very same session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import soundfile

from tests.support.signals import tone
from tests.support.waiting import HANGS
from voiceguide.errors import Source
from voiceguide.kept import Kept
from voiceguide.live.masters import KeptMasters
from voiceguide.live.plan import LivePlan
from voiceguide.live.planning import LivePlanner
from voiceguide.live.session import LiveSession
from voiceguide.script.files import Folder
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Studio
from voiceguide.units import SAMPLE_RATE

TEXT = "---\nvoice: silent\nbed: brown\n---\nOne is here. [pause 2s] Two is here. [chime bowl] [breathe 4-6 x1]\n"

Plan = Callable[[str], LivePlan]


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Plans a text all of whose lines are spoken, unless it says "Missing"."""
    with SoundStore(tmp_path) as sounds:
        studio = Studio()
        planner = LivePlanner(SessionOptions(), studio, sounds)

        def planned(text: str) -> LivePlan:
            script = ScriptText(Source("x.md", text), Folder(tmp_path))
            studio.keep([line for line in planner.plan(script).parts.values() if "Missing" not in line.text], jobs=1)
            found = planner.plan(script).plan
            assert found is not None
            return found

        yield planned


def test_the_same_session_is_mastered_as_before(plan: Plan, tmp_path: Path) -> None:
    mastering = plan(TEXT).mastering()
    KeptMasters(Kept(tmp_path / "parts")).keep(plan(TEXT), mastering)
    assert KeptMasters(Kept(tmp_path / "parts")).find(plan(TEXT)) == mastering
    moved = plan(TEXT.replace("One is here.", "<!-- a remark -->\nOne is here."))
    assert KeptMasters(Kept(tmp_path / "parts")).find(moved) == mastering, "where it is written makes no difference"


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("2s", "2.1s"),
        ("One", "Won"),
        ("bed: brown", "bed: pink"),
        ("bed: brown", "bed: brown\nloudness: -20"),
        ("bed: brown", "bed: brown\nlevels: {voice: -2dB}"),
        ("bed: brown", "bed: brown\nducking: {depth: 3dB}"),
        ("[chime bowl]", "[chime bowl -6dB]"),
        ("[chime bowl]", "[chime rin]"),
        ("x1", "x1 swell"),
    ],
)
def test_another_session_is_not(part: str, other: str, plan: Plan, tmp_path: Path) -> None:
    masters = KeptMasters(Kept(tmp_path / "parts"))
    masters.keep(plan(TEXT), plan(TEXT).mastering())
    assert part in TEXT
    assert masters.find(plan(TEXT.replace(part, other))) is None


def test_what_may_be_another_the_next_time_is_not_kept(plan: Plan, tmp_path: Path) -> None:
    masters = KeptMasters(Kept(tmp_path / "parts"))
    soundfile.write(tmp_path / "own.wav", tone(1.0, -20.0), SAMPLE_RATE)
    for text in (TEXT.replace("One", "Missing"), TEXT.replace("[chime bowl]", "[sound own.wav]")):
        masters.keep(plan(text), plan(TEXT).mastering())
    assert not Kept(tmp_path / "parts").entries()


def test_a_session_that_was_heard_begins_without_being_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    script = ScriptText(Source("x.md", TEXT))
    with LiveSession(script, SessionOptions(), changes=False) as first:
        assert first.settle(HANGS, spoken=True)
    monkeypatch.delattr(LivePlan, "mastering")
    with LiveSession(script, SessionOptions(), changes=False) as again:
        assert again.settle(HANGS, spoken=True)
        assert len(again.read(100)) == 100
